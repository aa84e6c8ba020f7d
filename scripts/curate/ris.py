"""Reads RIS, as publishers and reference managers give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import rispy

from curate.reference import (
    Entry,
    Name,
    Reference,
    Unclear,
    date,
    doi,
    language,
    number,
    pages,
    person,
    publication,
)

_KINDS = {
    "JOUR": "journal article",
    "EJOUR": "journal article",
    "ELEC": "web article",
    "WEB": "web article",
    "ENCYC": "encyclopaedia",
    "PAT": "patent",
}
_TAGS = {tag: tag for tag in rispy.TAG_KEY_MAPPING}
_START = re.compile(r"(?m)^TY  -")


def entries(text: str) -> Iterator[Entry]:
    """Yield the entries of a file. Raise Unclear where one does not end."""
    lines = [text.count("\n", 0, start.start()) + 1 for start in _START.finditer(text)]
    found = rispy.loads("\n".join(filter(str.strip, text.splitlines())), mapping=_TAGS)
    if len(found) != len(lines):
        raise Unclear(
            f"has {len(lines)} entries that begin ('TY  -') and {len(found)} that end"
            " ('ER  -'): mend the lines between them"
        )
    yield from map(Entry, lines, found)


def reference(entry: Entry) -> Reference:
    """Return what an entry says. Raise Unclear for what is not understood."""
    raw: Mapping[str, Any] = entry.raw
    found = Reference(title=_text(raw, "TI", "T1"), kind=_KINDS.get(_text(raw, "TY")))
    found.language = language(found, _text(raw, "LA"))
    found.authors = [_name(name) for tag in ("AU", "A1") for name in raw.get(tag, ())]
    given = _text(raw, "DA", "PY", "Y1").split("/")
    found.published = date(found, *given[:3]) if given[0] else None
    found.address = _text(raw, "UR") or None
    ends = list(dict.fromkeys(filter(None, (_text(raw, "SP"), _text(raw, "EP")))))
    found.publication = publication(
        journal=_text(raw, "JA", "J2", "JO", "T2", "JF"),
        volume=_text(raw, "VL"),
        issue=_text(raw, "IS"),
        pages=pages("-".join(ends) or _text(raw, "C7")),
        pmid=_pubmed(raw),
        pmcid=_text(raw, "C2") if _text(raw, "C2").startswith("PMC") else "",
        doi=doi(_text(raw, "DO")),
    )
    return found


def _text(raw: Mapping[str, Any], *tags: str) -> str:
    """Return the first of some tags that is there; of a list, the first."""
    for tag in tags:
        value = raw.get(tag)
        text = (value[0] if value else "") if isinstance(value, list) else value
        if text and text.strip():
            return " ".join(text.split())
    return ""


def _pubmed(raw: Mapping[str, Any]) -> str:
    """Return the PMID, where the entry says that its number is one."""
    held = _text(raw, "DB", "DP").lower()
    text = _text(raw, "AN")
    if "pubmed" in held or "medline" in held or text.lower().startswith("pmid"):
        return number(text, "pmid:", "pmid")
    return ""


def _name(text: str) -> Name:
    """Return an author: `Family, Given, Suffix`, or a body without a comma before its end.

    Raise Unclear for a name without a comma that could be either.
    """
    family, *others = [part.strip() for part in text.split(",")]
    if any(others):
        return person(family, *others[:2])
    if not others and re.fullmatch(r"\S+ (?:[^\W\d_a-z]\.? ?){1,3}", family):
        raise Unclear(
            f"the author '{family}' can be a person or a body: write 'Family, Given' for a"
            " person, and a comma behind the name of a body"
        )
    return {"literal": family}
