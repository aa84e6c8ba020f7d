"""Turns a site into pages: the Jinja environment, escaping, and links that work from any folder."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import jinja2
import jinja2.bccache
import jinja2.compiler
from markupsafe import Markup

from sitegen import typography, view
from sitegen.derive.relations import Named, answers
from sitegen.kept import (
    Kept,
    digest,
    digest_of_files,
    packed,
    packed_text,
    paired,
    parted,
    stamp_of_code,
    unpacked,
    unpacked_text,
)
from sitegen.model import Locator, Record, Site, When
from sitegen.press import ALONE, Press
from sitegen.quantity import Quantity
from sitegen.reporting import Item
from sitegen.traces import Noted, Trace, digest_of, note_all, tracing
from sitegen.unique import unique

# Every ASCII mark that Markdown, HTML or an extension could read as more than itself.
_INERT = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]()#+-.!?|<>&~^=:\"'$@/"}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BEFORE_A_HEADING = re.compile(r"\n+(?=#{1,4} )")
_FRONT = re.compile(r"\s*---\n.*?\n---\n", re.DOTALL)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_TO_MARKDOWN = re.compile(r'(href="/[^")\s#]*)\.md(?=["#])')

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
_GIVEN = "given"
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
    title: str
    """The title in its front matter, as text."""
    sha256: str
    """The SHA-256 of its content."""
    packed: bytes
    """Its text; that of a large site would fill the memory."""
    record: str | None = None
    asked_for: frozenset[str] = frozenset()
    """What it shows that is not in the records, by the names that templates know."""

    @classmethod
    def of(cls, uri: str, markdown: str, record: str | None = None) -> Page:
        """The page of a text."""
        title, sha256 = _title(markdown) or uri, hashlib.sha256(markdown.encode()).hexdigest()
        return cls(uri, title, sha256, packed_text(markdown), record)

    @classmethod
    def kept(cls, uri: str, value: bytes, record: str | None, asked_for: frozenset[str]) -> Page:
        """The page that `to_keep` made a value of."""
        about, text = parted(value)
        title, sha256 = unpacked(about)
        return cls(uri, title, sha256, text, record, asked_for)

    @property
    def to_keep(self) -> bytes:
        """What tells it from other pages at its address."""
        return paired(packed([self.title, self.sha256]), self.packed)

    @property
    def markdown(self) -> str:
        """Its text."""
        return unpacked_text(self.packed)

    @property
    def content(self) -> bytes:
        """Its text in UTF-8."""
        return self.markdown.encode()


@dataclass(frozen=True)
class Asked:
    """A page to render: its address, its template, and the record it shows, if it shows one."""

    uri: str
    template: str
    record: Record | None = None

    @property
    def file(self) -> str | None:
        """The data file that it shows, if it shows one."""
        return self.record.path if self.record else None

    @property
    def place(self) -> tuple[str, str, str]:
        """What tells it from other pages."""
        return self.uri, self.template, self.file or ""


class Renderer:
    """Renders the pages of a site from the templates folder, those that are not kept already."""

    def __init__(self, site: Site, templates: Path, press: Press = ALONE) -> None:
        self._site, self._templates, self._press = site, templates, press
        self._environment = _environment(site, templates)
        self._environment.bytecode_cache = Compiled(press.kept)
        self._stamp = digest(
            stamp_of_code(),
            digest_of_files([templates], "*.jinja"),
            digest_of([site.identity, view.glossary_of(site), site.drawings]),
        )

    def pages(
        self, extra: Mapping[str, Any], *noted: Noted[Any], uris: Sequence[str] | None = None
    ) -> Iterator[Page]:
        """Every page, or those at some addresses.

        `extra` is more for templates to show, by the names they know it by; `noted` are those of
        its values of which single ones are asked for.
        """
        given = self._give(extra)
        asked = [self.asked[uri] for uri in (self.asked if uris is None else uris)]
        former: Any = self._environment.globals["former_rows"]
        keys = [digest(self._stamp, *each.place, former.get(each.uri)) for each in asked]
        answer = answers(self._site, given.names, *noted)
        rendered = self._press.traced(lambda each: self._page(each).to_keep, asked, keys, answer)
        for each, (trace, value) in zip(asked, rendered, strict=True):
            names = given.asked_for(trace)
            yield Page.kept(each.uri, value, each.file, names)

    def page(self, uri: str, extra: Mapping[str, Any]) -> Page:
        """The page at an address, rendered now. Raises KeyError where there is none."""
        self._give(extra)
        return self._page(self.asked[uri])

    def front(self, uri: str) -> str:
        """The front matter of the page at an address; the rest of it is not rendered.

        Raises KeyError where there is none.
        """
        asked, text = self.asked[uri], ""
        template = self._environment.get_template(asked.template)
        for piece in template.generate(uri=uri, **self._context(asked), **{_GIVEN: None}):
            text += piece
            if found := _FRONT.match(text):
                return found[0]
        return text

    def title(self, uri: str) -> str:
        """The title of the page at an address. Raises KeyError where there is none."""
        return _title(self.front(uri)) or uri

    def _give(self, extra: Mapping[str, Any]) -> _Given:
        @cache
        def seal(name: str, _: str) -> str:
            return digest_of(extra[name], self._site.seal)

        given = _Given(extra, Noted(_GIVEN, dict.fromkeys(extra, ""), seal))
        self._environment.globals[_GIVEN] = given
        return given

    @cached_property
    def asked(self) -> Mapping[str, Asked]:
        """Every page to render, by its address. Raise DataError where two have one."""
        return unique((each.uri, each) for each in self._asked())

    def _asked(self) -> Iterator[Asked]:
        for uri in pages_of_templates(self._templates):
            yield Asked(uri, f"{uri}.jinja")
        for name, folder in _RECORD_TEMPLATES.items():
            for record in self._site.records[folder].values():
                yield Asked(page_of(record), name, record)
                for old in record.formerly:
                    yield Asked(_PAGE_OF[folder].format(old), _MOVED, record)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address of every page as it is published, the front page first."""
        uris = (each.uri for each in self.asked.values() if each.template != _MOVED)
        pages = sorted(uri.removesuffix(".md") + ".html" for uri in uris)
        return tuple(sorted(pages, key=lambda uri: uri != "index.html"))

    def _page(self, asked: Asked) -> Page:
        text = _rendered(self._environment, asked.template, asked.uri, self._context(asked))
        return Page.of(asked.uri, text, asked.file)

    def _context(self, asked: Asked) -> Mapping[str, Any]:
        record = asked.record and self._site.records[asked.record.folder][asked.record.id]
        return {"record": record} if record else {}


@dataclass(frozen=True)
class _Given:
    """What templates are given besides the records, and that of it which was asked for."""

    values: Mapping[str, Any]
    names: Noted[str]

    def asked_for(self, trace: bytes) -> frozenset[str]:
        """The names that a trace asks for; where there is none, it may be all of them."""
        if not trace:
            return frozenset(self.values)
        if f"{_GIVEN}/".encode() not in trace:
            return frozenset()
        return frozenset(name for name in self.values if f"{_GIVEN}/{name}\t".encode() in trace)

    def get(self, name: str) -> Any:
        """The value of a name; one that notes what is asked of it is not noted as a whole."""
        value = self.values[name]
        if not isinstance(value, Noted):
            self.names[name]
        return value


class _Asking(jinja2.runtime.Context):
    """What a template knows: the records, and what it is given besides, once it asks for that."""

    def resolve_or_missing(self, key: str) -> Any:
        """The value of a name."""
        value = super().resolve_or_missing(key)
        if value is jinja2.utils.missing and (given := self.parent.get(_GIVEN)) is not None:
            return given.get(key) if key in given.values else value
        return value

    def call(self, called: Any, /, *given: Any, **named: Any) -> Any:
        """What a call comes to. Jinja looks whether it takes the context, which none here does."""
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*given, **named)


class _PrintsMarkup(jinja2.compiler.CodeGenerator):
    """Has what is printed pass `_finalize` alone: it gives markup, which Jinja would escape again.

    Half a million times for five hundred studies, which is a tenth of the time.
    """

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(")")


class Compiled(jinja2.BytecodeCache):
    """Templates as they were compiled, kept under a digest of their text and of what compiles."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Fill the bucket of a template, if it is kept."""
        key = self._key(bucket)
        if key in (found := self._kept.get([key])):
            bucket.bytecode_from_string(found[key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep a template that was compiled."""
        self._kept.put(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: jinja2.bccache.Bucket) -> str:
        return digest(stamp_of_code(), "template", bucket.key, bucket.checksum)


def _title(markdown: str) -> str | None:
    found = re.search(r'^title: "(.*)"$', markdown, re.MULTILINE)
    return html.unescape(found[1]) if found else None


def page_of(record: Record | Named | Item) -> str:
    """The address of the page, with the anchor if any, that shows a record or an item."""
    if isinstance(record, Item):
        return f"studies/index.md#item-{record.field.replace('_', '-')}"
    return _PAGE_OF[record.folder].format(record.id)


def page_named(folder: str, name: str) -> str:
    """Return the address of the page, with the anchor if any, of a record of a kind and name."""
    return _PAGE_OF[folder].format(name)


def pages_of_templates(templates: Path) -> list[str]:
    """Return the address of each page that has a template of its own, sorted.

    The other templates, for parts and for pages of records, have names that begin with `_`.
    """
    found = (path.relative_to(templates) for path in templates.rglob("[!_]*.jinja"))
    return sorted(path.with_suffix("").as_posix() for path in found)


def _row_id(record: Record) -> Markup:
    """The anchor of a record's row: the one its address names, else its folder and id."""
    return Markup(page_of(record).partition("#")[2] or f"{record.folder}-{record.id}")


@lru_cache(1 << 16)
def inert(text: str) -> Markup:
    """A text as characters that mean only themselves, in Markdown and in HTML.

    Every mark becomes a numeric entity; white space is folded; control characters go.
    """
    text = _SPACES.sub(" ", _CONTROLS.sub("", text))
    return Markup(text.translate(_INERT))


def relative(markdown: str, uri: str) -> str:
    """The page with links from the root (`/studies/x.md`) made relative to its own address."""
    ups = "../" * uri.count("/")
    text = _TO_MARKDOWN.sub(r"\1.html", markdown)  # MkDocs does it to the links of Markdown
    for before in ('href="', 'src="', "]("):
        text = text.replace(f"{before}/", f"{before}{ups}")
    return text


def _rendered(
    environment: jinja2.Environment, name: str, uri: str, context: Mapping[str, Any]
) -> str:
    text = environment.get_template(name).render(uri=uri, **context)
    # A block tag before a heading swallows the blank line that Markdown needs there.
    text = _BEFORE_A_HEADING.sub("\n\n", text)
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


def _environment(site: Site, templates: Path) -> jinja2.Environment:
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
    environment.context_class = _Asking
    environment.code_generator_class = _PrintsMarkup
    environment.globals.update(view.names(site))
    environment.globals["former_rows"] = _former_rows(site)
    environment.globals["once"] = _once()
    environment.tests.update(view.TESTS)
    environment.filters.update(_filters(site))
    return environment


def _once() -> Callable[[Any, Hashable], Markup]:
    """What a macro writes of one value, which is the same on every page: kept for the next."""
    written: dict[tuple[str, Hashable], tuple[Markup, Trace]] = {}

    def once(macro: Any, value: Hashable) -> Markup:
        key = (macro.name, value)
        if key not in written:
            with tracing() as trace:
                written[key] = macro(value), trace
        markup, trace = written[key]
        note_all(trace)
        return markup

    return once


def _filters(site: Site) -> Mapping[str, Any]:
    """What templates may turn values into: addresses, anchors, and text for special places."""
    return {
        "page": lambda shown: Markup("/" + page_of(shown)),
        "address": Markup.escape,
        "rooted": lambda uri: Markup("/" + uri),
        "locator_page": _locator_page,
        "row_id": _row_id,
        "anchor": lambda place: Markup(place.replace(".", "-")),
        "slug": lambda text: Markup(re.sub(r"[^a-z0-9]+", "-", str(text).lower()).strip("-")),
        "number": _coordinate,
        "as_json": _json_in_html,
        "with_code": _with_code,
        "one_line": _front_matter,
        "urlencode": lambda text: Markup(jinja2.filters.do_urlencode(text)),  # no prose: `91%29`
        "size": _size,
        "glossed": view.Glossary(site).segments,
        **view.FILTERS,
    }


def _finalize(value: object) -> Markup:
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
    return _text(str(value))


@lru_cache(maxsize=50_000)
def _text(text: str) -> Markup:
    """A text of a record, made inert; many are shown more than once."""
    return inert(typography.prose(text))


@lru_cache(maxsize=50_000)
def _locator_page(locator: Locator) -> Markup:
    """The address of a sentence in the register of its source, from the root."""
    return Markup("/sources/{}.md#{}").format(locator.source, locator.places[0].replace(".", "-"))


def _coordinate(number: str) -> Markup:
    """A number for an attribute of a drawing, plain because attributes of SVG are not text."""
    return Markup(f"{float(number):g}")


def _with_code(text: str) -> Markup:
    """A text of our own in which what stands between two backticks is code."""
    pieces = re.split("`([^`]*)`", text)
    return Markup("").join(
        Markup("<code>{}</code>").format(inert(piece)) if number % 2 else _text(piece)
        for number, piece in enumerate(pieces)
    )


def _json_in_html(value: object) -> Markup:
    """A value as JSON for a script element, with nothing in it that could close the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))


def _size(value: object) -> Markup:
    """What an amount sorts by: its lower end in the first unit of its kind, if it is one."""
    if not isinstance(value, Quantity):
        return Markup("")
    end = next(end for end in (value.range.low, value.range.high) if end is not None)
    return Markup(f"{float(end * value.unit.factor):g}")


def _front_matter(text: object) -> Markup:
    """A text for the front matter: a quoted YAML line whose content is safe as raw HTML.

    A bracket is an entity as well, so that no part of the text is taken for a link.
    """
    plain = str(jinja2.filters.do_striptags(text)) if isinstance(text, Markup) else str(text)
    escaped = str(Markup.escape(" ".join(plain.split())))
    return Markup('"{}"').format(Markup(escaped.replace("\\", "&#92;").replace("]", "&#93;")))
