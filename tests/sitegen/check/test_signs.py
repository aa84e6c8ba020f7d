"""A number with a sign is proved by the same number with the same sign alone."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from sitegen.check.evidence import Evidence, Printed, unproved, unproved_in_text
from sitegen.model.signed import read_signed
from sitegen.model.values import Dose


def there(*printed: str) -> Evidence:
    return Evidence(tuple(Printed(text, ".") for text in printed))


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("-1.7", "-1.7"),
        ("-1.7", "\u22121.7"),
        ("1.7", "1.7"),
        ("1.7", "+1.7"),
        ("-2.9 to -0.5", "\u22122.9 to \u22120.5"),
        ("-0.5 to 1.2", "\u22120.5 to 1.2"),
        ("-0.5 to 1.2", "-0.5 to +1.2"),
        ("0.5 to 1.2", "0.5-1.2"),
        ("-1.7 mg", "-1.7 mg"),
        ("-1.7", "\u22121.7 (\u22122.9 to \u22120.5)"),
        ("-2.1 points", "\u22122.1 points"),
        ("-3.6 to -0.6 points", "\u22123.6 to \u22120.6 points"),
        ("-2.1", "\u22122.1"),
    ],
)
def test_the_same_number_with_the_same_sign_proves(value: str, printed: str) -> None:
    assert list(unproved(read_signed(value), there(printed))) == []


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("-1.7", "1.7"),
        ("1.7", "-1.7"),
        ("-1.7", "+1.7"),
        ("-1.7", "\u00b11.7"),
        ("1.7", "\u00b1 1.7"),
        ("1.7", "< 1.7"),
        ("-1.7", "-1.7 mg"),
        ("-1.7 mg", "-1.7"),
        ("-2.9 to -0.5", "2.9 to 0.5"),
        ("-2.9 to -0.5", "0.5-2.9"),
        ("-2.9 to 0.5", "\u22122.9 to \u22120.5"),
        ("0.5 to 2.9", "-0.5 to 2.9"),
        ("-5 to 10", "-5-10"),
        ("-2.1", "\u22122.1 points"),
        ("-2.1 points", "\u22122.1"),
        ("-2.1 points", "2.1 points"),
        ("-2.1 points", "\u22122.1 percentage points"),
        ("-2.1 points", "\u22122.1% points"),
        ("-5 points", "-5-point scale"),
    ],
)
def test_any_other_sign_or_unit_proves_nothing(value: str, printed: str) -> None:
    assert list(unproved(read_signed(value), there(printed))) == [value]


def test_a_text_needs_the_sign_as_well() -> None:
    assert list(unproved_in_text("A change of -1.7", there("\u22121.7"))) == []
    assert list(unproved_in_text("A change of -1.7", there("1.7"))) == ["-1.7"]
    assert list(unproved_in_text("A change of 1.7", there("\u22121.7"))) == ["1.7"]


@pytest.mark.parametrize(
    ("text", "printed", "missing"),
    [
        ("-4.2 points", "\u22124.2 points", []),
        ("4.2 points", "4.2 points", []),
        ("4.2 points", "4.2", ["4.2 points"]),
        ("4.2 points", "\u22124.2 points", ["4.2 points"]),
        ("4.2 points", "4.2 percentage points", ["4.2 points"]),
        ("5 points", "5-point scale", ["5 points"]),
        ("2 points", "2 time points", ["2 points"]),
        ("2 points", "two points of care", ["2 points"]),
        ("5 percentage points", "5 points", ["5 percentage"]),
    ],
)
def test_a_score_in_points_is_proved_by_the_same_score_alone(
    text: str, printed: str, missing: list[str]
) -> None:
    assert list(unproved_in_text(text, there(printed))) == missing


def test_no_dose_is_in_points() -> None:
    with pytest.raises(ValueError, match="'point' is no unit of this field"):
        TypeAdapter(Dose).validate_python("6 points")
