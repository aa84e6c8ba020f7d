"""What an arm of a study was given, as a regimen that sentences and totals are made of."""

from __future__ import annotations

from sitegen.derive.phases import NOT_APPLICABLE
from sitegen.model import Arm, Experiment, Locator, Regimen, Reported, Study
from sitegen.model.regimen import OF_EACH_PHASE


def dosage_of(record: Study | Experiment, arm: Arm) -> Regimen | None:
    """Return what an arm was given as a regimen; None where the source states no dosage of it.

    It is for sentences and totals alone, and no record of the data.
    """
    if not arm.dosage:
        return None
    first, *then = arm.dosage
    own = {name: getattr(first, name) for name in OF_EACH_PHASE}
    return Regimen.model_construct(
        **own,
        id=record.id,
        name=arm.name,
        conditions=record.conditions,
        people=NOT_APPLICABLE,
        at=first.at or record.at,
        route=first.route or NOT_APPLICABLE,
        volume=NOT_APPLICABLE,
        strength=NOT_APPLICABLE,
        site=first.site,
        product=first.product,
        for_body=first.for_body,
        then=tuple(then),
    )


def places_of_arm(record: Study | Experiment, arm: Arm) -> tuple[Locator, ...]:
    """Return the places cited for an arm, its size and its dosage; else those of the record."""
    values = (value for phase in arm.dosage for value in vars(phase).values())
    cited = [arm.at, arm.participants.at, *(phase.at for phase in arm.dosage)]
    cited += [value.at for value in values if isinstance(value, Reported)]
    return tuple(dict.fromkeys(at for places in cited for at in places)) or record.at
