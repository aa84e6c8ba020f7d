"""What a report of a study gives in numbers, as FHIR R5 Evidence: what is printed, no more.

The kinds of statistic and the roles of variables are words: their codes in FHIR are of systems that
this reference has no record of.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sitegen.export.fhir_dosage import coded
from sitegen.export.files import Json, number, spaced
from sitegen.model import Estimate, GroupCount, GroupResult, HarmEvent, PointInTime, Result, Study
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity
from sitegen.model.signed import Signed
from sitegen.model.typography import amount
from sitegen.model.units import unit_named
from sitegen.statements.english import capital
from sitegen.statements.results import arm_name, direction_line, group_line, time_line


def evidence(study: Study, part: Result | HarmEvent) -> Json | None:
    """Return the content of Evidence on one result or harm; None where it has no number.

    Each group has a statistic, and so has the estimate that compares them.
    """
    statistics = [made for group in part.by_arm if (made := _of_group(study, part, group))]
    if isinstance(part, Result) and part.estimate:
        statistics.append(_of_estimate(part, part.estimate))
    if not statistics:
        return None
    outcome = part.outcome if isinstance(part, Result) else part.event
    return {
        "title": spaced(outcome),
        "status": "active",
        **_described(study, part),
        "variableDefinition": list(_variables(study, part, outcome)),
        "statistic": statistics,
    }


def _described(study: Study, part: Result | HarmEvent) -> Json:
    """Return what the record says of a result in words: its own, its time, for whom it speaks."""
    words = [part.says or ""]
    if isinstance(part, Result):
        time = part.at_time.value if part.at_time else None
        if isinstance(time, Quantity | PointInTime):
            words.append(f"{capital(time_line(time))}.")
        words.append(f"{direction_line(study, part)}." if part.direction else "")
    elif part.frequency:
        words.append(f"Called {part.frequency}.")
    said = " ".join(filter(None, words))
    return {"description": spaced(said)} if said else {}


def _variables(study: Study, part: Result | HarmEvent, outcome: str) -> Iterator[Json]:
    """Yield what was measured, and each group."""
    yield {"description": spaced(outcome), "variableRole": {"text": "measured variable"}}
    for group in part.by_arm:
        if group.arm:
            name = arm_name(study, group.arm)
            yield {"description": spaced(name), "variableRole": {"text": "group"}}


def _of_group(study: Study, part: Result | HarmEvent, group: GroupCount) -> Json | None:
    """Return the statistic of one group; None where no number of it is known."""
    share, events = _known(group.percentage), _known(group.events)
    value = _known(group.value) if isinstance(group, GroupResult) else None
    if share is None and events is None and value is None:
        return None
    measure = part.measure if isinstance(part, Result) else None
    printed = ", ".join(filter(None, [group_line(group), amount(share) if share else ""]))
    words = f"{arm_name(study, group.arm)}: {printed}"
    found: Json = {"description": spaced(words)}
    if measure and not (isinstance(part, Result) and part.has_effect):
        found["statisticType"] = {"text": measure}
    if isinstance(share, Quantity) and share.range.is_one:
        found["quantity"] = {
            "value": number(share.range.low or Fraction(0)),
            "unit": "%",
            **coded(unit_named("%")),
        }
    if (count := _whole(events)) is not None:
        found["numberAffected"] = count
    return {**found, **_sample(study, group)}


def _sample(study: Study, group: GroupCount) -> Json:
    """Return how many are in the group, and how many of them were looked at."""
    arm = next((arm for arm in study.arms if arm.id == group.arm), None)
    size = {
        "numberOfParticipants": _whole(_known(arm.participants if arm else study.participants)),
        "knownDataCount": _whole(_known(group.of)),
    }
    known = {name: value for name, value in size.items() if value is not None}
    return {"sampleSize": known} if known else {}


def _of_estimate(result: Result, estimate: Estimate) -> Json:
    """Return the statistic that compares the groups, with its interval and its p value."""
    of_effect = result.measure if result.has_effect else None
    found: Json = {"statisticType": {"text": of_effect}} if of_effect else {}
    if estimate.value:
        found["quantity"] = _quantity(estimate.value, estimate.value.low)
    attributes: list[Json] = []
    if interval := estimate.interval:
        level = _known(estimate.level)
        one: Json = {"type": {"text": "interval"}}
        if isinstance(level, Quantity) and level.range.is_one:
            one["level"] = number((level.range.low or Fraction(0)) / 100)
        ends = {"low": interval.low, "high": interval.high}
        one["range"] = {name: _quantity(interval, end) for name, end in ends.items()}
        attributes.append(one)
    if estimate.p:
        attributes.append({"type": {"text": "p value"}, "description": f"p {estimate.p}"})
    return {**found, **({"attributeEstimate": attributes} if attributes else {})}


def _quantity(signed: Signed, value: Any) -> Json:
    unit = {"unit": signed.unit, **coded(unit_named(signed.unit))} if signed.unit else {}
    return {"value": number(value), **unit}


def _known(reported: Any) -> Any:
    """Return a value that is known; None for one left out or absent."""
    return None if reported is None or isinstance(reported.value, Absence) else reported.value


def _whole(value: Any) -> int | None:
    """Return a number of people that is one whole number; None for a range or a bound."""
    if not isinstance(value, Quantity) or not value.range.is_one or value.range.low is None:
        return None
    return int(value.range.low) if value.range.low.denominator == 1 else None
