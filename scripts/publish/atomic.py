"""Swaps a finished build into place in one step.

A build works in a staging folder of its own, beside the folders that it will replace and under a
lock on the folder around them. One system call exchanges a finished folder with the old one, so
that a kill at any moment leaves either the old or the new one. The next build removes the staging
folders of killed builds. Only what this tool wrote is replaced or removed (`ownership`); anything
else is refused before the build begins.
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

STAGING_PREFIX = ".aside-"
_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_WRITABLE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_UNTOUCHED = "Nothing was published; the earlier files are untouched."
_OTHERWISE = "or name another folder with --out"


class OutputLocked(Exception):
    """The output folder cannot be written or replaced; the text gives the reason and a remedy."""


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """Run a block with a folder to build in on the disk of `out`; it is removed in any case.

    Raise OutputLocked where another build holds `out`, where `out` cannot be written, or where
    its disk is full; `out` is unchanged then. A staging folder that cannot be removed is a warning.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            _remove_abandoned(out)
            folder = Path(tempfile.mkdtemp(prefix=STAGING_PREFIX, dir=out))
            try:
                ownership.write_marker(folder, ())
                yield folder
            finally:
                _remove(folder)
    except OSError as error:
        raise OutputLocked(error_message(error, out)) from error


def error_message(error: OSError, out: Path) -> str:
    """Return what went wrong on a disk, and what to do about it."""
    name = error.filename2 or error.filename  # of two names, the second is the file being written
    path = Path(os.fsdecode(name)) if isinstance(name, str | bytes) else out
    if error.errno in _DISK_FULL:
        disk = out if out.absolute() in path.absolute().parents else path
        return f"The disk of {disk} is full, or a limit on it is: free space there. {_UNTOUCHED}"
    if error.errno in _NOT_WRITABLE:
        problem = f"{path} cannot be written ({error.strerror}): make it writable"
        return f"{problem}, {_OTHERWISE}. {_UNTOUCHED}"
    return f"{path}: {error.strerror or error}. {_UNTOUCHED}"


def refuse_to_replace(folder: Path, is_ours: Callable[[Path], bool] = lambda _: False) -> None:
    """Raise OutputLocked where a folder holds files that this tool did not write.

    `is_ours` decides about a folder without a marker. A folder without files may be replaced.
    """
    if not _is_plain_folder(folder):
        return
    try:
        ours = ownership.read_marker(folder)
        if ours is None and is_ours(folder):
            return
        foreign = ownership.foreign_files(folder, ours or ())
    except OSError as error:
        raise OutputLocked(
            f"{error.filename} cannot be read ({error.strerror}), so its owner is unknown:"
            f" make it readable, {_OTHERWISE}. {_UNTOUCHED}"
        ) from error
    if foreign:
        raise OutputLocked(
            f"{folder} holds {foreign[0]}, which this tool did not write: move what is yours away,"
            f" {_OTHERWISE}. {_UNTOUCHED}"
        )


def refuse_to_fill(folder: Path, names: Iterable[str]) -> None:
    """Raise OutputLocked where files of these names cannot be written into a folder."""
    if not _is_plain_folder(folder):
        return
    for path in (folder / name for name in names):
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise OutputLocked(f"{path} is no plain file: move it away, {_OTHERWISE}. {_UNTOUCHED}")


def _is_plain_folder(path: Path) -> bool:
    """Return whether there is a folder at a path, False where there is nothing.

    Raise OutputLocked for anything else: a file, a link, a mount point, a read-only folder.
    """
    if not os.path.lexists(path):
        return False
    if path.is_symlink() or not path.is_dir():
        kind = "a link" if path.is_symlink() else "no folder"
        raise OutputLocked(f"{path} is {kind}: move it away, {_OTHERWISE}. {_UNTOUCHED}")
    if mounts.is_mount_point(path):
        raise OutputLocked(
            f"{path} is a mount point, and cannot be replaced in one step: mount the folder around"
            f" it, {_OTHERWISE}. {_UNTOUCHED}"
        )
    if not os.access(path, os.W_OK | os.X_OK):
        raise OutputLocked(
            f"{path} cannot be written: make it writable, {_OTHERWISE}. {_UNTOUCHED}"
        )
    return True


def swap_in(new: Path, target: Path) -> None:
    """Put a finished folder at `target`, on the same disk, and list its files in its marker.

    A folder that was at `target` is at `new` afterwards. All files are flushed to the disk first,
    so that a loss of power leaves either the old or the new folder as well. Raise OSError.
    """
    ownership.write_marker(new, ownership.list_files(new))
    _sync(new)
    if target.exists():
        _exchange(new, target)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        new.rename(target)


def _sync(folder: Path) -> None:
    """Wait until the disk of a folder has everything that was written to it. Raise OSError."""
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
    """Run a block while this process has the lock on a folder; the kernel frees it when it ends.

    Raise OutputLocked where another process holds it.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OutputLocked(
            f"Another build is writing to {folder}: wait for it to end, {_OTHERWISE}."
        ) from None
    try:
        yield
    finally:
        os.close(handle)


def _remove_abandoned(out: Path) -> None:
    """Remove the staging folders of killed builds; under the lock, no build is using one."""
    for folder in out.glob(f"{STAGING_PREFIX}*"):
        if folder.is_symlink() or not folder.is_dir():
            continue
        with suppress(OSError):
            folder.rmdir()  # empty: its build was killed before it wrote the marker
        if ownership.read_marker(folder) is not None:
            _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder that this tool wrote, its marker last, and warn where that fails.

    With its marker, the next build knows a folder that was removed in part.
    """
    with suppress(OSError):
        for path in [*folder.iterdir()]:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != ownership.MARKER:
                path.unlink()
        if [path.name for path in folder.iterdir()] in ([], [ownership.MARKER]):
            shutil.rmtree(folder)
    if folder.exists():
        print(
            f"Warning: {folder} cannot be removed: it is no longer needed, remove it.",
            file=sys.stderr,
        )


def _exchange(one: Path, other: Path) -> None:
    """Exchange two folders: in one step where the system can, otherwise by three renames.

    Raise OSError, and OutputLocked where a rename failed and could not be undone.
    """
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    rename = getattr(library, "renameat2", None)
    if rename and rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0:
        return
    if rename and ctypes.get_errno() not in (errno.EINVAL, errno.ENOSYS):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))
    backup = other.with_name(f"{other.name}.before")
    if ownership.read_marker(backup) is not None:
        _remove(backup)  # a build was killed between the renames
    other.rename(backup)
    try:
        one.rename(other)
    except OSError:
        try:
            backup.rename(other)
        except OSError as error:
            raise OutputLocked(
                f"{other} is {backup} now ({error.strerror}): move it back."
            ) from error
        raise
    backup.rename(one)
