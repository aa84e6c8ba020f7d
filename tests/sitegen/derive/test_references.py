"""References in the style of the NLM, each string compared whole."""

from __future__ import annotations

import pytest
from folders import TEMPLATES
from sound import publication, source

from sitegen.derive.references import csl, linked, page_range, pages
from sitegen.model import Source
from sitegen.pipeline import stages

PRINTED = publication()
PAGE = {"kind": "web article", "address": "https://example.org/a"}
UNKNOWN = "not reported"


def reference(**fields: object) -> str:
    return stages.references(TEMPLATES, {"a": source(**fields)})["a"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(
            {"author": ["Nod AB"], "publication": PRINTED},
            "Nod AB. Hiccups in an invented town. J Invent Med. 2001 Jun;7(2):11–9."
            " doi:10.1000/hiccups PubMed PMID: 12345678.",
            id="a journal article",
        ),
        pytest.param(
            {"author": ["Nod AB"], "publication": publication(pmcid="PMC1234567")},
            "Nod AB. Hiccups in an invented town. J Invent Med. 2001 Jun;7(2):11–9."
            " doi:10.1000/hiccups PubMed PMID: 12345678; PubMed Central PMCID: PMC1234567.",
            id="with a number in PubMed Central",
        ),
        pytest.param(
            {"author": ["Nod AB"], "publication": PRINTED, "title_is": "translated"},
            "Nod AB. [Hiccups in an invented town]. J Invent Med. 2001 Jun;7(2):11–9."
            " doi:10.1000/hiccups PubMed PMID: 12345678.",
            id="a translated title in brackets",
        ),
        pytest.param(
            {"publication": PRINTED, "title_is": "our description"},
            "[Hiccups in an invented town]. J Invent Med. 2001 Jun;7(2):11–9."
            " doi:10.1000/hiccups PubMed PMID: 12345678.",
            id="our own words for a title in brackets",
        ),
        pytest.param(
            {"author": ["Nod AB"], "publication": publication(issue=UNKNOWN, doi=UNKNOWN)},
            "Nod AB. Hiccups in an invented town. J Invent Med. 2001 Jun;7:11–9."
            " PubMed PMID: 12345678.",
            id="without issue and DOI",
        ),
        pytest.param(
            {
                "author": ["Nod AB"],
                "publication": publication(
                    **dict.fromkeys(("volume", "issue", "pages", "pmid", "doi"), "not extracted")
                ),
            },
            "Nod AB. Hiccups in an invented town. J Invent Med. 2001 Jun.",
            id="of which only the journal is known",
        ),
        pytest.param(
            {"publication": publication(pages="e123"), "published": "2001-06-05"},
            "Hiccups in an invented town. J Invent Med. 2001 Jun 5;7(2):e123."
            " doi:10.1000/hiccups PubMed PMID: 12345678.",
            id="the number of an article, and a day",
        ),
        pytest.param(
            {"publication": PRINTED, "published": UNKNOWN},
            "Hiccups in an invented town. J Invent Med. 7(2):11–9."
            " doi:10.1000/hiccups PubMed PMID: 12345678.",
            id="without a date",
        ),
        pytest.param(
            {"publication": PRINTED, "published": "1990s"},
            "Hiccups in an invented town. J Invent Med. 7(2):11–9."
            " doi:10.1000/hiccups PubMed PMID: 12345678.",
            id="a decade is no year",
        ),
        pytest.param(
            {**PAGE, "author": ["Nod AB"]},
            "Nod AB. Hiccups in an invented town [Internet]. 2001 [cited 2020 Feb 28]."
            " Available from: https://example.org/a",
            id="a web article",
        ),
        pytest.param(
            {**PAGE, "kind": "label page", "published": UNKNOWN, "title_is": "our description"},
            "[Hiccups in an invented town] [Internet]. [cited 2020 Feb 28]."
            " Available from: https://example.org/a",
            id="a label page under our own words",
        ),
        pytest.param(
            {**PAGE, "kind": "database entry"},
            "Hiccups in an invented town [Internet]. 2001 [cited 2020 Feb 28]."
            " Available from: https://example.org/a",
            id="an entry of a database",
        ),
        pytest.param(
            {**PAGE, "kind": "patent", "author": ["Nod AB", "Wake C"]},
            "Nod AB, Wake C. Hiccups in an invented town [Internet]. 2001 [cited 2020 Feb 28]."
            " Available from: https://example.org/a",
            id="a patent",
        ),
        pytest.param(
            {"kind": "label page", "address": "A shelf"},
            "Hiccups in an invented town. 2001.",
            id="a page without an address",
        ),
    ],
)
def test_a_source_is_cited_as_the_nlm_cites_it(fields: dict[str, object], expected: str) -> None:
    assert reference(**fields) == expected


@pytest.mark.parametrize(
    ("printed", "cited"),
    [
        ("11-19", "11–9"),
        ("353-357", "353–7"),
        ("1-12", "1–12"),
        ("1-10", "1–10"),
        ("9-11", "9–11"),
        ("99-101", "99–101"),
        ("110-120", "110–20"),
        ("2071-2092", "2071–92"),
        ("123-123", "123"),
        ("11–19", "11–9"),
        ("11—19", "11–9"),
        ("11 - 19", "11–9"),
        ("S12-S18", "S12–8"),
        ("S9-S11", "S9–S11"),
        ("024501-1-024501-8", "024501-1–8"),
        ("e123", "e123"),
        ("e12-3", "e12–3"),
        ("S12-18", "S12–18"),
        ("11-19, 25", "11–9, 25"),
        ("177068", "177068"),
    ],
)
def test_of_two_pages_as_long_as_each_other_the_last_is_shortened(printed: str, cited: str) -> None:
    shown = reference(publication=publication(pages=printed))

    assert shown.partition("7(2):")[2].partition(". doi")[0] == cited


@pytest.mark.parametrize(
    ("fields", "cited"),
    [
        ({"title": "Is it so?"}, "Is it so? J Invent Med. 2001"),
        ({"title": "It is so!"}, "It is so! J Invent Med. 2001"),
        ({"title": "Is it so", "title_is": "translated"}, "[Is it so]. J Invent Med. 2001"),
        ({"title": "Is it so?", "title_is": "translated"}, "[Is it so?]. J Invent Med. 2001"),
        ({"title": "Is it so? It is"}, "Is it so? It is. J Invent Med. 2001"),
    ],
)
def test_a_title_that_ends_in_a_mark_gets_no_full_stop(
    fields: dict[str, object], cited: str
) -> None:
    assert reference(publication=PRINTED, **fields).startswith(cited)


SIX = [f"Nod {letter}" for letter in "ABCDEF"]


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["Nod AB"], "Nod AB"),
        (["Nod AB", "Wake C"], "Nod AB, Wake C"),
        (["de la Cruz-O’Neil JP"], "de la Cruz-O’Neil JP"),
        (["van der Berg J-P"], "van der Berg JP"),
        (["Łoś Ż", "Ёлкин ЮА"], "Łoś Ż, Ёлкин ЮА"),
        (SIX, "Nod A, Nod B, Nod C, Nod D, Nod E, Nod F"),
        ([*SIX, "Nod G"], "Nod A, Nod B, Nod C, Nod D, Nod E, Nod F, et al"),
        ([*SIX, "Nod G", "Nod H"], "Nod A, Nod B, Nod C, Nod D, Nod E, Nod F, et al"),
        (["Nod AB", "others"], "Nod AB, et al"),
        (["Nod AB", "Wake C", "others"], "Nod AB, Wake C, et al"),
        ([*SIX, "others"], "Nod A, Nod B, Nod C, Nod D, Nod E, Nod F, et al"),
    ],
)
def test_more_than_six_authors_and_those_not_seen_are_et_al(
    authors: list[str], expected: str
) -> None:
    cited = reference(author=authors, publication=PRINTED)

    assert cited.partition(". Hiccups")[0] == expected


@pytest.mark.parametrize("word", ["not reported", "not extracted", "unclear", "not applicable"])
def test_a_word_of_absence_is_no_author(word: str) -> None:
    assert reference(author=word, publication=PRINTED).startswith("Hiccups in an invented town. ")


@pytest.mark.parametrize(
    "title",
    ["1. The first hiccup", "2019 in hiccups", "12.5 mg for hiccups", "7 [of 9] hiccups"],
)
def test_a_reference_has_no_place_in_a_list_and_a_title_keeps_its_number(title: str) -> None:
    assert reference(title=title, publication=PRINTED).startswith(f"{title}. J Invent Med.")


def test_each_of_many_sources_has_its_own_reference() -> None:
    sources: dict[str, Source] = {
        id: source(id=id, title=f"Title {id}", publication=PRINTED)
        for id in (f"source-{number}" for number in range(120))
    }

    assert stages.references(TEMPLATES, sources) == {
        id: f"Title {id}. J Invent Med. 2001 Jun;7(2):11–9. doi:10.1000/hiccups"
        " PubMed PMID: 12345678."
        for id in sources
    }


def test_no_sources_have_no_references() -> None:
    assert stages.references(TEMPLATES, {}) == {}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org/a", "http://example.org/a"),
        ("A shelf", None),
        ("javascript:alert(1)", None),
        ("not reported", None),
        ("not applicable", None),
    ],
)
def test_only_an_address_of_the_web_is_linked(address: str, expected: str | None) -> None:
    assert linked(source(address=address)) == expected


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"publication": PRINTED}, "article-journal"),
        ({"publication": PRINTED, "kind": "meta-analysis"}, "article-journal"),
        ({"kind": "journal article"}, "webpage"),
        ({"kind": "web article"}, "webpage"),
        ({"kind": "database entry"}, "dataset"),
        ({"kind": "code list"}, "dataset"),
    ],
)
def test_a_text_in_a_journal_is_an_article(fields: dict[str, object], kind: str) -> None:
    assert csl(source(**fields))["type"] == kind


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("11-19", ("11", "19")),
        ("1–12", ("1", "12")),
        ("024501-1-024501-8", ("024501-1", "024501-8")),
        ("e123", ("e123", "")),
        ("e12-3", ("e12-3", "")),
        ("1-2-3", ("1-2-3", "")),
        ("-", ("-", "")),
        ("", ("", "")),
    ],
)
def test_a_range_of_pages_has_two_ends_of_one_form(text: str, ends: tuple[str, str]) -> None:
    assert pages(text) == ends


@pytest.mark.parametrize(
    ("text", "shown"),
    [("11-19", "11–19"), ("1–12", "1–12"), ("e12-3", "e12-3"), ("177068", "177068")],
)
def test_a_range_of_pages_is_shown_with_an_en_dash(text: str, shown: str) -> None:
    assert page_range(text) == shown
