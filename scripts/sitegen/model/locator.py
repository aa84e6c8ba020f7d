"""Locators: where in a source a sentence stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from sitegen.model.problems import Misspelt, with_hyphens

LOCATOR = (
    r"([a-z0-9-]{1,100}) ([a-z0-9-]{1,100})"
    r"\.([1-9][0-9]{0,3})\.([1-9][0-9]{0,3})(?:-([1-9][0-9]{0,3}))?"
)
_LOCATOR = re.compile(LOCATOR)
_WITHOUT_SENTENCE = re.compile(r"[a-z0-9-]+ [a-z0-9-]+\.[0-9]+")


@dataclass(frozen=True, order=True)
class Locator:
    """The place of one or more sentences of a source: `leaflet dosage.5.1`."""

    source: str
    section: str
    paragraph: int
    first: int
    last: int

    @property
    def paragraph_of(self) -> tuple[str, str, int]:
        """The source, section and paragraph that it is in."""
        return self.source, self.section, self.paragraph

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The place of each sentence, e.g. `('use.1.6', 'use.1.7')`."""
        numbers = range(self.first, self.last + 1)
        return tuple(f"{self.section}.{self.paragraph}.{number}" for number in numbers)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Each sentence with its source, e.g. `('leaflet use.1.6', 'leaflet use.1.7')`."""
        return tuple(f"{self.source} {place}" for place in self.places)

    @property
    def place(self) -> str:
        """The place without the source, e.g. `use.1.6-7`."""
        until = f"-{self.last}" if self.last > self.first else ""
        return f"{self.section}.{self.paragraph}.{self.first}{until}"

    def __str__(self) -> str:
        return f"{self.source} {self.place}"


def merged(locators: Iterable[Locator]) -> tuple[Locator, ...]:
    """Return the same places in order, with sentences that follow one another as one range."""
    runs: list[Locator] = []
    for locator in locators:
        before = runs[-1] if runs else None
        if before and before.paragraph_of == locator.paragraph_of:
            if locator.first == before.last + 1:
                runs[-1] = replace(before, last=locator.last)
                continue
        runs.append(locator)
    return tuple(runs)


def read_locator(value: object) -> Locator:
    """Return the locator that a text is. Raise ValueError for a text that is none."""
    return _read(value if isinstance(value, str) else "")


@lru_cache(maxsize=1 << 16)  # the values of a record have their places in common
def _read(text: str) -> Locator:
    match = _LOCATOR.fullmatch(text)
    if not match:
        must = "must be a source and a place such as 'leaflet dosage.5.1'"
        if _WITHOUT_SENTENCE.fullmatch(text):
            raise ValueError("must name a sentence too, as the last number of 'leaflet dosage.5.1'")
        if _LOCATOR.fullmatch(meant := with_hyphens(text)):
            raise Misspelt(f"{must}: write '{meant}'", meant)
        raise ValueError(f"{must}{_slip(text)}")
    source, section, paragraph, first, last = match.groups()
    locator = Locator(source, section, int(paragraph), int(first), int(last or first))
    if locator.last < locator.first or locator.last - locator.first > 50:
        raise ValueError("must name sentences in rising order, at most 50 of them")
    return locator


def _slip(text: str) -> str:
    """Return what is most likely wrong with a text that is no locator."""
    if _SEVERAL.fullmatch(text):
        return ": several stand in square brackets, each with its source"
    if _SIDE_BY_SIDE.fullmatch(text):
        return ": write several in square brackets, with a comma between them"
    plain = " ".join(re.sub(r"[,;:]", " ", with_hyphens(text).lower()).split())
    closed_up = _PLACE_APART.sub(r"\1.\2", plain)
    for meant in (closed_up, closed_up.rstrip(" ."), _with_digits(closed_up)):
        if _LOCATOR.fullmatch(meant):
            return f": write '{meant}'"
    return ""


def _with_digits(text: str) -> str:
    """Return a place with digits for the letters `l` and `o` where its numbers are."""
    before, dot, numbers = text.partition(".")
    return before + dot + numbers.translate(str.maketrans("lo", "10"))


_PLACE_APART = re.compile(r"(?<= )([a-z][a-z0-9-]*)[ .]+([0-9]+\.[0-9]+(?:-[0-9]+)?)$")
_SIDE_BY_SIDE = re.compile(rf"{LOCATOR}(?: {LOCATOR})+")
_SEVERAL = re.compile(rf"{LOCATOR}(?:[,;] ?(?:[a-z0-9-]+ )?[a-z0-9-]+\.[0-9]+\.[0-9-]+)+")
