"""The whole site as one HTML file: every page after the other, each link inside the file."""

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
"""How the name of the file ends."""
STYLES = (
    "assets/site.css",
    "assets/components.css",
    "assets/tables.css",
    "assets/print.css",
    "assets/whole.css",
)

# The page for a wrong address, and the one that checks the others.
_LEFT_OUT = ("404.html", "verify.html")
_DROPPED = ("script", "noscript", "style", "form", "button", "progress", "iframe")
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_TO_A_HOST = re.compile("[a-z]+:")
_HEADINGS = {f"h{level}": f"h{min(level + 1, 6)}" for level in range(1, 6)}
_HTML = etree.HTMLParser()
_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


def whole(site: Path, title: str, about: str, executor: Executor = SERIAL) -> Iterator[bytes]:
    """One HTML file that holds every page of a built site, section by section, in pieces.

    Styles and drawings are inside it; it needs no other file. `about` says version and date.
    """
    addresses = _in_reading_order(site)
    known = frozenset(addresses)
    around = (addresses, fingerprint_of_files(sorted(_drawings(site))))
    contents = [sha256((site / address).read_bytes()).hexdigest() for address in addresses]
    keys = [
        executor.cache.key("section", around, *each)
        for each in zip(addresses, contents, strict=True)
    ]
    pages = executor.cached_map(lambda address: _page(site, address, known), addresses, keys)
    listed = "".join(
        f'<li><a href="#{_place(address)}">{decode_text(split(page)[0])}</a></li>'
        for address, page in zip(addresses, pages, strict=True)
    )
    read = "\n".join((site / name).read_text(encoding="utf-8") for name in STYLES)
    styles = f"\n{read}\n"
    yield _HEAD.format(
        policy=single_file_policy(styles),
        title=_escaped(title),
        about=_escaped(about),
        styles=styles,
        contents=listed,
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


def _in_reading_order(site: Path) -> list[str]:
    """The address of every page, in the order of the sections that the footer names."""
    front = etree.fromstring((site / "index.html").read_bytes(), _HTML)
    tops = [PurePosixPath(to).parts[0] for to in front.xpath("//nav[@class='footer__nav']/a/@href")]
    found = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))

    def order(address: str) -> tuple[int, bool, str]:
        top = PurePosixPath(address).parts[0]
        return (tops.index(top) if top in tops else len(tops), not _leads(address), address)

    return sorted((each for each in found if each not in _LEFT_OUT), key=order)


def _leads(address: str) -> bool:
    return PurePosixPath(address).name == "index.html"


def _page(site: Path, address: str, known: frozenset[str]) -> bytes:
    """The heading of a page and its section, both as HTML, encoded and joined."""
    article = _article(site / address)
    title = encode_text(_escaped(_title(article)))
    return join(title, encode_text(_section(site, address, article, known)))


def _article(page: Path) -> etree._Element:
    found = _ARTICLE.search(page.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{page} holds no article")
    article = etree.fromstring(found[0], _HTML).find("body/article")
    for link in article.xpath(".//a[contains(@class, 'headerlink')]"):
        link.tag = _DROPPED[0]
    etree.strip_elements(article, *_DROPPED, with_tail=False)
    return article


def _title(article: etree._Element) -> str:
    return str(article.xpath("string(.//h1)")).strip()


def _section(site: Path, address: str, article: etree._Element, known: frozenset[str]) -> str:
    place = _place(address)
    for element in article.xpath("descendant-or-self::*[@id or @href]"):
        if anchor := element.get("id"):
            element.set("id", f"{place}--{anchor}")
        if (to := element.get("href")) is not None:
            element.set("href", _inside(address, to, known))
    for element in article.iter(*_HEADINGS):
        element.tag = _HEADINGS[element.tag]
    for image in article.xpath(".//img[@src]"):
        image.set("src", _embedded(site, address, image.get("src")))
    inner = "".join(_inner(article))
    return f'<section class="page" id="{place}">{inner}</section>'


def _inner(article: etree._Element) -> Iterator[str]:
    yield _escaped(article.text or "")
    for child in article:
        yield etree.tostring(child, encoding="unicode", method="html")


def _inside(address: str, to: str, known: frozenset[str]) -> str:
    """A link as it works in the one file: to a section of it, or as it was to another host."""
    if to in ("", "#"):
        return f"#{_place(address)}"
    if to.startswith("#"):
        return f"#{_place(address)}--{to[1:]}"
    return _to_another(dirname(address), to, known) or f"#{_place(address)}"


@lru_cache(maxsize=1 << 16)  # pages of a folder have most of their links in common
def _to_another(folder: str, to: str, known: frozenset[str]) -> str | None:
    """A link from a page in a folder; None where it leads to no page that is known."""
    if _TO_A_HOST.match(to):
        return to
    path, _, anchor = to.partition("#")
    target = normpath(posixpath.join(folder, path))
    if target not in known:
        return None
    return f"#{_place(target)}" + (f"--{anchor}" if anchor else "")


def _drawings(site: Path) -> Iterator[Path]:
    """Every file that a page can show as a picture."""
    for suffix in _TYPES:
        yield from site.rglob(f"*{suffix}")


def _embedded(site: Path, address: str, to: str) -> str:
    file = site / normpath(posixpath.join(dirname(address), to))
    content = base64.b64encode(file.read_bytes()).decode()
    return f"data:{_TYPES[file.suffix]};base64,{content}"


@cache
def _place(address: str) -> str:
    """The id of a page's section: `dosage/index.html` is `dosage-index`."""
    return re.sub(r"[^a-z0-9]+", "-", address.removesuffix(".html"))


def _escaped(text: str) -> str:
    element = etree.Element("x")
    element.text = text
    return str(etree.tostring(element, encoding="unicode"))[3:-4] if text else ""
