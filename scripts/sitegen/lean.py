"""HTML without white space that no reader sees, and without what HTML does not know."""

from __future__ import annotations

import re

# White space shows in these elements.
_KEPT = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)
# The theme tells its switches not to be remembered; access.js does it instead.
_NOT_HTML = re.compile(r'(<input [^>]*type="checkbox"[^>]*?) autocomplete="off"')


def lean(html: str) -> str:
    """The same page with neither indentation nor empty lines, but where they show.

    An attribute goes that the theme writes and HTML does not have on a checkbox.
    """
    pieces = _KEPT.split(html)
    for place in range(0, len(pieces), 3):
        pieces[place] = _NOT_HTML.sub(r"\1", re.sub(r"[ \t]*\n\s*", "\n", pieces[place]))
    return "".join(piece for place, piece in enumerate(pieces) if place % 3 != 2)
