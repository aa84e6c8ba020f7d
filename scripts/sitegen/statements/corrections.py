"""What was corrected in a record, when and why."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.derive.corrections import RecordChange, value_title
from sitegen.derive.described import RECORD_WORDS
from sitegen.derive.relations import Relations
from sitegen.incremental.queries import query
from sitegen.model import Change, Entry
from sitegen.model.ledger import Correction
from sitegen.model.typography import date, shown
from sitegen.statements.english import capital


def value_line(one: Correction) -> str:
    """Return which value was corrected, with what it was and what it was changed to.

    A value is new where there was none before, and left out where there was none after.
    """
    title = capital(value_title(one))
    if one.before is None:
        return f"{title}: new, {one.after}"
    if one.after is None:
        return f"{title}: was {one.before}, then left out"
    return f"{title}: was {one.before}, changed to {one.after}"


def value_lines(change: RecordChange) -> Iterator[str]:
    """Yield a line for each value that an entry corrected; none for a record that was removed."""
    yield from (value_line(one) for one in change.corrections if not one.is_removal)


def day_line(change: RecordChange) -> str:
    """Return the day of a correction; true of the entry's own day, else of that of its version."""
    return shown(change.on)


def reason_line(change: RecordChange | Entry) -> str:
    """Return what an entry says, with its reason where it gives one."""
    return f"{change.says} Reason: {change.why}" if change.why else change.says


def removal_line(change: RecordChange) -> str:
    """Return that a record was removed, and on which day; true of what an entry has as removed."""
    word = RECORD_WORDS.get(change.folder, "record")
    return f"This {word} was removed on {day_line(change)}."


def version_line(change: Change) -> str:
    """Return the day on which a version was released, or that it is not released yet."""
    return shown(change.released) if change.is_released else "Not yet released as a version."


@query
def release_line(relations: Relations) -> str:
    """Return the day of the released version, and that changes after it are in the data.

    `1 March 2020, with changes to 4 May 2020 that are not released`: true where a version that is
    not released has entries; the day is that of the last one that gives a day.
    """
    released = date(relations.site.identity.released)
    changes = [change for change in relations.changes if not change.is_released]
    waiting = [entry for change in changes for entry in change.entries]
    if not waiting:
        return released
    last = max((entry.on for entry in waiting if entry.on), key=lambda on: on.order, default=None)
    until = f" to {date(last)}" if last else ""
    return f"{released}, with changes{until} that are not released"


def cited_version(relations: Relations) -> str:
    """Return the version that a page is cited by, with its day and what `release_line` adds.

    True of the data that the page was made of, whether or not it was released since.
    """
    return f"Version {relations.site.identity.version}, {release_line(relations)}"
