"""The volume of a dose at a given strength: in millilitres, drops and bottles."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sitegen.derive.course import Course, condition, implied_strength
from sitegen.derive.dose_sites import pair_of
from sitegen.derive.ingredients import contents
from sitegen.derive.phases import phase_name, phases
from sitegen.derive.relations import Relations, relations_of
from sitegen.derive.sizes import (
    CONTAINER,
    DROP,
    DROPS_IN_A_NOSTRIL,
    NOSTRILS,
    ONE_NOSTRIL,
    Sizes,
    courses_of,
    if_a_drop_is,
    sizes_for,
    stated_strength,
)
from sitegen.derive.total import (
    Computed,
    Impossible,
    Reason,
    Stated,
    Total,
    absent,
    product,
    quotient,
)
from sitegen.incremental.queries import query
from sitegen.model import Locator, Parameter, Product, Regimen, Site, Source
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, QuantityError, quantity
from sitegen.model.typography import amount, size
from sitegen.model.typography import whole_number as counted_whole
from sitegen.model.units import Unit, units

BY_DROPS = ("intranasal", "oral")
"""The routes by which a solution can be given in drops."""


@dataclass(frozen=True)
class Flag:
    """A dose that passes a threshold: a whole container, or the drops that a source states.

    `statements/volumes.py` has its words.
    """

    threshold: Parameter | Regimen
    limit: Quantity
    source: str = ""
    """The title of the source that states the drops; empty where the limit is a container."""
    drop: Quantity | None = None
    """The size of a drop that the count assumes, where the reading does not say it."""
    is_halved: bool = False
    """Whether the count assumes that both nostrils get the same."""


@dataclass(frozen=True)
class StatedDrops:
    """The most drops in one nostril at a time that sources state for a presentation."""

    amount: Quantity
    record: Parameter | Regimen
    source: str
    """The title of the source that states them."""


@dataclass(frozen=True)
class DropCount:
    """The drops in a dose if a drop has another size than the one that is used first."""

    condition: str
    drops: Total
    drops_in_a_nostril: Total
    drop: Quantity | None = None
    """The size that it assumes; None where none is known."""


@dataclass(frozen=True)
class Volume:
    """One reading of a regimen, in one strength: every figure computed, with its formula."""

    regimen: Regimen
    product: Product
    reading: str | None
    dose: Total
    drops: Total
    drops_in_a_nostril: Total
    bottles_a_dose: Total
    day: Total
    course: Total
    bottles_a_course: Total
    whole_bottles: str | None
    all_courses: Total | None
    """The volume of all courses, where the source states several; else None."""
    bottles_in_all: Total | None
    flags: tuple[Flag, ...]
    drop: str = ""
    """The size of a drop that the counts of drops assume, as a condition."""
    otherwise: tuple[DropCount, ...] = ()
    """The counts of drops for the other sizes that sources give."""
    phase: str = ""
    """What the phase of the regimen is called, where it has several."""
    drop_is_in_reading: bool = False
    """Whether the reading itself says the size of a drop, since the dose is counted in drops."""

    @property
    def condition(self) -> str:
        """Return the reading as a condition; empty for a clear regimen."""
        return condition(self.reading)

    @property
    def drop_counts(self) -> tuple[DropCount, ...]:
        """Return the drops in a dose for each size of a drop, the one that is used first.

        The first has no condition where the reading already says the size of a drop.
        """
        said = "" if self.drop_is_in_reading else self.drop
        return (DropCount(said, self.drops, self.drops_in_a_nostril), *self.otherwise)


def volumes(site: Site, regimen: Regimen) -> tuple[Volume, ...]:
    """Return the volumes of a regimen: for each strength of a solution, and for each reading."""
    return tuple(
        replace(
            _volume(site, phase, presentation, course),
            phase=phase_name(regimen, number),
            drop_is_in_reading=course.drop is not None,
        )
        for presentation in site.products.values()
        if not presentation.apart
        for number, phase in enumerate(phases(regimen))
        if _has_a_strength(phase, presentation)
        and counts_for(site, phase, presentation)
        and _is_by_route(phase, presentation)
        for course in courses_of(site, phase)
    )


@query
def sources_behind(relations: Relations, regimen: Regimen) -> tuple[Source, ...]:
    """Return the sources of a regimen, and of the sizes and strengths that its amounts rest on."""
    site = relations.site
    products = [site.products[regimen.product]] if regimen.product else []
    parameters: list[Parameter] = []
    for volume in volumes(site, regimen):
        products.append(volume.product)
        parameters += _sizes_used(site, volume)
    used = (regimen, *products, *parameters)
    return tuple(dict.fromkeys(one for record in used for one in relations.sources_of(record)))


def _sizes_used(site: Site, volume: Volume) -> Iterator[Parameter]:
    """Yield the sizes that a volume is computed with, and the thresholds that its dose passes."""
    sizes = sizes_for(site, volume.product)
    is_in_drops = volume.drop_is_in_reading or isinstance(volume.drops, Computed)
    bottles = (volume.bottles_a_dose, volume.bottles_a_course)
    is_in_bottles = any(isinstance(total, Computed) for total in bottles)
    for role, is_used in ((DROP, is_in_drops), (CONTAINER, is_in_bottles)):
        size = sizes.parameter(role)
        if size and is_used:
            yield size
    yield from (one.threshold for one in volume.flags if isinstance(one.threshold, Parameter))


def _has_a_strength(regimen: Regimen, presentation: Product) -> bool:
    """Return whether a presentation has a strength, or one that is unclear and a regimen names it.

    Such a regimen says why its doses have no volume.
    """
    strength = presentation.strength.value
    if strength is Absence.UNCLEAR:
        return regimen.product == presentation.id and regimen.each.absence is None
    return isinstance(strength, Quantity)


def counts_for(site: Site, regimen: Regimen, presentation: Product) -> bool:
    """Return whether the doses of a regimen may be those of a presentation.

    It is the one that the regimen names, where it names one; a dose of another substance is in no
    presentation that it does not name. Else it is one that its own source describes, where it
    describes any. The label of one product says nothing of another's, so a label that describes
    none has none here; any other source is tied to no product, and each may be meant that has the
    strength that the source states or that its dose and volume imply, where one has.
    """
    if regimen.product or regimen.other_substance:
        return regimen.product == presentation.id
    if not _may_have_the_strength(site, regimen, presentation):
        return False
    sources = {locator.source for locator in regimen.at}
    own = describing(relations_of(site), tuple(sorted(sources)))
    if own:
        return presentation in own
    return all(site.sources[source].kind != LABEL for source in sources)


def known_strength(regimen: Regimen) -> Quantity | None:
    """Return the strength that a source states, or that the dose and its volume imply; else None.

    Formula: dose ÷ volume of the dose.
    """
    for found in (stated_strength(regimen), implied_strength(regimen)):
        if isinstance(found, Stated | Computed):
            return found.amount
    return None


def _may_have_the_strength(site: Site, regimen: Regimen, presentation: Product) -> bool:
    """Return whether a presentation has the known strength of a regimen, or no other one has it."""
    strength = known_strength(regimen)
    if strength is None or is_of_strength(presentation, strength):
        return True
    others = (other for other in site.products.values() if not other.apart)
    return not any(is_of_strength(other, strength) for other in others)


def is_of_strength(presentation: Product, strength: Quantity) -> bool:
    """Return whether a presentation has a strength, in whichever unit it is stated."""
    own = presentation.strength.value
    try:
        return isinstance(own, Quantity) and own.to(strength.unit) == strength
    except QuantityError:
        return False


LABEL = "label page"


@query
def describing(relations: Relations, sources: tuple[str, ...]) -> tuple[Product, ...]:
    """Return the presentations that one of some sources describes, by their ids."""
    return tuple(
        presentation
        for presentation in relations.site.products.values()
        if {locator.source for locator in presentation.at} & {*sources}
    )


@dataclass(frozen=True)
class VolumeColumns:
    """What a table of volumes needs beside the amount of each dose at each strength."""

    drops: bool
    """Whether a dose is counted in drops."""
    bottles: bool
    """Whether it is counted in containers."""


def volume_columns(site: Site, regimens: Sequence[Regimen]) -> VolumeColumns:
    """Return what a table of the volumes of some regimens needs.

    Drops, where a number of them follows from a dose, a regimen counts in them, or a source gives
    their size for a presentation in the table; containers, where their size is given likewise. A
    pen or a tablet needs neither.
    """
    found = [volume for regimen in regimens for volume in volumes(site, regimen)]
    sizes = [sizes_for(site, volume.product) for volume in found]

    def is_sized(role: str) -> bool:
        return any(size.parameter(role) is not None for size in sizes)

    counted = any(isinstance(volume.drops, Computed) or volume.regimen.drops for volume in found)
    return VolumeColumns(counted or is_sized(DROP), is_sized(CONTAINER))


def _is_by_route(regimen: Regimen, presentation: Product) -> bool:
    """Return whether a presentation may be given by the route of a regimen.

    False only where both routes are known and differ: no solution to drink goes into a vein.
    """
    route = presentation.route
    if route is None or route.absence or regimen.route.absence:
        return True
    return bool(route.value == regimen.route.value)


def whole_number(total: Total) -> str | None:
    """Return the whole drops or bottles that a computed share is part of; None for any other."""
    return counted_whole(total.amount) if isinstance(total, Computed) else None


def content(presentation: Product) -> Total:
    """Return the mass in one container: as stated, else strength x volume, in mg."""
    if held := _stated_content(presentation):
        return held
    strength, size = presentation.strength.value, presentation.content.value
    if isinstance(strength, Absence):
        return absent("strength in a millilitre", strength)
    if isinstance(size, Absence):
        return absent("volume of the container", size)
    return product(strength, size, f"{amount(strength)} × {amount(size)}")


def _stated_content(presentation: Product) -> Stated | None:
    """Return the mass that a source states for one vial, syringe, ampoule or pen; else None."""
    held = [one for one in contents(presentation) if one.substance == presentation.substance]
    if presentation.unit not in units().containers or len(held) != 1:
        return None
    mass: Quantity | Absence = held[0].amount.value
    at = held[0].amount.at or presentation.at
    return Stated(mass, at) if isinstance(mass, Quantity) else None


def _volume(site: Site, regimen: Regimen, presentation: Product, course: Course) -> Volume:
    sizes = sizes_for(site, presentation)
    strength = presentation.strength.value
    dose = _over(course.per_dose, strength)
    first, *others = _drop_counts(dose, regimen, course, sizes)
    in_course = _over(course.total, strength)
    bottles = _per(in_course, sizes, CONTAINER, "bottle")
    in_all = course.all_courses and _over(course.all_courses, strength)
    return Volume(
        regimen,
        presentation,
        course.reading,
        dose,
        first.drops,
        first.drops_in_a_nostril,
        _per(dose, sizes, CONTAINER, "bottle"),
        _over(course.daily, strength),
        in_course,
        bottles,
        _bottles_opened(bottles),
        in_all,
        in_all and _per(in_all, sizes, CONTAINER, "bottle"),
        tuple(_flags(site, sizes, regimen, presentation, course, first)),
        first.condition,
        tuple(others),
    )


def _drop_counts(dose: Total, regimen: Regimen, course: Course, sizes: Sizes) -> list[DropCount]:
    """Return the drops in a dose for each size of a drop, the one that is used first before others.

    Where the drops cannot be computed there is one count, which says why and has no condition.
    """
    first, *others = [course.drop] if course.drop else sizes.values(DROP) or (None,)
    count = _counted(dose, regimen, first, sizes)
    if not isinstance(count.drops, Computed):
        return [replace(count, condition="")]
    return [count, *(_counted(dose, regimen, other, sizes) for other in others)]


def _in_drops(volume: Total, drop: Quantity | None, sizes: Sizes, regimen: Regimen) -> Total:
    """Return a volume as a number of drops of a size, or why there is none.

    There is none where it is not known that the dose can be given in drops.
    """
    route = regimen.route.value
    if isinstance(route, Absence):
        return absent("route", route)
    if route not in BY_DROPS:
        return Impossible(Reason.NOT_BY_DROPS, (route,))
    if drop is None or isinstance(volume, Impossible):
        return _per(volume, sizes, DROP, "drop")
    return quotient(volume.amount, drop / quantity("1 drop"), size(drop))


def _counted(dose: Total, regimen: Regimen, drop: Quantity | None, sizes: Sizes) -> DropCount:
    drops = _in_drops(dose, drop, sizes, regimen)
    return DropCount(if_a_drop_is(drop), drops, _per_nostril(drops, regimen), drop)


def _over(mass: Total, strength: Quantity | Absence) -> Total:
    """Return a mass as a volume of the solution, or as tablets: mass ÷ strength.

    A dose by body weight or surface is in no number of tablets, since none is divided so.
    """
    if isinstance(mass, Impossible):
        return mass
    if isinstance(strength, Absence):
        return absent("strength", strength)
    given, divided = _bases(mass.amount.unit)
    held, holder = _bases(strength.unit)
    if not given & held:
        return Impossible(Reason.OTHER_UNIT, (mass.amount.unit.many,))
    if divided & {"body", "surface"} and "volume" not in holder:
        return Impossible(Reason.UNDIVIDED_BY_BODY)
    return quotient(mass.amount, strength)


def _bases(of: Unit) -> tuple[set[str], set[str]]:
    """Return what a unit is of, and what it is divided by."""
    powers = dict(of.dimension).items()
    return {base for base, power in powers if power > 0}, {base for base, p in powers if p < 0}


def _per(volume: Total, sizes: Sizes, role: str, counted: str) -> Total:
    """Return a volume as a number of drops or bottles: volume ÷ the size of one."""
    if isinstance(volume, Impossible):
        return volume
    container = sizes.value(role)
    if isinstance(container, Impossible):
        return container
    one = container / quantity(f"1 {counted}")
    return quotient(volume.amount, one, amount(container))


def _per_nostril(drops: Total, regimen: Regimen) -> Total:
    """Return the drops in each nostril: as stated, or halved on the assumption of equal shares."""
    route = regimen.route.value
    if isinstance(route, Absence):
        return absent("route", route)
    if route != "intranasal":
        return Impossible(Reason.NOT_INTRANASAL)
    if isinstance(drops, Impossible):
        return drops
    found = quotient(drops.amount, NOSTRILS)
    if isinstance(found, Computed) and pair_of(regimen) != NOSTRILS:
        return replace(found, formula=f"{found.formula}, if both get the same")
    return found


def _bottles_opened(bottles: Total) -> str | None:
    """Return the number of bottles to open, such as `5`; None where the amount is whole."""
    if isinstance(bottles, Impossible) or bottles.amount.range.low is None:
        return None
    ends = [end for end in (bottles.amount.range.low, bottles.amount.range.high) if end is not None]
    if all(end.denominator == 1 for end in ends):
        return None
    number = "–".join(dict.fromkeys(str(math.ceil(end)) for end in ends))
    return number if bottles.amount.range.high is not None else f"at least {number}"


def _flags(
    site: Site,
    sizes: Sizes,
    regimen: Regimen,
    presentation: Product,
    course: Course,
    count: DropCount,
) -> Iterator[Flag]:
    """Yield what passes a threshold, with what the count of drops assumes beside the reading."""
    dose = _over(course.per_dose, presentation.strength.value)
    container = sizes.parameter(CONTAINER)
    limit = sizes.value(CONTAINER)
    if container and isinstance(limit, Quantity) and _more(dose, limit):
        yield Flag(container, limit)
    most = most_drops_stated(relations_of(site), presentation)
    if most and _more(count.drops_in_a_nostril, most.amount / ONE_NOSTRIL):
        drop = None if course.drop else count.drop
        is_halved = pair_of(regimen) != NOSTRILS
        yield Flag(most.record, most.amount, most.source, drop, is_halved)


@query
def most_drops_stated(relations: Relations, presentation: Product) -> StatedDrops | None:
    """Return the most drops in one nostril at a time that a source states for a presentation."""
    site = relations.site
    found: list[StatedDrops] = []
    sizes = sizes_for(site, presentation)
    usual, value = sizes.parameter(DROPS_IN_A_NOSTRIL), sizes.value(DROPS_IN_A_NOSTRIL)
    if usual and isinstance(value, Quantity):
        found.append(StatedDrops(value, usual, _title(site, usual.value.at or usual.at)))
    for other in site.regimens.values():
        drops = other.drops.value if other.drops else None
        in_each_nostril = other.product == presentation.id and pair_of(other) == NOSTRILS
        if in_each_nostril and isinstance(drops, Quantity):
            found.append(StatedDrops(drops, other, _title(site, other.at)))
    bounded = [count for count in found if count.amount.range.high is not None]
    return max(bounded, key=lambda count: count.amount.range.high or 0, default=None)


def _title(site: Site, at: tuple[Locator, ...]) -> str:
    return next((site.sources[locator.source].title for locator in at), "")


def _more(value: Total, limit: Quantity) -> bool:
    """Return whether a value reaches past a limit at its upper end, or has no upper end."""
    if isinstance(value, Impossible):
        return False
    reach, most = value.amount.range, limit.range.high
    end = reach.low if reach.high is None else reach.high
    return end is not None and most is not None and end > most
