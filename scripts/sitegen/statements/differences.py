"""What changed between two revisions of the data, in a reader's words."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.derive.described import RECORD_WORDS
from sitegen.derive.differences import Difference
from sitegen.model.change import CHANGE_KINDS
from sitegen.statements.english import capital, listed, number

LONGEST_ON_A_LINE = 100
"""Characters of what was and what is, for a line that holds both."""
NO_DIFFERENCE = "Nothing changed that a reader can see."


def summary_line(found: Sequence[Difference]) -> str:
    """Return how many changes there are, in how many records, and of which kinds.

    A change is a value that differs, or a record that was added, removed or renamed. What is
    about the site itself is in no record.
    """
    if not found:
        return NO_DIFFERENCE
    records = len({one.key for one in found if one.folder})
    counts = [(sum(one.kind == kind for one in found), kind) for kind in CHANGE_KINDS]
    kinds = listed([f"{count} {kind}" for count, kind in counts if count])
    return f"{number(len(found), 'change')} in {number(records, 'record')}: {kinds}."


def record_line(one: Difference) -> str:
    """Return what the record of a change is called, and what it is where its kind has a word."""
    word = RECORD_WORDS.get(one.folder)
    return f"{one.name} ({word})" if word else one.name


def event_line(one: Difference) -> str:
    """Return what happened, without the values: the field, or that a record came or went.

    A field is new where there was no value before, and removed where there is none now.
    """
    if one.event == "added":
        return "New record"
    if one.event == "removed":
        return "Removed record"
    field = capital(one.field)
    if one.before is None:
        return f"{field} (new)"
    return f"{field} (removed)" if one.after is None else field


def change_lines(one: Difference) -> tuple[str, ...]:
    """Return a change: what changed, and what was and what is where there was and is something.

    Short values are on the line of their field, long ones each on a line of its own.
    """
    title, said = event_line(one), [one.before, one.after]
    if one.before is not None and one.after is not None:
        said = [f"was {one.before}", f"is now {one.after}"]
    values = [text for text in said if text is not None]
    if sum(map(len, values)) > LONGEST_ON_A_LINE:
        return (title, *values)
    return (": ".join(filter(None, [title, ", ".join(values)])),)
