"""The kinds of values that the rules of checks take: what each is called, and what is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sitegen.derive.verdict import Input
from sitegen.model import When
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity
from sitegen.model.units import Dimension, dimension

_TIMES = (dimension(time=1), dimension(calendar=1))
_NO_DOSE = (dimension(person=1), dimension(animal=1), dimension(share=1), dimension())


@dataclass(frozen=True)
class Taken:
    """A kind of value that a rule takes: its name, and whether an input is one.

    A value that is absent may be of each kind.
    """

    name: str
    is_one: Callable[[Input], bool]


def _amount(name: str, measures: Callable[[Dimension], bool]) -> Taken:
    """Return the kind of the amounts whose dimension is such."""

    def is_one(given: Input) -> bool:
        if isinstance(given.value, Quantity):
            return measures(given.value.unit.dimension)
        return isinstance(given.value, Absence)

    return Taken(name, is_one)


def _is_mass(measured: Dimension) -> bool:
    """Return whether a dose is an amount of this: of nothing that is counted, timed or filled."""
    is_plain = all(power > 0 for _, power in measured)
    return is_plain and measured not in (*_TIMES, *_NO_DOSE, dimension(volume=1))


def _field(name: str, field: str, not_in: str) -> Taken:
    """Return the kind of the values of a field, in records that are none of another kind."""

    def is_one(given: Input) -> bool:
        is_named = given.field == field or isinstance(given.value, Absence)
        return is_named and given.record.folder != not_in

    return Taken(name, is_one)


def _length(name: str, not_in: str) -> Taken:
    """Return the kind of the lengths of time, in records that are none of another kind."""
    time = _amount(name, _TIMES.__contains__)
    return Taken(name, lambda given: time.is_one(given) and given.record.folder != not_in)


def _claim(name: str) -> Taken:
    """Return the kind of what a source says in words, or denies."""
    return Taken(name, lambda given: given.field.rpartition(".")[2] in ("says", "detail"))


def _number_of_a_document(name: str) -> Taken:
    """Return the kind of the numbers that registries give, which are texts with a digit."""

    def is_one(given: Input) -> bool:
        if isinstance(given.value, str):
            return any(map(str.isdigit, given.value))
        return isinstance(given.value, Absence)

    return Taken(name, is_one)


LONGER = _amount("a longer time", _TIMES.__contains__)
SHORTER = _amount("a shorter time", _TIMES.__contains__)
NUMBER_OF_TIMES = _amount("a number of times", dimension().__eq__)
MASS = _amount("a mass", _is_mass)
VOLUME = _amount("a volume", dimension(volume=1).__eq__)
DOSE = _amount("a dose", _is_mass)
STRENGTH = _amount("a strength", lambda measured: ("volume", -1) in measured)
CONTAINER = _amount("the volume of a container", dimension(volume=1).__eq__)
LENGTH_STUDIED = _length("the length of a study", not_in="regimens")
LENGTH_DOSED = _length("the length of a regimen", not_in="studies")
ROUTE_STUDIED = _field("the route of a study", "route", not_in="regimens")
ROUTE_DOSED = _field("the route of a regimen", "route", not_in="studies")
PEOPLE = _amount("a number of people", dimension(person=1).__eq__)
DENIAL = _claim("a claim that nothing was seen")
CLAIM_ON_DOSES = _claim("a claim about the doses")
CLAIM_ON_USE = _claim("a claim about long use")
DATE = Taken("a date", lambda given: isinstance(given.value, When | Absence))
ORDER = _number_of_a_document("the number of an order")
OTHER_NUMBER = _number_of_a_document("another number")


def _is_share(given: Input) -> bool:
    """Return whether a value is a percentage, or words or the absence of a result in numbers."""
    if isinstance(given.value, Quantity):
        return given.value.unit.dimension == dimension(share=1)
    return given.field != "participants" and isinstance(given.value, str | Absence)


SHARE = Taken("a share", _is_share)
