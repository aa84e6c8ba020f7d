"""Starts the file of a record: annotated, in the order of the model, with what is known so far."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

from curate import schemas
from curate.annotated import Annotated, annotated
from sitegen import addresses
from sitegen.model import KINDS, Frozen, Record, Reported, Slug
from sitegen.model.problems import DataError, nearest
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

    A field of a part is named with a point, `--verified.level text`. In a list of parts, a field
    that is there already begins the next entry. Raise Refused for a field that is none.
    """
    values: dict[str, Any] = {}
    for field, value in _pairs(given):
        name, _, part = field.partition(".")
        model = _model_of(kind, name, field)
        key = part or name
        within = _part_of(values, kind, name, key) if part else values
        if part and part not in model.model_fields:
            raise Refused(f"--{field}: {part} is no field of {name}{nearest(part, _of(model))}.")
        if get_origin(model.model_fields[key].annotation) is tuple:
            within.setdefault(key, []).append(value)
        elif key in within:
            raise Refused(f"--{field} is given twice, and takes one value.")
        else:
            within[key] = value
    return values


def _part_of(values: dict[str, Any], kind: type[Record], name: str, key: str) -> dict[str, Any]:
    """Return the part of a record that a field belongs to, made where it is not there yet."""
    found: dict[str, Any] | list[dict[str, Any]] = values.setdefault(
        name, [{}] if _is_list(kind, name) else {}
    )
    if isinstance(found, dict):
        return found
    if key in found[-1]:
        found.append({})
    return found[-1]


def _is_list(kind: type[Record], name: str) -> bool:
    return get_origin(kind.model_fields[name].annotation) is tuple


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


def _model_of(kind: type[Record], name: str, field: str) -> type[Frozen]:
    """Return the model that a field belongs to: the kind, or the part that is named before."""
    if name == "rest":
        raise Refused("--rest stands before the kind: new --rest 'not extracted' KIND ID …")
    if name not in _of(kind):
        fields = listed(_of(kind))
        hint = nearest(name, _of(kind)) or f"; the fields: {fields}"
        raise Refused(f"--{name} is no field of {kind.folder}{hint}.")
    if name == field:
        return kind
    part = kind.model_fields[name].annotation
    if _is_list(kind, name):
        part = get_args(part)[0]
    if isinstance(part, type) and issubclass(part, Frozen) and not issubclass(part, Reported):
        return part
    raise Refused(f"--{field}: {name} has no fields that can be given so: edit the file.")


def _of(model: type[Frozen]) -> list[str]:
    """Return the fields that a file can have."""
    return [name for name in model.model_fields if name != "id"]


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
