"""The evidence for claims: what a claim lacks, and which cautions meet a studied population."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.derive.completeness import state_of
from sitegen.derive.grouping import grouped
from sitegen.derive.relations import Named, Relations
from sitegen.derive.safety import CautionGroup, groups_of_kind
from sitegen.incremental.queries import query
from sitegen.model import Caution, Condition, Finding, Overlap, RelatedCondition, Study
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
    related: RelatedCondition | None = None
    """How what the caution names relates to the condition, where it is something else."""

    @property
    def has_a_note(self) -> bool:
        """Return whether a curator says why the two meet; else it is the same condition."""
        return self.overlap is not None or self.related is not None


_SUPPORT = {
    "comparator": "comparator",
    "number of participants": "participants",
    "numerical results": "numeric_result",
    "statistic": "effect",
}
"""What a finding in evaluative words is asked for, and the field of a study that answers it."""
_GIVEN = ("reported", Absence.NOT_APPLICABLE.value)


def unsupported(relations: Relations) -> Iterator[Unsupported]:
    """Yield findings in evaluative words whose report gives no comparator, number or statistic.

    What was not extracted may be in the source: it is named as our gap and is no reason alone.
    """
    for study in relations.studies:
        states = {name: state_of(study, field) for name, field in _SUPPORT.items()}
        lacks = tuple(f"{name} {state}" for name, state in states.items() if state not in _GIVEN)
        if not {Absence.NOT_REPORTED.value, Absence.UNCLEAR.value} & set(states.values()):
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
    for part in caution.related if group.is_only_related else ():
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
    others = (part.condition for part in tension.caution.related)
    cautioned = [(Condition.folder, id) for id in (*tension.caution.conditions, *others)]
    return dict.fromkeys([tension.study.key, tension.condition.key, *cautioned])
