"""Whether the figures of a value stand in the sentences it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.model import Locator, Site, Slug, Verbatim, When
from sitegen.quantity import Quantity, Range, is_decimal, unit
from sitegen.written import Figure, dates_written, figures, figures_with_words

_LOCATOR_IN_TEXT = re.compile(r"\b[a-z][a-z0-9-]*\.[0-9]+\.[0-9]+(?:-[0-9]+)?\b")


def figures_cited(site: Site, at: tuple[Locator, ...]) -> tuple[str, ...]:
    """The figures of the sentences cited, as their sources write them, each once."""
    cited = (site.sentence(locator, place) for locator in at for place in locator.places)
    return tuple(dict.fromkeys(figure for each in cited if each for figure in each.figures))


def unproved(value: object, there: tuple[str, ...]) -> Iterator[str]:
    """Each figure of a value that is none of those there: amounts, dates, numbers in texts."""
    if isinstance(value, Quantity):
        if not any(_states(figure, value) for text in there for figure in figures_with_words(text)):
            yield str(value)
    elif isinstance(value, When):
        if not any(value.text in dates_written(text) for text in there):
            yield value.text
    elif isinstance(value, str) and not isinstance(value, Slug | Verbatim):
        yield from unproved_in_text(value, there)


def unproved_in_text(text: str, there: tuple[str, ...]) -> Iterator[str]:
    """Each figure of a text that is none of those there; locators named in it are left out."""
    stated = [figure for written in there for figure in figures_with_words(written)]
    for figure in figures(_LOCATOR_IN_TEXT.sub("", text)):
        if not any(_same(figure, each) for each in stated):
            yield str(figure)


def _states(figure: Figure, value: Quantity) -> bool:
    """Return whether a figure states an amount, one part of a whole (`1/12 mL`) among them."""
    low = value.range.low
    if low is None or is_decimal(low):
        return figure.quantity() == value
    is_fraction = not figure.bound and figure.low == figure.high == low
    return is_fraction and value == Quantity(Range.of(low), unit(figure.unit))


def _same(figure: Figure, stated: Figure) -> bool:
    """Equal in every part; a figure without a known unit needs its digits only."""
    if figure.unit:
        return figure == stated
    return (figure.low, figure.high) == (stated.low, stated.high)
