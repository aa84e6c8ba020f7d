"""Edge: the command line. `python scripts/build.py --help` lists the commands."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sitegen
from sitegen import register, verify

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
ASIDE = ROOT / "build"


class Stop(Exception):
    """The command cannot go on; the text says why and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when it succeeded, 1 when the data or the build has problems."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except sitegen.DataError as error:
        print(error, file=sys.stderr)
        number = len(error.problems)
        print(f"{number} problem{'s' * (number != 1)}; nothing was published.", file=sys.stderr)
        return 1
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    return 0


def check(options: argparse.Namespace) -> None:
    """Check the data."""
    site = sitegen.read_site(options.data)
    counts = ", ".join(f"{kind} {len(records)}" for kind, records in site.records.items())
    print(f"The data is sound. Records: {counts}.")


def pages(options: argparse.Namespace) -> None:
    """Write the Markdown and the data files to a folder that is empty or holds only these."""
    book = sitegen.build(options.data, TEMPLATES)
    folder: Path = options.folder
    marker = folder / ".generated"
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        raise Stop(f"{folder} holds files of another kind: name a new or an empty folder.")
    if folder.exists():
        shutil.rmtree(folder)
    for page in book.pages:
        _write(folder / page.uri, page.markdown.encode())
    for asset in book.assets:
        _write(folder / asset.uri, asset.content)
    _write(marker, b"")
    print(f"Wrote {len(book.pages)} pages and {len(book.assets)} files to {folder}.")


def serve(options: argparse.Namespace) -> None:
    """Show the site at a local address; rebuild at every edit until stopped."""
    clock = sitegen.epoch(sitegen.read_site(options.data))
    environment = {**_environment(options.data, clock, None), "OFFLINE": "false"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", options.address]
    subprocess.run(command, cwd=ROOT, env=environment, check=False)


def site(options: argparse.Namespace) -> None:
    """Build the website and the offline copy aside, look at both, then move them into place."""
    with _step("Reading and checking the data"):
        known = sitegen.read_site(options.data)
    name = f"{known.identity.name}-{known.identity.version}"
    clock = sitegen.epoch(known)
    with _folder_aside() as aside:
        archive = aside / f"{name}-offline.zip"
        with _step("Building the offline copy"):
            _publish(_environment(options.data, clock, None), aside / "offline")
            _pack(aside / "offline", archive, name)
        with _step("Building the website, which offers it"):
            _publish(_environment(options.data, clock, archive), aside / "site")
        with _step("Following every link"):
            _look_at(aside / "offline", aside / "site")
        _put_in_place(aside / "site", options.out / "site")
        _put_in_place(archive, options.out / "dist" / archive.name)
    _say_where(options.out / "site", options.out / "dist" / archive.name)


def verify_source(options: argparse.Namespace) -> None:
    """Prove the register of a source against a copy of its text."""
    known = sitegen.read_records(options.data)
    if options.id not in known.sources:
        raise Stop(f"There is no data/sources/{options.id}.yml.")
    source = known.sources[options.id]
    text = _text(options.file)
    if faults := list(register.faults(known, source, text)):
        raise Stop("\n".join([*faults, f"{len(faults)} faults: the text does not bear it out."]))
    figures = sum(len(sentence.figures) for sentence in source.sentences)
    print(f"Proved: {len(source.sentences)} sentences and {figures} figures of {options.id}.")


def draft_register(options: argparse.Namespace) -> None:
    """Print a register for a text with one sentence a line, each after its place."""
    try:
        lines = list(register.draft(_text(options.file)))
    except ValueError as error:
        raise Stop(f"{options.file}: {error}.") from None
    print("\n".join(lines))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"{file} cannot be read as UTF-8 text: {error}") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Build the reference from data.")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="the data folder")
    commands = parser.add_subparsers(required=True, metavar="command")
    build = _command(commands, "site", site)
    build.add_argument("--out", type=Path, default=ROOT, help="where site/ and dist/ go")
    _command(commands, "check", check)
    _command(commands, "pages", pages).add_argument("folder", type=Path)
    _command(commands, "serve", serve).add_argument("--address", default="127.0.0.1:8000")
    proof = _command(commands, "verify-source", verify_source)
    proof.add_argument("id", help="the source, as its file is named")
    proof.add_argument("file", type=Path, help="a copy of its text")
    started = _command(commands, "draft-register", draft_register)
    started.add_argument("file", type=Path, help="one sentence a line, each after its place")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], None],
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=run.__doc__)
    parser.set_defaults(run=run)
    return parser


def _environment(data: Path, clock: str, archive: Path | None) -> dict[str, str]:
    """The environment of MkDocs: a fixed clock, so that the same data give the same bytes.

    Without an archive to offer, what is built is the offline copy itself.
    """
    return {
        "SOURCE_DATE_EPOCH": clock,
        **os.environ,
        "DATA_DIR": str(data.resolve()),
        "ARCHIVE": str(archive or ""),
        "OFFLINE": "false" if archive else "true",
        "NO_MKDOCS_2_WARNING": "true",
    }


@contextmanager
def _folder_aside() -> Iterator[Path]:
    """A folder of this build's own, gone afterwards whatever happened."""
    ASIDE.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="aside-", dir=ASIDE))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _look_at(*folders: Path) -> None:
    faults = [fault for folder in folders for fault in verify.faults(folder)]
    if faults:
        raise Stop("\n".join(["The built pages have faults:", *faults]))


def _publish(environment: dict[str, str], folder: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Stop(f"{done.stderr}\nMkDocs stopped; the last good site is untouched.")


def _pack(folder: Path, archive: Path, top: str) -> None:
    """One archive, the same bytes for the same files: sorted, with a fixed date and mode."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not _left_out(name):
                entry = zipfile.ZipInfo(f"{top}/{name}", (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                entry.create_system = 3
                packed.writestr(entry, path.read_bytes())


def _left_out(name: str) -> bool:
    """What a reader of the offline copy never needs: maps, crawler files, unused languages."""
    return (
        name.endswith((".map", "sitemap.xml", "sitemap.xml.gz", "404.html"))
        or name.startswith("assets/javascripts/lunr/")
        or name == "search/search_index.json"
    )


def _put_in_place(new: Path, place: Path) -> None:
    """Move what was built into place; what stood there goes only when the new stands."""
    place.parent.mkdir(parents=True, exist_ok=True)
    old = place.with_name(f".{place.name}.old")
    _remove(old)
    if place.exists():
        place.rename(old)
    shutil.move(new, place)
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@contextmanager
def _step(what: str) -> Iterator[None]:
    print(f"{what} … ", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    finally:
        print(f"{time.monotonic() - start:.1f} s")


def _say_where(website: Path, archive: Path) -> None:
    size = archive.stat().st_size / 1_000_000
    print(f"Website:      {website}/index.html (make serve shows it with live reload)")
    print(f"Offline copy: {archive} ({size:.1f} MB): unzip, open index.html")


if __name__ == "__main__":
    sys.exit(main())
