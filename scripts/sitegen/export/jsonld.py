"""Records and pages in the vocabulary of schema.org: reported, never recommended.

No page has the type of a recommendation, a rating, an offer or a level of evidence. Addresses are
those at which the site is published; where that is not known, they are relative to the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sitegen.addresses import FOLDER, page_of
from sitegen.derive.relations import Relations
from sitegen.export.files import NO_BREAK, Texts, as_json, joined, lines
from sitegen.export.jsonld_records import (
    Json,
    condition,
    contraindications,
    regimen,
    source,
    study,
    substance,
)
from sitegen.model import Condition, Record, Regimen, Source, Study, Substance

CONTEXT = "https://schema.org"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DOWNLOADS = {
    "all.json": "application/json",
    "all.sqlite": "application/vnd.sqlite3",
    "datapackage.json": "application/json",
    "fhir/bundle.json": "application/fhir+json",
    "fhir/extensions.json": "application/fhir+json",
    "citations/all.bib": "application/x-bibtex",
}
_KEYWORDS = ("reported doses", "studies in people", "experiments", "cautions", "sources")
_VARIABLES = (
    "dose",
    "frequency of doses",
    "length of a course",
    "route",
    "strength",
    "participants",
    "contraindication",
    "adverse effect",
)
_ADDRESSES = frozenset({"@id", "contentUrl", "url"})
SIZED = tuple(f"{FOLDER}/{name}" for name in _DOWNLOADS)
"""The address of every file whose size a page tells."""
_NODES: Mapping[str, Callable[[Relations, Any], Json | None]] = {
    Regimen.folder: regimen,
    Study.folder: study,
    Condition.folder: condition,
    Source.folder: source,
    Substance.folder: substance,
}


def files(relations: Relations, texts: Texts) -> Iterator[tuple[str, bytes]]:
    """Address and content of a file for each kind: a graph of its records.

    `written` is the node of each record in JSON, nothing for a record that has none.
    """
    for folder in _NODES:
        records = relations.site.records[folder].values()
        nodes = [node for record in records if (node := texts[record.key])]
        graph = {"@context": as_json(CONTEXT), "@graph": f"[{','.join(nodes)}]"}
        yield _file_of(folder), lines(joined(graph))


def of_record(relations: Relations, record: Record) -> Json | None:
    """Return a record as a node of the file of its kind; None without a type in schema.org."""
    make = _NODES.get(record.folder)
    node = make(relations, record) if make else None
    address = relations.site.identity.address
    return _placed(node, _file_of(record.folder), address) if node else None


def _file_of(folder: str) -> str:
    return f"{FOLDER}/jsonld/{folder}.jsonld"


def record_of_page(relations: Relations) -> Mapping[str, tuple[str, str]]:
    """Return the kind and id of the record that a page is of, by the page's address."""
    found: dict[str, tuple[str, str]] = {}
    for folder in _NODES:
        for record in relations.site.records[folder].values():
            found.setdefault(page_of(record), record.key)
    return found


def page(
    relations: Relations,
    uri: str,
    shown: tuple[str, str] | None,
    titles: Mapping[str, str],
    sizes: Mapping[str, int],
) -> str:
    """Return the JSON-LD of a page; it is safe in a script element.

    `shown` is the kind and id of the record that the page is of. `titles` are those of all pages,
    `sizes` those of the files that are `SIZED`, by address.
    """
    record = relations.site.records[shown[0]][shown[1]] if shown else None
    return _in_script(_page(relations, uri, record, titles, sizes))


def _page(
    relations: Relations,
    uri: str,
    shown: Record | None,
    titles: Mapping[str, str],
    sizes: Mapping[str, int],
) -> Json:
    identity = relations.site.identity
    built = {
        "@context": CONTEXT,
        "@type": "WebPage",
        "@id": "/" + uri,
        "url": "/" + uri if identity.address else None,
        "name": titles[uri],
        "dateModified": str(identity.released),
        "version": identity.version,
        "license": _LICENCE,
        "breadcrumb": _breadcrumb(uri, titles),
        "citation": _cited(relations, shown) if shown else None,
        "about": _about(relations, uri, shown),
        "mainEntity": _main(relations, uri, shown, sizes),
    }
    known = {name: value for name, value in built.items() if value}
    placed: Json = _placed(known, uri, identity.address)
    return placed


def _breadcrumb(uri: str, titles: Mapping[str, str]) -> Json:
    """Return the way to a page: the front page, the page of its folder, itself."""
    folder = uri.rpartition("/")[0]
    way = dict.fromkeys(["index.md", f"{folder}/index.md" if folder else "index.md", uri])
    steps = [
        {"@type": "ListItem", "position": place, "name": titles[page], "item": {"@id": "/" + page}}
        for place, page in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _cited(relations: Relations, record: Record) -> list[Json]:
    """Return the sources a page rests on."""
    if isinstance(record, Source):
        return []
    return [_reference(source) for source in relations.sources_of(record)]


def _reference(cited: Source) -> Json:
    kind = "ScholarlyArticle" if cited.publication else "WebPage"
    node = {"@type": kind, "@id": f"/{page_of(cited)}#source", "name": cited.title}
    return {**node, **({"creativeWorkStatus": list(cited.states)} if cited.states else {})}


def _about(relations: Relations, uri: str, shown: Record | None) -> list[Json]:
    if isinstance(shown, Regimen | Study):
        return [
            {
                "@type": "MedicalCondition",
                "@id": f"/{page_of(condition)}#condition",
                "name": condition.name,
            }
            for condition in relations.conditions_named(shown)
        ]
    if uri == "safety/index.md":
        return contraindications(relations)
    return []


def _main(
    relations: Relations, uri: str, shown: Record | None, sizes: Mapping[str, int]
) -> Json | None:
    if shown:
        return _NODES[shown.folder](relations, shown)
    if uri == "substance/index.md":
        return substance(relations, relations.site.substances[relations.site.identity.substance])
    return _dataset(relations, sizes) if uri == "data/index.md" else None


def _dataset(relations: Relations, sizes: Mapping[str, int]) -> Json:
    identity = relations.site.identity
    first = relations.site.sources[identity.source]
    return {
        "@type": "Dataset",
        "name": identity.title,
        **({"url": "/data/index.md"} if identity.address else {}),
        "description": f"{identity.description} What sources report, with what is computed from "
        "it and what they leave out; not advice.",
        "version": identity.version,
        "identifier": f"{identity.name}-{identity.version}",
        "creator": {"@type": "Organization", "name": identity.maintainers},
        "keywords": [relations.site.substances[identity.substance].name, *_KEYWORDS],
        "variableMeasured": list(_VARIABLES),
        "dateModified": str(identity.released),
        "license": _LICENCE,
        "isAccessibleForFree": True,
        "isBasedOn": _reference(first),
        "distribution": [_download(name, sizes) for name in _DOWNLOADS],
    }


def _download(name: str, sizes: Mapping[str, int]) -> Json:
    return {
        "@type": "DataDownload",
        "name": name,
        "contentUrl": f"/{FOLDER}/{name}",
        "encodingFormat": _DOWNLOADS[name],
        "contentSize": f"{sizes[f'{FOLDER}/{name}']} B",
    }


def _placed(node: Any, uri: str, address: str | None) -> Any:
    """Return the same with addresses from the root as a document at `uri` writes them.

    They are absolute where the site is published at an `address`, else relative.
    """
    root = f"{address}/" if address else "../" * uri.count("/")

    def place(name: str, value: Any) -> Any:
        if name in _ADDRESSES and isinstance(value, str) and value.startswith("/"):
            return root + re.sub(r"\.md(?=#|$)", ".html", value[1:])
        if isinstance(value, dict):
            return {inner: place(inner, member) for inner, member in value.items()}
        if isinstance(value, list):
            return [place("", member) for member in value]
        return value.replace(NO_BREAK, " ") if isinstance(value, str) else value

    return place("", node)


def _in_script(content: Json) -> str:
    """JSON that no text of the data can end a script element with, or begin a comment in."""
    return as_json(content).translate({ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&"})
