"""Every table in one SQLite file, with types, keys, views and the meaning of each column."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sitegen.addresses import FOLDER
from sitegen.derive.grouping import grouped
from sitegen.export.format import FORMAT
from sitegen.export.sqlite_views import VIEWS, View
from sitegen.export.table import MISSING, Reference, Row, Table
from sitegen.model import Identity

_Value: TypeAlias = str | int | float | None
_Reader: TypeAlias = Callable[[str], _Value]
_TYPES = {"string": "TEXT", "number": "REAL", "integer": "INTEGER"}
_READERS: Mapping[str, _Reader] = {"string": str, "number": float, "integer": int}
_PAGE_SIZE = 4096
_WRITTEN_BY = slice(96, 100)
"""Where the header of the file names the release of SQLite that wrote it, which no reader needs."""


@dataclass(frozen=True)
class _Own:
    """A table about the file itself: its columns, the number of those that are its key, rows."""

    name: str
    columns: tuple[str, ...]
    keys: int
    rows: tuple[tuple[str | int, ...], ...]


def file(identity: Identity, tables: tuple[Table, ...]) -> tuple[str, bytes]:
    """Return the address and the content of the file.

    A hyphen in the name of a table is an underscore here. A number, an integer and a reference are
    NULL where the CSV file has a word; every other cell has the same text as there. The same
    tables give the same bytes.
    """
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
        database.execute("BEGIN")
        referred = grouped((reference.table, reference.to) for reference in _references(tables))
        for table in tables:
            _write(database, table, {*referred.get(table.name, ())} - {table.key})
        for own in _about(identity, tables):
            _write_own(database, own)
        for view in VIEWS:
            database.execute(view.definition)
        database.execute("COMMIT")
        content = bytearray(database.serialize())
    finally:
        database.close()
    content[_WRITTEN_BY] = bytes(4)
    return f"{FOLDER}/all.sqlite", bytes(content)


def name_of(table: str) -> str:
    """Return the name that a table has in the file."""
    return table.replace("-", "_")


def _write(database: sqlite3.Connection, table: Table, unique: Iterable[tuple[str, ...]]) -> None:
    """Write a table with its rows; rows with the same values of `unique` columns are refused."""
    nullable = [_is_nullable(table, place) for place in range(len(table.columns))]
    parts = [
        f"{_quoted(column.name)} {_TYPES[column.type]}{'' if nullable[place] else ' NOT NULL'}"
        for place, column in enumerate(table.columns)
    ]
    parts.append(f"PRIMARY KEY ({_listed(table.key)})")
    parts.extend(f"UNIQUE ({_listed(columns)})" for columns in sorted(unique))
    parts.extend(
        f"FOREIGN KEY ({_listed(reference.columns)}) REFERENCES"
        f" {_quoted(name_of(reference.table))} ({_listed(reference.to)})"
        for reference in table.references
    )
    _create(database, name_of(table.name), parts)
    typed = [
        (place, _READERS[column.type], nullable[place])
        for place, column in enumerate(table.columns)
        if column.type != "string" or nullable[place]
    ]
    rows = (_values(row, typed) for row in table.rows)
    _insert(database, name_of(table.name), len(table.columns), rows)


def _is_nullable(table: Table, place: int) -> bool:
    """Return whether a column has NULL where the CSV file has a word in place of a value."""
    column = table.columns[place]
    is_typed = column.type != "string" or (column.table is not None and not column.several)
    return is_typed and place >= table.keys and not table.is_link


def _values(row: Row, typed: Iterable[tuple[int, _Reader, bool]]) -> list[_Value]:
    """Return a row with the values of its typed columns: where, read how, whether one may lack."""
    values: list[_Value] = list(row)
    for place, read, may_lack in typed:
        cell = row[place]
        values[place] = None if may_lack and cell in MISSING else read(cell)
    return values


def _references(tables: Iterable[Table]) -> Iterator[Reference]:
    for table in tables:
        yield from table.references


def _about(identity: Identity, tables: tuple[Table, ...]) -> Iterator[_Own]:
    """Yield the tables about the file: what it is, its tables, columns and words."""
    facts: Mapping[str, str] = {
        "title": identity.title,
        "description": f"{identity.description} What sources report, not advice.",
        "version": identity.version,
        "released": str(identity.released),
        "format": FORMAT,
        "licence": "CC-BY-4.0",
        **({"address": f"{identity.address}/"} if identity.address else {}),
    }
    yield _Own("meta_about", ("name", "value"), 1, tuple(facts.items()))
    of_tables = [(name_of(table.name), "table", table.about) for table in tables]
    of_views = [(view.name, "view", view.about) for view in VIEWS]
    columns = ("table", "is", "meaning")
    yield _Own("meta_tables", columns, 1, (*of_tables, *of_views))
    of_columns = [*_columns_of_tables(tables), *_columns_of_views(VIEWS)]
    yield _Own("meta_columns", ("table", "place", "column", "meaning"), 2, tuple(of_columns))
    yield _Own("meta_words", ("word", "meaning"), 1, tuple(MISSING.items()))


def _columns_of_tables(tables: Iterable[Table]) -> Iterator[tuple[str, int, str, str]]:
    for table in tables:
        for place, column in enumerate(table.columns, 1):
            yield name_of(table.name), place, column.name, table.about_column(column)


def _columns_of_views(views: Iterable[View]) -> Iterator[tuple[str, int, str, str]]:
    for view in views:
        for place, column in enumerate(view.columns, 1):
            yield view.name, place, column.name, column.about


def _write_own(database: sqlite3.Connection, table: _Own) -> None:
    types = {"place": "INTEGER"}
    parts = [f"{_quoted(name)} {types.get(name, 'TEXT')} NOT NULL" for name in table.columns]
    parts.append(f"PRIMARY KEY ({_listed(table.columns[: table.keys])})")
    _create(database, table.name, parts)
    _insert(database, table.name, len(table.columns), table.rows)


def _create(database: sqlite3.Connection, name: str, parts: Iterable[str]) -> None:
    # Without a rowid, a table needs no index for its key: the file is a third smaller.
    database.execute(f"CREATE TABLE {_quoted(name)} ({', '.join(parts)}) WITHOUT ROWID")


def _insert(
    database: sqlite3.Connection, name: str, width: int, rows: Iterable[Sequence[object]]
) -> None:
    places = ", ".join("?" * width)
    database.executemany(f"INSERT INTO {_quoted(name)} VALUES ({places})", rows)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return f'"{name}"'
