"""What is there twice under another name: copies that a curator changed by half."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sound import problems, replace

EXAMPLE = Path(__file__).parents[3] / "examples" / "examplin" / "data"
TRIAL = "studies/winter-fatigue-trial.yml"
DELETE = "delete one of the two, or mend"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path / "data")


def copy(data: Path, name: str, other: str, *changes: tuple[str, str]) -> list[str]:
    """Copy a file with some changes; return all that the check says then."""
    shutil.copy(data / name, data / other)
    for old, new in changes:
        replace(data, other, old, new)
    return problems(data)


def test_a_source_copied_under_another_title_is_known_by_its_sentences(example: Path) -> None:
    """The copy is the one that no record cites, also where its name comes first."""
    replace(
        example, "sources/example.yml", "address: not reported", "address: https://example.org/1"
    )
    title = ("title: Examplin in practice", "title: Practice")
    (said,) = copy(example, "sources/example.yml", "sources/berg.yml", title)
    assert said.startswith("data/sources/berg.yml:")
    assert said.endswith(
        ": sentences are those of data/sources/example.yml too: delete one of the two sources, or"
        " mend what is wrong"
    )


@pytest.mark.parametrize(
    "changes",
    [
        [("org/1", "org/2")],
        [("f4f7ce0c", "a4f7ce0c")],
    ],
    ids=["at another address", "with another sentence"],
)
def test_another_address_or_sentence_makes_another_source(
    example: Path, changes: list[tuple[str, str]]
) -> None:
    replace(
        example, "sources/example.yml", "address: not reported", "address: https://example.org/1"
    )
    title = ("title: Examplin in practice", "title: Practice")
    said = copy(example, "sources/example.yml", "sources/berg.yml", title, *changes)
    assert [line for line in said if "too: delete" in line] == []


def test_a_study_copied_for_another_condition_is_one_report(example: Path) -> None:
    changes = (
        ("conditions: [winter-fatigue]", "conditions: [seasonal-headache]"),
        ("name: Trial of", "name: Another trial of"),
    )
    said = copy(example, TRIAL, "studies/headache.yml", *changes)
    assert [line for line in said if "but for its name and conditions" in line] == [
        "data/studies/winter-fatigue-trial.yml:3: but for its name and conditions it says what"
        " data/studies/headache.yml says: list the conditions of both in one of the two and delete"
        " the other, or mend what is another study"
    ]


def test_a_study_with_other_results_is_another(example: Path) -> None:
    changes = (
        ("conditions: [winter-fatigue]", "conditions: [seasonal-headache]"),
        ("events: 4 people", "events: 12 people"),
    )
    said = copy(example, TRIAL, "studies/headache.yml", *changes)
    assert [line for line in said if "name and conditions" in line] == []


def test_a_contraindication_in_other_words_is_there_already(example: Path) -> None:
    changes = (("name: Pregnancy", "name: Pregnant women"), ("must not", "is not to"))
    said = copy(example, "cautions/pregnancy.yml", "cautions/women.yml", *changes)
    assert said == [
        "data/cautions/women.yml:1: kind, conditions and at are those of"
        f" data/cautions/pregnancy.yml: {DELETE} what is wrong"
    ]


@pytest.mark.parametrize("change", [("common\n", "rare\n"), ('events: "3"', 'events: "4"')])
def test_an_effect_with_another_frequency_or_count_is_another(
    example: Path, change: tuple[str, str]
) -> None:
    said = copy(
        example,
        "cautions/itching.yml",
        "cautions/itch.yml",
        ("name: Itching", "name: Itch"),
        change,
    )
    assert [line for line in said if "are those of" in line] == []


def test_a_term_is_one_in_whatever_capitals(example: Path) -> None:
    changes = (("name: placebin", "name: Placebin"), ("A hormone", "An invented hormone"))
    said = copy(example, "terms/placebin.yml", "terms/the-same.yml", *changes)
    assert said == [
        "data/terms/the-same.yml:2: name is that of data/terms/placebin.yml too: delete one of the"
        " two, or say in the name how they differ"
    ]


@pytest.mark.parametrize(
    "change", [("pharmaceutical", "odd translation"), ("about.1.1", "about.1.2")]
)
def test_a_word_of_another_kind_or_sentence_is_another_term(
    example: Path, change: tuple[str, str]
) -> None:
    said = copy(example, "terms/placebin.yml", "terms/another.yml", change)
    assert [line for line in said if "name is that of" in line] == []


def test_the_point_of_a_number_is_no_full_stop(example: Path) -> None:
    replace(example, "products/nasal-spray.yml", "name: Nasal spray", "name: Spray 1.5 mg")
    change = ("name: Spray 1.5 mg", "name: Spray 15 mg")
    said = copy(example, "products/nasal-spray.yml", "products/other.yml", change)
    assert [line for line in said if "name is that of" in line] == []


def test_a_claim_under_another_name_is_a_copy(example: Path) -> None:
    change = ("name: ", "name: Again, ")
    said = copy(example, "claims/duration.yml", "claims/length.yml", change)
    assert said == [
        f"data/claims/length.yml:1: says what data/claims/duration.yml says: {DELETE} it"
    ]


def test_a_result_in_another_order_of_fields_is_there_already(example: Path) -> None:
    harm = "harm_events:\n  - event: Itching\n    at: sample-1998 abstract.4.3\n"
    again = "  - at: sample-1998 abstract.4.3\n    event: Itching\n"
    replace(example, TRIAL, "harm_events:\n", harm + again)
    (said,) = problems(example)
    assert said.endswith(f": entry 2 of harm_events says what entry 1 says: {DELETE} it")


def test_the_same_reports_tied_otherwise_contradict_each_other_only(example: Path) -> None:
    change = ("relation: one study", "relation: kept apart")
    said = copy(example, "ties/winter-fatigue.yml", "ties/apart.yml", change)
    assert [line for line in said if "reports are those of" in line] == []
    assert len(said) == 1
