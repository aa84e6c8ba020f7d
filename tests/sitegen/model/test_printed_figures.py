"""Figures as labels, registries and papers print them: each read right or refused, none wrong.

`printed_figures.tsv` has a text a line and how it is to be read: each figure by its kind, bound,
number, unit and denominator; `?` for one that must not be understood. Its first part are the
figures of public labels in `dosing.yml`.
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


@pytest.mark.parametrize(("text", "expected"), PRINTED)
def test_a_printed_figure_is_read_right_or_refused(text: str, expected: str) -> None:
    assert ("; ".join(map(reading, registered(text))) or NOTHING) == expected


def test_most_of_what_is_printed_is_read() -> None:
    """The counts of the table: texts read whole, texts with a figure refused, and without one."""
    kinds = Counter(
        "refused" if "?" in expected else "none" if expected == NOTHING else "read"
        for _, expected in PRINTED
    )

    assert len({text for text, _ in PRINTED}) == len(PRINTED)
    assert kinds == {"read": 1579, "none": 73, "refused": 1325}
