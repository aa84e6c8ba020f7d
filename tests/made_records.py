"""Records in which nothing is reported but what a test gives."""

from __future__ import annotations

from sitegen.model import Reading, Regimen

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
