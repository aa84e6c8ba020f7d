"""Who says what: sentences that name the source of a value."""

from __future__ import annotations

from sitegen.derive.relations import Relations
from sitegen.model import Locator, Record, Regimen, Source
from sitegen.statements.english import listed
from sitegen.statements.sources import source_label, titled


def sources_at(relations: Relations, at: tuple[Locator, ...]) -> tuple[Source, ...]:
    """Return the sources of places, each once, in the order of the places."""
    return tuple(
        relations.site.sources[name] for name in dict.fromkeys(locator.source for locator in at)
    )


def other_source(relations: Relations, place: Locator) -> str | None:
    """Return the id of the source of a place; None for the source that the site is built on."""
    return None if place.source == relations.site.identity.source else place.source


def sources_behind(relations: Relations, record: Record) -> tuple[Source, ...]:
    """Return the sources that the page of a record rests on.

    Of a regimen also those of the sizes and strengths behind its volumes; of a source, itself.
    """
    if isinstance(record, Source):
        return (record,)
    if isinstance(record, Regimen):
        return relations.sources_behind(record)
    return relations.sources_of(record)


def who_says(relations: Relations, record: Record) -> str:
    """Return what readers know the sources of a record by, in one line; true of any record."""
    return listed([source_label(source) for source in relations.sources_of(record)])


def according_to(relations: Relations, at: tuple[Locator, ...]) -> str:
    """Return who says something, by the places where it is said; true of any places."""
    return f"according to {listed([titled(source) for source in sources_at(relations, at)])}"
