"""What is computed from records: never stored, always with its formula."""
