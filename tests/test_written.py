"""Figures as sources write them, read as exact amounts."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.quantity import quantity
from sitegen.written import dates_written, figures, figures_with_words, normalise


def amounts(text: str) -> list[str | None]:
    """Every figure of a text as the data files write it; None for one without a known unit."""
    found = (figure.quantity() for figure in figures_with_words(text))
    return [None if each is None else str(each) for each in found]


def numbers(text: str) -> list[str]:
    """Every figure that a text writes with digits, whether its unit is known or not."""
    return [str(each) for each in figures(text)]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        # amounts of a dose
        ("6 mg", "6 mg"),
        ("6mg", "6 mg"),
        ("6 MG", "6 mg"),
        ("0.50 mg", "0.5 mg"),
        ("1/2 ml", "0.5 mL"),
        ("1,500 mg", "1500 mg"),
        ("10 to 20 mg", "10-20 mg"),
        ("2.5-5 mg", "2.5-5 mg"),
        ("2.5–5 mg", "2.5-5 mg"),
        ("2.5—5 mg", "2.5-5 mg"),
        ("2.5−5 mg", "2.5-5 mg"),
        ("2.5\u00a0mg", "2.5 mg"),
        ("2.5\n  mg", "2.5 mg"),
        ("250 µg", "250 micrograms"),
        ("250 μg", "250 micrograms"),
        ("250-500 micrograms", "250-500 micrograms"),
        ("0.2 ml", "0.2 mL"),
        ("0.2 mL", "0.2 mL"),
        ("1 mg/ml", "1 mg/mL"),
        ("1 g", "1 g"),
        ("2 drops", "2 drops"),
        ("one drop", "1 drop"),
        ("three bottles", "3 bottles"),
        # how often
        ("once", "1 time"),
        ("once a day", "1 per day"),
        ("twice a day", "2 per day"),
        ("Twice a day", "2 per day"),
        ("three times a day", "3 per day"),
        ("2-3 times a day", "2-3 per day"),
        ("4 times per day", "4 per day"),
        ("3 times daily", "3 per day"),
        ("twice a week", "2 per week"),
        ("3 times per week", "3 per week"),
        ("2-3 times", "2-3 times"),
        ("one-time", "1 time"),
        ("250-500 micrograms a day", "250-500 micrograms per day"),
        ("5 mg per day", "5 mg per day"),
        ("5 mg/day", "5 mg per day"),
        # how long
        ("a week", "1 week"),
        ("A day", "1 day"),
        ("an hour", "1 hour"),
        ("10 days", "10 days"),
        ("5–7-day", "5-7 days"),
        ("10-day", "10 days"),
        ("5-10 days", "5-10 days"),
        ("six weeks", "6 weeks"),
        ("fifth day", "5 days"),
        ("24 hours", "24 hours"),
        ("90 minutes", "90 minutes"),
        # bounds
        ("more than 85%", "> 85 %"),
        ("over 300 people", "> 300 people"),
        ("less than 5 mg", "< 5 mg"),
        ("up to 24 hours", "≤ 24 hours"),
        ("did not exceed 30 minutes", "≤ 30 minutes"),
        ("no longer than 12 hours", "≤ 12 hours"),
        ("at least 20 patients", "≥ 20 people"),
        ("> 5 mg", "> 5 mg"),
        (">5 mg", "> 5 mg"),
        ("≥ 5 mg", "≥ 5 mg"),
        # people and shares
        ("40 patients", "40 people"),
        ("30 healthy volunteers", "30 people"),
        ("24 rats", "24 animals"),
        ("more than 12 animals", "> 12 animals"),
        ("80%", "80 %"),
        ("80 %", "80 %"),
        ("80 percent", "80 %"),
    ],
)
def test_a_figure_is_read_as_the_amount_it_states(written: str, amount: str) -> None:
    assert amounts(written) == [amount]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("6 mg or 9 mg twice a day for a week", ["6 mg", "9 mg", "2 per day"]),
        ("3 mg (0.5 ml)", ["3 mg", "0.5 mL"]),
        ("60 times longer", ["60 times"]),
        ("a text without figures", []),
        ("", []),
    ],
)
def test_a_text_is_read_figure_by_figure(written: str, found: list[str]) -> None:
    assert amounts(written) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("No. 12", ["12"]),
        ("4-10", ["4-10"]),
        ("mid-1960s", ["1960"]),
        ("3 months", ["3"]),
        ("5 stones", ["5"]),
        ("May 3, 1999", ["3", "1999"]),
    ],
)
def test_a_figure_without_a_known_unit_is_its_digits(written: str, found: list[str]) -> None:
    assert numbers(written) == found


def test_number_words_are_figures_only_in_what_a_source_wrote() -> None:
    assert (len(figures("twice")), len(figures_with_words("twice"))) == (0, 1)


@pytest.mark.parametrize(
    ("written", "dates"),
    [
        ("December 20, 1994", {"1994-12-20", "1994-12", "1994"}),
        ("May 3, 1999", {"1999-05-03", "1999-05", "1999"}),
        ("on may 3, 1999 by order", {"1999-05-03", "1999-05", "1999"}),
        ("20 December 1994", {"1994-12-20", "1994-12", "1994"}),
        ("December 1994", {"1994-12", "1994"}),
        ("1994", {"1994"}),
        ("1994-12-20", {"1994-12-20"}),
        ("the 1960s", {"1960s"}),
        ("mid-1960s", {"mid-1960s"}),
        ("early 1960s", {"early-1960s"}),
        ("Smarch 3, 1999", {"1999"}),
        ("1234", set()),
        ("No. 94/294/10", set()),
        ("", set()),
    ],
)
def test_a_date_in_words_is_read_at_each_precision_it_bears(written: str, dates: set[str]) -> None:
    assert dates_written(written) == dates


@pytest.mark.parametrize(
    ("written", "spelling"),
    [
        ("  2.5 – 5\n MG ", "2.5-5 mg"),
        ("10 to 20 mg", "10-20 mg"),
        ("1,234,567 people", "1234567 people"),
        ("1,5 mg", "1.5 mg"),
        ("e\u0301", "\u00e9"),
        ("5 \u03bcg", "5 \u00b5g"),
        ("More Than 5", "> 5"),
        ("overt", "overt"),
    ],
)
def test_a_text_has_one_spelling(written: str, spelling: str) -> None:
    assert normalise(written) == spelling


@given(st.text())
def test_a_spelling_is_spelt_so(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.integers(0, 999), st.sampled_from(["mg", "mL", "days", "hours", "people", "%", "mg/mL"]))
def test_what_the_data_files_write_is_read_as_itself(number: int, unit: str) -> None:
    text = str(quantity(f"{number} {unit}"))

    assert amounts(text) == [text]


_prose = st.lists(
    st.sampled_from(
        [*"0123456789./-–%,>≤ ()", " mg", " ml", "twice", " a day", "/ml", "not ", "over "]
    ),
    max_size=12,
).map("".join)


@given(st.one_of(st.text(), _prose))
@example("1/2 ml")
@example("1/0")
def test_any_text_can_be_read(text: str) -> None:
    amounts(text)
    dates_written(text)


def test_one_over_nothing_is_no_amount() -> None:
    assert amounts("grade 1/0") == [None]


# A figure that is read as another amount than the one written proves a record that is wrong.
@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        pytest.param("2,500 mg", "500 mg", id="a comma between thousands"),
        pytest.param("1,5 mg", "5 mg", id="a decimal comma"),
        pytest.param("10 mg/kg", "10 mg", id="per kilogram of body"),
        pytest.param("10 mg per kg", "10 mg", id="per kilogram of body, in words"),
        pytest.param("10 mg/l", "10 mg", id="per litre"),
        pytest.param("5 mg per week", "5 mg", id="an amount a week"),
        pytest.param("0.2 ml/day", "0.2 mL", id="a volume a day"),
        pytest.param("no more than 5 mg", "> 5 mg", id="no more than"),
        pytest.param("not more than 5 mg", "> 5 mg", id="not more than"),
        pytest.param("no less than 5 mg", "< 5 mg", id="no less than"),
        pytest.param("10 to 20 mg", "20 mg", id="a range in words"),
        pytest.param("10 - 20 mg", "20 mg", id="a range with spaces"),
        pytest.param("about 5 mg", "5 mg", id="about"),
        pytest.param(".5 mg", "5 mg", id="no digit before the point: ten times the dose"),
        pytest.param("3/4 ml", "4 mL", id="a fraction"),
        pytest.param("1 1/2 ml", "0.5 mL", id="a mixed number"),
        pytest.param("1/3 ml", "0.333 mL", id="a fraction that no decimal can write"),
        pytest.param("1e3 mg", "3 mg", id="an exponent"),
        pytest.param("10 000 mg", "0 mg", id="a space between thousands"),
        pytest.param("10 mg / kg", "10 mg", id="per kilogram of body, with spaces"),
        pytest.param("10 mg/day/kg", "10 mg per day", id="a day and per kilogram of body"),
        pytest.param("fifty-two mg", "2 mg", id="a number in two words"),
        pytest.param("no fewer than 5 days", "< 5 days", id="no fewer than"),
        pytest.param("not over 5 mg", "> 5 mg", id="not over"),
        pytest.param("<= 5 mg", "5 mg", id="a bound of two marks"),
    ],
)
def test_a_figure_does_not_prove_another_amount(written: str, wrong: str) -> None:
    assert wrong not in amounts(written)


@pytest.mark.xfail(reason="LIMIT: 'over' before a time is read as 'more than': nothing is proved")
def test_over_some_days_is_how_long() -> None:
    assert amounts("over 5-10 days") == ["5-10 days"]
