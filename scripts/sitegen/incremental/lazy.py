"""A mapping whose values are computed when they are first read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class LazyMapping(Mapping[str, T]):
    """Some names, each with what a function makes of it."""

    def __init__(self, names: Iterable[str], make: Callable[[str], T]) -> None:
        """Take the names, and the function that is called once for each name that is read."""
        self._names = dict.fromkeys(names)
        self._make = make
        self._known: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        """Return the value of a name, computed now or before. Raise KeyError."""
        if name not in self._known:
            if name not in self._names:
                raise KeyError(name)
            self._known[name] = self._make(name)
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a name; its value is not computed for that."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._names)
