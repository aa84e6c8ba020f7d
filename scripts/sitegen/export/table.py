"""A table as CSV and as a Table Schema (Data Package, version 2)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from sitegen.derive.total import NOT_COMPUTED
from sitegen.model.absence import MEANINGS

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


@dataclass(frozen=True)
class Column:
    """A column of a table; `table` names the table whose first column it refers to."""

    name: str
    about: str
    type: Literal["string", "number", "integer"] = "string"
    choices: tuple[str, ...] = ()
    table: str | None = None

    @property
    def described(self) -> dict[str, Any]:
        """The column as a field of a Table Schema."""
        field: dict[str, Any] = {"name": self.name, "type": self.type, "description": self.about}
        if self.choices:
            field["constraints"] = {"enum": list(self.choices)}
        return field


Row = tuple[str, ...]
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
    if _NEGATIVE.fullmatch(cell):
        return cell
    return _FORMULA.sub(r"\1'", cell)


def csv_lines(rows: Iterable[Row]) -> str:
    """Rows as the lines of a file of CSV."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(map(as_text, row) for row in rows)
    return buffer.getvalue()


@dataclass(frozen=True)
class Table:
    """A table: no cell is empty, and the first `keys` columns tell each row from every other."""

    name: str
    about: str
    columns: tuple[Column, ...]
    lines: str
    """Its rows as `csv_lines` writes them."""
    keys: int = 1

    @cached_property
    def csv(self) -> bytes:
        """The table as CSV after RFC 4180, in UTF-8, with no cell that is a formula."""
        head = csv_lines([tuple(column.name for column in self.columns)])
        return f"{head}{self.lines}".encode()

    @property
    def schema(self) -> dict[str, Any]:
        """The Table Schema, with a label for each word that stands in place of a value."""
        described: dict[str, Any] = {
            "fields": [column.described for column in self.columns],
            "primaryKey": [column.name for column in self.columns[: self.keys]],
            "missingValues": [{"value": word, "label": says} for word, says in MISSING.items()],
        }
        foreign = [
            {"fields": [column.name], "reference": {"resource": column.table, "fields": ["id"]}}
            for column in self.columns
            if column.table
        ]
        return {**described, **({"foreignKeys": foreign} if foreign else {})}
