"""Renders the theme around all pages on all cores; unchanged pages come from the cache."""

from __future__ import annotations

import hashlib
import os
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from publish.minify import minify
from publish.mkdocs_convert import content_of
from publish.mkdocs_internals import keep_search_plugin_out, other_plugins_change_pages
from publish.session import Session
from publish.table_roles import with_roles
from sitegen.incremental.cache import decode_text, encode_text
from sitegen.incremental.fingerprint import fingerprint, fingerprint_of_files
from sitegen.incremental.workers import Executor
from sitegen.pages.jinja import CachedBytecode

# Settings that may differ between two builds of one site, and have no effect on any page.
_WITHOUT_EFFECT = frozenset(
    "site_dir config_file_path dev_addr watch plugins hooks theme strict docs_dir"
    " exclude_docs draft_docs not_in_nav".split()
)
_IN_EVERY_CONTEXT = frozenset(
    "nav pages base_url extra_css extra_javascript mkdocs_version config page".split()
) | {"build_date_utc"}

Finish = Callable[[str], str]
"""Returns a rendered page with the policy that only the website has."""
Context = Callable[[Page], dict[str, Any]]


def apply_theme(
    session: Session,
    env: jinja2.Environment,
    files: Files,
    config: MkDocsConfig,
    finish: Finish | None,
) -> Any:
    """Render the theme around every page, and have MkDocs take the results (for `on_env`)."""
    nav = session.nav
    if nav is None or other_plugins_change_pages(config):
        return env
    env.bytecode_cache = CachedBytecode(session.executor.cache)
    keep_search_plugin_out(config)
    listed = files.documentation_pages()
    pages = [file.page for file in listed if file.page is not None]
    context = partial(_context, nav, listed, config)
    converted, executor = session.converted, session.executor
    shared = fingerprint(_shared(config), [(page.title, page.url) for page in nav.pages])
    keys = [_key(executor, shared, page, converted[page.url], context) for page in pages]

    def render(page: Page) -> str:
        return _render(page, content_of(converted[page.url]), context, env)

    if finish:
        results = _finished(executor, finish, render, pages, keys)
    else:
        results = executor.cached_map(lambda page: encode_text(render(page)), pages, keys)
    addresses = (page.file.dest_uri for page in pages)
    session.rendered = dict(zip(addresses, results, strict=True))
    return _Theme(env, session.rendered)


def _context(
    nav: Navigation, listed: Sequence[File], config: MkDocsConfig, page: Page
) -> dict[str, Any]:
    """Return the context of the theme's templates for a page."""
    given = get_context(nav, listed, config, page)
    return dict(config.plugins.on_page_context(given, page=page, config=config, nav=nav))


def _key(executor: Executor, shared: str, page: Page, converted: bytes, context: Context) -> str:
    """Return the key of a rendered page: page, theme, and what plugins add to the context."""
    added = {name: value for name, value in context(page).items() if name not in _IN_EVERY_CONTEXT}
    inner = hashlib.sha256(converted).hexdigest()
    about = (page.url, page.title, page.meta, page.edit_url)
    return executor.cache.key("theme", shared, about, inner, added)


def _render(page: Page, content: str, context: Context, env: jinja2.Environment) -> str:
    """Return one page with the theme around it, minified, with roles in its tables."""
    page.active, page.content = True, content
    template = env.get_template(page.meta.get("template", "main.html"))
    html = with_roles(minify(template.render(context(page))))
    page.active, page.content = False, ""  # the texts of many pages would fill the memory
    return html


def _finished(
    executor: Executor,
    finish: Finish,
    render: Callable[[Page], str],
    pages: Sequence[Page],
    keys: Sequence[str],
) -> list[bytes]:
    """Return every rendered page, finished; a page that the other copy has rendered is reused.

    `keys` are the keys of the rendered pages before `finish`.
    """

    def work(number: int) -> bytes:
        key, page = keys[number], pages[number]
        rendered = executor.cache.get([key]).get(key)
        html = decode_text(rendered) if rendered else render(page)
        return encode_text(finish(html))

    finished = [executor.cache.key("finished", key) for key in keys]
    return executor.cached_map(work, range(len(pages)), finished)


@dataclass(frozen=True)
class _Theme:
    """The theme's templates; MkDocs gets an empty text for a page that is already rendered."""

    env: jinja2.Environment
    rendered: Mapping[str, bytes]

    def get_template(self, name: str) -> _Template:
        """Return a template of the theme."""
        return _Template(self.env.get_template(name), self.rendered)


@dataclass(frozen=True)
class _Template:
    template: jinja2.Template
    rendered: Mapping[str, bytes]

    def render(self, context: Mapping[str, Any]) -> str:
        """Return the page of a context, and an empty text where it is already rendered."""
        page = context.get("page")
        known = page is not None and page.file.dest_uri in self.rendered
        return "" if known else self.template.render(context)


def _shared(config: MkDocsConfig) -> str:
    """Return the fingerprint of what every page depends on: theme, settings, time of the build.

    The offline plugin counts only where a template of the theme mentions it.
    """
    shown = {name: value for name, value in config.items() if name not in _WITHOUT_EFFECT}
    settings = ((name, getattr(plugin, "config", {})) for name, plugin in config.plugins.items())
    plugins = {name: dict(chosen) for name, chosen in settings}
    folders = tuple(map(Path, config.theme.dirs))
    if not _mentions_offline(folders):
        plugins.pop("material/offline", None)
        plugins.pop("offline", None)
    day = os.environ.get("SOURCE_DATE_EPOCH")
    theme = {**config.theme, "locale": str(config.theme.locale)}
    return fingerprint(_own_templates(folders), shown, theme, plugins, day)


def _own_templates(folders: Sequence[Path]) -> str:
    """Return the fingerprint of the templates in folders, without those of installed libraries.

    The versions of libraries are part of every key already.
    """
    libraries = sysconfig.get_path("purelib")
    return fingerprint_of_files(
        [folder for folder in folders if not folder.is_relative_to(libraries)]
    )


@cache
def _mentions_offline(folders: tuple[Path, ...]) -> bool:
    """Return whether a template in the folders mentions the offline plugin."""
    for place, inner, names in (found for folder in folders for found in os.walk(folder)):
        inner[:] = [name for name in inner if not name.startswith(".")]  # icons, by the thousand
        templates = (Path(place, name) for name in names if name.endswith(".html"))
        if any("offline" in path.read_text(encoding="utf-8") for path in templates):
            return True
    return False
