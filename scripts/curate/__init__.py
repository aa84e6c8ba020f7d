"""For those who write the data: schemas for editors, new records, sources from files, mending."""
