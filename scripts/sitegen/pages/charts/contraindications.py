"""Contraindications by source: a matrix with a mark for how each source stands to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sitegen.derive.relations import Relations
from sitegen.derive.safety import ListedBy, Listing, contraindications
from sitegen.model import Source
from sitegen.pages.charts.drawing import (
    LINE,
    NARROW,
    Cell,
    Panel,
    Picture,
    Piece,
    Text,
    block,
    line,
    shape,
    wrapped,
)
from sitegen.statements.pictures import listings_line, mark_line
from sitegen.statements.safety import cell_line
from sitegen.statements.sources import source_label

_LABEL = 190
_LEAST = 22  # from one column to the next
_ABOUT = (
    "A mark for each contraindication and source. A source without a mark was not read for it, so "
    "it is not known whether it lists it."
)
_SHAPES = {
    Listing.LISTED: ("circle", "filled"),
    Listing.IN_PART: ("circle", "point"),
    Listing.BROADER: ("square", "point"),
    Listing.NARROWER: ("diamond", "point"),
    Listing.OVERLAPPING: ("triangle", "point"),
}
_SIGNS = {Listing.DENIED: "×", Listing.UNCLEAR: "?", Listing.NOT_LISTED: "–"}


def contraindications_by_source(relations: Relations) -> Picture | None:
    """Return the matrix of contraindications by source; None where no source lists one."""
    rows = contraindications(relations)
    if not rows:
        return None
    sources = [entry.source for entry in rows[0].by_source]
    apart = max((NARROW - _LABEL) / len(sources), _LEAST)
    panels = [_numbers(sources, apart)]
    for row in rows:
        panels.append(_panel(row, panels[-1].top + panels[-1].height, apart))
    panels.append(_key(rows, panels[-1].top + panels[-1].height))
    panels.append(_names(sources, panels[-1].top + panels[-1].height))
    title = "Contraindications by source"
    head = ("Contraindication", *map(source_label, sources))
    table = tuple(
        (Cell(row.name), *(Cell(cell_line(one.listing, one.source)) for one in row.by_source))
        for row in rows
    )
    width = max(NARROW, _LABEL + apart * len(sources))
    return Picture("contraindications", title, _ABOUT, head, table, tuple(panels), width)


def _middle(column: int, apart: float) -> float:
    return _LABEL + apart * (column + 0.5)


def _numbers(sources: Sequence[Source], apart: float) -> Panel:
    """Return the panel with the number of each column, standing on a line."""
    pieces: list[Piece] = [
        Text("strong", _middle(at, apart), LINE, (str(at + 1),), "middle")
        for at in range(len(sources))
    ]
    end = _LABEL + apart * len(sources)
    pieces.append(line("axis", 0, LINE + 8, end, LINE + 8))
    said = ((str(at), source_label(source)) for at, source in enumerate(sources, 1))
    return Panel("The columns", _sentence(map(" ".join, said)), 0, LINE + 9, tuple(pieces))


def _panel(row: ListedBy, top: float, apart: float) -> Panel:
    """Return the panel of a contraindication."""
    label = wrapped(row.name, _LABEL - 8)
    height = LINE * len(label) + 12
    y, end = top + height / 2, _LABEL + apart * len(row.by_source)
    pieces: list[Piece] = [line("grid", 0, top + height, end, top + height)]
    pieces.append(block("label", label, 0, y))
    for at, entry in enumerate(row.by_source):
        pieces += _mark(entry.listing, _middle(at, apart), y)
    return Panel(row.name, listings_line(row), top, height, tuple(pieces))


def _mark(listing: Listing, x: float, y: float) -> Iterator[Piece]:
    """Yield the mark of a listing about a point; nothing where the source was not read for it."""
    if listing in _SHAPES:
        form, kind = _SHAPES[listing]
        yield shape(form, kind, x, y)
    elif listing in _SIGNS:
        yield block("label", [_SIGNS[listing]], x, y, "middle")


def _key(rows: Sequence[ListedBy], top: float) -> Panel:
    """Return the panel with what each mark means; a mark that is not drawn is left out."""
    drawn = {entry.listing for row in rows for entry in row.by_source} - {Listing.NOT_READ}
    pieces: list[Piece] = []
    y = top + 22.0
    for listing in (one for one in Listing if one in drawn):
        pieces += _mark(listing, 8, y)
        pieces.append(block("tick", [mark_line(listing)], 24, y))
        y += LINE + 4
    about = _sentence(mark_line(listing) for listing in Listing if listing in drawn)
    return Panel("The marks", about, top, y - top, tuple(pieces))


def _sentence(parts: Iterable[str]) -> str:
    return f"{'; '.join(parts)}."


def _names(sources: Sequence[Source], top: float) -> Panel:
    """Return the panel with the source of each column."""
    pieces: list[Piece] = []
    y = top + 12.0
    for at, source in enumerate(sources):
        lines = wrapped(f"{at + 1}  {source_label(source)}", NARROW)
        pieces.append(Text("tick", 0, y + 4, tuple(lines)))
        y += LINE * len(lines) + 3
    about = _sentence(map(source_label, sources))
    return Panel("The sources", about, top, y - top, tuple(pieces))
