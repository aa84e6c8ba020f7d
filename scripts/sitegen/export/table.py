"""A table as CSV and as a Table Schema (Data Package, version 2)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from sitegen.model import Locator
from sitegen.model.absence import MEANINGS
from sitegen.statements.amounts import NOT_COMPUTED

# Words that stand in a cell where a value would, besides the words of absence.
LEFT_OUT = "left out"
NO_BOUND = "no bound"
STATED = "stated by the source"
MISSING = {
    **{word.value: meaning for word, meaning in MEANINGS.items()},
    LEFT_OUT: "an optional field that the record does not use",
    NO_BOUND: "the source sets no bound on this side",
    NOT_COMPUTED: "too little is known; the column after it says what is missing",
    STATED: "nothing to compute: the source states the value, in the column of its own",
}
BETWEEN = " | "
"""What stands between several values in a cell."""
SENTENCES = "sources-sentences"
"""The table of sentences, which locators refer to."""
ONCE = {"regimens": "regimens-ids"}
"""A table that has several rows of a record, and the table that has each of these records once."""

Row = tuple[str, ...]


class Several(str):
    """The cell of several values, with the cells that each takes in a row of its own."""

    rows: tuple[Row, ...]


def several(values: Iterable[object]) -> str:
    """Return the cell of several values, or `LEFT_OUT` where there is none.

    A locator takes a row for each of its sentences: the source, and the place in its register.
    """
    found = tuple(values)
    rows = (row for value in found for row in _rows_of_value(value))
    return several_as(map(str, found), rows)


def several_as(texts: Iterable[str], rows: Iterable[Row]) -> str:
    """Return the cell of several texts, each written in another way where it has its own row."""
    cell = Several(BETWEEN.join(texts) or LEFT_OUT)
    cell.rows = tuple(rows)
    return cell


def _rows_of_value(value: object) -> Iterator[Row]:
    if isinstance(value, Locator):
        yield from ((value.source, place) for place in value.places)
    else:
        yield (str(value),)


@dataclass(frozen=True)
class Column:
    """A column of a table; `table` names the table whose first column it refers to.

    A column of several values has a link table, whose values refer to `table`.
    """

    name: str
    about: str
    type: Literal["string", "number", "integer"] = "string"
    choices: tuple[str, ...] = ()
    table: str | None = None
    several: bool = False

    def described(self, about: str) -> dict[str, Any]:
        """Return the column as a field of a Table Schema; `about` is what it holds."""
        field: dict[str, Any] = {"name": self.name, "type": self.type, "description": about}
        if self.choices:
            field["constraints"] = {"enum": list(self.choices)}
        return field


# What a spreadsheet takes for the beginning of a formula, which may fetch or run something; the
# wide forms are read so in East Asian editions. See "CSV injection" of the OWASP Foundation.
_FORMULA = re.compile("(^|[;\t])(?=['\"]*[=+@\t\r\uff1d\uff0b\uff0d\uff20-])")

_NEGATIVE = re.compile(r"-[0-9]+(?:\.[0-9]+)?")


def as_text(cell: str) -> str:
    """Return a cell that spreadsheets take for text: an apostrophe precedes a possible formula.

    A number with a minus sign is none, and stays a number.

    Some readers part cells at semicolons or tabs, and take what follows one for the beginning of a
    cell. Whoever wants it letter for letter takes the apostrophe off wherever one was put.
    """
    if (cell[:1].isalnum() and ";" not in cell and "\t" not in cell) or _NEGATIVE.fullmatch(cell):
        return cell
    return _FORMULA.sub(r"\1'", cell)


_MARKED = re.compile("(^|[;\t])'(?=['\"]*[=+@\t\r\uff1d\uff0b\uff0d\uff20-])")


def as_written(cell: str) -> str:
    """Return the text that `as_text` made a cell of."""
    return _MARKED.sub(r"\1", cell) if "'" in cell else cell


def csv_lines(rows: Iterable[Row]) -> str:
    """Rows as the lines of a file of CSV."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(map(as_text, row) for row in rows)
    return buffer.getvalue()


@dataclass(frozen=True)
class Reference:
    """Columns of a table whose values stand together in the columns `to` of another."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...] = ("id",)


@dataclass(frozen=True)
class Table:
    """A table: no cell is empty, and the first `keys` columns tell each row from every other."""

    name: str
    about: str
    columns: tuple[Column, ...]
    lines: str
    """Its rows as `csv_lines` writes them."""
    keys: int = 1
    more_references: tuple[Reference, ...] = ()
    """References of several columns; those of one column follow from `Column.table`."""
    is_link: bool = False
    """Whether it is a link table: each row holds one of several values in a cell of another."""

    @cached_property
    def csv(self) -> bytes:
        """The table as CSV after RFC 4180, in UTF-8, with no cell that is a formula."""
        head = csv_lines([tuple(column.name for column in self.columns)])
        return f"{head}{self.lines}".encode()

    @property
    def rows(self) -> Iterator[Row]:
        """Its rows, each cell letter for letter."""
        for row in csv.reader(io.StringIO(self.lines, newline="")):
            yield tuple(map(as_written, row))

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that tell its rows apart."""
        return tuple(column.name for column in self.columns[: self.keys])

    @property
    def references(self) -> Iterator[Reference]:
        """Every reference to another table."""
        for column in self.columns:
            if column.table and not column.several:
                yield Reference((column.name,), ONCE.get(column.table, column.table))
        yield from self.more_references

    def about_column(self, column: Column) -> str:
        """Return what a column holds, with the name of its link table where it has one."""
        if not column.several:
            return column.about
        return f"{column.about} Each has a row in the table {link_name(self.name, column)}."

    @property
    def schema(self) -> dict[str, Any]:
        """The Table Schema, with a label for each word that stands in place of a value.

        A link table has rows for values only, so no word stands in one.
        """
        words = {} if self.is_link else MISSING
        foreign = [
            {
                "fields": list(reference.columns),
                "reference": {"resource": reference.table, "fields": list(reference.to)},
            }
            for reference in self.references
        ]
        return {
            "fields": [column.described(self.about_column(column)) for column in self.columns],
            "primaryKey": list(self.key),
            "missingValues": [{"value": word, "label": says} for word, says in words.items()],
            **({"foreignKeys": foreign} if foreign else {}),
        }


def link_name(table: str, column: Column) -> str:
    """Return the name of the link table of a column of several values."""
    return f"{table}-{column.name}"
