"""Writes the generated Markdown and data files to a folder, for other publishers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from publish import ownership
from publish.package import write_file
from publish.session import PublishError


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, each at its path in a folder, and remove those of an earlier call.

    Files of others stay. Raise PublishError where the folder is not one that this tool may write
    to, or where a file of others is in the way.
    """
    if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
        raise PublishError(f"{folder} is no plain folder: name a new or an empty one.")
    listed = ownership.read_marker(folder)
    existing = set(ownership.list_files(folder)) if folder.exists() else set()
    foreign = ownership.foreign_files(folder, listed or ()) if existing else []
    if listed is None and (foreign or (folder / ownership.MARKER).exists()):
        raise PublishError(
            f"{folder} holds files that this tool did not write: name another folder."
        )
    parents = {str(parent) for name in files for parent in Path(name).parents}
    if in_the_way := [name for name in foreign if name in files or name in parents]:
        raise PublishError(
            f"{folder / in_the_way[0]} is yours and would be replaced: move it away."
        )
    # The marker lists old and new files first: after a kill, the next call may replace both.
    ownership.write_marker(folder, {*files, *(listed or ())})
    for name in existing & (listed or frozenset()):
        (folder / name).unlink()
    for name, content in files.items():
        write_file(folder / name, content)
    ownership.write_marker(folder, files)
