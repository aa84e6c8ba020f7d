"""The answer that a record is: every kind has one, and it says whose statement it passes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import exported
import pytest
from sound import read, replace, rich_folder, source

from sitegen.derive.relations import Relations
from sitegen.model import KINDS
from sitegen.model.absence import Absence
from sitegen.read.load import load
from sitegen.statements.answers import answer, as_text
from sitegen.statements.attribution import no_advice_line, reported_by


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return rich_folder(tmp_path)


def said(data: Path, folder: str, id: str) -> str:
    """The answer that a record of a folder is, in plain spaces."""
    known = Relations(load(data).site)
    return answer(known.site.records[folder][id], known).replace("\u00a0", " ")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_record_has_an_answer_that_says_what_it_holds(kind: Any) -> None:
    assert answer.registry[kind].__doc__


def test_what_is_no_record_has_none() -> None:
    with pytest.raises(TypeError, match="has no answer"):
        answer("a text", exported.of("other").relations)  # type: ignore[arg-type]


LEAFLET = "Examplin: the leaflet"
CAUTION = "cautions/adverse-effects.yml"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("says: Dry mouth.\n", "According to {}: Dry mouth."),
        (
            "says: Dry mouth\ncounts: [{events: '4', of: 40 people}]\n",
            "According to {}: Dry mouth. Frequency: 4 of 40 people",
        ),
        ("says: No harm.\nstance: denied\n", "As {} claims: No harm."),
        ("says: Hardly any.\nstance: nearly denied\n", "As {} claims: Hardly any."),
        (
            "says: none observed\ndetail: Nothing was seen.\n",
            "None observed, as {} claims: Nothing was seen.",
        ),
    ],
)
def test_a_caution_is_said_by_its_source_and_a_denial_is_a_claim(
    data: Path, text: str, words: str
) -> None:
    frame = "name: A\nkind: adverse effects\nat: leaflet safety.1.1\n"
    (data / CAUTION).write_text(frame + text)
    expected = words.format(LEAFLET).replace("..", ".")

    assert said(data, "cautions", "adverse-effects").replace("..", ".").startswith(expected)


@pytest.mark.parametrize(
    ("lane", "begins"),
    [
        ("human", "In people, according to "),
        ("animal", "In animals, according to "),
        ("in vitro", "In vitro, according to "),
        ("not stated", "According to "),
    ],
)
def test_a_claim_has_the_lane_that_its_source_states(data: Path, lane: str, begins: str) -> None:
    claim = next((data / "claims").iterdir())
    text = read(data, f"claims/{claim.name}")
    old = next(line for line in text.splitlines() if line.startswith("lane:"))
    replace(data, f"claims/{claim.name}", old, f"lane: {lane}")

    assert said(data, "claims", claim.stem).startswith(begins)


@pytest.mark.parametrize(
    ("authors", "begins"),
    [
        (["Abel A"], "Abel A. "),
        (["Abel A", "Bond B", "Card C"], "Abel A, Bond B, Card C. "),
        (["Abel A", "Bond B", "Card C", "Dorn D"], "Abel A, Bond B, Card C and others. "),
    ],
)
def test_others_have_written_a_source_only_where_the_record_names_them(
    authors: list[str], begins: str
) -> None:
    known = exported.of("other").relations
    line = answer(source(author=authors), known)

    assert line.startswith(begins)
    assert line.endswith("Read: abstract")


@pytest.mark.parametrize("word", Absence)
def test_an_author_who_is_not_known_is_left_out(word: Absence) -> None:
    if word is Absence.NONE_OBSERVED:
        return
    line = answer(source(author=str(word)), exported.of("other").relations)

    assert str(word) not in line.partition("Read:")[0]


def test_a_report_is_by_each_of_its_sources_and_a_dose_is_no_advice() -> None:
    one, other = source(title="A paper"), source(title="A label")

    assert reported_by([one]) == "Reported by A paper"
    assert no_advice_line([one, other]) == "Reported by A paper; A label; no recommendation."


@pytest.mark.parametrize("word", [Absence.NOT_REPORTED, Absence.NOT_EXTRACTED, Absence.UNCLEAR])
def test_a_value_that_is_absent_is_its_word(word: Absence) -> None:
    assert as_text(source(author=str(word)).author) == str(word)
