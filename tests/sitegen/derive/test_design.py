"""The design of a study in closed lists: the word chosen, or why there is none."""

from __future__ import annotations

import pytest
from sound import study

from sitegen.derive.design import design_of, says_random
from sitegen.model.absence import Absence


def facets(**fields: object) -> list[str]:
    return [entry.facet for entry in design_of(study(**fields))]


def test_a_chosen_word_stands_in_its_list() -> None:
    found = facets(allocation_type="randomised", masking="open", control="dose comparison")
    assert found == ["allocation: randomised", "masking: open", "control: dose comparison"]


@pytest.mark.parametrize("word", list(Absence))
def test_where_none_is_chosen_the_absence_of_the_words_stands(word: Absence) -> None:
    fields = dict.fromkeys(("allocation", "blinding", "comparator"), str(word))
    assert facets(**fields) == [f"allocation: {word}", f"masking: {word}", f"control: {word}"]


def test_words_that_nobody_has_put_into_a_list_are_our_own_gap() -> None:
    fields = dict.fromkeys(("allocation", "blinding", "comparator"), "As it was")
    assert {entry.value for entry in design_of(study(**fields))} == {Absence.NOT_EXTRACTED}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Randomised", True),
        ("In blocks, by random numbers", True),
        ("randomly", True),
        ("Two groups, not compared; randomised by coin", True),
        ("Not randomised", False),
        ("non-randomised", False),
        ("nonrandomised", False),
        ("Without random allocation", False),
        ("Quasi-random, by date of birth", False),
        ("Randomisation not described", False),
        ("By choice", None),
    ],
)
def test_an_allocation_is_random_only_where_its_words_say_so(
    words: str, expected: bool | None
) -> None:
    assert says_random(words) is expected


@pytest.mark.parametrize(
    ("field", "words", "facet"),
    [
        ("allocation", "Randomised, in blocks", "allocation: randomised"),
        ("allocation", "Not randomised", "allocation: not randomised"),
        ("blinding", "Double blind", "masking: double-blind"),
        ("blinding", "Double-blinded; patients and investigators", "masking: double-blind"),
        ("blinding", "triple-masked", "masking: triple-blind"),
        ("blinding", "Open-label", "masking: open"),
        ("blinding", "Open", "masking: open"),
        ("blinding", "Single-blind at first, then open", "masking: not extracted"),
        ("blinding", "Not double-blind", "masking: not extracted"),
        ("blinding", "Unblinded", "masking: not extracted"),
        ("comparator", "Placebo drops", "control: placebo"),
        ("comparator", "No placebo", "control: not extracted"),
        ("comparator", "A dummy spray", "control: not extracted"),
    ],
)
def test_plain_words_of_the_source_say_which_word_of_the_list_it_is(
    field: str, words: str, facet: str
) -> None:
    assert facet in facets(**{field: words})


def test_a_chosen_word_comes_before_the_words_of_the_source() -> None:
    assert "allocation: unclear" in facets(allocation="Randomised", allocation_type="unclear")


@pytest.mark.parametrize("word", list(Absence))
def test_a_word_of_absence_can_be_chosen_too(word: Absence) -> None:
    assert facets(masking=str(word), blinding="As it was")[1] == f"masking: {word}"


@pytest.mark.parametrize("field", ["allocation_type", "masking", "control"])
def test_a_word_that_is_not_in_the_list_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match="must be one of"):
        study(**{field: "double dummy"})


@pytest.mark.parametrize(
    ("roles", "word"),
    [
        (["drug", "placebo"], "placebo"),
        (["drug", "usual care", "usual care"], "usual care"),
        (["drug", "placebo", "no treatment"], Absence.NOT_EXTRACTED),
        (["drug", None], Absence.NOT_REPORTED),
        (["drug", "drug"], Absence.NOT_REPORTED),
    ],
)
def test_control_arms_of_one_role_say_what_the_control_is(
    roles: list[str | None], word: str | Absence
) -> None:
    arms = [
        {"id": f"a{n}", "name": "An arm", "role": role, "participants": "not reported"}
        for n, role in enumerate(roles)
    ]
    found = {
        entry.field: entry.value for entry in design_of(study(comparator="not reported", arms=arms))
    }

    assert found["control"] == word
