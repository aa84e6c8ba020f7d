"""Figures as sources write them: read from prose, so that a record can be proved against them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from sitegen.quantity import Quantity, QuantityError, quantity, write_number

_WORD_NUMBERS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "fifth": "5",
    "once": "1 times",
    "twice": "2 times",
}
_BOUNDS = {
    "more than": ">",
    "over": ">",
    "less than": "<",
    "up to": "≤",
    "not exceed": "≤",
    "no longer than": "≤",
    "at least": "≥",
}
# What prose calls a unit, and the unit it means. Kinds of people count as people.
_UNIT_WORDS = {
    "ml": "mL",
    "millilitre": "mL",
    "milliliter": "mL",
    "mg": "mg",
    "g": "g",
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
    "drop": "drops",
    "drops": "drops",
    "bottle": "bottles",
    "bottles": "bottles",
}
_PER_DAY = {"mg": "mg per day", "micrograms": "micrograms per day", "times": "per day"}
_PER_WEEK = {"times": "per week"}

_AMOUNT = re.compile(
    r"(?:(?P<bound>[<>≤≥]) ?)?(?P<low>(?<![\d/])1/\d+(?![\d/])|\d+(?:\.\d+)?)"
    r"(?:-(?P<high>\d+(?:\.\d+)?))?"
    r"(?P<unit>[ -]?(?:healthy )?(?:%|[a-zµ]+\b)(?:(?:/| per )ml\b)?)?"
    r"(?P<each>(?: a| per|/) ?(?:day|week)\b)?"
)
_MONTHS = (
    "january february march april may june july august september october november december".split()
)


@dataclass(frozen=True)
class Figure:
    """A number or range found in prose, with the unit it carries, if a known one follows."""

    low: str
    high: str
    bound: str
    unit: str

    def quantity(self) -> Quantity | None:
        """The figure as an exact amount, or None where its unit is not known."""
        low = write_number(Fraction(self.low)) if "/" in self.low else self.low
        numbers = low if self.low == self.high else f"{low}-{self.high}"
        bound = f"{self.bound} " if self.bound else ""
        try:
            return quantity(f"{bound}{numbers} {self.unit}")
        except QuantityError:
            return None


def normalise(text: str) -> str:
    """A text in one spelling: NFC, plain spaces and hyphens, lower case, bounds as signs."""
    text = unicodedata.normalize("NFC", text).lower()
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text).replace("\u03bc", "µ")
    text = re.sub(r"\s+", " ", text).strip()
    for words, sign in _BOUNDS.items():
        text = re.sub(rf"\b{words}\b", sign, text)
    return text


def figures(text: str) -> Iterator[Figure]:
    """Every figure that a text writes with digits, in order."""
    for match in _AMOUNT.finditer(normalise(text)):
        word = (match["unit"] or "").strip(" -").removeprefix("healthy ")
        word, per_volume, _ = word.replace(" per ml", "/ml").partition("/ml")
        unit = _UNIT_WORDS.get(word, "") + per_volume.replace("ml", "mL")
        per = match["each"] or ""
        unit = _PER_DAY.get(unit, unit) if "day" in per else unit
        unit = _PER_WEEK.get(unit, unit) if "week" in per else unit
        yield Figure(match["low"], match["high"] or match["low"], match["bound"] or "", unit)


def figures_with_words(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, number words included: `twice a day` is 2 per day."""
    text = re.sub(r"^an? (day|week|hour)\b", r"1 \1", normalise(text))
    spelt = re.compile(r"\b(" + "|".join(_WORD_NUMBERS) + r")\b")
    return tuple(figures(spelt.sub(lambda word: _WORD_NUMBERS[word[1]], text)))


def day_written(text: str) -> str | None:
    """The date in a text such as `December 20, 1994`, as `1994-12-20`, or None."""
    match = re.search(r"\b([a-z]+) (\d{1,2}), (\d{4})\b", normalise(text))
    if match and match[1] in _MONTHS:
        return f"{match[3]}-{_MONTHS.index(match[1]) + 1:02}-{int(match[2]):02}"
    return None
