"""The evidence gap map: each report in one column, people of one study once, lanes apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import FILES, replace, rich_folder, sound_folder, study, write

from sitegen.derive.evidence_map import (
    CONTROLLED,
    DESIGNS,
    NOT_DETERMINED,
    NOT_RANDOMISED,
    RANDOMISED,
    UNCONTROLLED,
    MapCell,
    design_class,
    design_of_study,
    evidence_map,
    lower_end,
)
from sitegen.derive.relations import Relations
from sitegen.model.quantity import Range
from sitegen.read.load import load


@pytest.mark.parametrize(
    ("allocation", "control", "design"),
    [
        ("randomised", "placebo", RANDOMISED),
        ("randomised", None, RANDOMISED),
        ("not randomised", "usual care", NOT_RANDOMISED),
        ("not randomised", None, NOT_DETERMINED),
        ("single group", None, UNCONTROLLED),
        (None, "no control", UNCONTROLLED),
        (None, "placebo", CONTROLLED),
        ("not reported", "placebo", CONTROLLED),
        (None, "not reported", NOT_DETERMINED),
        (None, None, NOT_DETERMINED),
    ],
)
def test_design_class(allocation: str | None, control: str | None, design: str) -> None:
    given = {"allocation_type": allocation, "control": control}
    found = study(**{name: word for name, word in given.items() if word})

    assert design_class(found) == design
    assert design in DESIGNS


@pytest.mark.parametrize(
    ("roles", "allocation", "design"),
    [
        (["drug", "active comparator", "no treatment"], None, CONTROLLED),
        (["drug", "placebo"], None, CONTROLLED),
        (["drug", "placebo"], "not randomised", NOT_RANDOMISED),
        (["drug", "drug"], None, NOT_DETERMINED),
        (["drug", None], None, NOT_DETERMINED),
    ],
)
def test_a_control_arm_is_a_control(
    roles: list[str | None], allocation: str | None, design: str
) -> None:
    arms = [
        {"id": f"a{n}", "name": "An arm", "role": role, "participants": "not reported"}
        for n, role in enumerate(roles)
    ]
    given = {"allocation_type": allocation} if allocation else {}

    assert design_class(study(arms=arms, comparator="not reported", **given)) == design


@pytest.mark.parametrize(
    ("first", "second", "design"),
    [
        ("allocation_type: randomised", "", RANDOMISED),
        ("", "control: placebo", CONTROLLED),
        ("allocation_type: single group", "", UNCONTROLLED),
        ("allocation_type: single group", "allocation_type: randomised", RANDOMISED),
        ("", "", NOT_DETERMINED),
    ],
)
def test_reports_of_one_study_are_in_one_column_and_its_people_count_once(
    tmp_path: Path, first: str, second: str, design: str
) -> None:
    data = sound_folder(tmp_path)
    text = FILES["studies/hiccups.yml"]
    write(data, "studies/hiccups.yml", f"{text}{first}\n" if first else text)
    text = text.replace("value: 40 people", "value: 35 people")
    write(data, "studies/b.yml", f"{text}{second}\n" if second else text)
    tie = "name: One\nreports: [hiccups, b]\nrelation: one study\ntie: inferred\n"
    write(data, "ties/one.yml", f"{tie}at: leaflet use.1.2\nwhy: The same numbers.\n")
    known = Relations(load(data).site)

    [row] = evidence_map(known)
    assert {design_of_study(known, report) for report in known.studies} == {design}
    assert [cell for cell in row.cells if cell.count] == [MapCell(2, 1, 1, Range.of(40))]


def test_people_of_reports_of_one_study_count_once(tmp_path: Path) -> None:
    data = sound_folder(tmp_path)
    write(data, "studies/b.yml", FILES["studies/hiccups.yml"])
    replace(data, "studies/b.yml", "value: 40 people", "value: 35 people")
    apart = evidence_map(Relations(load(data).site))
    tie = "name: One\nreports: [hiccups, b]\nrelation: one study\ntie: inferred\n"
    write(data, "ties/one.yml", f"{tie}at: leaflet use.1.2\nwhy: The same numbers.\n")
    [row] = evidence_map(Relations(load(data).site))

    cell = next(cell for cell in row.cells if cell.count)
    assert cell == MapCell(2, 1, 1, Range.of(40))
    assert next(cell for cell in apart[0].cells if cell.count) == MapCell(2, 2, 2, Range.of(75))


def test_a_number_that_is_not_known_is_not_counted(tmp_path: Path) -> None:
    data = sound_folder(tmp_path)
    old = "participants:\n  value: 40 people\n  at: leaflet use.1.2\n"
    replace(data, "studies/hiccups.yml", old, "participants: not reported\n")

    [row] = evidence_map(Relations(load(data).site))

    assert next(cell for cell in row.cells if cell.count) == MapCell(1, 1, 0, None)


def test_experiments_are_in_lanes_of_their_own(tmp_path: Path) -> None:
    known = Relations(load(rich_folder(tmp_path)).site)

    rows = evidence_map(known)

    lanes = [sum(row.cells[at].count for row in rows) for at in (-2, -1)]
    assert sum(lanes) == len(known.experiments)
    assert min(lanes) > 0


@pytest.mark.parametrize(
    ("number", "end"),
    [(Range.of(4), 4), (Range(None, Range.of(9).high), 9), (Range(None, None), 0)],
)
def test_lower_end(number: Range, end: float) -> None:
    assert lower_end(number) == end
