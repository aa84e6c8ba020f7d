"""Starts the file of a record: annotated, in the order of the model, with what is known so far."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from curate import schemas
from curate.annotated import NOT_WRITTEN, Annotated, annotated
from sitegen import addresses
from sitegen.model import KINDS, Record, Slug
from sitegen.model.problems import DataError, nearest
from sitegen.read.fields import inner_model
from sitegen.read.load import IDENTITY
from sitegen.read.messages import listed, shaped
from sitegen.read.vocabulary import read_vocabulary
from sitegen.read.yamlfile import Document, parsed

_NAMES = {"ReportTie": "tie", "Coding": "code"}
"""What kinds are called, where it is not the name of their class."""


class Refused(Exception):
    """A file cannot be started; the text says why, and what to do."""


@dataclass(frozen=True)
class New:
    """A file that was written: where, with which fields open, and the page that will show it."""

    path: Path
    open: Mapping[int, str]
    page: str


def slug(text: str, longest: int) -> str:
    """Return a text in small letters of ASCII and hyphens; empty where it has no such letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].rstrip("-")


def name_of(kind: type[Record]) -> str:
    """Return what one record of a kind is called: `study`."""
    return _NAMES.get(kind.__name__, kind.__name__.lower())


def kind_named(name: str) -> type[Record]:
    """Return the kind that is called so, `study` or `studies`. Raise Refused for no kind."""
    by_name = {name_of(kind): kind for kind in KINDS}
    known = {**by_name, **{kind.folder: kind for kind in KINDS}}
    if name not in known:
        raise Refused(f"'{name}' is no kind{nearest(name, known)}; the kinds: {listed(by_name)}.")
    return known[name]


def values_of(kind: type[Record], given: Sequence[str]) -> dict[str, Any]:
    """Return the values that arguments such as `--name Text` give; a list is given by repeating.

    A field within another is named with a point: `--verified.level text`, or a value and its place
    with `--people.value "84 adults" --people.at "paper abstract.1.3"`. In a list of parts, a field
    that is there already begins the next entry. Raise Refused for a field that is none.
    """
    values: dict[str, Any] = {}
    for flag, value in _pairs(given):
        if flag == "rest":
            raise Refused("--rest stands before the kind: new --rest 'not extracted' KIND ID …")
        _put(values, kind, flag.split("."), 0, value)
    return values


def _put(
    values: dict[str, Any], model: type[BaseModel], path: Sequence[str], depth: int, value: str
) -> None:
    """Put a value among those of a model, where a path leads from a depth on.

    Raise Refused where it leads nowhere, or to what is given already.
    """
    name, whole = path[depth], ".".join(path[: depth + 1])
    annotation = _field(model, path, depth).annotation
    inner, is_list = inner_model(annotation), get_origin(annotation) is tuple
    if depth + 1 < len(path):
        if inner is None:
            raise Refused(f"--{'.'.join(path)}: {name} has no fields: write --{whole} and a value.")
        part = _part_of(values, name, path[depth + 1 :], is_list)
        if not isinstance(part, dict):
            raise _given_both_ways(whole, inner)
        _put(part, inner, path, depth + 1, value)
    elif is_list:
        values.setdefault(name, []).append(value)
    elif inner and isinstance(values.get(name), dict):
        raise _given_both_ways(whole, inner)
    elif name in values:
        raise Refused(f"--{whole} is given twice, and takes one value.")
    else:
        values[name] = value


def _field(model: type[BaseModel], path: Sequence[str], depth: int) -> FieldInfo:
    """Return the field of a model that a path names at a depth. Raise Refused where it has none."""
    name, around = path[depth], f": {path[depth]} is no field of {path[depth - 1]}"
    fields = list(model.model_fields)
    if issubclass(model, Record):
        fields = [field for field in fields if field not in ("id", *NOT_WRITTEN)]
        around = f" is no field of {model.folder}"
    if name not in fields:
        hint = nearest(name, fields) or f"; the fields: {listed(fields)}"
        raise Refused(f"--{'.'.join(path)}{around}{hint}.")
    return model.model_fields[name]


def _part_of(values: dict[str, Any], name: str, path: Sequence[str], is_list: bool) -> Any:
    """Return the part of a record that a path goes on in, made where it is not there yet."""
    if not is_list:
        return values.setdefault(name, {})
    entries = values.setdefault(name, [{}])
    if _holds(entries[-1], path):
        entries.append({})
    return entries[-1]


def _holds(entry: Any, path: Sequence[str]) -> bool:
    """Return whether an entry has the field at a path; of a list within it, the next is begun."""
    for name in path:
        if not isinstance(entry, dict) or name not in entry:
            return False
        entry = entry[name]
    return True


def _given_both_ways(whole: str, inner: type[BaseModel]) -> Refused:
    first = next(iter(inner.model_fields))
    return Refused(f"--{whole} is given whole and by its fields: write --{whole}.{first} for it.")


def _pairs(given: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each field that arguments name, with its value."""
    rest = list(given)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise Refused(
                f"'{word}' names no field: write --field value, in quotes if it has spaces."
            )
        if not equals and not rest:
            raise Refused(f"--{name} has no value behind it.")
        yield name, value if equals else rest.pop(0)


def write(
    data: Path, kind: type[Record], id: str, values: Mapping[str, Any], rest: str | None = None
) -> New:
    """Write the file of a new record. Return where it is, its open fields and its page.

    `rest` is a word of absence for each field that can have one and has no value. Raise Refused,
    with nothing written, for an id or a value that cannot be used.
    """
    (new,) = write_several(data, [(kind, id, values)], rest)
    return new


def write_several(
    data: Path,
    records: Sequence[tuple[type[Record], str, Mapping[str, Any]]],
    rest: str | None = None,
) -> list[New]:
    """Write the file of each new record, by its kind, its id and its values.

    Raise Refused, with nothing written, where one of them cannot be.
    """
    files = {}
    for kind, id, values in records:
        path = data / kind.folder / f"{id}.yml"
        _refuse_id(data, kind, id, path)
        if path in files:
            raise Refused(f"{kind.folder}/{id} is named twice.")
        with read_vocabulary(data).in_use():
            files[path] = annotated(kind, kind.folder, values, rest)
            _refuse_values(kind, id, files[path])
    if not (data / schemas.FOLDER).exists():
        schemas.write(data)
    return [_written(path, file) for path, file in files.items()]


def _written(path: Path, file: Annotated) -> New:
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as opened:
        opened.write(file.text)
    page, mark, anchor = addresses.address_of(path.parent.name, path.stem).partition("#")
    return New(path, file.open, addresses.published(page) + mark + anchor)


def _refuse_id(data: Path, kind: type[Record], id: str, path: Path) -> None:
    """Raise Refused where there is no data folder, or no record of that name can be made in it."""
    if not (data / IDENTITY).is_file():
        raise Refused(f"{data} is no data folder: it has no {IDENTITY}. Start one with init.")
    try:
        Slug.read(id)
    except ValueError as error:
        raise Refused(f"The id '{id}' {error}.") from None
    if path.exists() or path.is_symlink():
        raise Refused(f"{path} is there already: choose another id, or edit that file.")
    if taken := sorted({*addresses.of_record(kind.folder, id)} & addresses.of_site()):
        raise Refused(
            f"The id '{id}' cannot be used: {taken[0]} is the site's own. Choose another."
        )


def _refuse_values(kind: type[Record], id: str, file: Annotated) -> None:
    """Raise Refused for a value that is wrong in itself; open fields are no mistake yet."""
    document = Document(f"data/{kind.folder}/{id}.yml", parsed(file.text, id), file.text)
    try:
        shaped(kind, document, {"id": id})
    except DataError as error:
        wrong = [one.message for one in error.problems if one.line not in file.open]
        if wrong:
            raise Refused("\n".join([*wrong, "Nothing was written."])) from None
