"""Sources as BibTeX, RIS and CSL-JSON, one by one and all together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sitegen.addresses import ALL_SOURCES, citation_addresses
from sitegen.derive.references import csl, pages
from sitegen.export.files import as_json
from sitegen.model import Site
from sitegen.model.author import MORE

_BIBTEX_TYPES = {"article-journal": "article"}
_RIS_TYPES = {"article-journal": "JOUR", "dataset": "DATA", "webpage": "ELEC"}
# What LaTeX reads as more than a letter. Unicode stays as it is: BibLaTeX reads UTF-8.
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts every brace, also one after a backslash
    "}": r"\textbraceright{}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Address and content of every citation file: each source in three formats, and all of them."""
    items = [csl(source) for source in site.sources.values()]
    for name, chosen in [*((item["id"], [item]) for item in items), (ALL_SOURCES, items)]:
        contents = bibtex(chosen), ris(chosen), csl_json(chosen)
        yield from zip(
            citation_addresses(name), (content.encode() for content in contents), strict=True
        )


def csl_json(items: list[dict[str, Any]]) -> str:
    """CSL-JSON 1.0.2: an array of items."""
    return f"{as_json(items)}\n"


def bibtex(items: list[dict[str, Any]]) -> str:
    """BibTeX, with the field names of BibTeX's own styles and `doi`, `pmid`, `url`, `urldate`.

    `eprint` is the PMID too, as BibLaTeX has it.
    """
    return "\n".join(_bibtex_entry(item) for item in items)


def ris(items: list[dict[str, Any]]) -> str:
    """RIS as reference managers read it: a tag, two spaces, a hyphen, a space, CR LF."""
    return "".join(_ris_entry(item) for item in items)


def _bibtex_entry(item: dict[str, Any]) -> str:
    issued = _parts(item.get("issued"))
    fields = {
        "author": " and ".join(_bibtex_names(item)),
        "title": f"{{{_latex(item['title'])}}}",
        "origtitle": _latex(item.get("original-title", "")),
        "journal": _latex(item.get("container-title", "")),
        "year": "".join(map(str, issued[:1])),
        "month": "".join(map(str, issued[1:2])),
        "volume": _latex(item.get("volume", "")),
        "number": _latex(item.get("issue", "")),
        "pages": _latex("--".join(filter(None, pages(item.get("page", ""))))),
        "doi": _verbatim(item.get("DOI", "")),
        "pmid": item.get("PMID", ""),
        "pmcid": item.get("PMCID", ""),
        "eprint": item.get("PMID", ""),
        "eprinttype": "pubmed" if "PMID" in item else "",
        "language": item.get("language", ""),
        "note": _latex(_bracketed(item)),
        "url": _verbatim(item.get("URL", "")),
        "urldate": "-".join(f"{part:02}" for part in _parts(item.get("accessed"))),
    }
    kind = _BIBTEX_TYPES.get(item["type"], "misc")
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{item['id']},", *lines, "}", ""])


def _bibtex_names(item: dict[str, Any]) -> list[str]:
    return [_bibtex_name(author) for author in item.get("author", [])]


def _bibtex_name(author: dict[str, str]) -> str:
    """Return a name as `von Last, Jr, First`; one that is whole in braces, so that it stays so."""
    if literal := author.get("literal"):
        return literal if literal == MORE else f"{{{_latex(literal)}}}"
    last, first = _last_and_first(author)
    return _latex(", ".join(filter(None, [last, author.get("suffix"), first])))


def _ris_name(author: dict[str, str]) -> str:
    """Return a name as `Last, First, Suffix`, or whole."""
    if literal := author.get("literal"):
        return "et al." if literal == MORE else literal
    last, first = _last_and_first(author)
    suffix = author.get("suffix", "")
    return f"{last}, {first}, {suffix}" if suffix else ", ".join(filter(None, [last, first]))


def _last_and_first(author: dict[str, str]) -> tuple[str, str]:
    """Return the family name with the particle that it keeps, and the rest of the name."""
    last = (author.get("non-dropping-particle"), author.get("family"))
    first = (author.get("given"), author.get("dropping-particle"))
    return " ".join(filter(None, last)), " ".join(filter(None, first))


def _latex(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in text)


def _verbatim(text: str) -> str:
    """Return a text for a field that is read literally, such as an address; braces are encoded."""
    return text.replace("{", "%7B").replace("}", "%7D")


def _ris_entry(item: dict[str, Any]) -> str:
    first, last = pages(item.get("page", ""))
    lines = [("TY", _RIS_TYPES[item["type"]]), ("ID", item["id"])]
    lines += [("AU", _ris_name(name)) for name in item.get("author", [])]
    lines += [
        ("TI", item["title"]),
        ("OP", item.get("original-title", "")),
        ("JO", item.get("container-title", "")),
        ("PY", "".join(map(str, _parts(item.get("issued"))[:1]))),
        ("DA", _ris_date(_parts(item.get("issued")))),
        ("VL", item.get("volume", "")),
        ("IS", item.get("issue", "")),
        ("SP", first),
        ("EP", last),
        ("DO", item.get("DOI", "")),
        ("AN", item.get("PMID", "")),
        ("C2", item.get("PMCID", "")),
        ("N1", item.get("note", "")),
        ("N1", _bracketed(item)),
        ("LA", item.get("language", "")),
        ("UR", item.get("URL", "")),
        ("Y2", _ris_date(_parts(item.get("accessed")))),
        ("ER", ""),
    ]
    filled = [(tag, value) for tag, value in lines if value or tag == "ER"]
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in filled)


def _ris_date(parts: list[int]) -> str:
    """Return a date as `2001/06/05/`, with nothing for a part that is not known."""
    year, month, day = [*(f"{part:02}" for part in parts), "", "", ""][:3]
    return f"{year}/{month}/{day}/" if year else ""


def _bracketed(item: dict[str, Any]) -> str:
    """Return what became of a work after it was published; nothing where no notice is recorded."""
    return f"[{item['status']}]" if "status" in item else ""


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _parts(date: dict[str, Any] | None) -> list[int]:
    return list(date["date-parts"][0]) if date else []
