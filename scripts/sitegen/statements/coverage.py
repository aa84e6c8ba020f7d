"""Which conditions are studied, dosed, given by the same route, and cautioned against."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.derive.given_apart import routes_of
from sitegen.derive.relations import Named, Relations
from sitegen.derive.safety import Listing
from sitegen.incremental.queries import query
from sitegen.model import Condition, Regimen, Study
from sitegen.model.absence import Absence
from sitegen.statements.dosing import A_DOSE, dosed
from sitegen.statements.english import number
from sitegen.statements.safety import is_read_for_cautions

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
    """Return each condition with its answers, in source order."""
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
        _meaning(bool(studies), dosed(regimens), _is_cautioned(relations, condition)),
    )


@dataclass(frozen=True)
class Facets:
    """Whether a condition is studied, dosed and cautioned against, for filters and empty cells."""

    studied: str
    dosed: str
    cautioned: str


def facets(relations: Relations, condition: Condition) -> Facets:
    """Return what exists on a condition; a caution that is only related to it names it as well."""
    return Facets(
        "studied" if relations.studies_on(condition) else NO_STUDY,
        "dosed" if relations.regimens_for(condition) else NO_DOSE,
        _cautioned_facet(relations, condition),
    )


def _cautioned_facet(relations: Relations, condition: Condition) -> str:
    if _is_cautioned(relations, condition):
        return "named in a caution"
    said = _cautioned(relations, condition)
    return "in no caution" if said == "no" else said


def _is_cautioned(relations: Relations, condition: Condition) -> bool:
    """Return whether a caution names a condition, or something that is related to it."""
    return bool(relations.cautions_about(condition) or relations.related_cautions(condition))


def _cautioned(relations: Relations, condition: Condition) -> str:
    """Return the kinds of caution that name a condition, or something that is related to it.

    An adverse effect that was seen in people with a condition does not rule the drug out for them,
    so the kinds are distinguished; a denial is marked. “No” only where some source was read for
    cautions of some kind; of a purpose, which is no contraindication, that it does not apply.
    """
    if named := relations.cautions_about(condition):
        kinds = dict.fromkeys(f"{one.kind}{' (denied)' * one.is_denied}" for one in named)
        return f"yes: {', '.join(kinds)}"
    if related := relations.related_cautions(condition):
        hows = dict.fromkeys(caution.how_related(condition.id) for caution in related)
        return f"in a statement that is {', '.join(hows)}"
    if condition.kind == "purpose":
        return Absence.NOT_APPLICABLE.value
    return "no" if is_read_for_cautions(relations) else Listing.NOT_READ.value


def _dosed(regimens: tuple[Regimen, ...]) -> str:
    counted, said = _any(len(regimens), "regimen"), dosed(regimens)
    return f"{counted}: {said}" if said and said != A_DOSE else counted


def _any(count: int, noun: str) -> str:
    """Return a count with its noun; of none, in the singular: `no report`."""
    return number(count, noun) if count else f"no {noun}"


def _same_route(studies: tuple[Study, ...], regimens: tuple[Regimen, ...]) -> str:
    """Return how many reports are of a route that is dosed.

    A route is another one only where the route of every regimen is known. A report that states none
    is of the routes of its arms.
    """
    if not studies or not regimens:
        return "not applicable"
    dosed = {str(regimen.route.value) for regimen in regimens if not regimen.route.absence}
    open_routes = [word for word in Absence if word in [one.route.absence for one in regimens]]
    routes = [(set(routes_of(study)), study.route.absence) for study in studies]
    known = [given for given, _ in routes if given]
    other = sorted({route for given in known if not given & dosed for route in given})
    unlike = f"another route ({', '.join(other)})"
    if open_routes:
        unlike = f"a route ({', '.join(other)}) beside that of a regimen {open_routes[0]}"
    counts = {
        "the same route": sum(bool(given & dosed) for given in known),
        unlike: sum(not given & dosed for given in known),
        **{
            f"route {word}": sum(absence is word for given, absence in routes if not given)
            for word in Absence
        },
    }
    return "; ".join(
        f"{number(count, 'report')} with {what}" for what, count in counts.items() if count
    )


def _meaning(studied: bool, dose: str, cautioned: bool) -> str:
    if studied and dose == A_DOSE:
        return "studied and dosed"
    if studied:
        return f"studied, {dose or 'no regimen'}"
    if dose:
        return f"{dose}, no study under that name"
    return "only cautioned against" if cautioned else "only named"
