"""Edge: the command line. `python scripts/build.py --help` lists the commands."""

from __future__ import annotations

import argparse
import gc
import hashlib
import io
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import NoReturn

import placing
import publisher
import showing
import sitegen
from sitegen import register, served, typography, verify
from sitegen.figures_in_prose import Figure, registered
from sitegen.figures_in_prose.words import DECIMAL_MARKS
from sitegen.kept import Kept, digest
from sitegen.model import Site, read_address
from sitegen.press import cores_here
from sitegen.whole import EDITION, whole

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
COLLECTING = (100_000, 20, 20)  # records stay; to look them through again finds nothing
KEPT = Path(os.environ.get("KEPT_DIR", ROOT / "build" / "kept"))


class Stop(Exception):
    """The command cannot go on; the text says why and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when it succeeded, 1 when the data or the build has problems."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may not know every letter
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(*COLLECTING)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)  # so that a build that is ended clears up
    try:
        options.run(options)
    except sitegen.DataError as error:
        print(error, file=sys.stderr)
        number = len(error.problems)
        print(f"{number} problem{'s' * (number != 1)}; nothing was published.", file=sys.stderr)
        return 1
    except (Stop, placing.Blocked, publisher.Unpublished) as stop:
        print(stop, file=sys.stderr)
        return 1
    return 0


def _stop(number: int, frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second one would stop the clearing up
    raise SystemExit(128 + number)


def check(options: argparse.Namespace) -> None:
    """Check the data."""
    site = sitegen.read_site(options.data, address=options.site_address)
    counts = ", ".join(f"{kind} {len(records)}" for kind, records in site.records.items())
    print(f"The data is sound. Records: {counts}.")


def pages(options: argparse.Namespace) -> None:
    """Write the Markdown and the data files to a folder that is empty or holds only these."""
    book = sitegen.build(options.data, TEMPLATES, address=options.site_address)
    folder: Path = options.folder
    marker = folder / ".generated"
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        raise Stop(f"{folder} holds files of another kind: name a new or an empty folder.")
    if folder.exists():
        shutil.rmtree(folder)
    for page in book.pages:
        _write(folder / page.uri, page.content)
    for asset in book.assets:
        _write(folder / asset.uri, asset.content)
    _write(marker, b"")
    print(f"Wrote {len(book.pages)} pages and {len(book.assets)} files to {folder}.")


def serve(options: argparse.Namespace) -> None:
    """Show the site at a local address, each page as its records are now, until stopped."""
    import preview  # here, since its server takes long to import and no build has use for it

    press = _press(options)
    print(f"Once the data is read: http://{options.address}/ (end with Ctrl-C)", flush=True)
    watched = [options.data, TEMPLATES, ROOT / "docs", ROOT / "mkdocs.yml"]
    reader = Reader(options.data, press, options.site_address)
    slips = (sitegen.DataError, publisher.Unpublished)
    with tempfile.TemporaryDirectory(prefix="preview-", ignore_cleanup_errors=True) as folder:
        with _settings(reader.epoch, offline=False):
            shown = partial(reader.shown, Path(folder))
            preview.serve(shown, options.address, watched, slips)
    press.kept.save()


class Reader:
    """Reads a data folder again and again, for a preview."""

    def __init__(self, data: Path, press: sitegen.Press, address: str | None = None) -> None:
        """Read it once; `address` is where the site is published. Raise DataError for problems."""
        self._data, self._press, self._address = data, press, address
        self._clock = os.environ.get("SOURCE_DATE_EPOCH")
        self._read = sitegen.read_again(data, press, address=address)
        press.kept.save()

    @property
    def epoch(self) -> str:
        """The second at which the data was released."""
        return sitegen.epoch(self._read.site)

    def shown(self, folder: Path) -> showing.Shown:
        """The site as its records are now, to be shown in a folder.

        Raises DataError with every problem, Unpublished where MkDocs stops.
        """
        start = time.monotonic()
        self._read = sitegen.read_again(self._data, self._press, self._read, self._address)
        os.environ["SOURCE_DATE_EPOCH"] = self._clock or self.epoch
        book = sitegen.Book(self._read.site, TEMPLATES, self._press)
        shown = showing.Shown(book, ROOT / "mkdocs.yml", folder)
        took = time.monotonic() - start
        print(f"Read {len(self._read.documents)} records in {took:.1f} s.", flush=True)
        return shown


def site(options: argparse.Namespace) -> None:
    """Build the website and the offline copy aside, look at both, then move them into place."""
    press = _press(options)
    beside = _not_at_all if options.website_only else press.beside
    with placing.aside(options.out) as folder:
        with _step("Reading and checking the data"):
            known = sitegen.read_site(options.data, press, options.site_address)
        with _step("Rendering the pages"):
            book = sitegen.publishable(known, TEMPLATES, press)
            press.kept.flush()
        if not options.website_only:
            with _step("Building the offline copy"):
                book = book.offering(*_taken_away(book, press, folder))
        with _step("Building the website"):
            standing = (options.out / "site", folder / "offline")
            _publish(book, press, folder / "site", offline=False, standing=standing)
            press.kept.flush()
            book.let_go()  # the links of ten thousand pages need its room
        with _step("Following every link"), beside(lambda: _sum_up(folder)):
            _look_at(press, known.identity.address, folder / "offline", folder / "site")
        with beside(lambda: shutil.rmtree(folder / "offline", ignore_errors=True)):
            _put_in_place(folder, options.out)
            press.kept.save()
    _say_where(options.out)


def _not_at_all(work: Callable[[], object]) -> AbstractContextManager[None]:
    """What is done beside the making of a website without an offline copy: nothing."""
    return nullcontext()


def _taken_away(book: sitegen.Book, press: sitegen.Press, folder: Path) -> tuple[Path, Path]:
    """The offline copy, packed, and the one-page edition made from it."""
    known = book.site
    name = f"{known.identity.name}-{known.identity.version}"
    dist = folder / "dist"
    dist.mkdir()
    _publish(book, press, folder / "offline", offline=True)
    archive, edition = dist / f"{name}-offline.zip", dist / f"{name}{EDITION}"
    with press.beside(lambda: _pack(folder / "offline", archive, name)):
        with edition.open("wb") as file:
            file.writelines(whole(folder / "offline", known.identity.title, _about(known), press))
    return archive, edition


def _about(known: Site) -> str:
    """The line under the title of the one-page edition."""
    identity = known.identity
    released = typography.date(identity.released)
    return f"Version {identity.version}, {released}. {identity.description} Not medical advice."


def _put_in_place(built: Path, out: Path) -> None:
    """Put the archive with its checksums and the website into place, each whole."""
    if (built / "dist").is_dir():
        _carry_over(out / "dist", built / "dist")
        placing.put(built / "dist", out / "dist")
    placing.put(built / "site", out / "site")


def serving(options: argparse.Namespace) -> None:
    """Copy the built website for a web server: with packed files, and its policies."""
    if not (options.site / "index.html").is_file():
        raise Stop(f"There is no website in {options.site}: build it first, with `make site`.")
    with placing.aside(options.out) as folder:
        copy = shutil.copytree(options.site, folder / "reference" / "site")
        for path in sorted(copy.rglob("*")):
            if path.suffix in served.PACKED and path.is_file():
                _write(path.with_name(f"{path.name}.gz"), served.packed(path.read_bytes()))
        pages = {
            f"/{path.relative_to(copy).as_posix()}": path.read_text(encoding="utf-8")
            for path in copy.rglob("*.html")
        }
        _write(folder / "reference" / "policies.conf", served.policies(pages).encode())
        placing.put(folder / "reference", options.out / "reference")
    print(f"For a web server: {options.out / 'reference'}. Settings: serving/nginx.conf.")


def _press(options: argparse.Namespace) -> sitegen.Press:
    """What works results out; with `--afresh`, nothing that an earlier build kept counts."""
    whose = digest(str(options.data.resolve()))[:16]
    file = None if options.afresh else KEPT / f"{whose}.sqlite"
    return sitegen.Press(options.cores or cores_here(), Kept(file))


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


def figures(options: argparse.Namespace) -> None:
    """Print how the figures of a text are read, as a register's are; no data is needed."""
    text = options.text.encode("utf-8", "replace").decode("utf-8")
    found = registered(text, DECIMAL_MARKS.get(options.language, ""))
    if options.json:
        print(json.dumps([figure.as_json() for figure in found], indent=2))
    else:
        print("\n".join(map(_reading, found)) or "No figure.")


def _reading(figure: Figure) -> str:
    """How a figure was read, on one line."""
    if not figure.understood:
        return f"'{figure.text}': not understood: {figure.unknown}"
    proves = [*map(str, figure.quantities), *sorted(figure.dates)]
    return f"'{figure.text}': {figure.wording}; proves {', '.join(proves) or 'no amount'}"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"{file} cannot be read as UTF-8 text: {error}") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Build the reference from data.")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="the data folder")
    parser.add_argument(
        "--site-address",
        type=_address,
        default=os.environ.get("SITE_ADDRESS") or "not set",
        metavar="ADDRESS",
        help="where the site is published, in place of what site.yml says ($SITE_ADDRESS)",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    build = _command(commands, "site", site)
    build.add_argument("--out", type=Path, default=ROOT, help="where site/ and dist/ go")
    build.add_argument("--website-only", action="store_true", help="make no offline copy")
    ready = _command(commands, "serving", serving)
    ready.add_argument("--site", type=Path, default=ROOT / "site", help="a built website")
    ready.add_argument("--out", type=Path, default=ROOT / "build" / "serving", help="where to")
    _command(commands, "check", check)
    _command(commands, "pages", pages).add_argument("folder", type=Path)
    shown = _command(commands, "serve", serve)
    shown.add_argument("--address", default="127.0.0.1:8000")
    for worked in (build, shown):
        worked.add_argument("--cores", type=int, default=0, help="how many to use; 0: all")
        worked.add_argument("--afresh", action="store_true", help="use nothing kept before")
    proof = _command(commands, "verify-source", verify_source)
    proof.add_argument("id", help="the source, as its file is named")
    proof.add_argument("file", type=Path, help="a copy of its text")
    read = _command(commands, "figures", figures)
    read.add_argument("text", help="a figure as a source prints it")
    read.add_argument("--json", action="store_true", help="as a list of objects")
    read.add_argument("--language", default="", help="the language of the source, as English")
    started = _command(commands, "draft-register", draft_register)
    started.add_argument("file", type=Path, help="one sentence a line, each after its place")
    return parser


def _address(text: str) -> str | None:
    try:
        return read_address(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error} (got '{text}')") from None


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], None],
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=run.__doc__)
    parser.set_defaults(run=run)
    return parser


def _look_at(press: sitegen.Press, address: str | None, *folders: Path) -> None:
    if faults := list(verify.faults(*folders, press=press, address=address)):
        raise Stop("\n".join(["The built pages have faults:", *faults]))


def _publish(
    book: sitegen.Book,
    press: sitegen.Press,
    folder: Path,
    offline: bool,
    standing: Sequence[Path] = (),
) -> None:
    with _settings(sitegen.epoch(book.site), offline):
        try:
            publisher.publish(book, press, ROOT / "mkdocs.yml", folder, standing)
        except publisher.Unpublished as stopped:
            raise Stop(f"{stopped}\nMkDocs stopped; the last good site is untouched.") from None


@contextmanager
def _settings(clock: str, offline: bool) -> Iterator[None]:
    """What MkDocs takes from the environment: a clock that stands still, and which copy it is."""
    before = dict(os.environ)
    os.environ.setdefault("SOURCE_DATE_EPOCH", clock)
    os.environ.update(OFFLINE=str(offline).lower(), NO_MKDOCS_2_WARNING="true")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _pack(folder: Path, archive: Path, top: str) -> None:
    """One archive, the same bytes for the same files: sorted, with a fixed date and mode."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(verify.Folder(folder).files):
            if not _left_out(name):
                entry = zipfile.ZipInfo(f"{top}/{name}", (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                entry.create_system = 3
                packed.writestr(entry, (folder / name).read_bytes())


def _left_out(name: str) -> bool:
    """What a reader of the offline copy never needs: maps, crawler files, unused languages."""
    return (
        name.endswith((".map", "sitemap.xml", "sitemap.xml.gz", "404.html", "robots.txt"))
        or name.startswith("assets/javascripts/lunr/")
        or name == "search/search_index.json"
    )


def _sum_up(built: Path) -> None:
    """Write the checksum of the archive and of every file of the website beside the archive.

    As `sha256sum -c` takes them; paths start in the folder that holds `site` and `dist`.
    """
    archives = [f"dist/{path.name}" for path in (built / "dist").glob("*.*")]
    pages = [f"site/{name}" for name in verify.Folder(built / "site").files]
    sums = (
        f"{hashlib.sha256((built / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted([*archives, *pages])
    )
    _write(built / "dist" / "SHA256SUMS", "".join(sums).encode())


def _carry_over(old: Path, new: Path) -> None:
    """Keep what else stands in the folder of archives: those of other versions."""
    for path in sorted(old.glob("*")):
        if path.is_file() and not (new / path.name).exists():
            os.link(path, new / path.name)


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


def _say_where(out: Path) -> None:
    print(f"Website:      {out / 'site'}, for a web server; to look at it: make serve")
    for archive in sorted((out / "dist").glob("*.zip")):
        size = archive.stat().st_size / 1_000_000
        print(f"Offline copy: {archive} ({size:.1f} MB): unzip it, open its index.html")


def _leave(status: int) -> NoReturn:
    """End the process at once: to free a large site's records one by one takes a second or two."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _leave(main())
