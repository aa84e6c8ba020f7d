"""Deletes the comments of files that a command started, once nothing in them is left open.

Every line that a command writes is known, so a curator's own comments stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from curate.annotated import annotated, is_annotated
from curate.mend import files_of, model_of, replace_text
from curate.schemas import modeline
from sitegen.check.register import ON_UNUSED
from sitegen.model import Record
from sitegen.read.vocabulary import read_vocabulary
from sitegen.read.yamlfile import parsed, read_text


@dataclass(frozen=True)
class Started:
    """A file that a command started, without the comments, or why these stay."""

    path: Path
    tidied: str
    why_not: str = ""

    def tidy(self) -> None:
        """Put the text without the comments in the place of the file."""
        replace_text(self.path, self.tidied)


def started(data: Path) -> list[Started]:
    """Return each file of a data folder that has the comments of a started one, in order.

    Nothing is written. Raise DataError where such a file, or the folder's vocabulary, is no YAML.
    """
    with read_vocabulary(data).in_use():
        return list(_started(data))


def _started(data: Path) -> Iterator[Started]:
    for path in sorted(files_of(data)):
        name, model = f"data/{path.relative_to(data).as_posix()}", model_of(data, path)
        text = read_text(path, name)
        if model and is_annotated(text):
            content = parsed(text, name)
            tidied = _without(_comments(model, path, content), text)
            yield Started(path, tidied, _why_not(content, parsed(tidied, name)))


def _why_not(content: Any, tidied: Any) -> str:
    """Return why the comments of a file stay, by what it says with and without them."""
    if blanks := _blanks(content):
        return f"{blanks} of its values are still open"
    return "" if content == tidied else "a text in it has a line like those of its comments"


def _comments(model: type[BaseModel], path: Path, content: Mapping[str, Any]) -> frozenset[str]:
    """Return what the comments of a new file say, line by line, open or with some content."""
    name = path.parent.name if issubclass(model, Record) else path.stem
    lines = [line for given in ({}, content) for line in annotated(model, name, given).lines]
    says = {_said(line.text) for line in lines if line.text.lstrip().startswith("#")}
    return frozenset({*says, ON_UNUSED} - {_said(modeline(name))})


def _said(line: str) -> str:
    return line.strip(" #")


def _without(comments: frozenset[str], text: str) -> str:
    """Return a text without the lines that are such comments."""
    lines = text.splitlines(keepends=True)
    return "".join(
        line
        for line in lines
        if not (line.lstrip().startswith("#") and _said(line.strip()) in comments)
    )


def _blanks(value: Any) -> int:
    """Return how many values are left open."""
    if isinstance(value, dict | list):
        return sum(map(_blanks, value.values() if isinstance(value, dict) else value))
    return 0 if str(value).strip() else 1
