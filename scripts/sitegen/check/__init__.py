"""The rules between records, and the comparison of figures with their sources."""
