"""Where records are published: the address of each page and file, each of which is used once."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from markupsafe import Markup

from sitegen.derive.relations import Named
from sitegen.model import Locator, Record, Regimen, Source
from sitegen.model.problems import DataError, Problem
from sitegen.model.reporting_items import Item

T = TypeVar("T")

FOLDER, DOWNLOADS, FORM = "data/v1", "download/", "admin/"
DATA_PACKAGE = f"{FOLDER}/datapackage.json"
INDEX = f"{FOLDER}/index.json"
FEED = "changes.atom"
ALL_SOURCES, ALL_RESOURCES, ALL_EXTENSIONS = "all", "bundle", "extensions"
"""The names of the files of all citations, FHIR resources and extensions; no record has one."""
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LONGEST_NAME_OF_SITE, LONGEST_PATH = 50, 150
"""Characters of a path in the archive: Windows opens no file whose whole path has 260 or more."""

# Where each kind of record is shown: a page of its own, or a row on a page, by what the row is.
_PAGES = {
    "sources": "sources/{}.md",
    "studies": "studies/{}.md",
    "ties": "studies/index.md#tie-{}",
    "experiments": "studies/experiment-{}.md",
    "regimens": "dosage/{}.md",
    "conditions": "conditions/{}.md",
    "cautions": "safety/index.md#caution-{}",
    "substances": "substance/index.md#substance-{}",
    "claims": "substance/claims.md#claim-{}",
    "products": "substance/products.md#product-{}",
    "events": "substance/history.md#event-{}",
    "organisations": "substance/history.md#organisation-{}",
    "people": "substance/history.md#person-{}",
    "terms": "glossary/index.md#term-{}",
    "parameters": "dosage/strengths-and-volumes.md#parameter-{}",
    "checks": "checks/index.md#check-{}",
    "comparisons": "checks/agreement.md#comparison-{}",
    "codes": "data/codes.md#code-{}",
    "changes": "changes/index.md#change-{}",
}
_TO_MARKDOWN = re.compile(r'(href="/[^")\s#]*)\.md(?=["#])')


def page_of(record: Record | Named | Item) -> str:
    """Return the address of the page, with the anchor if any, that shows a record or an item."""
    if isinstance(record, Item):
        return f"studies/index.md#item-{record.field.replace('_', '-')}"
    return address_of(record.folder, record.id)


def address_of(folder: str, id: str) -> str:
    """Return the address of the page, with the anchor if any, that shows a record of that id."""
    return _PAGES[folder].format(id)


def pages_of_templates(templates: Path = TEMPLATES) -> list[str]:
    """Return the address of each page that has a template of its own, sorted.

    The other templates, for parts and for pages of records, have names that begin with `_`.
    """
    found = (path.relative_to(templates) for path in templates.rglob("[!_]*.jinja"))
    return sorted(path.with_suffix("").as_posix() for path in found)


def json_address(folder: str, id: str) -> str:
    """Return the address of the JSON file of a record."""
    return f"{FOLDER}/{folder}/{id}.json"


def json_of_kind(folder: str) -> str:
    """Return the address of the JSON file of all records of a kind."""
    return f"{FOLDER}/{folder}.json"


def schema_address(folder: str) -> str:
    """Return the address of the JSON Schema of a kind of record."""
    return f"{FOLDER}/schema/{folder}.json"


def citation_addresses(id: str = ALL_SOURCES) -> tuple[str, str, str]:
    """Return the addresses of the citation of a source, or of all: BibTeX, RIS, CSL-JSON."""
    folder = f"{FOLDER}/citations"
    return f"{folder}/{id}.bib", f"{folder}/{id}.ris", f"{folder}/{id}.csl.json"


def chart_addresses(name: str) -> tuple[str, str]:
    """Return the addresses of the files of a picture: SVG, CSV."""
    return f"{FOLDER}/charts/{name}.svg", f"{FOLDER}/charts/{name}.csv"


def fhir_address(id: str) -> str:
    """Return the address of the FHIR file of a regimen."""
    return f"{FOLDER}/fhir/{id}.json"


def of_site(templates: Path = TEMPLATES) -> frozenset[str]:
    """Return the address of each page and file that no single record has for itself."""
    pages = (published(uri) for uri in pages_of_templates(templates))
    resources = map(fhir_address, (ALL_RESOURCES, ALL_EXTENSIONS))
    return frozenset([*pages, *citation_addresses(ALL_SOURCES), *resources])


def of_page(folder: str, id: str) -> str | None:
    """Return the published address of the page of a record; None where it is a row of one."""
    uri = address_of(folder, id)
    return None if "#" in uri else published(uri)


def of_record(folder: str, id: str) -> Iterator[str]:
    """Yield the published address of each page and file of a record."""
    if page := of_page(folder, id):
        yield page
    yield json_address(folder, id)
    if folder == Source.folder:
        yield from citation_addresses(id)
    if folder == Regimen.folder:
        yield fhir_address(id)


def published(uri: str) -> str:
    """Return the address at which a page of Markdown is published."""
    return uri.removesuffix(".md") + ".html"


def row_id(record: Record) -> Markup:
    """Return the anchor of a record's row: the one in its address, else its folder and id."""
    return Markup(page_of(record).partition("#")[2] or f"{record.folder}-{record.id}")


@lru_cache(maxsize=50_000)
def locator_page(locator: Locator) -> Markup:
    """Return the address of a sentence in the register of its source, from the root."""
    return Markup("/sources/{}.md#{}").format(locator.source, locator.places[0].replace(".", "-"))


def relative(markdown: str, uri: str) -> str:
    """Return a page with links from the root (`/studies/x.md`) made relative to its address."""
    ups = "../" * uri.count("/")
    text = _TO_MARKDOWN.sub(r"\1.html", markdown)  # MkDocs does it to the links of Markdown
    for before in ('href="', 'src="', "]("):
        text = text.replace(f"{before}/", f"{before}{ups}")
    return text


def unique(published: Iterable[tuple[str, T]]) -> Mapping[str, T]:
    """Return what is published by its address.

    Raise DataError where two have one address, as systems that take capitals for small letters
    read it, or where the address of one is the folder of another.
    """
    found = dict[str, T]()
    names: dict[str, str] = {}
    folders: dict[str, str] = {}
    for address, value in published:
        key = address.casefold()
        other = names.get(key) or folders.get(key)
        around = posixpath.dirname(key)
        while around and other is None and folders.setdefault(around, address) == address:
            other, around = names.get(around), posixpath.dirname(around)
        if other is not None:
            what = f"{address} and {other} cannot both be published: rename one of them"
            raise DataError([Problem("templates, docs or data", 1, what)])
        found[address] = value
        names[key] = address
    return found
