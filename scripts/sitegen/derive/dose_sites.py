"""Where a dose goes: into both of a pair such as the nostrils, elsewhere, or not known."""

from __future__ import annotations

import re

from sitegen.model import Regimen, Site
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, quantity

PAIRS = {
    "each nostril": quantity("2 nostrils"),
    "each eye": quantity("2 eyes"),
    "each ear": quantity("2 ears"),
}
"""The sites that say that a dose goes into both of two places."""


IN_ONE = {f"each affected {place}": f"in one {place}" for place in ("nostril", "eye", "ear")}
"""The sites that say that a dose goes into each of one or two places; how many is not said."""


def in_one_place(regimen: Regimen) -> str:
    """Return that amounts are those in one of one or two places; empty where it is not so."""
    site = regimen.site.value if regimen.site else None
    return IN_ONE.get(site, "") if isinstance(site, str) else ""


def pair_of(regimen: Regimen) -> Quantity | None:
    """Return the two places that each dose goes into; None where the source does not say so."""
    site = regimen.site.value if regimen.site else None
    return PAIRS.get(site) if isinstance(site, str) else None


def site_is_open(regimen: Regimen) -> bool:
    """Return whether drops may be meant for each nostril or for both together.

    True of drops for the nose, or by a route that is not known, whose site is not stated.
    """
    nasal = isinstance(regimen.route.value, Absence) or regimen.route.value == "intranasal"
    return regimen.drops is not None and nasal and (not regimen.site or bool(regimen.site.absence))


def open_site(regimen: Regimen) -> Absence:
    """Return the word of absence of a site that is open; one left out has not been looked for."""
    word = regimen.site.absence if regimen.site else None
    return word or Absence.NOT_EXTRACTED


def routes_allowed(site: Site, regimen: Regimen) -> tuple[str, ...]:
    """Return the routes that a regimen may be by: its own, or those that its words imply.

    Where the route is not known: those that it may be read as; that of the presentation named, or
    of the nostrils, eyes or ears that it goes into; of other drops, each that drops are given by.
    Empty where nothing is known, so that it may be by any.
    """
    route = regimen.route
    if not route.absence:
        return (str(route.value),)
    if route.readings:
        return tuple(map(str, route.readings))
    product = site.products[regimen.product] if regimen.product else None
    if product and product.route and not product.route.absence:
        return (str(product.route.value),)
    place = regimen.site.value if regimen.site else None
    words = str(place).casefold() if place and not isinstance(place, Absence) else ""
    named = re.search(r"\b(nostril|eye|ear)s?\b", words)
    if named:
        return _BY_PLACE[named[1]]
    return _BY_DROPS if regimen.drops else ()


_BY_PLACE = {
    "nostril": ("intranasal",),
    "eye": ("ophthalmic", "intravitreal"),
    "ear": ("otic",),
}
"""The routes of what goes into a nostril, an eye or an ear."""
_BY_DROPS = ("intranasal", "oral", "sublingual", "buccal", "oromucosal", "ophthalmic", "otic")
"""The routes by which drops are given."""
