"""How often a regimen's doses are given, and over how long, in the words of its own values."""

from __future__ import annotations

from sitegen.model import Courses, Regimen
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity
from sitegen.model.typography import amount, every
from sitegen.model.typography import times as times_in_words


def frequency(regimen: Regimen) -> str | None:
    """Return how often doses are given; None where that is not stated or has several readings.

    A number of doses comes first, with the time between them where both are stated:
    `2–3 times a day (4–5 hours apart)`; an interval alone is `every 20 minutes`.
    """
    times, interval = regimen.times.value, regimen.interval.value if regimen.interval else None
    if isinstance(times, Absence):
        if regimen.readings or not isinstance(interval, Quantity):
            return None
        return every(interval)
    if isinstance(interval, Quantity):
        return f"{times_in_words(times)} ({amount(interval)} apart)"
    return times_in_words(times)


def repeat(regimen: Regimen) -> str | None:
    """Return that a dose may be repeated, and when; None where the source allows no repeat."""
    if regimen.repeat is None:
        return None
    after = regimen.repeat.value
    if isinstance(after, Absence):
        return f"may be repeated if needed (after how long: {after})"
    return f"may be repeated after {amount(after)} if needed"


def span(regimen: Regimen) -> str | None:
    """Return the length as the source says it; None where it states no single length.

    `for 10 days`, or `over the first 10–14 days` where the length is that of a first part.
    """
    length = regimen.length.value
    if isinstance(length, Absence):
        return None
    before = "over the first" if regimen.phase == "first" else "for"
    return f"{before} {amount(length)}"


def duration(regimen: Regimen) -> str | None:
    """Return the length as a value, `10 days` or `the first 10–14 days`; None where it has none."""
    length = regimen.length.value
    if isinstance(length, Absence):
        return None
    return f"{'the first ' if regimen.phase == 'first' else ''}{amount(length)}"


def several_courses(courses: Courses) -> str:
    """Return how many courses there are and how far apart: `2 courses, 20 days apart`."""
    count, gap = courses.count.value, courses.gap.value
    number = f"number of courses {count}" if isinstance(count, Absence) else amount(count)
    if isinstance(gap, Absence):
        return f"{number}, time between them {gap}"
    return f"{number}, {amount(gap)} apart"
