"""Writes the generated Markdown and data files to a folder, for other publishers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from publish import ownership
from publish.package import write_file
from publish.session import PublishError


def refuse_foreign(folder: Path) -> None:
    """Raise PublishError where a folder is not one that this tool may write to."""
    if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
        raise PublishError(f"{folder} is no plain folder: name a new or an empty one.")
    if not folder.exists():
        return
    if ownership.read_marker(folder) is None and (
        ownership.foreign_files(folder, ()) or (folder / ownership.MARKER).exists()
    ):
        raise PublishError(
            f"{folder} holds files that this tool did not write: name another folder."
        )


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, each at its path in a folder, and remove those of an earlier call.

    Files of others stay. Raise PublishError where the folder is not one that this tool may write
    to, or where a file of others is in the way.
    """
    refuse_foreign(folder)
    listed = ownership.read_marker(folder) or frozenset()
    existing = set(ownership.list_files(folder)) if folder.exists() else set()
    foreign = ownership.foreign_files(folder, listed) if existing else []
    parents = {str(parent) for name in files for parent in Path(name).parents}
    if in_the_way := [name for name in foreign if name in files or name in parents]:
        raise PublishError(
            f"{folder / in_the_way[0]} is yours and would be replaced: move it away."
        )
    # The marker lists old and new files first: after a kill, the next call may replace both.
    ownership.write_marker(folder, {*files, *listed})
    for name in (existing - {*foreign}) & listed:
        (folder / name).unlink()
    for name, content in files.items():
        write_file(folder / name, content)
    ownership.write_marker(folder, files)
