"""Whether something is there twice: it would be counted twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from typing import Any, TypeVar

from sitegen.model import Caution, Experiment, Record, Source, Study
from sitegen.model.absence import Absence
from sitegen.model.fields import places_cited
from sitegen.model.problems import Problem, shortened
from sitegen.model.record import KeyPath
from sitegen.read.load import Loaded

R = TypeVar("R", bound=Record)
_APART = frozenset({"formerly"})
"""The fields that a copy has otherwise."""
_COUNTED = frozenset({"studies", "experiments", "regimens", "claims"})
"""The kinds of which two with other names and nothing else apart are one."""


def sources_are_there_once(loaded: Loaded) -> Iterator[Problem]:
    """No two sources have one title, DOI, PMID, number in PubMed Central, or address and text."""
    for source, first, where in _twice(loaded):
        if not _says_the_same(loaded, source, first):  # another rule reports a copy
            is_that = "are those" if where == ("sentences",) else "is that"
            message = (
                f"{where[-1]} {is_that} of {first.path} too: delete one of the two sources, or"
                " mend what is wrong"
            )
            yield loaded.problem(source, where, message)


def sources_there_twice(loaded: Loaded) -> frozenset[str]:
    """Return the ids of the sources that share a title or a number with another."""
    return frozenset(one.id for source, first, _ in _twice(loaded) for one in (source, first))


def _twice(loaded: Loaded) -> Iterator[tuple[Source, Source, KeyPath]]:
    """Yield each source that has a name of another, with that one and where its first one stands.

    What follows from a copy, such as the same number in PubMed, is not yielded again.
    Of two, the copy is the one that no record cites.
    """
    cited = {place.source for record in loaded.site.all() for place in places_cited(record)}
    held: dict[tuple[str, str], Source] = {}
    for source in sorted(loaded.site.sources.values(), key=lambda one: one.id not in cited):
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
    if source.has_digests and "://" in (address := str(source.address.value)):
        digests = sorted(str(sentence.sha256) for sentence in source.sentences)
        yield ("sentences",), " ".join((address, *digests))


_NAMED_ONCE = ("conditions", "substances", "organisations")
"""The kinds of which two records of one name are one thing: what others say of it is spread."""
_NAMED_ONCE_THERE = ("people", "products", "terms")
"""The kinds of which two records of one name and kind, from the same sentences, are one thing."""
_STOP = re.compile(r"\.(?![0-9])")


def names_are_those_of_one_record(loaded: Loaded) -> Iterator[Problem]:
    """No two conditions, substances or organisations have one name.

    Nor have two people, products or terms of the same sentences. Capitals and full stops make no
    other name.
    """
    for folder in (*_NAMED_ONCE, *_NAMED_ONCE_THERE):
        held: dict[Any, Record] = {}
        for record in loaded.site.records[folder].values():
            there = (getattr(record, "kind", None), _cheap_key(record))
            apart = there if folder in _NAMED_ONCE_THERE else ()
            first = held.setdefault((_plain_name(record), apart), record)
            if first is not record and not _says_the_same(loaded, record, first):
                message = (
                    f"name is that of {first.path} too: delete one of the two, or say in the name"
                    " how they differ"
                )
                yield loaded.problem(record, ("name",), message)


def _plain_name(record: Record) -> str:
    """Return a name without what nobody says: capitals, full stops, and more than one space."""
    return " ".join(_STOP.sub(" ", str(getattr(record, "name", "")).casefold()).split())


def no_record_is_a_copy(loaded: Loaded) -> Iterator[Problem]:
    """No two files of a kind say the same; of what is counted, not under another name either."""
    for folder, records in loaded.site.records.items():
        apart = _APART | {"name"} if folder in _COUNTED else _APART
        for record, first in _alike(loaded, records.values(), apart):
            message = f"says what {first.path} says: delete one of the two, or mend it"
            yield loaded.problem(record, (), message)


def _alike(
    loaded: Loaded, records: Iterable[R], apart: Set[str] = frozenset()
) -> Iterator[tuple[R, R]]:
    """Yield each record that says the same as an earlier one but for some fields, with that one."""
    citing: dict[Any, list[R]] = defaultdict(list)
    for record in records:
        citing[_cheap_key(record)].append(record)
    for group in citing.values():
        held: dict[str, R] = {}
        for record in group if len(group) > 1 else ():
            first = held.setdefault(_content(loaded, record, apart), record)
            if first is not record:
                yield record, first


def no_report_is_spread_over_conditions(loaded: Loaded) -> Iterator[Problem]:
    """No two files have the same sentences and results under other conditions."""
    for folder in (Study.folder, Experiment.folder):
        reports = filter(_has_results, loaded.site.records[folder].values())
        for record, first in _alike(loaded, reports, _OF_ONE_CONDITION):
            if not _says_the_same(loaded, record, first, {"name"}):
                message = (
                    f"but for its name and conditions it says what {first.path} says: list the"
                    " conditions of both in one of the two and delete the other, or mend what is"
                    " another study"
                )
                yield loaded.problem(record, ("conditions",), message)


_OF_ONE_CONDITION = _APART | {"name", "conditions", "note"}


def _has_results(record: Record) -> bool:
    """Return whether a report has results in numbers, which no two studies have in common."""
    if not isinstance(record, Study | Experiment):
        return False
    return bool(record.results or record.harm_events)


def cautions_are_there_once(loaded: Loaded) -> Iterator[Problem]:
    """No two contraindications are of one condition and sentence, nor two effects of one subject.

    A frequency, a count or a stance makes another caution.
    """
    cautions = filter(_is_one_thing, loaded.site.cautions.values())
    for record, first in _alike(loaded, cautions, _IN_OWN_WORDS):
        if not _says_the_same(loaded, record, first):
            what = next(name for name in _ABOUT if getattr(record, name))
            message = (
                f"kind, {what} and at are those of {first.path}: delete one of the two, or mend"
                " what is wrong"
            )
            yield loaded.problem(record, (), message)


_ABOUT = ("subject", "conditions", "related")
_IN_OWN_WORDS = _APART | {"name", "says", "detail", "also", "note"}


def _is_one_thing(caution: Caution) -> bool:
    """Return whether a caution is of a kind that a subject or a condition has or has not."""
    if caution.kind == "contraindication":
        return bool(caution.subject or caution.conditions or caution.related)
    return caution.kind == "adverse effects" and bool(caution.subject)


def subjects_are_in_the_same_words(loaded: Loaded) -> Iterator[Problem]:
    """The subject of a caution is in the words of others about it, to an article and a capital."""
    held: dict[tuple[str, str], Caution] = {}
    for caution in loaded.site.cautions.values():
        if not (subject := caution.subject):
            continue
        plain = _ARTICLE.sub("", " ".join(subject.casefold().split()))
        first = held.setdefault((caution.kind, plain), caution)
        if first.subject != subject:
            message = (
                f"subject is '{shortened(subject)}', and '{shortened(str(first.subject))}' in"
                f" {first.path}: write the same words in both"
            )
            yield loaded.problem(caution, ("subject",), message)


_ARTICLE = re.compile(r"^(?:an?|the) ")


def ties_are_there_once(loaded: Loaded) -> Iterator[Problem]:
    """No two files tie the same reports in the same way."""
    held: dict[Any, Record] = {}
    for tie in loaded.site.ties.values():
        first = held.setdefault((tie.relation, frozenset(tie.reports)), tie)
        if first is not tie and not _says_the_same(loaded, tie, first):
            message = (
                f"reports are those of {first.path}, tied as '{tie.relation}' too: delete one of"
                " the two, and cite in the other every sentence that suggests it"
            )
            yield loaded.problem(tie, ("reports",), message)


def entries_are_there_once(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """No result, harm, finding or count stands twice in one record."""
    content = loaded.documents[record.key].content
    for field in _ENTRIES:
        held: dict[str, int] = {}
        for number, entry in enumerate(content[field] if field in content else ()):
            first = held.setdefault(_of_entry(entry), number)
            if first != number:
                message = (
                    f"entry {number + 1} of {field} says what entry {first + 1} says: delete one"
                    " of the two, or mend it"
                )
                yield loaded.problem(record, (field, number), message)


_ENTRIES = ("results", "harm_events", "findings", "counts")


def _of_entry(entry: Any) -> str:
    """Return what an entry of a list says, in whatever order its fields are written."""
    return repr(sorted(entry.items()) if isinstance(entry, dict) else entry)


def _content(loaded: Loaded, record: Record, apart: Set[str]) -> str:
    """Return what a file says but for some fields."""
    content = loaded.documents[record.key].content
    return repr(sorted((name, content[name]) for name in content if name not in apart))


def _says_the_same(
    loaded: Loaded, one: Record, other: Record, but_for: Set[str] = frozenset()
) -> bool:
    apart = _APART | but_for
    return _content(loaded, one, apart) == _content(loaded, other, apart)


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
