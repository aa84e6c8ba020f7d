"""Reads the data folder into records; says everything whose shape is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sitegen.absence import Absence
from sitegen.model import KINDS, Frozen, Identity, Record, Reported, Site, Slug
from sitegen.problems import DataError, Problem, nearest
from sitegen.yamlfile import Document, KeyPath, read

IDENTITY = "site.yml"
DRAWINGS = "structures"
MAX_DRAWING = 200_000
# What makes a drawing more than one, where a browser opens its file: any element but shapes and
# text, any attribute that runs or fetches something, any declaration, comment or entity.
_SHAPES = "svg|g|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|title|desc"
_ACTIVE = re.compile(
    rf"<(?!/?(?:{_SHAPES})[\s/>])|[&\\]|\bon\w+\s*=|href|\bsrc\b|@import|url\(|image\(".encode(),
    re.IGNORECASE,
)

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Loaded:
    """A site with its documents, so that a rule can name the line it is about.

    A record of the wrong shape is not in the site: it is `unread`, and told in `problems`.
    """

    site: Site
    documents: Mapping[tuple[str, str], Document]
    identity: Document
    problems: tuple[Problem, ...] = ()
    unread: frozenset[tuple[str, str]] = frozenset()

    def is_unread(self, folder: str, id: str) -> bool:
        """Whether a record is there but could not be read, so that nothing is known of it."""
        return (folder, id) in self.unread

    def problem(self, record: Record, where: KeyPath, message: str) -> Problem:
        """A problem at a place in a record's file."""
        document = self.documents[record.key]
        return Problem(document.path, document.line(where), message)

    def identity_problem(self, field: str, message: str) -> Problem:
        """A problem at a field of site.yml."""
        return Problem(self.identity.path, self.identity.line((field,)), message)


def load(folder: Path) -> Loaded:
    """The site in a data folder.

    Files that cannot be read and values of the wrong shape are told in its problems.
    Raises DataError where site.yml is among them.
    """
    problems = list(_strangers(folder))
    documents: dict[tuple[str, str], Document] = {}
    records: dict[str, dict[str, Record]] = {kind.folder: {} for kind in KINDS}
    unread: set[tuple[str, str]] = set()
    for kind in KINDS:
        for path in sorted((folder / kind.folder).glob("*.yml")):
            try:
                document, record = _record(kind, path, f"data/{kind.folder}/{path.name}")
            except DataError as error:
                problems += error.problems
                unread.add((kind.folder, path.stem))
            else:
                documents[record.key] = document
                records[kind.folder][record.id] = record
    try:
        about = read(folder / IDENTITY, f"data/{IDENTITY}")
        identity = _model(Identity, about, {})
    except DataError as error:
        raise DataError([*problems, *error.problems]) from None
    site = Site(identity, records, _drawings(folder, records["substances"], problems))
    return Loaded(site, documents, about, tuple(problems), frozenset(unread))


def _drawings(
    folder: Path, substances: Mapping[str, Record], problems: list[Problem]
) -> dict[str, bytes]:
    """The drawings of structures, each named after the substance it shows."""
    found = {}
    for path in sorted((folder / DRAWINGS).glob("*.svg")):
        name = f"data/{DRAWINGS}/{path.name}"
        if path.is_symlink() or not path.is_file():
            continue  # told by _strangers
        if path.stem not in substances:
            near = nearest(path.stem, substances)
            problems.append(Problem(name, 1, f"must be named after a file in substances{near}"))
        elif path.stat().st_size > MAX_DRAWING:
            problems.append(Problem(name, 1, f"must be at most {MAX_DRAWING} bytes"))
        elif _ACTIVE.search(drawing := path.read_bytes()):
            problems.append(Problem(name, 1, "must be a plain drawing: no script, link or entity"))
        else:
            found[path.stem] = drawing
    return found


def _strangers(folder: Path) -> Iterator[Problem]:
    """Whatever stands in the data folder and belongs to no kind of record."""
    kinds = {*(kind.folder for kind in KINDS), DRAWINGS}
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        named = f"data/{place.as_posix()}"
        if place.name.startswith("."):
            continue  # an editor's own file
        is_record = len(place.parts) == 2 and path.suffix == ".yml"
        if path.is_symlink() and not is_record:
            yield Problem(named, 1, "must be a plain file or folder, not a link")
        elif path.is_dir():
            if len(place.parts) > 1 or place.name not in kinds:
                near = nearest(place.name, kinds)
                yield Problem(named, 1, f"is no kind of record{near}; the kinds: {_list(kinds)}")
        elif place.as_posix() != IDENTITY and (
            len(place.parts) != 2 or path.suffix != _suffix(place.parts[0])
        ):
            suffix = _suffix(place.parts[0])
            yield Problem(named, 1, f"must be a {suffix} file in the folder of its kind")


def _suffix(folder: str) -> str:
    return ".svg" if folder == DRAWINGS else ".yml"


def _record(kind: type[Record], path: Path, name: str) -> tuple[Document, Record]:
    try:
        id = Slug.read(path.stem)
    except ValueError as error:
        raise DataError([Problem(name, 1, f"the file's name {error}")]) from None
    document = read(path, name)
    if "id" in document.content:
        line = document.line(("id",))
        raise DataError([Problem(name, line, "id is the file's name: leave the line out")])
    return document, _model(kind, document, {"id": id})


def _model(model: type[M], document: Document, extra: Mapping[str, Any]) -> M:
    try:
        return model.model_validate({**document.content, **extra})
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise DataError(
            Problem(document.path, document.line(_where(details)), _message(model, details))
            for details in found
            if not _follows_from_another(model, details, found)
        ) from None


def _where(details: ErrorDetails) -> KeyPath:
    return tuple(details["loc"])


def _follows_from_another(
    model: type[BaseModel], details: ErrorDetails, found: list[ErrorDetails]
) -> bool:
    """Whether another problem explains this one.

    A field is missing because its name is misspelt; a list is too short because its only entries
    are wrong.
    """
    loc = details["loc"]
    if details["type"] == "missing":
        return any(
            other["type"] == "extra_forbidden"
            and other["loc"][:-1] == loc[:-1]
            and f"'{loc[-1]}'" in nearest(str(other["loc"][-1]), _fields_around(model, loc))
            for other in found
        )
    return details["type"] == "too_short" and any(
        other["loc"][: len(loc)] == loc and len(other["loc"]) > len(loc) for other in found
    )


def _message(model: type[BaseModel], details: ErrorDetails) -> str:
    """One sentence for the curator: field, rule, value got, remedy."""
    field = _field_name(model, details["loc"])
    match details["type"]:
        case "extra_forbidden":
            fields = _fields_around(model, details["loc"])
            near = nearest(field, fields)
            return f"{field} is not a field{near or f'; the fields: {_list(fields)}'}"
        case "missing":
            return f"{field} is missing: {_how_to_fill(model, details['loc'])}"
        case "literal_error":
            expected = details["ctx"]["expected"].replace("'", "")
            near = nearest(str(details["input"]), expected.replace(" or ", ", ").split(", "))
            return f"{field} must be one of {expected}{_got(details['input'])}{near}"
        case "value_error":
            return f"{field} {details['ctx']['error']}{_got(details['input'])}".strip()
        case "too_short":
            number = {1: "one", 2: "two"}.get(details["ctx"]["min_length"], "more")
            return f"{field} must list at least {number}"
        case "tuple_type":
            return f"{field} must be a list, one '- value' a line{_got(details['input'])}"
        case "model_type" | "model_attributes_type":
            return f"{field} must hold 'field: value' lines{_got(details['input'])}"
    return f"{field}: {details['msg']}{_got(details['input'])}"


def _field_name(model: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    """The field that a curator would name: the value of a reported value is the field itself."""
    if len(loc) > 1 and loc[-1] == "value" and issubclass(_model_around(model, loc), Reported):
        loc = loc[:-1]
    names = [part for part in loc if isinstance(part, str)]
    return names[-1] if names else "the record"


def _how_to_fill(model: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    around = _model_around(model, loc)
    field = around.model_fields.get(str(loc[-1]))
    inner = _inner_model(field.annotation) if field else None
    if issubclass(around, Reported) or (inner and issubclass(inner, Reported)):
        words = ", ".join(absence.value for absence in Absence)
        return f"write its value or a word of absence ({words})"
    return "it must be given (see CURATING.md)"


def _fields_around(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The fields of the model in which a field stands."""
    around = _model_around(model, loc)
    return [name for name in around.model_fields if name != "id" or not issubclass(around, Record)]


def _model_around(model: type[BaseModel], loc: tuple[str | int, ...]) -> type[BaseModel]:
    for part in loc[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner_model(model.model_fields[part].annotation) or model
    return model


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return annotation
    parts = getattr(annotation, "__args__", ())
    return next(filter(None, (_inner_model(part) for part in parts)), None)


def _got(value: object) -> str:
    if isinstance(value, dict | list) or not isinstance(value, str | int):
        return ""
    text = str(value)
    return f" (got '{text if len(text) <= 60 else text[:57] + '...'}')"


def _list(words: Any) -> str:
    return ", ".join(sorted(words))
