"""The words of each verdict: they name the facts of what was found, and claim nothing else."""

from __future__ import annotations

import pytest

from sitegen.derive.verdict import Fact, Finding, Kind, Verdict
from sitegen.model.quantity import quantity
from sitegen.statements.verdicts import (
    NO_RESULT,
    because,
    formula_line,
    has_result,
    legend_line,
    reason_line,
    result_line,
)

RATIO: dict[str, Fact] = {
    "longer": quantity("12 hours"),
    "shorter": quantity("4 hours"),
    "ratio": quantity("3 times"),
    "stated": quantity("4 times"),
    "needed": quantity("3 hours"),
}
STRENGTH: dict[str, Fact] = {
    "mass": quantity("3 mg"),
    "volume": quantity("0.5 mL"),
    "implied": quantity("6 mg/mL"),
    "strength": quantity("6.1 mg/mL"),
    "name": "Syrup",
    "names": ("Syrup", "Drops"),
}
DOSE: dict[str, Fact] = {
    "dose": quantity("3 mg"),
    "strength": quantity("2 mg/mL"),
    "volume": quantity("1.5 mL"),
    "container": quantity("1 mL"),
    "needed": quantity("3 mg/mL"),
    "total": quantity("30 mg"),
    "bottles": quantity("15 bottles"),
}
LENGTHS: dict[str, Fact] = {
    "studied": quantity("≤ 10 days"),
    "frame": quantity("5-10 days"),
    "needed": (quantity("≥ 5 days"), quantity("≤ 10 days")),
}
REPORTS: dict[str, Fact] = {"reported": 0, "reports": 3, "titles": ("A paper", "A label")}
NUMBER: dict[str, Fact] = {"year": "99", "order": "12", "number": "99/12/7", "rest": "7"}
OF_REPORTS = "reports that say how harms were looked for"
OF_DOSES = "reports that state a dose"
LONGEST = "longest course in regimens and studies"
BOTH = "“A paper” and “A label”"
SAID: dict[Finding, tuple[dict[str, Fact], str, str, str]] = {
    Finding.VALUE_ABSENT: (
        {"field": "dose", "name": "A", "word": "unclear"},
        *("–", "–", "dose of “A” is unclear"),
    ),
    Finding.RATIO_HOLDS: (
        RATIO,
        *("12 hours ÷ 4 hours", "3 times, stated 4 times", "the ratio is the one stated"),
    ),
    Finding.RATIO_HOLDS_IF: (
        {**RATIO, "needed": quantity("≤ 3 hours")},
        *("12 hours ÷ 4 hours", "3 times, stated 4 times"),
        "the shorter lasts at most 3 hours (12 hours ÷ 4 times)",
    ),
    Finding.RATIO_DIFFERS: (
        {**RATIO, "needed": quantity("≥ 3 hours")},
        *("12 hours ÷ 4 hours", "3 times, stated 4 times"),
        "it would hold if the shorter lasts at least 3 hours (12 hours ÷ 4 times)",
    ),
    Finding.STRENGTH_FOUND: (
        STRENGTH,
        *("3 mg ÷ 0.5 mL", "6 mg/mL", "it is the strength of: Syrup, Drops"),
    ),
    Finding.STRENGTH_ROUNDS: (
        STRENGTH,
        *("3 mg ÷ 0.5 mL", "6 mg/mL"),
        "3 mg of Syrup, 6.1 mg/mL, is a volume that rounds to 0.5 mL",
    ),
    Finding.NO_PRODUCT: (STRENGTH, "3 mg ÷ 0.5 mL", "6 mg/mL", "no product is in the records"),
    Finding.STRENGTH_UNKNOWN: (
        STRENGTH,
        *("3 mg ÷ 0.5 mL", "6 mg/mL", "the strength is not known of: Syrup, Drops"),
    ),
    Finding.STRENGTH_NOT_FOUND: (
        STRENGTH,
        *("3 mg ÷ 0.5 mL", "6 mg/mL", "no product in the records has this strength"),
    ),
    Finding.DOSE_FITS: (
        DOSE,
        *("3 mg ÷ 2 mg/mL", "1.5 mL, of 1 mL in a bottle", "a dose is no more than a bottle"),
    ),
    Finding.DOSE_FITS_IF: (
        DOSE,
        *("3 mg ÷ 2 mg/mL", "1.5 mL, of 1 mL in a bottle"),
        "the solution has at least 3 mg/mL (3 mg ÷ 1 mL)",
    ),
    Finding.COURSE_OPEN: ({}, "–", "–", "the course comes to no single amount"),
    Finding.CONTAINERS_NOT_COUNTED: (
        DOSE,
        *("30 mg ÷ 2 mg/mL ÷ 1 mL", "15 bottles a course"),
        "no number of bottles is in the records to compare it with",
    ),
    Finding.LENGTH_CALENDAR: (
        LENGTHS,
        *("up to 10 days within 5–10 days", "–", "a month is no fixed number of days"),
    ),
    Finding.LENGTH_OUTSIDE: (
        LENGTHS,
        *("up to 10 days within 5–10 days", "not within"),
        "the length reaches outside the regimen’s",
    ),
    Finding.LENGTH_WITHIN_IF: (
        LENGTHS,
        *("up to 10 days within 5–10 days", "within in part"),
        "the study lasted at least 5 days and at most 10 days",
    ),
    Finding.LENGTH_WITHIN: (
        LENGTHS,
        *("up to 10 days within 5–10 days", "within"),
        "the length lies within the regimen’s; nothing else is compared",
    ),
    Finding.ROUTE_SAME: (
        {"studied": "oral", "dosed": "oral"},
        *("oral against oral", "the same route", "both name the same route"),
    ),
    Finding.ROUTE_OTHER: (
        {"studied": "oral", "dosed": "topical"},
        *("oral against topical", "another route"),
        "the study names another route than the regimen",
    ),
    Finding.SHARE_OPEN: (
        {"name": "share", "word": "not extracted"},
        *("share × number of participants", "–", "the share is not extracted"),
    ),
    Finding.SHARE_BACKED: (
        {},
        *("share × number of participants", "both reported", "share and number both stand"),
    ),
    Finding.HARMS_UNREAD: ({}, OF_REPORTS, "–", "not every report has been read for it"),
    Finding.HARMS_NO_REPORT: (
        {},
        *(OF_REPORTS, "–", "no report of a study from its source is in the records"),
    ),
    Finding.HARMS_LOOKED_FOR: (
        {**REPORTS, "reported": 2},
        *(OF_REPORTS, "2 of 3", "those reports bear it out"),
    ),
    Finding.HARMS_UNCLEAR: (
        REPORTS,
        *(OF_REPORTS, "0 of 3", "what the reports say of harms is unclear"),
    ),
    Finding.HARMS_NOT_SAID: (
        REPORTS,
        *(OF_REPORTS, "0 of 3"),
        f"none of the 3 reports in {BOTH} says who looked for harms, in how many people, or how",
    ),
    Finding.DOSES_UNREAD: ({}, OF_DOSES, "–", "not every report has been read for it"),
    Finding.DOSES_NO_REPORT: (
        {},
        *(OF_DOSES, "–", "no report of its source has a dose to state"),
    ),
    Finding.DOSES_IN_ALL: (
        {**REPORTS, "reported": 3},
        *(OF_DOSES, "3 of 3", f"every report in {BOTH} states a dose"),
    ),
    Finding.DOSES_IN_SOME: (
        {**REPORTS, "reported": 1},
        *(OF_DOSES, "1 of 3", f"1 of the 3 reports in {BOTH} state a dose"),
    ),
    Finding.DOSES_IN_NONE: (
        REPORTS,
        *(OF_DOSES, "0 of 3", f"none of the 3 reports in {BOTH} states a dose"),
    ),
    Finding.LENGTH_OF_USE_OPEN: (
        {"longest": quantity("21 days"), "left_out": 1},
        *(LONGEST, "21 days"),
        "how long it was is in no field of the record; the longest course recorded is 21 days,"
        " apart from those in months or years",
    ),
    Finding.NO_LENGTH_RECORDED: (
        {"left_out": 0},
        *(LONGEST, "–"),
        "how long it was is in no field of the record; no length of a course is recorded",
    ),
    Finding.NUMBER_HOLDS: (
        NUMBER,
        *("99, 12 in 99/12/7", "both stand in it"),
        "year and order stand in it; what its last part (7) means is not in the records",
    ),
    Finding.NUMBER_DIFFERS: (
        NUMBER,
        *("99, 12 in 99/12/7", "they do not", "the numbers differ"),
    ),
}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("finding", Finding)
def test_what_was_found_has_its_words(finding: Finding) -> None:
    facts, formula, result, reason = SAID[finding]
    verdict = Verdict(finding, facts)

    assert plain(formula_line(verdict)) == formula
    assert plain(result_line(verdict)) == result
    assert has_result(verdict) is (result != NO_RESULT)
    assert plain(because(verdict)) == reason


@pytest.mark.parametrize("finding", Finding)
def test_only_what_cannot_be_checked_begins_its_reason_with_because(finding: Finding) -> None:
    verdict = Verdict(finding, SAID[finding][0])
    begins = "because " if finding.kind is Kind.UNCHECKABLE else ""

    assert reason_line(verdict) == f"{begins}{because(verdict)}"


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (
            Finding.HARMS_NOT_SAID,
            "the one report in “A” does not say who looked for harms, in how many people, or how",
        ),
        (Finding.DOSES_IN_NONE, "the one report in “A” does not state a dose"),
    ],
)
def test_one_report_is_not_none_of_one(finding: Finding, words: str) -> None:
    facts: dict[str, Fact] = {"reported": 0, "reports": 1, "titles": ("A",)}

    assert because(Verdict(finding, facts)) == words


def test_a_number_of_two_parts_has_no_last_part() -> None:
    facts = {**NUMBER, "number": "99/12", "rest": ""}

    assert because(Verdict(Finding.NUMBER_HOLDS, facts)) == "year and order stand in it"


def test_the_legend_has_what_a_reason_begins_with() -> None:
    assert [legend_line(kind) for kind in Kind] == [
        "consistent",
        "consistent only if …",
        "inconsistent",
        "cannot be checked because …",
    ]
