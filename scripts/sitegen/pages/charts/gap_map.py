"""The evidence gap map: conditions by design, people as area, experiments in lanes of their own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sitegen.derive.evidence_map import COLUMNS, DESIGNS, MapCell, MapRow, evidence_map, lower_end
from sitegen.derive.relations import Relations
from sitegen.pages.charts.drawing import (
    LINE,
    NARROW,
    Cell,
    Panel,
    Picture,
    Piece,
    Text,
    block,
    circle,
    line,
    text_width,
    wrapped,
)
from sitegen.statements import pictures as statements
from sitegen.statements.conditions import NO_CONDITION
from sitegen.statements.english import capital

_LABEL = 135
_WIDE = (NARROW - _LABEL) / len(COLUMNS)
_LARGEST = 15  # the radius of the most people
_NOTHING = "–"
_ABOUT = (
    "Reports of studies in people by condition and design, and experiments by lane. The number on "
    "top counts reports or experiments. The area of a circle is the number of people, and the "
    "number below it is that number; reports of one study count once. A dash means none in the "
    "records."
)


def gap_map(relations: Relations) -> Picture | None:
    """Return the map of reports by condition and design; None where there is no report."""
    rows = evidence_map(relations)
    if not rows:
        return None
    sizes = (lower_end(cell.people) for row in rows for cell in row.cells if cell.people)
    most = max(sizes, default=0)
    key = _key()
    panels = [key, _heading(key.height)]
    for row in rows:
        panels.append(_panel(row, panels[-1].top + panels[-1].height, most))
    head = ("Condition", *map(capital, COLUMNS))
    table = tuple(tuple(_cells(row)) for row in rows)
    title = "Evidence gap map: conditions by design"
    return Picture(
        "evidence-gap-map", title, _ABOUT, head, table, tuple(panels), NARROW, is_one_column=True
    )


def _name(row: MapRow) -> str:
    return row.condition.name if row.condition else NO_CONDITION


def _cells(row: MapRow) -> Iterator[Cell]:
    yield Cell(_name(row), row.condition)
    for column, cell in zip(COLUMNS, row.cells, strict=True):
        said = statements.counted_line(column, cell), statements.people_line(column, cell)
        yield Cell("; ".join(filter(None, said)))


def _middle(column: int) -> float:
    return _LABEL + _WIDE * (column + 0.5)


def _key() -> Panel:
    """Return the panel with what each column is."""
    pieces: list[Piece] = []
    y = 0.0
    for at, column in enumerate(COLUMNS, 1):
        y += LINE + 2
        pieces.append(Text("tick", 0, y - 4, (f"{at}  {capital(column)}",)))
    return Panel("The columns", f"{_listed(COLUMNS)}.", 0, y + 6, tuple(pieces))


def _heading(top: float) -> Panel:
    """Return the panel with the number of each column, standing on a line."""
    pieces: list[Piece] = [
        Text("strong", _middle(at), top + LINE, (str(at + 1),), "middle")
        for at in range(len(COLUMNS))
    ]
    pieces.append(line("axis", 0, top + LINE + 8, NARROW, top + LINE + 8))
    return Panel(
        "The numbers of the columns", f"1 to {len(COLUMNS)}.", top, LINE + 9, tuple(pieces)
    )


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names)


def _panel(row: MapRow, top: float, most: float) -> Panel:
    """Return the panel of a condition."""
    label = wrapped(_name(row), _LABEL - 8)
    drawn = [_drawn(cell, most) for cell in row.cells]
    height = max([LINE * len(label), *(room for _, _, room in drawn)]) + 12
    y, lanes = top + height / 2, _LABEL + _WIDE * len(DESIGNS)
    pieces: list[Piece] = [line("grid", 0, top + height, NARROW, top + height)]
    pieces += [line("rule", lanes, top, lanes, top + height), block("label", label, 0, y)]
    for at, (cell, (lines, radius, room)) in enumerate(zip(row.cells, drawn, strict=True)):
        pieces += _cell(cell, lines, radius, _middle(at), y - room / 2)
    cells = list(_cells(row))[1:]
    said = (f"{name}: {cell.text}." for name, cell in zip(COLUMNS, cells, strict=True))
    return Panel(_name(row), " ".join(said), top, height, tuple(pieces))


def _cell(
    cell: MapCell, lines: Sequence[str], radius: float, x: float, top: float
) -> Iterator[Piece]:
    """Yield the number of reports, and below it the circle of the people and their number."""
    kind = "label" if cell.count else "soft"
    yield Text(kind, x, top + LINE - 3, (lines[0],), "middle")
    if radius:
        yield circle("area", x, top + LINE + radius + 1, radius)
    if lines[1:]:
        yield Text("soft", x, top + 2 * LINE + 2 * radius, tuple(lines[1:]), "middle")


def _drawn(cell: MapCell, most: float) -> tuple[tuple[str, ...], float, float]:
    """Return the lines of a cell, the radius of the circle between them, and the room of all.

    The area of the circle is the number of people.
    """
    lines = tuple(_lines(cell))
    radius = _LARGEST * math.sqrt(lower_end(cell.people) / most) if cell.people and most else 0.0
    return lines, radius, LINE * len(lines) + (2 * radius + 3 if radius else 0)


def _lines(cell: MapCell) -> Iterator[str]:
    """Yield what is drawn in a cell; a number of people that has no room is in the table alone."""
    yield str(cell.count) if cell.count else _NOTHING
    if cell.people:
        known = statements.people_in_brief(cell)
        if text_width(known) <= _WIDE:
            yield known
