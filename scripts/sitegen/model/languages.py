"""Languages by their tags in BCP 47: names, decimal marks, letters; read from `languages.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# The tags that a source has: language, script, region, variants; no extensions, which it never has.
_TAG = re.compile(
    r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
)
_REGION = re.compile(r"-(?:[A-Z]{2}|[0-9]{3})(?=-|$)")


@dataclass(frozen=True)
class Language:
    """A language: its tag, its name in English, its decimal mark and letters where known."""

    tag: str
    name: str
    decimal: str = ""
    letters: str = ""


_ROWS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["language"]
LANGUAGES: Mapping[str, Language] = {row["tag"]: Language(**row) for row in _ROWS}
"""The languages of the table by their tags."""
_BY_NAME = {language.name: language for language in LANGUAGES.values()}


@lru_cache(maxsize=1 << 8)
def language(text: str) -> Language | None:
    """Return the language that a tag or a name in English means; None where it is not known.

    A tag that is not in the table has what its language has, but no decimal mark where it names a
    region. Words behind a name, as in `Russian, with a summary`, do not change the language.
    """
    if known := LANGUAGES.get(text) or _BY_NAME.get(text.partition(",")[0].strip()):
        return known
    if not _TAG.fullmatch(text):
        return None
    first, *others = text.split("-")
    whole = LANGUAGES.get("-".join([first, *others[:1]])) or LANGUAGES.get(first)
    if whole is None:
        return None
    more = text.removeprefix(whole.tag).strip("-")
    decimal = "" if _REGION.search(text) else whole.decimal
    return Language(text, f"{whole.name} ({more})", decimal, whole.letters)


def read_language(text: str) -> str:
    """Return a language as a record has it. Raise ValueError for a tag of no known language.

    Words that are no tag, such as a name in English, stay as they are.
    """
    if _TAG.fullmatch(text) and language(text) is None:
        known = ", ".join(LANGUAGES)
        raise ValueError(f"must be a language by its tag in BCP 47, of these or with more: {known}")
    return text


def language_name(text: str) -> str:
    """Return the name of a language for a page; words that are no tag, as they are."""
    known = language(text) if _TAG.fullmatch(text) else None
    return known.name if known else text


def language_tag(text: str) -> str | None:
    """Return the tag of a language in BCP 47; None where the language is not known."""
    known = language(text)
    return known.tag if known else None


def decimal_mark(text: str) -> str:
    """Return the decimal mark of a language, or nothing where it is not known."""
    known = language(text)
    return known.decimal if known else ""


def tag_of_text(text: str, written_in: str) -> str | None:
    """Return the tag of a text for readers of HTML; None for English, and where it is not sure.

    A text without a letter of its language's own is no text in it, such as a name in Latin letters.
    """
    known = language(written_in)
    if known is None or known.tag.partition("-")[0] == "en":
        return None
    if known.letters and not any(
        unicodedata.name(mark, "").startswith(known.letters) for mark in text
    ):
        return None
    return known.tag
