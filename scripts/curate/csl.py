"""Reads CSL-JSON, as reference managers, Crossref and DOI servers give it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from curate.reference import Entry, Reference, Unclear, date, doi, language, pages, publication
from sitegen.model.when import read_when

_KINDS = {
    "article-journal": "journal article",
    "webpage": "web article",
    "entry-encyclopedia": "encyclopaedia",
    "patent": "patent",
}
_NAMES = {
    "family": "family",
    "given": "given",
    "non-dropping-particle": "particle",
    "dropping-particle": "dropping_particle",
    "suffix": "suffix",
    "literal": "literal",
    "name": "literal",
}
_MARKS = re.compile(r"</?(?:i|b|u|em|strong|sc|span)(?: [^<>]*)?>")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def entries(text: str) -> Iterator[Entry]:
    """Yield the entries of a file. Raise Unclear where it is not JSON."""
    decoder = json.JSONDecoder()
    place = re.match(r"\s*\[?\s*", text).end()  # type: ignore[union-attr]
    while place < len(text) and text[place] != "]":
        line = text.count("\n", 0, place) + 1
        try:
            found, place = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            raise Unclear(f"line {error.lineno}: is not JSON: {error.msg}") from None
        if not isinstance(found, dict):
            raise Unclear(f"line {line}: an entry must be an object in braces")
        yield Entry(line, found)
        place = re.compile(r"[\s,]*").match(text, place).end()  # type: ignore[union-attr]


def reference(entry: Entry) -> Reference:
    """Return what an entry says. Raise Unclear for what is not understood."""
    raw: Mapping[str, Any] = entry.raw
    found = Reference(title=plain(_text(raw, "title")))
    found.kind = _KINDS.get(_text(raw, "type"))
    found.language = language(found, _text(raw, "language"))
    found.authors = [_name(name) for name in raw.get("author", ())]
    found.published = _date(found, raw.get("issued") or {})
    found.address = _text(raw, "URL") or None
    noted = dict(re.findall(r"\b(PMC?ID): *(\w+)", _text(raw, "note")))
    short = _text(raw, "container-title-short") or _text(raw, "journalAbbreviation")
    found.publication = publication(
        journal=plain(short or _text(raw, "container-title")),
        volume=_text(raw, "volume"),
        issue=_text(raw, "issue"),
        pages=pages(_text(raw, "page") or _text(raw, "article-number") or _text(raw, "number")),
        pmid=_text(raw, "PMID") or noted.get("PMID"),
        pmcid=_text(raw, "PMCID") or noted.get("PMCID"),
        doi=doi(_text(raw, "DOI")),
    )
    return found


def _text(raw: Mapping[str, Any], key: str) -> str:
    """Return the text of a variable; some servers give a list of one."""
    value = raw.get(key, "")
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else ""
    if isinstance(value, dict | bool):
        raise Unclear(f"{key} must be a text")
    return " ".join(str(value if value is not None else "").split())


def _name(raw: Any) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise Unclear("author must list names with family and given, or literal")
    found = {part: str(raw[key]) for key, part in _NAMES.items() if raw.get(key)}
    if not ("family" in found or "literal" in found):
        raise Unclear("author must have a family name, or the literal name of a body")
    return found


def _date(reference: Reference, raw: Mapping[str, Any]) -> str | None:
    """Return the date of issue; of a range within a year, the year."""
    dates = [[str(part) for part in parts] for parts in raw.get("date-parts", ()) if parts]
    if len(dates) == 1:
        return date(reference, *dates[0][:3])
    if dates and len({parts[0] for parts in dates}) == 1:
        reference.remarks.append("the date is a range: its year was taken")
        return date(reference, dates[0][0])
    text = str(raw.get("raw") or raw.get("literal") or "")
    if not text and not dates:
        return None
    try:
        return str(read_when(text))
    except ValueError as error:
        raise Unclear(f"issued {error} (got '{text}'): write date-parts") from None


def plain(text: str) -> str:
    """Return a text without the marks of HTML; raised and lowered digits stay so."""
    for name, table in (("sup", _RAISED), ("sub", _LOWERED)):
        pattern = re.compile(rf"<{name}>([^<>]*)</{name}>")
        text = pattern.sub(lambda match, table=table: match[1].translate(table), text)  # type: ignore[misc]
    return " ".join(html.unescape(_MARKS.sub("", text)).split())
