"""The rules on words of absence, and on words of a source that a closed list repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sitegen.derive.arm_dosage import dosage_of
from sitegen.derive.design import plain_word
from sitegen.derive.given_apart import CLOSED_LISTS, is_denied_by_its_words
from sitegen.model import Record, Regimen, Source, Study, Topic
from sitegen.model.absence import Absence
from sitegen.model.fields import field_of, leaves, parts, places_cited, reported_values
from sitegen.model.problems import Problem
from sitegen.model.record import KeyPath
from sitegen.read.load import Loaded


def unclear_values_say_what_is_unclear(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A value that is unclear has a note, or readings, that say how it can be read."""
    for where, value in reported_values(record):
        readings = isinstance(record, Regimen) and record.readings
        explained = value.note or value.readings or readings
        if value.absence is Absence.UNCLEAR and not explained:
            message = f"{field_of(where)} is unclear: say in 'note:' what can be read how"
            yield loaded.problem(record, where, message)


def listed_words_have_words_of_the_source(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A closed list has the word that the source says, and none where its words are absent."""
    if not isinstance(record, Study):
        return
    for field, closed in CLOSED_LISTS.items():
        given, words = getattr(record, closed), getattr(record, field).value
        if given is None or given.absence:
            continue
        said = plain_word(closed, words)
        if is_denied_by_its_words(record, field):
            remedy = (
                f": give the words of the source in {field}, or write a word of absence in {closed}"
            )
        elif said and said != given.value:
            remedy = f", which says {said}: mend the one that the source does not say"
        else:
            continue
        message = f"{closed} is {given.value}, but {field} is {words}{remedy}"
        yield loaded.problem(record, (closed,), message)


_READ_FOR: Mapping[type[Record], tuple[Topic, ...]] = {
    Regimen: ("dosage",),
    Study: ("study methods", "study results"),
}
"""A source must have been read for one of these topics before a record says that it is silent."""
_OWN_TEXT = ("full text", "abstract")


def a_source_is_silent_only_where_it_was_read(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A value is “not reported” only by a source whose own text was read, or read for its topic.

    True of regimens and of studies in people.
    """
    topics = _READ_FOR.get(type(record), ())
    for leaf in leaves(record) if topics else ():
        if leaf.value is not Absence.NOT_REPORTED:
            continue
        cited = dict.fromkeys(locator.source for locator in leaf.at)
        for source in filter(None, (loaded.site.sources.get(id) for id in cited)):
            if source.read not in _OWN_TEXT and not any(map(source.was_read_for, topics)):
                on = " and ".join(topics)
                message = (
                    f"{_field(leaf.where)} is 'not reported', and {source.id} was "
                    f"read as {source.read}: write 'not extracted', or 'read_for: [{topics[0]}]' "
                    f"in the source if all that it says on {on} was noted"
                )
                yield loaded.problem(record, leaf.where, message)


_SILENT = re.compile(
    r"\b(?:(?:is|are|was|were) not (?:said|told|stated|given|described|reported)"
    r"|do(?:es)? not (?:say|tell|state|describe|report))\b(?! here| in what was (?:noted|seen))"
)


def remarks_are_silent_only_of_sources_read(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A remark says that something is not said only where a text of the record was read for it."""
    cited = sorted({locator.source for locator in places_cited(record)})
    sources = [loaded.site.sources[id] for id in cited if id in loaded.site.sources]
    if not sources or any(_may_be_silent(source, record) for source in sources):
        return
    for where, part in parts(record):
        if said := _SILENT.search(getattr(part, "note", None) or ""):
            message = (
                f"note says '{said[0]}', and {sources[0].id} was read as single facts: write "
                "'was not noted', or read the source and change its 'read:'"
            )
            yield loaded.problem(record, (*where, "note"), message)


def _may_be_silent(source: Source, record: Record) -> bool:
    """Return whether a remark may speak of what a source leaves out, on the topic of a record."""
    if source.read != "single facts":
        return True
    return source.was_read_for("dosage") if isinstance(record, Regimen) else bool(source.read_for)


def _field(where: KeyPath) -> str:
    return field_of(where[:-1] if where[-1] == "value" else where)


_SILENCES = {Absence.NOT_REPORTED, Absence.NOT_EXTRACTED}
_IN_STUDY = {
    "each": "dose",
    "route": "route",
    "times": "frequency",
    "length": "length",
    "strength": "form_and_strength",
}
"""What a report of a study calls a field of a regimen."""


def a_regimen_and_its_study_are_silent_alike(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A regimen and a study that one source ties as one dose have the same word of absence."""
    if not isinstance(record, Regimen):
        return
    for place, link in enumerate(record.studies):
        study = loaded.site.studies.get(link.study)
        if link.link != "stated" or study is None or not _from_one_source(record, study):
            continue
        for field, mine, where, theirs in _said_twice(record, study):
            if mine != theirs and {mine, theirs} <= _SILENCES:
                message = (
                    f"{field} is '{mine}', and {where} of {study.id}, which the source ties to it, "
                    f"is '{theirs}': write {_word_to_write(loaded, record)}"
                )
                yield loaded.problem(record, ("studies", place), message)


def _word_to_write(loaded: Loaded, regimen: Regimen) -> str:
    """Return the word of absence for a dose that the sources leave out, with the reason."""
    known = loaded.site.sources
    sources = [known[locator.source] for locator in regimen.at if locator.source in known]
    for source in sources:
        if not source.was_read_for("dosage"):
            return f"'{Absence.NOT_EXTRACTED}' in both, since {source.id} was read as {source.read}"
    return f"'{Absence.NOT_REPORTED}' in both, since the source was read for the dose"


def _from_one_source(regimen: Regimen, study: Study) -> bool:
    mine, theirs = ({locator.source for locator in record.at} for record in (regimen, study))
    return bool(mine & theirs)


def _said_twice(
    regimen: Regimen, study: Study
) -> Iterator[tuple[str, Absence | None, str, Absence | None]]:
    """Yield the word of absence of each field of a regimen, beside that of a study or an arm."""
    for field, item in _IN_STUDY.items():
        yield field, getattr(regimen, field).absence, item, getattr(study, item).absence
    dosed = (arm for arm in study.arms if arm.role in (None, "drug"))
    for arm, given in ((arm, dosage_of(study, arm)) for arm in dosed):
        for field in (*_IN_STUDY, "daily") if given else ():
            theirs = getattr(given, field).absence
            yield field, getattr(regimen, field).absence, f"{field} of arm {arm.id}", theirs
