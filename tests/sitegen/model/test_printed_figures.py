"""Figures as labels, registries and papers print them: each read right or refused, none wrong.

`printed_figures.tsv` has a text a line and how it is to be read: each figure by its kind, bound,
number, unit and denominator; `?` for one that must not be understood. A third column has the
decimal mark of the text, where it is known. Its first part are the figures of public labels in
`dosing.yml`.
"""

from __future__ import annotations

from collections import Counter

import pytest
from folders import TESTS

from sitegen.model.figures_in_prose import Figure, registered

_LINES = (TESTS / "printed_figures.tsv").read_text(encoding="utf-8").splitlines()
PRINTED = [tuple(line.split("\t")) for line in _LINES]
NOTHING = "no figure"


def reading(figure: Figure) -> str:
    """How a figure is read, as the table says it."""
    if not figure.understood:
        return "?"
    return " ".join([figure.wording, *(["/".join(sorted(figure.dates))] * (figure.kind == "date"))])


@pytest.mark.parametrize("first", range(0, len(PRINTED), 100))
def test_printed_figures_are_read_right_or_refused(first: int) -> None:
    """A hundred lines of the table in each test."""
    lines = PRINTED[first : first + 100]

    read = [
        (text, "; ".join(map(reading, registered(text, *mark))) or NOTHING, *mark)
        for text, _, *mark in lines
    ]

    assert [pair for pair in zip(read, lines, strict=True) if pair[0] != pair[1]] == []


def test_most_of_what_is_printed_is_read() -> None:
    """The counts of the table: texts read whole, texts with a figure refused, and without one."""
    kinds = Counter(
        "refused" if "?" in expected else "none" if expected == NOTHING else "read"
        for _, expected, *_ in PRINTED
    )

    assert len({(text, *mark) for text, _, *mark in PRINTED}) == len(PRINTED)
    assert kinds == {"read": 3793, "none": 148, "refused": 3860}
