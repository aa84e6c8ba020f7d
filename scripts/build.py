"""The command line. `python scripts/build.py --help` lists the commands."""

from __future__ import annotations

import signal
import threading

if threading.current_thread() is threading.main_thread() and __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # no traceback while modules load

import argparse
import gc
import os
import re
import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TypeAlias

import sitegen
from commands import changes, records, site, sources
from commands.console import DATA, ROOT, CommandError, complain, problems_of
from curate import new_record
from curate.reading import LEVELS, TOPICS
from publish import atomic, hosts, session
from publish.session import PublishError
from sitegen.export import change_report
from sitegen.model import read_address
from sitegen.model.absence import Absence
from sitegen.read.revisions import RevisionError

SECONDS_TO_STOP = 30  # from SIGTERM to the end, however much is left to remove
# Records are never freed, so frequent garbage collection would find nothing.
GC_THRESHOLD = (100_000, 20, 20)
WITH_LESS_MEMORY = "run it again, and where memory is short, with --cores 1"
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
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
        complain(f"{problems_of(error, options.data)}\n{error.summary}; nothing was published.")
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


def _stop(number: int, frame: object) -> None:
    """Handle a signal: raise SystemExit, so that folders are removed on the way out."""
    signal.signal(number, signal.SIG_IGN)  # a second signal would interrupt the removal
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(SECONDS_TO_STOP)
    raise SystemExit(128 + number)


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
    build = _command(commands, "site", site.site)
    build.add_argument("--out", type=_folder, default=ROOT, help="where site/ and dist/ go")
    build.add_argument("--website-only", action="store_true", help="make no offline copy")
    ready = _command(commands, "serving", site.serving)
    ready.add_argument("--site", type=_folder, default=ROOT / "site", help="a built website")
    ready.add_argument("--out", type=_folder, default=ROOT / "build" / "serving", help="where to")
    checked = _command(commands, "check", site.check)
    markdown = _command(commands, "pages", site.pages)
    markdown.add_argument("folder", type=_folder)
    preview = _command(commands, "serve", site.serve)
    preview.add_argument(
        "--address", type=_host_and_port, default="127.0.0.1:8000", help="host:port"
    )
    for parallel in (build, preview, checked, markdown):
        parallel.add_argument("--cores", type=int, default=0, help="how many to use; 0: all")
        parallel.add_argument("--afresh", action="store_true", help="ignore earlier results")


def _add_commands_for_changes(commands: Commands) -> None:
    compared = _command(commands, "diff", changes.diff)
    compared.add_argument("before", metavar="REV", help="a revision in git, or a data folder")
    compared.add_argument("after", metavar="REV", nargs="?", help="another; or the folder as it is")
    compared.add_argument(
        "--format", choices=sorted(change_report.FORMATS), default="text", help="how to write it"
    )
    _command(commands, "release", changes.release)
    _command(commands, "mutations", changes.mutations)


def _add_commands_for_a_source(commands: Commands) -> None:
    verify = _command(commands, "verify-source", sources.verify_source)
    verify.add_argument("id", help="the source, as its file is named")
    verify.add_argument("file", type=Path, help="a copy of its text")
    read = _command(commands, "figures", sources.figures)
    read.add_argument("text", nargs="+", help="a figure as a source prints it")
    read.add_argument("--json", action="store_true", help="as a list of objects")
    read.add_argument("--language", default="", help="the language of the source, as en or English")
    started = _command(commands, "draft-register", sources.draft_register)
    started.add_argument("file", type=Path, help="one sentence a line, each after its place")


def _add_commands_for_a_curator(commands: Commands) -> None:
    _command(commands, "schemas", records.schemas)
    _command(commands, "form", records.form)
    folder = _command(commands, "init", records.init)
    folder.add_argument("folder", type=_folder, help="a folder that is empty or not there yet")
    folder.add_argument("--drug", default="New drug", help="the name of the drug")
    _add_arguments_of_a_reading(_command(commands, "add", records.add))
    mended = _command(commands, "mend", records.mend)
    mended.add_argument("files", nargs="*", type=Path, help="files of records; without any, all")
    mended.add_argument("--write", action="store_true", help="write what the diff shows")
    _command(commands, "tidy", records.tidy)
    started = _command(commands, "new", records.new)
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


def _leave(status: int) -> NoReturn:
    """End the process without freeing its memory, which takes seconds for a large site."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    _leave(main())
