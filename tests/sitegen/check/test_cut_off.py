"""Which listed figures are cut off from what their sentence says of them."""

from __future__ import annotations

import ast

import pytest
from folders import TESTS

from sitegen.check.cut_off import cut_from
from sitegen.check.register import draft

LASTS = "Treatment should not last longer than 6 months."
TABLETS = "Do not take more than four tablets a day."
CHANGE = "The change was −4.2 points (95% CI −6.0 to -2.4)."


def wholes(sentence: str, listed: list[str], mark: str = ".") -> list[str]:
    """The whole figures of which those listed are parts."""
    others = ([other for other in listed if other != one] for one in listed)
    found = (
        cut_from(sentence, one, apart, mark) for one, apart in zip(listed, others, strict=True)
    )
    return [whole for whole in found if whole]


@pytest.mark.parametrize(
    ("sentence", "listed", "whole"),
    [
        # a bound before and behind, also a denied one
        (LASTS, "6 months", "should not last longer than 6 months"),
        (LASTS, "longer than 6 months", "should not last longer than 6 months"),
        (TABLETS, "four tablets", "Do not take more than four tablets a day"),
        (TABLETS, "four tablets a day", "Do not take more than four tablets a day"),
        (TABLETS, "more than four tablets a day", "Do not take more than four tablets a day"),
        ("Give at least 5 mg.", "5 mg", "at least 5 mg"),
        ("Give ≤5 mg.", "5 mg", "≤5 mg"),
        ("Give about 5 mg.", "5 mg", "about 5 mg"),
        ("Give 5 mg or more.", "5 mg", "5 mg or more"),
        ("40 mg must not be exceeded.", "40 mg", "40 mg must not be exceeded"),
        # a range that has its unit at the end alone, and the words of an age
        ("Take two to four tablets.", "four tablets", "two to four tablets"),
        ("5 bis 10 mg.", "10 mg", "5 bis 10 mg"),
        ("Patients aged 18 to 65 years.", "18 to 65 years", "aged 18 to 65 years"),
        # a denial far before what is done
        (
            "Do not use Examplin 0.05% in children for longer than 7 days.",
            "longer than 7 days",
            "not use Examplin 0.05% in children for longer than 7 days",
        ),
        ("For 6 to < 12 years.", "12 years", "6 to < 12 years"),
        ("They were treated over 12 weeks.", "12 weeks", "over 12 weeks"),
        ("No more often than twice a day.", "twice a day", "No more often than twice a day"),
        ("They had a mean age of 45 years.", "45 years", "mean age of 45 years"),
        # a denial
        ("Not 5 mg but 10 mg.", "5 mg", "Not 5 mg"),
        ("They did not receive 5 mg.", "5 mg", "not receive 5 mg"),
        ("It doesn't last 5 days.", "5 days", "doesn't last 5 days"),
        ("Нельзя, не 5 мг.", "5 мг", "не 5 мг"),
        ("It was not seen in more than 5%.", "more than 5%", "not seen in more than 5%"),
        # a limit that the reader does not read
        ("The maximum dose is 5 mg.", "5 mg", "maximum dose is 5 mg"),
        ("The lowest recommended dose was 5 mg.", "5 mg", "lowest recommended dose was 5 mg"),
        ("Die maximale Tagesdosis beträgt 5 mg.", "5 mg", "maximale Tagesdosis beträgt 5 mg"),
        ("Максимальная суточная доза — 5 мг.", "5 мг", "Максимальная суточная доза — 5 мг"),
        ("The dose is limited to 5 mg.", "5 mg", "limited to 5 mg"),
        # a sign
        (CHANGE, "4.2 points", "−4.2 points"),
        (CHANGE, "6.0 to -2.4", "−6.0 to -2.4"),
        (CHANGE, "2.4", "−6.0 to -2.4"),
        ("It rose by +4.2.", "4.2", "+4.2"),
        ("From 5-10 mg.", "-10 mg", "From 5-10 mg"),
        # a denominator
        ("Give 5 mg/kg.", "5 mg", "5 mg/kg"),
        ("Give 5 mg per kg of body weight.", "5 mg", "5 mg per kg of body weight"),
        ("Take 20 mg daily.", "20 mg", "20 mg daily"),
        ("A daily dose of 4 mg.", "4 mg", "daily dose of 4 mg"),
        ("It has 50 mg in each tablet.", "50 mg", "50 mg in each tablet"),
        ("It has 2 mg per 1 ml.", "2 mg", "2 mg per 1 ml"),
        # a number or a unit
        (CHANGE, "−4.2", "−4.2 points"),
        ("It took 10 days.", "0 days", "10 days"),
        ("It took 0.5 ml.", "5 ml", "0.5 ml"),
        ("Two hundred thousand IU.", "Two hundred", "Two hundred thousand IU"),
        ("5 × 10⁶ cells", "5", "5 × 10⁶ cells"),
        ("Take 2–4 mg.", "2", "2–4 mg"),
        ("Every 8 hours.", "8 hours", "Every 8 hours"),
        ("Three times a day.", "a day", "Three times a day"),
        ("Give 8 hourly doses.", "8 hourly", "8 hourly doses"),
    ],
)
def test_a_part_of_a_figure_is_cut_off_from_the_whole(
    sentence: str, listed: str, whole: str
) -> None:
    assert wholes(sentence, [listed]) == [whole]


@pytest.mark.parametrize(
    ("sentence", "listed"),
    [
        (LASTS, ["not last longer than 6 months"]),
        (TABLETS, ["not take more than four tablets a day"]),
        (CHANGE, ["−4.2 points", "95%", "−6.0 to -2.4"]),
        ("Take one of the 50 mg capsules.", ["50 mg"]),
        # a denominator that is listed as another figure
        ("Take 20 mg daily.", ["20 mg", "daily"]),
        ("Take 20 mg a day.", ["20 mg", "day"]),
        ("A daily dose of 4 mg.", ["4 mg", "daily"]),
        ("Give 5 mg/kg daily.", ["5 mg/kg", "daily"]),
        ("It has 2 mg per 1 ml.", ["2 mg", "1 ml"]),
        ("100 mg over 30 minutes.", ["100 mg", "over 30 minutes"]),
        ("3–5 times over 5–10 days.", ["3–5 times", "5–10 days"]),
        ("Up to four doses within 24 hours.", ["Up to four doses", "24 hours"]),
        # a denominator that a record has elsewhere, or that changes nothing
        ("Two sprays in each nostril.", ["Two sprays"]),
        ("Give 5 mg per dose.", ["5 mg"]),
        ("Give 5 mg per patient.", ["5 mg"]),
        ("Once a month a tablet of 200 µg.", ["Once a month", "a tablet", "200 µg"]),
        # a number whose noun or people stand behind it
        ("Of 40 patients in 12 centres, 26 improved.", ["40", "12", "26"]),
        ("26 of 40 people improved.", ["26", "40 people"]),
        # the ends of a range, each with its unit; parts of what nothing reads as one figure
        ("It was raised from 5 mg to 10 mg.", ["5 mg", "10 mg"]),
        ("Take 2 x 50 mg.", ["2", "50 mg"]),
        ("A tablet of 500/125 mg.", ["500", "125 mg"]),
        ("It lasted 1 h 30 min.", ["1 h", "30 min"]),
        ("By day 30 (p = 0.01).", ["30", "0.01"]),
        ("On 20 December 1994 under No. 12.", ["20 December", "1994", "12"]),
        ("It was given for1–2 weeks.", ["1–2 weeks"]),
        # a denial of something else
        ("Not for children under 12 years.", ["under 12 years"]),
        ("It must not be used in patients over 65 years.", ["over 65 years"]),
        ("Do not use if more than 6 months have passed.", ["more than 6 months"]),
        ("Do not store above 25 °C.", ["above 25 °C"]),
        # a limit of something else
        ("The maximum effect was seen after 5 mg.", ["5 mg"]),
        ("The maximum, 20 mg, and the dose of 5 mg.", ["20 mg", "5 mg"]),
        ("Highest score 5 points.", ["5 points"]),
        ("The maximum dose: take 5 mg.", ["5 mg"]),
        # whole in one place
        ("At first up to 5 mg, then 5 mg.", ["5 mg"]),
        ("Nothing of it stands here.", ["5 mg"]),
    ],
)
def test_a_figure_that_says_what_its_sentence_says_is_whole(
    sentence: str, listed: list[str]
) -> None:
    assert wholes(sentence, listed) == []


def test_a_bound_and_a_denial_are_part_of_a_figure_though_listed_apart() -> None:
    assert wholes("Give at least 5 mg.", ["at least", "5 mg"]) == ["at least 5 mg"]
    assert wholes("Give not 5 mg.", ["not", "5 mg"]) == ["not 5 mg"]


def test_a_part_is_not_whole_because_the_whole_is_listed_beside_it() -> None:
    assert wholes("Give 5 mg/kg.", ["5 mg/kg", "5 mg"]) == ["5 mg/kg"]


@pytest.mark.parametrize(
    ("sentence", "listed"),
    [
        ("If it has not been used for more than 7 days, prime it.", "more than 7 days"),
        ("Patients who had not taken it for more than 6 months.", "more than 6 months"),
        ("Give from 5 mg to 10 mg.", "10 mg"),
        ("Do not use with a clearance of less than 30 mL/min.", "less than 30 mL/min"),
    ],
)
def test_a_gap_a_second_unit_and_a_denial_of_another_thing_leave_a_figure_whole(
    sentence: str, listed: str
) -> None:
    assert wholes(sentence, [listed]) == []


def test_a_figure_is_read_by_the_marks_of_its_source() -> None:
    assert cut_from("Give 1,500 mg.", "500 mg", [], ",") == "1,500 mg"
    assert cut_from("Give 1,500 mg.", "1,500 mg", [], ".") is None


LINES = (TESTS / "printed_figures.tsv").read_text(encoding="utf-8").splitlines()[::25]


@pytest.mark.parametrize("sentence", [LASTS, TABLETS, CHANGE, "Not 5 mg, nor less than 2 mg."])
def test_a_drafted_figure_is_whole(sentence: str) -> None:
    assert wholes(sentence, drafted(sentence)) == []


def test_a_drafted_figure_is_whole_in_any_sentence() -> None:
    """Every twenty-fifth line of the table of printed figures."""
    sentences = (f"It is given with {line.partition(chr(9))[0]}, they say." for line in LINES)

    assert [found for one in sentences if (found := wholes(one, drafted(one), ""))] == []


def drafted(sentence: str) -> list[str]:
    """The figures of the register that is begun for a sentence."""
    lines = [line for line in draft(f"use.1.1 {sentence}") if line.startswith("    figures: ")]
    found: list[str] = ast.literal_eval(lines[0].partition(": ")[2]) if lines else []
    return found
