"""Results and harms of studies in words: what each arm had, how large an effect is, for whom."""

from __future__ import annotations

from typing import NamedTuple

from sitegen.derive.arm_dosage import dosage_of
from sitegen.model import (
    Arm,
    Estimate,
    Experiment,
    GroupCount,
    GroupResult,
    PointInTime,
    Result,
    Study,
)
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, write_range
from sitegen.model.typography import EN_DASH, NO_BREAK, amount, prose
from sitegen.statements.english import listed
from sitegen.statements.regimens import stated
from sitegen.statements.silence import none_recorded

NOT_NOTED = "not noted"


def dosage_line(record: Study | Experiment, arm: Arm) -> str | None:
    """Return what an arm was given in a line, phase by phase; None where no dosage is stated."""
    regimen = dosage_of(record, arm)
    return stated(regimen) if regimen else None


def no_finding(record: Study | Experiment) -> str:
    """Return that no finding is in words; where results or harms are in numbers, that they are."""
    numbers = ["results" if record.results else "", "harms" if record.harm_events else ""]
    if not (said := listed(list(filter(None, numbers)))):
        return none_recorded("finding of it")
    return f"No finding in words is in the records; the {said} in numbers are below."


def arm_name(record: Study | Experiment, id: str | None) -> str:
    """Return the name of the arm of a record that has an id; `All` where there is none."""
    return "All" if id is None else next(arm.name for arm in record.arms if arm.id == id)


def columns_of_arms(record: Study | Experiment) -> tuple[str, ...]:
    """Return the headings of what is noted of arms: a role or a dosage only where one has it."""
    has_role = any(arm.role for arm in record.arms)
    has_dosage = any(arm.dosage for arm in record.arms)
    return (*(["Role"] * has_role), "Participants", *(["Dosage"] * has_dosage))


def columns_of_results(record: Study | Experiment) -> tuple[str, ...]:
    """Return the headings of what is noted of results, each only where one result has it."""
    has = {
        "By arm": any(result.by_arm for result in record.results),
        "Estimate": any(result.estimate for result in record.results),
        "Direction": any(result.direction for result in record.results),
    }
    return tuple(heading for heading, is_there in has.items() if is_there)


class ArmColumn(NamedTuple):
    """A column of a table of harms: an arm, or all who took part, who have no id."""

    id: str | None
    name: str


def arms_of_harms(record: Study | Experiment) -> tuple[ArmColumn, ...]:
    """Return the arms, and a column for all where a harm is counted among all."""
    ids: list[str | None] = [str(arm.id) for arm in record.arms]
    groups = (group for harm in record.harm_events for group in harm.by_arm)
    if any(group.arm is None for group in groups):
        ids.append(None)
    return tuple(ArmColumn(id, arm_name(record, id)) for id in ids)


def group_line(group: GroupCount) -> str:
    """Return what a source gives of one arm, without its percentage: `12 of 30 people`.

    A number that is absent has its word, and nothing is said of a number that was not asked for.
    Empty where the source gives a percentage alone.
    """
    said = [_count(group)]
    value = group.value if isinstance(group, GroupResult) else None
    if value is not None:
        said.append(f"value {value.value}" if value.absence else prose(str(value.value)))
    return "; ".join(filter(None, said))


def is_of_a_share_alone(group: GroupCount) -> bool:
    """Return whether a source gives the share of an arm and no number of people with it.

    What it says of the size of the arm then follows the share, and does not stand before it.
    """
    return group.percentage is not None and group.events is None


def _count(group: GroupCount) -> str:
    events = group.events.value if group.events else None
    of = group.of.value if group.of else None
    if isinstance(events, Quantity) and isinstance(of, Quantity):
        return f"{write_range(events.range, EN_DASH)} of {amount(of)}"
    if isinstance(events, Quantity):
        without = f", of how many {of}" if isinstance(of, Absence) else ""
        return f"{amount(events)}{without}"
    number = f"number {events}" if isinstance(events, Absence) else ""
    if isinstance(of, Quantity):
        return f"{number}, of {amount(of)}" if number else f"{amount(of)} looked at"
    return number or (f"of how many {of}" if isinstance(of, Absence) else "")


def estimate_line(result: Result) -> str:
    """Return the size of an effect as printed, with its measure, precision and p value.

    `mean difference −1.7 (95 % interval −2.9 to −0.5), p = 0.006`. Only what the source gives is
    there; where it gives none, none was noted.
    """
    estimate = result.estimate
    if estimate is None:
        return NOT_NOTED
    said = []
    if estimate.value is not None:
        said.append(" ".join(filter(None, [result.measure, estimate.value.shown])))
    if estimate.interval is not None:
        said.append(_interval(estimate))
    p = f"p {estimate.p}" if estimate.p else ""
    return ", ".join(filter(None, [" ".join(said), p]))


def _interval(estimate: Estimate) -> str:
    level = estimate.level.value if estimate.level else None
    of_level = f"{amount(level)} " if isinstance(level, Quantity) else ""
    shown = estimate.interval.shown if estimate.interval else ""
    return f"({of_level}interval {shown})" if estimate.value else f"{of_level}interval {shown}"


def direction_line(record: Study | Experiment, result: Result) -> str:
    """Return which arm the source takes a result to favour, or that it takes it to favour none.

    “not noted” where the record does not say.
    """
    if result.direction is None:
        return NOT_NOTED
    favoured = result.direction.arm
    return f"favours: {arm_name(record, favoured)}" if favoured else str(result.direction)


def time_line(time: Quantity | PointInTime) -> str:
    """Return when an outcome was measured: `after 10 days`; `at day 28` of a numbered day.

    True where the source states the time as such a length or number.
    """
    if isinstance(time, PointInTime):
        return f"at {time.replace(' ', NO_BREAK)}"
    return f"after {amount(time)}"


def outcome_line(result: Result) -> str:
    """Return what an outcome's numbers are, and when it was measured: `median; after 10 days`.

    The measure is here only where it has no estimate, beside which it stands else.
    """
    has_value = result.estimate is not None and result.estimate.value is not None
    time = result.at_time.value if result.at_time else None
    when = time_line(time) if isinstance(time, Quantity | PointInTime) else ""
    when = f"time of measurement {time}" if isinstance(time, Absence) else when
    return "; ".join(filter(None, ["" if has_value else result.measure, when]))
