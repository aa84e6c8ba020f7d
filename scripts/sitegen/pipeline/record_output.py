"""What is made of each record by itself, in every file that it has a part in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sitegen import search
from sitegen.check.record_counts import RecordCounts, record_counts
from sitegen.derive.grouping import grouped
from sitegen.derive.relations import Relations
from sitegen.export import (
    citations,
    datapackage,
    fhir,
    index,
    jsonld,
    pictures,
    records,
    sqlite,
)
from sitegen.export.files import Texts, as_json
from sitegen.export.table import csv_lines
from sitegen.export.tables import rows_of, tables
from sitegen.model import Record
from sitegen.pages import charts


@dataclass(frozen=True)
class RecordOutput:
    """One record: as JSON, a node of JSON-LD (or nothing), table lines, search, counts."""

    content: str
    node: str
    lines: Mapping[str, str]
    entry: search.Entry
    document: Mapping[str, Any]
    counts: RecordCounts

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> RecordOutput:
        """Return the output that JSON describes."""
        entry, counts = search.Entry.of(plain["entry"]), RecordCounts(*plain["counts"])
        return cls(**{**plain, "entry": entry, "counts": counts})


def of_record(relations: Relations, record: Record, references: Mapping[str, str]) -> RecordOutput:
    """Return what is made of a record; `references` are the sources as cited, by id."""
    node = jsonld.of_record(relations, record)
    rows = rows_of(relations, record)
    entry = search.entry_of_record(record, relations)
    (document,) = search.documents([entry])
    return RecordOutput(
        as_json(records.content(relations, record, references)),
        as_json(node) if node else "",
        {name: found for name, cells in rows if (found := csv_lines(cells))},
        entry,
        document,
        record_counts(relations.site, record),
    )


def files(
    relations: Relations,
    outputs: Mapping[tuple[str, str], RecordOutput],
    schemas: Mapping[str, str],
) -> Iterator[tuple[str, bytes]]:
    """Yield address and content of every exported file, from what is made of each record."""
    contents: Texts = {key: output.content for key, output in outputs.items()}
    nodes: Texts = {key: output.node for key, output in outputs.items()}
    made_tables = tuple(tables(relations, _lines(outputs.values())))
    made: tuple[tuple[str, bytes], ...] = (
        *records.files(relations, contents, schemas),
        *citations.files(relations.site),
        *fhir.files(relations),
        *jsonld.files(relations, nodes),
        *pictures.files(_drawn(relations)),
        sqlite.file(relations.site.identity, made_tables),
    )
    made = (*made, *datapackage.files(relations.site, made_tables, dict(made)))
    yield from made
    yield index.file(relations.site.identity, dict(made))


def _drawn(relations: Relations) -> Iterator[pictures.DrawnPicture]:
    """Yield every picture for which there are data, as what its files are made of."""
    for picture in charts.pictures(relations):
        rows = tuple(tuple(cell.text for cell in row) for row in picture.rows)
        yield pictures.DrawnPicture(picture.name, charts.alone(picture), picture.head, rows)


def _lines(outputs: Iterable[RecordOutput]) -> Mapping[str, str]:
    """Return the lines of every table, one record after the other."""
    found = grouped(line for output in outputs for line in output.lines.items())
    return {name: "".join(lines) for name, lines in found.items()}
