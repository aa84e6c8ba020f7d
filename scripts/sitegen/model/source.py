"""Sources, and the register of their sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from sitegen.model import published, written
from sitegen.model.absence import Absence, read_absence
from sitegen.model.author import MORE, Author, read_author, refuse_two_alphabets
from sitegen.model.field_docs import field_docs
from sitegen.model.letters import as_typed, deception, holds_unseen, mixes_alphabets
from sitegen.model.problems import LONGEST_NAME, Misspelt, Placed, nearest, shortened
from sitegen.model.record import Record
from sitegen.model.values import (
    Address,
    AnyAmount,
    Date,
    Frozen,
    Language,
    Listed,
    Printed,
    Prose,
    Reported,
    SeenAt,
    Text,
    Verbatim,
    Words,
    read_any_amount,
    read_text,
)

MAX_FIGURES, MAX_AUTHORS, LONGEST_NUMBER = 100, 500, 200
_PLACE = re.compile(r"[a-z0-9-]+\.[1-9][0-9]{0,3}\.[1-9][0-9]{0,3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PAGES = re.compile(r"([0-9]{1,9})[-\u2013]([0-9]{1,9})")
_PARTS_OF_A_READING = ["printed", "reads_as", "why"]


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


_INITIALS = re.compile(r"(?:[^\W\d_a-z]-?[a-z]?){1,4}")
_AUTHOR = re.compile(rf"[^\W\d_][\w'’. -]* {_INITIALS.pattern}|others")


def _read_authors(value: object) -> tuple[str | Author, ...] | Absence:
    absence = read_absence(value) if isinstance(value, str) else None
    if absence:
        return absence
    names = value if isinstance(value, list | tuple) else [value]
    if len(names) > MAX_AUTHORS:
        raise ValueError(f"must list at most {MAX_AUTHORS} names: end with 'others'")
    if parted := _parted_by_commas(names, isinstance(value, str)):
        raise ValueError(f"{_NAMES}{parted}")
    found = tuple(_read_name(name, at, isinstance(value, str)) for at, name in enumerate(names))
    if not found or MORE in found[:-1]:
        raise ValueError("must list at least one name, and 'others' only at the end")
    return found


_NAMES = "must list names such as 'Family AB', or be a word of absence"
_ET_AL = re.compile(r"(?:.*[ ,])?(et al\.?|and others|u\. ?a\.|и др\.?)", re.IGNORECASE)
_TITLE = re.compile(r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.? )+")
_POINTED = re.compile(r"(?:[^\W\d_a-z]\. ?-?)+")


def _parted_by_commas(names: Sequence[object], is_text: bool) -> str:
    """Return how names are written that a comma has parted, or that are one text; else nothing."""
    texts = [name for name in names if isinstance(name, str)]
    parts = [part for text in texts for part in (text.split(", ") if is_text else [text])]
    if len(texts) < len(names):
        return ""
    if is_text and len(parts) > 1 and all(map(_is_name, parts)):
        return f", several in square brackets: write '[{shortened(', '.join(parts))}]'"
    pairs = pairwise(parts)
    joined = (f"{family} {initials}" for family, initials in pairs if _INITIALS.fullmatch(initials))
    found = next((name for name in joined if _is_name(name)), None)
    return f", with no comma before the initials: write '{found}'" if found else ""


def _read_name(name: object, at: int, is_alone: bool = False) -> str | Author:
    """Return a name. Raise ValueError for what is none, with it where it is not all that is read.

    One that is alone is shown by whoever tells of the error. `at` is its place in the list.
    """
    if isinstance(name, Author):
        return name
    if isinstance(name, dict):
        return read_author(name)
    text = name if isinstance(name, str) else ""
    within = [] if is_alone else [at]
    shown = "" if is_alone or not text else f" (got '{shortened(text)}'){deception(text)}"
    if mixes_alphabets(text):
        raise ValueError(f"must not mix alphabets in a word{shown}")
    bare = text[title.end() :] if (title := _TITLE.match(text)) else text
    meant = bare if _is_name(bare) else _without_points(bare)
    if meant != text and _is_name(meant):
        alone = ", without a title" if title else ""
        raise Misspelt(f"{_NAMES}{alone}: write '{meant}'{shown}", meant, *within)
    if not _is_name(text):
        more = _ET_AL.fullmatch(text)
        and_others = f", and 'others' as the last entry for '{more[1]}'" if more else ""
        raise ValueError(f"{_NAMES}{and_others}{shown}")
    refuse_two_alphabets(text)
    return text


def _without_points(name: str) -> str:
    return _POINTED.sub(lambda given: re.sub(r"[. ]", "", given[0]), name)


def _is_name(name: str) -> bool:
    return (
        len(name) <= LONGEST_NAME
        and _AUTHOR.fullmatch(name) is not None
        and " and " not in name
        and not holds_unseen(name)
    )


def _one_by_parts(value: object) -> object:
    """Return a name by its parts as the only author; it is no value with a place of its own."""
    parts = set(Author.model_fields)
    is_name = isinstance(value, dict) and "value" not in value and not parts.isdisjoint(value)
    return [value] if is_name else value


_BEFORE_NUMBER = re.compile(r"(?:https?://\S+?/|doi|pmid|pmcid|[:\s])*", re.IGNORECASE)
"""What stands before a number elsewhere: its name, or the address of the page that shows it."""
_PUBMED, _CENTRAL = r"[1-9][0-9]{4,8}", r"PMC[1-9][0-9]{4,8}"
_DOI = r"10\.[0-9]{4,9}/\S*[^\s.,;:]"
_OF_ANOTHER_FIELD = {"a PMCID": ("pmcid", _CENTRAL), "a DOI": ("doi", _DOI)}
"""Numbers that nothing else looks like, each with its field."""


def _number_of(what: str, pattern: str, example: str) -> tuple[Any, Any]:
    must = f"must be a number such as '{example}' or a word of absence"

    def read(value: object) -> str | Absence:
        absence = read_absence(value) if isinstance(value, str) else None
        if absence:
            return absence
        text = value if isinstance(value, str) and len(value) <= LONGEST_NUMBER else ""
        is_plain = as_typed(text) == text and not holds_unseen(text)
        if is_plain and re.fullmatch(pattern, text):
            return Verbatim(text)
        bare = _bare_number(text)
        if re.fullmatch(pattern, bare) and not holds_unseen(bare):
            raise Misspelt(f"{must}: write '{bare}'", bare)
        for kind, (field, other) in _OF_ANOTHER_FIELD.items():
            if kind != what and re.fullmatch(other, bare):
                raise ValueError(f"{must}: it is {kind}, and belongs to '{field}:'")
        is_long = what == "a PMID" and re.fullmatch("[0-9]{10,}", bare)
        raise ValueError(must + (", of 5 to 9 digits" if is_long else ""))

    schema = written.or_absent(written.matching(pattern, what, f"'{example}'", number=True))
    described = written.Described(lambda: schema, published.or_absent(published.TEXT))
    return PlainValidator(read), described


def _bare_number(text: str) -> str:
    """Return a number without what stands around it, a space in it, and signs that look like its.

    Only a space beside a mark is no end of the number.
    """
    plain = re.sub(r"(?<=[/.-]) (?=[a-z0-9])", "", as_typed(text))
    return _BEFORE_NUMBER.sub("", plain, count=1).rstrip("/. ")


_NAME = {
    "anyOf": [
        published.TEXT,
        {
            "type": "object",
            "properties": dict.fromkeys(Author.model_fields, published.TEXT),
            "additionalProperties": False,
        },
    ]
}
_WHOLE_NAME = written.matching(
    r"\S.* (?:[^\s\d_a-z.,;]-?[a-z]?){1,4}|others", "a name", "'Family AB', or 'others' at the end"
)
_NAMED = {
    "anyOf": [
        _WHOLE_NAME,
        {
            "type": "object",
            "properties": {
                name: {**written.text(), "description": text}
                for name, text in field_docs(Author).items()
            },
            "anyOf": [{"required": ["family"]}, {"required": ["literal"]}],
            "additionalProperties": False,
        },
    ]
}
_SEVERAL_NAMES = {"type": "array", "minItems": 1, "maxItems": MAX_AUTHORS}
Authors = Annotated[
    tuple[str | Author, ...] | Absence,
    PlainValidator(_read_authors),
    written.Described(
        lambda: written.or_absent({"anyOf": [_NAMED, {**_SEVERAL_NAMES, "items": _NAMED}]}),
        published.or_absent({"type": "array", "items": _NAME}),
    ),
]
PubMed = Annotated[str | Absence, *_number_of("a PMID", _PUBMED, "12345678")]
Central = Annotated[str | Absence, *_number_of("a PMCID", _CENTRAL, "PMC1234567")]
Doi = Annotated[str | Absence, *_number_of("a DOI", _DOI, "10.1000/182")]
Place = Annotated[
    str,
    PlainValidator(_read_place),
    written.Described(
        lambda: written.matching(_PLACE.pattern, "a place in the source", "'dosage.5.1'"),
        published.TEXT,
    ),
]
Digest = Annotated[
    str,
    PlainValidator(_read_digest),
    written.Described(
        lambda: written.matching(_SHA256.pattern, "a SHA-256", "64 digits of 0-9 and a-f"),
        published.TEXT,
    ),
]
Length = Annotated[
    int,
    PlainValidator(_read_length),
    written.Described(
        lambda: written.matching("[1-9][0-9]{0,3}", "a number of characters", "'74'", number=True),
        {"type": "integer"},
    ),
]


_VOLUME_AND_ISSUE = re.compile(r"([0-9]+) ?\(([0-9]+(?:[-/\u2013][0-9]+)?)\)")
_DASHES = re.compile("(?<=[0-9])(?:--+|\u2013\u2013+)(?=[0-9])")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")


def _numbered(name: str, letter: str) -> tuple[Any, Any]:
    """Return the number of a part of a journal, without its name: as citations print it alone.

    A letter is its name where a full stop or a space is behind it: `S101` and `e12` are numbers.
    """
    named = re.compile(
        rf"(?i:{name})\.?:? ?(?=[0-9(\[])|(?i:{name})[.:]? (?=[A-Z0-9])"
        rf"|(?i:{letter})(?:\. ?| )(?=[0-9])"
    )

    def read(value: object) -> str | Absence:
        absence = read_absence(value) if isinstance(value, str) else None
        if absence:
            return absence
        text = read_text(value)
        bare = named.sub("", text, count=1) if named.match(text) else text
        whole = _IN_BRACKETS.fullmatch(bare)
        bare = _DASHES.sub("-", (whole[1] if whole else bare).strip())
        must = "must be the number alone"
        if letter == "v" and (both := _VOLUME_AND_ISSUE.fullmatch(bare)):
            raise ValueError(f"{must}: write '{both[1]}', and '{both[2]}' in 'issue:'")
        if bare and bare != text:
            raise Misspelt(f"{must}: write '{bare}'", bare)
        return text

    described = written.Described(
        lambda: written.or_absent(written.free_text()), published.or_absent(published.TEXT)
    )
    return PlainValidator(read), described


VolumeNumber = Annotated[str | Absence, *_numbered("volume|vol", "v")]
IssueNumber = Annotated[str | Absence, *_numbered("number|issue|iss|no|nr|№", "n")]
Pages = Annotated[str | Absence, *_numbered("pages?|pgs?|pp", "p")]


Topic = Literal[
    "indications",
    "dosage",
    "contraindications",
    "adverse effects",
    "interactions",
    "dependence",
    "overdose",
    "warnings",
    "pregnancy",
    "breast-feeding",
    "driving",
    "study methods",
    "study results",
    "legal status",
    "identity",
]
"""What a source can be read for. Its silence on a topic means something only where it was."""


class Trait(Frozen):
    """One word on the character of a source, with the reason for it."""

    word: Literal["primary", "secondary", "unreferenced", "promotional", "commercial", "official"]
    """What the source is."""
    why: Prose
    """What in the source shows it; a curator's note."""


class Publication(Frozen):
    """Where an article stands: what a citation is made of, besides author, title and date."""

    journal: Prose
    """The journal, as databases shorten it."""
    volume: VolumeNumber
    """The volume."""
    issue: IssueNumber
    """The issue."""
    pages: Pages
    """First and last page, or the number of the article."""
    pmid: PubMed
    """Its number in PubMed."""
    pmcid: Central
    """Its number in PubMed Central."""
    doi: Doi
    """Its DOI."""
    types: Words = ()
    """The kinds of publication that PubMed files it under."""

    @model_validator(mode="after")
    def _pages_rise(self) -> Publication:
        if match := _PAGES.fullmatch(str(self.pages)):
            first, last = match.groups()
            whole = first[: max(0, len(first) - len(last))] + last
            if int(whole) < int(first):
                raise ValueError(
                    f"must have pages that rise: '{self.pages}' is {first} to {whole}; mend the "
                    "one that the source does not say"
                )
        return self


class Verification(Frozen):
    """What was seen of a source, where, and when."""

    level: Literal["text", "record", "citation", "census", "secondary", "reported", "own search"]
    """What was seen of it.

    `text`: the text itself; `record`: its entry in a database or journal, as one with its abstract;
    `citation`: a full citation; `census`: an entry of a census of records; `secondary`: an
    encyclopaedia or compilation; `reported`: only that it exists; `own search`: a search of ours.
    """
    on: Reported[Date]
    """When it was looked at."""
    seen_at: tuple[SeenAt, ...]
    """The addresses it was seen at; a seller's is not named."""
    note: Prose | None = None
    """A curator's remark."""


StateWord = Literal["withdrawn", "retracted", "expression of concern", "corrected"]
STATE_WORDS: tuple[StateWord, ...] = get_args(StateWord)
"""What can become of a source after it was published, the gravest first."""


class State(Frozen):
    """What became of a source after it was published, as a notice on it says."""

    word: StateWord
    """What became of it."""
    on: Reported[Date]
    """The date of the notice."""
    notice: Reported[Text]
    """The address or the number of the notice."""
    note: Prose | None = None
    """A curator's remark, such as the reason that the notice gives."""


class Section(Frozen):
    """A section of a source, as it is headed there."""

    id: Prose
    """The first part of the locators of its sentences."""
    heading: Text
    """The heading as printed."""
    note: Prose | None = None
    """A curator's remark, e.g. that the section holds nothing."""


class StatedReading(Frozen):
    """A printed figure that no rule reads, with what a curator reads it as."""

    printed: Printed
    """The figure, exactly as written in the sentence."""
    reads_as: AnyAmount
    """The amount that it is, as records write amounts."""
    why: Prose
    """Why it is that amount; a curator's note."""

    def __str__(self) -> str:
        """Return the printed figure with its reading, for a cell of a table."""
        return f"{self.printed} [read by a curator as {self.reads_as}]"


def _read_figure(value: object) -> str | StatedReading:
    """Return a figure as printed, alone or with the reading that a curator states."""
    if isinstance(value, StatedReading):
        return value
    if not isinstance(value, dict):
        return read_text(value, as_printed=True)
    if set(value) != set(StatedReading.model_fields):
        raise ValueError("must be a figure as printed, or have printed, reads_as and why")
    try:
        read_any_amount(value["reads_as"])
    except ValueError as error:
        raise ValueError(f"must have a reads_as that {error}") from error
    printed, why = read_text(value["printed"], as_printed=True), read_text(value["why"])
    return StatedReading(printed=printed, reads_as=value["reads_as"], why=why)


def _reading(printed: dict[str, Any], amount: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a stated reading, of the schemas of its texts and of its amount."""
    return {
        "type": "object",
        "properties": {"printed": printed, "reads_as": amount, "why": printed},
        "required": _PARTS_OF_A_READING,
        "additionalProperties": False,
    }


def _written_figure() -> dict[str, Any]:
    amount = written.amount(read_any_amount.accepts, "any amount", read_any_amount.example)
    return {"anyOf": [written.text("a figure as printed"), _reading(written.text(), amount)]}


Figure = Annotated[
    str | StatedReading,
    PlainValidator(_read_figure),
    written.Described(
        _written_figure,
        {"anyOf": [published.TEXT, _reading(published.TEXT, published.AMOUNT)]},
    ),
]


class Sentence(Frozen):
    """One sentence of a source: where it stands, what it says, the figures in it, its digest.

    The sentence itself is not kept; the digest proves a copy of it.
    """

    at: Place
    """Its locator without the source."""
    gist: Prose
    """What it says, in our own words."""
    figures: Annotated[Listed[Figure], Field(max_length=MAX_FIGURES)] = ()
    """Every figure in it, exactly as written there; one that no rule reads, with the reading that a
    curator states."""
    characters: Length | None = None
    """How long the normalised sentence is, in code points."""
    sha256: Digest | None = None
    """SHA-256 of the normalised sentence in UTF-8; left out where only a fact was noted."""
    unused: Prose | None = None
    """Why no record draws on it; an error where one does."""

    @property
    def printed(self) -> tuple[str, ...]:
        """The figures in it as they are printed."""
        return tuple(one.printed if isinstance(one, StatedReading) else one for one in self.figures)


class Source(Record):
    """A text that the reference draws on, with its register of sentences."""

    folder: ClassVar[str] = "sources"

    title: Prose
    """Its title as printed."""
    title_is: Literal["as printed", "translated", "our description"] = "as printed"
    """Whether the title is the printed one, a translation of it, or our own words for it."""
    kind: Literal[
        "web article",
        "journal article",
        "meta-analysis",
        "review",
        "commentary",
        "appraisal",
        "label page",
        "developer page",
        "regulatory page",
        "news item",
        "database entry",
        "encyclopaedia",
        "patent",
        "code list",
        "search of our own",
    ]
    """What sort of text it is."""
    original_title: Prose | None = None
    """The title as printed in its language, where `title` is a translation or our description."""
    language: Language
    """The language it was read in: a tag of BCP 47, or words."""
    read: Literal[
        "full text", "abstract", "summary by others", "bibliographic record", "single facts"
    ]
    """What exactly was read."""
    read_for: tuple[Topic, ...] = ()
    """The topics on which everything it says was noted; all of them for a full text."""
    verified: Verification
    """What was seen of it, where, and when."""
    state: tuple[State, ...] = ()
    """What became of it after it was published: every figure that is from it is marked so."""
    author: Annotated[Reported[Authors], BeforeValidator(_one_by_parts)]
    """Who signs it, in order: `Family AB`, or the parts of a name; a last `others` stands for those
    not seen."""
    published: Reported[Date]
    """When it was published."""
    address: Reported[Address]
    """Where it can be found."""
    references: Reported[Text]
    """The references it gives."""
    publication: Publication | None = None
    """Where it stands, for what a journal printed."""
    character: tuple[Trait, ...] = Field(min_length=1)
    """What kind of witness it is, each word that fits with its reason.

    `primary`: it reports work of its own, or its authors' own product; `secondary`: it retells what
    others did or wrote, as a review, or a page about a label; `unreferenced`: it gives no source
    for what it says; `promotional`: it praises the drug, or is of those who develop it;
    `commercial`: it is of a seller or a brand, and has no address here; `official`: an authority
    wrote or approved its text, as that of a label or a package leaflet.
    """
    sections: tuple[Section, ...]
    """Its sections in order."""
    sentences: tuple[Sentence, ...]
    """Its register of sentences."""

    @property
    def name(self) -> str:
        """What it is called on the site: its title."""
        return self.title

    def sentence(self, place: str) -> Sentence | None:
        """Return the sentence at a place such as `dosage.5.1`, or None where there is none."""
        return self._by_place.get(place)

    @cached_property
    def _by_place(self) -> dict[str, Sentence]:
        return {sentence.at: sentence for sentence in reversed(self.sentences)}

    @property
    def states(self) -> tuple[StateWord, ...]:
        """What became of it, each word once, the gravest first."""
        given = {state.word for state in self.state}
        return tuple(word for word in STATE_WORDS if word in given)

    @property
    def has_digests(self) -> bool:
        """Whether its register is of sentences, each proved by a digest, not of facts noted."""
        return bool(self.sentences) and all(sentence.sha256 for sentence in self.sentences)

    @property
    def is_retelling(self) -> bool:
        """Whether it tells of the work of others, so that what it leaves out may be in theirs."""
        return any(trait.word == "secondary" for trait in self.character)

    def was_read_for(self, topic: Topic) -> bool:
        """Return whether everything the source says on a topic was noted: its silence counts."""
        return self.read == "full text" or topic in self.read_for

    @model_validator(mode="after")
    def _a_full_text_was_read_for_everything(self) -> Source:
        if self.read == "full text" and self.read_for:
            raise ValueError(
                "must have 'read: abstract' or another word if it was not read in full; else"
                " leave read_for out, since a full text was read for every topic"
            )
        if len(set(self.read_for)) != len(self.read_for):
            raise ValueError("must list each topic of read_for once")
        return self

    @model_validator(mode="after")
    def _a_printed_title_is_given_once(self) -> Source:
        if self.original_title and self.title_is == "as printed":
            raise ValueError(
                "must have an original_title only where title_is is 'translated' or 'our "
                "description'"
            )
        return self

    @model_validator(mode="after")
    def _a_commercial_page_is_not_linked(self) -> Source:
        if not any(trait.word == "commercial" for trait in self.character):
            return self
        given = (self.address.value, *self.verified.seen_at)
        if linked := next((str(value) for value in given if "://" in str(value)), None):
            raise ValueError(
                "must not give the address of a commercial page: say 'not linked' and why "
                f"({linked})"
            )
        return self

    @model_validator(mode="after")
    def _digests_where_the_text_was_read(self) -> Source:
        bare = [
            sentence.at
            for sentence in self.sentences
            if not (sentence.sha256 and sentence.characters)
        ]
        if bare and self.read == "full text":
            raise ValueError(
                f"must give characters and sha256 for every sentence ({bare[0]} has none)"
            )
        return self

    @model_validator(mode="after")
    def _each_sentence_in_a_section(self) -> Source:
        listed = {section.id for section in self.sections}
        for number, sentence in enumerate(self.sentences):
            section = sentence.at.split(".")[0]
            if section not in listed:
                message = f"must list the section of every sentence ({sentence.at} has none)"
                hint = nearest(section, listed)
                raise Placed(message + hint, "sentences", number, "at")
        if len(listed) != len(self.sections):
            raise ValueError("must list each section once")
        return self

    @model_validator(mode="after")
    def _each_sentence_once(self) -> Source:
        places = Counter(sentence.at for sentence in self.sentences)
        twice = sorted(place for place, times in places.items() if times > 1)
        if twice:
            again = max(n for n, one in enumerate(self.sentences) if one.at == twice[0])
            message = f"must list each sentence once ({', '.join(twice)} more than once)"
            raise Placed(message, "sentences", again, "at")
        return self
