"""The phases of a record, and how their amounts are compared, for the rules on dosing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sitegen.derive.arm_dosage import dosage_of
from sitegen.derive.phases import phases
from sitegen.model import Experiment, Record, Regimen, Reported, Study
from sitegen.model.quantity import Quantity
from sitegen.model.record import KeyPath


def phases_of(record: Record) -> Iterator[tuple[KeyPath, Regimen]]:
    """Yield the phases of a regimen or of an arm, each with where it is in the file."""
    if isinstance(record, Regimen):
        first, *others = phases(record)
        yield (), first
        yield from ((("then", number), phase) for number, phase in enumerate(others))
    if isinstance(record, Study | Experiment):
        for place, arm in enumerate(record.arms):
            given = dosage_of(record, arm)
            for number, phase in enumerate(phases(given) if given else ()):
                yield ("arms", place, "dosage", number), phase


def lies_within(stated: Quantity, computed: Quantity) -> bool:
    """Return whether no known end of an amount is outside another amount.

    Amounts of different things, such as milligrams and tablets, contradict each other nowhere.
    """
    if stated.unit.dimension != computed.unit.dimension:
        return True
    inner, outer = stated.range, computed.to(stated.unit).range
    return not (is_above(inner.high, outer.high) or is_above(outer.low, inner.low))


def is_above(one: Fraction | None, other: Fraction | None) -> bool:
    """Return whether one end of a range is above another; an open end is above and below none."""
    return one is not None and other is not None and one > other


def amount_of(reported: Reported[Any] | None) -> Quantity | None:
    """Return the amount that a field states; None where it is left out or states none."""
    value = reported.value if reported else None
    return value if isinstance(value, Quantity) else None


def is_noted(reported: Reported[Any] | None) -> bool:
    """Return whether a field has a note."""
    return bool(reported and reported.note)
