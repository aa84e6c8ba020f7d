"""What is done about a missed dose, in the words of a record: reported, and never computed."""

from __future__ import annotations

from sitegen.model import MissedDose, Regimen
from sitegen.model.absence import Absence
from sitegen.model.typography import amount


def missed_lines(regimen: Regimen) -> tuple[str, ...]:
    """Return each rule for a missed dose: `up to 5 days late: it is injected at once`.

    Empty where the source gives none. A rule without a time holds for every missed dose.
    """
    return tuple(map(_line, regimen.missed))


def _line(rule: MissedDose) -> str:
    parts = [f"{rule.part} dose" if rule.part else "", _late(rule)]
    before = ", ".join(filter(None, parts))
    return f"{before}: {rule.do}" if before else rule.do


def _late(rule: MissedDose) -> str:
    """Return by how much a dose is late; empty where the rule has no time."""
    if rule.late_by is None:
        return ""
    time = rule.late_by.value
    return f"late (by how much: {time})" if isinstance(time, Absence) else f"{amount(time)} late"
