"""Amounts that are written otherwise than data files write them, and how these write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from sitegen.model.amount_faults import NOT_COMPUTED
from sitegen.model.figures_in_prose import has_digits, normalise, registered
from sitegen.model.problems import near
from sitegen.model.quantity import Quantity, QuantityError, Range, quantity, unit, write_number
from sitegen.model.units import Unit, units

MAX_AMOUNT = 100  # characters of an amount that another spelling of it is offered for

Accepts: TypeAlias = Callable[[Unit], bool]
Remedy: TypeAlias = tuple[str, str | None]
"""What to do about an amount, and how to write it where that has one reading."""

_PLAIN_AMOUNT = re.compile(r"[<>≤≥]?\s*[0-9.][\w\s.,%/\u2010-\u2015\u2212-]*")
_AROUND = re.compile(r"^for (?=[0-9])|(?<=[^\W\d_]|[0-9%])[.,;:]+$")
_GROUPED = re.compile(
    r"(?<![0-9.,])[1-9][0-9]{0,2}(?P<mark>[ .,'])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?![0-9.,])"
)
_WITH_REMARK = re.compile(r"(?P<amount>.*[^\s(\[]) ?(?P<rest>[(\[][^()\[\]]*[)\]])")
_LEVEL = re.compile(r"(?P<amount>[0-9.,]+ ?%) ?(?P<rest>CI|confidence interval)", re.IGNORECASE)
_MULTIPLIED = re.compile(r"(?P<amount>.*\S) ?(?P<rest>[x×*] ?[0-9]+)")
_TURNED = re.compile(r"(?P<unit>[^\W\d_]+) ?(?P<number>[0-9.]+(?:-[0-9.]+)?)")
_SIZE_OF_SAMPLE = re.compile(r"n ?= ?(?P<number>[1-9][0-9]{0,8})", re.IGNORECASE)
_OF = re.compile(r"(?P<part>[0-9]{1,9}) ?(?:/|of|out of) ?(?P<whole>[1-9][0-9]{0,8})(?: \D*)?")
_SUM = re.compile(r"[0-9]+ ?\+ ?[0-9]+.*")
_PART_OF_ONE = re.compile(r"0?(?P<part>\.[0-9]{1,8})")
_BELOW_ZERO = re.compile(r"-[0-9.]+ (?:to|-) -?[0-9.]+")
_WHOLE = ("person", "animal", "time", "course")
"""The units of which there are no parts."""
_LONG = 5  # letters of a unit that another one can be meant by


def amount_meant(text: str) -> Quantity | None:
    """Return the one amount that a text with digits, or a frequency, states in another spelling.

    `twice` is none: whether a day or in all is open.
    """
    figures = registered(text) if len(text) <= MAX_AMOUNT else ()
    if [figure.kind for figure in figures] == ["count"] and not has_digits(text):
        return None
    if len(figures) != 1 or len(figures[0].text) != len(normalise(text)):
        return None
    return next(iter(figures[0].quantities), None)


def is_spelling(text: str) -> bool:
    """Return whether a text is numbers and a unit alone, however they are spelt.

    Of `twice a day` or `20 ± 4 mg`, whoever wrote it has to say whether the amount is all of it.
    """
    text = normalise(text)
    words = re.findall(r"[^\W\d_]+", text)
    is_plain = _PLAIN_AMOUNT.fullmatch(text) and not re.search(r"/\s*[0-9]", text)
    return bool(is_plain) and all(word in units().written for word in words)


def without_marks(text: str) -> str:
    """Return an amount without `for` before it and the marks of a sentence behind it."""
    return _AROUND.sub("", text).strip()


def remedy_of_thousands(text: str, accepts: Accepts) -> Remedy | None:
    """Return how to write an amount with a mark within its number; None for another text."""
    plain = normalise(text)
    found = _GROUPED.search(plain)
    whole = _read(_GROUPED.sub(lambda one: re.sub(r"\D", "", one[0]), plain), accepts)
    if not found or not whole:
        return None
    mark, parts = found["mark"], found[0].split(found["mark"])
    if mark in ",." and len(parts) == 2 and whole.unit.one not in _WHOLE:
        name = "comma" if mark == "," else "point"
        decimal = plain.replace(found[0], write_number(Fraction(".".join(parts))))
        other = _read(decimal, accepts)
        or_else = f", or '{other}' if it is the decimal mark" if other else ""
        return f": write '{whole}' if the {name} parts thousands{or_else}", None
    if mark == " " and len(parts) == 2 and not parts[1].startswith("0"):
        return f": write '{whole}' if the space parts thousands", None
    return f": write '{whole}', with no mark within the number", str(whole)


def remedy_of_amount(text: str, accepts: Accepts, *, of_some: bool = False) -> Remedy | None:
    """Return what to do about a text that holds an amount and more; None for another text.

    `of_some` says that it counts some of a number of people.
    """
    if accepts(unit("people")) and not accepts(unit("mg")):
        return _of_people(text, of_some)
    if _SUM.fullmatch(text):
        return f": {NOT_COMPUTED}", None
    if accepts(unit("days")) and not accepts(unit("mg")) and _BELOW_ZERO.fullmatch(text):
        what = "no time is below zero; the interval around an estimate belongs to 'estimate:'"
        return f": {what} in a result of the study", None
    if accepts(unit("%")) and (share := _PART_OF_ONE.fullmatch(text)):
        percentage = write_number(Fraction(f"0{share['part']}") * 100)
        return f": write '{percentage} %' if that share of the whole is meant", None
    return _with_more(text, accepts)


def _with_more(text: str, accepts: Accepts) -> Remedy | None:
    """Return how to write an amount behind which more is written, or before which its unit is."""
    if (more := _WITH_REMARK.fullmatch(text)) and (amount := _read(more["amount"], accepts)):
        rest = f"'{more['rest']}' is no part of it, and a remark belongs to 'note:'"
        return f": write '{amount}' alone: {rest}", None
    if (more := _LEVEL.fullmatch(text)) and (amount := _read(more["amount"], accepts)):
        return f": write '{amount}' alone: '{more['rest']}' is no part of it", None
    if not accepts(unit("mg")):
        return None
    if (more := _MULTIPLIED.fullmatch(text)) and _read(more["amount"], accepts):
        return f": how often ('{more['rest']}') belongs to 'times:'", None
    if turned := _TURNED.fullmatch(text):
        amount = _read(f"{turned['number']} {turned['unit']}", accepts)
        return (f": write '{amount}'", None) if amount else None
    return None


def _of_people(text: str, of_some: bool) -> Remedy | None:
    """Return how to write a number of people or animals."""
    part = _OF.fullmatch(text)
    if part and of_some:
        some, whole = (_people(int(number)) for number in (part["part"], part["whole"]))
        return f": write '{some}', and '{whole}' in 'of:'", None
    if _SUM.fullmatch(text):
        return (
            ": nothing is computed here: write the number that the source prints, and those of the"
            " groups under 'arms:'"
        ), None
    said = _SIZE_OF_SAMPLE.fullmatch(text)
    number = int(said["number"]) if said else _in_words(text)
    if number is None:
        return None
    animals = Quantity(Range.of(number), unit("animals"))
    return f": write '{_people(number)}', or '{animals}'", None


def _people(number: int) -> Quantity:
    return Quantity(Range.of(number), unit("people"))


def _in_words(text: str) -> int | None:
    """Return the whole number that words alone are; None for another text."""
    figures = registered(text) if not has_digits(text) and len(text) <= MAX_AMOUNT else ()
    if len(figures) != 1 or figures[0].text != text or figures[0].kind != "number":
        return None
    low = figures[0].low
    return int(low) if low and low == figures[0].high and low.denominator == 1 else None


def _read(text: str, accepts: Accepts) -> Quantity | None:
    """Return the amount that a text states in any spelling, of an accepted unit; None for none."""
    try:
        amount: Quantity | None = quantity(text)
    except QuantityError:
        amount = amount_meant(text)
    return amount if amount and accepts(amount.unit) else None


def hint_at_unit(text: str) -> str:
    """Return a hint at the unit that a text is a misspelling of; nothing where none is near.

    The names of short units are near each other, and differ by a thousand.
    """
    for word in re.findall(r"[^\W\d_]+", text):
        if len(word) >= _LONG and word not in units().written:
            if found := near(word, units().written):
                return f" (did you mean '{text.replace(word, found[0])}'?)"
    return ""
