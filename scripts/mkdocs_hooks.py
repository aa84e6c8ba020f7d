"""The MkDocs hook: it adds the generated pages and files, and fills the search index."""

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
from publish.csp import prepare_for_server
from publish.minify import minify, minify_css
from publish.mkdocs_convert import convert_markdown
from publish.mkdocs_theme import apply_theme
from publish.session import current_session
from publish.table_roles import with_roles
from sitegen.addresses import unique
from sitegen.model import read_address

ROOT = Path(__file__).parent.parent
PUBLISHED = frozenset(".css .ico .jpg .js .md .png .svg .webp .woff2".split())
"""The suffixes of files in the docs folder that are published."""

_output: sitegen.SiteOutput | None = None
_finish: Callable[[str], str] | None = None
"""Adds the policy to a page for a web server.

It is None for a preview, whose server adds a script of its own to each page, and for the offline
copy, whose files have no origin.
"""
_command = "build"


def on_startup(command: str, dirty: bool) -> None:
    """Store the command of MkDocs: `build` or `serve`."""
    global _command
    _command = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the data at the start of each build, and set the name and address of the site.

    Texts are escaped here, because most templates of the theme print settings unescaped; the
    others recognise a text as escaped. Raise PluginError with every problem of the data.
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
    """Return the output of a data folder, with the downloads that the environment names."""
    paths = (os.environ.get(variable) for variable in ("ARCHIVE", "EDITION"))
    downloads = tuple(Path(path) for path in paths if path)
    try:
        return sitegen.build(data, ROOT / "templates", downloads, address=_address())
    except sitegen.DataError as error:
        raise PluginError(f"The data has problems; nothing was built:\n{error}") from None


def _address() -> str | None:
    """Return the address of the site that SITE_ADDRESS sets, None where it sets none."""
    try:
        return read_address(os.environ.get("SITE_ADDRESS") or "not set")
    except ValueError as error:
        raise PluginError(f"SITE_ADDRESS {error}") from None


def on_pre_build(config: MkDocsConfig) -> None:
    """Raise PluginError for a link in the docs folder: MkDocs would publish its target."""
    for place, folders, names in os.walk(config.docs_dir):
        for path in (os.path.join(place, name) for name in (*folders, *names)):
            if os.path.islink(path):
                raise PluginError(f"{path} is a link: put the file itself there.")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every generated page and file to the files of the docs folder.

    Files of the docs folder with other suffixes than those in PUBLISHED are left out: they may be
    backups of an editor, or keys. A session writes the generated files itself, since no page of
    Markdown refers to one.
    """
    for file in [file for file in files if file.src_dir == config.docs_dir]:
        suffix = Path(file.src_uri).suffix
        if suffix not in PUBLISHED:
            files.remove(file)
        elif suffix == ".css":
            file.content_string = minify_css(file.content_string)
    _check_addresses(files, config)
    for uri in _the_output().uris:
        files.append(_GeneratedPage.generated(config, uri, content=b""))
    for asset in () if current_session() else _the_output().assets:
        files.append(File.generated(config, asset.uri, content=asset.content))
    return files


def _check_addresses(files: Files, config: MkDocsConfig) -> None:
    """Raise PluginError where two pages or files would be published at one address.

    A preview makes generated files on request, so they are not compared there.
    """
    session = current_session()
    pages = (uri.removesuffix(".md") + ".html" for uri in _the_output().uris)
    is_preview = session is not None and not session.all_at_once
    assets = () if is_preview else (asset.uri for asset in _the_output().assets)
    # The offline copy has no page for wrong addresses, and the website of the same files has.
    of_theme = {*config.theme.static_templates, "404.html"}
    existing = (*(file.dest_uri for file in files), *of_theme)
    try:
        unique((address, None) for address in (*existing, *pages, *assets))
    except sitegen.DataError as error:
        raise PluginError(str(error)) from None


class _GeneratedPage(File):
    """A generated page, rendered to Markdown when MkDocs first reads it."""

    @property  # type: ignore[misc]
    def content_bytes(self) -> bytes:
        """The Markdown of the page in UTF-8."""
        return _the_output().page(self.src_uri).content

    @property  # type: ignore[misc]
    def content_string(self) -> str:
        """The Markdown of the page."""
        return _the_output().page(self.src_uri).markdown


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Add the JSON-LD of the page to the context of its template."""
    page.meta["structured"] = _the_output().structured_data(page.file.src_uri)
    return context


@event_priority(-100)
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Return the page without the theme's indentation, with roles in tables, and with its policy.

    The indentation is a twentieth of the compressed size. The output is empty for a page that
    the session has rendered, which has both already.
    """
    return _finished(output) if output else output


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Do the same for a page that the theme makes without Markdown, such as `404.html`."""
    return _finished(output) if template_name.endswith(".html") else output


def _finished(output: str) -> str:
    html = with_roles(minify(output))
    return _finish(html) if _finish else html


def _is_offline(config: MkDocsConfig) -> bool:
    """Return whether the offline plugin is enabled."""
    plugins = (config.plugins.get(name) for name in ("offline", "material/offline"))
    return any(plugin.config.get("enabled") for plugin in plugins if plugin)


def on_post_build(config: MkDocsConfig) -> None:
    """Add the search entries to the index that the search plugin has written.

    The pages themselves are left out of it (`search: {exclude: true}` in their front matter). The
    offline plugin runs later and wraps the index in a script.
    """
    path = Path(config.site_dir) / "search" / "search_index.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    index["docs"] = list(_the_output().documents)
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


@event_priority(-100)  # after every other plugin
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Convert all pages together, in a session that builds every page."""
    session = current_session()
    if session is None or not session.all_at_once:
        return nav
    return convert_markdown(session, nav, files, config)


@event_priority(-100)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Render the theme around all pages together; every file is known at this event."""
    global _finish
    _finish = None if _command == "serve" or _is_offline(config) else prepare_for_server
    session = current_session()
    return apply_theme(session, env, files, config, _finish) if session else env


def _the_output() -> sitegen.SiteOutput:
    """Return the output of this build. Raise PluginError before `on_config` has read the data."""
    if _output is None:
        raise PluginError("MkDocs requested the pages before it read its configuration.")
    return _output
