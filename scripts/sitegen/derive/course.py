"""Totals of a regimen: a day, a week and a course, each stated, computed, or impossible and why."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from sitegen.derive.dose_sites import in_one_place, pair_of
from sitegen.derive.frequency import is_single_dose, number_of_days, on_days
from sitegen.derive.readings import joined
from sitegen.derive.total import (
    Computed,
    Impossible,
    Reason,
    Stated,
    Total,
    absent,
    product,
    quotient,
    total_sum,
)
from sitegen.derive.weeks import length_of
from sitegen.model import Regimen
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, QuantityError, Range, quantity, unit
from sitegen.model.typography import NO_BREAK, amount

_Spans = tuple[Total | None, Total | None, Total | None, Total | None]
_HOUR, _DAY, _WEEK = quantity("1 hour"), quantity("1 day"), quantity("1 week")
_COUNTED_OVER = {"hour": "an hour", "week": "a week", "month": "a month", "year": "a year"}
_COUNTED_OVER["course"] = "the whole course"
_REPEATED = "a dose may be repeated"
_RISES, _FALLS = "the dose is raised", "the dose is lowered"


@dataclass(frozen=True)
class _Pace:
    """The frequency of doses: a number a day, a week or in all, or one dose at each interval."""

    per: Literal["hour", "day", "week", "month", "year", "course", "interval"]
    number: Quantity
    counted: Reason = Reason.COUNTED_OVER

    @property
    def is_rare(self) -> bool:
        """Return whether there is less than one dose a day."""
        if self.per == "interval":
            return _is_calendar(self.number) or _reaches_past(self.number, _DAY)
        return self.per in ("week", "month", "year")


HeldKind: TypeAlias = Literal["ingredient", "body", "equivalent"]
TOTALS = (
    *("per_dose", "daily", "weekly", "monthly", "yearly", "hourly"),
    *("total", "all_courses"),
)
"""The fields of a course that are totals."""


@dataclass(frozen=True)
class Held:
    """What a total is in other terms: of an ingredient, for a body, or an equivalent.

    These are never added up.
    """

    of: str
    """The total, as the field of a course that it is in."""
    name: str
    """The name of the ingredient, for whom it is: `for 68 kg`, or `as methylprednisolone`."""
    total: Total
    kind: HeldKind = "ingredient"


@dataclass(frozen=True)
class Course:
    """The totals of one reading of a regimen. A clear regimen has one, whose `reading` is None."""

    reading: str | None
    per_dose: Total
    daily: Total
    total: Total
    weekly: Total | None = None
    """The amount in a week, where doses are rarer than one a day; else None."""
    monthly: Total | None = None
    """The amount in a month, where the source counts doses by the month; else None."""
    yearly: Total | None = None
    """The amount in a year, where doses are months apart or counted by the year; else None."""
    hourly: Total | None = None
    """The amount in an hour of what is given without a break at a rate a day; else None."""
    all_courses: Total | None = None
    """The amount in all courses together, where the source states several; else None."""
    drop: Quantity | None = None
    """The size of a drop that the amounts assume, where the source counts in drops."""
    held: tuple[Held, ...] = ()
    """The amount of each ingredient, where doses are counted in units of a presentation.

    The amount for a body, where the source states its weight or surface, and what it is equivalent
    to, where the source states an equivalence.
    """

    @property
    def condition(self) -> str:
        """Return the reading as a condition: `if …`, or `for 5 days`; empty for a clear one."""
        return condition(self.reading)

    def shown(self, of: str) -> tuple[tuple[str, Total], ...]:
        """Return one total and those shown with it, each with its period; empty for its own.

        Where doses are rarer than one a day, the amount in a week is shown, and that of a day only
        where it is stated. The amount in all courses is shown below that in one, and the amount of
        each ingredient below what it is in.
        """
        own: tuple[tuple[str, Total], ...] = (("", getattr(self, of)), *self._held(of))
        if len(own) > 1 and isinstance(getattr(self, of), Impossible):
            own = own[1:]
        if of == "daily" and self.hourly:
            return (*own, ("an hour", self.hourly), *self._held("hourly", "an hour"))
        for period, rare in (("a week", "weekly"), ("a month", "monthly"), ("a year", "yearly")):
            if of == "daily" and (total := getattr(self, rare)):
                stated = own if isinstance(self.daily, Stated) else ()
                return (*stated, (period, total), *self._held(rare, period))
        if of == "total" and self.all_courses:
            return (
                *own,
                ("all courses", self.all_courses),
                *self._held("all_courses", "all courses"),
            )
        return own

    def _held(self, of: str, period: str = "") -> Iterator[tuple[str, Total]]:
        """Yield what a total is in other terms, each under its name and its period."""
        found = (held for held in self.held if held.of == of)
        return ((", ".join(filter(None, [held.name, period])), held.total) for held in found)


def condition(reading: str | None) -> str:
    """Return a reading as a condition: `if …`, or `for 5 days`; empty for a clear regimen."""
    if not reading or reading.startswith("for "):
        return reading or ""
    return f"if {reading}"


def courses(regimen: Regimen, dose: Total | None = None) -> tuple[Course, ...]:
    """Return every way to read a regimen, with its totals: one, or one for each reading.

    No other function computes a total, so no caller can overlook a reading.
    `dose` is the amount of each dose where it follows from drops.
    Formulas: a day = each dose x doses a day; a course = a day x days; all courses = a course x
    their number. A dose that is rarer than one a day has an amount a week, and no daily mean.
    """
    dose = dose or _dose(regimen)
    ways = (
        _in_all_courses(_without_upper_bound(regimen, way), words, count)
        for way in _ways(regimen, dose)
        for words, count in _counts_of_courses(regimen)
    )
    return tuple(_in_one_place(regimen, way) for way in ways)


def implied_strength(regimen: Regimen) -> Total | None:
    """Return the strength of a dose whose source gives both its mass and its volume."""
    dose, volume = regimen.each.value, regimen.volume.value
    if isinstance(dose, Quantity) and isinstance(volume, Quantity):
        return quotient(dose, volume)
    return None


def _ways(regimen: Regimen, dose: Total) -> Iterator[Course]:
    for reading in regimen.readings:
        pace = _Pace(reading.per, reading.times, Reason.READ_AS_OVER)
        yield _course(regimen, dose, pace, reading.means, length_of(regimen))
    for length in regimen.lengths:
        yield _course(regimen, dose, _pace(regimen), f"for {amount(length)}", length)
    if not (regimen.readings or regimen.lengths):
        yield _course(regimen, dose, _pace(regimen), None, length_of(regimen))


def _course(
    regimen: Regimen,
    dose: Total,
    pace: _Pace | None,
    reading: str | None,
    length: Quantity | Absence,
) -> Course:
    stated = regimen.daily
    if isinstance(stated.value, Quantity):
        daily: Total = Stated(stated.value, stated.at or regimen.at)
        limited = daily
    else:
        daily = _while_it_changes(regimen, _day(regimen, dose, pace))
        limited = _limited(regimen, daily)
    if regimen.as_needed:
        return Course(reading, dose, limited, Impossible(Reason.AS_NEEDED))
    weekly, monthly = _weekly(regimen, dose, pace), _month(dose, pace)
    spans: _Spans = weekly, monthly, _year(dose, pace), None
    if runs_on := _runs_on(regimen, pace):
        spans = None, None, None, _hour(regimen)
    spans = _spans(regimen, spans)
    if none := _no_total(regimen, length):
        return Course(reading, dose, limited, none, *spans)
    if regimen.days:
        total: Total = _of_listed_days(regimen, dose, limited, pace)
        return Course(reading, dose, limited, total)
    by_day = pace is None or pace.per == "day" or limited is not daily or runs_on
    if pace is None or by_day or (isinstance(daily, Stated) and not pace.is_rare):
        total = _of_days(limited, length)
    else:
        total = _of_doses(dose, weekly, pace, length)
    return Course(reading, dose, limited, total, *spans)


def _spans(regimen: Regimen, spans: _Spans) -> _Spans:
    """Return the amounts of a week, a month and a year, bounded where the dose changes."""
    weekly, monthly, yearly, hourly = (
        total and _while_it_changes(regimen, total) for total in spans
    )
    return weekly, monthly, yearly, hourly


def _while_it_changes(regimen: Regimen, total: Total) -> Total:
    """Return a total that is computed of the first dose as the bound that it is of later ones.

    It is the least where the dose rises, and the most where it falls. Where it may do either there
    is none. What a source states stays.
    """
    if regimen.step is None or not isinstance(total, Computed):
        return total
    changed = as_it_changes(regimen, total.amount)
    if changed is None:
        return Impossible(Reason.DOSE_CHANGES)
    how = _RISES if regimen.step.direction == "up" else _FALLS
    return Computed(changed, f"{total.formula}; {how}")


def as_it_changes(regimen: Regimen, first: Quantity) -> Quantity | None:
    """Return the bound that a first amount is of all that follow; None where there is none.

    Where the dose does not change, it is the amount itself.
    """
    direction = regimen.step.direction if regimen.step else None
    if direction is None:
        return first
    low, high = first.range.low, first.range.high
    if direction == "up" and low is not None:
        return Quantity(Range(low, None, first.range.is_open_below), first.unit)
    if direction == "down" and high is not None:
        return Quantity(Range(None, high, first.range.is_open_above), first.unit)
    return None


def _no_total(regimen: Regimen, length: Quantity | Absence) -> Impossible | None:
    """Return why a course has no total: no stated end, or a dose that is changed; else None."""
    if isinstance(length, Absence) and regimen.until:
        return Impossible(Reason.NO_STATED_END, (regimen.until,))
    if regimen.target:
        return Impossible(Reason.BY_MEASUREMENT)
    return Impossible(Reason.DOSE_CHANGES) if regimen.step else None


def _dose(regimen: Regimen) -> Total:
    """Return the amount of each dose: as stated, or doubled where its site is one of a pair."""
    dose, pair = regimen.each.value, pair_of(regimen)
    if isinstance(dose, Absence) and (found := _of_rate(regimen) or _share(regimen)):
        return found
    if isinstance(dose, Absence):
        return absent("amount of each dose", dose)
    if pair is None:
        return Stated(dose, regimen.each.at or regimen.at)
    return _multiple(dose, pair)


def dose_follows(regimen: Regimen) -> bool:
    """Return whether a dose without a stated amount follows from a rate or from divided doses."""
    return regimen.each.absence is not None and isinstance(_dose(regimen), Computed)


def _of_rate(regimen: Regimen) -> Total | None:
    """Return the amount that a rate comes to; None where the rate or its time is not stated.

    Formula: rate x how long one administration takes. What releases without a break, such as
    a patch, takes until the next one.
    """
    until_next = regimen.interval if regimen.given == "continuously" else None
    time = regimen.over or until_next
    if regimen.rate is None or time is None:
        return None
    rate, over = regimen.rate.value, time.value
    if isinstance(rate, Absence) or isinstance(over, Absence):
        return None
    return product(rate, over, f"{amount(rate)} × {amount(over)}")


def divided_amount(regimen: Regimen) -> tuple[Quantity, Quantity] | None:
    """Return the stated amount that doses share, with how many they are in its day or week.

    None where it is not given in divided doses, or the amount or the number is not stated.
    """
    amounts = (regimen.daily, regimen.weekly) if regimen.given == "in divided doses" else ()
    for stated in amounts:
        if stated and isinstance(stated.value, Quantity):
            number = doses_in(regimen, stated.value.unit.one.rpartition(" per ")[2])
            return (stated.value, number) if number else None
    return None


def doses_in(regimen: Regimen, period: str) -> Quantity | None:
    """Return the number of doses in a `day` or `week`, such as `2 per day`.

    It is stated, or follows from an interval that divides the period; else None.
    """
    pace = _pace(regimen)
    if pace and pace.per == period:
        return pace.number
    if pace is None or pace.per != "interval" or _is_calendar(pace.number):
        return None
    doses = (quantity(f"1 {period}") / pace.number).range
    is_whole = all(end is not None and end.denominator == 1 for end in (doses.low, doses.high))
    return Quantity(doses, unit(f"per {period}")) if is_whole else None


def _share(regimen: Regimen) -> Total | None:
    """Return each of the doses that share a stated amount; None where there are none.

    Formula: amount a day or a week ÷ number of doses in it, if they are equal.
    """
    found = divided_amount(regimen)
    if found is None:
        return None
    whole, number = found
    share = quotient(whole, number, f"{amount(number)}, if the doses are equal")
    return _in_unit_of(whole, share)


_PERIODS: dict[str, Literal["hour", "day", "week", "month", "year", "course"]] = {
    "per hour": "hour",
    "per day": "day",
    "per week": "week",
    "per month": "month",
    "per year": "year",
    "time": "course",
}


def _pace(regimen: Regimen) -> _Pace | None:
    """Return the frequency of the doses, as the source states it; None where it does not."""
    times, interval = regimen.times.value, regimen.interval
    if isinstance(times, Quantity):
        per = _PERIODS.get(times.unit.one)
        return _Pace(per, times) if per else None
    if interval and isinstance(interval.value, Quantity):
        return _Pace("interval", interval.value)
    return None


def _day(regimen: Regimen, dose: Total, pace: _Pace | None) -> Total:
    """Return the amount a day, by the number of doses a day; impossible without such a number."""
    if regimen.parts_of_day:
        return _of_parts(regimen)
    rate = regimen.rate.value if regimen.rate else None
    if isinstance(rate, Quantity) and _runs_on(regimen, pace):
        return _of_continuous(rate)
    if isinstance(dose, Impossible):
        return dose
    if pace is None and regimen.days:
        return Impossible(Reason.ON_LISTED_DAYS, (on_days(regimen) or "",))
    if pace is None:
        return absent("number of doses a day", regimen.times.value)
    if pace.per == "day":
        return _times(dose.amount, pace.number, "per day")
    if is_single_dose(regimen):
        return Impossible(Reason.SINGLE_DOSE)
    if pace.per != "interval":
        return Impossible(pace.counted, (_COUNTED_OVER[pace.per],))
    if pace.is_rare:
        return Impossible(Reason.RARER_THAN_DAILY, (pace.number,))
    if _reaches_past(_HOUR, pace.number):
        return Impossible(Reason.NUMBER_UNKNOWN, (pace.number,))
    return _times(dose.amount, _per(_DAY, pace.number, "per day"), "per day")


def _runs_on(regimen: Regimen, pace: _Pace | None) -> bool:
    """Return whether what is given continuously runs from day to day, so that a day has 24 hours.

    Not where one administration ends before the next, as of an infusion over 2 hours once a month.
    """
    if regimen.given != "continuously":
        return False
    over = regimen.over.value if regimen.over else Absence.NOT_APPLICABLE
    if isinstance(over, Absence):
        return over is Absence.NOT_APPLICABLE or pace is None or pace.per == "interval"
    if pace and pace.per == "interval":
        return _lasts(over, pace.number)
    return (pace is None or is_single_dose(regimen)) and _lasts(over, _DAY)


def _lasts(over: Quantity, time: Quantity) -> bool:
    """Return whether one time is as long as another, at its least; else it may be shorter."""
    if _is_calendar(over) != _is_calendar(time):
        return False
    low, high = over.range.low, time.to(over.unit).range.high
    return low is not None and high is not None and low >= high


def _weekly(regimen: Regimen, dose: Total, pace: _Pace | None) -> Total | None:
    """Return the amount a week: as stated, else as it follows from doses rarer than daily."""
    stated = regimen.weekly
    if stated and isinstance(stated.value, Quantity):
        return Stated(stated.value, stated.at or regimen.at)
    return _week(dose, pace)


def _week(dose: Total, pace: _Pace | None) -> Total | None:
    """Return the amount a week, for doses rarer than daily and at least weekly; else None."""
    if isinstance(dose, Impossible) or pace is None or not pace.is_rare:
        return None
    number = pace.number
    if pace.per == "interval":
        if _is_calendar(number) or _reaches_past(number, _WEEK):
            return None
        number = _per(_WEEK, number, "per week")
    elif pace.per != "week":
        return None
    return _multiple(dose.amount, number)


def _month(dose: Total, pace: _Pace | None) -> Total | None:
    """Return the amount a month, for doses that the source counts by the month; else None."""
    if isinstance(dose, Impossible) or pace is None or pace.per != "month":
        return None
    return _multiple(dose.amount, pace.number)


def _year(dose: Total, pace: _Pace | None) -> Total | None:
    """Return the amount a year, of doses months or years apart, or counted by the year; else None.

    A year has 12 months, so it follows where these are a whole number of intervals.
    """
    if isinstance(dose, Impossible) or pace is None:
        return None
    if pace.per == "year":
        return _multiple(dose.amount, pace.number)
    if pace.per != "interval" or not _is_calendar(pace.number) or not pace.number.range.is_one:
        return None
    doses = (quantity("1 year") / pace.number).range
    if doses.low is None or doses.low.denominator != 1:
        return None
    formula = f"{amount(dose.amount)} × (1{NO_BREAK}year ÷ {amount(pace.number)})"
    return Computed(Quantity(dose.amount.range * doses, dose.amount.unit), formula)


def _hour(regimen: Regimen) -> Total | None:
    """Return the amount an hour of what is given without a break at a rate a day: rate ÷ 24."""
    rate = regimen.rate.value if regimen.rate else None
    if not isinstance(rate, Quantity) or not rate.unit.one.endswith(" per day"):
        return None
    top = rate.unit.many.rpartition(" per ")[0]
    return Computed(rate.to(unit(f"{top} per hour")), f"{amount(rate)} ÷ 24{NO_BREAK}hours")


def _of_continuous(rate: Quantity) -> Total:
    """Return the amount a day of what is given without a break: rate x 24 hours."""
    if rate.unit.one.endswith(" per day"):
        return Computed(rate, "the rate a day, without a break")
    hours = Quantity(Range.of(24), unit("hour"))
    each_day = product(rate, hours, "")
    if isinstance(each_day, Impossible):
        return each_day
    whole = each_day.amount.to(unit(rate.unit.many.rpartition(" per ")[0]))
    formula = f"{amount(rate)} × {amount(hours)}, without a break"
    return _in_unit_of(whole, product(whole, quantity("1 per day"), formula))


def _of_parts(regimen: Regimen) -> Total:
    """Return the amount a day where its doses are unequal: their sum.

    Doses of different presentations have no sum, since they hold different amounts.
    """
    doses = [part.each.value for part in regimen.parts_of_day]
    if none := next((dose for dose in doses if isinstance(dose, Absence)), None):
        return absent("amount of each dose", none)
    amounts = [dose for dose in doses if isinstance(dose, Quantity)]
    if len({part.product or regimen.product for part in regimen.parts_of_day}) > 1:
        return Impossible(Reason.DOSES_DIFFER)
    whole = total_sum(amounts)
    if isinstance(whole, Impossible):
        return whole
    daily = product(whole.amount, quantity("1 per day"), whole.formula)
    return _in_unit_of(whole.amount, daily)


def _of_days(daily: Total, length: Quantity | Absence) -> Total:
    """Return the amount in a course: the amount a day x the number of days."""
    if isinstance(daily, Impossible):
        return daily
    if isinstance(length, Absence):
        return absent("duration", length)
    if _is_calendar(length):
        return Impossible(Reason.NO_FIXED_DAYS, (length,))
    days = length.to(unit("day"))
    total = product(daily.amount, length, f"{amount(daily.amount)} × {amount(days)}")
    return _in_unit_of(daily.amount, _beginning(daily.amount, total))


def _of_listed_days(regimen: Regimen, dose: Total, daily: Total, pace: _Pace | None) -> Total:
    """Return the amount in a course whose days are listed: the amount on each x their number.

    The amount on each is that of a day, where it is known, else one dose; where the source counts
    the doses of the whole course, their number is used.
    """
    if pace and pace.per == "course":
        return dose if isinstance(dose, Impossible) else _times(dose.amount, pace.number, "times")
    on_each = dose if pace is None and isinstance(daily, Impossible) else daily
    if isinstance(on_each, Impossible):
        return on_each
    days = Quantity(Range.of(number_of_days(regimen)), unit("day"))
    if on_each is dose:
        return _multiple(on_each.amount, days)
    total = product(on_each.amount, days, f"{amount(on_each.amount)} × {amount(days)}")
    return _in_unit_of(on_each.amount, _beginning(on_each.amount, total))


def _of_doses(dose: Total, weekly: Total | None, pace: _Pace, length: Quantity | Absence) -> Total:
    """Return the amount in a course by the number of its doses, or by the amount a week."""
    if isinstance(dose, Impossible):
        return dose
    if pace.per == "course":
        return _times(dose.amount, pace.number, "times")
    if isinstance(length, Absence):
        return absent("duration", length)
    if _is_calendar(length) != _is_calendar(pace.number):
        return Impossible(Reason.NO_FIXED_DAYS, (length,))
    if pace.per == "week" and isinstance(weekly, Computed):
        weeks = length.to(unit("week"))
        if not _is_whole(pace.number.range * weeks.range):
            return _of_partial_weeks(dose.amount, pace, length)
        rate = weekly.amount / _WEEK
        total = product(rate, length, f"{amount(weekly.amount)} a week × {amount(weeks)}")
        return _in_unit_of(dose.amount, _beginning(weekly.amount, total))
    if pace.per != "interval":
        return _of_period(dose.amount, pace, length)
    doses = quotient(length, pace.number)
    if isinstance(doses, Impossible):
        return doses
    number = Quantity(_whole_doses(doses.amount.range), unit("time"))
    formula = f"{amount(dose.amount)} × ({amount(length)} ÷ {amount(pace.number)})"
    return _in_unit_of(dose.amount, product(dose.amount, number, formula))


def _is_whole(numbers: Range) -> bool:
    """Return whether the ends of a range that are known are whole numbers."""
    ends = [end for end in (numbers.low, numbers.high) if end is not None]
    return all(end.denominator == 1 for end in ends)


def _of_partial_weeks(dose: Quantity, pace: _Pace, length: Quantity) -> Total:
    """Return the amount in a course that is no whole number of weeks: of whole doses, no mean."""
    doses = pace.number.range * length.to(unit("week")).range
    number = Quantity(_whole_doses(doses), unit("time"))
    weekly = Quantity(pace.number.range, unit("per week"))
    formula = f"{amount(dose)} × ({amount(weekly)} × {amount(length)})"
    return _in_unit_of(dose, product(dose, number, formula))


def _is_calendar(value: Quantity) -> bool:
    """Return whether a time or frequency counts months or years, which differ in length."""
    return "calendar" in dict(value.unit.dimension)


def _of_period(dose: Quantity, pace: _Pace, length: Quantity) -> Total:
    """Return the amount in a course of doses that are counted by the hour, month or year."""
    doses = product(pace.number, length, f"{amount(pace.number)} × {amount(length)}")
    if isinstance(doses, Impossible):
        return doses
    number = Quantity(_whole_doses(doses.amount.range), unit("time"))
    return _times(dose, number, "times")


def _limited(regimen: Regimen, daily: Total) -> Total:
    """Return an amount a day within what a source allows.

    Of doses as needed only the limit is known. A computed amount ends at the limit; where all of it
    lies above, it cannot be given.
    """
    limits = [most.value for most in regimen.max if most.value.unit.one.endswith(" per day")]
    if limits:
        return _up_to(daily, limits[0], regimen.as_needed)
    return Impossible(Reason.AS_NEEDED) if regimen.as_needed else daily


def _up_to(daily: Total, limit: Quantity, as_needed: str | None) -> Total:
    """Return an amount a day that ends at a limit; one without an amount stays as it is."""
    most = f"at most {amount(limit)}"
    if as_needed:
        return Computed(Quantity(Range(None, limit.range.high), limit.unit), most)
    if isinstance(daily, Impossible):
        return daily
    try:
        there = limit.to(daily.amount.unit).range
    except QuantityError:
        return daily
    numbers = daily.amount.range
    if there.high is None or (numbers.high is not None and numbers.high <= there.high):
        return daily
    if numbers.low is not None and numbers.low > there.high:
        return Impossible(Reason.OVER_LIMIT, (limit,))
    formula = daily.formula if isinstance(daily, Computed) else amount(daily.amount)
    ends = Range(numbers.low, there.high)
    return Computed(Quantity(ends, daily.amount.unit), f"{formula}, {most}")


def _without_upper_bound(regimen: Regimen, way: Course) -> Course:
    """Remove the upper bound of totals that may be exceeded: by a repeat, or after a first part."""
    if regimen.repeat and not isinstance(way.daily, Stated):
        way = replace(
            way,
            daily=_at_least(way.daily, _REPEATED),
            weekly=way.weekly and _at_least(way.weekly, _REPEATED),
            monthly=way.monthly and _at_least(way.monthly, _REPEATED),
            yearly=way.yearly and _at_least(way.yearly, _REPEATED),
            total=_at_least(way.total, _REPEATED),
        )
    if regimen.phase == "first":
        way = replace(way, total=_at_least(way.total, "what follows the first part is not stated"))
    return way


def _at_least(total: Total, why: str) -> Total:
    if isinstance(total, Impossible):
        return total
    numbers = total.amount.range
    if numbers.low is None:
        return Impossible(Reason.NO_UPPER_BOUND, (why,))
    least = Quantity(Range(numbers.low, None, numbers.strict), total.amount.unit)
    if isinstance(total, Computed):
        return replace(total, amount=least, formula=f"{total.formula}; {why}")
    return Computed(least, why)


def _counts_of_courses(
    regimen: Regimen,
) -> Iterator[tuple[str | None, Quantity | Absence | None]]:
    """Yield how many courses there are, with the reading; None where there is one.

    Of a course that is repeated so often, the first is one of them or comes before them.
    """
    stated = regimen.courses
    repeated = stated.repeated.value if stated and stated.repeated else None
    if not isinstance(repeated, Quantity):
        yield None, stated.count.value if stated else None
        return
    for words, first in (("counts", 0), ("does not count", 1)):
        number = repeated.range + Range.of(first)
        yield f"“repeated” {words} the first course", Quantity(number, unit("course"))


def _in_all_courses(way: Course, words: str | None, count: Quantity | Absence | None) -> Course:
    """Add the amount in all courses, where the source states that there are several."""
    if count is None:
        return way
    if words:
        way = replace(way, reading=joined(way.reading, words))
    total = way.total
    if isinstance(total, Impossible):
        return replace(way, all_courses=total)
    if isinstance(count, Absence):
        return replace(way, all_courses=absent("number of courses", count))
    return replace(way, all_courses=replace(_multiple(total.amount, count), first=total.amount))


def _in_one_place(regimen: Regimen, way: Course) -> Course:
    """Say in each formula that the amount is that in one place, where each affected one gets it."""
    place = in_one_place(regimen)
    totals: dict[str, Any] = {
        name: replace(total, formula=f"{total.formula}, {place}")
        for name in ("daily", "weekly", "monthly", "yearly", "total", "all_courses")
        if isinstance(total := getattr(way, name), Computed)
    }
    return replace(way, **totals) if place else way


def _beginning(first: Quantity, total: Total) -> Total:
    """Return a total with the other total that its formula begins with."""
    return replace(total, first=first) if isinstance(total, Computed) else total


def _multiple(value: Quantity, number: Quantity) -> Computed:
    """Return an amount times a number, in the unit of the amount; the number's unit is left out."""
    counted = Quantity(value.range * number.range, value.unit)
    return Computed(counted, f"{amount(value)} × {amount(number)}")


def _times(value: Quantity, number: Quantity, per: str) -> Total:
    counted = Quantity(number.range, unit(per))
    return _in_unit_of(value, product(value, counted, f"{amount(value)} × {amount(number)}"))


def _per(period: Quantity, interval: Quantity, per: str) -> Quantity:
    """Return how many doses fall into a period at an interval: 3-4 per week at 2 days."""
    return Quantity(_whole_doses((period / interval).range), unit(per))


def number_at(interval: Quantity) -> Quantity | None:
    """Return how many doses fall into a day, a week or a month at an interval.

    Whole doses a day or a week, `4-5 per day` at 5 hours; at longer intervals the exact share of a
    dose. None at less than an hour, where their number is not known.
    """
    if _is_calendar(interval):
        return _exactly("month", interval)
    if _reaches_past(_HOUR, interval):
        return None
    if not _reaches_past(interval, _DAY):
        return _per(_DAY, interval, "per day")
    if not _reaches_past(interval, _WEEK):
        return _per(_WEEK, interval, "per week")
    return _exactly("week", interval)


def _exactly(period: str, interval: Quantity) -> Quantity:
    """Return how many doses fall into a period on average, such as half a dose a week."""
    return Quantity((quantity(f"1 {period}") / interval).range, unit(f"per {period}"))


def _whole_doses(doses: Range) -> Range:
    """Return a quotient rounded outwards to whole doses, and at least one dose."""
    low = None if doses.low is None else Fraction(max(1, math.floor(doses.low)))
    high = None if doses.high is None else Fraction(math.ceil(doses.high))
    return Range(low, high)


def _reaches_past(one: Quantity, other: Quantity) -> bool:
    """Return whether the upper end of an amount is above the lower end of another."""
    high, low = one.to(other.unit).range.high, other.range.low
    return high is not None and low is not None and high > low


def _in_unit_of(dose: Quantity, total: Total) -> Total:
    """Return a total in the unit of the dose, so that no reader converts between cells."""
    if not isinstance(total, Computed):
        return total
    top = re.split("/| per ", dose.unit.many)[0]
    there = re.sub("^[^/ ]+", top, total.amount.unit.many)
    try:
        return replace(total, amount=total.amount.to(unit(there)))
    except QuantityError:
        return total
