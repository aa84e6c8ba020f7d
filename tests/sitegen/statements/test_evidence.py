"""The highest evidence level of a study, from its design only."""

from __future__ import annotations

from itertools import product

import pytest
from sound import source, study

from sitegen.model.absence import Absence
from sitegen.statements.evidence import Level, best_level, evidence_level

OPEN = (Absence.NOT_EXTRACTED, Absence.UNCLEAR)
SEEN_ONLY_BY_OTHERS = ("summary by others", "bibliographic record", "single facts")


RETELLING = [{"word": "secondary", "why": "It retells the study of others."}]
OTHER_READINGS = [
    ("abstract", {}, "abstract"),
    *((read, {}, read) for read in SEEN_ONLY_BY_OTHERS),
    ("full text", {"character": RETELLING}, "retelling"),
    ("single facts", {"character": RETELLING}, "retelling"),
]
"""Ways to read less than the full text of the study itself, and what is said to be read."""


def level_of(read: str = "full text", **fields: object) -> Level:
    """The level of a study of which nothing is reported but what is given."""
    return evidence_level(study(**fields), source(read=read))


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ({"comparator": "Placebo", "allocation": "Randomised by coin"}, 2),
        ({"comparator": "not extracted", "allocation": "At random"}, 2),
        ({"comparator": "not reported", "allocation": "At random"}, 2),
        ({"comparator": "Placebo", "allocation": "Not randomised"}, 3),
        ({"comparator": "not extracted", "allocation": "Not at random"}, 3),
        ({"comparator": "Historical controls", "allocation": "not reported"}, 4),
        ({"comparator": "Historical controls", "allocation": "not extracted"}, 4),
        ({"pools": "3 trials", "allocation": "Randomised trials only"}, 1),
        ({"pools": "3 studies", "allocation": "Some not randomised"}, 3),
    ],
)
def test_a_design_that_was_read_has_its_level(fields: dict[str, object], level: int) -> None:
    assert level_of(**fields).level == level


@pytest.mark.parametrize("pools", [None, "3 studies"])
@pytest.mark.parametrize("words", ["By the day of the week", "Cohorts", "In sealed envelopes"])
def test_words_that_neither_say_nor_deny_that_it_was_random_decide_nothing(
    pools: str | None, words: str
) -> None:
    assert level_of(pools=pools, comparator="Placebo", allocation=words).level is None


@pytest.mark.parametrize("words", ["At random", "Not randomised", "Cohorts", *map(str, Absence)])
@pytest.mark.parametrize(
    ("chosen", "level", "pooled"),
    [
        ("randomised", 2, 1),
        ("not randomised", 3, 3),
        ("single group", 4, 3),
        ("unclear", None, None),
    ],
)
def test_the_closed_list_of_allocation_comes_before_the_words(
    words: str, chosen: str, level: int | None, pooled: int | None
) -> None:
    fields = {"comparator": "Placebo", "allocation": words, "allocation_type": chosen}

    assert level_of(**fields).level == level
    assert level_of(**fields, pools="3 studies").level == pooled


CONTROLS = ["placebo", "active comparator", "no treatment", "usual care", "dose comparison"]


@pytest.mark.parametrize("words", ["Placebo", "Historical controls", *map(str, Absence)])
@pytest.mark.parametrize(
    ("chosen", "level"), [*((control, 3) for control in CONTROLS), ("no control", 4)]
)
def test_the_closed_list_of_controls_comes_before_the_words(
    words: str, chosen: str, level: int
) -> None:
    assert level_of(comparator=words, control=chosen).level == level
    assert level_of(comparator=words, control=chosen, allocation="At random").level == 2


@pytest.mark.parametrize("role", ["placebo", "active comparator", "no treatment", "usual care"])
@pytest.mark.parametrize("comparator", ["not reported", "not extracted", "Another drug"])
def test_a_control_arm_is_a_control_group(role: str, comparator: str) -> None:
    arms = [
        {"id": "a", "name": "Examplin", "role": "drug", "participants": "10 people"},
        {"id": "b", "name": "Another", "role": role, "participants": "10 people"},
    ]
    found = level_of(comparator=comparator, arms=arms)

    assert str(found) == "level 3: controlled, random allocation not reported"
    assert level_of(comparator="Historical controls", arms=arms).level == 4


@pytest.mark.parametrize("words", ["The same patients before treatment", "Another drug"])
@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ({}, None),
        ({"allocation": "Not randomised"}, None),
        ({"allocation": "By the day of the week"}, None),
        ({"allocation": "At random"}, 2),
        ({"allocation_type": "not randomised"}, 3),
        ({"allocation_type": "single group"}, 4),
        ({"control": "no control"}, 4),
        ({"control": "active comparator"}, 3),
    ],
)
def test_words_that_name_no_group_at_the_same_time_raise_no_level(
    words: str, fields: dict[str, str], level: int | None
) -> None:
    assert level_of(comparator=words, **fields).level == level


@pytest.mark.parametrize("masking", ["open", "double-blind", "not extracted"])
def test_masking_decides_no_level(masking: str) -> None:
    fields = {"comparator": "Placebo", "allocation": "At random"}

    assert level_of(**fields, masking=masking) == level_of(**fields)


@pytest.mark.parametrize("word", ["not extracted", "not reported", "not applicable"])
def test_where_the_lists_have_no_word_the_words_of_the_source_are_read(word: str) -> None:
    fields = {"comparator": "Placebo", "allocation": "At random"}

    assert level_of(**fields, allocation_type=word, control=word).level == 2


@pytest.mark.parametrize(("comparator", "allocation"), list(product(Absence, Absence)))
def test_without_a_comparator_and_an_allocation_the_level_is_4_only_where_both_were_read(
    comparator: Absence, allocation: Absence
) -> None:
    level = level_of(comparator=str(comparator), allocation=str(allocation)).level

    unread = comparator in OPEN or allocation in OPEN
    assert level == (None if unread or comparator is Absence.NOT_APPLICABLE else 4)


@pytest.mark.parametrize("allocation", Absence)
def test_a_comparator_without_an_allocation_is_level_3_only_where_the_allocation_was_read(
    allocation: Absence,
) -> None:
    found = level_of(comparator="Placebo", allocation=str(allocation))

    assert found.level == (None if allocation in OPEN else 3)
    assert str(allocation) in found.why


@pytest.mark.parametrize("allocation", Absence)
@pytest.mark.parametrize("comparator", ["Placebo", *map(str, Absence)])
def test_pooled_studies_of_unknown_allocation_have_no_level(
    comparator: str, allocation: Absence
) -> None:
    found = level_of(pools="3", comparator=comparator, allocation=str(allocation))

    assert found.level is None
    assert "level 1 if they all are" in found.why


@pytest.mark.parametrize("field", ["comparator", "allocation"])
@pytest.mark.parametrize("other", ["Placebo", "At random", *map(str, Absence)])
@pytest.mark.parametrize("pools", [None, "3 trials"])
def test_what_was_not_read_never_lowers_a_level(field: str, other: str, pools: str | None) -> None:
    rest = {"allocation": other} if field == "comparator" else {"comparator": other}

    def level(value: str) -> int | None:
        return level_of(pools=pools, **{field: value}, **rest).level

    possible = [level(value) for value in ("Placebo", "At random", "not reported")]
    unread = level("not extracted")

    assert unread is None or unread <= min(level for level in possible if level)


@pytest.mark.parametrize(("read", "character", "what"), OTHER_READINGS)
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "comparator and allocation not reported in the {} read"),
        (
            {"comparator": "Placebo"},
            "allocation not reported in the {} read; level 2 if it was random, else level 3",
        ),
        ({"control": "no control"}, None),
        ({"allocation": "Not randomised"}, None),
        ({"comparator": "not extracted"}, "allocation not reported in the {} read"),
    ],
)
def test_only_the_silence_of_the_full_text_of_a_study_lowers_its_level(
    read: str,
    character: dict[str, object],
    what: str,
    fields: dict[str, object],
    said: str | None,
) -> None:
    found = evidence_level(study(**fields), source(read=read, **character))

    if said is None:
        assert found == level_of(**fields)
    else:
        assert str(found) == f"not determined: {said.format(what)}"


def test_reports_of_one_study_have_the_best_level_that_one_of_them_determines() -> None:
    paper, abstract = source(read="full text"), source(read="abstract")
    retelling = source(read="full text", character=RETELLING)
    silent, controlled = study(), study(comparator="Placebo")
    random = study(comparator="Placebo", allocation="At random")

    assert best_level([(silent, paper), (random, abstract)]).level == 2
    assert best_level([(controlled, abstract), (silent, retelling), (random, paper)]).level == 2
    assert best_level([(silent, retelling), (controlled, abstract)]) == evidence_level(
        controlled, abstract
    )
    assert best_level([(controlled, abstract), (silent, abstract)]) == evidence_level(
        controlled, abstract
    )


def test_the_silence_of_a_full_text_is_written_without_a_reservation() -> None:
    text = study(comparator="Placebo")
    in_full = source(read="full text", sections=[], sentences=[])

    assert (
        str(evidence_level(text, in_full)) == "level 3: controlled, random allocation not reported"
    )


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {"comparator": "Placebo"},
            "level 3: controlled, random allocation not reported",
        ),
        ({"comparator": "not extracted"}, "not determined: comparator not extracted"),
        (
            {"comparator": "not applicable"},
            "not determined: the report does not compare the drug with anything",
        ),
    ],
)
def test_a_level_is_written_with_its_reason(fields: dict[str, object], text: str) -> None:
    assert str(level_of(**fields)) == text
