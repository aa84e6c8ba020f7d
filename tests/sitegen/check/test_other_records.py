"""What a record says beside its sentence and other records: what is wrong, and what is not."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from sound import problems, replace

import sitegen
from sitegen.model.problems import DataError

EXAMPLE = Path(__file__).parents[3] / "examples" / "examplin" / "data"
TRIAL = "studies/winter-fatigue-trial.yml"
REPORT = "studies/winter-fatigue-paper.yml"
PAPER = "sources/sample-1998.yml"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path / "data")


@pytest.mark.parametrize(("characters", "count"), [(46, 1), (40, 0)])
def test_what_a_short_sentence_says_may_have_no_other_words(
    example: Path, characters: int, count: int
) -> None:
    figures = "    figures: [up to 6 hours]\n    characters: "
    length = (f"{figures}46", f"{figures}{characters}")
    replace(example, "sources/example.yml", *length)
    says = ("The effect lasts for up to 6 hours.", "Its remarkable effect lasts for up to 6 hours")
    replace(example, "claims/duration.yml", *says)
    assert len([line for line in problems(example) if "sentence itself" in line]) == count


def test_a_regimen_is_not_of_the_condition_of_its_study(example: Path) -> None:
    replace(example, REPORT, "[winter-fatigue]", "[pregnancy]")
    said = [line for line in problems(example) if "of the same sentence" in line]
    assert [line.partition(": ")[0] for line in said] == ["data/regimens/paper.yml:14"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (
            "conditions/pregnancy.yml",
            "kind: state\n",
            "kind: state\noverlaps:\n  - condition: winter-fatigue\n"
            "    at: sample-1998 abstract.1.1\n    why: It may be both.\n",
        ),
        ("conditions/pregnancy.yml", "kind: state\n", "kind: state\nbroader: winter-fatigue\n"),
        ("regimens/paper.yml", "link: stated", "link: inferred"),
        ("regimens/paper.yml", "at: sample-1998 abstract.1.1", "at: sample-1998 abstract.3.1"),
    ],
    ids=["overlapping", "narrower", "a tie of ours", "another sentence"],
)
def test_conditions_that_may_meet_and_ties_of_other_sentences_are_left(
    example: Path, name: str, old: str, new: str
) -> None:
    replace(example, REPORT, "[winter-fatigue]", "[pregnancy]")
    replace(example, name, old, new)
    assert [line for line in problems(example) if "of the same sentence" in line] == []


def test_an_article_of_which_only_the_title_is_known_has_no_journal(example: Path) -> None:
    replace(example, PAPER, "publication:", "formerly: []\npublication:")
    text = (example / PAPER).read_text("utf-8")
    before, _, rest = text.partition("formerly: []\npublication:\n")
    after = rest.partition("character:\n")[2]
    text = f"{before}character:\n{after}"
    (example / PAPER).write_text(text, "utf-8")
    assert [line.partition(": ")[2][:22] for line in problems(example)] == [
        "publication is missing"
    ]
    for words in ("read: abstract", "read_for: [dosage]"):
        replace(
            example, PAPER, words, {"read: abstract": "read: bibliographic record"}.get(words, "")
        )
    assert [line for line in problems(example) if "publication" in line] == []


@pytest.mark.parametrize(
    ("subject", "count"),
    [("Drowsiness", 1), ("a drowsiness", 1), ("drowsiness by day", 0), ("sample tea", 0)],
)
def test_a_subject_is_in_the_same_words_in_each_record(
    example: Path, subject: str, count: int
) -> None:
    replace(example, "cautions/itching.yml", "subject: itching of the nose", f"subject: {subject}")
    said = [line for line in problems(example) if "write the same words" in line]
    assert len(said) == count


def test_several_values_of_another_source_are_one_problem_of_the_record(example: Path) -> None:
    for field in ("control:\n  value: placebo", "masking:\n  value: double-blind"):
        here, there = (f"{field}\n  at: {at}" for at in _PLACES)
        replace(example, TRIAL, here, there)
    said = [line for line in problems(example) if line.startswith(f"data/{TRIAL}:")]
    assert said == [
        f"data/{TRIAL}:4: at must cite one source, one record for each (got example, sample-1998)"
    ]


_PLACES = ("sample-1998 abstract.4.1", "example studies.1.1")


def test_a_claim_may_cite_a_source_that_it_must_list(example: Path) -> None:
    """Only what is of one source is refused another; the rest lists each sentence."""
    replace(
        example,
        "claims/duration-paper.yml",
        "value: 24 hours",
        "value: {value: 6 hours, at: example about.1.3}",
    )
    assert any("at must list example about.1.3 too" in line for line in problems(example))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("studies/winter-fatigue.yml", "on: 2026-01-30", "on: {}"),
        ("changes/first-edition.yml", "released: 2026-01-31", "released: {}"),
    ],
)
@pytest.mark.parametrize(("days", "is_ahead"), [(1, False), (2, True)])
def test_what_we_did_was_not_done_after_tomorrow(
    example: Path, name: str, old: str, new: str, days: int, is_ahead: bool
) -> None:
    today = datetime.date(2026, 2, 10)
    day = today + datetime.timedelta(days)
    replace(example, name, old, new.format(day))
    if "changes" in name:
        replace(example, "site.yml", old, new.format(day))
    said = str(_found(example, today))
    assert (f"{day}, and today is" in said) == is_ahead


def _found(data: Path, today: datetime.date) -> object:
    try:
        return sitegen.read(data, today=today)
    except DataError as error:
        return error
