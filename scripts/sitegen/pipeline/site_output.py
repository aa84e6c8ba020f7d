"""Everything that is published of a site, each part worked out when it is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from sitegen import search
from sitegen.derive import references
from sitegen.derive.relations import answers, relations_of
from sitegen.export import datapackage, fhir, format, jsonld, records, table
from sitegen.export.files import DOWNLOADS, FOLDER
from sitegen.incremental.cache import digest, packed, stamp_of_code, unpacked, unpacked_text
from sitegen.incremental.lazy import Later
from sitegen.incremental.tracking import Noted, digest_of
from sitegen.incremental.workers import ALONE, Press
from sitegen.model import Site
from sitegen.pages.render import Page, Renderer
from sitegen.pipeline import record_output
from sitegen.unique import unique


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
    """What all records come to: the files for others, and what the search knows of each."""

    files: Mapping[str, bytes]
    entries: tuple[search.Entry, ...]
    documents: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, eq=False)
class Book:
    """Everything to publish of a site that is sound.

    `whole` works all of it out, on every core; otherwise a part is made when it is asked for.
    """

    site: Site
    templates: Path
    press: Press = ALONE
    archive: Asset | None = None
    """The offline copy to take, if there is one."""
    edition: Asset | None = None
    """The one-page edition to take, if there is one."""

    def whole(self) -> Book:
        """The same book, with every part worked out."""
        _ = self.pages, self.assets, self._structured, self.documents
        return self

    def offering(self, archive: Path, whole: Path | None = None) -> Book:
        """The same book, worked out, with an offline copy and a one-page edition to take."""
        offered = Asset(f"{DOWNLOADS}{archive.name}", archive.read_bytes())
        edition = Asset(f"{DOWNLOADS}{whole.name}", whole.read_bytes()) if whole else None
        book = Book(self.site, self.templates, self.press, offered, edition)
        known = vars(self)
        vars(book).update({name: known[name] for name in _RESTS_ON_RECORDS if name in known})
        if "pages" in known:
            vars(book)["pages"] = tuple(book._again(self.pages))
        return book.whole()

    def _again(self, pages: Iterable[Page]) -> Iterator[Page]:
        """Pages of the same records, of which those are rendered anew that show what is to take."""
        stale = [page.uri for page in pages if page.asked_for & _TO_TAKE]
        anew = self.renderer.pages(dict(self.extra), self.references, uris=stale)
        fresh = {page.uri: page for page in anew}
        yield from (fresh.get(page.uri, page) for page in pages)

    def let_go(self) -> None:
        """Let all go that was worked out; it would be worked out again."""
        for name in set(vars(self)) - {each.name for each in fields(self)}:
            del vars(self)[name]

    @cached_property
    def renderer(self) -> Renderer:
        """What renders its pages."""
        return Renderer(self.site, self.templates, self.press)

    @cached_property
    def references(self) -> Noted[str]:
        """Every source as it is cited, by its id."""
        return noted(references.vancouver(self.templates, self.site.sources, self.press))

    @cached_property
    def _of_records(self) -> _OfRecords:
        found = singles(self.site, self.references, self.press)
        entries = tuple(each.entry for each in found.values())
        documents = tuple(each.document for each in found.values())
        schemas = records.schema_files(self.press)
        files = unique(record_output.files(relations_of(self.site), found, schemas))
        return _OfRecords(files, entries, documents)

    @property
    def files(self) -> Mapping[str, bytes]:
        """Every file for others, by its address."""
        return self._of_records.files

    @cached_property
    def assets(self) -> tuple[Asset, ...]:
        """Every file that is published as it is."""
        drawings = {f"assets/structures/{id}.svg": svg for id, svg in self.site.drawings.items()}
        offered = {each.uri: each.content for each in (self.archive, self.edition) if each}
        robots = {"robots.txt": _robots(self.site).encode()}
        groups = (self.files, drawings, robots, offered)
        published = unique(chain.from_iterable(group.items() for group in groups))
        return tuple(Asset(uri, content) for uri, content in published.items())

    @cached_property
    def extra(self) -> Mapping[str, Any]:
        """What pages show that is not in the records, by the name that templates know it by."""
        made: dict[str, Callable[[], object]] = {
            "files": lambda: {asset.uri: asset.size for asset in self.assets},
            "dictionary": records.dictionary,
            "archive": lambda: self.archive,
            "edition": lambda: self.edition,
            "references": lambda: self.references,
            "addresses": lambda: self.renderer.addresses,
            "alphabet": lambda: list(search.alphabet(self._rows)),
            **_of_exports(lambda: self.files),
        }
        return Later(made, lambda name: made[name]())

    @property
    def _rows(self) -> tuple[search.Entry, ...]:
        return (*self._of_records.entries, *search.entries_of_absences())

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page."""
        given = dict(self.extra)  # worked out first, since pages are rendered on every core
        return tuple(self.renderer.pages(given, self.references))

    @cached_property
    def by_uri(self) -> Mapping[str, Page]:
        """Every page by its address, rendered alone where not all of them are."""
        if "pages" in vars(self):
            return {page.uri: page for page in self.pages}
        return Later(self.uris, lambda uri: self.renderer.page(uri, self.extra))

    @cached_property
    def uris(self) -> tuple[str, ...]:
        """The address of every page."""
        return tuple(self.renderer.asked)

    def front(self, uri: str) -> str:
        """The front matter of the page at an address. Raises KeyError where there is none."""
        return self.renderer.front(uri)

    def page(self, uri: str) -> Page:
        """The page at an address. Raises KeyError where there is none."""
        return self.by_uri[uri]

    @property
    def structured(self) -> Mapping[str, str]:
        """The JSON-LD of each page, by the page's address."""
        return {uri: unpacked_text(packed) for uri, packed in self._structured.items()}

    @cached_property
    def _structured(self) -> Mapping[str, bytes]:
        titles = {page.uri: page.title for page in self.pages}
        return jsonld.pages(relations_of(self.site), titles, self._sizes, self.press)

    @cached_property
    def _structured_alone(self) -> Mapping[str, str]:
        titles = Later(self.uris, self.renderer.title)
        return jsonld.each_page(relations_of(self.site), titles, self._sizes)

    def structured_of(self, uri: str) -> str | None:
        """The JSON-LD of the page at an address; None where it is no page of the book."""
        if "_structured" not in vars(self):
            return self._structured_alone.get(uri)
        packed = self._structured.get(uri)
        return unpacked_text(packed) if packed else None

    @property
    def _sizes(self) -> Mapping[str, int]:
        return Later(jsonld.SIZED, lambda uri: len(self.files[uri]))

    @cached_property
    def documents(self) -> tuple[Mapping[str, Any], ...]:
        """What the search finds: every row, then every page that shows more than one record."""
        others = (*search.entries_of_absences(), *search.entries_of_pages(self.pages))
        return (*self._of_records.documents, *search.documents(others))


# The names by which templates ask for what there is to take.
_TO_TAKE = {"archive", "edition", "files"}
# What stays the same when there is something more to take.
_RESTS_ON_RECORDS = "renderer references _of_records _structured documents".split()


def noted(references: Mapping[str, str]) -> Noted[str]:
    """References by the sources' ids, each of which is asked for."""
    return Noted("references", references, lambda _, text: digest_of(text))


def singles(
    site: Site, references: Noted[str], press: Press
) -> Mapping[tuple[str, str], record_output.Single]:
    """What each record of a site comes to by itself, by its key."""
    relations = relations_of(site)
    given = [record.key for record in site.all()]
    stamp = digest(stamp_of_code(), digest_of(site.identity), "single")

    def work(key: tuple[str, str]) -> bytes:
        folder, id = key
        return packed(
            asdict(record_output.of_record(relations, site.records[folder][id], references))
        )

    keys = [digest(stamp, *key) for key in given]
    found = press.traced(work, given, keys, answers(site, references))
    return {
        key: record_output.Single.of(unpacked(told))
        for key, (_, told) in zip(given, found, strict=True)
    }


def _robots(site: Site) -> str:
    """What crawlers may read: everything; and where the map is, once the site has an address."""
    lines = ["User-agent: *", "Allow: /"]
    if site.identity.address:
        lines.append(f"Sitemap: {site.identity.address}/sitemap.xml")
    return "\n".join([*lines, ""])


def _of_exports(files: Callable[[], Mapping[str, bytes]]) -> dict[str, Callable[[], object]]:
    """What the page of downloads says of the files: wholes, tables, limits, the format."""
    return {
        "wholes": lambda: [
            (f"{FOLDER}/{name}", about) for name, (_, _, about) in datapackage.WHOLES.items()
        ],
        "csv_tables": lambda: datapackage.described(files()),
        "jsonld_files": lambda: [uri for uri in files() if uri.endswith(".jsonld")],
        "missing_values": lambda: table.MISSING,
        "not_in_fhir": lambda: fhir.NOT_CARRIED,
        "fhir_extensions": lambda: fhir.EXTENSIONS,
        "format_changes": lambda: format.CHANGES,
    }
