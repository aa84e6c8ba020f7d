"""Totals of a regimen: a day and a course, each stated, computed, or impossible and why."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.absence import Absence
from sitegen.derive.total import Computed, Impossible, Stated, Total, product, quotient
from sitegen.model import Reading, Regimen, Reported
from sitegen.quantity import Quantity, quantity, unit
from sitegen.typography import amount


@dataclass(frozen=True)
class Course:
    """What one reading of a regimen comes to. A clear regimen has one reading, which says None."""

    reading: str | None
    each: Total
    daily: Total
    whole: Total
    drop: Quantity | None = None
    """The size of a drop that the amounts assume, where the source counts in drops."""

    @property
    def condition(self) -> str:
        """Return the reading as a condition: `if …`, or `for 5 days`; empty for a clear one."""
        return condition(self.reading)


def condition(reading: str | None) -> str:
    """Return a reading as a condition: `if …`, or `for 5 days`; empty for a clear regimen."""
    if not reading or reading.startswith("for "):
        return reading or ""
    return f"if {reading}"


def courses(regimen: Regimen, each: Total | None = None) -> tuple[Course, ...]:
    """Every way to read a regimen, with its totals: one for a clear regimen, else one a reading.

    There is no other way to a total, so no caller can take one reading for the only one.
    `each` is the amount of each dose where it follows from drops.
    Formulas: a day = each dose x doses a day; a course = a day x days.
    """
    each = each or _given(regimen, regimen.each, "amount of each dose")
    if regimen.readings:
        return tuple(_read_as(regimen, each, reading) for reading in regimen.readings)
    daily = _daily(regimen, each)
    if regimen.lengths:
        return tuple(
            Course(f"for {amount(length)}", each, daily, _whole(regimen, each, daily, length))
            for length in regimen.lengths
        )
    return (Course(None, each, daily, _whole(regimen, each, daily, regimen.length.value)),)


def implied_strength(regimen: Regimen) -> Total | None:
    """The strength that follows where a source gives both the mass and the volume of a dose."""
    each, volume = regimen.each.value, regimen.volume.value
    if isinstance(each, Quantity) and isinstance(volume, Quantity):
        return quotient(each, volume)
    return None


def _given(regimen: Regimen, reported: Reported[Quantity | Absence], what: str) -> Total:
    if isinstance(reported.value, Quantity):
        return Stated(reported.value, reported.at or regimen.at)
    return Impossible(f"{what} {reported.value}")


def _daily(regimen: Regimen, each: Total) -> Total:
    if isinstance(regimen.daily.value, Quantity):
        return Stated(regimen.daily.value, regimen.daily.at or regimen.at)
    often = regimen.times.value
    if isinstance(each, Impossible):
        return each
    if isinstance(often, Absence):
        return Impossible(f"number of doses a day {often}")
    if often.unit.one == "time":
        return Impossible("the doses are counted over the whole course")
    return _times(each.amount, often)


def _whole(regimen: Regimen, each: Total, daily: Total, length: Quantity | Absence) -> Total:
    often = regimen.times.value
    if not isinstance(each, Impossible) and isinstance(often, Quantity):
        if often.unit.one == "time" and not isinstance(daily, Stated):
            return _times(each.amount, often)
    if isinstance(daily, Impossible):
        return daily
    if isinstance(length, Absence):
        return Impossible(f"duration {length}")
    total = product(daily.amount, length, f"{amount(daily.amount)} × {_in_days(length)}")
    return _in_unit_of(daily.amount, total)


def _times(each: Quantity, often: Quantity) -> Total:
    return _in_unit_of(each, product(each, often, f"{amount(each)} × {amount(often)}"))


def _in_unit_of(dose: Quantity, total: Total) -> Total:
    """A total in micrograms where the dose is: a change of unit between cells invites slips."""
    if isinstance(total, Computed) and dose.unit.one.startswith("microgram"):
        names = {"mg": "micrograms", "mg per day": "micrograms per day"}
        unit_there = unit(names.get(total.amount.unit.many, total.amount.unit.many))
        return Computed(total.amount.to(unit_there), total.formula)
    return total


def _read_as(regimen: Regimen, each: Total, reading: Reading) -> Course:
    if isinstance(each, Impossible):
        return Course(reading.means, each, each, each)
    formula = f"{amount(each.amount)} × {amount(reading.times)}"
    counted = _in_unit_of(each.amount, product(each.amount, reading.times, formula))
    if isinstance(counted, Impossible):
        return Course(reading.means, each, counted, counted)
    if reading.per == "course":
        why = "this reading counts doses over the whole course"
        return Course(reading.means, each, Impossible(why), counted)
    rate = counted.amount / quantity(f"1 {reading.per}")
    daily = _in_unit_of(each.amount, Computed(rate, formula))
    if reading.per == "week":
        daily = Impossible("this reading counts doses over a week")
    return Course(reading.means, each, daily, _at_rate(regimen, each.amount, rate, reading))


def _at_rate(regimen: Regimen, each: Quantity, rate: Quantity, reading: Reading) -> Total:
    length = regimen.length.value
    if isinstance(length, Absence):
        return Impossible(f"duration {length}")
    a_period = amount((rate * quantity(f"1 {reading.per}")).to(each.unit))
    total = product(rate, length, f"{a_period} a {reading.per} × {_in(length, reading.per)}")
    return _in_unit_of(each, total)


def _in(length: Quantity, per: str) -> str:
    return _in_days(length) if per == "day" else amount(length.to(unit(per)))


def _in_days(length: Quantity) -> str:
    return amount(length.to(unit("day")))
