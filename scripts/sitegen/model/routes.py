"""The routes of administration: their names and other spellings, read from `routes.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Route:
    """A route: the name that records write, how sources write it, and what is meant."""

    name: str
    spellings: tuple[str, ...]
    means: str = ""


_ROWS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["route"]
ROUTES: Mapping[str, Route] = {
    row["name"]: Route(row["name"], tuple(row["spellings"]), row.get("means", "")) for row in _ROWS
}
"""The routes by the names that records write."""
_BY_SPELLING = {spelling: route.name for route in ROUTES.values() for spelling in route.spellings}


def route_spelt(text: str) -> str | None:
    """Return the name of the route that a text spells in another way; None where it is none."""
    plain = " ".join(text.casefold().split())
    return plain if plain in ROUTES else _BY_SPELLING.get(plain)
