"""Regimens, cautions and indications in FHIR R5, and what FHIR cannot carry.

Apart from the rest because the resources are young: in R5 MedicationKnowledge has maturity 1
and ClinicalUseDefinition 2.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from sitegen.addresses import ALL_EXTENSIONS, ALL_RESOURCES, fhir_address
from sitegen.derive.phases import phases
from sitegen.derive.relations import Relations
from sitegen.export.fhir_cautions import interaction, undesirable_effect, warning
from sitegen.export.fhir_dosage import absent, dosage, extension, measured
from sitegen.export.fhir_extensions import base, definitions
from sitegen.export.fhir_results import evidence
from sitegen.export.files import Json, compact, spaced
from sitegen.model import (
    Caution,
    Claim,
    Code,
    HarmEvent,
    Population,
    Record,
    Regimen,
    Result,
    Site,
    Study,
    Substance,
)
from sitegen.model.quantity import Quantity
from sitegen.statements.regimens import stated
from sitegen.statements.sources import titled

NOT_CARRIED = (
    "Readings of an unclear word: an extension has them in words and none is coded. Two Dosages in "
    "one list would be read as doses given together or one after the other.",
    "A total a day without the doses it is made of: it is in an extension, because a dose and "
    "a frequency would be invented and a rate would mean the speed of an infusion.",
    "The word of absence of a strength, a volume, an amount a day and the people: only a dose, a "
    "frequency, a duration and a route say why they are absent (data-absent-reason).",
    "“None observed” and other denials: an undesirable effect needs an effect, so they are left "
    "out, with every caution that is not reported.",
    "The parts of a count, such as events and people: the frequency of an effect is words, and "
    "no code of a frequency is chosen.",
    "How serious a source calls an interaction, and dependence, overdose, pregnancy, "
    "breast-feeding and driving as kinds: they are warnings with the name of the kind.",
    "Codes that are only close to a subject, broader, narrower or related: a coding would state "
    "that they mean the same. The page of each condition and the file of codes have them all.",
    "A contraindication that names something broader or narrower than a condition of this "
    "reference, or that overlaps it: its words only.",
    "The sentence behind each value: only the record's sentences stand in an extension.",
    "A length that is that of each of several courses, or of a first part: it is in an "
    "extension, because bounds would say that the doses end there.",
    "Strict bounds (“more than”, “less than”) of a dose or a length: only the text has them.",
    "Doses of other substances that a source gives with this one: an extension has them in words, "
    "since every Dosage here is one of this substance.",
    "Drops: counted in an extension and never a volume, because the size of a drop is not fixed.",
    "Indications of a source that are only near to the conditions of this reference: the words of "
    "the claim only. Those that name no condition, such as a list of codes, are left out.",
    "Studies but for their results and harms in numbers, experiments, claims other than "
    "indications, checks and everything computed: not part of this export.",
    "The kind of a statistic, the role of a variable and what an interval is: words, not codes. "
    "What a group is printed to have, such as a mean with its spread, is in the description.",
)
_ELEMENTS = {"undesirable-effect": "undesirableEffect"}
"""The elements of ClinicalUseDefinition that are not named as its types."""


def files(relations: Relations) -> Iterator[tuple[str, bytes]]:
    """Address and content of the Bundle, of each regimen alone, and of the extensions."""
    for regimen in relations.site.regimens.values():
        yield fhir_address(regimen.id), compact(medication_knowledge(relations, regimen))
    yield fhir_address(ALL_RESOURCES), compact(bundle(relations))
    yield fhir_address(ALL_EXTENSIONS), compact(definitions(relations.site))


def bundle(relations: Relations) -> Json:
    """Return every resource in a Bundle of type collection, with a note of what is not carried."""
    site = relations.site
    resources = list(_resources(relations))
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": f"{site.identity.released}T00:00:00Z",
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources],
        "issues": {
            "resourceType": "OperationOutcome",
            "issue": [
                {"severity": "information", "code": "not-supported", "details": {"text": says}}
                for says in (*NOT_CARRIED, *_left_out(site))
            ],
        },
    }


def _resources(relations: Relations) -> Iterator[Json]:
    """Yield the substance, the regimens, the cautions, the indications, the results of studies."""
    site = relations.site
    yield _substance(relations, site.substances[site.identity.substance])
    for regimen in site.regimens.values():
        yield medication_knowledge(relations, regimen)
    for caution in site.cautions.values():
        yield from _cautions(relations, caution)
    for claim in site.claims.values():
        yield from _indications(relations, claim)
    for study in site.studies.values():
        yield from _evidence(relations, study)


def medication_knowledge(relations: Relations, regimen: Regimen) -> Json:
    """Return a regimen as MedicationKnowledge of the substance, with its one Dosage.

    It stands for the substance, not for a presentation: a dose in FHIR is an amount of the
    medication, and doses are reported in mass.
    """
    site = relations.site
    substance = site.substances[site.identity.substance]
    reported = {"type": {"text": "reported, not recommended"}}
    guideline: Json = {}
    if dosages := list(_dosages(site, regimen)):
        guideline["dosage"] = [{**reported, "dosage": dosages}]
    if given_with := list(_of_other_substances(site, regimen)):
        guideline["extension"] = given_with
    if people := list(_characteristics(regimen)):
        guideline["patientCharacteristic"] = people
    named = [{"concept": _condition(relations, id)} for id in regimen.conditions]
    indication: Json = {"indication": named} if named else {}
    return {
        **_head(relations, "MedicationKnowledge", regimen),
        "code": _of_substance(relations.site, substance),
        "indicationGuideline": [{**indication, "dosingGuideline": [guideline]}],
    }


def _dosages(site: Site, regimen: Regimen) -> Iterator[Json]:
    """Yield a Dosage for each phase; phases that run together share a number of the sequence.

    A phase of another substance has none: it would be read as a dose of this one.
    """
    sequence = 0
    for number, phase in enumerate(phases(regimen)):
        together = number > 0 and regimen.then[number - 1].is_together
        sequence += not together
        if phase.other_substance:
            continue
        made = dosage(site, phase, _route(site, phase), base(site))
        yield {"sequence": sequence, **made} if regimen.then else made


def _of_other_substances(site: Site, regimen: Regimen) -> Iterator[Json]:
    """Yield the phases of other substances in words."""
    for phase in phases(regimen):
        if phase.other_substance:
            yield extension(base(site), "other-substance", stated(phase))


def _head(relations: Relations, kind: str, record: Record, part: str = "") -> Json:
    """Return the beginning of a resource: its id, made of the record's, and who reports it."""
    own = base(relations.site)
    key = "/".join((relations.site.identity.name, *record.key, *filter(None, [part])))
    places = ", ".join(map(str, relations.places_of(record)))
    sources = relations.sources_of(record)
    titles = "; ".join(map(titled, sources))
    states = [extension(own, "source-state", titled(one)) for one in sources if one.states]
    return {
        "resourceType": kind,
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, key)),
        "extension": [extension(own, "reported-by", f"{titles} ({places})"), *states],
        "identifier": [{"system": f"{own}record", "value": "/".join(record.key)}],
    }


def _substance(relations: Relations, substance: Substance) -> Json:
    return {
        **_head(relations, "Substance", substance),
        "instance": False,
        "code": {"concept": _of_substance(relations.site, substance)},
    }


def _cautions(relations: Relations, caution: Caution) -> Iterator[Json]:
    """Yield what a source reports of a risk: a contraindication once for each condition it names.

    A denial and a word of absence are no caution of FHIR.
    """
    if not caution.is_reported:
        return
    if caution.kind == "contraindication":
        for part, concept in _concepts(relations, caution):
            use = _use(relations, caution, part, "contraindication", _of_disease(concept))
            if caution.texts == "part":
                use["extension"].append(extension(base(relations.site), "texts", caution.texts))
            yield use
    elif caution.kind == "adverse effects":
        yield _use(relations, caution, "", "undesirable-effect", undesirable_effect(caution))
    elif caution.kind == "interaction":
        yield _use(relations, caution, "", "interaction", interaction(relations.site, caution))
    else:
        yield _use(relations, caution, "", "warning", warning(caution))


def _indications(relations: Relations, claim: Claim) -> Iterator[Json]:
    """Yield an indication that a source names, once for each condition.

    Where the conditions are only near to what the source names, it is once in the words of the
    claim: a name or a code of theirs would say more than the source.
    """
    about = relations.site.identity.substance
    if claim.kind != "indication" or claim.substance != about:
        return
    concepts: list[tuple[str, Json]] = [(id, _condition(relations, id)) for id in claim.conditions]
    if concepts and claim.conditions_are == "nearest":
        concepts = [("", {"text": spaced(claim.says)})]
    for part, concept in concepts:
        yield _use(relations, claim, part, "indication", _of_disease(concept))


def _concepts(relations: Relations, caution: Caution) -> Iterator[tuple[str, Json]]:
    for id in caution.conditions:
        yield id, _condition(relations, id)
    if not caution.conditions:
        yield "", {"text": spaced(caution.name)}


def _of_disease(concept: Json) -> Json:
    return {"diseaseSymptomProcedure": {"concept": concept}}


def _evidence(relations: Relations, study: Study) -> Iterator[Json]:
    """Yield Evidence for each result and each harm of a report that has a number."""
    parts: list[tuple[str, Result | HarmEvent]] = [
        *((f"results/{place}", part) for place, part in enumerate(study.results)),
        *((f"harm_events/{place}", harm) for place, harm in enumerate(study.harm_events)),
    ]
    for place, part in parts:
        if content := evidence(study, part):
            yield {**_head(relations, "Evidence", study, place), **content}


def _use(
    relations: Relations, record: Caution | Claim, part: str, kind: str, content: Json
) -> Json:
    """Return a ClinicalUseDefinition of a type, whose element of that type has the content."""
    site = relations.site
    substance = site.substances[site.identity.substance]
    reference = f"urn:uuid:{_head(relations, 'Substance', substance)['id']}"
    return {
        **_head(relations, "ClinicalUseDefinition", record, part),
        "type": kind,
        "subject": [{"reference": reference, "display": substance.name}],
        _ELEMENTS.get(kind, kind): content,
    }


def _characteristics(regimen: Regimen) -> Iterator[Json]:
    facts = {
        "people": None if regimen.people.absence else str(regimen.people.value),
        "severity": regimen.severity,
    }
    for name, says in facts.items():
        if says:
            yield {"type": {"text": name}, "valueCodeableConcept": {"text": says}}
    yield from _of_population(regimen.population) if regimen.population else ()


def _of_population(people: Population) -> Iterator[Json]:
    """Yield age, weight, kidney function and sex of those a regimen is for."""
    renal = people.renal_function
    values = {
        "age": people.age.value if people.age else None,
        "weight": people.weight.value if people.weight else None,
        renal.measure if renal else "": renal.value if renal else None,
    }
    for name, value in values.items():
        if isinstance(value, Quantity):
            yield {"type": {"text": name}, **measured(value)}
    if people.sex:
        yield {"type": {"text": "sex"}, "valueCodeableConcept": {"text": people.sex}}


def _route(site: Site, regimen: Regimen) -> Json | None:
    if regimen.route.absence:
        return absent(regimen.route.absence)
    name = str(regimen.route.value)
    found = [coding.codes for coding in site.codes.values() if coding.route == name]
    return _concept(name, [code for codes in found for code in codes])


def _condition(relations: Relations, id: str) -> Json:
    condition = relations.site.conditions[id]
    return _concept(condition.name, list(relations.codes_of(condition)))


def _of_substance(site: Site, substance: Substance) -> Json:
    found = [coding.codes for coding in site.codes.values() if coding.name == substance.name]
    return _concept(substance.name, [code for codes in found for code in codes])


def _concept(name: str, codes: list[Code]) -> Json:
    """Return a subject in words, with the codes that mean exactly the same: FHIR has no others."""
    coding = [_coding(code) for code in codes if code.match == "exact"]
    return {**({"coding": coding} if coding else {}), "text": spaced(name)}


def _coding(code: Code) -> Json:
    """Return a code with its edition, where what is recorded of it names one by a number."""
    edition = {"version": code.version} if re.search("[0-9]", code.version) else {}
    return {"system": code.system, **edition, "code": code.code, "display": code.display}


def _left_out(site: Site) -> Iterator[str]:
    for caution in site.cautions.values():
        if not caution.is_reported:
            says = caution.says.absence or caution.stance
            yield f"Left out: {'/'.join(caution.key)} ({says})."
    for claim in site.claims.values():
        if claim.kind == "indication" and not claim.conditions:
            yield f"Left out: {'/'.join(claim.key)} (names no condition)."
