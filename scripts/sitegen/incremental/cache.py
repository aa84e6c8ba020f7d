"""Results of pure steps, kept from build to build under a digest of all they were made from."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

import zstandard

GENERATIONS = 3  # builds after which a result that none of them asked for goes
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)  # another build is writing
_TABLES = (
    "create table if not exists kept (key text primary key, value blob, sum integer)",
    "create table if not exists used (key text primary key, build integer) without rowid",
)


def digest(*parts: object) -> str:
    """The SHA-256 of values, each told from its neighbours; what JSON does not know, by its text.

    An object whose text is its place in memory counts by its type.
    """
    text = json.dumps(
        parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of_files(folders: Iterable[Path], pattern: str = "*") -> str:
    """The SHA-256 of the names and contents of every file in some folders, and of single files."""
    found: list[tuple[str, str]] = []
    for place in folders:
        files = sorted(place.rglob(pattern)) if place.is_dir() else [place]
        for path in files:
            if path.is_file() and "__pycache__" not in path.parts:
                name = path.relative_to(place.parent).as_posix()
                found.append((name, hashlib.sha256(path.read_bytes()).hexdigest()))
    return digest(found)


def _as_text(value: object) -> str:
    text = str(value)
    return type(value).__qualname__ if " at 0x" in text else text


@cache
def stamp_of_code() -> str:
    """The digest of what runs: this code, the Python, and the version of every library in it.

    Each library that pip installs has a folder that names both it and its version.
    """
    found = (entry for folder in sys.path for entry in _entries(folder))
    libraries = sorted({name for name in found if name.endswith((".dist-info", ".egg-info"))})
    code = digest_of_files([Path(__file__).resolve().parent.parent], "*.py")
    return digest(sys.version, libraries, code)


def _entries(folder: str) -> Sequence[str]:
    """What stands in a folder; nothing where it cannot be listed, as some that Python looks in."""
    try:
        return os.listdir(folder or ".")
    except OSError:
        return ()


class _Zstandard(threading.local):
    """Made once for each thread, since two threads may not use one, and to make it takes longer."""

    def __init__(self) -> None:
        self.packing = zstandard.ZstdCompressor(level=1)
        self.unpacking = zstandard.ZstdDecompressor()


_zstandard = _Zstandard()


def packed(value: Any) -> bytes:
    """A value of JSON as few bytes, the same for the same value."""
    return packed_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def unpacked(content: bytes) -> Any:
    """The value that `packed` made bytes of. Raises ValueError or ZstdError for other bytes."""
    return json.loads(unpacked_text(content))


def packed_text(text: str) -> bytes:
    """A text as few bytes, in a fifth of the time that zlib takes."""
    return _zstandard.packing.compress(text.encode("utf-8", "surrogatepass"))


def unpacked_text(content: bytes) -> str:
    """The text that `packed_text` made bytes of. Raises ValueError or ZstdError for others."""
    return _zstandard.unpacking.decompress(content).decode("utf-8", "surrogatepass")


_LENGTH = 4


def paired(first: bytes, second: bytes) -> bytes:
    """Two results as one, of which either can be had alone."""
    return len(first).to_bytes(_LENGTH, "big") + first + second


def parted(pair: bytes) -> tuple[bytes, bytes]:
    """The two results that `paired` made one of."""
    end = _LENGTH + int.from_bytes(pair[:_LENGTH], "big")
    return pair[_LENGTH:end], pair[end:]


class Kept:
    """A file of results by key. What cannot be read or written there is worked out anew.

    Each stands beside the CRC-32 of its key and itself. Where one is not as it was written, or
    anything else is wrong with the file, the file is removed and all is worked out anew.

    The file holds nothing that is not in the data: it can be deleted at any time.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._new: dict[str, bytes] = {}
        self._asked: set[str] = set()
        self._readers: dict[int, sqlite3.Connection] = {}
        """What each process reads the file by: a forked one opens it anew."""

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The results that are kept under some of the keys."""
        self._asked.update(keys)
        found = {key: self._new[key] for key in keys if key in self._new}
        wanted = [key for key in keys if key not in found]
        try:
            return found | dict(self._stored(wanted))
        except Exception as error:  # of a damaged file, anything can come
            self._give_up(error)
            return found

    def put(self, key: str, value: bytes) -> None:
        """Keep a result; it reaches the file with `save`."""
        self._asked.add(key)
        self._new[key] = value

    def flush(self) -> None:
        """Write what is new, so that it need not be held; the build goes on."""
        if self._written(self._add):
            self._new = {}

    def save(self) -> None:
        """Write what is new, and drop what the last builds did not ask for.

        A file that is damaged, or that cannot be written, is given up: the next build is slower.
        """
        if self._file is not None:
            self._written(self._add, self._drop)
            self._new, self._asked = {}, set()

    def _written(self, *steps: Callable[[sqlite3.Connection], None]) -> bool:
        """Whether the file was written, step by step, or not at all."""
        if self._file is None:
            return False
        self._readers.clear()
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as store, store:
                for step in steps:
                    step(store)
        except Exception as error:  # of a damaged file, anything can come
            self._give_up(error)
            return False
        return True

    def _give_up(self, error: Exception) -> None:
        """Remove the file, unless another build is only keeping it busy."""
        self._readers.clear()
        if self._file is not None and getattr(error, "sqlite_errorcode", None) not in _BUSY:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)

    def _add(self, store: sqlite3.Connection) -> None:
        summed = ((key, value, _sum(key, value)) for key, value in self._new.items())
        store.executemany("insert or replace into kept values (?, ?, ?)", summed)
        new = ((key, None) for key in self._new)  # until the build is done, it is of no build
        store.executemany("insert or replace into used values (?, ?)", new)

    def _drop(self, store: sqlite3.Connection) -> None:
        build = 1 + (store.execute("select max(build) from used").fetchone()[0] or 0)
        used = ((key, build) for key in self._asked)
        store.executemany("insert or replace into used values (?, ?)", used)
        gone = "delete from used where build is null or build <= ?"
        store.execute(gone, (build - GENERATIONS,))
        store.execute("delete from kept where key not in (select key from used)")

    def _stored(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        if self._file is None or not keys or not self._file.is_file():
            return
        process = os.getpid()
        if process not in self._readers:
            self._readers[process] = self._open()
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            marks = ",".join("?" * len(some))
            question = f"select key, value, sum from kept where key in ({marks})"
            for key, value, told in self._readers[process].execute(question, some).fetchall():
                if _sum(key, value) != told:
                    raise ValueError("a result is not as it was written")
                yield key, value

    def _open(self) -> sqlite3.Connection:
        store = sqlite3.connect(str(self._file), timeout=5, check_same_thread=False)
        store.execute("pragma synchronous = off")  # a crash of the machine may cost the file
        for table in _TABLES:
            store.execute(table)
        return store


def _sum(key: str, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(key.encode()))


class Forgotten(Kept):
    """Keeps nothing, not even until the end of the build."""

    def __init__(self) -> None:
        super().__init__(None)

    def put(self, key: str, value: bytes) -> None:
        """Let the result go."""
