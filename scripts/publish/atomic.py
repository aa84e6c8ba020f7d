"""Edge: puts what was built into place, whole or not at all.

A build works in a folder of its own beside the places, under a lock on the folder around them.
A finished folder changes places with the one that stands there in one step of the kernel's, so
that a kill at any moment leaves the one or the other. Folders of killed builds go with the next.
Only what this tool wrote is replaced or removed (`ownership`); the rest is refused before a build.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from publish import mounts, ownership

ASIDE = ".aside-"
_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_UNTOUCHED = "Nothing was published: what stood there before is untouched."
_OTHERWISE = "or name another folder with --out"


class Blocked(Exception):
    """Nothing can be put into place; the text says why and what to do."""


@contextmanager
def aside(out: Path) -> Iterator[Path]:
    """A folder to build in, on the disk of `out`, gone afterwards whatever happened.

    Raises Blocked where another build holds `out`, where it cannot be written, or where its disk
    is full; by then nothing in it has changed. That the folder cannot be removed is a warning.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            _clear(out)
            folder = Path(tempfile.mkdtemp(prefix=ASIDE, dir=out))
            try:
                ownership.write_marker(folder, ())
                yield folder
            finally:
                _remove(folder)
    except OSError as error:
        raise Blocked(told(error, out)) from error


def told(error: OSError, out: Path) -> str:
    """What went wrong with a disk, and what to do."""
    named = error.filename2 or error.filename  # of a copy, the file that is written
    where = Path(os.fsdecode(named)) if isinstance(named, str | bytes) else out
    if error.errno in _FULL:
        disk = out if out.absolute() in where.absolute().parents else where
        return f"The disk of {disk} is full, or a limit on it is: free space there. {_UNTOUCHED}"
    if error.errno in _CLOSED:
        what = f"{where} cannot be written ({error.strerror}): make it writable"
        return f"{what}, {_OTHERWISE}. {_UNTOUCHED}"
    return f"{where}: {error.strerror or error}. {_UNTOUCHED}"


def refuse_to_replace(place: Path, is_ours: Callable[[Path], bool] = lambda _: False) -> None:
    """Raise Blocked where a folder may not be replaced: it holds what this tool did not write.

    `is_ours` is asked of a folder that has no marker. One without any file is nobody's.
    """
    if not _is_folder(place):
        return
    try:
        ours = ownership.read_marker(place)
        if ours is None and is_ours(place):
            return
        strangers = ownership.foreign_files(place, ours or ())
    except OSError as error:
        raise Blocked(
            f"{error.filename} cannot be read ({error.strerror}), so that it is not known whose it"
            f" is: make it readable, {_OTHERWISE}. {_UNTOUCHED}"
        ) from error
    if strangers:
        raise Blocked(
            f"{place} holds {strangers[0]}, which this tool did not write: move what is yours away,"
            f" {_OTHERWISE}. {_UNTOUCHED}"
        )


def refuse_to_fill(place: Path, names: Iterable[str]) -> None:
    """Raise Blocked where files cannot be put into a folder under these names."""
    if not _is_folder(place):
        return
    for path in (place / name for name in names):
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise Blocked(f"{path} is no plain file: move it away, {_OTHERWISE}. {_UNTOUCHED}")


def _is_folder(place: Path) -> bool:
    """Whether a folder stands in a place. Raises Blocked where anything but a plain one does."""
    if not os.path.lexists(place):
        return False
    if place.is_symlink() or not place.is_dir():
        kind = "a link" if place.is_symlink() else "no folder"
        raise Blocked(f"{place} is {kind}: move it away, {_OTHERWISE}. {_UNTOUCHED}")
    if mounts.is_mount_point(place):
        raise Blocked(
            f"{place} is a mount point, and cannot be replaced in one step: mount the folder around"
            f" it, {_OTHERWISE}. {_UNTOUCHED}"
        )
    if not os.access(place, os.W_OK | os.X_OK):
        raise Blocked(f"{place} cannot be written: make it writable, {_OTHERWISE}. {_UNTOUCHED}")
    return True


def put(new: Path, place: Path) -> None:
    """Have a finished folder, on the same disk, stand in a place, and name its files there.

    What stood in the place stands where the new one stood. What is written is on the disk before,
    so that a loss of power leaves the one or the other as well. Raises OSError.
    """
    ownership.write_marker(new, ownership.list_files(new))
    _sync(new)
    if place.exists():
        _exchange(new, place)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        new.rename(place)


def _sync(folder: Path) -> None:
    """Wait until all that was written to the disk of a folder is on it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        if syncfs is None:
            os.sync()
        elif syncfs(handle):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The lock on a folder, which the kernel takes back when the process ends, however it ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Blocked(
            f"Another build is writing to {folder}: wait for it to end, {_OTHERWISE}."
        ) from None
    try:
        yield
    finally:
        os.close(handle)


def _clear(out: Path) -> None:
    """Remove the folders of builds that were killed; the lock says that none is at work."""
    for left in out.glob(f"{ASIDE}*"):
        if left.is_symlink() or not left.is_dir():
            continue
        with suppress(OSError):
            left.rmdir()  # killed before it was marked
        if ownership.read_marker(left) is not None:
            _remove(left)


def _remove(folder: Path) -> None:
    """Remove a folder of ours; warn where it cannot be."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        print(f"Warning: {folder} cannot be removed: it is of no use, remove it.", file=sys.stderr)


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
    between = other.with_name(f"{other.name}.before")
    if ownership.read_marker(between) is not None:
        _remove(between)  # of a build that was killed here
    other.rename(between)
    try:
        one.rename(other)
    except OSError:
        try:
            between.rename(other)
        except OSError as error:
            raise Blocked(f"{other} is {between} now ({error.strerror}): move it back.") from error
        raise
    between.rename(one)
