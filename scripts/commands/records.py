"""The commands for who writes records: start, mend and tidy them, and help an editor."""

from __future__ import annotations

import argparse
import shlex
import sys
from datetime import date

import sitegen
from commands.console import FORM, CommandError, as_typed, problems_of, say, text_of
from curate import mend as mending
from curate import new_folder, new_record
from curate import schemas as schemas_for_editors
from curate import tidy as tidying
from curate.reading import Reading
from publish import record_form
from sitegen.statements.english import number


def schemas(options: argparse.Namespace) -> None:
    """Write the JSON Schemas by which editors complete and mark the data files."""
    number = schemas_for_editors.write(options.data)
    say(f"Wrote {number} schemas to {options.data / schemas_for_editors.FOLDER}.")


def form(options: argparse.Namespace) -> None:
    """Fetch the editor of the form for records, once, with npm."""
    names = record_form.fetch(FORM)
    say(f"Fetched {' and '.join(names)} into {FORM}.")


def init(options: argparse.Namespace) -> None:
    """Start the data folder of another drug."""
    names = new_folder.start(options.folder, options.drug)
    say(f"Wrote {options.folder}: {', '.join(names)}, and schemas for editors.")
    say(f"See it: .venv/bin/python scripts/build.py --data {options.folder} serve")
    for place, step in enumerate(new_folder.steps(shlex.quote(str(options.folder))), 1):
        say(f"{place}. {step}")
    say("CURATING.md is the guide.")


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
    text = text_of(options.text) if options.text else None
    return Reading(options.read, date.today(), text, options.seen, options.read_for)


def _say_new(options: argparse.Namespace, started: new_record.New) -> None:
    """Print where a file is, what it still needs, and where its page will be."""
    say(f"Wrote {started.path}.")
    fields = ", ".join(f"{field} (line {line})" for line, field in started.open.items())
    say(f"Open: {fields or 'nothing'}.")
    serve, check = (as_typed(options.data, name) for name in ("serve", "check"))
    say(f"Page: http://127.0.0.1:8000/{started.page} while `{serve}` runs; then `{check}`.")


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
        raise CommandError(f"{problems_of(listed, options.data)}\n{listed.summary} left for you.")


def _agrees(question: str) -> bool:
    """Return whether the person at the terminal says yes; where there is none, nobody does."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    say(f"{question} [y/N] ", end="")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


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
