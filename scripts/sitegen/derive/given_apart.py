"""What a report answers elsewhere than in the field of a reporting item: by arm, or in a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sitegen.derive.arm_dosage import dosage_of, places_of_arm
from sitegen.derive.participants import places_of_arms, sized_arms
from sitegen.derive.phases import phases
from sitegen.model import Arm, GroupCount, Locator, Phase, Regimen, Reported, Result, Study
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity
from sitegen.model.results import GroupResult

CLOSED_LISTS = {
    "comparator": "control",
    "allocation": "allocation_type",
    "blinding": "masking",
}
"""The closed list that answers an item, by the field of the item."""


def places_given_apart(study: Study, field: str) -> tuple[Locator, ...]:
    """Return where a report answers an item whose own field has a word of absence; else nothing.

    The number of participants, the comparator and the doses can be those of the arms, and doses
    also others, such as those of a day; numbers and effects are in the results, harms by event.
    """
    if not getattr(study, field).absence:
        return ()
    if field == "participants":
        return places_of_arms(study) if sized_arms(study) else ()
    if given := listed_word(study, field):
        return given.at or study.at
    return _places(study, field)


def _places(study: Study, field: str) -> tuple[Locator, ...]:
    if field == "comparator":
        return _of_arms(study, control_arms(study))
    if field == "dose":
        return _cited(dose.at for dose in given_doses(study)) or _of_arms(study, dosed_arms(study))
    if field == "numeric_result":
        return _cited(result.at for result in study.results if has_numbers(result))
    if field == "effect":
        return _cited(result.at for result in study.results if has_precision(result))
    return _cited(harm.at for harm in study.harm_events) if field == "harms" else ()


def listed_word(study: Study, field: str) -> Reported[str] | None:
    """Return the word of a closed list that answers an item; None where there is none.

    It answers nothing where the words of the source were looked for and there are none: the check
    refuses that pair (`is_denied_by_its_words`).
    """
    given: Reported[str] | None = (
        getattr(study, CLOSED_LISTS[field]) if field in CLOSED_LISTS else None
    )
    if given is None or given.absence or is_denied_by_its_words(study, field):
        return None
    return given


def is_denied_by_its_words(study: Study, field: str) -> bool:
    """Return whether the words for an item are said to be absent from the source."""
    return getattr(study, field).absence in (Absence.NOT_REPORTED, Absence.NONE_OBSERVED)


def given_doses(study: Study) -> tuple[Reported[Quantity | Absence], ...]:
    """Return the amounts beside the dose that a report states, such as those of a day."""
    return tuple(dose for dose in study.other_doses if not dose.absence)


def control_arms(study: Study) -> tuple[Arm, ...]:
    """Return the arms that the drug was compared with, as the source says."""
    return tuple(arm for arm in study.arms if arm.role not in (None, "drug"))


def dosed_arms(study: Study) -> tuple[Arm, ...]:
    """Return the arms of which the source states an amount."""
    given = ((arm, dosage_of(study, arm)) for arm in study.arms)
    return tuple(arm for arm, dosage in given if dosage and has_amount(dosage))


def has_amount(regimen: Regimen) -> bool:
    """Return whether a regimen states an amount of a dose or a day, in any of its phases.

    A mass, a volume or drops of a dose, the parts of a day, a rate, or an amount a day.
    """
    return any(map(has_amount_itself, phases(regimen)))


AMOUNTS = ("each", "volume", "drops", "rate", "daily", "weekly")
"""The fields of a regimen or a phase that can hold an amount."""


def has_amount_itself(part: Regimen | Phase) -> bool:
    """Return whether the first phase of a regimen, or a later one, states such an amount."""
    amounts = [getattr(part, name, None) for name in AMOUNTS]
    amounts += [one.each for one in part.parts_of_day]
    return any(value is not None and not value.absence for value in amounts)


def has_numbers(result: Result) -> bool:
    """Return whether a result has a number: of an arm, or an estimate."""
    estimate = result.estimate
    return any(map(_has_number, result.by_arm)) or (
        estimate is not None and estimate.value is not None
    )


def _has_number(group: GroupCount) -> bool:
    given: list[Reported[Any] | None] = [group.events, group.percentage]
    given += [group.value] if isinstance(group, GroupResult) else []
    return any(value is not None and not value.absence for value in given)


def has_precision(result: Result) -> bool:
    """Return whether a result has an estimate with an interval or a p value."""
    estimate = result.estimate
    return estimate is not None and (estimate.interval is not None or estimate.p is not None)


def _of_arms(study: Study, arms: Iterable[Arm]) -> tuple[Locator, ...]:
    return _cited(places_of_arm(study, arm) for arm in arms)


def _cited(places: Iterable[tuple[Locator, ...]]) -> tuple[Locator, ...]:
    return tuple(dict.fromkeys(at for several in places for at in several))
