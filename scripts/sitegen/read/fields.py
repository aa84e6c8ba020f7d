"""Which fields the kinds of record and their parts have, for messages about their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import PurePosixPath
from typing import Any, get_origin

from pydantic import BaseModel

from sitegen.model import KINDS, Frozen, Record
from sitegen.model.record import KeyPath


def inner_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a field holds, alone or in a list; None where it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return annotation
    parts = getattr(annotation, "__args__", ())
    return next(filter(None, (inner_model(part) for part in parts)), None)


def model_around(model: type[BaseModel], loc: KeyPath) -> type[BaseModel]:
    """Return the model that the field at a place belongs to."""
    for part in loc[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = inner_model(model.model_fields[part].annotation) or model
    return model


def kind_of(name: str) -> type[Record] | None:
    """Return the kind of record in the folder of a file; None where it is the folder of none."""
    folder = PurePosixPath(name).parent.name
    return next((kind for kind in KINDS if kind.folder == folder), None)


@cache
def fields_of_records() -> frozenset[str]:
    """Return the names of the fields of every kind of record."""
    return frozenset(name for kind in KINDS for name in kind.model_fields)


@cache
def fields_of_parts(model: type[BaseModel]) -> frozenset[str]:
    """Return the names of the fields of every part of a model, however deep."""
    return frozenset(name for part in _parts(model) for name in part.model_fields)


@cache
def list_fields() -> frozenset[str]:
    """Return the names that are lists of parts wherever a record or a part of one has them."""
    models = {model for kind in KINDS for model in (kind, *_parts(kind))}
    found: dict[str, bool] = {}
    for model in models:
        for name, field in model.model_fields.items():
            is_list = get_origin(field.annotation) is tuple and bool(inner_model(field.annotation))
            found[name] = is_list and found.get(name, True)
    return frozenset(name for name, is_list in found.items() if is_list)


@cache
def single_fields() -> frozenset[str]:
    """Return the names that hold one part, and are a list in no record or part of one."""
    models = {model for kind in KINDS for model in (kind, *_parts(kind))}
    fields = [item for model in models for item in model.model_fields.items()]
    lists = {name for name, field in fields if get_origin(field.annotation) is tuple}
    return frozenset(name for name, field in fields if inner_model(field.annotation)) - lists


def lists_for(model: type[BaseModel], names: Iterable[str]) -> list[str]:
    """Return the lists of a model of which an entry may have just these fields."""
    return [
        field
        for field, part in _lists(model)
        if {*names} <= {*part.model_fields} and _needed(part) <= {*names}
    ]


def _lists(model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    for name, field in model.model_fields.items():
        part = inner_model(field.annotation)
        if part and get_origin(field.annotation) is tuple:
            yield name, part


def _needed(model: type[BaseModel]) -> set[str]:
    return {name for name, field in model.model_fields.items() if field.is_required()}


@cache
def _parts(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """Return every model within a model; one that holds itself is looked into once."""
    found: list[type[BaseModel]] = []
    open_models = [model]
    while open_models:
        for field in open_models.pop().model_fields.values():
            part = inner_model(field.annotation)
            if part and part not in found:
                found.append(part)
                open_models.append(part)
    return tuple(found)
