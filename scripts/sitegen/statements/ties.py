"""Ties between reports, and between studies and regimens: who makes them, as what, and how good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from sitegen.derive.completeness import state_of
from sitegen.derive.given_apart import routes_of
from sitegen.derive.relations import Relations
from sitegen.model import Regimen, ReportTie, Study
from sitegen.model.absence import Absence
from sitegen.statements.studies import REPORTED, comparator_line, dose_state, participants_phrase

_Link = Literal["stated", "inferred"]
_MADE_BY: Mapping[_Link, str] = {
    "inferred": "inferred by a curator",
    "stated": "stated by the source",
}
_TAKEN_AS = {
    "one study": "reports of one study",
    "kept apart": "different studies, kept apart",
}


def made_by(link: _Link) -> str:
    """Return who makes a tie: the source that states it, or the curator who infers it."""
    return _MADE_BY[link]


def makers_line(regimen: Regimen) -> str:
    """Return how many ties of a regimen to studies each makes; empty where there is no tie."""
    links = [tie.link for tie in regimen.studies]
    counts = {words: links.count(link) for link, words in _MADE_BY.items()}
    return ", ".join(f"{count} {words}" for words, count in counts.items() if count)


def taken_as(tie: ReportTie) -> str:
    """Return what reports that are tied are taken to be: one study or several."""
    return _TAKEN_AS[tie.relation]


def evidence_line(relations: Relations, regimen: Regimen) -> str:
    """Return which reports are linked to a regimen, and what they give, in counts.

    What was not extracted from a report is counted apart, and never as something it leaves out. A
    route is the same or another one only where both the report and the regimen give one.
    """
    studies = [relations.site.studies[link.study] for link in regimen.studies]
    if not studies:
        return "no study report is linked to it"
    given = ", ".join(_given(relations, studies, regimen))
    return f"one report, {given}" if len(studies) == 1 else f"{len(studies)} reports: {given}"


def _given(relations: Relations, studies: Sequence[Study], regimen: Regimen) -> list[str]:
    if len(studies) == 1:
        [study] = studies
        return [
            participants_phrase(study),
            comparator_line(study),
            f"dose {dose_state(study, relations)}",
            _route(study, regimen),
        ]
    return [
        _counted("participants", [state_of(study, "participants") for study in studies]),
        _counted("comparator", [state_of(study, "comparator") for study in studies]),
        _counted("dose", [dose_state(study, relations) for study in studies]),
        *_in_each_state([_route(study, regimen) for study in studies]),
    ]


def _counted(item: str, states: Sequence[str]) -> str:
    """Return how many of the reports that were read for an item report it."""
    unread = states.count(Absence.NOT_EXTRACTED.value)
    reported, applicable = states.count(REPORTED), len(states) - unread
    if not applicable:
        return f"{item} not extracted"
    return f"{item} reported in {reported} of {applicable}" + (
        f" ({unread} not extracted)" if unread else ""
    )


def _in_each_state(states: Sequence[str]) -> list[str]:
    return [f"{state} in {count} of {len(states)}" for state, count in Counter(states).items()]


def _route(study: Study, regimen: Regimen) -> str:
    routes = routes_of(study)
    if not routes:
        return f"route {study.route.absence}"
    if regimen.route.absence:
        return f"route of the regimen {regimen.route.absence}"
    return "same route" if str(regimen.route.value) in routes else "another route"
