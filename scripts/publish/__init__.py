"""All that knows MkDocs or built HTML: from pages of Markdown to a site in its place."""
