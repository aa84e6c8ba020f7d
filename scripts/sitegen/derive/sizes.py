"""The sizes behind volumes, the mass of a dose told in drops, the unit that doses are shown in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sitegen.absence import Absence
from sitegen.derive.course import Course, courses
from sitegen.derive.relations import Relations, once, relations_of
from sitegen.derive.total import Computed, Impossible, Total
from sitegen.model import Parameter, Product, Regimen, Site
from sitegen.quantity import Quantity, QuantityError, quantity, unit
from sitegen.typography import amount

DROP = "volume of a drop"
CONTAINER = "volume of a container"
DROPS_IN_A_NOSTRIL = "drops in one nostril at a time"

NOSTRILS = quantity("2 nostrils")
ONE_NOSTRIL = quantity("1 nostril")


@dataclass(frozen=True)
class Sizes:
    """The sizes that volumes rest on, by role."""

    parameters: tuple[Parameter, ...]

    def parameter(self, role: str) -> Parameter | None:
        """The parameter in a role, or None where no record states it."""
        return next((each for each in self.parameters if each.role == role), None)

    def value(self, role: str) -> Quantity | Impossible:
        """The size in a role, or why it is not known."""
        parameter = self.parameter(role)
        if parameter is None:
            return Impossible(f"{role} not extracted")
        if isinstance(parameter.value.value, Absence):
            return Impossible(f"{role} {parameter.value.value}")
        return parameter.value.value


def sizes_for(site: Site, presentation: Product) -> Sizes:
    """The sizes that hold for a presentation."""
    return Sizes(
        tuple(
            each
            for each in site.parameters.values()
            if not each.products or presentation.id in each.products
        )
    )


def courses_of(site: Site, regimen: Regimen) -> tuple[Course, ...]:
    """Every way to read a regimen, with its totals, drops turned into mass where they can be.

    What is computed is in the unit that doses are shown in; what is stated keeps its own.
    """
    return tuple(
        replace(
            course,
            each=_in_dose_unit(site, course.each),
            daily=_in_dose_unit(site, course.daily),
            whole=_in_dose_unit(site, course.whole),
        )
        for course in courses(regimen, dose_of_drops(site, regimen))
    )


@once
def dose_unit(relations: Relations) -> str:
    """Return the unit of mass in which every dose is stated, where all share one; else mg."""
    stated = {
        value.unit.many.removesuffix(" per day")
        for regimen in relations.regimens
        for value in (regimen.each.value, regimen.daily.value)
        if isinstance(value, Quantity)
    }
    return stated.pop() if len(stated) == 1 else "mg"


def in_dose_unit(site: Site, value: Quantity) -> Quantity:
    """Return a mass, or a mass per day, in the unit that doses are shown in.

    Any other amount stays as it is, and so does one that has no name in that unit.
    """
    for per in ("", " per day"):
        try:
            return value.to(unit(dose_unit(relations_of(site)) + per))
        except QuantityError:
            continue
    return value


def _in_dose_unit(site: Site, total: Total) -> Total:
    if not isinstance(total, Computed):
        return total
    return Computed(in_dose_unit(site, total.amount), total.formula)


def dose_of_drops(site: Site, regimen: Regimen) -> Total | None:
    """The mass of a dose that its source tells in drops; None where it does not.

    Formula: drops in a nostril x 2 nostrils x volume of a drop x strength.
    """
    if regimen.drops is None or not regimen.each.absence:
        return None
    drops = regimen.drops.value
    if isinstance(drops, Absence):
        return Impossible(f"number of drops {drops}")
    if regimen.product is None:
        return Impossible("the source tells drops and names no presentation")
    presentation = site.products[regimen.product]
    strength, one = presentation.strength.value, sizes_for(site, presentation).value(DROP)
    if isinstance(one, Impossible):
        return one
    if isinstance(strength, Absence):
        return Impossible(f"strength {strength}")
    shown = f"{amount(drops)} × {amount(NOSTRILS)} × {amount(one)} × {amount(strength)}"
    in_both = drops / ONE_NOSTRIL * NOSTRILS
    try:
        return Computed(in_both * (one / quantity("1 drop")) * strength, shown)
    except QuantityError as error:
        return Impossible(str(error))
