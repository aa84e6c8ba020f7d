"""The doses that can be drawn: each dose and the amount a day of each reading, by condition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.derive.course import Course
from sitegen.derive.grouping import grouped
from sitegen.derive.phases import phase_name, phases
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of, dose_unit, if_a_drop_is, in_dose_unit
from sitegen.derive.total import Impossible, Total
from sitegen.model import Regimen
from sitegen.model.quantity import Quantity, unit


@dataclass(frozen=True)
class DrawnDose:
    """Each dose and the amount a day of a regimen, in one phase and in readings that share both."""

    regimen: Regimen
    phase: str
    reading: str
    """The readings, as conditions; empty where all readings share both amounts."""
    each: Total
    daily: Total
    each_drawn: Quantity | None
    """Each dose in the unit of the axis; None where it is not known, or not in that unit."""
    daily_drawn: Quantity | None
    """The amount a day in the unit of the axis; None where it is not known, or not in it."""

    @property
    def drawn(self) -> tuple[Quantity | None, Quantity | None]:
        """Return what is drawn: each dose and the amount a day."""
        return self.each_drawn, self.daily_drawn

    @property
    def is_drawn(self) -> bool:
        """Return whether there is anything to draw."""
        return self.drawn != (None, None)


def drawn_doses(relations: Relations, regimen: Regimen) -> tuple[DrawnDose, ...]:
    """Return a row for each phase of a regimen and for readings that differ in an amount."""
    return tuple(
        _row(relations, regimen, phase_name(regimen, number), *found)
        for number, phase in enumerate(phases(regimen))
        if phase.other_substance is None
        for found in _ways(courses_of(relations.site, phase))
    )


def _ways(courses: tuple[Course, ...]) -> Iterator[tuple[str, Course]]:
    """Yield the readings that share both amounts, joined, by the size of a drop."""
    for drop, ways in grouped((course.drop, course) for course in courses).items():
        alike = grouped(((way.per_dose, way.daily), way) for way in ways)
        for several in alike.values():
            conditions = (way.condition for way in several)
            joined = "; ".join(dict.fromkeys(filter(None, conditions)))
            yield (if_a_drop_is(drop) if len(alike) == 1 else joined), several[0]


def _row(
    relations: Relations, regimen: Regimen, phase: str, reading: str, course: Course
) -> DrawnDose:
    each = _in_axis(relations, course.per_dose, "")
    daily = _in_axis(relations, course.daily, " per day")
    return DrawnDose(regimen, phase, reading, course.per_dose, course.daily, each, daily)


def _in_axis(relations: Relations, total: Total, per: str) -> Quantity | None:
    if isinstance(total, Impossible):
        return None
    shown = in_dose_unit(relations.site, total.amount)
    ends = (shown.range.low, shown.range.high)
    is_positive = all(end is None or end > 0 for end in ends)
    return shown if is_positive and shown.unit.one == f"{_one(relations)}{per}" else None


def _one(relations: Relations) -> str:
    """Return the unit of doses for one of it."""
    return unit(dose_unit(relations)).one
