"""How the words of a source became the values of a regimen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sitegen.check.evidence import Printed, figures_cited
from sitegen.derive.frequency import duration, frequency
from sitegen.derive.phases import phase_name, phases
from sitegen.derive.readings import reading_words
from sitegen.derive.weeks import weeks_in_words
from sitegen.model import Locator, Phase, Regimen, Reported, Site
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, Range
from sitegen.model.typography import NO_BREAK, amount, every
from sitegen.statements.quoting import reading_line

_TITLES = {
    "people": "Population",
    "population.age": "Age",
    "population.weight": "Weight",
    "route": "Route",
    "each": "Dose",
    "volume": "Volume of each dose",
    "drops": "Drops at a time",
    "site": "Where each dose goes",
    "times": "Frequency",
    "interval": "Time between doses",
    "repeat": "A dose may be repeated after",
    "repeats": "How often it may be repeated",
    "daily": "Daily dose, stated",
    "weekly": "Weekly dose, stated",
    "offset": "How long before or after",
    "rate": "Rate",
    "over": "How long one administration takes",
    "step.by": "Change of the dose",
    "step.after": "Time between changes of the dose",
    "length": "Duration",
    "weeks": "Weeks of the treatment",
    "courses.count": "Courses",
    "courses.repeated": "The course is repeated",
    "courses.gap": "Time between courses",
    "courses.cycle": "Time from the start of a course to the next",
    "strength": "Strength",
}


_IN_WORDS: dict[str, Callable[[Regimen], str | None]] = {"times": frequency, "length": duration}
"""Fields that say something in words even where no number applies: `as needed`, `lifelong`."""


@dataclass(frozen=True)
class Row:
    """One field of a regimen with the figure it was read from, if it was a figure."""

    field: str
    title: str
    value: object
    printed: tuple[str, ...]
    """The figures of the source, one for each reading of a value that is unclear."""
    note: str | None
    at: tuple[Locator, ...]
    of: Regimen
    """The phase that it is a field of."""
    readings: str = ""
    """What an unclear value may mean, where the record gives readings of it."""


def wording(site: Site, regimen: Regimen) -> Iterator[Row]:
    """Yield each value of a regimen with the source's own figure and the place, phase by phase.

    Behind the first phase, the values that the source gives of the next, under its name.
    """
    yield from _rows(site, regimen)
    for number, phase in enumerate(phases(regimen)[1:], 1):
        name = phase_name(regimen, number)
        stated = regimen.then[number - 1]
        for row in _rows(site, phase):
            if _gives(stated, row):
                yield replace(row, title=f"{row.title} ({name})")


def _gives(phase: Phase, row: Row) -> bool:
    """Return whether a phase itself gives a value, and does not take it from the one before.

    What does not apply to a phase, such as the amount of each dose where doses are unequal, is no
    value of it, unless there is a remark on it.
    """
    field = row.field.split(".")[0]
    if field not in type(phase).model_fields or (
        row.value is Absence.NOT_APPLICABLE and not row.note
    ):
        return False
    return getattr(phase, field) not in (None, ())


def _rows(site: Site, regimen: Regimen) -> Iterator[Row]:
    yield from _unequal_doses(site, regimen)
    for most in regimen.max:
        at = most.at or regimen.at
        printed = _limit_printed(site, most.value, at)
        yield _row("max", "Limit", most.value, [printed], most.note, at, regimen)
    if regimen.situation:
        yield _row("situation", "Situation", regimen.situation, [], None, regimen.at, regimen)
    yield from _of_kidneys(site, regimen)
    yield from _of_bodies(site, regimen)
    yield from _of_targets(site, regimen)
    yield from _of_missed_doses(site, regimen)
    yield from _fields(site, regimen)


def _unequal_doses(site: Site, regimen: Regimen) -> Iterator[Row]:
    for number, part in enumerate(regimen.parts_of_day):
        at = part.each.at or regimen.at
        printed = _printed(site, part.each.value, at)
        title = f"Dose, {part.when}"
        field, dose = f"parts_of_day.{number}", part.each
        row = _row(field, title, dose.value, [printed], dose.note, at, regimen)
        yield replace(row, readings=reading_words(dose))


def _fields(site: Site, regimen: Regimen) -> Iterator[Row]:
    """Yield every field that has one value."""
    for field, title in _TITLES.items():
        reported = _field(regimen, field)
        if reported is None or (field == "times" and _is_only_an_interval(regimen)):
            continue
        note = reported.note
        if field == "interval" and _is_only_an_interval(regimen):
            title = _TITLES["times"]
            note = " ".join(filter(None, [regimen.times.note, note])) or None
        at = reported.at or regimen.at
        value = reported.value
        if value is Absence.NOT_APPLICABLE and field in _IN_WORDS:
            value = _IN_WORDS[field](regimen) or value
        amounts = _amounts_to_find(regimen, field, value)
        found = [_printed(site, one, at, field) for one in amounts]
        if field == "weeks":
            found = [_weeks_printed(site, value, at)]
            value = weeks_in_words(regimen) or value
        if field == "interval":
            found = [found[0] or _printed_as(site, every, value, at)]
        if field == "interval" and _is_only_an_interval(regimen):
            value = frequency(regimen) or value
        row = _row(field, title, value, found, note, at, regimen)
        yield replace(row, readings=reading_words(reported))


def _of_kidneys(site: Site, regimen: Regimen) -> Iterator[Row]:
    """Yield how well the kidneys of the people work, where the regimen is for such people."""
    if regimen.population and (kidneys := regimen.population.renal_function):
        printed = _printed(site, kidneys.value, regimen.at)
        title, field = kidneys.measure.capitalize(), "population.renal_function"
        yield _row(field, title, kidneys.value, [printed], None, regimen.at, regimen)


def _of_bodies(site: Site, regimen: Regimen) -> Iterator[Row]:
    """Yield the weights and surfaces that the source works amounts out for, with the amounts."""
    for number, body in enumerate(regimen.for_body):
        whom = amount(body.size.value)
        named = (("Worked out for", body.size), (f"Dose for {whom}", body.each))
        for title, stated in (*named, (f"Daily dose for {whom}", body.daily)):
            if stated is not None:
                at = stated.at or regimen.at
                printed = [_printed(site, stated.value, at)]
                field = f"for_body.{number}"
                yield _row(field, title, stated.value, printed, stated.note, at, regimen)


def _of_targets(site: Site, regimen: Regimen) -> Iterator[Row]:
    """Yield the values that the dose is set by."""
    for number, one in enumerate(regimen.target):
        at = one.value.at or regimen.at
        title, field = f"Target: {one.measure}", f"target.{number}"
        printed = _printed(site, one.value.value, at, field)
        yield _row(field, title, one.value.value, [printed], one.value.note, at, regimen)


def _of_missed_doses(site: Site, regimen: Regimen) -> Iterator[Row]:
    """Yield how late a dose is that the source has a rule for, each with what is done."""
    for number, rule in enumerate(regimen.missed):
        if late := rule.late_by:
            at = late.at or regimen.at
            printed = _printed(site, late.value, at)
            title, note = "Missed dose, late by", " ".join(filter(None, [late.note, rule.do]))
            yield _row(f"missed.{number}", title, late.value, [printed], note, at, regimen)


def _field(regimen: Regimen, field: str) -> Reported[Any] | None:
    """Return a field, or one of a part such as `courses.gap`; None where it is left out."""
    value: Any = regimen
    for name in field.split("."):
        value = value and getattr(value, name)
    found: Reported[Any] | None = value
    return found


def _is_only_an_interval(regimen: Regimen) -> bool:
    """Return whether the time between doses is all that the source says of how often."""
    interval = regimen.interval
    return bool(interval and not interval.absence and regimen.times.absence)


def _amounts_to_find(regimen: Regimen, field: str, value: object) -> tuple[object, ...]:
    """Return the amounts to look for in the source's figures: of an unclear value, each reading."""
    if field == "times" and regimen.readings:
        return tuple(reading.times for reading in regimen.readings)
    if field == "length" and regimen.lengths:
        return regimen.lengths
    reported = _field(regimen, field)
    return reported.readings if reported and reported.readings else (value,)


def _row(
    field: str,
    title: str,
    value: object,
    printed: Sequence[Printed | None],
    note: str | None,
    at: tuple[Locator, ...],
    of: Regimen,
) -> Row:
    """Return a row; what a curator reads in a printed figure is said in its note.

    A value that nobody looked for has no sentence.
    """
    at = () if value is Absence.NOT_EXTRACTED else at
    found = [one for one in printed if one]
    stated = [reading_line(one.stated) for one in found if one.stated]
    note = " ".join(dict.fromkeys(filter(None, [note, *stated]))) or None
    return Row(field, title, value, tuple(dict.fromkeys(one.text for one in found)), note, at, of)


def _limit_printed(site: Site, most: Quantity, at: tuple[Locator, ...]) -> Printed | None:
    """Return the figure of a limit, which a source may print as a bound: `not more than 4 g`."""
    bound = Quantity(Range(None, most.range.high), most.unit)
    return _printed(site, most, at) or _printed(site, bound, at)


def _printed_as(
    site: Site, words: Callable[[Quantity], str], value: object, at: tuple[Locator, ...]
) -> Printed | None:
    """Return the printed figure that is an amount in these words, such as `every 20 minutes`."""
    if not isinstance(value, Quantity):
        return None
    said = words(value).replace(NO_BREAK, " ")
    return next((one for one in figures_cited(site, at).printed if one.text == said), None)


def _weeks_printed(site: Site, value: object, at: tuple[Locator, ...]) -> Printed | None:
    """Return the printed figure that numbers these weeks."""
    cited = figures_cited(site, at).printed
    return next((one for one in cited if ("weeks", value) in one.keys), None)


def _printed(site: Site, value: object, at: tuple[Locator, ...], field: str = "") -> Printed | None:
    """Return the printed figure that proves an amount in a field, the first of those cited."""
    if not isinstance(value, Quantity):
        return None
    cited = figures_cited(site, at).printed
    path = field.split(".")
    return next((printed for printed in cited if printed.states(value, path)), None)
