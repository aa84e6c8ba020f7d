"""A stated amount a day against dose, site and frequency: they agree, or a note says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import problems, replace, sound_folder

HICCUPS = "regimens/hiccups.yml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return sound_folder(tmp_path)


def found(data: Path, dose: str, times: str, daily: str, more: str = "") -> list[str]:
    """The contradictions in a regimen with these values, whatever its sentence says."""
    replace(data, HICCUPS, "each: 2-4 mg", f"each: {dose}")
    replace(data, HICCUPS, "times: 2 per day", f"times: {times}")
    replace(data, HICCUPS, "daily: not reported", f"daily: {daily}\n{more}".rstrip())
    return [problem for problem in problems(data) if ": daily is " in problem]


@pytest.mark.parametrize(
    ("dose", "times", "daily", "more"),
    [
        ("2-4 mg", "2 per day", "4-8 mg per day", ""),
        ("2-4 mg", "2 per day", "6 mg per day", ""),
        ("2-4 mg", "2 per day", "6000 micrograms per day", ""),
        ("2-4 mg", "2 per day", "not reported", ""),
        ("not reported", "2 per day", "6 mg per day", ""),
        ("3 mg", "not reported", "6 mg per day", ""),
        ("3 mg", "2 per day", '"≤ 6 mg per day"', ""),
        ("3 mg", "not applicable", "12 mg per day", "interval: 6 hours"),
        ("3 mg", "2 per day", "12 mg per day", "site: each nostril\nroute: intranasal"),
        ("3 mg", "2 per day", "9 mg per day", "repeat: 10 minutes"),
        ("3 mg", "2 per week", "3 mg per day", ""),
        ("3 mg", "3 times", "3 mg per day", ""),
    ],
)
def test_a_daily_amount_that_equals_its_doses_is_no_problem(
    data: Path, dose: str, times: str, daily: str, more: str
) -> None:
    if "route:" in more:
        replace(data, HICCUPS, "route: oral\n", "")

    assert found(data, dose, times, daily, more) == []


@pytest.mark.parametrize(
    ("dose", "times", "daily", "more", "says"),
    [
        (
            *("300 micrograms", "2 per day", "1200 micrograms per day", ""),
            "300 micrograms × 2 a day = 600 micrograms per day",
        ),
        ("3 mg", "2 per day", "9 mg per day", "", "3 mg × 2 a day = 6 mg per day"),
        ("3 mg", "2-3 per day", "3 mg per day", "", "3 mg × 2–3 a day = 6-9 mg per day"),
        ("2-4 mg", "2 per day", "4-9 mg per day", "", "2–4 mg × 2 a day = 4-8 mg per day"),
        ("3 mg", "2 per day", "5 mg per day", "repeat: 10 minutes", "= ≥ 6 mg per day"),
        (
            *("3 mg", "not applicable", "6 mg per day", "interval: 6 hours"),
            "3 mg × 4 a day = 12 mg per day",
        ),
    ],
)
def test_a_stated_day_that_contradicts_its_doses_is_a_problem(
    data: Path, dose: str, times: str, daily: str, more: str, says: str
) -> None:
    [problem] = found(data, dose, times, daily, more)

    assert says in problem
    assert "say why in a note on daily" in problem


def test_a_note_on_the_day_says_why(data: Path) -> None:
    daily = "{value: 9 mg per day, note: Both are printed.}"

    assert found(data, "3 mg", "2 per day", daily) == []


@pytest.mark.parametrize(
    ("times", "interval", "fits"),
    [
        ("2-3 per day", "4-5 hours", True),
        ("4 per day", "8 hours", True),
        ("4 per day", "9 hours", False),
        ("2 per day", "3 days", False),
        ("1 per day", "3 days", True),
        ("2 per week", "3 days", True),
        ("3 times", "3 days", True),
        ("4 per day", "{value: 9 hours, note: As printed.}", True),
    ],
)
def test_doses_of_a_day_fit_into_it(data: Path, times: str, interval: str, fits: bool) -> None:
    replace(data, HICCUPS, "times: 2 per day", f"times: {times}\ninterval: {interval}")

    found_problems = [problem for problem in problems(data) if "do not fit into a day" in problem]

    assert bool(found_problems) is not fits


@pytest.mark.parametrize(
    ("dose", "times", "weekly", "says"),
    [
        ("3 mg", "2 per week", "6 mg per week", None),
        ("3 mg", "2 per week", "9 mg per week", "3 mg × 2 a week = 6 mg"),
        ("2-4 mg", "2 per week", "6 mg per week", None),
        ("3 mg", "2 per day", "42 mg per week", None),
        ("3 mg", "2 per day", "9 mg per week", "3 mg × 2 a day = 6 mg per day"),
        ("3 mg", "2 per day", "{value: 30 mg per week, note: On five days.}", None),
        ("not reported", "2 per day", "9 mg per week", None),
        ("3 mg", "2 per month", "9 mg per week", None),
        ("3 mg", "2 per week", "2 tablets per week", None),
    ],
)
def test_a_stated_week_is_what_its_doses_come_to(
    data: Path, dose: str, times: str, weekly: str, says: str | None
) -> None:
    replace(data, HICCUPS, "each: 2-4 mg", f"each: {dose}")
    replace(data, HICCUPS, "times: 2 per day", f"times: {times}\nweekly: {weekly}")

    found_problems = [problem for problem in problems(data) if ": weekly is " in problem]

    assert len(found_problems) == (says is not None)
    assert all(f"but {says}: mend" in problem for problem in found_problems)


@pytest.mark.parametrize(
    ("limit", "more", "says"),
    [
        ("2 mg", "", None),
        ("1 mg", "", "each is 2-4 mg"),
        ("2 mg per day", "", "2–4 mg × 2 a day = 4-8 mg per day"),
        ("4 mg per day", "", None),
        ("1 per day", "", "times is 2 per day"),
        ("3 per day", "", None),
        ("3 per week", "", "times is 2 per day"),
        ("1 tablet", "", None),
        ("{value: 1 mg, note: Both are printed.}", "", None),
        ("2 mg per day", "as_needed: for hiccups", None),
    ],
)
def test_no_dose_is_above_a_limit_of_its_kind(
    data: Path, limit: str, more: str, says: str | None
) -> None:
    replace(data, HICCUPS, "volume:", f"max: [{limit}]\n{more}\nvolume:")

    found_problems = [problem for problem in problems(data) if ": max is " in problem]

    assert len(found_problems) == (says is not None)
    assert all(f"but {says}: mend" in problem for problem in found_problems)


def test_an_arm_is_held_to_its_own_doses(data: Path) -> None:
    dosage = "[{each: 3 mg, times: 2 per day, daily: 9 mg per day, length: 10 days}]"
    arm = f"{{id: a, name: A, participants: 40 people, dosage: {dosage}}}"
    replace(data, "studies/hiccups.yml", "findings:", f"arms: [{arm}]\nfindings:")

    [problem] = [problem for problem in problems(data) if ": daily is " in problem]

    assert "daily is 9 mg per day, but 3 mg × 2 a day = 6 mg per day" in problem
