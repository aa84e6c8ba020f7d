"""Sentences on a condition: what was studied, dosed and cautioned against."""

from __future__ import annotations

from sitegen.derive.relations import Relations
from sitegen.derive.safety import contraindication
from sitegen.model import Condition, Regimen, Study
from sitegen.statements.english import capital, listed, number
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

    That the records have no study is said where no report and no analysis in people is on it, and
    none is linked to a regimen for it. A purpose is no contraindication, so that none lists it is
    not said of one.
    """
    parts = [
        _studies(condition, relations),
        number(len(relations.regimens_for(condition)), "regimen"),
        _cautions(condition, relations),
    ]
    return " ".join(f"{capital(part)}." for part in filter(None, parts))


def linked_studies(condition: Condition, relations: Relations) -> tuple[Study, ...]:
    """Return the studies that are linked to regimens for a condition, where none is on it itself.

    Each may support the dosing for the condition; none is of people who are said to have it.
    """
    if relations.studies_on(condition) or relations.analyses_on(condition):
        return ()
    links = (link for regimen in relations.regimens_for(condition) for link in regimen.studies)
    return tuple(relations.site.studies[id] for id in dict.fromkeys(link.study for link in links))


def _studies(condition: Condition, relations: Relations) -> str:
    """Return what was studied in each lane; experiments are left out where there is nothing."""
    if relations.studies_on(condition) or relations.analyses_on(condition):
        return lane_line(condition, relations)
    none = f"no study in {condition.people or 'people'} is in the records"
    if linked := linked_studies(condition, relations):
        names = listed([study.name for study in linked])
        none = f"no study under this name; studies linked to its regimens: {names}"
    if not relations.experiments_on(condition):
        return none
    return f"{none}; {lane_line(condition, relations).partition('; ')[2]}"


def _cautions(condition: Condition, relations: Relations) -> str:
    """Return who lists it as a contraindication, and how many other cautions name it.

    Empty for a purpose that no caution names.
    """
    others = sum(
        caution.kind != "contraindication" and caution.is_reported
        for caution in relations.cautions_about(condition)
    )
    row = contraindication(relations, condition)
    if row is None and others:
        return f"{number(others, 'caution')} on people with it"
    if row is None and condition.kind == "purpose":
        return ""
    more = f"; {number(others, 'other caution')} on people with it" if others else ""
    return contraindicated_line(relations, row) + more
