"""Everything that is published has an address of its own."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from typing import TypeVar

from sitegen.model.problems import DataError, Problem

T = TypeVar("T")


def unique(published: Iterable[tuple[str, T]]) -> Mapping[str, T]:
    """Return what is published by its address.

    Raise DataError where two have one address, as systems that take capitals for small letters
    read it, or where the address of one is the folder of another.
    """
    found = dict[str, T]()
    names: dict[str, str] = {}
    folders: dict[str, str] = {}
    for address, value in published:
        key = address.casefold()
        other = names.get(key) or folders.get(key)
        around = posixpath.dirname(key)
        while around and other is None and folders.setdefault(around, address) == address:
            other, around = names.get(around), posixpath.dirname(around)
        if other is not None:
            what = f"{address} and {other} cannot both be published: rename one of them"
            raise DataError([Problem("templates, docs or data", 1, what)])
        found[address] = value
        names[key] = address
    return found
