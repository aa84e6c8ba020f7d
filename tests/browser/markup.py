"""Built HTML as a tree, for tests that look at what a page says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


@dataclass
class Element:
    """An element with its attributes and what it holds."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[Element]:
        """Every element of these tags below this one (of any tag where none is named)."""
        for child in self.children:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def one(self, tag: str) -> Element:
        """The only element of a tag below this one. Raises LookupError for none or several."""
        found = list(self.all(tag))
        if len(found) != 1:
            raise LookupError(f"{len(found)} <{tag}> below <{self.tag}>")
        return found[0]

    @property
    def classes(self) -> frozenset[str]:
        """The classes of the element."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        """The text with ordinary white space folded; no-break spaces stay what they are."""
        return " ".join(part for part in self._own_text().replace("\n", " ").split(" ") if part)

    def _own_text(self) -> str:
        return "".join(
            child
            if isinstance(child, str)
            else (" " if child.tag in ("br", "li", "p", "div", "td", "th") else "")
            + child._own_text()
            for child in self.children
            if isinstance(child, str) or child.tag not in ("script", "style")
        )


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse(html: str) -> Element:
    """The tree of a page; an element left open ends with the one around it."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def page(folder: Path, uri: str) -> Element:
    """The tree of a page of a built site."""
    return parse((folder / uri).read_text(encoding="utf-8"))


def columns(table: Element) -> list[str]:
    """The column headers of a table."""
    return [header.text for header in table.all("th") if header.attributes.get("scope") == "col"]


def cells(row: Element) -> list[Element]:
    """The cells of a row, its header among them."""
    return [
        child for child in row.children if isinstance(child, Element) and child.tag in ("td", "th")
    ]


def body_rows(table: Element) -> list[list[Element]]:
    """The cells of every row of a table's body."""
    return [cells(row) for body in table.all("tbody") for row in body.all("tr")]


def table_with(root: Element, *headers: str) -> Element:
    """The first table that has these column headers. Raises LookupError where none has."""
    for table in root.all("table"):
        if set(headers) <= set(columns(table)):
            return table
    raise LookupError(f"no table has the columns {', '.join(headers)}")
