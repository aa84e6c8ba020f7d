"""A weight or surface that amounts are worked out for: it goes with the dose, and so do they."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import problems, replace, sound_folder

HICCUPS = "regimens/hiccups.yml"


def found(folder: Path, each: str, body: str, more: str = "") -> list[str]:
    """The contradictions of a body and a dose, whatever their sentence says."""
    data = sound_folder(folder)
    replace(data, HICCUPS, "each: 2-4 mg", f"each: {each}\nfor_body: [{body}]{more}")
    return [one for one in problems(data) if "by kg" in one or "by m2" in one or " × " in one]


@pytest.mark.parametrize(
    ("each", "body"),
    [
        ("10 mg/kg", "{size: 12 kg}"),
        ("10 mg/kg", "{size: 12 kg, each: 120 mg, daily: 240 mg per day}"),
        ("10 mg/kg", "{size: 12 kg, each: 0.12 g}"),
        ("5-10 mg/kg", "{size: 12 kg, each: 100 mg}"),
        ("10 mg/kg", "{size: 12.3 kg, each: {value: 120 mg, note: The source rounds.}}"),
        ("10 mg/m2", "{size: 0.8 m2, each: 8 mg}"),
        ("10 mg/kg", "{size: 12 kg, each: 2 tablets}"),
    ],
)
def test_what_goes_together_is_no_problem(tmp_path: Path, each: str, body: str) -> None:
    assert found(tmp_path, each, body) == []


@pytest.mark.parametrize(
    ("each", "body", "says"),
    [
        ("10 mg", "{size: 12 kg}", "for_body is 12 kg, but no amount of the phase is by kg"),
        ("10 mg/m2", "{size: 12 kg}", "no amount of the phase is by kg"),
        ("10 mg/kg", "{size: 0.8 m2}", "no amount of the phase is by m2"),
        ("10 mg/kg", "{size: 12 kg, each: 130 mg}", "each is 130 mg, but 10 mg/kg × 12 kg = 120"),
        (
            *("10 mg/kg", "{size: 12 kg, daily: 120 mg per day}"),
            "daily is 120 mg per day, but 20 mg/kg a day × 12 kg = 240 mg per day",
        ),
    ],
)
def test_what_contradicts_the_dose_is_a_problem(
    tmp_path: Path, each: str, body: str, says: str
) -> None:
    [problem] = found(tmp_path, each, body)

    assert says in problem


def test_a_weight_that_a_later_phase_takes_is_not_asked_for_again(tmp_path: Path) -> None:
    later = "\nthen: [{each: 3 mg, times: 2 per day, daily: not reported, length: not reported}]"

    assert found(tmp_path, "10 mg/kg", "{size: 12 kg}", later) == []
