"""Publishes a site with MkDocs; pages are converted on all cores, or come from the cache.

The files are the same as those of a plain `mkdocs build`: for each page, MkDocs takes a result
that its own functions made.

on_nav ── all pages ──▶ mkdocs_convert: Markdown to HTML, anchors, table of contents
on_env ── all pages ──▶ mkdocs_theme: the theme around each page
MkDocs visits the pages ──▶ files
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
    """Publish a site's output into a folder. Raise PublishError with everything MkDocs logged.

    Unchanged files are hard-linked from the folders in `reuse_from`.
    """
    with running(output) as session, stopping_is_an_error():
        config = mkdocs_config(settings, folder)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
        _write(session, folder, reuse_from)


def _write(session: Session, folder: Path, reuse_from: Sequence[Path]) -> None:
    """Write every rendered page and every file of the output, on all cores."""
    pages = session.rendered
    files = {asset.uri: asset.content for asset in session.output.assets}
    mode = _default_mode()
    for parent in {os.path.dirname(address) for address in (*pages, *files)}:
        (folder / parent).mkdir(parents=True, exist_ok=True)

    def write(address: str) -> None:
        if address in pages:  # in the encoding of MkDocs
            content = decode_text(pages[address]).encode(errors="xmlcharrefreplace")
        else:
            content = files[address]
        path = f"{folder}/{address}"
        if not any(_link(f"{site}/{address}", content, path, mode) for site in reuse_from):
            with open(path, "wb") as file:
                file.write(content)

    list(session.executor.map(write, [*pages, *files]))


def _default_mode() -> int:
    """Return the permissions of a new file of this process."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _link(existing: str, content: bytes, path: str, mode: int) -> bool:
    """Hard-link an existing file to a path. Return whether that was possible.

    The file must have this content, this user as its owner, and these permissions. Linking takes
    a sixth of the time of writing, and keeps the date of the file. A published file must never be
    changed, only replaced: it may be part of two sites.
    """
    try:
        found = os.lstat(existing)
        if (found.st_mode, found.st_uid) != (stat.S_IFREG | mode, os.geteuid()):
            return False
        with open(existing, "rb") as file:
            if found.st_size != len(content) or file.read() != content:
                return False
        os.link(existing, path)
    except OSError:  # there is no file, or the disk has no hard links
        return False
    return True
