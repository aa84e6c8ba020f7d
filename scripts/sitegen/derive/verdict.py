"""The result of a check: the four verdicts, and the reason for one."""

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
    """One value that a check compares, and the record that it is from."""

    record: Record
    field: str
    value: object
    at: tuple[Locator, ...]


@dataclass(frozen=True)
class Verdict:
    """The result of a check: the formula, its result, the verdict and the reason."""

    kind: Kind
    formula: str
    result: str
    because: str
