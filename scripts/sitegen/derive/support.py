"""How much stands behind words and doses: what a claim lacks, which studies are tied to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen import typography
from sitegen.derive.relations import Named, Relations, once
from sitegen.model import Caution, Condition, Finding, Overlap, Regimen, Study
from sitegen.quantity import Quantity


@dataclass(frozen=True)
class Unsupported:
    """A finding stated in evaluative words, with what it stands without."""

    study: Study
    finding: Finding
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Tension:
    """A caution that overlaps a population that was studied: the two records it ties, and why."""

    caution: Caution
    study: Study
    condition: Named
    overlap: Overlap | None


def unsupported(relations: Relations) -> Iterator[Unsupported]:
    """Findings in evaluative words that stand without comparator, number or statistic."""
    for study in relations.studies:
        absences = {
            "comparator": study.comparator.absence,
            "number of participants": study.participants.absence,
            "result in numbers": study.numeric_result.absence,
            "statistic": study.effect.absence,
        }
        lacks = tuple(name for name, absence in absences.items() if absence)
        for finding in study.findings:
            if finding.emphasis and lacks:
                yield Unsupported(study, finding, lacks)


@once
def tensions(relations: Relations) -> tuple[Tension, ...]:
    """Cautions about a condition that a study's population has, or may have in part."""
    return tuple(_tensions(relations))


def _tensions(relations: Relations) -> Iterator[Tension]:
    for caution, *_ in relations.caution_groups:
        if caution.kind != "contraindication":
            continue
        for study in relations.studies:
            for condition in relations.conditions_of(study):
                named = Named.of(condition)
                if condition.id in caution.conditions:
                    yield Tension(caution, study, named, None)
                for overlap in condition.overlaps:
                    if overlap.condition in caution.conditions:
                        yield Tension(caution, study, named, overlap)


@once
def tensions_about(relations: Relations, record: Study | Condition) -> tuple[Tension, ...]:
    """The tensions that a study or a condition has a part in."""
    return _tensions_by_record(relations).get(record.key, ())


@once
def _tensions_by_record(relations: Relations) -> Mapping[tuple[str, str], tuple[Tension, ...]]:
    found: dict[tuple[str, str], list[Tension]] = {}
    for each in tensions(relations):
        cautioned = [(Condition.folder, id) for id in each.caution.conditions]
        for key in dict.fromkeys([each.study.key, each.condition.key, *cautioned]):
            found.setdefault(key, []).append(each)
    return {key: tuple(several) for key, several in found.items()}


def evidence_line(relations: Relations, regimen: Regimen) -> str:
    """The reports tied to a regimen, in words made from counts."""
    studies = [relations.site.studies[link.study] for link in regimen.studies]
    if not studies:
        return "no report of a study is tied to it"
    if len(studies) == 1:
        return f"one report, {_of_one(studies[0], regimen)}"
    return f"{len(studies)} reports: {_of_many(studies, regimen)}"


def _of_one(study: Study, regimen: Regimen) -> str:
    people = study.participants.value
    number = (
        typography.amount(people)
        if isinstance(people, Quantity)
        else f"number of participants {people}"
    )
    comparator = f"comparator {study.comparator.absence or 'reported'}"
    return (
        f"{number}, {comparator}, dose {study.dose.absence or 'reported'}, {_route(study, regimen)}"
    )


def _of_many(studies: list[Study], regimen: Regimen) -> str:
    total = len(studies)
    counts = {
        "participants reported": sum(not study.participants.absence for study in studies),
        "comparator reported": sum(not study.comparator.absence for study in studies),
        "dose reported": sum(not study.dose.absence for study in studies),
        "same route": sum(study.route.value == regimen.route.value for study in studies),
    }
    return ", ".join(f"{name} in {number} of {total}" for name, number in counts.items())


def _route(study: Study, regimen: Regimen) -> str:
    if study.route.absence:
        return f"route {study.route.absence}"
    return "same route" if study.route.value == regimen.route.value else "another route"
