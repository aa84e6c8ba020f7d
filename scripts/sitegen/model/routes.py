"""Routes of administration: names and spellings; those of the program are in `routes.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Route:
    """A route: the name that records write, how sources write it, and what is meant."""

    name: str
    spellings: tuple[str, ...]
    means: str = ""


@dataclass(frozen=True, eq=False)
class Routes:
    """A table of routes, and what follows from it."""

    all: tuple[Route, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Route]:
        """The routes by the names that records write."""
        return {route.name: route for route in self.all}

    @cached_property
    def by_spelling(self) -> Mapping[str, str]:
        """The name of each route by its other spellings."""
        return {spelling: route.name for route in self.all for spelling in route.spellings}

    @cached_property
    def words(self) -> frozenset[str]:
        """The names and spellings of one word, without the full stop of an abbreviation."""
        names = (*self.by_name, *self.by_spelling)
        return frozenset(name.rstrip(".") for name in names if " " not in name)

    def spelt(self, text: str) -> str | None:
        """Return the name of the route that a text spells in another way; None where it is none."""
        plain = " ".join(text.casefold().split())
        return plain if plain in self.by_name else self.by_spelling.get(plain)


def _routes() -> Iterable[Route]:
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["route"]
    for row in rows:
        yield Route(row["name"], tuple(row["spellings"]), row.get("means", ""))


BUILT_IN = Routes(tuple(_routes()))
"""The routes of the program."""

IN_USE: ContextVar[Routes] = ContextVar("routes", default=BUILT_IN)
"""The table of the site that is being read or made; `vocabulary.py` sets it."""


def routes() -> Routes:
    """Return the table of routes of the site at hand, or that of the program."""
    return IN_USE.get()
