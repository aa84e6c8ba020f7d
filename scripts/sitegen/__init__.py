"""From data to pages, in one direction.

data/*.yml --read--> mappings --shape--> frozen records --> Site
                                                             | check: every breach of every rule
                                                             | derive: totals, counts, ties
templates/*.md.jinja ----------------render-----------------> pages
                                     export-----------------> JSON, CSV, FHIR, JSON-LD, citations
                                     search-----------------> the entries of the search's index
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sitegen import check, citation, search, typography
from sitegen.derive.relations import answers, relations_of
from sitegen.export import (
    datapackage,
    fhir,
    format,
    jsonld,
    records,
    single,
    table,
)
from sitegen.export.files import DOWNLOADS, FOLDER
from sitegen.kept import digest, stamp_of_code
from sitegen.load import load
from sitegen.model import Site
from sitegen.press import ALONE, Press
from sitegen.problems import DataError
from sitegen.render import Page, Renderer
from sitegen.traces import Noted, digest_of

__all__ = [
    "Asset",
    "Book",
    "DataError",
    "Page",
    "Press",
    "build",
    "colophon",
    "epoch",
    "exported",
    "publishable",
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
    renderer: Renderer
    extra: Mapping[str, object]
    """What its pages show that is not in the records."""
    structured: Mapping[str, str]
    """The JSON-LD of each page, by the page's address."""
    documents: tuple[Mapping[str, Any], ...]
    """What the search finds: every row, then every page that shows more than one record."""

    def offering(self, archive: Path, whole: Path | None = None) -> Book:
        """The same book with an offline copy and a one-page edition to take."""
        offered = Asset(f"{DOWNLOADS}{archive.name}", archive.read_bytes())
        edition = Asset(f"{DOWNLOADS}{whole.name}", whole.read_bytes()) if whole else None
        added = (offered, edition) if edition else (offered,)
        named = {"archive": offered, "edition": edition, "files": _sizes([*self.assets, *added])}
        extra = {**self.extra, **named}
        pages = tuple(self.renderer.pages(extra))
        return replace(self, pages=pages, assets=(*self.assets, *added), extra=extra)


def read_records(data: Path) -> Site:
    """The site in a data folder, whatever its rules say. Raises DataError for a wrong shape."""
    loaded = load(data)
    if loaded.problems:
        raise DataError(loaded.problems)
    return loaded.site


def read_site(data: Path, press: Press = ALONE) -> Site:
    """The site in a data folder. Raises DataError with every problem of shape and of rule."""
    loaded = load(data, press)
    if found := check.problems(loaded, press):
        raise DataError(found)
    return loaded.site


def build(
    data: Path, templates: Path, offered: tuple[Path, ...] = (), press: Press = ALONE
) -> Book:
    """Pages and files of the site in a data folder.

    `offered` is the offline copy and the one-page edition to take, if there are any. Raises
    DataError with every problem.
    """
    book = publishable(read_site(data, press), templates, press)
    return book.offering(*offered) if offered else book


def publishable(site: Site, templates: Path, press: Press = ALONE) -> Book:
    """Pages and files of a site that is sound."""
    references = _noted(citation.vancouver(templates, site.sources, press))
    alone = _singles(site, references, press)
    files = dict(single.files(relations_of(site), alone))
    drawings = {f"assets/structures/{id}.svg": svg for id, svg in site.drawings.items()}
    published = {**files, **drawings, "robots.txt": _robots(site).encode()}
    assets = [Asset(uri, content) for uri, content in published.items()]
    absences = search.entries_of_absences()
    rows = (*(each.entry for each in alone.values()), *absences)
    extra: dict[str, object] = {
        "files": _sizes(assets),
        "dictionary": records.dictionary(),
        "archive": None,
        "edition": None,
        "references": references,
        "alphabet": list(search.alphabet(rows)),
        **_of_exports(files),
    }
    renderer = Renderer(site, templates, press)
    pages = tuple(renderer.pages(extra))
    structured = jsonld.pages(relations_of(site), pages, files, press)
    others = (*absences, *search.entries_of_pages(pages))
    documents = (*(each.document for each in alone.values()), *search.documents(others))
    return Book(site, pages, tuple(assets), renderer, extra, structured, documents)


def _robots(site: Site) -> str:
    """What crawlers may read: everything; and where the map is, once the site has an address."""
    lines = ["User-agent: *", "Allow: /"]
    if site.identity.address:
        lines.append(f"Sitemap: {site.identity.address}/sitemap.xml")
    return "\n".join([*lines, ""])


def _sizes(assets: Iterable[Asset]) -> dict[str, str]:
    return {asset.uri: asset.size for asset in assets}


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


def exported(
    site: Site, references: Mapping[str, str], press: Press = ALONE
) -> Iterator[tuple[str, bytes]]:
    """Address and content of every file for others; `references` are by the sources' ids."""
    yield from single.files(relations_of(site), _singles(site, _noted(references), press))


def _noted(references: Mapping[str, str]) -> Noted[str]:
    return Noted("references", references, lambda _, text: digest_of(text))


def _singles(
    site: Site, references: Noted[str], press: Press
) -> Mapping[tuple[str, str], single.Single]:
    """What each record comes to by itself."""
    relations = relations_of(site)
    given = [record.key for record in site.all()]
    stamp = digest(stamp_of_code(), digest_of(site.identity), "single")

    def work(key: tuple[str, str]) -> dict[str, Any]:
        folder, id = key
        return asdict(single.of_record(relations, site.records[folder][id], references))

    keys = [digest(stamp, *key) for key in given]
    found = press.traced(work, given, keys, answers(site, references))
    return {key: single.Single.of(each) for key, each in zip(given, found, strict=True)}


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
