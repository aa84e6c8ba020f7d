"""Whether the figures of a value stand in the sentences it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sitegen.model import Locator, Site, Slug, Verbatim, When
from sitegen.quantity import Quantity
from sitegen.written import Figure, dates_written, figures, figures_with_words

_KEPT = 1 << 12  # texts of which is kept what they state
_LOCATOR_IN_TEXT = re.compile(r"\b[a-z][a-z0-9-]*\.[0-9]+\.[0-9]+(?:-[0-9]+)?\b")


def figures_cited(site: Site, at: tuple[Locator, ...]) -> tuple[str, ...]:
    """The figures of the sentences cited, as their sources write them, each once."""
    cited = (site.sentence(locator, place) for locator in at for place in locator.places)
    return tuple(dict.fromkeys(figure for each in cited if each for figure in each.figures))


def unproved(value: object, there: tuple[str, ...]) -> Iterator[str]:
    """Each figure of a value that is none of those there: amounts, dates, numbers in texts."""
    if isinstance(value, Quantity):
        if not any(value in _amounts(text) for text in there):
            yield str(value)
    elif isinstance(value, When):
        if not any(value.text in dates_written(text) for text in there):
            yield value.text
    elif isinstance(value, str) and not isinstance(value, Slug | Verbatim):
        yield from unproved_in_text(value, there)


def unproved_in_text(text: str, there: tuple[str, ...]) -> Iterator[str]:
    """Each figure of a text that is none of those there; locators named in it are left out.

    A figure is equal to another in every part; one without a known unit needs its digits only.
    """
    for figure in figures(_LOCATOR_IN_TEXT.sub("", text)):
        key = _whole(figure) if figure.unit else _digits(figure)
        if not any(key in _stated(each) for each in there):
            yield str(figure)


def _digits(figure: Figure) -> tuple[object, ...]:
    """What tells the numbers of a figure from others; of whole numbers, which compare fast."""
    return (*figure.low.as_integer_ratio(), *figure.high.as_integer_ratio())


def _whole(figure: Figure) -> tuple[object, ...]:
    """What tells a figure from others."""
    return (*_digits(figure), figure.bound, figure.unit)


@lru_cache(maxsize=_KEPT)  # the values of a record cite the same sentences again and again
def _stated(text: str) -> frozenset[tuple[object, ...]]:
    """What tells each figure of a text, and its numbers, from others."""
    found = figures_with_words(text)
    return frozenset([*map(_digits, found), *map(_whole, found)])


@lru_cache(maxsize=_KEPT)
def _amounts(text: str) -> frozenset[Quantity | None]:
    """The amounts among the figures of a text."""
    found = {_whole(figure): figure for figure in figures_with_words(text)}
    return frozenset(figure.quantity() for figure in found.values())
