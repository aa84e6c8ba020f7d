"""Records in which nothing is reported but what a test gives."""

from __future__ import annotations

from sitegen.derive.course import Course, courses
from sitegen.derive.total import Computed, Impossible, Total
from sitegen.model import Reading, Regimen
from sitegen.statements.amounts import why_none

TWO_READINGS = (
    Reading(means="a day", times="2-3 times", per="day"),
    Reading(means="a week", times="2-3 times", per="week"),
)


def regimen(**fields: object) -> Regimen:
    """A regimen in which nothing is reported but what is given."""
    unknown = dict.fromkeys(
        ("people", "each", "volume", "times", "daily", "length", "strength"), "not reported"
    )
    frame = {"id": "a", "name": "A", "conditions": ["b"], "at": "leaflet dosage.1.1"}
    return Regimen.model_validate({**frame, **unknown, "route": "oral", **fields})


def course(**fields: object) -> Course:
    """The totals of a regimen that can be read in one way only."""
    (found,) = courses(regimen(**fields))
    return found


def text(total: Total | None) -> str | None:
    """A total in one line, with plain spaces: its amount and formula, or why there is none."""
    if total is None:
        return None
    if isinstance(total, Impossible):
        return f"none: {why_none(total)}".replace("\u00a0", " ")
    formula = f" = {total.formula}" if isinstance(total, Computed) else ""
    return f"{total.amount}{formula}".replace("\u00a0", " ")
