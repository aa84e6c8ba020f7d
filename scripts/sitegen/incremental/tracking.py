"""What work asks of the records, noted beside its result: the answers are the same, it holds.

work ──asks──▶ site.studies["x"], relations.studies_on(…), a name that a template knows
                    │ each question with a digest of its answer; what an answer asks is its own
                    ▼
     Trace ──kept──▶ the next build asks the same questions ──the same digests──▶ not done again

Nothing but questions may tell traced work of the records: what is worked out from all of them and
kept beside them is an `index`, which refuses to be read by it.

After the verifying traces of Mokhov, Mitchell and Peyton Jones, Build Systems à la Carte (2018).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Generic, TypeVar, overload

from pydantic import BaseModel

T = TypeVar("T")

Trace = dict[str, str]
"""The digest of the answer to each question."""
Seal = Callable[[Any], str | None]
"""The digest of a record; None for a value that is no record."""

_trace: Trace | None = None
UNKNOWN = ""
"""The digest of an answer that cannot be told from others: what rests on it is never kept."""


@contextmanager
def tracing() -> Iterator[Trace]:
    """Within it, questions are noted in the trace given; those of inner traces are not."""
    global _trace
    before, _trace = _trace, {}
    try:
        yield _trace
    finally:
        _trace = before


@contextmanager
def _untraced() -> Iterator[None]:
    global _trace
    before, _trace = _trace, None
    try:
        yield
    finally:
        _trace = before


def answered(work: Callable[[], T]) -> T:
    """The answer to a question, whose own questions are not noted: the answer stands for them."""
    global _trace
    if _trace is None:
        return work()
    with _untraced():
        return work()


def is_traced() -> bool:
    """Whether work is being traced, so that its questions are to be noted."""
    return _trace is not None


def note(question: str, answer: str) -> None:
    """Note a question of the work under way with the digest of its answer."""
    if _trace is not None:
        _trace[question] = answer


def note_all(trace: Trace) -> None:
    """Note what was asked for a piece of the work that was done before."""
    if _trace is not None:
        _trace.update(trace)


def written(trace: Trace) -> bytes:
    """A trace as lines, a question and the digest of its answer each, and an empty line.

    Of a question with a tab or a line break in it no trace would hold again.
    """
    lines = (f"{question}\t{known}\n" for question, known in trace.items())
    return f"{''.join(lines)}\n".encode()


def read(told: bytes) -> Trace:
    """The trace that `written` made lines of."""
    lines = (line.partition("\t") for line in told.decode().split("\n") if line)
    return {question: known for question, _, known in lines}


def holds(trace: Mapping[str, str], answer: Callable[[str], str]) -> bool:
    """Whether every question of a trace has the answer that it had."""
    return all(known != UNKNOWN and answer(question) == known for question, known in trace.items())


class Noted(dict[str, T]):
    """Values by name, each of which is asked for: `kind/name` is the question, `kind/*` for all.

    `kind/?name` asks no more than whether there is one.
    """

    def __init__(self, kind: str, values: Mapping[str, T], seal: Callable[[str, T], str]) -> None:
        super().__init__(values)
        self.kind, self._seal = kind, seal
        self._all: str | None = None

    def answer(self, name: str) -> str:
        """The digest of a value, or of all of them for `*`; for `?` and a name, if it is there."""
        if name.startswith("?"):
            return "there" if dict.__contains__(self, name[1:]) else "none"
        if name != "*":
            found = dict.get(self, name)
            return "none" if found is None else self._seal(name, found)
        if self._all is None:
            seals = {each: self._seal(each, value) for each, value in dict.items(self)}
            self._all = UNKNOWN if UNKNOWN in seals.values() else digest_of(seals)
        return self._all

    def _note(self, name: str) -> None:
        if _trace is not None and (question := f"{self.kind}/{name}") not in _trace:
            _trace[question] = self.answer(name)

    def __getitem__(self, name: str) -> T:
        self._note(name)
        return dict.__getitem__(self, name)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a name, else the default."""
        self._note(name)
        return dict.get(self, name, default)

    def __contains__(self, name: object) -> bool:
        self._note(f"?{name}")
        return dict.__contains__(self, name)

    def __iter__(self) -> Iterator[str]:
        self._note("*")
        return dict.__iter__(self)

    def __len__(self) -> int:
        self._note("*")
        return dict.__len__(self)

    def __reversed__(self) -> Iterator[str]:
        self._note("*")
        return dict.__reversed__(self)

    def copy(self) -> dict[str, T]:
        """All values, as no more than a mapping."""
        self._note("*")
        return dict.copy(self)

    def keys(self) -> Any:
        """Every name."""
        self._note("*")
        return dict.keys(self)

    def values(self) -> Any:
        """Every value."""
        self._note("*")
        return dict.values(self)

    def items(self) -> Any:
        """Every name with its value."""
        self._note("*")
        return dict.items(self)


class index(Generic[T]):
    """A property that is worked out once from all records; only answers to questions rest on it.

    Raises RuntimeError where traced work reads it, since it would rest on what it never asked.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make, self._name, self.__doc__ = make, make.__name__, make.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> index[T]: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: Any, kind: type) -> Any:
        """What was worked out, now or before."""
        if owner is None:
            return self
        if _trace is not None:
            raise RuntimeError(f"{self._name} is read by traced work: ask a question instead")
        known = owner.__dict__
        if self._name not in known:
            known[self._name] = self._make(owner)
        return known[self._name]

    def __set__(self, owner: Any, value: T) -> None:
        """Refuse; that this is here has Python look here first."""
        raise AttributeError(f"{self._name} is worked out")


def digest_of(value: Any, seal: Seal = lambda value: None) -> str:
    """The SHA-256 of a value made of plain ones; UNKNOWN where a part of it cannot be told."""
    try:
        told = json.dumps(_told(value, seal), ensure_ascii=False, separators=(",", ":"))
    except _CannotBeTold:
        return UNKNOWN
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class _CannotBeTold(Exception):
    """A value has no digest."""


def _told(value: Any, seal: Seal) -> Any:
    """A value as JSON that no other value gives: its type stands before its parts."""
    return _teller(type(value))(value, seal)  # type: ignore[arg-type]


@cache
def _teller(kind: type) -> Callable[[Any, Seal], Any]:
    """What tells the values of a type; most values are of a type that was seen before."""
    if kind in (type(None), bool, int, str):
        return lambda value, _: value
    if kind in (tuple, list):
        return lambda value, seal: [_told(each, seal) for each in value]
    name = kind.__name__
    if alone := _teller_alone(kind):
        return lambda value, _: {name: alone(value)}
    if names := _parts_of(kind):
        return _sealed(
            lambda value, seal: {name: [_told(getattr(value, each), seal) for each in names]}
        )
    if issubclass(kind, Mapping):
        return _sealed(
            lambda value, seal: {
                "{}": [[_told(key, seal), _told(each, seal)] for key, each in value.items()]
            }
        )
    return _sealed(_cannot_be_told)


def _teller_alone(kind: type) -> Callable[[Any], str] | None:
    """What tells a value without parts by a text of its own; None where a type has no such."""
    if issubclass(kind, Enum):
        return lambda value: value.name
    if issubclass(kind, bytes):
        return lambda value: hashlib.sha256(value).hexdigest()
    tells = issubclass(kind, str | Fraction | float) or getattr(kind, "text_tells", False)
    return str if tells else None


def _parts_of(kind: type) -> tuple[str, ...]:
    """The names of the parts of values of a type."""
    if issubclass(kind, BaseModel):
        return tuple(kind.__pydantic_fields__)
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()


def _sealed(tell: Callable[[Any, Seal], Any]) -> Callable[[Any, Seal], Any]:
    """The seal of a value that has one, and what is told of any other."""

    def told(value: Any, seal: Seal) -> Any:
        sealed = seal(value)
        if sealed is None:
            return tell(value, seal)
        if sealed == UNKNOWN:
            raise _CannotBeTold
        return {"=": sealed}

    return told


def _cannot_be_told(value: Any, seal: Seal) -> Any:
    raise _CannotBeTold
