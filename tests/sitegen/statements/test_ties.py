"""Ties: who makes one, and what the records that are tied are taken to be."""

from __future__ import annotations

import pytest
from made_records import regimen

from sitegen.model import ReportTie
from sitegen.statements.ties import made_by, makers_line, taken_as

WHY = "Same condition."


def test_a_tie_is_made_by_its_source_or_by_a_curator() -> None:
    assert made_by("stated") == "stated by the source"
    assert made_by("inferred") == "inferred by a curator"


@pytest.mark.parametrize(
    ("links", "line"),
    [
        ([], ""),
        (["stated"], "1 stated by the source"),
        (["inferred", "inferred"], "2 inferred by a curator"),
        (
            ["stated", "inferred", "stated"],
            "1 inferred by a curator, 2 stated by the source",
        ),
    ],
)
def test_the_ties_of_a_regimen_are_counted_by_who_makes_them(links: list[str], line: str) -> None:
    studies = [{"study": f"s{place}", "link": link, "why": WHY} for place, link in enumerate(links)]

    assert makers_line(regimen(studies=studies)) == line


@pytest.mark.parametrize(
    ("relation", "words"),
    [("one study", "reports of one study"), ("kept apart", "different studies, kept apart")],
)
def test_reports_that_are_tied_are_of_one_study_or_of_several(relation: str, words: str) -> None:
    tie = ReportTie.model_validate(
        {
            "id": "a",
            "name": "A",
            "reports": ["hiccups", "trial"],
            "relation": relation,
            "tie": "inferred",
            "at": "leaflet use.1.2",
            "why": WHY,
        }
    )

    assert taken_as(tie) == words
