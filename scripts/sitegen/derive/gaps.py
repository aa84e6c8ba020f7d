"""Absent values, the records that have them, and what would close each gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitegen.derive.given_apart import AMOUNTS, has_amount_itself, places_given_apart
from sitegen.derive.grouping import grouped
from sitegen.derive.relations import Relations
from sitegen.incremental.queries import query
from sitegen.model import Phase, Record, Regimen, Study
from sitegen.model.absence import Absence
from sitegen.model.fields import field_of, part_at, reported_values
from sitegen.model.record import KeyPath
from sitegen.model.reporting_items import ITEMS

# What would close a gap, by the kind of record that has it.
_CLOSED_BY = {
    "studies": "The publication of the study",
    "experiments": "The publication of the experiment",
    "regimens": "A label or publication that states the regimen",
    "cautions": "A report that says how harms were looked for",
    "products": "The label itself",
    "parameters": "A measurement with its source",
    "events": "A dated document of the event",
    "substances": "A chemical registry, or the developers' own description",
    "claims": "The experiment behind the claim",
    "sources": "The publisher of the text",
    "people": "A publication of theirs",
}
# The same for fields of cautions that say nothing on how harms were looked for.
_CLOSED_BY_LABEL = ("interactant", "effect", "management", "severity", "events", "of", "percentage")
_CLOSED_BY_READING = {"sources": "A fuller reading of the source"}
"""What would close a gap that nobody has looked into, where that is something else."""


# What readers call a field, where its name in the data says too little.
TITLES = {
    "says": "what was seen, and how it was looked for",
    "when": "date",
    "each": "amount of each dose",
    "times": "frequency",
    "people": "population",
    "site": "where each dose goes",
    "interval": "time between doses",
    "repeat": "after how long a dose may be repeated",
    "late_by": "how late a missed dose is",
    "repeats": "how often a dose may be repeated",
    "count": "number of courses",
    "gap": "time between courses",
    "repeated": "how often the course is repeated",
    "cycle": "time from the start of a course to the next",
    "length": "duration",
    "value": "size",
    "daily": "daily dose",
    "weekly": "weekly dose",
    "offset": "how long before or after",
    "doses": "dose",
    "on": "date on which it was seen",
    "numeric_result": "numerical results",
    "effect": "effect size or test",
    "at_time": "time of measurement",
    "events": "how many had it",
    "of": "how many were looked at",
    "level": "level of the interval",
    "allocation_type": "type of allocation",
    "interaction.effect": "effect of the interaction",
}
# The parts of a study that are a section of its page each; a value in one leads to the section.
_SECTIONS = ("arms", "results", "harm_events")


@dataclass(frozen=True)
class Gap:
    """One absent value."""

    field: str
    word: Absence
    title: str
    """The field in a reader's words, with its position where there are several."""
    anchor: str
    """The field or the section that has a place on the page of a study."""

    def __str__(self) -> str:
        return f"{self.title}: {self.word}"


@dataclass(frozen=True)
class GapsOfRecord:
    """The gaps of one record."""

    record: Record
    gaps: tuple[Gap, ...]

    @property
    def has_anchors(self) -> bool:
        """Return whether each field has an anchor on the page of the record."""
        return isinstance(self.record, Study)


@dataclass(frozen=True)
class Closing:
    """A document or report that would close gaps, and the records with these gaps."""

    by: str
    records: tuple[GapsOfRecord, ...]

    @property
    def number(self) -> int:
        """Return the number of absent values."""
        return sum(len(record.gaps) for record in self.records)


@query
def closings(relations: Relations) -> tuple[Closing, ...]:
    """Return every absent value, grouped by what would close it; what does not apply is no gap."""
    found = []
    for folder in _CLOSED_BY:
        records = relations.in_order(relations.site.records[folder].values())
        listed = [GapsOfRecord(record, _gaps(record)) for record in records]
        by_what = grouped((_closed_by(folder, gap), one) for one in listed for gap in one.gaps)
        for by, several in by_what.items():
            found.append(Closing(by, tuple(_only(by, one) for one in dict.fromkeys(several))))
    return tuple(found)


def _closed_by(folder: str, gap: Gap) -> str:
    """Return what would close a gap of a kind of record: of some, another look at the source."""
    if gap.word is Absence.NOT_EXTRACTED and folder in _CLOSED_BY_READING:
        return _CLOSED_BY_READING[folder]
    if folder == "cautions" and gap.field in _CLOSED_BY_LABEL:
        return "A label or publication that states the caution"
    return _CLOSED_BY[folder]


def _only(by: str, listed: GapsOfRecord) -> GapsOfRecord:
    """Return a record with those of its gaps that something would close."""
    folder = listed.record.folder
    gaps = tuple(gap for gap in listed.gaps if _closed_by(folder, gap) == by)
    return GapsOfRecord(listed.record, gaps)


def _gaps(record: Record) -> tuple[Gap, ...]:
    absent = ((where, value.absence) for where, value in reported_values(record))
    return tuple(
        Gap(field_of(where), word, _title(record, where), _anchor(where))
        for where, word in absent
        if word
        and word is not Absence.NOT_APPLICABLE
        and not _is_given_otherwise(record, where)
        and not _is_given_apart(record, where)
    )


def _title(record: Record, where: KeyPath) -> str:
    """Return a field in words: `frequency`, `dose 2 of 3` for one of several, `frequency, phase 2`.

    A field of a later phase, an arm or a result is named with that part, since the record may have
    the field itself too.
    """
    field = field_of(where)
    of_part = TITLES.get(f"{where[0]}.{field}")
    title = of_part or TITLES.get(field, field.replace("_", " "))
    value: Any = record
    position = ""
    for step in where:
        if isinstance(step, int):
            position = f" {step + 1} of {len(value)}" if len(value) > 1 else ""
            position = _part(str(where[0]), step, len(value)) or position
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return f"{title}{position}"


def _part(folder: str, index: int, length: int) -> str:
    """Return the part of a record that a field is in; nothing for what is no such part.

    The first phase is the regimen itself, so that the first of `then` is the second.
    """
    if folder not in _PARTS:
        return ""
    before = 1 if folder == "then" else 0
    name, last = f", {_PARTS[folder]}", length + before
    return f"{name} {index + before + 1} of {last}" if last > 1 else name


_PARTS = {"then": "phase", "arms": "arm", "results": "result", "harm_events": "harm"}


def _anchor(where: KeyPath) -> str:
    return str(where[0]) if where[0] in _SECTIONS else field_of(where)


def _is_given_apart(record: Record, where: KeyPath) -> bool:
    """Return whether a report answers an item elsewhere than in its field."""
    field = str(where[0])
    if not isinstance(record, Study) or len(where) > 1 or field not in _ITEMS:
        return False
    return bool(places_given_apart(record, field))


_ITEMS = tuple(item.field for item in ITEMS)


def _is_given_otherwise(record: Record, where: KeyPath) -> bool:
    """Return whether a field is an amount of a dose, of which the source gives an amount anyway.

    It is no gap that a dose in drops has no mass, or that one of a day is not given by the dose.
    """
    part = part_at(record, where[:-1])
    return (
        isinstance(part, Regimen | Phase) and field_of(where) in AMOUNTS and has_amount_itself(part)
    )
