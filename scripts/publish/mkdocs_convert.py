"""Converts all pages of Markdown on all cores; unchanged pages come from the cache."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from publish.mkdocs_internals import (
    FilesWithLookups,
    changes_markdown,
    forget_content,
    give_results,
    other_plugins_change_pages,
    shared_reader,
    title_from_markdown,
)
from publish.session import MKDOCS_LOG, Session
from sitegen import SiteOutput
from sitegen.incremental.cache import decode, decode_text, encode, encode_text, join, split
from sitegen.incremental.fingerprint import fingerprint


def convert_markdown(
    session: Session, nav: Navigation, files: Files, config: MkDocsConfig
) -> Navigation:
    """Convert every page of Markdown, and have MkDocs take the results (for `on_nav`)."""
    pages = [file.page or Page(None, file, config) for file in files.documentation_pages()]
    if changes_markdown(config):
        return nav
    session.nav = nav
    cache, settings = session.executor.cache, _settings(config)
    keys = [
        cache.key("convert", settings, page.file.src_uri, _text_of(page.file, session.output))
        for page in pages
    ]
    # A page whose links now lead elsewhere has another key.
    found = cache.get(keys)
    moved = {key for key, value in found.items() if not _links_are_current(value, files)}
    addresses = fingerprint([(file.src_uri, file.url) for file in files])
    keys = [cache.key(key, addresses) if key in moved else key for key in keys]

    convert = _converter(files, config)
    results = session.executor.cached_map(convert, pages, keys)
    for page, result in zip(pages, results, strict=True):
        session.converted[page.url] = result
        _install(page, result, config)
    return nav


def content_of(converted: bytes) -> str:
    """Return the HTML of a converted page."""
    return decode_text(split(converted)[1])


def _settings(config: MkDocsConfig) -> str:
    return fingerprint(
        config.markdown_extensions,
        config.mdx_configs,
        config.use_directory_urls,
        dict(config.validation),
    )


def _text_of(file: File, output: SiteOutput) -> str:
    """Return the fingerprint of the text of a page: a generated one, or a file in docs/."""
    generated = output.fingerprint_of(file.src_uri)
    return generated or hashlib.sha256(file.content_bytes).hexdigest()


def _links_are_current(converted: bytes, files: Files) -> bool:
    """Return whether every link of a cached page has the same target as before."""
    for path, url in _facts(converted)["lookups"].items():
        file = files.get_file_from_path(path)
        if (file.url if file else None) != url:
            return False
    return True


def _converter(files: Files, config: MkDocsConfig) -> Callable[[Page], bytes]:
    """Return the function that converts a page; all pages share one reader of Markdown."""
    reader = markdown.Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs
    )

    def convert(page: Page) -> bytes:
        with shared_reader(reader):
            return _convert(page, config, files)

    return convert


def _convert(page: Page, config: MkDocsConfig, files: Files) -> bytes:
    """Return the facts of a converted page and its HTML, both encoded and joined.

    The facts include the links that MkDocs looked up. The HTML is decoded only where the rendered
    page is not in the cache.
    """
    recorded = FilesWithLookups(files)
    with _captured_log() as messages:
        page.read_source(config)
        Page.render(page, config, recorded)
    to_anchors = (page.links_to_anchors or {}).items()
    facts = encode(
        {
            "meta": page.meta if _survives_json(page.meta) else None,
            "toc": [_plain_entry(link) for link in page.toc],
            "title": title_from_markdown(page),
            "anchors": sorted(page.present_anchor_ids or ()),
            "to_anchors": [[file.src_uri, dict(links)] for file, links in to_anchors],
            "lookups": recorded.lookups,
            "messages": messages,
        }
    )
    content = encode_text(page.content or "")
    forget_content(page)
    return join(facts, content)


def _survives_json(value: object) -> bool:
    """Return whether a value is the same after JSON; a date, for example, becomes text."""
    try:
        return bool(json.loads(json.dumps(value)) == value)
    except TypeError:
        return False


def _facts(converted: bytes) -> Any:
    return decode(split(converted)[0])


def _install(page: Page, converted: bytes, config: MkDocsConfig) -> None:
    """Have MkDocs take a converted page, and log again what was logged during its conversion.

    The HTML is decoded only where another plugin may change it.
    """

    def fill(page: Page, files: Files) -> str | None:
        facts = _facts(converted)
        page.content = content_of(converted) if other_plugins_change_pages(config) else ""
        page.toc = TableOfContents([_entry(plain) for plain in facts["toc"]])
        page.present_anchor_ids = set(facts["anchors"])
        page.links_to_anchors = {}
        for address, links in facts["to_anchors"]:
            if file := files.get_file_from_path(address):
                page.links_to_anchors[file] = links
        for name, level, message in facts["messages"]:
            logging.getLogger(name).log(level, message)
        title: str | None = facts["title"]
        return title

    give_results(page, lambda: _facts(converted)["meta"], fill)


def _plain_entry(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, [_plain_entry(child) for child in link.children]]


def _entry(plain: list[Any]) -> AnchorLink:
    title, id, level, children = plain
    link = AnchorLink(title, id, level)
    link.children = [_entry(child) for child in children]
    return link


class _LogCollector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.messages: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.name, record.levelno, record.getMessage()))


@contextmanager
def _captured_log() -> Iterator[list[tuple[str, int, str]]]:
    """Run a block whose messages of MkDocs are collected instead of logged."""
    collector = _LogCollector()
    handlers, propagates = MKDOCS_LOG.handlers, MKDOCS_LOG.propagate
    MKDOCS_LOG.handlers, MKDOCS_LOG.propagate = [collector], False
    try:
        yield collector.messages
    finally:
        MKDOCS_LOG.handlers, MKDOCS_LOG.propagate = handlers, propagates
