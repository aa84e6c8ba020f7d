"""Looks at built HTML: every link leads somewhere, nothing comes from another host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADING = ("src", "srcset", "data", "poster", "xlink:href", "action", "formaction")
_STYLE_FROM_OUTSIDE = re.compile(
    r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^\s\"')]*", re.IGNORECASE
)


@dataclass
class Seen(HTMLParser):
    """What one page holds: anchors, links, what it loads, and its empty cells."""

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    empty_cells: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._cell_holds: bool | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids, links and what is loaded."""
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            if tag == "a" and name == "href" and value:
                self.links.append(value)
            if value and (name in _LOADING or (name == "href" and tag != "a")):
                parts = value.split(",") if name == "srcset" else [value]
                self.loaded += [part.split()[0] for part in parts if part.strip()]
        if tag in ("td", "th"):
            self._cell_holds = False
        elif tag in ("svg", "img", "progress") and self._cell_holds is not None:
            self._cell_holds = True

    def handle_data(self, data: str) -> None:
        """Note that a cell holds text."""
        if self._cell_holds is not None and data.strip():
            self._cell_holds = True

    def handle_endtag(self, tag: str) -> None:
        """Count a cell that held nothing."""
        if tag in ("td", "th"):
            self.empty_cells += self._cell_holds is False
            self._cell_holds = None


def faults(folder: Path) -> Iterator[str]:
    """Every dead link, missing anchor, outside resource and empty cell in a folder of HTML."""
    yield from _outside_styles(folder)
    seen = {path: _look(path) for path in sorted(folder.rglob("*.html"))}
    anchors = {path: page.anchors for path, page in seen.items()}
    for path, page in seen.items():
        name = path.relative_to(folder).as_posix()
        for address in page.loaded:
            if urlsplit(address).netloc:
                yield f"{name}: loads {address} from another host"
            elif name != "404.html" and not _is_there(folder, path, address):
                yield f"{name}: loads {address}, which is not there"
        if page.empty_cells:
            yield f"{name}: empty table cells: {page.empty_cells}"
        if name != "404.html":  # the theme writes its addresses from the server's root
            for address in page.links:
                if fault := _dead(folder, path, address, anchors):
                    yield f"{name}: {fault}"


def _outside_styles(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.css")):
        for found in _STYLE_FROM_OUTSIDE.findall(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(folder).as_posix()}: loads from another host: {found}"


def _is_there(folder: Path, path: Path, address: str) -> bool:
    parts = urlsplit(address)
    target = (path.parent / unquote(parts.path)).resolve()
    within = folder.resolve() in target.parents
    return parts.scheme == "data" or not parts.path or (within and target.exists())


def _look(path: Path) -> Seen:
    page = Seen()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def _dead(folder: Path, path: Path, address: str, anchors: dict[Path, set[str]]) -> str | None:
    parts = urlsplit(address)
    if parts.scheme in ("http", "https", "mailto"):
        return None
    if parts.scheme:
        return f"the address {address} is of no kind used here"
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target.is_dir():
        target = target / "index.html"
    if not target.is_file() or folder.resolve() not in target.resolve().parents:
        return f"the link {address} leads nowhere"
    anchor = unquote(parts.fragment)
    known = anchors.get(target, anchors.get(folder / target.relative_to(folder.resolve()), set()))
    if anchor and target.suffix == ".html" and anchor not in known:
        return f"the link {address} names an anchor that is not there"
    return None
