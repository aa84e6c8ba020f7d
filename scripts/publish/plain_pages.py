"""Each page of a built website as plain Markdown beside it, and `llms.txt`, which lists them.

The Markdown that MkDocs reads is mostly HTML from templates, so this is made from the built page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, normpath

from lxml import etree

from publish.package import write_file
from publish.single_page import LEFT_OUT, article, pages_in_reading_order
from sitegen.addresses import DOWNLOADS, FOLDER
from sitegen.incremental.cache import decode, encode
from sitegen.incremental.workers import SERIAL, Executor
from sitegen.model import Identity, typography

LIST = "llms.txt"
_BLOCKS = frozenset(
    "article aside blockquote details div dl fieldset figure figcaption footer h1 h2 h3 h4 h5 h6"
    " header li nav ol p section summary table ul".split()
)
_NO_TEXT = "svg img input label nav select template".split()
_HIDDEN = etree.XPath("//@hidden/.. | //@class[contains(concat(' ', ., ' '), ' voices ')]/..")
_VOICES = {
    "reported": "**{}**",
    "computed": "{} [computed]",
    "formula": "({})",
    "note": "{} [remark]",
}
"""How the voice of a text is marked, by its class."""
_LEGEND = (
    "Bold is reported by a source, [computed] is computed here, [remark] is a curator’s. "
    "Not medical advice."
)
_UNLINKED = frozenset(["locator", "term"])
_WHITE = " \t\r\n"  # a no-break space is none
_SPACES = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")
_MARKS = re.compile(r"[\\`*\[\]<]")
_AT_START = re.compile(r"#|>|[-+] |\d+[.)] ")
_SCHEME = re.compile("[a-z]+:")
_NO_INDEX = b'<meta name="robots" content="noindex">'
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')


def write(site: Path, identity: Identity, executor: Executor = SERIAL) -> None:
    """Write a file of Markdown beside each page of a built website, and `llms.txt`."""
    line, hashes = _line(identity), dict(_pages(site))
    made = executor.cached_map(
        lambda page: encode(_title_about_text(site, page, line)),
        list(hashes),
        [executor.cache.key("plain", line, page, digest) for page, digest in hashes.items()],
    )
    entries = []
    for page, stored in zip(hashes, made, strict=True):
        title, about, text = decode(stored)
        write_file(site / markdown_address(page), text.encode())
        entries.append((page, title, about))
    write_file(site / LIST, _list(identity, entries).encode())


def markdown_address(page: str) -> str:
    """Return the address of the Markdown of a page: `dosage/x.md` for `dosage/x.html`."""
    return page.removesuffix(".html") + ".md"


def _is_file(address: str) -> bool:
    """Return whether an address is of a download, or of a page that shows nothing by itself."""
    return address.startswith(DOWNLOADS) or address in LEFT_OUT


def _pages(site: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each page with the hash of its content; one that only leads to another is left out."""
    for page in pages_in_reading_order(site):
        content = (site / page).read_bytes()
        if not _is_file(page) and _NO_INDEX not in content:
            yield page, sha256(content).digest()


def _title_about_text(site: Path, page: str, line: str) -> tuple[str, str, str]:
    """Return the title of a page, its description and its Markdown."""
    shown = article(site / page)
    title = _flat(str(shown.xpath("string(.//h1)")))
    found = _DESCRIPTION.search((site / page).read_text(encoding="utf-8"))
    about = etree.fromstring(f"<p>{found[1]}</p>", etree.HTMLParser()) if found else None
    description = "" if about is None else _flat(str(about.xpath("string()")))
    return title, description, plain(shown, page, line)


def _line(identity: Identity) -> str:
    """Return what stands below the title of each page."""
    version = f"version {identity.version}, {typography.date(identity.released)}"
    return f"> {identity.title}, {version}. {_LEGEND}"


def plain(shown: etree._Element, page: str, line: str) -> str:
    """Return the article of a page as Markdown, with a line below its title.

    What has no text or is hidden is taken out of the article.
    """
    for hidden in _HIDDEN(shown):
        hidden.tag = "template"
    etree.strip_elements(shown, etree.Comment, *_NO_TEXT, with_tail=False)
    title, *blocks = _blocks(shown, dirname(page))
    return "\n\n".join([title, line, *blocks]) + "\n"


# ---- blocks --------------------------------------------------------------------------------------


def _blocks(element: etree._Element, folder: str) -> Iterator[str]:
    """Yield the blocks of an element, each as Markdown; text between blocks is a paragraph."""
    run: list[str] = [_text(element.text)]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _paragraph(run)
            run = []
            yield from _block(child, folder)
        else:
            run.append(_inline(child, folder))
        run.append(_text(child.tail))
    yield from _paragraph(run)


def _block(element: etree._Element, folder: str) -> Iterator[str]:
    """Yield a block element as Markdown."""
    tag = element.tag
    if re.fullmatch("h[1-6]", tag):
        yield f"{'#' * int(tag[1])} {_flat(_inside(element, folder))}"
    elif tag in ("ul", "ol"):
        yield from _joined(f"- {_cell(item, folder)}" for item in element.iterchildren("li"))
    elif tag == "dl":
        yield from _joined(_definitions(element, folder))
    elif tag == "table":
        yield from _table(element, folder)
    else:
        yield from _blocks(element, folder)


def _definitions(element: etree._Element, folder: str) -> Iterator[str]:
    """Yield a line for each term, with all its definitions."""
    term, said = "", list[str]()
    for part in element.iter("dt", "dd"):
        if part.tag == "dt":
            if term or said:
                yield f"- {term}: {'; '.join(said)}"
            term, said = _cell(part, folder), []
        else:
            said.append(_cell(part, folder))
    if term or said:
        yield f"- {term}: {'; '.join(said)}"


def _table(element: etree._Element, folder: str) -> Iterator[str]:
    """Yield the caption of a table and its rows."""
    for caption in element.iterchildren("caption"):
        yield f"Table: {_cell(caption, folder)}"
    rows = [
        [_cell(cell, folder).replace("|", "\\|") for cell in row if cell.tag in ("th", "td")]
        for row in element.iter("tr")
    ]
    if rows:
        width = max(map(len, rows))
        head, *others = (f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows)
        yield "\n".join([head, f"|{' --- |' * width}", *others])


def _cell(element: etree._Element, folder: str) -> str:
    """Return what an element holds on one line, with its blocks parted by semicolons."""
    if not len(element) or _BLOCKS.isdisjoint(child.tag for child in element):
        return _line_start(_flat(_inside(element, folder)))
    return "; ".join(
        block.replace("\n- ", "; ").removeprefix("- ") for block in _blocks(element, folder)
    )


def _paragraph(run: list[str]) -> Iterator[str]:
    text = _flat("".join(run))
    if text:
        yield _line_start(text)


def _line_start(text: str) -> str:
    """Return a line without breaks at its ends, and with a mark at its start escaped."""
    text = text.removeprefix("; ").removesuffix(";")
    return f"\\{text}" if _AT_START.match(text) else text


def _joined(lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines of a list as one block; nothing for none."""
    text = "\n".join(lines)
    if text:
        yield text


# ---- text ----------------------------------------------------------------------------------------


def _inline(element: etree._Element, folder: str) -> str:
    """Return an element within a line as Markdown."""
    if element.tag == "br":
        return "; "
    inside = _inside(element, folder)
    if not inside or inside.isspace():
        return inside
    classes = (element.get("class") or "").split()
    for name in classes:
        if name in _VOICES:
            return _around(inside, _VOICES[name])
    to = element.get("href") if element.tag == "a" and _UNLINKED.isdisjoint(classes) else None
    if to and not to.startswith("#"):
        return _around(inside, f"[{{}}]({_link(to, folder)})")
    return inside


def _around(inside: str, form: str) -> str:
    """Return a text in a form, with the spaces at its ends outside of it."""
    before = " " if inside[0] in _WHITE else ""
    return f"{before}{form.format(inside.strip(_WHITE))}{' ' if inside[-1] in _WHITE else ''}"


def _inside(element: etree._Element, folder: str) -> str:
    """Return what an element within a line holds."""
    inside = _text(element.text)
    if not len(element):
        return inside
    for child in element:
        inside += _inline(child, folder) + _text(child.tail)
    return inside


@cache
def _link(to: str, folder: str) -> str:
    """Return the address of a link: that of the Markdown for a page, without its anchor."""
    path = to.partition("#")[0]
    target = normpath(posixpath.join(folder, path))
    if _SCHEME.match(to) or not path.endswith(".html") or _is_file(target):
        return to
    return markdown_address(path)


def _text(text: str | None) -> str:
    """Return a text of a page with its marks escaped."""
    if not text or not _MARKS.search(text):
        return text or ""
    return _MARKS.sub(r"\\\g<0>", text)


def _flat(text: str) -> str:
    """Return a text with white space as single spaces; no-break spaces stay, but at its ends."""
    return (_SPACES.sub(" ", text) if _SPACES.search(text) else text).strip()


# ---- the list ------------------------------------------------------------------------------------


def _list(identity: Identity, entries: list[tuple[str, str, str]]) -> str:
    """Return `llms.txt` (llmstxt.org) of pages, each with its address, title and description.

    Sources are optional, as the format has it: they may be skipped where room is scarce.
    """
    root = f"{identity.address}/" if identity.address else ""
    tops = [entry for entry in entries if "/" not in entry[0] or entry[0].endswith("/index.html")]
    sections: dict[str, list[str]] = {"Pages": [_entry(root, entry) for entry in tops]}
    for entry in entries:
        if entry not in tops:
            folder = entry[0].partition("/")[0]
            name = "Optional" if folder == "sources" else folder.capitalize()
            sections.setdefault(name, []).append(_entry(root, entry))
    sections["Files"] = [
        f"- [{name}]({root}{FOLDER}/{name}): {about}"
        for name, about in (
            ("all.json", "every record, with what is computed from it"),
            ("all.sqlite", "every table in one SQLite file"),
            ("datapackage.json", "the Data Package of all tables"),
            ("index.json", "every file with its size and SHA-256"),
        )
    ]
    if "Optional" in sections:
        sections["Optional"] = sections.pop("Optional")
    heads = [f"# {identity.title}", f"> {identity.description}", _LEGEND]
    parts = (f"## {name}\n\n" + "\n".join(lines) for name, lines in sections.items())
    return "\n\n".join([*heads, *parts]) + "\n"


def _entry(root: str, entry: tuple[str, str, str]) -> str:
    page, title, about = entry
    linked = f"- [{_text(title)}]({root}{markdown_address(page)})"
    return f"{linked}: {_text(about)}" if about else linked
