"""Makes the files of sources from a file of references, whatever its format is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from curate import bibtex, csl, new_record, pubmed, ris
from curate.reading import Reading
from curate.reference import Name, Reference, Unclear
from sitegen.model import Source
from sitegen.model.absence import Absence
from sitegen.model.problems import DataError, Problem
from sitegen.read.yamlfile import read, read_bytes

MAX_BYTES = 20_000_000
LONGEST = 60  # letters of a name or a title in an id
_FORMATS: tuple[tuple[str, ModuleType], ...] = (
    (r"\s*<", pubmed),
    (r"\s*[\[{]", csl),
    (r"(?m)(?:.*\n)*?TY  -", ris),
    (r"(?:.*\n)*?\s*@\s*\w+\s*[{(]", bibtex),
)
_NUMBERS = ("doi", "pmid")
_MISSING = str(Absence.NOT_EXTRACTED)


@dataclass
class Added:
    """What was made of a file: the sources that were started, remarks, and what was refused."""

    started: list[new_record.New] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)


def add(data: Path, file: Path, reading: Reading | None = None) -> Added:
    """Write a source for each reference of a file that the data does not have.

    `reading` is what was read and seen of the source, where the file has one reference alone.
    Raise DataError where the file or a source of the data cannot be read.
    """
    text = _text(file)
    form = next((form for start, form in _FORMATS if re.match(start, text)), None)
    if form is None:
        says = "holds no references that are known here: CSL-JSON, BibTeX, RIS or XML of PubMed"
        raise DataError([Problem(str(file), 1, says)])
    entries = _entries(form, text, file)
    if reading and (number := len(entries)) != 1:
        says = f"has {number} references, and what was read or seen is of one: make a file of it"
        raise DataError([Problem(str(file), 1, says)])
    known, added = dict(_known(data)), Added()
    for number, entry in enumerate(entries, 1):
        try:
            reference = form.reference(entry)
            started = _write(data, reference, known, reading)
        except (Unclear, new_record.Refused) as error:
            says = f"entry {number}: {'; '.join(str(error).splitlines())}"
            added.refused.append(Problem(str(file), entry.line, says))
        else:
            added.started.append(started)
            said = (f"entry {number}: {says}" for says in reference.remarks)
            added.remarks += [Problem(str(file), entry.line, says) for says in said]
            known |= dict.fromkeys(_keys(_values(reference)), f"entry {number} of this file")
    return added


def _entries(form: ModuleType, text: str, file: Path) -> list[Any]:
    """Return the entries of a text. Raise DataError where they cannot be told apart."""
    try:
        return list(form.entries(text))
    except Unclear as error:
        raise DataError([Problem(str(file), 1, str(error))]) from None


def _text(file: Path) -> str:
    """Return the text of a file. Raise DataError where there is none, or it is not UTF-8."""
    try:
        return read_bytes(file, str(file), MAX_BYTES).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        says = "is not UTF-8 text: save the file with the encoding UTF-8"
        raise DataError([Problem(str(file), 1, says)]) from None


def _known(data: Path) -> Iterator[tuple[str, str]]:
    """Yield what tells each source of the data from others, with its file and line."""
    for path in sorted((data / Source.folder).glob("*.yml")):
        document = read(path, path.as_posix())
        for key, where in _keys(document.content).items():
            yield key, f"{document.path}:{document.line(where)}"


def _keys(content: Any) -> dict[str, tuple[str, ...]]:
    """Return what tells a source from others, its numbers and its title, each with its field."""
    found: dict[str, tuple[str, ...]] = {}
    within = content.get("publication")
    for name in _NUMBERS:
        number = within.get(name) if isinstance(within, dict) else None
        if isinstance(number, str) and number[:1].isdigit():
            found[f"{name.upper()} {number.casefold()}"] = ("publication", name)
    title = content.get("title")
    if isinstance(title, str) and (plain := re.sub(r"\W+", "", title.casefold())):
        found[f"title {plain}"] = ("title",)
    return found


def _write(
    data: Path, reference: Reference, known: dict[str, str], reading: Reading | None
) -> new_record.New:
    """Write the source of a reference. Raise Refused or Unclear where that cannot be."""
    if not reference.title:
        raise Unclear("has no title: a source needs one")
    values = _values(reference)
    for key in _keys(values):
        if key in known:
            what = key.partition(" ")[0]
            remedy = "; to start it anew, delete that file" if ".yml" in known[key] else ""
            raise new_record.Refused(f"is there already, by its {what}: {known[key]}{remedy}")
    if reading:
        values |= _read_values(reading)
    return new_record.write(data, Source, _id(data, reference), values)


def _read_values(reading: Reading) -> dict[str, Any]:
    """Return the values of what was read. Raise Refused for a line that is no sentence."""
    try:
        return reading.values()
    except ValueError as error:
        raise new_record.Refused(f"in the text that was read, {error}") from None


def _values(reference: Reference) -> dict[str, Any]:
    """Return the values of a source; what its file lacks is not extracted."""
    values: dict[str, Any] = {
        "title": reference.title,
        "author": reference.authors or _MISSING,
        "published": reference.published or _MISSING,
        "address": reference.address or _MISSING,
        "references": _MISSING,
    }
    for name in ("kind", "language", "title_is", "original_title"):
        if value := getattr(reference, name):
            values[name] = value
    if reference.publication:
        lacking = dict.fromkeys(("volume", "issue", "pages", "pmid", "pmcid", "doi"), _MISSING)
        types = {"types": reference.types} if reference.types else {}
        values["publication"] = {**lacking, **reference.publication, **types}
    if reference.states:
        values["state"] = reference.states
    return values


def _id(data: Path, reference: Reference) -> str:
    """Return an id that no file has: first author and year, else the PMID or the title."""
    first = reference.authors[0] if reference.authors else ""
    year = re.search("[0-9]{4}", reference.published or "")
    named = [new_record.slug(_last(first), LONGEST), year[0] if year else ""]
    pmid = reference.publication.get("pmid", "")
    others = (
        f"pmid-{pmid}" if pmid else "",
        "-".join(new_record.slug(reference.title, LONGEST).split("-")[:6]),
    )
    plain = "-".join(named) if all(named) else next(filter(None, others), f"source-{named[1]}")
    plain = plain.strip("-")
    numbers = (f"{plain}-{number}" if number > 1 else plain for number in range(1, 10_000))
    return next(id for id in numbers if not (data / Source.folder / f"{id}.yml").exists())


def _last(name: Name) -> str:
    return name if isinstance(name, str) else name.get("family", name.get("literal", ""))
