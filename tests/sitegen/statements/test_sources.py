"""What became of a source follows everything that is from it."""

from __future__ import annotations

import html
import json
import re
from itertools import combinations, product
from pathlib import Path

import exported
import pytest
from folders import TEMPLATES
from sound import publication, rich_folder, source

from sitegen.addresses import page_of
from sitegen.derive.references import csl
from sitegen.export.citations import bibtex, ris
from sitegen.export.jsonld_records import source as node_of
from sitegen.model import STATE_WORDS, Source, State
from sitegen.pipeline import stages
from sitegen.read.load import load
from sitegen.search import entry_of_record
from sitegen.statements.copied_text import plain_lines
from sitegen.statements.sources import state_line, state_mark, titled

SUBSETS = [words for size in range(5) for words in combinations(STATE_WORDS, size)]
LETTER = "letter"
"""The source of the other drug that is retracted."""
MARK = " [retracted; expression of concern]"


def noticed(*words: str) -> Source:
    return source(
        state=[{"word": word, "on": "2001-05-04", "notice": "not reported"} for word in words],
        author=["Nod AB"],
        publication=publication(),
    )


@pytest.mark.parametrize("words", SUBSETS)
def test_a_source_is_marked_with_each_state_the_gravest_first(words: tuple[str, ...]) -> None:
    for given in (words, words[::-1], words + words):
        marked = noticed(*given)

        assert marked.states == words
        assert state_mark(marked) == (f" [{'; '.join(words)}]" if words else "")
        assert titled(marked) == marked.title + state_mark(marked)


@pytest.mark.parametrize("words", SUBSETS)
def test_a_citation_has_the_state_of_the_work(words: tuple[str, ...]) -> None:
    marked, status = noticed(*words), "; ".join(words)
    reference = stages.references(TEMPLATES, {"a": marked})["a"]

    assert csl(marked).get("status", "") == status
    assert (f"Hiccups in an invented town [{status}]. J" in reference) is bool(words)
    assert ("[" in reference) is bool(words)
    assert (f"note = {{[{status}]}}" in bibtex([csl(marked)])) is bool(words)
    assert (f"N1  - [{status}]\r\n" in ris([csl(marked)])) is bool(words)


@pytest.mark.parametrize("word", STATE_WORDS)
@pytest.mark.parametrize(
    ("on", "notice"),
    [*product(["2001-05-04", "2001", "not reported"], ["10.1000/a", "not extracted"])],
)
def test_a_notice_is_said_with_its_date_and_place_or_their_absence(
    word: str, on: str, notice: str
) -> None:
    state = State.model_validate({"word": word, "on": on, "notice": notice})

    line = state_line(state).replace("\u00a0", " ")

    date = "4 May 2001" if on == "2001-05-04" else on
    assert line == f"{word[0].upper()}{word[1:]} (date: {date}; notice: {notice})"


# ---- the other drug, one source of which is retracted --------------------------------------------


def test_every_place_of_a_retracted_source_is_marked_on_every_page() -> None:
    pages = {page.uri: html.unescape(page.markdown) for page in exported.book("other").pages}
    address = f"sources/{LETTER}.html"
    links = [
        (uri, text[found.end() :])
        for uri, text in pages.items()
        for found in re.finditer(rf'<a [^>]*href="[^"]*{address}[^"]*"[^>]*>[^<]*</a>', text)
    ]

    assert len(links) > 20
    unmarked = [
        uri for uri, rest in links if not rest.startswith(f'<strong class="state">{MARK}</strong>')
    ]
    # what its record lacks, which is no figure of it; its own entry, whose line says so; and the
    # pages that lead to it as the one before or after
    around = {f"sources/{id}.md" for id in ("looked-for", "label")}
    assert {*unmarked} == {"checks/gaps.md", "glossary/a-z.md", *around}


def test_the_page_of_each_record_from_a_retracted_source_says_so_on_top() -> None:
    made = exported.of("other")
    pages = {page.uri: html.unescape(page.markdown) for page in exported.book("other").pages}
    drawing = [
        record
        for kind in ("studies", "regimens", "conditions")
        for record in made.site.records[kind].values()
        if LETTER in {cited.id for cited in made.relations.sources_of(record)}
    ]

    assert len(drawing) > 2
    for record in (*drawing, made.site.sources[LETTER]):
        text = pages[page_of(record)].replace("\u00a0", " ")
        assert "Retracted (date: 4 May 2001; notice: https://docs" in text
        assert text.index("Retracted (date") < text.index("## ")


def test_files_say_what_became_of_a_source() -> None:
    made = exported.of("other")
    of_letter = [
        regimen.id
        for regimen in made.site.regimens.values()
        if LETTER in {cited.id for cited in made.relations.sources_of(regimen)}
    ]

    assert of_letter
    for regimen in made.site.regimens.values():
        is_marked = regimen.id in of_letter
        computed = made.json(f"regimens/{regimen.id}.json")["computed"]
        states = {LETTER: ["retracted", "expression of concern"]}
        assert computed.get("states_of_sources") == (states if is_marked else None)
        fhir = json.dumps(made.json(f"fhir/{regimen.id}.json"))
        assert (MARK in fhir, "source-state" in fhir) == (is_marked, is_marked)
        copied = plain_lines(made.relations, regimen, "/")
        assert any(MARK in line for line in copied) is is_marked
    rows = made.table("regimens")
    assert {row["id"] for row in rows if MARK in row["computed_states_of_sources"]} == {*of_letter}
    assert [row["word"] for row in made.table("sources-state")] == [
        "retracted",
        "expression of concern",
    ]


def test_search_and_structured_data_say_what_became_of_a_source() -> None:
    made = exported.of("other")
    letter = made.site.sources[LETTER]

    assert node_of(made.relations, letter)["creativeWorkStatus"] == [
        "retracted",
        "expression of concern",
    ]
    for record in made.site.regimens.values():
        sources = made.relations.sources_of(record)
        line = entry_of_record(record, made.relations).answer
        assert line.startswith("[source: retracted; expression of concern] ") is (letter in sources)
    assert entry_of_record(letter, made.relations).answer.startswith("[source: retracted")


def test_a_source_without_a_notice_is_marked_nowhere(tmp_path: Path) -> None:
    site = load(rich_folder(tmp_path)).site

    assert {state_mark(cited) for cited in site.sources.values()} == {""}
