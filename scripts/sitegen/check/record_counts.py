"""What is counted of a record: figures, by whether they are proved, and fields reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sitegen.check.evidence import Evidence, figures_cited, unit_held_by, unproved
from sitegen.model import Change, Record, Search, Site, Source
from sitegen.model.fields import Leaf, leaves, reported_values

_NOTHING_PRINTED = Evidence(())
REPORTED = "reported"


class RecordCounts(NamedTuple):
    """Figures of one or more records, by whether a sentence that is cited has them; fields."""

    proved: int
    unproved: int
    fields: Mapping[str, int]
    """Fields that a source could answer, by `REPORTED` or the word of absence."""


def counts_together(several: Iterable[RecordCounts]) -> RecordCounts:
    """Return the counts of any number of records together."""
    proved = unproved = 0
    fields: Counter[str] = Counter()
    for counts in several:
        proved, unproved = proved + counts.proved, unproved + counts.unproved
        fields.update(counts.fields)
    return RecordCounts(proved, unproved, fields)


def record_counts(site: Site, record: Record) -> RecordCounts:
    """Return the counts of a record. Each amount, date and number is one figure."""
    values = (value.absence for _, value in reported_values(record))
    fields = Counter(word.value if word else REPORTED for word in values)
    total = without = 0
    for leaf, figures in values_with_figures(record):
        total += figures
        there = figures_cited(site, leaf.at)
        held_by = unit_held_by(record, leaf.where)
        without += sum(1 for _ in unproved(leaf.value, there, leaf.where, held_by))
    return RecordCounts(total - without, without, dict(fields))


def values_with_figures(record: Record) -> Iterator[tuple[Leaf, int]]:
    """Yield each value of a record that has figures, with their number.

    Registers of sources, changes, and what we looked for ourselves have no figures.
    """
    for leaf in () if isinstance(record, Source | Change) else leaves(record):
        figures = sum(1 for _ in unproved(leaf.value, _NOTHING_PRINTED, leaf.where))
        if figures and not isinstance(leaf.model, Search):
            yield leaf, figures
