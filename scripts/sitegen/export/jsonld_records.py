"""Single records as nodes of schema.org, with addresses from the root of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sitegen.addresses import page_of
from sitegen.derive import references
from sitegen.derive.dose_sites import pair_of
from sitegen.derive.frequency import frequency
from sitegen.derive.phases import gives_the_drug
from sitegen.derive.relations import Named, Relations
from sitegen.derive.safety import groups_of_kind
from sitegen.export.files import number
from sitegen.model import Caution, CautionKind, Code, Condition, Regimen, Source, Study, Substance
from sitegen.model.absence import Absence
from sitegen.model.author import MORE, Author
from sitegen.model.quantity import Quantity
from sitegen.model.typography import amount
from sitegen.statements.attribution import no_advice_line, reported_by
from sitegen.statements.regimens import regimen_line
from sitegen.statements.studies import study_line

Json = dict[str, Any]

# Words by which a source says what design a trial has, and the fields it may say so in.
_DESIGNS = {
    "RandomizedTrial": (r"\brandom", ("allocation", "design")),
    "PlaceboControlledTrial": (r"\bplacebo\b", ("comparator", "design")),
    "DoubleBlindedTrial": (r"\bdouble[- ]blind", ("blinding", "design")),
    "SingleBlindedTrial": (r"\bsingle[- ]blind", ("blinding", "design")),
    "OpenTrial": (r"\bopen[- ]label", ("blinding", "design")),
}
# The words of the closed lists that say the same.
_IN_LISTS = {
    "RandomizedTrial": ("allocation_type", "randomised"),
    "PlaceboControlledTrial": ("control", "placebo"),
    "DoubleBlindedTrial": ("masking", "double-blind"),
    "TripleBlindedTrial": ("masking", "triple-blind"),
    "SingleBlindedTrial": ("masking", "single-blind"),
    "OpenTrial": ("masking", "open"),
}
_DENIED = re.compile(r"\b(?:no|non|not|nor|neither|without|quasi|historical)\b", re.IGNORECASE)
# Properties of MolecularEntity, by the registry or notation that gives them.
_NOTATIONS = {
    "InChIKey": "inChIKey",
    "InChI": "inChI",
    "SMILES": "smiles",
    "IUPAC name": "iupacName",
}


def regimen(relations: Relations, record: Regimen) -> Json:
    """Return a regimen as MedicalTherapy with a ReportedDoseSchedule.

    A range or an unclear dose has its words only: `doseValue` is one number. What gives another
    substance alone has no schedule, since that would be one of this drug.
    """
    about = no_advice_line(relations.sources_of(record))
    head = {
        "@type": "MedicalTherapy",
        "@id": f"/{page_of(record)}#regimen",
        "name": record.name,
        "description": about,
    }
    if not gives_the_drug(record):
        return {**head, "description": f"{about} {regimen_line(record)}"}
    ruled_out = contraindications(relations, relations.sources_of(record))
    return {
        **head,
        "drug": _drug(relations),
        **({"contraindication": ruled_out} if ruled_out else {}),
        "doseSchedule": {"@type": "ReportedDoseSchedule", **_schedule(record)},
    }


def contraindications(
    relations: Relations, only_of: tuple[Source, ...] | None = None
) -> list[Json]:
    """Return what sources report as a contraindication, each by its name and with its sources.

    Where some sources are given, it is what they report, and the others are left out.
    """
    found = []
    for group in groups_of_kind(relations, "contraindication"):
        said_by = (source for one in group.cautions for source in relations.sources_of(one))
        sources = [one for one in dict.fromkeys(said_by) if only_of is None or one in only_of]
        if sources:
            node = {"@type": "MedicalContraindication", "name": group.name}
            found.append({**node, "description": f"{reported_by(sources)}."})
    return found


def study(relations: Relations, record: Study) -> Json | None:
    """Return a report as MedicalStudy, or as MedicalTrial where the source tells its design.

    None for an analysis that pools studies: it is no study of its own.
    """
    if record.pools:
        return None
    designs = list(_designs(record))
    return {
        "@type": "MedicalTrial" if designs else "MedicalStudy",
        "@id": f"/{page_of(record)}#study",
        "name": record.name,
        "description": f"As reported: {study_line(record, relations)}",
        "healthCondition": [_named(condition) for condition in relations.conditions_named(record)],
        "studySubject": _drug(relations),
        **(
            {"trialDesign": [f"https://schema.org/{design}" for design in designs]}
            if designs
            else {}
        ),
        **_registered(record),
    }


def _registered(record: Study) -> Json:
    """Return the numbers under which a study is registered."""
    numbers = [
        {"@type": "PropertyValue", "propertyID": number.scheme, "value": str(number.value)}
        for number in record.identifiers
    ]
    return {"identifier": numbers} if numbers else {}


def condition(relations: Relations, record: Condition) -> Json:
    """Return a condition as MedicalCondition, with the codes that mean the same or nearly so."""
    node = {**_named(record), "description": record.gloss}
    node["code"] = _codes(relations.codes_of(record))
    return {name: value for name, value in node.items() if value}


def source(relations: Relations, record: Source) -> Json:
    """Return a source as ScholarlyArticle, or as WebPage where no journal printed it."""
    published = record.published.value
    names = record.author.value
    authors = () if isinstance(names, Absence) else names
    node = {
        "@type": "ScholarlyArticle" if record.publication else "WebPage",
        "@id": f"/{page_of(record)}#source",
        "name": record.title,
        "creativeWorkStatus": list(record.states),
        "alternateName": record.original_title,
        "author": [person(author) for author in authors if author != MORE],
        "datePublished": None
        if isinstance(published, Absence) or published.first_year != published.last_year
        else str(published),
        "inLanguage": references.csl(record).get("language"),
        "url": references.linked(record),
        **(_of_publication(record) if record.publication else {}),
    }
    return {name: value for name, value in node.items() if value}


def person(name: str | Author) -> Json:
    """Return an author as Person with the parts of the name, or a body as Organization."""
    if isinstance(name, Author) and name.literal:
        return {"@type": "Organization", "name": name.literal}
    node = {"@type": "Person", "name": str(name)}
    if isinstance(name, Author):
        parts = {"givenName": name.given, "familyName": name.last, "honorificSuffix": name.suffix}
        node |= {part: text for part, text in parts.items() if text}
    return node


def substance(relations: Relations, record: Substance) -> Json | None:
    """Return the drug as Drug, and whatever has a molecule as MolecularEntity; None for a class."""
    if record.kind == "class":
        return None
    node: Json = {
        "@type": ["Drug", "MolecularEntity"] if record.kind == "drug" else "MolecularEntity",
        "@id": f"/{page_of(record)}",
        "name": record.name,
        "alternateName": [synonym.text for synonym in record.names if synonym.text != record.name],
        "molecularFormula": _text(record.formula.value),
        "molecularWeight": _text(record.mass.value),
    }
    for identifier in record.numbers:
        if identifier.standing == "accepted" and identifier.scheme in _NOTATIONS:
            node[_NOTATIONS[identifier.scheme]] = str(identifier.value)
    if record.kind == "drug":
        node |= _of_drug(relations, record)
        if record.id == relations.site.identity.substance:
            node |= _warnings(relations)
    return {name: value for name, value in node.items() if value}


def _schedule(record: Regimen) -> Json:
    """Return what a schedule says: its words, and its dose where that is one number and clear.

    A dose for each of two places, and that of one phase of several, have their words only:
    `doseValue` would be read as all of it.
    """
    node: Json = {"description": f"Reported: {regimen_line(record)}"}
    if not record.people.absence:
        node["targetPopulation"] = str(record.people.value)
    if often := frequency(record):
        node["frequency"] = often
    dose = record.each.value
    if isinstance(dose, Quantity) and dose.range.is_one and dose.range.low is not None:
        if often and not (record.lengths or record.then or pair_of(record)):
            node |= {"doseValue": number(dose.range.low), "doseUnit": dose.unit.many}
    return node


def _designs(record: Study) -> Iterator[str]:
    """Yield the designs that the source's own words or the closed lists say, each once."""
    for design, (field, word) in _IN_LISTS.items():
        chosen = getattr(record, field)
        if (chosen and chosen.value == word) or _says(record, design):
            yield design


def _says(record: Study, design: str) -> bool:
    """Return whether the source's words say a design and do not deny it."""
    pattern, fields = _DESIGNS.get(design, (r"(?!)", ()))
    texts = [getattr(record, field).value for field in fields]
    said = [text for text in texts if isinstance(text, str) and not _DENIED.search(text)]
    return any(re.search(pattern, text, re.IGNORECASE) for text in said)


def _drug(relations: Relations) -> Json:
    record = relations.site.substances[relations.site.identity.substance]
    return {"@type": "Drug", "@id": f"/{page_of(record)}", "name": record.name}


def _named(record: Condition | Named) -> Json:
    return {
        "@type": "MedicalCondition",
        "@id": f"/{page_of(record)}#condition",
        "name": record.name,
    }


def _codes(codes: Iterable[Code]) -> list[Json]:
    return [
        {"@type": "MedicalCode", "codeValue": code.code, "codingSystem": code.system}
        for code in codes
        if code.match == "exact"
    ]


def _of_publication(record: Source) -> Json:
    fields = references.csl(record)
    inner: Json = {"@type": "Periodical", "name": fields["container-title"]}
    if "volume" in fields:
        volume = fields["volume"]
        inner = {"@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": inner}
    if "issue" in fields:
        inner = {"@type": "PublicationIssue", "issueNumber": fields["issue"], "isPartOf": inner}
    numbers = [
        {"@type": "PropertyValue", "propertyID": name, "value": fields[name]}
        for name in ("PMID", "PMCID", "DOI")
        if name in fields
    ]
    return {"isPartOf": inner, "pagination": fields.get("page"), "identifier": numbers}


def _of_drug(relations: Relations, record: Substance) -> Json:
    codings = [coding for coding in relations.site.codes.values() if coding.name == record.name]
    own = [
        product for product in relations.site.products.values() if product.substance == record.id
    ]
    products = [product for product in own if not product.apart]
    forms = [str(product.form.value) for product in products if not product.form.absence]
    strengths = [product.strength.value for product in products]
    return {
        "code": _codes(code for coding in codings for code in coding.codes),
        "dosageForm": list(dict.fromkeys(forms)),
        "availableStrength": [
            {
                "@type": "DrugStrength",
                "activeIngredient": record.name,
                "strengthValue": number(strength.range.low),
                "strengthUnit": strength.unit.many,
            }
            for strength in strengths
            if isinstance(strength, Quantity)
            and strength.range.is_one
            and strength.range.low is not None
        ],
    }


_WARNINGS: Mapping[CautionKind, str] = {
    "boxed warning": "warning",
    "warning": "warning",
    "precaution": "warning",
    "driving": "warning",
    "dependence": "warning",
    "pregnancy": "pregnancyWarning",
    "breast-feeding": "breastfeedingWarning",
    "overdose": "overdosage",
}
"""The properties of Drug for kinds of caution. It has none for contraindications, which are among
its warnings, nor for an adverse effect that is not serious."""


def _warnings(relations: Relations) -> Json:
    """Return what sources report of risks as properties of the drug, by property."""
    found: Json = {}
    if ruled_out := contraindications(relations):
        said = [f"Contraindication: {one['name']}. {one['description']}" for one in ruled_out]
        found["warning"] = said
    for kind, name in _WARNINGS.items():
        for group in groups_of_kind(relations, kind):
            for caution in group.cautions:
                found.setdefault(name, []).append(_reported(caution))
    ids = [
        caution.interaction.substance
        for group in groups_of_kind(relations, "interaction")
        for caution in group.cautions
        if caution.interaction and caution.interaction.substance
    ]
    others = [relations.site.substances[id] for id in dict.fromkeys(ids)]
    drugs = [other for other in others if other.kind == "drug"]
    node = [{"@type": "Drug", "@id": f"/{page_of(o)}", "name": o.name} for o in drugs]
    return {**found, **({"interactingDrug": node} if node else {})}


def _reported(caution: Caution) -> str:
    return f"Reported ({caution.kind}): {_text(caution.says.value)}"


def _text(value: object) -> str | None:
    if isinstance(value, Absence):
        return None
    return amount(value) if isinstance(value, Quantity) else str(value)
