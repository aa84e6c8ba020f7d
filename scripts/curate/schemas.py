"""JSON Schemas of the data files as they are written, for editors: completion, hover, red lines.

They are made from the model, in which each field is described, and from the units and routes of
the data folder. An editor finds them by the first line of a file, or by `.vscode/settings.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sitegen.model import KINDS, Identity, Record, published
from sitegen.model.values import hyphenated
from sitegen.model.vocabulary import cached
from sitegen.model.written import ABOUT, NAME
from sitegen.read.load import IDENTITY
from sitegen.read.vocabulary import VOCABULARY, OwnTables, read_vocabulary

FOLDER = ".schemas"
"""The folder of the schemas within a data folder; what begins with a dot is no record."""
DIALECT = "http://json-schema.org/draft-07/schema#"
_REFERENCE = "#/$defs/"
_CACHED = 1 << 6
"""How many schemas are kept: of each sort of file, for a few vocabularies."""


def models() -> dict[str, type[BaseModel]]:
    """Return the model of each sort of file by the name of its schema: `studies`, `site`."""
    of_kinds: dict[str, type[BaseModel]] = {kind.folder: kind for kind in KINDS}
    others: dict[str, type[BaseModel]] = {
        Path(IDENTITY).stem: Identity,
        Path(VOCABULARY).stem: OwnTables,
    }
    return {**of_kinds, **others}


def files(data: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path within a data folder, and the content, of each schema.

    Raise DataError where its vocabulary.yml cannot be read.
    """
    with read_vocabulary(data).in_use():
        for name, model in models().items():
            text = json.dumps(schema(name, model), ensure_ascii=False, indent=1)
            yield f"{FOLDER}/{name}.json", f"{text}\n".encode()


def write(data: Path) -> int:
    """Write the schemas of a data folder into it, and return how many there are."""
    found = dict(files(data))
    (data / FOLDER).mkdir(exist_ok=True)
    for name, content in found.items():
        (data / name).write_bytes(content)
    return len(found)


def modeline(name: str) -> str:
    """Return the first line of a sort of file, which names its schema to editors."""
    up = "../" if issubclass(models()[name], Record) else ""
    return f"# yaml-language-server: $schema={up}{FOLDER}/{name}.json"


@cached(_CACHED)
def schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a sort of file, with the units and routes that are in use.

    It is made once for each and is not changed.
    """
    made = model.model_json_schema(mode="validation")
    parts = _Parts()
    types = made.pop("$defs", {})
    names = {old: published.short_name(old, number) for number, old in enumerate(types)}
    own = parts.plain(made, names)
    if issubclass(model, Record):
        own["properties"].pop("id")  # it is the file's name
        own["required"] = [field for field in own["required"] if field != "id"]
    definitions = {names[old]: parts.plain(part, names) for old, part in types.items()}
    return {"$schema": DIALECT, "title": name, **own, "$defs": {**definitions, **parts.named}}


@dataclass
class _Parts:
    """Rewrites schemas, and gathers the parts that are written once under a name."""

    named: dict[str, Any] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    def plain(self, node: Any, names: Mapping[str, str]) -> Any:
        """Return a schema without titles, defaults and null, which no file holds.

        Whatever has a name is referred to by it.
        """
        if isinstance(node, list):
            return [self.plain(part, names) for part in node if part != {"type": "null"}]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            node = {**node, "$ref": _REFERENCE + names[node["$ref"].removeprefix(_REFERENCE)]}
        own = {
            key: self.plain(part, names)
            for key, part in node.items()
            if key not in (NAME, ABOUT, "default")
            and not (key == "title" and isinstance(part, str))
        }
        if isinstance(own.get("description"), str):
            own["description"] = " ".join(own["description"].split())
        return self._reference(node, own) if NAME in node else _without_union(own)

    def _reference(self, node: Mapping[str, Any], own: dict[str, Any]) -> dict[str, Any]:
        """Return a reference to a part, which is written once, with what a field says of it."""
        about = {"description": own.pop("description")} if "description" in own else {}
        part = {"description": node[ABOUT], **own}
        name, key = node[NAME], json.dumps(part)
        if key not in self._keys:
            plain = hyphenated(name)
            same = sum(1 for taken in self.named if re.fullmatch(rf"{plain}(?:-\d+)?", taken))
            self._keys[key] = f"{plain}-{same + 1}" if same else plain
            self.named[self._keys[key]] = part
        return {"$ref": _REFERENCE + self._keys[key], **about}


def _without_union(node: dict[str, Any]) -> dict[str, Any]:
    """Return a schema in which a union of one type is that type."""
    if len(node.get("anyOf", ())) != 1:
        return node
    alone = node["anyOf"][0]
    return {**alone, **{key: part for key, part in node.items() if key != "anyOf"}}
