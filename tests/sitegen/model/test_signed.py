"""Numbers with a sign: read exactly, written back as printed, and compared with their sign."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.quantity import write_number
from sitegen.model.signed import read_interval, read_one, read_signed


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("-1.7", "-17/10", "-17/10", ""),
        ("1.70", "17/10", "17/10", ""),
        ("0", "0", "0", ""),
        ("-2.9 to -0.5", "-29/10", "-1/2", ""),
        ("-0.5 to 1.2", "-1/2", "6/5", ""),
        ("-1.7 mg", "-17/10", "-17/10", "mg"),
        ("-10 to -5 %", "-10", "-5", "%"),
    ],
)
def test_a_number_is_read_with_its_sign_and_unit(text: str, low: str, high: str, unit: str) -> None:
    found = read_signed(text)
    assert found.meaning == (Fraction(low), Fraction(high), unit)
    assert str(found) == text


@pytest.mark.parametrize(
    "text",
    ["", "1,7", "+1.7", "−1.7", "- 1.7", "-.5", "01", "-2.9--0.5", "-0.5 to -2.9", "1 to 1", "3 x"],
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        read_signed(text)


def test_one_number_is_no_interval_and_an_interval_no_number() -> None:
    with pytest.raises(ValueError, match="an interval"):
        read_interval("-1.7")
    with pytest.raises(ValueError, match="one number"):
        read_one("-2.9 to -0.5")


@given(st.integers(-(10**6), 10**6), st.integers(0, 3))
def test_a_decimal_is_read_exactly(whole: int, places: int) -> None:
    number = Fraction(whole, 10**places)
    assert read_one(write_number(number)).low == number


def test_a_page_has_true_minus_signs() -> None:
    assert read_signed("-2.9 to -0.5").shown == "\u22122.9 to \u22120.5"
