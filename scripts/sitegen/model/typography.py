"""How amounts, dates and frequencies are written on a page."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import cache, lru_cache

from sitegen.model import When
from sitegen.model.quantity import (
    Quantity,
    Range,
    is_decimal,
    three_figures,
    unit,
    unit_name,
    write_range,
)
from sitegen.model.signed import MINUS

NO_BREAK = "\u00a0"
EN_DASH = "\u2013"

_UNIT_IN_TEXT = (
    r"(?:%|(?:mg|g|kg|ng|micrograms?|mL|ml|IU|units?|mmol|cm|points?|people|animals?"
    r"|seconds?|minutes?|hours?|days?|weeks?|months?|years?"
    r"|drops?|bottles?|tablets?|capsules?|puffs?|sprays?|patch(?:es)?)\b)"
)
_ENCODED = "[0-9A-F]{2}"  # a percent sign of an address, such as `07%22`
_DIGIT = re.compile("[0-9]")
_RANGE = re.compile(rf"(?<=[0-9])-(?=[0-9.]+ {_UNIT_IN_TEXT})")
_PERCENT = re.compile(rf"(?<=[0-9])%(?!{_ENCODED})")
_BEFORE_UNIT = re.compile(rf"(?<=[0-9]) (?={_UNIT_IN_TEXT})")
_THOUSANDS = re.compile(r"(?<![.0-9])[0-9]{4,}")
_MINUS_SIGN = re.compile(r"(?<![^\s(\[])-(?=[0-9])")
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_TIMES_IN_WORDS: dict[Fraction | int, str] = {
    1: "once",
    2: "twice",
    3: "three times",
    4: "four times",
    6: "six times",
}
_PER = re.compile(r"\bper (?=(?P<an>hour)?)")
_COUNTED = ("drop", "bottle")
_WHOLE = ("person", "animal", "course", "time")
_AFTER_BOUND = re.compile("^(?P<bound>[<>≤≥] )?")
_BOUNDS_IN_WORDS = {">": "more than", "≥": "at least", "<": "less than", "≤": "up to"}


def amount(value: Quantity) -> str:
    """Return an amount for a page: en dash, no-break space, bounds in words, `about` if rounded.

    Thousands have a comma: `10,000 units` (List of Error-Prone Abbreviations of the ISMP).
    """
    return _amount(value, is_rounded=_is_rounded(value.range))


def rounded(value: Quantity) -> str:
    """Return a computed amount for a page, to three significant figures; `about` if that rounds.

    The sources give no more than two or three figures, so more would claim what they do not.
    A number of people or of anything else that only comes whole is exact, and stays as it is.
    """
    if value.unit.one in _WHOLE:
        return amount(value)
    low, high = (None if end is None else three_figures(end) for end in _ends(value.range))
    shown = Quantity(Range(low, high, value.range.strict), value.unit)
    return _amount(shown, is_rounded=shown != value or _is_rounded(value.range))


def whole_number(value: Quantity) -> str | None:
    """Return the whole drops or bottles beside a share below a half: `less than 1 drop`, else None.

    Nobody can take a hundredth of a drop; a reader needs the number that can be counted.
    """
    ends = [end for end in _ends(value.range) if end is not None]
    counted = next((one for one in _COUNTED if value.unit.one.startswith(one)), None)
    if counted is None or min(ends) >= Fraction(1, 2):
        return None
    if value.range.high is None:
        return f"at least 1{NO_BREAK}{counted}"
    if max(ends) < 1:
        return f"less than 1{NO_BREAK}{counted}"
    wholes = sorted({math.ceil(end) for end in ends})
    name = counted if wholes == [1] else unit(counted).many
    return f"{EN_DASH.join(map(str, wholes))}{NO_BREAK}whole {name}"


def _ends(numbers: Range) -> tuple[Fraction | None, Fraction | None]:
    return numbers.low, numbers.high


def _amount(value: Quantity, *, is_rounded: bool) -> str:
    numbers = write_range(value.range, EN_DASH)
    if is_rounded:
        numbers = _AFTER_BOUND.sub(rf"\g<bound>about{NO_BREAK}", numbers)
    numbers = _in_words(_THOUSANDS.sub(lambda digits: f"{int(digits[0]):,}", numbers))
    numbers = numbers.replace(f"{NO_BREAK}about", " about")  # else too long for a narrow column
    return f"{numbers}{NO_BREAK}{_unit_in_words(unit_name(value))}"


@cache
def _unit_in_words(name: str) -> str:
    """Return the name of a unit as a page writes it: `mg a day`, `mg an hour`."""
    name = name.replace("/nostril", " in each nostril")
    return _PER.sub(lambda match: "an " if match["an"] else "a ", name)


def size(value: Quantity) -> str:
    """Return a size for a page, a part of a whole that no decimal gives exactly as a fraction."""
    number = value.range.low
    if number and value.range.is_one and number.numerator == 1 and not is_decimal(number):
        return f"1/{number.denominator}{NO_BREAK}{value.unit.one}"
    return amount(value)


def times(value: Quantity) -> str:
    """Return a frequency in words and figures, e.g. `twice a day (2 a day)`; a count unchanged."""
    numbers = value.range
    words = _TIMES_IN_WORDS.get(numbers.low) if numbers.is_one and numbers.low else None
    period = _unit_in_words(value.unit.one) if value.unit.one.startswith("per ") else None
    if words and (period or value.unit.one == "time"):
        return f"{words} {period}" if period else words
    if period:
        noun = "time" if {numbers.low, numbers.high} - {None} == {1} else "times"
        return f"{_in_words(write_range(numbers, EN_DASH))} {noun} {period}"
    return amount(value)


def every(interval: Quantity) -> str:
    """Return an interval between doses as a frequency: `every 4–6 hours`, `every day`."""
    name = unit_name(interval)
    return f"every {name}" if name == interval.unit.one else f"every {amount(interval)}"


def date(when: When) -> str:
    """Return a date that reads the same on both sides of the Atlantic: `20 December 1994`."""
    if when.day:
        return f"{when.day}{NO_BREAK}{_MONTHS[when.month - 1]}{NO_BREAK}{when.first_year}"
    if when.month:
        return f"{_MONTHS[when.month - 1]}{NO_BREAK}{when.first_year}"
    return when.text


@lru_cache(1 << 16)
def shown(value: object) -> str:
    """Return an amount or a date as pages show it; else the text, or the word of absence."""
    if isinstance(value, Quantity):
        return amount(value)
    return date(value) if isinstance(value, When) else str(value)


def prose(text: str) -> str:
    """Return a text with its amounts on one line, en dashes in ranges, and true minus signs."""
    if not _DIGIT.search(text):
        return text
    text = _MINUS_SIGN.sub(MINUS, _RANGE.sub(EN_DASH, text))
    return _BEFORE_UNIT.sub(NO_BREAK, _PERCENT.sub(f"{NO_BREAK}%", text))


def _in_words(numbers: str) -> str:
    """Numbers with their bound in words: `up to 24`, `6 to less than 12`."""
    numbers = numbers.replace(f"{EN_DASH}<", f" to less than{NO_BREAK}")
    for sign, words in _BOUNDS_IN_WORDS.items():
        numbers = numbers.replace(f"{sign} ", f"{words}{NO_BREAK}")
    return numbers


def _is_rounded(numbers: Range) -> bool:
    ends = [end for end in (numbers.low, numbers.high) if end is not None]
    return not all(is_decimal(end) for end in ends)
