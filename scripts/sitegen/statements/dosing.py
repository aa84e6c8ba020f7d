"""Whether sources report a dose, or only how often and how long."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.derive.frequency import duration, frequency
from sitegen.derive.phases import phases
from sitegen.model import Regimen

A_DOSE = "a dose reported"


def dosed(regimens: Sequence[Regimen]) -> str:
    """Return what regimens report of a dose; empty where there is no regimen.

    A dose is reported only where one of them states an amount: a mass, a volume or drops of a
    dose, or an amount a day. Else it is only how often, how long or both, or no dose. What is
    given of another substance is no dose of this one.
    """
    if not regimens:
        return ""
    every = [phase for regimen in regimens for phase in phases(regimen)]
    parts_of_drug = [phase for phase in every if phase.other_substance is None]
    if any(map(_phase_has_amount, parts_of_drug)):
        return A_DOSE
    often = any(frequency(part) or part.readings for part in parts_of_drug)
    long = any(duration(part) or part.lengths for part in parts_of_drug)
    parts = [words for words, is_told in (("how often", often), ("how long", long)) if is_told]
    return f"only {' and '.join(parts)}" if parts else "no dose reported"


def has_amount(regimen: Regimen) -> bool:
    """Return whether a regimen states an amount of a dose or a day, in any of its phases.

    A mass, a volume or drops of a dose, the parts of a day, a rate, or an amount a day.
    """
    return any(map(_phase_has_amount, phases(regimen)))


def _phase_has_amount(regimen: Regimen) -> bool:
    amounts = [regimen.each, regimen.volume, regimen.daily, regimen.drops, regimen.rate]
    amounts += [regimen.weekly, *(part.each for part in regimen.parts_of_day)]
    return any(value is not None and not value.absence for value in amounts)
