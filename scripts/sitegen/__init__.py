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

from sitegen.derive.relations import relations_of
from sitegen.model import Site, typography
from sitegen.model.problems import DataError
from sitegen.pages.render import Page
from sitegen.pipeline import record_output, stages
from sitegen.pipeline.site_output import Asset, SiteOutput
from sitegen.pipeline.stages import SERIAL, Executor, SourceData, read
from sitegen.read.load import load
from sitegen.statements.corrections import release_line
from sitegen.statements.sources import banner

__all__ = [
    "Asset",
    "DataError",
    "Page",
    "SiteOutput",
    "SourceData",
    "build",
    "colophon",
    "epoch",
    "exported",
    "read",
    "read_records",
    "read_site",
    "reference",
]


def read_records(data: Path) -> Site:
    """Return the site in a data folder, whatever its rules say.

    Raise DataError for a wrong shape.
    """
    loaded = load(data)
    if loaded.problems:
        raise DataError(loaded.problems)
    return loaded.site


def read_site(data: Path, address: str | None = None) -> Site:
    """Return the site in a data folder. Raise DataError with every problem of shape and rule.

    `address` is where it is published, in place of what site.yml says.
    """
    return read(data, address=address).loaded.site


def build(
    data: Path,
    templates: Path,
    downloads: tuple[Path, ...] = (),
    executor: Executor = SERIAL,
    address: str | None = None,
) -> SiteOutput:
    """Return pages and files of the site in a data folder, all of them made.

    `downloads` is the offline copy and the one-page edition to download, if there are any;
    `address` is where the site is published, in place of what site.yml says. Raise DataError with
    every problem.
    """
    output = SiteOutput(read(data, executor, address=address), templates, executor).materialise()
    return output.with_downloads(*downloads) if downloads else output


def exported(site: Site, references: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield address and content of every exported file; `references` are by the sources' ids."""
    data = SourceData.of(site)
    outputs = stages.record_outputs(data, stages.tracked_references(references))
    schemas = stages.schemas(vocabulary=site.vocabulary)
    with site.vocabulary.in_use():
        files = tuple(record_output.files(data.relations, outputs, schemas))
    yield from files


def epoch(site: Site) -> str:
    """Return the second at which the data was released, for tools that stamp files with a time."""
    when = site.identity.released
    day = datetime(when.first_year, when.month, when.day, tzinfo=UTC)
    return str(int(day.timestamp()))


def reference(site: Site) -> dict[str, str | None]:
    """Return what the frame of every page says: title, version, and what the site rests on."""
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
    """Return the line at the foot of every page."""
    released = release_line(relations_of(site))
    comma = "," if "," in released else ""
    return f"Data of {released}{comma} under CC BY 4.0, code under MIT."
