"""Sentences on a condition: what was studied, dosed and cautioned against."""

from __future__ import annotations

from sitegen.derive.relations import Relations
from sitegen.derive.safety import contraindication
from sitegen.model import Condition, Regimen
from sitegen.statements.english import capital, number
from sitegen.statements.regimens import lane_line
from sitegen.statements.safety import contraindicated_line

NO_CONDITION = "no condition named"
"""What stands in the place of the conditions of a regimen whose source names none."""


def condition_names(relations: Relations, regimen: Regimen) -> tuple[str, ...]:
    """Return the conditions that a regimen is reported for, or that its source names none."""
    names = tuple(condition.name for condition in relations.conditions_named(regimen))
    return names or (NO_CONDITION,)


def condition_line(condition: Condition, relations: Relations) -> str:
    """Return what exists on a condition: studies in each lane, regimens and cautions.

    That no study was found is said where no report and no analysis in people is on it.
    """
    parts = [
        _studies(condition, relations),
        number(len(relations.regimens_for(condition)), "regimen"),
        _cautions(condition, relations),
    ]
    return " ".join(f"{capital(part)}." for part in parts)


def _studies(condition: Condition, relations: Relations) -> str:
    """Return what was studied in each lane; experiments are left out where there is nothing."""
    if relations.studies_on(condition) or relations.analyses_on(condition):
        return lane_line(condition, relations)
    none = f"no study in {condition.people or 'people'} was found"
    if not relations.experiments_on(condition):
        return none
    return f"{none}; {lane_line(condition, relations).partition('; ')[2]}"


def _cautions(condition: Condition, relations: Relations) -> str:
    """Return who lists it as a contraindication, and how many other cautions name it."""
    others = sum(
        caution.kind != "contraindication" for caution in relations.cautions_about(condition)
    )
    row = contraindication(relations, condition)
    if row is None and others:
        return f"{number(others, 'caution')} on people with it"
    more = f"; {number(others, 'other caution')} on people with it" if others else ""
    return contraindicated_line(row) + more
