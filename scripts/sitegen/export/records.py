"""Records as JSON, whole and one by one, with what is computed from them, and their schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from sitegen.addresses import FOLDER, json_address, json_of_kind, schema_address
from sitegen.derive.agreement import Agreement, compared, everything
from sitegen.derive.ceilings import ceilings
from sitegen.derive.completeness import answers, count
from sitegen.derive.course import Course, Held
from sitegen.derive.participants import participants_of
from sitegen.derive.phases import phase_name, phases
from sitegen.derive.positions import Position
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import all_phases, courses_of, stated_strength
from sitegen.derive.total import Computed, Stated, Total
from sitegen.derive.verdicts import judge
from sitegen.derive.volumes import Volume, volumes
from sitegen.derive.volumes import content as content_of
from sitegen.export.computed import NAMES_OF_TOTALS
from sitegen.export.files import Texts, as_json, joined, lines, spaced
from sitegen.export.format import FORMAT
from sitegen.model import (
    KINDS,
    Check,
    Comparison,
    FieldReference,
    Locator,
    Product,
    Record,
    Regimen,
    Site,
    Source,
    Study,
    When,
    published,
)
from sitegen.model.absence import Absence
from sitegen.model.field_docs import field_docs
from sitegen.model.quantity import Quantity, write_number
from sitegen.model.signed import Signed
from sitegen.statements.agreement import about_line, alarm_line, standing_is
from sitegen.statements.amounts import none_word, why_none
from sitegen.statements.verdicts import because, formula_line, result_line
from sitegen.statements.volumes import flag_line

_PARTS = {
    "Amount": published.AMOUNT,
    "Absence": published.ABSENCE,
    "Signed": published.SIGNED,
}
_USED = re.compile(r'"#/\$defs/([^"]+)"')
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def content(relations: Relations, record: Record, references: Mapping[str, str]) -> dict[str, Any]:
    """Return a record with what is computed from it; `references` are citations by source id."""
    found: dict[str, Any] = plain(record)
    computed = {**(_computed(relations, record, references) or {}), **_states(relations, record)}
    return {**found, "computed": computed} if computed else found


def files(
    relations: Relations, texts: Texts, schemas: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Address and content of every JSON file: each record, each kind, everything, the schemas.

    `texts` are the records in JSON; `schemas` are those of the function of that name.
    """
    site = relations.site
    everything_as_json = {"format": as_json(FORMAT), "identity": as_json(plain(site.identity))}
    for folder, records in site.records.items():
        by_id = {str(record.id): texts[record.key] for record in records.values()}
        yield from ((json_address(folder, id), lines(text)) for id, text in by_id.items())
        everything_as_json[folder] = joined(by_id)
        if by_id:
            yield json_of_kind(folder), lines(everything_as_json[folder])
    agreement = [_agreement(question) for question in everything(relations)]
    everything_as_json["computed"] = as_json({"agreement": agreement})
    yield f"{FOLDER}/all.json", lines(joined(everything_as_json))
    yield from ((address, lines(text)) for address, text in schemas.items())


def schemas() -> dict[str, str]:
    """Return the JSON Schema (2020-12) of the published records of each kind, by its address.

    They follow from code and units alone. The `$id` of each is its name, which counts from the
    address that it is read at. A type is described once for all kinds, and written in the schema
    of each kind that uses it.
    """
    tops, together = models_json_schema([(kind, "serialization") for kind in KINDS])
    types = together["$defs"]
    names = {name: published.short_name(name, place) for place, name in enumerate(types)}
    refs = {f"#/$defs/{name}": f"#/$defs/{short}" for name, short in names.items()}
    written = {names[name]: as_json(_named(described, refs)) for name, described in types.items()}
    written |= {name: as_json(part) for name, part in _parts().items()}
    described = (types[top["$ref"].rpartition("/")[2]] for top in tops.values())
    return {
        schema_address(kind.folder): _schema(kind.folder, own, refs, written)
        for kind, own in zip(KINDS, described, strict=True)
    }


def _schema(
    folder: str, described: Mapping[str, Any], refs: Mapping[str, str], written: Mapping[str, str]
) -> str:
    """Return the schema of a kind with the types that it uses, `written` by name."""
    computed = {"type": "object", "description": "What is computed from the record."}
    properties = {**described["properties"], "computed": computed}
    head = {"$schema": _DIALECT, "$id": f"{folder}.json", "title": f"Record of {folder}"}
    own = {**head, **_named({**described, "properties": properties}, refs)}
    members = {name: as_json(value) for name, value in own.items()}
    used = dict.fromkeys(_USED.findall("".join(members.values())))
    for name in (reached := list(used)):
        new = [other for other in _USED.findall(written[name]) if other not in used]
        used |= dict.fromkeys(new)
        reached += dict.fromkeys(new)
    return joined({**members, "$defs": joined({name: written[name] for name in used})})


def _parts() -> dict[str, dict[str, Any]]:
    """Return the types that are written by hand, with the units of the site at hand."""
    return {**_PARTS, "Amount": published.amount()}


def _named(node: Any, names: Mapping[str, str]) -> Any:
    """Return a schema in which an amount and a word of absence are written once and referred to.

    Titles go: each only repeats the name of its field.
    """
    if isinstance(node, list):
        return [_named(member, names) for member in node]
    if not isinstance(node, dict):
        return names.get(node, node) if isinstance(node, str) else node
    for name, part in _PARTS.items():
        if part.items() <= node.items():
            others = {key: value for key, value in node.items() if key not in {*part, "title"}}
            return {**others, "$ref": f"#/$defs/{name}"}
    return {
        key: _named(value, names)
        for key, value in node.items()
        if key != "title" or not isinstance(value, str)
    }


def plain(value: object) -> Any:
    """Return a value as JSON types: amounts as text, bounds and UCUM code; absences as their word.

    What a record leaves out is left out here too, but for a list that it needs and has empty.
    """
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        named = {name: plain(getattr(value, name)) for name in fields}
        return {
            name: content
            for name, content in named.items()
            if content is not None and (content != [] or fields[name].is_required())
        }
    if isinstance(value, tuple):
        return [plain(member) for member in value]
    if isinstance(value, Quantity):
        return _quantity(value)
    if isinstance(value, Signed):
        return value.as_json()
    if isinstance(value, Absence):
        return {"absent": value.value}
    if isinstance(value, Locator | When | FieldReference):
        return str(value)
    return value


def _computed(
    relations: Relations, record: Record, references: Mapping[str, str]
) -> dict[str, Any] | None:
    """Return what is computed from a record; None where nothing is."""
    if isinstance(record, Regimen):
        return _of_regimen(relations.site, record)
    if isinstance(record, Check):
        return _of_check(relations, record)
    if isinstance(record, Study):
        return _of_study(relations, record)
    if isinstance(record, Comparison):
        return _agreement(compared(relations, record))
    if isinstance(record, Product):
        return {"content": _total(content_of(record))}
    if isinstance(record, Source):
        return {"reference": spaced(references[record.id])}
    return None


def _states(relations: Relations, record: Record) -> dict[str, Any]:
    """Return what became of the sources that a record cites, by their ids; nothing of others."""
    if isinstance(record, Source):
        return {}
    states = {source.id: list(source.states) for source in relations.sources_of(record)}
    known = {id: words for id, words in states.items() if words}
    return {"states_of_sources": known} if known else {}


def _quantity(amount: Quantity) -> dict[str, Any]:
    numbers = amount.range
    return {
        "text": str(amount),
        "low": None if numbers.low is None else write_number(numbers.low),
        "high": None if numbers.high is None else write_number(numbers.high),
        "unit": amount.unit.many,
        "ucum": amount.unit.ucum,
    }


def _of_study(relations: Relations, study: Study) -> dict[str, Any]:
    """Return the reports of the same study, and how many questions this one answers."""
    counted = count(answers(study))
    return {
        "reports_of_the_study": [report.id for report in relations.group_of(study)],
        "participants": _total(participants_of(study)),
        "questions": {
            "reported": counted.reported,
            "unclear": counted.unclear,
            "asked": counted.applicable,
            "not_extracted": counted.unread,
        },
    }


def _agreement(found: Agreement) -> dict[str, Any]:
    """Return a question with the position of each source and how the sources compare."""
    stands = {
        "about": about_line(found),
        "field": found.field or None,
        "comparison": found.comparison.id if found.comparison else None,
        "weight": found.weight,
        "standing": found.standing.value,
        "standing_is": standing_is(found),
        "alarm": alarm_line(found.alarm),
        "positions": [_position(position) for position in found.positions],
    }
    return {name: value for name, value in stands.items() if value is not None}


def _position(position: Position) -> dict[str, Any]:
    return {
        "source": position.source.id,
        "record": "/".join(position.record.key),
        "says": spaced(position.text),
        "voice": position.voice,
        "at": [str(locator) for locator in position.at],
    }


def _of_regimen(site: Site, regimen: Regimen) -> dict[str, Any]:
    """Return the totals of a regimen: an entry for each reading, and for each strength."""
    strength = stated_strength(regimen)
    first, *later = phases(regimen)
    return {
        "courses": [_course(course) for course in courses_of(site, first)],
        **_limits(first),
        **({"phases": [_phase(site, regimen, n) for n in range(len(later) + 1)]} if later else {}),
        **(_all_phases(site, regimen) if later else {}),
        **({"strength": _total(strength)} if isinstance(strength, Computed) else {}),
        "volumes": [_volume(volume) for volume in volumes(site, regimen)],
    }


def _all_phases(site: Site, regimen: Regimen) -> dict[str, Any]:
    """Return the sum of all phases, or an entry for each combination of their readings."""
    sums = all_phases(site, regimen)
    if len(sums) == 1:
        return {"all_phases": _total(sums[0][1])}
    return {
        "all_phases_by_reading": [{"reading": spaced(says), **_total(one)} for says, one in sums]
    }


def _phase(site: Site, regimen: Regimen, number: int) -> dict[str, Any]:
    """Return the totals of one phase of a regimen: an entry for each reading."""
    phase = phases(regimen)[number]
    courses = [_course(course) for course in courses_of(site, phase)]
    return {"phase": phase_name(regimen, number), "courses": courses, **_limits(phase)}


def _limits(phase: Regimen) -> dict[str, Any]:
    """Return the limits that follow from what is stated of a phase, where there are any."""
    found = [{"of": limit.of, **_total(limit.most)} for limit in ceilings(phase)]
    return {"limits": found} if found else {}


def _volume(volume: Volume) -> dict[str, Any]:
    return {
        "if_product": volume.product.id,
        **({"phase": volume.phase} if volume.phase else {}),
        "reading": volume.reading,
        "each_dose": _total(volume.dose),
        "drops_a_dose": _total(volume.drops),
        "drops_in_each_nostril": _total(volume.drops_in_a_nostril),
        "drops_otherwise": [
            {
                "condition": spaced(other.condition),
                "drops_a_dose": _total(other.drops),
                "drops_in_each_nostril": _total(other.drops_in_a_nostril),
            }
            for other in volume.otherwise
        ],
        "bottles_a_dose": _total(volume.bottles_a_dose),
        "a_day": _total(volume.day),
        "a_course": _total(volume.course),
        "bottles_a_course": _total(volume.bottles_a_course),
        **_where_known(
            all_courses=volume.all_courses, bottles_in_all_courses=volume.bottles_in_all
        ),
        "flags": [spaced(flag_line(flag)) for flag in volume.flags],
    }


def _of_check(relations: Relations, check: Check) -> dict[str, Any]:
    verdict = judge(relations, check).verdict
    return {
        "formula": spaced(formula_line(verdict)),
        "result": spaced(result_line(verdict)),
        "verdict": verdict.kind.value,
        "because": spaced(because(verdict)),
    }


def _course(course: Course) -> dict[str, Any]:
    return {
        "reading": course.reading,
        "each_dose": _total(course.per_dose),
        "a_day": _total(course.daily),
        **_where_known(
            a_week=course.weekly,
            a_month=course.monthly,
            a_year=course.yearly,
            an_hour=course.hourly,
        ),
        "a_course": _total(course.total),
        **_where_known(all_courses=course.all_courses),
        **_held(course, "ingredients", "ingredient"),
        **_held(course, "for_a_body", "body"),
        **_held(course, "equivalents", "equivalent"),
    }


def _held(course: Course, name: str, kind: str) -> dict[str, Any]:
    """Return what totals hold, or are for a body; nothing where there is none."""
    found = [_in_total(held) for held in course.held if held.kind == kind]
    return {name: found} if found else {}


def _in_total(held: Held) -> dict[str, Any]:
    """Return the amount of an ingredient or for a body, with the total that it is in."""
    return {"in": NAMES_OF_TOTALS[held.of], "name": held.name, **_total(held.total)}


def _where_known(**totals: Total | None) -> dict[str, Any]:
    """Return the totals that a record has."""
    return {name: _total(total) for name, total in totals.items() if total is not None}


def _total(total: Total) -> dict[str, Any]:
    if isinstance(total, Stated):
        return {"stated": _quantity(total.amount), "at": [str(locator) for locator in total.at]}
    if isinstance(total, Computed):
        return {"computed": _quantity(total.amount), "formula": spaced(total.formula)}
    return {none_word(total).replace(" ", "_"): spaced(why_none(total))}


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
    """Return what each kind of record holds, field by field, in the words of the model."""
    return tuple(
        KindEntry(
            kind.folder,
            " ".join((kind.__doc__ or "").split()),
            tuple(
                FieldEntry(name, " ".join(field_docs(kind)[name].split()), field.is_required())
                for name, field in kind.model_fields.items()
                if name != "id"
            ),
        )
        for kind in KINDS
    )
