"""Records what work reads, so that its result can be reused while those values are the same.

work ── reads ──▶ TrackedMapping, queries
                    │ each read is a question, recorded with the fingerprint of its answer
                    ▼
     dependencies ── cached beside the result ──▶ the next build compares today's fingerprints

After the verifying traces of Mokhov, Mitchell and Peyton Jones, Build Systems à la Carte (2018).
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, overload

from sitegen.incremental.fingerprint import NO_FINGERPRINT, Identify, fingerprint_or_none

T = TypeVar("T")

Dependencies = dict[str, str]
"""The fingerprint of the answer to each query of the work, by the query as JSON."""


@dataclass
class Tracker:
    """What is recorded of the work under way, and how values in answers are identified."""

    identify: Identify
    dependencies: Dependencies = field(default_factory=dict)


_tracker: ContextVar[Tracker | None] = ContextVar("tracker", default=None)


def current_tracker() -> Tracker | None:
    """Return what records the reads of the work under way; None where nothing does."""
    return _tracker.get()


@contextmanager
def tracking(identify: Identify = lambda value: None) -> Iterator[Dependencies]:
    """Run a block, and record its reads in the dependencies given; those of inner work are not."""
    tracker = Tracker(identify)
    token = _tracker.set(tracker)
    try:
        yield tracker.dependencies
    finally:
        _tracker.reset(token)


def untracked(work: Callable[[], T]) -> T:
    """Return what work returns, without recording what it reads."""
    if _tracker.get() is None:
        return work()
    token = _tracker.set(None)
    try:
        return work()
    finally:
        _tracker.reset(token)


def record_dependencies(dependencies: Mapping[str, str]) -> None:
    """Record what a reused part of the work had read."""
    if tracker := _tracker.get():
        tracker.dependencies.update(dependencies)


def encode_dependencies(dependencies: Mapping[str, str]) -> bytes:
    """Return dependencies as lines; nothing where one has no fingerprint, so it is never current.

    A question with a tab or a line break in it does not survive, and is never current either.
    """
    if NO_FINGERPRINT in dependencies.values():
        return b""
    lines = (f"{question}\t{answer}\n" for question, answer in dependencies.items())
    return f"{''.join(lines)}\n".encode()


def decode_dependencies(content: bytes) -> Dependencies:
    """Return the dependencies that `encode_dependencies` wrote."""
    lines = (line.partition("\t") for line in content.decode().split("\n") if line)
    return {question: answer for question, _, answer in lines}


def is_current(dependencies: Mapping[str, str], answer: Callable[[str], str]) -> bool:
    """Return whether the answer to every question has the fingerprint that it had."""
    return all(
        known != NO_FINGERPRINT and answer(question) == known
        for question, known in dependencies.items()
    )


class TrackedMapping(Mapping[str, T]):
    """A mapping whose reads are recorded: `kind/name` for a value, `kind/*` for all of them.

    `kind/?name` records only whether there is such a name.
    """

    def __init__(
        self, kind: str, values: Mapping[str, T], fingerprint_of: Callable[[str, T], str]
    ) -> None:
        """Track a mapping under the name of its kind; each value has the fingerprint given."""
        self.kind = kind
        self._values = values
        self._fingerprint_of = fingerprint_of
        self._all: str | None = None

    def fingerprint(self, name: str) -> str:
        """Return the fingerprint of a value; of all for `*`; of whether it is there for `?name`."""
        if name.startswith("?"):
            return "there" if name[1:] in self._values else "none"
        if name == "*":
            return self._fingerprint_of_all()
        return self._fingerprint_of(name, self._values[name]) if name in self._values else "none"

    def peek(self, name: str) -> T:
        """Return a value without recording that it was read. Raise KeyError."""
        return self._values[name]

    def _fingerprint_of_all(self) -> str:
        if self._all is None:
            fingerprints = {
                name: self._fingerprint_of(name, value) for name, value in self._values.items()
            }
            unknown = NO_FINGERPRINT in fingerprints.values()
            self._all = NO_FINGERPRINT if unknown else fingerprint_or_none(fingerprints)
        return self._all

    def _record(self, name: str) -> None:
        if tracker := _tracker.get():
            question = f"{self.kind}/{name}"
            if question not in tracker.dependencies:
                tracker.dependencies[question] = self.fingerprint(name)

    def __getitem__(self, name: str) -> T:
        """Return the value of a name. Raise KeyError."""
        self._record(name)
        return self._values[name]

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a name, else the default."""
        self._record(name)
        return self._values.get(name, default)

    def __contains__(self, name: object) -> bool:
        """Return whether there is a value of that name."""
        self._record(f"?{name}")
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        self._record("*")
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many values there are."""
        self._record("*")
        return len(self._values)

    def keys(self) -> KeysView[str]:
        """Return the names."""
        self._record("*")
        return self._values.keys()

    def values(self) -> ValuesView[T]:
        """Return the values."""
        self._record("*")
        return self._values.values()

    def items(self) -> ItemsView[str, T]:
        """Return the names with their values."""
        self._record("*")
        return self._values.items()

    def __eq__(self, other: object) -> bool:
        """Return whether another mapping has the same names and values."""
        self._record("*")
        return self._values == other

    __hash__ = None  # type: ignore[assignment]


class untracked_property(Generic[T]):
    """A property computed once from values whose reads are not recorded.

    Raise RuntimeError where tracked work reads it: an untracked read would leave a stale result.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make, self._name, self.__doc__ = make, make.__name__, make.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> untracked_property[T]: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: Any, kind: type) -> Any:
        """Return the value, computed now or before."""
        if owner is None:
            return self
        if _tracker.get() is not None:
            raise RuntimeError(
                f"tracked work reads {self._name}, which records nothing: use a query"
            )
        known = owner.__dict__
        if self._name not in known:
            known[self._name] = self._make(owner)
        return known[self._name]

    def __set__(self, owner: Any, value: T) -> None:
        """Raise AttributeError; a data descriptor takes precedence over the instance's values."""
        raise AttributeError(f"{self._name} is computed")
