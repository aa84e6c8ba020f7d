"""Why there is no amount: each reason has its words, which name its facts and nothing else."""

from __future__ import annotations

import ast
import functools

import pytest
from folders import ROOT
from made_records import course, regimen

from sitegen.derive.total import Fact, Impossible, Reason
from sitegen.model.absence import Absence
from sitegen.model.quantity import quantity
from sitegen.statements.amounts import none_line, none_word, open_site_line, why_none
from sitegen.statements.regimens import site_phrase

WORDS: dict[Reason, tuple[tuple[Fact, ...], str]] = {
    Reason.ABSENT: (("strength", Absence.NOT_REPORTED), "strength not reported"),
    Reason.SINGLE_DOSE: ((), "a single dose"),
    Reason.ON_LISTED_DAYS: (("on days 1 and 8",), "doses are given on days 1 and 8"),
    Reason.COUNTED_OVER: (("a week",), "the doses are counted over a week"),
    Reason.READ_AS_OVER: (("a week",), "this reading counts doses over a week"),
    Reason.RARER_THAN_DAILY: (
        (quantity("3 days"),),
        "a dose every 3 days, which is rarer than one a day",
    ),
    Reason.NUMBER_UNKNOWN: (
        (quantity("20 minutes"),),
        "a dose every 20 minutes, and their number is not in the records",
    ),
    Reason.AS_NEEDED: ((), "it is given as needed"),
    Reason.NO_STATED_END: (("recovery",), "it is given until recovery"),
    Reason.BY_MEASUREMENT: ((), "the dose follows a measurement"),
    Reason.DOSE_CHANGES: ((), "the dose changes within the phase"),
    Reason.DOSES_DIFFER: ((), "the doses of a day are of different presentations"),
    Reason.NO_FIXED_DAYS: ((quantity("2 months"),), "2 months is no fixed number of days"),
    Reason.OVER_LIMIT: (
        (quantity("4 mg per day"),),
        "its doses come to more than its limit: at most 4 mg a day",
    ),
    Reason.NO_UPPER_BOUND: (
        ("a dose may be repeated",),
        "a dose may be repeated, so there is no upper bound",
    ),
    Reason.SUBSTANCES_DIFFER: ((), "the phases are of different substances"),
    Reason.SEVERAL_READINGS: (("phase 1 of 2", 3), "phase 1 of 2: it has 3 readings"),
    Reason.PHASE_WITHOUT: (
        ("phase 2 of 2", Impossible(Reason.ABSENT, ("duration", Absence.UNCLEAR))),
        "phase 2 of 2: duration unclear",
    ),
    Reason.SITE_OPEN: (
        (Absence.NOT_EXTRACTED,),
        "whether in each nostril or in both together not extracted",
    ),
    Reason.NO_PRESENTATION: ((), "the dose is in drops, and the record names no presentation"),
    Reason.NOT_BY_DROPS: (("topical",), "the route is topical, not by drops"),
    Reason.NOT_INTRANASAL: ((), "the route is not intranasal"),
    Reason.OTHER_UNIT: (("tablets",), "the source counts in tablets"),
    Reason.UNDIVIDED_BY_BODY: (
        (),
        "the dose is by body weight or surface, and nothing is divided so",
    ),
    Reason.NO_BOUND: ((), "bounds on both sides cancel out, and no bound is left"),
    Reason.NO_UNIT: ((), "its amounts are in units that do not go together"),
}


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_has_its_words_and_no_more(reason: Reason) -> None:
    facts, words = WORDS[reason]

    assert why_none(Impossible(reason, facts)).replace("\u00a0", " ") == words


@pytest.mark.parametrize("word", Absence)
def test_a_value_that_is_absent_is_named_with_its_own_word(word: Absence) -> None:
    assert why_none(Impossible(Reason.ABSENT, ("duration", word))) == f"duration {word}"


def test_what_never_ends_is_not_given_until_something() -> None:
    assert why_none(Impossible(Reason.NO_STATED_END, ("lifelong",))) == "it is lifelong"


@pytest.mark.parametrize("reason", Reason)
def test_only_what_does_not_arise_is_not_applicable(reason: Reason) -> None:
    none = Impossible(reason, WORDS[reason][0])
    word = "not applicable" if reason is Reason.SINGLE_DOSE else "cannot be computed"

    assert none_word(none) == word
    assert none_line(none) == f"{word}: {why_none(none)}"


def test_a_day_of_a_single_dose_does_not_arise_and_one_of_an_unknown_number_is_not_known() -> None:
    once = course(each="2 mg", times="1 time").daily
    assert isinstance(once, Impossible)
    assert once.does_not_apply

    unknown = course(each="2 mg").daily
    assert isinstance(unknown, Impossible)
    assert not unknown.does_not_apply


@functools.cache
def names_that_compute() -> set[str]:
    """Every name that a module of the derivations takes from something else."""
    return {
        node.attr
        for path in (ROOT / "scripts/sitegen/derive").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_is_given_by_what_computes(reason: Reason) -> None:
    assert reason.name in names_that_compute()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"site": "not reported"}, ""),
        ({"site": "each nostril", "route": "intranasal"}, " in each nostril"),
        ({"site": "each affected eye"}, " in each affected eye"),
        ({"site": "left arm"}, " (left arm)"),
        (
            {"drops": "2 drops", "route": "intranasal"},
            f" ({open_site_line(Absence.NOT_EXTRACTED)})",
        ),
        *(
            (
                {"drops": "2 drops", "route": "intranasal", "site": str(word)},
                f" (whether in each nostril or in both together {word})",
            )
            for word in (Absence.NOT_REPORTED, Absence.NOT_EXTRACTED, Absence.UNCLEAR)
        ),
    ],
)
def test_where_a_dose_goes_is_open_only_for_drops_whose_site_is_not_stated(
    fields: dict[str, str], words: str
) -> None:
    assert site_phrase(regimen(**fields)) == words
