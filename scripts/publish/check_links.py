"""Looks at built HTML: every link leads somewhere, nothing comes from another host."""

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

_LOADING = ("src", "srcset", "data", "poster", "xlink:href", "action", "formaction")
_NAMES = ", ".join(f"[{name}]" for name in ("id", "href", *_LOADING)).replace(":", r"\:")
_NAMING = f":is({_NAMES})"  # in a plain list, an element would be found by each name that it has
_STYLE_FROM_OUTSIDE = re.compile(
    r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^\s\"')]*", re.IGNORECASE
)
WRONG = "404.html"
"""The page that a server shows at an address where nothing is."""
_IN_A_CELL = "svg, img, progress"


@dataclass(frozen=True)
class Seen:
    """What one page holds: anchors, links, what it loads, its own address, its empty cells."""

    anchors: frozenset[str]
    links: tuple[str, ...]
    loaded: tuple[str, ...]
    canonical: tuple[str, ...]
    empty_cells: int

    @property
    def encoded(self) -> bytes:
        """The same in a tenth of the room."""
        parts = self.links, self.loaded, self.canonical, self.empty_cells
        return encode([sorted(self.anchors), *parts])

    @classmethod
    def of(cls, content: bytes) -> Seen:
        """Return the facts that were encoded."""
        anchors, *listed, empty = decode(content)
        links, loaded, canonical = map(tuple, listed)
        return cls(frozenset(anchors), links, loaded, canonical, empty)


def look(content: bytes) -> Seen:
    """What a page of HTML holds, as a browser reads it."""
    page = LexborHTMLParser(content.decode("utf-8"))
    anchors: list[str] = []
    links: list[str] = []
    loaded: list[str] = []
    canonical: list[str] = []
    for element in page.css(_NAMING):
        for name, value in element.attributes.items():
            if not value:
                continue
            if name == "id":
                anchors.append(value)
            elif name == "href" and element.attributes.get("rel") == "canonical":
                canonical.append(value)
            elif name == "href":
                (links if element.tag == "a" else loaded).append(value)
            elif name in _LOADING:
                loaded += [each.split()[0] for each in _addresses(name, value) if each.strip()]
    empty = sum(map(_is_empty, page.css("td, th")))
    return Seen(frozenset(anchors), tuple(links), tuple(loaded), tuple(canonical), empty)


def _addresses(name: str, value: str) -> list[str]:
    return value.split(",") if name == "srcset" else [value]


def _is_empty(cell: LexborNode) -> bool:
    return not cell.text(strip=True) and cell.css_first(_IN_A_CELL) is None


@dataclass(frozen=True)
class Folder:
    """A folder of built files: what stands in it, by the address from its root."""

    path: Path

    @cached_property
    def files(self) -> frozenset[str]:
        """The address of every file that stands in the folder itself."""
        found = set()
        root = str(self.path)
        for place, _, names in os.walk(root):
            for file in (os.path.join(place, name) for name in names):
                is_link = os.path.islink(file)
                if not is_link or self.path.resolve() in Path(file).resolve().parents:
                    found.add(file[len(root) + 1 :].replace(os.sep, "/"))
        return frozenset(found)

    @cached_property
    def folders(self) -> frozenset[str]:
        """The address of every folder that holds a file."""
        holding = {posixpath.dirname(file) for file in self.files}
        above = {str(each) for folder in holding for each in Path(folder).parents}
        return frozenset({folder or "." for folder in holding} | above)

    def ending(self, suffix: str) -> list[str]:
        """The addresses of the files of one type, sorted."""
        return sorted(name for name in self.files if name.endswith(suffix))


@dataclass(frozen=True)
class _Held:
    """A folder with what each page in it holds, packed: all those links would fill the memory."""

    folder: Folder
    seen: Mapping[str, bytes]

    @cached_property
    def anchors(self) -> Mapping[str, tuple[str, ...]]:
        """The anchors of each page, sorted; pages of a kind have most in common."""
        found = ((name, Seen.of(each).anchors) for name, each in self.seen.items())
        return {name: tuple(map(sys.intern, sorted(anchors))) for name, anchors in found}

    @cached_property
    def around(self) -> str:
        """The digest of all that a link can lead to: while it holds, a page is as it was found."""
        told = hashlib.sha256("\n".join(sorted(self.folder.files)).encode())
        for name, each in self.anchors.items():
            told.update(json.dumps([name, *each]).encode())
        return told.hexdigest()

    @cached_property
    def dead(self) -> Callable[[str, str], str | None]:
        """What is wrong with a link from a folder, whose pages have most of theirs in common."""
        return cache(partial(_dead, self.folder, self.anchors))


def faults(
    *folders: Path, executor: Executor = SERIAL, address: str | None = None
) -> Iterator[str]:
    """Every dead link, missing anchor, outside resource and empty cell in folders of HTML.

    `address` is where the site is published. A page that is the same in several folders is read
    once.
    """
    copies = [Folder(each) for each in folders]
    for copy in copies:
        yield from _outside_styles(copy)
    found = [(copy, name) for copy in copies for name in copy.ending(".html")]
    looked = executor.map(lambda page: _digest(page[0].path / page[1]), found)
    digests = dict(zip(found, looked, strict=True))
    pages = [page for page in found if not _is_edition(page[1])]
    seen = dict(zip(pages, _seen(executor, pages, digests), strict=True))
    held = _by_folder(seen)

    def work(page: tuple[Folder, str]) -> bytes:
        copy, name = page
        if page in seen:
            return encode(list(_of_page(held[copy], name, address)))
        return encode(list(_of_edition(name, (copy.path / name).read_bytes())))

    def key(page: tuple[Folder, str]) -> str:
        around = held[page[0]].around if page in seen else None
        return executor.cache.key("links", around, address, page[1], digests[page])

    # An edition is large: the other pages are looked at beside it, where it is not the last one.
    listed = [*pages[:1], *(page for page in found if page not in seen), *pages[1:]]
    for told in executor.cached_map(work, listed, list(map(key, listed))):
        yield from decode(told)


def _by_folder(seen: Mapping[tuple[Folder, str], bytes]) -> Mapping[Folder, _Held]:
    pages: dict[Folder, dict[str, bytes]] = {}
    for (folder, name), each in seen.items():
        pages.setdefault(folder, {})[name] = each
    return {folder: _Held(folder, each) for folder, each in pages.items()}


def _digest(page: Path) -> str:
    """The SHA-256 of a page but for what only the website has, so that it is read once for both."""
    start, _, policy = page.read_bytes().partition(b'<meta http-equiv="Content-Security-Policy"')
    content = start + policy.partition(b">")[2]
    enabled = SERVED_STYLES.encode()
    return hashlib.sha256(content.replace(enabled + b" disabled", enabled)).hexdigest()


def _is_edition(name: str) -> bool:
    return name.startswith(DOWNLOADS) and name.endswith(EDITION)


# A tag with its attributes, and one of them, as lxml writes HTML: quotes in values are entities.
_TAG = re.compile(rb"""<[a-zA-Z][^\s<>/"]*((?:\s+[^\s"=<>/]+(?:="[^"]*")?)*)\s*/?>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s"=<>/]+)(?:="([^"]*)")?""")


def _of_edition(name: str, content: bytes) -> Iterator[str]:
    """What is wrong with the site in one file, made of pages that are looked at one by one.

    It is as large as all of them together, and a tree of it would fill the memory.
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


def _of_page(held: _Held, name: str, address: str | None) -> Iterator[str]:
    """What is wrong with one page of a site that is published at an address."""
    page, anchors = Seen.of(held.seen[name]), held.anchors[name]
    from_root = partial(_from_root, urlsplit(address or "").path) if name == WRONG else str
    yield from _loading(held.folder, name, map(from_root, page.loaded))
    own = f"{address}/{name}"
    yield from (f"{name}: says that its address is {x}" for x in page.canonical if x != own)
    if page.empty_cells:
        yield f"{name}: empty table cells: {page.empty_cells}"
    folder = posixpath.dirname(name)
    for link in map(from_root, map(str.strip, page.links)):
        here = link[:1] in ("", "#", "?")
        fault = _missing(link, anchors) if here else held.dead(folder, link)
        if fault:
            yield f"{name}: {fault}"


def _from_root(root: str, address: str) -> str:
    """Return what the page for wrong addresses names, as from the root of the site.

    It writes its addresses from the root of the server, below which the site stands at `root`.
    """
    return address.removeprefix(f"{root}/")


def _seen(
    executor: Executor,
    pages: Sequence[tuple[Folder, str]],
    digests: Mapping[tuple[Folder, str], str],
) -> list[bytes]:
    """What each page holds, packed."""
    keys = [executor.cache.key("page", digests[page]) for page in pages]
    return executor.cached_map(
        lambda page: look((page[0].path / page[1]).read_bytes()).encoded, pages, keys
    )


def _loading(built: Folder, name: str, loaded: Iterable[str]) -> Iterator[str]:
    for address in loaded:
        if urlsplit(address).netloc:
            yield f"{name}: loads {address} from another host"
            continue
        scheme, target = _led(posixpath.dirname(name), address)
        if scheme != "data" and target != "":
            if target not in built.files and target not in built.folders:
                yield f"{name}: loads {address}, which is not there"


def _outside_styles(built: Folder) -> Iterator[str]:
    for name in built.ending(".css"):
        for found in _STYLE_FROM_OUTSIDE.findall((built.path / name).read_text(encoding="utf-8")):
            yield f"{name}: loads from another host: {found}"


def _dead(
    built: Folder, anchors: Mapping[str, Sequence[str]], folder: str, address: str
) -> str | None:
    """What is wrong with a link from a page in a folder, None where it leads somewhere."""
    scheme, target = _led(folder, address)
    if scheme in ("http", "https", "mailto"):
        return None
    if scheme:
        return f"the address {address} is of no kind used here"
    if target in built.folders:
        target = posixpath.normpath(f"{target}/index.html")
    if target is None or target not in built.files:
        return f"the link {address} leads nowhere"
    return _missing(address, anchors[target]) if target in anchors else None


def _missing(address: str, anchors: Sequence[str]) -> str | None:
    """What is wrong with a link to an anchor of a page, whose anchors are these."""
    anchor = unquote(address.partition("#")[2])
    if not anchor or _stands_in(anchor, anchors):
        return None
    return f"the link {address} names an anchor that is not there"


def _led(folder: str, address: str) -> tuple[str, str | None]:
    """The scheme of an address, and where it leads from a page in a folder.

    It leads to no text where it stays on the page, and to None where it leads out of the site.
    """
    parts = urlsplit(address)
    there = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    leads_out = there.startswith(("../", "/")) or there == ".."
    target = "" if not parts.path else None if leads_out else there
    return parts.scheme, target


def _stands_in(anchor: str, known: Sequence[str]) -> bool:
    """Whether an anchor is among those known, which are sorted."""
    place = bisect_left(known, anchor)
    return place < len(known) and known[place] == anchor
