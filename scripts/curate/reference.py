"""A reference as a file of references gives it, and how its parts are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from babel.core import get_global

from sitegen.model.languages import languages
from sitegen.model.when import read_when

Name = str | dict[str, str]
"""An author: the parts of the name, or `others`."""


class Unclear(ValueError):
    """What a file says cannot be understood; the text names the field, and what to write."""


@dataclass
class Reference:
    """What a file says of one source; what it does not say is None or empty."""

    title: str
    kind: str | None = None
    language: str | None = None
    authors: list[Name] = field(default_factory=list)
    published: str | None = None
    address: str | None = None
    title_is: str | None = None
    original_title: str | None = None
    publication: dict[str, str] = field(default_factory=dict)
    types: list[str] = field(default_factory=list)
    states: list[dict[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What was understood only in part, for the curator to look at."""


@dataclass(frozen=True)
class Entry:
    """One entry of a file: the line where it begins, and what the format's library makes of it."""

    line: int
    raw: Any


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def date(reference: Reference, year: str, month: str = "", day: str = "") -> str:
    """Return a date as precise as a file gives it; a month or day that is none is remarked on.

    Raise Unclear where the year is none.
    """
    found = year.strip()
    if not re.fullmatch("[0-9]{4}", found):
        raise Unclear(f"the year '{year}' is not understood: write four digits")
    parts = [_month(month), day.strip().zfill(2) if day.strip() else ""]
    for part, given in zip(parts, (month, day), strict=True):
        if not given.strip():
            break
        try:
            found = str(read_when(f"{found}-{part}"))
        except ValueError:
            reference.remarks.append(f"'{given}' is no part of a date that is understood: {found}")
            break
    return found


def _month(text: str) -> str:
    """Return a month as two digits, from its number or its English name."""
    plain = text.strip().lower()
    if plain[:3] in _MONTHS and plain.isalpha():
        return f"{_MONTHS.index(plain[:3]) + 1:02}"
    return plain.zfill(2)


def language(reference: Reference, text: str) -> str | None:
    """Return the tag of a language that a file gives by a tag, a code of three letters or a name.

    What is not known is remarked on, and left to the curator.
    """
    plain = text.strip()
    aliases = get_global("language_aliases")
    for name in (plain, plain.replace("_", "-"), aliases.get(plain.lower(), ""), plain.title()):
        if name and (known := languages().meant(name)):
            return known.tag
    if plain:
        reference.remarks.append(f"the language '{plain}' is not known here: write it by hand")
    return None


def person(family: str, given: str = "", suffix: str = "") -> dict[str, str]:
    """Return the parts of a name whose family name may begin with a particle in small letters."""
    words = family.split()
    count = next((n for n, word in enumerate(words) if not word.islower()), 0)
    parts = {
        "particle": " ".join(words[:count]),
        "family": " ".join(words[count:]),
        "given": " ".join(given.split()),
        "suffix": suffix.strip(),
    }
    return {name: text for name, text in parts.items() if text}


def number(text: str, *before: str) -> str:
    """Return a number without an address or a name before it, such as `https://doi.org/`."""
    plain = text.strip()
    for start in before:
        if plain.lower().startswith(start.lower()):
            plain = plain[len(start) :].strip()
    return plain


def doi(text: str) -> str:
    """Return a DOI without its address."""
    return number(text, "https://", "http://", "dx.", "doi.org/", "doi:")


def pages(text: str) -> str:
    """Return pages with a plain hyphen."""
    return re.sub(r"\s*[-–—]+\s*", "-", text.strip())


def publication(**given: str | None) -> dict[str, str]:
    """Return what is known of where a reference stands, without what is not."""
    return {name: " ".join(text.split()) for name, text in given.items() if text and text.strip()}
