"""What each record says on a question, as values that can be set side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from sitegen.absence import Absence
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of
from sitegen.derive.total import Computed, Stated, Total
from sitegen.model import Locator, Record, Regimen, Source, Study, When
from sitegen.quantity import Quantity, QuantityError, Range, unit
from sitegen.typography import amount, date, rounded


@dataclass(frozen=True)
class Position:
    """What one record says on a question: its values, one or several it may mean."""

    record: Record
    source: Source
    says: str
    values: tuple[Quantity, ...]
    at: tuple[Locator, ...]
    is_computed: bool = False
    in_readings: str | None = None
    """The same with the reading that each value holds for, where readings differ."""

    @property
    def told(self) -> str:
        """What it says, and under which reading: no value of an unclear record stands alone."""
        return self.in_readings or self.says


def total_position(
    relations: Relations, regimen: Regimen, of: Literal["each", "daily", "whole"]
) -> Position | None:
    """What a regimen comes to in one of its totals, in every reading; None where nothing.

    Where readings differ, each amount is told with the reading it holds for.
    """
    ways = courses_of(relations.site, regimen)
    totals: list[tuple[str | None, Total]] = [(way.reading, getattr(way, of)) for way in ways]
    known = [(way, each) for way, each in totals if isinstance(each, Stated | Computed)]
    if not known:
        return None
    values = tuple(dict.fromkeys(each.amount for _, each in known))
    computed = any(isinstance(each, Computed) for _, each in known)
    found = _with_values(relations, regimen, values, regimen.at, computed)
    if len(known) == len(ways) and len(values) == 1:
        return found
    told = (f"{_written(each)} ({_if(way)})" if way else _written(each) for way, each in known)
    return replace(found, in_readings=" or ".join(told))


def _written(total: Stated | Computed) -> str:
    return (rounded if isinstance(total, Computed) else amount)(total.amount)


def _if(reading: str) -> str:
    return reading if reading.startswith("for ") else f"if {reading}"


def length_position(relations: Relations, regimen: Regimen) -> Position | None:
    """How long a regimen lasts, in every length it may mean; None where it is not told."""
    length = regimen.length.value
    if isinstance(length, Absence) and not regimen.lengths:
        return None
    lengths = regimen.lengths if isinstance(length, Absence) else (length,)
    in_days = tuple(each.to(unit("day")) for each in lengths)
    return _with_values(relations, regimen, in_days, regimen.length.at or regimen.at, False)


def strength_position(relations: Relations, regimen: Regimen) -> Position | None:
    """The strength of a regimen: stated, or that of the presentation it names."""
    if isinstance(regimen.strength.value, Quantity):
        return reported_position(relations, regimen, "strength")
    if regimen.product is None:
        return None
    strength = relations.site.products[regimen.product].strength.value
    if isinstance(strength, Absence):
        return None
    return _with_values(relations, regimen, (strength,), regimen.at, True)


def rate_position(relations: Relations, regimen: Regimen) -> Position | None:
    """How many doses a day a regimen has; None for a number of doses in all."""
    times = regimen.times.value
    if isinstance(times, Quantity) and times.unit.dimension == unit("per day").dimension:
        return reported_position(relations, regimen, "times")
    return None


def reported_position(relations: Relations, record: Regimen | Study, field: str) -> Position | None:
    """A reported value of a regimen or a report; None for a word of absence."""
    reported = getattr(record, field)
    if reported.absence:
        return None
    at = reported.at or record.at
    return position(relations, record, reported.value, at, isinstance(reported.value, Quantity))


def position(
    relations: Relations, record: Record, value: object, at: tuple[Locator, ...], compare: bool
) -> Position:
    """A value of a record with its source.

    Raises QuantityError for a value that has to be compared and cannot.
    """
    sources = relations.sources_of(record)
    named = {locator.source for locator in at}
    source = next((each for each in sources if each.id in named), None)
    if source is None and isinstance(record, Source):
        source = record
    if source is None:
        raise QuantityError(f"{record.path} draws on no source")
    values = (_as_amount(value),) if compare else ()
    return Position(record, source, _shown(value), values, at)


def _as_amount(value: object) -> Quantity:
    """An amount or a date as something that can be compared; a date is its days, counted."""
    if isinstance(value, Quantity):
        return value
    if isinstance(value, When):
        first = Fraction(value.first_year * 372 + (value.month or 1) * 31 + (value.day or 1))
        last = Fraction(value.last_year * 372 + (value.month or 12) * 31 + (value.day or 31))
        return Quantity(Range(first, last), unit("day"))
    raise QuantityError(f"'{value}' is no amount and no date")


def _shown(value: object) -> str:
    if isinstance(value, Quantity):
        return amount(value)
    return date(value) if isinstance(value, When) else str(value)


def _with_values(
    relations: Relations,
    regimen: Regimen,
    values: tuple[Quantity, ...],
    at: tuple[Locator, ...],
    computed: bool,
) -> Position:
    says = " or ".join(map(rounded if computed else amount, values))
    return Position(regimen, relations.source_of(regimen), says, values, at, computed)
