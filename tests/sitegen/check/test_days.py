"""The days of a course: they lie within it, and number as many as its doses."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import problems, replace, sound_folder

HICCUPS = "regimens/hiccups.yml"


def found(folder: Path, times: str, length: str, more: str) -> list[str]:
    """What is wrong with the days of a regimen with these values, whatever its sentence says."""
    data = sound_folder(folder)
    replace(data, HICCUPS, "times: 2 per day", f"times: {times}\n{more}")
    replace(data, HICCUPS, "length: 5-10 days", f"length: {length}")
    return [problem.partition(": ")[2] for problem in problems(data) if ": days is " in problem]


CYCLE = "courses: {count: not reported, gap: not reported, cycle: 28 days}"


@pytest.mark.parametrize(
    ("times", "length", "more"),
    [
        ("not applicable", "not applicable", 'days: ["1", "8"]\n' + CYCLE),
        ("2 times", "28 days", 'days: ["1", "8"]'),
        ("2 per day", "14 days", "days: 1-14"),
        ("not applicable", "14 days", "days: 1-14\ninterval: 12 hours"),
        ("not applicable", "1 month", "days: 1-14"),
    ],
)
def test_days_within_their_course_are_no_problem(
    tmp_path: Path, times: str, length: str, more: str
) -> None:
    assert found(tmp_path, times, length, more) == []


@pytest.mark.parametrize(
    ("times", "length", "more", "says"),
    [
        ("3 times", "28 days", 'days: ["1", "8"]', "but times is 3 times"),
        ("2 per week", "28 days", 'days: ["1", "8"]', "which counts over something else"),
        ("not applicable", "1 week", 'days: ["1", "8"]', "but length is 1 week"),
        ("not applicable", "not applicable", f"days: 1-35\n{CYCLE}", "but cycle is 28 days"),
        ("not applicable", "28 days", "days: 1-5\ninterval: 7 days", "but interval is 7 days"),
    ],
)
def test_days_that_contradict_the_rest_are_a_problem(
    tmp_path: Path, times: str, length: str, more: str, says: str
) -> None:
    [problem] = found(tmp_path, times, length, more)

    assert says in problem
    assert "mend the one that is wrong" in problem
