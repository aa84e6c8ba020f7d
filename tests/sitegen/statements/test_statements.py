"""Sentences that are made of records: true in every state of the values they speak of."""

from __future__ import annotations

import dataclasses
from itertools import product
from pathlib import Path

import exported
import pytest
from sound import replace, rich_folder, study

from sitegen.derive.completeness import Count, answers
from sitegen.derive.frequency import duration, frequency
from sitegen.derive.relations import Relations
from sitegen.model import Locator, Term
from sitegen.model.absence import Absence
from sitegen.model.locator import read_locator
from sitegen.model.quantity import quantity
from sitegen.read.load import load
from sitegen.statements import attribution, counts, english, quoting, silence, sources
from sitegen.statements.volumes import more_than_a_container
from sitegen.statements.wording import wording


@pytest.fixture
def known(tmp_path: Path) -> Relations:
    return Relations(load(rich_folder(tmp_path)).site)


def places(*locators: str) -> tuple[Locator, ...]:
    return tuple(map(read_locator, locators))


# ---- words of a source --------------------------------------------------------------------------

PRINTED, NOTED = "leaflet dosage.1.1", "paper abstract.1.1"


@pytest.mark.parametrize(
    ("at", "printed"),
    [
        ((), False),
        ((PRINTED,), True),
        ((NOTED,), False),
        ((PRINTED, NOTED), False),
        (("leaflet dosage.1.1-2",), True),
    ],
)
def test_words_are_printed_where_each_sentence_is_proved(
    known: Relations, at: tuple[str, ...], printed: bool
) -> None:
    assert quoting.is_printed(known.site, places(*at)) is printed


@pytest.mark.parametrize("printed", [True, False])
def test_only_what_is_printed_is_called_the_words_of_a_source(printed: bool) -> None:
    assert ("the source writes" in quoting.figure_heading(printed)) is printed
    assert ("the sources word" in quoting.wording_heading(printed)) is printed
    assert (quoting.wording_remark(printed) is None) is printed


def test_figures_are_called_written_where_a_source_has_digests(known: Relations) -> None:
    headings = {id: quoting.figures_heading(source) for id, source in known.site.sources.items()}

    assert headings == {"leaflet": "Figures as written", "paper": "Figures noted"}


def test_a_register_has_sentences_where_a_source_has_digests(known: Relations) -> None:
    headings = {id: quoting.register_heading(source) for id, source in known.site.sources.items()}

    assert headings == {"leaflet": "Sentence by sentence", "paper": "Facts noted"}


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (Absence.NOT_REPORTED, "not mentioned"),
        (Absence.UNCLEAR, "stated in words"),
        (Absence.NOT_EXTRACTED, "not extracted"),
        (Absence.NOT_APPLICABLE, "not applicable"),
        (Absence.NONE_OBSERVED, "none observed"),
        ("a text", "stated in words"),
        (quantity("2 mg"), "stated in words"),
    ],
)
def test_a_value_without_a_figure_says_why(value: object, line: str) -> None:
    assert quoting.no_figure_line(value) == line


# ---- who says it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "line"),
    [
        ((PRINTED,), "according to Examplin: the leaflet"),
        ((PRINTED, "leaflet use.1.1"), "according to Examplin: the leaflet"),
        ((PRINTED, NOTED), "according to Examplin: the leaflet and {paper}"),
        ((NOTED, PRINTED), "according to {paper} and Examplin: the leaflet"),
    ],
)
def test_a_value_is_said_by_the_sources_it_cites(
    known: Relations, at: tuple[str, ...], line: str
) -> None:
    paper = known.site.sources["paper"].title

    assert attribution.according_to(known, places(*at)) == line.format(paper=paper)


@pytest.mark.parametrize(
    ("at", "ids"),
    [
        ((), []),
        ((PRINTED, "leaflet use.1.1"), ["leaflet"]),
        ((NOTED, PRINTED), ["paper", "leaflet"]),
    ],
)
def test_the_sources_of_places_are_each_there_once(
    known: Relations, at: tuple[str, ...], ids: list[str]
) -> None:
    assert [source.id for source in attribution.sources_at(known, places(*at))] == ids


def test_a_place_is_named_by_its_source_its_section_and_its_sentences(known: Relations) -> None:
    paper, leaflet = places(NOTED, PRINTED)
    label = sources.author_and_year(known.site.sources["paper"])
    several = dataclasses.replace(paper, last=paper.first + 2)

    assert label
    assert attribution.place_line(known, paper).startswith(f"{label}, {paper.section} ")
    assert attribution.place_line(known, several).endswith(f".{paper.first}–{paper.first + 2}")
    assert sources.author_and_year(known.site.sources["leaflet"]) is None
    title = known.site.sources["leaflet"].title
    assert len(title) <= 30
    assert attribution.place_line(known, leaflet).startswith(f"{title}, {leaflet.section} ")
    assert attribution.place_line(known, leaflet).endswith(attribution.sentences_line(leaflet))


def test_a_page_rests_on_the_sources_of_its_record_and_of_its_sizes(known: Relations) -> None:
    site = known.site
    behind = {
        record.key: [source.id for source in attribution.sources_behind(known, record)]
        for record in (
            site.sources["paper"],
            site.studies["hiccups"],
            site.regimens["hiccups"],
            site.regimens["trial"],
        )
    }

    assert behind == {
        ("sources", "paper"): ["paper"],
        ("studies", "hiccups"): ["leaflet"],
        ("regimens", "hiccups"): ["leaflet", "paper"],
        ("regimens", "trial"): ["paper"],
    }


def test_a_source_of_a_drop_is_behind_no_dose_that_is_in_no_drops(tmp_path: Path) -> None:
    """The paper gives the size of a drop, and the leaflet the only presentation."""
    data = rich_folder(tmp_path)
    replace(data, "products/drops.yml", "at: paper abstract.1.3", "at: leaflet dosage.1.1")
    replace(data, "regimens/hiccups.yml", "route: oral", "route: intravenous")
    found = Relations(load(data).site)

    behind = attribution.sources_behind(found, found.site.regimens["hiccups"])

    assert behind == found.sources_of(found.site.regimens["hiccups"])


def test_a_source_of_a_size_is_said_to_be_used_for_what_is_computed(known: Relations) -> None:
    site = known.site
    regimen, paper = site.regimens["hiccups"], site.sources["paper"]

    assert attribution.used_for(known, paper, regimen) == ", used for what is computed here"
    assert attribution.used_for(known, site.sources["leaflet"], regimen) == ""
    assert attribution.used_for(known, paper, paper) == ""


# ---- silence ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "word"),
    [
        ("read: abstract", Absence.NOT_EXTRACTED),
        ("read: abstract\nread_for: [dosage]", Absence.NOT_EXTRACTED),
        ("read: abstract\nread_for: [study methods, dosage]", Absence.NOT_REPORTED),
    ],
)
def test_a_source_is_silent_only_on_what_it_was_read_for(
    tmp_path: Path, read: str, word: Absence
) -> None:
    data = rich_folder(tmp_path)
    replace(data, "sources/paper.yml", "read: abstract", read)
    known = Relations(load(data).site)

    studies = known.site.studies
    assert silence.absence_in(known, studies["trial"], "study methods") is word
    assert silence.absence_in(known, studies["hiccups"], "study methods") is Absence.NOT_REPORTED


def test_nobody_is_silent_where_no_source_was_read_for_it(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    known = Relations(load(data).site)
    assert silence.absence_everywhere(known, "identity") is Absence.NOT_REPORTED

    replace(data, "sources/leaflet.yml", "read: full text", "read: abstract")
    known = Relations(load(data).site)
    assert silence.absence_everywhere(known, "identity") is Absence.NOT_EXTRACTED


@pytest.mark.parametrize("word", Absence)
def test_only_what_is_claimed_not_to_have_been_seen_has_a_remark(word: Absence) -> None:
    assert (silence.absence_remark(word) is None) is (word is not Absence.NONE_OBSERVED)


@pytest.mark.parametrize(
    ("harms", "line", "cited"),
    [
        ("Two people yawned", None, 1),
        ("not extracted", "not looked for", 0),
        ("not reported", "looked for in", 2),
        ("unclear", "looked for in", 2),
        ("not applicable", "looked for in", 2),
    ],
)
def test_an_answer_that_is_missing_says_whether_it_was_looked_for(
    harms: str, line: str | None, cited: int
) -> None:
    at = ["leaflet use.1.2", "leaflet use.1.3"]
    given = study(harms={"value": harms, "at": at[:1]}, at=at)
    answer = next(answer for answer in answers(given) if answer.item.field == "harms")

    assert silence.search_line(answer) == line
    assert len(answer.places) == cited


@pytest.mark.parametrize(
    ("kind", "line"),
    [("reporting", "our own word"), ("pharmaceutical", "no sentence cited here")],
)
def test_a_word_without_a_sentence_is_ours_or_cited_nowhere(kind: str, line: str) -> None:
    term = Term.model_validate(
        {"id": "a", "name": "A", "kind": kind, "means": "B.", "tooltip": "shown"}
    )

    assert silence.no_sentence_line(term) == line


# ---- counts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("reported", "unclear", "unread"), [*product([0, 1, 3], [0, 2], [0, 4])])
def test_a_count_merges_no_two_states(reported: int, unclear: int, unread: int) -> None:
    count = Count(reported, unclear, 9, unread)
    line = counts.count_line(count)

    if unread:
        assert line == "4 not extracted"
    else:
        assert line == f"{reported} of 9" + (", 2 unclear" if unclear else "")


def test_reports_are_counted_by_how_their_sources_were_read(known: Relations) -> None:
    studies = known.site.studies

    assert counts.read_line(known, []) == ""
    assert counts.read_line(known, [studies["hiccups"]]) == "1 full text"
    assert counts.read_line(known, [studies["hiccups"], *[studies["trial"]] * 2]) == (
        "1 full text and 1 abstract (2 reports)"
    )


def test_further_reports_are_counted_with_how_they_were_read(known: Relations) -> None:
    trial = known.site.studies["trial"]

    assert counts.further_reports_line(known, [trial]) == ("1 further report comes from 1 abstract")
    assert counts.further_reports_line(known, [trial, trial]) == (
        "2 further reports come from 1 abstract"
    )


def test_sources_are_counted_by_how_they_were_read(known: Relations) -> None:
    rows = [
        (reading.read, reading.sources, reading.with_facts)
        for reading in counts.sources_by_reading(known)
    ]

    assert rows == [
        ("full text", 1, 1),
        ("abstract", 1, 1),
        ("summary by others", 0, 0),
        ("bibliographic record", 0, 0),
        ("single facts", 0, 0),
    ]


@pytest.mark.parametrize(
    ("authors", "line"),
    [
        (["A"], "A"),
        (["A", "B"], "A, B"),
        (["A", "B", "C"], "A, B, C"),
        (["A", "B", "C", "D"], "A, B and others"),
        (["A", "others"], "A and others"),
        (["A", "B", "others"], "A, B and others"),
        (["A", "B", "C", "others"], "A, B and others"),
    ],
)
def test_others_are_several_or_those_that_nobody_names(authors: list[str], line: str) -> None:
    assert sources.authors_line(authors) == line


# ---- judgements of this site --------------------------------------------------------------------


def test_a_judgement_says_whose_it_is_and_gives_its_reason() -> None:
    line = more_than_a_container(quantity("3 mL"))

    assert "in the judgement of this site, not of a source" in line
    assert "(3\u00a0mL)" in line


# ---- English ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "line"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_listed(words: list[str], line: str) -> None:
    assert english.listed(words) == line


@pytest.mark.parametrize(("count", "line"), [(0, "no studies"), (1, "1 study"), (2, "2 studies")])
def test_a_number_is_followed_by_its_noun(count: int, line: str) -> None:
    assert english.number(count, "study", "studies") == line


@pytest.mark.parametrize(
    ("items", "line"),
    [("", ""), ("a", "a"), ("ab", "a or b"), ("abc", "a, b or c")],
)
def test_items_with_marks_of_their_own_are_joined_as_words_are(items: str, line: str) -> None:
    assert "".join(f"{before}{item}" for before, item in english.joints(items, "or")) == line


def test_each_phase_says_its_own_frequency_and_length() -> None:
    site = exported.of("other").site
    rows = {row.title: row for row in wording(site, site.regimens["imaginary-gout"])}

    assert [frequency(rows[f"Frequency{phase}"].of) for phase in PHASES] == [
        "once a day",
        "as needed for pain",
        "once a month",
    ]
    assert [duration(rows[f"Duration{phase}"].of) for phase in PHASES] == [
        "3\u00a0days",
        "until the pain is gone",
        "lifelong",
    ]
    assert rows["How long one administration takes"].printed == ("over 2 hours",)
    assert rows["Limit (phase 2 of 3)"].printed == ("at most 200 micrograms a day",)
    assert "Dose (phase 2 of 3)" not in rows


PHASES = ("", " (phase 2 of 3)", " (phase 3 of 3: maintenance)")


@pytest.mark.parametrize(("text", "line"), [("", ""), ("a dose", "A dose"), ("pH of 5", "PH of 5")])
def test_a_capital_is_at_the_beginning_alone(text: str, line: str) -> None:
    assert english.capital(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        ("Adults", "adults"),
        ("A group", "a group"),
        ("NYHA class II", "NYHA class II"),
        ("HIV patients", "HIV patients"),
    ],
)
def test_a_small_letter_begins_a_word_and_no_short_name(text: str, line: str) -> None:
    assert english.small(text) == line
