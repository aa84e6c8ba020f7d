"""Markup of every kind in every text of a data folder, found by trying: no list of fields."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen import read_site
from sitegen.model import KINDS, Identity
from sitegen.model.figures_in_prose import registered
from sitegen.model.problems import DataError, Problem
from sitegen.read.messages import shaped
from sitegen.read.yamlfile import Document, KeyPath, read

# What would run, or make an element, in some language between a record and a reader's screen.
# No digit: figures must be proved by a sentence, and a text with one would not be read at all.
PAYLOADS = (
    "<script>top.HIT=true</script>",
    "</script><script>top.HIT=true</script>",
    "<img src=x onerror=top.HIT=true>",
    '" onmouseover="top.HIT=true" x="',
    "' autofocus onfocus='top.HIT=true",
    "</td></tr></table><svg onload=top.HIT=true>",
    "</textarea></title></style><iframe srcdoc=x>",
    "<a href=javascript:top.HIT=true>x</a>",
    "[x](javascript:top.HIT=true)",
    "[x](data:text/html,<script>top.HIT=true</script>)",
    "![x](//evil.example/x.png)",
    "<https://evil.example>",
    "[x]: https://evil.example 'x'",
    "[x][y] [^x] [TOC]",
    "*[HTML]: a word",
    "| a | b |",
    "# heading {#x onclick=top.HIT=true}",
    "- list",
    "> quotation",
    "```js",
    "~~~",
    ": definition",
    "!!! note",
    "??? note",
    '=== "tab"',
    "--- title: x ---",
    "--x<-- 'mkdocs.yml'",
    "{{ config }} {{ ''.__class__ }}",
    "{% include 'main.html' %}",
    "{% raw %}{# x #}",
    "{: .x onclick=top.HIT=true }",
    "**a** _b_ `c` ~~d~~ ^e^ ==f==",
    # Browsers read these without a semicolon too; with one, the check refuses them.
    "&ltimg src=x onerror=top.HIT=true&gt",
    "&LTb&GT &amplt &#xac &nbsp",
    "<!-- x --> <![CDATA[ x ]]> ]]>",
    "<?php x ?> <%= x %> ${x} #{x}",
    "\\uabcd \\xac \\",
    '=HYPERLINK("//evil.example")',
    "@SUM(x) +cmd|' /C calc'!A -x",
    "} @article{x, title={y}",
    "TY  - JOUR",
    "://x%ac%cfb ../../x",
    "<math><mtext></p><style>*{x}",
    "e\u0301\u200d \ud7ff \U0001f600",
)
# Text that no reader sees as written: refused at the door, in every field.
UNSEEN = (
    "\x00",
    "\x1b",
    "\x7f",
    "\x9f",
    "\xad",
    "\u200b",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\U000e0041",
)


@dataclass(frozen=True)
class Text:
    """A text of a record that takes markup: its file, its place in it, and what now stands there.

    `before` is what a curator had written, of which a field may need the beginning.
    """

    file: str
    where: KeyPath
    before: str
    number: int

    @property
    def word(self) -> str:
        """A word that stands in this text and in no other, of letters alone."""
        return "q" + "".join(chr(ord("a") + int(digit)) for digit in f"{self.number:04}") + "z"

    @property
    def hostile(self) -> str:
        """Every payload, each of them first in some text, and the word of this one."""
        first = self.number % len(PAYLOADS)
        return " ".join([*self.words, *PAYLOADS[first:], *PAYLOADS[:first], self.word])

    @property
    def harmless(self) -> str:
        """A text as long, word by word, of one letter, by which both are filed in lists.

        It means nothing in any language, and breaks into lines where the other does.
        """
        marks = len(" ".join(self.words)), -len(self.word)
        hostile = self.hostile
        inside = hostile[marks[0] : marks[1]]
        # Not where figures stand before: a letter may be the sign of a unit.
        letter = "w" if self.words else next(mark for mark in inside if mark.isalnum())
        between = re.sub(r"\S", letter, inside)
        if self.words:  # a word right behind a number would be what is counted
            between = between.replace(letter, "(", 1)
        return f"{hostile[: marks[0]]}{between}{self.word}"

    @property
    def words(self) -> list[str]:
        """What was there, if it has figures; those of a register stay beside it, as they prove."""
        return [self.before] if registered(self.before) and "figures" not in self.where else []

    @property
    def field(self) -> str:
        """The field, by the kind of its record: `studies findings says`."""
        folder = self.file.partition("/")[0]
        return " ".join([folder, *(part for part in self.where if isinstance(part, str))])


def texts(data: Path) -> list[Text]:
    """Every text of a data folder that its record takes markup in, whatever the field is called."""
    found: list[Text] = []
    for name, model, document in _documents(data):
        for where, value in _leaves(document.content, ()):
            text = Text(name, where, value, len(found))
            if _is_taken(model, document, where, text.hostile):
                found.append(text)
    return found


def fields_refusing(data: Path, mark: str) -> tuple[list[Text], list[Text]]:
    """The texts that take markup, and those of them whose record takes a mark as well."""
    all_of_them = texts(data)
    documents = {name: (model, document) for name, model, document in _documents(data)}
    taking = [
        text
        for text in all_of_them
        if _is_taken(*documents[text.file], text.where, f"a {mark} b {text.word}")
    ]
    return all_of_them, taking


def write(data: Path, folder: Path, found: list[Text], says: Callable[[Text], str]) -> list[Text]:
    """Copy a data folder with other texts in it; which of them the rules between records allow.

    A text that another record's rule is about, such as a section that locators name, stays.
    """
    accepted = found
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(data, folder)
        lines = _write(folder, accepted, says)
        try:
            read_site(folder)
        except DataError as error:
            reported = {place for problem in error.problems for place in _places(problem)}
            meant = [text for text in accepted if lines[text][0] in reported]
            meant = meant or [text for text in accepted if reported & set(lines[text])]
            if not meant:
                raise
            accepted = [text for text in accepted if text not in meant]
        else:
            return accepted


def _places(problem: Problem) -> Iterator[tuple[str, int]]:
    """The lines that a problem is on, and those that it names."""
    yield problem.path, problem.line
    for line in re.findall(r"\(line ([0-9]+)\)", problem.message):
        yield problem.path, int(line)


def _write(
    folder: Path, texts: list[Text], says: Callable[[Text], str]
) -> Mapping[Text, list[tuple[str, int]]]:
    """Write the files with other texts, as JSON, which is YAML; the lines of each, outwards."""
    by_file: dict[str, list[Text]] = {}
    for text in texts:
        by_file.setdefault(text.file, []).append(text)
    lines = {}
    for name, inside in by_file.items():
        content = before = read(folder / name, f"data/{name}").content
        for text in inside:
            content = _changed(content, text.where, says(text))
        content = _with_figures_of(before, content)
        as_json = json.dumps(content, ensure_ascii=False, indent=1)
        (folder / name).write_text(as_json, encoding="utf-8")
        document = read(folder / name, f"data/{name}")
        for text in inside:
            ends = range(len(text.where), 0, -1)
            lines[text] = [(document.path, document.line(text.where[:end])) for end in ends]
    return lines


def _with_figures_of(before: Any, content: Any) -> Any:
    """The same content with the figures that each sentence of a register had, behind those it has.

    A figure with words that mean nothing proves nothing, and others are proved by it.
    """
    if "sentences" not in content:
        return content
    sentences = [
        {
            **after,
            "figures": [
                *after["figures"],
                *(x for x in had["figures"] if x not in after["figures"]),
            ],
        }
        if "figures" in after
        else after
        for had, after in zip(before["sentences"], content["sentences"], strict=True)
    ]
    return {**content, "sentences": sentences}


def _documents(data: Path) -> Iterator[tuple[str, Any, Document]]:
    yield "site.yml", Identity, read(data / "site.yml", "data/site.yml")
    for kind in KINDS:
        for path in sorted((data / kind.folder).glob("*.yml")):
            name = f"{kind.folder}/{path.name}"
            yield name, kind, read(path, f"data/{name}")


def _leaves(value: Any, where: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield where, value
        return
    for key, member in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _leaves(member, (*where, key))


def _is_taken(model: Any, document: Document, where: KeyPath, says: str) -> bool:
    changed = Document(document.path, _changed(document.content, where, says), document.text)
    id = re.sub(r".*/|\.yml$", "", document.path)
    try:
        shaped(model, changed, {} if model is Identity else {"id": id})
    except DataError:
        return False
    return True


def _changed(content: Any, where: KeyPath, says: str) -> Any:
    """The same content with another text in one place."""
    if not where:
        return says
    key, *rest = where
    if isinstance(content, dict):
        return {
            name: _changed(member, tuple(rest), says) if name == key else member
            for name, member in content.items()
        }
    return [
        _changed(member, tuple(rest), says) if number == key else member
        for number, member in enumerate(content)
    ]
