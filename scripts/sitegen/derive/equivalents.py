"""Doses in other terms, by an equivalence that their own source states."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.derive.course import TOTALS, Course, Held
from sitegen.derive.relations import Relations, relations_of
from sitegen.derive.total import Computed, Impossible, Total
from sitegen.incremental.queries import query
from sitegen.model import Claim, Regimen, Site
from sitegen.model.quantity import Quantity, QuantityError, Range, unit
from sitegen.model.typography import amount


def equivalents(site: Site, regimen: Regimen, way: Course) -> Iterator[Held]:
    """Yield each total in the terms of each equivalence that the source of the regimen states.

    Formula: the amount × one side of the equivalence ÷ the other. An equivalence of another source
    is not applied, nor one that is not of the substance of the site, and no other substance has
    any. What is equivalent is never added to or compared with a dose.
    """
    sources = {locator.source for locator in regimen.at}
    for claim in () if regimen.other_substance else stated_equivalences(relations_of(site)):
        if sources.isdisjoint(locator.source for locator in claim.at):
            continue
        for of in TOTALS:
            if found := _in_terms_of(claim, getattr(way, of)):
                yield Held(of, _name(site, claim), found, "equivalent")


@query
def stated_equivalences(relations: Relations) -> tuple[Claim, ...]:
    """Return the claims that state an equivalence of the substance of the site."""
    about = relations.site.identity.substance
    claims = relations.site.claims.values()
    return tuple(claim for claim in claims if claim.equivalence and claim.substance == about)


def _name(site: Site, claim: Claim) -> str:
    """Return in which terms an equivalent is: `as methylprednisolone`, or `in units`."""
    other = claim.equivalence and claim.equivalence.of
    if other:
        return f"as {site.substances[other].name}"
    return f"in {claim.equivalence.equals.value.unit.many}" if claim.equivalence else ""


def _in_terms_of(claim: Claim, total: Total | None) -> Computed | None:
    """Return a total in other terms; None where it is not of what the equivalence is of."""
    if total is None or isinstance(total, Impossible) or claim.equivalence is None:
        return None
    one, other = claim.equivalence.amount.value, claim.equivalence.equals.value
    top = total.amount.unit.many.split("/")[0].split(" per ")[0]
    try:
        size = one.to(unit(top)).range
        there = unit(f"{other.unit.many}{total.amount.unit.many.removeprefix(top)}")
    except QuantityError:
        return None
    if size.low is None or other.range.low is None:
        return None
    share = Range.of(other.range.low / size.low)
    formula = f"{amount(total.amount)} × {amount(other)} ÷ {amount(one)}"
    return Computed(Quantity(total.amount.range * share, there), formula)
