"""Numbers, lists and capitals in English sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def number(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun; `no` where there is nothing: `1 source`, `no sources`."""
    return f"{count or 'no'} {one if count == 1 else many or f'{one}s'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list, joined where there are several: `a`, `a and b`, `a, b and c`."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def joints(items: Iterable[T], last: str = "and") -> Iterator[tuple[str, T]]:
    """Yield items as `listed` joins them, each with what stands before it."""
    several = list(items)
    for place, item in enumerate(several):
        final = place == len(several) - 1
        yield ("" if not place else f" {last} " if final else ", "), item


def small(text: str) -> str:
    """Return a text with a small letter at its beginning, unless it begins with a short name."""
    is_word = text[1:2].islower() or text.startswith("A ")
    return text[:1].lower() + text[1:] if is_word else text


def capital(text: str) -> str:
    """Return a text with a capital at its beginning; nothing else changes."""
    return text[:1].upper() + text[1:]
