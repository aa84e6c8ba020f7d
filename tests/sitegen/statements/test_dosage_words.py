"""What is said of missed doses, targets and conditions, in every state of their fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_records import regimen
from sound import sound_folder

from sitegen.derive.course import courses
from sitegen.derive.frequency import several_courses, target
from sitegen.derive.relations import Relations
from sitegen.derive.total import Impossible
from sitegen.model import Courses
from sitegen.read.load import load
from sitegen.statements.amounts import why_none
from sitegen.statements.conditions import condition_names
from sitegen.statements.missed import missed_lines
from sitegen.statements.regimens import for_whom, regimen_line


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ({"do": "take it"}, "take it"),
        ({"late_by": "≤ 5 days", "do": "take it"}, "up to 5 days late: take it"),
        ({"late_by": "> 5 days", "do": "skip it"}, "more than 5 days late: skip it"),
        (
            {"late_by": "< 6 hours", "part": "morning", "do": "take it"},
            "morning dose, less than 6 hours late: take it",
        ),
        ({"part": "evening", "do": "skip it"}, "evening dose: skip it"),
        (
            {"late_by": "not reported", "do": "skip it"},
            "late (by how much: not reported): skip it",
        ),
    ],
)
def test_a_rule_for_a_missed_dose_is_shown(rule: dict[str, object], line: str) -> None:
    [found] = missed_lines(regimen(missed=[rule]))

    assert found.replace("\u00a0", " ") == line


def test_where_no_rule_is_given_nothing_is_shown() -> None:
    assert missed_lines(regimen()) == ()


@pytest.mark.parametrize(
    ("aims", "words"),
    [
        ([], None),
        (
            [{"measure": "clotting time", "value": "1.5-2 times", "of": "normal"}],
            "set by clotting time 1.5–2 times normal",
        ),
        (
            [
                {"measure": "a", "value": "≥ 4 mg/mL"},
                {"measure": "b", "value": "not reported"},
            ],
            "set by a at least 4 mg/mL; b (not reported)",
        ),
    ],
)
def test_a_target_is_shown(aims: list[dict[str, object]], words: str | None) -> None:
    found = target(regimen(target=aims))

    assert (found and found.replace("\u00a0", " ")) == words


def test_a_dose_that_follows_a_measurement_has_no_total() -> None:
    given = regimen(
        each="5 mg",
        times="2 per day",
        length="4 weeks",
        target=[{"measure": "clotting time", "value": "2 times", "of": "normal"}],
    )
    (way,) = courses(given)

    assert isinstance(way.total, Impossible)
    assert why_none(way.total) == "the dose follows a measurement"
    assert "set by clotting time" in regimen_line(given)


@pytest.mark.parametrize(
    ("courses_of", "words"),
    [
        ({"count": "2 courses", "gap": "20 days"}, "2 courses, 20 days apart"),
        (
            {"count": "2 courses", "gap": "not reported"},
            "2 courses, time between them not reported",
        ),
        (
            {"count": "6 courses", "gap": "not reported", "cycle": "28 days"},
            "6 courses, one every 28 days",
        ),
        (
            {"count": "not reported", "gap": "14 days", "cycle": "28 days"},
            "number of courses not reported, one every 28 days, 14 days apart",
        ),
        (
            {"count": "6 courses", "gap": "20 days", "cycle": "not reported"},
            "6 courses, 20 days apart",
        ),
    ],
)
def test_courses_are_shown(courses_of: dict[str, object], words: str) -> None:
    found = several_courses(Courses.model_validate(courses_of))

    assert found.replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([], ("no condition named",)),
        (["hiccups"], ("Hiccups",)),
        (["hiccups", "yawning"], ("Hiccups", "Yawning")),
    ],
)
def test_a_regimen_without_a_condition_says_so(
    conditions: list[str], expected: tuple[str, ...], tmp_path: Path
) -> None:
    relations = Relations(load(sound_folder(tmp_path)).site)

    assert condition_names(relations, regimen(conditions=conditions)) == expected


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"people": "not reported"}, ""),
        ({"people": "Adults with a stroke"}, "adults with a stroke"),
        ({"population": {"age": "12-17 years"}}, "age 12–17 years"),
        (
            {"people": "Children", "population": {"age": "12-17 years", "weight": "< 40 kg"}},
            "children, age 12–17 years, weight less than 40 kg",
        ),
    ],
)
def test_for_whom_a_dose_is_stands_beside_it(fields: dict[str, object], words: str) -> None:
    given = regimen(**fields)
    assert for_whom(given).replace("\u00a0", " ") == words
    assert (", for " in regimen_line(given)) is bool(words)
    assert words in regimen_line(given).replace("\u00a0", " ")
    without = regimen_line(given, in_words=False).replace("\u00a0", " ")
    assert ("age 12–17 years" in without) is ("age" in words)
    assert "adults" not in without
    assert "children" not in without
