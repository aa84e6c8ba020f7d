"""The picture of doses: each dose and the amount a day, by condition and source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from sitegen.derive.drawn_doses import DrawnDose, drawn_doses
from sitegen.derive.grouping import grouped
from sitegen.derive.relations import Named, Relations
from sitegen.derive.sizes import dose_unit
from sitegen.model import Regimen
from sitegen.model.quantity import Quantity
from sitegen.pages.charts.axis import TICKS, TITLE, Axis, Span, logarithmic
from sitegen.pages.charts.drawing import (
    GAP,
    LINE,
    NARROW,
    Cell,
    Panel,
    Picture,
    Piece,
    Text,
    beside,
    block,
    line,
    shape,
    text_width,
    wrapped,
)
from sitegen.statements import pictures as statements
from sitegen.statements.conditions import NO_CONDITION
from sitegen.statements.english import capital
from sitegen.statements.sources import source_label

_SPAN = Span(left=24, right=NARROW - 30)
_LABEL = 18  # where labels begin, behind the mark of a conflict
_HEADING = 28
_BETWEEN = 10
_OPEN = 30  # how far the line of a bound runs on
_CONFLICT = "≠"
_SHAPES = {
    "circle": ("journal article",),
    "diamond": ("meta-analysis", "review", "commentary", "appraisal"),
    "square": ("label page", "regulatory page", "database entry", "code list"),
    "triangle": (
        *("web article", "developer page", "encyclopaedia", "patent", "news item"),
        "search of our own",
    ),
}
"""The kinds of source that each shape stands for."""
_HEAD = ("Condition", "Source", "Kind", "Regimen", "Each dose", "A day", "In conflict with")


def doses(relations: Relations) -> Picture | None:
    """Return the doses of each condition by source; None where none can be drawn."""
    groups = [
        (condition, [row for one in regimens for row in drawn_doses(relations, one)])
        for condition, regimens in relations.regimens_by_condition
    ]
    drawn = [(about, _merged(rows)) for about, rows in groups]
    drawn = [(about, rows) for about, rows in drawn if rows]
    if not drawn:
        return None
    axis = logarithmic([end for _, rows in drawn for row in rows for end in _ends(row)], _SPAN)
    panels = [_key(relations, [row for _, rows in drawn for row in rows])]
    for about, rows in drawn:
        top = panels[-1].top + panels[-1].height
        panels.append(_panel(relations, about, rows, top, axis))
    table = tuple(_cells(relations, about, row) for about, rows in groups for row in rows)
    says = " ".join(filter(None, [_ABOUT, statements.undrawn_doses_line(relations)]))
    title = "Doses by condition and source"
    return Picture("doses", title, says, _HEAD, table, tuple(panels), NARROW)


_ABOUT = (
    "Each dose is hollow, the amount a day filled; a line is a range, and one without a "
    "mark at its end a bound. The shape is the kind of "
    f"source. {_CONFLICT} marks a dose with which another source conflicts."
)


def _merged(rows: Sequence[DrawnDose]) -> list[DrawnDose]:
    """Return the rows to draw; readings that are drawn alike are one row."""
    alike = grouped(((row.regimen.id, row.phase, row.drawn), row) for row in rows if row.is_drawn)
    return [
        replace(several[0], reading="; ".join(row.reading for row in several if row.reading))
        for several in alike.values()
    ]


def _name(about: Named | None) -> str:
    return about.name if about else NO_CONDITION


def _id(about: Named | None) -> str:
    return about.id if about else ""


def _cells(relations: Relations, about: Named | None, row: DrawnDose) -> tuple[Cell, ...]:
    source = relations.source_of(row.regimen)
    name = ": ".join(filter(None, [row.regimen.name, row.phase, row.reading]))
    return (
        Cell(_name(about), about),
        Cell(source_label(source), source),
        Cell(source.kind),
        Cell(name, row.regimen),
        Cell(statements.each_line(row)),
        Cell(statements.daily_line(row)),
        Cell(statements.conflict_line(relations, row.regimen, _id(about))),
    )


def _ends(row: DrawnDose) -> Iterator[Fraction]:
    for amount in (row.each_drawn, row.daily_drawn):
        if amount:
            yield from (end for end in (amount.range.low, amount.range.high) if end is not None)


def shape_of(kind: str) -> str:
    """Return the shape that stands for a kind of source."""
    return next(form for form, kinds in _SHAPES.items() if kind in kinds)


def _key(relations: Relations, rows: Sequence[DrawnDose]) -> Panel:
    """Return the panel that says what shapes and fillings stand for."""
    kinds = [relations.source_of(row.regimen).kind for row in rows]
    shapes = [
        (form, "point", " or ".join(found))
        for form, names in _SHAPES.items()
        if (found := [name for name in names if name in kinds])
    ]
    pieces, y = entries_of(shapes, 12)
    amounts = [("circle", "point", "each dose"), ("circle", "filled", "a day")]
    more, y = entries_of(amounts, y + LINE + 6)
    pieces += more
    pieces.append(Text("conflict", 3, y + LINE + 11, (_CONFLICT,)))
    pieces.append(Text("tick", 8 + GAP, y + LINE + 11, ("another source conflicts",)))
    said = "; ".join(f"{form}: {name}" for form, _, name in shapes)
    about = f"{capital(said)}; hollow: each dose; filled: a day."
    return Panel("What the marks mean", about, 0, y + 2 * LINE + 14, tuple(pieces))


def entries_of(entries: Sequence[tuple[str, str, str]], y: float) -> tuple[list[Piece], float]:
    """Return marks with their names, side by side from `y` down, and the height of the last."""
    pieces: list[Piece] = []
    x = 8.0
    for form, kind, name in entries:
        lines = wrapped(name, NARROW - 8 - GAP)
        width = max(map(text_width, lines)) + GAP
        if x > 8 and x + width > NARROW:
            x, y = 8.0, y + LINE + 6
        pieces += [shape(form, kind, x, y), Text("tick", x + GAP, y + 5, tuple(lines))]
        x, y = x + width + 2 * GAP, y + LINE * (len(lines) - 1)
    return pieces, y


def _panel(
    relations: Relations, about: Named | None, rows: Sequence[DrawnDose], top: float, axis: Axis
) -> Panel:
    """Return the panel of a condition."""
    name = _name(about)
    heading = wrapped(name, NARROW)
    marks: list[Piece] = []
    floor = top + _HEADING + LINE * (len(heading) - 1) + 4
    first = floor - 4
    for row in rows:
        drawn, height = _row(relations, about, row, floor, axis)
        marks += drawn
        floor += height
    pieces = [
        Text("strong", 0, top + 18, tuple(heading)),
        line("rule", 0, first - 4, NARROW, first - 4),
        *axis.drawn(first, floor, f"{dose_unit(relations)} (logarithmic)"),
        *marks,
    ]
    said = " ".join(statements.dose_line(relations, row, _id(about)) for row in rows)
    height = floor + TICKS + TITLE + 6 - top
    return Panel(name, said, top, height, tuple(pieces))


def _row(
    relations: Relations, about: Named | None, row: DrawnDose, top: float, axis: Axis
) -> tuple[list[Piece], float]:
    """Return what is drawn of a row, and its height."""
    source = relations.source_of(row.regimen)
    name = wrapped(source_label(source), NARROW - _LABEL)
    which = [text for text in wrapped(_which(_name(about), row), NARROW - _LABEL) if text]
    pieces: list[Piece] = [Text("label", _LABEL, top + 13, tuple(name))]
    if which:
        pieces.append(Text("soft", _LABEL, top + 13 + LINE * len(name), tuple(which)))
    if statements.conflicting(relations, row.regimen, _id(about)):
        pieces.append(Text("conflict", 2, top + 13, (_CONFLICT,)))
    labels = LINE * (len(name) + len(which)) + 4
    drawn, height = _amounts(row, shape_of(source.kind), top + labels, axis)
    return [*pieces, *drawn], labels + height


def _which(about: str, row: DrawnDose) -> str:
    """Return what tells a row from others of its source; the condition stands above it."""
    regimen: Regimen = row.regimen
    name = regimen.name.removeprefix(about).lstrip(", ")
    return ": ".join(filter(None, [name, row.phase, row.reading]))


def _amounts(row: DrawnDose, form: str, top: float, axis: Axis) -> tuple[list[Piece], float]:
    """Return the marks of each dose and of the amount a day, one below the other."""
    pieces: list[Piece] = []
    y = top + 8
    for amount, kind, text in (
        (row.each_drawn, "point", f"{statements.each_line(row)} each"),
        (row.daily_drawn, "filled", statements.daily_line(row)),
    ):
        if amount is not None:
            drawn, lines = _amount(amount, text, form, kind, y, axis)
            pieces += drawn
            y += LINE * lines + 4
    return pieces, y - top - 8 + _BETWEEN


def _amount(
    amount: Quantity, text: str, form: str, kind: str, y: float, axis: Axis
) -> tuple[list[Piece], int]:
    """Return the mark of an amount with its text, and how many lines that has.

    A range without an end on one side is a line that runs on a little, without a mark.
    """
    known = [end for end in (amount.range.low, amount.range.high) if end is not None]
    places = [axis.place(end) for end in known]
    low = places[0] if amount.range.low is not None else max(places[0] - _OPEN, _SPAN.left)
    high = places[-1] if amount.range.high is not None else min(places[-1] + _OPEN, _SPAN.right)
    lines, x, anchor = beside(text, low, high, 0, NARROW)
    middle = y + LINE / 2 * (len(lines) - 1)
    marks: list[Piece] = [line("span", low, middle, high, middle)] if low < high else []
    marks += [shape(form, kind, place, middle) for place in dict.fromkeys(places)]
    return [*marks, block("value", lines, x, middle, anchor)], len(lines)
