"""Where sources agree, overlap and differ: per condition and field, and as curators compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from functools import cached_property, partial

from sitegen.derive.dose_sites import routes_allowed
from sitegen.derive.frequency import is_single_dose
from sitegen.derive.grouping import grouped
from sitegen.derive.participants import sized_arms
from sitegen.derive.phases import gives_the_drug
from sitegen.derive.population import people_beyond, people_in_words, population_words
from sitegen.derive.positions import (
    Position,
    arm_position,
    dose_position,
    length_position,
    participants_position,
    position,
    rate_position,
    reported_position,
    strength_position,
    total_position,
)
from sitegen.derive.questions import different_questions
from sitegen.derive.relations import Named, Relations
from sitegen.derive.safety import ListedBy, Listing, SourceListing, contraindications
from sitegen.derive.standing import Alarm, Distance, Standing, distance, standing, standing_of_words
from sitegen.derive.verdicts import MissingValue, value_at
from sitegen.incremental.queries import query
from sitegen.model import (
    EXPERIMENT_LANES,
    IN_LANE,
    Comparison,
    Condition,
    Record,
    Regimen,
    Site,
    Study,
)
from sitegen.model.quantity import QuantityError


@dataclass(frozen=True)
class Agreement:
    """One question that several records answer, and how their answers compare."""

    about: str
    field: str
    positions: tuple[Position, ...]
    standing: Standing
    distance: Distance | None
    weight: str
    comparison: Comparison | None = None
    is_by_tie: bool = False
    """Whether it is one question only if a curator rightly infers that reports are of one study."""

    @property
    def alarm(self) -> Alarm | None:
        """Return the alarm for a tenfold or thousandfold distance; None for less."""
        return self.distance.alarm if self.distance else None

    def of(self, record: Record) -> tuple[Position, ...]:
        """Return the positions of one record on the question; empty where it does not answer."""
        return self._by_record.get(record.key, ())

    @property
    def is_by_curator(self) -> bool:
        """Return whether a curator judges the standing, which is computed for all but words."""
        return self.comparison is not None and self.comparison.rule == "words"

    @property
    def answers(self) -> tuple[Position, ...]:
        """Return what sources say, without what is worked out of their silence."""
        return tuple(position for position in self.positions if position.says not in SILENCES)

    @cached_property
    def _by_record(self) -> Mapping[tuple[str, str], tuple[Position, ...]]:
        return grouped((position.record.key, position) for position in self.positions)

    @property
    def because(self) -> str:
        """Return the different answers, as the reason for the standing."""
        answers = dict.fromkeys(position.says for position in self.positions)
        return " against ".join(answers)


SILENCES = (Listing.NOT_LISTED.value, Listing.NOT_READ.value)
"""What is inferred of a source that does not list a contraindication."""
_OF_A_CURATOR = frozenset({"readings", "note", "why", "gloss"})
"""The fields in which a curator speaks, and not a source."""
WEIGHTS = ("dose", "safety", "evidence", "regulation", "identity", "action")
_STANDINGS = tuple(Standing)


@query
def of_condition(relations: Relations, condition: Condition) -> tuple[Agreement, ...]:
    """Return how the regimens for a condition compare, field by field.

    Only regimens for the same severity, situation, population and route are compared; one whose
    source does not give its severity, its people or its route is compared with those of each.
    """
    found: list[Agreement] = []
    of_the_drug = filter(gives_the_drug, relations.regimens_for(condition))
    for words, regimens in _groups(condition, of_the_drug):
        found += _fields(relations, ", ".join([condition.name, *words]), regimens)
    return tuple(found)


def _groups(
    condition: Condition, regimens: Iterable[Regimen]
) -> Iterator[tuple[tuple[str, ...], list[Regimen]]]:
    """Yield the regimens of each situation, population and severity, with the words that name them.

    Doses of children are not compared with those of adults.
    """
    by_situation = grouped(
        ((regimen.situation, population_words(regimen)), regimen) for regimen in regimens
    )
    for (situation, people), several in by_situation.items():
        for who, alike in _by_people(condition, several):
            given = {regimen.severity for regimen in alike}
            severities = tuple(
                severity for severity in ("mild", "moderate", "severe") if severity in given
            )
            for severity in severities or (None,):
                words = tuple(word for word in (severity, situation, people, who) if word)
                yield words, [regimen for regimen in alike if regimen.severity in (severity, None)]


def _by_people(
    condition: Condition, regimens: Sequence[Regimen]
) -> Iterator[tuple[str, list[Regimen]]]:
    """Yield the regimens for the same people in words, with these where there are several.

    Those whose words name nobody but patients with the condition are among each, which says so.
    """
    said = [(people_beyond(condition, regimen), regimen) for regimen in regimens]
    several = [words for words in dict.fromkeys(words for words, _ in said) if words]
    if len(several) < 2:
        yield "", list(regimens)
        return
    for words in several:
        alike = [regimen for own, regimen in said if own in (words, "")]
        who = next(people_in_words(regimen) for own, regimen in said if own == words)
        yield f"{who}{', or people not named' if '' in dict(said) else ''}", alike


def _by_route(
    site: Site, regimens: list[Regimen]
) -> Iterator[tuple[tuple[str, ...], list[Regimen]]]:
    """Yield the regimens of each route, with its name where there are several routes.

    One whose route is not known is among those of each route that its own words allow.
    """
    allowed = [(routes_allowed(site, regimen), regimen) for regimen in regimens]
    routes = dict.fromkeys(some[0] for some, _ in allowed if len(some) == 1)
    apart = [regimen for some, regimen in allowed if some and routes.keys().isdisjoint(some)]
    if not routes or (len(routes) == 1 and not apart):
        yield (), regimens
        return
    for route in routes:
        yield (route,), [regimen for some, regimen in allowed if not some or route in some]
    if apart:
        yield ("route not known",), apart


def columns(found: Iterable[Agreement]) -> tuple[Record, ...]:
    """Return the records that answer any of the questions, in the order of their answers."""
    records = {one.record.key: one.record for question in found for one in question.positions}
    return tuple(records.values())


def in_columns(found: Iterable[Agreement]) -> tuple[tuple[str, tuple[Agreement, ...]], ...]:
    """Return what is asked of the same people, route and unit, where several records answer."""
    by_about = grouped((question.about, question) for question in found)
    return tuple(
        (about, rows) for about, rows in sorted(by_about.items()) if len(columns(rows)) > 1
    )


def alone(found: tuple[Agreement, ...]) -> tuple[Record, ...]:
    """Return the records whose answers are not set beside those of another record."""
    beside = {record.key for _, rows in in_columns(found) for record in columns(rows)}
    return tuple(record for record in columns(found) if record.key not in beside)


@query
def of_regimen(relations: Relations, regimen: Regimen) -> tuple[Agreement, ...]:
    """Return the questions on which a regimen and another source both say something."""
    return tuple(
        question
        for condition in relations.conditions_of(regimen)
        for question in of_condition(relations, condition)
        if question.standing is not Standing.ONLY_ONE and question.of(regimen)
    )


@query
def of_studies(relations: Relations, group: tuple[Study, ...]) -> tuple[Agreement, ...]:
    """Return the questions that several reports of one study answer in amounts or in routes."""
    if len(group) < 2:
        return ()
    arms: dict[str, str] = {}
    for arm, _ in (pair for study in group for pair in sized_arms(study)):
        arms.setdefault(arm.id, arm.name)
    fields: dict[str, Callable[[Study], Position | None]] = {
        "participants": partial(participants_position, relations),
        **{
            f"participants, {name}": partial(arm_position, relations, id)
            for id, name in arms.items()
        },
        "dose": partial(dose_position, relations),
        "length": lambda study: reported_position(relations, study, "length"),
        "route": lambda study: reported_position(relations, study, "route"),
    }
    ties = (tie for study in group for tie in relations.ties_of(study))
    is_inferred = any(tie.relation == "one study" and tie.tie == "inferred" for tie in ties)
    found = (
        _agreement(group[0].name, field, map(read, group), "evidence")
        for field, read in fields.items()
    )
    return tuple(replace(question, is_by_tie=is_inferred) for question in found if question)


@query
def of_cautions(relations: Relations) -> tuple[Agreement, ...]:
    """Return how the sources compare on each contraindication that at least one of them lists."""
    rows = contraindications(relations)
    return tuple(_listed(row) for row in rows if row.of(Listing.LISTED))


def compared(relations: Relations, comparison: Comparison) -> Agreement:
    """Return a comparison with its standing: computed for amounts and dates, else the curator's.

    Raise MissingValue where it names no value, QuantityError where values do not compare.
    """
    inputs = [value_at(relations, reference) for reference in comparison.inputs]
    positions = tuple(
        replace(
            position(relations, value.record, value.value, value.at, comparison.rule == "amounts"),
            is_note=bool(_OF_A_CURATOR.intersection(value.field.split("."))),
        )
        for value in inputs
    )
    if comparison.rule == "words":
        stands, apart = Standing(comparison.standing), None
    else:
        values = [position.values for position in positions if position.values]
        stands, apart = standing(values), distance(values)
        if different_questions(inputs):
            stands = Standing.DIFFERENT_QUESTION
    return Agreement(comparison.name, "", positions, stands, apart, comparison.weight, comparison)


def not_that_standing(relations: Relations, comparison: Comparison) -> str | None:
    """Return why a comparison cannot have the standing that a curator gave; None where it can.

    Agreement, overlap and conflict need two sources and one question.
    """
    try:
        found = compared(relations, comparison)
        inputs = [value_at(relations, reference) for reference in comparison.inputs]
    except (MissingValue, QuantityError):
        return None  # another rule says so
    sources = list(dict.fromkeys(position.source.id for position in found.positions))
    if found.standing is Standing.ONLY_ONE and len(sources) > 1:
        return f"{' and '.join(sources)} answer; write how their answers stand"
    if found.standing in (Standing.AGREE, Standing.OVERLAP, Standing.CONFLICT):
        if len(sources) < 2:
            return f"only {sources[0]} answers; write 'only one source' or 'different question'"
        if different := different_questions(inputs):
            return f"the values are of different things ({different}); write 'different question'"
    return None


@query
def comparisons(relations: Relations) -> tuple[Agreement, ...]:
    """Return every comparison that a curator set up, the most consequential first."""
    return _ordered(
        compared(relations, comparison) for comparison in relations.site.comparisons.values()
    )


@query
def comparisons_on(relations: Relations, weight: str) -> tuple[Agreement, ...]:
    """Return the comparisons that bear on one matter, such as safety."""
    return tuple(question for question in comparisons(relations) if question.weight == weight)


@query
def comparisons_about(relations: Relations, record: Record) -> tuple[Agreement, ...]:
    """Return the comparisons that a record has a part in, or that a condition's page shows."""
    return _comparisons_by_record(relations).get(record.key, ())


@query
def _comparisons_by_record(
    relations: Relations,
) -> Mapping[tuple[str, str], tuple[Agreement, ...]]:
    return grouped(
        (key, question) for question in comparisons(relations) for key in _taking_part(question)
    )


def _taking_part(compared: Agreement) -> Iterable[tuple[str, str]]:
    """Return the records that have a part in a comparison, and the conditions that show it."""
    keys = [one.record.key for one in compared.positions]
    if compared.comparison:
        keys += [(Condition.folder, id) for id in compared.comparison.conditions]
    return dict.fromkeys(keys)


@query
def side_by_side(relations: Relations) -> tuple[tuple[Named, tuple[Agreement, ...]], ...]:
    """Return the conditions for which several regimens are compared, each with its questions."""
    several = (
        condition
        for condition in relations.conditions
        if len(relations.regimens_for(condition)) > 1
    )
    questions = ((Named.of(condition), of_condition(relations, condition)) for condition in several)
    return tuple(
        (named, found)
        for named, found in questions
        if any(question.standing is not Standing.ONLY_ONE for question in found)
    )


@query
def everything(relations: Relations) -> tuple[Agreement, ...]:
    """Return every question with its standing, the most consequential conflicts first."""
    by_condition = (
        question
        for condition in relations.conditions
        for question in of_condition(relations, condition)
    )
    by_study = (question for group in relations.groups for question in of_studies(relations, group))
    return _ordered([*comparisons(relations), *by_condition, *of_cautions(relations), *by_study])


def _ordered(found: Iterable[Agreement]) -> tuple[Agreement, ...]:
    def consequence(question: Agreement) -> tuple[int, int, Fraction]:
        times = question.distance.times if question.distance else Fraction(0)
        return (_STANDINGS.index(question.standing), WEIGHTS.index(question.weight), -times)

    return tuple(sorted(found, key=consequence))


def _fields(relations: Relations, about: str, regimens: list[Regimen]) -> Iterator[Agreement]:
    fields: dict[str, Callable[[Regimen], Position | None]] = {
        "daily dose": lambda regimen: total_position(relations, regimen, "daily"),
        "amount of each dose": lambda regimen: total_position(relations, regimen, "per_dose"),
        "frequency": lambda regimen: rate_position(relations, regimen),
        "duration": lambda regimen: length_position(relations, regimen),
        "total course dose": lambda regimen: total_position(relations, regimen, "total"),
        "total dose of all courses": lambda regimen: total_position(
            relations, regimen, "all_courses"
        ),
        "strength": lambda regimen: strength_position(relations, regimen),
    }
    for route, several in _by_route(relations.site, regimens):
        for field, read in fields.items():
            for measure, alike in _by_dimension(map(read, several)):
                named = ", ".join([about, *route, *measure])
                yield from _of_field(named, field, alike)
    routes = (reported_position(relations, regimen, "route") for regimen in regimens)
    if found := _agreement(about, "route", routes, "dose"):
        yield _of_separate_answers(found)


SINGLE_TOTAL = "total given (single dose)"
"""What the total of single doses is called, which are no course."""


def _of_field(about: str, field: str, positions: tuple[Position, ...]) -> Iterator[Agreement]:
    """Yield how the answers to one question on doses compare; single doses are no course."""
    by_field = {field: positions}
    if field == "total course dose":
        single = tuple(one for one in positions if _kind_of(one) is Kind.SINGLE)
        rest = tuple(one for one in positions if _kind_of(one) is not Kind.SINGLE)
        by_field = {field: rest, SINGLE_TOTAL: single}
    for name, several in by_field.items():
        if found := _agreement(about, name, several, "dose"):
            is_separate = field == "strength" or _is_of_unlike_doses(found)
            yield _of_separate_answers(found) if is_separate else found


class Kind(Enum):
    """Whether a dose is given once, again and again, or how often is not known."""

    SINGLE = "single"
    REPEATED = "repeated"
    OPEN = "open"


def kind_of_dose(regimen: Regimen) -> Kind:
    """Return whether a regimen is of a single dose or of repeated ones; open where it says neither.

    An amount a day, a frequency or a duration is one of repeated doses.
    """
    if is_single_dose(regimen):
        return Kind.SINGLE
    given = [regimen.times, regimen.interval, regimen.daily, regimen.weekly, regimen.length]
    is_given = any(value is not None and not value.absence for value in given)
    readings = regimen.readings or regimen.lengths or regimen.times.readings
    return Kind.REPEATED if is_given or readings or regimen.as_needed else Kind.OPEN


def _kind_of(position: Position) -> Kind | None:
    return kind_of_dose(position.record) if isinstance(position.record, Regimen) else None


def _is_of_unlike_doses(found: Agreement) -> bool:
    """Return whether only doses of different kinds differ: a single one, and one of a course.

    True of the amount of each dose: what is given once in an experiment denies no dose of a course.
    """
    if found.field != "amount of each dose":
        return False
    by_kind = grouped((_kind_of(one), one) for one in found.positions)
    alike = [_agreement(found.about, found.field, several, "dose") for several in by_kind.values()]
    conflicts = (one for one in alike if one and one.standing is Standing.CONFLICT)
    return len(by_kind) > 1 and not any(conflicts)


def _by_dimension(
    read: Iterable[Position | None],
) -> Iterator[tuple[tuple[str, ...], tuple[Position, ...]]]:
    """Yield the positions whose amounts can be compared, with their unit where there are several.

    An amount by body weight is not compared with a plain one, nor a mass with a number of tablets.
    """
    positions = [position for position in read if position and position.values]
    by_dimension = grouped((one.values[0].unit.dimension, one) for one in positions)
    for several in by_dimension.values():
        unit = several[0].values[0].unit.many
        unit = _IN_WORDS.get(unit, unit)
        yield ((f"in {unit}",) if unit and len(by_dimension) > 1 else ()), several


_IN_WORDS = {
    "days": "days or weeks",
    **dict.fromkeys(("per day", "per week"), ""),
    **dict.fromkeys(("per month", "per year"), "doses a month or a year"),
}
"""What is said for the units that are converted into each other; nothing of the usual ones."""


def _of_separate_answers(found: Agreement) -> Agreement:
    """Return different answers as answers to different questions.

    True of strengths, each of which is that of another product, and of routes: who gives a drug
    in one strength or by one route denies no other.
    """
    differs = found.standing in (Standing.CONFLICT, Standing.OVERLAP)
    return replace(found, standing=Standing.DIFFERENT_QUESTION, distance=None) if differs else found


def _agreement(
    about: str, field: str, read: Iterable[Position | None], weight: str
) -> Agreement | None:
    """Return how the sources that answer a question compare; None where none answers."""
    positions = tuple(position for position in read if position)
    if not positions:
        return None
    by_source = grouped((position.source.id, position) for position in positions)
    values = [
        [value for position in said for value in position.values] for said in by_source.values()
    ]
    if all(values):
        return Agreement(about, field, positions, standing(values), distance(values), weight)
    if any(values):
        return Agreement(about, field, positions, Standing.NOT_COMPARABLE, None, weight)
    words = [frozenset(position.says for position in said) for said in by_source.values()]
    return Agreement(about, field, positions, standing_of_words(words), None, weight)


def _listed(row: ListedBy) -> Agreement:
    """Return how the sources compare on a contraindication; an omission is no denial.

    Sources conflict only where one lists what another denies. A source that names something else,
    or lists it in part of its texts only, is shown and not compared.
    """
    stands = Standing.AGREE if len(row.of(Listing.LISTED)) > 1 else Standing.ONLY_ONE
    stands = Standing.CONFLICT if row.of(Listing.DENIED) else stands
    ordered = [entry for listing in Listing for entry in row.of(listing)]
    positions = tuple(one for entry in ordered for one in _of_listing(entry))
    return Agreement(row.name, "contraindication", positions, stands, None, "safety")


def _of_listing(entry: SourceListing) -> Iterator[Position]:
    """Yield what a source says of a contraindication; that it lists none is computed."""
    says = entry.listing.value
    if entry.is_related or entry.listing is Listing.IN_PART:
        says += " (not compared)"
    for caution in entry.cautions:
        name = f"{says}: {caution.name}" if entry.is_related else says
        yield Position(caution, entry.source, name, (), caution.at)
    if not entry.cautions:
        yield Position(entry.source, entry.source, says, (), (), is_computed=True)


def by_lane(found: Iterable[Agreement]) -> tuple[tuple[str, tuple[Agreement, ...]], ...]:
    """Return the questions by lane, so that no table mixes work in people with other work."""
    named = {lane: f", {IN_LANE[lane]}" for lane in EXPERIMENT_LANES}
    parted: dict[str, list[Agreement]] = {name: [] for name in ("", *named.values())}
    for question in found:
        lanes = {getattr(one.record, "lane", None) for one in question.positions}
        parted[next((named[lane] for lane in named if lane in lanes), "")].append(question)
    return tuple((name, tuple(rows)) for name, rows in parted.items() if rows)
