"""Link tables: a row for each of the values that stand together in a cell of another table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitegen.export.table import (
    ONCE,
    SENTENCES,
    Column,
    Reference,
    Row,
    Several,
    Table,
    link_name,
)

_ITEM = Column("item", "Its place among the values of the cell, from 1.", "integer")
_OF_SENTENCES = (
    Column("source", "The source.", table="sources"),
    Column("sentence", f"The place of the sentence; column `at` of {SENTENCES}."),
)


def links(table: Table, lines: Mapping[str, str]) -> Iterator[Table]:
    """Yield the link table of each column of several values; `lines` are their rows, by name."""
    head = tuple(_head(table))
    names = tuple(column.name for column in head)
    own = Reference(names, table.name, table.key)
    for column in table.columns:
        if not column.several:
            continue
        name, values = link_name(table.name, column), _values(column)
        about = f"Each value of `{column.name}` in {table.name}."
        of_sentence = Reference(("source", "sentence"), SENTENCES, ("record", "at"))
        references = (own, of_sentence) if column.table == SENTENCES else (own,)
        columns = (*head, _ITEM, *values)
        yield Table(name, about, columns, lines.get(name, ""), table.keys + 1, references, True)


def rows_of_links(table: Table, rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the name of each link table of a table, with what its rows bring to it."""
    found = tuple(rows)
    for place, column in enumerate(table.columns):
        if column.several:
            yield (
                link_name(table.name, column),
                [
                    (*row[: table.keys], str(item), *value)
                    for row in found
                    for item, value in enumerate(_rows_in(row[place]), 1)
                ],
            )


def _head(table: Table) -> Iterator[Column]:
    """Yield the key of a table as columns of its link tables."""
    for column in table.columns[: table.keys]:
        name = "record" if column.name == "id" else column.name
        yield Column(name, f"Column `{column.name}` of {table.name}.", column.type)


def _values(column: Column) -> tuple[Column, ...]:
    """Return the columns of one value: two of a sentence, one of anything else."""
    if column.table == SENTENCES:
        return _OF_SENTENCES
    return (Column("value", "The value.", table=column.table),)


def _rows_in(cell: str) -> tuple[Row, ...]:
    return cell.rows if isinstance(cell, Several) else ()


def once(kind: str, lines: Mapping[str, str]) -> Iterator[Table]:
    """Yield the table that has each record of a kind once, where the kind's own has not."""
    if name := ONCE.get(kind):
        id = Column("id", "The name of the record’s file.")
        about = (
            f"Every record of {kind} once; the table {kind} has a row for each phase and reading."
        )
        yield Table(name, about, (id,), lines.get(name, ""))
