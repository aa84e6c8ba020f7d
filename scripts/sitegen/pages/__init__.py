"""Records to pages of Markdown."""
