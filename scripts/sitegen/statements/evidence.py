"""The highest evidence level that the design of a study allows, as its report describes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sitegen.derive.design import plain_word, says_random
from sitegen.derive.given_apart import control_arms
from sitegen.derive.relations import Relations
from sitegen.model import Source, Study
from sitegen.model.absence import Absence

# A field that holds one of these was not read, or can be read in two ways: it decides nothing.
_OPEN = (Absence.NOT_EXTRACTED, Absence.UNCLEAR)
_HISTORICAL = re.compile(r"\bhistorical(?:ly)?\b", re.IGNORECASE)

Allocation = Literal["random", "not random", "one group", "in other words"]
"""How people came into the groups; `in other words` says neither that it was random nor not."""
ControlGroup = Literal["at the same time", "earlier patients", "none", "in other words"]
"""Whom those who had the drug are compared with; `in other words` says not surely when."""
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


def level_of_study(study: Study, relations: Relations) -> Level:
    """Return the highest level of a study by all its reports: one answer for each of them.

    It is the best level that a report determines. Where none determines any, it is what the report
    says of which most was read, the first of several.
    """
    reports = relations.reports_of_one_study(study) or (study,)
    return best_level([(report, relations.source_of(report)) for report in reports])


def best_level(reports: Sequence[tuple[Study, Source]]) -> Level:
    """Return the best level that a report of one study determines; else that of the best read."""
    levels = [evidence_level(*report) for report in reports]
    if known := [level for level in levels if level.level]:
        return min(known, key=lambda level: level.level or 0)
    ranks = [_how_well_read(source) for _, source in reports]
    return levels[ranks.index(min(ranks))]


def _how_well_read(source: Source) -> int:
    """Return the rank of a source by what its silence proves: its own full text is the first."""
    return 0 if _is_own_full_text(source) else 2 if source.is_retelling else 1


def evidence_level(study: Study, source: Source) -> Level:
    """Return the highest level that the design allows, as the report in a source describes it.

    True of the design alone: what was measured and how well is not looked at, and masking decides
    no level. A word of the closed lists comes first (`allocation_type`, `control`); the words of
    the source are read only where a list has none. What was not read or not understood never lowers
    the level, it is then not determined: a field that was not extracted or is unclear, words that
    neither say nor deny that an allocation was random, and silence, unless the source is the full
    text of the study itself. An abstract leaves out what the paper may have, and so does a text
    that tells of the work of others.

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
    random = says_random(study.allocation.value)
    return "in other words" if random is None else "random" if random else "not random"


def _control_of(study: Study) -> ControlGroup | Absence:
    """Return whether there was a control group at the same time, by what is sure to say so.

    A word of the closed list comes first, then words that name earlier patients, then control arms
    and a placebo. Other words may be of the same people before treatment.
    """
    chosen = study.control
    if chosen and (not chosen.absence or chosen.absence is Absence.UNCLEAR):
        return chosen.absence or ("none" if chosen.value == "no control" else "at the same time")
    words = study.comparator
    if not words.absence and _HISTORICAL.search(str(words.value)):
        return "earlier patients"
    if control_arms(study) or plain_word("control", words.value):
        return "at the same time"
    return words.absence or "in other words"


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

    Level 2 needs a random allocation, level 3 a control group that was surely there at the same
    time, or an allocation; level 4 is true where a list says that there was one group or no
    control, and where the report was read for both and describes neither.
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
        controlled = control == "at the same time" and allocation is Absence.NOT_REPORTED
        said = "level 2 if it was random, else level 3" if controlled else ""
        field = "comparator and allocation" if control is allocation else "allocation"
        return _open_level(field, allocation, source, said)
    if control == "in other words":
        return _of_other_words(study)
    if control == "at the same time" or not isinstance(allocation, Absence):
        silent = isinstance(allocation, Absence)
        said = f"random allocation {allocation}" if silent else "allocation not random"
        return Level(3, f"controlled, {said}")
    if _is_open(control, source):
        return _open_level("comparator", control, source)
    return Level(4, f"comparator {control}")


def _of_other_words(study: Study) -> Level:
    """Return level 3 where the closed list says that people came into groups, else that it is open.

    Words such as those for the same people before treatment name no group at the same time.
    """
    chosen = study.allocation_type
    if chosen and not chosen.absence:
        return Level(3, "controlled, allocation not random")
    return Level(
        None,
        "the words for the comparator do not say whether it was a group at the same time; level 4"
        " if it was not",
    )


def _open_level(field: str, word: Absence, source: Source, said: str = "") -> Level:
    """Return that a word of absence decides no level, and what there is to read instead."""
    why = f"{field} {word}{_in_what_was_read(word, source)}"
    return Level(None, "; ".join(filter(None, [why, said])))


def _is_own_full_text(source: Source) -> bool:
    """Return whether a source is the full text of its own work, so that its silence is known."""
    return source.read == "full text" and not source.is_retelling


def _is_open(word: Absence, source: Source) -> bool:
    """Return whether a word of absence decides nothing about the design."""
    return word in _OPEN or (word is Absence.NOT_REPORTED and not _is_own_full_text(source))


def _in_what_was_read(word: Absence, source: Source) -> str:
    """Return ` in the abstract read` or the like where the text of the study was not read."""
    if word is not Absence.NOT_REPORTED or _is_own_full_text(source):
        return ""
    return f" in the {'retelling' if source.is_retelling else source.read} read"
