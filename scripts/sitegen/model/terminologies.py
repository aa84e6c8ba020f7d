"""Names of terminologies: what readers call the systems that codes are from."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar

# By the address that FHIR gives a system, or by what the addresses of its lists begin with.
BUILT_IN: Mapping[str, str] = {
    "http://snomed.info/sct": "SNOMED CT",
    "http://loinc.org": "LOINC",
    "http://unitsofmeasure.org": "UCUM",
    "http://hl7.org/fhir/sid/icd-9": "ICD-9",
    "http://hl7.org/fhir/sid/icd-10": "ICD-10",
    "http://id.who.int/icd/release/11/mms": "ICD-11",
    "http://www.whocc.no/atc": "ATC",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
    "https://www.nlm.nih.gov/mesh": "MeSH",
    "http://purl.obolibrary.org/obo/mondo.owl": "Mondo",
    "https://www.orpha.net": "Orphanet",
    "http://standardterms.edqm.eu": "EDQM Standard Terms",
    "https://spor.ema.europa.eu/v1/lists/": "EMA SPOR, list ",
    "http://fdasis.nlm.nih.gov": "UNII",
    "https://commonchemistry.cas.org": "CAS Registry",
    "https://pubchem.ncbi.nlm.nih.gov/compound": "PubChem",
    "https://www.chemspider.com": "ChemSpider",
    "https://www.inchi-trust.org": "InChI",
    "https://www.wikidata.org/entity": "Wikidata",
}
IN_USE: ContextVar[Mapping[str, str]] = ContextVar("terminologies", default=BUILT_IN)
"""The names of the site that is being read or made; `vocabulary.py` sets it."""


def terminology(system: str) -> str:
    """Return what readers call a system: `MeSH`; one that is not known here keeps its address."""
    names = IN_USE.get()
    if system in names:
        return names[system]
    for start, name in names.items():
        if start.endswith("/") and system.startswith(start):
            return f"{name}{system.removeprefix(start)}"
    return system
