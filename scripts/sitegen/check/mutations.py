"""Whether the check notices a changed figure: each character of the figures is changed in turn.

After mutation testing of programs, where the share of the faults that a test notices measures the
test. Here the check is measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from sitegen.check.record_counts import values_with_figures
from sitegen.check.rules import breaches
from sitegen.model import Record
from sitegen.model.problems import DataError
from sitegen.model.record import KeyPath
from sitegen.read.load import Loaded, with_text
from sitegen.read.yamlfile import Scalar, scalars

_DIGIT = re.compile("[0-9]")
_DECIMAL_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")


@dataclass(frozen=True)
class Mutation:
    """A file with one other character: another digit, or no decimal point."""

    path: str
    """The file, from the data folder's parent."""
    line: int
    before: str
    """The line as it is."""
    after: str
    """The line as it was tried."""
    noticed: bool
    """Whether the file could not be read then, or its record breached a rule on single records."""


def mutations(loaded: Loaded, record: Record) -> Iterator[Mutation]:
    """Yield what becomes of a record with each change in the values that have figures.

    Each digit is replaced by each of the other nine, and each decimal point is left out. The tables
    of the site are in use. Rules that compare all records are left out, so the check of the whole
    folder notices at least as much.
    """
    document = loaded.documents[record.key]
    text = document.text
    lines = text.splitlines()
    for start, end in _written(text, record):
        for place, other in _changes(text, start, end):
            changed = f"{text[:place]}{other}{text[place + 1 :]}"
            line = text.count("\n", 0, place)
            yield Mutation(
                path=document.path,
                line=line + 1,
                before=lines[line].strip(),
                after=changed.splitlines()[line].strip(),
                noticed=_is_noticed(loaded, record, changed),
            )


def _changes(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield each change in a part of a text: the place of a character, and what replaces it."""
    for digit in _DIGIT.finditer(text, start, end):
        yield from ((digit.start(), other) for other in "0123456789" if other != digit[0])
    for point in _DECIMAL_POINT.finditer(text, start, end):
        yield point.start(), ""


def _written(text: str, record: Record) -> list[tuple[int, int]]:
    """Return where the values with figures begin and end in the text of a record."""
    of_file = scalars(text)
    lines = list(accumulate(map(len, text.splitlines(keepends=True)), initial=0))
    found = {_scalar(of_file, leaf.where) for leaf, _ in values_with_figures(record)}
    return sorted(
        (lines[one.start[0]] + one.start[1], lines[one.end[0]] + one.end[1])
        for one in found
        if one is not None
    )


def _scalar(of_file: Mapping[KeyPath, Scalar], where: KeyPath) -> Scalar | None:
    """Return what a value is written in: itself, or the short form of what is around it."""
    written = (where[:end] for end in range(len(where), 0, -1))
    return next((of_file[path] for path in written if path in of_file), None)


def _is_noticed(loaded: Loaded, record: Record, text: str) -> bool:
    try:
        changed = with_text(loaded, record, text)
    except DataError:
        return True
    folder, id = record.key
    return any(True for _ in breaches(changed, changed.site.records[folder][id]))
