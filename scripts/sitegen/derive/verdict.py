"""The result of a check: what was found, with its facts, and the verdict that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from sitegen.model import Locator, Record
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity


class Kind(Enum):
    """The four verdicts."""

    CONSISTENT = "consistent"
    ONLY_IF = "consistent only if"
    INCONSISTENT = "inconsistent"
    UNCHECKABLE = "cannot be checked"


IN_LEGEND = (Kind.INCONSISTENT, Kind.ONLY_IF, Kind.UNCHECKABLE, Kind.CONSISTENT)
"""The verdicts as pages explain them, the most consequential first."""


class Finding(Enum):
    """What a check can find, with the verdict of each; `statements/verdicts.py` has the words."""

    VALUE_ABSENT = "a value is absent", Kind.UNCHECKABLE
    RATIO_HOLDS = "the ratio is the one stated", Kind.CONSISTENT
    RATIO_HOLDS_IF = "the shorter time may be so short that the ratio holds", Kind.ONLY_IF
    RATIO_DIFFERS = "the ratio is another one", Kind.INCONSISTENT
    STRENGTH_FOUND = "a product has the strength", Kind.CONSISTENT
    STRENGTH_ROUNDS = "a product holds the mass in a volume that rounds to this", Kind.CONSISTENT
    NO_PRODUCT = "there is no product to compare with", Kind.UNCHECKABLE
    STRENGTH_UNKNOWN = "a product has no known strength", Kind.UNCHECKABLE
    STRENGTH_NOT_FOUND = "every product has another strength", Kind.INCONSISTENT
    DOSE_FITS = "a dose is no more than a container", Kind.CONSISTENT
    DOSE_FITS_IF = "a dose is more than a container of a weaker solution", Kind.ONLY_IF
    COURSE_OPEN = "a course comes to no single amount", Kind.UNCHECKABLE
    CONTAINERS_NOT_COUNTED = "a number of containers to compare with is missing", Kind.UNCHECKABLE
    LENGTH_CALENDAR = "one length is in months, the other in days", Kind.UNCHECKABLE
    LENGTH_OUTSIDE = "a length reaches outside the other", Kind.INCONSISTENT
    LENGTH_WITHIN_IF = "a length without an end may lie within the other", Kind.ONLY_IF
    LENGTH_WITHIN = "a length lies within the other", Kind.CONSISTENT
    ROUTE_SAME = "both routes are the same", Kind.CONSISTENT
    ROUTE_OTHER = "the routes differ", Kind.INCONSISTENT
    SHARE_OPEN = "a share or its number of people is absent", Kind.UNCHECKABLE
    SHARE_BACKED = "a share has a number of people", Kind.CONSISTENT
    HARMS_UNREAD = "a report was not read for harms", Kind.UNCHECKABLE
    HARMS_NO_REPORT = "no report belongs to the source", Kind.UNCHECKABLE
    HARMS_LOOKED_FOR = "a report says how harms were looked for", Kind.ONLY_IF
    HARMS_UNCLEAR = "a report is unclear on harms", Kind.UNCHECKABLE
    HARMS_NOT_SAID = "every report was read for harms, and none says how", Kind.UNCHECKABLE
    DOSES_UNREAD = "a report was not read for a dose", Kind.UNCHECKABLE
    DOSES_NO_REPORT = "no report of the source has a dose to state", Kind.UNCHECKABLE
    DOSES_IN_ALL = "every report states a dose", Kind.CONSISTENT
    DOSES_IN_SOME = "some reports state a dose", Kind.UNCHECKABLE
    DOSES_IN_NONE = "every report was read for a dose, and none states one", Kind.UNCHECKABLE
    LENGTH_OF_USE_OPEN = "a length of use has no field", Kind.UNCHECKABLE
    NO_LENGTH_RECORDED = "a length of use has no field, and no other has a value", Kind.UNCHECKABLE
    NUMBER_HOLDS = "year and number stand in the other number", Kind.CONSISTENT
    NUMBER_DIFFERS = "year or number do not stand in the other number", Kind.INCONSISTENT

    @property
    def kind(self) -> Kind:
        """Return the verdict that follows."""
        return self.value[1]


Fact: TypeAlias = str | int | Quantity | Absence | tuple[str, ...] | tuple[Quantity, ...]


@dataclass(frozen=True)
class Input:
    """One value that a check compares, and the record that it is from."""

    record: Record
    field: str
    value: object
    at: tuple[Locator, ...]


@dataclass(frozen=True)
class Verdict:
    """The result of a check: what was found, with the facts that its words name."""

    finding: Finding
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """Return which of the four verdicts it is."""
        return self.finding.kind


def found(finding: Finding, **facts: Fact) -> Verdict:
    """Return a verdict with the facts that go with it."""
    return Verdict(finding, facts)
