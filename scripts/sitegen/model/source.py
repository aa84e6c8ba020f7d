"""Sources, and the register of their sentences."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import PlainValidator, WithJsonSchema, model_validator

from sitegen.model.record import Record
from sitegen.model.values import Date, Frozen, Prose, Reported, Text, Words

_PLACE = re.compile(r"[a-z0-9-]+\.[1-9][0-9]{0,3}\.[1-9][0-9]{0,3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _read_place(value: object) -> str:
    if not isinstance(value, str) or not _PLACE.fullmatch(value):
        raise ValueError("must be a place such as 'dosage.5.1'")
    return value


def _read_digest(value: object) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError("must be a SHA-256 of 64 lower-case hexadecimal digits")
    return value


def _read_length(value: object) -> int:
    if not isinstance(value, str) or not re.fullmatch("[1-9][0-9]{0,3}", value):
        raise ValueError("must be the number of characters of the sentence")
    return int(value)


_STRING = WithJsonSchema({"type": "string"})
Place = Annotated[str, PlainValidator(_read_place), _STRING]
Digest = Annotated[str, PlainValidator(_read_digest), _STRING]
Length = Annotated[int, PlainValidator(_read_length), WithJsonSchema({"type": "integer"})]


class Trait(Frozen):
    """One word on the character of a source, with the reason for it."""

    word: Literal["primary", "secondary", "unreferenced", "promotional", "commercial", "official"]
    """What the source is."""
    why: Prose
    """What in the source shows it; a curator's note."""


class Section(Frozen):
    """A section of a source, as it is headed there."""

    id: Prose
    """The first part of the locators of its sentences."""
    heading: Text
    """The heading as printed."""
    note: Prose | None = None
    """A curator's remark, e.g. that the section holds nothing."""


class Sentence(Frozen):
    """One sentence of a source: where it stands, what it says, the figures in it, its digest.

    The sentence itself is not kept; the digest proves a copy of it.
    """

    at: Place
    """Its locator without the source."""
    gist: Prose
    """What it says, in our own words."""
    figures: Words = ()
    """Every figure in it, exactly as written there."""
    characters: Length | None = None
    """How long the normalised sentence is, in code points."""
    sha256: Digest | None = None
    """SHA-256 of the normalised sentence in UTF-8; left out where only a fact was noted."""
    unused: Prose | None = None
    """Why no record draws on it; an error where one does."""


class Source(Record):
    """A text that the reference draws on, with its register of sentences."""

    folder: ClassVar[str] = "sources"

    title: Prose
    """Its title as printed."""
    kind: Literal[
        "web article", "journal article", "label page", "patent", "review", "register", "code list"
    ]
    """What sort of text it is."""
    language: Prose
    """The language it was read in."""
    read: Literal["full text", "abstract", "bibliographic record", "single facts"]
    """What exactly was read."""
    author: Reported[Text]
    """Who signs it."""
    published: Reported[Date]
    """When it was published."""
    address: Reported[Text]
    """Where it can be found."""
    references: Reported[Text]
    """The references it gives."""
    character: tuple[Trait, ...]
    """What kind of witness it is, each word with its reason."""
    sections: tuple[Section, ...]
    """Its sections in order."""
    sentences: tuple[Sentence, ...]
    """Its register of sentences."""

    @property
    def name(self) -> str:
        """What it is called on the site: its title."""
        return self.title

    @model_validator(mode="after")
    def _digests_where_the_text_was_read(self) -> Source:
        bare = [each.at for each in self.sentences if not (each.sha256 and each.characters)]
        if bare and self.read != "single facts":
            raise ValueError(
                f"must give characters and sha256 for every sentence ({bare[0]} has none)"
            )
        return self

    @model_validator(mode="after")
    def _each_sentence_in_a_section(self) -> Source:
        listed = [section.id for section in self.sections]
        stray = [each.at for each in self.sentences if each.at.split(".")[0] not in listed]
        if stray:
            raise ValueError(f"must list the section of every sentence ({stray[0]} has none)")
        if len(set(listed)) != len(listed):
            raise ValueError("must list each section once")
        return self

    @model_validator(mode="after")
    def _each_sentence_once(self) -> Source:
        places = [sentence.at for sentence in self.sentences]
        twice = sorted({place for place in places if places.count(place) > 1})
        if twice:
            raise ValueError(f"must list each sentence once ({', '.join(twice)} more than once)")
        return self
