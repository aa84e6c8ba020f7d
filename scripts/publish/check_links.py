"""Checks built HTML: every link has a target, and nothing is loaded from another host."""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from publish.csp import SERVED_STYLES
from publish.single_page import EDITION
from sitegen.addresses import DOWNLOADS
from sitegen.incremental.cache import decode, encode
from sitegen.incremental.workers import SERIAL, Executor

NOT_FOUND_PAGE = "404.html"
"""The page that a server sends for an address without a file."""
_LOADING_ATTRIBUTES = ("src", "srcset", "data", "poster", "xlink:href", "action", "formaction")
_SELECTORS = ", ".join(f"[{name}]" for name in ("id", "href", *_LOADING_ATTRIBUTES))
# Within `:is`, an element with several of the attributes is found once.
_ELEMENTS = ":is({})".format(_SELECTORS.replace(":", r"\:"))
_EXTERNAL_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^\s\"')]*", re.IGNORECASE)
_CELL_GRAPHICS = "svg, img, progress"


@dataclass(frozen=True)
class PageFacts:
    """What the check needs to know of a page."""

    anchors: frozenset[str]
    links: tuple[str, ...]
    loaded: tuple[str, ...]
    """The addresses of everything that a browser loads for the page."""
    canonical: tuple[str, ...]
    """The addresses that the page states as its own."""
    empty_cells: int
    """The number of table cells without text or a graphic."""

    @property
    def encoded(self) -> bytes:
        """The facts as bytes, compressed to about a tenth."""
        parts = self.links, self.loaded, self.canonical, self.empty_cells
        return encode([sorted(self.anchors), *parts])

    @classmethod
    def of(cls, content: bytes) -> PageFacts:
        """Return the facts that were encoded."""
        anchors, *lists, empty_cells = decode(content)
        links, loaded, canonical = map(tuple, lists)
        return cls(frozenset(anchors), links, loaded, canonical, empty_cells)


def inspect(content: bytes) -> PageFacts:
    """Return the facts of a page of HTML, parsed as a browser parses it."""
    page = LexborHTMLParser(content.decode("utf-8"))
    anchors: list[str] = []
    links: list[str] = []
    loaded: list[str] = []
    canonical: list[str] = []
    for element in page.css(_ELEMENTS):
        for name, value in element.attributes.items():
            if not value:
                continue
            if name == "id":
                anchors.append(value)
            elif name == "href" and element.attributes.get("rel") == "canonical":
                canonical.append(value)
            elif name == "href":
                (links if element.tag == "a" else loaded).append(value)
            elif name in _LOADING_ATTRIBUTES:
                loaded += [item.split()[0] for item in _split(name, value) if item.strip()]
    empty_cells = sum(map(_is_empty, page.css("td, th")))
    return PageFacts(frozenset(anchors), tuple(links), tuple(loaded), tuple(canonical), empty_cells)


def _split(name: str, value: str) -> list[str]:
    return value.split(",") if name == "srcset" else [value]


def _is_empty(cell: LexborNode) -> bool:
    return not cell.text(strip=True) and cell.css_first(_CELL_GRAPHICS) is None


@dataclass(frozen=True)
class Folder:
    """A folder of built files, each named by its path relative to the folder."""

    path: Path

    @cached_property
    def files(self) -> frozenset[str]:
        """The name of every file; links count only where they stay in the folder."""
        found = set()
        root = str(self.path)
        for parent, _, names in os.walk(root):
            for file in (os.path.join(parent, name) for name in names):
                is_link = os.path.islink(file)
                if not is_link or self.path.resolve() in Path(file).resolve().parents:
                    found.add(file[len(root) + 1 :].replace(os.sep, "/"))
        return frozenset(found)

    @cached_property
    def folders(self) -> frozenset[str]:
        """The name of every folder with a file in it or below it; the root is `.`."""
        direct = {posixpath.dirname(file) for file in self.files}
        parents = {str(parent) for folder in direct for parent in Path(folder).parents}
        return frozenset({folder or "." for folder in direct} | parents)

    def with_suffix(self, suffix: str) -> list[str]:
        """Return the sorted names of the files with a suffix."""
        return sorted(name for name in self.files if name.endswith(suffix))


@dataclass(frozen=True)
class _FolderFacts:
    """A folder with the facts of each page, encoded: decoded, all links would fill the memory."""

    folder: Folder
    pages: Mapping[str, bytes]

    @cached_property
    def anchors(self) -> Mapping[str, tuple[str, ...]]:
        """The sorted anchors of each page; equal anchors of different pages are one object."""
        found = ((name, PageFacts.of(facts).anchors) for name, facts in self.pages.items())
        return {name: tuple(map(sys.intern, sorted(anchors))) for name, anchors in found}

    @cached_property
    def targets_hash(self) -> str:
        """The hash of all possible targets of links; it is part of the key of each page."""
        targets = hashlib.sha256("\n".join(sorted(self.folder.files)).encode())
        for name, anchors in self.anchors.items():
            targets.update(json.dumps([name, *anchors]).encode())
        return targets.hexdigest()

    @cached_property
    def link_problem(self) -> Callable[[str, str], str | None]:
        """`_link_problem` of a folder and a link, cached: pages of a folder share most links."""
        return cache(partial(_link_problem, self.folder, self.anchors))


def problems(
    *folders: Path, executor: Executor = SERIAL, address: str | None = None
) -> Iterator[str]:
    """Yield every dead link, missing anchor, external resource and empty cell in folders of HTML.

    `address` is where the site is published. A page that is the same in several folders is parsed
    once.
    """
    copies = [Folder(folder) for folder in folders]
    for copy in copies:
        yield from _style_problems(copy)
    found = [(copy, name) for copy in copies for name in copy.with_suffix(".html")]
    contents = executor.map(lambda page: _content_hash(page[0].path / page[1]), found)
    hashes = dict(zip(found, contents, strict=True))
    pages = [page for page in found if not _is_edition(page[1])]
    facts = dict(zip(pages, _inspect_pages(executor, pages, hashes), strict=True))
    by_folder = _by_folder(facts)

    def check(page: tuple[Folder, str]) -> bytes:
        copy, name = page
        if page in facts:
            return encode(list(_page_problems(by_folder[copy], name, address)))
        return encode(list(_edition_problems(name, (copy.path / name).read_bytes())))

    def key(page: tuple[Folder, str]) -> str:
        targets = by_folder[page[0]].targets_hash if page in facts else None
        return executor.cache.key("links", targets, address, page[1], hashes[page])

    # An edition takes long: it is checked early, so that other cores check pages meanwhile.
    order = [*pages[:1], *(page for page in found if page not in facts), *pages[1:]]
    for result in executor.cached_map(check, order, list(map(key, order))):
        yield from decode(result)


def _by_folder(facts: Mapping[tuple[Folder, str], bytes]) -> Mapping[Folder, _FolderFacts]:
    pages: dict[Folder, dict[str, bytes]] = {}
    for (folder, name), encoded in facts.items():
        pages.setdefault(folder, {})[name] = encoded
    return {folder: _FolderFacts(folder, named) for folder, named in pages.items()}


def _content_hash(page: Path) -> str:
    """Return the SHA-256 of a page without what only the website has.

    A page that the website and the offline copy share has one hash, and is parsed once.
    """
    start, _, policy = page.read_bytes().partition(b'<meta http-equiv="Content-Security-Policy"')
    content = start + policy.partition(b">")[2]
    enabled = SERVED_STYLES.encode()
    return hashlib.sha256(content.replace(enabled + b" disabled", enabled)).hexdigest()


def _is_edition(name: str) -> bool:
    return name.startswith(DOWNLOADS) and name.endswith(EDITION)


# A tag with its attributes, and one of them, in the form in which lxml writes HTML: quotes in
# values are entities.
_TAG = re.compile(rb"""<[a-zA-Z][^\s<>/"]*((?:\s+[^\s"=<>/]+(?:="[^"]*")?)*)\s*/?>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s"=<>/]+)(?:="([^"]*)")?""")


def _edition_problems(name: str, content: bytes) -> Iterator[str]:
    """Yield the problems of a one-page edition, whose pages are also checked one by one.

    It is scanned, not parsed: it is as large as all pages together, and its tree would fill the
    memory.
    """
    anchors: set[bytes] = set()
    links: set[bytes] = set()
    for tag in _TAG.finditer(content):
        for attribute, value in _ATTRIBUTE.findall(tag[1]):
            if attribute == b"id":
                anchors.add(value)
            elif attribute == b"href" and value.startswith(b"#"):
                links.add(value[1:])
            elif attribute == b"src" and not value.startswith(b"data:"):
                yield f"{name}: loads {value.decode()}, which is not inside it"
    for anchor in sorted(links - anchors):
        yield f"{name}: the link #{anchor.decode()} names an anchor that is not there"


def _page_problems(facts: _FolderFacts, name: str, address: str | None) -> Iterator[str]:
    """Yield the problems of one page of a site that is published at `address`."""
    page, anchors = PageFacts.of(facts.pages[name]), facts.anchors[name]
    is_not_found = name == NOT_FOUND_PAGE
    relative = partial(_relative_to_site, urlsplit(address or "").path) if is_not_found else str
    yield from _loading_problems(facts.folder, name, map(relative, page.loaded))
    own = f"{address}/{name}"
    yield from (f"{name}: says that its address is {x}" for x in page.canonical if x != own)
    if page.empty_cells:
        yield f"{name}: empty table cells: {page.empty_cells}"
    folder = posixpath.dirname(name)
    for link in map(relative, map(str.strip, page.links)):
        is_same_page = link[:1] in ("", "#", "?")
        problem = (
            _anchor_problem(link, anchors) if is_same_page else facts.link_problem(folder, link)
        )
        if problem:
            yield f"{name}: {problem}"


def _relative_to_site(root: str, address: str) -> str:
    """Return an address in the not-found page relative to the root of the site.

    That page is sent for any address, so its links start at the root of the server; the site is
    at the path `root` on that server.
    """
    return address.removeprefix(f"{root}/")


def _inspect_pages(
    executor: Executor,
    pages: Sequence[tuple[Folder, str]],
    hashes: Mapping[tuple[Folder, str], str],
) -> list[bytes]:
    """Return the facts of each page, encoded."""
    keys = [executor.cache.key("page", hashes[page]) for page in pages]
    return executor.cached_map(
        lambda page: inspect((page[0].path / page[1]).read_bytes()).encoded, pages, keys
    )


def _loading_problems(built: Folder, name: str, loaded: Iterable[str]) -> Iterator[str]:
    for address in loaded:
        if urlsplit(address).netloc:
            yield f"{name}: loads {address} from another host"
            continue
        scheme, target = _resolve(posixpath.dirname(name), address)
        if scheme != "data" and target != "":
            if target not in built.files and target not in built.folders:
                yield f"{name}: loads {address}, which is not there"


def _style_problems(built: Folder) -> Iterator[str]:
    for name in built.with_suffix(".css"):
        style = (built.path / name).read_text(encoding="utf-8")
        for address in _EXTERNAL_STYLE.findall(style):
            yield f"{name}: loads from another host: {address}"


def _link_problem(
    built: Folder, anchors: Mapping[str, Sequence[str]], folder: str, address: str
) -> str | None:
    """Return the problem of a link from a page in a folder, None where its target exists."""
    scheme, target = _resolve(folder, address)
    if scheme in ("http", "https", "mailto"):
        return None
    if scheme:
        return f"the address {address} is of no kind used here"
    if target in built.folders:
        target = posixpath.normpath(f"{target}/index.html")
    if target is None or target not in built.files:
        return f"the link {address} leads nowhere"
    return _anchor_problem(address, anchors[target]) if target in anchors else None


def _anchor_problem(address: str, anchors: Sequence[str]) -> str | None:
    """Return the problem of a link to a page with these sorted anchors, None where it has none."""
    anchor = unquote(address.partition("#")[2])
    if not anchor or _contains(anchors, anchor):
        return None
    return f"the link {address} names an anchor that is not there"


def _resolve(folder: str, address: str) -> tuple[str, str | None]:
    """Return the scheme of an address, and its target as seen from a page in a folder.

    The target is "" for the page itself, and None for a path outside the site.
    """
    parts = urlsplit(address)
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    is_outside = path.startswith(("../", "/")) or path == ".."
    target = "" if not parts.path else None if is_outside else path
    return parts.scheme, target


def _contains(anchors: Sequence[str], anchor: str) -> bool:
    """Return whether an anchor is among sorted anchors."""
    index = bisect_left(anchors, anchor)
    return index < len(anchors) and anchors[index] == anchor
