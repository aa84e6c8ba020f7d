"""Faults of FHIR R5 documents: of structure, of closed lists of words, of invariants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from fhir.resources.bundle import Bundle
from pydantic import BaseModel, ValidationError

from sitegen.model.units import BUILT_IN

Json = dict[str, Any]
UCUM = "http://unitsofmeasure.org"


def read(bundle: Json) -> Bundle:
    return Bundle.model_validate(bundle)


def faults(bundle: Json) -> list[str]:
    """Every fault: of structure, of a closed list of words, of an invariant."""
    try:
        found = read(bundle)
    except ValidationError as error:
        return [f"structure: {detail['msg']}" for detail in error.errors()]
    return [*wrong_words(found), *(fault for node in nodes(bundle) for fault in broken(node))]


def wrong_words(model: BaseModel) -> Iterator[str]:
    """Codes outside the list of their element, which the library knows and does not check."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        allowed = extra.get("enum_values")
        for member in value if isinstance(value, list) else [value]:
            if isinstance(member, BaseModel):
                yield from wrong_words(member)
            elif allowed and member is not None and member not in allowed:
                yield f"words: {name} {member}"


def nodes(value: object) -> Iterator[Json]:
    """Every object of a document."""
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from nodes(inner)


CODES = {unit.ucum for unit in BUILT_IN.all if unit.ucum}


def is_ucum(code: str) -> bool:
    """Whether a code is one of a unit of the table, or several of them divided."""
    return all(part in CODES for part in code.removeprefix("/").split("/"))


def in_sequence(dosages: list[Json]) -> bool:
    """Whether the Dosages of a regimen are one, or numbered from 1 on without a gap."""
    numbers = [each.get("sequence") for each in dosages]
    steps = [later - number for number, later in pairwise(numbers) if number and later]
    is_numbered = len(steps) + 1 == len(numbers) and {*steps} <= {0, 1}
    return numbers == [None] or (numbers[0] == 1 and is_numbered)


def is_duration(value: Json) -> bool:
    """Whether a Duration is one of UCUM, or says only why it is absent."""
    return value.get("system") == UCUM if "value" in value else [*value] == ["extension"]


# Invariants of R5, each by its key in the definitions of hl7.org/fhir/R5, and what holds there.
INVARIANTS: dict[str, tuple[str, Callable[[Json], bool]]] = {
    "tim-2": ("period", lambda node: "periodUnit" in node),
    "tim-5": ("period", lambda node: node["period"] >= 0),
    "tim-6": ("periodMax", lambda node: "period" in node),
    "tim-7": ("durationMax", lambda node: "duration" in node),
    "tim-8": ("countMax", lambda node: "count" in node),
    "tim-frequency": ("frequencyMax", lambda node: node["frequencyMax"] > node["frequency"]),
    "tim-count": ("countMax", lambda node: node["countMax"] > node.get("count", 0)),
    "qty-3": ("code", lambda node: "value" not in node or "system" in node),
    "rng-2": ("low", lambda node: "high" not in node or lower(node)),
    "ext-1": ("url", lambda node: sum(name.startswith("value") for name in node) == 1),
    "sqt-1": ("comparator", lambda node: False),
    "ucum": ("system", lambda node: node["system"] != UCUM or is_ucum(node["code"])),
    "drt-1": ("boundsDuration", lambda node: is_duration(node["boundsDuration"])),
    "dosage-text": ("doseAndRate", lambda node: bool(node.get("text"))),
    "dose-type": ("doseAndRate", lambda node: all("type" in dose for dose in node["doseAndRate"])),
    "sequence": ("dosage", lambda node: in_sequence(node["dosage"])),
    "bdl-7": (
        "entry",
        lambda node: len({entry["fullUrl"] for entry in node["entry"]}) == len(node["entry"]),
    ),
    "bdl-16": (
        "issue",
        lambda node: {issue["severity"] for issue in node["issue"]} <= {"information", "warning"},
    ),
    "cud-1": ("subject", lambda node: sum(name in node for name in USES) == 1),
}
USES = ("contraindication", "indication", "interaction", "undesirableEffect", "warning")


def lower(numbers: Json) -> bool:
    return bool(numbers["low"]["value"] <= numbers["high"]["value"])


def broken(node: Json) -> Iterator[str]:
    for name, (field, holds) in INVARIANTS.items():
        if field in node and not holds(node):
            yield f"invariant: {name}"
