"""Pictures with a row for each record or item: its name and its text, and below them its mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sitegen.derive import completeness as reports
from sitegen.derive.relations import Relations
from sitegen.model import Record, When
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, unit
from sitegen.model.reporting_items import Item
from sitegen.model.typography import amount, date
from sitegen.pages.charts.axis import TICKS, TITLE, Axis, Span, linear, logarithmic, round_steps
from sitegen.pages.charts.drawing import (
    GAP,
    LINE,
    NARROW,
    Cell,
    Panel,
    Picture,
    Piece,
    Text,
    circle,
    key,
    rect,
    text_width,
    wrapped,
)

TOP = 8
MARK = 22
"""The room for a mark below the texts of its row."""
BETWEEN = 4
SPAN = Span(left=20, right=NARROW - 20)
"""From where to where the axis runs, with room for a tick's text at each end."""

# The states of a reporting item in the order in which a bar stacks them.
_STATES = (
    "reported",
    *(word.value for word in (Absence.NONE_OBSERVED, Absence.UNCLEAR)),
    *(word.value for word in (Absence.NOT_REPORTED, Absence.NOT_EXTRACTED)),
)


@dataclass(frozen=True)
class Row:
    """A bar from low to high, a point where they are equal; `parts` fill it from end to end."""

    label: str
    text: str
    leads_to: Record | Item
    low: Fraction
    high: Fraction
    drawn_text: str = ""
    """A shorter text for the drawing."""
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class _Words:
    """What a picture of rows says of itself."""

    name: str
    title: str
    about: str
    axis: str
    head: tuple[str, str]


def durations(relations: Relations) -> Picture | None:
    """Return how long each claim says that something acts, in hours; None without such a claim."""
    rows = []
    for claim in relations.claims:
        value = claim.value.value if claim.value else None
        if claim.kind == "duration" and isinstance(value, Quantity) and _is_time(value):
            hours = value.to(unit("hour")).range
            low = hours.low if hours.low is not None else hours.high
            high = hours.high if hours.high is not None else hours.low
            if low is not None and high is not None:
                rows.append(Row(claim.name, amount(value), claim, low, high))
    about = "A bar is a range that the source states, a point one time or a bound."
    title = "How long the effect is said to last"
    words = _Words("durations", title, about, "hours (logarithmic)", ("Claim", "Time"))
    ends = [end for row in rows for end in (row.low, row.high) if end]
    return picture(words, rows, logarithmic(ends, SPAN)) if ends else None


def timeline(relations: Relations) -> Picture | None:
    """Return the dated events on an axis of years; None where no event is dated.

    A decade is a bar, a year or a day a point.
    """
    rows = []
    for event in relations.events:
        when = event.when.value
        if isinstance(when, When):
            first, last = Fraction(when.first_year), Fraction(when.last_year)
            rows.append(Row(event.name, date(when), event, first, last))
    about = "A bar is a span of years as the source names it."
    words = _Words("timeline", "Dated events", about, "year", ("Event", "Date"))
    return (
        picture(words, rows, years([end for row in rows for end in (row.low, row.high)]))
        if rows
        else None
    )


def years(dated: Sequence[Fraction], span: Span = SPAN) -> Axis:
    """Return an axis of years with ticks at tens or more, for one or more years."""
    steps = (step for step in round_steps() if step >= 10)
    return linear(int(min(dated)), int(max(dated)) + 1, steps, span)


def completeness(relations: Relations) -> Picture | None:
    """Return for each item how many reports are in each state, stacked; None without a report.

    What does not apply to a report is left out of its bar.
    """
    counted = reports.count_by_item(relations.studies)
    rows = [_stacked(row) for row in counted]
    most = max((row.count.applicable for row in counted), default=0)
    about = "How many reports of studies are in each state, by item."
    what = "report" if len(relations.studies) == 1 else "reports"
    words = _Words("completeness", "Answers by item", about, what, ("Item", "Reports"))
    return picture(words, rows, linear(0, most, round_steps(), SPAN)) if most else None


def _stacked(row: reports.Row) -> Row:
    states = Counter(answer.state for answer in row.answers)
    parts = tuple((state, states[state]) for state in _STATES if states[state])
    beside = states[Absence.NOT_APPLICABLE.value]
    said = (*parts, *([(Absence.NOT_APPLICABLE.value, beside)] if beside and parts else ()))
    return Row(
        row.item.title,
        ", ".join(f"{number} {state}" for state, number in said) or "not applicable",
        row.item,
        Fraction(0),
        Fraction(row.count.applicable),
        drawn_text=f"{states['reported']} reported",
        parts=parts,
    )


def _is_time(value: Quantity) -> bool:
    return value.unit.dimension == unit("hour").dimension


def picture(words: _Words, rows: Sequence[Row], axis: Axis) -> Picture:
    """Return the picture of rows on an axis, in one panel, with the key of the states."""
    pieces: list[Piece] = []
    top = float(TOP)
    for row in rows:
        drawn, height = _drawn(row, top, axis)
        pieces += drawn
        top += height
    top += BETWEEN
    shown = {state for row in rows for state, _ in row.parts}
    states = [(state, state) for state in _STATES if state in shown]
    below, more = key(states, 0, top + TICKS + TITLE + 8) if states else ([], 0.0)
    pieces = [*axis.drawn(8, top, words.axis), *pieces, *below]
    said = " ".join(f"{row.label}: {row.text}." for row in rows)
    panel = Panel(words.title, said, 0, top + TICKS + TITLE + 8 + more, tuple(pieces))
    table = tuple((Cell(row.label, row.leads_to), Cell(row.text)) for row in rows)
    return Picture(words.name, words.title, words.about, words.head, table, (panel,))


def _drawn(row: Row, top: float, axis: Axis) -> tuple[list[Piece], float]:
    """Return the pieces of a row and its height."""
    texts = _texts(row.label, row.drawn_text or row.text, top + 13)
    below = max(text.y + LINE * (len(text.lines) - 1) for text in texts)
    y = below + MARK / 2 + 3
    low, high = axis.place(row.low), axis.place(row.high)
    if row.parts:
        marks: list[Piece] = list(_parts(row.parts, axis, y))
    elif low == high:
        marks = [circle("point", low, y, 5)]
    else:
        marks = [rect("bar", low, y - 7, high - low, 14)]
    return [*texts, *marks], below + MARK + BETWEEN - top


def _texts(label: str, value: str, y: float) -> list[Text]:
    """Return the name of a row and its value: at the ends of one line, or one below the other."""
    name, words = wrapped(label, NARROW), wrapped(value, NARROW)
    if text_width(label) + 2 * GAP + text_width(value) <= NARROW:
        return [Text("label", 0, y, tuple(name)), Text("value", NARROW, y, tuple(words), "end")]
    after = y + LINE * len(name)
    return [Text("label", 0, y, tuple(name)), Text("value", 0, after, tuple(words))]


def _parts(sizes: tuple[tuple[str, int], ...], axis: Axis, y: float) -> Iterator[Piece]:
    start = 0
    for state, size in sizes:
        left, right = axis.place(Fraction(start)), axis.place(Fraction(start + size))
        yield rect("part", left, y - 7, right - left, 14, state)
        start += size
