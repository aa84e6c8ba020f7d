"""Who says what: sentences that name the source of a value."""

from __future__ import annotations

from sitegen.derive.relations import Relations
from sitegen.model import Locator, Source
from sitegen.statements.english import listed


def sources_at(relations: Relations, at: tuple[Locator, ...]) -> tuple[Source, ...]:
    """Return the sources of places, each once, in the order of the places."""
    return tuple(
        relations.site.sources[name] for name in dict.fromkeys(locator.source for locator in at)
    )


def according_to(relations: Relations, at: tuple[Locator, ...]) -> str:
    """Return who says something, by the places where it is said; true of any places."""
    return f"according to {listed([source.title for source in sources_at(relations, at)])}"
