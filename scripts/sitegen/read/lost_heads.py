"""Finds the one line that is wrong where many mistakes of shape follow from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from sitegen.model import Reported
from sitegen.model.record import KeyPath
from sitegen.read.fields import inner_model, lists_for, model_around

FOREIGN = 2
"""Fields of another kind or list that show where something belongs; one may be a misspelling."""


@dataclass(frozen=True)
class Cause:
    """One thing that is wrong: where, what, and the places whose mistakes follow from it."""

    where: KeyPath
    message: str
    explains: tuple[KeyPath, ...]


def causes_of_many(
    model: type[BaseModel], content: Mapping[str, Any], found: Sequence[ErrorDetails]
) -> list[Cause]:
    """Return what explains several of the mistakes that were found in a record."""
    foreign: dict[KeyPath, list[str]] = defaultdict(list)
    for details in found:
        if details["type"] == "extra_forbidden":
            foreign[details["loc"][:-1]].append(str(details["loc"][-1]))
    blank = {details["loc"] for details in found if details["input"] == ""}
    return [
        *_not_indented(model, foreign, blank),
        *_of_another_list(model, content, foreign),
    ]


def _not_indented(
    model: type[BaseModel], foreign: Mapping[KeyPath, list[str]], blank: Iterable[KeyPath]
) -> Iterator[Cause]:
    """Yield a field that is blank, where its own fields are beside it, not below it."""
    for loc in sorted(blank, key=str):
        field = loc[:-1] if loc[-1] == "value" else loc
        if not field or not isinstance(name := field[-1], str) or field[:-1] not in foreign:
            continue
        annotation = model_around(model, field).model_fields.get(name)
        inner = inner_model(annotation.annotation) if annotation else None
        own = [one for one in foreign[field[:-1]] if inner and one in inner.model_fields]
        if own and annotation and get_origin(annotation.annotation) is not tuple:
            yield Cause(
                field,
                f"{name} is blank, and {_and(own)} beside it {'is' if len(own) == 1 else 'are'} its"
                f" own: indent {'it' if len(own) == 1 else 'them'} by two spaces more than"
                f" '{name}:'",
                (field, *((*field[:-1], one) for one in own)),
            )


def _of_another_list(
    model: type[BaseModel],
    content: Mapping[str, Any],
    foreign: Mapping[KeyPath, list[str]],
) -> Iterator[Cause]:
    """Yield the first entry of a list that has the fields of another list, which is not there."""
    explained: set[str] = set()
    for where, names in foreign.items():
        field = str(where[0]) if len(where) == 2 else ""
        if not field or len(names) < FOREIGN or field in explained:
            continue
        entries = content[field]
        others = [one for one in lists_for(model, entries[where[1]]) if one not in content]
        if len(others) == 1:
            explained.add(field)
            following = ((field, number) for number in range(int(where[1]), len(entries)))
            yield Cause(
                where,
                f"this entry is one of '{others[0]}:', not of '{field}:': write '{others[0]}:' on a"
                " line before it",
                (*following, (others[0],)),
            )


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def parts_with(model: type[BaseModel], field: str) -> list[str]:
    """Return the fields of a model that hold a part with a field of this name."""
    return [
        name
        for name, info in model.model_fields.items()
        if (part := inner_model(info.annotation))
        and field in part.model_fields
        and not issubclass(part, Reported)
    ]
