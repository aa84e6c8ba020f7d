"""Checks and comparisons: what sources say, put side by side by a named rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field, PlainValidator, model_validator

from sitegen.model import published, written
from sitegen.model.record import Record
from sitegen.model.values import ConditionId, Locators, Prose

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


Input = Annotated[
    FieldReference,
    PlainValidator(_read_field),
    written.Described(
        lambda: written.matching(_FIELD.pattern, "a value of a record", "'claims/duration value'"),
        published.TEXT,
    ),
]


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


class Comparison(Record):
    """Something that several sources, or one source twice, say differently or alike."""

    folder: ClassVar[str] = "comparisons"

    name: Prose
    """What is compared, as a heading."""
    weight: Literal["dose", "safety", "evidence", "regulation", "identity", "action"]
    """What it bears on; doses are listed first, what it is and does last."""
    inputs: tuple[Input, ...] = Field(min_length=2)
    """The values that are set side by side."""
    rule: Literal["amounts", "words"]
    """`amounts` (or dates): the standing is computed; `words`: a curator reads it."""
    standing: (
        Literal[
            "agree",
            "overlap",
            "conflict",
            "different question",
            "not comparable",
            "only one source",
        ]
        | None
    ) = None
    """For words: how they stand to each other, as a curator reads them."""
    conditions: tuple[ConditionId, ...] = ()
    """The conditions whose pages show it."""
    why: Prose
    """What the difference is and what it may come from; a curator's note."""
    at: Locators = ()
    """Sentences that the note draws its figures from, besides those of the values."""

    @model_validator(mode="after")
    def _words_are_read_by_a_curator(self) -> Comparison:
        if (self.rule == "words") != bool(self.standing):
            raise ValueError("must have a standing for words, and none where it is computed")
        return self
