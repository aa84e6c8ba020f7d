"""The sizes that volumes and counted drops rest on, and what a dose told in drops comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sitegen.absence import Absence
from sitegen.derive.course import Course, courses
from sitegen.derive.total import Computed, Impossible, Total
from sitegen.model import Parameter, Product, Regimen, Site
from sitegen.quantity import Quantity, QuantityError, quantity
from sitegen.typography import amount, size

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

    def values(self, role: str) -> tuple[Quantity, ...]:
        """Return every size that sources give for a role, the one that is used first."""
        parameter = self.parameter(role)
        if parameter is None or isinstance(parameter.value.value, Absence):
            return ()
        return (parameter.value.value, *(each.value for each in parameter.alternatives))

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

    A mass made from drops rests on the size of a drop, so it has a reading for each size that
    sources give.
    """
    dose = dose_of_drops(site, regimen)
    if not isinstance(dose, Computed):
        return courses(regimen, dose)
    sizes = sizes_for(site, site.products[regimen.product or ""]).values(DROP)
    return tuple(
        _assuming(drop, way)
        for drop in sizes
        for way in courses(regimen, dose_of_drops(site, regimen, drop))
    )


def if_a_drop_is(drop: Quantity | None) -> str:
    """Return the size of a drop as a condition; empty where none is assumed."""
    return f"if a drop is {size(drop)}" if drop else ""


def _assuming(drop: Quantity, way: Course) -> Course:
    """Return a course whose reading says the size of a drop that it assumes."""
    assumed = f"a drop is {size(drop)}"
    before = ", if" if way.condition.startswith("for ") else " and"
    reading = f"{way.reading}{before} {assumed}" if way.reading else assumed
    return replace(way, reading=reading, drop=drop)


def conditional(ways: Sequence[Course], of: str) -> tuple[tuple[str, Total], ...]:
    """Return one total of a regimen in each of its readings, each with its condition.

    Where all readings come to the same, it stands once, under the size of a drop alone.
    """
    by_drop: dict[Quantity | None, list[Course]] = {}
    for way in ways:
        by_drop.setdefault(way.drop, []).append(way)
    found: list[tuple[str, Total]] = []
    for drop, several in by_drop.items():
        totals = [(way.condition, getattr(way, of)) for way in several]
        same = all(total == totals[0][1] for _, total in totals)
        found += [(if_a_drop_is(drop), totals[0][1])] if same else totals
    return tuple(found)


def dose_of_drops(site: Site, regimen: Regimen, drop: Quantity | None = None) -> Total | None:
    """The mass of a dose that its source tells in drops; None where it does not.

    Formula: drops in a nostril x 2 nostrils x volume of a drop x strength. The volume is `drop`,
    or where that is left out the one that is used first.
    """
    if regimen.drops is None or not regimen.each.absence:
        return None
    drops = regimen.drops.value
    if isinstance(drops, Absence):
        return Impossible(f"number of drops {drops}")
    if regimen.product is None:
        return Impossible("the source tells drops and names no presentation")
    presentation = site.products[regimen.product]
    strength = presentation.strength.value
    one = drop or sizes_for(site, presentation).value(DROP)
    if isinstance(one, Impossible):
        return one
    if isinstance(strength, Absence):
        return Impossible(f"strength {strength}")
    shown = f"{amount(drops)} × {amount(NOSTRILS)} × {size(one)} × {amount(strength)}"
    in_both = drops / ONE_NOSTRIL * NOSTRILS
    try:
        return Computed(in_both * (one / quantity("1 drop")) * strength, shown)
    except QuantityError as error:
        return Impossible(str(error))
