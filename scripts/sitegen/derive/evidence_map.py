"""The evidence gap map: reports and people by condition and design, experiments by lane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.derive.design import design_of
from sitegen.derive.given_apart import control_arms
from sitegen.derive.participants import participants_of
from sitegen.derive.relations import Named, Relations
from sitegen.derive.total import Impossible
from sitegen.incremental.queries import query
from sitegen.model import Condition, Study
from sitegen.model.absence import Absence
from sitegen.model.quantity import Range

RANDOMISED = "randomised"
NOT_RANDOMISED = "controlled, not randomised"
CONTROLLED = "controlled, allocation not determined"
UNCONTROLLED = "uncontrolled"
NOT_DETERMINED = "not determined"
ANIMAL, IN_VITRO = "animal", "in vitro"
DESIGNS = (RANDOMISED, NOT_RANDOMISED, CONTROLLED, UNCONTROLLED, NOT_DETERMINED)
COLUMNS = (*DESIGNS, ANIMAL, IN_VITRO)


@dataclass(frozen=True)
class MapCell:
    """What is known of one condition by one design or in one lane."""

    count: int
    """How many reports or experiments there are."""
    studies: int = 0
    """How many studies the reports are of."""
    sized: int = 0
    """Of how many of those the number of people is known."""
    people: Range | None = None
    """How many people took part in those; None where it is known of none."""


@dataclass(frozen=True)
class MapRow:
    """One condition, None for none, with its cell for each of `COLUMNS`."""

    condition: Named | None
    cells: tuple[MapCell, ...]


def design_class(study: Study) -> str:
    """Return the one of `DESIGNS` that the closed lists and the arms of a report put it in.

    Allocation comes first. A single group, or no control, is uncontrolled. A control or a control
    arm with a word of absence for the allocation is controlled, its allocation not determined.
    Groups that were not randomised and of which no control is known are not determined.
    """
    allocation, _, control = (entry.value for entry in design_of(study))
    if allocation == "randomised":
        return RANDOMISED
    if allocation == "single group" or control == "no control":
        return UNCONTROLLED
    if isinstance(control, Absence) and not control_arms(study):
        return NOT_DETERMINED
    return CONTROLLED if isinstance(allocation, Absence) else NOT_RANDOMISED


def design_of_study(relations: Relations, report: Study) -> str:
    """Return the one of `DESIGNS` of the study that a report is of: the first that a report has.

    So all reports of one study are in one column, and its people are counted there once.
    """
    return min(map(design_class, relations.group_of(report)), key=DESIGNS.index)


@query
def evidence_map(relations: Relations) -> tuple[MapRow, ...]:
    """Return a row for each condition with a report or an experiment, in source order.

    Last are experiments that are for no condition. A report on several conditions is in the row
    of each, and all reports of one study are in one column. Analyses that pool studies are none,
    and not counted.
    """
    rows = (_row(relations, condition) for condition in relations.conditions)
    found = [row for row in rows if any(cell.count for cell in row.cells)]
    lanes = [one.lane for one in relations.experiments if not one.conditions]
    if lanes:
        none = (MapCell(0),) * len(DESIGNS)
        found.append(MapRow(None, (*none, *_experiments(lanes))))
    return tuple(found)


def _row(relations: Relations, condition: Condition) -> MapRow:
    studies = relations.studies_on(condition)
    cells = (
        _cell(relations, [one for one in studies if design_of_study(relations, one) == design])
        for design in DESIGNS
    )
    lanes = [experiment.lane for experiment in relations.experiments_on(condition)]
    return MapRow(Named.of(condition), (*cells, *_experiments(lanes)))


def _experiments(lanes: Sequence[str]) -> Iterator[MapCell]:
    return (MapCell(lanes.count(lane)) for lane in (ANIMAL, IN_VITRO))


def _cell(relations: Relations, reports: Sequence[Study]) -> MapCell:
    """Return the cell of some reports; reports of one study count its people once, as the most."""
    groups: dict[str, list[Range]] = {}
    for report in reports:
        known = groups.setdefault(relations.group_of(report)[0].id, [])
        found = participants_of(report)
        if not isinstance(found, Impossible):
            known.append(found.amount.range)
    sizes = [max(known, key=lower_end) for known in groups.values() if known]
    people = sum(sizes[1:], start=sizes[0]) if sizes else None
    return MapCell(len(reports), len(groups), len(sizes), people)


def lower_end(number: Range) -> float:
    """Return the lower end of a number, or the upper one where it has no lower."""
    end = number.low if number.low is not None else number.high
    return float(end or 0)
