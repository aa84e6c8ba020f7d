"""Edge: hands pages and search entries to MkDocs, and names the site after its data."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

import publisher
import sitegen
from sitegen.lean import lean

ROOT = Path(__file__).parent.parent

_book: sitegen.Book | None = None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the data anew, for each build; say every problem and stop where there is one."""
    global _book
    data = ROOT / os.environ.get("DATA_DIR", "data")
    publication = publisher.running()
    _book = publication.book if publication else _read(data)
    config.watch.append(str(data))
    identity = _book.site.identity
    config.site_name = identity.title
    config.site_description = identity.description
    if identity.address and os.environ.get("OFFLINE") != "true":
        config.site_url = f"{identity.address}/"
    config.copyright = sitegen.colophon(_book.site)
    config.extra["reference"] = sitegen.reference(_book.site)
    return config


def _read(data: Path) -> sitegen.Book:
    named = (os.environ.get(each) for each in ("ARCHIVE", "EDITION"))
    offered = tuple(Path(each) for each in named if each)
    try:
        return sitegen.build(data, ROOT / "templates", offered)
    except sitegen.DataError as error:
        raise PluginError(f"The data has problems; nothing was built:\n{error}") from None


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every generated page and file to those of the docs folder."""
    for page in _the_book().pages:
        files.append(File.generated(config, page.uri, content=page.markdown))
    for asset in _the_book().assets:
        files.append(File.generated(config, asset.uri, content=asset.content))
    return files


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Give the frame the JSON-LD of the page that it is around."""
    page.meta["structured"] = _the_book().structured.get(page.file.src_uri)
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Leave out the indentation of the theme, a twentieth of the packed size of a page."""
    return lean(output)


def on_post_build(config: MkDocsConfig) -> None:
    """Fill the index that the search plugin has written; the offline plugin packs it afterwards.

    The pages themselves are left out of it (`search: {exclude: true}` in their front matter).
    """
    path = Path(config.site_dir) / "search" / "search_index.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    index["docs"] = _the_book().documents
    written = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.write_text(written, encoding="utf-8")


@event_priority(-100)  # when every other hook has had its say
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Have the pages converted together, where this process publishes them."""
    publication = publisher.running()
    return publisher.convert(publication, nav, files, config) if publication else nav


@event_priority(-100)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Have the theme rendered around them together."""
    publication = publisher.running()
    return publisher.frame(publication, env, files, config) if publication else env


def _the_book() -> sitegen.Book:
    if _book is None:
        raise PluginError("MkDocs asked for the pages before it read its configuration.")
    return _book
