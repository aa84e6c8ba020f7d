"""Edge: MkDocs publishes the pages, each converted on any core, or kept from an earlier build.

A plain `mkdocs build` gives the same bytes: here MkDocs is handed, for each page, what it would
have worked out itself.

on_nav ──every page──▶ Markdown to HTML, anchors, contents ─┐   sitegen.press spreads the work
on_env ──every page──▶ the theme around it ─────────────────┤   and keeps each result under a
                                                            ▼   digest of all it was made from
MkDocs goes through the pages: render and template give what is there
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jinja2
from mkdocs.commands.build import build, get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure import pages as structure
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from selectolax.lexbor import LexborHTMLParser

import sitegen
from sitegen.kept import digest, digest_of_files, stamp_of_code, unpacked
from sitegen.lean import lean
from sitegen.policy import Unguarded
from sitegen.press import Press
from sitegen.render import Compiled

_SAID = logging.getLogger("mkdocs")
# What differs between two builds of one site and shows on no page.
_NOT_SHOWN = frozenset(
    "site_dir config_file_path dev_addr watch plugins hooks theme strict docs_dir".split()
)
_IN_EVERY_CONTEXT = frozenset(
    "nav pages base_url extra_css extra_javascript mkdocs_version config page".split()
) | {"build_date_utc"}


Command = Literal["build", "serve"]
"""What pages are published for; while they are edited, the server adds a script to each."""


class Unpublished(Exception):
    """MkDocs stopped, or warned of something that a reader would find broken."""


@dataclass
class Publication:
    """One run of MkDocs over a book."""

    book: sitegen.Book
    press: Press
    nav: Navigation | None = None
    rendered: dict[str, bytes] = field(default_factory=dict)
    """The page in its frame, by address."""


_running: Publication | None = None


def running() -> Publication | None:
    """The publication under way in this process; None where MkDocs runs by itself."""
    return _running


def publish(
    book: sitegen.Book, press: Press, settings: Path, folder: Path, command: Command = "build"
) -> None:
    """Publish a book into a folder, to build a site or to serve it while it is edited.

    Raises Unpublished with everything MkDocs said.
    """
    with _heard() as said, as_running(book, press):
        try:
            config = load_config(str(settings), site_dir=str(folder), strict=True)
            config.plugins.on_startup(command=command, dirty=False)
            build(config)
            config.plugins.on_shutdown()
        except (MkDocsException, SystemExit, jinja2.TemplateError, Unguarded) as error:
            raise Unpublished("\n".join([*said, f"{type(error).__name__}: {error}"])) from error


@contextmanager
def as_running(book: sitegen.Book, press: Press) -> Iterator[Publication]:
    """Within it, MkDocs in this process publishes the book."""
    global _running
    _running = Publication(book, press)
    try:
        yield _running
    finally:
        _running = None


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What MkDocs says in warnings and errors, one a line, instead of on the terminal."""
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(f"{record.levelname}: {record.getMessage()}")

    listener = Listener(logging.WARNING)
    _SAID.addHandler(listener)
    try:
        yield said
    finally:
        _SAID.removeHandler(listener)


def convert(
    publication: Publication, nav: Navigation, files: Files, config: MkDocsConfig
) -> Navigation:
    """Convert every page of Markdown, and have MkDocs take the results (for `on_nav`)."""
    publication.nav = nav
    pages = [file.page or Page(None, file, config) for file in files.documentation_pages()]
    if config.plugins.events["page_markdown"]:
        return nav  # a plugin changes the Markdown first, page by page: MkDocs converts
    stamp = _stamp_of_conversion(config)
    keys = [digest(stamp, page.file.src_uri, page.file.content_string) for page in pages]
    kept = publication.press.kept.get(keys)
    led_elsewhere = {key for key, value in kept.items() if not _still_leads(value, files)}
    addresses = digest([(file.src_uri, file.url) for file in files])
    keys = [digest(key, addresses) if key in led_elsewhere else key for key in keys]

    def converted(page: Page) -> Any:
        return _converted(page, config, files)

    for page, result in zip(pages, publication.press.through(converted, pages, keys), strict=True):
        page.render = _giving(page, result)  # type: ignore[method-assign, assignment]
    return nav


def frame(
    publication: Publication, env: jinja2.Environment, files: Files, config: MkDocsConfig
) -> Any:
    """Render the theme around every page, and have MkDocs take the results (for `on_env`)."""
    nav = publication.nav
    if nav is None:
        return env
    env.bytecode_cache = Compiled(publication.press.kept)
    _leave_search_alone(config)
    listed = files.documentation_pages()
    pages = [file.page for file in listed if file.page is not None]
    stamp = digest(_stamp_of_frame(config), [(each.title, each.url) for each in nav.pages])

    def context(page: Page) -> dict[str, Any]:
        given = get_context(nav, listed, config, page)
        return dict(config.plugins.on_page_context(given, page=page, config=config, nav=nav))

    def framed(page: Page) -> str:
        return _framed(page, context, env)

    keys = [_key_of_frame(stamp, page, context) for page in pages]
    results = publication.press.through(framed, pages, keys)
    publication.rendered = {page.url: each for page, each in zip(pages, results, strict=True)}
    return _Theme(env, publication.rendered)


def _leave_search_alone(config: MkDocsConfig) -> None:
    """Keep the search plugin from reading pages, each of which tells it to leave it out."""
    named = (config.plugins.get(name) for name in ("search", "material/search"))
    plugins = [plugin for plugin in named if plugin is not None]
    asked = config.plugins.events["page_context"]
    asked[:] = [each for each in asked if getattr(each, "__self__", None) not in plugins]


def _converted(page: Page, config: MkDocsConfig, files: Files) -> Any:
    """What MkDocs makes of one page of Markdown, and which links it looked up."""
    asked = _Asked(files)
    with _overheard() as said, _reading_anchors():
        page.read_source(config)
        Page.render(page, config, asked)
    to_anchors = (page.links_to_anchors or {}).items()
    return {
        "content": page.content,
        "toc": [_entry(each) for each in page.toc],
        "title": page._title_from_render,
        "anchors": sorted(page.present_anchor_ids or ()),
        "to_anchors": [[file.src_uri, dict(links)] for file, links in to_anchors],
        "asked": asked.answers,
        "said": said,
    }


class _Anchors:
    """The anchors in a page of Markdown; MkDocs' own reader of them takes twenty times as long."""

    def __init__(self) -> None:
        self.present_anchor_ids: set[str] = set()

    def feed(self, text: str) -> None:
        """Note every `id`, and every `name` of a link."""
        for element in LexborHTMLParser(text).css("[id], a[name]"):
            told = element.attributes
            named = told.get("name") if element.tag == "a" else None
            self.present_anchor_ids |= {each for each in (told.get("id"), named) if each}

    def close(self) -> None:
        """Nothing is left to read."""


@contextmanager
def _reading_anchors() -> Iterator[None]:
    """Within it, MkDocs finds the anchors of raw HTML with `_Anchors`."""
    before = structure._HTMLHandler
    structure._HTMLHandler = _Anchors  # type: ignore[assignment, misc]
    try:
        yield
    finally:
        structure._HTMLHandler = before  # type: ignore[misc]


class _Asked(Files):
    """The files of the site, with a record of which were looked up and where they stand."""

    def __init__(self, files: Files) -> None:
        self._of = files
        self.answers: dict[str, str | None] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """The file at an address among the sources, as MkDocs finds it."""
        file = self._of.get_file_from_path(path)
        self.answers[path] = file.url if file else None
        return file


def _still_leads(value: bytes, files: Files) -> bool:
    """Whether every link of a kept page leads where it led."""
    for path, url in unpacked(value)["asked"].items():
        file = files.get_file_from_path(path)
        if (file.url if file else None) != url:
            return False
    return True


def _giving(page: Page, result: bytes) -> Callable[[MkDocsConfig, Files], None]:
    """The page's `render`, which hands over what was converted and says what was said."""

    def render(config: MkDocsConfig, files: Files) -> None:
        given = unpacked(result)
        page.content = given["content"]
        page.toc = TableOfContents([_anchor(each) for each in given["toc"]])
        page._title_from_render = given["title"]
        page.present_anchor_ids = set(given["anchors"])
        page.links_to_anchors = {}
        for address, links in given["to_anchors"]:
            if file := files.get_file_from_path(address):
                page.links_to_anchors[file] = links
        for name, level, message in given["said"]:
            logging.getLogger(name).log(level, message)

    return render


def _entry(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, [_entry(each) for each in link.children]]


def _anchor(entry: list[Any]) -> AnchorLink:
    title, id, level, children = entry
    link = AnchorLink(title, id, level)
    link.children = [_anchor(each) for each in children]
    return link


@contextmanager
def _overheard() -> Iterator[list[tuple[str, int, str]]]:
    """What MkDocs says meanwhile, and nobody else hears."""
    said: list[tuple[str, int, str]] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append((record.name, record.levelno, record.getMessage()))

    handlers, propagates = _SAID.handlers, _SAID.propagate
    _SAID.handlers, _SAID.propagate = [Listener(logging.INFO)], False
    try:
        yield said
    finally:
        _SAID.handlers, _SAID.propagate = handlers, propagates


def _key_of_frame(stamp: str, page: Page, context: Callable[[Page], dict[str, Any]]) -> str:
    """The digest of all that shows in a page's frame: itself, and what plugins add to it."""
    added = {name: value for name, value in context(page).items() if name not in _IN_EVERY_CONTEXT}
    toc = [_entry(each) for each in page.toc]
    return digest(stamp, page.url, page.title, page.meta, page.edit_url, toc, page.content, added)


def _framed(page: Page, context: Callable[[Page], dict[str, Any]], env: jinja2.Environment) -> str:
    """One page in its frame, without the frame's indentation."""
    page.active = True
    template = env.get_template(page.meta.get("template", "main.html"))
    html = lean(template.render(context(page)))
    page.active = False
    return html


@dataclass(frozen=True)
class _Theme:
    """The theme's templates; a page that is rendered already comes as it is."""

    env: jinja2.Environment
    rendered: Mapping[str, bytes]

    def get_template(self, name: str) -> _Template:
        """A template of the theme."""
        return _Template(self.env.get_template(name), self.rendered)


@dataclass(frozen=True)
class _Template:
    template: jinja2.Template
    rendered: Mapping[str, bytes]

    def render(self, context: Mapping[str, Any]) -> str:
        """The page of a context, rendered before or now."""
        page = context.get("page")
        if page is not None and page.url in self.rendered:
            return str(unpacked(self.rendered[page.url]))
        return self.template.render(context)


def _stamp_of_conversion(config: MkDocsConfig) -> str:
    extensions = (config.markdown_extensions, config.mdx_configs)
    return digest(stamp_of_code(), *extensions, config.use_directory_urls, dict(config.validation))


def _stamp_of_frame(config: MkDocsConfig) -> str:
    """The digest of what shows in every frame: code, theme, settings, the day of the data.

    Whether a build is the offline copy counts only where a template of the theme asks for it.
    """
    shown = {name: value for name, value in config.items() if name not in _NOT_SHOWN}
    known = ((name, getattr(plugin, "config", {})) for name, plugin in config.plugins.items())
    plugins = {name: dict(chosen) for name, chosen in known}
    ours = [Path(folder) for folder in config.theme.dirs]
    if not _asks_for_offline(tuple(ours)):
        plugins.pop("material/offline", None)
        plugins.pop("offline", None)
    day = os.environ.get("SOURCE_DATE_EPOCH")
    theme = dict(config.theme)
    return digest(stamp_of_code(), _digest_of_theme(tuple(ours)), shown, theme, plugins, day)


def _digest_of_theme(folders: tuple[Path, ...]) -> str:
    """The digest of the theme's own templates; those of a library go by its version."""
    return digest_of_files([each for each in folders if "site-packages" not in each.parts])


@cache
def _asks_for_offline(folders: tuple[Path, ...]) -> bool:
    for place, inner, names in (found for folder in folders for found in os.walk(folder)):
        inner[:] = [name for name in inner if not name.startswith(".")]  # icons, by the thousand
        templates = (Path(place, name) for name in names if name.endswith(".html"))
        if any("offline" in each.read_text(encoding="utf-8") for each in templates):
            return True
    return False
