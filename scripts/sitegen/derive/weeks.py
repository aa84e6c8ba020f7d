"""The numbered weeks of a treatment, and how long a phase is by them."""

from __future__ import annotations

from sitegen.derive.total import Computed
from sitegen.model import Phase, Regimen
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, Range, unit
from sitegen.model.typography import EN_DASH, NO_BREAK
from sitegen.model.values import ends_of_weeks


def weeks_of(regimen: Regimen | Phase) -> tuple[int, int | None] | None:
    """Return the first and the last week of a phase, None for no end; None where not known."""
    weeks = regimen.weeks.value if regimen.weeks else None
    return None if weeks is None or isinstance(weeks, Absence) else ends_of_weeks(weeks)


def weeks_in_words(regimen: Regimen) -> str | None:
    """Return the weeks of a phase: `weeks 1–4`, `week 5`, `from week 17`; None where not known."""
    ends = weeks_of(regimen)
    if ends is None:
        return None
    first, last = ends
    if last is None:
        return f"from week{NO_BREAK}{first}"
    return f"week{NO_BREAK}{first}" if last == first else f"weeks{NO_BREAK}{first}{EN_DASH}{last}"


def length_by_weeks(regimen: Regimen) -> Computed | None:
    """Return how long a phase is by its weeks, where the source states no length; else None.

    Weeks without an end last until the next phase begins, where its first week is stated.
    """
    ends, words = weeks_of(regimen), weeks_in_words(regimen)
    if ends is None or words is None or regimen.length.absence in (None, Absence.UNCLEAR):
        return None
    first, last = ends
    if last is None:
        if regimen.next_week is None or regimen.next_week <= first:
            return None
        last = regimen.next_week - 1
        words += f", until the next phase in week{NO_BREAK}{regimen.next_week}"
    return Computed(Quantity(Range.of(last - first + 1), unit("week")), words)


def length_of(regimen: Regimen) -> Quantity | Absence:
    """Return how long a phase is: as stated, else by its weeks, else the word of absence."""
    by_weeks = length_by_weeks(regimen)
    stated: Quantity | Absence = regimen.length.value
    return by_weeks.amount if by_weeks else stated
