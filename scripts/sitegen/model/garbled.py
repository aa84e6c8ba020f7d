"""What copying has spoilt in a text: a wrong encoding, entities of HTML, ligatures of a PDF."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

_ENTITY = re.compile(r"&(?:[A-Za-z]+[0-9]*|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_REPLACED = "\ufffd"
_WRONG = re.compile("\u00e2[^\\x00-\\x7f]{2}|[\u00c2\u00c3\u00ce\u00cf\u00d0\u00d1][\u00a1-\u00bf]")
"""What UTF-8 looks like that was read as Windows-1252: a dash as `â€“`, an `é` as `Ã©`."""
_LOST = re.compile(r"(?<!\S)\?{2,}(?!\S).*\s\?{2,}(?!\S)")
"""Two words of question marks alone: letters that an encoding has no signs for."""


def fault_of_copying(text: str) -> tuple[str, str | None] | None:
    """Return what must not be in a text that was copied, and the text as it should be.

    The text is None where it is not known; all of it is None where nothing is wrong.
    """
    if _REPLACED in text or _LOST.search(text):
        return (
            "must hold no marks that a wrong encoding leaves for letters: type the text again, and"
            " save the file as UTF-8"
        ), None
    for pattern, right, what in _KINDS:
        if (meant := _mended(pattern, right, text)) != text:
            garbled = next(one for one in pattern.findall(text) if right(one) != one)
            return f"must hold no {what}: write '{right(garbled)}' for '{garbled}'", meant
    return None


def _mended(pattern: re.Pattern[str], right: Callable[[str], str], text: str) -> str:
    return pattern.sub(lambda one: right(one[0]), text)


def _decoded(signs: str) -> str:
    """Return signs of a wrong encoding as they were; others as they are."""
    try:
        return signs.encode("cp1252").decode()
    except UnicodeError:
        return signs


def _unescaped(entity: str) -> str:
    """Return the sign that an entity is, a space for any space; what is none, as it is."""
    sign = " " if html.unescape(entity).isspace() else html.unescape(entity)
    return sign if sign.isprintable() and sign != _REPLACED else entity


def _parted(ligature: str) -> str:
    return unicodedata.normalize("NFKC", ligature)


_KINDS = (
    (_WRONG, _decoded, "signs of a wrong encoding"),
    (_ENTITY, _unescaped, "entity of HTML"),
    (_LIGATURE, _parted, "letters joined to one sign"),
)
