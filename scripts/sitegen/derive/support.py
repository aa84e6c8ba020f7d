"""The evidence for claims and doses: what a claim lacks, which studies are tied to a dose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.derive.grouping import grouped
from sitegen.derive.participants import participants_phrase, sized_arms
from sitegen.derive.relations import Named, Relations
from sitegen.derive.safety import CautionGroup, groups_of_kind
from sitegen.incremental.queries import query
from sitegen.model import BroaderThan, Caution, Condition, Finding, Overlap, Regimen, Study
from sitegen.model.absence import Absence


@dataclass(frozen=True)
class Unsupported:
    """A finding in evaluative words, with what its report does not give."""

    study: Study
    finding: Finding
    lacks: tuple[str, ...]
    """Each with how it is lacking: not reported, unclear, or not extracted by us."""


@dataclass(frozen=True)
class Tension:
    """A caution and a study whose population it may concern, with the reason."""

    caution: Caution
    study: Study
    condition: Named
    overlap: Overlap | None
    broader: BroaderThan | None = None
    """Why the condition is only part of what the caution names."""

    @property
    def has_a_note(self) -> bool:
        """Return whether a curator says why the two meet; else it is the same condition."""
        return self.overlap is not None or self.broader is not None


def unsupported(relations: Relations) -> Iterator[Unsupported]:
    """Yield findings in evaluative words whose report gives no comparator, number or statistic.

    What was not extracted may be in the source: it is named as our gap and is no reason alone.
    """
    for study in relations.studies:
        absences = {
            "comparator": study.comparator.absence,
            "number of participants": not sized_arms(study) and study.participants.absence,
            "result in numbers": study.numeric_result.absence,
            "statistic": study.effect.absence,
        }
        lacks = tuple(
            f"{name} {word}"
            for name, word in absences.items()
            if word and word is not Absence.NOT_APPLICABLE
        )
        if not {Absence.NOT_REPORTED, Absence.UNCLEAR} & set(absences.values()):
            continue
        for finding in study.findings:
            if finding.emphasis:
                yield Unsupported(study, finding, lacks)


@query
def tensions(relations: Relations) -> tuple[Tension, ...]:
    """Return the cautions about a condition that a study's population has, or may have in part."""
    return tuple(_tensions(relations))


def _tensions(relations: Relations) -> Iterator[Tension]:
    for group in groups_of_kind(relations, "contraindication"):
        for study in relations.studies:
            for condition in relations.conditions_of(study):
                yield from _meeting(group, study, condition)


def _meeting(group: CautionGroup, study: Study, condition: Condition) -> Iterator[Tension]:
    """Yield why a contraindication may concern the people of a study, once for each reason."""
    caution, named = group.cautions[0], Named.of(condition)
    if group.condition == condition.id:
        yield Tension(caution, study, named, None)
    for overlap in condition.overlaps:
        if overlap.condition == group.condition:
            yield Tension(caution, study, named, overlap)
    for part in caution.broader_than if group.is_only_broader else ():
        if part.condition == condition.id:
            yield Tension(caution, study, named, None, part)


@query
def tensions_about(relations: Relations, record: Study | Condition) -> tuple[Tension, ...]:
    """Return the tensions that a study or a condition has a part in."""
    return _tensions_by_record(relations).get(record.key, ())


@query
def _tensions_by_record(relations: Relations) -> Mapping[tuple[str, str], tuple[Tension, ...]]:
    return grouped(
        (key, tension) for tension in tensions(relations) for key in _taking_part(tension)
    )


def _taking_part(tension: Tension) -> Iterable[tuple[str, str]]:
    """Return the study and the conditions that a tension is about."""
    wider = (part.condition for part in tension.caution.broader_than)
    cautioned = [(Condition.folder, id) for id in (*tension.caution.conditions, *wider)]
    return dict.fromkeys([tension.study.key, tension.condition.key, *cautioned])


def evidence_line(relations: Relations, regimen: Regimen) -> str:
    """Return the reports tied to a regimen, in words made from counts."""
    studies = [relations.site.studies[link.study] for link in regimen.studies]
    if not studies:
        return "no report of a study is tied to it"
    if len(studies) == 1:
        return f"one report, {_of_one(studies[0], regimen)}"
    return f"{len(studies)} reports: {_of_many(studies, regimen)}"


def _of_one(study: Study, regimen: Regimen) -> str:
    number = participants_phrase(study)
    comparator = f"comparator {study.comparator.absence or 'reported'}"
    return (
        f"{number}, {comparator}, dose {study.dose.absence or 'reported'}, {_route(study, regimen)}"
    )


def _of_many(studies: list[Study], regimen: Regimen) -> str:
    total = len(studies)
    counts = {
        "participants reported": sum(
            not study.participants.absence or bool(sized_arms(study)) for study in studies
        ),
        "comparator reported": sum(not study.comparator.absence for study in studies),
        "dose reported": sum(not study.dose.absence for study in studies),
        "same route": sum(study.route.value == regimen.route.value for study in studies),
    }
    return ", ".join(f"{name} in {number} of {total}" for name, number in counts.items())


def _route(study: Study, regimen: Regimen) -> str:
    if study.route.absence:
        return f"route {study.route.absence}"
    return "same route" if study.route.value == regimen.route.value else "another route"
