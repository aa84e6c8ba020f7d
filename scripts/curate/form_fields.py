"""The fields of a form for Decap CMS, made from the schema of a kind of record.

Every value stays text, so that no number, date or word is read as something else. What Decap
cannot hold in a widget of its own is marked with one of these keys, which `admin/records.js` reads:

- `value_alone`: the object may be written as its `value` alone, and is where it has nothing else;
- `one_or_more`: the list may be written as one value, and is where it has one entry;
- `keep_empty`: the list is written where it has no entry, too;
- `as_yaml`: the text is YAML, for a value that is a text in one file and has fields in another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from curate.annotated import takes
from curate.mend import LAST
from sitegen.model import KINDS
from sitegen.model.absence import Absence

Field: TypeAlias = dict[str, Any]
Node: TypeAlias = Mapping[str, Any]

ABSENCES = [str(absence) for absence in Absence]
LONG = ("note", "gist", "why", "detail", "says")
"""The fields whose texts are sentences, and have several lines to be written in."""
_RECORD = re.compile("the-name-of-a-file-in-data-([a-z]+)")
_OF = "x-of"
"""The key of a resolved schema that has the name it is referred to by."""


def label(name: str) -> str:
    """Return the name of a field or a folder in words."""
    return name.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Fields:
    """Makes the fields of models, of which the types are described by name."""

    types: Mapping[str, Any]

    def of(self, model: Node, needed: bool = True) -> list[Field]:
        """Return a field of the form for each field of a model, in its order.

        `needed` is whether the model is there at all: what an object needs that may be left out
        itself is for the check to ask for.
        """
        required = model.get("required", ()) if needed else ()
        return [
            self._field(name, node, name in required) for name, node in model["properties"].items()
        ]

    def _field(self, name: str, node: Node, needed: bool) -> Field:
        """Return the field of the form for a field of a model."""
        widget = self._widget(node, needed)
        if widget["widget"] == "string" and name in LONG:
            widget["widget"] = "text"
        is_list = widget["widget"] == "list" or "multiple" in widget
        has_places = "one_or_more" in widget and "pattern" in widget.get("field", ())
        if is_list and needed and "min" not in widget and not has_places:
            widget |= {"required": False, "keep_empty": True}
        about = {"name": name, "label": label(name), "hint": self._hint(node), "required": needed}
        return {**about, **widget}

    def _hint(self, node: Node) -> str:
        """Return what a field is and takes, with the words of absence where they may stand."""
        about = self._resolved(node).get("description", "")
        says = takes(self.types, node)
        says = "" if says.startswith(("One of:", "A list.")) else says
        says = says.replace("; or absence", f"; or {', '.join(ABSENCES)}")
        return " ".join(filter(None, (about, says)))

    def _widget(self, node: Node, needed: bool) -> Field:
        """Return the widget that holds a value, with its settings."""
        options = self._options(node)
        if (whole := self._with_value(options)) is not None:
            widget = self._object(whole, needed)
            widget["fields"][0].pop("hint")  # it is that of the whole field
            return {"value_alone": True, **widget}
        lists = [option for option in options if "items" in option]
        if len(lists) == 1:
            others = [option for option in options if "items" not in option]
            return self._list(lists[0], others, needed)
        if len(options) == 1 and "properties" in options[0]:
            return self._object(options[0], needed)
        return self._single(options)

    def _with_value(self, options: Sequence[Node]) -> Node | None:
        """Return the model that may be written as its `value` alone; None where none may."""
        for option in options:
            value = option.get("properties", {}).get("value")
            others = [other for other in options if other is not option]
            if value and others and self._options(value) == others:
                return option
        return None

    def _object(self, model: Node, needed: bool) -> Field:
        """Return the widget of a model, open where it is needed, else by its first text alone."""
        fields = self.of(model, needed)
        shown = next((field["name"] for field in fields if field["widget"] in _TEXTS), "")
        return {
            "widget": "object",
            "collapsed": not needed,
            **({"summary": f"{{{{fields.{shown}}}}}"} if shown else {}),
            "fields": fields,
        }

    def _list(self, node: Node, others: Sequence[Node], needed: bool) -> Field:
        """Return the widget of a list, of which one entry may stand alone where others are."""
        entry = self._widget({"anyOf": [node["items"], *others]}, True)
        about: Field = {"one_or_more": True} if others else {}
        if needed and node.get("minItems"):
            about["min"] = node["minItems"]
        if "maxItems" in node:
            about["max"] = node["maxItems"]
        if entry["widget"] in ("relation", "select"):
            return {**entry, "multiple": True, **about}
        about |= {"widget": "list", "collapsed": False}
        if entry["widget"] == "object":
            return {**entry, **about}
        entry = entry if entry["widget"] == "string" else _as_yaml(self._options(node["items"]))
        single = {"name": "entry", "label": "Entry", **entry}
        return {**about, "summary": "{{fields.entry}}", "field": single}

    def _single(self, options: Sequence[Node]) -> Field:
        """Return the widget of a value that is one text; of one that may have fields, as YAML."""
        if any("properties" in option or "items" in option for option in options):
            return _as_yaml(options)
        if words := self._words(options):
            return {"widget": "select", "options": words}
        if len(options) == 1 and (record := _RECORD.fullmatch(options[0].get(_OF, ""))):
            return _relation(record[1])
        return {"widget": "string", **_pattern(options)}

    def _words(self, options: Sequence[Node]) -> list[str]:
        """Return the words of a closed list; none where another text may stand."""
        if any("enum" not in option and "const" not in option for option in options):
            return []
        words = [one["enum"] if "enum" in one else [one["const"]] for one in options]
        return list(dict.fromkeys(word for some in words for word in some))

    def _options(self, node: Node) -> list[Node]:
        """Return the schemas that a value may have: each type of a union, at every depth."""
        node = self._resolved(node)
        if "properties" in node or "anyOf" not in node:
            return [{key: part for key, part in node.items() if key != "description"}]
        found = [option for one in node["anyOf"] for option in self._options(one)]
        return [one for number, one in enumerate(found) if one not in found[:number]]

    def _resolved(self, node: Node) -> Node:
        """Return what a reference refers to, with what is said beside it."""
        if "$ref" not in node:
            return node
        name = node["$ref"].rpartition("/")[2]
        beside = {key: part for key, part in node.items() if key != "$ref"}
        return {_OF: name, **self._resolved(self.types[name]), **beside}


_TEXTS = ("string", "text", "select", "relation")


def _as_yaml(options: Sequence[Node]) -> Field:
    """Return the widget of a value that is a text, or has fields in braces."""
    names: Node = next((one["properties"] for one in options if "properties" in one), {})
    fields = ", ".join(f"{name}: …" for name in names)
    hint = {"hint": f"A text, or fields in braces: {{{fields}}}."} if fields else {}
    return {"widget": "string", "as_yaml": True, **hint}


def _relation(folder: str) -> Field:
    """Return the widget that chooses a record of a kind, which is found by its name and its id."""
    name = shown_of(folder)
    return {
        "widget": "relation",
        "collection": folder,
        "value_field": "{{slug}}",
        "display_fields": [name, "{{slug}}"],
        "search_fields": [name, "slug"],
        "options_length": 20,
    }


def shown_of(folder: str) -> str:
    """Return the field by which people know the records of a kind."""
    kind = next(kind for kind in KINDS if kind.folder == folder)
    named = (name for name in ("name", "title") if name in kind.model_fields)
    return next(named, next(name for name in kind.model_fields if name not in ("id", *LAST)))


def _pattern(options: Sequence[Node]) -> Field:
    """Return the pattern that a text must match, in the words of the schema."""
    parts, says = [], []
    for option in options:
        if "enum" in option:
            parts.append(f"^(?:{'|'.join(option['enum'])})$")
        elif option.get("pattern", r"\S") == r"\S":
            return {}
        else:
            parts.append(option["pattern"])
            says.append(option.get("patternErrorMessage", ""))
    return {"pattern": ["|".join(parts), "; or ".join(filter(None, says))]} if says else {}
