"""The rules on the sentences that records cite."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.duplicates import sources_there_twice
from sitegen.check.missing import no_source
from sitegen.check.wording import listed_in_part
from sitegen.model import (
    Arm,
    Caution,
    Experiment,
    Frozen,
    HarmEvent,
    Locator,
    Phase,
    Record,
    Regimen,
    Reported,
    Result,
    Source,
    Study,
)
from sitegen.model.fields import field_of, own_places, parts, places_cited
from sitegen.model.problems import Problem, shortened
from sitegen.model.record import KeyPath
from sitegen.read.load import Loaded

_WITH_SENTENCES = (Phase, Arm, Result, HarmEvent)
_MAX_GISTS = 6


def places_stand_in_registers(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Every locator leads to a sentence in a source's register."""
    for where, part in parts(record):
        for number, locator in enumerate(own_places(part)):
            if loaded.is_unread("sources", locator.source):
                continue
            for place in locator.places:
                if loaded.site.sentence(locator, place) is None:
                    what = _missing_place(loaded, locator, place)
                    yield loaded.problem(record, (*where, "at", number), what)


def _missing_place(loaded: Loaded, locator: Locator, place: str) -> str:
    source = loaded.site.sources.get(locator.source)
    if source is None:
        return no_source(locator.source)
    section = place.partition(".")[0]
    inside = [one for one in source.sentences if one.at.partition(".")[0] == section]
    paragraph = place.rpartition(".")[0]
    inside.sort(key=lambda one: one.at.rpartition(".")[0] != paragraph)  # its own before others
    if inside:
        listed = "; ".join(f"{one.at} '{shortened(one.gist)}'" for one in inside[:_MAX_GISTS])
        more = f"; and {len(inside) - _MAX_GISTS} more" if len(inside) > _MAX_GISTS else ""
        there = f"in {section} there are: {listed}{more}"
    else:
        there = f"its sections: {listed_in_part(one.id for one in source.sections)}"
    return f"at: {locator.source} has no sentence '{place}'; {there}"


def a_report_draws_on_one_source(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A report, experiment, regimen or caution is what one source says; another has its own."""
    if not isinstance(record, _OF_ONE_SOURCE):
        return
    sources = sorted({locator.source for locator in places_cited(record)})
    if len(sources) == 1:
        return
    foreign = list(_foreign(loaded, record))
    if len(foreign) == 1:
        [(where, other)] = foreign
        mine = record.at[0].source
        message = (
            f"{field_of(where)} cites {other}, and the record is of {mine}: cite a sentence of"
            f" {mine}, or make a record for each source"
        )
        yield loaded.problem(record, (*where, "at"), message)
    else:
        got = ", ".join(sources) or "none"
        message = f"at must cite one source, one record for each (got {got})"
        yield loaded.problem(record, ("at",), message)


_OF_ONE_SOURCE = (Study, Experiment, Regimen, Caution)


def _foreign(loaded: Loaded, record: Record) -> Iterator[tuple[KeyPath, str]]:
    """Yield each part of a record of one source that cites another source, with that one."""
    of = {locator.source for locator in own_places(record)}
    for where, part in parts(record) if len(of) == 1 else ():
        for locator in own_places(part):
            if locator.source not in of and locator.source in loaded.site.sources:
                yield where, locator.source


def values_name_their_sentences(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Where a record draws on several sentences, each value says which it comes from.

    A part with sentences of its own, such as a phase, is as a record: its values come from these.
    A result and a harm have one place: their numbers are where the entry is.
    """
    if isinstance(record, Source):
        return
    around: dict[KeyPath, set[str]] = {}
    without: dict[KeyPath, list[KeyPath]] = {}
    for where, part in parts(record):
        own = _sentences(part)
        is_frame = part is record or (isinstance(part, _WITH_SENTENCES) and bool(own))
        frames = (frame for frame in around if where[: len(frame)] == frame and not is_frame)
        outer = max(frames, key=len, default=())
        is_listed = part is record or (is_frame and isinstance(record, Regimen))
        if not is_listed and (stray := _stray(record, part, around[outer])):
            message = f"at must list {stray[0]} too, since a value cites it"
            yield loaded.problem(record, (*outer, "at"), message)
        if is_frame:
            around[where] = own
            continue
        is_stated = isinstance(part, Reported) and part.absence is None
        in_entry = outer[:1] in (("results",), ("harm_events",))
        if is_stated and not own and not in_entry and len(around[outer]) > 1:
            without.setdefault(outer, []).append(where)
    for outer, places in without.items():
        yield _without_sentences(loaded, record, outer, places)


def _stray(record: Record, part: Frozen, around: set[str]) -> list[str]:
    """Return the sentences of a part that what it is in does not list.

    Another rule reports those of another source in a record of one source.
    """
    of = {locator.source for locator in own_places(record)}
    listed = around | {
        at
        for locator in own_places(part)
        if isinstance(record, _OF_ONE_SOURCE) and of and locator.source not in of
        for at in locator.sentences
    }
    return sorted(_sentences(part) - listed)


def _without_sentences(
    loaded: Loaded, record: Record, outer: KeyPath, places: list[KeyPath]
) -> Problem:
    """Return that values do not say which sentence they are of: at the value, or for them all."""
    if len(places) == 1:
        message = f"{field_of(places[0])} must name its sentence with 'value:' and 'at:'"
        return loaded.problem(record, places[0], message)
    lines = loaded.documents[record.key]
    named = listed_in_part(f"{field_of(where)} (line {lines.line(where)})" for where in places)
    message = (
        "at lists several sentences, so these must name theirs with 'value:' and 'at:', or the one"
        f" that they are not of is left out: {named}"
    )
    return loaded.problem(record, (*outer, "at"), message)


def _sentences(part: Frozen) -> set[str]:
    return {at for locator in own_places(part) for at in locator.sentences}


def sentences_are_drawn_on_or_reasoned(loaded: Loaded) -> Iterator[Problem]:
    """Every sentence of a register is cited by a record or says why none does; never both.

    A source of which no sentence is cited may be a copy, or one whose file has another name than
    records write: then that is what is wrong.
    """
    locators = {one for record in loaded.site.all() for one in places_cited(record)}
    cited = {at for locator in locators for at in locator.sentences}
    named = {locator.source for locator in locators}
    explained = set(sources_there_twice(loaded))
    if named - set(loaded.site.sources):
        explained |= set(loaded.site.sources)
    for source in loaded.site.sources.values():
        if source.id in explained - named:
            continue
        for number, sentence in enumerate(source.sentences):
            drawn_on = f"{source.id} {sentence.at}" in cited
            if drawn_on and sentence.unused:
                message = f"unused is not needed: records draw on {sentence.at}"
                yield loaded.problem(source, ("sentences", number, "unused"), message)
            if not drawn_on and not sentence.unused:
                message = f"{sentence.at} is cited by no record: cite it, or say why in 'unused:'"
                yield loaded.problem(source, ("sentences", number), message)
