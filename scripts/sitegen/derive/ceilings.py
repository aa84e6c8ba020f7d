"""What is at most given, as it follows from a limit, a repeat or a least time between doses."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from sitegen.derive.course import doses_in
from sitegen.derive.total import Computed, product, quotient
from sitegen.model import Regimen
from sitegen.model.quantity import Quantity, Range, quantity, unit
from sitegen.model.typography import NO_BREAK, amount

_DAY = quantity("1 day")


@dataclass(frozen=True)
class Ceiling:
    """A limit that follows from others, with what it is a limit of."""

    of: str
    """`a day`, `in one dose` or `for one need`, such as an attack of pain."""
    most: Computed
    """The limit, as an amount without a lower end."""


def ceilings(regimen: Regimen) -> tuple[Ceiling, ...]:
    """Return the limits of one phase that follow from what its source states; often none.

    Formulas: a limit of one dose × doses a day; a limit of a day ÷ the doses that share it; a dose
    × (1 + repeats that are allowed); 24 hours ÷ the least time between doses as needed. A limit of
    one dose says nothing of a day where a dose may be repeated or is as needed.
    """
    return (*_of_limits(regimen), *_with_repeats(regimen), *_of_gap(regimen))


def _of_limits(regimen: Regimen) -> Iterator[Ceiling]:
    number = doses_in(regimen, "day")
    if number is None or regimen.repeat or regimen.as_needed:
        return
    has_limit_of_day = any(most.value.unit.one.endswith(" per day") for most in regimen.max)
    for most in regimen.max:
        limit = Quantity(Range(None, most.value.range.high), most.value.unit)
        name = limit.unit.one
        if " per day" in name and regimen.given == "in divided doses":
            formula = f"{amount(number)}, if the doses are equal"
            share = quotient(most.value, number, formula)
            if isinstance(share, Computed):
                yield Ceiling("in one dose", _at_most(share, name.removesuffix(" per day")))
        elif "per " not in name and not has_limit_of_day:
            whole = product(most.value, number, f"{amount(most.value)} × {amount(number)}")
            if isinstance(whole, Computed):
                yield Ceiling("a day", _at_most(whole, f"{name} per day"))


def _at_most(found: Computed, of: str) -> Computed:
    """Return an amount in a unit, without its lower end."""
    there = found.amount.to(unit(of))
    return Computed(Quantity(Range(None, there.range.high), there.unit), found.formula)


def _with_repeats(regimen: Regimen) -> Iterator[Ceiling]:
    """Yield the most that is given for one need, where the source says how often it is repeated."""
    dose = regimen.each.value
    repeats = regimen.repeats.value if regimen.repeats else None
    if isinstance(dose, Quantity) and isinstance(repeats, Quantity) and repeats.range.high:
        most = (dose.range * (repeats.range + Range.of(1))).high
        formula = f"{amount(dose)} × (1 + {amount(repeats)})"
        yield Ceiling("for one need", Computed(Quantity(Range(None, most), dose.unit), formula))


def _of_gap(regimen: Regimen) -> Iterator[Ceiling]:
    """Yield how many doses as needed fit into a day, where the source states a least time only."""
    gap = regimen.interval.value if regimen.interval else None
    if not regimen.as_needed or not isinstance(gap, Quantity) or not _is_least(gap.range):
        return
    if gap.unit.dimension != _DAY.unit.dimension or gap.range.low is None:
        return
    in_a_day = (_DAY / gap).range.high
    if in_a_day is None or in_a_day < 1:
        return
    doses = Fraction(math.ceil(in_a_day))
    formula = f"24{NO_BREAK}hours ÷ {amount(Quantity(Range.of(gap.range.low), gap.unit))}"
    yield Ceiling("a day", Computed(Quantity(Range(None, doses), unit("per day")), formula))


def _is_least(numbers: Range) -> bool:
    return numbers.low is not None and numbers.low > 0 and numbers.high is None
