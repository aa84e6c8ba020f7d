"""What a check comes to: the four verdicts and what stands behind one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sitegen.model import Locator, Record


class Kind(Enum):
    """The four verdicts."""

    CONSISTENT = "consistent"
    ONLY_IF = "consistent only if"
    INCONSISTENT = "inconsistent"
    UNCHECKABLE = "cannot be checked"


@dataclass(frozen=True)
class Input:
    """One value that a check compares, and the record it stands in."""

    record: Record
    field: str
    value: object
    at: tuple[Locator, ...]


@dataclass(frozen=True)
class Verdict:
    """What a check comes to: the formula, its result, the verdict and the reason."""

    kind: Kind
    formula: str
    result: str
    because: str
