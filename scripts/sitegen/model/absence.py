"""The closed vocabulary of absence: why a value is not there."""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import Enum
from functools import lru_cache

from sitegen.model.problems import Misspelt, nearest


class Absence(Enum):
    """A word that stands where a value would; a blank is never allowed."""

    NOT_REPORTED = "not reported"
    UNCLEAR = "unclear"
    NOT_APPLICABLE = "not applicable"
    NONE_OBSERVED = "none observed"
    NOT_EXTRACTED = "not extracted"

    def __str__(self) -> str:
        return self.value

    @property
    def slug(self) -> str:
        """The word as a name for anchors and classes, e.g. `not-reported`."""
        return self.value.replace(" ", "-")


MEANINGS = {
    Absence.NOT_REPORTED: "the source was read for this and does not say",
    Absence.UNCLEAR: "the source says something that can be read in more than one way",
    Absence.NOT_APPLICABLE: "the question does not arise for this record",
    Absence.NONE_OBSERVED: "the source claims that nothing was seen;"
    " how it was looked for is not recorded",
    Absence.NOT_EXTRACTED: "our own gap: the source is known and has not been read for this yet",
}

_BY_WORD = {absence.value: absence for absence in Absence}
_NEAR = 0.88
# A longer text is nowhere near: twice the shorter length over both lengths bounds the likeness.
_LONGEST = int(max(map(len, _BY_WORD)) * (2 / _NEAR - 1))


# What people write for an absence elsewhere; here it would pass for a reported text.
_OTHER_WORDS = frozenset(
    (
        *"n/a na n.a. n.d. n.r. nil none unknown unspecified unstated missing blank tbd nr".split(),
        *("not stated", "not given", "not known", "not mentioned", "not specified"),
        *("not described", "not provided", "not recorded", "not available"),
        *"- -- ? . – —".split(),
    )
)
YES_OR_NO = re.compile(r"y|yes|n|no|on|off|true|false", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"(?:todo|fixme)\b.*|to (?:do|be (?:done|added|written|checked))|pending|xxx+|\?+|\.\.\.+|…"
    r"|(?:please )?see (?:the )?(?:paper|article|source|text|note)"
    r"|see (?:above|below)",
    re.IGNORECASE,
)
"""What is written where the value is to come."""
_AND_MORE = re.compile(rf"({'|'.join(_BY_WORD)})(?: ?[(,;:.\u2013\u2014]| - ).*", re.IGNORECASE)
_WORD = f"({'|'.join(_BY_WORD)})"
_TWO = re.compile(rf"{_WORD}(?: ?[/,;|&] ?| or | and ){_WORD}", re.IGNORECASE)
_WHICH = (
    "must be a value or exactly one of: 'not extracted' if nobody read the source for it,"
    " 'not reported' if the source was read for it and does not say, 'unclear' if what it says can"
    " be read in several ways, 'not applicable' if the question does not arise, 'none observed' if"
    " the source says that nothing was seen"
)


def _is_near(plain: str) -> bool:
    """Return whether a text is all but one of the words."""
    return len(plain) <= _LONGEST and bool(get_close_matches(plain, _BY_WORD, 1, _NEAR))


@lru_cache(maxsize=1 << 12)  # most short texts stand in many records
def read_absence(text: str) -> Absence | None:
    """Return the absence that a text names, or None when it is an ordinary text.

    Raise ValueError for a word of absence that is not quite one of the five.
    """
    if text in _BY_WORD:
        return _BY_WORD[text]
    plain = " ".join(text.lower().replace("_", " ").replace("-", " ").split())
    must = f"must be a value or exactly one of: {', '.join(_BY_WORD)}"
    if plain in _BY_WORD:
        raise Misspelt(f"{must}: write '{plain}'", plain)
    if _is_near(plain):
        raise ValueError(must + nearest(plain, _BY_WORD))
    if text.lower().strip() in _OTHER_WORDS:
        raise ValueError(_WHICH)
    return None


def is_placeholder(text: str) -> bool:
    """Return whether a text only keeps the place of what is to be written."""
    return _PLACEHOLDER.fullmatch(text) is not None


@lru_cache(maxsize=1 << 12)
def refuse_what_says_nothing(text: str) -> None:
    """Raise ValueError for a text that stands where a source's words should, and is none of them.

    A bare yes or no, what keeps a place, and a word of absence that a remark follows.
    """
    if YES_OR_NO.fullmatch(text):
        raise ValueError(
            "must say in words what the source says, such as 'no blinding', or be a word of absence"
        )
    if is_placeholder(text) or text.lower() == "tbc":
        raise ValueError(
            "must be what the source says, and this only keeps its place: write 'not extracted'"
            " until the source is read for it"
        )
    if two := _TWO.fullmatch(text):
        raise ValueError(
            f"must be one word of absence: '{two[1].lower()}' and '{two[2].lower()}' are two"
        )
    if said := _AND_MORE.fullmatch(text):
        raise ValueError(
            f"must be '{said[1].lower()}' alone: what follows it is a remark, and belongs to"
            " 'note:'"
        )
