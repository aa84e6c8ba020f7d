"""The extensions of FHIR that this reference uses, each with its StructureDefinition.

After FHIR R5, "StructureDefinition" (hl7.org/fhir/R5/structuredefinition.html) and "Defining
extensions" (hl7.org/fhir/R5/defining-extensions.html).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from sitegen.export.files import Json
from sitegen.model import Site
from sitegen.model.regimen import When

_DOSAGE = ("Dosage",)
_GUIDELINE = ("MedicationKnowledge.indicationGuideline.dosingGuideline",)
_RESOURCES = ("MedicationKnowledge", "ClinicalUseDefinition", "Evidence", "Substance")
_WORDS, _AMOUNT = ("string",), ("Quantity", "Range")


@dataclass(frozen=True)
class Extension:
    """What an extension holds, the types of its value, and the elements that have it."""

    about: str
    types: tuple[str, ...] = _WORDS
    elements: tuple[str, ...] = _DOSAGE


_SINGLE = {
    "reported-by": Extension("the source and the sentences", elements=_RESOURCES),
    "source-state": Extension(
        "what became of the source after it was published, such as a retraction",
        elements=_RESOURCES,
    ),
    "texts": Extension(
        "that only a part of the texts of the source says so", elements=("ClinicalUseDefinition",)
    ),
    "other-substance": Extension(
        "what is given of another substance, in words", elements=_GUIDELINE
    ),
    "daily-total": Extension("the amount a day that the source states", _AMOUNT),
    "weekly-total": Extension("the amount a week that the source states", _AMOUNT),
    "max-doses": Extension("how many doses in a time are not to be exceeded", _AMOUNT),
    "time-from-meal": Extension(
        "how long before or after the time of the day or the event", _AMOUNT
    ),
    "stated-volume": Extension("the volume of each dose that the source states", _AMOUNT),
    "stated-strength": Extension("the strength that the source states", _AMOUNT),
    "stated-drops": Extension(
        "the drops that the source counts, at the site of the Dosage where it has one", _AMOUNT
    ),
    "dose-at-each-site": Extension(
        "the amount at each of two places, where the source states it so", _AMOUNT
    ),
    "dose-step": Extension("by how much the dose is raised or lowered in the phase", _AMOUNT),
    "time-between-doses": Extension(
        "the time from one dose to the next that the source states", _AMOUNT
    ),
    "repeat-after": Extension("after how long a dose may be repeated if needed", _AMOUNT),
    "repeats": Extension("how often a dose may be repeated", _AMOUNT),
    "courses": Extension("how many courses there are", _AMOUNT),
    "course-repeated": Extension(
        "how often the course is repeated, the first counted or not", _AMOUNT
    ),
    "time-between-courses": Extension("the time between two courses", _AMOUNT),
    "cycle": Extension("the time from the start of one course to the start of the next", _AMOUNT),
    "length-of-a-part": Extension(
        "the length of each course, or of the first part of the treatment", _AMOUNT
    ),
    "event": Extension("what doses are given before or after, where it is no time of the day"),
    "days": Extension("the days of the course on which doses are given"),
    "weeks": Extension("the weeks of the treatment in which doses are given"),
    "target": Extension("the measurements that the dose is set by"),
    "worked-out-for": Extension("the weight or body surface that the source works amounts out for"),
    "missed-dose": Extension("what is done about a missed dose"),
    "given": Extension(
        "that it is given without a break, or that a stated amount is divided into doses"
    ),
    "until": Extension("what ends the treatment, where it is no length"),
    "presentation": Extension("the presentation that the source names"),
    "ambiguous": Extension("what an unclear word may mean"),
}
_OF_A_TIME = {
    "dose": ("the dose at this time of the day, where doses are unequal: {}", _AMOUNT),
    "share": ("what part of the amount a day the dose at this time is: {}", _WORDS),
    "presentation": ("the presentation of the dose at this time of the day: {}", _WORDS),
}


def of_a_time(kind: str, when: str) -> str:
    """Return the name of an extension on the dose at one time of the day: `dose-before-sleep`."""
    return f"{kind}-{when.replace(' ', '-')}"


EXTENSIONS: Mapping[str, Extension] = {
    **_SINGLE,
    **{
        of_a_time(kind, when): Extension(about.format(when), types)
        for kind, (about, types) in _OF_A_TIME.items()
        for when in get_args(When)
    },
}
"""Every extension by the end of its address."""


DESCRIBED: Mapping[str, str] = {
    **{name: found.about for name, found in _SINGLE.items()},
    **{f"{kind}-…": about.format("such as morning") for kind, (about, _) in _OF_A_TIME.items()},
}
"""What each extension holds, those on the times of the day together."""


def base(site: Site) -> str:
    """Return the beginning of the addresses of this reference's own extensions and identifiers.

    It follows from the name of the site alone, so that no other setting changes an address.
    """
    return f"urn:x-{site.identity.name}:"


def definitions(site: Site) -> Json:
    """Return a Bundle of the StructureDefinition of every extension."""
    made = [_definition(site, name, found) for name, found in EXTENSIONS.items()]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": f"{site.identity.released}T00:00:00Z",
        "entry": [{"fullUrl": one["url"], "resource": one} for one in made],
    }


def _definition(site: Site, name: str, found: Extension) -> Json:
    url = f"{base(site)}{name}"
    return {
        "resourceType": "StructureDefinition",
        "id": name,
        "url": url,
        "version": site.identity.version,
        "name": "".join(map(str.capitalize, name.split("-"))),
        "status": "active",
        "date": str(site.identity.released),
        "publisher": site.identity.title,
        "description": found.about,
        "fhirVersion": "5.0.0",
        "kind": "complex-type",
        "abstract": False,
        "context": [{"type": "element", "expression": element} for element in found.elements],
        "type": "Extension",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension",
        "derivation": "constraint",
        "differential": {"element": list(_elements(url, found))},
    }


def _elements(url: str, found: Extension) -> Iterator[Json]:
    """Yield the constraints: what it is, one value of its types, and no extension within."""
    yield {"id": "Extension", "path": "Extension", "short": found.about}
    yield {"id": "Extension.extension", "path": "Extension.extension", "max": "0"}
    yield {"id": "Extension.url", "path": "Extension.url", "fixedUri": url}
    types = [{"code": code} for code in found.types]
    yield {"id": "Extension.value[x]", "path": "Extension.value[x]", "min": 1, "type": types}
