"""Who says what: sentences that name the source of a value."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.derive import volumes
from sitegen.derive.relations import Relations
from sitegen.model import Locator, Record, Regimen, Source
from sitegen.statements.english import listed
from sitegen.statements.sources import short_label, source_label, titled

_LETTERS_IN_A_PLACE = 30


def sources_at(relations: Relations, at: tuple[Locator, ...]) -> tuple[Source, ...]:
    """Return the sources of places, each once, in the order of the places."""
    return tuple(
        relations.site.sources[name] for name in dict.fromkeys(locator.source for locator in at)
    )


def place_line(relations: Relations, place: Locator) -> str:
    """Return a place as readers see it, where one source is cited: `Doe 1997, abstract 1.2–3`.

    A source without a known author and year is named by the beginning of its title: a whole one is
    longer than most of what it proves.
    """
    label = short_label(relations.site.sources[place.source], _LETTERS_IN_A_PLACE)
    return f"{label}, {sentences_line(place)}"


def sentences_line(place: Locator) -> str:
    """Return section, paragraph and sentences of a place, a range where it has several: `1.2–3`."""
    until = f"–{place.last}" if place.last > place.first else ""
    return f"{place.section.replace('-', ' ')} {place.paragraph}.{place.first}{until}"


def sources_behind(relations: Relations, record: Record) -> tuple[Source, ...]:
    """Return each source that the page of a record rests on.

    Of a regimen also those of the sizes and strengths that its volumes are computed with; of a
    source, itself.
    """
    if isinstance(record, Source):
        return (record,)
    if isinstance(record, Regimen):
        return volumes.sources_behind(relations, record)
    return relations.sources_of(record)


def used_for(relations: Relations, source: Source, record: Record) -> str:
    """Return that a source is of a size or a strength behind what is computed of a record.

    Empty where the record itself draws on the source, or is it.
    """
    is_own = source == record or source in relations.sources_of(record)
    return "" if is_own else ", used for what is computed here"


def who_says(relations: Relations, record: Record) -> str:
    """Return what readers know the sources of a record by, in one line; true of any record."""
    return listed([source_label(source) for source in relations.sources_of(record)])


def according_to(relations: Relations, at: tuple[Locator, ...]) -> str:
    """Return who says something, by the places where it is said; true of any places."""
    return f"according to {listed([titled(source) for source in sources_at(relations, at)])}"


def reported_by(sources: Iterable[Source]) -> str:
    """Return whose report something is; true where each source reports it: `Reported by A; B`."""
    return f"Reported by {'; '.join(source.title for source in sources)}"


def no_advice_line(sources: Iterable[Source]) -> str:
    """Return whose report a dose is, and that the site advises none; true of any sources."""
    return f"{reported_by(sources)}; no recommendation."
