"""What a report answers elsewhere than in the field of a reporting item: by arm, or in a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sitegen.derive.arm_dosage import dosage_of, places_of_arm
from sitegen.derive.frequency import duration, how_often
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

    The number of participants, the comparator, the doses, how often, how long and by which route
    they were given can be those of the arms, and doses also others, such as those of a day; numbers
    and effects are in the results, harms by event.
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
        return _of_doses(study)
    if field in OF_ARMS:
        return _of_arms(study, [arm for arm, _ in said_of_arms(study, field)])
    if field == "numeric_result":
        return _cited(result.at for result in study.results if has_numbers(result))
    if field == "effect":
        return _cited(result.at for result in study.results if has_precision(result))
    return _cited(harm.at for harm in study.harm_events) if field == "harms" else ()


def _of_doses(study: Study) -> tuple[Locator, ...]:
    others = _cited(dose.at or study.at for dose in given_doses(study))
    return tuple(dict.fromkeys((*_of_arms(study, dosed_arms(study)), *others)))


def said_of_arms(study: Study, field: str) -> tuple[tuple[Arm, str], ...]:
    """Return how often, how long or by which route each arm was given the drug, in words.

    The phases of an arm are one after the other. An arm of which no phase says it is left out.
    """
    found = ((arm, dosage_of(study, arm)) for arm in study.arms)
    said = ((arm, _in_phases(phases(dosage), field)) for arm, dosage in found if dosage)
    return tuple((arm, words) for arm, words in said if words)


def _in_phases(given: Iterable[Regimen], field: str) -> str:
    """Return what the phases of an arm say; of a phase that does not say it, its word of absence.

    Phases that say the same are one.
    """
    said = [(OF_ARMS[field](phase), getattr(phase, _FIELDS[field]).absence) for phase in given]
    if not any(words for words, _ in said):
        return ""
    return ", then ".join(dict.fromkeys(words or str(absence) for words, absence in said))


def _route(phase: Regimen) -> str | None:
    return None if phase.route.absence else str(phase.route.value)


OF_ARMS: Mapping[str, Callable[[Regimen], str | None]] = {
    "frequency": how_often,
    "length": duration,
    "route": _route,
}
"""The items of a report that the dosage of its arms can answer, and the words of a phase."""
_FIELDS = {"frequency": "times", "length": "length", "route": "route"}


def routes_of(study: Study) -> tuple[str, ...]:
    """Return the routes by which a report says the drug was given: its own, else those of arms."""
    if not study.route.absence:
        return (str(study.route.value),)
    given = (dosage_of(study, arm) for arm in study.arms)
    routes = (_route(phase) for dosage in given if dosage for phase in phases(dosage))
    return tuple(dict.fromkeys(route for route in routes if route))


def amounts_of_arms(study: Study) -> tuple[Quantity, ...]:
    """Return the amounts of a dose, a day or a week that arms were given, each once."""
    given = (dosage_of(study, arm) for arm in study.arms)
    parts = (phase for dosage in given if dosage for phase in phases(dosage))
    values = (value.value for part in parts for value in _amounts_of(part))
    return tuple(dict.fromkeys(value for value in values if isinstance(value, Quantity)))


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
    return any(not value.absence for value in _amounts_of(part))


def _amounts_of(part: Regimen | Phase) -> list[Reported[Any]]:
    amounts = [getattr(part, name, None) for name in AMOUNTS]
    amounts += [one.each for one in part.parts_of_day]
    return [value for value in amounts if value is not None]


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
