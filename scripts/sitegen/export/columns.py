"""The fields of a record as columns, and its values as the cells of a row."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from sitegen.export.table import BETWEEN, LEFT_OUT, NO_BOUND, SENTENCES, Column, several
from sitegen.model import Frozen, Locator, PointInTime, Reported, Sentence, Slug
from sitegen.model.absence import Absence
from sitegen.model.field_docs import field_docs
from sitegen.model.quantity import Quantity, write_number
from sitegen.model.signed import Signed

_SEVERAL = f"several have “{BETWEEN}” between them"


@dataclass(frozen=True)
class Part:
    """A field of a kind that holds several parts, each a row of a table of its own."""

    field: str
    about: str
    type: Any


# Left to JSON: they prove a copy of a text and would double the size of the tables.
_NO_COLUMN = frozenset({(Sentence, "sha256"), (Sentence, "characters")})


def columns(kind: type[Frozen], before: str = "") -> Iterator[Column]:
    """Yield the columns of a kind: four for an amount, none for what is a table of its own."""
    for name, field in _fields(kind):
        about = " ".join(field_docs(kind)[name].split())
        yield from columns_of(before + name, about, field.annotation)


def cells(record: Frozen) -> Iterator[str]:
    """Yield the cells of a record, one for each of its kind's columns."""
    for name, field in _fields(type(record)):
        yield from cells_of(getattr(record, name), field.annotation)


def nested_parts(part: Part) -> Iterator[Part]:
    """Yield the parts with fields of their own that each part of a record has several of."""
    if _is_model(part.type) and not _is_reported(part.type):
        found = (inner for inner in parts(part.type) if _is_model(inner.type))
        yield from (inner for inner in found if not _is_reported(inner.type))


def parts(kind: type[Frozen]) -> Iterator[Part]:
    """Yield the fields of a kind that are tables of their own."""
    for name, field in kind.model_fields.items():
        given: Any = field.annotation
        annotation = bare(given)
        if _is_table(annotation):
            about = " ".join(field_docs(kind)[name].partition("\n\n")[0].split())
            yield Part(name, about, _type_of_member(annotation))


def columns_of(name: str, about: str, annotation: Any) -> Iterator[Column]:
    """Yield the columns of one field."""
    type_of = bare(annotation)
    if _is_table(type_of):
        return
    if type_of in (Quantity, Signed):
        yield from columns_of_amount(name, about)
    elif _is_reported(type_of):
        yield from columns_of(name, about, type_of.model_fields["value"].annotation)
    elif _is_model(type_of):
        yield from columns(type_of, f"{name}_")
    elif get_origin(type_of) is tuple:
        refers = _table_of(_type_of_member(type_of))
        yield Column(name, f"{about.removesuffix('.')}; {_SEVERAL}.", table=refers, several=True)
    elif get_origin(type_of) is Literal:
        yield Column(name, about, choices=get_args(type_of))
    else:
        kind: Literal["integer", "string"] = "integer" if type_of is int else "string"
        yield Column(name, about, kind, (), _table_of(type_of))


def _table_of(type_of: Any) -> str | None:
    """Return the table that values of a type refer to; None for values that refer to none."""
    if type_of is Locator:
        return SENTENCES
    is_id = isinstance(type_of, type) and issubclass(type_of, Slug)
    return type_of.folder or None if is_id else None


def columns_of_amount(name: str, about: str) -> Iterator[Column]:
    """Yield the four columns of an amount."""
    yield Column(name, about)
    yield Column(f"{name}_low", f"The lower end of `{name}`, or its one number.", "number")
    yield Column(f"{name}_high", f"The upper end of `{name}`, or its one number.", "number")
    yield Column(f"{name}_unit", f"The unit of `{name}`.")


def cells_of(value: object, annotation: Any) -> Iterator[str]:
    """Yield the cells of one value, as many as its field has columns."""
    type_of = bare(annotation)
    if _is_table(type_of):
        return
    if type_of in (Quantity, Signed):
        yield from cells_of_amount(value)
    elif _is_reported(type_of):
        inner = value.value if isinstance(value, Reported) else None
        yield from cells_of(inner, type_of.model_fields["value"].annotation)
    elif _is_model(type_of):
        if isinstance(value, Frozen):
            yield from cells(value)
        else:
            yield from [LEFT_OUT] * len(list(columns(type_of)))
    elif isinstance(value, tuple):
        yield several(value)
    else:
        yield LEFT_OUT if value is None else str(value)


def cells_of_amount(value: object) -> tuple[str, str, str, str]:
    """Return the cells of an amount: text, ends as decimals, and unit; or one word in all four.

    A point in time has a text alone: no length follows from it.
    """
    if isinstance(value, Signed):
        unit = value.unit or LEFT_OUT
        return (str(value), write_number(value.low), write_number(value.high), unit)
    if isinstance(value, PointInTime):
        return (value, LEFT_OUT, LEFT_OUT, LEFT_OUT)
    if not isinstance(value, Quantity):
        word = str(value) if isinstance(value, Absence | str) else LEFT_OUT
        return (word, word, word, word)
    low, high = value.range.low, value.range.high
    return (
        str(value),
        NO_BOUND if low is None else write_number(low),
        NO_BOUND if high is None else write_number(high),
        value.unit.many,
    )


def _fields(kind: type[Frozen]) -> Iterator[tuple[str, FieldInfo]]:
    for name, field in kind.model_fields.items():
        if (kind, name) not in _NO_COLUMN:
            yield name, field


@cache
def bare(annotation: Any) -> Any:
    """Return a type without what may stand in its place: nothing, or a word of absence."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(annotation) if kind not in (type(None), Absence)]
        return bare(kinds[0])
    return annotation


def _type_of_member(annotation: Any) -> Any:
    return bare(get_args(annotation)[0])


@cache
def holds_reported(annotation: Any) -> bool:
    """Return whether a record, a part or a field of one can hold a value that a source reports."""
    if _is_reported(annotation):
        return True
    inner = get_args(annotation)
    if _is_model(annotation):
        inner = tuple(field.annotation for field in annotation.model_fields.values())
    return any(holds_reported(one) for one in inner if isinstance(one, type) or get_origin(one))


@cache
def _is_table(annotation: Any) -> bool:
    is_tuple = get_origin(annotation) is tuple
    return is_tuple and (
        _type_of_member(annotation) is Quantity or _is_model(_type_of_member(annotation))
    )


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Frozen)


def _is_reported(annotation: Any) -> bool:
    return _is_model(annotation) and issubclass(annotation, Reported)
