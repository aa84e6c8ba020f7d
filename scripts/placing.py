"""Edge: puts what was built into place, whole or not at all.

A build works in a folder of its own beside the places, under a lock on the folder around them.
A finished folder changes places with the one that stands there in one step of the kernel's, so
that a kill at any moment leaves the one or the other. Folders of killed builds go with the next.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ASIDE = ".aside-"
_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_UNTOUCHED = "Nothing was published: what stood there before is untouched."


class Blocked(Exception):
    """Nothing can be put into place; the text says why and what to do."""


@contextmanager
def aside(out: Path) -> Iterator[Path]:
    """A folder to build in, on the disk of `out`, gone afterwards whatever happened.

    Raises Blocked where another build holds `out`, where it cannot be written, or where its disk
    is full; by then nothing in it has changed.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            _clear(out)
            folder = Path(tempfile.mkdtemp(prefix=ASIDE, dir=out))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise Blocked(told(error, out)) from error


def told(error: OSError, out: Path) -> str:
    """What went wrong with a disk, and what to do."""
    where = error.filename or out
    if error.errno in _FULL:
        return f"The disk of {out} is full, or a limit on it is: free space there. {_UNTOUCHED}"
    if error.errno in _CLOSED:
        what = "make it writable, or name another folder with --out"
        return f"{where} cannot be written ({error.strerror}): {what}. {_UNTOUCHED}"
    return f"{where}: {error.strerror or error}. {_UNTOUCHED}"


def put(new: Path, place: Path) -> None:
    """Have a finished folder stand in a place; what stood there is gone when this returns.

    `new` is on the same disk as the place. Raises OSError.
    """
    if not place.is_symlink() and not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        new.rename(place)
        return
    _exchange(new, place)
    shutil.rmtree(new)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The lock on a folder, which the kernel takes back when the process ends, however it ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        wait = "wait for it to end, or name another folder with --out"
        raise Blocked(f"Another build is writing to {folder}: {wait}.") from None
    try:
        yield
    finally:
        os.close(handle)


def _clear(out: Path) -> None:
    """Remove the folders of builds that were killed; the lock says that none is at work."""
    for left in out.glob(f"{ASIDE}*"):
        shutil.rmtree(left)


def _exchange(one: Path, other: Path) -> None:
    """Let two folders change places in one step where the system can, else in two renames."""
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    rename = getattr(library, "renameat2", None)
    if rename and rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0:
        return
    if rename and ctypes.get_errno() not in (errno.EINVAL, errno.ENOSYS):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))
    between = one.with_name(f"{one.name}.old")
    other.rename(between)
    try:
        one.rename(other)
    except OSError:
        with suppress(OSError):
            between.rename(other)
        raise
    between.rename(one)
