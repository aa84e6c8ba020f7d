"""A regimen as lines of plain text, to be copied and taken elsewhere whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sitegen.derive.ceilings import Ceiling, ceilings
from sitegen.derive.course import Course
from sitegen.derive.dose_sites import pair_of
from sitegen.derive.frequency import (
    change,
    duration,
    frequency,
    limits,
    pace_of_giving,
    parts_of_day,
    repeat,
    several_courses,
    target,
)
from sitegen.derive.phases import phase_name, phases
from sitegen.derive.readings import has_readings, reading_words
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import (
    all_phases,
    converted,
    courses_of,
    shown_strength,
    stated_strength,
)
from sitegen.derive.total import Computed, Impossible, Total
from sitegen.model import Regimen, Reported, When, typography
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity
from sitegen.statements.agreement import sources_disagree
from sitegen.statements.amounts import none_line
from sitegen.statements.ceilings import ceiling_line
from sitegen.statements.english import capital
from sitegen.statements.missed import missed_lines
from sitegen.statements.regimens import for_whom, site_phrase
from sitegen.statements.sources import titled


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
        *filter(None, [sources_disagree(relations, regimen)]),
        f"Population: {for_whom(regimen) or regimen.people.value}",
        *_of_phases(relations, regimen),
        f"Route: {_in_readings(regimen.route)}",
        f"Strength: {_strength(relations, regimen)}",
        *(f"Missed dose: {line}" for line in missed_lines(regimen)),
        *_of_source(relations, regimen),
        f"From: {identity.title}, version {identity.version}, {address.removeprefix('/')}",
    )


def _of_phases(relations: Relations, regimen: Regimen) -> Iterator[str]:
    """Yield the lines of each phase behind its name, and what all of them come to."""
    for number, phase in enumerate(phases(regimen)):
        if name := phase_name(regimen, number):
            yield f"{capital(name)}."
        if phase.route.value != regimen.route.value:
            yield f"Route: {typography.shown(phase.route.value)}"
        yield from _of_doses(relations, phase)
    if regimen.then:
        for condition, total in all_phases(relations.site, regimen):
            of = f" ({condition})" if condition else ""
            yield f"All phases{of}: {_total(relations, total)}"


def _of_doses(relations: Relations, regimen: Regimen) -> Iterator[str]:
    ways = courses_of(relations.site, regimen)
    yield from _amounts(relations, regimen, ways)
    yield f"Frequency: {_how_often(regimen)}"
    said = {
        "Repeat": repeat(regimen),
        "Given": pace_of_giving(regimen),
        "Change of dose": change(regimen),
        "Target": target(regimen),
        "Limit": "; ".join(limits(regimen)),
        "Limit, computed": "; ".join(map(_ceiling, ceilings(regimen))),
        "Duration": _duration(regimen),
        "Courses": several_courses(regimen.courses) if regimen.courses else None,
    }
    yield from (f"{title}: {words}" for title, words in said.items() if words)
    for way in ways:
        yield from _totals(relations, way)


def _amounts(relations: Relations, regimen: Regimen, ways: Sequence[Course]) -> Iterator[str]:
    """Yield what one dose is: in drops, as a volume, as a mass in each reading."""
    site = site_phrase(regimen)
    if regimen.drops:
        drops = reading_words(regimen.drops)
        yield f"Drops: {_at_site(regimen.drops.value, site)}{f': {drops}' if drops else ''}"
    if not regimen.volume.absence:
        yield f"Volume of each dose: {_at_site(regimen.volume.value, site)}"
    if regimen.each.readings:
        yield f"Dose: {_in_readings(regimen.each)}"
    for way in () if has_readings(regimen) else ways if regimen.each.absence else ways[:1]:
        assumed = f", {way.condition}" if way.drop else ""
        yield f"Dose{assumed}: {_dose(relations, regimen, way)}"


def _ceiling(ceiling: Ceiling) -> str:
    return f"{ceiling_line(ceiling)} ({ceiling.most.formula})"


def _totals(relations: Relations, way: Course) -> Iterator[str]:
    """Yield what one reading comes to: a day, a week or month, a course, all courses."""
    reading = f", {way.condition}" if way.reading else ""
    periods = {
        "Daily dose": way.daily,
        "A week": way.weekly,
        "A month": way.monthly,
        "A year": way.yearly,
        "An hour": way.hourly,
        "Total course dose": way.total,
        "All courses": way.all_courses,
    }
    for period, total in periods.items():
        if total:
            yield f"{period}{reading}: {_total(relations, total)}"
    for held in way.held:
        yield f"{_OF_TOTAL[held.of]}, {held.name}{reading}: {_total(relations, held.total)}"


_OF_TOTAL = {
    "per_dose": "Dose",
    "daily": "Daily dose",
    "weekly": "A week",
    "monthly": "A month",
    "yearly": "A year",
    "hourly": "An hour",
    "total": "Total course dose",
    "all_courses": "All courses",
}


def _of_source(relations: Relations, regimen: Regimen) -> Iterator[str]:
    source = relations.source_of(regimen)
    places = ", ".join(locator.place for locator in regimen.at)
    yield f"Source: {titled(source)} ({source.kind}, read as {source.read}), {places}"
    if isinstance(source.published.value, When):
        yield f"Published: {typography.date(source.published.value)}"


def _dose(relations: Relations, regimen: Regimen, way: Course) -> str:
    if unequal := parts_of_day(regimen):
        return unequal
    if isinstance(regimen.each.value, Quantity) and not pair_of(regimen):
        return _mass(relations, regimen.each.value)
    return _total(relations, way.per_dose)


def _in_readings(value: Reported[Any]) -> str:
    """Return a value that may be unclear as it is copied: `unclear: 2 mg or 4 mg`."""
    ways = reading_words(value)
    return f"{value.value}: {ways}" if ways else typography.shown(value.value)


def _how_often(regimen: Regimen) -> str:
    if regimen.times.readings:
        return _in_readings(regimen.times)
    if regimen.readings:
        ways = " or ".join(reading.means for reading in regimen.readings)
        return f"unclear: {typography.amount(regimen.readings[0].times)}, {ways}"
    return frequency(regimen) or str(regimen.times.value)


def _duration(regimen: Regimen) -> str:
    if regimen.length.readings:
        return _in_readings(regimen.length)
    if regimen.lengths:
        return "unclear: " + " or ".join(typography.amount(length) for length in regimen.lengths)
    return duration(regimen) or str(regimen.length.value)


def _strength(relations: Relations, regimen: Regimen) -> str:
    """The strength as stated, what it is in mg/mL, and the presentation that the source names."""
    stated = shown_strength(regimen)
    strengths = [typography.shown(stated)] if stated else []
    if regimen.strength.readings:
        strengths = [_in_readings(regimen.strength)]
    in_solution = stated_strength(regimen)
    if isinstance(in_solution, Computed):
        strengths.append(_total(relations, in_solution))
    if regimen.product:
        strengths.append(relations.site.products[regimen.product].name)
    return "; ".join(strengths)


def _total(relations: Relations, total: Total) -> str:
    if isinstance(total, Impossible):
        return none_line(total)
    if isinstance(total, Computed):
        return f"{typography.rounded(total.amount)} (computed: {total.formula})"
    return f"{_mass(relations, total.amount)} (reported)"


def _mass(relations: Relations, stated: Quantity) -> str:
    """A stated amount; where doses are shown in another unit, in that one first."""
    shown = converted(relations.site, stated)
    if shown is None:
        return typography.amount(stated)
    return f"{typography.amount(shown)}, in the source {typography.amount(stated)}"


def _at_site(value: Quantity | Absence, site: str) -> str:
    """An amount with where it is given; a word of absence stands alone."""
    return typography.shown(value) + ("" if isinstance(value, Absence) else site)
