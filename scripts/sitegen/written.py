"""Figures as sources write them: read from prose, so that a record can be proved against them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from sitegen.quantity import Quantity, QuantityError, is_decimal, quantity, write_number

_SPELT = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_WORD_NUMBERS = {
    **{word: str(number + 1) for number, word in enumerate(_SPELT)},
    **{word: str(number + 1) for number, word in enumerate(_ORDINALS)},
    "once": "1 times",
    "twice": "2 times",
}
_SPELT_NUMBER = re.compile(rf"(?<![\w-])(?:{'|'.join(_WORD_NUMBERS)})(?!\w)")
# Longest first, so that `not more than` is never read as `more than`. A tilde marks a number that
# the source gives as approximate: no exact amount is proved by it.
_BOUNDS = {
    "not more than": "≤",
    "no more than": "≤",
    "not exceeding": "≤",
    "not exceed": "≤",
    "no longer than": "≤",
    "not over": "≤",
    "not above": "≤",
    "not less than": "≥",
    "not fewer than": "≥",
    "no fewer than": "≥",
    "not under": "≥",
    "not below": "≥",
    "no less than": "≥",
    "at least": "≥",
    "at most": "≤",
    "up to": "≤",
    "more than": ">",
    "longer than": ">",
    "greater than": ">",
    "over": ">",
    "less than": "<",
    "fewer than": "<",
    "under": "<",
    "below": "<",
    "approximately": "~",
    "about": "~",
    "around": "~",
    "nearly": "~",
    "almost": "~",
}
_BOUND_WORDS = re.compile(rf"\b(?:{'|'.join(_BOUNDS)})\b")
# What prose calls a unit, and the unit it means. Kinds of people count as people.
_UNIT_WORDS = {
    "ml": "mL",
    "millilitre": "mL",
    "milliliter": "mL",
    "mg": "mg",
    "milligram": "mg",
    "milligrams": "mg",
    "mcg": "micrograms",
    "g": "g",
    "nmol": "nmol",
    "µg": "micrograms",
    "microgram": "micrograms",
    "micrograms": "micrograms",
    "minute": "minutes",
    "minutes": "minutes",
    "hour": "hours",
    "hours": "hours",
    "day": "days",
    "days": "days",
    "week": "weeks",
    "weeks": "weeks",
    "time": "times",
    "times": "times",
    "%": "%",
    "percent": "%",
    "people": "people",
    "persons": "people",
    "patients": "people",
    "volunteers": "people",
    "subjects": "people",
    "operators": "people",
    "controls": "people",
    "animals": "animals",
    "rats": "animals",
    "mice": "animals",
    "rabbits": "animals",
    "drop": "drops",
    "drops": "drops",
    "bottle": "bottles",
    "bottles": "bottles",
}
_PEOPLE = sorted(word for word, unit in _UNIT_WORDS.items() if unit == "people")
_PER = {
    ("mg", "day"): "mg per day",
    ("micrograms", "day"): "micrograms per day",
    ("times", "day"): "per day",
    ("times", "week"): "per week",
    ("mg", "ml"): "mg/mL",
    ("micrograms", "ml"): "micrograms/mL",
    ("mg", "kg"): "mg/kg",
    ("micrograms", "kg"): "micrograms/kg",
    ("nmol", "kg"): "nmol/kg",
    ("g", "mol"): "g/mol",
}
_MONTHS = (
    "january february march april may june july august september october november december".split()
)

_NUMBER = r"(?:1/[1-9]\d*|\d+(?:\.\d+)?)"
_AMOUNT = re.compile(
    rf"(?:(?P<bound>[<>≤≥~]) ?)?(?P<low>{_NUMBER})(?:-(?P<high>{_NUMBER}))?"
    r"(?:[ -]?(?P<unit>%|[a-zµ]+))?"
    r"(?:(?: an? | ?/ ?| per )(?P<per>[a-z]+(?: ?/ ?[a-z]+)*))?"
)
# Numerals that are no plain number: they prove only themselves, letter for letter. Each begins
# where its digits do, so that a long row of digits is gone through once.
_ODD = re.compile(
    r"(?<![\d.])\.\d+|(?<!\d)\d+(?:/\d+){2,}|(?<!\d)\d+(?:\.\d+){2,}|(?<!\d)\d+ \d+/\d+"
    r"|\d{1,3}(?: \d{3})+(?!\d)|(?<![\d/])(?!1/[1-9])\d+/\d+|(?<!\d)\d+(?:\.\d+)?e[+-]?\d+"
)
_TENS = re.compile(r"\b(?:\w+ty|hundred|thousand|million)(?: and)? $")
_LONGEST_TENS = 40  # characters before a number word that can belong to its number
_PEOPLE_OF_A_KIND = re.compile(rf"(?:[a-z-]+ ){{1,2}}(?:{'|'.join(_PEOPLE)})\b")


_AS_WRITTEN = "as written"
_KEPT = 1 << 16  # readings of texts kept, since records cite the same sentences again and again


@dataclass(frozen=True)
class Figure:
    """A number or range found in prose, with its bound and the unit it carries, if known."""

    low: Fraction
    high: Fraction
    bound: str
    unit: str

    def quantity(self) -> Quantity | None:
        """The figure as an exact amount, or None where its unit or bound is not known."""
        if not (is_decimal(self.low) and is_decimal(self.high)):
            return None
        try:
            return quantity(str(self))
        except QuantityError:
            return None

    def __str__(self) -> str:
        if self.bound == _AS_WRITTEN:
            return self.unit
        numbers = write_number(self.low)
        if self.high != self.low:
            numbers += f"-{write_number(self.high)}"
        return f"{self.bound} {numbers} {self.unit}".strip()


def normalise(text: str) -> str:
    """A text in one spelling: NFC, plain marks, lower case, bounds as signs, numbers whole."""
    text = unicodedata.normalize("NFC", text).lower()
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text).replace("\u03bc", "µ")
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    text = text.replace("<=", "≤").replace(">=", "≥")
    text = _BOUND_WORDS.sub(lambda words: _BOUNDS[words[0]], text)
    text = re.sub(r"\b(?:not|no) (?=[<>≤≥~])[<>≤≥~]", "~", text)
    return re.sub(r"(?<=\d)(?: - | to )(?=\d)", "-", text).replace(" daily", " a day")


@lru_cache(_KEPT)
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure that a text writes with digits, in order."""
    return tuple(_figures(normalise(text)))


@lru_cache(_KEPT)
def figures_with_words(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, number words included: `twice a day` is 2 per day."""
    text = re.sub(r"^an? (day|week|hour)\b", r"1 \1", normalise(text))
    text = _SPELT_NUMBER.sub(_as_digits, text)
    return tuple(_figures(re.sub(r"(?<=\d) to (?=\d)", "-", text)))


def _as_digits(word: re.Match[str]) -> str:
    """The digits of a number word; the end of a longer number (`twenty one`) stays a word."""
    before = word.string[max(0, word.start() - _LONGEST_TENS) : word.start()]
    return word[0] if _TENS.search(before) else _WORD_NUMBERS[word[0]]


@lru_cache(_KEPT)
def dates_written(text: str) -> frozenset[str]:
    """Every date in a text, at each precision it bears: `December 20, 1994` gives three."""
    plain = normalise(text)
    months = "|".join(_MONTHS)
    found = set(re.findall(r"\b(?:1[89]|20)\d\d(?:-\d\d){0,2}\b", plain))
    for span in re.findall(r"\b(?:(?:early|mid|late)[- ])?\d{3}0s", plain):
        found.add(span.replace(" ", "-"))
    for month, day, year in re.findall(rf"\b({months}) (\d{{1,2}}), (\d{{4}})\b", plain):
        found |= _precisions(year, month, day)
    for day, month, year in re.findall(rf"\b(?:(\d{{1,2}}) )?({months}) (\d{{4}})\b", plain):
        found |= _precisions(year, month, day)
    return frozenset(found)


def _precisions(year: str, month: str, day: str) -> set[str]:
    to_the_month = f"{year}-{_MONTHS.index(month) + 1:02}"
    return {year, to_the_month} | ({f"{to_the_month}-{int(day):02}"} if day else set())


def _figures(plain: str) -> Iterator[Figure]:
    for odd in _ODD.finditer(plain):
        yield Figure(Fraction(0), Fraction(0), _AS_WRITTEN, odd[0])
    for match in _AMOUNT.finditer(_ODD.sub("…", plain)):
        low = _number(match["low"])
        high = _number(match["high"]) if match["high"] else low
        yield Figure(low, high, match["bound"] or "", _unit(match))


@lru_cache(_KEPT)
def _number(text: str) -> Fraction:
    return Fraction(text)


def _unit(match: re.Match[str]) -> str:
    """The unit after a number; one that is divided by something unknown is itself unknown."""
    word, per = match["unit"] or "", match["per"]
    unit = _UNIT_WORDS.get(word, "")
    if word and not unit and _PEOPLE_OF_A_KIND.match(match.string, match.start("unit")):
        return "people"
    if not per or not unit:
        return unit
    return _PER.get((unit, per), f"{unit}/{per}")
