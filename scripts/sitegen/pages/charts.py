"""Charts: where each mark stands. Templates draw them; style sheets colour them."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from sitegen.derive.completeness import Count, count_by_item
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of
from sitegen.derive.total import Impossible
from sitegen.model import Record, When
from sitegen.model.quantity import Quantity, unit
from sitegen.model.reporting_items import Item
from sitegen.model.typography import amount, date

WIDTH = 760
LEFT = 235  # room for the labels of rows
RIGHT = 150  # room for the text beside the last bar
ROW = 38
TOP = 12
BELOW = 46
LETTERS_IN_A_LABEL = 33


@dataclass(frozen=True)
class Tick:
    """A mark on the axis."""

    x: str
    text: str


@dataclass(frozen=True)
class Mark:
    """One row of a chart: a bar from x to x + width, a point where width is 0, or neither."""

    y: int
    label: tuple[str, ...]
    text: str
    leads_to: Record | Item
    x: str | None
    width: str
    is_reading: bool
    text_x: str

    @property
    def name(self) -> str:
        """The label in one line."""
        return " ".join(self.label)


@dataclass(frozen=True)
class Chart:
    """A chart with one horizontal axis."""

    title: str
    about: str
    axis: str
    rows_are: str
    values_are: str
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]

    @property
    def floor(self) -> int:
        """Where the axis stands."""
        return TOP + ROW * len(self.marks)

    @property
    def height(self) -> int:
        """The height of the whole drawing."""
        return self.floor + BELOW


@dataclass(frozen=True)
class _Frame:
    title: str
    about: str
    axis: str
    rows_are: str
    values_are: str


@dataclass(frozen=True)
class _Row:
    label: str
    text: str
    leads_to: Record | Item
    low: Fraction | None
    high: Fraction | None
    is_reading: bool = False


def daily_doses(relations: Relations) -> Chart:
    """The amount a day of every regimen, one row for each reading, on a logarithmic axis in mg."""
    rows = []
    for regimen in relations.regimens:
        for course in courses_of(relations.site, regimen):
            label = (
                regimen.name if course.reading is None else f"{regimen.name}: {course.condition}"
            )
            if isinstance(course.daily, Impossible):
                text = f"cannot be computed: {course.daily.why}"
                rows.append(_Row(label, text, regimen, None, None, course.reading is not None))
            else:
                day = course.daily.amount.to(unit("mg per day"))
                ends = day.range.low, day.range.high
                rows.append(
                    _Row(label, amount(day), regimen, *ends, is_reading=course.reading is not None)
                )
    about = "One row for each regimen; an unclear one has a hatched bar for each reading."
    frame = _Frame("Amount a day, by regimen", about, "mg a day (logarithmic)", "Regimen", "A day")
    return _logarithmic(frame, rows)


def durations(relations: Relations) -> Chart:
    """How long each claim of duration says that something acts, in hours, on a logarithmic axis."""
    rows = []
    for claim in relations.claims:
        value = claim.value.value if claim.value else None
        if claim.kind == "duration" and isinstance(value, Quantity) and _is_time(value):
            hours = value.to(unit("hour")).range
            end = hours.high if hours.high is not None else hours.low
            rows.append(_Row(claim.name, amount(value), claim, end, end))
    about = "Each point is the bound that the source states."
    title = "How long the effect is said to last"
    return _logarithmic(_Frame(title, about, "hours (logarithmic)", "Claim", "Time"), rows)


def timeline(relations: Relations) -> Chart:
    """The dated events on an axis of years; a decade is a bar, a year or a day a point."""
    rows = []
    for event in relations.events:
        when = event.when.value
        if isinstance(when, When):
            first, last = Fraction(when.first_year), Fraction(when.last_year)
            rows.append(_Row(event.name, date(when), event, first, last))
    years = [end for row in rows for end in (row.low, row.high) if end is not None]
    if not years:
        return _empty(_Frame("Dated events", "No event is dated.", "year", "Event", "Date"))
    start, stop = int(min(years)) // 10 * 10, (int(max(years)) // 10 + 1) * 10
    ticks = [(Fraction(year), str(year)) for year in range(start, stop + 1, 10)]
    about = "A bar is a span of years as the source names it."
    return _chart(_Frame("Dated events", about, "year", "Event", "Date"), rows, ticks, float)


def completeness(relations: Relations) -> Chart:
    """For each reporting item, how many reports answer it, on an axis of reports."""
    counted = count_by_item(relations.studies)
    rows = [
        _Row(
            row.item.title,
            _answered(row.count),
            row.item,
            None if row.count.unread else Fraction(0),
            None if row.count.unread else Fraction(row.count.reported),
        )
        for row in counted
    ]
    most = max((row.count.asked for row in counted), default=0)
    if not most:
        return _empty(
            _Frame("Answers by item", "There is no report.", "reports", "Item", "Reported in")
        )
    ticks = [(Fraction(number), str(number)) for number in range(most + 1)]
    about = "How many reports of studies answer each item; a point at nought is none."
    frame = _Frame("Answers by item", about, "reports", "Item", "Reported in")
    return _chart(frame, rows, ticks, float)


def _answered(count: Count) -> str:
    """The count in words; no total while a report has not been read for the item."""
    if count.unread:
        return f"{count.unread} not extracted"
    return f"{count.reported} of {count.asked}"


def _is_time(value: Quantity) -> bool:
    return value.unit.dimension == unit("hour").dimension


def _logarithmic(frame: _Frame, rows: list[_Row]) -> Chart:
    ends = [float(end) for row in rows for end in (row.low, row.high) if end]
    if not ends:
        return _empty(frame)
    powers = range(math.floor(math.log10(min(ends))), math.ceil(math.log10(max(ends))) + 1)
    steps = [Fraction(10) ** power * step for power in powers for step in (1, 2, 5)]
    ticks = [(step, f"{float(step):g}") for step in steps]
    return _chart(frame, rows, _around(ticks, ends), math.log10)


def _around(ticks: list[tuple[Fraction, str]], ends: list[float]) -> list[tuple[Fraction, str]]:
    """The ticks from the last one below every end to the first one above."""
    low = max((tick for tick in ticks if float(tick[0]) <= min(ends)), default=ticks[0])
    high = min((tick for tick in ticks if float(tick[0]) >= max(ends)), default=ticks[-1])
    return [tick for tick in ticks if low[0] <= tick[0] <= high[0]]


def _empty(frame: _Frame) -> Chart:
    return Chart(frame.title, frame.about, frame.axis, frame.rows_are, frame.values_are, (), ())


def _chart(
    frame: _Frame,
    rows: list[_Row],
    ticks: list[tuple[Fraction, str]],
    scale: Callable[[Fraction], float],
) -> Chart:
    start, stop = scale(ticks[0][0]), scale(ticks[-1][0])

    def place(end: Fraction) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (scale(end) - start) / ((stop - start) or 1)

    drawn = tuple(Tick(_points(place(end)), text) for end, text in ticks)
    marks = tuple(_mark(row, number, place) for number, row in enumerate(rows))
    return replace(_empty(frame), ticks=drawn, marks=marks)


def _mark(row: _Row, number: int, place: Callable[[Fraction], float]) -> Mark:
    label = tuple(textwrap.wrap(row.label, LETTERS_IN_A_LABEL))
    y = TOP + ROW * number + ROW // 2
    if row.low is None or row.high is None:
        return Mark(y, label, row.text, row.leads_to, None, "0", row.is_reading, _points(LEFT + 4))
    low, high = place(row.low), place(row.high)
    width = _points(high - low)
    beside = _points(high + 12)
    return Mark(y, label, row.text, row.leads_to, _points(low), width, row.is_reading, beside)


def _points(number: float) -> str:
    """A coordinate to a tenth, so that the same data always give the same bytes."""
    return f"{number:.1f}".removesuffix(".0")
