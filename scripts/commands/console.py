"""What every command uses: the folders of the project, its cache, and what is said to a person."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sitegen
from sitegen.check import register
from sitegen.incremental.cache import Cache
from sitegen.incremental.fingerprint import code_version, fingerprint
from sitegen.incremental.workers import Executor, available_cores
from sitegen.read.yaml_faults import MENDED

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
TEMPLATES = ROOT / "templates"
CACHE = Path(os.environ.get("CACHE_DIR", ROOT / "build" / "cache"))
FORM = Path(os.environ.get("FORM_DIR", ROOT / "build" / "form"))
_IN_DATA = re.compile(r"""(?<![\w'"/.])data/(?=[a-z])""")
"""The beginning of a path in the data folder, as problems name it."""


class CommandError(Exception):
    """The command cannot continue; the text gives the reason and a remedy."""


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


@contextmanager
def step(what: str) -> Iterator[None]:
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


def executor_of(options: argparse.Namespace) -> Executor:
    """Return the executor; with `--afresh`, its cache has no results of earlier builds."""
    folder = fingerprint(str(options.data.resolve()))[:16]
    file = None if options.afresh else CACHE / f"{folder}.sqlite"
    cache = Cache(file, code_version(ROOT / "scripts"))
    return Executor(options.cores or available_cores(), cache)


def problems_of(error: sitegen.DataError, data: Path) -> str:
    """Return the problems, a line each, with the path of the data folder that was given.

    Values of records are in quotation marks, and do not change.
    """
    lines = [_with_command(str(problem), data) for problem in error.problems]
    return _IN_DATA.sub(lambda _: f"{name_of(data)}/", "\n".join(lines))


def _with_command(line: str, data: Path) -> str:
    """Return the line of a problem with the whole command that mends it, where one does."""
    if not line.endswith(MENDED):
        return line
    command = f"{as_given(data, 'mend')} {line.partition(':')[0]}"
    return f"{line.removesuffix(MENDED)}; this does it: {command}"


def name_of(data: Path) -> str:
    """Return the path of a data folder for messages: `data` for that of the project."""
    return "data" if _is_of_the_project(data) else data.as_posix()


def _is_of_the_project(data: Path) -> bool:
    return data.resolve() == DATA.resolve()


def as_typed(data: Path, name: str) -> str:
    """Return how a command is given for a data folder: that of the project has targets of make."""
    return f"make {name}" if _is_of_the_project(data) else as_given(data, name)


def as_given(data: Path, name: str) -> str:
    """Return the whole command for a data folder, which is named if it is not the project's."""
    of_folder = "" if _is_of_the_project(data) else f"--data {shlex.quote(str(data))} "
    return f".venv/bin/python scripts/build.py {of_folder}{name}"


def text_of(file: Path) -> str:
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
