"""The design of a study in closed lists, for filters: allocation, masking, control."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitegen.derive.given_apart import control_arms
from sitegen.model import Reported, Study
from sitegen.model.absence import Absence


@dataclass(frozen=True)
class DesignEntry:
    """One list, and the word of it that a study has; a word of absence where it has none."""

    name: str
    field: str
    value: str | Absence
    reported: Reported[str | Absence] | None

    @property
    def facet(self) -> str:
        """The list with its word, as a filter has it: `masking: double-blind`."""
        return f"{self.name}: {self.value}"


# Each list, the field that has its word, and the field in which the source's own words stand.
_LISTS = (
    ("allocation", "allocation_type", "allocation"),
    ("masking", "masking", "blinding"),
    ("control", "control", "comparator"),
)


_NOT_RANDOM = re.compile(
    r"\b(?:no|not|non|never|without|quasi|pseudo)\b[^.;,]*\brandom|\bnonrandom|\brandom\w* not\b",
    re.IGNORECASE,
)
_RANDOM = re.compile(r"\brandom", re.IGNORECASE)
_MASKED = re.compile(
    r"\b(?:(open)(?:[- ]label(?:led)?)?|(single|double|triple)[- ](?:blind|mask)(?:ed)?)\b",
    re.IGNORECASE,
)
_PLACEBO = re.compile(r"\bplacebos?\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|non|not|nor|neither|without|un\w+)\b", re.IGNORECASE)


def design_of(study: Study) -> tuple[DesignEntry, ...]:
    """Return each list with the word that a study has in it.

    Where a curator has chosen none, it is the one that the words of the source say plainly, as
    `Double blind` says double-blind, or that all control arms have as their role, or the word of
    absence of the field with those words. Of other words, and of control arms of several roles,
    nobody has said which word of the list they mean.
    """
    return tuple(_entry(study, *names) for names in _LISTS)


def _entry(study: Study, name: str, field: str, of_words: str) -> DesignEntry:
    chosen: Reported[str | Absence] | None = getattr(study, field)
    if chosen:
        return DesignEntry(name, field, chosen.value, chosen)
    words: Reported[str] = getattr(study, of_words)
    roles = {arm.role for arm in control_arms(study)} if field == "control" else set()
    role = roles.pop() if len(roles) == 1 else None
    absence = None if roles else words.absence
    said = plain_word(field, words.value) or role or absence or Absence.NOT_EXTRACTED
    return DesignEntry(name, field, said, None)


def plain_word(field: str, said: str | Absence) -> str | None:
    """Return the word of a closed list that the source's words say plainly, by the list's field.

    None where the words are absent, deny it, or say something else.
    """
    if isinstance(said, Absence):
        return None
    words = str(said)
    if field == "allocation_type":
        random = says_random(words)
        return None if random is None else "randomised" if random else "not randomised"
    if _DENIED.search(words):
        return None
    if field == "control":
        return "placebo" if _PLACEBO.search(words) else None
    masked = {(match[1] or f"{match[2]}-blind").lower() for match in _MASKED.finditer(words)}
    return masked.pop() if len(masked) == 1 else None


def says_random(allocation: object) -> bool | None:
    """Return whether words say that an allocation was random or was not; None for other words."""
    words = str(allocation)
    if _NOT_RANDOM.search(words):
        return False
    return True if _RANDOM.search(words) else None
