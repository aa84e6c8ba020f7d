"""JSON-LD: read by a JSON-LD reader, checked against schema.org, reported and never recommended."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import exported
import pytest
from exported import DATA, Exported, book
from pyld import jsonld
from schema_org import registry
from sound import sound_folder, write

from sitegen.derive.frequency import frequency
from sitegen.derive.relations import Relations
from sitegen.export.jsonld import page as page_document
from sitegen.export.jsonld_records import contraindications, substance
from sitegen.model import CAUTION_KINDS, Site
from sitegen.model.quantity import Quantity
from sitegen.read.load import load

Json = dict[str, Any]
HERE = "https://reference.invalid/"
SCHEMA = "https://schema.org/"
FILES = ("regimens", "studies", "conditions", "sources", "substances")
LITERALS = {
    "Text": str, "URL": str, "Date": str, "DateTime": str, "Number": (int, float), "Integer": int,
    "Boolean": bool,
}  # fmt: skip


@pytest.fixture(params=DATA)
def made(request: pytest.FixtureRequest) -> Exported:
    return exported.of(request.param)


def documents(name: str) -> dict[str, Json]:
    """Every document: of each page, and each file."""
    made = exported.of(name)
    files = {f"data/v1/jsonld/{kind}.jsonld": made.json(f"jsonld/{kind}.jsonld") for kind in FILES}
    return {**files, **{uri: json.loads(text) for uri, text in structured(name).items()}}


def structured(name: str) -> dict[str, str]:
    """Return the document of each page of a data folder, by the page's address."""
    made = book(name)
    return {uri: text for uri in made.uris if (text := made.structured_data(uri)) is not None}


# ---- read and checked ----------------------------------------------------------------------------


def context(url: str, options: Json) -> Json:
    """The context of schema.org, as far as names go: nothing is fetched."""
    assert url == "https://schema.org"
    document = {"@context": {"@vocab": SCHEMA}}
    return {"contextUrl": None, "documentUrl": url, "document": document}


def expanded(document: Json, uri: str) -> list[Json]:
    return read(json.dumps(document), HERE + re.sub(r"\.md$", ".html", uri))


@cache
def read(document: str, base: str) -> list[Json]:
    found: list[Json] = jsonld.expand(
        json.loads(document), {"documentLoader": context, "base": base}
    )
    return found


def nodes(value: object) -> Iterator[Json]:
    if isinstance(value, list):
        for member in value:
            yield from nodes(member)
    elif isinstance(value, dict):
        if "@value" not in value:
            yield value
        for inner in value.values():
            yield from nodes(inner)


def faults(document: Json, uri: str) -> list[str]:
    """What the vocabulary does not allow: types, and the domain and range of each property."""
    found = expanded(document, uri)
    types = {node["@id"]: node["@type"] for node in nodes(found) if {"@id", "@type"} <= set(node)}
    return [fault for node in nodes(found) for fault in faults_of(node, types)]


def faults_of(node: Json, types: dict[str, list[str]]) -> Iterator[str]:
    kinds = [kind.removeprefix(SCHEMA) for kind in node.get("@type", [])]
    yield from (f"{kind} is no type" for kind in kinds if kind not in registry.CLASS_METADATA)
    for address, values in node.items():
        name = address.removeprefix(SCHEMA)
        if address.startswith("@"):
            continue
        known = registry.PROPERTY_BY_SCHEMA.get(name)
        if known is None:
            yield f"{name} is no property"
        elif not any(is_a(kind, known.domains) for kind in kinds):
            yield f"{name} is no property of {' and '.join(kinds)}"
        else:
            yield from (
                f"{name} does not take {value}"
                for value in values
                if not takes(known.ranges, value, types)
            )


def is_a(kind: str, wanted: tuple[str, ...]) -> bool:
    return kind in wanted or bool(set(registry.ancestry(kind)) & set(wanted))


def takes(ranges: tuple[str, ...], value: Json, types: dict[str, list[str]]) -> bool:
    if "@value" in value:
        plain = value["@value"]
        if isinstance(plain, bool):
            return "Boolean" in ranges
        if any(
            isinstance(plain, LITERALS[expected]) for expected in ranges if expected in LITERALS
        ):
            return True
        members = [
            one for expected in ranges for one in registry.ENUM_DIRECT_MEMBERS.get(expected, ())
        ]
        return str(plain).removeprefix(SCHEMA) in members
    kinds = value.get("@type") or types.get(value.get("@id", ""))
    if kinds is None:  # an address alone
        return any(expected not in LITERALS or expected == "URL" for expected in ranges)
    return any(is_a(kind.removeprefix(SCHEMA), ranges) for kind in kinds)


@pytest.mark.parametrize("name", DATA)
def test_every_document_keeps_to_the_vocabulary(name: str) -> None:
    found = {uri: faults(document, uri) for uri, document in documents(name).items()}

    assert {uri: problems for uri, problems in found.items() if problems} == {}


@pytest.mark.parametrize("name", DATA)
def test_every_name_of_a_document_is_read(name: str) -> None:
    """A reader drops what it cannot tell: no property and no text may be lost."""
    for uri, document in documents(name).items():
        expanded_text = json.dumps(expanded(document, uri), ensure_ascii=False)
        lost = [
            text
            for text in texts(document)
            if json.dumps(text, ensure_ascii=False) not in expanded_text
        ]
        assert lost == [], uri


def texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for member in value:
            yield from texts(member)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if not name.startswith("@"):
                yield SCHEMA + name
                yield from texts(inner)
    elif isinstance(value, str):
        yield value


def of_type(document: Json, kind: str) -> Json:
    return next(node for node in nodes(document) if kind in node.get("@type", ""))


@pytest.mark.parametrize(
    ("kind", "spoil", "fault"),
    [
        ("ReportedDoseSchedule", lambda node: node.update(doseValue="2.5–5"),
         "doseValue does not take {'@value': '2.5–5'}"),
        ("ReportedDoseSchedule", lambda node: node.update(doseShedule="daily"),
         "doseShedule is no property"),
        ("Drug", lambda node: node.update(contraindication="none"),
         "contraindication is no property of Drug"),
        ("MedicalTherapy", lambda node: node.update(drug={"@type": "Person", "name": "x"}),
         "drug does not take "),
        ("MedicalTherapy", lambda node: node.update({"@type": "MedicalTheraphy"}),
         "MedicalTheraphy is no type"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_caught(
    kind: str, spoil: Callable[[Json], object], fault: str, made: Exported
) -> None:
    document = made.json("jsonld/regimens.jsonld")

    spoil(of_type(document, kind))

    found = faults(document, "data/v1/jsonld/regimens.jsonld")
    assert [message for message in found if message.startswith(fault)], found


# ---- what it says --------------------------------------------------------------------------------

NEVER = {
    "RecommendedDoseSchedule", "MaximumDoseSchedule", "evidenceLevel", "aggregateRating", "offers",
    "ClaimReview", "review", "recognizingAuthority",
}  # fmt: skip


@pytest.mark.parametrize("name", DATA)
def test_nothing_is_recommended_rated_or_offered(name: str) -> None:
    for uri, document in documents(name).items():
        for node in nodes(document):
            kinds = node.get("@type", [])
            used = {*node, *([kinds] if isinstance(kinds, str) else kinds)}
            assert not used & NEVER, uri


def test_every_regimen_is_a_reported_schedule_with_the_numbers_that_are_clear(
    made: Exported,
) -> None:
    graph = made.json("jsonld/regimens.jsonld")["@graph"]
    assert len(graph) == len(made.site.regimens)

    for regimen, node in zip(made.site.regimens.values(), graph, strict=True):
        schedule = node["doseSchedule"]
        assert schedule["@type"] == "ReportedDoseSchedule"
        assert schedule["description"].startswith("Reported: ")
        dose, often = regimen.each.value, regimen.times.value
        clear = (
            isinstance(dose, Quantity)
            and isinstance(often, Quantity)
            and dose.range.is_one
            and often.range.is_one
            and not regimen.lengths
        )
        assert {"doseValue", "doseUnit"} & set(schedule) == (
            {"doseValue", "doseUnit"} if clear else set()
        )
        often = frequency(regimen)
        assert schedule.get("frequency") == (often and often.replace("\u00a0", " "))
        if clear and isinstance(dose, Quantity):
            assert (schedule["doseValue"], schedule["doseUnit"]) == (
                float(dose.range.low or 0),
                dose.unit.many,
            )


def test_a_study_is_a_trial_only_where_its_source_tells_a_design(made: Exported) -> None:
    graph = {
        node["@id"].split("/")[-1].split(".")[0]: node
        for node in made.json("jsonld/studies.jsonld")["@graph"]
    }

    assert set(graph) == {id for id, study in made.site.studies.items() if not study.pools}
    for id, node in graph.items():
        study = made.site.studies[id]
        said = " ".join(
            str(fact.value)
            for fact in (
                study.design,
                study.allocation,
                study.blinding,
                study.comparator,
                study.allocation_type,
                study.masking,
                study.control,
            )
            if fact
        ).lower()
        designs = [design.removeprefix(SCHEMA) for design in node.get("trialDesign", [])]
        assert (node["@type"] == "MedicalTrial") == bool(designs)
        for design, word in (
            ("RandomizedTrial", "random"),
            ("PlaceboControlledTrial", "placebo"),
            ("DoubleBlindedTrial", "double"),
        ):
            assert (design in designs) <= (word in said), (id, design)


def test_sources_that_a_journal_printed_are_articles(made: Exported) -> None:
    graph = made.json("jsonld/sources.jsonld")["@graph"]

    assert [(node["name"], node["@type"]) for node in graph] == [
        (source.title, "ScholarlyArticle" if source.publication else "WebPage")
        for source in made.site.sources.values()
    ]


def test_the_drug_has_its_formula_its_numbers_and_the_strengths_described(made: Exported) -> None:
    drug = next(
        node for node in made.json("jsonld/substances.jsonld")["@graph"] if "Drug" in node["@type"]
    )
    substance = made.site.substances[made.site.identity.substance]

    assert drug["name"] == substance.name
    assert "nonProprietaryName" not in drug, "no source gives an INN"
    assert drug.get("molecularFormula") == (
        None if substance.formula.absence else substance.formula.value
    )
    numbers = {
        number.scheme: number.value for number in substance.numbers if number.standing == "accepted"
    }
    assert drug.get("inChIKey") == numbers.get("InChIKey")
    strengths = [strength["strengthValue"] for strength in drug.get("availableStrength", [])]
    assert strengths == [
        float(product.strength.value.range.low or 0)
        for product in made.site.products.values()
        if isinstance(product.strength.value, Quantity)
        and not product.apart
        and product.substance == substance.id
    ]


# ---- in the pages --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DATA)
def test_every_page_has_a_document_of_its_own(name: str) -> None:
    made = book(name)

    assert list(structured(name)) == [page.uri for page in made.pages]
    for page in made.pages:
        document = json.loads(structured(name)[page.uri])
        here = expanded(document, page.uri)[0]
        assert here["@id"] == HERE + page.uri.removesuffix(".md") + ".html"
        assert here[f"{SCHEMA}name"] == [{"@value": page.title}]


@pytest.mark.parametrize("name", DATA)
def test_every_address_in_a_document_of_a_page_is_a_page_or_a_file(name: str) -> None:
    made = book(name)
    there = {re.sub(r"\.md$", ".html", page.uri) for page in made.pages}
    there |= {asset.uri for asset in made.assets}

    for uri, text in structured(name).items():
        for node in nodes(expanded(json.loads(text), uri)):
            if node.get("@id", "").startswith(HERE):
                assert node["@id"].removeprefix(HERE).partition("#")[0] in there, uri


@pytest.mark.parametrize("name", DATA)
def test_the_page_of_a_record_has_the_node_of_its_file(name: str) -> None:
    made = exported.of(name)
    for folder in ("regimens", "studies", "conditions", "sources"):
        uri = f"data/v1/jsonld/{folder}.jsonld"
        for node in expanded(made.json(f"jsonld/{folder}.jsonld"), uri):
            page = node["@id"].removeprefix(HERE).partition(".html")[0] + ".md"
            document = json.loads(structured(name)[page])
            assert expanded(document, page)[0][f"{SCHEMA}mainEntity"] == [node]


class Scripts(HTMLParser):
    """The content of each script element of a page, and every other element."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["script"]:
            self.scripts.append(data)


@pytest.mark.parametrize(
    "hostile",
    [
        "</script><img src=x>",
        "<!--<script>",
        "]]>",
        "&lt;/script&gt;",
        '"}</script>',
        "a\\",
        "\u2028",
    ],
)
def test_no_text_of_the_data_closes_its_element(hostile: str) -> None:
    site: Site = exported.of("other").site
    uri, titles = "about/index.md", {"about/index.md": hostile, "index.md": "Front"}
    text = page_document(exported.of("other").relations, uri, None, titles, {})

    seen = Scripts()
    seen.feed(f'<script type="application/ld+json">{text}</script>')
    assert seen.tags == ["script"]
    assert json.loads("".join(seen.scripts))["name"] == hostile
    assert site.identity.version in text


WARNINGS = {
    "boxed warning": "warning",
    "warning": "warning",
    "precaution": "warning",
    "driving": "warning",
    "dependence": "warning",
    "pregnancy": "pregnancyWarning",
    "breast-feeding": "breastfeedingWarning",
    "overdose": "overdosage",
}


@pytest.mark.parametrize("kind", CAUTION_KINDS)
def test_a_reported_caution_is_a_warning_of_the_drug_and_a_denied_one_is_none(
    kind: str, tmp_path: Path
) -> None:
    data = sound_folder(tmp_path)
    for known in (data / "cautions").iterdir():
        known.unlink()
    text = f"name: Noise\nkind: {kind}\nat: leaflet safety.1.1\nsays: It is loud\n"
    write(data, "cautions/noise.yml", text)
    write(data, "cautions/silence.yml", text + "stance: denied\n")
    known = Relations(load(data).site)

    node = substance(known, known.site.substances[known.site.identity.substance]) or {}

    warnings = {name: node[name] for name in {*WARNINGS.values()} if name in node}
    wanted = {WARNINGS[kind]: [f"Reported ({kind}): It is loud"]} if kind in WARNINGS else {}
    if kind == "contraindication":
        wanted = {"warning": ["Contraindication: Noise. Reported by Examplin: the leaflet."]}
    assert warnings == wanted
    assert bool(contraindications(known)) == (kind == "contraindication")


def test_a_regimen_has_the_contraindications_of_its_own_source(made: Exported) -> None:
    known = made.relations
    drug = {node["name"]: node["description"] for node in contraindications(known)}

    assert drug
    for node in made.json("jsonld/regimens.jsonld")["@graph"]:
        id = node["@id"].rpartition("/")[2].partition(".")[0]
        [source] = known.sources_of(made.site.regimens[id])
        for ruled_out in node.get("contraindication", []):
            assert ruled_out["description"] == f"Reported by {source.title}."
            assert source.title in drug[ruled_out["name"]]


def test_words_of_the_search_are_no_other_names_of_a_condition(made: Exported) -> None:
    for node in made.json("jsonld/conditions.jsonld")["@graph"]:
        assert "alternateName" not in node
