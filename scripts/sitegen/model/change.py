"""What changed in the data."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias, get_args

from sitegen.model.record import Record
from sitegen.model.values import Day, Frozen, Prose, Version

ChangeKind: TypeAlias = Literal["dose", "evidence", "safety", "source", "wording"]
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
"""What a change is about, in the order in which a comparison shows them."""


class Entry(Frozen):
    """One change."""

    kind: ChangeKind
    """What sort of change."""
    says: Prose
    """What changed."""


class Change(Record):
    """The changes of one version of the data."""

    folder: ClassVar[str] = "changes"

    version: Version
    """The version."""
    released: Day
    """The day it was released."""
    entries: tuple[Entry, ...]
    """What changed, each with its kind."""
