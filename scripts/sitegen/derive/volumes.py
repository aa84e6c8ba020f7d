"""What a dose comes to in a solution of a given strength: millilitres, drops, bottles."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sitegen.absence import Absence
from sitegen.derive.course import Course, condition
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
)
from sitegen.derive.total import Computed, Impossible, Total, product, quotient
from sitegen.model import Parameter, Product, Regimen, Site
from sitegen.quantity import Quantity, quantity
from sitegen.typography import amount, size


@dataclass(frozen=True)
class Flag:
    """A volume that no source makes plausible, with the threshold it passes."""

    says: str
    threshold: Parameter


@dataclass(frozen=True)
class DropCount:
    """The drops in a dose if a drop has another size than the one that is used first."""

    condition: str
    drops: Total
    drops_in_a_nostril: Total


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
    flags: tuple[Flag, ...]
    drop: str = ""
    """The size of a drop that the counts of drops assume, as a condition."""
    otherwise: tuple[DropCount, ...] = ()
    """The counts of drops for the other sizes that sources give."""

    @property
    def condition(self) -> str:
        """Return the reading as a condition; empty for a clear regimen."""
        return condition(self.reading)


def volumes(site: Site, regimen: Regimen) -> tuple[Volume, ...]:
    """The regimen in every strength of a solution a source describes, in each of its readings."""
    return tuple(
        _volume(sizes_for(site, presentation), regimen, presentation, course)
        for presentation in site.products.values()
        if isinstance(presentation.strength.value, Quantity)
        and not presentation.apart
        and regimen.product in (None, presentation.id)
        for course in courses_of(site, regimen)
    )


def content(presentation: Product) -> Total:
    """The mass in one container: strength x volume, in mg."""
    strength, size = presentation.strength.value, presentation.content.value
    if isinstance(strength, Absence):
        return Impossible(f"strength in a millilitre {strength}")
    if isinstance(size, Absence):
        return Impossible(f"volume of the container {size}")
    return product(strength, size, f"{amount(strength)} × {amount(size)}")


def _volume(sizes: Sizes, regimen: Regimen, presentation: Product, course: Course) -> Volume:
    strength = presentation.strength.value
    dose = _over(course.each, strength)
    first, *others = [course.drop] if course.drop else sizes.values(DROP) or (None,)
    drops = _in_drops(dose, first, sizes)
    apiece = _per_nostril(drops, regimen)
    in_course = _over(course.whole, strength)
    bottles = _per(in_course, sizes, CONTAINER, "bottle")
    return Volume(
        regimen,
        presentation,
        course.reading,
        dose,
        drops,
        apiece,
        _per(dose, sizes, CONTAINER, "bottle"),
        _over(course.daily, strength),
        in_course,
        bottles,
        _whole(bottles),
        tuple(_flags(sizes, regimen, dose, apiece)),
        if_a_drop_is(first) if isinstance(drops, Computed) else "",
        tuple(
            _counted(dose, regimen, other, sizes) for other in others if isinstance(drops, Computed)
        ),
    )


def _in_drops(volume: Total, drop: Quantity | None, sizes: Sizes) -> Total:
    """Return a volume as a number of drops of a size, or why there is none."""
    if drop is None or isinstance(volume, Impossible):
        return _per(volume, sizes, DROP, "drop")
    return quotient(volume.amount, drop / quantity("1 drop"), size(drop))


def _counted(dose: Total, regimen: Regimen, drop: Quantity | None, sizes: Sizes) -> DropCount:
    drops = _in_drops(dose, drop, sizes)
    return DropCount(if_a_drop_is(drop), drops, _per_nostril(drops, regimen))


def _over(mass: Total, strength: Quantity | Absence) -> Total:
    """A mass as a volume of the solution: mass ÷ strength."""
    if isinstance(mass, Impossible):
        return mass
    if isinstance(strength, Absence):
        return Impossible(f"strength {strength}")
    return quotient(mass.amount, strength)


def _per(volume: Total, sizes: Sizes, role: str, counted: str) -> Total:
    """A volume as a number of drops or bottles: volume ÷ the size of one."""
    if isinstance(volume, Impossible):
        return volume
    whole = sizes.value(role)
    if isinstance(whole, Impossible):
        return whole
    one = whole / quantity(f"1 {counted}")
    return quotient(volume.amount, one, amount(whole))


def _per_nostril(drops: Total, regimen: Regimen) -> Total:
    if regimen.route.value != "intranasal":
        return Impossible("the route is not intranasal")
    if isinstance(drops, Impossible):
        return drops
    return quotient(drops.amount, NOSTRILS)


def _whole(bottles: Total) -> str | None:
    """The number of bottles to open, where it is not whole: `5`."""
    if isinstance(bottles, Impossible) or bottles.amount.range.low is None:
        return None
    ends = [end for end in (bottles.amount.range.low, bottles.amount.range.high) if end is not None]
    if all(end.denominator == 1 for end in ends):
        return None
    return "–".join(dict.fromkeys(str(math.ceil(end)) for end in ends))


def _flags(sizes: Sizes, regimen: Regimen, dose: Total, apiece: Total) -> list[Flag]:
    found = []
    where = " for a nose" if regimen.route.value == "intranasal" else ""
    container = sizes.parameter(CONTAINER)
    limit = sizes.value(CONTAINER)
    if container and isinstance(limit, Quantity) and _more(dose, limit):
        found.append(Flag(f"implausible{where}: more than a whole bottle in one dose", container))
    usual = sizes.parameter(DROPS_IN_A_NOSTRIL)
    most = sizes.value(DROPS_IN_A_NOSTRIL)
    if usual and isinstance(most, Quantity) and _more(apiece, most / ONE_NOSTRIL):
        found.append(
            Flag(
                f"more than the {amount(most)} in one nostril at a time that a source gives", usual
            )
        )
    return found


def _more(value: Total, limit: Quantity) -> bool:
    """Whether a value reaches past a limit at its upper end."""
    if isinstance(value, Impossible):
        return False
    high, most = value.amount.range.high, limit.range.high
    return high is not None and most is not None and high > most
