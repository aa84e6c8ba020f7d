"""Checks: what a source says, put side by side by a named rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import PlainValidator, WithJsonSchema

from sitegen.model.record import Record
from sitegen.model.values import Prose

_FIELD = re.compile(r"([a-z]+)/([a-z0-9-]+) ([a-z0-9_.]+)")


@dataclass(frozen=True)
class FieldReference:
    """A value of a record: `claims/duration value`, `events/approval identifiers.0.value`."""

    folder: str
    id: str
    field: str

    def __str__(self) -> str:
        return f"{self.folder}/{self.id} {self.field}"


def _read_field(value: object) -> FieldReference:
    match = _FIELD.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise ValueError("must name a value of a record such as 'claims/duration value'")
    return FieldReference(*match.groups())


Input = Annotated[FieldReference, PlainValidator(_read_field), WithJsonSchema({"type": "string"})]


class Check(Record):
    """One question to the sources; its verdict is computed, never written down."""

    folder: ClassVar[str] = "checks"

    name: Prose
    """The question, as a heading."""
    rule: Literal[
        "ratio",
        "sold strength",
        "dose in a container",
        "containers for a course",
        "length within",
        "same route",
        "share of a number",
        "nothing observed",
        "doses of the studies",
        "length of use",
        "year and order in a number",
    ]
    """The rule that computes the verdict."""
    inputs: tuple[Input, ...]
    """The values it compares, in the order the rule takes them."""
    why: Prose
    """Why it is worth asking; a curator's note."""
