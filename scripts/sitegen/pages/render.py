"""Turns records into pages: a page for each template, and for each record of some kinds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from sitegen.addresses import (
    address_of,
    locator_page,
    page_of,
    pages_of_templates,
    relative,
    row_id,
    unique,
)
from sitegen.derive.relations import Relations
from sitegen.model import Record
from sitegen.pages import context, escape
from sitegen.pages.corrections import removed_pages
from sitegen.pages.jinja import EXTRAS, CachedBytecode, RunEach, environment, load_templates

_BEFORE_A_HEADING = re.compile(r"\n+(?=#{1,4} )")
_FRONT = re.compile(r"\s*---\n.*?\n---\n", re.DOTALL)
# The page at an address that a record had before.
_MOVED = "_moved.md.jinja"
# The page at the address of a record that was removed; it shows the changes that say so.
_REMOVED = "_removed.md.jinja"
_RECORD_TEMPLATES = {
    "sources/_source.md.jinja": "sources",
    "studies/_study.md.jinja": "studies",
    "studies/_experiment.md.jinja": "experiments",
    "dosage/_regimen.md.jinja": "regimens",
    "conditions/_condition.md.jinja": "conditions",
}


_NOT_LISTED = (_MOVED, _REMOVED)


@dataclass(frozen=True)
class Page:
    """A page of Markdown at an address, with the data file it shows, if it shows one."""

    uri: str
    title: str
    """The title in its front matter, as text."""
    markdown: str
    record: str | None = None

    @property
    def content(self) -> bytes:
        """Its text in UTF-8."""
        return self.markdown.encode()


@dataclass(frozen=True)
class PageRequest:
    """A page to render: its address, its template, and the record it shows, if it shows one."""

    uri: str
    template: str
    record: Record | None = None

    @property
    def file(self) -> str | None:
        """The data file that it shows, if it shows one."""
        return self.record.path if self.record else None


class Renderer:
    """Renders the pages of a site from the templates folder."""

    def __init__(
        self,
        relations: Relations,
        templates: Path,
        bytecode_cache: jinja2.BytecodeCache | None = None,
    ) -> None:
        """Take the records with their relations; compiled templates are stored in a cache."""
        self._relations, self._site, self._templates = relations, relations.site, templates
        self._environment = environment(
            templates, context.names(relations), _filters(relations), context.TESTS
        )
        self._environment.bytecode_cache = bytecode_cache

    @cached_property
    def requests(self) -> Mapping[str, PageRequest]:
        """Every page to render, by its address. Raise DataError where two have one."""
        return unique((request.uri, request) for request in self._requests())

    def load_templates(self, run_each: RunEach = map) -> None:
        """Load every page template before pages are rendered in several processes."""
        if isinstance(cached := self._environment.bytecode_cache, CachedBytecode):
            load_templates(self._environment, cached, run_each)

    def page(self, request: PageRequest, extras: Mapping[str, Any]) -> Page:
        """Return a page, rendered. `extras` is more for templates to show, by name."""
        template = self._environment.get_template(request.template)
        self._environment.globals[EXTRAS] = extras
        with self._site.vocabulary.in_use():
            text = template.render(uri=request.uri, **self._record_of(request))
        # A block tag before a heading swallows the blank line that Markdown needs there.
        text = self._with_former_anchors(_BEFORE_A_HEADING.sub("\n\n", text), request.uri)
        markdown = relative(text, request.uri).strip() + "\n"
        return Page(request.uri, _title(markdown) or request.uri, markdown, request.file)

    def front(self, uri: str) -> str:
        """Return the front matter of the page at an address; the rest of it is not rendered.

        Raises KeyError where there is no such page.
        """
        request, text = self.requests[uri], ""
        template = self._environment.get_template(request.template)
        with self._site.vocabulary.in_use():
            for piece in template.generate(uri=uri, **self._record_of(request), **{EXTRAS: None}):
                text += piece
                if found := _FRONT.match(text):
                    return found[0].lstrip()
        return text

    def title(self, uri: str) -> str:
        """Return the title of the page at an address. Raises KeyError where there is none."""
        return _title(self.front(uri)) or uri

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address of every page as it is published, the front page first."""
        uris = (
            request.uri for request in self.requests.values() if request.template not in _NOT_LISTED
        )
        pages = sorted(uri.removesuffix(".md") + ".html" for uri in uris)
        return tuple(sorted(pages, key=lambda uri: uri != "index.html"))

    @cached_property
    def former_rows(self) -> Mapping[str, tuple[tuple[Record, str], ...]]:
        """The rows of each page that had other anchors, with the names they had."""
        rows: dict[str, tuple[tuple[Record, str], ...]] = {}
        for record in self._site.all():
            page, _, anchor = page_of(record).partition("#")
            if anchor:
                rows[page] = (*rows.get(page, ()), *((record, old) for old in record.formerly))
        return {page: found for page, found in rows.items() if found}

    def _requests(self) -> Iterator[PageRequest]:
        for uri in pages_of_templates(self._templates):
            yield PageRequest(uri, f"{uri}.jinja")
        for name, folder in _RECORD_TEMPLATES.items():
            for record in self._site.records[folder].values():
                yield PageRequest(page_of(record), name, record)
                for old in record.formerly:
                    yield PageRequest(address_of(folder, old), _MOVED, record)
        for uri, change in removed_pages(self._relations).items():
            yield PageRequest(uri, _REMOVED, self._site.changes[change.change])

    def _record_of(self, request: PageRequest) -> Mapping[str, Any]:
        """Return the record of a page for its template; reading it is recorded."""
        record = request.record
        return {"record": self._site.records[record.folder][record.id]} if record else {}

    def _with_former_anchors(self, text: str, uri: str) -> str:
        """Return a page with the anchors that its rows had under names no longer used."""
        for record, old in self.former_rows.get(uri, ()):
            anchor = page_of(record).partition("#")[2]
            former = address_of(record.folder, old).partition("#")[2]
            row = re.search(rf'<\w+ id="{re.escape(anchor)}"[^>]*>(?:\s*<t[hd][^>]*>)?', text)
            if row:
                text = f'{text[: row.end()]}<span id="{former}"></span>{text[row.end() :]}'
        return text


def _title(markdown: str) -> str | None:
    found = re.search(r'^title: "(.*)"$', markdown, re.MULTILINE)
    return html.unescape(found[1]) if found else None


def _filters(relations: Relations) -> Mapping[str, Any]:
    """Return what templates may turn values into: addresses, anchors, text for special places."""
    return {
        "page": lambda shown: Markup("/" + page_of(shown)),
        "rooted": lambda uri: Markup("/") + uri,
        "locator_page": locator_page,
        "row_id": row_id,
        "anchor": lambda place: Markup(place.replace(".", "-")),
        "slug": lambda text: Markup(re.sub(r"[^a-z0-9]+", "-", str(text).lower()).strip("-")),
        "number": escape.coordinate,
        "as_json": escape.json_in_html,
        "with_code": escape.with_code,
        "joined_lines": escape.joined_lines,
        "one_line": escape.front_matter,
        "urlencode": lambda text: Markup(jinja2.filters.do_urlencode(text)),  # no prose: `91%29`
        "size": escape.sort_key,
        "glossed": context.Glossary(relations.site).segments,
        **context.FILTERS,
    }
