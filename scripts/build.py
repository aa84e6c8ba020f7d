"""Edge: the command line. `python scripts/build.py --help` lists the commands."""

from __future__ import annotations

import signal
import threading

if threading.current_thread() is threading.main_thread() and __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ended while it is loaded, it ends in silence

import argparse
import gc
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import NoReturn

import sitegen
from publish import atomic, check_links, hosts, mkdocs_build, on_demand, ownership, web_server
from publish.session import PublishError
from publish.single_page import EDITION, whole
from sitegen.check import register
from sitegen.incremental.cache import Cache
from sitegen.incremental.fingerprint import code_version, fingerprint
from sitegen.incremental.workers import Executor, available_cores
from sitegen.model import Site, read_address, typography
from sitegen.model.figures_in_prose import Figure, registered
from sitegen.model.figures_in_prose.words import DECIMAL_MARKS

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
SUMS = "SHA256SUMS"
# The format knows no date before 1980, and readers take it for one in their time zone.
DATE_IN_ARCHIVE = (2000, 1, 1, 0, 0, 0)
LAST_SECOND = 253_402_300_799  # of the year 9999
CLEARING_UP = 30  # seconds that a command which is told to end may take for it
COLLECTING = (100_000, 20, 20)  # records stay; to look them through again finds nothing
CACHE = Path(os.environ.get("CACHE_DIR", ROOT / "build" / "cache"))


class CommandError(Exception):
    """The command cannot go on; the text says why and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when it succeeded, 1 when the data or the build has problems."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # whatever a terminal cannot show
    options = _parser().parse_args(arguments)
    gc.set_threshold(*COLLECTING)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)  # so that a build that is ended clears up
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        options.run(options)
    except sitegen.DataError as error:
        complain(f"{error}\n{error.summary}; nothing was published.")
    except (CommandError, atomic.OutputLocked, PublishError) as stop:
        complain(str(stop))
    except KeyboardInterrupt:
        complain("Stopped.")
        return 128 + signal.SIGINT
    except BrokenProcessPool:
        complain(
            "A process of this command was ended from outside: run it again, and where memory"
            " is short, with --cores 1."
        )
    except MemoryError:
        complain("There is too little memory: free some, or run it with --cores 1.")
    except OSError as error:
        complain(f"{error.filename or 'The system'}: {error.strerror or error}.")
    else:
        return 0
    return 1


def say(text: str, end: str = "\n") -> None:
    """Print a line at once. Raise CommandError where standard output cannot be written."""
    try:
        print(text, end=end, flush=True)
    except (OSError, ValueError) as error:
        raise CommandError(f"Standard output cannot be written: {error}.") from None


def complain(text: str) -> None:
    """Print a line to standard error, if there is one that can be written."""
    with suppress(OSError, ValueError):
        print(text, file=sys.stderr, flush=True)


def _stop(number: int, frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second one would stop the clearing up
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(CLEARING_UP)
    raise SystemExit(128 + number)


def check(options: argparse.Namespace) -> None:
    """Check the data."""
    site = sitegen.read_site(options.data, address=options.site_address)
    counts = ", ".join(f"{kind} {len(records)}" for kind, records in site.records.items())
    say(f"The data is sound. Records: {counts}.")


def pages(options: argparse.Namespace) -> None:
    """Write the Markdown and the data files to a folder; what else is in it stays."""
    output = sitegen.build(options.data, TEMPLATES, address=options.site_address)
    files = {page.uri: page.content for page in output.pages}
    number = len(files)
    files |= {asset.uri: asset.content for asset in output.assets}
    folder: Path = options.folder
    if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
        raise CommandError(f"{folder} is no plain folder: name a new or an empty one.")
    written = ownership.read_marker(folder)
    there = set(ownership.list_files(folder)) if folder.exists() else set()
    others = ownership.foreign_files(folder, written or ()) if there else []
    if written is None and (others or (folder / ownership.MARKER).exists()):
        raise CommandError(
            f"{folder} holds files that this tool did not write: name another folder."
        )
    folders = {str(around) for name in files for around in Path(name).parents}
    if in_the_way := [name for name in others if name in files or name in folders]:
        raise CommandError(
            f"{folder / in_the_way[0]} is yours and would be replaced: move it away."
        )
    ownership.write_marker(
        folder, {*files, *(written or ())}
    )  # first, so that a killed one is gone on with
    for name in there & (written or frozenset()):
        (folder / name).unlink()
    for name, content in files.items():
        _write(folder / name, content)
    ownership.write_marker(folder, files)
    say(f"Wrote {number} pages and {len(output.assets)} files to {folder}.")


def serve(options: argparse.Namespace) -> None:
    """Show the site at a local address, each page as its records are now, until stopped."""
    from publish import (
        preview_server,  # here, since its server takes long to import and no build has use for it
    )

    executor = _executor(options)
    say(f"Once the data is read: http://{options.address}/ (end with Ctrl-C)")
    if not hosts.is_loopback(hosts.split(options.address)[0]):
        say("Whoever reaches this machine over a network can read it there, too.")
    watched = [options.data, TEMPLATES, ROOT / "docs", ROOT / "mkdocs.yml"]
    reader = Reader(options.data, executor, options.site_address)
    user_errors = (sitegen.DataError, PublishError)
    with tempfile.TemporaryDirectory(prefix="preview-", ignore_cleanup_errors=True) as folder:
        with _settings(reader.epoch, offline=False):
            shown = partial(reader.shown, Path(folder))
            try:
                preview_server.serve(shown, options.address, watched, user_errors)
            except preview_server.NoAddress as error:
                raise CommandError(f"{error}: name another with --address.") from None
    executor.cache.save()


class Reader:
    """Reads a data folder again and again, for a preview."""

    def __init__(self, data: Path, executor: Executor, address: str | None = None) -> None:
        """Read it once; `address` is where the site is published. Raise DataError for problems."""
        self._data, self._executor, self._address = data, executor, address
        self._clock = _clock_set()
        self._read = sitegen.read(data, executor, address=address)
        executor.cache.save()

    @property
    def epoch(self) -> str:
        """The second at which the data was released."""
        return sitegen.epoch(self._read.site)

    def shown(self, folder: Path) -> on_demand.OnDemandSite:
        """The site as its records are now, to be shown in a folder.

        Raises DataError with every problem, Unpublished where MkDocs stops.
        """
        start = time.monotonic()
        self._read = sitegen.read(self._data, self._executor, self._read, self._address)
        os.environ["SOURCE_DATE_EPOCH"] = self._clock or self.epoch
        output = sitegen.SiteOutput(self._read, TEMPLATES, self._executor)
        shown = on_demand.OnDemandSite(output, ROOT / "mkdocs.yml", folder)
        took = time.monotonic() - start
        say(f"Read {len(self._read.loaded.documents)} records in {took:.1f} s.")
        return shown


def site(options: argparse.Namespace) -> None:
    """Build the website and the offline copy aside, look at both, then move them into place."""
    executor = _executor(options)
    beside = _not_at_all if options.website_only else executor.in_background
    with atomic.staging(options.out) as folder:
        _refuse_to_place(options.out)
        with _step("Reading and checking the data"):
            data = sitegen.read(options.data, executor, address=options.site_address)
            known = data.loaded.site
        dist = () if options.website_only else _archives(known)
        _refuse_to_place(options.out, dist)
        with _step("Rendering the pages"):
            output = sitegen.SiteOutput(data, TEMPLATES, executor).materialise()
            executor.cache.flush()
        if not options.website_only:
            with _step("Building the offline copy"):
                output = output.with_downloads(*_taken_away(output, folder))
        with _step("Building the website"):
            reuse_from = (options.out / "site", folder / "offline")
            _publish(output, folder / "site", offline=False, reuse_from=reuse_from)
            executor.cache.flush()
            output.release()  # the links of ten thousand pages need its room
        with _step("Following every link"), beside(lambda: _sum_up(folder)):
            _look_at(executor, known.identity.address, folder / "offline", folder / "site")
        with beside(lambda: shutil.rmtree(folder / "offline", ignore_errors=True)):
            _put_in_place(folder, options.out, dist)
            executor.cache.save()
    _say_where(options.out, dist)


def _not_at_all(work: Callable[[], object]) -> AbstractContextManager[None]:
    """What is done beside the making of a website without an offline copy: nothing."""
    return nullcontext()


def _taken_away(output: sitegen.SiteOutput, folder: Path) -> tuple[Path, Path]:
    """The offline copy, packed, and the one-page edition made from it."""
    known, executor = output.data.loaded.site, output.executor
    dist = folder / "dist"
    dist.mkdir()
    _publish(output, folder / "offline", offline=True)
    archive, edition, _ = (dist / name for name in _archives(known))
    with executor.in_background(lambda: _pack(folder / "offline", archive, _name(known))):
        with edition.open("wb") as file:
            file.writelines(
                whole(folder / "offline", known.identity.title, _about(known), executor)
            )
    return archive, edition


def _about(known: Site) -> str:
    """The line under the title of the one-page edition."""
    identity = known.identity
    released = typography.date(identity.released)
    return f"Version {identity.version}, {released}. {identity.description} Not medical advice."


def _name(known: Site) -> str:
    """What the folder in the archive is called."""
    return f"{known.identity.name}-{known.identity.version}"


def _archives(known: Site) -> tuple[str, ...]:
    """The names of the archive, the edition and the checksums, in the order they are placed."""
    return f"{_name(known)}-offline.zip", f"{_name(known)}{EDITION}", SUMS


def _refuse_to_place(out: Path, dist: Sequence[str] = ()) -> None:
    """Raise OutputLocked where the website, or files of `dist`, would replace what is not ours."""
    atomic.refuse_to_replace(out / "site", lambda place: _has_sums(place, out / "dist" / SUMS))
    atomic.refuse_to_fill(out / "dist", dist)
    if dist and _sums(out / "dist" / SUMS) is None:
        raise atomic.OutputLocked(
            f"{out / 'dist' / SUMS} was not written by this tool: move it away, or name another"
            " folder with --out."
        )


def _sums(file: Path) -> dict[str, str] | None:
    """The checksums in a file by path, none where there is none; None where they are not ours."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    except (OSError, UnicodeDecodeError):
        return None
    found = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    return found if all(path.startswith(("site/", "dist/")) for path in found) else None


def _has_sums(site: Path, file: Path) -> bool:
    """Whether every file of a website has its checksum in a file, as earlier versions left it."""
    sums = _sums(file) or {}
    return all(
        sums.get(f"site/{name}") == hashlib.sha256((site / name).read_bytes()).hexdigest()
        for name in ownership.list_files(site)
    )


def _put_in_place(built: Path, out: Path, dist: Sequence[str]) -> None:
    """Put the website, and then each file of `dist`, into place in one step each."""
    _refuse_to_place(out, dist)  # again: a build takes its time
    atomic.swap_in(built / "site", out / "site")
    for name in dist:
        try:
            (out / "dist").mkdir(exist_ok=True)
            (built / "dist" / name).replace(out / "dist" / name)
        except OSError as error:
            raise CommandError(
                f"{out / 'dist' / name} cannot be written ({error.strerror}). The website in"
                f" {out / 'site'} is new, what stands in {out / 'dist'} is not: build again."
            ) from None


def serving(options: argparse.Namespace) -> None:
    """Copy the built website for a web server: with packed files, and its policies."""
    site: Path = options.site
    if not (site / "index.html").is_file():
        raise CommandError(f"There is no website in {site}: build it first, with `make site`.")
    names = ownership.read_marker(site)
    if names is None or not names <= {*ownership.list_files(site)}:
        raise CommandError(
            f"The website in {site} is not as it was built: build it again, with `make site`."
        )
    with atomic.staging(options.out) as folder:
        place = options.out / "reference"
        atomic.refuse_to_replace(place)
        copy, pages = folder / "reference" / "site", {}
        for name in names:
            _write(copy / name, _plain(site / name))
        for name in (name for name in names if Path(name).suffix in web_server.PACKED):
            content = (copy / name).read_bytes()
            _write(copy / f"{name}.gz", web_server.packed(content))
            if name.endswith(".html"):
                pages[f"/{name}"] = content.decode()
        _write(folder / "reference" / "policies.conf", web_server.policies(pages).encode())
        atomic.refuse_to_replace(place)
        atomic.swap_in(folder / "reference", place)
    say(f"For a web server: {place}. Settings: serving/nginx.conf.")


def _plain(file: Path) -> bytes:
    """Return the content of a file of a built website. Raise CommandError for a link."""
    if file.is_symlink():
        raise CommandError(f"{file} is a link, which no build makes: build the website again.")
    return file.read_bytes()


def _executor(options: argparse.Namespace) -> Executor:
    """Return what runs the work; with `--afresh`, without the results of earlier builds."""
    folder = fingerprint(str(options.data.resolve()))[:16]
    file = None if options.afresh else CACHE / f"{folder}.sqlite"
    cache = Cache(file, code_version(ROOT / "scripts"))
    return Executor(options.cores or available_cores(), cache)


def verify_source(options: argparse.Namespace) -> None:
    """Prove the register of a source against a copy of its text."""
    known = sitegen.read_records(options.data)
    if options.id not in known.sources:
        raise CommandError(f"There is no data/sources/{options.id}.yml.")
    source = known.sources[options.id]
    text = _text(options.file)
    if faults := list(register.faults(known, source, text)):
        raise CommandError(
            "\n".join([*faults, f"{len(faults)} faults: the text does not bear it out."])
        )
    figures = sum(len(sentence.figures) for sentence in source.sentences)
    say(f"Proved: {len(source.sentences)} sentences and {figures} figures of {options.id}.")


def draft_register(options: argparse.Namespace) -> None:
    """Print a register for a text with one sentence a line, each after its place."""
    try:
        lines = list(register.draft(_text(options.file)))
    except ValueError as error:
        raise CommandError(f"{options.file}: {error}.") from None
    say("\n".join(lines))


def figures(options: argparse.Namespace) -> None:
    """Print how the figures of a text are read, as a register's are; no data is needed."""
    text = options.text.encode("utf-8", "replace").decode("utf-8")
    found = registered(text, DECIMAL_MARKS.get(options.language, ""))
    if options.json:
        say(json.dumps([figure.as_json() for figure in found], indent=2))
    else:
        say("\n".join(map(_reading, found)) or "No figure.")


def _reading(figure: Figure) -> str:
    """How a figure was read, on one line."""
    if not figure.understood:
        return f"'{figure.text}': not understood: {figure.unknown}"
    proves = [*map(str, figure.quantities), *sorted(figure.dates)]
    return f"'{figure.text}': {figure.wording}; proves {', '.join(proves) or 'no amount'}"


def _text(file: Path) -> str:
    """Return the text in a file. Raise CommandError where it is no text, or too large."""
    try:
        with file.open("rb") as opened:
            content = opened.read(register.MAX_BYTES + 1)
        if len(content) > register.MAX_BYTES:
            raise CommandError(
                f"{file} is too large: at most {register.MAX_BYTES:,} bytes are read."
            )
        return content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read as UTF-8 text: {error}") from None


def _folder(text: str) -> Path:
    """The folder that an argument names. Raise ArgumentTypeError for an empty one."""
    if not text:
        raise argparse.ArgumentTypeError("must name a folder")
    return Path(text)


def _host_and_port(text: str) -> str:
    """The address of a server. Raise ArgumentTypeError for another text."""
    try:
        hosts.split(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Build the reference from data.")
    parser.add_argument("--data", type=_folder, default=ROOT / "data", help="the data folder")
    parser.add_argument(
        "--site-address",
        type=_address,
        default=os.environ.get("SITE_ADDRESS") or "not set",
        metavar="ADDRESS",
        help="where the site is published, in place of what site.yml says ($SITE_ADDRESS)",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    build = _command(commands, "site", site)
    build.add_argument("--out", type=_folder, default=ROOT, help="where site/ and dist/ go")
    build.add_argument("--website-only", action="store_true", help="make no offline copy")
    ready = _command(commands, "serving", serving)
    ready.add_argument("--site", type=_folder, default=ROOT / "site", help="a built website")
    ready.add_argument("--out", type=_folder, default=ROOT / "build" / "serving", help="where to")
    _command(commands, "check", check)
    _command(commands, "pages", pages).add_argument("folder", type=_folder)
    shown = _command(commands, "serve", serve)
    shown.add_argument("--address", type=_host_and_port, default="127.0.0.1:8000", help="host:port")
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


def _look_at(executor: Executor, address: str | None, *folders: Path) -> None:
    if faults := list(check_links.problems(*folders, executor=executor, address=address)):
        raise CommandError("\n".join(["The built pages have faults:", *faults]))


def _publish(
    output: sitegen.SiteOutput,
    folder: Path,
    offline: bool,
    reuse_from: Sequence[Path] = (),
) -> None:
    with _settings(sitegen.epoch(output.data.loaded.site), offline):
        try:
            mkdocs_build.publish(output, ROOT / "mkdocs.yml", folder, reuse_from)
        except PublishError as stopped:
            raise CommandError(
                f"{stopped}\nMkDocs stopped; the last good site is untouched."
            ) from None


@contextmanager
def _settings(clock: str, offline: bool) -> Iterator[None]:
    """What MkDocs takes from the environment: a clock that stands still, and which copy it is."""
    before = dict(os.environ)
    os.environ["SOURCE_DATE_EPOCH"] = _clock_set() or clock
    os.environ.update(OFFLINE=str(offline).lower(), NO_MKDOCS_2_WARNING="true")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _clock_set() -> str | None:
    """The second that SOURCE_DATE_EPOCH sets, None where it is not set or empty.

    Raise CommandError where it is none.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if text and not (re.fullmatch("[0-9]{1,12}", text) and int(text) <= LAST_SECOND):
        raise CommandError(
            f"SOURCE_DATE_EPOCH must be a number of seconds since 1970 (got '{text[:60]}')."
        )
    return text or None


def _pack(folder: Path, archive: Path, top: str) -> None:
    """One archive, the same bytes for the same files: sorted, with a fixed date and mode."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(check_links.Folder(folder).files):
            if not _left_out(name):
                entry = zipfile.ZipInfo(f"{top}/{name}", DATE_IN_ARCHIVE)
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
    pages = [f"site/{name}" for name in check_links.Folder(built / "site").files]
    sums = (
        f"{hashlib.sha256((built / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted([*archives, *pages])
    )
    _write(built / "dist" / SUMS, "".join(sums).encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@contextmanager
def _step(what: str) -> Iterator[None]:
    say(f"{what} … ", end="")
    start = time.monotonic()
    try:
        yield
    except BaseException:
        with suppress(CommandError):
            say("stopped")
        raise
    say(f"{time.monotonic() - start:.1f} s")


def _say_where(out: Path, dist: Sequence[str]) -> None:
    say(f"Website:      {out / 'site'}, for a web server; to look at it: make serve")
    for archive in (out / "dist" / name for name in dist if name.endswith(".zip")):
        size = archive.stat().st_size / 1_000_000
        say(f"Offline copy: {archive} ({size:.1f} MB): unzip it, open its index.html")


def _leave(status: int) -> NoReturn:
    """End the process at once: to free a large site's records one by one takes a second or two."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    _leave(main())
