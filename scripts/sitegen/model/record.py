"""What every record has in common."""

from __future__ import annotations

from typing import ClassVar

from sitegen.model.values import Frozen, Slug


class Record(Frozen):
    """One file of a folder of `data/`; its id is the file's name."""

    folder: ClassVar[str]

    id: Slug
    """The name of the file without `.yml`; not written inside it."""
    formerly: tuple[Slug, ...] = ()
    """Names the file had before; their addresses lead here."""

    @property
    def key(self) -> tuple[str, str]:
        """Folder and id: what tells the record from every other."""
        return (self.folder, self.id)

    @property
    def path(self) -> str:
        """The file it is written in, from the data folder's parent."""
        return f"data/{self.folder}/{self.id}.yml"
