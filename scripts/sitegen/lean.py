"""HTML without white space that no reader sees."""

from __future__ import annotations

import re

# White space shows in these elements.
_KEPT = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)


def lean(html: str) -> str:
    """The same page with neither indentation nor empty lines, but where they show."""
    pieces = _KEPT.split(html)
    for place in range(0, len(pieces), 3):
        pieces[place] = re.sub(r"[ \t]*\n\s*", "\n", pieces[place])
    return "".join(piece for place, piece in enumerate(pieces) if place % 3 != 2)
