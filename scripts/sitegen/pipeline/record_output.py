"""What each record comes to by itself, in every file that it has a part in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sitegen import search
from sitegen.derive.relations import Relations
from sitegen.export import citations, datapackage, fhir, jsonld, records
from sitegen.export.files import Written, as_json
from sitegen.export.table import csv_lines
from sitegen.export.tables import rows_of
from sitegen.model import Record


@dataclass(frozen=True)
class Single:
    """One record as JSON, as a node of JSON-LD (or nothing), as lines of tables, in the search."""

    content: str
    node: str
    lines: Mapping[str, str]
    entry: search.Entry
    document: Mapping[str, Any]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Single:
        """The same from what JSON makes of it."""
        return cls(**{**told, "entry": search.Entry.of(told["entry"])})


def of_record(relations: Relations, record: Record, references: Mapping[str, str]) -> Single:
    """What a record comes to; `references` are the sources as such, by id."""
    node = jsonld.of_record(relations, record)
    rows = rows_of(relations, record)
    entry = search.entry_of_record(record, relations)
    (document,) = search.documents([entry])
    return Single(
        as_json(records.content(relations, record, references)),
        as_json(node) if node else "",
        {name: found for name, each in rows if (found := csv_lines(each))},
        entry,
        document,
    )


def files(
    relations: Relations,
    singles: Mapping[tuple[str, str], Single],
    schemas: Mapping[str, bytes],
) -> Iterator[tuple[str, bytes]]:
    """Address and content of every file for others, from what each record comes to."""
    contents: Written = {key: each.content for key, each in singles.items()}
    nodes: Written = {key: each.node for key, each in singles.items()}
    made = (
        *records.files(relations, contents, schemas),
        *citations.files(relations.site),
        *fhir.files(relations),
        *jsonld.files(relations, nodes),
    )
    yield from made
    yield from datapackage.files(relations, _together(singles.values()), dict(made))


def _together(singles: Iterable[Single]) -> Mapping[str, str]:
    """The lines of every table, one record after the other."""
    found: dict[str, list[str]] = {}
    for single in singles:
        for name, lines in single.lines.items():
            found.setdefault(name, []).append(lines)
    return {name: "".join(lines) for name, lines in found.items()}
