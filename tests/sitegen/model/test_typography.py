"""How amounts, frequencies and dates are written on a page."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import When
from sitegen.model.quantity import Quantity, Range, quantity
from sitegen.model.typography import amount, date, prose, rounded, times, whole_number
from sitegen.model.units import BUILT_IN
from sitegen.model.when import read_when


def plain(text: str) -> str:
    """A text with plain spaces, to be read in a table of cases."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("6 mg", "6 mg"),
        ("2.5-5 mg", "2.5–5 mg"),
        ("1 day", "1 day"),
        ("5-10 days", "5–10 days"),
        ("2 per day", "2 a day"),
        ("2 per week", "2 a week"),
        ("2.5-5 mg per day", "2.5–5 mg a day"),
        ("250 micrograms per day", "250 micrograms a day"),
        ("> 300 people", "more than 300 people"),
        ("≥ 20 people", "at least 20 people"),
        ("< 5 mg", "less than 5 mg"),
        ("≤ 24 hours", "up to 24 hours"),
        ("6-<12 years", "6 to less than 12 years"),
        ("> 85 %", "more than 85 %"),
        ("1 mg/mL", "1 mg/mL"),
        ("1 time", "1 time"),
    ],
)
def test_an_amount_is_written_for_a_page(value: str, shown: str) -> None:
    assert plain(amount(quantity(value))) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (quantity("10 mg") / quantity("3 mL"), "about 3.33 mg/mL"),
        (quantity("1-2 mg") / quantity("3 mL"), "about 0.333–0.667 mg/mL"),
        (quantity("10 mg") / quantity("4 mL"), "2.5 mg/mL"),
        (quantity("> 10 mg") / quantity("3 mL"), "more than about 3.33 mg/mL"),
    ],
)
def test_what_is_rounded_says_about(value: Quantity, shown: str) -> None:
    assert plain(amount(value)) == shown


@given(st.integers(0, 99_999), st.sampled_from(BUILT_IN.all))
def test_an_amount_never_breaks_over_two_lines(number: int, unit: object) -> None:
    shown = amount(quantity(f"{number} {unit.many}"))  # type: ignore[attr-defined]

    assert re.fullmatch(r"[0-9,]+\u00a0\S.*", shown)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1 per day", "once a day"),
        ("2 per day", "twice a day"),
        ("3 per day", "three times a day"),
        ("4 per day", "four times a day"),
        ("5 per day", "5 times a day"),
        ("6 per day", "six times a day"),
        ("12 per day", "12 times a day"),
        ("2-3 per day", "2–3 times a day"),
        ("0.5 per day", "0.5 times a day"),
        ("1 time", "once"),
        ("2 times", "twice"),
        ("7 times", "7 times"),
        ("2-3 times", "2–3 times"),
        ("2 per week", "twice a week"),
        ("1.5 per day", "1.5 times a day"),
        ("2.5 times", "2.5 times"),
        ("≤ 3 per day", "up to 3 times a day"),
        pytest.param(
            "≤ 1 per day",
            "up to 1 time a day",
        ),
    ],
)
def test_a_frequency_is_written_in_words(value: str, shown: str) -> None:
    assert plain(times(quantity(value))) == shown


def test_a_bound_on_one_takes_the_singular() -> None:
    assert plain(amount(quantity("≤ 1 hour"))) == "up to 1 hour"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1994-12-20", "20 December 1994"),
        ("1999-05-03", "3 May 1999"),
        ("2020-02-29", "29 February 2020"),
        ("1994-12", "December 1994"),
        ("1994", "1994"),
        ("1960s", "1960s"),
        ("mid-1960s", "mid-1960s"),
    ],
)
def test_a_date_is_written_for_readers_on_both_sides_of_the_atlantic(text: str, shown: str) -> None:
    assert plain(date(read_when(text))) == shown


@pytest.mark.parametrize(
    "text",
    [
        *("", "94", "19940", "1994-1", "1994-12-20-01", "1994s-12", "mid-1994", "mid-1994-12"),
        *("soon-1960s", "20 December 1994", "1994-00", "1994-13", "1994-12-00", "1994-12-32"),
        *("1994-02-30", "1900-02-29", "1994-04-31", "0000-01-01"),
    ],
)
def test_any_other_text_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="must be a d"):
        read_when(text)


def test_dates_sort_by_their_time_and_a_decade_by_its_named_part() -> None:
    text = [
        "1959",
        "early-1960s",
        "1963",
        "mid-1960s",
        "late-1960s",
        "1994-05",
        "1994-12-20",
        "1994-12-21",
    ]
    whens: list[When] = [read_when(text) for text in reversed(text)]

    assert [when.text for when in sorted(whens, key=lambda when: when.order)] == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("50% of 2.5-5 mg", "50_% of 2.5–5_mg"),
        ("50 % in 5-10 days", "50_% in 5–10_days"),
        ("more than 85%.", "more than 85_%."),
        ("https://example.org/a?b=%2287-07%22", "https://example.org/a?b=%2287-07%22"),
        ("doi.org/10.1000/%281998%29101-9", "doi.org/10.1000/%281998%29101-9"),
        ("10.1000/5-10.2", "10.1000/5-10.2"),
        ("aged 20-64 years", "aged 20–64_years"),
        ("1-2 tablets of 5 IU", "1–2_tablets of 5_IU"),
        ("-4.2 (-5 to -1)", "−4.2 (−5 to −1)"),
        ("COVID-19, beta-2", "COVID-19, beta-2"),
    ],
)
def test_a_text_keeps_amounts_together_and_addresses_as_they_are(text: str, shown: str) -> None:
    assert prose(text).replace("\u00a0", "_") == shown


# ---- what is computed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("6 mg", "6 mg"),
        ("126 mg", "126 mg"),
        ("1260 mg", "1,260 mg"),
        ("1264 mg", "about 1,260 mg"),
        ("17.28 mg per day", "about 17.3 mg a day"),
        ("0.4125-1.65 bottles", "about 0.412–1.65 bottles"),
        ("≤ 12.3456 mg", "up to about 12.3 mg"),
        ("0 mg", "0 mg"),
        ("1234 people", "1,234 people"),
        ("1001 animals", "1,001 animals"),
    ],
)
def test_a_computed_amount_has_three_figures_at_most(value: str, shown: str) -> None:
    assert plain(rounded(quantity(value))) == shown


@given(st.decimals(min_value=0, max_value=999_999_999, places=6, allow_nan=False))
def test_no_computed_amount_claims_more_than_three_figures(number: Decimal) -> None:
    value = Quantity(Range.of(Fraction(number)), quantity("1 mg").unit)

    digits = re.sub("[^0-9]", "", rounded(value)).strip("0")

    assert len(digits) <= 3
    assert ("about" in rounded(value)) == (
        rounded(value) != amount(value) or "about" in amount(value)
    )


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        ("0.2 drops/nostril", "less than 1 drop"),
        ("0.4 drops", "less than 1 drop"),
        ("0.00666 bottles", "less than 1 bottle"),
        ("0.4-1.7 bottles", "1–2 whole bottles"),
        ("0.4-1 drops", "1 whole drop"),
        ("≥ 0.4 drops", "at least 1 drop"),
        ("≤ 0.4 drops", "less than 1 drop"),
        ("0.5 drops", None),
        ("2.5 drops", None),
        ("0.2 mL", None),
        ("0.2 mg", None),
        ("0.05 mL/drop", None),
    ],
)
def test_a_small_share_of_what_is_counted_has_a_whole_number(value: str, whole: str | None) -> None:
    found = whole_number(quantity(value))

    assert (found and plain(found)) == whole
