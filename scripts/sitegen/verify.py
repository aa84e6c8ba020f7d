"""Looks at built HTML: every link leads somewhere, nothing comes from another host."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.kept import digest, stamp_of_code, unpacked
from sitegen.press import ALONE, Press

_LOADING = ("src", "srcset", "data", "poster", "xlink:href", "action", "formaction")
_STYLE_FROM_OUTSIDE = re.compile(
    r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^\s\"')]*", re.IGNORECASE
)
_IN_A_CELL = "svg, img, progress"


@dataclass(frozen=True)
class Seen:
    """What one page holds: anchors, links, what it loads, and its empty cells."""

    anchors: frozenset[str]
    links: tuple[str, ...]
    loaded: tuple[str, ...]
    empty_cells: int


def look(content: bytes) -> Seen:
    """What a page of HTML holds, as a browser reads it."""
    page = LexborHTMLParser(content.decode("utf-8"))
    anchors: list[str] = []
    links: list[str] = []
    loaded: list[str] = []
    for element in page.root.traverse() if page.root else ():
        for name, value in element.attributes.items():
            if not value:
                continue
            if name == "id":
                anchors.append(value)
            elif name == "href":
                (links if element.tag == "a" else loaded).append(value)
            elif name in _LOADING:
                loaded += [each.split()[0] for each in _addresses(name, value) if each.strip()]
    empty = sum(map(_is_empty, page.css("td, th")))
    return Seen(frozenset(anchors), tuple(links), tuple(loaded), empty)


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
        for place, _, names in os.walk(self.path):
            for name in names:
                file = Path(place, name)
                if not file.is_symlink() or self.path.resolve() in file.resolve().parents:
                    found.add(file.relative_to(self.path).as_posix())
        return frozenset(found)

    @cached_property
    def folders(self) -> frozenset[str]:
        """The address of every folder that holds a file."""
        return frozenset(str(each) for file in self.files for each in Path(file).parents)

    def ending(self, suffix: str) -> list[str]:
        """The addresses of the files of one type, sorted."""
        return sorted(name for name in self.files if name.endswith(suffix))

    def target(self, page: str, path: str) -> str | None:
        """The address that a link in a page leads to; None where it leads out of the folder."""
        there = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
        return None if there.startswith(("../", "/")) or there == ".." else there


def faults(folder: Path, press: Press = ALONE) -> Iterator[str]:
    """Every dead link, missing anchor, outside resource and empty cell in a folder of HTML."""
    built = Folder(folder)
    yield from _outside_styles(built)
    seen = _seen(built, press)
    for name, page in seen.items():
        yield from _loading(built, name, page)
        if page.empty_cells:
            yield f"{name}: empty table cells: {page.empty_cells}"
        if name != "404.html":  # the theme writes its addresses from the server's root
            known: dict[str, str | None] = {}
            for address in page.links:
                if address not in known:
                    known[address] = _dead(built, name, address, seen)
                if known[address]:
                    yield f"{name}: {known[address]}"


def _seen(built: Folder, press: Press) -> Mapping[str, Seen]:
    names = built.ending(".html")
    stamp = digest(stamp_of_code())
    keys = []
    for name in names:
        content = (built.path / name).read_bytes()
        keys.append(digest(stamp, hashlib.sha256(content).hexdigest()))

    def look_at(name: str) -> list[Any]:
        page = look((built.path / name).read_bytes())
        return [sorted(page.anchors), page.links, page.loaded, page.empty_cells]

    found = map(unpacked, press.through(look_at, names, keys))
    return {
        name: Seen(frozenset(anchors), tuple(links), tuple(loaded), empty)
        for name, (anchors, links, loaded, empty) in zip(names, found, strict=True)
    }


def _loading(built: Folder, name: str, page: Seen) -> Iterator[str]:
    for address in page.loaded:
        parts = urlsplit(address)
        if parts.netloc:
            yield f"{name}: loads {address} from another host"
        elif name != "404.html" and parts.scheme != "data" and parts.path:
            target = built.target(name, parts.path)
            if target not in built.files and target not in built.folders:
                yield f"{name}: loads {address}, which is not there"


def _outside_styles(built: Folder) -> Iterator[str]:
    for name in built.ending(".css"):
        for found in _STYLE_FROM_OUTSIDE.findall((built.path / name).read_text(encoding="utf-8")):
            yield f"{name}: loads from another host: {found}"


def _dead(built: Folder, page: str, address: str, seen: Mapping[str, Seen]) -> str | None:
    parts = urlsplit(address)
    if parts.scheme in ("http", "https", "mailto"):
        return None
    if parts.scheme:
        return f"the address {address} is of no kind used here"
    target = built.target(page, parts.path) if parts.path else page
    if target in built.folders:
        target = posixpath.normpath(f"{target}/index.html")
    if target is None or target not in built.files:
        return f"the link {address} leads nowhere"
    anchor = unquote(parts.fragment)
    if anchor and target.endswith(".html") and anchor not in seen[target].anchors:
        return f"the link {address} names an anchor that is not there"
    return None
