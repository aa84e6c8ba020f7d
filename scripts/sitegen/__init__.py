"""From data to pages, in one direction.

data/*.yml --read--> mappings --shape--> frozen records --> Site
                                                             | check: every breach of every rule
                                                             | derive: totals, counts, ties
templates/*.md.jinja ----------------render-----------------> pages
                                     export-----------------> JSON, CSV, FHIR, JSON-LD, citations
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sitegen import check, citation, render, typography
from sitegen.derive.relations import Relations
from sitegen.export import (
    citations,
    datapackage,
    fhir,
    format,
    jsonld,
    links,
    records,
    table,
)
from sitegen.export.files import FOLDER
from sitegen.load import load
from sitegen.model import Site
from sitegen.problems import DataError
from sitegen.render import Page

__all__ = [
    "Asset",
    "Book",
    "DataError",
    "Page",
    "build",
    "colophon",
    "epoch",
    "exported",
    "read_records",
    "read_site",
    "reference",
]


@dataclass(frozen=True)
class Asset:
    """A file published as it is."""

    uri: str
    content: bytes

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.uri.rpartition("/")[2]

    @property
    def size(self) -> str:
        """Its size in bytes, with commas."""
        return f"{len(self.content):,}"

    @property
    def sha256(self) -> str:
        """Its SHA-256 in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Book:
    """Everything to publish."""

    site: Site
    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    structured: Mapping[str, str]
    """The JSON-LD of each page, by the page's address."""


def read_records(data: Path) -> Site:
    """The site in a data folder, whatever its rules say. Raises DataError for a wrong shape."""
    loaded = load(data)
    if loaded.problems:
        raise DataError(loaded.problems)
    return loaded.site


def read_site(data: Path) -> Site:
    """The site in a data folder. Raises DataError with every problem of shape and of rule."""
    loaded = load(data)
    if found := check.problems(loaded):
        raise DataError(found)
    return loaded.site


def build(data: Path, templates: Path, archive: Path | None = None) -> Book:
    """Pages and files of the site in a data folder, with an offline copy to offer if there is one.

    Raises DataError with every problem.
    """
    site = read_site(data)
    references = citation.vancouver(templates, site.sources)
    files = dict(exported(site, references))
    assets = [Asset(uri, content) for uri, content in files.items()]
    assets += [Asset(f"assets/structures/{id}.svg", svg) for id, svg in site.drawings.items()]
    offered = None
    if archive:
        offered = Asset(f"download/{archive.name}", archive.read_bytes())
        assets.append(offered)
    extra = {
        "files": {asset.uri: f"{len(asset.content):,}" for asset in assets},
        "dictionary": records.dictionary(),
        "archive": offered,
        "references": references,
        "downloads": links.downloads,
        **_of_exports(files),
    }
    pages = tuple(render.pages(site, templates, extra))
    structured = jsonld.pages(Relations(site), pages, files)
    return Book(site, pages, tuple(assets), structured)


def _of_exports(files: Mapping[str, bytes]) -> dict[str, object]:
    """What the page of downloads says of the files: wholes, tables, limits, the format."""
    return {
        "wholes": [
            (f"{FOLDER}/{name}", about) for name, (_, _, about) in datapackage.WHOLES.items()
        ],
        "csv_tables": datapackage.described(files),
        "jsonld_files": [uri for uri in files if uri.endswith(".jsonld")],
        "missing_values": table.MISSING,
        "not_in_fhir": fhir.NOT_CARRIED,
        "fhir_extensions": fhir.EXTENSIONS,
        "format_changes": format.CHANGES,
    }


def exported(site: Site, references: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Address and content of every file for others; `references` are by the sources' ids."""
    relations = Relations(site)
    files = (
        *records.files(site, references),
        *citations.files(site),
        *fhir.files(relations),
        *jsonld.files(relations),
    )
    yield from files
    yield from datapackage.files(site, dict(files))


def epoch(site: Site) -> str:
    """The second at which the data was released, for tools that stamp files with a time."""
    when = site.identity.released
    day = datetime(when.first_year, when.month, when.day, tzinfo=UTC)
    return str(int(day.timestamp()))


def reference(site: Site) -> dict[str, str | None]:
    """What the frame of every page says: title, version, and what the site rests on."""
    identity = site.identity
    source = site.sources[identity.source]
    words = ", ".join(trait.word for trait in source.character)
    others = len(site.sources) - 1
    rests = f"First of {others + 1} sources" if others else "Doses and studies rest on one source"
    return {
        "title": identity.title,
        "version": identity.version,
        "released": typography.date(identity.released),
        "banner": f"{rests}: {source.kind}; {words}. A report, not advice.",
        "banner_link": f"sources/{source.id}.html",
        "repository": identity.repository,
    }


def colophon(site: Site) -> str:
    """The line at the foot of every page."""
    released = typography.date(site.identity.released)
    return f"Data of {released} under CC BY 4.0, code under MIT."
