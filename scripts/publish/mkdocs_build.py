"""MkDocs publishes the pages, each converted on any core, or taken from the cache.

A plain `mkdocs build` gives the same bytes: here MkDocs is given, for each page, what it would
have made itself.

on_nav ── every page ──▶ mkdocs_convert: Markdown to HTML, anchors, contents
on_env ── every page ──▶ mkdocs_theme: the theme around it
MkDocs goes through the pages ──▶ files
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from mkdocs.commands.build import build

from publish.session import Session, mkdocs_config, running, stopping_is_an_error
from sitegen import SiteOutput
from sitegen.incremental.cache import decode_text


def publish(
    output: SiteOutput,
    settings: Path,
    folder: Path,
    reuse_from: Sequence[Path] = (),
) -> None:
    """Publish a site's output into a folder. Raises PublishError with everything MkDocs said.

    Unchanged files are hard-linked from the folders in `reuse_from`.
    """
    with running(output) as session, stopping_is_an_error():
        config = mkdocs_config(settings, folder)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
        _write(session, folder, reuse_from)


def _write(session: Session, folder: Path, reuse_from: Sequence[Path]) -> None:
    """Write every rendered page, and every file of the output, on every core."""
    pages = session.rendered
    files = {asset.uri: asset.content for asset in session.output.assets}
    mode = _mode_of_files()
    for parent in {os.path.dirname(address) for address in (*pages, *files)}:
        (folder / parent).mkdir(parents=True, exist_ok=True)

    def write(address: str) -> None:
        if address in pages:  # in the encoding of MkDocs
            content = decode_text(pages[address]).encode(errors="xmlcharrefreplace")
        else:
            content = files[address]
        path = f"{folder}/{address}"
        if not any(_linked(f"{each}/{address}", content, path, mode) for each in reuse_from):
            with open(path, "wb") as file:
                file.write(content)

    list(session.executor.map(write, [*pages, *files]))


def _mode_of_files() -> int:
    """Return the permissions of a file that this process writes."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _linked(existing: str, content: bytes, path: str, mode: int) -> bool:
    """Return whether a file with this content elsewhere could be linked to this path.

    It must be this user's, with the permissions that it would be written with. Linking takes a
    sixth of the time of writing, and the file keeps its date. Nothing may write into a published
    file, which could be in the last site as well: it is replaced.
    """
    try:
        found = os.lstat(existing)
        if (found.st_mode, found.st_uid) != (stat.S_IFREG | mode, os.geteuid()):
            return False
        with open(existing, "rb") as file:
            if found.st_size != len(content) or file.read() != content:
                return False
        os.link(existing, path)
    except OSError:  # there is none, or the disk cannot link
        return False
    return True
