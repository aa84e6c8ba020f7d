"""Everything that is absent, and where."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.absence import Absence
from sitegen.derive.relations import Relations
from sitegen.model import Record, Study
from sitegen.walk import reported_values

_IN = ("studies", "regimens", "cautions", "events", "substances", "products", "sources")


@dataclass(frozen=True)
class Gap:
    """One value that is not there."""

    record: Record
    field: str
    word: Absence

    @property
    def what(self) -> str:
        """The kind of record and the field, as a heading."""
        return f"{self.record.folder}: {self.field.replace('_', ' ')}".capitalize()

    @property
    def anchor(self) -> str:
        """The place on the record's own page, where its fields have one."""
        return self.field if isinstance(self.record, Study) else ""


def gaps(relations: Relations) -> tuple[Gap, ...]:
    """Every absent value, by kind of record and field; what does not apply is no gap."""
    found = [
        Gap(record, str(where[-1]), value.absence)
        for folder in _IN
        for record in relations.in_order(relations.site.records[folder].values())
        for where, value in reported_values(record)
        if value.absence not in (None, Absence.NOT_APPLICABLE)
    ]
    return tuple(gap for gap in found if gap.word)
