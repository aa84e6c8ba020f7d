"""The rules between records: one generator each, named by what must hold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache, partial
from itertools import chain, islice
from typing import Any

from sitegen import addresses
from sitegen.check.bodies import bodies_go_with_the_doses, worked_out_amounts_are_right
from sitegen.check.changes import (
    changes_name_records,
    the_last_release_is_kept,
    the_version_is_the_newest_change,
    what_was_published_changes_with_a_reason,
)
from sitegen.check.circles import (
    no_condition_is_broader_than_itself,
    reports_are_not_one_study_and_apart,
)
from sitegen.check.contradictions import (
    a_study_without_a_control_has_no_control_group,
    contraindications_name_what_they_rule_out,
    drops_are_counted_once,
    harms_that_were_seen_are_not_denied,
    praise_stays_out_of_what_a_source_says,
    ratios_are_not_negative,
    the_address_is_that_of_the_doi,
)
from sitegen.check.dates import dates_are_not_ahead
from sitegen.check.dosages import is_above, lies_within, phases_of
from sitegen.check.duplicates import (
    names_are_those_of_one_record,
    no_record_is_a_copy,
    sources_are_there_once,
    sources_there_twice,
)
from sitegen.check.evidence import (
    Evidence,
    Printed,
    figures_cited,
    is_bare,
    printed_by,
    unit_held_by,
    unproved,
    unproved_in_text,
    why_not,
)
from sitegen.check.missing import no_file, no_source, with_what_to_do
from sitegen.check.register import digest, normalise
from sitegen.check.weeks import weeks_go_on_from_each_other
from sitegen.derive.agreement import compared, not_that_standing
from sitegen.derive.arm_dosage import dosage_of
from sitegen.derive.course import courses
from sitegen.derive.design import plain_word
from sitegen.derive.frequency import number_of_days
from sitegen.derive.given_apart import CLOSED_LISTS, is_denied_by_its_words
from sitegen.derive.participants import sized_arms, sum_of_arms
from sitegen.derive.relations import Relations
from sitegen.derive.shares import disagreeing_share, rounds_to
from sitegen.derive.total import Computed, Impossible
from sitegen.derive.verdict_rules import RULES as RULES_OF_CHECKS
from sitegen.derive.verdicts import MissingValue, WrongInput, judge
from sitegen.model import (
    Arm,
    Caution,
    Change,
    Check,
    Comparison,
    Experiment,
    FieldReference,
    Frozen,
    GroupCount,
    HarmEvent,
    Locator,
    Phase,
    Record,
    Regimen,
    Reported,
    Result,
    Search,
    Slug,
    Source,
    StatedReading,
    Study,
    Topic,
    Verbatim,
    When,
)
from sitegen.model.absence import Absence
from sitegen.model.fields import field_of, leaves, own_places, parts, places_cited, reported_values
from sitegen.model.problems import Problem, nearest, shortened
from sitegen.model.quantity import (
    Quantity,
    QuantityError,
    Range,
    quantity,
    sum_of,
    three_figures,
    unit,
    write_number,
)
from sitegen.model.record import KeyPath
from sitegen.model.typography import NO_BREAK
from sitegen.model.values import ends_of_days
from sitegen.read.load import Loaded
from sitegen.read.messages import name_here

MAX_SHOWN = 500
"""The most breaches of a rule that are shown: each hint at a similar name searches all names."""
MAX_LISTED, MAX_MESSAGE, MAX_GISTS = 200, 1000, 6
_CACHED = 8  # sets of figures, of which each may be large; neighbouring values cite the same
_WITH_SENTENCES = (Phase, Arm, Result, HarmEvent)
_WEEK = quantity("1 week")
_UNSTATED = Reported[Any](value=Absence.NOT_REPORTED)
_MORE = Problem(
    "data", 1, f"more than {MAX_SHOWN} breaches of rules: mend these, and the rest is listed"
)


def references_lead_to_records(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Every id in a record is the name of a file of that kind."""
    for leaf in leaves(record):
        if isinstance(leaf.value, Slug) and leaf.value.folder:
            if message := _no_record(loaded, field_of(leaf.where), leaf.value):
                yield loaded.problem(record, leaf.where, message)


def the_site_names_records(loaded: Loaded) -> Iterator[Problem]:
    """The substance and the source of site.yml exist."""
    identity = loaded.site.identity
    for field, id in (("substance", identity.substance), ("source", identity.source)):
        if message := _no_record(loaded, field, id):
            yield loaded.identity_problem(field, message)


def the_form_has_a_repository(loaded: Loaded) -> Iterator[Problem]:
    """A form that saves to a forge needs the address of the repository there."""
    identity = loaded.site.identity
    if identity.form and identity.form.backend != "local" and not identity.repository:
        saves = f"form saves to {identity.form.backend}"
        yield loaded.identity_problem(
            "form", f"{saves}: write the address of the repository behind 'repository'"
        )


def _no_record(loaded: Loaded, field: str, id: Slug) -> str | None:
    """Return what is wrong with an id that names no file of its kind; None where it names one."""
    known = loaded.site.records[id.folder]
    if id in known or loaded.is_unread(id.folder, id):
        return None
    return no_file(field, id.folder, id)


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
        listed = "; ".join(f"{one.at} '{shortened(one.gist)}'" for one in inside[:MAX_GISTS])
        more = f"; and {len(inside) - MAX_GISTS} more" if len(inside) > MAX_GISTS else ""
        there = f"in {section} there are: {listed}{more}"
    else:
        there = f"its sections: {_listed(one.id for one in source.sections)}"
    return f"at: {locator.source} has no sentence '{place}'; {there}"


def a_report_draws_on_one_source(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A report, experiment, regimen or caution is what one source says; another has its own."""
    if isinstance(record, Study | Experiment | Regimen | Caution):
        sources = sorted({locator.source for locator in places_cited(record)})
        if len(sources) != 1:
            got = ", ".join(sources) or "none"
            message = f"at must cite one source, one record for each (got {got})"
            yield loaded.problem(record, ("at",), message)


def a_source_names_the_organisations_of_its_studies(
    loaded: Loaded, record: Record
) -> Iterator[Problem]:
    """An organisation of a study is named by the source of the study, else it is inferred."""
    if not isinstance(record, Study):
        return
    sources = {locator.source for locator in places_cited(record)}
    for number, id in enumerate(record.organisations):
        organisation = loaded.site.organisations.get(id)
        if organisation and not sources & {locator.source for locator in organisation.at}:
            message = (
                f"organisations: {', '.join(sorted(sources))} does not name '{id}' by its 'at:': "
                "cite a sentence there, or list it under organisations_inferred"
            )
            yield loaded.problem(record, ("organisations", number), message)


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
        if not is_listed and (stray := sorted(own - around[outer])):
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


def _without_sentences(
    loaded: Loaded, record: Record, outer: KeyPath, places: list[KeyPath]
) -> Problem:
    """Return that values do not say which sentence they are of: at the value, or for them all."""
    if len(places) == 1:
        message = f"{field_of(places[0])} must name its sentence with 'value:' and 'at:'"
        return loaded.problem(record, places[0], message)
    lines = loaded.documents[record.key]
    named = _listed(f"{field_of(where)} (line {lines.line(where)})" for where in places)
    message = (
        "at lists several sentences, so these must name theirs with 'value:' and 'at:', or the one"
        f" that they are not of is left out: {named}"
    )
    return loaded.problem(record, (*outer, "at"), message)


def _sentences(part: Frozen) -> set[str]:
    return {at for locator in own_places(part) for at in locator.sentences}


def figures_stand_in_the_sentences_cited(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Every figure of a record is, digit for digit with its unit, in a sentence that it cites."""
    if isinstance(record, Source | Change):
        return  # a register is proved against its text; the site's own history has no source

    @lru_cache(_CACHED)
    def figures_at(at: tuple[Locator, ...]) -> Evidence | None:
        registered = all(_is_registered(loaded, locator) for locator in at)
        return figures_cited(loaded.site, at) if registered else None

    for leaf in leaves(record):
        there = figures_at(leaf.at)
        if there is None or isinstance(leaf.model, Search):
            continue  # the place itself is wrong, and said so; what we did ourselves has no source
        held_by = unit_held_by(record, leaf.where)
        for figure in unproved(leaf.value, there, leaf.where, held_by):
            cited = _listed(map(str, leaf.at), _UNCITED)
            says = _missing_number if isinstance(leaf.value, Verbatim) else _missing_figure
            yield loaded.problem(record, leaf.where, says(figure, cited, there))


def gists_hold_the_figures_of_their_sentence(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A gist states no figure that its sentence does not have."""
    if not isinstance(record, Source):
        return
    for number, sentence in enumerate(record.sentences):
        there = printed_by(record, sentence.figures)
        for figure in unproved_in_text(sentence.gist, there):
            where = ("sentences", number, "gist")
            yield loaded.problem(record, where, _missing_figure(figure, sentence.at, there))


def gists_are_not_their_sentences(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A gist says in our words what its sentence says; the sentence itself is not published."""
    if not isinstance(record, Source):
        return
    for number, sentence in enumerate(record.sentences):
        if sentence.sha256 and digest(normalise(sentence.gist)) == sentence.sha256:
            message = "gist is the sentence itself: say in your own words what it says"
            yield loaded.problem(record, ("sentences", number, "gist"), message)


def readings_are_of_figures_that_no_rule_reads(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A curator reads a figure only where the rules do not understand it, or what it counts."""
    if not isinstance(record, Source):
        return
    for number, sentence in enumerate(record.sentences):
        for place, figure in enumerate(sentence.figures):
            if not isinstance(figure, StatedReading):
                continue
            [by_rule] = printed_by(record, [figure.printed]).printed
            if by_rule.figures and not by_rule.doubt and not is_bare(by_rule):
                where = ("sentences", number, "figures", place)
                yield loaded.problem(record, where, _needless_reading(figure, by_rule))


def _needless_reading(stated: StatedReading, by_rule: Printed) -> str:
    """Return what to do about the reading of a figure that the rules understand, or another way."""
    printed = shortened(stated.printed)
    if by_rule.states(stated.reads_as):
        return f"reads_as is not needed: '{printed}' is understood; list it as printed"
    understood = _listed(figure.wording for figure in by_rule.figures)
    return (
        f"reads_as is '{stated.reads_as}', but '{printed}' is understood as {understood}: list it"
        " as printed, with more words of the sentence where these change what it says"
    )


_UNCITED = "any sentence: cite one with 'at:'"
_CITE = "mend it, or cite the sentence that has it; list it there only if that sentence prints it"


def _missing_figure(figure: str, cited: str, there: Evidence) -> str:
    """Return the message about a figure without evidence, with what was not understood there."""
    message = _not_there(figure, cited, there)
    explained = tuple(why_not(figure, there)) or (_CITE,)
    return "; ".join([message, *(explained if cited != _UNCITED else ())])


def _missing_number(number: str, cited: str, there: Evidence) -> str:
    """Return the message about the number of a registry that is not printed, with a near one."""
    printed = [one.text for one in there.printed]
    alike = get_close_matches(number, printed, 1, _ALIKE)
    what = (
        f"'{alike[0]}' there is nearly the same: mend the one that is misread" if alike else _CITE
    )
    return f"{_not_there(number, cited, there)}; {what}"


_ALIKE = 0.6


def _not_there(figure: str, cited: str, there: Evidence) -> str:
    """Return that a figure is in no sentence that is cited, and which are."""
    listed = _listed(
        f"{one.text} (read as {one.stated.reads_as})" if one.stated else one.text
        for one in there.printed
    )
    return f"figure '{shortened(figure)}' is not in {cited} (figures there: {listed})"


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


def comparisons_name_values_that_compare(loaded: Loaded, relations: Relations) -> Iterator[Problem]:
    """Every comparison names values that records hold, of one dimension where it computes."""
    for comparison in loaded.site.comparisons.values():
        judged = partial(compared, relations, comparison)
        takes = "amounts or dates that can be compared"
        yield from _inputs_that_cannot_be_judged(loaded, comparison, judged, takes)


def standings_follow_their_definitions(loaded: Loaded, relations: Relations) -> Iterator[Problem]:
    """A standing that a curator gives is one that the definitions allow."""
    for comparison in loaded.site.comparisons.values():
        if comparison.rule == "words" and (why := not_that_standing(relations, comparison)):
            message = f"standing must not be '{comparison.standing}': {why}"
            yield loaded.problem(comparison, ("standing",), message)


def checks_name_values_their_rule_takes(loaded: Loaded, relations: Relations) -> Iterator[Problem]:
    """Every check names values that records hold, as many and of the kind that its rule takes."""
    for check in loaded.site.checks.values():
        takes = RULES_OF_CHECKS[check.rule].takes
        named = ", ".join(taken.name for taken in takes)
        if len(check.inputs) != len(takes):
            message = f"inputs must be {len(takes)} for '{check.rule}': {named}"
            yield loaded.problem(check, ("inputs",), f"{message} (got {len(check.inputs)})")
            continue
        what = f"{named} for '{check.rule}'"
        judged = partial(judge, relations, check)
        yield from _inputs_that_cannot_be_judged(loaded, check, judged, what)


def _value_meant(loaded: Loaded, named: FieldReference) -> str:
    """Return a hint at the record or the field that an input may name; nothing if none is near."""
    records = loaded.site.records.get(named.folder)
    if records is None:
        return nearest(named.folder, loaded.site.records)
    record = records.get(named.id)
    if record is None:
        return nearest(named.id, records)
    first = named.field.partition(".")[0]
    fields = type(record).model_fields
    meant = name_here(first, list(fields))
    close = f" (did you mean '{meant}'?)" if meant else nearest(first, fields)
    return "" if first in fields else close


def _inputs_that_cannot_be_judged(
    loaded: Loaded, record: Check | Comparison, judged: Callable[[], object], takes: str
) -> Iterator[Problem]:
    """Yield the input that names no value, or that the inputs are not what the judgement takes."""
    try:
        judged()
    except MissingValue as missing:
        number = [str(reference) for reference in record.inputs].index(str(missing))
        message = f"inputs must name values of records (got '{missing}')"
        hint = _value_meant(loaded, record.inputs[number])
        yield loaded.problem(record, ("inputs", number), message + hint)
    except WrongInput as wrong:
        got = f"'{record.inputs[wrong.number]}', {_is(wrong.given.value)}, for {wrong.wanted}"
        message = f"inputs must be {takes}, in this order (got {got})"
        yield loaded.problem(record, ("inputs", wrong.number), message)
    except QuantityError as error:
        yield loaded.problem(record, ("inputs",), f"inputs must be {takes}: {error}")


def _is(value: object) -> str:
    """Return what a value is, for a message: an amount or a text, else no single value."""
    if isinstance(value, str):
        return f"which is the text '{shortened(value)}'"
    is_one = isinstance(value, Quantity | Absence | When)
    return f"which is {value}" if is_one else "which is no single value"


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


_OWN_TEXT = ("full text", "abstract")
_SILENCES = {Absence.NOT_REPORTED, Absence.NOT_EXTRACTED}
_IN_STUDY = {
    "each": "dose",
    "route": "route",
    "times": "frequency",
    "length": "length",
    "strength": "form_and_strength",
}
"""What a report of a study calls a field of a regimen."""


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


def records_are_not_tied_to_themselves(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """No record names itself."""
    for leaf in leaves(record):
        if isinstance(leaf.value, Slug) and (leaf.value.folder, leaf.value) == record.key:
            message = f"{field_of(leaf.where)} must name another record than its own"
            yield loaded.problem(record, leaf.where, message)


def former_names_are_free(loaded: Loaded) -> Iterator[Problem]:
    """A name that a record had before is not the name, now or before, of another of its kind."""
    for folder, records in loaded.site.records.items():
        held: dict[str, str] = {}
        for record in records.values():
            for number, name in enumerate(record.formerly):
                holder = records[name].path if name in records else held.get(name)
                if holder or loaded.is_unread(folder, name):
                    where = holder or f"data/{folder}/{name}.yml"
                    message = f"formerly: '{name}' leads to {where} already"
                    yield loaded.problem(record, ("formerly", number), message)
                held.setdefault(name, record.path)


def names_leave_the_addresses_of_the_site(loaded: Loaded) -> Iterator[Problem]:
    """No name of a record, now or before, gives it the address of a page or file of the site."""
    taken = {address.casefold(): address for address in addresses.of_site()}
    for record in loaded.site.all():
        for address in addresses.of_record(record.folder, record.id):
            if address.casefold() in taken:
                message = f"the file's name '{record.id}' is not free: {address} is published"
                yield loaded.problem(record, (), message)
        for number, name in enumerate(record.formerly):
            page = addresses.of_page(record.folder, name)
            if page and page.casefold() in taken:
                message = f"formerly: '{name}' is not free: {page} is published"
                yield loaded.problem(record, ("formerly", number), message)


def addresses_are_short_enough(loaded: Loaded) -> Iterator[Problem]:
    """The path of every page and file in the archive is short enough for every system."""
    identity = loaded.site.identity
    room = addresses.LONGEST_PATH - len(f"{identity.name}-{identity.version}/")
    if len(identity.name) > addresses.LONGEST_NAME_OF_SITE:
        message = f"name must be at most {addresses.LONGEST_NAME_OF_SITE} characters"
        yield loaded.identity_problem("name", message)
        return
    for record in loaded.site.all():
        names = (
            ((), record.id),
            *((("formerly", n), old) for n, old in enumerate(record.formerly)),
        )
        for where, name in names:
            longest = max(addresses.of_record(record.folder, name), key=len)
            if len(longest) > room:
                message = f"'{name}' is too long a name: {longest} may have {room} characters"
                yield loaded.problem(record, where, message)


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


def a_stated_day_is_what_its_doses_come_to(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """An amount a day that is stated lies within dose × sites × frequency, or a note says why."""
    for where, phase in phases_of(record):
        stated = phase.daily.value
        unlimited = phase.model_copy(update={"daily": _UNSTATED, "max": ()})
        by_doses = courses(unlimited)[0].daily
        if phase.daily.note or not isinstance(by_doses, Computed):
            continue
        if isinstance(stated, Quantity) and not lies_within(stated, by_doses.amount):
            formula = by_doses.formula.replace(NO_BREAK, " ")
            message = (
                f"daily is {stated}, but {formula} = {by_doses.amount}: mend the one that the"
                " source does not say, add the 'site:' of the dose, or say why in a note on daily"
            )
            yield loaded.problem(record, (*where, "daily"), message)


def a_stated_week_is_what_its_doses_come_to(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """An amount a week that is stated lies within dose × frequency, or a note says why.

    Doses of a day are those of seven days; a note says on how many days of a week they are given.
    """
    for where, phase in phases_of(record):
        stated = phase.weekly
        if stated is None or stated.note or not isinstance(stated.value, Quantity):
            continue
        course = courses(phase.model_copy(update={"weekly": None, "max": ()}))[0]
        whole = course.weekly or course.daily
        if isinstance(whole, Impossible):
            continue
        week = whole.amount / _WEEK if course.weekly else whole.amount
        if not lies_within(stated.value, week):
            formula = f"{whole.formula} = " if isinstance(whole, Computed) else "daily is "
            said = f"{formula.replace(NO_BREAK, ' ')}{whole.amount}"
            message = f"weekly is {stated.value}, but {said}{_mend('weekly')}"
            yield loaded.problem(record, (*where, "weekly"), message)


def doses_keep_to_their_limits(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """No dose, frequency or amount a day is above a limit of the same kind, or a note says why.

    Doses at an interval, or as needed, are given up to the limit.
    """
    for where, phase in phases_of(record):
        given = dict(_given(phase)) if phase.max else {}
        for number, limit in enumerate(phase.max):
            for says, amount in given.items():
                if not limit.note and _is_over(amount, limit.value):
                    message = f"max is {limit.value}, but {says}{_mend('max')}"
                    yield loaded.problem(record, (*where, "max", number), message)


def _given(phase: Regimen) -> Iterator[tuple[str, Quantity]]:
    """Yield the amounts of a phase that a limit may be of, each with what to say of it."""
    for name in ("each", "times", "daily", "weekly"):
        if amount := _amount_of(getattr(phase, name)):
            yield f"{name} is {amount}", amount
    unlimited = phase.model_copy(update={"daily": _UNSTATED, "max": ()})
    by_doses = courses(unlimited)[0].daily
    if isinstance(by_doses, Computed) and not (phase.as_needed or phase.interval):
        formula = by_doses.formula.replace(NO_BREAK, " ")
        yield f"{formula} = {by_doses.amount}", by_doses.amount


def _is_over(given: Quantity, limit: Quantity | Absence) -> bool:
    """Return whether the least of an amount is above a limit of the same kind."""
    if isinstance(limit, Absence) or given.unit.dimension != limit.unit.dimension:
        return False
    return is_above(given.range.low, limit.to(given.unit).range.high)


def _mend(field: str) -> str:
    return f": mend the one that the source does not say, or say why in a note on {field}"


def doses_of_a_day_fit_into_it(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """So many doses a day, so far apart, take no more than a day, or a note says how."""
    for where, phase in phases_of(record):
        times, interval = phase.times.value, phase.interval
        if interval is None or interval.note or not isinstance(interval.value, Quantity):
            continue
        if isinstance(times, Quantity) and not _fit_into_a_day(times, interval.value):
            message = (
                f"interval is {interval.value}, but {times} do not fit into a day: mend the one"
                " that the source does not say, or say in a note on interval how they do"
            )
            yield loaded.problem(record, (*where, "interval"), message)


def days_of_a_course_fit_into_it(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """The days with doses lie within the course and its cycle, and number as many as the doses."""
    for where, phase in phases_of(record):
        if phase.days and (why := _misfit(phase)):
            message = f"days is {', '.join(phase.days)}, but {why}: mend the one that is wrong"
            yield loaded.problem(record, (*where, "days"), message)


def _misfit(phase: Regimen) -> str | None:
    """Return what the days of a course contradict; None where they fit."""
    times, last = phase.times.value, ends_of_days(phase.days[-1])[1]
    interval = phase.interval.value if phase.interval else None
    if isinstance(interval, Quantity) and not _fit_into_a_day(quantity("2 per day"), interval):
        return f"interval is {interval}, which says on which days too"
    if phase.readings:
        return "times is unclear, so that one of its readings may be of other days"
    if isinstance(times, Quantity) and times.unit.one not in ("per day", "time"):
        return f"times is {times}, which counts over something else than a day"
    if isinstance(times, Quantity) and times.unit.one == "time":
        if times.range != Range.of(number_of_days(phase)):
            return f"times is {times}"
    cycle = phase.courses.cycle if phase.courses else None
    for name, field in (("length", phase.length), ("cycle", cycle)):
        time = field.value if field else None
        if isinstance(time, Quantity) and _is_shorter(time, last):
            return f"{name} is {time}"
    return None


def _is_shorter(time: Quantity, last: int) -> bool:
    """Return whether a time ends before a day that is counted from its start."""
    try:
        return is_above(Fraction(last), time.to(unit("day")).range.high)
    except QuantityError:
        return False  # months and years are no fixed number of days


def _fit_into_a_day(times: Quantity, interval: Quantity) -> bool:
    """Return whether so many doses a day, so far apart, take no more than a day."""
    if times.unit.one != "per day":
        return True
    try:
        apart = interval.to(unit("day")).range.low
    except QuantityError:
        return False  # months and years are longer than a day
    number = times.range.low
    return not number or not apart or (number - 1) * apart <= 1


def arms_add_up_to_the_participants(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """The sizes of all arms sum to the stated number of participants; of some, to no more.

    A note on the number may say why not, as where the same people were in each arm; but no arm is
    larger than all.
    """
    if not isinstance(record, Study):
        return
    stated = record.participants.value
    sizes = [size for _, size in sized_arms(record)]
    if not isinstance(stated, Quantity) or not sizes:
        return
    total = sum_of(sizes)
    too_many = is_above(total.range.low, stated.range.high)
    too_few = is_above(stated.range.low, total.range.high)
    largest = max((size.range.low for size in sizes if size.range.low is not None), default=None)
    if _noted(record.participants) and not is_above(largest, stated.range.high):
        return
    if too_many or (too_few and sum_of_arms(record)):
        shown = " + ".join(map(str, sizes))
        message = (
            f"participants is {stated}, but the arms are {shown} = {total}: mend the one that the"
            " source does not say, or say in a note on participants why they do not add up, such as"
            " that the same people were in each arm"
        )
        yield loaded.problem(record, ("participants",), message)


def results_name_arms_of_the_study(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Every arm that a result or a harm names is an arm of the record."""
    for where, part, arms in _results(record):
        groups = [((*where, "by_arm", n, "arm"), group.arm) for n, group in enumerate(part.by_arm)]
        named = [(path, str(arm)) for path, arm in groups if arm is not None]
        if isinstance(part, Result) and part.direction and part.direction.arm:
            named.append(((*where, "direction"), part.direction.arm))
        for path, id in named:
            if id not in arms:
                near = nearest(id, arms) or f"; the arms: {_listed(arms)}"
                message = f"{field_of(path)} must name an arm under 'arms:' (got '{id}'){near}"
                yield loaded.problem(record, path, message)


def groups_are_as_large_as_their_arms(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """No more people have something than were looked at, nor are more looked at than in the arm.

    A group that is no arm is of all participants of a study.
    """
    everybody, are = _everybody(record)
    for where, group, arm in _groups(record):
        events, of = (_amount_of(value) for value in (group.events, group.of))
        size = _amount_of(arm.participants) if arm else everybody
        whole = f"the arm '{group.arm}' has" if arm else are
        if events and not of and size and is_above(events.range.low, size.range.high):
            message = f"events is {events}, but {whole} {size}{_mend('events')}"
            if not _noted(group.events):
                yield loaded.problem(record, (*where, "events"), message)
        if events and of and is_above(events.range.low, of.range.high):
            message = (
                f"events is {events}, but of is {of}: mend the one that the source does not say"
            )
            yield loaded.problem(record, (*where, "events"), message)
        if of and size and is_above(of.range.low, size.range.high) and not _noted(group.of):
            message = f"of is {of}, but {whole} {size}{_mend('of')}"
            yield loaded.problem(record, (*where, "of"), message)


def _everybody(record: Record) -> tuple[Quantity | None, str]:
    """Return how many took part in a study, as stated or as its arms sum, and what to call it."""
    if not isinstance(record, Study):
        return None, ""
    if stated := _amount_of(record.participants):
        return stated, "participants is"
    summed = sum_of_arms(record) if record.participants.absence else None
    return (summed.amount if summed else None), "the arms together have"


def percentages_agree_with_their_numbers(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A percentage is its fraction, to the digits that are printed, or a note says why not."""
    for where, group, _ in _groups(record):
        if (found := disagreeing_share(group)) and not _noted(group.percentage):
            printed, formula, computed = found
            message = (
                f"percentage is {printed}, but {formula} = {computed}: mend the one that the source"
                " does not say, or say why in a note on percentage"
            )
            yield loaded.problem(record, (*where, "percentage"), message)


def shares_are_no_more_than_the_whole(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """A percentage of people and the level of an interval are 100 % at most, or a note says why."""
    shares = [((*where, "percentage"), group.percentage) for where, group, _ in _groups(record)]
    for where, part, _ in _results(record):
        if isinstance(part, Result) and part.estimate:
            shares.append(((*where, "estimate", "level"), part.estimate.level))
    for number, count in enumerate(record.counts if isinstance(record, Caution) else ()):
        if count.percentage:
            printed = Reported[Any](value=count.percentage, note=count.note)
            shares.append((("counts", number, "percentage"), printed))
    for path, share in shares:
        found = _amount_of(share)
        if found and not _noted(share) and is_above(found.range.low, Fraction(100)):
            message = f"{path[-1]} is {found}, but the whole is 100 %{_mend(str(path[-1]))}"
            yield loaded.problem(record, path, message)


def _results(
    record: Record,
) -> Iterator[tuple[KeyPath, Result | HarmEvent, Mapping[str, Arm]]]:
    """Yield each result and each harm of a record, with the arms of the record by id."""
    if not isinstance(record, Study | Experiment):
        return
    arms = {str(arm.id): arm for arm in record.arms}
    for number, result in enumerate(record.results):
        yield ("results", number), result, arms
    for number, harm in enumerate(record.harm_events):
        yield ("harm_events", number), harm, arms


def _groups(record: Record) -> Iterator[tuple[KeyPath, GroupCount, Arm | None]]:
    """Yield each group of a result or harm, with the arm that it is."""
    for where, part, arms in _results(record):
        for number, group in enumerate(part.by_arm):
            yield (*where, "by_arm", number), group, arms.get(str(group.arm))


def _amount_of(reported: Reported[Any] | None) -> Quantity | None:
    value = reported.value if reported else None
    return value if isinstance(value, Quantity) else None


def _noted(reported: Reported[Any] | None) -> bool:
    return bool(reported and reported.note)


def counts_of_an_effect_agree(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """No more people have an effect than were counted, and the share is theirs or a note says why.

    A share agrees if the fraction, rounded to as many decimals as the source prints, is the share.
    """
    for number, count in enumerate(record.counts if isinstance(record, Caution) else ()):
        if count.events is None or count.of is None:
            continue
        events, people, share = int(count.events), count.of, count.percentage
        if is_above(Fraction(events), people.range.high):
            message = f"events is {events}, but of is {people}: mend the one that the source"
            where = ("counts", number, "events")
            yield loaded.problem(record, where, f"{message} does not say")
        elif share and not count.note and people.range.is_one and people.range.low:
            counted = 100 * events / people.range.low
            if not rounds_to(counted, share):
                message = (
                    f"percentage is {share}, but {events} of {people} are "
                    f"{write_number(three_figures(counted))} %: mend the number that the source"
                    " does not say, or say why in a note beside it"
                )
                yield loaded.problem(record, ("counts", number, "percentage"), message)


RULES_ON_EACH: tuple[Callable[[Loaded, Record], Iterator[Problem]], ...] = (
    references_lead_to_records,
    places_stand_in_registers,
    a_report_draws_on_one_source,
    a_source_names_the_organisations_of_its_studies,
    values_name_their_sentences,
    figures_stand_in_the_sentences_cited,
    gists_hold_the_figures_of_their_sentence,
    gists_are_not_their_sentences,
    readings_are_of_figures_that_no_rule_reads,
    unclear_values_say_what_is_unclear,
    listed_words_have_words_of_the_source,
    a_source_is_silent_only_where_it_was_read,
    remarks_are_silent_only_of_sources_read,
    a_regimen_and_its_study_are_silent_alike,
    a_stated_day_is_what_its_doses_come_to,
    a_stated_week_is_what_its_doses_come_to,
    doses_keep_to_their_limits,
    doses_of_a_day_fit_into_it,
    days_of_a_course_fit_into_it,
    weeks_go_on_from_each_other,
    bodies_go_with_the_doses,
    worked_out_amounts_are_right,
    arms_add_up_to_the_participants,
    results_name_arms_of_the_study,
    groups_are_as_large_as_their_arms,
    percentages_agree_with_their_numbers,
    shares_are_no_more_than_the_whole,
    counts_of_an_effect_agree,
    records_are_not_tied_to_themselves,
    contraindications_name_what_they_rule_out,
    drops_are_counted_once,
    harms_that_were_seen_are_not_denied,
    a_study_without_a_control_has_no_control_group,
    ratios_are_not_negative,
    praise_stays_out_of_what_a_source_says,
    the_address_is_that_of_the_doi,
)
RULES: tuple[Callable[[Loaded], Iterator[Problem]], ...] = (
    the_site_names_records,
    the_form_has_a_repository,
    sizes_have_one_record_each,
    former_names_are_free,
    names_leave_the_addresses_of_the_site,
    addresses_are_short_enough,
    sources_are_there_once,
    no_record_is_a_copy,
    names_are_those_of_one_record,
    reports_are_not_one_study_and_apart,
    no_condition_is_broader_than_itself,
)
RULES_ON_ALL_RECORDS: tuple[Callable[[Loaded], Iterator[Problem]], ...] = (
    sentences_are_drawn_on_or_reasoned,
    the_version_is_the_newest_change,
    changes_name_records,
)
RULES_ON_SOUND_RECORDS: tuple[Callable[[Loaded, Relations], Iterator[Problem]], ...] = (
    checks_name_values_their_rule_takes,
    comparisons_name_values_that_compare,
    standings_follow_their_definitions,
    what_was_published_changes_with_a_reason,
    the_last_release_is_kept,
)


CheckEach = Callable[[Loaded], Iterable[Problem]]
"""Yields every breach of a rule on a single record."""


def breaches(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """Yield the breaches of the rules on one record: at most one more than are shown."""
    found = chain.from_iterable(rule(loaded, record) for rule in RULES_ON_EACH)
    return islice(found, MAX_SHOWN + 1)


def check_each(loaded: Loaded) -> Iterable[Problem]:
    """Yield the breaches of every record, one record after the other."""
    for record in loaded.site.all():
        yield from breaches(loaded, record)


def problems(
    loaded: Loaded,
    relations: Relations,
    check: CheckEach = check_each,
    today: datetime.date | None = None,
) -> list[Problem]:
    """Return every problem of shape and every breach of every rule.

    Dates are compared with `today`, and with no day where it is None.
    Rules on all records wait until all can be read; rules on sound records, until all are sound.
    """
    of_all = (problem for rule in RULES for problem in rule(loaded))
    ahead = dates_are_not_ahead(loaded, today) if today else ()
    found = list(islice(chain(check(loaded), of_all, ahead), MAX_SHOWN + 1))
    if len(found) > MAX_SHOWN:
        return [*loaded.problems, *with_what_to_do(loaded, found[:MAX_SHOWN]), _MORE]
    found = list(with_what_to_do(loaded, found))
    if not loaded.unread:
        found += [problem for rule in RULES_ON_ALL_RECORDS for problem in rule(loaded)]
    if not found and not loaded.problems:
        found = [problem for rule in RULES_ON_SOUND_RECORDS for problem in rule(loaded, relations)]
    return [*loaded.problems, *found]


def _is_registered(loaded: Loaded, locator: Locator) -> bool:
    return all(loaded.site.sentence(locator, place) for place in locator.places)


def _listed(words: Iterable[str], without: str = "none") -> str:
    """Return words with commas, as many as fit into a message; `without` for no words."""
    listed = ", ".join(islice(words, MAX_LISTED)) or without
    return listed if len(listed) <= MAX_MESSAGE else f"{listed[:MAX_MESSAGE]}…"
