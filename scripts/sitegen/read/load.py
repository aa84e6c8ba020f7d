"""Reads the data folder into records; says everything whose shape is wrong."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from sitegen.model import KINDS, Identity, Record, Site, Slug
from sitegen.model.ledger import Ledger, read_ledger
from sitegen.model.letters import deception
from sitegen.model.problems import DataError, Problem, nearest
from sitegen.model.record import KeyPath
from sitegen.model.values import hyphenated
from sitegen.model.vocabulary import Vocabulary
from sitegen.read import svg
from sitegen.read.messages import listed, shaped
from sitegen.read.vocabulary import VOCABULARY, read_vocabulary
from sitegen.read.yamlfile import Document, parsed, read, read_bytes, read_text

IDENTITY = "site.yml"
DRAWINGS = "structures"
MAX_STRANGERS = 100
MAX_FOLDER = 64_000_000
"""Bytes of all records together: as records they take some fifty times as much memory."""
_FOLDERS = frozenset({*(kind.folder for kind in KINDS), DRAWINGS})
RELEASED = "released.json"
_FILES = (IDENTITY, VOCABULARY, RELEASED)
_NO_LINK = "must be a plain file or folder, not a link"


@dataclass(frozen=True)
class Loaded:
    """A site with its documents, so that a rule can name the line it is about.

    A record of the wrong shape is not in the site: it is in `unread`, and `problems` says why.
    """

    site: Site
    documents: Mapping[tuple[str, str], Document]
    identity: Document
    problems: tuple[Problem, ...] = ()
    unread: frozenset[tuple[str, str]] = frozenset()

    def is_unread(self, folder: str, id: str) -> bool:
        """Return whether the file of a record exists but could not be read."""
        return (folder, id) in self.unread

    def says(self, key: tuple[str, str], text: str) -> bool:
        """Return whether a record could be read from a text."""
        return key in self.documents and self.documents[key].text == text

    def read(self, key: tuple[str, str]) -> tuple[Document, Record]:
        """Return a record with its document. Raise KeyError where it could not be read."""
        folder, id = key
        return self.documents[key], self.site.records[folder][id]

    def problem(self, record: Record, where: KeyPath, message: str) -> Problem:
        """Return a problem at a place in a record's file."""
        document = self.documents[record.key]
        return Problem(document.path, document.line(where), message)

    def identity_problem(self, field: str, message: str) -> Problem:
        """Return a problem at a field of site.yml."""
        return Problem(self.identity.path, self.identity.line((field,)), message)


ParsedFile = dict[str, Any]
"""What a file says: `content`, with the line of each value; or its `problems`: line and message."""


@dataclass(frozen=True)
class RecordFile:
    """The text of a file that is to hold a record."""

    kind: type[Record]
    id: Slug
    name: str
    """Its path from the data folder's parent."""
    text: str

    @property
    def key(self) -> tuple[str, str]:
        """The key of the record."""
        return self.kind.folder, self.id

    def parse(self) -> ParsedFile:
        """Return what it says, or what is wrong with it as YAML."""
        try:
            return {"content": parsed(self.text, self.name)}
        except DataError as error:
            return {"problems": [[problem.line, problem.message] for problem in error.problems]}

    def document(self, found: ParsedFile) -> Document:
        """Return the document that was parsed. Raise DataError with what is wrong."""
        if problems := found.get("problems"):
            raise DataError(Problem(self.name, line, message) for line, message in problems)
        return Document(self.name, found["content"], self.text)


Parse = Callable[[Sequence[RecordFile]], Iterable[ParsedFile]]
"""Returns what each of some files says, in their order."""


def parse_each(files: Sequence[RecordFile]) -> Iterable[ParsedFile]:
    """Yield what each file says, one after the other."""
    return map(RecordFile.parse, files)


def load(
    folder: Path,
    before: Loaded | None = None,
    parse: Parse = parse_each,
    address: str | None = None,
) -> Loaded:
    """Return the site in a data folder.

    `address` is where the site is published, in place of what site.yml says. A file that says what
    it said `before` gives the same record again. Files that cannot be read
    and values of the wrong shape are among its problems. Raise DataError where site.yml or
    vocabulary.yml is.
    """
    problems = list(_strangers(folder))
    _must_fit(folder)
    vocabulary = read_vocabulary(folder)
    if before and before.site.vocabulary.text == vocabulary.text:
        vocabulary = before.site.vocabulary
    else:
        before = None  # what its records say may mean something else now
    with vocabulary.in_use():
        return _loaded(folder, problems, vocabulary, before, parse, address)


def _loaded(
    folder: Path,
    problems: list[Problem],
    vocabulary: Vocabulary,
    before: Loaded | None,
    parse: Parse,
    address: str | None,
) -> Loaded:
    """Return the site in a data folder, read by its own tables, which are in use."""
    documents: dict[tuple[str, str], Document] = {}
    records: dict[str, dict[str, Record]] = {kind.folder: {} for kind in KINDS}
    unread: set[tuple[str, str]] = set()
    for file, read_file in _read_files(list(_files(folder, problems, unread)), parse, before):
        try:
            document, record = read_file()
        except DataError as error:
            problems += error.problems
            unread.add(file.key)
            if isinstance(error, _Misplaced):
                unread.add((error.folder, file.id))
        else:
            documents[record.key] = document
            records[record.folder][record.id] = record
    try:
        about = read(folder / IDENTITY, f"data/{IDENTITY}")
        identity = shaped(Identity, about, {})
        if address:
            identity = identity.model_copy(update={"address": address})
    except DataError as error:
        raise DataError([*problems, *error.problems]) from None
    drawings = _drawings(folder, records["substances"], problems)
    site = Site(identity, records, drawings, vocabulary, _ledger(folder, problems))
    return Loaded(site, documents, about, tuple(problems), frozenset(unread))


def _files(
    folder: Path, problems: list[Problem], unread: set[tuple[str, str]]
) -> Iterator[RecordFile]:
    """Yield every file with a record; one that is no text is added to the problems."""
    for kind in KINDS:
        for path in _of_suffix(folder / kind.folder, ".yml"):
            name = f"data/{kind.folder}/{path.name}"
            try:
                yield RecordFile(kind, _id_of(path, name), name, read_text(path, name))
            except DataError as error:
                problems += error.problems
                unread.add((kind.folder, path.stem))


def _read_files(
    files: Sequence[RecordFile], parse: Parse, before: Loaded | None
) -> Iterator[tuple[RecordFile, Callable[[], tuple[Document, Record]]]]:
    """Yield each file with what returns its document and record, or raises DataError."""
    unchanged = {file.key for file in files if before and before.says(file.key, file.text)}
    parsed_files = iter(parse([file for file in files if file.key not in unchanged]))
    for file in files:
        if before and file.key in unchanged:
            yield file, partial(before.read, file.key)
        else:
            yield file, partial(_document_and_record, file, next(parsed_files))


def _document_and_record(file: RecordFile, found: ParsedFile) -> tuple[Document, Record]:
    document = file.document(found)
    return document, _record(file.kind, file.id, document)


def with_text(loaded: Loaded, record: Record, text: str) -> Loaded:
    """Return what was read, with another text for one record. Raise DataError with its faults."""
    folder, id = record.key
    file = RecordFile(type(record), Slug.read(id), loaded.documents[record.key].path, text)
    document, other = _document_and_record(file, file.parse())
    of_kind = {**loaded.site.records[folder], id: other}
    site = dataclasses.replace(loaded.site, records={**loaded.site.records, folder: of_kind})
    documents = {**loaded.documents, record.key: document}
    return dataclasses.replace(loaded, site=site, documents=documents)


def _must_fit(folder: Path) -> None:
    """Raise DataError where the records are more than a build can hold."""
    held = 0
    for kind in KINDS:
        for path in _of_suffix(folder / kind.folder, ".yml"):
            with suppress(OSError):  # reported when it is read
                held += path.lstat().st_size
    if held > MAX_FOLDER:
        what = f"the records are too large: {held:,} bytes, at most {MAX_FOLDER:,}"
        raise DataError([Problem("data", 1, what)])


def _ledger(folder: Path, problems: list[Problem]) -> Ledger | None:
    """Return what was published at the last release; None where the folder does not keep it."""
    path, name = folder / RELEASED, f"data/{RELEASED}"
    if not os.path.lexists(path):
        return None
    try:
        return read_ledger(read_bytes(path, name, MAX_FOLDER).decode())
    except DataError as error:
        problems += error.problems
    except ValueError as error:
        what = f"must be as `build.py release` writes it: restore it from git ({error})"
        problems.append(Problem(name, 1, what))
    return None


def _drawings(
    folder: Path, substances: Mapping[str, Record], problems: list[Problem]
) -> dict[str, bytes]:
    """Return the drawings of structures, each named after the substance it shows."""
    found = {}
    for path in _of_suffix(folder / DRAWINGS, ".svg"):
        if os.path.islink(path) or os.path.isdir(path):
            continue  # reported by _strangers
        try:
            found[path.stem] = _drawing(path, substances)
        except DataError as error:
            problems += error.problems
    return found


def _drawing(path: Path, substances: Mapping[str, Record]) -> bytes:
    """Return the drawing in a file. Raise DataError where it is none, or shows no substance."""
    name = f"data/{DRAWINGS}/{path.name}"
    if path.stem not in substances:
        near = nearest(path.stem, substances)
        raise DataError([Problem(name, 1, f"must be named after a file in substances{near}")])
    with suppress(OSError):  # reported when it is read
        if path.lstat().st_size > svg.MAX_BYTES:
            raise DataError([Problem(name, 1, f"must be at most {svg.MAX_BYTES} bytes")])
    try:
        return svg.plain(read_bytes(path, name, svg.MAX_BYTES))
    except svg.NoDrawing as fault:
        raise DataError([Problem(name, 1, str(fault))]) from None


def _strangers(folder: Path) -> Iterator[Problem]:
    """Yield what is in the data folder and belongs to no kind of record, up to a hundred."""
    found = chain(_beside_the_kinds(folder), *(_in_kind(folder, kind) for kind in sorted(_FOLDERS)))
    yield from islice(found, MAX_STRANGERS)
    if next(found, None):
        yield Problem("data", 1, f"holds more than {MAX_STRANGERS} files that are no records")


def _beside_the_kinds(folder: Path) -> Iterator[Problem]:
    """Yield what is in the data folder itself, except the folders of kinds and its own files."""
    for path in _listed(folder):
        named = f"data/{path.name}"
        if os.path.islink(path) and path.name not in _FILES:
            yield Problem(named, 1, _NO_LINK)
        elif os.path.isdir(path):
            if path.name not in _FOLDERS:
                message = f"is no kind of record{nearest(path.name, _FOLDERS)}"
                yield Problem(named, 1, f"{message}; the kinds: {listed(_FOLDERS)}")
        elif path.name not in _FILES:
            yield Problem(named, 1, _of_stray(path, named))


def _in_kind(folder: Path, kind: str) -> Iterator[Problem]:
    """Yield what is in the folder of a kind and is not named like one of its files."""
    suffix = _suffix(kind)
    for path in _listed(folder / kind):
        if path.suffix == ".yml" == suffix:
            continue  # a link or a folder with this name is reported when it is read
        named = f"data/{kind}/{path.name}"
        if os.path.islink(path):
            yield Problem(named, 1, _NO_LINK)
        elif os.path.isdir(path):
            yield Problem(named, 1, "must be no folder: move the files in it up, beside the others")
        elif path.suffix != suffix:
            message = f"must be a {suffix} file in the folder of its kind"
            yield Problem(named, 1, message + (_remedy(path) if suffix == ".yml" else ""))


def _of_stray(path: Path, named: str) -> str:
    """Return the message about a file that is in the data folder itself."""
    with suppress(DataError):
        content = read(path, named).content
        fit = [kind for kind in KINDS if _may_be(kind, content) and path.suffix == ".yml"]
        if len(fit) == 1:
            return f"holds the fields of {fit[0].folder}: move it to data/{fit[0].folder}/"
    return f"must be a .yml file in the folder of its kind{_remedy(path)}"


def _remedy(path: Path) -> str:
    """Return what to do with a copy of a record, or a record but for the end of its name."""
    if path.name.endswith(("~", ".bak", ".orig", ".swp")):
        return ": it is a copy that an editor left, so delete it"
    if path.name.lower().endswith((".yml.txt", ".yaml.txt")):
        return f": rename it '{Path(path.stem).stem}.yml'"
    if path.suffix.lower() in (".yaml", ".yml"):
        return f": rename it '{path.stem}.yml'"
    is_drawing = path.suffix == ".svg"
    return "" if is_drawing else ": if it is no record, delete it or move it out of data/"


def _listed(folder: Path) -> list[Path]:
    """Return the entries of a folder, sorted, without hidden files of editors and version control.

    Raise DataError where the folder cannot be read.
    """
    if os.path.islink(folder):
        return []
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        named = folder.name if folder.name in _FOLDERS else ""
        what = f"the folder cannot be read: {error.strerror}"
        raise DataError([Problem(f"data/{named}".rstrip("/"), 1, what)]) from None
    return [folder / name for name in names]


def _of_suffix(folder: Path, suffix: str) -> list[Path]:
    """Return the files of a folder whose names end so, but for those of an editor's."""
    return [path for path in _listed(folder) if path.suffix == suffix]


def _suffix(folder: str) -> str:
    return ".svg" if folder == DRAWINGS else ".yml"


_COPY = re.compile(
    r" ?(?:\((?:copy|another copy|[0-9]+)\)|- [Cc]opy(?: \([0-9]+\))?| copy(?: [0-9]+)?)$"
)
"""How file managers name a copy: `a (copy).yml`, `a - Copy.yml`, `a copy 2.yml`, `a (1).yml`."""


def _id_of(path: Path, name: str) -> Slug:
    try:
        return Slug.read(path.stem)
    except ValueError as error:
        if (copied := _COPY.sub("", path.stem)) != path.stem and path.with_stem(copied).exists():
            says = (
                f"is a copy of {copied}.yml by its name: delete it, or name it after what it holds"
            )
            raise DataError([Problem(name, 1, says)]) from None
        plain = hyphenated(path.stem)
        is_one = path.stem.isascii() and path.stem.isprintable() and _is_id(plain)
        remedy = f": rename it '{plain}.yml'" if is_one else deception(path.stem)
        raise DataError([Problem(name, 1, f"the file's name {error}{remedy}")]) from None


def _is_id(text: str) -> bool:
    try:
        return bool(Slug.read(text))
    except ValueError:
        return False


def _record(kind: type[Record], id: Slug, document: Document) -> Record:
    if "id" in document.content:
        line = document.line(("id",))
        said = "id is the file's name: leave the line out"
        raise DataError([Problem(document.path, line, said)])
    try:
        return shaped(kind, document, {"id": id})
    except DataError:
        if other := _kind_meant(kind, document.content):
            raise _Misplaced(document.path, other.folder) from None
        raise


class _Misplaced(DataError):
    """A record in the folder of another kind; `folder` is that of its own."""

    def __init__(self, path: str, folder: str) -> None:
        said = f"holds the fields of another kind: move it to data/{folder}/"
        super().__init__([Problem(path, 1, said)])
        self.folder = folder


def _kind_meant(kind: type[Record], content: Mapping[str, Any]) -> type[Record] | None:
    """Return the one other kind that has every field of a file and needs no more, if it is one."""
    if len(set(content) - set(kind.model_fields)) < _FOREIGN:
        return None
    fit = [other for other in KINDS if _may_be(other, content)]
    return fit[0] if len(fit) == 1 else None


def _may_be(kind: type[Record], content: Mapping[str, Any]) -> bool:
    """Return whether a file has no field but those of a kind, and each that the kind needs."""
    return _needed(kind) <= set(content) <= set(kind.model_fields)


_FOREIGN = 2  # fields of another kind; one may be a slip


def _needed(kind: type[Record]) -> set[str]:
    return {name for name, field in kind.model_fields.items() if field.is_required()} - {"id"}
