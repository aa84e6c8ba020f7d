"""What is wrong with the data, said so that a curator can mend it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_PROBLEM, MOST_PROBLEMS = 2_000, 1_000
"""Characters of one problem, and problems that are listed at once."""


@dataclass(frozen=True, order=True)
class Problem:
    """One breach of one rule, at one place in one file."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        text = _printable(f"{self.path}:{self.line}: {self.message}")
        return text if len(text) <= LONGEST_PROBLEM else f"{text[:LONGEST_PROBLEM]}…"


def shortened(text: str) -> str:
    """Return the text, or its beginning where it is too long to be shown within a message."""
    return text if len(text) <= 60 else f"{text[:57]}..."


def _printable(text: str) -> str:
    """Return the text on one line, with whatever a terminal would act on written out."""
    return "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in text
    )


LONGEST_NAME = 100
"""Characters of an id or a field's name; whatever is longer has no near neighbour."""


class DataError(Exception):
    """The data cannot be published; holds every problem, sorted, up to the first thousand."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = sorted(set(problems))
        self.problems = tuple(found[:MOST_PROBLEMS])
        self.summary = f"{len(found):,} problem{'s' * (len(found) != 1)}"
        if len(found) > MOST_PROBLEMS:
            self.summary += f", of which the first {MOST_PROBLEMS:,} are named"
        super().__init__("\n".join(map(str, self.problems)))


class Misspelt(ValueError):
    """A value that has exactly one reading and is written in another way; `meant` is the right one.

    `build.py mend` writes it so. `within` is the place of the value in a list that is read whole.
    """

    def __init__(self, message: str, meant: str, *within: str | int) -> None:
        super().__init__(message)
        self.meant, self.within = meant, within


class Placed(ValueError):
    """A fault of a whole record that stands at one place in it."""

    def __init__(self, message: str, *where: str | int) -> None:
        super().__init__(message)
        self.where = where


def with_hyphens(text: str) -> str:
    """Return a text with plain hyphens for dashes, and plain single spaces."""
    return " ".join(_DASHES.sub("-", text).split())


_DASHES = re.compile("[\u2010-\u2015\u2212]")


def near(word: str, words: Iterable[str], most: int = 2) -> list[str]:
    """Return the word that this one is a misspelling of, or none where none is.

    A misspelling has one letter more, less, other or in another place; a long one has at `most` so
    many of these. A digit is never misspelt: `trial-1` and `trial-2` are two things.
    """
    if len(word) > LONGEST_NAME:
        return []
    most = 1 if len(word) < _LONG else most
    found = difflib.get_close_matches(word, list(words), n=3)
    near = [(_slips(word, other), other) for other in found if _digits(word) == _digits(other)]
    return [other for slips, other in sorted(near) if slips <= most][:1]


_LONG = 8  # letters from which a word may hold two slips


def _digits(word: str) -> list[str]:
    return [mark for mark in word if mark.isdigit()]


def _slips(word: str, other: str) -> int:
    """Return how many letters to add, leave out, replace or swap with the next make one of both."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, mine in enumerate(word, 1):
        last, before, row = before, row, [i]
        for j, theirs in enumerate(other, 1):
            row.append(min(row[-1] + 1, before[j] + 1, before[j - 1] + (mine != theirs)))
            if i > 1 and j > 1 and (mine, theirs) == (other[j - 2], word[i - 2]):
                row[j] = min(row[j], last[j - 2] + 1)
    return row[-1]


def nearest(word: str, words: Iterable[str], most: int = 2) -> str:
    """Return a hint at the nearest of the words, or nothing where none is near."""
    return "".join(f" (did you mean '{close}'?)" for close in near(word, words, most))
