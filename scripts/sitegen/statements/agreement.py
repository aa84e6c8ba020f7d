"""What the words for how sources stand to each other mean, and what other sources say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sitegen.derive.agreement import (
    SINGLE_TOTAL,
    Agreement,
    Kind,
    everything,
    kind_of_dose,
    of_condition,
)
from sitegen.derive.disagreements import Disagreement, disagreements
from sitegen.derive.frequency import duration, is_single_dose
from sitegen.derive.grouping import grouped
from sitegen.derive.phases import phases
from sitegen.derive.positions import Position
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of, stated_dose
from sitegen.derive.standing import Alarm, Standing
from sitegen.derive.standing import standing as judged
from sitegen.derive.total import Impossible, Reason
from sitegen.incremental.queries import query
from sitegen.model import Regimen, Reported, Source
from sitegen.model.absence import Absence
from sitegen.statements.amounts import NOT_COMPUTED
from sitegen.statements.english import capital, listed, number
from sitegen.statements.regimens import for_whom, stated
from sitegen.statements.sources import kind_as_read, source_label


def definition(standing: Standing) -> str:
    """Return when a standing is true, as pages show it.

    Amounts and dates are judged by `derive.standing`, which follows these definitions; where a
    curator reads words, the curator follows them.
    """
    return _DEFINITIONS[standing]


_DEFINITIONS = {
    Standing.CONFLICT: "Sources answer the same question, and at least two of their answers share "
    "no value: they cannot both hold. Not to name a thing is not to deny it.",
    Standing.OVERLAP: "Sources answer the same question differently, and each two of them share "
    "at least one value.",
    Standing.AGREE: "All the sources that answer the question give the same. What is marked “not "
    "compared” is left out.",
    Standing.DIFFERENT_QUESTION: "The statements are about different things: another quantity, "
    "product, population, outcome, target or event, a single dose or a course, or lists of which "
    "none denies the other. "
    "Neither supports nor contradicts the other.",
    Standing.NOT_COMPARABLE: "The statements are about the same thing, and cannot be put on one "
    "scale.",
    Standing.ONLY_ONE: "A single source answers the question. What it says is neither confirmed "
    "nor contradicted.",
}


_TITLES = {
    Standing.CONFLICT: "Conflicts",
    Standing.OVERLAP: "Overlaps",
    Standing.AGREE: "Agreement",
    Standing.DIFFERENT_QUESTION: "Different questions",
    Standing.NOT_COMPARABLE: "Not comparable",
}
READ_BY_CURATOR, COMPUTED = "editorial judgement", "computed"
"""Who judges a standing."""


def standing_is(found: Agreement) -> str:
    """Return who judges a standing: a curator where words are compared, else the computer."""
    return READ_BY_CURATOR if found.is_by_curator else COMPUTED


@dataclass(frozen=True)
class Section:
    """The questions of one standing that more than one source answers, under their title."""

    title: str
    name: str
    count: str
    """How many questions there are; of conflicts, how many disagreements they show."""
    found: tuple[Agreement, ...]
    of_conflicts: bool


def sections(relations: Relations) -> tuple[Section, ...]:
    """Return every question that more than one source answers, by its standing.

    A standing without questions has a section too, which says so; only where nothing is not
    comparable is there none for that.
    """
    by_standing = grouped((question.standing, question) for question in everything(relations))
    return tuple(
        Section(title, standing.value, *_counted(relations, standing, found))
        for standing, title in _TITLES.items()
        if (found := by_standing.get(standing, ())) or standing is not Standing.NOT_COMPARABLE
    )


def _counted(
    relations: Relations, standing: Standing, found: tuple[Agreement, ...]
) -> tuple[str, tuple[Agreement, ...], bool]:
    is_conflict = standing is Standing.CONFLICT
    count = count_disagreements(disagreements(relations)) if is_conflict else count_questions(found)
    return count, found, is_conflict


def order_line(section: Section) -> str | None:
    """Return in which order conflicts are listed; None of other standings and of a single one."""
    if not section.of_conflicts or len(section.found) < 2:
        return None
    return "Doses come first, then safety, evidence, legal status, identity and action."


def single_answers(relations: Relations) -> tuple[Agreement, ...]:
    """Return the questions that only one source answers, so that nothing is compared."""
    return tuple(
        question for question in everything(relations) if question.standing is Standing.ONLY_ONE
    )


def compared_line(found: Agreement) -> str:
    """Return how the answers to a question stand, and why: the amounts, or a curator's reason.

    Where a curator reads words, they are not repeated, since they may be those of a source alone.
    """
    if found.comparison and found.is_by_curator:
        return f"{capital(found.standing.value)}, {READ_BY_CURATOR}: {found.comparison.why}"
    return f"{capital(found.standing.value)}: {found.because}"


def amounts_line(regimens: Sequence[Regimen]) -> str:
    """Return how amounts of regimens are compared; drops are named only where one has them."""
    drops = any(phase.drops for regimen in regimens for phase in phases(regimen))
    return f"Amounts are compared exactly{', and drops as a mass' if drops else ''}."


def count_questions(found: Sequence[Agreement]) -> str:
    """Return how many questions there are; of none, `0 questions`."""
    return number(len(found), "question") if found else "0 questions"


def count_disagreements(found: Sequence[Disagreement]) -> str:
    """Return how many disagreements there are, and in how many questions they show.

    A disagreement counts once, whatever number of severities, conditions and amounts that follow
    from each other show it.
    """
    shown = sum(len(disagreement.parts) for disagreement in found)
    counted = number(len(found), "disagreement")
    return counted if shown == len(found) else f"{counted}, shown by {number(shown, 'question')}"


def no_answer(relations: Relations, regimen: Regimen, field: str) -> Absence | str:
    """Return why a regimen has no answer in a comparison: its own word of absence, if it has one.

    What is asked of a day or a course does not apply to a single dose, nor the total of a single
    dose to a course. One of several phases has an answer for each, and is not compared. An amount
    that the field leaves open and that cannot be computed is said to be so; what the source states
    of other doses than a day, or in a unit that is not compared, is counted otherwise.
    """
    if regimen.then and field in _MATTERS:
        return SEVERAL_PHASES
    if is_single_dose(regimen) and field in (*_OF_A_DAY, "total course dose"):
        return Absence.NOT_APPLICABLE
    if field == SINGLE_TOTAL and not is_single_dose(regimen):
        is_open = kind_of_dose(regimen) is Kind.OPEN
        return (is_open and regimen.times.absence) or Absence.NOT_APPLICABLE
    if _is_counted_otherwise(relations, regimen, field):
        return OTHERWISE
    if absence := _absence(regimen, field):
        return absence
    if field in _TOTALS:
        totals = (getattr(way, _TOTALS[field]) for way in courses_of(relations.site, regimen))
        if all(isinstance(total, Impossible | None) for total in totals):
            return NOT_COMPUTED
    return OTHERWISE


OTHERWISE = "counted otherwise"
"""What is said of what a source states and what is not compared."""
SEVERAL_PHASES = "not compared: it has several phases"
"""What is said of a regimen of phases, each of which answers a question of its own."""


def _is_counted_otherwise(relations: Relations, regimen: Regimen, field: str) -> bool:
    """Return whether a source answers, though not in the field that is asked for.

    A dose of unequal parts of a day, doses by the week, by an interval or on listed days, and a
    length that is a span of weeks or ends with an event.
    """
    interval = regimen.interval.absence if regimen.interval else Absence.NOT_APPLICABLE
    if field == "frequency":
        return not interval or bool(regimen.days or regimen.parts_of_day)
    if field == "amount of each dose":
        return bool(regimen.parts_of_day)
    if field == "duration":
        return duration(regimen) is not None
    ways = courses_of(relations.site, regimen) if field == "daily dose" else ()
    totals = [way.daily for way in ways]
    return any(isinstance(one, Impossible) and one.reason in _OF_OTHER_TIMES for one in totals)


_OF_OTHER_TIMES = (
    *(Reason.COUNTED_OVER, Reason.READ_AS_OVER),
    *(Reason.RARER_THAN_DAILY, Reason.ON_LISTED_DAYS),
)
"""Why doses that are stated have no amount a day."""


NOT_COMPARED = (
    "Not compared, since no other is for the same severity, situation, people, route and unit"
)
"""What is said before the regimens that are set beside no other."""
_OF_A_DAY = ("daily dose", "frequency")
_TOTALS = {
    "amount of each dose": "per_dose",
    "daily dose": "daily",
    "total course dose": "total",
    SINGLE_TOTAL: "total",
    "total dose of all courses": "all_courses",
}


def _absence(regimen: Regimen, field: str) -> Absence | None:
    if field == "total dose of all courses" and regimen.courses is None:
        return Absence.NOT_APPLICABLE
    if field == "amount of each dose":
        stated = stated_dose(regimen)
        return stated if isinstance(stated, Absence) else None
    own: dict[str, Reported[Any]] = {
        "daily dose": regimen.daily,
        "frequency": regimen.times,
        "duration": regimen.length,
        "strength": regimen.strength,
        "route": regimen.route,
    }
    return own[field].absence if field in own else None


_MATTERS = {
    "amount of each dose": "the dose",
    "daily dose": "the dose",
    "frequency": "the dose",
    "duration": "the duration",
    "total course dose": "the total course dose",
    "total dose of all courses": "the total of all courses",
}
"""What a conflict in a field of a regimen is about; a total follows from dose and duration."""
_THAT_FOLLOW = ("the total course dose", "the total of all courses")


@dataclass(frozen=True)
class OtherDose:
    """A regimen of another source that gives another dose or duration for the same patients."""

    regimen: Regimen
    source: Source
    says: str
    """What it gives: its regimen in a line, and the mass that its drops come to."""
    says_in_values: str
    """The same without the words for its people."""
    on: tuple[str, ...]
    """What it gives otherwise: the dose, the duration; a total only where both are the same."""
    conditions: tuple[str, ...]
    """The conditions for which it does; empty where the regimen it is set against has only one."""

    @property
    def is_on_dose(self) -> bool:
        """Return whether it gives another amount or number of doses."""
        return "the dose" in self.on

    @property
    def sentence(self) -> str:
        """Return what the source gives, and how it was read; true of the one source it names.

        It says for which of several conditions.
        """
        return self._attributed(self.says)

    @property
    def sentence_for_search(self) -> str:
        """Return the same, without the words for its people where it has any."""
        return self._attributed(self.says_in_values)

    def _attributed(self, says: str) -> str:
        given = f"{source_label(self.source)} ({kind_as_read(self.source)}): {says}"
        return f"For {listed(self.conditions)}, {given}" if self.conditions else given


@query
def other_doses(
    relations: Relations, regimen: Regimen, condition: str = ""
) -> tuple[OtherDose, ...]:
    """Return the regimens of other sources that give another dose or duration than a regimen does.

    True of those for the same condition, situation and route, and for the same severity or none,
    whose answer to at least one question on amounts, frequency or duration shares no value with
    that of the regimen. With the id of a condition, only those that do so for that one.
    """
    conditions = relations.conditions_of(regimen)
    found = grouped(
        (theirs.record.key, (about.name, question.field, theirs))
        for about in conditions
        if condition in ("", about.id)
        for question in of_condition(relations, about)
        if question.field in _MATTERS
        for mine, theirs in product(question.of(regimen), question.positions)
        if theirs.source.id != mine.source.id and _conflict(question.field, mine, theirs)
    )
    return tuple(
        _other(relations, said, has_several=len(conditions) > 1) for said in found.values()
    )


def matters_line(relations: Relations, regimen: Regimen, condition: str = "") -> str:
    """Return on what sources disagree: `Sources disagree on the dose and the duration`; else empty.

    It names what `other_doses` give otherwise, for the condition where there is one.
    """
    on = _matters(other_doses(relations, regimen, condition))
    return f"Sources disagree on {listed(on)}" if on else ""


def _matters(others: Sequence[OtherDose]) -> list[str]:
    given = {matter for other in others for matter in other.on}
    return [matter for matter in dict.fromkeys(_MATTERS.values()) if matter in given]


def disagreement_line(relations: Relations, regimen: Regimen) -> str:
    """Return for whom other sources give something else; true where `other_doses` has any.

    What they give is for the same severity, or their sources give none. Of a regimen for several
    conditions, each says for which.
    """
    others = other_doses(relations, regimen)
    who = "another source gives" if len({one.source.id for one in others}) == 1 else "others give"
    severity = ", and the same severity or none," if regimen.severity else ""
    same = "the condition named" if len(regimen.conditions) > 1 else "the same condition"
    return f"For {same}{severity or ','} {who}:"


def sources_disagree(relations: Relations, regimen: Regimen, for_search: bool = False) -> str:
    """Return on what other sources disagree, with theirs; empty where none gives another dose.

    For the search, the words for the people of another dose are left out.
    """
    found = other_doses(relations, regimen)
    others = [f"{one.sentence_for_search if for_search else one.sentence}." for one in found]
    return f"{matters_line(relations, regimen)}. {' '.join(others)}" if others else ""


def _conflict(field: str, mine: Position, theirs: Position) -> bool:
    """Return whether two answers share no value; doses of different kinds do not conflict."""
    if mine.values == theirs.values:
        return False
    kinds = [kind_of_dose(one.record) for one in (mine, theirs) if isinstance(one.record, Regimen)]
    if field == "amount of each dose" and len(set(kinds)) > 1:
        return False
    return judged([mine.values, theirs.values]) is Standing.CONFLICT


@query
def _stated_of(relations: Relations, regimen: Regimen, in_words: bool) -> str:
    """Return a regimen as stated and for whom, once: several others may be set against it."""
    return stated(regimen, in_words)


def _other(
    relations: Relations, said: Sequence[tuple[str, str, Position]], has_several: bool
) -> OtherDose:
    theirs = said[0][2]
    regimen = relations.site.regimens[theirs.record.id]
    conditions = dict.fromkeys(name for name, _, _ in said) if has_several else ()
    given = dict.fromkeys(_MATTERS[field] for _, field, _ in said)
    on = [matter for matter in given if matter not in _THAT_FOLLOW] or list(given)
    computed = dict.fromkeys(
        position.text
        for _, field, position in said
        if position.is_computed and _MATTERS[field] not in _THAT_FOLLOW
    )
    says, in_values = (
        "; computed: ".join([_stated_of(relations, regimen, in_words), *computed])
        for in_words in (True, False)
    )
    return OtherDose(regimen, theirs.source, says, in_values, tuple(on), tuple(conditions))


def whose_line(position: Position) -> str:
    """Return for whom an answer is, behind it: `, for children`; empty of nobody named.

    True of a dose whose source says for whom it is, in words or in values.
    """
    people = for_whom(position.record) if isinstance(position.record, Regimen) else ""
    return f", for {people}" if people else ""


def about_line(question: Agreement) -> str:
    """Return what a question is about; where an inferred tie makes it one question, with an `if`.

    That it rests on the tie is true of reports which a curator infers to be of one study.
    """
    return question.about + (", if its reports are of one study" if question.is_by_tie else "")


def alarm_line(alarm: Alarm | None) -> str | None:
    """Return what a large distance between sources may mean; None where there is no alarm.

    True of amounts that answer one question and are tenfold or a thousandfold apart, or more.
    """
    return _ALARMS[alarm] if alarm else None


_ALARMS = {
    Alarm.TENFOLD: "tenfold apart or more: a unit or a decimal point may be wrong",
    Alarm.THOUSANDFOLD: "a thousandfold apart or more: one of the units may be wrong",
}
