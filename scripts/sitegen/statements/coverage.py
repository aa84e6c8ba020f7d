"""Which conditions are studied, dosed, given by the same route, and cautioned against."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.derive.relations import Named, Relations
from sitegen.incremental.queries import query
from sitegen.model import Condition, Regimen, Study
from sitegen.model.absence import Absence
from sitegen.statements.dosing import A_DOSE, dosed
from sitegen.statements.english import number

NO_STUDY, NO_DOSE = "no study", "no dose"


@dataclass(frozen=True)
class Coverage:
    """One condition in four questions, each answered in words, and what they come to."""

    condition: Named
    studied: str
    dosed: str
    same_route: str
    cautioned: str
    means: str


@query
def coverage(relations: Relations) -> tuple[Coverage, ...]:
    """Every condition with its answers, in source order."""
    return tuple(_row(relations, condition) for condition in relations.conditions)


def _row(relations: Relations, condition: Condition) -> Coverage:
    studies = relations.studies_on(condition)
    regimens = relations.regimens_for(condition)
    cautioned = _cautioned(relations, condition)
    return Coverage(
        Named.of(condition),
        _any(len(studies), "report"),
        _dosed(regimens),
        _same_route(studies, regimens),
        cautioned,
        _meaning(bool(studies), dosed(regimens), cautioned != "no"),
    )


@dataclass(frozen=True)
class Facets:
    """Whether a condition is studied, dosed and cautioned against, for filters and empty cells."""

    studied: str
    dosed: str
    cautioned: str


def facets(relations: Relations, condition: Condition) -> Facets:
    """Return what exists on a condition; one that only a broader caution holds is named in one."""
    return Facets(
        "studied" if relations.studies_on(condition) else NO_STUDY,
        "dosed" if relations.regimens_for(condition) else NO_DOSE,
        "in no caution" if _cautioned(relations, condition) == "no" else "named in a caution",
    )


def _cautioned(relations: Relations, condition: Condition) -> str:
    """Whether a caution names a condition, or something broader that holds it."""
    if relations.cautions_about(condition):
        return "yes"
    return "in a broader statement" if relations.broader_cautions_about(condition) else "no"


def _dosed(regimens: tuple[Regimen, ...]) -> str:
    counted, said = _any(len(regimens), "regimen"), dosed(regimens)
    return f"{counted}: {said}" if said and said != A_DOSE else counted


def _any(count: int, noun: str) -> str:
    """Return a count with its noun; of none, in the singular: `no report`."""
    return number(count, noun) if count else f"no {noun}"


def _same_route(studies: tuple[Study, ...], regimens: tuple[Regimen, ...]) -> str:
    if not studies or not regimens:
        return "not applicable"
    dosed = {str(regimen.route.value) for regimen in regimens}
    routes = [study.route for study in studies]
    known = [str(route.value) for route in routes if not route.absence]
    other = sorted(set(known) - dosed)
    counts = {
        "the same route": sum(route in dosed for route in known),
        f"another route ({', '.join(other)})": sum(route not in dosed for route in known),
        **{f"route {word}": sum(route.absence is word for route in routes) for word in Absence},
    }
    return "; ".join(
        f"{number(count, 'report')} with {what}" for what, count in counts.items() if count
    )


def _meaning(studied: bool, dose: str, cautioned: bool) -> str:
    if studied and dose == A_DOSE:
        return "studied and dosed"
    if studied:
        return f"studied, {dose or 'no dose reported'}"
    if dose:
        return f"{dose}, no study under that name"
    return "only cautioned against" if cautioned else "only named"
