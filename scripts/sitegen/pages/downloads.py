"""Which files hold what a page shows, for the links at its foot."""

from __future__ import annotations

from sitegen.addresses import FOLDER, citation_addresses, fhir_address, json_address, json_of_kind
from sitegen.model import Record, Regimen, Site, Source

Link = tuple[str, str]

# The tables behind each page that shows more than one record.
_TABLES = {
    "index.html": ("regimens", "cautions"),
    "dosage/index.html": ("regimens", "regimens-studies"),
    "dosage/strengths-and-volumes.html": ("volumes", "products", "parameters"),
    "studies/index.html": (
        "studies",
        "studies-findings",
        "studies-results",
        "studies-harm_events",
        "studies-arms",
        "ties",
    ),
    "studies/experiments.html": ("experiments", "experiments-doses", "experiments-findings"),
    "conditions/index.html": ("conditions", "conditions-overlaps"),
    "safety/index.html": ("cautions",),
    "substance/index.html": ("substances", "substances-names", "substances-numbers"),
    "substance/claims.html": ("claims",),
    "substance/products.html": ("products", "products-numbers"),
    "substance/history.html": ("events", "organisations", "people"),
    "checks/index.html": ("checks",),
    "checks/agreement.html": ("agreement", "comparisons"),
    "sources/index.html": ("sources", "sources-sentences"),
    "data/codes.html": ("codes", "codes-codes"),
    "glossary/index.html": ("terms",),
    "changes/index.html": ("changes", "changes-entries"),
}
_IN_JSONLD = ("regimens", "studies", "conditions", "sources", "substances")
_ALL: Link = ("all files", "data/index.md")


def downloads(site: Site, uri: str, record: Record | None) -> tuple[Link, ...]:
    """The name and address of each file behind a page: of its record, or of what it lists.

    All records of a kind are one file of JSON where there is any.
    """
    if record:
        return (*_of_record(record), *_of_kind(record.folder), _ALL)
    tables = _TABLES.get(uri, ())
    kinds = [name for name in tables if site.records.get(name)]
    records = ((f"{name} as JSON", json_of_kind(name)) for name in kinds)
    return (*records, *((f"{name} as CSV", f"{FOLDER}/csv/{name}.csv") for name in tables), _ALL)


def _of_record(record: Record) -> tuple[Link, ...]:
    alone = ("this record as JSON", json_address(record.folder, record.id))
    if isinstance(record, Regimen):
        return (alone, ("FHIR", fhir_address(record.id)))
    if isinstance(record, Source):
        formats = ("BibTeX", "RIS", "CSL-JSON")
        return (alone, *zip(formats, citation_addresses(record.id), strict=True))
    return (alone,)


def _of_kind(folder: str) -> tuple[Link, ...]:
    table = (f"{folder} as CSV", f"{FOLDER}/csv/{folder}.csv")
    if folder not in _IN_JSONLD:
        return (table,)
    return (table, ("as JSON-LD", f"{FOLDER}/jsonld/{folder}.jsonld"))
