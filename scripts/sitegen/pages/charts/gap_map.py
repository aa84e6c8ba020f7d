"""The evidence gap map: conditions by design, people as area, experiments in lanes of their own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sitegen.derive.evidence_map import COLUMNS, DESIGNS, MapCell, MapRow, evidence_map, lower_end
from sitegen.derive.relations import Relations
from sitegen.model.typography import NO_BREAK
from sitegen.pages.charts.drawing import (
    LINE,
    WIDTH,
    Cell,
    Panel,
    Picture,
    Piece,
    Text,
    block,
    circle,
    line,
    wrapped,
)
from sitegen.statements import pictures as statements
from sitegen.statements.conditions import NO_CONDITION
from sitegen.statements.english import capital

_LABEL = 140
_WIDE = (WIDTH - _LABEL) / len(COLUMNS)
_LARGEST = 22  # the radius of the most people
_ABOUT = (
    "Reports of studies in people by condition and design, and experiments by lane. The area of a "
    "circle is the number of people, reports of one study counted once."
)


def gap_map(relations: Relations) -> Picture | None:
    """Return the map of reports by condition and design; None where there is no report."""
    rows = evidence_map(relations)
    if not rows:
        return None
    sizes = (lower_end(cell.people) for row in rows for cell in row.cells if cell.people)
    most = max(sizes, default=0)
    panels = [_heading()]
    for row in rows:
        panels.append(_panel(row, panels[-1].top + panels[-1].height, most))
    head = ("Condition", *map(capital, COLUMNS))
    table = tuple(tuple(_cells(row)) for row in rows)
    title = "Evidence gap map: conditions by design"
    return Picture("evidence-gap-map", title, _ABOUT, head, table, tuple(panels))


def _name(row: MapRow) -> str:
    return row.condition.name if row.condition else NO_CONDITION


def _cells(row: MapRow) -> Iterator[Cell]:
    yield Cell(_name(row), row.condition)
    for column, cell in zip(COLUMNS, row.cells, strict=True):
        said = statements.counted_line(column, cell), statements.people_line(column, cell)
        yield Cell("; ".join(filter(None, said)))


def _middle(column: int) -> float:
    return _LABEL + _WIDE * (column + 0.5)


def _heading() -> Panel:
    """Return the panel with the names of the columns, standing on a line."""
    names = [wrapped(capital(column), _WIDE - 1) for column in COLUMNS]
    height = LINE * max(map(len, names)) + 12
    pieces: list[Piece] = [
        Text("label", _middle(at), height - 10 - LINE * (len(lines) - 1), tuple(lines), "middle")
        for at, lines in enumerate(names)
    ]
    pieces.append(line("axis", 0, height - 1, WIDTH, height - 1))
    return Panel("The columns", f"{_listed(COLUMNS)}.", 0, height, tuple(pieces))


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names)


def _panel(row: MapRow, top: float, most: float) -> Panel:
    """Return the panel of a condition."""
    label = wrapped(_name(row), _LABEL - 8)
    drawn = [_drawn(*found, most) for found in zip(COLUMNS, row.cells, strict=True)]
    height = max([LINE * len(label), *(room for _, _, room in drawn)]) + 12
    y, lanes = top + height / 2, _LABEL + _WIDE * len(DESIGNS)
    pieces: list[Piece] = [line("grid", 0, top + height, WIDTH, top + height)]
    pieces += [line("rule", lanes, top, lanes, top + height), block("label", label, 0, y)]
    for at, (cell, (lines, radius, room)) in enumerate(zip(row.cells, drawn, strict=True)):
        first = y - room / 2
        if radius:
            pieces.append(circle("area", _middle(at), first + radius, radius))
        kind, below = ("label" if cell.count else "soft"), LINE * len(lines) / 2
        pieces.append(block(kind, lines, _middle(at), first + room - below, "middle"))
    cells = list(_cells(row))[1:]
    said = (f"{name}: {cell.text}." for name, cell in zip(COLUMNS, cells, strict=True))
    return Panel(_name(row), " ".join(said), top, height, tuple(pieces))


def _drawn(column: str, cell: MapCell, most: float) -> tuple[tuple[str, ...], float, float]:
    """Return the lines of a cell, the radius of the circle above them, and the room of both.

    The area of the circle is the number of people.
    """
    lines = tuple(_lines(column, cell))
    radius = _LARGEST * math.sqrt(lower_end(cell.people) / most) if cell.people and most else 0.0
    return lines, radius, LINE * len(lines) + (2 * radius + 3 if radius else 0)


def _lines(column: str, cell: MapCell) -> Iterator[str]:
    """Yield what is drawn in a cell; that a number of people is not known stands in the table."""
    yield from wrapped(statements.counted_line(column, cell), _WIDE - 1)
    if cell.people:
        people = statements.people_line(column, cell).replace(NO_BREAK, " ")
        yield from wrapped(people, _WIDE - 1)
