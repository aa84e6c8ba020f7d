"""Legal status: a line of time for each jurisdiction, its present state in words above it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sitegen.derive.relations import Relations
from sitegen.model import Event, When
from sitegen.pages.charts.axis import TICKS, Axis, Span
from sitegen.pages.charts.drawing import (
    LINE,
    NARROW,
    Cell,
    Panel,
    Picture,
    Piece,
    Text,
    circle,
    line,
    rect,
    text_width,
    wrapped,
)
from sitegen.pages.charts.rows import years
from sitegen.statements import status
from sitegen.statements.english import capital
from sitegen.statements.pictures import NOT_DATED
from sitegen.statements.status import Jurisdiction

_SPAN = Span(left=20, right=NARROW - 20)
_HEAD = ("Jurisdiction", "State", "Date", "Status", "Event")
_ABOUT = (
    "What the sources date, on one line of years for each jurisdiction; the numbers lead to the "
    "words below it. A bar is a span of years. A dash stands before what is not dated."
)
_BETWEEN = 4


def jurisdictions(relations: Relations) -> Picture | None:
    """Return the legal status of each jurisdiction over time; None where no event is regulatory."""
    found = status.jurisdictions(relations.regulatory)
    if not found:
        return None
    dated = [end for one in found for event in one.events for end in _ends(event)]
    axis = years(dated, _SPAN) if dated else None
    panels: list[Panel] = []
    for one in found:
        top = panels[-1].top + panels[-1].height if panels else 0.0
        panels.append(_panel(one, top, axis))
    table = tuple(_cells(one, event) for one in found for event in one.events)
    title = "Legal status by jurisdiction"
    return Picture("status", title, _ABOUT, _HEAD, table, tuple(panels), NARROW)


def _cells(one: Jurisdiction, event: Event) -> tuple[Cell, ...]:
    return (
        Cell(one.name),
        Cell(status.state_title(event) or "not classified"),
        Cell(status.dated(event) or "not dated"),
        Cell(status.claim(event)),
        Cell(event.name, event),
    )


def _ends(event: Event) -> tuple[Fraction, ...]:
    """Return when an event begins and ends, in years; empty where it is not dated.

    A month is a twelfth of a year, a day a thirtieth of a month.
    """
    when = event.when.value
    if not isinstance(when, When):
        return ()
    part = Fraction(max(when.month - 1, 0), 12) + Fraction(max(when.day - 1, 0), 12 * 31)
    if when.first_year == when.last_year:
        return (when.first_year + part,)
    return Fraction(when.first_year), Fraction(when.last_year + 1)


def _panel(one: Jurisdiction, top: float, axis: Axis | None) -> Panel:
    """Return the panel of a jurisdiction: name, present state, line of time, what happened."""
    name, present = wrapped(one.name, NARROW), wrapped(one.present, NARROW)
    y = top + 18
    pieces: list[Piece] = [Text("strong", 0, y, tuple(name))]
    y += LINE * len(name) + _BETWEEN
    pieces.append(Text("label", 0, y, tuple(present)))
    y += LINE * len(present)
    dated = sorted((event for event in one.events if _ends(event)), key=_ends)
    others = [event for event in one.events if not _ends(event) and event.state != "present"]
    if dated and axis:
        drawn, floor = _line_of_time(dated, y, axis)
        pieces += drawn
        y = floor + TICKS + 14
    else:
        pieces.append(Text("soft", 0, y + _BETWEEN, (capital(NOT_DATED),)))
        y += LINE + 2 * _BETWEEN
    words, y = _words(dated, others, y)
    pieces += [*words, line("grid", 0, y, NARROW, y)]
    said = " ".join([one.present, *(f"{status.full_claim(event)}." for event in dated)])
    return Panel(one.name, said, top, y + 4 - top, tuple(pieces))


def _line_of_time(dated: Sequence[Event], top: float, axis: Axis) -> tuple[list[Piece], float]:
    """Return the marks of events on a line, numbered above it so that no two numbers touch."""
    rows = levels_of([axis.place(_ends(event)[0]) for event in dated])
    floor = top + LINE * (max(rows) + 1) + 16
    pieces: list[Piece] = list(axis.drawn(floor - 8, floor))
    numbers: list[Piece] = []
    for number, (event, level) in enumerate(zip(dated, rows, strict=True), start=1):
        ends = [axis.place(end) for end in _ends(event)]
        y = floor - 14 - LINE * level
        pieces.append(line("grid", ends[0], y + 2, ends[0], floor))
        numbers.append(Text("value", ends[0], y, (str(number),), "middle"))
        numbers.append(_mark(event, ends, floor))
    return [*pieces, *numbers], floor


def _mark(event: Event, ends: Sequence[float], floor: float) -> Piece:
    """Return a bar for a span of years, else a point, filled where it is the present state."""
    if len(ends) > 1:
        return rect("bar", ends[0], floor - 4, ends[1] - ends[0], 8)
    return circle("filled" if event.state == "present" else "point", ends[0], floor, 4.5)


def levels_of(places: Sequence[float]) -> list[int]:
    """Return how high above the line each number stands: the lowest level that is free there."""
    ends: list[float] = []
    found = []
    for place in places:
        half = text_width("00") / 2 + 1
        free = (level for level, end in enumerate(ends) if end < place - half)
        level = next(free, len(ends))
        ends[level : level + 1] = [place + half]
        found.append(level)
    return found


def _words(
    dated: Sequence[Event], others: Sequence[Event], top: float
) -> tuple[list[Piece], float]:
    """Return what each number stands for, then what is not dated, and where that ends."""
    pieces: list[Piece] = []
    y = top
    numbered = [(str(number), event) for number, event in enumerate(dated, start=1)]
    for number, event in (*numbered, *(("–", event) for event in others)):
        lines = wrapped(status.full_claim(event), NARROW - 30)
        pieces.append(Text("soft", 18, y, (number,), "end"))
        pieces.append(Text("label", 28, y, tuple(lines)))
        y += LINE * len(lines) + _BETWEEN
    return pieces, y - LINE + 2 * _BETWEEN
