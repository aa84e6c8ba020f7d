"""The command line. `python scripts/build.py --help` lists the commands."""

from __future__ import annotations

import signal
import threading

if threading.current_thread() is threading.main_thread() and __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # no traceback while modules load

import argparse
import dataclasses
import gc
import json
import os
import re
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeAlias

import sitegen
from curate import form as form_settings
from curate import mend as mending
from curate import new_folder, new_record
from curate import schemas as schemas_for_editors
from curate import tidy as tidying
from curate.reading import LEVELS, TOPICS, Reading
from publish import (
    atomic,
    check_links,
    hosts,
    markdown_folder,
    mkdocs_build,
    on_demand,
    package,
    plain_pages,
    record_form,
    session,
    web_server,
)
from publish.session import PublishError
from sitegen.check import register
from sitegen.check.changes import LEDGER
from sitegen.check.evidence import proved_besides
from sitegen.check.mutations import Mutation
from sitegen.check.mutations import mutations as mutations_of
from sitegen.check.record_counts import counts_together, record_counts
from sitegen.derive.corrections import ledger_of
from sitegen.derive.differences import differences
from sitegen.derive.relations import relations_of
from sitegen.export import change_report
from sitegen.incremental.cache import Cache
from sitegen.incremental.fingerprint import code_version, fingerprint
from sitegen.incremental.workers import Executor, available_cores
from sitegen.model import Site, read_address
from sitegen.model.absence import Absence
from sitegen.model.figures_in_prose import Figure, registered
from sitegen.model.languages import decimal_mark
from sitegen.read.load import RELEASED, Loaded, load
from sitegen.read.revisions import RevisionError, data_at
from sitegen.read.vocabulary import read_vocabulary
from sitegen.read.yaml_faults import MENDED
from sitegen.statements import quality
from sitegen.statements.english import number

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
TEMPLATES = ROOT / "templates"
SECONDS_TO_STOP = 30  # from SIGTERM to the end, however much is left to remove
# Records are never freed, so frequent garbage collection would find nothing.
GC_THRESHOLD = (100_000, 20, 20)
MOST_SHOWN = 5  # problems of a revision, which nobody can mend there
WITH_LESS_MEMORY = "run it again, and where memory is short, with --cores 1"
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
CACHE = Path(os.environ.get("CACHE_DIR", ROOT / "build" / "cache"))
FORM = Path(os.environ.get("FORM_DIR", ROOT / "build" / "form"))


class CommandError(Exception):
    """The command cannot continue; the text gives the reason and a remedy."""


USER_ERRORS = (CommandError, RevisionError, new_record.Refused, atomic.OutputLocked, PublishError)
"""The errors whose text is for the person who gave the command."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command. Return 0 for success, 1 for problems of data or build, 130 for Ctrl-C."""
    _escape_what_cannot_be_printed()
    options = _parser().parse_args(arguments)
    gc.set_threshold(*GC_THRESHOLD)
    _handle_signals()
    try:
        _check_environment()
        options.run(options)
    except sitegen.DataError as error:
        complain(f"{_problems(error, options.data)}\n{error.summary}; nothing was published.")
    except USER_ERRORS as error:
        complain(str(error))
    except KeyboardInterrupt:
        complain("Stopped.")
        return 128 + signal.SIGINT
    except BrokenProcessPool:
        complain(f"A process of this command was ended from outside: {WITH_LESS_MEMORY}.")
    except MemoryError:
        complain("There is too little memory: free some, or run it with --cores 1.")
    except OSError as error:
        complain(f"{error.filename or 'The system'}: {error.strerror or error}.")
    else:
        return 0
    return 1


def _problems(error: sitegen.DataError, data: Path) -> str:
    """Return the problems, a line each, with the path of the data folder that was given.

    Values of records are in quotation marks, and do not change.
    """
    lines = [_with_command(str(problem), data) for problem in error.problems]
    return _IN_DATA.sub(lambda _: f"{_name_of(data)}/", "\n".join(lines))


def _with_command(line: str, data: Path) -> str:
    """Return the line of a problem with the whole command that mends it, where one does."""
    if not line.endswith(MENDED):
        return line
    command = f"{_as_given(data, 'mend')} {line.partition(':')[0]}"
    return f"{line.removesuffix(MENDED)}; this does it: {command}"


_IN_DATA = re.compile(r"""(?<![\w'"/.])data/(?=[a-z])""")
"""The beginning of a path in the data folder, as problems name it."""


def _name_of(data: Path) -> str:
    """Return the path of a data folder for messages: `data` for that of the project."""
    return "data" if _is_of_the_project(data) else data.as_posix()


def _is_of_the_project(data: Path) -> bool:
    return data.resolve() == DATA.resolve()


def _check_environment() -> None:
    """Raise CommandError or PublishError where a variable or option would spoil every build."""
    if sys.flags.optimize > 1:
        raise CommandError(
            "Pages show what docstrings say: unset PYTHONOPTIMIZE, and leave -OO out."
        )
    session.source_date_epoch()


def _escape_what_cannot_be_printed() -> None:
    """Have characters that a terminal cannot show printed as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _handle_signals() -> None:
    """Have a command that is ended from outside remove what it began. Only a main thread can."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)
        signal.signal(signal.SIGINT, signal.default_int_handler)


def say(text: str, end: str = "\n") -> None:
    """Print a line and flush it. Raise CommandError where standard output cannot be written."""
    try:
        print(text, end=end, flush=True)
    except (OSError, ValueError) as error:
        raise CommandError(f"Standard output cannot be written: {error}.") from None


def complain(text: str) -> None:
    """Print a line to standard error, where that can be written."""
    with suppress(OSError, ValueError):
        print(text, file=sys.stderr, flush=True)


def _stop(number: int, frame: object) -> None:
    """Handle a signal: raise SystemExit, so that folders are removed on the way out."""
    signal.signal(number, signal.SIG_IGN)  # a second signal would interrupt the removal
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(SECONDS_TO_STOP)
    raise SystemExit(128 + number)


def check(options: argparse.Namespace) -> None:
    """Check the data."""
    executor = _executor(options)
    site = _read(options, executor).loaded.site
    executor.cache.flush()  # not `save`, which drops what only a build of the site uses
    counts = ", ".join(f"{kind} {len(records)}" for kind, records in site.records.items())
    say(f"The data is sound. Records: {counts}.")


def pages(options: argparse.Namespace) -> None:
    """Write the Markdown and the data files to a folder; what else is in it stays."""
    markdown_folder.refuse_foreign(options.folder)
    executor = _executor(options)
    output = sitegen.build(options.data, TEMPLATES, executor=executor, address=options.site_address)
    executor.cache.flush()
    files = _contents(output)
    number = len(files) - len(output.assets)
    markdown_folder.write(options.folder, files)
    say(f"Wrote {number} pages and {len(output.assets)} files to {options.folder}.")


def _contents(output: sitegen.SiteOutput) -> dict[str, bytes]:
    """Return the content of each page and each file, by its address."""
    contents = {page.uri: page.content for page in output.pages}
    return contents | {asset.uri: asset.content for asset in output.assets}


def serve(options: argparse.Namespace) -> None:
    """Show the site at a local address, each page as its records are now, until stopped."""
    from publish import preview_server  # its server takes long to import, and only this needs it

    executor = _executor(options)
    say(f"Once the data is read: http://{options.address}/ (end with Ctrl-C)")
    if not hosts.is_loopback(hosts.split(options.address)[0]):
        say("Whoever reaches this machine over a network can read it there, too.")
    watched = [options.data, TEMPLATES, ROOT / "docs", ROOT / "mkdocs.yml"]
    if not options.data.is_dir():
        _read(options, executor)  # which says so: there is nothing to watch
    reader = Reader(options.data, executor, options.site_address)
    user_errors = preview_server.UserErrors(
        in_edits=(sitegen.DataError, PublishError), at_start=(sitegen.DataError,)
    )
    with tempfile.TemporaryDirectory(prefix="preview-", ignore_cleanup_errors=True) as folder:
        with session.environment(reader.epoch, offline=False):
            open_site = partial(reader.open_site, Path(folder))
            try:
                preview_server.serve(open_site, options.address, watched, user_errors)
            except preview_server.AddressError as error:
                raise CommandError(f"{error}: name another with --address.") from None
    executor.cache.save()


class Reader:
    """Reads a data folder for a preview, and reads it again after each edit."""

    def __init__(self, data: Path, executor: Executor, address: str | None = None) -> None:
        """Read nothing yet; `address` is where the site is published."""
        self._data, self._executor, self._address = data, executor, address
        self._source_date_epoch = session.source_date_epoch()
        self._read: sitegen.SourceData | None = None

    @property
    def epoch(self) -> str:
        """The time at which the data was released, in seconds since 1970; 0 before it is read."""
        return sitegen.epoch(self._read.site) if self._read else "0"

    def open_site(self, folder: Path) -> on_demand.OnDemandSite:
        """Read the data again. Return the site, whose pages are made in a folder on request.

        Raise DataError with every problem, and PublishError where MkDocs stops.
        """
        start = time.monotonic()
        is_first = self._read is None
        read = self._read = sitegen.read(
            self._data, self._executor, self._read, self._address, date.today()
        )
        if is_first:
            self._executor.cache.save()
        os.environ["SOURCE_DATE_EPOCH"] = self._source_date_epoch or self.epoch
        output = sitegen.SiteOutput(read, TEMPLATES, self._executor)
        opened = on_demand.OnDemandSite(output, ROOT / "mkdocs.yml", folder)
        seconds = time.monotonic() - start
        say(f"Read {len(read.loaded.documents)} records in {seconds:.1f} s.")
        return opened


def _read(options: argparse.Namespace, executor: Executor) -> sitegen.SourceData:
    """Return the records of the data folder, checked today. Raise DataError with every problem."""
    address, today = options.site_address, date.today()
    return sitegen.read(options.data, executor, address=address, today=today)


def _read_for_a_site(options: argparse.Namespace, executor: Executor) -> sitegen.SourceData:
    """Return the records, as `_read` does. Raise PublishError where a form lacks its editor."""
    data = _read(options, executor)
    if data.loaded.site.identity.form:
        record_form.refuse_without(FORM)
    return data


def site(options: argparse.Namespace) -> None:
    """Build the website and the offline copy, check both, then put them into place."""
    executor = _executor(options)
    in_background = _skip if options.website_only else executor.in_background
    with atomic.staging(options.out) as folder:
        package.refuse_to_replace(options.out)
        with _step("Reading and checking the data"):
            data = _read_for_a_site(options, executor)
            records = data.loaded.site
        downloads = () if options.website_only else package.download_names(records)
        package.refuse_to_replace(options.out, downloads)
        with _step("Rendering the pages"):
            output = sitegen.SiteOutput(data, TEMPLATES, executor).materialise()
            executor.cache.flush()
        if not options.website_only:
            output = _with_downloads(output, folder, records, executor)
        with _step("Building the website"):
            reuse_from = (options.out / "site", folder / "offline")
            _publish_website(output, options.data, folder / "site", reuse_from)
            executor.cache.flush()
            output.release()  # the check of a large site needs the memory
        with _step("Following every link"), in_background(lambda: package.write_checksums(folder)):
            _check_links(executor, records.identity.address, folder / "offline", folder / "site")
        with in_background(lambda: shutil.rmtree(folder / "offline", ignore_errors=True)):
            package.put_in_place(folder, options.out, downloads)
            executor.cache.save()
    _say_where(options.out, downloads, _as_typed(options.data, "serve"))


def _with_downloads(
    output: sitegen.SiteOutput, folder: Path, site: Site, executor: Executor
) -> sitegen.SiteOutput:
    """Build the offline copy and its archives; return the output with links to them."""
    offline = folder / "offline"
    with _step("Building the offline copy"):
        _publish(output, offline, offline=True)
        return output.with_downloads(
            *package.write_downloads(offline, folder / "dist", site, executor)
        )


def _publish_website(
    output: sitegen.SiteOutput, data: Path, site: Path, reuse_from: Sequence[Path]
) -> None:
    """Publish the website, with the Markdown of its pages, and with the form if it has one."""
    identity = output.data.loaded.site.identity
    _publish(output, site, offline=False, reuse_from=reuse_from)
    plain_pages.write(site, identity, output.executor)
    if identity.form:
        settings = form_settings.config(data, identity, identity.form)
        record_form.write(site, settings, form_settings.saves_to(identity, identity.form), FORM)


def _skip(work: Callable[[], object]) -> AbstractContextManager[None]:
    """Return a context that does nothing: a website alone needs no work in the background."""
    return nullcontext()


def serving(options: argparse.Namespace) -> None:
    """Copy the built website for a web server: with compressed files and its policies."""
    names = web_server.built_files(options.site)
    with atomic.staging(options.out) as folder:
        target = options.out / "reference"
        atomic.refuse_to_replace(target)
        web_server.write_copy(options.site, names, folder / "reference")
        atomic.refuse_to_replace(target)
        atomic.swap_in(folder / "reference", target)
    say(f"For a web server: {target}. Settings: serving/nginx.conf.")


def _executor(options: argparse.Namespace) -> Executor:
    """Return the executor; with `--afresh`, its cache has no results of earlier builds."""
    folder = fingerprint(str(options.data.resolve()))[:16]
    file = None if options.afresh else CACHE / f"{folder}.sqlite"
    cache = Cache(file, code_version(ROOT / "scripts"))
    return Executor(options.cores or available_cores(), cache)


def schemas(options: argparse.Namespace) -> None:
    """Write the JSON Schemas by which editors complete and mark the data files."""
    number = schemas_for_editors.write(options.data)
    say(f"Wrote {number} schemas to {options.data / schemas_for_editors.FOLDER}.")


def form(options: argparse.Namespace) -> None:
    """Fetch the editor of the form for records, once, with npm."""
    names = record_form.fetch(FORM)
    say(f"Fetched {' and '.join(names)} into {FORM}.")


def new(options: argparse.Namespace) -> None:
    """Start the file of a record, or of several, with what each field takes."""
    kinds, ids = options.kind.split(), options.id.split()
    if len(kinds) != len(ids):
        raise CommandError(
            f"{number(len(kinds), 'kind')}, {number(len(ids), 'id')}: give one id to each kind."
        )
    records = [
        (kind, id, new_record.values_of(kind, options.fields))
        for kind, id in zip(map(new_record.kind_named, kinds), ids, strict=True)
    ]
    for started in new_record.write_several(options.data, records, options.rest):
        _say_new(options, started)


def init(options: argparse.Namespace) -> None:
    """Start the data folder of another drug."""
    names = new_folder.start(options.folder, options.drug)
    say(f"Wrote {options.folder}: {', '.join(names)}, and schemas for editors.")
    say(f"See it: .venv/bin/python scripts/build.py --data {options.folder} serve")
    for place, step in enumerate(new_folder.steps(shlex.quote(str(options.folder))), 1):
        say(f"{place}. {step}")
    say("CURATING.md is the guide.")


def mend(options: argparse.Namespace) -> None:
    """Rewrite what has exactly one reading: units, dashes, spaces, line ends, order of fields.

    A diff comes first. Nothing is written without --write, or a yes where the command is typed at
    a terminal. Comments, quotes and blank lines stay, and no meaning changes.
    """
    found = mending.mend(options.data, options.files)
    changed = [one for one in found if one.after != one.before]
    for one in changed:
        say(one.diff)
    files = f"{len(changed)} file{'s' * (len(changed) != 1)}"
    if not changed:
        say("Nothing to mend.")
    elif options.write or _agrees(f"Write {files}?"):
        for one in changed:
            one.write()
        say(f"Mended {files}.")
    else:
        say(f"Nothing was written: --write mends {files}.")
    if left := [problem for one in found for problem in one.left]:
        listed = sitegen.DataError(left)
        raise CommandError(f"{_problems(listed, options.data)}\n{listed.summary} left for you.")


def tidy(options: argparse.Namespace) -> None:
    """Delete the comments of started files in which nothing is open; a curator's own stay."""
    found = tidying.started(options.data)
    for one in found:
        if one.why_not:
            say(f"{one.path} stays as it is: {one.why_not}.")
        else:
            one.tidy()
            say(f"Tidied {one.path}.")
    if not found:
        say("Nothing to tidy.")


def _agrees(question: str) -> bool:
    """Return whether the person at the terminal says yes; where there is none, nobody does."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    say(f"{question} [y/N] ", end="")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def add(options: argparse.Namespace) -> None:
    """Start a source for each reference of a file: CSL-JSON, BibTeX, RIS or XML of PubMed."""
    from curate import add_sources  # its libraries take long to import, and only this needs them

    reading = _what_was_read(options)
    added = add_sources.add(options.data, options.file, reading)
    for started in added.started:
        _say_new(options, started)
        if reading:
            say(f"Its 'on' is today, {reading.on}: if you looked at it on another day, write that.")
    for remark in added.remarks:
        say(str(remark))
    if added.refused:
        refused = [*map(str, added.refused), f"{len(added.refused)} not added."]
        raise CommandError("\n".join(refused))


def _what_was_read(options: argparse.Namespace) -> Reading | None:
    """Return what was read and seen of the source to be added; None where nothing is given."""
    if options.read_for and (not options.text or options.read == "full text"):
        raise CommandError(
            "--read-for is of what --text holds, and a full text is read for every topic: leave it"
            " out; nothing was written."
        )
    if not options.text and not options.seen:
        return None
    text = _text(options.text) if options.text else None
    return Reading(options.read, date.today(), text, options.seen, options.read_for)


def _say_new(options: argparse.Namespace, started: new_record.New) -> None:
    """Print where a file is, what it still needs, and where its page will be."""
    say(f"Wrote {started.path}.")
    fields = ", ".join(f"{field} (line {line})" for line, field in started.open.items())
    say(f"Open: {fields or 'nothing'}.")
    serve, check = (_as_typed(options.data, name) for name in ("serve", "check"))
    say(f"Page: http://127.0.0.1:8000/{started.page} while `{serve}` runs; then `{check}`.")


def _as_typed(data: Path, name: str) -> str:
    """Return how a command is given for a data folder: that of the project has targets of make."""
    return f"make {name}" if _is_of_the_project(data) else _as_given(data, name)


def _as_given(data: Path, name: str) -> str:
    """Return the whole command for a data folder, which is named if it is not the project's."""
    of_folder = "" if _is_of_the_project(data) else f"--data {shlex.quote(str(data))} "
    return f".venv/bin/python scripts/build.py {of_folder}{name}"


def verify_source(options: argparse.Namespace) -> None:
    """Check the register of a source against a copy of its text."""
    known = sitegen.read_records(options.data)
    if options.id not in known.sources:
        raise CommandError(f"There is no {_name_of(options.data)}/sources/{options.id}.yml.")
    source = known.sources[options.id]
    text = _text(options.file)
    if faults := list(register.faults(known, source, text)):
        raise CommandError(
            "\n".join([*faults, f"{number(len(faults), 'fault')}: the text does not bear it out."])
        )
    figures = sum(len(sentence.figures) for sentence in source.sentences)
    proved = f"{number(len(source.sentences), 'sentence')} and {number(figures, 'figure')}"
    say(f"Proved: {proved} of {options.id}.")


def diff(options: argparse.Namespace) -> None:
    """Say what changed for a reader between two revisions, or from one to the folder as it is."""
    before = _records_at(options.data, options.before)
    after = _records_at(options.data, options.after or str(options.data))
    names = (options.before, options.after or "the data folder as it is")
    report = change_report.Report(*names, differences(before, after))
    say(change_report.FORMATS[options.format](report))


def release(options: argparse.Namespace) -> None:
    """Keep what the version publishes, so that later changes of doses and cautions are seen."""
    try:
        sitegen.read(options.data, today=date.today())
    except sitegen.DataError as error:
        if others := [problem for problem in error.problems if problem.path != LEDGER]:
            raise sitegen.DataError(others) from None
    loaded = load(options.data)
    if loaded.problems:
        raise sitegen.DataError(loaded.problems)
    site = loaded.site
    if site.ledger:
        _refuse_an_earlier_version(site, site.ledger.version)
    ledger = ledger_of(site)
    tried = _mutations(loaded)
    with site.vocabulary.in_use():
        counts = counts_together(record_counts(site, record) for record in site.all())
        noticed = sum(one.noticed for one in tried)
        counted = quality.released_counts(relations_of(site), counts, noticed, len(tried) - noticed)
    ledger = dataclasses.replace(ledger, quality=(*ledger.quality, counted))
    file = options.data / RELEASED
    mending.replace_text(file, ledger.dumped())
    say(f"Wrote {len(ledger.records)} records of version {ledger.version} to {file}: commit it.")


def mutations(options: argparse.Namespace) -> None:
    """Change each character of the figures in turn, and say which changes the check accepts."""
    tried = _mutations(sitegen.read(options.data, today=date.today()).loaded)
    missed = [one for one in tried if not one.noticed]
    for one in missed:
        say(f"{one.path}:{one.line}: accepted '{one.after}' for '{one.before}'")
    say(f"The check noticed {len(tried) - len(missed):,} of {len(tried):,} changed figures.")


def _mutations(loaded: Loaded) -> list[Mutation]:
    """Return every change of a figure in sound records, tried on every core."""
    records = list(loaded.site.all())
    with loaded.site.vocabulary.in_use():
        each = Executor().map(lambda record: list(mutations_of(loaded, record)), records)
        return [one for found in each for one in found]


def _refuse_an_earlier_version(site: Site, released: str) -> None:
    """Raise CommandError where no version is newer than the one that is released."""
    waiting = [change.path for change in site.changes.values() if not change.is_released]
    if waiting:
        raise CommandError(
            f"{waiting[0]} is released 'not yet': write its day there, and in site.yml its version "
            "and its day."
        )
    if site.identity.version == released:
        raise CommandError(
            f"Version {released} is released already: raise the version in site.yml first."
        )


def _records_at(data: Path, revision: str) -> Site:
    """Return the records of a revision. Raise CommandError where they cannot be read."""
    with data_at(data, revision) as folder:
        try:
            return sitegen.read_records(folder)
        except sitegen.DataError as error:
            first = "\n".join(map(str, error.problems[:MOST_SHOWN]))
            raise CommandError(
                f"{first}\nThe data of '{revision}' cannot be read by this version of the program "
                f"({error.summary}): mend it, or compare with a later revision."
            ) from None


def draft_register(options: argparse.Namespace) -> None:
    """Print a register for a text with one sentence a line, each after its place."""
    try:
        lines = list(register.draft(_text(options.file)))
    except ValueError as error:
        raise CommandError(f"{options.file}: {error}.") from None
    say("\n".join(lines))


def figures(options: argparse.Namespace) -> None:
    """Print how the figures in texts are understood; of data, only its own units are needed."""
    with read_vocabulary(options.data).in_use():
        _say_figures(options)


def _say_figures(options: argparse.Namespace) -> None:
    texts = [text.encode("utf-8", "replace").decode("utf-8") for text in options.text]
    mark = decimal_mark(options.language)
    if options.json:
        found = (figure for text in texts for figure in registered(text, mark))
        say(json.dumps([figure.as_json() for figure in found], indent=2))
    else:
        lines = [line for text in texts for line in _readings(text, mark)]
        say("\n".join(lines) or "No figure.")


def _readings(text: str, mark: str) -> Iterator[str]:
    """Yield how each figure of a text is understood, and what all of it proves, a line each."""
    found, besides = registered(text, mark), proved_besides(text, mark)
    given = " ".join(text.split())
    if len(found) == 1:
        yield _reading(given, found[0], [*found[0].proves, *besides])
        return
    for figure in found:
        yield _reading(figure.text, figure, figure.proves)
    if besides:
        yield f"'{given}': proves {', '.join(besides)}"


def _reading(given: str, figure: Figure, proves: Sequence[str]) -> str:
    """Return how a figure is understood, on one line that begins with the words given."""
    listed = ", ".join(proves)
    if not figure.understood:
        but = f"; but proves {listed}" if proves else ""
        return f"'{given}': not understood: {figure.unknown}{but}"
    return f"'{given}': {figure.wording}; proves {listed or 'no amount'}"


def _text(file: Path) -> str:
    """Return the text in a file. Raise CommandError where it is not UTF-8, or too large."""
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
    """Return the folder that an argument names. Raise ArgumentTypeError for an empty one."""
    if not text:
        raise argparse.ArgumentTypeError("must name a folder")
    return Path(text)


def _seen_at(text: str) -> list[str]:
    """Return each of the addresses in an argument; words in place of an address stay together."""
    words = text.split()
    are_addresses = all(re.match("https?://", word) for word in words)
    return words if are_addresses else [text]


def _topics(text: str) -> list[str]:
    """Return the topics in an argument, between commas. Raise ArgumentTypeError for another."""
    given = [" ".join(topic.split()) for topic in text.split(",")]
    if unknown := [topic for topic in given if topic not in TOPICS]:
        names = ", ".join(TOPICS)
        raise argparse.ArgumentTypeError(f"'{unknown[0]}' is no topic; the topics: {names}")
    return list(dict.fromkeys(given))


def _host_and_port(text: str) -> str:
    """Return an argument that is a host and a port. Raise ArgumentTypeError for another text."""
    try:
        hosts.split(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Build the reference from data.")
    parser.add_argument("--data", type=_folder, default=DATA, help="the data folder")
    parser.add_argument(
        "--site-address",
        type=_address,
        default=os.environ.get("SITE_ADDRESS") or "not set",
        metavar="ADDRESS",
        help="where the site is published, in place of what site.yml says ($SITE_ADDRESS)",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    _add_commands_for_a_site(commands)
    _add_commands_for_a_source(commands)
    _add_commands_for_changes(commands)
    _add_commands_for_a_curator(commands)
    return parser


def _add_commands_for_a_site(commands: Commands) -> None:
    build = _command(commands, "site", site)
    build.add_argument("--out", type=_folder, default=ROOT, help="where site/ and dist/ go")
    build.add_argument("--website-only", action="store_true", help="make no offline copy")
    ready = _command(commands, "serving", serving)
    ready.add_argument("--site", type=_folder, default=ROOT / "site", help="a built website")
    ready.add_argument("--out", type=_folder, default=ROOT / "build" / "serving", help="where to")
    checked = _command(commands, "check", check)
    markdown = _command(commands, "pages", pages)
    markdown.add_argument("folder", type=_folder)
    preview = _command(commands, "serve", serve)
    preview.add_argument(
        "--address", type=_host_and_port, default="127.0.0.1:8000", help="host:port"
    )
    for parallel in (build, preview, checked, markdown):
        parallel.add_argument("--cores", type=int, default=0, help="how many to use; 0: all")
        parallel.add_argument("--afresh", action="store_true", help="ignore earlier results")


def _add_commands_for_changes(commands: Commands) -> None:
    compared = _command(commands, "diff", diff)
    compared.add_argument("before", metavar="REV", help="a revision in git, or a data folder")
    compared.add_argument("after", metavar="REV", nargs="?", help="another; or the folder as it is")
    compared.add_argument(
        "--format", choices=sorted(change_report.FORMATS), default="text", help="how to write it"
    )
    _command(commands, "release", release)
    _command(commands, "mutations", mutations)


def _add_commands_for_a_source(commands: Commands) -> None:
    verify = _command(commands, "verify-source", verify_source)
    verify.add_argument("id", help="the source, as its file is named")
    verify.add_argument("file", type=Path, help="a copy of its text")
    read = _command(commands, "figures", figures)
    read.add_argument("text", nargs="+", help="a figure as a source prints it")
    read.add_argument("--json", action="store_true", help="as a list of objects")
    read.add_argument("--language", default="", help="the language of the source, as en or English")
    started = _command(commands, "draft-register", draft_register)
    started.add_argument("file", type=Path, help="one sentence a line, each after its place")


def _add_commands_for_a_curator(commands: Commands) -> None:
    _command(commands, "schemas", schemas)
    _command(commands, "form", form)
    folder = _command(commands, "init", init)
    folder.add_argument("folder", type=_folder, help="a folder that is empty or not there yet")
    folder.add_argument("--drug", default="New drug", help="the name of the drug")
    _add_arguments_of_a_reading(_command(commands, "add", add))
    mended = _command(commands, "mend", mend)
    mended.add_argument("files", nargs="*", type=Path, help="files of records; without any, all")
    mended.add_argument("--write", action="store_true", help="write what the diff shows")
    _command(commands, "tidy", tidy)
    started = _command(commands, "new", new)
    words = [str(absence) for absence in Absence]
    says = "the word of absence for every other field that can have one"
    started.add_argument("--rest", choices=words, help=says)
    started.add_argument("kind", help="the kind of record, such as study; several in quotes")
    started.add_argument("id", help="its file's name without .yml; one for each kind")
    started.add_argument("fields", nargs=argparse.REMAINDER, help="--field value …, for each file")


def _add_arguments_of_a_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file of references")
    says = "the sentences that were read of the one source, one a line"
    parser.add_argument("--text", type=Path, metavar="FILE", help=says)
    says = "what these are: of a full text, each begins with its place (default: %(default)s)"
    parser.add_argument("--read", choices=LEVELS, default="abstract", help=says)
    says = "topics on which you note all that these say, with commas; a full text has none"
    parser.add_argument("--read-for", type=_topics, default=[], metavar="TOPICS", help=says)
    says = "where you saw it: addresses, or words in place of one"
    parser.add_argument(
        "--seen", type=_seen_at, action="extend", default=[], metavar="ADDRESS", help=says
    )


def _address(text: str) -> str | None:
    """Return the address in an argument. Raise ArgumentTypeError for another text."""
    try:
        return read_address(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error} (got '{text}')") from None


def _command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], None],
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
    parser.set_defaults(run=run)
    # Before the command or behind it; without a default, which would hide the one before.
    parser.add_argument("--data", type=_folder, default=argparse.SUPPRESS, help="the data folder")
    return parser


def _check_links(executor: Executor, address: str | None, *folders: Path) -> None:
    """Check the built pages. Raise CommandError with every problem."""
    if problems := list(check_links.problems(*folders, executor=executor, address=address)):
        raise CommandError("\n".join(["The built pages have problems:", *problems]))


def _publish(
    output: sitegen.SiteOutput,
    folder: Path,
    offline: bool,
    reuse_from: Sequence[Path] = (),
) -> None:
    """Publish a site's output into a folder. Raise CommandError where MkDocs stops."""
    with session.environment(sitegen.epoch(output.data.loaded.site), offline):
        try:
            mkdocs_build.publish(output, ROOT / "mkdocs.yml", folder, reuse_from)
        except PublishError as error:
            raise CommandError(
                f"{error}\nMkDocs stopped; the last good site is untouched."
            ) from None


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Run a block as a step of a build, and print its name and its seconds."""
    say(f"{what} … ", end="")
    start = time.monotonic()
    try:
        yield
    except BaseException:
        with suppress(CommandError):
            say("stopped")
        raise
    say(f"{time.monotonic() - start:.1f} s")


def _say_where(out: Path, downloads: Sequence[str], serve: str) -> None:
    """Print where the website and the offline copy are."""
    say(f"Website:      {out / 'site'}, for a web server; to look at it: {serve}")
    for archive in (out / "dist" / name for name in downloads if name.endswith("-offline.zip")):
        size = archive.stat().st_size / 1_000_000
        say(f"Offline copy: {archive} ({size:.1f} MB): unzip it, open its index.html")


def _leave(status: int) -> NoReturn:
    """End the process without freeing its memory, which takes seconds for a large site."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    _leave(main())
