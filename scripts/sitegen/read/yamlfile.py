"""Strict YAML: every scalar is text, nothing is guessed, and every value knows its line."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from sitegen.model.figures_in_prose.dates import MONTH
from sitegen.model.problems import LONGEST_NAME, DataError, Problem
from sitegen.model.record import KeyPath
from sitegen.read import yaml_faults
from sitegen.read.depths import OF_A_VALUE
from sitegen.read.fault import Fault
from sitegen.read.fields import kind_of

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
MAX_VALUES = 10_000  # twenty times the longest register so far


# Plain words that other YAML readers take for booleans, nulls, octal or base-60 numbers. A reader
# that guesses turns `no` into false and `010` into 8; here the curator says what is meant.
GUESSED = re.compile(
    r"y|yes|n|no|on|off|true|false|null|~"
    r"|[-+]?0[0-9][0-9_.]*|[-+]?\.[0-9]+|[-+]?[0-9]+(?::[0-9]+)+|[-+]?[0-9]+_[0-9_]*"
    r"|0[xob][0-9a-f]+|[-+]?\.inf|\.nan",
    re.IGNORECASE,
)


# A comment behind a value cuts a text that was meant to hold ` #`. It is refused behind a value
# without quotes, and harmless behind one in quotes, behind a field's name and on its own line.
_COMMENT = re.compile(r"\s+#")
_DIGITS_AND_COMMA = re.compile("[0-9]+,$")
_DAY_AND_COMMA = re.compile(rf"\b({MONTH} [0-9]{{1,2}}), $", re.IGNORECASE)
_YEAR = re.compile("[12][0-9]{3}")
_BESIDE = 20
"""The most letters beside a value that are looked at, since a line may be very long."""
_CLOSES = re.compile(r"[\]}]")
_AT_MARGIN = re.compile(r"([a-z_]+):(?:\s|$)")
_IN_BRACES = re.compile(r"\{\s*[a-z_]+: .*\}", re.DOTALL)
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # as YAML counts lines


@dataclass(frozen=True)
class Document:
    """One data file: its content, and the line of each value."""

    path: str
    content: Mapping[str, Any]
    text: str

    @cached_property
    def lines(self) -> Mapping[KeyPath, int]:
        """Return the line of each value; computed only where a problem names one."""
        return _fold(self.text).lines

    def line(self, where: KeyPath) -> int:
        """Return the line of a value, or of the nearest value around it that the file holds."""
        for end in range(len(where), 0, -1):
            if where[:end] in self.lines:
                return self.lines[where[:end]]
        return 1


class _Refused(Exception):
    """A construct that this reader does not accept."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message


@dataclass
class _Open:
    """A mapping or list that is being read."""

    content: dict[str, Any] | list[Any]
    where: KeyPath
    key: str | None = None
    is_flow: bool = False
    """Whether it is written in brackets or braces."""


def _owner(fields: dict[str, Any], name: str) -> str | None:
    """Return the field that a second one of a name may belong below; None where none may be.

    It is blank, with nothing but such fields behind it, or the last one, which has no such field.
    """
    if name not in OF_A_VALUE or not fields:
        return None
    above = [one for one in fields if one not in OF_A_VALUE]
    if above and fields[above[-1]] == "":
        return above[-1]
    last = next(reversed(fields))
    inner = fields[last]
    inner = inner[-1] if isinstance(inner, list) and inner else inner
    return last if isinstance(inner, dict) and name not in inner else None


@dataclass
class _Reader:
    """Folds YAML events into plain values; never recurses, so depth cannot exhaust the stack."""

    text: Sequence[str]  # by line
    root: Any = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    open: list[_Open] = field(default_factory=list)
    documents: int = 0
    cut: _Refused | None = None

    def take(self, event: yaml.Event) -> None:
        """Take the next event in. Raise _Refused for what is not strict."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(line, yaml_faults.of_anchor(self.text[line - 1]))
        if getattr(event, "tag", None) not in (None, "!"):
            raise _Refused(line, "'!' tags are not used: write plain text")
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _Refused(line, "a file holds one record: give the second its own file")
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            content: dict[str, Any] | list[Any] = (
                {} if isinstance(event, yaml.MappingStartEvent) else []
            )
            where = self._place(content, line)
            self.open.append(_Open(content, where, is_flow=bool(event.flow_style)))
            if len(self.open) > MAX_DEPTH:
                raise _Refused(line, f"is nested too deep: at most {MAX_DEPTH} levels")
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        around = self.open[-1] if self.open else None
        if around and isinstance(around.content, dict) and around.key is None:
            if event.value in around.content:
                raise _Refused(line, self._twice(around, event.value, line))
            if len(event.value) > LONGEST_NAME:
                raise _Refused(line, f"a field's name must be at most {LONGEST_NAME} characters")
            around.key = event.value
            self.lines[(*around.where, event.value)] = line
            return
        self._refuse_cut(event, line)
        if not event.style and GUESSED.fullmatch(event.value):
            field = around.key if around else None
            raise _Refused(line, yaml_faults.of_guessed(event.value, field))
        if event.style in ("'", '"') and _IN_BRACES.fullmatch(event.value):
            raise _Refused(line, yaml_faults.in_quotation_marks(event.value))
        self._refuse_comment(event)
        self._place(event.value, line)

    def _refuse_comment(self, event: yaml.ScalarEvent) -> None:
        """Raise _Refused for a comment that may have cut a value.

        Within brackets it is noted: where they are never closed, that is what is wrong.
        """
        end = event.end_mark
        if event.style or not event.value or end is None:
            return
        if _COMMENT.match(self.text[end.line], end.column):
            cut = _Refused(end.line + 1, self._comment_behind(event.value))
            is_open = bool(self.open) and self.open[-1].is_flow
            if not is_open or _CLOSES.search(self.text[end.line], end.column):
                raise cut
            self.cut = self.cut or cut

    def _comment_behind(self, value: str) -> str:
        """Return the message about a value that a comment is behind."""
        around = self.open[-1] if len(self.open) == 1 else None
        if around and around.key and yaml_faults.is_list(around.key):
            return yaml_faults.no_list(around.key, _shortened(value))
        return yaml_faults.comment_behind(_shortened(value))

    def _twice(self, around: _Open, name: str, line: int) -> str:
        """Return the message about a second field of one name in a mapping."""
        fields = around.content if isinstance(around.content, dict) else {}
        if not around.where and self._begins_again(fields, name, line):
            return yaml_faults.begins_again(self.lines[(name,)], line)
        owner = _owner(fields, name)
        is_entry = bool(around.where) and isinstance(around.where[-1], int)
        return yaml_faults.twice(
            name,
            (self.lines[(*around.where, name)], line),
            (owner, self.lines[(*around.where, owner)]) if owner is not None else None,
            is_entry=is_entry,
        )

    def _begins_again(self, fields: dict[str, Any], name: str, line: int) -> bool:
        """Return whether the first field of a record is in a line, and its second below it."""
        first, *others = fields
        at_margin = (_AT_MARGIN.match(text) for text in self.text[line:])
        following = next((found[1] for found in at_margin if found), None)
        return name == first and following in others[:1]

    def _refuse_cut(self, event: yaml.ScalarEvent, line: int) -> None:
        """Raise _Refused for what a comma within braces or brackets has cut from its value."""
        around, start = self.open[-1] if self.open else None, event.start_mark
        if event.style or around is None or start is None:
            return
        written, column = self.text[start.line], start.column
        before = written[max(0, column - _BESIDE) : column]
        behind = written[column : column + _BESIDE].lstrip()[:1]
        if around.key and not event.value and not before.rstrip().endswith(":"):
            if behind in (",", "}"):
                is_first = not around.content
                raise _Refused(line, yaml_faults.no_value_in_braces(around.key, is_first))
        if isinstance(around.content, list) and event.value[:1].isdigit():
            if cut := _DIGITS_AND_COMMA.search(before):
                raise _Refused(line, yaml_faults.cut_number(cut[0] + event.value))
            if _YEAR.fullmatch(event.value) and (cut := _DAY_AND_COMMA.search(before)):
                raise _Refused(line, yaml_faults.cut_date(cut[1], event.value))

    def _place(self, value: Any, line: int) -> KeyPath:
        if len(self.lines) > MAX_VALUES:
            raise _Refused(line, f"the file holds too much: at most {MAX_VALUES:,} values")
        if not self.open:
            self.root = value
            return ()
        around = self.open[-1]
        if isinstance(around.content, list):
            around.content.append(value)
            where = (*around.where, len(around.content) - 1)
            self.lines[where] = line
            return where
        if around.key is None:
            raise _Refused(line, "a field's name must be plain text")
        where = (*around.where, around.key)
        around.content[around.key] = value
        around.key = None
        return where


@dataclass(frozen=True)
class Scalar:
    """A single value where it is written: its text, its quotes, and its ends, counted from 0."""

    value: str
    style: str
    """`"`, `'`, `|` or `>`; empty for a plain one."""
    start: tuple[int, int]
    end: tuple[int, int]
    """Line and column."""


@dataclass
class _Places(_Reader):
    """Notes where each single value stands, which only a change of the text needs."""

    scalars: dict[KeyPath, Scalar] = field(default_factory=dict)
    at: yaml.Event | None = None

    def take(self, event: yaml.Event) -> None:
        self.at = event
        super().take(event)

    def _place(self, value: Any, line: int) -> KeyPath:
        where = super()._place(value, line)
        if isinstance(self.at, yaml.ScalarEvent) and self.at.start_mark and self.at.end_mark:
            start, end = self.at.start_mark, self.at.end_mark
            style = self.at.style or ""
            ends = (start.line, start.column), (end.line, end.column)
            self.scalars[where] = Scalar(value, style, *ends)
        return where


def scalars(text: str) -> Mapping[KeyPath, Scalar]:
    """Return where each single value of a text stands. The text must be strict YAML."""
    reader = _Places(_LINE_END.split(text.removeprefix("\ufeff")))
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        reader.take(event)
    return reader.scalars


def read(path: Path, name: str) -> Document:
    """Return the document in a file, called `name` in messages.

    Raise DataError when the file is too large, is not UTF-8, is empty or is not strict YAML.
    """
    text = read_text(path, name)
    return Document(name, parsed(text, name), text)


def parsed(text: str, name: str) -> dict[str, Any]:
    """Return the content of a file. Raise DataError where it is empty or is not strict YAML."""
    if (marker := yaml_faults.merge_marker(text)) is not None:
        raise DataError([Problem(name, marker, yaml_faults.MERGE)])
    try:
        reader = _fold(text)
    except _Refused as refused:
        raise DataError([Problem(name, refused.line, refused.message)]) from None
    except yaml.YAMLError as error:
        raise DataError([_syntax_problem(name, text, error)]) from None
    if not isinstance(reader.root, dict):
        what = "is empty" if reader.root in (None, "") else "holds no 'field: value' lines"
        raise DataError(
            [Problem(name, 1, f"the file {what}: write one 'field: value' a line (CURATING.md)")]
        )
    return reader.root


def _shortened(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:57]}..."


def _fold(text: str) -> _Reader:
    reader = _Reader(_LINE_END.split(text.removeprefix("\ufeff")))
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        reader.take(event)
    if reader.cut:
        raise reader.cut
    return reader


def read_bytes(path: Path, name: str, most: int) -> bytes:
    """Return the content of a plain file of at most so many bytes, called `name` in messages.

    Raise DataError where it is missing, of another kind, larger, or cannot be read.
    """
    try:
        kind = path.lstat()
        if not stat.S_ISREG(kind.st_mode):
            raise DataError([Problem(name, 1, "must be a plain file, not a link or a folder")])
        if kind.st_size > most:
            what = f"the file is too large: {kind.st_size:,} bytes, at most {most:,}"
            raise DataError([Problem(name, 1, what)])
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        raise DataError([Problem(name, 1, "the file is missing (see CURATING.md)")]) from None
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise DataError([Problem(name, 1, what)]) from None


def read_text(path: Path, name: str) -> str:
    """Return the text in a file. Raise DataError when it is too large or is not UTF-8."""
    raw = read_bytes(path, name, MAX_BYTES)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError(
            [Problem(name, line, "is not UTF-8 text: save the file with the encoding UTF-8")]
        ) from None


def _syntax_problem(name: str, text: str, error: yaml.YAMLError) -> Problem:
    if isinstance(error, yaml.reader.ReaderError):
        at = text.find(chr(error.character))  # its position is in bytes
        return Problem(
            name, text.count("\n", 0, at) + 1, yaml_faults.of_control_character(text, at)
        )
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    opened = getattr(error, "context_mark", None)
    what = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable")
    fault = Fault(
        tuple(_LINE_END.split(text.removeprefix("\ufeff"))),
        mark.line if mark else 0,
        opened.line if opened else None,
        what,
        kind_of(name),
    )
    line, message = yaml_faults.explained(fault)
    return Problem(name, line + 1, message)
