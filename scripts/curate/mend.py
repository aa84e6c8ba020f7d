"""Rewrites what has exactly one reading in data files, and leaves everything else as it is.

A value is rewritten where the reader of its field refuses it and knows what it means, by the units
and routes of the folder. Each change is proved: what a file says before and after is equal, but for
the values that were refused.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from curate.annotated import scalar
from curate.new_record import Refused
from sitegen.model import KINDS, Identity, Record
from sitegen.model.problems import DataError, Problem
from sitegen.read.load import IDENTITY
from sitegen.read.messages import misspelt, shaped
from sitegen.read.vocabulary import VOCABULARY, read_vocabulary
from sitegen.read.yamlfile import Document, Scalar, parsed, read_text, scalars

_BY_FOLDER = {kind.folder: kind for kind in KINDS}
_NO_BREAK = re.compile("[\u00a0\u202f]")
_LINE_ENDS = re.compile("\r\n?")
_AT_LINE_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)
_ROUNDS = 3
"""A value that is mended may show another mistake, which was hidden behind it."""
LAST = ("formerly",)
"""The fields that stand behind all others."""


@dataclass(frozen=True)
class Mended:
    """A file: what it said, what it says when mended, and what is left for a person."""

    path: Path
    name: str
    before: str
    after: str
    left: tuple[Problem, ...]

    @property
    def diff(self) -> str:
        """The changes as a unified diff, with marks that cannot be seen written out."""
        before, after = (text.split("\n") for text in (self.before, self.after))
        lines = difflib.unified_diff(before, after, self.name, self.name, lineterm="")
        return "\n".join("".join(map(_visible, line)) for line in lines)

    def write(self) -> None:
        """Put the mended text in the place of the file."""
        replace_text(self.path, self.after)


def replace_text(path: Path, text: str) -> None:
    """Write a file in one step: whoever reads it finds all of the old text or all of the new."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8", newline="\n")
    new.replace(path)


def _visible(mark: str) -> str:
    return mark if mark.isprintable() else mark.encode("unicode_escape").decode()


def mend(data: Path, files: Sequence[Path] = ()) -> list[Mended]:
    """Return each of some files of a data folder, or of all, mended; nothing is written.

    Raise Refused for a file that is none of the folder, and DataError where its vocabulary is
    wrong.
    """
    chosen = [*map(Path.absolute, files)] or sorted(files_of(data))
    with read_vocabulary(data).in_use():
        return [_mended(path, model_of(data, path)) for path in chosen]


def files_of(data: Path) -> Iterator[Path]:
    """Yield every file of a data folder that a curator writes."""
    yield from (path for path in map(data.joinpath, (IDENTITY, VOCABULARY)) if path.is_file())
    for folder in _BY_FOLDER:
        yield from (path for path in (data / folder).glob("[!.]*.yml"))


def model_of(data: Path, path: Path) -> type[BaseModel] | None:
    """Return the model of a file; None for the vocabulary, whose values are not looked at."""
    folder, name = path.parent, path.name
    if folder.resolve() == data.resolve() and name in (IDENTITY, VOCABULARY):
        return Identity if name == IDENTITY else None
    is_inside = folder.parent.resolve() == data.resolve() and folder.name in _BY_FOLDER
    if not is_inside or path.suffix != ".yml":
        raise Refused(f"{path} is no file of a record in {data}.")
    return _BY_FOLDER[folder.name]


def _mended(path: Path, model: type[BaseModel] | None) -> Mended:
    """Return a file mended, with what is left. One that is no YAML stays as it is."""
    folder = "" if model in (Identity, None) else f"{path.parent.name}/"
    name = f"data/{folder}{path.name}"
    extra = {"id": path.stem} if model and issubclass(model, Record) else {}
    before = after = ""
    try:
        before = after = read_text(path, name)
        after = _with_plain_marks(before, name)
        if model:
            after = _in_order(model, _with_values(model, after, name, extra), name)
            shaped(model, Document(name, parsed(after, name), after), extra)
    except DataError as error:
        return Mended(path, name, before, after, error.problems)
    return Mended(path, name, before, after, ())


def _with_plain_marks(text: str, name: str) -> str:
    """Return a text with plain spaces, line ends and a final one, and nothing at line ends.

    Raise DataError where it is no YAML.
    """
    plain = _NO_BREAK.sub(" ", _LINE_ENDS.sub("\n", text.removeprefix("\ufeff")))
    plain = _AT_LINE_ENDS.sub("", plain)
    plain = plain if plain.endswith("\n") else f"{plain}\n"
    meant = parsed(plain, name)
    try:
        says_the_same = _spaced(parsed(text, name)) == _spaced(meant)
    except DataError:
        says_the_same = True  # what was no YAML said nothing
    return plain if says_the_same else text


def _spaced(value: Any) -> Any:
    """Return a value with plain single spaces in its texts, as records have them."""
    if isinstance(value, dict):
        return {_spaced(name): _spaced(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_spaced(inner) for inner in value]
    return " ".join(str(value).split())


def _with_values(model: type[BaseModel], text: str, name: str, extra: Mapping[str, Any]) -> str:
    """Return a text with the values that have one reading as files write them."""
    for _ in range(_ROUNDS):
        document = Document(name, parsed(text, name), text)
        places = scalars(text)
        found = {
            place: meant
            for where, meant in misspelt(model, document, extra)
            if (place := _scalar_at(places, where)) and place.style in ("", '"', "'")
        }
        if not found:
            break
        for place in sorted(found, key=lambda place: place.start, reverse=True):
            text = _replaced(text, place, found[place])
    return text


def _scalar_at(places: Mapping[Any, Scalar], where: Sequence[str | int]) -> Scalar | None:
    """Return the single value at a place, or the value of the field or list around it."""
    bare = tuple(part for part in where if part != "value")  # a field that holds the value alone
    ends = (path[:end] for path in (tuple(where), bare) for end in range(len(path), 0, -1))
    return next((places[end] for end in ends if end in places), None)


def _replaced(text: str, place: Scalar, meant: str) -> str:
    """Return a text with another value at a place, in the same quotes."""
    is_safe = not {*meant} & {*"\"\\'"}
    written = place.style + meant + place.style if place.style and is_safe else scalar(meant, True)
    start, end = (_index(text, *end) for end in (place.start, place.end))
    return text[:start] + written + text[end:]


def _index(text: str, line: int, column: int) -> int:
    index = 0
    for _ in range(line):
        index = text.index("\n", index) + 1
    return index + column


def _in_order(model: type[BaseModel], text: str, name: str) -> str:
    """Return a text with its fields in the order of the model, each with the comments above it.

    What stands above the first field and below the last stays where it is.
    """
    content = parsed(text, name)
    fields = [field for field in model.model_fields if field not in ("id", *LAST)]
    rank = {field: number for number, field in enumerate((*fields, *LAST))}
    named = list(content)
    wanted = sorted(named, key=lambda field: rank.get(field, len(fields)))
    if wanted == named:
        return text
    head, chunks, tail = _chunks(Document(name, content, text), named)
    if not chunks:
        return text
    ordered = "".join([head, *(chunks[field] for field in wanted), tail])
    return ordered if parsed(ordered, name) == content else text


def _chunks(document: Document, named: Sequence[str]) -> tuple[str, Mapping[str, str], str]:
    """Return the lines of each field, with those above the first and below the last.

    There are none where a field does not begin a line of its own.
    """
    lines = document.text.splitlines(keepends=True)
    at = [document.line((field,)) - 1 for field in named]
    if any(not lines[n].startswith(f"{field}:") for n, field in zip(at, named, strict=True)):
        return "", {}, ""
    begins = [_with_remarks(lines, number) for number in at]
    above = _paragraph(lines, at[0])
    begins[0] = above if any(not line.strip() for line in lines[:above]) else at[0]
    end = _with_remarks(lines, len(lines))
    ends = [*begins[1:], max(end, at[-1] + 1)]
    chunks = {
        field: "".join(lines[begin:end])
        for field, begin, end in zip(named, begins, ends, strict=True)
    }
    return "".join(lines[: begins[0]]), chunks, "".join(lines[ends[-1] :])


def _with_remarks(lines: Sequence[str], number: int) -> int:
    """Return the first of the comments and blank lines that stand above a line."""
    while number and (lines[number - 1].startswith("#") or not lines[number - 1].strip()):
        number -= 1
    return number


def _paragraph(lines: Sequence[str], number: int) -> int:
    """Return the first of the comments that stand right above a line."""
    while number and lines[number - 1].startswith("#"):
        number -= 1
    return number
