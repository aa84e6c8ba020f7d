"""The harms that reports of studies list, and whether those who were given the drug had them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.derive.given_apart import control_arms
from sitegen.derive.relations import Relations
from sitegen.incremental.queries import query
from sitegen.model import GroupCount, HarmEvent, Source, Study
from sitegen.model.quantity import Quantity


@dataclass(frozen=True)
class ListedHarm:
    """A harm, and the report of a study that lists it."""

    harm: HarmEvent
    study: Study


@query
def listed_harms(relations: Relations) -> tuple[ListedHarm, ...]:
    """Return the harms that reports list, in source order.

    One that is counted in nobody, or in control arms alone, is none.
    """
    return tuple(
        ListedHarm(harm, study)
        for study in relations.studies
        for harm in study.harm_events
        if not harm.by_arm or _had(_beside(study, harm))
    )


def is_seen_with_the_drug(study: Study, harm: HarmEvent) -> bool:
    """Return whether a report surely says that people who were given the drug had a harm.

    A harm that is listed without any arm was seen. All who took part had the drug only where the
    report has no control arm.
    """
    given = {arm.id for arm in study.arms if arm.role == "drug" or arm.dosage}
    all_had_it = not control_arms(study)
    return not harm.by_arm or _had(
        [one for one in harm.by_arm if one.arm in given or (one.arm is None and all_had_it)]
    )


@query
def harms_of_source(relations: Relations, source: Source) -> tuple[ListedHarm, ...]:
    """Return the harms that reports of a source say people had who were given the drug."""
    return tuple(
        listed
        for listed in listed_harms(relations)
        if source in relations.sources_of(listed.study)
        and is_seen_with_the_drug(listed.study, listed.harm)
    )


def _beside(study: Study, harm: HarmEvent) -> list[GroupCount]:
    """Return the groups of a harm that are no control arm."""
    controls = {arm.id for arm in control_arms(study)}
    return [group for group in harm.by_arm if group.arm not in controls]


def _had(groups: Sequence[GroupCount]) -> bool:
    """Return whether one of some groups had a harm: more than none, or a number that is absent."""
    return any(map(_is_some, groups))


def _is_some(group: GroupCount) -> bool:
    counted = [value.value for value in (group.events, group.percentage) if value]
    numbers = [value for value in counted if isinstance(value, Quantity)]
    return not numbers or any(number.range.low for number in numbers)
