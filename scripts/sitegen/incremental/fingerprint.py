"""Fingerprints: short texts that are equal for equal values, and for no others."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path, PurePath
from types import BuiltinFunctionType, FunctionType
from typing import Any

from pydantic import BaseModel

NO_FINGERPRINT = ""
"""The value has no fingerprint, so nothing that used it is cached."""

Identify = Callable[[Any], str | None]
"""Returns the fingerprint of a value that has one of its own, such as a record; None for others."""


def fingerprint(*values: Any) -> str:
    """Return the fingerprint of some values; equal values in another order have another.

    Raise TypeError for a value without a fingerprint, such as an object whose text is
    its place in memory.
    """
    return _sha256(_plain(values, _no_identity))


def fingerprint_or_none(value: Any, identify: Identify = lambda value: None) -> str:
    """Return the fingerprint of a value; NO_FINGERPRINT where a part of it has none."""
    try:
        return _sha256(_plain(value, identify))
    except TypeError:
        return NO_FINGERPRINT


def fingerprint_of_files(places: Iterable[Path], pattern: str = "*") -> str:
    """Return the fingerprint of the names and contents of files in folders, and of single files."""
    found: list[tuple[str, str]] = []
    for place in places:
        files = sorted(place.rglob(pattern)) if place.is_dir() else [place]
        for path in files:
            if path.is_file() and "__pycache__" not in path.parts:
                name = path.relative_to(place.parent).as_posix()
                found.append((name, hashlib.sha256(path.read_bytes()).hexdigest()))
    return fingerprint(found)


def code_version(folder: Path) -> str:
    """Return the fingerprint of what runs: code and its tables in a folder, Python, libraries.

    Each library that pip installs has a folder that names both it and its version.
    """
    found = (entry for place in sys.path for entry in _entries(place))
    libraries = sorted({name for name in found if name.endswith((".dist-info", ".egg-info"))})
    code = [fingerprint_of_files([folder], pattern) for pattern in ("*.py", "*.toml")]
    return fingerprint(sys.version, libraries, code)


def _entries(folder: str) -> Sequence[str]:
    """Return the names in a folder; none where it cannot be listed."""
    try:
        return os.listdir(folder or ".")
    except OSError:
        return ()


_to_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
"""Writes as `json.dumps` does; it is made once, since fingerprints are taken in their thousands."""


def _sha256(plain: Any) -> str:
    text = _to_json(plain)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _no_identity(value: Any) -> str | None:
    return None


_JSON = frozenset({type(None), bool, int, str})
"""The types whose values are JSON as they are."""


def _plain(value: Any, identify: Identify) -> Any:
    """Return a value as JSON that no other value has: its type comes before its parts."""
    return _writer(type(value))(value, identify)  # type: ignore[arg-type]


def _list(values: Iterable[Any], identify: Identify) -> list[Any]:
    """Return values as JSON, in their order."""
    return [
        member if type(member) in _JSON else _writer(type(member))(member, identify)  # type: ignore[arg-type]
        for member in values
    ]


Writer = Callable[[Any, Identify], Any]


@cache
def _writer(kind: type) -> Writer:
    """Return what writes the values of a type as JSON."""
    if kind in _JSON:
        return lambda value, _: value
    if kind in (tuple, list):
        return _list
    name = kind.__name__
    if text_of := _text_of(kind):
        return lambda value, _: {name: text_of(value)}
    if names := _fields_of(kind):
        return _unless_identified(
            lambda value, identify: {
                name: _list([getattr(value, field) for field in names], identify)
            }
        )
    if issubclass(kind, tuple):
        return lambda value, identify: {name: _list(value, identify)}
    if issubclass(kind, set | frozenset):
        return lambda value, identify: {"set": sorted(map(json.dumps, _list(value, identify)))}
    if issubclass(kind, Mapping):
        return _unless_identified(
            lambda value, identify: {"{}": [_list(pair, identify) for pair in value.items()]}
        )
    return _unless_identified(_refuse)


def _text_of(kind: type) -> Callable[[Any], str] | None:
    """Return a function from values of a type to texts that differ as they do; None for no such."""
    if issubclass(kind, Enum):
        return lambda value: str(value.name)
    if issubclass(kind, bytes):
        return lambda value: hashlib.sha256(value).hexdigest()
    if issubclass(kind, FunctionType | BuiltinFunctionType | type):
        return lambda value: f"{value.__module__}.{value.__qualname__}"
    return str if issubclass(kind, str | Fraction | float | PurePath) else None


def _fields_of(kind: type) -> tuple[str, ...]:
    if issubclass(kind, BaseModel):
        return tuple(kind.__pydantic_fields__)
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _unless_identified(write: Writer) -> Writer:
    """Return what writes the identity of a value that has one, else the value."""

    def write_identified(value: Any, identify: Identify) -> Any:
        identity = identify(value)
        if identity is None:
            return write(value, identify)
        if identity == NO_FINGERPRINT:
            return _refuse(value, identify)
        return {"=": identity}

    return write_identified


def _refuse(value: Any, identify: Identify) -> Any:
    raise TypeError(f"a {type(value).__qualname__} has no fingerprint")
