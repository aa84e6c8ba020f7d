"""How often a regimen's doses are given, and over how long, in the words of its own values."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.derive.weeks import weeks_in_words
from sitegen.model import Courses, Regimen
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, Range
from sitegen.model.regimen import Part, Target, When
from sitegen.model.typography import EN_DASH, NO_BREAK, amount, every, shown
from sitegen.model.typography import times as times_in_words
from sitegen.model.values import ends_of_days


def frequency(regimen: Regimen) -> str | None:
    """Return how often doses are given; None where that is not stated or has several readings.

    A number of doses comes first, with the time between them where both are stated:
    `2–3 times a day (4–5 hours apart)`; an interval alone is `every 20 minutes`, a least one
    `at least 4 hours apart`. When in the day and `as needed` come behind.
    """
    words = [how_often(regimen), *_times_of_day(regimen), as_needed(regimen)]
    return " ".join(filter(None, words)) or None


def how_often(regimen: Regimen) -> str | None:
    """Return how often doses are given, without when in the day; None where it is not stated."""
    return " ".join(filter(None, [_how_often(regimen), on_days(regimen)])) or None


def is_single_dose(regimen: Regimen) -> bool:
    """Return whether a source says that one dose is given in all: `1 time`."""
    times = regimen.times.value
    return isinstance(times, Quantity) and times.unit.one == "time" and times.range == Range.of(1)


def on_days(regimen: Regimen) -> str | None:
    """Return the days of a course with doses: `on days 1 and 8`; None where none are listed."""
    if not regimen.days:
        return None
    days = [day.replace("-", EN_DASH) for day in regimen.days]
    listed = " and ".join(filter(None, [", ".join(days[:-1]), days[-1]]))
    noun = "day" if number_of_days(regimen) == 1 else "days"
    return f"on {noun}{NO_BREAK}{listed}"


def number_of_days(regimen: Regimen) -> int:
    """Return on how many days of a course doses are given; zero where none are listed."""
    ends = map(ends_of_days, regimen.days)
    return sum(last - first + 1 for first, last in ends)


def _times_of_day(regimen: Regimen) -> Iterator[str]:
    """Yield when doses are given: before or after an event, and in the day, the first by how long.

    Hours of the day are joined: `in the morning and in the evening`.
    """
    offset = regimen.offset.value if regimen.offset else None
    if isinstance(offset, Quantity):
        yield amount(offset)
    if regimen.event:
        yield regimen.event
    hours = [_WHEN[time] for time in regimen.when if time in _HOURS]
    yield " and ".join(hours)
    yield from (_WHEN[time] for time in regimen.when if time not in _HOURS)


_HOURS: tuple[When, ...] = ("morning", "noon", "afternoon", "evening", "night", "bedtime")


def _how_often(regimen: Regimen) -> str | None:
    times, interval = regimen.times.value, regimen.interval.value if regimen.interval else None
    if isinstance(times, Absence):
        if regimen.readings or not isinstance(interval, Quantity):
            return None
        return every(interval) if interval.range.high else f"{amount(interval)} apart"
    if isinstance(interval, Quantity):
        return f"{times_in_words(times)} ({amount(interval)} apart)"
    return times_in_words(times)


_WHEN: dict[When, str] = {
    "morning": "in the morning",
    "noon": "at noon",
    "afternoon": "in the afternoon",
    "evening": "in the evening",
    "night": "at night",
    "bedtime": "at bedtime",
    "on waking": "on waking",
    "before breakfast": "before breakfast",
    "before meals": "before meals",
    "with meals": "with meals",
    "after meals": "after meals",
    "with food": "with food",
    "without food": "without food",
    "with or without food": "with or without food",
    "at any time of day": "at any time of day",
}


def as_needed(regimen: Regimen) -> str | None:
    """Return for what a dose is given as needed; None where it is given in any case."""
    if regimen.as_needed is None or regimen.as_needed == "as needed":
        return regimen.as_needed
    return f"as needed {regimen.as_needed}"


def parts_of_day(regimen: Regimen) -> str | None:
    """Return the unequal doses of a day: `10 mg in the morning and 20 mg in the evening`.

    One of another presentation than the first says so. None where the doses of a day are equal.
    """
    first = next((part.product for part in regimen.parts_of_day), None)
    words = (_part(part, part.product != first) for part in regimen.parts_of_day)
    return " and ".join(words) or None


def _part(part: Part, is_another: bool) -> str:
    """Return one dose of a day: `10 mg at noon`; by its share where it has no amount."""
    what = part.share if part.share and part.each.absence else shown(part.each.value)
    return f"{what}{' of another presentation' if is_another else ''} {_WHEN[part.when]}"


def pace_of_giving(regimen: Regimen) -> str | None:
    """Return how fast and over how long one dose is given: `at 5 mg an hour, over 30 minutes`.

    `continuously` where the source says that it is given without a break.
    """
    rate, over = regimen.rate, regimen.over
    words = [
        f"at {amount(rate.value)}" if rate and isinstance(rate.value, Quantity) else "",
        f"over {amount(over.value)}" if over and isinstance(over.value, Quantity) else "",
        regimen.given or "",
    ]
    return ", ".join(filter(None, words)) or None


def limits(regimen: Regimen) -> tuple[str, ...]:
    """Return what is not to be exceeded: `at most 4 g a day`, `at most 3 doses a day`.

    A limit without a period is of one dose: `at most 440 micrograms in one dose`.
    """
    return tuple(at_most(most.value, amount(most.value)) for most in regimen.max)


def at_most(most: Quantity, words: str) -> str:
    """Return a limit in words; `words` are those of its amount."""
    return f"at most {_limit(most, words)}"


def _limit(most: Quantity, words: str) -> str:
    if not most.unit.one.startswith("per "):
        return words if " per " in most.unit.one else f"{words} in one dose"
    number, _, period = words.partition(NO_BREAK)
    return f"{number}{NO_BREAK}{'dose' if number == '1' else 'doses'} {period}"


def change(regimen: Regimen) -> str | None:
    """Return how a dose changes: `up by 50 micrograms every 3–4 weeks`; None where it does not."""
    step = regimen.step
    if step is None:
        return None
    after = step.after.value if step.after else None
    often = f" {every(after)}" if isinstance(after, Quantity) else ""
    if isinstance(step.by.value, Absence):
        return f"{step.direction}{often} (by how much: {step.by.value})"
    return f"{step.direction} by {amount(step.by.value)}{often}"


def target(regimen: Regimen) -> str | None:
    """Return what a dose is set by: `set by clotting time 1.5–2 times normal`; else None."""
    words = "; ".join(f"{one.measure} {_aim(one)}" for one in regimen.target)
    return f"set by {words}" if words else None


def _aim(one: Target) -> str:
    """Return the value that is aimed at, with what it is a multiple of."""
    value = one.value.value
    words = f"({value})" if isinstance(value, Absence) else amount(value)
    return f"{words} {one.of}" if one.of else words


def repeat(regimen: Regimen) -> str | None:
    """Return that a dose may be repeated, and when; None where the source allows no repeat."""
    if regimen.repeat is None:
        return None
    after = regimen.repeat.value
    often = _repeats(regimen)
    if isinstance(after, Absence):
        return f"may be repeated{often} if needed (after how long: {after})"
    return f"may be repeated{often} after {amount(after)} if needed"


def _repeats(regimen: Regimen) -> str:
    """Return how often a dose may be repeated, behind a space; empty where it is not stated."""
    number = regimen.repeats.value if regimen.repeats else None
    return f" {times_in_words(number)}" if isinstance(number, Quantity) else ""


def span(regimen: Regimen) -> str | None:
    """Return the length as the source says it; None where it states no single length.

    `for 10 days`, or `over the first 10–14 days` where the length is that of a first part; `in
    weeks 1–4` where the source numbers its weeks.
    """
    length, weeks = regimen.length.value, weeks_in_words(regimen)
    if isinstance(length, Absence):
        return _in(weeks) if weeks else _end(regimen)
    in_all = isinstance(regimen.times.value, Quantity) and regimen.times.value.unit.one == "time"
    before = "over the first" if regimen.phase == "first" else "over" if in_all else "for"
    return f"{before} {amount(length)}{f' ({weeks})' if weeks else ''}"


def _in(weeks: str) -> str:
    """Return weeks as a sentence goes on with them: `in weeks 1–4`, `from week 17`."""
    return weeks if weeks.startswith("from ") else f"in {weeks}"


def duration(regimen: Regimen) -> str | None:
    """Return the length as a value, `10 days` or `the first 10–14 days`; None where it has none."""
    length, weeks = regimen.length.value, weeks_in_words(regimen)
    if isinstance(length, Absence):
        return weeks or _end(regimen)
    first = "the first " if regimen.phase == "first" else ""
    return f"{first}{amount(length)}{f' ({weeks})' if weeks else ''}"


def _end(regimen: Regimen) -> str | None:
    """Return what ends a treatment that has no length: `lifelong`, or `until …`."""
    if regimen.until is None or regimen.until == "lifelong":
        return regimen.until
    return f"until {regimen.until}"


def several_courses(courses: Courses) -> str:
    """Return how many courses there are and how far apart: `2 courses, 20 days apart`.

    Or how often one begins: `6 courses, one every 28 days`.
    """
    count, gap = courses.count.value, courses.gap.value
    number = f"number of courses {count}" if isinstance(count, Absence) else amount(count)
    again = courses.repeated.value if courses.repeated else None
    if isinstance(again, Quantity):
        number = f"the course repeated {times_in_words(again)}"
    cycle = courses.cycle.value if courses.cycle else None
    if isinstance(cycle, Quantity):
        number = f"{number}, one {every(cycle)}"
        return number if isinstance(gap, Absence) else f"{number}, {amount(gap)} apart"
    if isinstance(gap, Absence):
        return f"{number}, time between them {gap}"
    return f"{number}, {amount(gap)} apart"
