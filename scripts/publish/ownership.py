"""Which files of a folder this tool wrote, so that it replaces and removes no others.

A folder that it wrote holds a list of its files in a hidden file, the marker.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path

MARKER = ".generated"
_HEAD = "# Written by build.py, which replaces and removes these files and no others:"
# File managers leave these in folders that they show.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def write_marker(folder: Path, names: Iterable[str]) -> None:
    """Write the marker of a folder; `names` are the paths of its files, relative to the folder."""
    text = "\n".join([_HEAD, *sorted(names), ""])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(text, encoding="utf-8", errors="surrogateescape")


def read_marker(folder: Path) -> frozenset[str] | None:
    """Return the paths that the marker of a folder lists, None where this tool wrote no marker.

    Paths that lead out of the folder are ignored.
    """
    marker = folder / MARKER
    if marker.is_symlink() or not marker.is_file():
        return None
    head, *names = marker.read_text(encoding="utf-8", errors="surrogateescape").splitlines() or [""]
    return frozenset(filter(_is_inside, names)) if head == _HEAD else None


def _is_inside(name: str) -> bool:
    return name == posixpath.normpath(name) and not name.startswith(("/", "../")) and name != ".."


def list_files(folder: Path) -> Iterator[str]:
    """Return the relative path of each file below a folder, without the marker.

    A link counts as a file, whatever its target is. Raise OSError where a folder cannot be listed.
    """
    return (path for path, _ in _files_and_links(folder))


def foreign_files(folder: Path, ours: Iterable[str]) -> list[str]:
    """Return the sorted paths of the files of a folder that this tool did not write.

    `ours` are the paths that its marker lists; a link among them is foreign. Raise OSError as
    `list_files` does.
    """
    known = frozenset(ours)
    return sorted(
        path
        for path, is_link in _files_and_links(folder)
        if (is_link or path not in known) and posixpath.basename(path) not in _LITTER
    )


def _files_and_links(folder: Path, below: str = "") -> Iterator[tuple[str, bool]]:
    """Yield the relative path of each file below a folder, and whether it is a link."""
    with os.scandir(folder / below) as found:
        for entry in found:
            path = below + entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from _files_and_links(folder, f"{path}/")
            elif path != MARKER:
                yield path, entry.is_symlink()
