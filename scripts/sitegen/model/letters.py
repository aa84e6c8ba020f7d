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
_LOOKS_LATIN = re.compile(f"[{''.join(_ALIKE)}]")
_WIDE = {0xFF01 + at: chr(0x21 + at) for at in range(94)}
_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-")
_TYPED = {0x2010: "-", 0x2011: "-", **_WIDE}
_UNTYPED = re.compile(f"[{''.join(map(chr, _TYPED))}\ufffd]")
_LATIN = re.compile("[A-Za-z]")
_OTHER_LETTERS = re.compile("[\u0370-\u052f]")


def holds_unseen(text: str) -> bool:
    """Return whether a text holds an invisible mark, or one that turns the direction of writing."""
    return _UNSEEN.search(text) is not None


def mixes_alphabets(text: str) -> bool:
    """Return whether a Latin letter stands beside a Cyrillic one, or a Greek one that looks Latin.

    Greek letters that look like no other, as in `TNFα`, are symbols.
    """
    return not text.isascii() and _MIXED.search(text) is not None


def is_of_two_alphabets(text: str) -> bool:
    """Return whether a text has Latin letters, and Cyrillic ones or Greek ones that look Latin."""
    return not text.isascii() and bool(_LATIN.search(text) and _OF_ANOTHER.search(text))


def in_narrow_signs(text: str) -> str:
    """Return a text with plain signs for the wide ones of East Asian typing: `１` as `1`."""
    return text.translate(_WIDE)


def as_typed(text: str) -> str:
    """Return a text with plain signs for those that look like them: `－`, `–`, a Cyrillic `а`."""
    plain = in_narrow_signs(text).translate(_DASHES)
    return "".join(_ALIKE.get(mark, mark) for mark in plain)


def deception(text: str, *, is_name: bool = False) -> str:
    """Return what the eye does not see in a text, with the remedy; nothing where there is none.

    A name is of one alphabet in all its words; another text may have words of several.
    """
    text = " ".join(text.split())
    if unseen := _UNSEEN.search(text):
        behind = text[max(0, unseen.start() - 20) : unseen.start()]
        return f"; {_name(unseen[0])} stands behind '{behind}': delete it"
    if letter := _mixed(text) or (_rarer(text) if is_name else None):
        return _of_sign(letter[0], _ALIKE.get(letter[0]))
    if untyped := _UNTYPED.search(text):
        return _of_sign(untyped[0], _TYPED.get(ord(untyped[0])))
    return ""


def _mixed(text: str) -> re.Match[str] | None:
    """Return the letter of another alphabet that a word has beside Latin ones, or None."""
    if text.isascii():
        return None
    if beside := _MIXED.search(text):
        return _OF_ANOTHER.search(beside[0])
    words = (word for word in text.split() if _LATIN.search(word))
    return next(filter(None, map(_LOOKS_LATIN.search, words)), None)


def _rarer(text: str) -> re.Match[str] | None:
    """Return a letter of the alphabet of two that fewer letters of a text are of."""
    if not is_of_two_alphabets(text):
        return None
    is_latin = len(_LATIN.findall(text)) < len(_OTHER_LETTERS.findall(text))
    return (_LATIN if is_latin else _OF_ANOTHER).search(text)


def _of_sign(sign: str, plain: str | None) -> str:
    """Return which sign is in a text, and which it looks like."""
    instead = f", not '{plain}'" if plain else ""
    return f"; '{sign}' in it is {_name(sign)}{instead}: type it again"


def _name(mark: str) -> str:
    return f"U+{ord(mark):04X} {unicodedata.name(mark, 'CONTROL CHARACTER')}"
