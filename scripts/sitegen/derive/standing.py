"""How values stand to each other: alike, overlapping, apart, and how far apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import combinations

from sitegen.quantity import Quantity, QuantityError, Range

_TENFOLD, _THOUSANDFOLD = 10, 1000


class Standing(Enum):
    """How sources stand to each other on one question."""

    CONFLICT = "conflict"
    OVERLAP = "overlap"
    AGREE = "agree"
    ONLY_ONE = "only one source"


@dataclass(frozen=True)
class Distance:
    """How many times two amounts are apart at the least, and what that may mean."""

    times: Fraction

    @property
    def alarm(self) -> str | None:
        """What a tenfold or a thousandfold distance calls for; None for less."""
        if self.times >= _THOUSANDFOLD:
            return "a thousandfold apart or more: one of the units may be wrong"
        if self.times >= _TENFOLD:
            return "tenfold apart or more: a unit or a decimal point may be wrong"
        return None


def standing(given: Sequence[Sequence[Quantity]]) -> Standing:
    """How the amounts of several sources stand: each source gives one, or several it may mean.

    They agree where all give the same, overlap where each two share a value, else conflict.
    Raises QuantityError for amounts of different dimensions.
    """
    if len(given) < 2:
        return Standing.ONLY_ONE
    ranges = _answers(given)
    if all(set(one) == set(ranges[0]) for one in ranges):
        return Standing.AGREE
    if all(_meet(left, right) for left, right in combinations(ranges, 2)):
        return Standing.OVERLAP
    return Standing.CONFLICT


def distance(given: Sequence[Sequence[Quantity]]) -> Distance | None:
    """The largest of the distances between the amounts of two sources; None where all meet."""
    ranges = _answers(given)
    apart = [
        min(_times(left, right) for left in one for right in other)
        for one, other in combinations(ranges, 2)
        if not _meet(one, other)
    ]
    return Distance(max(apart)) if apart else None


def _answers(given: Sequence[Sequence[Quantity]]) -> tuple[tuple[Range, ...], ...]:
    """What the sources answer, in one unit; an answer that several give stands once."""
    found = (tuple(_in_first_unit(each, given[0][0]) for each in one) for one in given)
    return tuple(dict.fromkeys(found))


def _in_first_unit(value: Quantity, first: Quantity) -> Range:
    if value.unit.dimension != first.unit.dimension:
        raise QuantityError(f"{value} and {first} cannot be compared")
    return value.to(first.unit).range


def _meet(one: Sequence[Range], other: Sequence[Range]) -> bool:
    return any(_share_a_value(left, right) for left in one for right in other)


def _share_a_value(left: Range, right: Range) -> bool:
    return not (_is_below(left, right) or _is_below(right, left))


def _is_below(lower: Range, upper: Range) -> bool:
    """Whether all of one range lies below the other; a strict bound does not hold its end."""
    if lower.high is None or upper.low is None:
        return False
    touching_apart = (lower.strict or upper.strict) and lower.high == upper.low
    return lower.high < upper.low or touching_apart


def _times(left: Range, right: Range) -> Fraction:
    """The nearer ends of two ranges that are apart, the larger over the smaller."""
    lower, upper = (left, right) if _is_below(left, right) else (right, left)
    if lower.high is None or upper.low is None or not lower.high:
        return Fraction(1)
    return upper.low / lower.high
