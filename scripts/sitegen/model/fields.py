"""Walks a record's values, each with the places that stand behind it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from sitegen.model import Frozen, Locator, Record, Reported
from sitegen.model.record import KeyPath, own_places

__all__ = [
    "Leaf",
    "field_of",
    "leaves",
    "notes_within",
    "own_places",
    "part_at",
    "parts",
    "places_cited",
    "reported_values",
]


class Leaf(NamedTuple):
    """One value of a record: where it stands in the file, and the places cited for it."""

    where: KeyPath
    value: object
    at: tuple[Locator, ...]
    model: Frozen


@lru_cache(maxsize=1)  # several rules ask for those of one record after the other
def leaves(record: Record) -> tuple[Leaf, ...]:
    """Return every single value of a record; one without locators has those of its parent."""
    return tuple(_below(record, record, (), ()))


def parts(record: Record) -> Iterator[tuple[KeyPath, Frozen]]:
    """Yield the record and every part of it that has fields of its own."""
    yield from record.parts


def field_of(where: KeyPath) -> str:
    """Return the field that a path leads to; a number in it is a position in a list, not a name."""
    return next(step for step in reversed(where) if isinstance(step, str))


def part_at(record: Record, where: KeyPath) -> Any:
    """Return what a path leads to in a record. Raise AttributeError or IndexError for no path."""
    part: Any = record
    for step in where:
        part = part[step] if isinstance(step, int) else getattr(part, step)
    return part


def reported_values(record: Record) -> Iterator[tuple[KeyPath, Reported[object]]]:
    """Yield every reported value of a record, with where it stands in the file."""
    for where, part in parts(record):
        if isinstance(part, Reported):
            yield where, part


def notes_within(value: object) -> Iterator[str]:
    """Yield the remarks on a part of a record and on everything in it, in their order."""
    if isinstance(value, tuple):
        for member in value:
            yield from notes_within(member)
    elif isinstance(value, Frozen):
        for name, member in vars(value).items():
            if name == "note" and isinstance(member, str):
                yield member
            else:
                yield from notes_within(member)


def places_cited(record: Record) -> frozenset[Locator]:
    """Return every place that any value of the record cites."""
    return record.places_cited


def _below(value: object, model: Frozen, where: KeyPath, at: tuple[Locator, ...]) -> Iterator[Leaf]:
    if isinstance(value, Frozen):
        at = own_places(value) or at
        for name in type(value).__pydantic_fields__:
            if name not in ("at", "id"):
                yield from _below(getattr(value, name), value, (*where, name), at)
    elif isinstance(value, tuple):
        for number, member in enumerate(value):
            yield from _below(member, model, (*where, number), at)
    elif value is not None:
        yield Leaf(where, value, at, model)
