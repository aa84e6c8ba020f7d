"""The schemas for editors accept every record, refuse broken ones, and say what the model says."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from folders import DRUGS, EXAMPLE, OTHER, REAL, ROOT
from jsonschema import Draft7Validator
from sound import FILES, MORE

from curate import schemas
from sitegen.model import KINDS, Regimen, Study
from sitegen.model.absence import Absence
from sitegen.model.routes import BUILT_IN
from sitegen.read.yamlfile import parsed

NUMBER = re.compile(r"[-+]?(?:[0-9]+|[0-9]*\.[0-9]+|[0-9]+\.?)(?:[eE][-+]?[0-9]+)?$")


class AsEditorsRead(yaml.CSafeLoader):
    """YAML 1.2 as editors read it: numbers are numbers, and dates are texts."""


AsEditorsRead.yaml_implicit_resolvers = {
    **{letter: [("tag:yaml.org,2002:float", NUMBER)] for letter in "-+.0123456789"},
    "": [("tag:yaml.org,2002:null", re.compile("$"))],
}


@cache
def validators(data: Path) -> dict[str, Draft7Validator]:
    """The schemas of a data folder by name."""
    found = {Path(name).stem: json.loads(content) for name, content in schemas.files(data)}
    for schema in found.values():
        Draft7Validator.check_schema(schema)
    return {name: Draft7Validator(schema) for name, schema in found.items()}


def faults(data: Path, name: str, content: Any) -> list[str]:
    """What a schema has against the content of a file."""
    return [error.message for error in validators(data)[name].iter_errors(content)]


def sort_of(data: Path, path: Path) -> str:
    """The name of the schema for a file."""
    return path.stem if path.parent == data else path.parent.name


def refused(data: Path, paths: list[Path]) -> dict[str, list[str]]:
    """The files of a data folder that its schemas refuse, read by the check and by an editor."""
    found = {}
    for path in paths:
        text = path.read_text(encoding="utf-8")
        name = sort_of(data, path)
        both = (parsed(text, path.name), yaml.load(text, AsEditorsRead))
        if wrong := [fault for content in both for fault in faults(data, name, content)]:
            found[path.name] = wrong
    return found


def files_of(data: Path) -> list[Path]:
    return [*data.glob("*.yml"), *data.glob("*/*.yml")]


def test_every_record_of_the_other_drug_is_valid() -> None:
    assert refused(OTHER, files_of(OTHER)) == {}


def test_a_record_of_each_kind_of_the_site_is_valid() -> None:
    firsts = [min((REAL / kind.folder).glob("*.yml")) for kind in KINDS]

    assert refused(REAL, [REAL / "site.yml", *firsts]) == {}


@pytest.mark.slow  # a validator written in Python takes a minute for so many
@pytest.mark.parametrize(
    "data", [REAL, *DRUGS.values(), EXAMPLE / "data"], ids=lambda data: data.parent.name
)
def test_every_record_is_valid(data: Path) -> None:
    assert refused(data, files_of(data)) == {}


EASED = "  - says: Hiccups eased\n    at: leaflet use.1.3\n"
# What an editor marks: the file of the sound folder, what stood in it, what stands there now.
BROKEN = {
    "a misspelt field": ("studies/hiccups.yml", "design:", "desing:"),
    "a field left out": ("studies/hiccups.yml", "funding: not reported\n", ""),
    "an id in the file": ("studies/hiccups.yml", "name:", "id: hiccups\nname:"),
    "a blank value": ("studies/hiccups.yml", "dates: not reported", "dates:"),
    "a misspelt part": ("studies/hiccups.yml", "  note: Easing", "  nota: Easing"),
    "a value that is a list": ("studies/hiccups.yml", "dates: not reported", "dates: [a, b]"),
    "a word of absence as a name": (
        "studies/hiccups.yml",
        "Patients with hiccups\nc",
        "unclear\nc",
    ),
    "a list that is one word": ("studies/hiccups.yml", "conditions: [hiccups]", "conditions: x"),
    "a list that is empty": ("studies/hiccups.yml", "conditions: [hiccups]", "conditions: []"),
    "an id with capitals": ("studies/hiccups.yml", "[hiccups]", "[Hiccups]"),
    "a locator without its source": ("studies/hiccups.yml", "at: leaflet use.1.3", "at: use.1.3"),
    "a locator with a comma": ("studies/hiccups.yml", "leaflet use.1.3", "leaflet use,1,3"),
    "people without a unit": ("studies/hiccups.yml", "value: 40 people", "value: 40"),
    "a length in milligrams": ("studies/hiccups.yml", "value: 10 days", "value: 10 mg"),
    "findings that are a text": ("studies/hiccups.yml", EASED, "  - Eased\n"),
    "no space before a unit": ("regimens/hiccups.yml", "each: 2-4 mg", "each: 2-4mg"),
    "a dash in a range": ("regimens/hiccups.yml", "each: 2-4 mg", "each: 2–4 mg"),
    "another name of a unit": ("regimens/hiccups.yml", "each: 2-4 mg", "each: 2-4 mcg"),
    "a leading point": ("regimens/hiccups.yml", "each: 2-4 mg", "each: .2 mg"),
    "a closing nought": ("regimens/hiccups.yml", "each: 2-4 mg", "each: 2.0 mg"),
    "a decimal comma": ("regimens/hiccups.yml", "each: 2-4 mg", "each: 2,5 mg"),
    "a no-break space": ("regimens/hiccups.yml", "each: 2-4 mg", "each: 2-4\u00a0mg"),
    "a route in other words": ("regimens/hiccups.yml", "route: oral", "route: by mouth"),
    "a frequency in words": ("regimens/hiccups.yml", "times: 2 per day", "times: twice a day"),
    "another period of readings": ("regimens/yawning.yml", "per: week", "per: month"),
    "a kind that is not in the list": ("cautions/sleep.yml", "contraindication", "prohibition"),
    "a date in another order": ("events/approval.yml", "1999-05-03", "3 May 1999"),
    "a month that there is none": ("events/approval.yml", "1999-05-03", "1999-13-03"),
    "a certainty that is not in the list": ("events/approval.yml", "primary document", "sure"),
    "an amount without a unit": ("claims/duration.yml", "value: ≤ 12 hours", "value: ≤ 12"),
    "a bound in words": ("claims/duration.yml", "value: ≤ 12 hours", "value: up to 12 hours"),
    "a version of two numbers": ("site.yml", "version: 1.2.3", 'version: "1.2"'),
    "a month for a day": ("site.yml", "released: 2020-02-29", "released: 2020-02"),
    "an address without https": ("site.yml", "repository: not set", "repository: ref.example"),
    "a DOI with its address": ("sources/paper.yml", "10.1000/", "https://doi.org/10.1000/"),
    "a PMID with its name": ("sources/paper.yml", '"12345678"', "PMID 12345678"),
    "an author with a title": ("sources/paper.yml", "Nod AB", "Dr. A. Nod"),
    "an unknown part of a name": ("sources/paper.yml", "[Nod AB,", "[{family: Nod, first: A},"),
    "a topic that is none": (
        "sources/paper.yml",
        "read: abstract",
        "read: abstract\nread_for: [x]",
    ),
    "a trait without its reason": ("sources/paper.yml", "    why: It reports its own trial.\n", ""),
    "a reading without its reason": (
        "sources/paper.yml",
        "[50 µg/kg]",
        "[{printed: 50 µg/kg, reads_as: 5 mg}]",
    ),
    "a strength in milligrams": ("products/drops.yml", "strength: 10 mg/mL", "strength: 10 mg"),
    "doses that are left out": ("experiments/rats.yml", "doses: [50 micrograms/kg]\n", ""),
    "a tie of one report": ("ties/hiccups.yml", "[hiccups, trial]", "[hiccups]"),
}


@pytest.mark.parametrize("did", BROKEN)
def test_a_broken_record_is_refused(did: str) -> None:
    name, old, new = BROKEN[did]
    sound = {**FILES, **MORE}[name]
    sort = Path(name).parts[0].removesuffix(".yml")
    assert old in sound, "the mistake changes nothing"

    assert faults(OTHER, sort, parsed(sound, name)) == []
    assert faults(OTHER, sort, yaml.load(sound.replace(old, new, 1), AsEditorsRead))


def test_the_schemas_in_the_data_folder_are_current() -> None:
    """Where this fails: .venv/bin/python scripts/build.py schemas."""
    there = {path.name: path.read_bytes() for path in (REAL / schemas.FOLDER).iterdir()}

    assert there == {Path(name).name: content for name, content in schemas.files(REAL)}


def test_the_settings_of_the_editor_name_each_schema() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))

    of_kinds = {f"data/.schemas/{kind.folder}.json": f"data/{kind.folder}/*.yml" for kind in KINDS}
    others = {f"data/.schemas/{name}.json": f"data/{name}.yml" for name in ("site", "vocabulary")}
    assert settings["yaml.schemas"] == {**of_kinds, **others}


def test_a_field_has_the_words_of_the_model_its_choices_and_its_form() -> None:
    schema = schemas.schema("studies", Study)
    own = schema["properties"]
    words = schema["$defs"]["a-word-of-absence"]["enum"]

    assert own["dates"]["description"] == "When it was done."
    assert list(own) == [name for name in Study.model_fields if name != "id"]
    assert words == [word.value for word in Absence]
    assert "'2.5-5 mg'" in schema["$defs"]["an-amount-of-a-dose"]["patternErrorMessage"]
    assert "default" not in json.dumps(schema)


def test_the_routes_and_units_are_those_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(
        "units: [{one: wafer, many: wafers, measures: wafer, doses: a presentation,"
        " spellings: [wafer, wafers]}]\nroutes: [{name: percutaneous}]\n"
    )
    dose = {"each": "2 wafers", "route": "percutaneous"}
    regimen = {**parsed(FILES["regimens/hiccups.yml"], "x"), **dose}

    assert faults(tmp_path, "regimens", regimen) == []
    assert len(faults(OTHER, "regimens", regimen)) == 2
    found = schemas.schema("regimens", Regimen)["$defs"]["a-route"]["enum"]
    assert found == list(BUILT_IN.by_name)
