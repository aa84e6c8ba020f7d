"""The amount of each ingredient in doses that are counted in tablets, sprays or the like."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.derive.course import TOTALS, Course, Held
from sitegen.derive.total import Computed, Impossible, Total, product
from sitegen.model import Ingredient, Product, Regimen, Site
from sitegen.model.quantity import Quantity, QuantityError, quantity, sum_of, unit
from sitegen.model.regimen import Part
from sitegen.model.typography import amount


def ingredients(site: Site, regimen: Regimen, way: Course) -> Iterator[Held]:
    """Yield the amount of each ingredient in each total, one after the other, and never their sum.

    Formula: number of tablets x amount in a tablet; where the doses of a day are unequal, the sum
    of that over the doses, each by its own presentation.
    """
    if regimen.parts_of_day:
        yield from _of_unequal_doses(site, regimen)
        return
    presentation = site.products.get(regimen.product or "")
    for ingredient in contents(presentation):
        for of in TOTALS:
            total: Total | None = getattr(way, of)
            if found := _in(total, presentation, ingredient):
                yield Held(of, name_of(site, ingredient), found)


def contents(presentation: Product | None) -> tuple[Ingredient, ...]:
    """Return the ingredients whose amounts a source states; none of a medicine set apart."""
    if presentation is None or presentation.apart:
        return ()
    return tuple(each for each in presentation.ingredients if not each.amount.absence)


def name_of(site: Site, ingredient: Ingredient) -> str:
    """Return what an ingredient is called on the site."""
    return site.substances[ingredient.substance].name


def _in(
    total: Total | None, presentation: Product | None, ingredient: Ingredient
) -> Computed | None:
    """Return the amount of an ingredient in a total; None where it counts no such units."""
    if total is None or isinstance(total, Impossible) or presentation is None:
        return None
    return _counted(total.amount, presentation, ingredient)


def _counted(number: Quantity, presentation: Product, ingredient: Ingredient) -> Computed | None:
    """Return the amount of an ingredient in a number of units of a presentation."""
    each = ingredient.amount.value
    if not isinstance(each, Quantity) or presentation.unit is None:
        return None
    one = Quantity(each.range, unit(f"{each.unit.many}/{presentation.unit}"))
    found = product(number, one, f"{amount(number)} × {amount(one)}")
    period = number.unit.many.removeprefix(unit(presentation.unit).many)
    try:
        if isinstance(found, Computed):
            return Computed(found.amount.to(unit(f"{each.unit.many}{period}")), found.formula)
    except QuantityError:  # the total is of something else, such as a mass
        pass
    return None


def _of_unequal_doses(site: Site, regimen: Regimen) -> Iterator[Held]:
    """Yield the amount a day of each ingredient of the unequal doses of a day.

    None of any where one of the doses names no presentation with its amounts, or is as needed.
    """
    doses = [
        (part, site.products.get(part.product or regimen.product or ""))
        for part in regimen.parts_of_day
    ]
    if regimen.as_needed or regimen.repeat or not all(contents(held) for _, held in doses):
        return
    names = dict.fromkeys(each.substance for _, held in doses for each in contents(held))
    for substance in names:
        if total := _sum(list(_amounts(doses, substance))):
            yield Held("daily", site.substances[substance].name, total)


def _amounts(doses: list[tuple[Part, Product | None]], substance: str) -> Iterator[Computed | None]:
    """Yield the amount of a substance in each of the doses that hold it."""
    for part, held in doses:
        for each in contents(held):
            if held and each.substance == substance and isinstance(part.each.value, Quantity):
                yield _counted(part.each.value, held, each)


def _sum(parts: list[Computed | None]) -> Computed | None:
    known = [part for part in parts if part]
    if not known or len(known) < len(parts):
        return None
    try:
        whole = sum_of([part.amount for part in known])
        top = whole.unit.many
        a_day = (whole * quantity("1 per day")).to(unit(f"{top} per day"))
    except QuantityError:
        return None
    return Computed(a_day, " + ".join(part.formula for part in known))
