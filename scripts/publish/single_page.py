"""The one-page edition: all pages of a site in one HTML file, whose links stay in the file."""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from posixpath import dirname, normpath

from lxml import etree

from publish.csp import single_file_policy
from sitegen.incremental.cache import decode_text, encode_text, join, split
from sitegen.incremental.fingerprint import fingerprint_of_files
from sitegen.incremental.workers import SERIAL, Executor

EDITION = "-whole.html"
"""The end of the name of the file."""
STYLES = (
    "assets/site.css",
    "assets/components.css",
    "assets/tables.css",
    "assets/print.css",
    "assets/whole.css",
)

# Of no use in one file: the page for unknown addresses, and the one that verifies the others.
LEFT_OUT = ("404.html", "verify.html")
_REMOVED_TAGS = ("script", "noscript", "style", "form", "button", "progress", "iframe")
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_SCHEME = re.compile("[a-z]+:")
_LOWER_HEADINGS = {f"h{level}": f"h{min(level + 1, 6)}" for level in range(1, 6)}
_PARSER = etree.HTMLParser()
_IMAGE_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


def single_page(site: Path, title: str, about: str, executor: Executor = SERIAL) -> Iterator[bytes]:
    """Yield, in pieces, one HTML file with every page of a built site as a section.

    Styles and images are embedded, so the file needs no other. `about` is the line below the
    title, with version and date.
    """
    addresses = pages_in_reading_order(site)
    known = frozenset(addresses)
    shared = (addresses, fingerprint_of_files(sorted(_images(site))))
    hashes = [sha256((site / address).read_bytes()).hexdigest() for address in addresses]
    keys = [
        executor.cache.key("section", shared, address, content_hash)
        for address, content_hash in zip(addresses, hashes, strict=True)
    ]
    pages = executor.cached_map(lambda address: _page(site, address, known), addresses, keys)
    contents = "".join(
        f'<li><a href="#{_section_id(address)}">{decode_text(split(page)[0])}</a></li>'
        for address, page in zip(addresses, pages, strict=True)
    )
    style_sheets = "\n".join((site / name).read_text(encoding="utf-8") for name in STYLES)
    styles = f"\n{style_sheets}\n"
    yield _HEAD.format(
        policy=single_file_policy(styles),
        title=_escape(title),
        about=_escape(about),
        styles=styles,
        contents=contents,
    ).encode()
    for page in pages:
        yield f"{decode_text(split(page)[1])}\n".encode()
    yield _FOOT.encode()


_HEAD = """<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: everything on one page</title>
<style>{styles}</style>
</head>
<body class="md-typeset" data-md-color-scheme="default">
<header><h1>{title}</h1><p>{about}</p></header>
<nav aria-label="Contents"><h2>Contents</h2><ol class="contents">{contents}</ol></nav>
<main>
"""
_FOOT = """</main>
</body>
</html>
"""


def pages_in_reading_order(site: Path) -> list[str]:
    """Return the address of every page, in the order in which the footer links to the sections.

    The index of a section comes before its other pages.
    """
    front = etree.fromstring((site / "index.html").read_bytes(), _PARSER)
    tops = [PurePosixPath(to).parts[0] for to in front.xpath("//nav[@class='footer__nav']/a/@href")]
    found = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))

    def order(address: str) -> tuple[int, bool, str]:
        path = PurePosixPath(address)
        place = tops.index(path.parts[0]) if path.parts[0] in tops else len(tops)
        return place, path.name != "index.html", address

    return sorted((address for address in found if address not in LEFT_OUT), key=order)


def _page(site: Path, address: str, known: frozenset[str]) -> bytes:
    """Return the heading of a page and its section, both as HTML, encoded and joined."""
    shown = article(site / address)
    title = _escape(str(shown.xpath("string(.//h1)")).strip())
    return join(encode_text(title), encode_text(_section(site, address, shown, known)))


def article(page: Path) -> etree._Element:
    """Return the article of a page, without what works only on the page itself."""
    found = _ARTICLE.search(page.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{page} holds no article")
    shown = etree.fromstring(found[0], _PARSER).find("body/article")
    for link in shown.xpath(".//a[contains(@class, 'headerlink')]"):
        link.tag = _REMOVED_TAGS[0]
    etree.strip_elements(shown, *_REMOVED_TAGS, with_tail=False)
    return shown


def _section(site: Path, address: str, shown: etree._Element, known: frozenset[str]) -> str:
    """Return the article as a section: ids prefixed, links adapted, headings one level lower."""
    section_id = _section_id(address)
    for element in shown.xpath("descendant-or-self::*[@id or @href]"):
        if anchor := element.get("id"):
            element.set("id", f"{section_id}--{anchor}")
        if (to := element.get("href")) is not None:
            element.set("href", _link(address, to, known))
    for element in shown.iter(*_LOWER_HEADINGS):
        element.tag = _LOWER_HEADINGS[element.tag]
    for image in shown.xpath(".//img[@src]"):
        image.set("src", _data_url(site, address, image.get("src")))
    inner = "".join(_inner_html(shown))
    return f'<section class="page" id="{section_id}">{inner}</section>'


def _inner_html(shown: etree._Element) -> Iterator[str]:
    yield _escape(shown.text or "")
    for child in shown:
        yield etree.tostring(child, encoding="unicode", method="html")


def _link(address: str, to: str, known: frozenset[str]) -> str:
    """Return a link of a page as it works in the file.

    Links to pages lead to their sections, and links to another host are unchanged. Other files
    are not in the edition, so links to them lead to the section that the link is in.
    """
    if to in ("", "#"):
        return f"#{_section_id(address)}"
    if to.startswith("#"):
        return f"#{_section_id(address)}--{to[1:]}"
    return _link_to_page(dirname(address), to, known) or f"#{_section_id(address)}"


@lru_cache(maxsize=1 << 16)  # pages of one folder share most links
def _link_to_page(folder: str, to: str, known: frozenset[str]) -> str | None:
    """Return a link from a page in a folder, None where its target is not among the known pages."""
    if _SCHEME.match(to):
        return to
    path, _, anchor = to.partition("#")
    target = normpath(posixpath.join(folder, path))
    if target not in known:
        return None
    return f"#{_section_id(target)}" + (f"--{anchor}" if anchor else "")


def _images(site: Path) -> Iterator[Path]:
    """Yield every file that a page can show as an image."""
    for suffix in _IMAGE_TYPES:
        yield from site.rglob(f"*{suffix}")


def _data_url(site: Path, address: str, to: str) -> str:
    """Return the image at a link of a page as a data URL."""
    file = site / normpath(posixpath.join(dirname(address), to))
    content = base64.b64encode(file.read_bytes()).decode()
    return f"data:{_IMAGE_TYPES[file.suffix]};base64,{content}"


@cache
def _section_id(address: str) -> str:
    """Return the id of a page's section: `dosage-index` for `dosage/index.html`."""
    return re.sub(r"[^a-z0-9]+", "-", address.removesuffix(".html"))


def _escape(text: str) -> str:
    """Return a text as HTML, in the form in which lxml writes it."""
    element = etree.Element("x")
    element.text = text
    return str(etree.tostring(element, encoding="unicode"))[3:-4] if text else ""
