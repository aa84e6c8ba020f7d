"""What a source reports of a risk, as the parts of a ClinicalUseDefinition in FHIR R5."""

from __future__ import annotations

from typing import Any

from sitegen.export.files import Json, spaced
from sitegen.model import Caution, Reported, Site
from sitegen.model.typography import shown
from sitegen.statements.safety import frequency_line


def undesirable_effect(caution: Caution) -> Json:
    """Return an adverse effect, with how often it occurs in the words of its source."""
    often = frequency_line(caution)
    return {
        "symptomConditionEffect": {"concept": _words(caution.subject or caution.name)},
        **({"frequencyOfOccurrence": _words(often)} if often else {}),
    }


def interaction(site: Site, caution: Caution) -> Json:
    """Return an interaction: its interactant, effect and management; its name alone without them.

    Only what is reported is there: a word of absence is no effect.
    """
    between = caution.interaction
    if between is None:
        return {"interactant": [{"itemCodeableConcept": _words(caution.name)}]}
    known = site.substances[between.substance].name if between.substance else between.interactant
    found: Json = {"interactant": [{"itemCodeableConcept": _words(known)}]}
    if effect := _said(between.effect):
        found["effect"] = {"concept": _words(effect)}
    if management := _said(between.management):
        found["management"] = [_words(management)]
    return found


def warning(caution: Caution) -> Json:
    """Return a warning in the words of the record, with the kind of caution as its code."""
    return {"description": spaced(shown(caution.says.value)), "code": _words(caution.kind)}


def _said(reported: Reported[Any]) -> str | None:
    return None if reported.absence else shown(reported.value)


def _words(text: str) -> Json:
    return {"text": spaced(text)}
