"""Ties: who makes one, and what the records that are tied are taken to be."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from made_records import regimen
from sound import FILES, sound_folder, write

from sitegen.derive.relations import Relations
from sitegen.model import ReportTie
from sitegen.model.absence import Absence
from sitegen.read.load import load
from sitegen.statements.ties import evidence_line, made_by, makers_line, taken_as

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


# ---- what tied reports give --------------------------------------------------------------------


def evidence(tmp_path: Path, route: str, *reports: dict[str, str]) -> str:
    """The evidence line of a regimen that is tied to reports in which some fields differ."""
    data = sound_folder(tmp_path)
    links = ""
    for number, fields in enumerate(reports):
        text = FILES["studies/hiccups.yml"]
        for field, value in fields.items():
            text = re.sub(rf"(?m)^{field}:.*\n(?:  .*\n)*", f"{field}: {value}\n", text)
        write(data, f"studies/s{number}.yml", text)
        links += f"  - study: s{number}\n    link: inferred\n    why: Same condition.\n"
    dosed = FILES["regimens/hiccups.yml"].partition("studies:")[0]
    dosed = dosed.replace("route: oral", f"route: {route}")
    write(data, "regimens/hiccups.yml", dosed + (f"studies:\n{links}" if links else ""))
    known = Relations(load(data).site)
    return evidence_line(known, known.site.regimens["hiccups"]).replace("\u00a0", " ")


@pytest.mark.parametrize("word", Absence)
@pytest.mark.parametrize("field", ["participants", "comparator", "dose"])
def test_what_was_not_extracted_is_not_said_to_be_missing(
    tmp_path: Path, field: str, word: Absence
) -> None:
    line = evidence(tmp_path, "oral", {field: word.value}, {field: word.value})

    unread = word is Absence.NOT_EXTRACTED
    assert (f"{field} not extracted" in line) is unread
    assert (f"{field} reported in 0 of 2" in line) is not unread


def test_a_report_that_was_not_read_for_an_item_is_counted_apart(tmp_path: Path) -> None:
    line = evidence(tmp_path, "oral", {"dose": "not extracted"}, {"dose": "2 mg"}, {})

    assert "dose reported in 1 of 2 (1 not extracted)" in line


@pytest.mark.parametrize(("dosed", "studied"), list(product(["oral", *Absence], repeat=2)))
def test_a_route_is_the_same_or_another_only_where_both_are_known(
    tmp_path: Path, dosed: str | Absence, studied: str | Absence
) -> None:
    line = evidence(tmp_path, str(dosed), {"route": str(studied)})

    is_known = dosed == studied == "oral"
    assert line.endswith("same route") is is_known
    assert "another route" not in line
    if not is_known:
        word = studied if isinstance(studied, Absence) else dosed
        assert line.endswith(f"{'' if word is studied else 'of the regimen '}{word}")


def test_another_route_is_one_that_both_give(tmp_path: Path) -> None:
    assert evidence(tmp_path, "oral", {"route": "intravenous"}).endswith("another route")
    assert evidence(tmp_path, "oral") == "no study report is linked to it"


def test_routes_of_several_reports_are_counted_by_state(tmp_path: Path) -> None:
    line = evidence(
        tmp_path, "oral", {"route": "oral"}, {"route": "not extracted"}, {"route": "not reported"}
    )

    assert line.endswith(
        "same route in 1 of 3, route not extracted in 1 of 3, route not reported in 1 of 3"
    )
