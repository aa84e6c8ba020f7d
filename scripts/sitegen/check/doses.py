"""The rules that amounts, frequencies and days of a dose fit each other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sitegen.check.dosages import amount_of, is_above, lies_within, phases_of
from sitegen.check.wording import mend_or_note
from sitegen.derive.course import courses
from sitegen.derive.frequency import number_of_days
from sitegen.derive.total import Computed, Impossible
from sitegen.model import Record, Regimen, Reported
from sitegen.model.absence import Absence
from sitegen.model.problems import Problem
from sitegen.model.quantity import Quantity, QuantityError, Range, quantity, unit
from sitegen.model.typography import NO_BREAK
from sitegen.model.values import ends_of_days
from sitegen.read.load import Loaded

_WEEK = quantity("1 week")
_UNSTATED = Reported[Any](value=Absence.NOT_REPORTED)


def a_stated_day_is_what_its_doses_come_to(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """An amount a day that is stated lies within dose × sites × frequency, or a note says why."""
    for where, phase in phases_of(record):
        stated = phase.daily.value
        unlimited = phase.model_copy(update={"daily": _UNSTATED, "max": ()})
        by_doses = courses(unlimited)[0].daily
        if phase.daily.note or not isinstance(by_doses, Computed):
            continue
        if isinstance(stated, Quantity) and not lies_within(stated, by_doses.amount):
            formula = by_doses.formula.replace(NO_BREAK, " ")
            message = (
                f"daily is {stated}, but {formula} = {by_doses.amount}: mend the one that the"
                " source does not say, add the 'site:' of the dose, or say why in a note on daily"
            )
            yield loaded.problem(record, (*where, "daily"), message)


def a_stated_week_is_what_its_doses_come_to(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """An amount a week that is stated lies within dose × frequency, or a note says why.

    Doses of a day are those of seven days; a note says on how many days of a week they are given.
    """
    for where, phase in phases_of(record):
        stated = phase.weekly
        if stated is None or stated.note or not isinstance(stated.value, Quantity):
            continue
        course = courses(phase.model_copy(update={"weekly": None, "max": ()}))[0]
        whole = course.weekly or course.daily
        if isinstance(whole, Impossible):
            continue
        week = whole.amount / _WEEK if course.weekly else whole.amount
        if not lies_within(stated.value, week):
            formula = f"{whole.formula} = " if isinstance(whole, Computed) else "daily is "
            said = f"{formula.replace(NO_BREAK, ' ')}{whole.amount}"
            message = f"weekly is {stated.value}, but {said}{mend_or_note('weekly')}"
            yield loaded.problem(record, (*where, "weekly"), message)


def doses_keep_to_their_limits(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """No dose, frequency or amount a day is above a limit of the same kind, or a note says why.

    Doses at an interval, or as needed, are given up to the limit.
    """
    for where, phase in phases_of(record):
        given = dict(_given(phase)) if phase.max else {}
        for number, limit in enumerate(phase.max):
            for says, amount in given.items():
                if not limit.note and _is_over(amount, limit.value):
                    message = f"max is {limit.value}, but {says}{mend_or_note('max')}"
                    yield loaded.problem(record, (*where, "max", number), message)


def _given(phase: Regimen) -> Iterator[tuple[str, Quantity]]:
    """Yield the amounts of a phase that a limit may be of, each with what to say of it."""
    for name in ("each", "times", "daily", "weekly"):
        if amount := amount_of(getattr(phase, name)):
            yield f"{name} is {amount}", amount
    unlimited = phase.model_copy(update={"daily": _UNSTATED, "max": ()})
    by_doses = courses(unlimited)[0].daily
    if isinstance(by_doses, Computed) and not (phase.as_needed or phase.interval):
        formula = by_doses.formula.replace(NO_BREAK, " ")
        yield f"{formula} = {by_doses.amount}", by_doses.amount


def _is_over(given: Quantity, limit: Quantity | Absence) -> bool:
    """Return whether the least of an amount is above a limit of the same kind."""
    if isinstance(limit, Absence) or given.unit.dimension != limit.unit.dimension:
        return False
    return is_above(given.range.low, limit.to(given.unit).range.high)


def doses_of_a_day_fit_into_it(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """So many doses a day, so far apart, take no more than a day, or a note says how."""
    for where, phase in phases_of(record):
        times, interval = phase.times.value, phase.interval
        if interval is None or interval.note or not isinstance(interval.value, Quantity):
            continue
        if isinstance(times, Quantity) and not _fit_into_a_day(times, interval.value):
            message = (
                f"interval is {interval.value}, but {times} do not fit into a day: mend the one"
                " that the source does not say, or say in a note on interval how they do"
            )
            yield loaded.problem(record, (*where, "interval"), message)


def days_of_a_course_fit_into_it(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """The days with doses lie within the course and its cycle, and number as many as the doses."""
    for where, phase in phases_of(record):
        if phase.days and (why := _misfit(phase)):
            message = f"days is {', '.join(phase.days)}, but {why}: mend the one that is wrong"
            yield loaded.problem(record, (*where, "days"), message)


def _misfit(phase: Regimen) -> str | None:
    """Return what the days of a course contradict; None where they fit."""
    times, last = phase.times.value, ends_of_days(phase.days[-1])[1]
    interval = phase.interval.value if phase.interval else None
    if isinstance(interval, Quantity) and not _fit_into_a_day(quantity("2 per day"), interval):
        return f"interval is {interval}, which says on which days too"
    if phase.readings:
        return "times is unclear, so that one of its readings may be of other days"
    if isinstance(times, Quantity) and times.unit.one not in ("per day", "time"):
        return f"times is {times}, which counts over something else than a day"
    if isinstance(times, Quantity) and times.unit.one == "time":
        if times.range != Range.of(number_of_days(phase)):
            return f"times is {times}"
    cycle = phase.courses.cycle if phase.courses else None
    for name, field in (("length", phase.length), ("cycle", cycle)):
        time = field.value if field else None
        if isinstance(time, Quantity) and _is_shorter(time, last):
            return f"{name} is {time}"
    return None


def _is_shorter(time: Quantity, last: int) -> bool:
    """Return whether a time ends before a day that is counted from its start."""
    try:
        return is_above(Fraction(last), time.to(unit("day")).range.high)
    except QuantityError:
        return False  # months and years are no fixed number of days


def _fit_into_a_day(times: Quantity, interval: Quantity) -> bool:
    """Return whether so many doses a day, so far apart, take no more than a day."""
    if times.unit.one != "per day":
        return True
    try:
        apart = interval.to(unit("day")).range.low
    except QuantityError:
        return False  # months and years are longer than a day
    number = times.range.low
    return not number or not apart or (number - 1) * apart <= 1
