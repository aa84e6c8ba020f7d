"""What the rest is about or names: conditions, organisations, people, terms."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from sitegen.model.record import Record
from sitegen.model.values import (
    ConditionId,
    Frozen,
    Locators,
    OrganisationId,
    OtherWords,
    Prose,
    Reported,
    RouteName,
    Text,
    Verbatim,
    Words,
)


class Overlap(Frozen):
    """Another condition that some of the people with this one may have."""

    condition: ConditionId
    """The other condition."""
    at: Locators
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
    at: Locators
    """Where a source names it."""
    wording: Words
    """How sources word it."""
    also: OtherWords = ()
    """Other words that readers use for it; they feed the search."""
    broader: ConditionId | None = None
    """The wider condition it belongs to."""
    overlaps: tuple[Overlap, ...] = ()
    """Conditions that some of the people with this one may have."""
    people: Prose | None = None
    """What people with it are called, to end “No study in …”, where “people” alone is vague."""
    gloss: Prose
    """What the name means, in plain words; a curator's note."""


class Organisation(Record):
    """A body that a source names."""

    folder: ClassVar[str] = "organisations"

    name: Prose
    """The name as the source writes it."""
    kind: Literal["research", "clinical", "authority", "industry", "congress"]
    """What it is."""
    at: Locators
    """Where it is named."""
    note: Prose | None = None
    """A curator's remark."""


class Code(Frozen):
    """What a terminology calls a subject, and how near that is."""

    system: Verbatim
    """The terminology, as FHIR names it."""
    code: Verbatim
    """The code."""
    display: Verbatim
    """The terminology's own words for it."""
    match: Literal["exact", "close", "broader", "narrower", "related"]
    """How the code's meaning stands to the subject."""
    grade: Literal["A", "B", "C"]
    """A: the owner's own list, or built from it; B: two or more other places; C: fewer."""
    version: Verbatim
    """The edition it was seen in."""
    seen_at: Verbatim
    """Where it was seen."""
    note: Verbatim | None = None
    """A curator's remark."""


class Coding(Record):
    """The codes of one subject: a condition, a route, a form, a container, a substance."""

    folder: ClassVar[str] = "codes"

    name: Prose
    """The subject."""
    condition: ConditionId | None = None
    """The condition it is, if it is one."""
    route: RouteName | None = None
    """The route it is, if it is one, by the name that records write."""
    form: Prose | None = None
    """The dosage form it is, if it is one."""
    codes: tuple[Code, ...] = Field(min_length=1)
    """The codes."""


class Person(Record):
    """Someone whom a source names."""

    folder: ClassVar[str] = "people"

    name: Prose
    """The name as the source writes it."""
    role: Reported[Text]
    """The title the source gives."""
    at: Locators
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
    at: Locators = ()
    """Where a source uses it."""
    also: OtherWords = ()
    """Other words for it; they feed the search."""
    tooltip: Literal["shown", "left out"]
    """Whether pages explain the word where it stands."""
