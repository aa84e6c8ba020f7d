"""From data to pages, in one direction.

data/*.yml --read--> mappings --shape--> frozen records --> Site
                                                             | check: every breach of every rule
                                                             | derive: totals, counts, ties
templates/*.md.jinja ----------------render-----------------> pages
                                     export-----------------> JSON, CSV, FHIR, JSON-LD, citations
                                     search-----------------> the entries of the search's index
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sitegen.check import rules
from sitegen.derive.relations import relations_of
from sitegen.export import records
from sitegen.incremental.workers import ALONE, Press
from sitegen.model import Site, typography
from sitegen.model.problems import DataError
from sitegen.pages.render import Page
from sitegen.pipeline import record_output
from sitegen.pipeline.site_output import Asset, Book, noted, singles
from sitegen.read.load import Loaded, load
from sitegen.statements.sources import banner

__all__ = [
    "Asset",
    "Book",
    "DataError",
    "Loaded",
    "Page",
    "Press",
    "build",
    "colophon",
    "epoch",
    "exported",
    "publishable",
    "read_again",
    "read_records",
    "read_site",
    "reference",
]


def read_records(data: Path) -> Site:
    """The site in a data folder, whatever its rules say. Raises DataError for a wrong shape."""
    loaded = load(data)
    if loaded.problems:
        raise DataError(loaded.problems)
    return loaded.site


def read_site(data: Path, press: Press = ALONE, address: str | None = None) -> Site:
    """The site in a data folder. Raises DataError with every problem of shape and of rule.

    `address` is where it is published, in place of what site.yml says.
    """
    return read_again(data, press, address=address).site


def read_again(
    data: Path, press: Press = ALONE, before: Loaded | None = None, address: str | None = None
) -> Loaded:
    """The site in a data folder with its documents; a file that is as `before` is not read anew.

    `address` is where it is published, in place of what site.yml says.
    Raises DataError with every problem of shape and of rule.
    """
    loaded = load(data, press, before, address)
    if found := rules.problems(loaded, press):
        raise DataError(found)
    return loaded


def build(
    data: Path,
    templates: Path,
    offered: tuple[Path, ...] = (),
    press: Press = ALONE,
    address: str | None = None,
) -> Book:
    """Pages and files of the site in a data folder.

    `offered` is the offline copy and the one-page edition to take, if there are any; `address` is
    where the site is published, in place of what site.yml says.
    Raises DataError with every problem.
    """
    book = publishable(read_site(data, press, address), templates, press)
    return book.offering(*offered) if offered else book


def publishable(site: Site, templates: Path, press: Press = ALONE) -> Book:
    """Pages and files of a site that is sound, all of them worked out."""
    return Book(site, templates, press).whole()


def exported(
    site: Site, references: Mapping[str, str], press: Press = ALONE
) -> Iterator[tuple[str, bytes]]:
    """Address and content of every file for others; `references` are by the sources' ids."""
    found = singles(site, noted(references), press)
    yield from record_output.files(relations_of(site), found, records.schema_files(press))


def epoch(site: Site) -> str:
    """The second at which the data was released, for tools that stamp files with a time."""
    when = site.identity.released
    day = datetime(when.first_year, when.month, when.day, tzinfo=UTC)
    return str(int(day.timestamp()))


def reference(site: Site) -> dict[str, str | None]:
    """What the frame of every page says: title, version, and what the site rests on."""
    identity = site.identity
    source = site.sources[identity.source]
    return {
        "title": identity.title,
        "version": identity.version,
        "released": typography.date(identity.released),
        "banner": banner(tuple(site.sources.values())),
        "banner_link": "sources/index.html"
        if len(site.sources) > 1
        else f"sources/{source.id}.html",
        "repository": identity.repository,
    }


def colophon(site: Site) -> str:
    """The line at the foot of every page."""
    released = typography.date(site.identity.released)
    return f"Data of {released} under CC BY 4.0, code under MIT."
