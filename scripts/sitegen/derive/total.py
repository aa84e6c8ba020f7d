"""An amount on a page: stated by a source, computed with its formula, or impossible and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from sitegen.model import Locator
from sitegen.model.absence import Absence
from sitegen.model.quantity import NoBoundError, Quantity, QuantityError, sum_of
from sitegen.model.typography import amount, rounded


@dataclass(frozen=True)
class Stated:
    """An amount that the source gives."""

    amount: Quantity
    at: tuple[Locator, ...]


@dataclass(frozen=True)
class Computed:
    """An amount that follows from others, with the formula."""

    amount: Quantity
    formula: str
    first: Quantity | None = None
    """The other total that the formula begins with, where it begins with one."""

    def to(self, of: Quantity, first: Quantity | None) -> Computed:
        """Return the same in other units, with the total that the formula begins with in its."""
        if first is None or self.first is None:
            return replace(self, amount=of)
        rest = self.formula.removeprefix(amount(self.first))
        return Computed(of, f"{amount(first)}{rest}", first)


class Reason(Enum):
    """Why there is no amount; behind each, the facts that go with it.

    `statements/amounts.py` has the words of each.
    """

    ABSENT = "a value that it follows from is absent: the name of the value, and its word"
    SINGLE_DOSE = "the question does not arise, since one dose is given in all"
    ON_LISTED_DAYS = "doses are given on listed days: the days, in words"
    COUNTED_OVER = "the source counts doses over another time: that time"
    READ_AS_OVER = "this reading counts doses over another time: that time"
    RARER_THAN_DAILY = "doses are further apart than a day: the time between them"
    NUMBER_UNKNOWN = "doses come at an interval below an hour without their number: the interval"
    AS_NEEDED = "doses are given as needed"
    NO_STATED_END = "the treatment ends at no stated time: what ends it"
    BY_MEASUREMENT = "the dose follows a measurement"
    DOSE_CHANGES = "the dose is raised or lowered within the phase"
    DOSES_DIFFER = "the doses of a day are of different presentations"
    NO_FIXED_DAYS = "a length in months or years is no number of days: the length"
    OVER_LIMIT = "all of it is above a limit that is stated: the limit"
    NO_UPPER_BOUND = "the only bound does not hold: why"
    SUBSTANCES_DIFFER = "phases of different substances are not added up"
    SEVERAL_READINGS = "a phase has several readings: the name of the phase, and their number"
    PHASE_WITHOUT = "a phase has no amount: the name of the phase, and its reason"
    SITE_OPEN = "whether drops go into each nostril is absent: its word"
    NO_PRESENTATION = "the record names no presentation for a dose in drops"
    NOT_BY_DROPS = "nothing is given in drops by this route: the route"
    NOT_INTRANASAL = "the route is known, and is not intranasal"
    OTHER_UNIT = "the dose is in a unit that the strength is not of: the unit"
    UNDIVIDED_BY_BODY = "a dose by body weight or surface is in no number of tablets"
    NO_BOUND = "no bound is left of the bounds that it follows from"
    NO_UNIT = "the values that it follows from have no unit together"


@dataclass(frozen=True)
class Impossible:
    """An amount that cannot be computed, or does not apply, with the reason and its facts."""

    reason: Reason
    facts: tuple[Fact, ...] = ()

    @property
    def does_not_apply(self) -> bool:
        """Return whether the question does not arise; else too little is known."""
        return self.reason is Reason.SINGLE_DOSE


Fact: TypeAlias = str | int | Quantity | Absence | Impossible


def absent(name: str, word: Absence | Quantity) -> Impossible:
    """Return that there is no amount, since a value that it follows from is absent."""
    return Impossible(Reason.ABSENT, (name, word))


Total: TypeAlias = Stated | Computed | Impossible


def typeset(total: Stated | Computed) -> str:
    """Return an amount as text: as stated, or rounded where it is computed."""
    return (rounded if isinstance(total, Computed) else amount)(total.amount)


def unfounded(error: QuantityError) -> Impossible:
    """Return that there is no amount, since values have no bound or no unit together."""
    is_boundless = isinstance(error, NoBoundError)
    return Impossible(Reason.NO_BOUND if is_boundless else Reason.NO_UNIT)


def quotient(left: Quantity, right: Quantity, divisor: str = "") -> Total:
    """Return one amount over another with its formula, or why no bound is left of it."""
    try:
        return Computed(left / right, f"{amount(left)} ÷ {divisor or amount(right)}")
    except QuantityError as error:
        return unfounded(error)


def product(left: Quantity, right: Quantity, formula: str) -> Total:
    """Return one amount times another with its formula, or why no bound is left of it."""
    try:
        return Computed(left * right, formula)
    except QuantityError as error:
        return unfounded(error)


def total_sum(amounts: Sequence[Quantity]) -> Computed | Impossible:
    """Return the sum of one or more amounts with its formula, or why they have none."""
    try:
        return Computed(sum_of(amounts), " + ".join(map(amount, amounts)))
    except QuantityError as error:
        return unfounded(error)
