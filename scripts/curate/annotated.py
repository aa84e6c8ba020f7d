"""A record as an annotated file: its fields in order, each below what it is and what it takes.

Everything is from the JSON Schema of the kind: the order, the words, the choices, what is needed.
A value that is not given is left open, and the check names its line.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pydantic import BaseModel

from curate.schemas import modeline, schema
from sitegen.model.absence import Absence
from sitegen.model.problems import DataError
from sitegen.read.yamlfile import parsed

WIDTH = 92
_STEP = "  "
NOT_WRITTEN = frozenset({"formerly"})
"""The fields that no new record has."""
_HOW_TO = (
    "Write a value behind each field that ends with a colon. Where 'or absence' is said, it may be "
    f"a word of absence: {', '.join(map(str, Absence))}. A value with a place or a remark of its "
    "own is written as 'value:', 'at:' and 'note:' below its field."
)


class Line(NamedTuple):
    """One line of a file; where its value is left open, with the name of its field."""

    text: str
    open: str | None = None


@dataclass(frozen=True)
class Drafted:
    """The entries of a list as lines, some of them open, in place of its value."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Annotated:
    """The lines of a file."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The content of the file."""
        return "".join(f"{line.text}\n" for line in self.lines)

    @property
    def open(self) -> Mapping[int, str]:
        """The fields that are left open, by the numbers of their lines."""
        return {number: line.open for number, line in enumerate(self.lines, 1) if line.open}


def annotated(
    model: type[BaseModel], name: str, values: Mapping[str, Any], rest: str | None = None
) -> Annotated:
    """Return a file with some values, and every other field that is needed left open.

    `name` is that of its schema. A value is a text, a list, a mapping or Drafted; of a reported
    field, a mapping has its value and its place. `rest` is a word of absence for each other field
    that can have one. Units and routes are those in use.
    """
    made = schema(name, model)
    return Annotated((*_head(model, name), *_Fields(made["$defs"], rest).of(made, values)))


def takes(types: Mapping[str, Any], node: Mapping[str, Any]) -> str:
    """Return what a field of a schema takes, as a sentence; `types` are those of the schema."""
    return _Fields(types, None).takes(node)


def _head(model: type[BaseModel], name: str) -> Iterator[Line]:
    yield Line(modeline(name))
    yield from comment(f"{(model.__doc__ or '').partition(chr(10))[0]} See CURATING.md.")
    yield from comment(_HOW_TO)
    yield Line("")


def comment(text: str, before: str = "") -> Iterator[Line]:
    """Yield a text as comments."""
    start = f"{before}# "
    for line in textwrap.wrap(
        text, WIDTH - len(start), break_long_words=False, break_on_hyphens=False
    ):
        yield Line(start + line)


def is_annotated(text: str) -> bool:
    """Return whether a text is that of an annotated file, whose comments nobody deleted."""
    return next(comment(_HOW_TO)).text in text.splitlines()


@dataclass(frozen=True)
class _Fields:
    """Writes the fields of models, of which the types are described by name."""

    types: Mapping[str, Any]
    rest: str | None

    def of(
        self, model: Mapping[str, Any], values: Mapping[str, Any], others: str | None = None
    ) -> Iterator[Line]:
        """Yield the needed fields of a model and those with values; then others, as comments.

        With `others`, such as 'What it may have', one comment that begins so lists all that may be
        left out.
        """
        needed = model.get("required", ())
        names = [name for name in model["properties"] if name not in NOT_WRITTEN]
        shown = [name for name in names if name in needed or name in values]
        for name in shown:
            node = model["properties"][name]
            rest = self.rest if self._may_be_absent(node) else None
            is_optional = others is not None or name not in needed
            yield from self._field(name, node, values.get(name, rest), is_optional)
        left = {name: model["properties"][name] for name in names if name not in needed}
        if others is None:
            for name in (name for name in left if name not in values):
                found = replace(self, rest=None)._field(name, left[name], None, is_optional=True)
                yield from (Line(f"# {line.text}") for line in found)
        elif left:
            may_have = "; ".join(f"{name}{self._form(node)}" for name, node in left.items())
            yield from comment(f"{others}: {may_have}.")

    def _field(
        self, name: str, node: Mapping[str, Any], value: Any, is_optional: bool
    ) -> Iterator[Line]:
        """Yield a field below its comment."""
        about = (node.get("description", ""), self.takes(node))
        yield from comment(" ".join(filter(None, about)))
        yield from self._written(name, self._value(node), value, is_optional)

    def _written(
        self, name: str, node: Mapping[str, Any], value: Any, is_optional: bool
    ) -> Iterator[Line]:
        """Yield a field with its value, or open; a model within it with its own fields."""
        member = self._value(node["items"]) if "items" in node else {}
        if "properties" in node and (value is None or isinstance(value, Mapping)):
            yield Line(f"{name}:")
            others = "What it may have" if is_optional else None
            for line in self.of(node, value or {}, others):
                yield line._replace(text=_STEP + line.text)
        elif "properties" in member and value is None:
            yield Line(f"{name}:")
            yield from _entry(
                self.of(member, {}, "What an entry may have" if is_optional else None)
            )
        elif value is None:
            yield Line(f"{name}:", name)
        else:
            yield from _given(name, value)

    def _form(self, node: Mapping[str, Any]) -> str:
        """Return the names within a model, or a list of models; else what the field takes."""
        found = self._value(node)
        member = self._value(found["items"]) if "items" in found else found
        if "properties" in member:
            names = "{" + _names_within(member) + "}"
            return f": [{names}]" if "items" in found else f": {names}"
        words = self._words(found)
        return f" ({words})" if words else ""

    def takes(self, node: Mapping[str, Any]) -> str:
        """Return what a field takes, as a sentence; nothing for one text, and for a model."""
        found = self._value(node)
        words = self._words(found)
        if "items" in found:
            each = self._words(self._value(found["items"]))
            words = f"a list{each and f', of which each entry is {each}'}"
        elif self._may_be_list(node):
            words = f"{words or 'a text'}; or a list"
        if self._may_be_absent(node):
            words = f"{words or 'a text'}; or absence"
        return f"{words[:1].upper()}{words[1:]}." if words else ""

    def _words(self, node: Mapping[str, Any]) -> str:
        """Return what a single value is, in words; nothing for any text and for a model."""
        if "enum" in node or "const" in node:
            return f"one of: {', '.join(node.get('enum', [node.get('const')]))}"
        about = "" if "properties" in node or "items" in node else node.get("description", "")
        return "" if about in ("text", "text as seen") else str(about)

    def _value(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a value is written as, without the word of absence that may replace it."""
        node = self._named(node)
        options = [] if "properties" in node else list(map(self._named, node.get("anyOf", ())))
        found = next((option for option in options if not _is_absence(option)), None)
        return self._value(found) if found else node

    def _may_be_list(self, node: Mapping[str, Any]) -> bool:
        """Return whether several values may stand where one can."""
        node = self._named(node)
        options = [] if "properties" in node else list(map(self._named, node.get("anyOf", ())))
        return any("items" in option or self._may_be_list(option) for option in options)

    def _may_be_absent(self, node: Mapping[str, Any]) -> bool:
        options = self._named(node).get("anyOf", ())
        return any(_is_absence(self._named(one)) or self._may_be_absent(one) for one in options)

    def _named(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a reference refers to."""
        reference = node.get("$ref")
        return self.types[reference.rpartition("/")[2]] if reference else node


def _names_within(model: Mapping[str, Any]) -> str:
    """Return the names of the fields of a model, those that are needed first."""
    needed = [name for name in model["properties"] if name in model.get("required", ())]
    others = [name for name in model["properties"] if name not in needed]
    perhaps = f"perhaps {', '.join(others)}" if others else ""
    return " and ".join(filter(None, (", ".join(needed), perhaps)))


def _is_absence(node: Mapping[str, Any]) -> bool:
    return bool(node.get("enum") == [str(absence) for absence in Absence])


def _entry(lines: Iterator[Line]) -> Iterator[Line]:
    """Yield the lines of a model as one entry of a list."""
    dashed = False
    for line in lines:
        is_field = not line.text.startswith("#")
        start = f"{_STEP}- " if is_field and not dashed else _STEP * 2 if dashed else _STEP
        dashed = dashed or is_field
        yield line._replace(text=start + line.text)


def _given(name: str, value: Any) -> Iterator[Line]:
    """Yield a field with a value that is given."""
    if isinstance(value, Drafted):
        yield Line(f"{name}:")
        yield from value.lines
    elif isinstance(value, str):
        yield Line(f"{name}: {scalar(value)}")
    elif isinstance(value, Mapping) or not value:
        yield Line(f"{name}: {_flow(value)}")
    else:
        yield Line(f"{name}:")
        for entry in value:
            yield Line(f"{_STEP}- {scalar(entry) if isinstance(entry, str) else _flow(entry)}")


def _flow(value: str | Mapping[str, Any] | Sequence[Any]) -> str:
    """Return a value as it is written within braces or brackets, on one line."""
    if isinstance(value, str):
        return scalar(value, True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(map(_flow, value)) + "]"


def scalar(text: str, in_braces: bool = False) -> str:
    """Return a text as YAML that is read back as the same text: plain where that is possible."""
    try:
        written = f"x: {{x: {text}}}\n" if in_braces else f"x: {text}\n"
        read: Any = parsed(written, "")["x"]
        if (read["x"] if in_braces else read) == text:
            return text
    except (DataError, TypeError, KeyError):
        pass
    return json.dumps(text, ensure_ascii=False)
