"""citeproc-py, led in one place: a style file turns the fields of CSL into a reference.

Replaces `citeproc.model.CitationStylesElement.xpath_search` of citeproc-py 0.11 while references
are made: it searches the style for the same parts at each reference, a third of its time, and a
style that was read does not change. `tests/sitegen/derive/test_references.py` fails when it moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.model import CitationStylesElement
from citeproc.source.json import CiteProcJSON

STYLE = "citation/nlm-citation-sequence.csl"
"""The style file in the templates folder: Citing Medicine, 2nd edition."""


class CitationStyle:
    """A style in a file, read once."""

    def __init__(self, file: Path) -> None:
        """Take a style file of CSL 1.0; it is read when the first reference is made."""
        self._file = file
        self._style: CitationStylesStyle | None = None
        self._search = lru_cache(maxsize=1 << 12)(CitationStylesElement.xpath_search)

    def reference(self, fields: dict[str, Any]) -> str:
        """Return the reference that the style makes of the fields of a work in CSL-JSON."""
        with self._remembered_searches():
            if self._style is None:
                self._style = CitationStylesStyle(str(self._file), validate=False)
            cited = CiteProcJSON([fields])
            bibliography = CitationStylesBibliography(self._style, cited, formatter.plain)
            bibliography.register(Citation([CitationItem(fields["id"])]))
            entry = _without_number(str(bibliography.bibliography()[0]).strip())
        return _with_one_mark_after(fields["title"], entry)

    @contextmanager
    def _remembered_searches(self) -> Iterator[None]:
        """Run a block in which each search in a style is made once."""
        original = CitationStylesElement.xpath_search
        CitationStylesElement.xpath_search = lambda *given: self._search(*given)
        try:
            yield
        finally:
            CitationStylesElement.xpath_search = original


def _with_one_mark_after(title: str, entry: str) -> str:
    """Return a reference without a full stop after a title that ends in a mark of its own."""
    return entry.replace(f"{title}.", title, 1) if title.endswith(("?", "!")) else entry


def _without_number(entry: str) -> str:
    """Return a reference without its place in the list: `1.Author` becomes `Author`."""
    return re.sub(r"^[0-9]+\.\s*", "", entry)
