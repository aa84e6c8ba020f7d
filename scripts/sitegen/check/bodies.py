"""The rules on the weights and body surfaces that a source works amounts out for."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.dosages import lies_within, phases_of
from sitegen.derive.course import courses
from sitegen.derive.for_body import for_body, is_by
from sitegen.model import Record, Regimen, Reported
from sitegen.model.absence import Absence
from sitegen.model.fields import part_at
from sitegen.model.problems import Problem
from sitegen.model.quantity import Quantity
from sitegen.model.record import KeyPath
from sitegen.model.regimen import ForBody
from sitegen.model.typography import NO_BREAK
from sitegen.read.load import Loaded


def bodies_go_with_the_doses(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A weight stands where a phase has an amount by kg, a surface where it has one by m2."""
    for where, phase, number, body in _bodies(record):
        size = body.size.value
        if not any(is_by(amount, size) for amount in _amounts(phase)):
            message = (
                f"for_body is {size}, but no amount of the phase is by {size.unit.one}: write the"
                f" dose as the source does, such as '5 mg/{size.unit.one}', or delete for_body"
            )
            yield loaded.problem(record, (*where, "for_body", number), message)


def worked_out_amounts_are_right(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """An amount that a source calculates for a body is dose × body; else a note says why."""
    for where, phase, number, body in _bodies(record):
        way = courses(phase)[0]
        for field, total in (("each", way.per_dose), ("daily", way.daily)):
            stated: Reported[Quantity | Absence] | None = getattr(body, field)
            found = for_body(total, body.size.value)
            if stated is None or stated.note or found is None:
                continue
            if isinstance(stated.value, Quantity) and not lies_within(stated.value, found.amount):
                message = (
                    f"{field} is {stated.value}, but {found.formula.replace(NO_BREAK, ' ')} = "
                    f"{found.amount}: mend the one that the source does not say, or say why in a"
                    f" note on {field}"
                )
                yield loaded.problem(record, (*where, "for_body", number, field), message)


def _bodies(record: Record) -> Iterator[tuple[KeyPath, Regimen, int, ForBody]]:
    """Yield each body of a phase that the file has there, and not in the phase before."""
    for where, phase in phases_of(record):
        for number in range(len(part_at(record, where).for_body)):
            yield where, phase, number, phase.for_body[number]


def _amounts(phase: Regimen) -> Iterator[Quantity]:
    """Yield the amounts that a phase states."""
    fields = (phase.each, phase.daily, phase.weekly, phase.rate, *phase.max)
    for stated in (*fields, *(part.each for part in phase.parts_of_day)):
        if stated is not None and isinstance(stated.value, Quantity):
            yield stated.value
