"""What messages of several rules have in common."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

MAX_LISTED, MAX_MESSAGE = 200, 1000


def listed_in_part(words: Iterable[str], without: str = "none") -> str:
    """Return words with commas, as many as fit into a message; `without` for no words."""
    listed = ", ".join(islice(words, MAX_LISTED)) or without
    return listed if len(listed) <= MAX_MESSAGE else f"{listed[:MAX_MESSAGE]}…"


def mend_or_note(field: str) -> str:
    """Return the end of a message on two values that a note on a field may reconcile."""
    return f": mend the one that the source does not say, or say why in a note on {field}"
