"""What is wrong with a text that is no amount of its field, and where its parts belong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from sitegen.model.figures_in_prose import has_digits, normalise, registered
from sitegen.model.figures_in_prose.words import (
    COUNTS,
    DIGITS,
    MULTIPLIERS,
    SHORT_MULTIPLIERS,
)
from sitegen.model.quantity import Quantity

_LETTER = re.compile(
    r"(?<![^\W\d_])(?P<nought>[OoО])(?=[.,]?[0-9])|(?<=[0-9])(?P<behind>[OoО])[OoО]*(?=[\s.,0-9]|$)"
    r"|(?<![^\W\d_])(?P<one>[lI])(?=[.,]?[0-9])"
)
_ANOTHER_FIELD = re.compile(r"[ ,;]([a-z]+(?:_[a-z]+)*): ")
_EVERY = r"(?:once )?(?:every|each|q\.?) ?"
_INTERVAL = re.compile(
    rf"{_EVERY}(?P<number>[0-9.]+(?:[-–][0-9.]+)?) ?"
    r"(?P<unit>h|hours?|hrs?|d|days?|w|weeks?|months?)\.?"
    r"|(?P<hourly>[0-9]+(?:[-–][0-9]+)?)[- ]?hourly",
    re.IGNORECASE,
)
_UNITS = {"h": "hours", "d": "days", "w": "weeks", "m": "months"}
_IN_WORDS = re.compile(
    r"(?:once )?(?:every|each) [a-z]+ (?:hours|days|weeks|months)|[a-z]+[- ]hourly"
    r"|every (?:third|fourth|fifth|sixth) (?:hour|day|week|month)",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    r"(?:once )?(?:on |every )?(?:every other|every second|alternate) days?|q\.?o\.?d\.?", re.I
)
_AS_NEEDED = re.compile(
    r"\b(?:(?:as|if|when) (?:needed|required|necessary)|p\.?r\.?n\b|on demand)", re.IGNORECASE
)
_TIME_OF_DAY = re.compile(
    r"\b(?:mornings?|noon|afternoons?|evenings?|nights?|bedtime|breakfast|lunch|dinner)\b"
    r"|\b(?:before|after|with|between) (?:meals|food)\b",
    re.IGNORECASE,
)
_NOT_EXACT = re.compile(
    r"(?:about|approximately|approx\.?|around|roughly|nearly|almost|circa|ca?\.|some)\s|[~≈∼]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*|\.[0-9]+")
_PARTS = re.compile(r"([0-9]+) ?[/⁄] ?([0-9]+)")
_TWO_UNITS = re.compile(
    r"[0-9.,]+ ?[^\W\d_]+ ?(?:to|through|until|bis|[-\u2013]) ?[0-9.,]+ ?[^\W\d_]+"
)
_POWER = re.compile(r"10\^([0-9]{1,2})")
NOT_COMPUTED = (
    "nothing is computed here: write one unit and the numbers that the source prints, or a word of"
    " absence and a note"
)
_OF_A_PERIOD = {" per day": "daily", " per week": "weekly", " per hour": "rate"}
_AMOUNTS = ("amount", "duration", "number", "frequency", "count")
_TWO_KINDS = {("amount", "frequency"), ("amount", "count"), ("amount", "duration")}
_BELONGS_TO = {"frequency": "times", "count": "times", "duration": "length"}


def fault_of_typing(text: str) -> str | None:
    """Return what is wrong with how a text is typed, whatever its field; None where nothing is."""
    if another := _ANOTHER_FIELD.search(text):
        return f"'{another[1]}:' begins another field: put it on a line of its own"
    if has_digits(text) and (letter := _LETTER.search(text)):
        digit = "1" if letter["one"] else "0"
        return f"'{letter[0][0]}' in it is a letter: write the digit {digit}"
    return None


def fault_of_frequency(text: str) -> str | None:
    """Return the field that a text belongs to which says how often, when or for what."""
    if apart := _INTERVAL.fullmatch(text):
        number = (apart["number"] or apart["hourly"]).replace("–", "-")
        unit = _UNITS[(apart["unit"] or "h")[0].lower()]
        named = unit.removesuffix("s") if number == "1" else unit
        return f"it is a time between doses: write {_instead(f'{number} {named}')}"
    if _IN_WORDS.fullmatch(text):
        return f"it is a time between doses: write {_instead('…')}"
    if _OTHER_DAY.fullmatch(text):
        return f"it is a time between doses: write {_instead('2 days')}"
    if _AS_NEEDED.search(text):
        return "for what it is given as needed belongs to 'as_needed:'"
    if _TIME_OF_DAY.search(text):
        return (
            "when in the day doses are given belongs to 'when:', or to 'parts_of_day:' where they"
            " differ; times is how many a day, if the source says so"
        )
    return None


def _instead(interval: str) -> str:
    return (
        f"'interval: {interval}' and 'times: not applicable' in a regimen; in a study, which has no"
        " interval, how many a day, if the source says so"
    )


def fault_of_amount(text: str) -> str | None:
    """Return what an amount has that belongs elsewhere, or keeps it from being one amount."""
    if _NOT_EXACT.match(text):
        return "it is not exact: write 'unclear', and in its note how the source says it"
    if _TWO_UNITS.fullmatch(text):
        return NOT_COMPUTED
    figures = registered(text)
    kinds = tuple(figure.kind for figure in figures)
    if kinds in _TWO_KINDS:
        said = {"times": "how often", "length": "how long"}[_BELONGS_TO[kinds[1]]]
        return f"{said} ('{figures[1].text}') belongs to '{_BELONGS_TO[kinds[1]]}:'"
    is_two = len(figures) == 2 and re.search(r"[0-9].* (?:or|vs\.?) .*[0-9]", text)
    if is_two and all(figure.kind in _AMOUNTS for figure in figures):
        return "it is two amounts: write 'unclear', and each of them in 'readings:'"
    return None


def field_of_period(unit: str) -> str | None:
    """Return where an amount in a period belongs, of which the unit is given; None for others."""
    for end, field in _OF_A_PERIOD.items():
        if unit.endswith(end) and unit != end.strip():
            period = end.replace(" per", " an" if "hour" in end else " a")
            return f"an amount{period} belongs to '{field}:'"
    return None


def is_as_printed(amount: Quantity, text: str) -> bool:
    """Return whether every number of an amount is in the text that it is read from.

    One that is computed, as where the ends of a range have two units, is not. Numbers in words are
    taken as they are read.
    """
    if not has_digits(text):
        return True
    there = set(_numbers_in(text))
    ends = (amount.range.low, amount.range.high)
    return all(end is None or end in there or _is_in_words(end, text) for end in ends)


def _numbers_in(text: str) -> Iterator[Fraction]:
    """Yield the numbers of a text in every way to take its marks, also multiplied as it says."""
    plain = normalise(text)
    large = [
        size for word, size in {**MULTIPLIERS, **SHORT_MULTIPLIERS}.items() if word in plain.lower()
    ]
    powers = [10 ** int(power) for power in _POWER.findall(plain)]
    yield from map(Fraction, powers)
    large += powers
    for number in _NUMBER.findall(plain):
        for written in (number.replace(",", ""), number.replace(",", ".")):
            if written.count(".") <= 1:
                found = Fraction(f"0{written}")
                yield from (found * size for size in (1, *large))
    yield from (Fraction(int(a), int(b)) for a, b in _PARTS.findall(plain) if int(b))
    for mark in text:
        if unicodedata.category(mark) == "No":
            yield Fraction(unicodedata.numeric(mark)).limit_denominator(100)


def _is_in_words(number: Fraction, text: str) -> bool:
    """Return whether a number stands in a text as a word."""
    words = set(re.findall(r"[^\W\d_]+", text.lower()))
    return any(word in words for word, size in {**DIGITS, **COUNTS}.items() if size == number)
