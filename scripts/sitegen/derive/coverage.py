"""Which conditions are studied, dosed, given by the same route, and cautioned against."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.absence import Absence
from sitegen.derive.relations import Named, Relations, once
from sitegen.model import Condition, Regimen, Study


@dataclass(frozen=True)
class Coverage:
    """One condition in four questions, each answered in words, and what they come to."""

    condition: Named
    studied: str
    dosed: str
    same_route: str
    cautioned: str
    means: str


@once
def coverage(relations: Relations) -> tuple[Coverage, ...]:
    """Every condition with its answers, in source order."""
    return tuple(_row(relations, condition) for condition in relations.conditions)


def _row(relations: Relations, condition: Condition) -> Coverage:
    studies = relations.studies_on(condition)
    regimens = relations.regimens_for(condition)
    cautions = relations.cautions_about(condition)
    return Coverage(
        Named.of(condition),
        _number(len(studies), "report"),
        _number(len(regimens), "regimen"),
        _same_route(studies, regimens),
        "yes" if cautions else "no",
        _meaning(bool(studies), bool(regimens), bool(cautions)),
    )


def _number(number: int, what: str) -> str:
    if not number:
        return f"no {what}"
    noun, *rest = what.split(" ")
    return " ".join([str(number), noun if number == 1 else f"{noun}s", *rest])


def _same_route(studies: tuple[Study, ...], regimens: tuple[Regimen, ...]) -> str:
    if not studies or not regimens:
        return "not applicable"
    dosed = {str(regimen.route.value) for regimen in regimens}
    routes = [study.route for study in studies]
    known = [str(route.value) for route in routes if not route.absence]
    other = sorted(set(known) - dosed)
    parts = [
        _number(sum(route in dosed for route in known), "report with the same route"),
        _number(sum(route not in dosed for route in known), "report")
        + f" with another route ({', '.join(other)})",
        *(
            _number(sum(route.absence is word for route in routes), f"report with the route {word}")
            for word in Absence
        ),
    ]
    return "; ".join(part for part in parts if not part.startswith("no "))


def _meaning(studied: bool, dosed: bool, cautioned: bool) -> str:
    if studied and dosed:
        return "studied and dosed"
    if studied:
        return "studied, no dose reported"
    if dosed:
        return "a dose reported, no study under that name"
    return "only cautioned against" if cautioned else "only named"
