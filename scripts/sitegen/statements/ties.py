"""Ties between reports, and between studies and regimens: who makes them, and as what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sitegen.model import Regimen, ReportTie

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
    return (
        "reports of one study" if tie.relation == "one study" else "different studies, kept apart"
    )
