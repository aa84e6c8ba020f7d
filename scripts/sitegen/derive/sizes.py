"""The sizes that volumes need, the mass of a dose in drops, the unit that doses are shown in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from sitegen.derive.course import Course, courses, dose_follows
from sitegen.derive.dose_sites import open_site, pair_of, site_is_open
from sitegen.derive.equivalents import equivalents
from sitegen.derive.for_body import for_bodies
from sitegen.derive.grouping import grouped
from sitegen.derive.ingredients import ingredients
from sitegen.derive.phases import phase_name, phases, sum_of_phases
from sitegen.derive.readings import in_each_reading, joined
from sitegen.derive.relations import Relations, relations_of
from sitegen.derive.total import Computed, Impossible, Reason, Stated, Total, absent, unfounded
from sitegen.incremental.queries import query
from sitegen.model import Parameter, Product, Regimen, Site
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, QuantityError, Range, quantity, unit
from sitegen.model.typography import amount, size

DROP = "volume of a drop"
CONTAINER = "volume of a container"
DROPS_IN_A_NOSTRIL = "drops in one nostril at a time"

NOSTRILS = quantity("2 nostrils")
ONE_NOSTRIL = quantity("1 nostril")


@dataclass(frozen=True)
class Sizes:
    """The sizes that volumes are computed with, by role."""

    parameters: tuple[Parameter, ...]

    def parameter(self, role: str) -> Parameter | None:
        """Return the parameter in a role, or None where no record states it."""
        return next((parameter for parameter in self.parameters if parameter.role == role), None)

    def values(self, role: str) -> tuple[Quantity, ...]:
        """Return every size that sources give for a role, the one that is used first."""
        parameter = self.parameter(role)
        if parameter is None or isinstance(parameter.value.value, Absence):
            return ()
        return (
            parameter.value.value,
            *(alternative.value for alternative in parameter.alternatives),
        )

    def value(self, role: str) -> Quantity | Impossible:
        """Return the size in a role, or why it is not known."""
        parameter = self.parameter(role)
        if parameter is None:
            return absent(role, Absence.NOT_EXTRACTED)
        if isinstance(parameter.value.value, Absence):
            return absent(role, parameter.value.value)
        return parameter.value.value


def sizes_for(site: Site, presentation: Product) -> Sizes:
    """Return the sizes that hold for a presentation."""
    return Sizes(
        tuple(
            parameter
            for parameter in site.parameters.values()
            if not parameter.products or presentation.id in parameter.products
        )
    )


def courses_of(site: Site, regimen: Regimen) -> tuple[Course, ...]:
    """Return every reading of a regimen with its totals, and drops as a mass where possible.

    A mass computed from drops depends on the size of a drop, so it has a reading for each size that
    sources give. What is computed is in the unit that doses are shown in; what is stated keeps its
    own.
    """
    return tuple(
        replace(
            _in_dose_unit(site, way),
            held=(
                *ingredients(site, one, way),
                *for_bodies(one, way),
                *equivalents(site, one, way),
            ),
            reading=joined(reading, way.reading),
        )
        for reading, one in in_each_reading(regimen)
        for way in _ways(site, one)
    )


def held_in_dose(site: Site, regimen: Regimen) -> tuple[tuple[str, Total], ...]:
    """Return what a dose is of each ingredient, or for each body; the same in every reading of it.

    Nothing where readings differ in the dose itself.
    """
    several = {way.shown("per_dose")[1:] for way in courses_of(site, regimen)}
    return several.pop() if len(several) == 1 else ()


MOST_SUMS = 6
"""The most combinations of readings of phases for which a sum is given."""


def all_phases(site: Site, regimen: Regimen) -> tuple[tuple[str, Total], ...]:
    """Return the sum of all phases of a regimen, for each combination of their readings.

    One, behind no words, where the sum is the same in all. Amounts of different substances are
    never added up; nor are there sums where there would be more than can be taken in.
    """
    if len({phase.other_substance for phase in phases(regimen)}) > 1:
        return (("", Impossible(Reason.SUBSTANCES_DIFFER)),)
    names = [phase_name(regimen, number) for number in range(len(regimen.then) + 1)]
    several = [courses_of(site, phase) for phase in phases(regimen)]
    if math.prod(map(len, several)) > MOST_SUMS:
        name, ways = max(zip(names, several, strict=True), key=lambda found: len(found[1]))
        return (("", Impossible(Reason.SEVERAL_READINGS, (name, len(ways)))),)
    sums = [_sum_of(ways, names) for ways in product(*several)]
    if len({total for _, total in sums}) == 1:
        sums = [("", sums[0][1])]
    if not any(phase.only_if for phase in regimen.then):
        return tuple(sums)
    return tuple((_if_all_are_given(words, total), total) for words, total in sums)


def _if_all_are_given(words: str, total: Total) -> str:
    """Return that a sum takes every phase to be given, also one that has a condition."""
    if isinstance(total, Impossible):
        return words
    return "; ".join(filter(None, [words, "if every phase is given"]))


def _sum_of(ways: Sequence[Course], names: Sequence[str]) -> tuple[str, Total]:
    """Return the sum of one reading of each phase, behind what these readings take."""
    read = (
        f"{name}, {way.condition}" for way, name in zip(ways, names, strict=True) if way.reading
    )
    totals = [way.all_courses or way.total for way in ways]
    return "; ".join(read), sum_of_phases(totals, names)


@query
def dose_unit(relations: Relations) -> str:
    """Return the unit in which all doses in mass are stated, where they share one; else mg."""
    stated = {
        value.unit.many.removesuffix(" per day")
        for regimen in relations.regimens
        for phase in phases(regimen)
        if phase.other_substance is None
        for value in (phase.each.value, phase.daily.value)
        if isinstance(value, Quantity) and dict(value.unit.dimension).keys() <= {"mass", "time"}
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


def converted(site: Site, value: Quantity) -> Quantity | None:
    """Return a mass in the unit that doses are shown in; None where it is stated in that unit."""
    shown = in_dose_unit(site, value)
    return None if shown == value else shown


def _in_dose_unit(site: Site, way: Course) -> Course:
    """Return a reading with its computed totals in the unit that doses are shown in.

    A formula that begins with another total of the reading has that in the same unit.
    """

    def shown(total: Total) -> Total:
        if not isinstance(total, Computed):
            return total
        first = total.first and in_dose_unit(site, total.first)
        return total.to(in_dose_unit(site, total.amount), first)

    return replace(
        way,
        per_dose=shown(way.per_dose),
        daily=shown(way.daily),
        weekly=way.weekly and shown(way.weekly),
        monthly=way.monthly and shown(way.monthly),
        yearly=way.yearly and shown(way.yearly),
        hourly=way.hourly and shown(way.hourly),
        total=shown(way.total),
        all_courses=way.all_courses and shown(way.all_courses),
    )


def _ways(site: Site, regimen: Regimen) -> tuple[Course, ...]:
    dose = dose_of_drops(site, regimen)
    if not isinstance(dose, Computed):
        return courses(regimen, dose)
    sizes = sizes_for(site, site.products[regimen.product or ""]).values(DROP)
    return tuple(
        _assuming(drop, way)
        for drop in sizes
        for way in courses(regimen, dose_of_drops(site, regimen, drop))
    )


def stated_strength(regimen: Regimen) -> Total:
    """Return the strength of a regimen in mg/mL, or why there is none.

    A percentage is converted by the convention of a solution: 1 % is 1 g in 100 mL.
    """
    strength = regimen.strength.value
    if isinstance(strength, Absence):
        return absent("strength", strength)
    if strength.unit.one != "%":
        return Stated(strength, regimen.strength.at or regimen.at)
    in_solution = Quantity(strength.range * Range.of(10), unit("mg/mL"))
    return Computed(in_solution, f"{amount(strength)}, as g in 100 mL")


def shown_strength(regimen: Regimen) -> Quantity | Absence | None:
    """Return the strength that a source states, or its word of absence.

    None where the source states none and names a presentation, whose strength it then is.
    """
    strength: Quantity | Absence = regimen.strength.value
    return None if isinstance(strength, Absence) and regimen.product else strength


def is_in_drops(regimen: Regimen) -> bool:
    """Return whether a source gives the drops of a dose, and no mass."""
    return regimen.drops is not None and regimen.each.absence is not None


def stated_dose(regimen: Regimen) -> Quantity | Absence:
    """Return what a source states of a dose: its mass, or its drops where it gives no mass."""
    drops = regimen.drops if is_in_drops(regimen) else None
    found: Quantity | Absence = (drops or regimen.each).value
    return found


def dose_is_computed(regimen: Regimen) -> bool:
    """Return whether a whole dose is computed: of drops, of both of a pair, or it follows."""
    return is_in_drops(regimen) or pair_of(regimen) is not None or dose_follows(regimen)


def if_a_drop_is(drop: Quantity | None) -> str:
    """Return the size of a drop as a condition; empty where none is assumed."""
    return f"if a drop is {size(drop)}" if drop else ""


def _assuming(drop: Quantity, way: Course) -> Course:
    """Return a course whose reading says the size of a drop that it assumes."""
    assumed = f"a drop is {size(drop)}"
    before = ", if" if way.condition.startswith("for ") else " and"
    reading = f"{way.reading}{before} {assumed}" if way.reading else assumed
    return replace(way, reading=reading, drop=drop)


def conditional_ways(ways: Sequence[Course], of: str) -> tuple[tuple[str, Course], ...]:
    """Return the readings of a regimen that differ in one total, each with its condition.

    Where all readings of one size of a drop give the same, one is returned, under that size alone.
    Where none of any size gives an amount, for one reason, one is returned without a condition.
    """
    if isinstance(getattr(ways[0], of), Impossible) and _give_the_same(ways, of):
        return (("", ways[0]),)
    by_drop = grouped((way.drop, way) for way in ways)
    found: list[tuple[str, Course]] = []
    for drop, several in by_drop.items():
        if _give_the_same(several, of):
            found.append((if_a_drop_is(drop), several[0]))
        else:
            found += [(way.condition, way) for way in several]
    return tuple(found)


def conditional(ways: Sequence[Course], of: str) -> tuple[tuple[str, Total], ...]:
    """Return one total of a regimen in each of the readings that differ in it."""
    return tuple((condition, getattr(way, of)) for condition, way in conditional_ways(ways, of))


def _give_the_same(ways: Sequence[Course], of: str) -> bool:
    return all(_amounts(way, of) == _amounts(ways[0], of) for way in ways)


def _amounts(way: Course, of: str) -> tuple[Total | None, ...]:
    """Return one total of a reading, and the total that pages show with it."""
    beside = {"daily": way.weekly, "total": way.all_courses}.get(of)
    return getattr(way, of), beside


def dose_of_drops(site: Site, regimen: Regimen, drop: Quantity | None = None) -> Total | None:
    """Return the mass of a dose that is stated in drops; None for any other dose.

    Formula: drops x 2 where the site is one of a pair x volume of a drop x strength. The volume is
    `drop`, or where that is left out the one that is used first.
    """
    if regimen.drops is None or not is_in_drops(regimen):
        return None
    drops = regimen.drops.value
    if isinstance(drops, Absence):
        return absent("number of drops", drops)
    if site_is_open(regimen):
        return Impossible(Reason.SITE_OPEN, (open_site(regimen),))
    if regimen.product is None:
        return Impossible(Reason.NO_PRESENTATION)
    presentation = site.products[regimen.product]
    strength = presentation.strength.value
    one = drop or sizes_for(site, presentation).value(DROP)
    if isinstance(one, Impossible):
        return one
    if isinstance(strength, Absence):
        return absent("strength", strength)
    pair = pair_of(regimen)
    factors = [amount(drops), *([amount(pair)] if pair else []), size(one), amount(strength)]
    in_all = Quantity(drops.range * pair.range, drops.unit) if pair else drops
    try:
        mass = in_all * (one / quantity("1 drop")) * strength
    except QuantityError as error:
        return unfounded(error)
    return Computed(mass, " × ".join(factors))
