"""Edge: which files of a folder this tool wrote, so that it replaces and removes no others.

A folder that it wrote holds a list of them in a hidden file, the marker.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path

MARKER = ".generated"
_HEAD = "# Written by build.py, which replaces and removes these files and no others:"
# What a file manager leaves in any folder that it shows.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def mark(folder: Path, names: Iterable[str]) -> None:
    """Write the marker of a folder: the path of each file from there."""
    text = "\n".join([_HEAD, *sorted(names), ""])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(text, encoding="utf-8", errors="surrogateescape")


def marked(folder: Path) -> frozenset[str] | None:
    """Return the files that the marker of a folder lists, None where there is no marker of ours.

    A line that leads out of the folder lists nothing.
    """
    marker = folder / MARKER
    if marker.is_symlink() or not marker.is_file():
        return None
    head, *names = marker.read_text(encoding="utf-8", errors="surrogateescape").splitlines() or [""]
    return frozenset(filter(_is_inside, names)) if head == _HEAD else None


def _is_inside(name: str) -> bool:
    return name == posixpath.normpath(name) and not name.startswith(("/", "../")) and name != ".."


def files(folder: Path) -> Iterator[str]:
    """Return the path from a folder of each file in it; a link counts as a file, wherever it leads.

    The marker is none of them. Raise OSError where a folder cannot be listed.
    """

    def stop(error: OSError) -> None:
        raise error

    for place, folders, names in os.walk(folder, onerror=stop):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        for name in (*names, *links):
            path = Path(place, name).relative_to(folder).as_posix()
            if path != MARKER:
                yield path


def strangers(folder: Path, ours: Iterable[str]) -> list[str]:
    """Return the files of a folder that are not ours, sorted. Raise OSError as `files` does."""
    known = frozenset(ours)
    found = (path for path in files(folder) if posixpath.basename(path) not in _LITTER)
    return sorted(path for path in found if path not in known or (folder / path).is_symlink())
