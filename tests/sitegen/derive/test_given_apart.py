"""What a report gives by arm, in its results or in a list is not said to be missing."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from sound import study

from sitegen.derive.completeness import answers, count, state_of, with_harms
from sitegen.derive.given_apart import listed_word, places_given_apart
from sitegen.model import Study
from sitegen.model.absence import Absence
from sitegen.model.reporting_items import ITEMS
from sitegen.statements.studies import apart_line

AT = "leaflet use.1.3"
NONE: dict[str, Any] = {"id": "a", "name": "Examplin", "participants": "not reported"}
DRUG = {**NONE, "role": "drug"}
DUMMY = {"id": "b", "name": "Dummy", "role": "placebo", "participants": "not reported"}
EACH = {
    "each": "2 mg",
    "times": "2 per day",
    "daily": "not reported",
    "length": "not reported",
    "route": "oral",
    "at": AT,
}
EMPTY = {**EACH, "each": "not reported"}
EMPTY_TIMES = {**EACH, "times": "not reported"}
EMPTY_ROUTE = {name: value for name, value in EACH.items() if name != "route"}
BY_INTERVAL = {**EACH, "times": "not reported", "interval": "8 hours"}
GIVEN: list[tuple[str, dict[str, Any], str]] = [
    ("participants", {"arms": [{**NONE, "participants": "30 people"}]}, ""),
    ("comparator", {"arms": [DRUG, DUMMY]}, "Dummy"),
    ("comparator", {"control": {"value": "placebo", "at": AT}}, "placebo"),
    ("allocation", {"allocation_type": {"value": "randomised", "at": AT}}, "randomised"),
    ("blinding", {"masking": {"value": "open", "at": AT}}, "open"),
    ("dose", {"other_doses": [{"value": "6 mg per day", "at": AT}]}, "6\u00a0mg a day"),
    ("dose", {"arms": [{**DRUG, "dosage": [EACH]}]}, "2\u00a0mg twice a day, oral (Examplin)"),
    (
        "dose",
        {
            "arms": [{**DRUG, "dosage": [EACH]}],
            "other_doses": [{"value": "6 mg", "at": AT}],
        },
        "2\u00a0mg twice a day, oral (Examplin), other dose: 6\u00a0mg",
    ),
    ("frequency", {"arms": [{**DRUG, "dosage": [EACH]}, DUMMY]}, "twice a day"),
    ("frequency", {"arms": [{**DRUG, "dosage": [BY_INTERVAL]}]}, "every 8\u00a0hours"),
    (
        "frequency",
        {"arms": [{**DRUG, "dosage": [EACH, {**BY_INTERVAL, "interval": None}]}]},
        "twice a day, then not reported",
    ),
    (
        "frequency",
        {"arms": [{**DRUG, "dosage": [EACH]}, {**DUMMY, "dosage": [BY_INTERVAL]}]},
        "twice a day (Examplin), every 8\u00a0hours (Dummy)",
    ),
    (
        "frequency",
        {"arms": [{**DRUG, "dosage": [EACH]}, {**DUMMY, "dosage": [EMPTY_TIMES]}]},
        "twice a day (Examplin)",
    ),
    ("length", {"arms": [{**DRUG, "dosage": [{**EACH, "length": "10 days"}]}]}, "10\u00a0days"),
    ("length", {"arms": [{**DRUG, "dosage": [{**EACH, "until": "lifelong"}]}]}, "lifelong"),
    ("route", {"arms": [{**DRUG, "dosage": [EACH, EMPTY_ROUTE]}]}, "oral"),
    (
        "numeric_result",
        {
            "arms": [NONE],
            "results": [
                {"outcome": "Ease", "by_arm": [{"arm": "a", "events": "3 people"}], "at": AT}
            ],
        },
        "numbers for ease",
    ),
    (
        "numeric_result",
        {"results": [{"outcome": "Ease", "estimate": {"value": "-1.7"}, "at": AT}]},
        "numbers for ease",
    ),
    (
        "effect",
        {"results": [{"outcome": "Ease", "estimate": {"p": "= 0.006"}, "at": AT}]},
        "p value for ease",
    ),
    (
        "effect",
        {"results": [{"outcome": "Ease", "estimate": {"interval": "1 to 2"}, "at": AT}]},
        "interval for ease",
    ),
    (
        "effect",
        {
            "results": [
                {"outcome": "Ease", "estimate": {"interval": "1 to 2", "p": "= 0.006"}, "at": AT}
            ]
        },
        "interval and p value for ease",
    ),
    ("harms", {"harm_events": [{"event": "Yawning", "at": AT}]}, "Yawning"),
]
STATED_ABSENCES = (Absence.NOT_REPORTED, Absence.NONE_OBSERVED)
NOT_GIVEN: list[tuple[str, dict[str, Any]]] = [
    ("participants", {"arms": [NONE]}),
    ("comparator", {"arms": [DRUG]}),
    ("comparator", {"arms": [NONE, {**NONE, "id": "c"}]}),
    ("comparator", {"control": "not reported"}),
    ("allocation", {"allocation_type": "not extracted"}),
    ("dose", {"arms": [{**DRUG, "dosage": [EMPTY]}]}),
    ("dose", {"other_doses": ["not extracted"]}),
    ("frequency", {"arms": [{**DRUG, "dosage": [EMPTY_TIMES]}]}),
    ("frequency", {"arms": [DRUG, DUMMY]}),
    ("length", {"arms": [{**DRUG, "dosage": [EACH]}]}),
    ("route", {"arms": [{**DRUG, "dosage": [EMPTY_ROUTE]}]}),
    ("numeric_result", {"results": [{"outcome": "Ease", "direction": "unclear", "at": AT}]}),
    ("effect", {"results": [{"outcome": "Ease", "estimate": {"value": "-1.7"}, "at": AT}]}),
    ("setting", {"arms": [DRUG, DUMMY]}),
]


def made(field: str, word: str, given: dict[str, Any]) -> Study:
    return study(**{"at": ["leaflet use.1.2", AT], field: word, **given})


def is_a_word_of_a_list(given: dict[str, Any]) -> bool:
    return bool({"control", "allocation_type", "masking"} & set(given))


@pytest.mark.parametrize(
    ("case", "word"),
    [
        (case, word)
        for case, word in product(GIVEN, Absence)
        if not (is_a_word_of_a_list(case[1]) and word in STATED_ABSENCES)
    ],
)
def test_what_is_given_apart_is_reported_whatever_the_field_says(
    case: tuple[str, dict[str, Any], str], word: Absence
) -> None:
    field, given, line = case
    found = made(field, word.value, given)

    assert state_of(found, field) == "reported"
    assert apart_line(found, field) == line
    assert places_given_apart(found, field)


@pytest.mark.parametrize("word", STATED_ABSENCES)
@pytest.mark.parametrize("case", [case for case in GIVEN if is_a_word_of_a_list(case[1])])
def test_a_word_of_a_list_answers_nothing_where_the_words_are_said_to_be_absent(
    case: tuple[str, dict[str, Any], str], word: Absence
) -> None:
    field, given, _ = case
    found = made(field, word.value, given)

    assert state_of(found, field) == word.value
    assert listed_word(found, field) is None


@pytest.mark.parametrize(("case", "word"), list(product(NOT_GIVEN, Absence)))
def test_what_is_not_given_apart_has_the_word_of_its_field(
    case: tuple[str, dict[str, Any]], word: Absence
) -> None:
    field, given = case
    found = made(field, word.value, given)

    assert state_of(found, field) == word.value
    assert places_given_apart(found, field) == ()


@pytest.mark.parametrize(("field", "given", "line"), GIVEN)
def test_what_is_given_apart_counts_as_one_item_reported(
    field: str, given: dict[str, Any], line: str
) -> None:
    without = count(answers(made(field, "not extracted", {})))
    with_it = count(answers(made(field, "not extracted", given)))

    others = len(
        [
            item
            for item in ITEMS
            if places_given_apart(made(field, "not extracted", given), item.field)
        ]
    )
    assert with_it.reported == without.reported + others


def test_a_value_of_the_field_itself_comes_first() -> None:
    found = made("harms", "Two people yawned", {"harm_events": [{"event": "A", "at": AT}]})

    assert places_given_apart(found, "harms") == ()
    assert with_harms([found, made("harms", "not reported", {})]) == (found,)


def test_only_items_with_a_closed_list_have_a_word_of_one() -> None:
    found = made("blinding", "not extracted", {"masking": "open"})

    assert listed_word(found, "setting") is None
    assert str(listed_word(found, "blinding").value) == "open"  # type: ignore[union-attr]
