"""Queries: functions of an owner whose answers are computed once, and can be repeated later.

Tracked work that calls a query records one dependency: the query with its arguments, and the
fingerprint of its answer. What the query reads itself is not recorded, since its answer
covers it. The next build repeats the query on the new owner, and compares.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sitegen.incremental.fingerprint import NO_FINGERPRINT, Identify, fingerprint_or_none
from sitegen.incremental.tracking import (
    TrackedMapping,
    current_tracker,
    untracked,
    untracked_property,
)

__all__ = ["Inputs", "query", "untracked_property"]

T = TypeVar("T")
P = ParamSpec("P")
Owner = TypeVar("Owner")

_QUERIES: dict[str, Callable[[Any, tuple[Any, ...], Identify], str]] = {}
"""What returns the fingerprint of the answer of each query, by the query's name."""


class _Answer:
    """The answer of a query; its name and its fingerprint are computed when they are needed."""

    __slots__ = ("fingerprint", "question", "value")

    def __init__(self, value: Any) -> None:
        self.value = value
        self.question: str | None = None
        self.fingerprint: str | None = None

    def fingerprint_by(self, identify: Identify) -> str:
        if self.fingerprint is None:
            self.fingerprint = fingerprint_or_none(self.value, identify)
        return self.fingerprint


def query(function: Callable[Concatenate[Owner, P], T]) -> Callable[Concatenate[Owner, P], T]:
    """Mark a function as a query: its answer is computed once for an owner and arguments.

    Arguments are keyed values (such as records), tuples of them, texts and numbers. Raise
    TypeError for an argument given by its name, and, in tracked work, for any other argument.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    def answer(owner: Any, given: tuple[Hashable, ...]) -> _Answer:
        answers: dict[Hashable, _Answer] = vars(owner).setdefault(name, {})
        known = answers.get(given)
        if known is None:
            value = untracked(lambda: function(owner, *given))  # type: ignore[call-arg, arg-type]
            known = answers[given] = _Answer(value)
        return known

    @wraps(function)
    def cached(owner: Owner, /, *given: P.args, **named: P.kwargs) -> T:
        if named:
            raise TypeError(f"{name} takes no argument by its name")
        known = answer(owner, given)
        if tracker := current_tracker():
            if known.question is None:
                known.question = _question(name, given)
            tracker.dependencies[known.question] = known.fingerprint_by(tracker.identify)
        value: T = known.value
        return value

    _QUERIES[name] = lambda owner, given, identify: answer(owner, given).fingerprint_by(identify)
    return cached


def _question(name: str, given: Iterable[Any]) -> str:
    return json.dumps([name, *map(_plain, given)], ensure_ascii=False, separators=(",", ":"))


def _plain(given: Any) -> Any:
    """Return an argument as JSON. Raise TypeError for one that a later build could not give."""
    if isinstance(given, tuple):
        return [*map(_plain, given)]
    if isinstance(given, str | int):
        return given
    if isinstance(key := getattr(given, "key", None), tuple):
        return {"key": key}
    raise TypeError(f"a {type(given).__name__} is no argument of a query")


class Inputs:
    """What tracked work may read: mappings, and an owner of queries about the values in them."""

    def __init__(
        self, owner: Any, keyed: type, mappings: Iterable[TrackedMapping[Any]] = ()
    ) -> None:
        """Take an owner of queries and the mappings; `keyed` is the type of their values.

        A keyed value has a `key`: the kind of its mapping, and its name there.
        """
        self._owner, self._keyed = owner, keyed
        self._mappings = {mapping.kind: mapping for mapping in mappings}
        self._is_keyed: dict[type, bool] = {}

    def including(self, *mappings: TrackedMapping[Any]) -> Inputs:
        """Return the same inputs with more mappings."""
        return Inputs(self._owner, self._keyed, (*self._mappings.values(), *mappings))

    def identify(self, value: Any) -> str | None:
        """Return the fingerprint of a keyed value by its key; None for any other value."""
        kind = type(value)
        if kind not in self._is_keyed:
            self._is_keyed[kind] = issubclass(kind, self._keyed)
        if not self._is_keyed[kind]:
            return None
        folder, name = value.key
        if folder not in self._mappings:
            return NO_FINGERPRINT
        found = self._mappings[folder].fingerprint(name)
        return f"{folder}/{name} {found}" if found else NO_FINGERPRINT

    def fingerprint(self, question: str) -> str:
        """Return today's fingerprint of the answer to a recorded question.

        Return NO_FINGERPRINT for a query that cannot be repeated, such as on a removed record.
        """
        if question.startswith("["):
            return self._fingerprint_of_query(question)
        kind, _, name = question.partition("/")
        found = self._mappings.get(kind)
        return NO_FINGERPRINT if found is None else found.fingerprint(name)

    def _fingerprint_of_query(self, question: str) -> str:
        name, *given = json.loads(question)
        if name not in _QUERIES:
            return NO_FINGERPRINT
        try:
            arguments = tuple(self._argument(value) for value in given)
            return _QUERIES[name](self._owner, arguments, self.identify)
        except LookupError:
            return NO_FINGERPRINT

    def _argument(self, plain: Any) -> Any:
        """Return the argument that JSON describes. Raise KeyError for a removed value."""
        if isinstance(plain, dict):
            kind, name = plain["key"]
            return self._mappings[kind].peek(name)
        return tuple(map(self._argument, plain)) if isinstance(plain, list) else plain
