"""Extensions of FHIR: each that is used is defined, with its types and where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import exported
import pytest
from exported import DATA
from fhir.resources.structuredefinition import StructureDefinition
from fhir_faults import read, wrong_words
from folders import DRUGS

from sitegen import read_site
from sitegen.derive.relations import relations_of
from sitegen.export import fhir
from sitegen.export.fhir_extensions import DESCRIBED, EXTENSIONS, base, definitions, of_a_time
from sitegen.model import Site

Json = dict[str, Any]

_GUIDELINE = "MedicationKnowledge.indicationGuideline"
_WITHIN = {
    ("MedicationKnowledge", "indicationGuideline"): _GUIDELINE,
    (_GUIDELINE, "dosingGuideline"): f"{_GUIDELINE}.dosingGuideline",
}


def sites() -> Iterator[Site]:
    yield from (exported.of(name).site for name in DATA)
    yield from map(read_site, DRUGS.values())


def used(node: object, element: str = "") -> Iterator[tuple[str, str, Json]]:
    """Every extension of a document: its address, the element that has it, and itself."""
    if isinstance(node, list):
        for inner in node:
            yield from used(inner, element)
    elif isinstance(node, dict):
        element = node.get("resourceType", element)
        for name, inner in node.items():
            if name == "extension":
                yield from ((one["url"], element, one) for one in inner)
            within = "Dosage" if name == "dosage" else _WITHIN.get((element, name), element)
            yield from used(inner, within)


def test_every_extension_that_is_used_is_defined_with_its_value_and_its_place() -> None:
    seen = set()
    for site in sites():
        with site.vocabulary.in_use():
            bundle = json.loads(json.dumps(fhir.bundle(relations_of(site))))
        for url, element, one in used(bundle):
            if not url.startswith(base(site)):
                continue
            name = url.removeprefix(base(site))
            found = EXTENSIONS[name]
            (value,) = (key for key in one if key.startswith("value"))
            assert value.removeprefix("value").lower() in map(str.lower, found.types), name
            assert element in found.elements, (name, element)
            seen.add(name)

    assert len(seen) > 25


@pytest.mark.parametrize("name", DATA)
def test_each_definition_is_one_of_fhir(name: str) -> None:
    made = json.loads(exported.of(name).files["data/v1/fhir/extensions.json"])
    resources = [entry["resource"] for entry in made["entry"]]

    assert list(wrong_words(read(made))) == []
    assert [one["id"] for one in resources] == list(EXTENSIONS)
    for one in resources:
        StructureDefinition.model_validate(one)
        fixed = next(part for part in one["differential"]["element"] if "fixedUri" in part)
        assert fixed["fixedUri"] == one["url"]


def test_an_address_of_an_extension_follows_from_the_name_of_the_site_alone() -> None:
    site = exported.of("other").site
    elsewhere = site.identity.model_copy(update={"repository": "https://host.example/x/y"})

    assert definitions(replace(site, identity=elsewhere)) == definitions(site)


def test_extensions_on_times_of_the_day_are_described_together() -> None:
    assert of_a_time("dose", "before breakfast") == "dose-before-breakfast"
    assert set(EXTENSIONS) > {"share-morning", "presentation-bedtime", "dose-on-waking"}
    assert {"dose-…", "share-…", "presentation-…"} < set(DESCRIBED)
    assert len(DESCRIBED) < 40
