"""The rules on records that name each other: no report is and is not another, no circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from sitegen.model import Condition, ReportTie
from sitegen.model.problems import Problem
from sitegen.read.load import Loaded


def reports_are_not_one_study_and_apart(loaded: Loaded) -> Iterator[Problem]:
    """No two reports that are kept apart are of one study by other ties."""
    ties = loaded.site.ties.values()
    one_study = [tie for tie in ties if tie.relation == "one study"]
    for apart in (tie for tie in ties if tie.relation == "kept apart"):
        for first, second in combinations(apart.reports, 2):
            if chain := _chain(first, second, one_study):
                through = " and ".join(tie.path for tie in chain)
                message = (
                    f"reports keeps '{first}' and '{second}' apart, but they are one study by"
                    f" {through}: mend or delete one of these ties"
                )
                yield loaded.problem(apart, ("reports",), message)


def _chain(first: str, last: str, ties: list[ReportTie]) -> list[ReportTie]:
    """Return the fewest ties by which two reports are of one study; none where they are not."""
    reached: dict[str, list[ReportTie]] = {first: []}
    left = [first]
    while left and last not in reached:
        here = left.pop(0)
        for tie in (tie for tie in ties if here in tie.reports):
            for other in tie.reports:
                if other not in reached:
                    reached[other] = [*reached[here], tie]
                    left.append(other)
    return reached.get(last, [])


def no_condition_is_broader_than_itself(loaded: Loaded) -> Iterator[Problem]:
    """No condition belongs, directly or by others, to itself."""
    conditions = loaded.site.conditions
    reported: set[str] = set()
    for condition in conditions.values():
        circle = _circle(condition, conditions)
        if len(circle) > 1 and not reported.intersection(circle):
            reported.update(circle)
            listed = " → ".join((*circle, condition.id))
            message = f"broader leads back to the condition itself ({listed}): delete one of these"
            yield loaded.problem(condition, ("broader",), message)


def _circle(condition: Condition, conditions: Mapping[str, Condition]) -> list[str]:
    """Return the conditions by which one is broader than itself; none where it is not."""
    path = [str(condition.id)]
    broader = condition.broader
    while broader and broader in conditions and broader not in path:
        path.append(str(broader))
        broader = conditions[broader].broader
    return path if broader == condition.id else []
