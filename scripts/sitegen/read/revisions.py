"""The data folder as it was in a revision of its git repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.read.load import IDENTITY


class RevisionError(Exception):
    """A revision cannot be read; the text gives the reason and a remedy."""


@contextmanager
def data_at(data: Path, revision: str) -> Iterator[Path]:
    """Give the data folder of a revision, for as long as the block runs.

    A revision may also be a folder that has a site.yml; it is then given itself. Raise
    RevisionError where there is no git, no such revision, or no such folder in it.
    """
    if (Path(revision) / IDENTITY).is_file():
        yield Path(revision)
        return
    archive = _archive(data, revision)
    with tempfile.TemporaryDirectory(prefix="revision-", ignore_cleanup_errors=True) as folder:
        try:
            with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
                opened.extractall(folder, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise RevisionError(f"The data of '{revision}' cannot be unpacked: {error}.") from None
        yield Path(folder)


def _archive(data: Path, revision: str) -> bytes:
    """Return the data folder of a revision as a tar archive."""
    if not data.is_dir():
        raise RevisionError(f"{data} is no folder: name the data folder with --data.")
    found = _git(data, "rev-parse", "--show-toplevel", "--show-prefix")
    if found is None:
        raise RevisionError(
            f"{data} is in no git repository: name two folders instead, each with a {IDENTITY}."
        )
    top, prefix = found.decode().splitlines()
    commit = _commit(data, revision)
    if _git(Path(top), "cat-file", "-e", f"{commit}:{prefix}{IDENTITY}") is None:
        raise RevisionError(f"'{revision}' has no {prefix}{IDENTITY}: name a later revision.")
    archive = _git(Path(top), "archive", "--format=tar", f"{commit}:{prefix.rstrip('/')}")
    if archive is None:
        raise RevisionError(f"git cannot read the data of '{revision}': run `git fsck`.")
    return archive


def _commit(data: Path, revision: str) -> str:
    """Return the commit that a revision is."""
    found = _git(data, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^0")
    if not found:
        raise RevisionError(
            f"There is no revision and no data folder '{revision}': `git log --oneline` lists the "
            "revisions, and `git fetch --tags --unshallow` gets those that are missing here."
        )
    return found.decode().strip()


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Return what a command of git prints; None where it fails. Raise RevisionError without git."""
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except FileNotFoundError:
        raise RevisionError("git is not installed: install it, or name two folders.") from None
    return done.stdout if done.returncode == 0 else None
