"""Charts: where each mark stands. Templates draw them; style sheets colour them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import count, pairwise

from sitegen.derive import completeness as reports
from sitegen.derive.course import Course
from sitegen.derive.phases import phase_name, phases
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of, dose_unit, in_dose_unit
from sitegen.derive.total import Computed, Impossible
from sitegen.model import Record, Regimen, When
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, unit, write_number
from sitegen.model.reporting_items import Item
from sitegen.model.typography import amount, date, rounded

WIDTH = 760
LEFT = 235  # room for the labels of rows
RIGHT = 150  # room for the text beside the last bar
ROW = 38
TOP = 12
BELOW = 46
FONT = 14
LINE = 16  # from one line of a text to the next
GAP = 12  # between a mark and its text
LABEL_WIDTH = LEFT - 2 * GAP
BETWEEN_TICKS = 8
SWATCH = 14

# The states of a reporting item in the order in which a bar stacks them.
_STATES = (
    "reported",
    *(word.value for word in (Absence.NONE_OBSERVED, Absence.UNCLEAR)),
    *(word.value for word in (Absence.NOT_REPORTED, Absence.NOT_EXTRACTED)),
)

_Ticks = Sequence[tuple[Fraction, str]]
_Scale = Callable[[Fraction], float]


@dataclass(frozen=True)
class Tick:
    """A mark on the axis."""

    x: str
    text: str


@dataclass(frozen=True)
class Part:
    """One piece of a stacked bar, or an entry of the legend, by the state it stands for."""

    state: str
    x: str
    width: str


@dataclass(frozen=True)
class Mark:
    """One row of a chart: a bar from x to x + width, a point where width is 0, or neither.

    A stacked bar has parts that fill it from end to end.
    """

    y: int
    label: tuple[str, ...]
    text: str
    leads_to: Record | Item
    x: str | None
    width: str
    is_reading: bool
    lines: tuple[str, ...]
    """What the drawing says of the text, line by line."""
    text_x: str
    anchor: str
    """Whether the lines begin (`start`) or end (`end`) at `text_x`."""
    parts: tuple[Part, ...] = ()

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
    ticks: tuple[Tick, ...] = ()
    marks: tuple[Mark, ...] = ()
    floor: int = TOP
    """Where the axis stands."""
    legend: tuple[Part, ...] = ()

    @property
    def height(self) -> int:
        """The height of the whole drawing."""
        return self.floor + BELOW + (2 * LINE if self.legend else 0)


@dataclass(frozen=True)
class _Row:
    label: str
    text: str
    leads_to: Record | Item
    low: Fraction | None
    high: Fraction | None
    is_reading: bool = False
    drawn_text: str = ""
    """A shorter text for the drawing."""
    parts: tuple[tuple[str, int], ...] = ()


def daily_doses(relations: Relations) -> Chart:
    """The amount a day of every regimen, one row for each reading, on a logarithmic axis."""
    rows = [
        _day_of(relations, regimen, phase_name(regimen, number), course)
        for regimen in relations.regimens
        for number, phase in enumerate(phases(regimen))
        if phase.other_substance is None
        for course in courses_of(relations.site, phase)
    ]
    about = "A row for each regimen, or for each of its phases; the bars of readings are hatched."
    axis = f"{dose_unit(relations)} a day (logarithmic)"
    chart = Chart("Daily dose by regimen", about, axis, "Regimen", "Daily dose")
    return _logarithmic(chart, rows)


def _day_of(relations: Relations, regimen: Regimen, phase: str, course: Course) -> _Row:
    """The row of one reading; an amount in another unit than the axis has no mark on it."""
    label = ": ".join(filter(None, [regimen.name, phase, course.condition]))
    is_reading = course.reading is not None
    if isinstance(course.daily, Impossible):
        text = course.daily.says
        return _Row(label, text, regimen, None, None, is_reading)
    day = in_dose_unit(relations.site, course.daily.amount)
    text = rounded(day) if isinstance(course.daily, Computed) else amount(day)
    if day.unit.one != f"{unit(dose_unit(relations)).one} per day":
        return _Row(label, text, regimen, None, None, is_reading)
    return _Row(label, text, regimen, day.range.low, day.range.high, is_reading)


def durations(relations: Relations) -> Chart:
    """How long each claim of duration says that something acts, in hours, on a logarithmic axis."""
    rows = []
    for claim in relations.claims:
        value = claim.value.value if claim.value else None
        if claim.kind == "duration" and isinstance(value, Quantity) and _is_time(value):
            hours = value.to(unit("hour")).range
            low = hours.low if hours.low is not None else hours.high
            high = hours.high if hours.high is not None else hours.low
            rows.append(_Row(claim.name, amount(value), claim, low, high))
    about = "A bar is a range that the source states, a point one time or a bound."
    title = "How long the effect is said to last"
    return _logarithmic(Chart(title, about, "hours (logarithmic)", "Claim", "Time"), rows)


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
        return Chart("Dated events", "No event is dated.", "year", "Event", "Date")
    steps = (step for step in _round_steps() if step >= 10)
    about = "A bar is a span of years as the source names it."
    chart = Chart("Dated events", about, "year", "Event", "Date")
    return _linear(chart, rows, int(min(years)), int(max(years)) + 1, steps)


def completeness(relations: Relations) -> Chart:
    """For each reporting item, how many reports are in each state, stacked, on an axis of reports.

    What does not apply to a report is left out of its bar.
    """
    counted = reports.count_by_item(relations.studies)
    rows = [_stacked(row) for row in counted]
    most = max((row.count.applicable for row in counted), default=0)
    chart = Chart("Answers by item", "There is no report.", "reports", "Item", "Reports")
    if not most:
        return chart
    about = "How many reports of studies are in each state, by item."
    chart = replace(chart, about=about, legend=_legend([row.parts for row in rows]))
    return _linear(chart, rows, 0, most, _round_steps())


def _stacked(row: reports.Row) -> _Row:
    states = Counter(answer.state for answer in row.answers)
    parts = tuple((state, states[state]) for state in _STATES if states[state])
    beside = states[Absence.NOT_APPLICABLE.value]
    said = (*parts, *([(Absence.NOT_APPLICABLE.value, beside)] if beside and parts else ()))
    text = ", ".join(f"{number} {state}" for state, number in said) or "not applicable"
    return _Row(
        row.item.title,
        text,
        row.item,
        Fraction(0),
        Fraction(row.count.applicable),
        drawn_text=f"{states['reported']} reported",
        parts=parts,
    )


def _legend(stacks: Sequence[tuple[tuple[str, int], ...]]) -> tuple[Part, ...]:
    """The states that occur, side by side below the axis."""
    shown = {state for parts in stacks for state, _ in parts}
    entries, x = [], float(LEFT)
    for state in (state for state in _STATES if state in shown):
        entries.append(Part(state, _points(x), str(SWATCH)))
        x += SWATCH + GAP / 2 + _text_width(state) + GAP
    past = max(0.0, x - WIDTH)
    return tuple(replace(entry, x=_points(float(entry.x) - past)) for entry in entries)


def _is_time(value: Quantity) -> bool:
    return value.unit.dimension == unit("hour").dimension


def _linear(chart: Chart, rows: list[_Row], low: int, high: int, steps: Iterator[int]) -> Chart:
    """A chart on an even axis with the smallest step whose ticks do not collide."""

    def ticks(step: int) -> _Ticks:
        ends = low // step * step, -(-high // step) * step
        return [(Fraction(at), str(at)) for at in range(ends[0], ends[1] + 1, step)]

    return _chart(chart, rows, _fitting(map(ticks, steps), float), float)


def _round_steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 and so on."""
    return (10**power * step for power in count() for step in (1, 2, 5))


def _logarithmic(chart: Chart, rows: list[_Row]) -> Chart:
    ends = [float(end) for row in rows for end in (row.low, row.high) if end]
    if not ends:
        return chart
    powers = range(math.floor(math.log10(min(ends))), math.ceil(math.log10(max(ends))) + 1)
    steps = [Fraction(10) ** power * step for power in powers for step in (1, 2, 5)]
    ticks = _around([(step, write_number(step)) for step in steps], ends)
    whole = _around([(Fraction(10) ** at, write_number(Fraction(10) ** at)) for at in powers], ends)

    def thinner() -> Iterator[_Ticks]:
        yield ticks
        for every in count(1):
            yield [*whole[:-1:every], whole[-1]] if len(whole) > 1 else whole

    return _chart(chart, rows, _fitting(thinner(), math.log10), math.log10)


def _around(ticks: list[tuple[Fraction, str]], ends: list[float]) -> list[tuple[Fraction, str]]:
    """The ticks from the last one below every end to the first one above."""
    low = max((tick for tick in ticks if float(tick[0]) <= min(ends)), default=ticks[0])
    high = min((tick for tick in ticks if float(tick[0]) >= max(ends)), default=ticks[-1])
    return [tick for tick in ticks if low[0] <= tick[0] <= high[0]]


def _fitting(choices: Iterator[_Ticks], scale: _Scale) -> _Ticks:
    """The first choice of ticks whose texts stand clear of each other; else two at the most."""
    return next(ticks for ticks in choices if len(ticks) <= 2 or _stand_clear(ticks, scale))


def _stand_clear(ticks: _Ticks, scale: _Scale) -> bool:
    place = _placing(ticks, scale)
    return all(
        place(right) - place(left) >= (_text_width(one) + _text_width(other)) / 2 + BETWEEN_TICKS
        for (left, one), (right, other) in pairwise(ticks)
    )


def _placing(ticks: _Ticks, scale: _Scale) -> _Scale:
    """Where a value stands on an axis that runs from the first tick to the last."""
    start, stop = scale(ticks[0][0]), scale(ticks[-1][0])
    wide = WIDTH - LEFT - RIGHT
    return lambda value: LEFT + wide * (scale(value) - start) / ((stop - start) or 1)


def _chart(chart: Chart, rows: list[_Row], ticks: _Ticks, scale: _Scale) -> Chart:
    place = _placing(ticks, scale)
    drawn = tuple(Tick(_points(place(end)), text) for end, text in ticks)
    marks, top = [], TOP
    for row in rows:
        mark = _mark(row, place)
        height = max(ROW, LINE * max(len(mark.label), len(mark.lines)) + GAP // 2)
        marks.append(replace(mark, y=top + height // 2))
        top += height
    return replace(chart, ticks=drawn, marks=tuple(marks), floor=top)


def _mark(row: _Row, place: _Scale) -> Mark:
    """The mark of a row, with its text where there is most room for it."""
    label, text = tuple(_wrapped(row.label, LABEL_WIDTH)), row.drawn_text or row.text
    if row.low is None or row.high is None:
        lines = tuple(_wrapped(text, WIDTH - LEFT - 4))
        x = _points(LEFT + 4)
        return Mark(0, label, row.text, row.leads_to, None, "0", row.is_reading, lines, x, "start")
    low, high = place(row.low), place(row.high)
    right, left = WIDTH - high - GAP, low - GAP - LEFT
    is_beside = right >= min(_text_width(text), max(left, right))
    lines = tuple(_wrapped(text, right if is_beside else left))
    text_x = _points(high + GAP if is_beside else low - GAP)
    anchor = "start" if is_beside else "end"
    ends = _points(low), _points(high - low)
    mark = Mark(0, label, row.text, row.leads_to, *ends, row.is_reading, lines, text_x, anchor)
    return replace(mark, parts=tuple(_parts(row.parts, place)))


def _parts(sizes: tuple[tuple[str, int], ...], place: _Scale) -> Iterator[Part]:
    start = 0
    for state, size in sizes:
        left, right = place(Fraction(start)), place(Fraction(start + size))
        yield Part(state, _points(left), _points(right - left))
        start += size


def _wrapped(text: str, width: float) -> list[str]:
    """A text in lines that are no wider than a width; a word that is wider is cut."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if _text_width(longer) <= width:
            lines[-1] = longer
        else:
            lines += _cut(word, width)
    return [line for line in lines if line] or [""]


def _cut(word: str, width: float) -> list[str]:
    """A word in pieces that are no wider than a width; one piece wherever it fits."""
    pieces = [""]
    for letter in word:
        if _text_width(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _text_width(text: str) -> float:
    """How wide a text is at most, in a sans-serif letter of the size of charts."""
    return FONT * sum(_letter_width(letter) for letter in text)


@cache
def _letter_width(letter: str) -> float:
    """The width of a letter in ems, on the safe side."""
    if letter in "iljtfrI.,;:'!|()[] \u00a0":
        return 0.36
    if letter in "mwMW@%\u2014":
        return 0.95
    return 0.74 if letter.isupper() else 0.58


def _points(number: float) -> str:
    """A coordinate to a tenth, so that the same data always give the same bytes."""
    return f"{number:.1f}".removesuffix(".0")
