"""How many people took part in a study: stated, summed over its arms, or not known and why."""

from __future__ import annotations

import re

from sitegen.derive.total import Computed, Impossible, Stated, Total, absent
from sitegen.model import Arm, Locator, Study
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, sum_of
from sitegen.model.typography import amount

_CROSSOVER = re.compile(r"\bcross(?:ed|ing)?[- ]?over\b", re.IGNORECASE)


def participants_of(study: Study) -> Total:
    """Return the number of participants of a report.

    What the source states comes first. Else it is the sum over two or more arms that each have a
    size; from one arm nothing follows about others that the source may not mention. An unclear
    number is none of its readings.
    """
    stated = study.participants
    if isinstance(stated.value, Quantity):
        return Stated(stated.value, stated.at or study.at)
    if study.participants.readings:
        return absent("number of participants", stated.value)
    return sum_of_arms(study) or absent("number of participants", stated.value)


def shown_participants(study: Study) -> Quantity | Computed | Absence | None:
    """Return the number of all participants: as stated, as a sum, or why there is none.

    None where a source gives the sizes of some arms and no number of all.
    """
    total = participants_of(study)
    if isinstance(total, Computed):
        return total
    if isinstance(total, Impossible) and sized_arms(study) and not study.participants.readings:
        return None
    value: Quantity | Absence = study.participants.value
    return value


def sum_of_arms(study: Study) -> Computed | None:
    """Return the sum of two or more arms that each have a size; None otherwise.

    None too where the design is called a crossover: the arms may be of the same people.
    """
    if _CROSSOVER.search(str(study.design.value)):
        return None
    sizes = [size for _, size in sized_arms(study)]
    if len(sizes) < 2 or len(sizes) < len(study.arms):
        return None
    formula = " + ".join(map(amount, sizes))
    return Computed(sum_of(sizes), formula)


def sized_arms(study: Study) -> tuple[tuple[Arm, Quantity], ...]:
    """Return each arm whose size the source states, with that size."""
    sized = ((arm, arm.participants.value) for arm in study.arms)
    return tuple((arm, size) for arm, size in sized if isinstance(size, Quantity))


def places_of_arms(study: Study) -> tuple[Locator, ...]:
    """Return the places cited for the sizes of arms, each once; else those of the report."""
    at = dict.fromkeys(at for arm, _ in sized_arms(study) for at in arm.participants.at)
    return tuple(at) or study.at
