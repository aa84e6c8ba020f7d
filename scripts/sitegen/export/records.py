"""Records as JSON, whole and one by one, with what is computed from them, and their schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from sitegen.absence import Absence
from sitegen.derive.course import Course
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of
from sitegen.derive.total import Computed, Stated, Total
from sitegen.derive.verdicts import judge
from sitegen.derive.volumes import Volume, volumes
from sitegen.model import KINDS, Check, FieldReference, Locator, Regimen, Site, When
from sitegen.quantity import Quantity, write_number

FOLDER = "data/v1"


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Address and content of every JSON file: each record, all records, each kind's schema."""
    whole: dict[str, Any] = {"identity": plain(site.identity)}
    for folder, records in site.records.items():
        whole[folder] = {}
        for record in records.values():
            content = plain(record)
            if isinstance(record, Regimen):
                content["computed"] = _of_regimen(site, record)
            if isinstance(record, Check):
                content["computed"] = _of_check(site, record)
            whole[folder][record.id] = content
            yield f"{FOLDER}/{folder}/{record.id}.json", _json(content)
    yield f"{FOLDER}/all.json", _json(whole)
    for kind in KINDS:
        yield f"{FOLDER}/schema/{kind.folder}.json", _json(schema(kind))


@cache
def schema(kind: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the data files of a kind."""
    described = kind.model_json_schema()
    described["properties"].pop("id", None)
    described["required"] = [name for name in described["required"] if name != "id"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


def plain(value: object) -> Any:
    """A value as JSON knows it; amounts keep text, bounds and UCUM code; absences their word."""
    if isinstance(value, BaseModel):
        named = {name: plain(getattr(value, name)) for name in type(value).model_fields}
        return {name: content for name, content in named.items() if content not in (None, [])}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Quantity):
        return _quantity(value)
    if isinstance(value, Absence):
        return {"absent": value.value}
    if isinstance(value, Locator | When | FieldReference):
        return str(value)
    return value


def _quantity(amount: Quantity) -> dict[str, Any]:
    numbers = amount.range
    return {
        "text": str(amount),
        "low": None if numbers.low is None else write_number(numbers.low),
        "high": None if numbers.high is None else write_number(numbers.high),
        "unit": amount.unit.many,
        "ucum": amount.unit.ucum,
    }


def _of_regimen(site: Site, regimen: Regimen) -> dict[str, Any]:
    """What a regimen comes to: one entry for each reading, and for each strength described."""
    return {
        "courses": [_course(course) for course in courses_of(site, regimen)],
        "volumes": [_volume(volume) for volume in volumes(site, regimen)],
    }


def _volume(volume: Volume) -> dict[str, Any]:
    return {
        "if_product": volume.product.id,
        "reading": volume.reading,
        "each_dose": _total(volume.dose),
        "drops_a_dose": _total(volume.drops),
        "drops_in_each_nostril": _total(volume.drops_in_a_nostril),
        "bottles_a_dose": _total(volume.bottles_a_dose),
        "a_day": _total(volume.day),
        "a_course": _total(volume.course),
        "bottles_a_course": _total(volume.bottles_a_course),
        "flags": [flag.says.replace("\u00a0", " ") for flag in volume.flags],
    }


def _of_check(site: Site, check: Check) -> dict[str, Any]:
    verdict = judge(Relations(site), check).verdict
    return {
        "formula": verdict.formula.replace("\u00a0", " "),
        "result": verdict.result.replace("\u00a0", " "),
        "verdict": verdict.kind.value,
        "because": verdict.because.replace("\u00a0", " "),
    }


def _course(course: Course) -> dict[str, Any]:
    return {
        "reading": course.reading,
        "each_dose": _total(course.each),
        "a_day": _total(course.daily),
        "a_course": _total(course.whole),
    }


def _total(total: Total) -> dict[str, Any]:
    if isinstance(total, Stated):
        return {"stated": _quantity(total.amount), "at": [str(locator) for locator in total.at]}
    if isinstance(total, Computed):
        formula = total.formula.replace("\u00a0", " ")
        return {"computed": _quantity(total.amount), "formula": formula}
    return {"cannot_be_computed": total.why}


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(frozen=True)
class FieldEntry:
    """One field of a kind of record, for the data dictionary."""

    name: str
    about: str
    needed: bool


@dataclass(frozen=True)
class KindEntry:
    """One kind of record, for the data dictionary."""

    folder: str
    about: str
    fields: tuple[FieldEntry, ...]


def dictionary() -> tuple[KindEntry, ...]:
    """What each kind of record holds, field by field, in the words of the model."""
    return tuple(
        KindEntry(
            kind.folder,
            " ".join((kind.__doc__ or "").split()),
            tuple(
                FieldEntry(name, " ".join((field.description or "").split()), field.is_required())
                for name, field in kind.model_fields.items()
                if name != "id"
            ),
        )
        for kind in KINDS
    )
