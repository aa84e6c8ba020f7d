"""Numbers, lists and capitals in English sentences."""

from __future__ import annotations

from collections.abc import Sequence


def number(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun: `1 source`, `2 sources`, `no sources`."""
    return f"{count or 'no'} {one if count == 1 else many or f'{one}s'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list: `a`, `a and b`, `a, b and c`."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def capital(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
