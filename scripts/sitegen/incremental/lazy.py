"""Values by name, each worked out when it is asked for, and once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class Later(Mapping[str, T]):
    """A mapping of names to what a function makes of each."""

    def __init__(self, names: Iterable[str], make: Callable[[str], T]) -> None:
        self._names = dict.fromkeys(names)
        self._make = make
        self._known: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        """The value of a name, worked out now or before."""
        if name not in self._known:
            if name not in self._names:
                raise KeyError(name)
            self._known[name] = self._make(name)
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is such a name; its value is not worked out for that."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Every name."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._names)
