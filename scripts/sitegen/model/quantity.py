"""Exact amounts with units: read from text, computed with, written back.

Numbers are fractions, units those of a table; a float never comes near a dose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from sitegen.model.units import Dimension, Unit, Units, dimension, main_unit, unit_named, units


class QuantityError(ValueError):
    """A text is no amount, or two amounts do not go together."""


class NoBoundError(QuantityError):
    """Bounds on both sides cancel out, and no bound is left."""


_NUMBER = r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{0,8}[1-9])?"
_AMOUNT = re.compile(
    rf"(?P<bound>[<>≤≥] )?(?P<low>{_NUMBER})(?:-(?P<open><)?(?P<high>{_NUMBER}))? (?P<unit>\S.*)"
)


@dataclass(frozen=True)
class Range:
    """The numbers from low to high; None where the source sets no bound on that side.

    A strict range does not hold its only bound, `> 300`, or its upper end, `6-<12`.
    """

    low: Fraction | None
    high: Fraction | None
    strict: bool = False

    @classmethod
    def of(cls, number: Fraction | int) -> Range:
        """Return the range that holds one number."""
        return cls(Fraction(number), Fraction(number))

    @property
    def is_one(self) -> bool:
        """Whether the range holds exactly one number."""
        return self.low is not None and self.low == self.high

    @property
    def is_open_above(self) -> bool:
        """Whether it does not hold its upper end: `< 12`, `6-<12`."""
        return self.strict and self.high is not None

    @property
    def is_open_below(self) -> bool:
        """Whether it does not hold its lower end: `> 12`."""
        return self.strict and self.high is None

    def __mul__(self, other: Range) -> Range:
        return Range(
            None if self.low is None or other.low is None else self.low * other.low,
            None if self.high is None or other.high is None else self.high * other.high,
            self.strict or other.strict,
        )

    def __truediv__(self, other: Range) -> Range:
        return Range(
            None if self.low is None or not other.high else self.low / other.high,
            None if self.high is None or not other.low else self.high / other.low,
            self.strict or other.strict,
        )

    def __add__(self, other: Range) -> Range:
        return Range(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.strict or other.strict,
        )


@dataclass(frozen=True)
class Quantity:
    """A range of numbers of one unit, e.g. 2.5-5 mg."""

    range: Range
    unit: Unit

    def __mul__(self, other: Quantity) -> Quantity:
        """Return the product, in the main unit of its dimension; raise QuantityError if none."""
        return _in_main_unit(
            self._plain() * other._plain(), _combine(self.unit.dimension, other.unit.dimension, 1)
        )

    def __truediv__(self, other: Quantity) -> Quantity:
        """Return the quotient, in the main unit of its dimension; raise QuantityError if none."""
        return _in_main_unit(
            self._plain() / other._plain(), _combine(self.unit.dimension, other.unit.dimension, -1)
        )

    def __add__(self, other: Quantity) -> Quantity:
        """Return the sum, in this quantity's unit. Raise QuantityError for another dimension."""
        return Quantity(self.range + other.to(self.unit).range, self.unit)

    def to(self, unit: Unit) -> Quantity:
        """Return the same quantity in another unit. Raise QuantityError for another dimension."""
        if unit.dimension != self.unit.dimension:
            raise QuantityError(f"{self.unit.many} cannot be given in {unit.many}")
        if unit is self.unit:
            return self
        return Quantity(self.range * Range.of(self.unit.factor / unit.factor), unit)

    def _plain(self) -> Range:
        return self.range * Range.of(self.unit.factor)

    def __str__(self) -> str:
        """Return the amount as the data files write it, e.g. `2.5-5 mg`; read back it is equal."""
        return f"{write_range(self.range)} {unit_name(self)}"


def sum_of(amounts: Sequence[Quantity]) -> Quantity:
    """Return the sum of one or more amounts, in the unit of the first.

    Raise QuantityError where one is of another dimension.
    """
    return sum(amounts[1:], start=amounts[0])


def _combine(left: Dimension, right: Dimension, sign: int) -> Dimension:
    powers = dict(left)
    for base, power in right:
        powers[base] = powers.get(base, 0) + sign * power
    return dimension(**powers)


def _in_main_unit(plain: Range, dimension: Dimension) -> Quantity:
    if plain.low is None and plain.high is None:
        raise NoBoundError("bounds on both sides cancel out, and no bound is left")
    main = main_unit(dimension)
    if main is None:
        raise QuantityError(f"there is no unit for {dict(dimension)}")
    return Quantity(plain, main)


def unit(name: str) -> Unit:
    """The unit of that name. Raises QuantityError for a name that is none."""
    if known := unit_named(name):
        return known
    raise QuantityError(f"'{name}' is no unit known here")


def quantity(text: str) -> Quantity:
    """Return the amount that a text such as `2.5-5 mg`, `> 300 people` or `2 per day` states.

    `6-<12 years` does not hold its upper end. Raise QuantityError when the text is anything else;
    `.2 mg` and `5.0 mg` are.
    """
    return _quantity(text, units())


@lru_cache(maxsize=1 << 14)  # many records state the same amounts
def _quantity(text: str, of: Units) -> Quantity:
    match = _AMOUNT.fullmatch(text)
    if not match:
        raise QuantityError(f"'{text}' is no amount")
    low = Fraction(match["low"])
    high = Fraction(match["high"]) if match["high"] else low
    if match["high"] and high <= low:
        raise QuantityError(f"the range '{text}' does not rise")
    if match["bound"] and match["high"]:
        raise QuantityError(f"'{text}' has a bound and a range")
    numbers = Range(low, high, True) if match["open"] else _bounded(match["bound"], low, high)
    return Quantity(numbers, unit(match["unit"]))


def _bounded(bound: str | None, low: Fraction, high: Fraction) -> Range:
    sign = (bound or "").strip()
    if sign in (">", "≥"):
        return Range(low, None, sign == ">")
    if sign in ("<", "≤"):
        return Range(None, high, sign == "<")
    return Range(low, high)


def write_range(numbers: Range, dash: str = "-") -> str:
    """Return a range as text, e.g. `2.5-5` or `> 300`."""
    if numbers.low is None:
        return f"{'<' if numbers.strict else '≤'} {write_number(numbers.high or Fraction(0))}"
    if numbers.high is None:
        return f"{'>' if numbers.strict else '≥'} {write_number(numbers.low)}"
    if numbers.low == numbers.high:
        return write_number(numbers.low)
    end = "<" if numbers.strict else ""
    return f"{write_number(numbers.low)}{dash}{end}{write_number(numbers.high)}"


def unit_name(amount: Quantity) -> str:
    """Return the unit's name in the singular for one, or for a bound of one, else in the plural."""
    ends = {end for end in (amount.range.low, amount.range.high) if end is not None}
    return amount.unit.one if ends == {1} else amount.unit.many


def write_number(number: Fraction) -> str:
    """Return a number as a plain decimal: exact where a decimal can be, else to three figures."""
    if is_decimal(number):
        scaled = _scale(number)
        digits = str(abs(scaled[0])).rjust(scaled[1] + 1, "0")
        whole, part = digits[: len(digits) - scaled[1]], digits[len(digits) - scaled[1] :]
        sign = "-" if number < 0 else ""
        return sign + whole + (f".{part}" if part else "")
    return write_number(three_figures(number))


def is_decimal(number: Fraction) -> bool:
    """Return whether the number can be written exactly as a decimal."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _scale(number: Fraction) -> tuple[int, int]:
    places = 0
    while number.denominator != 1:
        number *= 10
        places += 1
    return number.numerator, places


def three_figures(number: Fraction) -> Fraction:
    """Return the number to three significant figures; nought stays nought."""
    if not number:
        return number
    step = Fraction(1)
    while abs(number) / step >= 1000:
        step *= 10
    while abs(number) / step < 100:
        step /= 10
    return round(number / step) * step
