"""Names of authors in parts: read strictly, shown as names are, cited by their parts."""

from __future__ import annotations

from typing import Any

import pytest
from folders import TEMPLATES
from pybtex.database import parse_string
from pydantic import ValidationError
from sound import publication, source

from sitegen.derive.references import csl
from sitegen.export.citations import bibtex, ris
from sitegen.export.jsonld_records import person
from sitegen.model.author import Author, initials
from sitegen.pipeline import stages
from sitegen.statements.sources import authors_line, source_label

NAMES: list[tuple[dict[str, str], str, dict[str, str], str, str]] = [
    # as written, as shown, for CSL, in RIS, in a reference
    (
        {"family": "Sample", "given": "Bella Clara", "suffix": "Jr"},
        "Sample BC Jr",
        {"family": "Sample", "given": "Bella Clara", "suffix": "Jr"},
        "Sample, Bella Clara, Jr",
        "Sample BC Jr.",
    ),
    (
        {"family": "Berg", "given": "Dora", "particle": "van der"},
        "van der Berg D",
        {"family": "Berg", "given": "Dora", "non-dropping-particle": "van der"},
        "van der Berg, Dora",
        "van der Berg D.",
    ),
    (
        {"family": "Humboldt", "given": "Alexander", "dropping_particle": "von"},
        "Humboldt A von",
        {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
        "Humboldt, Alexander von",
        "Humboldt A von.",
    ),
    (
        {"literal": "Institute of Medicines and Co"},
        "Institute of Medicines and Co",
        {"literal": "Institute of Medicines and Co"},
        "Institute of Medicines and Co",
        "Institute of Medicines and Co.",
    ),
    ({"family": "Solo"}, "Solo", {"family": "Solo"}, "Solo", "Solo."),
]


@pytest.mark.parametrize(("parts", "shown", "cited", "in_ris", "printed"), NAMES)
def test_a_name_in_parts_is_shown_as_a_name_and_cited_by_its_parts(
    parts: dict[str, str], shown: str, cited: dict[str, str], in_ris: str, printed: str
) -> None:
    record = source(author=[parts, "Nod AB"], publication=publication())
    alone = source(author=[parts], publication=publication())
    author = Author.model_validate(parts)

    assert isinstance(record.author.value, tuple)
    assert authors_line(record.author.value) == f"{shown}, Nod AB"
    assert source_label(record) == f"{author.last} 2001"
    assert csl(record)["author"] == [cited, {"family": "Nod", "given": "A. B."}]
    assert f"AU  - {in_ris}\r\nAU  - Nod, A. B.\r\n" in ris([csl(record)])
    assert stages.references(TEMPLATES, {"a": alone})["a"].startswith(f"{printed} Hiccups")


@pytest.mark.parametrize("parts", [name[0] for name in NAMES])
def test_bibtex_is_read_back_as_the_same_name(parts: dict[str, str]) -> None:
    entry = parse_string(bibtex([csl(source(author=[parts, "others"]))]), "bibtex").entries["a"]

    first, others = entry.persons["author"]

    def text(words: list[str]) -> str:
        return " ".join(words).strip("{}")

    whole = parts.get("literal") or parts["family"]
    assert text(first.last_names) == whole
    assert text(first.prelast_names) == parts.get("particle", "")
    assert text(first.lineage_names) == parts.get("suffix", "")
    given = (parts.get("given"), parts.get("dropping_particle"))
    assert text(first.first_names + first.middle_names) == " ".join(filter(None, given))
    assert text(others.last_names) == "others"


def test_authors_that_were_not_seen_are_in_every_format() -> None:
    item = csl(source(author=["Nod AB", "others"]))

    assert item["author"][-1] == {"literal": "others"}
    assert "AU  - Nod, A. B.\r\nAU  - et al.\r\n" in ris([item])


def test_a_body_is_an_organisation_and_a_person_has_parts() -> None:
    assert person(Author(literal="Sample Works")) == {
        "@type": "Organization",
        "name": "Sample Works",
    }
    assert person(Author(family="Berg", particle="van der", given="Dora")) == {
        "@type": "Person",
        "name": "van der Berg D",
        "givenName": "Dora",
        "familyName": "van der Berg",
    }
    assert person("Nod AB") == {"@type": "Person", "name": "Nod AB"}


@pytest.mark.parametrize("parts", [parts for parts, *_ in NAMES], ids=str)
def test_one_author_by_parts_needs_no_list(parts: dict[str, str]) -> None:
    """Neither alone nor as the value that has a place of its own."""
    listed = source(author=[parts]).author

    assert source(author=parts).author == listed
    with_place = source(author={"value": parts, "at": "leaflet use.1.1"}).author
    assert with_place.value == listed.value
    assert [str(place) for place in with_place.at] == ["leaflet use.1.1"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Anna Berta", "AB"),
        ("Jean-Pierre", "J-P"),
        ("AB", "AB"),
        ("J-P", "J-P"),
        ("A. B.", "AB"),
        ("Żaneta", "Ż"),
        ("", ""),
    ],
)
def test_given_names_are_shown_as_initials(given: str, expected: str) -> None:
    assert initials(given) == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ({"first": "Ann", "family": "Nod"}, r"by its parts: family, .* \(got first\)"),
        ({"given": "Ann"}, "a name its family"),
        ({"literal": "Works", "given": "Ann"}, "literal alone"),
        ({"family": "Nod", "given": ["Ann"]}, "each part of a name as a short text"),
        ({"family": "not reported"}, "each part of a name as a short text"),
        ({"family": "  "}, "each part of a name as a short text"),
        ({"family": "N" * 101}, "each part of a name as a short text"),
        ({"family": "Nod\u200b"}, "each part of a name as a short text"),
        ({"family": "Nod, Jr"}, "without a comma"),
        ({"family": "Nod and Nid"}, "without a comma and without 'and'"),
    ],
)
def test_a_name_that_is_none_is_refused(name: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        source(author=[name])
    with pytest.raises(ValidationError, match=message):
        source(author=name)


def test_a_place_beside_the_parts_of_a_name_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"a name by its parts: family, .* \(got at\)"):
        source(author={"literal": "Works", "at": "leaflet use.1.1"})
