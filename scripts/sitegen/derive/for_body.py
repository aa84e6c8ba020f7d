"""Amounts by body weight or surface, for a weight or a surface that the source itself states."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.derive.course import TOTALS, Course, Held
from sitegen.derive.dose_sites import pair_of
from sitegen.derive.total import Computed, Impossible, Stated, Total, product
from sitegen.model import Regimen
from sitegen.model.quantity import Quantity, unit
from sitegen.model.regimen import ForBody
from sitegen.model.typography import amount
from sitegen.model.units import unit_of_body


def for_bodies(regimen: Regimen, way: Course) -> Iterator[Held]:
    """Yield each total for each body that the source states: as worked out there, else computed.

    Formula: the amount by body weight or surface × the weight or surface. None for any other.
    """
    for body in regimen.for_body:
        for of in TOTALS:
            total = _worked_out(regimen, body, of) or for_body(getattr(way, of), body.size.value)
            if total:
                yield Held(of, f"for {amount(body.size.value)}", total, "body")


def for_body(total: Total | None, size: Quantity) -> Computed | None:
    """Return an amount for a body; None where the amount is not by what the size measures."""
    body = unit_of_body(size.unit.one)
    if total is None or isinstance(total, Impossible) or body is None:
        return None
    if not is_by(total.amount, size):
        return None
    found = product(total.amount, Quantity(size.range, body), "")
    if isinstance(found, Impossible):
        return None
    there = unit(total.amount.unit.many.replace(f"/{body.one}", "", 1))
    return Computed(found.amount.to(there), f"{amount(total.amount)} × {amount(size)}")


def is_by(value: Quantity, size: Quantity) -> bool:
    """Return whether an amount is by what a size measures: `5 mg/kg` by `68 kg`."""
    body = unit_of_body(size.unit.one)
    return body is not None and all(
        dict(value.unit.dimension).get(base) == -1 for base, _ in body.dimension
    )


def _worked_out(regimen: Regimen, body: ForBody, of: str) -> Stated | None:
    """Return what the source works out itself; an amount at each of two places is no whole dose."""
    stated = {"per_dose": None if pair_of(regimen) else body.each, "daily": body.daily}.get(of)
    if stated is None or not isinstance(stated.value, Quantity):
        return None
    return Stated(stated.value, stated.at or body.size.at or regimen.at)
