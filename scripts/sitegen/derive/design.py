"""The design of a study in closed lists, for filters: allocation, masking, control."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model import Reported, Study
from sitegen.model.absence import Absence


@dataclass(frozen=True)
class DesignEntry:
    """One list, and the word of it that a study has; a word of absence where it has none."""

    name: str
    field: str
    value: str | Absence
    reported: Reported[str | Absence] | None

    @property
    def facet(self) -> str:
        """The list with its word, as a filter has it: `masking: double-blind`."""
        return f"{self.name}: {self.value}"


# Each list, the field that has its word, and the field in which the source's own words stand.
_LISTS = (
    ("allocation", "allocation_type", "allocation"),
    ("masking", "masking", "blinding"),
    ("control", "control", "comparator"),
)


def design_of(study: Study) -> tuple[DesignEntry, ...]:
    """Return each list with the word that a study has in it.

    Where a curator has chosen none, the word of absence of the field with the source's words
    stands there; where that field has words, nobody has put them into the list yet.
    """
    return tuple(_entry(study, *names) for names in _LISTS)


def _entry(study: Study, name: str, field: str, of_words: str) -> DesignEntry:
    chosen: Reported[str | Absence] | None = getattr(study, field)
    if chosen:
        return DesignEntry(name, field, chosen.value, chosen)
    absence: Absence | None = getattr(study, of_words).absence
    return DesignEntry(name, field, absence or Absence.NOT_EXTRACTED, None)
