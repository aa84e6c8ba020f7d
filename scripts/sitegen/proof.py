"""Whether the figures of a value stand in the sentences it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from sitegen.figures_in_prose import (
    Figure,
    breaks_convention,
    has_digits,
    mentioned,
    normalise,
    registered,
)
from sitegen.figures_in_prose.words import DECIMAL_MARKS
from sitegen.model import Locator, Site, Slug, Source, Verbatim, When
from sitegen.quantity import Quantity

_LOCATOR_IN_TEXT = re.compile(r"\b[a-z][a-z0-9-]*\.[0-9]+\.[0-9]+(?:-[0-9]+)?\b")
_DIGITS = re.compile(r"[0-9]+")
_MOST_EXPLAINED = 3  # figures that were not understood, in one message
_LONGEST = 80  # characters of each of them


@dataclass(frozen=True)
class Printed:
    """A figure of a register as its source prints it, with the decimal mark of the source."""

    text: str
    mark: str = ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What it says."""
        return registered(self.text, self.mark)

    @property
    def doubt(self) -> str:
        """What of it was not understood, or nothing."""
        return "; ".join(dict.fromkeys(each.unknown for each in self.figures if each.unknown))

    def states(self, amount: Quantity) -> bool:
        """Whether one of its figures is this amount."""
        return any(amount in figure.quantities for figure in self.figures)


@lru_cache(1 << 10)
def decimal_mark(source: Source) -> str:
    """Return the decimal mark of a source, or nothing where it is not known.

    The language tells it, unless a figure of the register can only be read with a comma: then a
    text in a language with a point was set by other rules, and says neither.
    """
    mark = DECIMAL_MARKS.get(source.language.split(",")[0].strip(), "")
    figures = (figure for sentence in source.sentences for figure in sentence.figures)
    return "" if mark == "." and any(map(breaks_convention, figures)) else mark


def printed_by(source: Source, figures: Iterable[str]) -> tuple[Printed, ...]:
    """Return figures of a source's register, to be read by the source's own marks."""
    mark = decimal_mark(source)
    return tuple(Printed(figure, mark) for figure in figures)


def figures_cited(site: Site, at: tuple[Locator, ...]) -> tuple[Printed, ...]:
    """Return the figures of the sentences cited, as their sources print them, each once."""
    cited = (
        printed
        for locator in at
        for place in locator.places
        if (sentence := site.sentence(locator, place))
        for printed in printed_by(site.sources[locator.source], sentence.figures)
    )
    return tuple(dict.fromkeys(cited))


def unproved(value: object, there: Sequence[Printed]) -> Iterator[str]:
    """Yield each figure of a value that none of those there proves: amounts, dates, texts."""
    if isinstance(value, Quantity):
        if not any(printed.states(value) for printed in there):
            yield str(value)
    elif isinstance(value, When):
        if not any(value.text in _dates(printed) for printed in there):
            yield value.text
    elif isinstance(value, str) and not isinstance(value, Slug | Verbatim):
        yield from unproved_in_text(value, there)


def unproved_in_text(text: str, there: Sequence[Printed]) -> Iterator[str]:
    """Yield each figure of a text that is none of those there; locators in it are left out."""
    if not has_digits(text):
        return
    plain = normalise(_LOCATOR_IN_TEXT.sub("", text))
    for figure in mentioned(plain):
        if not any(_is_quoted(figure, plain, each) or _says(figure, each) for each in there):
            yield figure.text


def why_not(figure: str, there: Sequence[Printed]) -> Iterator[str]:
    """Yield what was not understood in figures there that hold the digits of a missing figure.

    Figures in words alone may hold any digits.
    """
    digits = "".join(_DIGITS.findall(figure))
    doubtful = (
        f"'{_shortened(printed.text)}' there was not understood: {_shortened(doubt)}"
        for printed in there
        if _may_hold(printed.text, digits) and (doubt := printed.doubt)
    )
    yield from islice(doubtful, _MOST_EXPLAINED)


def _may_hold(printed: str, digits: str) -> bool:
    held = "".join(_DIGITS.findall(printed))
    return not held or digits in held


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _dates(printed: Printed) -> frozenset[str]:
    return frozenset().union(*(each.dates for each in printed.figures if each.understood))


def _is_quoted(figure: Figure, text: str, printed: Printed) -> bool:
    """Whether a text quotes a printed figure letter by letter, and this figure lies within it."""
    quoted = normalise(printed.text)
    if figure.kind == "name":
        return _holds_name(quoted, figure.text) or _holds_name(_closed_up(quoted), figure.text)
    for match in re.finditer(rf"(?<!\w){re.escape(quoted)}(?!\w)", text, re.IGNORECASE):
        if match.start() <= figure.start and figure.end <= match.end():
            return True
    return False


def _holds_name(printed: str, name: str) -> bool:
    """Whether a printed text holds a name as a word of its own."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", printed, re.IGNORECASE))


def _closed_up(name: str) -> str:
    """A name without the spaces that some printers set before its brackets."""
    return re.sub(r" (?=[(\[])", "", name)


def _says(figure: Figure, printed: Printed) -> bool:
    """Whether a printed figure that is understood says what a figure of a text says.

    A bare number of a text needs the same number and bound, whatever is counted; what the text
    counts in words of its own needs a number that is bare in print, or counts the same.
    """
    for stated in printed.figures:
        if figure.understood and stated.understood and figure.meaning == stated.meaning:
            return True
        if set(figure.quantities) & set(stated.quantities) and figure.spread in (
            None,
            stated.spread,
        ):
            return True
        if figure.dates and stated.understood and figure.dates <= stated.dates:
            return True
        counts = figure.noun and not figure.unit and figure.low is not None
        bare = figure.understood and figure.kind == "number"
        known = stated.understood or bool(stated.noun and _is_alone(stated, printed))
        if not known or figure.numbers != stated.numbers or stated.low is None:
            continue
        if bare or (counts and stated.kind == "number" and stated.noun in ("", figure.noun)):
            return True
    return False


def _is_alone(figure: Figure, printed: Printed) -> bool:
    """Whether a figure with its noun is all that is printed."""
    return figure.text == normalise(printed.text)
