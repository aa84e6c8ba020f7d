"""Letters and marks that deceive the eye: invisible ones, and those of another alphabet."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2028\u2029\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_ALIKE = dict(
    zip(
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0410\u0412\u0415\u041a\u041c\u041d\u041e"
        "\u0420\u0421\u0422\u0423\u0425\u0405\u0406\u0408\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d"
        "\u039f\u03a1\u03a4\u03a5\u03a7\u03bf",
        "aeopcyxijsABEKMHOPCTYXSIJABEZHIKMNOPTYXo",
        strict=True,
    )
)
"""The Cyrillic and Greek letters that look like a Latin one."""
_OTHER = "\u0400-\u052f" + "".join(letter for letter in _ALIKE if letter < "\u0400")
"""Every Cyrillic letter, and the Greek ones that look Latin, for a regular expression."""
_MIXED = re.compile(rf"[A-Za-z][{_OTHER}]|[{_OTHER}][A-Za-z]")
_OF_ANOTHER = re.compile(rf"[{_OTHER}]")


def holds_unseen(text: str) -> bool:
    """Return whether a text holds an invisible mark, or one that turns the direction of writing."""
    return _UNSEEN.search(text) is not None


def mixes_alphabets(text: str) -> bool:
    """Return whether a Latin letter stands beside a Cyrillic one, or a Greek one that looks Latin.

    Greek letters that look like no other, as in `TNFα`, are symbols.
    """
    return not text.isascii() and _MIXED.search(text) is not None


def deception(text: str) -> str:
    """Return what the eye does not see in a text, with the remedy; nothing where there is none."""
    text = " ".join(text.split())
    if unseen := _UNSEEN.search(text):
        behind = text[max(0, unseen.start() - 20) : unseen.start()]
        return f"; {_name(unseen[0])} stands behind '{behind}': delete it"
    if mixed := _MIXED.search(text):
        letter = next(mark for mark in mixed[0] if _OF_ANOTHER.match(mark))
        latin = f", not '{_ALIKE[letter]}'" if letter in _ALIKE else ""
        return f"; '{letter}' in it is {_name(letter)}{latin}: type it again"
    return ""


def _name(mark: str) -> str:
    return f"U+{ord(mark):04X} {unicodedata.name(mark, 'CONTROL CHARACTER')}"
