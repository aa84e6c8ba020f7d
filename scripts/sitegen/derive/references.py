"""Sources as references: the fields of CSL, and citations in the style of the NLM."""

from __future__ import annotations

import re
from typing import Any

from sitegen.model import Source, When
from sitegen.model.absence import Absence
from sitegen.model.author import MORE, Author
from sitegen.model.languages import language_tag
from sitegen.model.typography import EN_DASH

MORE_AUTHORS = "More authors than are named here."
_ADDRESS = re.compile(r"https?://[\w.-]+(?::[0-9]{1,5})?(?:[/?#][^\s\"'`\\^{|}]*)?")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_TYPES = {"code list": "dataset", "database entry": "dataset"}


def csl(source: Source) -> dict[str, Any]:
    """Return a source as a record of CSL-JSON 1.0.2; what is not known is left out."""
    fields: dict[str, Any] = {
        "id": source.id,
        "type": "article-journal" if source.publication else _TYPES.get(source.kind, "webpage"),
        "title": source.title,
        "original-title": source.original_title,
        "author": [_name(name) for name in _authors(source)],
        "note": MORE_AUTHORS if MORE in _authors(source) else None,
        "issued": _date(source.published.value),
        "status": "; ".join(source.states),
        "language": language_tag(source.language),
        "URL": linked(source),
    }
    if source.publication:
        fields.update(_of_publication(source))
    else:
        fields["accessed"] = _date(source.verified.on.value)
    return {name: value for name, value in fields.items() if value}


def pages(text: str) -> tuple[str, str]:
    """Return the first and the last page of a range; for other text, it and an empty one.

    The two ends are of one form: `11-19`, `S12-S18`, `024501-1-024501-8`. The number of an
    article, such as `e12-3`, is no range.
    """
    parts = _DASHES.sub("-", text).split("-")
    middle = len(parts) // 2
    first, last = ("-".join(end).strip() for end in (parts[:middle], parts[middle:]))
    return (first, last) if first and _form(first) == _form(last) else (text, "")


def page_range(text: str) -> str:
    """Return the pages of a publication with an en dash where they are a range: `88–95`."""
    return EN_DASH.join(filter(None, pages(text)))


def _form(page: str) -> str:
    return re.sub(r"[0-9]+", "0", page)


def _shortened(text: str) -> str:
    """Return ranges of pages with as little of each last page as the NLM prints: `11–9, 98–102`."""
    return ", ".join(_shortened_range(part.strip()) for part in text.split(","))


def _shortened_range(text: str) -> str:
    """Return a range whose last page omits the digits shared with the first, if equally long."""
    first, last = pages(text)
    if not last or first == last:
        return first
    same = 0
    while len(first) == len(last) and first[same] == last[same]:
        same += 1
    return f"{first}–{last[same:]}"


def linked(source: Source) -> str | None:
    """Return the address a page may link; None where none is known, or the page is a seller's.

    Only a plain address of the web is one: with a host, without a user, and without quotes and
    other marks that RFC 3986 allows nowhere; `<` and `>`, which DOIs of the nineties contain, are
    percent-encoded as it requires.
    """
    address = source.address.value
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        return None
    return address.replace("<", "%3C").replace(">", "%3E")


def fields_for_style(source: Source) -> dict[str, Any]:
    """Return the fields as a style takes them: a title that is not as printed is in brackets.

    What became of the source stands behind its title, in brackets of its own.
    """
    fields = csl(source)
    if fields.pop("note", None):
        fields["author"] = [*fields["author"][:-1], {"literal": "et al"}]
    if "page" in fields:
        fields["page"] = _shortened(fields["page"])
    if source.title_is != "as printed":
        fields["title"] = f"[{source.title}]"
    if status := fields.pop("status", None):
        fields["title"] = f"{fields['title']} [{status}]"
    return fields


def _authors(source: Source) -> tuple[str | Author, ...]:
    names = source.author.value
    return () if isinstance(names, Absence) else tuple(names)


_PARTS = {
    "family": "family",
    "given": "given",
    "particle": "non-dropping-particle",
    "dropping_particle": "dropping-particle",
    "suffix": "suffix",
    "literal": "literal",
}
"""The parts of a name, and what CSL calls them."""


def _name(name: str | Author) -> dict[str, str]:
    """Return a name for CSL: its parts exactly as given, or a family name with its initials.

    Those not seen are the name `others`, which processors of CSL print as “et al.” or as it is, so
    that the authors seen are not taken for all.
    """
    if isinstance(name, Author):
        parts = {csl: getattr(name, part) for part, csl in _PARTS.items()}
        return {part: text for part, text in parts.items() if text}
    if name == MORE:
        return {"literal": MORE}
    family, _, initials = name.rpartition(" ")
    return {"family": family, "given": re.sub(r"(?<=\w)(?=[^\W\d_a-z])", ". ", initials) + "."}


def _date(value: When | Absence) -> dict[str, Any] | None:
    """Return a date for CSL, as precise as it is known; a decade has none."""
    if isinstance(value, Absence) or value.first_year != value.last_year:
        return None
    parts = [part for part in (value.first_year, value.month, value.day) if part]
    return {"date-parts": [parts]}


def _of_publication(source: Source) -> dict[str, str]:
    publication = source.publication
    if publication is None:
        return {}
    named = {
        "container-title": publication.journal,
        "volume": publication.volume,
        "issue": publication.issue,
        "page": publication.pages,
        "PMID": publication.pmid,
        "PMCID": publication.pmcid,
        "DOI": publication.doi,
    }
    known = {name: str(value) for name, value in named.items() if not isinstance(value, Absence)}
    if "page" in known:
        known["page"] = _DASHES.sub("-", known["page"])
    return known
