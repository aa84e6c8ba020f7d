"""Hands pages and search entries to MkDocs, and names the site after its data."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

import sitegen
from publish import html_blocks
from publish.csp import for_a_server
from publish.minify import minify
from publish.mkdocs_convert import convert_markdown
from publish.mkdocs_theme import apply_theme
from publish.session import current_session
from sitegen.addresses import unique
from sitegen.model import read_address

ROOT = Path(__file__).parent.parent
PUBLISHED = frozenset(".css .ico .jpg .js .md .png .svg .webp .woff2".split())
"""How the names of files in the docs folder end that are published."""

_output: sitegen.SiteOutput | None = None
_guard: Callable[[str], str] | None = None
"""Makes a page one for a web server; None where pages are served while they are edited, by a
server that adds a script of its own, or opened from disk, where no file has an origin."""
_command = "build"


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this builds the site or serves it."""
    global _command
    _command = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the data anew, for each build; say every problem and stop where there is one.

    Texts are escaped here, because the theme prints its settings as they are; where it does escape
    them, it sees that they are.
    """
    global _output
    data = ROOT / os.environ.get("DATA_DIR", "data")
    session = current_session()
    _output = session.output if session else _read(data)
    config.watch.append(str(data))
    if html_blocks.NAME not in config.markdown_extensions:
        config.markdown_extensions.append(html_blocks.NAME)
    identity = _output.site.identity
    config.site_name = escape(identity.title)
    config.site_description = escape(identity.description)
    is_offline = os.environ.get("OFFLINE") == "true"
    config.site_url = f"{identity.address}/" if identity.address and not is_offline else None
    if is_offline:
        config.theme.static_templates.discard("404.html")  # no server shows it
    config.copyright = sitegen.colophon(_output.site)
    texts = sitegen.reference(_output.site).items()
    config.extra["reference"] = {name: text and escape(text) for name, text in texts}
    return config


def _read(data: Path) -> sitegen.SiteOutput:
    named = (os.environ.get(each) for each in ("ARCHIVE", "EDITION"))
    downloads = tuple(Path(each) for each in named if each)
    try:
        return sitegen.build(data, ROOT / "templates", downloads, address=_address())
    except sitegen.DataError as error:
        raise PluginError(f"The data has problems; nothing was built:\n{error}") from None


def _address() -> str | None:
    """Return where the site is published, if the environment says so."""
    try:
        return read_address(os.environ.get("SITE_ADDRESS") or "not set")
    except ValueError as error:
        raise PluginError(f"SITE_ADDRESS {error}") from None


def on_pre_build(config: MkDocsConfig) -> None:
    """Refuse links in the docs folder: MkDocs would publish whatever they lead to."""
    for place, folders, names in os.walk(config.docs_dir):
        for path in (os.path.join(place, name) for name in (*folders, *names)):
            if os.path.islink(path):
                raise PluginError(f"{path} is a link: put the file itself there.")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every generated page to those of the docs folder, and every file.

    Of the docs folder, only what a page can use is published: no copy of an editor's, no key.
    Where this process publishes the site, it writes the files: no page of Markdown names one.
    """
    for file in [*files]:
        if file.src_dir == config.docs_dir and Path(file.src_uri).suffix not in PUBLISHED:
            files.remove(file)
    _look_at_addresses(files, config)
    for uri in _the_output().uris:
        files.append(_GeneratedPage.generated(config, uri, content=b""))
    for asset in () if current_session() else _the_output().assets:
        files.append(File.generated(config, asset.uri, content=asset.content))
    return files


def _look_at_addresses(files: Files, config: MkDocsConfig) -> None:
    """Stop the build where two things would be published at one address.

    A preview makes the files of the site when they are asked for, and is not stopped by them.
    """
    session = current_session()
    pages = (uri.removesuffix(".md") + ".html" for uri in _the_output().uris)
    is_preview = session is not None and not session.all_at_once
    assets = () if is_preview else (asset.uri for asset in _the_output().assets)
    theirs = (*(file.dest_uri for file in files), *config.theme.static_templates)
    try:
        unique((address, None) for address in (*theirs, *pages, *assets))
    except sitegen.DataError as error:
        raise PluginError(str(error)) from None


class _GeneratedPage(File):
    """A page that is rendered when MkDocs reads it, if it is not yet."""

    @property  # type: ignore[misc]
    def content_bytes(self) -> bytes:
        """Its Markdown in UTF-8."""
        return _the_output().page(self.src_uri).content

    @property  # type: ignore[misc]
    def content_string(self) -> str:
        """Its Markdown."""
        return _the_output().page(self.src_uri).markdown


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Give the frame the JSON-LD of the page that it is around."""
    page.meta["structured"] = _the_output().structured_data(page.file.src_uri)
    return context


@event_priority(-100)
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Leave out the theme's indentation, a twentieth of the packed size; put the policy in.

    What the publisher has framed has been through both.
    """
    return _finished(minify(output)) if output else output


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Do the same to a page that belongs to no source, such as that of a wrong address."""
    return _finished(minify(output)) if template_name.endswith(".html") else output


def _finished(html: str) -> str:
    return _guard(html) if _guard else html


def _is_offline(config: MkDocsConfig) -> bool:
    known = (config.plugins.get(name) for name in ("offline", "material/offline"))
    return any(plugin.config.get("enabled") for plugin in known if plugin)


def on_post_build(config: MkDocsConfig) -> None:
    """Fill the index that the search plugin has written; the offline plugin packs it afterwards.

    The pages themselves are left out of it (`search: {exclude: true}` in their front matter).
    """
    path = Path(config.site_dir) / "search" / "search_index.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    index["docs"] = list(_the_output().documents)
    written = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.write_text(written, encoding="utf-8")


@event_priority(-100)  # when every other hook has had its say
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Have the pages converted together, where this process publishes them."""
    session = current_session()
    if session is None or not session.all_at_once:
        return nav
    return convert_markdown(session, nav, files, config)


@event_priority(-100)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Have the theme rendered around them together; by now every file is known."""
    global _guard
    _guard = None if _command == "serve" or _is_offline(config) else for_a_server
    session = current_session()
    return apply_theme(session, env, files, config, _guard) if session else env


def _the_output() -> sitegen.SiteOutput:
    if _output is None:
        raise PluginError("MkDocs asked for the pages before it read its configuration.")
    return _output
