"""What share of a group had something: stated, computed from two numbers, or not known."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sitegen.derive.total import Computed, Stated
from sitegen.model import GroupCount, Reported
from sitegen.model.quantity import Quantity, Range, three_figures, unit, write_number
from sitegen.model.typography import amount


def share_of(group: GroupCount) -> Stated | Computed | None:
    """Return the share of a group that had something.

    What the source prints comes first. Else it is the number of those who had it, divided by the
    number of those who were looked at, where both are one number. None where either is missing.
    """
    stated = group.percentage
    if stated and isinstance(stated.value, Quantity):
        return Stated(stated.value, stated.at)
    exact = _exact_share(group)
    if exact is None or (stated and stated.absence is None):
        return None
    return Computed(_percent(exact), _formula(group))


def disagreeing_share(group: GroupCount) -> tuple[Quantity, str, str] | None:
    """Return the printed percentage, the fraction, and what that is, where the two differ.

    They agree where the fraction rounds to the digits that are printed, up or down, or lies within
    a printed bound or range.
    """
    stated = group.percentage.value if group.percentage else None
    exact = _exact_share(group)
    if not isinstance(stated, Quantity) or exact is None:
        return None
    if rounds_to(exact, stated):
        return None
    return stated, _formula(group).replace("\u00a0", " "), f"{write_number(three_figures(exact))} %"


def rounds_to(exact: Fraction, stated: Quantity) -> bool:
    """Return whether a number rounds to the digits of a stated one, or is within its ends."""
    low, high = stated.range.low, stated.range.high
    slack = _last_digit(stated) if stated.range.is_one else Fraction(0)
    too_low = low is not None and exact < low - slack
    too_high = high is not None and exact > high + slack
    return not (too_low or too_high)


def _last_digit(stated: Quantity) -> Fraction:
    """Return half a unit of the last digit printed, as far as the value keeps it."""
    decimals = write_number(stated.range.low or Fraction(0)).partition(".")[2]
    return Fraction(1, 2 * 10 ** len(decimals))


def _exact_share(group: GroupCount) -> Fraction | None:
    """Return how many of a hundred had something; None where a number is missing or no one."""
    events, of = _counted(group.events), _counted(group.of)
    if events is None or of is None or not of.range.low or events.range.low is None:
        return None
    return events.range.low / of.range.low * 100


def _counted(reported: Reported[Any] | None) -> Quantity | None:
    value = reported.value if reported else None
    return value if isinstance(value, Quantity) and value.range.is_one else None


def _formula(group: GroupCount) -> str:
    counted = (_counted(group.events), _counted(group.of))
    return " / ".join(amount(value) for value in counted if value)


def _percent(share: Fraction) -> Quantity:
    return Quantity(Range.of(share), unit("%"))
