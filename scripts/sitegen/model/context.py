"""What the rest is about or names: conditions, organisations, people, terms."""

from __future__ import annotations

from typing import ClassVar, Literal

from sitegen.model.record import Record
from sitegen.model.values import (
    ConditionId,
    Frozen,
    OrganisationId,
    Places,
    Prose,
    Reported,
    Text,
    Words,
)


class Overlap(Frozen):
    """Another condition that some of the people with this one may have."""

    condition: ConditionId
    """The other condition."""
    at: Places
    """The sentence that suggests it."""
    why: Prose
    """The reason; a curator's note."""


class Condition(Record):
    """An illness, a state or a purpose that a study, regimen or caution is about."""

    folder: ClassVar[str] = "conditions"

    name: Prose
    """The name used on the site."""
    kind: Literal["illness", "state", "purpose"]
    """What it is."""
    at: Places
    """Where a source names it."""
    wording: Words
    """How sources word it."""
    also: Words = ()
    """Other words that readers use for it; they feed the search."""
    broader: ConditionId | None = None
    """The wider condition it belongs to."""
    overlaps: tuple[Overlap, ...] = ()
    """Conditions that some of the people with this one may have."""
    gloss: Prose
    """What the name means, in plain words; a curator's note."""


class Organisation(Record):
    """A body that a source names."""

    folder: ClassVar[str] = "organisations"

    name: Prose
    """The name as the source writes it."""
    kind: Literal["research", "clinical", "authority", "industry", "congress"]
    """What it is."""
    at: Places
    """Where it is named."""
    note: Prose | None = None
    """A curator's remark."""


class Person(Record):
    """Someone whom a source names."""

    folder: ClassVar[str] = "people"

    name: Prose
    """The name as the source writes it."""
    role: Reported[Text]
    """The title the source gives."""
    at: Places
    """Where they are named."""
    organisations: tuple[OrganisationId, ...] = ()
    """Where the source places them."""


class Term(Record):
    """A word of the sources or of this site, explained."""

    folder: ClassVar[str] = "terms"

    name: Prose
    """The word."""
    kind: Literal["odd translation", "medical", "pharmaceutical", "reporting"]
    """What sort of word."""
    means: Prose
    """What it means here; a curator's note."""
    at: Places = ()
    """Where a source uses it."""
    also: Words = ()
    """Other words for it; they feed the search."""
    tooltip: Literal["shown", "left out"]
    """Whether pages explain the word where it stands."""
