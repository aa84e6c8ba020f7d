"""What unclear values may mean: a record in each combination of their readings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from sitegen.model import Record, Regimen, Reported
from sitegen.model.fields import reported_values
from sitegen.model.quantity import Quantity
from sitegen.model.regimen import COUNTED, counted_values
from sitegen.model.typography import shown, times


def reading_words(reported: Reported[Any] | None) -> str:
    """Return what an unclear value may mean: `2 mg or 4 mg`; empty where it has no readings."""
    if reported is None:
        return ""
    return " or ".join(map(_in_words, reported.readings))


def _in_words(value: object) -> str:
    if isinstance(value, Quantity) and value.unit.one.startswith("per "):
        return times(value)
    return shown(value)


def has_readings(regimen: Regimen) -> bool:
    """Return whether an amount of a regimen depends on how an unclear value is read."""
    return any(reported.readings for _, reported in counted_values(regimen))


def in_each_reading(regimen: Regimen) -> tuple[tuple[str | None, Regimen], ...]:
    """Return a regimen in each combination of the readings of its values, behind what it takes.

    `the dose is 2 mg, for 5 days`; a regimen without such readings is its own, behind None.
    """
    unclear = [(path, value) for path, value in counted_values(regimen) if value.readings]
    if not unclear:
        return ((None, regimen),)
    found = []
    for chosen in product(*(value.readings for _, value in unclear)):
        one = regimen
        for (path, value), reading in zip(unclear, chosen, strict=True):
            clear = value.model_copy(update={"value": reading, "readings": ()})
            one = _with(one, path, clear)
        paths = [path for path, _ in unclear]
        found.append((_taken_for(list(zip(paths, chosen, strict=True))), one))
    return tuple(found)


def _with(regimen: Regimen, path: tuple[str | int, ...], value: Reported[Any]) -> Regimen:
    """Return a regimen with another value of a field, of its courses or of a part of a day."""
    first, *rest = path
    if not rest:
        return regimen.model_copy(update={str(first): value})
    if first == "courses" and regimen.courses:
        several = regimen.courses.model_copy(update={str(rest[0]): value})
        return regimen.model_copy(update={"courses": several})
    parts = list(regimen.parts_of_day)
    number = int(rest[0])
    parts[number] = parts[number].model_copy(update={"each": value})
    return regimen.model_copy(update={"parts_of_day": tuple(parts)})


def _taken_for(chosen: list[tuple[tuple[str | int, ...], object]]) -> str:
    """Return what unclear values are taken for; a length comes last: `…, for 5 days`."""
    others = [
        f"{COUNTED[str(path[0])]} is {_in_words(value)}"
        for path, value in chosen
        if path != ("length",)
    ]
    lengths = [f"for {_in_words(value)}" for path, value in chosen if path == ("length",)]
    return ", ".join(filter(None, [" and ".join(others), *lengths]))


def joined(reading: str | None, inner: str | None) -> str | None:
    """Return two readings that hold together, of which either may be none."""
    if reading is None or inner is None:
        return reading or inner
    if inner.startswith("for "):
        return f"{reading}, {inner}"
    ends_with_length = reading.startswith("for ") or ", for " in reading
    return f"{reading}{', if' if ends_with_length else ' and'} {inner}"


def readings_of(record: Record) -> Iterator[str]:
    """Yield what each unclear value of a record may mean: `each: 2 mg or 4 mg`."""
    for where, value in reported_values(record):
        if value.readings:
            yield f"{'.'.join(map(str, where))}: {reading_words(value)}"
