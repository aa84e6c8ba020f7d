"""Reads BibTeX and BibLaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pybtex.database import Entry as Raw
from pybtex.database import Person, parse_string
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from curate.reference import (
    Entry,
    Name,
    Reference,
    Unclear,
    date,
    doi,
    language,
    pages,
    publication,
)
from sitegen.model.author import MORE

_MARKS = re.compile(r"\\(?:emph|textit|textbf|textsc|texttt|mkbibemph)\s*(?=\{)")
_KINDS = {"article": "journal article", "online": "web article", "patent": "patent"}


def entries(text: str) -> Iterator[Entry]:
    """Yield the entries of a file. Raise Unclear where it is not BibTeX."""
    try:
        found = parse_string(text, "bibtex").entries
    except PybtexError as error:
        raise Unclear(f"is not BibTeX: {error}") from None
    for key, raw in found.items():
        start = re.search(rf"@\s*\w+\s*[{{(]\s*{re.escape(key)}\s*,", text, re.IGNORECASE)
        yield Entry(text.count("\n", 0, start.start()) + 1 if start else 1, raw)


def reference(entry: Entry) -> Reference:
    """Return what an entry says. Raise Unclear for what is not understood."""
    raw: Raw = entry.raw
    found = Reference(title=_text(raw, "title"), kind=_KINDS.get(raw.type.lower()))
    if subtitle := _text(raw, "subtitle"):
        found.title += f": {subtitle}"
    found.language = language(found, _text(raw, "language", "langid"))
    found.authors = [_name(one) for one in raw.persons.get("author", ())]
    found.published = _date(found, raw)
    found.address = raw.fields.get("url") or None
    in_pubmed = raw.fields.get("eprinttype", "").lower() == "pubmed"
    found.publication = publication(
        journal=_text(raw, "shortjournal", "journal", "journaltitle"),
        volume=_text(raw, "volume"),
        issue=_text(raw, "number", "issue"),
        pages=pages(_text(raw, "pages", "eid")),
        pmid=_text(raw, "pmid") or (_text(raw, "eprint") if in_pubmed else ""),
        pmcid=_text(raw, "pmcid"),
        doi=doi(raw.fields.get("doi", "").replace("\\_", "_")),
    )
    return found


def _text(raw: Raw, *names: str) -> str:
    """Return the first of some fields that is there, as plain text."""
    for name in names:
        if raw.fields.get(name, "").strip():
            return _plain(raw.fields[name], name)
    return ""


def _plain(latex: str, name: str) -> str:
    """Return LaTeX as plain text. Raise Unclear for a command that is none of a letter."""
    try:
        text = str(Text.from_latex(_MARKS.sub("", latex))).replace("\u00a0", " ")
    except PybtexError as error:
        raise Unclear(f"{name} is not LaTeX that is understood: {error}") from None
    if re.search(r"[\\$]", text):
        raise Unclear(
            f"{name} holds LaTeX that is not understood: write plain text (got '{latex}')"
        )
    return " ".join(text.split())


def _name(one: Person) -> Name:
    """Return an author: a name in braces is that of a body."""
    last = " ".join(one.last_names)
    if str(one) == MORE:
        return MORE
    if re.fullmatch(r"\{.*\}", last, re.DOTALL) and not one.first_names:
        return {"literal": _plain(last, "author")}
    parts = {
        "particle": one.prelast_names,
        "family": one.last_names,
        "given": [*one.first_names, *one.middle_names],
        "suffix": one.lineage_names,
    }
    return {name: _plain(" ".join(words), "author") for name, words in parts.items() if words}


def _date(found: Reference, raw: Raw) -> str | None:
    """Return the date: that of BibLaTeX, or year and month."""
    if whole := raw.fields.get("date", "").strip():
        return date(found, *whole.split("-")[:3])
    year = raw.fields.get("year", "").strip()
    month, day = _text(raw, "month"), _text(raw, "day")
    return date(found, year, month, day) if year else None
