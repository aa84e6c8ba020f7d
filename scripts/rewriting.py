"""Edge: has MkDocs write into a folder only what does not stand there already.

For the preview, where one page in hundreds is another after an edit, and a disk takes longer to
make a file than this takes to see that it is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs import utils
from mkdocs.structure.files import File

Standing = dict[str, str]
"""The digest of what was written to each file of a folder, by the file's path."""


@dataclass
class _Writer:
    """Writes files, but not those that stand there as they are."""

    standing: Standing
    hand: Callable[[bytes, str], None]
    """What writes those that do not."""
    used: set[str] = field(default_factory=set)

    def write(self, content: bytes, path: str) -> None:
        """Write a file, if it is another than before."""
        self.used.add(path)
        found = hashlib.sha256(content).hexdigest()
        if self.standing.get(path) != found:
            self.standing.pop(path, None)  # a disk may fill up halfway
            self.hand(content, path)
            self.standing[path] = found

    def forget(self, path: str) -> None:
        """Remove a file that nobody wrote."""
        Path(path).unlink()
        self.standing.pop(path, None)


@contextmanager
def writing_over(folder: Path, standing: Standing) -> Iterator[None]:
    """Within it, MkDocs writes only what is new; what it had no use for goes after."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / ".begun"
    mark.touch()
    begun = mark.stat().st_mtime_ns
    writer = _Writer(standing, utils.write_file)
    with _writing_by(writer):
        yield
    for path in folder.rglob("*"):
        if path.is_file() and str(path) not in writer.used and path.stat().st_mtime_ns < begun:
            writer.forget(str(path))


@contextmanager
def _writing_by(writer: _Writer) -> Iterator[None]:
    """Within it, MkDocs cleans no folder, and writes its files by another's hand."""
    clean, write, copy = utils.clean_directory, utils.write_file, File.copy_file

    def write_file(content: bytes, output_path: str) -> None:
        writer.write(content, output_path)

    def copy_file(self: File, dirty: bool = False) -> None:
        writer.write(self.content_bytes, self.abs_dest_path)

    utils.clean_directory = lambda directory: None
    utils.write_file = write_file
    File.copy_file = copy_file  # type: ignore[method-assign]
    try:
        yield
    finally:
        utils.clean_directory, utils.write_file = clean, write
        File.copy_file = copy  # type: ignore[method-assign]
