"""The highest evidence level that the design of a study allows, as its report describes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from sitegen.model import Source, Study
from sitegen.model.absence import Absence

# A field that holds one of these was not read, or can be read in two ways: it decides nothing.
_OPEN = (Absence.NOT_EXTRACTED, Absence.UNCLEAR)
_ITS_OWN_WORDS = ("full text", "abstract")
_NOT_RANDOM = re.compile(
    r"\b(?:no|not|non|never|without|quasi|pseudo)\b[^.;,]*\brandom|\brandom\w* not\b", re.IGNORECASE
)
_RANDOM = re.compile(r"\brandom", re.IGNORECASE)
_HISTORICAL = re.compile(r"\bhistorical(?:ly)?\b", re.IGNORECASE)

Allocation = Literal["random", "not random", "one group", "in other words"]
"""How people came into the groups; `in other words` says neither that it was random nor not."""
ControlGroup = Literal["at the same time", "earlier patients", "none"]
"""Whom those who had the drug are compared with."""
_BY_LIST: dict[str, Allocation] = {
    "randomised": "random",
    "not randomised": "not random",
    "single group": "one group",
}

LEVELS = {
    1: "systematic review of randomised trials",
    2: "randomised trial",
    3: "controlled, not said to be randomised",
    4: "no control group at the same time",
    5: "reasoning from mechanisms",
}
"""The levels of OCEBM 2011 for questions of treatment, in the words used here."""


@dataclass(frozen=True)
class Level:
    """The highest level that a design allows, or None where the design decides none, and why."""

    level: int | None
    why: str

    def __str__(self) -> str:
        """`level 3: …`, or `not determined: …`."""
        return f"{f'level {self.level}' if self.level else 'not determined'}: {self.why}"


def evidence_level(study: Study, source: Source) -> Level:
    """Return the highest level that the design allows, as the report in a source describes it.

    True of the design alone: what was measured and how well is not looked at, and masking decides
    no level. A word of the closed lists comes first (`allocation_type`, `control`); the words of
    the source are read only where a list has none. What was not read or not understood never lowers
    the level, it is then not determined: a field that was not extracted or is unclear, words that
    neither say nor deny that an allocation was random, and the silence of a source of which neither
    the text nor its abstract was read.

    Source of the levels: OCEBM Levels of Evidence 2011, used as a maximum only; its authors warn
    that no such system can be used without judgement.
    """
    return _of_pooled(study) if study.pools else _of_one_study(study, source)


def _allocation_of(study: Study) -> Allocation | Absence:
    """Return how people came into the groups, by the closed list, else by the words of the source.

    The word of absence where both have one; an unclear word of the list leaves it unclear.
    """
    chosen = study.allocation_type
    if chosen and (not chosen.absence or chosen.absence is Absence.UNCLEAR):
        return chosen.absence or _BY_LIST[str(chosen.value)]
    if study.allocation.absence:
        return study.allocation.absence
    if is_random(study.allocation.value):
        return "random"
    return "not random" if _NOT_RANDOM.search(str(study.allocation.value)) else "in other words"


def _control_of(study: Study) -> ControlGroup | Absence:
    """Return whether there was a control group, by the closed list, else by the source's words."""
    chosen = study.control
    if chosen and (not chosen.absence or chosen.absence is Absence.UNCLEAR):
        return chosen.absence or ("none" if chosen.value == "no control" else "at the same time")
    if study.comparator.absence:
        return study.comparator.absence
    is_earlier = _HISTORICAL.search(str(study.comparator.value))
    return "earlier patients" if is_earlier else "at the same time"


def _of_pooled(study: Study) -> Level:
    """Return level 1 only where the pooled studies are said to be randomised."""
    allocation = _allocation_of(study)
    if allocation == "random":
        return Level(1, LEVELS[1])
    if allocation in ("not random", "one group"):
        return Level(3, "review of studies that are not all said to be randomised")
    is_what = f"is {allocation}" if isinstance(allocation, Absence) else "is not clear in its words"
    return Level(
        None, f"whether the pooled studies are randomised {is_what}; level 1 if they all are"
    )


def _of_one_study(study: Study, source: Source) -> Level:
    """Return the level of a study by its control group and its allocation.

    Level 2 needs a random allocation, level 3 a control group or an allocation; level 4 is true
    where a list says that there was one group or no control, and where the report was read for
    both and describes neither.
    """
    control, allocation = _control_of(study), _allocation_of(study)
    if control is Absence.NOT_APPLICABLE:
        return Level(None, "the report does not compare the drug with anything")
    if allocation == "random":
        return Level(2, LEVELS[2])
    if allocation == "one group" or control == "none":
        return Level(4, "one group" if allocation == "one group" else "no control group")
    if control == "earlier patients":
        return Level(4, "compared with earlier patients")
    if allocation == "in other words":
        return Level(None, "the words for the allocation do not say whether it was random")
    if isinstance(allocation, Absence) and _is_open(allocation, source):
        return Level(None, f"allocation {allocation}{_in_what_was_read(allocation, source)}")
    if control == "at the same time" or not isinstance(allocation, Absence):
        silent = allocation if isinstance(allocation, Absence) else None
        said = f"random allocation {silent}" if silent else "allocation not random"
        return Level(3, f"controlled, {said}{_in_what_was_read(silent, source)}")
    if _is_open(control, source):
        return Level(None, f"comparator {control}{_in_what_was_read(control, source)}")
    return Level(4, f"comparator {control}{_in_what_was_read(control, source)}")


def _is_open(word: Absence, source: Source) -> bool:
    """Return whether a word of absence decides nothing about the design."""
    return word in _OPEN or (word is Absence.NOT_REPORTED and source.read not in _ITS_OWN_WORDS)


def _in_what_was_read(word: Absence | None, source: Source) -> str:
    """Return ` in the abstract` where a report is silent and less than its full text was read."""
    silent = word is Absence.NOT_REPORTED and source.read != "full text"
    return f" in the {source.read} read" if silent else ""


def is_random(allocation: object) -> bool:
    """Return whether the words for an allocation say that it was random, and do not deny it."""
    words = str(allocation)
    return bool(_RANDOM.search(words)) and not _NOT_RANDOM.search(words)
