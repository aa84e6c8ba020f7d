"""Everything that is published of a site, each part made when it is first read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from sitegen import search
from sitegen.addresses import DOWNLOADS, FOLDER, unique
from sitegen.check.record_counts import RecordCounts, counts_together
from sitegen.export import (
    datapackage,
    feed,
    fhir,
    fhir_extensions,
    format,
    jsonld,
    records,
    sqlite_views,
    table,
)
from sitegen.incremental.lazy import LazyMapping
from sitegen.incremental.tracking import TrackedMapping
from sitegen.model import Site
from sitegen.pages.render import Page, Renderer
from sitegen.pipeline import record_output, stages
from sitegen.pipeline.stages import SERIAL, Executor


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


class _OfRecords(NamedTuple):
    """What is made of all records: the exported files, what the search knows, their counts."""

    files: Mapping[str, bytes]
    entries: tuple[search.Entry, ...]
    documents: tuple[Mapping[str, Any], ...]
    counts: RecordCounts


@dataclass(frozen=True, eq=False)
class SiteOutput:
    """Everything to publish of sound records.

    `materialise` makes all of it, on every core; otherwise a part is made when it is read.
    """

    data: stages.SourceData
    templates: Path
    executor: Executor = SERIAL
    archive: Asset | None = None
    """The offline copy to download, if there is one."""
    edition: Asset | None = None
    """The one-page edition to download, if there is one."""

    @property
    def site(self) -> Site:
        """The records."""
        return self.data.site

    def materialise(self) -> SiteOutput:
        """Return the same output, with every part made."""
        _ = self._stored_pages, self.assets, self._structured, self.documents
        return self

    def with_downloads(self, archive: Path, edition: Path | None = None) -> SiteOutput:
        """Return the same output, made, with an offline copy and a one-page edition to download."""
        assets = [Asset(f"{DOWNLOADS}{file.name}", file.read_bytes()) for file in (archive,)]
        if edition:
            assets.append(Asset(f"{DOWNLOADS}{edition.name}", edition.read_bytes()))
        output = SiteOutput(self.data, self.templates, self.executor, *assets)
        known = vars(self)
        vars(output).update({name: known[name] for name in _OF_RECORDS_ALONE if name in known})
        if "_stored_pages" in known:
            pages = {page.uri: page for page in output._updated(self._stored_pages.values())}
            vars(output)["_stored_pages"] = pages
        return output.materialise()

    def _updated(self, pages: Iterable[stages.StoredPage]) -> Iterator[stages.StoredPage]:
        """Re-render only the pages that list downloads."""
        stale = [page.uri for page in pages if page.extras_read & _DOWNLOADS]
        fresh = {page.uri: page for page in self._page_stage.run(dict(self.extras), stale)}
        yield from (fresh.get(page.uri, page) for page in pages)

    def release(self) -> None:
        """Drop computed values to free memory; they are computed again when they are read."""
        for name in set(vars(self)) - {field.name for field in fields(self)}:
            del vars(self)[name]

    @cached_property
    def _page_stage(self) -> stages.PageStage:
        return stages.PageStage(self.data, self.templates, self.executor)

    @property
    def renderer(self) -> Renderer:
        """What renders its pages."""
        return self._page_stage.renderer

    @cached_property
    def references(self) -> TrackedMapping[str]:
        """Every source as it is cited, by its id."""
        with self.site.vocabulary.in_use():
            return stages.references(self.templates, self.site.sources, self.executor)

    @cached_property
    def _of_records(self) -> _OfRecords:
        outputs = stages.record_outputs(self.data, self.references, self.executor)
        entries = tuple(output.entry for output in outputs.values())
        documents = tuple(output.document for output in outputs.values())
        schemas = stages.schemas(self.executor, self.site.vocabulary)
        with self.site.vocabulary.in_use():
            files = unique(record_output.files(self.data.relations, outputs, schemas))
        counts = counts_together(one.counts for one in outputs.values())
        return _OfRecords(files, entries, documents, counts)

    @property
    def files(self) -> Mapping[str, bytes]:
        """Every exported file, by its address."""
        return self._of_records.files

    @cached_property
    def assets(self) -> tuple[Asset, ...]:
        """Every file that is published as it is."""
        drawings = {f"assets/structures/{id}.svg": svg for id, svg in self.site.drawings.items()}
        downloads = {asset.uri: asset.content for asset in (self.archive, self.edition) if asset}
        robots = {"robots.txt": _robots(self.site).encode()}
        news = dict(feed.files(self.data.relations))
        groups = (self.files, drawings, robots, news, downloads)
        published = unique(chain.from_iterable(group.items() for group in groups))
        return tuple(Asset(uri, content) for uri, content in published.items())

    @cached_property
    def extras(self) -> Mapping[str, Any]:
        """What pages show that is not in the records, by the name that templates know it by."""
        made: dict[str, Callable[[], object]] = {
            "files": lambda: {asset.uri: asset.size for asset in self.assets},
            "dictionary": records.dictionary,
            "archive": lambda: self.archive,
            "edition": lambda: self.edition,
            "references": lambda: self.references,
            "addresses": lambda: self.renderer.addresses,
            "counts": lambda: self._of_records.counts,
            "alphabet": lambda: list(search.alphabet(self._rows)),
            **_of_exports(lambda: self.files),
        }
        return LazyMapping(made, lambda name: made[name]())

    @property
    def _rows(self) -> tuple[search.Entry, ...]:
        return (*self._of_records.entries, *search.entries_of_absences())

    @cached_property
    def _stored_pages(self) -> Mapping[str, stages.StoredPage]:
        extras = dict(self.extras)  # made first, since pages are rendered on every core
        return {page.uri: page for page in self._page_stage.run(extras)}

    @property
    def pages(self) -> Iterator[Page]:
        """Every page; each is decoded when it is read, since all of them would fill the memory."""
        return (stored.page for stored in self._stored_pages.values())

    @cached_property
    def uris(self) -> tuple[str, ...]:
        """The address of every page."""
        return tuple(self.renderer.requests)

    def page(self, uri: str) -> Page:
        """Return the page at an address; it is rendered alone where not all of them are.

        Raise KeyError where there is none.
        """
        if "_stored_pages" in vars(self):
            return self._stored_pages[uri].page
        return self._single_pages[uri]

    @cached_property
    def _single_pages(self) -> Mapping[str, Page]:
        requests = self.renderer.requests
        return LazyMapping(self.uris, lambda uri: self.renderer.page(requests[uri], self.extras))

    def fingerprint_of(self, uri: str) -> str | None:
        """Return the fingerprint of the text of a page; None where it is no page of the site."""
        stored = self._stored_pages.get(uri)
        return stored.fingerprint if stored else None

    def front(self, uri: str) -> str:
        """Return the front matter of the page at an address. Raise KeyError without one."""
        return self.renderer.front(uri)

    def structured_data(self, uri: str) -> str | None:
        """Return the JSON-LD of the page at an address; None where it is no page of the site."""
        if "_structured" not in vars(self):
            return self._single_structured.get(uri)
        stored = self._structured.get(uri)
        return stages.structured_text(stored) if stored else None

    @cached_property
    def _structured(self) -> Mapping[str, bytes]:
        titles = {uri: stored.title for uri, stored in self._stored_pages.items()}
        return stages.structured_pages(self.data, titles, self._sizes, self.executor)

    @cached_property
    def _single_structured(self) -> Mapping[str, str]:
        relations, titles = self.data.relations, LazyMapping(self.uris, self.renderer.title)
        run = self.site.vocabulary.run
        shown = jsonld.record_of_page(relations)
        return LazyMapping(
            self.uris,
            lambda uri: run(jsonld.page, relations, uri, shown.get(uri), titles, self._sizes),
        )

    @property
    def _sizes(self) -> Mapping[str, int]:
        return LazyMapping(jsonld.SIZED, lambda uri: len(self.files[uri]))

    @cached_property
    def documents(self) -> tuple[Mapping[str, Any], ...]:
        """What the search finds: every row, then every page that shows more than one record."""
        others = (*search.entries_of_absences(), *search.entries_of_pages(self._pages_of_many))
        return (*self._of_records.documents, *search.documents(others))

    @property
    def _pages_of_many(self) -> Iterator[Page]:
        if "_stored_pages" in vars(self):
            return (page.page for page in self._stored_pages.values() if page.record is None)
        requests = self.renderer.requests.values()
        return (self.page(request.uri) for request in requests if request.record is None)


# The names under which templates read the downloads.
_DOWNLOADS = {"archive", "edition", "files"}
# What stays the same when there is something more to download.
_OF_RECORDS_ALONE = "_page_stage references _of_records _structured documents".split()


def _robots(site: Site) -> str:
    """Return robots.txt: crawlers may read everything; with an address, where the sitemap is."""
    lines = ["User-agent: *", "Allow: /"]
    if site.identity.address:
        lines.append(f"Sitemap: {site.identity.address}/sitemap.xml")
    return "\n".join([*lines, ""])


def _of_exports(files: Callable[[], Mapping[str, bytes]]) -> dict[str, Callable[[], object]]:
    """Return what the page of downloads shows: files of all records, tables, limits, the format."""
    return {
        "wholes": lambda: [
            (f"{FOLDER}/{name}", about) for name, (_, _, about) in datapackage.WHOLES.items()
        ],
        "csv_tables": lambda: datapackage.described(files()),
        "jsonld_files": lambda: [uri for uri in files() if uri.endswith(".jsonld")],
        "sqlite_views": lambda: sqlite_views.VIEWS,
        "missing_values": lambda: table.MISSING,
        "not_in_fhir": lambda: fhir.NOT_CARRIED,
        "fhir_extensions": lambda: fhir_extensions.DESCRIBED,
        "format_changes": lambda: format.CHANGES,
    }
