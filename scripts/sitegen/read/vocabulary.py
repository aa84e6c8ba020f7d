"""Reads `vocabulary.yml`, the units, routes, languages and terminologies of a data folder's own."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import PlainValidator

from sitegen.model import languages, routes, terminologies, units
from sitegen.model.figures_in_prose import speaks_of
from sitegen.model.languages import Language, is_tag
from sitegen.model.problems import DataError, Problem
from sitegen.model.routes import Route
from sitegen.model.ucum import is_code
from sitegen.model.values import Frozen, Listed, Prose, read_text
from sitegen.model.vocabulary import BUILT_IN, Vocabulary
from sitegen.model.written import Described, matching
from sitegen.read.messages import shaped
from sitegen.read.yamlfile import Document, read

VOCABULARY = "vocabulary.yml"

_WORD = re.compile(r"[^\W\d_]+")
_FACTOR = re.compile(r"[1-9][0-9]{0,17}(?:/[1-9][0-9]{0,17})?")


def _read_word(value: object) -> str:
    word = read_text(value)
    if not _WORD.fullmatch(word):
        raise ValueError("must be one word of letters, as the reader of figures takes it")
    return word


def _read_factor(value: object) -> Fraction:
    if not isinstance(value, str) or not _FACTOR.fullmatch(value):
        raise ValueError(
            "must be exact: a whole number or one over another, such as '1000' or '1/60'"
        )
    return Fraction(value)


def _read_code(value: object) -> str:
    code = read_text(value)
    if not is_code(code):
        raise ValueError(
            "must be a code by the grammar of UCUM, such as 'mg', '[iU]' or '{tablet}';"
            " leave it out where UCUM has none"
        )
    return code


def _read_tag(value: object) -> str:
    tag = read_text(value)
    if not is_tag(tag):
        raise ValueError("must be a tag of BCP 47, such as 'pt' or 'sr-Latn'")
    return tag


def _read_small(value: object) -> str:
    text = read_text(value)
    if text != " ".join(text.casefold().split()):
        raise ValueError("must be in small letters, with single spaces")
    return text


def _described(what: str, example: str, pattern: str = r"\S+") -> Described:
    """Return how a file writes a value; no value of these tables is published."""
    return Described(lambda: matching(pattern, what, example, number=True), {})


Word = Annotated[str, PlainValidator(_read_word), _described("one word of letters", "'tablet'")]
Factor = Annotated[
    Fraction,
    PlainValidator(_read_factor),
    _described("an exact factor", "'1000' or '1/60'", _FACTOR.pattern),
]
Code = Annotated[str, PlainValidator(_read_code), _described("a code of UCUM", "'{tablet}'")]
Tag = Annotated[str, PlainValidator(_read_tag), _described("a tag of BCP 47", "'sr-Latn'")]
Small = Annotated[
    str, PlainValidator(_read_small), _described("words in small letters", "'by mouth'", r"\S.*")
]


class OwnUnit(Frozen):
    """A unit that the program does not have."""

    one: Word
    """Its name for one; records and pages write it."""
    many: Word
    """Its name for several."""
    measures: Word
    """Its dimension: one of the program's, or its own name for what is counted by itself."""
    ucum: Code | None = None
    """Its code in UCUM; left out where it has none."""
    factor: Factor = Fraction(1)
    """Its exact size in the first unit of its dimension."""
    doses: Literal["an amount", "a presentation"] | None = None
    """Whether a dose is an amount of it, or a number of whole things that hold the drug."""
    divides: Literal["amounts"] | None = None
    """`amounts` for what amounts are divided by, as in `mg/mL`; a presentation always is."""
    kind: Literal["amount", "size", "ratio"] = "amount"
    """What a number of it is in a text."""
    spellings: Listed[Word]
    """How texts write it."""

    @property
    def row(self) -> units.Row:
        """The unit as a row of a table."""
        row = {"one": self.one, "many": self.many, "measures": self.measures, "ucum": self.ucum}
        return {
            **row,
            "factor": self.factor,
            "given": self.doses == "an amount",
            "presentation": self.doses == "a presentation",
            "divides": self.divides == "amounts" or self.doses == "a presentation",
            "kind": self.kind,
            "spellings": " ".join(self.spellings),
        }


class OwnRoute(Frozen):
    """A route that the program does not have."""

    name: Small
    """What records and pages write."""
    spellings: Listed[Small] = ()
    """How sources write it otherwise."""
    means: Prose | None = None
    """What is meant, where the name may be taken in two ways."""


class OwnLanguage(Frozen):
    """A language that the program does not have."""

    tag: Tag
    """Its tag in BCP 47."""
    name: Prose
    """Its name in English."""
    decimal: Literal[".", ","] | None = None
    """Its decimal mark; left out where it is not known, and a number with a mark proves nothing."""
    letters: Prose | None = None
    """The first word of the Unicode names of its letters, where they are not Latin."""


class OwnTerminology(Frozen):
    """The name of a system of codes that the program does not have."""

    system: Prose
    """Its address, as FHIR gives it."""
    name: Prose
    """What readers call it."""


class OwnTables(Frozen):
    """What a data folder adds to the tables of the program: `data/vocabulary.yml`."""

    units: tuple[OwnUnit, ...] = ()
    """Units."""
    routes: tuple[OwnRoute, ...] = ()
    """Routes of administration."""
    languages: tuple[OwnLanguage, ...] = ()
    """Languages."""
    terminologies: tuple[OwnTerminology, ...] = ()
    """Systems of codes."""


def read_vocabulary(folder: Path) -> Vocabulary:
    """Return the tables of a data folder: those of the program, and its own where it has any.

    Raise DataError with every mistake: of shape, else of what must hold between the tables.
    """
    if not os.path.lexists(folder / VOCABULARY):
        return BUILT_IN
    document = read(folder / VOCABULARY, f"data/{VOCABULARY}")
    own = shaped(OwnTables, document, {})
    if problems := [Problem(document.path, document.line(at), says) for at, says in _faults(own)]:
        raise DataError(problems)
    return _vocabulary(own, document)


def _vocabulary(own: OwnTables, document: Document) -> Vocabulary:
    """Return the tables of the program with those of a data folder."""
    spoken = (
        Language(one.tag, one.name, one.decimal or "", one.letters or "") for one in own.languages
    )
    return Vocabulary(
        units.Units((*units.BUILT_IN.rows, *(unit.row for unit in own.units))),
        routes.Routes(
            (
                *routes.BUILT_IN.all,
                *(Route(one.name, one.spellings, one.means or "") for one in own.routes),
            )
        ),
        languages.Languages((*languages.BUILT_IN.all, *spoken)),
        {**terminologies.BUILT_IN, **{one.system: one.name for one in own.terminologies}},
        document.text,
    )


_DIMENSIONS = frozenset(
    {row["measures"] for row in units.BUILT_IN.rows if "measures" in row} | {"body"}
)

Fault = tuple[tuple[str | int, ...], str]
"""A mistake: where it is in the file, and the message."""


def _faults(own: OwnTables) -> Iterator[Fault]:
    """Yield what is wrong between the tables."""
    yield from _faults_of_units(own.units)
    yield from _taken(
        "route",
        "routes",
        [{"name": (one.name,), "spellings": one.spellings} for one in own.routes],
        {*routes.BUILT_IN.by_name, *routes.BUILT_IN.by_spelling},
    )
    yield from _routes_read_otherwise(own)
    known = {*languages.BUILT_IN.by_tag, *languages.BUILT_IN.by_name}
    spoken = [{"tag": (one.tag,), "name": (one.name,)} for one in own.languages]
    yield from _taken("language", "languages", spoken, known)
    systems = [{"system": (one.system,)} for one in own.terminologies]
    yield from _taken("terminology", "terminologies", systems, terminologies.BUILT_IN)


def _routes_read_otherwise(own: OwnTables) -> Iterator[Fault]:
    """Yield each route of one word that has another meaning to the reader of figures."""
    spelt = {*units.BUILT_IN.spelt, *(word for unit in own.units for word in unit.spellings)}
    for number, route in enumerate(own.routes):
        for field, words in (("name", (route.name,)), ("spellings", route.spellings)):
            for word in words:
                if word in spelt or speaks_of(word):
                    says = f"{field} must not be a word with another meaning (got '{word}')"
                    yield ("routes", number, field), says


def _taken(
    what: str, table: str, rows: list[dict[str, Any]], built_in: Collection[str]
) -> Iterator[Fault]:
    """Yield each name that the program or an entry before has already."""
    mine: set[str] = set()
    for number, row in enumerate(rows):
        for field, names in row.items():
            for name in names:
                if name in built_in:
                    yield (table, number, field), _of_the_program(field, what, name)
                elif name in mine:
                    yield (table, number, field), _twice(field, what, name)
                mine.add(name)


def _of_the_program(field: str, what: str, name: str) -> str:
    return f"{field} must not redefine a {what} of the program: leave '{name}' out"


def _twice(field: str, what: str, name: str) -> str:
    return f"{field} must be of one {what} only: '{name}' is there twice"


def _faults_of_units(own: tuple[OwnUnit, ...]) -> Iterator[Fault]:
    yield from _taken_names(own)
    bases = _bases(own)
    codes = {row["ucum"]: row["one"] for row in units.BUILT_IN.rows if row.get("ucum")}
    for number, unit in enumerate(own):
        where = ("units", number)
        if unit.one in _DIMENSIONS:
            yield (*where, "one"), f"one must be no dimension's name (got '{unit.one}')"
        elif unit.measures not in bases:
            yield (
                (*where, "measures"),
                f"measures must be the unit's own name, '{unit.one}', or a dimension known here:"
                f" {', '.join(sorted(bases))} (got '{unit.measures}')",
            )
        elif unit.measures == unit.one and unit.factor != 1:
            says = "factor must be left out: the unit is the first of its dimension"
            yield (*where, "factor"), f"{says} (got '{unit.factor}')"
        elif unit.measures != unit.one and unit.doses == "a presentation":
            says = f"measures must be '{unit.one}', since a thing is counted for itself"
            yield (*where, "measures"), f"{says} (got '{unit.measures}')"
        if unit.ucum and (known := codes.setdefault(unit.ucum, unit.one)) != unit.one:
            says = "ucum must be the code of one unit only"
            yield (*where, "ucum"), f"{says}: '{unit.ucum}' is that of {known}"


def _bases(own: tuple[OwnUnit, ...]) -> frozenset[str]:
    """Return the dimensions that a unit can measure: those of the program, and new ones."""
    new = {unit.one for unit in own if unit.measures == unit.one}
    return (_DIMENSIONS | new) - {"number", "person", "animal", "course", "share", "body"}


def _taken_names(own: tuple[OwnUnit, ...]) -> Iterator[Fault]:
    """Yield each name or spelling of a unit that already means something, in any letters."""
    built_in = {
        name.casefold(): row["one"]
        for row in units.BUILT_IN.rows
        for name in (row["one"], row.get("many", row["one"]), *row.get("spellings", "").split())
    }
    mine: dict[str, int] = {}
    for number, unit in enumerate(own):
        fields: Mapping[str, tuple[str, ...]] = {
            "one": (unit.one,),
            "many": (unit.many,),
            "spellings": unit.spellings,
        }
        for field, names in fields.items():
            for name in names:
                plain, where = name.casefold(), ("units", number, field)
                if plain in built_in:
                    yield where, _of_the_program(field, "unit", name)
                elif mine.setdefault(plain, number) != number:
                    yield where, _twice(field, "unit", name)
                elif field == "spellings" and speaks_of(plain):
                    yield where, f"{field} must not be a word with another meaning (got '{name}')"
        if len({name.casefold() for name in unit.spellings}) < len(unit.spellings):
            yield ("units", number, "spellings"), "spellings must be there once each"
