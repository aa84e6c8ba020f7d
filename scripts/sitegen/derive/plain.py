"""A regimen as lines of plain text, to be copied and taken elsewhere whole."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import typography
from sitegen.absence import Absence
from sitegen.derive.course import Course
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of, in_dose_unit
from sitegen.derive.total import Computed, Impossible, Total
from sitegen.model import Regimen, When
from sitegen.quantity import Quantity


def plain_lines(relations: Relations, regimen: Regimen, address: str) -> tuple[str, ...]:
    """What a regimen is, in every reading, with where it comes from.

    `address` is that of its page, from the site's root.
    The text says that it reports and advises nothing, since it may be read far from the page.
    """
    identity = relations.site.identity
    substance = relations.site.substances[identity.substance]
    return (
        f"{substance.name}: {regimen.name}",
        "Reported by the source named below; not advice.",
        *_of_doses(relations, regimen),
        f"Route: {_written(regimen.route.value)}",
        f"Strength: {_strength(relations, regimen)}",
        *_of_source(relations, regimen),
        f"From: {identity.title}, version {identity.version}, {address.removeprefix('/')}",
    )


def _of_doses(relations: Relations, regimen: Regimen) -> Iterator[str]:
    ways = courses_of(relations.site, regimen)
    if regimen.drops:
        yield f"Drops in each nostril: {_written(regimen.drops.value)}"
    if not regimen.volume.absence:
        yield f"Volume of each dose: {_written(regimen.volume.value)}"
    yield f"Each dose: {_each(relations, regimen, ways[0])}"
    yield f"How often: {_how_often(regimen)}"
    yield f"Duration: {_duration(regimen)}"
    for way in ways:
        reading = f", if {way.reading}" if way.reading else ""
        yield f"A day{reading}: {_total(relations, way.daily)}"
        yield f"A course{reading}: {_total(relations, way.whole)}"


def _of_source(relations: Relations, regimen: Regimen) -> Iterator[str]:
    source = relations.source_of(regimen)
    places = ", ".join(locator.place for locator in regimen.at)
    yield f"Source: {source.title} ({source.kind}, read as {source.read}), {places}"
    if isinstance(source.published.value, When):
        yield f"Published: {typography.date(source.published.value)}"


def _each(relations: Relations, regimen: Regimen, way: Course) -> str:
    if isinstance(regimen.each.value, Quantity):
        return _mass(relations, regimen.each.value)
    return _total(relations, way.each)


def _how_often(regimen: Regimen) -> str:
    if regimen.readings:
        ways = " or ".join(reading.means for reading in regimen.readings)
        return f"unclear: {typography.amount(regimen.readings[0].times)}, {ways}"
    value = regimen.times.value
    return typography.times(value) if isinstance(value, Quantity) else str(value)


def _duration(regimen: Regimen) -> str:
    if regimen.lengths:
        return "unclear: " + " or ".join(typography.amount(each) for each in regimen.lengths)
    return _written(regimen.length.value)


def _strength(relations: Relations, regimen: Regimen) -> str:
    """The strength stated, or the presentation that the source names instead of one."""
    if regimen.strength.absence and regimen.product:
        return relations.site.products[regimen.product].name
    return _written(regimen.strength.value)


def _total(relations: Relations, total: Total) -> str:
    if isinstance(total, Impossible):
        return f"cannot be computed: {total.why}"
    if isinstance(total, Computed):
        return f"{typography.rounded(total.amount)} (computed: {total.formula})"
    return f"{_mass(relations, total.amount)} (reported)"


def _mass(relations: Relations, stated: Quantity) -> str:
    """A stated amount; where doses are shown in another unit, in that one first."""
    shown = in_dose_unit(relations.site, stated)
    own = f", in the source {typography.amount(stated)}" if shown != stated else ""
    return f"{typography.amount(shown)}{own}"


def _written(value: Quantity | str | Absence) -> str:
    return typography.amount(value) if isinstance(value, Quantity) else str(value)
