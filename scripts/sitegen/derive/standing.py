"""How values compare: equal, overlapping, apart, and by how many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import combinations

from sitegen.model.quantity import Quantity, QuantityError, Range

_TENFOLD, _THOUSANDFOLD = 10, 1000


class Standing(Enum):
    """How sources compare on one question; `statements.agreement` defines each word."""

    CONFLICT = "conflict"
    OVERLAP = "overlap"
    AGREE = "agree"
    DIFFERENT_QUESTION = "different question"
    NOT_COMPARABLE = "not comparable"
    ONLY_ONE = "only one source"


class Alarm(Enum):
    """How far apart amounts are where one of them may be a mistake."""

    TENFOLD = _TENFOLD
    THOUSANDFOLD = _THOUSANDFOLD


@dataclass(frozen=True)
class Distance:
    """The least ratio between two amounts, and the alarm that it calls for."""

    times: Fraction

    @property
    def alarm(self) -> Alarm | None:
        """Return the alarm for a tenfold or thousandfold distance; None for less."""
        if self.times >= _THOUSANDFOLD:
            return Alarm.THOUSANDFOLD
        return Alarm.TENFOLD if self.times >= _TENFOLD else None


def standing(given: Sequence[Sequence[Quantity]]) -> Standing:
    """Return how the amounts of several sources compare; a source may give several readings.

    Raise QuantityError for amounts of different dimensions.
    """
    if len(given) < 2:
        return Standing.ONLY_ONE
    answers = _answers(given)
    if agree(answers):
        return Standing.AGREE
    return Standing.OVERLAP if overlap(answers) else Standing.CONFLICT


def standing_of_words(given: Sequence[frozenset[str]]) -> Standing:
    """Return how single words of several sources compare, such as routes."""
    if len(given) < 2:
        return Standing.ONLY_ONE
    if all(words == given[0] for words in given):
        return Standing.AGREE
    shared = all(left & right for left, right in combinations(given, 2))
    return Standing.OVERLAP if shared else Standing.CONFLICT


def agree(answers: Sequence[Sequence[Range]]) -> bool:
    """Return whether all sources give the same values."""
    return all(set(one) == set(answers[0]) for one in answers)


def overlap(answers: Sequence[Sequence[Range]]) -> bool:
    """Return whether each two sources share at least one value."""
    return all(_meet(left, right) for left, right in combinations(answers, 2))


def distance(given: Sequence[Sequence[Quantity]]) -> Distance | None:
    """Return the largest distance between the amounts of two sources; None where all overlap."""
    ranges = _answers(given)
    apart = [
        min(_times(left, right) for left in one for right in other)
        for one, other in combinations(ranges, 2)
        if not _meet(one, other)
    ]
    return Distance(max(apart)) if apart else None


def _answers(given: Sequence[Sequence[Quantity]]) -> tuple[tuple[Range, ...], ...]:
    """Return the answers of the sources in one unit, equal answers only once."""
    found = (tuple(_in_first_unit(amount, given[0][0]) for amount in one) for one in given)
    return tuple(dict.fromkeys(found))


def _in_first_unit(value: Quantity, first: Quantity) -> Range:
    if value.unit.dimension != first.unit.dimension:
        raise QuantityError(f"{value} and {first} cannot be compared")
    return value.to(first.unit).range


def _meet(one: Sequence[Range], other: Sequence[Range]) -> bool:
    """Return whether a range of one answer shares a value with a range of another."""
    return any(
        not (_is_below(left, right) or _is_below(right, left)) for left in one for right in other
    )


def _is_below(lower: Range, upper: Range) -> bool:
    """Return whether all of one range is below the other; a strict bound excludes its end."""
    if lower.high is None or upper.low is None:
        return False
    touching_apart = lower.high == upper.low and (lower.is_open_above or upper.is_open_below)
    return lower.high < upper.low or touching_apart


def _times(left: Range, right: Range) -> Fraction:
    """Return the ratio of the nearer ends of two ranges that are apart, larger ÷ smaller."""
    lower, upper = (left, right) if _is_below(left, right) else (right, left)
    if lower.high is None or upper.low is None or not lower.high:
        return Fraction(1)
    return upper.low / lower.high
