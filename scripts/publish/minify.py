"""HTML and style sheets without what has no effect: white space, comments."""

from __future__ import annotations

import re

# The elements in which white space has an effect.
_PREFORMATTED = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)
# The theme sets `autocomplete` so that browsers do not restore its switches; access.js does that.
_INVALID_ATTRIBUTE = re.compile(r'(<input [^>]*type="checkbox"[^>]*?) autocomplete="off"')
# A string or an address of a style sheet, or else a comment beside white space, or an indentation.
_OF_SHEET = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^"')]*\))"""
    r"""|(?:(?<=\s)|\A)/\*.*?\*/|/\*.*?\*/(?=\s|\Z)|(?<=\n)\s+""",
    re.DOTALL,
)


def minify_css(sheet: str) -> str:
    """Return a style sheet without its comments and its indentation.

    A comment that alone parts two words stays, since without it they would be one.
    """
    return _OF_SHEET.sub(lambda match: match[1] or "", sheet)


def minify(html: str) -> str:
    """Return the page without indentation and empty lines, except where they have an effect.

    The `autocomplete` attribute of checkboxes is removed: HTML does not have it there.
    """
    # Each match adds two pieces to the text before it: the element and the name of its tag.
    pieces = _PREFORMATTED.split(html) if "<pre" in html or "<textarea" in html else [html]
    for index in range(0, len(pieces), 3):
        pieces[index] = _INVALID_ATTRIBUTE.sub(r"\1", _strip_lines(pieces[index]))
    return "".join(piece for index, piece in enumerate(pieces) if index % 3 != 2)


def _strip_lines(text: str) -> str:
    r"""Return the text without white space beside its line breaks, and without empty lines.

    The result is that of replacing `[ \t]*\n\s*` by a line break, in a fifth of the time. The
    first and the last line may be empty.
    """
    first, *rest = text.split("\n")
    if not rest:
        return text
    *between, last = map(str.lstrip, rest)
    lines = [line.rstrip(" \t") for line in [first, *filter(None, between)]]
    return "\n".join([*lines, last])
