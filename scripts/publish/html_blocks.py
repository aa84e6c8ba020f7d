"""Raw HTML out of Python-Markdown's way, which would read it tag by tag: half of a cold build.

A page is mostly HTML that templates wrote: blocks that begin at the start of a line. Each is put
by whole, as Python-Markdown does it in the end (`markdown.htmlparser.HTMLExtractor`, 3.10); where
a page holds anything less plain, the rest of it is left to Python-Markdown. Either way makes the
same HTML, and a test says so.
"""

from __future__ import annotations

import re
from functools import cache

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

NAME = "publish.html_blocks:WholeBlocks"
_AFTER_FENCED_CODE_BEFORE_HTML = 22
_TAG = re.compile(r"^( {0,3})<([a-zA-Z][\w-]*)(?=[\s/>])", re.MULTILINE)
_NOT_PLAIN = re.compile(r"<[!?]")  # comments and their like, which may hold half a tag
_END_OF_LINE = re.compile(r" *(?:\n|\Z)")
_BLANK_LINE = re.compile(r"(?: *\n){2}")


class WholeBlocks(Extension):
    """Puts by blocks of plain HTML before Python-Markdown looks for any."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add the step."""
        md.preprocessors.register(_Blocks(md), "whole_blocks", _AFTER_FENCED_CODE_BEFORE_HTML)


class _Blocks(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if _NOT_PLAIN.search(text):
            return lines
        kept, place = [], 0
        for tag in _TAG.finditer(text):
            indent, name = tag.groups()
            if tag.start() < place or not self.md.is_block_level(name):
                continue
            end = None if indent else _end(text, tag.start(), name)
            if end is None or not _END_OF_LINE.match(text, end):
                break
            block = text[tag.start() : end] + ("\n" if _BLANK_LINE.match(text, end) else "")
            kept += [text[place : tag.start()], "\n", self.md.htmlStash.store(block), "\n\n"]
            place = end
        return "".join([*kept, text[place:]]).split("\n")


def _end(text: str, start: int, name: str) -> int | None:
    """Where the element ends that begins at a place; None where it has no end or no inside."""
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
    """Every tag of a name."""
    within = r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*"
    return re.compile(rf"<(/?){re.escape(name)}(?=[\s/>]){within}>", re.IGNORECASE)
