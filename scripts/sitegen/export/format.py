"""The version of the published files' shape, and what changed in it."""

from __future__ import annotations

from dataclasses import dataclass

FORMAT = "1.0.0"


@dataclass(frozen=True)
class FormatChange:
    """What one version of the format brought."""

    version: str
    says: tuple[str, ...]


# Newest first. The first number rises where a program that reads the files may stop working, the
# second where something is added, the third where a description is mended.
CHANGES = (
    FormatChange(
        FORMAT,
        (
            "JSON: every record alone and all in one file, with a JSON Schema (2020-12) of each "
            "kind as it is published; what is computed stands under “computed”.",
            "CSV: a table for each kind in a Data Package (version 2), with the words of absence "
            "as labelled missing values; regimens have a row for each phase and reading, and arms, "
            "results and harms of studies have tables that are linked by record and number; each "
            "column of several values has a link table.",
            "SQLite: the same tables in one file, with types, keys, views and the meaning of each "
            "column.",
            "FHIR R5: a Bundle of reported regimens, cautions and indications, with a "
            "list of what FHIR cannot carry.",
            "JSON-LD: the records of each kind in the vocabulary of schema.org, also in the head "
            "of each page.",
            "BibTeX, RIS and CSL-JSON: the sources, one by one and all together.",
            "SVG and CSV: each picture, and the numbers that it shows.",
        ),
    ),
)
