"""Whether something is there twice: it would be counted twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sitegen.model import Record, Source
from sitegen.model.absence import Absence
from sitegen.model.problems import Problem
from sitegen.model.record import KeyPath
from sitegen.read.load import Loaded

_APART = frozenset({"formerly"})
"""The fields that a copy has otherwise."""
_COUNTED = frozenset({"studies", "experiments", "regimens"})
"""The kinds of which two with other names and nothing else apart are one."""


def sources_are_there_once(loaded: Loaded) -> Iterator[Problem]:
    """No two sources have one title, DOI, PMID or number in PubMed Central."""
    for source, first, where in _twice(loaded):
        if not _says_the_same(loaded, source, first):  # another rule reports a copy
            message = (
                f"{where[-1]} is that of {first.path} too: delete one of the two sources, or"
                " mend what is wrong"
            )
            yield loaded.problem(source, where, message)


def sources_there_twice(loaded: Loaded) -> frozenset[str]:
    """Return the ids of the sources that share a title or a number with another."""
    return frozenset(one.id for source, first, _ in _twice(loaded) for one in (source, first))


def _twice(loaded: Loaded) -> Iterator[tuple[Source, Source, KeyPath]]:
    """Yield each source that has a name of another, with that one and where its first one stands.

    What follows from a copy, such as the same number in PubMed, is not yielded again.
    """
    held: dict[tuple[str, str], Source] = {}
    for source in loaded.site.sources.values():
        shared: dict[str, KeyPath] = {}
        for where, number in _names(source):
            key = (str(where[-1]), " ".join(number.casefold().split()).rstrip("."))
            if (first := held.setdefault(key, source)) is not source:
                shared.setdefault(first.id, where)
        for id, where in shared.items():
            yield source, loaded.site.sources[id], where


def _names(source: Source) -> Iterator[tuple[KeyPath, str]]:
    """Yield what identifies a source, with its place in the file."""
    yield ("title",), source.title
    if source.original_title:
        yield ("original_title",), source.original_title
    for name in ("doi", "pmid", "pmcid") if source.publication else ():
        number = getattr(source.publication, name)
        if not isinstance(number, Absence):
            yield ("publication", name), number


_NAMED_ONCE = ("conditions", "substances", "organisations")
"""The kinds of which two records of one name are one thing: what others say of it is spread."""


def names_are_those_of_one_record(loaded: Loaded) -> Iterator[Problem]:
    """No two conditions, substances or organisations have one name."""
    for folder in _NAMED_ONCE:
        held: dict[str, Record] = {}
        for record in loaded.site.records[folder].values():
            name = " ".join(str(getattr(record, "name", "")).casefold().split())
            first = held.setdefault(name, record)
            if first is not record and not _says_the_same(loaded, record, first):
                message = (
                    f"name is that of {first.path} too: delete one of the two, or say in the name"
                    " how they differ"
                )
                yield loaded.problem(record, ("name",), message)


def no_record_is_a_copy(loaded: Loaded) -> Iterator[Problem]:
    """No two files of a kind say the same; of what is counted, not under another name either."""
    for folder, records in loaded.site.records.items():
        apart = _APART | {"name"} if folder in _COUNTED else _APART
        alike: dict[Any, list[Record]] = defaultdict(list)
        for record in records.values():
            alike[_cheap_key(record)].append(record)
        for group in alike.values():
            yield from _copies(loaded, group, apart)


def _copies(loaded: Loaded, group: list[Record], apart: frozenset[str]) -> Iterator[Problem]:
    held: dict[str, Record] = {}
    for record in group if len(group) > 1 else ():
        says = _content(loaded, record, apart)
        if (first := held.setdefault(says, record)) is not record:
            yield loaded.problem(
                record, (), f"says what {first.path} says: delete one of the two, or mend it"
            )


def _content(loaded: Loaded, record: Record, apart: frozenset[str]) -> str:
    """Return what a file says but for some fields."""
    content = loaded.documents[record.key].content
    return repr(sorted((name, content[name]) for name in content if name not in apart))


def _says_the_same(loaded: Loaded, one: Record, other: Record) -> bool:
    return _content(loaded, one, _APART) == _content(loaded, other, _APART)


def _cheap_key(record: Record) -> Any:
    """Return what copies have in common: the places that they cite."""
    return getattr(record, "at", None)


def sizes_have_one_record_each(loaded: Loaded) -> Iterator[Problem]:
    """A product has one parameter for each role, so that every volume has one size."""
    filled: dict[tuple[str, str], str] = {}
    for parameter in loaded.site.parameters.values():
        products: tuple[str, ...] = parameter.products or tuple(loaded.site.products) or ("",)
        others = [
            filled[key] for product in products if (key := (parameter.role, product)) in filled
        ]
        if others:
            message = f"role '{parameter.role}' is filled by {others[0]} already"
            yield loaded.problem(parameter, ("role",), message)
        for product in products:
            filled.setdefault((parameter.role, product), parameter.path)
