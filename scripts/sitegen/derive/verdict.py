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

    @property
    def in_legend(self) -> str:
        """Return the verdict as the legend explains it, with what its reason begins with."""
        open_ended = {Kind.ONLY_IF: " …", Kind.UNCHECKABLE: f" {_BECAUSE} …"}
        return f"{self.value}{open_ended.get(self, '')}"


_BECAUSE = "because"
IN_LEGEND = (Kind.INCONSISTENT, Kind.ONLY_IF, Kind.UNCHECKABLE, Kind.CONSISTENT)
"""The verdicts as pages explain them, the most consequential first."""


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

    @property
    def reason(self) -> str:
        """Return the reason, after `because` where the verdict says that there is none."""
        return f"{_BECAUSE} {self.because}" if self.kind is Kind.UNCHECKABLE else self.because
