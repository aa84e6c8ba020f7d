"""How data files write the values of a record, as parts of a JSON Schema for editors.

Each part accepts whatever the reader of its values accepts; what no pattern can say is left to the
check. A value without quotes that looks like a number is one to an editor, and a text to the check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

from sitegen.model.absence import MEANINGS
from sitegen.model.units import Unit, Units, units

Schema: TypeAlias = dict[str, Any]

NAME, ABOUT = "x-name", "x-about"
"""The keys of a part that is written once in a schema: its name, and what it is in words."""
ABSENCE: Schema = {
    NAME: "a word of absence",
    ABOUT: "a word of absence",
    "enum": [word.value for word in MEANINGS],
    "enumDescriptions": list(MEANINGS.values()),
}
_NUMBER = r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{0,8}[1-9])?"


class Described:
    """What a value is in JSON Schema: as data files write it, and as it is published.

    It is the metadata of a type. `written` is called when a schema is made, since what it returns
    may depend on the units and routes of the site at hand.
    """

    def __init__(self, written: Callable[[], Schema], published: Mapping[str, Any]) -> None:
        self._written, self._published = written, published

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> Schema:
        """Return the part of a schema that pydantic asks for."""
        return dict(self._published) if handler.mode == "serialization" else self._written()


class OneOrMore:
    """The metadata of a list that may be written as one value without the dash of a list."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> Schema:
        """Return the part of a schema that pydantic asks for."""
        listed = handler(schema)
        return listed if handler.mode == "serialization" else {"anyOf": [listed["items"], listed]}


def as_object_or_value(schema: CoreSchema, handler: GetJsonSchemaHandler) -> Schema:
    """Return the schema of a model that may be written as its `value` alone."""
    found = handler(schema)
    if handler.mode == "validation":
        described = handler.resolve_ref_schema(found)
        whole = dict(described)
        described.clear()
        described["anyOf"] = [whole["properties"]["value"], whole]
    return found


def matching(pattern: str, what: str, example: str, number: bool = False) -> Schema:
    """Return the schema of a text with a pattern; with `number`, a whole number is one too."""
    return {
        NAME: what,
        ABOUT: f"{what}, such as {example}",
        "type": ["string", "integer"] if number else "string",
        "pattern": f"^(?:{pattern})$",
        "patternErrorMessage": f"must be {what}, such as {example}",
    }


def text(what: str = "text") -> Schema:
    """Return the schema of a text where no word of absence can stand."""
    return {**free_text(what), "not": {"enum": ABSENCE["enum"]}}


def free_text(what: str = "text") -> Schema:
    """Return the schema of any text; a number without quotes is one too."""
    says = "must be text; a blank is not allowed"
    return {
        NAME: what,
        ABOUT: what,
        "type": ["string", "number"],
        "pattern": r"\S",
        "patternErrorMessage": says,
    }


def one_of(words: Iterable[str], what: str) -> Schema:
    """Return the schema of a closed list of words."""
    return {NAME: what, ABOUT: what, "enum": list(words)}


def or_absent(schema: Schema) -> Schema:
    """Return the schema of a value, or of a word of absence in its place."""
    return {"anyOf": [schema, ABSENCE]}


def amount(
    accepts: Callable[[Unit], bool], what: str, example: str, before: str = "", point: str = ""
) -> Schema:
    """Return the schema of an amount in one of the accepted units of the site at hand.

    `before` is a pattern that may replace the number, `point` one that may replace the amount.
    """
    number = rf"(?:[<>≤≥] )?{_NUMBER}(?:-<?{_NUMBER})?{before and '|'}{before}"
    pattern = f"(?:{number}) (?:{_names_of(accepts, units())})"
    return matching(f"{pattern}|{point}" if point else pattern, what, example)


@lru_cache(maxsize=128)  # of a few tables at most, each asked of thousands of made units
def _names_of(accepts: Callable[[Unit], bool], known: Units) -> str:
    """Return a pattern of the names of accepted units, of the table or made of several."""
    plain = [name for unit in known.all if accepts(unit) for name in (unit.one, unit.many)]
    made = [parts for parts, unit in known.composed if accepts(unit)]
    tops, below, periods = (
        (list(dict.fromkeys(parts)) for parts in zip(*made, strict=True)) if made else ([], [], [])
    )
    return "|".join([*map(_escaped, dict.fromkeys(plain)), *_composed(tops, below, periods)])


def _composed(tops: list[str], below: list[str], periods: list[str]) -> list[str]:
    """Return a pattern of the names that these parts make; none where there are none."""
    if not tops:
        return []
    strokes = f"(?:/(?:{_any_of(below)}))" if any(below) else ""
    strokes += ("*" if "" in below else "+") if strokes else ""
    period = f"(?: ?per (?:{_any_of(periods)}))" if any(periods) else ""
    top = f"(?:{_any_of(tops)}){'?' if '' in tops else ''}"
    return [f"{top}{strokes}{period}{'?' if period and '' in periods else ''}"]


def _any_of(names: list[str]) -> str:
    return "|".join(_escaped(name) for name in names if name)


def _escaped(name: str) -> str:
    """Return a name as a pattern, the same for every reader of patterns."""
    return "".join(rf"\{mark}" if mark in r"\.^$*+?()[]{}|/" else mark for mark in name)
