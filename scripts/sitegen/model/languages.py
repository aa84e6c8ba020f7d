"""Languages by their tags in BCP 47: names, decimal marks and letters; see `languages.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sitegen.model.problems import Misspelt, nearest

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


def is_tag(text: str) -> bool:
    """Return whether a text has the form of a tag of BCP 47, as a source can have it."""
    return _TAG.fullmatch(text) is not None


@dataclass(frozen=True, eq=False)
class Languages:
    """A table of languages, and what follows from it."""

    all: tuple[Language, ...]

    @cached_property
    def by_tag(self) -> Mapping[str, Language]:
        """The languages by their tags."""
        return {language.tag: language for language in self.all}

    @cached_property
    def by_name(self) -> Mapping[str, Language]:
        """The languages by their names in English."""
        return {language.name: language for language in self.all}

    def meant(self, text: str) -> Language | None:
        """Return the language that a tag or a name in English means; None where it is not known.

        A tag that is not in the table has what its language has, but no decimal mark where it names
        a region. Words behind a name, as in `Russian, with a summary`, do not change the language.
        """
        known = self.by_tag.get(text) or self.by_name.get(text.partition(",")[0].strip())
        if known or not is_tag(text):
            return known
        first, *others = text.split("-")
        whole = self.by_tag.get("-".join([first, *others[:1]])) or self.by_tag.get(first)
        if whole is None:
            return None
        more = text.removeprefix(whole.tag).strip("-")
        decimal = "" if _REGION.search(text) else whole.decimal
        return Language(text, f"{whole.name} ({more})", decimal, whole.letters)


def _languages() -> Iterable[Language]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return (Language(**row) for row in tomllib.loads(text)["language"])


BUILT_IN = Languages(tuple(_languages()))
"""The languages of the program."""
IN_USE: ContextVar[Languages] = ContextVar("languages", default=BUILT_IN)
"""The table of the site that is being read or made; `vocabulary.py` sets it."""


def languages() -> Languages:
    """Return the table of languages of the site at hand, or that of the program."""
    return IN_USE.get()


def language(text: str) -> Language | None:
    """Return the language that a tag or a name in English means; None where it is not known."""
    return languages().meant(text)


_CODES = (
    "eng en rus ru ukr uk bel be bul bg srp sr zho zh chi zh jpn ja kor ko deu de ger de fra fr"
    " fre fr ita it spa es por pt nld nl dut nl pol pl ces cs cze cs slk sk slo sk hun hu ron ro"
    " rum ro dan da nor no swe sv fin fi tur tr ell el gre el heb he ara ar fas fa per fa hin hi"
    " kat ka geo ka lat la hye hy arm hy"
).split()
_SHORT = dict(zip(_CODES[::2], _CODES[1::2], strict=True))
"""The codes of three letters of ISO 639, each with the one of two letters, which tags have."""


def read_language(text: str) -> str:
    """Return a language as a record has it. Raise ValueError for a tag of no known language.

    Words that are no tag, such as a name in English, stay as they are.
    """
    if (meant := _SHORT.get(text.lower(), text.lower())) != text and meant in languages().by_tag:
        if language(text) is None:
            must = "must be a language by its name or its shortest tag in BCP 47"
            raise Misspelt(f"{must}: write '{meant}'", meant)
    if is_tag(text) and language(text) is None:
        known = ", ".join(languages().by_tag)
        raise ValueError(f"must be a language by its tag in BCP 47, of these or with more: {known}")
    if (names := languages().by_name) and text not in names and (near := nearest(text, names)):
        raise ValueError(f"must be a language by its name or tag{near}")
    return text


def language_name(text: str) -> str:
    """Return the name of a language for a page; words that are no tag, as they are."""
    known = language(text) if is_tag(text) else None
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
