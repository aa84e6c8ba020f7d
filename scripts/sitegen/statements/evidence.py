"""The highest evidence level that the design of a study allows, as its report describes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

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

    True of the design alone: what was measured and how well is not looked at. What was not read
    never lowers the level, it is then not determined: a field that was not extracted or is
    unclear, and the silence of a source of which neither the text nor its abstract was read.

    Source of the levels: OCEBM Levels of Evidence 2011, used as a maximum only; its authors warn
    that no such system can be used without judgement.
    """
    return _of_pooled(study) if study.pools else _of_one_study(study, source)


def _of_pooled(study: Study) -> Level:
    """Return level 1 only where the pooled studies are said to be randomised."""
    allocation = study.allocation
    if allocation.absence:
        why = f"whether the pooled studies are randomised is {allocation.absence}"
        return Level(None, f"{why}; level 1 if they all are")
    if is_random(allocation.value):
        return Level(1, LEVELS[1])
    return Level(3, "review of studies that are not all said to be randomised")


def _of_one_study(study: Study, source: Source) -> Level:
    """Return the level of a study by its control group and its allocation.

    Level 2 needs a random allocation, level 3 a control group or an allocation; level 4 is true
    where the report was read for both and describes neither.
    """
    comparator, allocation = study.comparator.absence, study.allocation.absence
    if comparator is Absence.NOT_APPLICABLE:
        return Level(None, "the report does not compare the drug with anything")
    if not allocation and is_random(study.allocation.value):
        return Level(2, LEVELS[2])
    if not comparator and _HISTORICAL.search(str(study.comparator.value)):
        return Level(4, "compared with earlier patients")
    if allocation and _is_open(allocation, source):
        return Level(None, f"allocation {allocation}{_in_what_was_read(allocation, source)}")
    if not comparator or not allocation:
        said = f"random allocation {allocation}" if allocation else "allocation not random"
        return Level(3, f"controlled, {said}{_in_what_was_read(allocation, source)}")
    if _is_open(comparator, source):
        return Level(None, f"comparator {comparator}{_in_what_was_read(comparator, source)}")
    return Level(4, f"comparator {comparator}{_in_what_was_read(comparator, source)}")


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
