"""A cache of results by key, in one SQLite file that can be deleted at any time."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import zstandard

from sitegen.incremental.fingerprint import fingerprint

GENERATIONS = 3
"""Builds after which a result that none of them used is dropped."""
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)  # another build is writing
_DAMAGED = (sqlite3.Error, OSError, ValueError, TypeError, OverflowError)
"""What a file can raise that is damaged, of another shape, or cannot be written."""
_TABLES = (
    "create table if not exists results (key text primary key, value blob, checksum integer)",
    "create table if not exists used (key text primary key, build integer) without rowid",
)


class _Zstandard(threading.local):
    """A compressor for each thread: two threads may not use one, and making one takes long."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=1)
        self.decompressor = zstandard.ZstdDecompressor()


_zstandard = _Zstandard()


def encode(value: Any) -> bytes:
    """Return a JSON value as compressed bytes, the same for the same value."""
    return encode_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def decode(content: bytes) -> Any:
    """Return the value that `encode` wrote. Raise ValueError or ZstdError for other bytes."""
    return json.loads(decode_text(content))


def encode_text(text: str) -> bytes:
    """Return a text as compressed bytes. Zstandard takes a fifth of the time of zlib."""
    return _zstandard.compressor.compress(text.encode("utf-8", "surrogatepass"))


def decode_text(content: bytes) -> str:
    """Return the text that `encode_text` wrote. Raise ValueError or ZstdError for other bytes."""
    return _zstandard.decompressor.decompress(content).decode("utf-8", "surrogatepass")


_LENGTH = 4


def join(first: bytes, second: bytes) -> bytes:
    """Return two results as one, of which either can be read alone."""
    return len(first).to_bytes(_LENGTH, "big") + first + second


def split(joined: bytes) -> tuple[bytes, bytes]:
    """Return the two results that `join` made one of."""
    end = _LENGTH + int.from_bytes(joined[:_LENGTH], "big")
    return joined[_LENGTH:end], joined[end:]


class Cache:
    """Results by key. What cannot be read from or written to the file is computed again.

    Each row has a checksum of its key and its value. Where one is not as it was written, or
    anything else is wrong with the file, the file is deleted. The version of the code is part of
    every key that `key` makes.
    """

    def __init__(self, file: Path | None, version: str = "") -> None:
        """Use a file, or hold the results in memory only where it is None."""
        self._file, self._version = file, version
        self._new: dict[str, bytes] = {}
        self._used: set[str] = set()
        self._readers: dict[int, sqlite3.Connection] = {}
        """The connection of each process: a forked one opens the file again."""

    def key(self, *parts: Any) -> str:
        """Return the key of a result made from some values. Raise TypeError as `fingerprint`."""
        return fingerprint(self._version, *parts)

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the results that are stored under some of the keys."""
        self._used.update(keys)
        found = {key: self._new[key] for key in keys if key in self._new}
        wanted = [key for key in keys if key not in found]
        try:
            found |= dict(self._stored(wanted))
        except _DAMAGED as error:
            self._discard(error)
        return found

    def put(self, key: str, value: bytes) -> None:
        """Store a result; `flush` and `save` write it to the file."""
        self._used.add(key)
        self._new[key] = value

    def flush(self) -> None:
        """Write new results to the file, to free their memory during a build."""
        if self._write(self._add):
            self._new = {}

    def save(self) -> None:
        """Write new results, and drop those that the last builds did not use.

        A file that is damaged or cannot be written is deleted: the next build is slower.
        """
        if self._file is not None:
            self._write(self._add, self._drop_unused)
            self._new, self._used = {}, set()

    def discard(self) -> None:
        """Delete the file and forget every result, so that everything is computed again."""
        self._new, self._used = {}, set()
        self._discard(None)

    def _write(self, *steps: Callable[[sqlite3.Connection], None]) -> bool:
        """Run steps in one transaction. Return whether the file was written."""
        if self._file is None:
            return False
        self._readers.clear()
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as store, store:
                for step in steps:
                    step(store)
        except _DAMAGED as error:
            self._discard(error)
            return False
        return True

    def _discard(self, error: Exception | None) -> None:
        """Delete the file, unless another build is only writing to it."""
        self._readers.clear()
        if self._file is not None and getattr(error, "sqlite_errorcode", None) not in _BUSY:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)

    def _add(self, store: sqlite3.Connection) -> None:
        rows = ((key, value, _checksum(key, value)) for key, value in self._new.items())
        store.executemany("insert or replace into results values (?, ?, ?)", rows)
        new = ((key, None) for key in self._new)  # until the build is done, no build used it
        store.executemany("insert or replace into used values (?, ?)", new)

    def _drop_unused(self, store: sqlite3.Connection) -> None:
        build = 1 + (store.execute("select max(build) from used").fetchone()[0] or 0)
        used = ((key, build) for key in self._used)
        store.executemany("insert or replace into used values (?, ?)", used)
        gone = "delete from used where build is null or build <= ?"
        store.execute(gone, (build - GENERATIONS,))
        store.execute("delete from results where key not in (select key from used)")

    def _stored(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        if self._file is None or not keys or not self._file.is_file():
            return
        process = os.getpid()
        if process not in self._readers:
            self._readers[process] = self._open()
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            marks = ",".join("?" * len(some))
            question = f"select key, value, checksum from results where key in ({marks})"
            for key, value, checksum in self._readers[process].execute(question, some).fetchall():
                if _checksum(key, value) != checksum:
                    raise ValueError("a result is not as it was written")
                yield key, value

    def _open(self) -> sqlite3.Connection:
        store = sqlite3.connect(str(self._file), timeout=5, check_same_thread=False)
        store.execute("pragma synchronous = off")  # a crash of the machine may cost the file
        for table in _TABLES:
            store.execute(table)
        return store


def _checksum(key: str, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(key.encode()))


class NullCache(Cache):
    """A cache that stores nothing."""

    def __init__(self) -> None:
        super().__init__(None)

    def put(self, key: str, value: bytes) -> None:
        """Do nothing."""
