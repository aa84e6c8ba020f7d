"""The tables as CSV, and the Data Package (version 2) that describes them and the other files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sitegen.addresses import DATA_PACKAGE, FOLDER
from sitegen.derive.references import linked
from sitegen.export.files import compact
from sitegen.export.format import FORMAT
from sitegen.export.table import Table
from sitegen.model import Site

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
# What is published besides tables and single records: how it is written, and what it holds.
# `frictionless` reads a file of the format json for what its keys are, and all.json has one that is
# called `checks`, as a checklist of its own has: a format that it does not know it leaves alone.
WHOLES = {
    "all.json": (
        "json-records",
        "application/json",
        "Every record, with what is computed from it.",
    ),
    "all.sqlite": (
        "sqlite",
        "application/vnd.sqlite3",
        "Every table in one SQLite file, with types, keys and views; `meta_columns` says what each "
        "column means.",
    ),
    "fhir/bundle.json": (
        "json",
        "application/fhir+json",
        "Regimens, cautions, indications and results of studies in FHIR R5.",
    ),
    "fhir/extensions.json": (
        "json",
        "application/fhir+json",
        "The StructureDefinition of each extension that these FHIR resources use.",
    ),
    "citations/all.bib": ("bib", "application/x-bibtex", "The sources in BibTeX."),
    "citations/all.ris": (
        "ris",
        "application/x-research-info-systems",
        "The sources in RIS.",
    ),
    "citations/all.csl.json": (
        "json",
        "application/vnd.citationstyles.csl+json",
        "The sources in CSL-JSON.",
    ),
}


_CHARTS = f"{FOLDER}/charts/"


def files(
    site: Site, made: tuple[Table, ...], others: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Address and content of every table, and of the descriptor of them and of `others`.

    `others` are the other files by their address.
    """
    for table in made:
        yield f"{FOLDER}/csv/{table.name}.csv", table.csv
    yield DATA_PACKAGE, compact(descriptor(site, made, others))


def descriptor(
    site: Site, made: tuple[Table, ...], others: Mapping[str, bytes]
) -> Mapping[str, Any]:
    """Return the descriptor of the package. Profile: Data Package 2.0 (datapackage.org)."""
    identity = site.identity
    return {
        "$schema": _PROFILE,
        "name": identity.name,
        "title": identity.title,
        "description": f"{identity.description} What sources report, not advice.",
        **_addresses(identity.address),
        "version": identity.version,
        "created": f"{identity.released}T00:00:00Z",
        "format": FORMAT,
        "licenses": [_LICENCE],
        "contributors": [{"title": identity.maintainers, "roles": ["creator"]}],
        "sources": [_source(site, id) for id in site.sources],
        "resources": [
            *map(_resource, made),
            *(_other(name, others[f"{FOLDER}/{name}"]) for name in WHOLES),
            *(_of_picture(uri, content) for uri, content in others.items() if _CHARTS in uri),
        ],
    }


def _addresses(address: str | None) -> dict[str, str]:
    """Return where the package and its site are published, nothing where that is not known."""
    if address is None:
        return {}
    return {"id": f"{address}/{DATA_PACKAGE}", "homepage": f"{address}/"}


class DescribedTable(NamedTuple):
    """A table in the descriptor: its address, what it holds, how many columns it has."""

    uri: str
    about: str
    columns: int
    is_link: bool
    """Whether it is a link table, which has no words in place of values."""


def described(files: Mapping[str, bytes]) -> tuple[DescribedTable, ...]:
    """Return every table that the descriptor among the files describes."""
    resources = json.loads(files[DATA_PACKAGE])["resources"]
    return tuple(
        DescribedTable(
            f"{FOLDER}/{resource['path']}",
            resource["description"],
            len(resource["schema"]["fields"]),
            not resource["schema"]["missingValues"],
        )
        for resource in resources
        if "schema" in resource
    )


def _source(site: Site, id: str) -> dict[str, str]:
    source = site.sources[id]
    address = linked(source)
    return {"title": source.title, **({"path": address} if address else {})}


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": f"csv/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": table.about,
        **_proof(table.csv),
        "schema": table.schema,
    }


def _other(name: str, content: bytes) -> dict[str, Any]:
    form, media, about = WHOLES[name]
    return {
        "name": name.replace("/", "-").replace(".", "-"),
        "path": name,
        "format": form,
        "mediatype": media,
        **({"encoding": "utf-8"} if form != "sqlite" else {}),
        "description": about,
        **_proof(content),
    }


def _of_picture(uri: str, content: bytes) -> dict[str, Any]:
    """Return a file of a picture: the drawing, or the numbers that it shows."""
    path = uri.removeprefix(f"{FOLDER}/")
    form = path.rpartition(".")[2]
    is_drawing = form == "svg"
    return {
        "name": path.replace("/", "-").replace(".", "-"),
        "path": path,
        "format": form,
        "mediatype": "image/svg+xml" if is_drawing else "text/csv",
        "encoding": "utf-8",
        "description": "A picture, as the pages show it." if is_drawing else "Its numbers.",
        **_proof(content),
    }


def _proof(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
