"""The commands for what changes: between two revisions, in a release, and by a wrong figure."""

from __future__ import annotations

import argparse
import dataclasses
from datetime import date
from pathlib import Path

import sitegen
from commands.console import CommandError, say
from curate import mend as mending
from sitegen.check.changes import LEDGER
from sitegen.check.mutations import Mutation
from sitegen.check.mutations import mutations as mutations_of
from sitegen.check.record_counts import counts_together, record_counts
from sitegen.derive.corrections import ledger_of
from sitegen.derive.differences import differences
from sitegen.derive.relations import relations_of
from sitegen.export import change_report
from sitegen.incremental.workers import Executor
from sitegen.model import Site
from sitegen.read.load import RELEASED, Loaded, load
from sitegen.read.revisions import data_at
from sitegen.statements import quality

MOST_SHOWN = 5  # problems of a revision, which nobody can mend there


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
