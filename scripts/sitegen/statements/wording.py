"""How the words of a source became the values of a regimen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sitegen.check.evidence import Printed, figures_cited
from sitegen.model import Locator, Regimen, Reported, Site
from sitegen.model.quantity import Quantity
from sitegen.statements.quoting import reading_line

_TITLES = {
    "people": "For whom",
    "route": "Route",
    "each": "Each dose",
    "volume": "Volume of each dose",
    "drops": "Drops at a time",
    "site": "Where each dose goes",
    "times": "How often",
    "interval": "Time between doses",
    "repeat": "A dose may be repeated after",
    "daily": "Amount a day, stated",
    "length": "Duration",
    "courses.count": "Courses",
    "courses.gap": "Time between courses",
    "strength": "Strength",
}


@dataclass(frozen=True)
class Row:
    """One field of a regimen with the figure it was read from, if it was a figure."""

    field: str
    title: str
    value: object
    printed: str | None
    note: str | None
    at: tuple[Locator, ...]


def wording(site: Site, regimen: Regimen) -> Iterator[Row]:
    """Each field of a regimen with its value, the source's own figure, and the place."""
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
        printed = _printed(site, _amount_to_find(regimen, field, value), at)
        if printed and printed.stated:
            note = " ".join(filter(None, [note, reading_line(printed.stated)]))
        yield Row(field, title, value, printed.text if printed else None, note, at)


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


def _amount_to_find(regimen: Regimen, field: str, value: object) -> object:
    """The amount to look for in the source's figures: of an unclear value, its first reading."""
    if field == "times" and regimen.readings:
        return regimen.readings[0].times
    if field == "length" and regimen.lengths:
        return regimen.lengths[0]
    return value


def _printed(site: Site, value: object, at: tuple[Locator, ...]) -> Printed | None:
    """Return the printed figure that states an amount, the first of those cited."""
    if not isinstance(value, Quantity):
        return None
    cited = figures_cited(site, at).printed
    return next((printed for printed in cited if printed.states(value)), None)
