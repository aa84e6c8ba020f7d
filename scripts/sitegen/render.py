"""Turns a site into pages: the Jinja environment, escaping, and links that work from any folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
from markupsafe import Markup

from sitegen import typography, view
from sitegen.model import Locator, Record, Site, When
from sitegen.quantity import Quantity
from sitegen.reporting import Item

# Every ASCII mark that Markdown, HTML or an extension could read as more than itself.
_INERT = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]()#+-.!?|<>&~^=:\"'$@/"}
_ROOTED = re.compile(r'(?P<before>(?:href|src)="|\]\()/(?P<to>[^")\s]*)')

# Where each kind of record is shown: a page of its own, or a row on a page, by what the row is.
_PAGE_OF = {
    "sources": "sources/{}.md",
    "studies": "studies/{}.md",
    "ties": "studies/index.md#tie-{}",
    "experiments": "studies/experiments.md#experiment-{}",
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
# The page at an address that a record had before.
_MOVED = "_moved.md.jinja"
_RECORD_TEMPLATES = {
    "sources/_source.md.jinja": "sources",
    "studies/_study.md.jinja": "studies",
    "dosage/_regimen.md.jinja": "regimens",
    "conditions/_condition.md.jinja": "conditions",
}


@dataclass(frozen=True)
class Page:
    """A page of Markdown at an address, with the data file it shows, if it shows one."""

    uri: str
    markdown: str
    record: str | None = None


def pages(site: Site, templates: Path, extra: Mapping[str, Any]) -> Iterator[Page]:
    """Every page of the site, from the templates folder; `extra` is more for templates to show."""
    environment = _environment(site, templates, extra)
    environment.globals["addresses"] = _addresses(environment, site)
    for name in sorted(environment.list_templates(extensions=["jinja"])):
        if PurePosixPath(name).name.startswith("_"):
            continue  # what pages share, and pages of records
        uri = name.removesuffix(".jinja")
        yield Page(uri, _rendered(environment, name, uri, {}))
    for name, folder in _RECORD_TEMPLATES.items():
        for record in site.records[folder].values():
            uri = page_of(record)
            markdown = _rendered(environment, name, uri, {"record": record})
            yield Page(uri, markdown, record.path)
            for old in record.formerly:
                moved = _PAGE_OF[folder].format(old)
                context = {"record": record}
                yield Page(moved, _rendered(environment, _MOVED, moved, context), record.path)


def _addresses(environment: jinja2.Environment, site: Site) -> tuple[str, ...]:
    """The address of every page as it is published, the front page first."""
    names = environment.list_templates(extensions=["jinja"])
    uris = [name.removesuffix(".jinja") for name in names if "/_" not in f"/{name}"]
    for folder in _RECORD_TEMPLATES.values():
        uris += [page_of(record) for record in site.records[folder].values()]
    pages = sorted(uri.removesuffix(".md") + ".html" for uri in uris)
    return tuple(sorted(pages, key=lambda uri: uri != "index.html"))


def page_of(record: Record | Item) -> str:
    """The address of the page, with the anchor if any, that shows a record or an item."""
    if isinstance(record, Item):
        return f"studies/index.md#item-{record.field.replace('_', '-')}"
    return _PAGE_OF[record.folder].format(record.id)


def _row_id(record: Record) -> Markup:
    """The anchor of a record's row: the one its address names, else its folder and id."""
    return Markup(page_of(record).partition("#")[2] or f"{record.folder}-{record.id}")


def inert(text: str) -> Markup:
    """A text as characters that mean only themselves, in Markdown and in HTML.

    Every mark becomes a numeric entity; white space is folded; control characters go.
    """
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", text)
    text = re.sub(r"[ \t\r\n\f\v]+", " ", text)
    return Markup(text.translate(_INERT))


def relative(markdown: str, uri: str) -> str:
    """The page with links from the root (`/studies/x.md`) made relative to its own address."""
    ups = "../" * uri.count("/")

    def from_here(match: re.Match[str]) -> str:
        to = match["to"]
        if match["before"] != "](":
            to = re.sub(r"\.md(?=#|$)", ".html", to)
        return f"{match['before']}{ups}{to}"

    return _ROOTED.sub(from_here, markdown)


def _rendered(
    environment: jinja2.Environment, name: str, uri: str, context: Mapping[str, Any]
) -> str:
    text = environment.get_template(name).render(uri=uri, **context)
    # A block tag before a heading swallows the blank line that Markdown needs there.
    text = re.sub(r"\n*^(?=#{1,4} )", "\n\n", text, flags=re.MULTILINE)
    return relative(_with_former_anchors(environment, text, uri), uri).strip() + "\n"


def _with_former_anchors(environment: jinja2.Environment, text: str, uri: str) -> str:
    """The page with the anchors that its rows had under names their records no longer have."""
    rows: Any = environment.globals["former_rows"]
    for record, old in rows.get(uri, ()):
        anchor = page_of(record).partition("#")[2]
        former = _PAGE_OF[record.folder].format(old).partition("#")[2]
        row = re.search(rf'<\w+ id="{re.escape(anchor)}"[^>]*>(?:\s*<t[hd][^>]*>)?', text)
        if row:
            text = f'{text[: row.end()]}<span id="{former}"></span>{text[row.end() :]}'
    return text


def _former_rows(site: Site) -> Mapping[str, tuple[tuple[Record, str], ...]]:
    """The rows of each page that had other anchors, with the names they had."""
    rows: dict[str, tuple[tuple[Record, str], ...]] = {}
    for record in site.all():
        page, _, anchor = page_of(record).partition("#")
        if anchor:
            rows[page] = (*rows.get(page, ()), *((record, old) for old in record.formerly))
    return {page: found for page, found in rows.items() if found}


def _environment(site: Site, templates: Path, extra: Mapping[str, Any]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_finalize,
        comment_start_string="{##",  # `{#` begins an anchor in Markdown
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(view.names(site), **extra)
    environment.globals["former_rows"] = _former_rows(site)
    environment.tests.update(view.TESTS)
    environment.filters.update(_FILTERS, glossed=view.Glossary(site).segments, **view.FILTERS)
    return environment


def _finalize(value: object) -> object:
    """Whatever a template prints, made inert; only what is marked as markup stays as it is."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Quantity):
        return inert(typography.amount(value))
    if isinstance(value, When):
        return inert(typography.date(value))
    if isinstance(value, jinja2.StrictUndefined):
        str(value)  # raises, and names what is not there
    if value is None or isinstance(value, jinja2.Undefined):
        raise jinja2.TemplateRuntimeError("a template printed nothing where a value must stand")
    return inert(typography.prose(str(value)))


def _locator_page(locator: Locator) -> Markup:
    """The address of a sentence in the register of its source, from the root."""
    return Markup("/sources/{}.md#{}").format(locator.source, locator.places[0].replace(".", "-"))


def _coordinate(number: str) -> Markup:
    """A number for an attribute of a drawing, plain because attributes of SVG are not text."""
    return Markup(f"{float(number):g}")


def _json_in_html(value: object) -> Markup:
    """A value as JSON for a script element, with nothing in it that could close the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))


def _front_matter(text: object) -> Markup:
    """A text for the front matter: a quoted YAML line whose content is safe as raw HTML."""
    plain = str(jinja2.filters.do_striptags(text)) if isinstance(text, Markup) else str(text)
    escaped = str(Markup.escape(" ".join(plain.split())))
    return Markup('"{}"').format(Markup(escaped.replace("\\", "&#92;")))


_FILTERS: Mapping[str, Any] = {
    "page": lambda shown: Markup("/" + page_of(shown)),
    "locator_page": _locator_page,
    "row_id": _row_id,
    "anchor": lambda place: Markup(place.replace(".", "-")),
    "slug": lambda text: Markup(re.sub(r"[^a-z0-9]+", "-", str(text).lower()).strip("-")),
    "number": _coordinate,
    "as_json": _json_in_html,
    "one_line": _front_matter,
}
