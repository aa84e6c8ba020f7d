"""Numbered weeks: proved by what a source prints, and each phase behind the one before."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import problems, replace, sound_folder

from sitegen.check.evidence import Evidence, Printed, unproved

HICCUPS = "regimens/hiccups.yml"
THEN = "{each: 3 mg, times: 2 per day, daily: not reported, length: not reported, weeks: %s%s}"


def found(folder: Path, weeks: str, *then: str, length: str = "not reported") -> list[str]:
    """What is wrong with the weeks of phases, whatever their sentence says."""
    data = sound_folder(folder)
    later = "".join(f"\n  - {one}" for one in then)
    replace(data, HICCUPS, "length: 5-10 days", f"length: {length}\nweeks: {weeks}")
    replace(data, HICCUPS, "strength:", f"then:{later}\nstrength:" if later else "strength:")
    return [problem for problem in problems(data) if ": weeks is " in problem]


@pytest.mark.parametrize(
    ("weeks", "then", "length"),
    [
        ("1-4", (THEN % ("5-8", ""), THEN % ("from 9", "")), "not reported"),
        ("from 1", (THEN % ("from 5", ""),), "not reported"),
        ("1-4", (THEN % ("from 9", ""),), "not reported"),
        ("1-4", (THEN % ("1-4", ", starts: with the phase before"),), "not reported"),
        ("1-4", (), "4 weeks"),
        ("1-4", (), "28 days"),
        ("1-4", (), "1 month"),
        ("from 5", (), "2 weeks"),
        ("{value: unclear, note: A dash is lost.}", (THEN % ("1-4", ""),), "not reported"),
    ],
)
def test_weeks_that_go_on_are_no_problem(
    tmp_path: Path, weeks: str, then: tuple[str, ...], length: str
) -> None:
    assert found(tmp_path, weeks, *then, length=length) == []


@pytest.mark.parametrize(
    ("weeks", "then", "length", "says"),
    [
        (*("1-4", (THEN % ("4-8", ""),), "not reported"), "the phase before is given until week 4"),
        (*("from 5", (THEN % ("1-4", ""),), "not reported"), "phase before is given from week 5"),
        (*("1-4", (), "3 weeks"), "weeks is 1-4, but length is 3 weeks"),
    ],
)
def test_weeks_that_contradict_others_are_a_problem(
    tmp_path: Path, weeks: str, then: tuple[str, ...], length: str, says: str
) -> None:
    [problem] = found(tmp_path, weeks, *then, length=length)

    assert says in problem
    assert "say why in a note on weeks" in problem


def test_a_note_says_why_weeks_overlap(tmp_path: Path) -> None:
    noted = "{value: 4-8, note: Both are printed.}"

    assert found(tmp_path, "1-4", THEN % (noted, "")) == []


@pytest.mark.parametrize(
    ("printed", "proves"),
    [
        ("weeks 1–4", {"1-4"}),
        ("Weeks 1 to 4", {"1-4"}),
        ("weeks 1 through 4", {"1-4"}),
        ("from week 5", {"from 5"}),
        ("week 5 onwards", {"from 5"}),
        ("Week 9", {"9", "from 9"}),
        ("Week 1 4", set()),
        ("4 weeks", set()),
        ("14 weeks", set()),
    ],
)
def test_weeks_are_proved_by_weeks_with_their_numbers(printed: str, proves: set[str]) -> None:
    there = Evidence((Printed(printed),))
    tried = ("1-4", "1", "4", "5", "9", "14", "from 1", "from 4", "from 5", "from 9", "from 14")

    assert {one for one in tried if not [*unproved(one, there, ("weeks", "value"))]} == proves
