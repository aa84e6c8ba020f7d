"""Says what is wrong with the shape of a record: every mistake once, in a curator's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from sitegen.model import KINDS, Record, Reported, written
from sitegen.model.absence import Absence
from sitegen.model.letters import deception
from sitegen.model.problems import DataError, Misspelt, Placed, Problem, near, nearest, shortened
from sitegen.model.record import KeyPath
from sitegen.model.values import SLUG, hyphenated
from sitegen.read.fields import inner_model, model_around
from sitegen.read.lost_heads import causes_of_many, parts_with
from sitegen.read.yaml_faults import MENDED, list_for, says_nothing
from sitegen.read.yamlfile import Document

MAX_MISTAKES = 100
"""The most problems that are reported of one file; with more, it is best written again."""

M = TypeVar("M", bound=BaseModel)


def shaped(model: type[M], document: Document, extra: Mapping[str, Any]) -> M:
    """Return a document as a model of its kind, with given values that are not in the document.

    Raise DataError with every mistake, up to the first hundred.
    """
    try:
        return model.model_validate({**document.content, **extra})
    except ValidationError as error:
        mistakes = _Mistakes(model, tuple(error.errors(include_url=False, include_context=True)))
        raise DataError(_problems(model, document, mistakes)) from None


def misspelt(
    model: type[BaseModel], document: Document, extra: Mapping[str, Any]
) -> Iterator[tuple[KeyPath, str]]:
    """Yield where a document has a value of one reading in another spelling, with the right one."""
    try:
        model.model_validate({**document.content, **extra})
    except ValidationError as error:
        for details in error.errors(include_url=False, include_context=True):
            cause = details.get("ctx", {}).get("error")
            if isinstance(cause, Misspelt):
                yield (*details["loc"], *cause.within), cause.meant


def _problems(model: type[BaseModel], document: Document, mistakes: _Mistakes) -> Iterator[Problem]:
    of_many = causes_of_many(model, document.content, mistakes.found)
    for cause in of_many:
        yield Problem(document.path, document.line(cause.where), cause.message)
    explained = frozenset(where for cause in of_many for where in cause.explains)
    causes = mistakes.causes(explained)
    for details in islice(causes, MAX_MISTAKES):
        line = document.line((*details["loc"], *_field_named(details)))
        message = _with_id(_said(model, document, details), document, details)
        yield Problem(document.path, line, message)
    if next(causes, None):
        more = f"has more than {MAX_MISTAKES} mistakes: mend these, and the rest is listed"
        yield Problem(document.path, 1, more)


def _with_id(message: str, document: Document, details: ErrorDetails) -> str:
    """Return a message with the id to write, where a text is none; else with the arms there are."""
    loc, got = details["loc"], details["input"]
    if details["type"] != "value_error" or not isinstance(got, str) or _is_blank(got):
        return message
    if loc[-1] == "id":
        plain = hyphenated(got)
        is_one = got.isascii() and SLUG.fullmatch(plain) and not SLUG.fullmatch(got)
        return with_remedy(message, plain) if is_one else message
    if loc[0] not in ("results", "harm_events") or loc[-1] not in ("arm", "direction"):
        return message
    favours = "favours " if loc[-1] == "direction" else ""
    arms = {str(arm["id"]): str(arm.get("name")) for arm in _arms(document)}
    called = got.removeprefix(favours).casefold()
    meant = [id for id, name in arms.items() if called in (id.casefold(), name.casefold())]
    if len(meant) == 1:
        return with_remedy(message, favours + meant[0])
    return f"{message}; the arms: {', '.join(arms)}" if arms else message


def with_remedy(message: str, meant: str) -> str:
    """Return a message with what to write before what it got; one that got nothing as it is."""
    before, _, got = message.rpartition(" (got ")
    return f"{before}: write '{meant}' (got {got}" if before else message


def _arms(document: Document) -> list[dict[str, Any]]:
    """Return the arms of a document that have an id, as far as they can be read."""
    arms = document.content.get("arms")
    listed = arms if isinstance(arms, list) else []
    return [arm for arm in listed if isinstance(arm, dict) and isinstance(arm.get("id"), str)]


def _field_named(details: ErrorDetails) -> KeyPath:
    """Return where in a record or a part of one a fault is: at the first field that it names."""
    error, fields = details.get("ctx", {}).get("error"), details["input"]
    if isinstance(error, Placed):
        return error.where
    if isinstance(error, Misspelt) and error.within:
        return error.within
    if not isinstance(error, ValueError) or not isinstance(fields, dict):
        return ()
    named = (word for word in _WORD.findall(str(error)) if word in fields)
    return tuple(islice((word for word in named if word not in _IN_SENTENCES), 1))


_WORD = re.compile("[a-z_]+")
_IN_SENTENCES = ("at", "of", "on", "note")
"""Fields whose names are words of messages about other fields too."""


@dataclass(frozen=True)
class _Mistakes:
    """The mistakes in one document, as the validator found them."""

    model: type[BaseModel]
    found: tuple[ErrorDetails, ...]

    def causes(self, explained: frozenset[KeyPath]) -> Iterator[ErrorDetails]:
        """Yield the mistakes that no other explains, but for those within some places.

        A field is missing because its name is misspelt; a list is too short because its only
        entries are wrong.
        """
        for details in self.found:
            loc = details["loc"]
            if explained and any(loc[:end] in explained for end in range(1, len(loc) + 1)):
                continue
            missing = details["type"] == "missing" and loc in self._meant
            if not missing and not (details["type"] == "too_short" and loc in self._holding):
                yield details

    @cached_property
    def _meant(self) -> frozenset[KeyPath]:
        """The fields that misspelt names are nearest to."""
        return frozenset(
            (*details["loc"][:-1], field)
            for details in self.found
            if details["type"] == "extra_forbidden"
            for field in _names_meant(self.model, details["loc"])
        )

    @cached_property
    def _holding(self) -> frozenset[KeyPath]:
        """Whatever holds a mistake."""
        return frozenset(
            details["loc"][:end] for details in self.found for end in range(len(details["loc"]))
        )


def _names_meant(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the field that an unknown one is meant to be, or none where none is near."""
    field, fields = str(loc[-1]), _fields_around(model, loc)
    here = name_here(field, fields)
    return near(field, fields) or ([here] if here else [])


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def _said(model: type[BaseModel], document: Document, details: ErrorDetails) -> str:
    """Return one sentence for the curator about a mistake."""
    loc = details["loc"]
    if not _is_blank(details["input"]):
        return _message(model, details)
    if isinstance(loc[-1], int) and loc in document.lines:
        return f"an entry of {_field_name(model, loc)} is blank: fill it in, or delete it"
    return _of_blank(model, loc)


def _of_blank(model: type[BaseModel], loc: KeyPath) -> str:
    """Return one sentence for the curator who wrote no value."""
    return f"{_field_name(model, loc)} is blank: {_how_to_fill(model, loc)}"


def _message(model: type[BaseModel], details: ErrorDetails) -> str:
    """Return one sentence for the curator: field, rule, value got, remedy."""
    field = _field_name(model, details["loc"])
    if says := _of_fields_around(model, details):
        return f"{field} {says}"
    match details["type"]:
        case "extra_forbidden":
            return _of_unknown(model, details["loc"])
        case "missing":
            return f"{field} is missing: {_how_to_fill(model, details['loc'])}"
        case "literal_error":
            return f"{field} {_of_list(details)}"
        case "value_error":
            return f"{field} {_of_value(model, details)}".strip()
        case "too_long":
            return f"{field} must list at most {details['ctx']['max_length']}"
        case "too_short":
            number = {1: "one", 2: "two"}.get(details["ctx"]["min_length"], "more")
            return f"{field} must list at least {number}"
        case "tuple_type":
            return f"{field} {_of_no_list(model, details)}"
        case "model_type" | "model_attributes_type":
            lines = f"'field: value' lines{_fields_held(model, details['loc'])}"
            return f"{field} must hold {lines}{_got(details['input'])}"
    return f"{field}: {details['msg']}{_got(details['input'])}"


def _of_unknown(model: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    """Return the message about a field that a record or a part of it has not."""
    field, fields = str(loc[-1]), _fields_around(model, loc)
    hint = nearest(field, fields)
    if not hint and (other := _of_another_kind(model, loc, fields) or _of_a_part(model, loc)):
        return other
    return f"{field} is not a field{hint or f'; the fields: {listed(fields)}'}{deception(field)}"


def _of_a_part(model: type[BaseModel], loc: KeyPath) -> str | None:
    """Return the message about a field of a part beside or within which it stands, if it is one."""
    field, around = str(loc[-1]), model_around(model, loc)
    names = [part for part in loc[:-1] if isinstance(part, str)]
    outer = model_around(model, loc[: loc.index(names[-1]) + 1]) if names else around
    parts = parts_with(around, field) or [
        part for part in parts_with(outer, field) if part not in names
    ]
    if not 0 < len(parts) <= _MOST_PARTS:
        return None
    of = " and of ".join(f"'{part}:'" for part in parts)
    here = f"not of '{names[-1]}:'" if names else "not of the record"
    return f"{field} is a field of {of}, {here}: write it there"


_MOST_PARTS = 2


def _fields_held(model: type[BaseModel], loc: KeyPath) -> str:
    """Return the fields that a value in fields of its own must have, or may where none must."""
    part = model_around(model, (*loc, ""))
    needed = [name for name, field in part.model_fields.items() if field.is_required()]
    names = needed or list(part.model_fields)
    return f": {', '.join(names)}" if names else ""


_OTHER_NAMES = (
    ("each", "dose"),
    ("times", "frequency"),
    ("strength", "form_and_strength"),
    ("length", "duration"),
)
"""Fields of several kinds with one meaning, and what readers call them."""


def name_here(field: str, fields: Sequence[str]) -> str | None:
    """Return what a field of another kind is called among some fields; None where it is not."""
    pairs = (*_OTHER_NAMES, *(pair[::-1] for pair in _OTHER_NAMES))
    return next((here for here, other in pairs if other == field and here in fields), None)


def _of_another_kind(
    model: type[BaseModel], loc: tuple[str | int, ...], fields: Sequence[str]
) -> str | None:
    """Return the message about a field that stands in another kind of record; None for no such."""
    field, here = str(loc[-1]), name_here(str(loc[-1]), fields)
    kinds = [kind.folder for kind in KINDS if field in kind.model_fields]
    is_record = len(loc) == 1 and issubclass(model, Record)
    named = f"'{here}' is its name here" if here else ""
    if not (kinds and is_record and issubclass(model, Record)):
        return f"{field} is not a field: {named}" if here else None
    of = f"{', '.join(kinds[:-1])} and {kinds[-1]}" if len(kinds) > 1 else kinds[0]
    remedy = named or "delete it, or move the file if it is in the wrong folder"
    return f"{field} is a field of {of}, not of {model.folder}: {remedy}"


def _of_fields_around(model: type[BaseModel], details: ErrorDetails) -> str | None:
    """Return what is wrong with a value in fields of its own, where its field has none."""
    names = [place for place, part in enumerate(details["loc"]) if isinstance(part, str)]
    loc = details["loc"][: names[-1] + 1] if names else ()
    around = model_around(model, loc)
    field = around.model_fields.get(str(loc[-1])) if loc else None
    value = details["input"]
    if field is None or not (isinstance(value, dict) and "value" in value):
        return None
    if issubclass(around, Reported) or inner_model(field.annotation):
        return None
    is_list = get_origin(field.annotation) is tuple
    alone = "the value alone" if not is_list or _may_stand_alone(field) else ""
    several = "a list, one '- value' a line" if is_list else ""
    written_as = ", or ".join(filter(None, (alone, several)))
    return f"takes no 'value', 'at' or 'note': write {written_as}"


def _needs_one(field: FieldInfo) -> bool:
    """Return whether a list must have an entry."""
    return any(getattr(part, "min_length", None) for part in field.metadata)


def _may_stand_alone(field: FieldInfo) -> bool:
    """Return whether one entry of a list may be written without the list."""
    return any(isinstance(part, written.OneOrMore) for part in field.metadata)


def _of_no_list(model: type[BaseModel], details: ErrorDetails) -> str:
    """Return what is wrong with one value where a list belongs, and how the list is written."""
    loc, value = details["loc"], details["input"]
    must = "must be a list, one '- value' a line"
    if isinstance(value, dict):
        return f"{must}: '- ' begins each entry, before its first field"
    field = model_around(model, loc).model_fields.get(str(loc[-1]))
    if field and inner_model(field.annotation):
        held = f"'field: value' lines{_fields_held(model, loc)}"
        return f"must be a list, each entry of which begins with '- ' and holds {held}{_got(value)}"
    if field and _needs_one(field) and says_nothing(value):
        return f"{must}, and at least one{_got(value)}"
    return f"{must}{list_for(value) if isinstance(value, str) else ''}{_got(value)}"


def _of_list(details: ErrorDetails) -> str:
    """Return what is wrong with a word that is not in a closed list."""
    expected = details["ctx"]["expected"]
    choices = re.findall("'([^']*)'", expected)
    hint = nearest(str(details["input"]), choices)
    if not any("," in choice for choice in choices):
        expected = expected.replace("'", "")  # else they show where a choice ends
    return f"must be one of {expected}{_got(details['input'], True)}{hint}"


def _of_value(model: type[BaseModel], details: ErrorDetails) -> str:
    """Return what is wrong with a value that the reader of its field refuses."""
    error = details["ctx"]["error"]
    is_one = " list" not in str(error) and not _takes_list(model, details["loc"])
    got = _got(details["input"], is_one)
    says = _BELONGS.sub(partial(_field_here, model, details["loc"]), str(error))
    return f"{says}{got}{MENDED if isinstance(error, Misspelt) else ''}"


_BELONGS = re.compile(r"belongs to '([a-z_]+):'")


def _field_here(model: type[BaseModel], loc: tuple[str | int, ...], belongs: re.Match[str]) -> str:
    """Return where a part of a value belongs, by the name that the field has where the value is."""
    record = set(model.model_fields)
    if belongs[1] in record.union(_fields_around(model, loc)):
        return belongs[0]
    here = name_here(belongs[1], [*record])
    return f"belongs to '{here}:'" if here else belongs[0]


def _field_name(model: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    """Return the field that a curator writes: a reported value and its `value` are one field."""
    if len(loc) > 1 and loc[-1] == "value" and issubclass(model_around(model, loc), Reported):
        loc = loc[:-1]
    names = [part for part in loc if isinstance(part, str)]
    return names[-1] if names else "the record"


def _takes_list(model: type[BaseModel], loc: tuple[str | int, ...]) -> bool:
    """Return whether the field at a place, or the model there, is no single value."""
    if not loc or isinstance(loc[-1], int):
        return not loc
    field = model_around(model, loc).model_fields.get(str(loc[-1]))
    return field is None or "tuple" in str(field.annotation)


def _how_to_fill(model: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    around = model_around(model, loc)
    name = next((part for part in reversed(loc) if isinstance(part, str)), "")
    field = around.model_fields.get(name)
    inner = inner_model(field.annotation) if field else None
    if issubclass(around, Reported) or (inner and issubclass(inner, Reported)):
        words = ", ".join(absence.value for absence in Absence)
        return f"write its value or a word of absence ({words})"
    if field and get_origin(field.annotation) is Literal:
        return f"write one of {', '.join(map(str, get_args(field.annotation)))}"
    if field and "Locator" in str(field.annotation):
        return "write where the source says so, such as 'leaflet dosage.5.1'"
    if field and get_origin(field.annotation) is tuple and not _needs_one(field):
        return f"write a list, one '- value' a line, or '{name}: []' where there is none"
    return "it must be given (see CURATING.md)"


def _fields_around(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the fields of the model that a field belongs to."""
    around = model_around(model, loc)
    return [name for name in around.model_fields if name != "id" or not issubclass(around, Record)]


def _got(value: object, only_one: bool = False) -> str:
    """Return the value that was read, with whatever in it the eye does not see.

    With `only_one`, a list is named too.
    """
    if isinstance(value, list) and only_one:
        return " (got a list, where one value belongs)"
    if not isinstance(value, str | int):
        return ""
    text = str(value)
    quoted = "; leave the quotation marks out" if _CURLY.search(text) else ""
    return f" (got '{shortened(text)}'){quoted}{deception(text)}"


_CURLY = re.compile("^[\u201c-\u201f\u2018-\u201b].*[\u201c-\u201f\u2018-\u201b]$")


def listed(words: Iterable[str]) -> str:
    """Words in order, with commas."""
    return ", ".join(sorted(words))
