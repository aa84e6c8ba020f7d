"""Figures in prose, read from left to right: number, bound, range, unit, denominators, period.

The reader says of each figure what it took it for. What it does not know makes the figure beside
it one that is not understood, and such a figure proves nothing. The words that it knows are the
tables of `words`.

There are two readings. `registered` reads what a source printed: number words count, and every
word must be known. `mentioned` reads running text of a record: only figures with digits, whose
neighbours may be any words.
"""

from sitegen.model.figures_in_prose.figure import Figure
from sitegen.model.figures_in_prose.numbers import normalise
from sitegen.model.figures_in_prose.texts import (
    breaks_convention,
    dates_in,
    denial_before,
    has_digits,
    mentioned,
    registered,
)
from sitegen.model.figures_in_prose.words import speaks_of

__all__ = [
    "Figure",
    "breaks_convention",
    "dates_in",
    "denial_before",
    "has_digits",
    "mentioned",
    "normalise",
    "registered",
    "speaks_of",
]
