"""What is wrong with the data, said so that a curator can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One breach of one rule, at one place in one file."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return _printable(f"{self.path}:{self.line}: {self.message}")


def _printable(text: str) -> str:
    """The text on one line, with whatever a terminal would act on written out."""
    return "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in text
    )


LONGEST_NAME = 100
"""Characters of an id or a field's name; whatever is longer has no near neighbour."""


class DataError(Exception):
    """The data cannot be published; holds every problem, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def near(word: str, words: Iterable[str]) -> list[str]:
    """The nearest of the words, or none where none is near."""
    if len(word) > LONGEST_NAME:
        return []
    return difflib.get_close_matches(word, list(words), n=1)


def nearest(word: str, words: Iterable[str]) -> str:
    """A hint at the nearest of the words, or nothing where none is near."""
    return "".join(f" (did you mean '{close}'?)" for close in near(word, words))
