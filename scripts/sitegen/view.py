"""What templates may show: every name, filter and test they know, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sitegen import absence, citation, figures, reporting, typography
from sitegen.derive import (
    agreement,
    completeness,
    course,
    gaps,
    phrases,
    plain,
    sizes,
    support,
    total,
    volumes,
)
from sitegen.derive.coverage import coverage
from sitegen.derive.hidden_text import hidden_text
from sitegen.derive.relations import Relations, relations_of
from sitegen.derive.verdicts import verdicts
from sitegen.derive.wording import wording
from sitegen.export import links
from sitegen.model import Site, Term, merged
from sitegen.terminologies import terminology

FILTERS = {
    "merged": merged,
    "linked": citation.linked,
    "times": typography.times,
    "rounded": typography.rounded,
    "terminology": terminology,
    "capital": lambda text: text[:1].upper() + text[1:],
    "html_address": lambda uri: uri.removesuffix(".md") + ".html",
    "record_name": lambda record: f"{record.name} ({record.folder})",
}
TESTS = {
    "absence": lambda value: isinstance(value, absence.Absence),
    "stated": lambda amount: isinstance(amount, total.Stated),
    "computed": lambda amount: isinstance(amount, total.Computed),
}


@dataclass(frozen=True)
class Segment:
    """A piece of a text, with the glossary term that it is, if it is one."""

    text: str
    term: Term | None


def names(site: Site) -> Mapping[str, Any]:
    """What templates can name: the records, what is computed from them, and the vocabularies."""
    relations = relations_of(site)
    return {
        "site": site,
        "identity": site.identity,
        "relations": relations,
        "absences": absence.MEANINGS,
        "absence_words": {word.name.lower(): word for word in absence.Absence},
        "items": reporting.ITEMS,
        **_of_regimens(site, relations),
        **_of_studies(relations),
        "charts": {
            "daily_doses": partial(figures.daily_doses, relations),
            "durations": partial(figures.durations, relations),
            "timeline": partial(figures.timeline, relations),
            "completeness": partial(figures.completeness, relations),
        },
        "downloads": links.downloads,
        "hidden_text": hidden_text,
    }


def _of_regimens(site: Site, relations: Relations) -> Mapping[str, Any]:
    return {
        "courses": lambda regimen: sizes.courses_of(site, regimen),
        "in_dose_unit": partial(sizes.in_dose_unit, site),
        "whole_number": typography.whole_number,
        "implied_strength": course.implied_strength,
        "regimen_line": phrases.regimen_line,
        "wording": lambda regimen: wording(site, regimen),
        "evidence_line": lambda regimen: support.evidence_line(relations, regimen),
        "volumes": lambda regimen: volumes.volumes(site, regimen),
        "content": volumes.content,
        "plain_lines": partial(plain.plain_lines, relations),
    }


def _of_studies(relations: Relations) -> Mapping[str, Any]:
    return {
        "answers": completeness.answers,
        "count": completeness.count,
        "count_by_item": completeness.count_by_item,
        "study_line": phrases.study_line,
        "ceiling": support.ceiling,
        "condition_line": lambda condition: phrases.condition_line(condition, relations),
        "closings": gaps.closings,
        "agreement": agreement,
        "lane_line": lambda condition: phrases.lane_line(condition, relations),
        "coverage": coverage,
        "verdicts": verdicts,
        "tensions": support.tensions,
        "tensions_about": lambda record: support.tensions_about(relations, record),
        "unsupported": support.unsupported,
    }


def glossary_of(site: Site) -> Mapping[str, Term]:
    """The terms that are explained wherever a text uses them, by their name in small letters."""
    return {term.name.lower(): term for term in site.terms.values() if term.tooltip == "shown"}


class Glossary:
    """Finds the glossary's words in texts."""

    def __init__(self, site: Site) -> None:
        self._terms = glossary_of(site)
        words = sorted(self._terms, key=len, reverse=True)
        found = "|".join(map(re.escape, words)) or r"(?!)"
        self._parted: dict[str, tuple[Segment, ...]] = {}
        self._pattern = re.compile(rf"(?<![\w-])(?:{found})(?![\w-])", re.IGNORECASE)

    def segments(self, text: str) -> tuple[Segment, ...]:
        """The text in pieces; the first use of each term in it is a piece of its own."""
        if text not in self._parted:
            self._parted[text] = tuple(self._parts(typography.prose(text)))
        return self._parted[text]

    def _parts(self, text: str) -> Iterator[Segment]:
        end = 0
        seen: set[str] = set()
        for match in self._pattern.finditer(text):
            word = match[0].lower()
            if word not in seen:
                yield Segment(text[end : match.start()], None)
                yield Segment(match[0], self._terms[word])
                end = match.end()
                seen.add(word)
        yield Segment(text[end:], None)
