"""The sizes that volumes and counted drops rest on, and what a dose told in drops comes to."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.absence import Absence
from sitegen.derive.course import Course, courses
from sitegen.derive.dose_sites import open_site, pair_of, site_is_open
from sitegen.derive.total import Computed, Impossible, Stated, Total
from sitegen.model import Parameter, Product, Regimen, Site
from sitegen.quantity import Quantity, QuantityError, Range, quantity, unit
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
    """Every way to read a regimen, with its totals, drops turned into mass where they can be."""
    return courses(regimen, dose_of_drops(site, regimen))


def stated_strength(regimen: Regimen) -> Total:
    """Return the strength of a regimen in mg/mL, or why there is none.

    A percentage is converted by the convention of a solution: 1 % is 1 g in 100 mL.
    """
    strength = regimen.strength.value
    if isinstance(strength, Absence):
        return Impossible(f"strength {strength}")
    if strength.unit.one != "%":
        return Stated(strength, regimen.strength.at or regimen.at)
    in_solution = Quantity(strength.range * Range.of(10), unit("mg/mL"))
    return Computed(in_solution, f"{amount(strength)}, as g in 100 mL")


def dose_of_drops(site: Site, regimen: Regimen) -> Total | None:
    """The mass of a dose that its source tells in drops; None where it does not.

    Formula: drops x 2 where the site is one of a pair x volume of a drop x strength.
    """
    if regimen.drops is None or not regimen.each.absence:
        return None
    drops = regimen.drops.value
    if isinstance(drops, Absence):
        return Impossible(f"number of drops {drops}")
    if site_is_open(regimen):
        return Impossible(open_site(regimen))
    if regimen.product is None:
        return Impossible("the source tells drops and names no presentation")
    presentation = site.products[regimen.product]
    strength, one = presentation.strength.value, sizes_for(site, presentation).value(DROP)
    if isinstance(one, Impossible):
        return one
    if isinstance(strength, Absence):
        return Impossible(f"strength {strength}")
    pair = pair_of(regimen)
    factors = [drops, *([pair] if pair else []), one, strength]
    in_all = Quantity(drops.range * pair.range, drops.unit) if pair else drops
    try:
        mass = in_all * (one / quantity("1 drop")) * strength
    except QuantityError as error:
        return Impossible(str(error))
    return Computed(mass, " × ".join(map(amount, factors)))
