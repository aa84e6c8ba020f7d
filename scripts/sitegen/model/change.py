"""What changed in the data."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal, TypeAlias, get_args

from pydantic import PlainValidator, model_validator

from sitegen.model import published, written
from sitegen.model.record import Record
from sitegen.model.values import DAY, Day, Frozen, Listed, Prose, Version, read_day
from sitegen.model.when import When

ChangeKind: TypeAlias = Literal["dose", "evidence", "safety", "source", "wording"]
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
"""What a change is about, in the order in which a comparison shows them."""
NOT_YET = "not yet"
"""The day of a version that is not released."""
_KEY = re.compile(r"([a-z]+)/([a-z0-9]+(?:-[a-z0-9]+)*)")


def _read_key(value: object) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise ValueError("must name records by folder and file, such as 'regimens/example'")
    return value


def _read_release(value: object) -> When | str:
    if value == NOT_YET:
        return NOT_YET
    try:
        return read_day(value)
    except ValueError as error:
        raise ValueError(f"{error}, or '{NOT_YET}'") from None


RecordKey = Annotated[
    str,
    PlainValidator(_read_key),
    written.Described(
        lambda: written.matching(_KEY.pattern, "a record", "'regimens/example'"), published.TEXT
    ),
]
ReleaseDay = Annotated[
    When | str,
    PlainValidator(_read_release),
    written.Described(
        lambda: written.matching(f"{DAY}|{NOT_YET}", "a day", f"'2026-01-31' or '{NOT_YET}'"),
        published.TEXT,
    ),
]


def key_of(named: str) -> tuple[str, str]:
    """Return the folder and the id in `regimens/example`."""
    folder, _, id = named.partition("/")
    return folder, id


class Entry(Frozen):
    """One change."""

    kind: ChangeKind
    """What sort of change."""
    says: Prose
    """What changed."""
    on: Day | None = None
    """The day of the change in the data; left out where it is that of the version."""
    records: Listed[RecordKey] = ()
    """The records that changed, each as folder and file: `regimens/example`."""
    removed: Listed[RecordKey] = ()
    """The records that were removed, each as folder and file."""
    why: Prose | None = None
    """Why: what was wrong, and what shows it."""

    @model_validator(mode="after")
    def _a_removal_has_a_reason(self) -> Entry:
        if self.removed and not self.why:
            raise ValueError("must say why the records under removed are gone")
        return self


class Change(Record):
    """The changes of one version of the data."""

    folder: ClassVar[str] = "changes"

    version: Version
    """The version."""
    released: ReleaseDay
    """The day it was released, or `not yet`."""
    entries: tuple[Entry, ...]
    """What changed, each with its kind."""

    @property
    def order(self) -> tuple[int, ...]:
        """The version as numbers, which sort versions."""
        return order_of(self.version)

    @property
    def is_released(self) -> bool:
        """Whether the version is released."""
        return self.released != NOT_YET

    @model_validator(mode="after")
    def _what_is_not_released_has_days(self) -> Change:
        named = [entry for entry in self.entries if entry.records or entry.removed]
        if not self.is_released and any(entry.on is None for entry in named):
            raise ValueError("must have on, the day, in each entry with records until its release")
        return self


def order_of(version: str) -> tuple[int, ...]:
    """Return a version as numbers, which sort versions: `0.10.0` is after `0.9.0`."""
    return tuple(int(part) for part in version.split("."))
