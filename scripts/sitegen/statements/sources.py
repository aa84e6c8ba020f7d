"""What sources are called in sentences, and how they are counted."""

from __future__ import annotations

from sitegen.model import Source, When


def source_label(source: Source) -> str:
    """Return what readers know a source by: first author and year where both are known.

    Else its title.
    """
    authors, published = source.author.value, source.published.value
    if isinstance(authors, tuple) and authors[0] != "others" and isinstance(published, When):
        family = authors[0].rpartition(" ")[0] or authors[0]
        return f"{family} {published.first_year}"
    return source.title
