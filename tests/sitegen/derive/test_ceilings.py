"""What is at most given: it follows only where a limit, a repeat or a least time allows it."""

from __future__ import annotations

import pytest
from made_records import regimen

from sitegen.derive.ceilings import ceilings
from sitegen.statements.ceilings import ceiling_line


def found(**fields: object) -> list[str]:
    """Each computed limit with its formula, with plain spaces."""
    limits = ceilings(regimen(**fields))
    lines = (f"{ceiling_line(limit)} = {limit.most.formula}" for limit in limits)
    return [line.replace("\u00a0", " ") for line in lines]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"each": "88 micrograms", "times": "2 per day", "max": ["440 micrograms"]},
            ["at most 880 micrograms a day = 440 micrograms × 2 a day"],
        ),
        (
            {"times": "2-3 per day", "max": ["10 mg/kg"]},
            ["at most 30 mg/kg a day = 10 mg/kg × 2–3 a day"],
        ),
        (
            {
                "times": "not applicable",
                "interval": "12 hours",
                "max": ["30 mg/kg per day"],
                "given": "in divided doses",
            },
            ["at most 15 mg/kg in one dose = 30 mg/kg a day ÷ 2 a day, if the doses are equal"],
        ),
        (
            {"each": "1 tablet", "repeat": "30 minutes", "repeats": "1 time"},
            ["at most 2 tablets for one need = 1 tablet × (1 + 1 time)"],
        ),
        (
            {"times": "not applicable", "interval": "≥ 4 hours", "as_needed": "for pain"},
            ["at most 6 doses a day = 24 hours ÷ 4 hours"],
        ),
        (
            {"times": "not applicable", "interval": "≥ 5 hours", "as_needed": "for pain"},
            ["at most 5 doses a day = 24 hours ÷ 5 hours"],
        ),
    ],
)
def test_a_limit_follows_with_its_formula(fields: dict[str, object], expected: list[str]) -> None:
    assert found(**fields) == expected


@pytest.mark.parametrize(
    "fields",
    [
        {"times": "2 per day", "max": ["440 micrograms", "880 micrograms per day"]},
        {"times": "2 per week", "max": ["440 micrograms"]},
        {"times": "2 per day", "max": ["440 micrograms"], "repeat": "10 minutes"},
        {"times": "2 per day", "max": ["440 micrograms"], "as_needed": "for pain"},
        {"times": "2 per day", "max": ["30 mg per day"]},
        {"times": "not applicable", "interval": "4 hours", "as_needed": "for pain"},
        {"times": "not applicable", "interval": "≥ 4 hours"},
        {"times": "not applicable", "interval": "≥ 3 days", "as_needed": "for pain"},
        {"each": "1 tablet", "repeat": "30 minutes"},
        {"each": "1 tablet", "repeat": "30 minutes", "repeats": "not reported"},
        {"each": "1 tablet", "repeat": "30 minutes", "repeats": "≥ 1 times"},
        {"repeat": "30 minutes", "repeats": "1 time"},
    ],
)
def test_no_limit_follows_of_what_leaves_it_open(fields: dict[str, object]) -> None:
    assert found(**fields) == []
