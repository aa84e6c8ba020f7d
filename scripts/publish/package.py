"""Packages a build: the archives, the one-page edition, and the checksums of all files.

A build has two folders: `site`, the website, and `dist`, the files for download. `SHA256SUMS` in
`dist` lists the checksums in the format of `sha256sum`, with paths that start above both folders.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

from publish import atomic, ownership
from publish.check_links import Folder
from publish.session import PublishError
from publish.single_page import EDITION, single_page
from sitegen.addresses import FOLDER
from sitegen.incremental.workers import Executor
from sitegen.model import Site, typography

CHECKSUMS = "SHA256SUMS"
# The zip format has no date before 1980, and readers take it as local time.
_DATE_IN_ARCHIVE = (2000, 1, 1, 0, 0, 0)
_UNUSED_OFFLINE = (".map", "sitemap.xml", "sitemap.xml.gz", "404.html", "robots.txt")


def download_names(records: Site) -> tuple[str, str, str, str]:
    """Return the names of the downloads, in the order in which they are placed.

    They are the archive of the offline copy, the edition, the archive of the data, the checksums.
    """
    top = _base_name(records)
    return f"{top}-offline.zip", f"{top}{EDITION}", f"{top}-data.zip", CHECKSUMS


def _base_name(records: Site) -> str:
    """Return the name of the folder in the archive, with which the downloads begin as well."""
    return f"{records.identity.name}-{records.identity.version}"


def write_downloads(
    offline: Path, dist: Path, records: Site, executor: Executor
) -> tuple[Path, Path]:
    """Write the archives and the edition of a built offline copy into `dist`.

    Return the paths of the archive and the edition.
    """
    dist.mkdir()
    archive, edition, data, _ = (dist / name for name in download_names(records))
    top = _base_name(records)

    def write_archives() -> None:
        write_archive(offline / FOLDER, data, top)
        write_archive(offline, archive, top)

    with executor.in_background(write_archives):
        with edition.open("wb") as file:
            title, about = records.identity.title, _about(records)
            file.writelines(single_page(offline, title, about, executor))
    return archive, edition


def _about(records: Site) -> str:
    """Return the line below the title of the one-page edition."""
    identity = records.identity
    released = typography.date(identity.released)
    return f"Version {identity.version}, {released}. {identity.description} Not medical advice."


def write_archive(folder: Path, archive: Path, top: str) -> None:
    """Write the files of a folder to a zip archive, below a folder named `top`.

    The same files give the same bytes: the entries are sorted, with a fixed date and mode.
    """
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in sorted(Folder(folder).files):
            if not _is_left_out(name):
                entry = zipfile.ZipInfo(f"{top}/{name}", _DATE_IN_ARCHIVE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                entry.create_system = 3
                zipped.writestr(entry, (folder / name).read_bytes())


def _is_left_out(name: str) -> bool:
    """Return whether the offline copy has no use for a file.

    These are source maps, files for crawlers and servers, other languages of the search, and the
    index that the offline plugin has wrapped in a script.
    """
    return (
        name.endswith(_UNUSED_OFFLINE)
        or name.startswith("assets/javascripts/lunr/")
        or name == "search/search_index.json"
    )


def write_checksums(built: Path) -> None:
    """Write the checksums of the downloads and of every file of the website into `dist`."""
    downloads = [f"dist/{path.name}" for path in (built / "dist").glob("*.*")]
    website = [f"site/{name}" for name in Folder(built / "site").files]
    lines = (f"{_sha256(built / name)}  {name}\n" for name in sorted([*downloads, *website]))
    write_file(built / "dist" / CHECKSUMS, "".join(lines).encode())


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def write_file(path: Path, content: bytes) -> None:
    """Write a file, and make the folders around it where there are none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def refuse_to_replace(out: Path, downloads: Sequence[str] = ()) -> None:
    """Raise OutputLocked where a build in `out` would replace files that this tool did not write.

    `downloads` are the names of the files that go to `dist`.
    """
    checksums = out / "dist" / CHECKSUMS
    atomic.refuse_to_replace(out / "site", lambda site: _match_checksums(site, checksums))
    atomic.refuse_to_fill(out / "dist", downloads)
    if downloads and _read_checksums(checksums) is None:
        raise atomic.OutputLocked(
            f"{checksums} was not written by this tool: move it away, or name another"
            " folder with --out."
        )


def _read_checksums(file: Path) -> dict[str, str] | None:
    """Return the checksum of each path in a file; none where there is no file.

    Return None for a file that this tool did not write.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    except (OSError, UnicodeDecodeError):
        return None
    found = {path: checksum for checksum, _, path in (line.partition("  ") for line in lines)}
    return found if all(path.startswith(("site/", "dist/")) for path in found) else None


def _match_checksums(site: Path, checksums: Path) -> bool:
    """Return whether every file of a website has its checksum in a file.

    Earlier versions wrote websites without a marker; their checksums show whose they are.
    """
    known = _read_checksums(checksums) or {}
    return all(
        known.get(f"site/{name}") == _sha256(site / name) for name in ownership.list_files(site)
    )


def put_in_place(built: Path, out: Path, downloads: Sequence[str]) -> None:
    """Put the website, and then each download, into place in one step each.

    Raise OutputLocked as `refuse_to_replace` does, since files may have been added during the
    build, and PublishError where a download cannot be written after the website.
    """
    refuse_to_replace(out, downloads)
    atomic.swap_in(built / "site", out / "site")
    for name in downloads:
        try:
            (out / "dist").mkdir(exist_ok=True)
            (built / "dist" / name).replace(out / "dist" / name)
        except OSError as error:
            raise PublishError(
                f"{out / 'dist' / name} cannot be written ({error.strerror}). The website in"
                f" {out / 'site'} is new, the files in {out / 'dist'} are not: build again."
            ) from None
