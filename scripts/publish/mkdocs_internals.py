"""The internals of MkDocs: every name of MkDocs 1.6 that is replaced, wrapped or private.

- `structure.pages._HTMLHandler`: its parser of anchors takes twenty times as long (same bytes).
- `structure.pages.markdown.Markdown`: MkDocs makes a new reader for each page (same bytes).
- `Page.read_source`, `.render`, `._title_from_render`: a page takes an earlier result (same bytes).
- `Theme.get_env`: MkDocs lists ten thousand icons in each build (same bytes).
- `PluginCollection.events`: the search plugin parses pages that it leaves out (same bytes).
- `commands.build._populate_page`, `._build_page`, `._build_theme_template`: the preview makes one
  page by the steps of MkDocs (`tests/publish/test_preview_server.py` compares it with a build).

"Same bytes" is `tests/sites/test_reproducible.py`: our build and a plain `mkdocs build` give the
same files. The names of MkDocs' preview server are in `mkdocs_livereload`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2
import markdown
from mkdocs.commands.build import _build_page as build_page
from mkdocs.commands.build import _build_theme_template as build_theme_template
from mkdocs.commands.build import _populate_page as populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages as structure
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.theme import Theme
from selectolax.lexbor import LexborHTMLParser

__all__ = [
    "FilesWithLookups",
    "build_page",
    "build_theme_template",
    "changes_markdown",
    "forget_content",
    "give_results",
    "keep_search_plugin_out",
    "list_fewer_templates",
    "other_plugins_change_pages",
    "populate_page",
    "shared_reader",
    "title_from_markdown",
]


class FilesWithLookups(Files):
    """The files of a site, which record each path that is looked up and its published address."""

    def __init__(self, files: Files) -> None:
        """Take the files of a build."""
        super().__init__([])
        self._original = files
        self.lookups: dict[str, str | None] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at a path among the sources, and record the lookup."""
        file = self._original.get_file_from_path(path)
        self.lookups[path] = file.url if file else None
        return file


class _Anchors:
    """Replaces the parser by which MkDocs finds the anchors of a page."""

    def __init__(self) -> None:
        self.present_anchor_ids: set[str] = set()

    def feed(self, text: str) -> None:
        """Find every `id`, and every `name` of a link."""
        for element in LexborHTMLParser(text).css("[id], a[name]"):
            attributes = element.attributes
            name = attributes.get("name") if element.tag == "a" else None
            self.present_anchor_ids |= {text for text in (attributes.get("id"), name) if text}

    def close(self) -> None:
        """Do nothing: `feed` has parsed everything."""


@contextmanager
def shared_reader(reader: markdown.Markdown) -> Iterator[None]:
    """Run a block in which MkDocs has one reader of Markdown, and finds anchors with `_Anchors`.

    No extension may make a reader of its own meanwhile: it would get this one, reset.
    """
    before = structure._HTMLHandler, markdown.Markdown
    structure._HTMLHandler = _Anchors  # type: ignore[assignment, misc]
    markdown.Markdown = lambda **_: reader.reset()  # type: ignore[assignment, misc]
    try:
        yield
    finally:
        structure._HTMLHandler, markdown.Markdown = before  # type: ignore[misc]


def title_from_markdown(page: Page) -> str | None:
    """Return the title that MkDocs found in the rendered text of a page."""
    return page._title_from_render


def give_results(
    page: Page,
    meta: Callable[[], dict[str, object] | None],
    fill: Callable[[Page, Files], str | None],
) -> None:
    """Have a page take an earlier result where MkDocs would read and convert it.

    `meta` returns its front matter, None where MkDocs is to read it. `fill` sets what conversion
    sets, and returns the title found in its text.
    """

    def read_source(config: MkDocsConfig) -> None:
        found = meta()
        if found is None:
            Page.read_source(page, config)
        else:
            page.markdown, page.meta = "", found

    def render(config: MkDocsConfig, files: Files) -> None:
        page._title_from_render = fill(page, files)

    page.read_source = read_source  # type: ignore[method-assign]
    page.render = render  # type: ignore[method-assign]


def forget_content(page: Page) -> None:
    """Drop the text of a converted page to free memory; its result is stored compressed."""
    page.markdown, page.content, page.toc = None, None, TableOfContents([])


def list_fewer_templates(theme: Theme) -> None:
    """Have a theme leave hidden folders out when it lists its templates.

    MkDocs searches the list in each build for files to copy, and ignores hidden folders itself.
    """
    original = theme.get_env

    def get_env() -> jinja2.Environment:
        env = original()
        env.loader = _VisibleTemplates(theme.dirs)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]


class _VisibleTemplates(jinja2.FileSystemLoader):
    """The templates outside hidden folders, which hold ten thousand icons."""

    def list_templates(self) -> list[str]:
        """Return the name of every template in a folder that is not hidden."""
        found = set()
        for folder in map(str, self.searchpath):
            for place, inner, names in os.walk(folder):
                if place == folder:
                    inner[:] = [name for name in inner if not name.startswith(".")]
                found |= {Path(place, name).relative_to(folder).as_posix() for name in names}
        return sorted(found)


def keep_search_plugin_out(config: MkDocsConfig) -> None:
    """Keep the search plugin from parsing pages, all of which are excluded from its index."""
    named = (config.plugins.get(name) for name in ("search", "material/search"))
    plugins = [plugin for plugin in named if plugin is not None]
    handlers = config.plugins.events["page_context"]
    handlers[:] = [call for call in handlers if getattr(call, "__self__", None) not in plugins]


def changes_markdown(config: MkDocsConfig) -> bool:
    """Return whether a plugin changes the Markdown of pages, so that MkDocs must convert each."""
    return bool(config.plugins.events["page_markdown"])


def other_plugins_change_pages(config: MkDocsConfig) -> bool:
    """Return whether a plugin besides our hook changes pages, so that MkDocs must render each."""
    events = config.plugins.events
    return bool(events["page_content"]) or len(events["post_page"]) > 1
