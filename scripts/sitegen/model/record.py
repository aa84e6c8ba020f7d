"""What every record has in common."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any, ClassVar, TypeAlias

from sitegen.model.locator import Locator
from sitegen.model.values import Frozen, Slug

KeyPath: TypeAlias = tuple[str | int, ...]
"""Where a value is in a file: the names of fields, and places in lists."""


class Record(Frozen):
    """One file of a folder of `data/`; its id is the file's name."""

    folder: ClassVar[str]

    id: Slug
    """The name of the file without `.yml`; not written inside it."""
    formerly: tuple[Slug, ...] = ()
    """Names the file had before; their addresses lead here."""

    @property
    def key(self) -> tuple[str, str]:
        """Folder and id: what tells the record from every other."""
        return (self.folder, self.id)

    @property
    def parts(self) -> tuple[tuple[KeyPath, Frozen], ...]:
        """The record and every part of it that has fields of its own, with where each stands."""
        found: list[tuple[KeyPath, Frozen]] = []
        _gather(self, (), found)
        return tuple(found)

    @cached_property
    def places_cited(self) -> frozenset[Locator]:
        """Every place that any value of the record cites."""
        found: set[Locator] = set()
        left: list[Any] = [self]
        while left:
            part = left.pop()
            if not isinstance(part, tuple):
                found.update(own_places(part))
                part = vars(part).values()
            left += [member for member in part if _may_hold(type(member))]  # type: ignore[arg-type]
        return frozenset(found)

    def __eq__(self, other: object) -> bool:
        """Return whether every field is equal; cached properties are not compared."""
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in type(self).model_fields)

    def __hash__(self) -> int:
        """By folder and id."""
        return hash(self.key)

    @property
    def path(self) -> str:
        """The file it is written in, from the data folder's parent."""
        return f"data/{self.folder}/{self.id}.yml"


@cache
def _may_hold(kind: type) -> bool:
    """Return whether values of a type may hold others; asking pydantic for each value is slow."""
    return issubclass(kind, Frozen | tuple)


def own_places(model: Frozen) -> tuple[Locator, ...]:
    """Return the places a part of a record cites itself."""
    at = vars(model).get("at", ())
    return at if isinstance(at, tuple) else ()


def _gather(value: Any, where: KeyPath, found: list[tuple[KeyPath, Frozen]]) -> None:
    """Add a part of a record and every part of it, each with where it stands."""
    if isinstance(value, tuple):
        inside: Iterable[tuple[str | int, Any]] = enumerate(value)
    else:
        found.append((where, value))
        inside = vars(value).items()
    for name, member in inside:
        if _may_hold(type(member)):  # type: ignore[arg-type]
            _gather(member, (*where, name), found)
