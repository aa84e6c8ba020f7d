"""The stages of a build: each is pure work on items, cached and spread over the cores.

read ─▶ parse ─▶ check ─▶ cite ─▶ record outputs, schemas ─▶ pages ─▶ JSON-LD of pages

Nothing below this module knows that results are cached. A stage of pure work is cached by its
items; a stage that reads records is cached with what it read (see `sitegen.incremental.tracking`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from sitegen.check import rules
from sitegen.derive.citation_style import STYLE, CitationStyle
from sitegen.derive.references import fields_for_style
from sitegen.derive.relations import Relations, relations_of
from sitegen.export import jsonld, records
from sitegen.incremental.cache import decode, decode_text, encode, encode_text, join, split
from sitegen.incremental.fingerprint import (
    NO_FINGERPRINT,
    fingerprint,
    fingerprint_of_files,
    fingerprint_or_none,
)
from sitegen.incremental.queries import Inputs
from sitegen.incremental.tracking import Dependencies, TrackedMapping
from sitegen.incremental.workers import SERIAL, Executor
from sitegen.model import Record, Site, Source
from sitegen.model.problems import DataError, Problem
from sitegen.model.vocabulary import BUILT_IN, Vocabulary
from sitegen.pages import context
from sitegen.pages.jinja import CachedBytecode
from sitegen.pages.render import Page, PageRequest, Renderer
from sitegen.pipeline.record_output import RecordOutput, of_record
from sitegen.read.load import IDENTITY, Loaded, ParsedFile, RecordFile, load
from sitegen.read.yamlfile import Document

__all__ = [
    "SERIAL",
    "Executor",
    "PageStage",
    "SourceData",
    "StoredPage",
    "read",
    "record_outputs",
    "references",
    "schemas",
    "structured_pages",
    "structured_text",
    "tracked_references",
]

T = TypeVar("T")
R = TypeVar("R")

RECORDS_AT_ONCE = 1_000
"""Records that are checked before their problems are shown."""
_EXTRA = "extra"


@dataclass(frozen=True)
class Stage(Generic[T, R]):
    """A step of a build: what it makes of an item, and how its result is stored."""

    name: str
    work: Callable[[T], R]
    key: Callable[[T], object]
    """The key of an item; for pure work, everything that the result depends on."""
    encode: Callable[[R], bytes]
    decode: Callable[[bytes], R]
    prepare: Callable[[], None] = lambda: None
    """Loads what the work needs, before several processes begin it."""

    def run(self, executor: Executor, items: Sequence[T]) -> Iterator[R]:
        """Yield the result for each item of pure work."""
        keys = [executor.cache.key(self.name, self.key(item)) for item in items]
        for result in executor.cached_map(lambda item: self.encode(self.work(item)), items, keys):
            yield self.decode(result)

    def run_tracked(
        self, executor: Executor, items: Sequence[T], inputs: Inputs
    ) -> Iterator[tuple[Dependencies | None, bytes]]:
        """Yield, for each item of work that reads the inputs, what it read and its stored result.

        What it read is None where that is not known.
        """
        keys = [executor.cache.key(self.name, self.key(item)) for item in items]
        return executor.tracked_map(
            lambda item: self.encode(self.work(item)), items, keys, inputs, self.prepare
        )


@dataclass(frozen=True)
class SourceData:
    """The records of a data folder, in mappings that record what work reads."""

    loaded: Loaded
    """The records with their files; a problem names a line of one."""

    @classmethod
    def of(cls, site: Site) -> SourceData:
        """Return records that come from no files: nothing that reads them is cached."""
        return cls(Loaded(site, {}, Document(f"data/{IDENTITY}", {}, "")))

    @cached_property
    def _tracked(self) -> Mapping[str, TrackedMapping[Record]]:
        documents = self.loaded.documents

        def of_kind(folder: str) -> Callable[[str, Record], str]:
            def fingerprint_of(id: str, record: Record) -> str:
                document = documents.get((folder, id))
                return fingerprint(document.text) if document else NO_FINGERPRINT

            return memoised(fingerprint_of)

        return {
            folder: TrackedMapping(folder, found, of_kind(folder))
            for folder, found in self.loaded.site.records.items()
        }

    @cached_property
    def site(self) -> Site:
        """Every record, in mappings that record what is read of them."""
        return replace(self.loaded.site, records=self._tracked)

    @cached_property
    def about(self) -> str:
        """The fingerprint of what is about no record: the site, its tables, its last release."""
        ledger = self.site.ledger.dumped() if self.site.ledger else ""
        return fingerprint(self.site.identity, self.site.vocabulary.text, ledger)

    @cached_property
    def relations(self) -> Relations:
        """How the records belong together."""
        return relations_of(self.site)

    @cached_property
    def inputs(self) -> Inputs:
        """Return what tracked work may read: the records, and queries about them."""
        return Inputs(self.relations, Record, self._tracked.values())


def memoised(fingerprint_of: Callable[[str, T], str]) -> Callable[[str, T], str]:
    """Return the same function of a name and its value, which is called once for each name."""
    known: dict[str, str] = {}

    def of(name: str, value: T) -> str:
        if name not in known:
            known[name] = fingerprint_of(name, value)
        return known[name]

    return of


# ---- reading and checking ------------------------------------------------------------------------

PARSE: Stage[RecordFile, ParsedFile] = Stage(
    "parse", RecordFile.parse, lambda file: (file.name, file.text), encode, decode
)


def read(
    data: Path,
    executor: Executor = SERIAL,
    before: SourceData | None = None,
    address: str | None = None,
    today: date | None = None,
) -> SourceData:
    """Return the records of a data folder; a file that says what it said `before` is not parsed.

    `address` is where the site is published, in place of what site.yml says; `today` is the day
    that no date may be after, and None for no such rule. Raise DataError with
    every problem of shape and of rule.
    """

    def parse(files: Sequence[RecordFile]) -> Iterator[ParsedFile]:
        return PARSE.run(executor, files)

    loaded = load(data, before.loaded if before else None, parse, address)
    found = SourceData(loaded)
    tracked = replace(loaded, site=found.site)
    checking = _checking(executor, found.inputs)
    with found.site.vocabulary.in_use():
        problems = rules.problems(tracked, found.relations, checking, today)
    if problems:
        raise DataError(problems)
    return found


def _checking(executor: Executor, inputs: Inputs) -> rules.CheckEach:
    """Return what checks each record, where every record can be read.

    Only then does a breach follow from records alone, so that its absence can be cached.
    """

    def check(loaded: Loaded) -> Iterable[Problem]:
        if loaded.unread:
            yield from rules.check_each(loaded)
            return
        stage: Stage[tuple[str, str], list[Any]] = Stage(
            "check",
            lambda key: [
                [problem.path, problem.line, problem.message]
                for problem in rules.breaches(loaded, loaded.site.records[key[0]][key[1]])
            ],
            lambda key: (loaded.site.vocabulary.text, *key),
            encode,
            decode,
        )
        keys = [record.key for record in loaded.site.all()]
        for start in range(0, len(keys), RECORDS_AT_ONCE):
            some = keys[start : start + RECORDS_AT_ONCE]
            for _, result in stage.run_tracked(executor, some, inputs):
                yield from (Problem(*fields) for fields in decode(result))

    return check


# ---- from records to files -----------------------------------------------------------------------


def references(
    templates: Path, sources: Mapping[str, Source], executor: Executor = SERIAL
) -> TrackedMapping[str]:
    """Return each source as a reference in the style of the templates folder, by id."""
    file = templates / STYLE
    style, version = CitationStyle(file), fingerprint_of_files([file])
    stage: Stage[dict[str, Any], str] = Stage(
        "reference", style.reference, lambda fields: (version, fields), encode, decode
    )
    made = stage.run(executor, [fields_for_style(source) for source in sources.values()])
    return tracked_references(dict(zip(sources, made, strict=True)))


def tracked_references(found: Mapping[str, str]) -> TrackedMapping[str]:
    """Return references by the sources' ids, in a mapping that records what is read of it."""
    return TrackedMapping("references", found, memoised(lambda _, text: fingerprint(text)))


def record_outputs(
    data: SourceData, cited: TrackedMapping[str], executor: Executor = SERIAL
) -> Mapping[tuple[str, str], RecordOutput]:
    """Return what is made of each record by itself, by its key."""
    site = data.site
    stage: Stage[tuple[str, str], RecordOutput] = Stage(
        "record",
        lambda key: of_record(data.relations, site.records[key[0]][key[1]], cited),
        lambda key: (data.about, *key),
        lambda output: encode(asdict(output)),
        lambda stored: RecordOutput.of(decode(stored)),
    )
    keys = [record.key for record in site.all()]
    with site.vocabulary.in_use():
        made = list(stage.run_tracked(executor, keys, data.inputs.including(cited)))
    return {key: stage.decode(stored) for key, (_, stored) in zip(keys, made, strict=True)}


def schemas(executor: Executor = SERIAL, vocabulary: Vocabulary = BUILT_IN) -> Mapping[str, str]:
    """Return the JSON Schema of each kind of record, by its address."""
    stage: Stage[str, dict[str, str]] = Stage(
        "schemas",
        lambda _: vocabulary.run(records.schemas),
        lambda text: (text,),
        encode,
        decode,
    )
    (made,) = stage.run(executor, [vocabulary.text])
    return made


# ---- pages ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StoredPage:
    """A page as it is stored: its text is compressed, since those of a large site fill memory."""

    uri: str
    title: str
    fingerprint: str
    """That of its text."""
    record: str | None
    extras_read: frozenset[str]
    """The names of the extras that it shows."""
    _text: bytes

    @classmethod
    def of(cls, uri: str, stored: bytes, record: str | None, read: frozenset[str]) -> StoredPage:
        """Return the page that `encode_page` stored."""
        summary, text = split(stored)
        title, fingerprint_of_text = decode(summary)
        return cls(uri, title, fingerprint_of_text, record, read, text)

    @property
    def page(self) -> Page:
        """The page itself."""
        return Page(self.uri, self.title, decode_text(self._text), self.record)


def encode_page(page: Page) -> bytes:
    """Return a page as it is stored: title and fingerprint can be read without its text."""
    return join(encode([page.title, fingerprint(page.markdown)]), encode_text(page.markdown))


def structured_text(stored: bytes) -> str:
    """Return JSON-LD that `structured_pages` stored."""
    return decode_text(stored)


class PageStage:
    """Renders the pages of a site from a templates folder."""

    def __init__(self, data: SourceData, templates: Path, executor: Executor) -> None:
        """Take the records, the folder, and what runs the work."""
        self._data, self._executor = data, executor
        self.renderer = Renderer(data.relations, templates, CachedBytecode(executor.cache))
        site = data.site
        self._version = fingerprint(
            fingerprint_of_files([templates], "*.jinja"),
            data.about,
            context.glossary_of(site),
            site.drawings,
        )

    def run(
        self, extras: Mapping[str, Any], uris: Sequence[str] | None = None
    ) -> Iterator[StoredPage]:
        """Yield every page, or those at some addresses. `extras` is what they show besides."""
        tracked = self._tracked_extras(extras)
        own = (value for value in extras.values() if isinstance(value, TrackedMapping))
        inputs = self._data.inputs.including(tracked, *own)
        former = self.renderer.former_rows
        stage: Stage[PageRequest, Page] = Stage(
            "page",
            lambda request: self.renderer.page(request, tracked),
            lambda request: (
                self._version,
                request.uri,
                request.template,
                request.file,
                [(record.key, old) for record, old in former.get(request.uri, ())],
            ),
            encode_page,
            lambda stored: StoredPage.of("", stored, None, frozenset()).page,
            lambda: self.renderer.load_templates(self._executor.map),
        )
        requests = [self.renderer.requests[uri] for uri in uris or self.renderer.requests]
        with self._data.site.vocabulary.in_use():
            made = list(stage.run_tracked(self._executor, requests, inputs))
        for request, (dependencies, stored) in zip(requests, made, strict=True):
            read = _names_read(extras, dependencies)
            yield StoredPage.of(request.uri, stored, request.file, read)

    def _tracked_extras(self, extras: Mapping[str, Any]) -> TrackedMapping[Any]:
        identify = self._data.inputs.identify

        def fingerprint_of(name: str, value: Any) -> str:
            if isinstance(value, TrackedMapping):
                return "tracked"  # what is read of it is recorded by itself
            return fingerprint_or_none(value, identify)

        return TrackedMapping(_EXTRA, extras, memoised(fingerprint_of))


def _names_read(extras: Mapping[str, Any], dependencies: Dependencies | None) -> frozenset[str]:
    """Return the names of the extras that work read; all of them where that is not known."""
    if dependencies is None:
        return frozenset(extras)
    return frozenset(name for name in extras if f"{_EXTRA}/{name}" in dependencies)


def structured_pages(
    data: SourceData,
    titles: Mapping[str, str],
    sizes: Mapping[str, int],
    executor: Executor = SERIAL,
) -> Mapping[str, bytes]:
    """Return the JSON-LD of each page, compressed, by the page's address."""
    of_titles = TrackedMapping("titles", titles, lambda _, title: title)
    of_sizes = TrackedMapping("sizes", dict(sizes), lambda _, size: str(size))
    shown = jsonld.record_of_page(data.relations)
    stage: Stage[str, str] = Stage(
        "structured data",
        lambda uri: jsonld.page(data.relations, uri, shown.get(uri), of_titles, of_sizes),
        lambda uri: (data.about, uri, shown.get(uri)),
        encode_text,
        decode_text,
    )
    inputs = data.inputs.including(of_titles, of_sizes)
    with data.site.vocabulary.in_use():
        made = list(stage.run_tracked(executor, list(titles), inputs))
    return {uri: stored for uri, (_, stored) in zip(titles, made, strict=True)}
