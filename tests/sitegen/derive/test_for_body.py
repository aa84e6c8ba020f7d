"""Amounts by body weight or surface: for a body that a source states, and for no other."""

from __future__ import annotations

import pytest
from made_records import regimen, text
from pydantic import ValidationError

from sitegen.derive.course import courses
from sitegen.derive.for_body import for_bodies
from sitegen.derive.phases import phases
from sitegen.model import Regimen
from sitegen.statements.bodies import bodies_line

A_CHILD = {"for_body": [{"size": "12 kg"}]}


def held(given: Regimen, number: int = 0) -> dict[str, str | None]:
    """Each total for the first body of a phase, by its name."""
    phase = phases(given)[number]
    return {one.of: text(one.total) for one in for_bodies(phase, courses(phase)[0])}


def by_weight(**fields: object) -> Regimen:
    return regimen(**{"each": "10 mg/kg", "times": "2 per day", "length": "5 days", **fields})


def test_each_total_by_weight_is_shown_for_the_weight_that_the_source_states() -> None:
    assert held(by_weight(**A_CHILD)) == {
        "per_dose": "120 mg = 10 mg/kg × 12 kg",
        "daily": "240 mg per day = 20 mg/kg a day × 12 kg",
        "total": "1200 mg = 100 mg/kg × 12 kg",
    }


def test_no_weight_is_taken_from_anywhere_else() -> None:
    heavy = by_weight(population={"weight": "< 40 kg"}, people="Children of 12 kg")

    assert held(heavy) == {}
    assert bodies_line(heavy) is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"each": "10 mg"}, {}),
        ({"each": "10 mg/m2"}, {}),
        ({"each": "not reported"}, {}),
        ({"each": "50 micrograms/kg"}, {"per_dose": "600 micrograms = 50 micrograms/kg × 12 kg"}),
        ({"each": "5-10 mg/kg"}, {"per_dose": "60-120 mg = 5–10 mg/kg × 12 kg"}),
        ({"each": "≤ 10 mg/kg"}, {"per_dose": "≤ 120 mg = up to 10 mg/kg × 12 kg"}),
        ({"each": "100 units/kg"}, {"per_dose": "1200 units = 100 units/kg × 12 kg"}),
    ],
)
def test_only_what_is_by_weight_is_multiplied_by_one(
    fields: dict[str, str], expected: dict[str, str]
) -> None:
    found = held(by_weight(times="not reported", **fields, **A_CHILD))

    assert found == expected


def test_a_surface_is_of_amounts_by_surface() -> None:
    fields = {"each": "10 mg/m2", "times": "1 per week", "length": "2 weeks"}
    given = by_weight(**fields, for_body=[{"size": "0.8 m2"}])

    assert held(given) == {
        "per_dose": "8 mg = 10 mg/m2 × 0.8 m2",
        "weekly": "8 mg = 10 mg/m2 × 0.8 m2",
        "total": "16 mg = 20 mg/m2 × 0.8 m2",
    }


def test_what_the_source_works_out_is_stated_and_the_rest_computed() -> None:
    given = by_weight(for_body=[{"size": "12 kg", "each": "120 mg", "daily": "240 mg per day"}])

    assert held(given) == {
        "per_dose": "120 mg",
        "daily": "240 mg per day",
        "total": "1200 mg = 100 mg/kg × 12 kg",
    }
    assert bodies_line(given) == "12\u00a0kg: 120\u00a0mg, 240\u00a0mg a day"


def test_a_later_phase_takes_the_weight_and_not_what_is_worked_out() -> None:
    later = {"each": "5 mg/kg", "times": "1 time", "daily": "not reported", "length": "1 day"}
    given = by_weight(for_body=[{"size": "12 kg", "each": "120 mg"}], then=[later])

    assert held(given)["per_dose"] == "120 mg"
    assert held(given, 1)["per_dose"] == "60 mg = 5 mg/kg × 12 kg"
    assert bodies_line(phases(given)[1]) == "12\u00a0kg"


def test_several_bodies_are_told_apart() -> None:
    given = by_weight(for_body=[{"size": "12 kg"}, {"size": "40 kg"}])
    names = [one.name for one in for_bodies(given, courses(given)[0]) if one.of == "per_dose"]

    assert names == ["for 12\u00a0kg", "for 40\u00a0kg"]


@pytest.mark.parametrize("size", ["12 mg", "12 years", "1.2 m", "not reported", "0 kg"])
def test_a_body_is_a_weight_or_a_surface(size: str) -> None:
    with pytest.raises(ValidationError):
        by_weight(for_body=[{"size": size}])
