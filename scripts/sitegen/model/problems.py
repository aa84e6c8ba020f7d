"""What is wrong with the data, said so that a curator can mend it."""

from __future__ import annotations

import difflib
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


def near(word: str, words: Iterable[str]) -> list[str]:
    """Return the nearest of the words, or none where none is near."""
    if len(word) > LONGEST_NAME:
        return []
    return difflib.get_close_matches(word, list(words), n=1)


def nearest(word: str, words: Iterable[str]) -> str:
    """Return a hint at the nearest of the words, or nothing where none is near."""
    return "".join(f" (did you mean '{close}'?)" for close in near(word, words))
