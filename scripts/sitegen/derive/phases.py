"""The phases of a regimen, each as a regimen of its own, and what all of them come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sitegen.derive.total import Impossible, Reason, Total, total_sum
from sitegen.derive.weeks import weeks_of
from sitegen.model import Phase, Regimen
from sitegen.model.absence import Absence
from sitegen.model.regimen import OF_EACH_PHASE, ForBody
from sitegen.model.values import Reported

NOT_APPLICABLE: Reported[Any] = Reported(value=Absence.NOT_APPLICABLE)
"""What a phase has for a field that only regimens have."""


def phases(regimen: Regimen) -> tuple[Regimen, ...]:
    """Return each phase as a regimen without phases; a regimen of one phase is its own.

    What a phase does not say of route, site and presentation is as in the phase before it.
    """
    if not regimen.then:
        return (regimen,)
    found = [regimen.model_copy(update={"then": ()})]
    for phase in regimen.then:
        found.append(_follows(found[-1], regimen, phase))
    return tuple(_before_the_next(found, regimen))


def _before_the_next(found: Sequence[Regimen], regimen: Regimen) -> Iterator[Regimen]:
    """Yield each phase, with the week in which one that follows it begins, where it is stated."""
    for number, phase in enumerate(found):
        next_one = regimen.then[number] if number < len(regimen.then) else None
        weeks = weeks_of(found[number + 1]) if next_one and not next_one.is_together else None
        yield phase.before_week(weeks[0]) if weeks else phase


def _follows(before: Regimen, regimen: Regimen, phase: Phase) -> Regimen:
    """Return a phase as a regimen, which takes what it does not say from the phase before it."""
    said = {name: getattr(phase, name) for name in OF_EACH_PHASE}
    taken = {name: getattr(phase, name) or getattr(before, name) for name in _TAKEN}
    own: dict[str, Any] = {
        "at": phase.at or regimen.at,
        "volume": NOT_APPLICABLE,
        "phase": None,
        "then": (),
    }
    own["for_body"] = phase.for_body or tuple(map(_size_alone, before.for_body))
    own["missed"] = ()  # the rule is of the treatment, and stands with its first phase
    return before.model_copy(update={**said, **taken, **own})


def _size_alone(body: ForBody) -> ForBody:
    """Return a weight or a surface without the amounts that a source works out for it."""
    return body.model_copy(update={"each": None, "daily": None})


_TAKEN = ("route", "site", "product")


def phase_name(regimen: Regimen, number: int) -> str:
    """Return what a phase of a regimen is called: its name or type, else its number.

    Behind it stands the substance, where it is another than that of the site. Empty for a regimen
    of one phase that has none of these.
    """
    part = regimen if number == 0 else regimen.then[number - 1]
    name = called(part)
    if not regimen.then:
        return name or ""
    place = f"phase {number + 1} of {len(regimen.then) + 1}"
    together = (
        ", together with the one before" if isinstance(part, Phase) and part.is_together else ""
    )
    condition = f", if {part.only_if}" if isinstance(part, Phase) and part.only_if else ""
    return f"{place}{f': {name}' if name else ''}{together}{condition}"


def called(part: Regimen | Phase) -> str:
    """Return what a phase is called, with its substance where it is another; empty for neither."""
    name = (part.name if isinstance(part, Phase) else None) or part.type
    return ", ".join(filter(None, [name, part.other_substance]))


def gives_the_drug(regimen: Regimen) -> bool:
    """Return whether any phase of a regimen gives the substance of the site."""
    return any(phase.other_substance is None for phase in phases(regimen))


def sum_of_phases(totals: Sequence[Total], names: Sequence[str]) -> Total:
    """Return the sum of the totals of all phases; impossible where one of them has none.

    Formula: the totals of the phases, added up. No phase is left out of a sum.
    """
    for total, name in zip(totals, names, strict=True):
        if isinstance(total, Impossible):
            return Impossible(Reason.PHASE_WITHOUT, (name, total))
    return total_sum([total.amount for total in totals if not isinstance(total, Impossible)])
