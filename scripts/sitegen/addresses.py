"""Where records are published: the address of each page and file, each of which is taken once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.export import citations, fhir, records
from sitegen.model import Regimen, Source
from sitegen.pages.render import page_named, pages_of_templates

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LONGEST_NAME_OF_SITE, LONGEST_PATH = 50, 150
"""Characters of a path in the archive: Windows opens no file whose whole path has 260 or more."""


def of_site(templates: Path = TEMPLATES) -> frozenset[str]:
    """Return the address of each page and file that no single record has for itself."""
    pages = (uri.removesuffix(".md") + ".html" for uri in pages_of_templates(templates))
    return frozenset([*pages, *citations.addresses(citations.ALL), fhir.address(fhir.BUNDLE)])


def of_page(folder: str, name: str) -> str | None:
    """Return the address of the page of a record of a kind and name; None where it has none."""
    uri = page_named(folder, name)
    return None if "#" in uri else uri.removesuffix(".md") + ".html"


def of_record(folder: str, name: str) -> Iterator[str]:
    """Return the address of each page and file of a record of a kind and name."""
    if page := of_page(folder, name):
        yield page
    yield records.address(folder, name)
    if folder == Source.folder:
        yield from citations.addresses(name)
    if folder == Regimen.folder:
        yield fhir.address(name)
