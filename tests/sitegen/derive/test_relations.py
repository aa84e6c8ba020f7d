"""Which reports are of one study, and what exists in people, in animals and in vitro."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from sound import MORE, read, replace, rich_folder, study, write

from sitegen.derive.relations import Relations
from sitegen.read.load import load
from sitegen.statements.conditions import condition_line
from sitegen.statements.regimens import lane_line

TRIAL, RATS, CELLS = "studies/trial.yml", "experiments/rats.yml", "experiments/cells.yml"
TIE = "ties/hiccups.yml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The sound folder with five reports and no tie between them."""
    folder = rich_folder(tmp_path)
    (folder / TIE).unlink()
    for id in ("a", "b", "c"):
        write(folder, f"studies/{id}.yml", MORE[TRIAL])
    return folder


def tied(data: Path, name: str, *reports: str, relation: str = "one study") -> None:
    text = MORE[TIE].replace("[hiccups, trial]", f"[{', '.join(reports)}]")
    write(data, f"ties/{name}.yml", text.replace("one study", relation))


def relations(data: Path) -> Relations:
    return Relations(load(data).site)


def groups(data: Path) -> list[list[str]]:
    return [[study.id for study in group] for group in relations(data).groups]


# ---- reports of one study ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        pytest.param([], ["hiccups", "a", "b", "c", "trial"], id="no tie"),
        pytest.param([("a", "b")], ["hiccups", "a b", "c", "trial"], id="two reports"),
        pytest.param([("b", "a")], ["hiccups", "a b", "c", "trial"], id="the other way round"),
        pytest.param([("a", "b", "c")], ["hiccups", "a b c", "trial"], id="three reports"),
        pytest.param(
            [("a", "b"), ("b", "c")], ["hiccups", "a b c", "trial"], id="two ties that share one"
        ),
        pytest.param(
            [("a", "b"), ("c", "trial"), ("b", "c")],
            ["hiccups", "a b c trial"],
            id="a tie that joins two groups",
        ),
        pytest.param(
            [("a", "b"), ("c", "hiccups")], ["hiccups c", "a b", "trial"], id="two groups"
        ),
    ],
)
def test_reports_that_ties_join_are_one_study(
    data: Path, ties: list[tuple[str, ...]], expected: list[str]
) -> None:
    for number, reports in enumerate(ties):
        tied(data, f"tie-{number}", *reports)

    assert groups(data) == [group.split() for group in expected]


def test_the_order_of_ties_changes_no_group(data: Path) -> None:
    found = []
    for order in permutations([("a", "b"), ("c", "trial"), ("b", "c")]):
        for number, reports in enumerate(order):
            tied(data, f"tie-{number}", *reports)
        found.append(groups(data))

    assert found == [[["hiccups"], ["a", "b", "c", "trial"]]] * 6


def test_reports_kept_apart_stay_two_studies(data: Path) -> None:
    tied(data, "apart", "a", "b", relation="kept apart")

    assert ["a", "b"] not in groups(data)
    assert len(groups(data)) == 5


def test_a_report_knows_its_study_and_its_ties(data: Path) -> None:
    tied(data, "same", "a", "b")
    tied(data, "apart", "b", "c", relation="kept apart")
    known = relations(data)
    studies = known.site.studies

    assert {
        id: [report.id for report in known.group_of(study)] for id, study in studies.items()
    } == {
        "a": ["a", "b"],
        "b": ["a", "b"],
        "c": ["c"],
        "hiccups": ["hiccups"],
        "trial": ["trial"],
    }
    assert {id: [tie.id for tie in known.ties_of(study)] for id, study in studies.items()} == {
        "a": ["same"],
        "b": ["apart", "same"],
        "c": ["apart"],
        "hiccups": [],
        "trial": [],
    }


def pooled(data: Path, id: str) -> None:
    replace(data, f"studies/{id}.yml", "\nfindings:", "\npools: Several studies.\nfindings:")


def test_an_analysis_of_several_studies_is_no_study_and_in_no_group(data: Path) -> None:
    pooled(data, "a")
    tied(data, "same", "a", "b")
    known = relations(data)

    assert [study.id for study in known.studies] == ["hiccups", "b", "c", "trial"]
    assert [study.id for study in known.analyses] == ["a"]
    assert groups(data) == [["hiccups"], ["b"], ["c"], ["trial"]]
    assert known.group_of(known.site.studies["a"]) == (known.site.studies["a"],)


def test_an_experiment_is_no_study(data: Path) -> None:
    known = relations(data)

    assert [experiment.id for experiment in known.experiments] == ["rats", "cells"]
    assert {"rats", "cells"} & {study.id for study in (*known.studies, *known.analyses)} == set()


# ---- the sentence on lanes ---------------------------------------------------------------------


def line(data: Path, condition: str = "hiccups") -> str:
    known = relations(data)
    return lane_line(known.site.conditions[condition], known)


ALL = "in people, 5 reports of 5 studies; in animals, 1 experiment; in vitro, 1 experiment"


def test_each_lane_is_counted_by_itself(data: Path) -> None:
    assert line(data) == ALL


def test_nothing_is_said_to_be_nothing(data: Path) -> None:
    assert (
        line(data, "yawning")
        == "in people, no reports; in animals, no experiments; in vitro, no experiments"
    )


def test_reports_of_one_study_count_as_one_study(data: Path) -> None:
    tied(data, "same", "a", "b")

    assert line(data) == ALL.replace("of 5 studies", "of 4 studies")


def test_one_report_is_written_in_the_singular(data: Path) -> None:
    for id in ("a", "b", "c", "trial"):
        (data / f"studies/{id}.yml").unlink()

    assert line(data) == ALL.replace("5 reports of 5 studies", "1 report of 1 study")


@pytest.mark.parametrize(
    ("pooling", "people"),
    [
        (["a"], "4 reports of 4 studies and 1 analysis of several studies"),
        (["a", "b"], "3 reports of 3 studies and 2 analyses of several studies"),
        (
            ["a", "b", "c", "hiccups", "trial"],
            "no reports and 5 analyses of several studies",
        ),
    ],
)
def test_an_analysis_is_counted_beside_the_studies(
    data: Path, pooling: list[str], people: str
) -> None:
    for id in pooling:
        pooled(data, id)

    assert line(data) == ALL.replace("5 reports of 5 studies", people)


def test_an_experiment_changes_its_own_lane_and_no_other(data: Path) -> None:
    write(data, "experiments/mice.yml", read(data, RATS))
    assert line(data) == ALL.replace("animals, 1 experiment", "animals, 2 experiments")

    replace(data, "experiments/mice.yml", "lane: animal", "lane: in vitro")
    assert line(data) == ALL.replace("vitro, 1 experiment", "vitro, 2 experiments")


def test_a_condition_is_described_by_its_lanes_its_regimens_and_its_cautions(data: Path) -> None:
    known = relations(data)
    hiccups = known.site.conditions["hiccups"]

    assert condition_line(hiccups, known) == (
        f"{ALL[0].upper()}{ALL[1:]}. 3 regimens. "
        "The one source read for contraindications does not list it."
    )


# ---- regimens by condition ---------------------------------------------------------------------


def test_the_condition_that_most_sources_report_a_dose_for_is_first_and_no_condition_last(
    data: Path,
) -> None:
    (data / "regimens" / "drops.yml").unlink()

    def by_condition() -> list[tuple[str | None, list[str]]]:
        return [
            (condition and condition.id, [regimen.id for regimen in regimens])
            for condition, regimens in relations(data).regimens_by_condition
        ]

    assert by_condition() == [("hiccups", ["hiccups", "trial"]), ("yawning", ["yawning"])]

    replace(data, "regimens/trial.yml", "conditions: [hiccups]", "conditions: [yawning]")
    assert by_condition() == [("yawning", ["yawning", "trial"]), ("hiccups", ["hiccups"])]

    replace(data, "regimens/trial.yml", "conditions: [yawning]", "conditions: []")
    assert by_condition() == [
        ("hiccups", ["hiccups"]),
        ("yawning", ["yawning"]),
        (None, ["trial"]),
    ]


def test_each_record_with_a_page_knows_those_before_and_after_it_in_its_list(data: Path) -> None:
    known = relations(data)
    lists = [
        known.regimens,
        (*known.studies, *known.analyses),
        known.experiments,
        known.conditions,
        tuple(known.site.sources.values()),
    ]
    for listed in lists:
        around = [known.neighbours(record) for record in listed]
        keys = [record.key for record in listed]

        assert [after.key for _, after in around if after] == keys[1:]
        assert [before.key for before, _ in around if before] == keys[:-1]
        assert around[0][0] is None
        assert around[-1][1] is None


def test_a_record_without_a_page_has_no_neighbours(data: Path) -> None:
    known = relations(data)

    assert known.neighbours(known.cautions[0]) == (None, None)


def test_of_records_first_named_in_one_sentence_the_next_one_decides(data: Path) -> None:
    later = study(id="a", at=["leaflet use.1.1", "leaflet safety.1.1"])
    earlier = study(id="z", at=["leaflet use.1.1", "leaflet use.1.2"])
    alike = study(id="b", at=["leaflet use.1.1", "leaflet safety.1.1"])

    found = relations(data).in_order([later, alike, earlier])

    assert [record.id for record in found] == ["z", "a", "b"]
