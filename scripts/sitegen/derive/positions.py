"""What each record says on a question, as values that can be set side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from sitegen.derive import frequency
from sitegen.derive.course import Course, as_it_changes, number_at
from sitegen.derive.given_apart import amounts_of_arms
from sitegen.derive.participants import participants_of, places_of_arms, sized_arms
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import conditional, courses_of, stated_strength
from sitegen.derive.total import Computed, Stated, typeset
from sitegen.model import Locator, Record, Regimen, Site, Source, Study, When
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, QuantityError, Range, unit
from sitegen.model.typography import amount, every, rounded, shown


@dataclass(frozen=True)
class Position:
    """What one record says on a question: its values, one or several it may mean."""

    record: Record
    source: Source
    says: str
    values: tuple[Quantity, ...]
    at: tuple[Locator, ...]
    is_computed: bool = False
    is_note: bool = False
    """Whether a curator says it, such as what a source may mean, and not the source."""
    in_readings: str | None = None
    """`says` with the reading of each value, where readings differ."""
    formulas: tuple[str, ...] = ()
    """The formulas of what is computed, each once."""

    @property
    def voice(self) -> Literal["reported", "computed", "note"]:
        """Return in whose voice it is: the source's, the computer's or a curator's."""
        if self.is_note:
            return "note"
        return "computed" if self.is_computed else "reported"

    @property
    def text(self) -> str:
        """Return what the record says; a value of an unclear record always has its reading."""
        return self.in_readings or self.says


def total_position(
    relations: Relations, regimen: Regimen, of: Literal["per_dose", "daily", "total", "all_courses"]
) -> Position | None:
    """Return one total of a regimen, in every reading; None where none can be computed.

    Where readings differ, each amount has its reading. A regimen of several phases has no position:
    its phases are answers to different questions. Nor has one of another substance, or whose dose
    may rise and fall. A dose that only rises is compared as the least of those that follow, and
    said as the source states it. Tablets that hold the drug alone are its mass, so that they are
    compared with doses in mg.
    """
    if _has_none(regimen):
        return None
    ways = conditional(_in_mass(relations.site, regimen, of), of)
    known = [
        (condition, total) for condition, total in ways if isinstance(total, Stated | Computed)
    ]
    if not known:
        return None
    values = tuple(dict.fromkeys(total.amount for _, total in known))
    bounds = tuple(as_it_changes(regimen, value) for value in values)
    computed = [total for _, total in known if isinstance(total, Computed)]
    formulas = tuple(dict.fromkeys(total.formula for total in computed))
    position = _with_values(relations, regimen, values, regimen.at, bool(computed))
    found = replace(position, formulas=formulas, values=tuple(filter(None, bounds)))
    if None in bounds:
        return None
    if values != found.values:
        found = replace(found, says=f"{found.says}, {frequency.change(regimen)}")
    if len(ways) == 1 and not ways[0][0]:
        return found
    texts = (
        f"{typeset(total)} ({condition})" if condition else typeset(total)
        for condition, total in known
    )
    return replace(found, in_readings=" or ".join(texts))


def _in_mass(site: Site, regimen: Regimen, of: str) -> tuple[Course, ...]:
    """Return the readings of a regimen, with one total as the mass of the drug where it is known.

    It is where the regimen names a presentation that holds the drug alone. One that holds another
    substance too is another medicine, and stays in its units.
    """
    ways = courses_of(site, regimen)
    named = site.products.get(regimen.product) if regimen.product else None
    held_by = [one.substance for one in named.ingredients] if named and not named.apart else []
    if held_by != [site.identity.substance]:
        return ways
    found = []
    for way in ways:
        held = (one for one in way.held if one.of == of and one.kind == "ingredient")
        masses: dict[str, Any] = {one.of: one.total for one in held}
        found.append(replace(way, **masses))
    return tuple(found)


def _has_none(regimen: Regimen) -> bool:
    """Return whether a regimen has no position: it has several phases, or another substance."""
    return bool(regimen.then or regimen.other_substance)


def length_position(relations: Relations, regimen: Regimen) -> Position | None:
    """Return the duration of a regimen, in every reading; None where it is not stated.

    It is compared in days, and said as the source states it.
    """
    length = regimen.length.value
    several: tuple[Quantity, ...] = regimen.lengths or regimen.length.readings  # type: ignore[assignment]
    if _has_none(regimen) or (isinstance(length, Absence) and not several):
        return None
    lengths = several if isinstance(length, Absence) else (length,)
    in_days = tuple(map(_in_days, lengths))
    at = regimen.length.at or regimen.at
    if regimen.phase == "first":
        open_ended = tuple(_and_more(days) for days in in_days)
        found = _with_values(relations, regimen, open_ended, at, False)
        return replace(found, says=frequency.duration(regimen) or found.says)
    found = _with_values(relations, regimen, in_days, at, False)
    return replace(found, says=" or ".join(map(amount, lengths)))


def _in_days(length: Quantity) -> Quantity:
    """Return a length in days; one in months or years stays, since these differ in days."""
    try:
        return length.to(unit("day"))
    except QuantityError:
        return length


def _and_more(length: Quantity) -> Quantity:
    """Return a length as a lower bound, since it is that of a first part."""
    low, is_open = length.range.low, length.range.is_open_below
    return length if low is None else Quantity(Range(low, None, is_open), length.unit)


def strength_position(relations: Relations, regimen: Regimen) -> Position | None:
    """Return the strength of a regimen in mg/mL: stated, or that of the presentation it names.

    A percentage is shown as stated, and compared as mass in volume.
    """
    if regimen.other_substance:
        return None
    stated = stated_strength(regimen)
    if isinstance(stated, Stated):
        return reported_position(relations, regimen, "strength")
    if isinstance(stated, Computed) and isinstance(regimen.strength.value, Quantity):
        found = _with_values(relations, regimen, (stated.amount,), regimen.at, True)
        says = f"{amount(stated.amount)} ({amount(regimen.strength.value)})"
        return replace(found, says=says, at=regimen.strength.at or regimen.at)
    if regimen.product is None:
        return None
    strength = relations.site.products[regimen.product].strength.value
    if isinstance(strength, Absence):
        return None
    return _with_values(relations, regimen, (strength,), regimen.at, True)


def rate_position(relations: Relations, regimen: Regimen) -> Position | None:
    """Return how often the doses of a regimen are given; None where it is no number over a time.

    A number of doses a day, a week, a month or a year, or the time from one dose to the next, which
    is compared as a number of doses and said as the source states it. Doses an hour or in all, and
    those less than an hour apart, are no such number.
    """
    times, interval = regimen.times, regimen.interval
    if _has_none(regimen):
        return None
    if isinstance(times.value, Quantity):
        counted = times.value.unit.one in _COUNTED
        return reported_position(relations, regimen, "times") if counted else None
    value = interval.value if interval else None
    number = number_at(value) if isinstance(value, Quantity) else None
    if interval is None or number is None or not isinstance(value, Quantity):
        return None
    at = interval.at or regimen.at
    found = _with_values(relations, regimen, (number,), at, False)
    says = every(value) if value.range.high else f"{amount(value)} apart"
    return replace(found, says=says)


_COUNTED = ("per day", "per week", "per month", "per year")


def participants_position(relations: Relations, study: Study) -> Position | None:
    """Return the number of all participants of a report; None where only some arms are known."""
    total = participants_of(study)
    if isinstance(total, Stated):
        return reported_position(relations, study, "participants")
    if isinstance(total, Computed):
        found = position(relations, study, total.amount, places_of_arms(study), True)
        return replace(found, says=f"{found.says} ({total.formula})", is_computed=True)
    return None


def arm_position(relations: Relations, id: str, study: Study) -> Position | None:
    """Return the size of one arm of a report; None where the report states none."""
    sized = ((arm, size) for arm, size in sized_arms(study) if arm.id == id)
    for arm, size in sized:
        at = arm.participants.at or study.at
        return position(relations, study, size, at, True)
    return None


def reported_position(relations: Relations, record: Regimen | Study, field: str) -> Position | None:
    """Return a reported value of a regimen or a report; None for a word of absence."""
    reported = getattr(record, field)
    if reported.absence:
        return None
    at = reported.at or record.at
    return position(relations, record, reported.value, at, isinstance(reported.value, Quantity))


def dose_position(relations: Relations, study: Study) -> Position | None:
    """Return the amounts of a dose that a report gives, all of them; None where it has none.

    Another dose, or that of an arm, is one of its answers too: who names only this contradicts
    nobody. Amounts of a day or by body weight are answers to another question.
    """
    found = reported_position(relations, study, "dose")
    if found is None:
        return None
    [dose] = found.values
    others = (one.value for one in study.other_doses if isinstance(one.value, Quantity))
    alike = [
        one
        for one in (*others, *amounts_of_arms(study))
        if one.unit.dimension == dose.unit.dimension
    ]
    values = tuple(dict.fromkeys((dose, *alike)))
    return replace(found, values=values, says=", ".join(map(amount, values)))


def position(
    relations: Relations, record: Record, value: object, at: tuple[Locator, ...], compare: bool
) -> Position:
    """Return a value of a record with its source.

    Raise QuantityError for a value that has to be compared and cannot.
    """
    sources = relations.sources_of(record)
    named = {locator.source for locator in at}
    source = next((source for source in sources if source.id in named), None)
    if source is None and isinstance(record, Source):
        source = record
    if source is None:
        raise QuantityError(f"{record.path} draws on no source")
    values = (_as_amount(value),) if compare else ()
    return Position(record, source, shown(value), values, at)


def _as_amount(value: object) -> Quantity:
    """Return an amount, or a date as a number of days, for comparison."""
    if isinstance(value, Quantity):
        return value
    if isinstance(value, When):
        first = Fraction(value.first_year * 372 + (value.month or 1) * 31 + (value.day or 1))
        last = Fraction(value.last_year * 372 + (value.month or 12) * 31 + (value.day or 31))
        return Quantity(Range(first, last), unit("day"))
    raise QuantityError(f"'{value}' is no amount and no date")


def _with_values(
    relations: Relations,
    regimen: Regimen,
    values: tuple[Quantity, ...],
    at: tuple[Locator, ...],
    computed: bool,
) -> Position:
    says = " or ".join(map(rounded if computed else amount, values))
    return Position(regimen, relations.source_of(regimen), says, values, at, computed)
