"""Edge: MkDocs publishes the pages, each converted on any core, or kept from an earlier build.

A plain `mkdocs build` gives the same bytes: here MkDocs is handed, for each page, what it would
have worked out itself.

on_nav ──every page──▶ Markdown to HTML, anchors, contents ─┐   sitegen.press spreads the work
on_env ──every page──▶ the theme around it ─────────────────┤   and keeps each result under a
                                                            ▼   digest of all it was made from
MkDocs goes through the pages: render and template give what is there
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
import markdown
from mkdocs.commands.build import build, get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure import pages as structure
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.theme import Theme
from selectolax.lexbor import LexborHTMLParser

import sitegen
from publish.csp import Unguarded
from publish.minify import lean
from sitegen.incremental.cache import (
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
from sitegen.incremental.workers import Press
from sitegen.pages.render import Compiled

_SAID = logging.getLogger("mkdocs")
# What differs between two builds of one site and shows on no page.
_NOT_SHOWN = frozenset(
    "site_dir config_file_path dev_addr watch plugins hooks theme strict docs_dir".split()
)
_IN_EVERY_CONTEXT = frozenset(
    "nav pages base_url extra_css extra_javascript mkdocs_version config page".split()
) | {"build_date_utc"}


Finish = Callable[[str], str]


class Unpublished(Exception):
    """MkDocs stopped, or warned of something that a reader would find broken."""


@dataclass
class Publication:
    """One run of MkDocs over a book."""

    book: sitegen.Book
    press: Press
    whole: bool = True
    """Whether all of it is made at once, or each page when it is asked for."""
    nav: Navigation | None = None
    converted: dict[str, bytes] = field(default_factory=dict)
    """What a page of Markdown comes to, by address."""
    rendered: dict[str, bytes] = field(default_factory=dict)
    """The page in its frame, by address."""


_running: Publication | None = None


def running() -> Publication | None:
    """The publication under way in this process; None where MkDocs runs by itself."""
    return _running


def publish(
    book: sitegen.Book,
    press: Press,
    settings: Path,
    folder: Path,
    standing: Sequence[Path] = (),
) -> None:
    """Publish a book into a folder. Raises Unpublished with everything MkDocs said.

    A file that is the same in a folder that is `standing` already is shared, and not written.
    """
    with as_running(book, press) as publication, unpublished_if_stopped():
        config = settled(settings, folder)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
        _write(publication, folder, standing)


def _write(publication: Publication, folder: Path, standing: Sequence[Path]) -> None:
    """Write every page in its frame, and every file of the book, on every core."""
    pages = publication.rendered
    files = {asset.uri: asset.content for asset in publication.book.assets}
    mode = _mode_of_files()
    for parent in {os.path.dirname(address) for address in (*pages, *files)}:
        (folder / parent).mkdir(parents=True, exist_ok=True)

    def write(address: str) -> None:
        if address in pages:  # in the encoding of MkDocs
            content = unpacked_text(pages[address]).encode(errors="xmlcharrefreplace")
        else:
            content = files[address]
        path = f"{folder}/{address}"
        if not any(_shared(f"{each}/{address}", content, path, mode) for each in standing):
            with open(path, "wb") as file:
                file.write(content)

    list(publication.press.spread(write, [*pages, *files]))


def _mode_of_files() -> int:
    """The permissions of a file that this process writes."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _shared(standing: str, content: bytes, path: str, mode: int) -> bool:
    """Whether a file that stands elsewhere with this content could be given this path as well.

    It must be this user's, with the permissions that it would be written with.

    That takes a sixth of the time of writing it, and the file keeps its date. Nothing may write
    into a published file, which could be in the last site as well: it is replaced.
    """
    try:
        found = os.lstat(standing)
        if (found.st_mode, found.st_uid) != (stat.S_IFREG | mode, os.geteuid()):
            return False
        with open(standing, "rb") as file:
            if found.st_size != len(content) or file.read() != content:
                return False
        os.link(standing, path)
    except OSError:  # there is none, or the disk knows no such thing
        return False
    return True


def settled(settings: Path, folder: Path) -> MkDocsConfig:
    """The settings of MkDocs for a site in a folder."""
    config = load_config(str(settings), site_dir=str(folder.absolute()), strict=True)
    config.theme.get_env = _listing_less(config.theme)  # type: ignore[method-assign]
    return config


@contextmanager
def unpublished_if_stopped() -> Iterator[list[str]]:
    """Within it, what MkDocs warns of is heard; raises Unpublished with it where MkDocs stops."""
    with _heard() as said:
        try:
            yield said
        except (MkDocsException, jinja2.TemplateError, Unguarded) as error:
            raise Unpublished("\n".join([*said, f"{type(error).__name__}: {error}"])) from error


@contextmanager
def as_running(book: sitegen.Book, press: Press, whole: bool = True) -> Iterator[Publication]:
    """Within it, MkDocs in this process publishes the book."""
    global _running
    _running = Publication(book, press, whole)
    try:
        yield _running
    finally:
        _running = None


class _Listed(jinja2.FileSystemLoader):
    """Templates in folders, of which those in hidden ones are not listed: icons, by the thousand.

    MkDocs looks through the list in each build for what it is to copy, and leaves these out.
    """

    def list_templates(self) -> list[str]:
        """The name of every template in a folder that is not hidden."""
        found = set()
        for folder in map(str, self.searchpath):
            for place, inner, names in os.walk(folder):
                if place == folder:
                    inner[:] = [name for name in inner if not name.startswith(".")]
                found |= {Path(place, name).relative_to(folder).as_posix() for name in names}
        return sorted(found)


def _listing_less(theme: Theme) -> Callable[[], jinja2.Environment]:
    made = theme.get_env

    def get_env() -> jinja2.Environment:
        env = made()
        env.loader = _Listed(theme.dirs)
        return env

    return get_env


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
    pages = [file.page or Page(None, file, config) for file in files.documentation_pages()]
    if config.plugins.events["page_markdown"]:
        return nav  # a plugin changes the Markdown first, page by page: MkDocs converts
    publication.nav = nav
    stamp = _stamp_of_conversion(config)
    book = publication.book.by_uri
    keys = [digest(stamp, page.file.src_uri, _digest_of(page.file, book)) for page in pages]
    kept = publication.press.kept.get(keys)
    led_elsewhere = {key for key, value in kept.items() if not _still_leads(value, files)}
    addresses = digest([(file.src_uri, file.url) for file in files])
    keys = [digest(key, addresses) if key in led_elsewhere else key for key in keys]

    converted = _converting(files, config)
    for page, result in zip(pages, publication.press.through(converted, pages, keys), strict=True):
        publication.converted[page.url] = result
        _give(page, result)
    return nav


def frame(
    publication: Publication,
    env: jinja2.Environment,
    files: Files,
    config: MkDocsConfig,
    finish: Finish | None,
) -> Any:
    """Render the theme around every page, and have MkDocs take the results (for `on_env`).

    `finish` puts into a page what only one of the two copies has, its policy.
    """
    nav = publication.nav
    if nav is None or _others_change_pages(config):
        return env
    env.bytecode_cache = Compiled(publication.press.kept)
    _leave_search_alone(config)
    listed = files.documentation_pages()
    pages = [file.page for file in listed if file.page is not None]
    stamp = digest(_stamp_of_frame(config), [(each.title, each.url) for each in nav.pages])

    inner, press = publication.converted, publication.press
    context = partial(_context, nav, listed, config)

    def framed(page: Page) -> str:
        return _framed(page, _content(inner[page.url]), context, env)

    keys = [_key_of_frame(stamp, page, inner[page.url], context) for page in pages]
    if finish:
        results = _finished(press, finish, framed, pages, keys)
    else:
        results = press.through(lambda page: packed_text(framed(page)), pages, keys)
    publication.rendered = {
        page.file.dest_uri: each for page, each in zip(pages, results, strict=True)
    }
    return _Theme(env, publication.rendered)


def _context(
    nav: Navigation, listed: Sequence[File], config: MkDocsConfig, page: Page
) -> dict[str, Any]:
    """What the theme's templates know of a page."""
    given = get_context(nav, listed, config, page)
    return dict(config.plugins.on_page_context(given, page=page, config=config, nav=nav))


def _digest_of(file: File, book: Mapping[str, sitegen.Page]) -> str:
    page = book.get(file.src_uri)
    return page.sha256 if page else _sha256(file.content_bytes)


def _others_change_pages(config: MkDocsConfig) -> bool:
    """Whether a plugin changes a page besides our hook, so that MkDocs must go through them all."""
    events = config.plugins.events
    return bool(events["page_content"]) or len(events["post_page"]) > 1


def _finished(
    press: Press,
    finish: Finish,
    framed: Callable[[Page], str],
    pages: Sequence[Page],
    keys: Sequence[str],
) -> list[bytes]:
    """Every page in its frame, finished; a frame that is kept of the other copy is not made again.

    `keys` are those of the frames.
    """

    def work(number: int) -> bytes:
        key, page = keys[number], pages[number]
        frame = press.kept.get([key]).get(key)
        return packed_text(finish(unpacked_text(frame) if frame else framed(page)))

    return press.through(work, range(len(pages)), [digest(key, "finished") for key in keys])


def _leave_search_alone(config: MkDocsConfig) -> None:
    """Keep the search plugin from reading pages, each of which tells it to leave it out."""
    named = (config.plugins.get(name) for name in ("search", "material/search"))
    plugins = [plugin for plugin in named if plugin is not None]
    asked = config.plugins.events["page_context"]
    asked[:] = [each for each in asked if getattr(each, "__self__", None) not in plugins]


def _converting(files: Files, config: MkDocsConfig) -> Callable[[Page], bytes]:
    """What converts a page, with one reader of Markdown for all of them."""
    reader = markdown.Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs
    )

    def converted(page: Page) -> bytes:
        with _read_by(reader):
            return _converted(page, config, files)

    return converted


def _converted(page: Page, config: MkDocsConfig, files: Files) -> bytes:
    """What MkDocs makes of one page of Markdown, and which links it looked up.

    The text comes after the rest: it is only asked for where no frame around it is kept.
    """
    asked = _Asked(files)
    with _overheard() as said:
        page.read_source(config)
        Page.render(page, config, asked)
    to_anchors = (page.links_to_anchors or {}).items()
    about = packed(
        {
            "meta": page.meta if _is_of_json(page.meta) else None,
            "toc": [_entry(each) for each in page.toc],
            "title": page._title_from_render,
            "anchors": sorted(page.present_anchor_ids or ()),
            "to_anchors": [[file.src_uri, dict(links)] for file, links in to_anchors],
            "asked": asked.answers,
            "said": said,
        }
    )
    content = packed_text(page.content or "")
    page.markdown, page.content, page.toc = None, None, TableOfContents([])  # held packed alone
    return paired(about, content)


def _is_of_json(value: object) -> bool:
    """Whether JSON gives a value back as it was: it makes text of a date."""
    try:
        return bool(json.loads(json.dumps(value)) == value)
    except TypeError:
        return False


def _about(converted: bytes) -> Any:
    return unpacked(parted(converted)[0])


def _content(converted: bytes) -> str:
    return unpacked_text(parted(converted)[1])


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
def _read_by(reader: markdown.Markdown) -> Iterator[None]:
    """Within it, MkDocs converts with one reader instead of a new one for each page.

    No extension may make a reader of its own meanwhile: it would be given this one, emptied.
    The anchors of raw HTML are found with `_Anchors`.
    """
    before = structure._HTMLHandler, markdown.Markdown
    structure._HTMLHandler = _Anchors  # type: ignore[assignment, misc]
    markdown.Markdown = lambda **_: reader.reset()  # type: ignore[assignment, misc]
    try:
        yield
    finally:
        structure._HTMLHandler, markdown.Markdown = before  # type: ignore[misc]


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
    for path, url in _about(value)["asked"].items():
        file = files.get_file_from_path(path)
        if (file.url if file else None) != url:
            return False
    return True


def _give(page: Page, result: bytes) -> None:
    """Have the page's own methods hand over what was converted, and say what was said.

    Its text is handed over only to a plugin that would change it.
    """

    def read_source(config: MkDocsConfig) -> None:
        meta = _about(result)["meta"]
        if meta is None:
            Page.read_source(page, config)
        else:
            page.markdown, page.meta = "", meta

    def render(config: MkDocsConfig, files: Files) -> None:
        given = _about(result)
        page.content = _content(result) if _others_change_pages(config) else ""
        page.toc = TableOfContents([_anchor(each) for each in given["toc"]])
        page._title_from_render = given["title"]
        page.present_anchor_ids = set(given["anchors"])
        page.links_to_anchors = {}
        for address, links in given["to_anchors"]:
            if file := files.get_file_from_path(address):
                page.links_to_anchors[file] = links
        for name, level, message in given["said"]:
            logging.getLogger(name).log(level, message)

    page.read_source = read_source  # type: ignore[method-assign]
    page.render = render  # type: ignore[method-assign]


def _entry(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, [_entry(each) for each in link.children]]


def _anchor(entry: list[Any]) -> AnchorLink:
    title, id, level, children = entry
    link = AnchorLink(title, id, level)
    link.children = [_anchor(each) for each in children]
    return link


class _Overhearing(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.said: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append((record.name, record.levelno, record.getMessage()))


@contextmanager
def _overheard() -> Iterator[list[tuple[str, int, str]]]:
    """What MkDocs says meanwhile, and nobody else hears."""
    listener = _Overhearing()
    handlers, propagates = _SAID.handlers, _SAID.propagate
    _SAID.handlers, _SAID.propagate = [listener], False
    try:
        yield listener.said
    finally:
        _SAID.handlers, _SAID.propagate = handlers, propagates


def _key_of_frame(
    stamp: str, page: Page, converted: bytes, context: Callable[[Page], dict[str, Any]]
) -> str:
    """The digest of all that shows in a page's frame: itself, and what plugins add to it."""
    added = {name: value for name, value in context(page).items() if name not in _IN_EVERY_CONTEXT}
    inner = _sha256(converted)
    return digest(stamp, page.url, page.title, page.meta, page.edit_url, inner, added)


def _framed(
    page: Page, content: str, context: Callable[[Page], dict[str, Any]], env: jinja2.Environment
) -> str:
    """One page in its frame, without the frame's indentation."""
    page.active, page.content = True, content
    template = env.get_template(page.meta.get("template", "main.html"))
    html = lean(template.render(context(page)))
    page.active, page.content = False, ""  # of many pages, what each holds would fill the memory
    return html


@dataclass(frozen=True)
class _Theme:
    """The theme's templates; of a page that is rendered already MkDocs gets nothing to write."""

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
        """The page of a context; nothing where it is rendered already."""
        page = context.get("page")
        known = page is not None and page.file.dest_uri in self.rendered
        return "" if known else self.template.render(context)


def _stamp_of_conversion(config: MkDocsConfig) -> str:
    extensions = (config.markdown_extensions, config.mdx_configs)
    return digest(stamp_of_code(), *extensions, config.use_directory_urls, dict(config.validation))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


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
    own = _digest_of_theme(ours, Path(config.config_file_path).parent)
    return digest(stamp_of_code(), own, shown, theme, plugins, day)


def _digest_of_theme(folders: Sequence[Path], project: Path) -> str:
    """The digest of the theme's own templates; those of a library go by its version.

    A project may itself be in a folder of libraries, or hold one.
    """

    def is_of_a_library(folder: Path) -> bool:
        place = folder.relative_to(project) if folder.is_relative_to(project) else folder
        return "site-packages" in place.parts

    return digest_of_files([each for each in folders if not is_of_a_library(each)])


@cache
def _asks_for_offline(folders: tuple[Path, ...]) -> bool:
    for place, inner, names in (found for folder in folders for found in os.walk(folder)):
        inner[:] = [name for name in inner if not name.startswith(".")]  # icons, by the thousand
        templates = (Path(place, name) for name in names if name.endswith(".html"))
        if any("offline" in each.read_text(encoding="utf-8") for each in templates):
            return True
    return False
