"""Stores raw HTML before Python-Markdown parses it, which would take half of a cold build.

A page is mostly HTML from templates: blocks that begin at the start of a line. Each is stored as a
whole in the stash of Python-Markdown, which `markdown.htmlparser.HTMLExtractor` (3.10) does as
well, but tag by tag. From the first block that is not plain, Python-Markdown parses the rest of
the page. Either way gives the same HTML (`tests/publish/test_html_blocks.py`).
"""

from __future__ import annotations

import re
from functools import cache

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

NAME = "publish.html_blocks:HtmlBlocks"
_PRIORITY = 22  # after fenced code, before Python-Markdown's own step for HTML
_TAG = re.compile(r"^( {0,3})<([a-zA-Z][\w-]*)(?=[\s/>])", re.MULTILINE)
_NOT_PLAIN = re.compile(r"<[!?]")  # comments and declarations, which may hold half a tag
_END_OF_LINE = re.compile(r" *(?:\n|\Z)")
_BLANK_LINE = re.compile(r"(?: *\n){2}")


class HtmlBlocks(Extension):
    """Stores blocks of plain HTML before Python-Markdown looks for HTML."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the step."""
        md.preprocessors.register(_StoreBlocks(md), "plain_html_blocks", _PRIORITY)


class _StoreBlocks(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with a placeholder for each block of plain HTML."""
        text = "\n".join(lines)
        if _NOT_PLAIN.search(text):
            return lines
        parts, position = [], 0
        for tag in _TAG.finditer(text):
            indent, name = tag.groups()
            if tag.start() < position or not self.md.is_block_level(name):
                continue
            end = None if indent else _end_of_element(text, tag.start(), name)
            if end is None or not _END_OF_LINE.match(text, end):
                break
            block = text[tag.start() : end] + ("\n" if _BLANK_LINE.match(text, end) else "")
            parts += [text[position : tag.start()], "\n", self.md.htmlStash.store(block), "\n\n"]
            position = end
        return "".join([*parts, text[position:]]).split("\n")


def _end_of_element(text: str, start: int, name: str) -> int | None:
    """Return where the element ends whose tag begins at `start`, None where it is not closed.

    An element that consists of one tag gives None as well.
    """
    depth = 0
    for tag in _tags(name).finditer(text, start):
        if tag[1]:
            depth -= 1
        elif not tag[0].endswith("/>"):
            depth += 1
        if depth == 0:
            return tag.end() if tag[1] else None
    return None


@cache
def _tags(name: str) -> re.Pattern[str]:
    """Return the pattern of every opening and closing tag of a name."""
    attributes = r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*"
    return re.compile(rf"<(/?){re.escape(name)}(?=[\s/>]){attributes}>", re.IGNORECASE)
