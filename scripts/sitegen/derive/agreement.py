"""Where sources agree, overlap and differ: per condition and field, and as curators compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial

from sitegen.derive.grouping import grouped
from sitegen.derive.participants import sized_arms
from sitegen.derive.positions import (
    Position,
    arm_position,
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
from sitegen.derive.safety import ListedBy, Listing, Place, contraindications
from sitegen.derive.standing import Distance, Standing, distance, standing, standing_of_words
from sitegen.derive.verdicts import MissingValue, value_at
from sitegen.incremental.queries import query
from sitegen.model import (
    EXPERIMENT_LANES,
    IN_LANE,
    Comparison,
    Condition,
    Record,
    Regimen,
    Study,
)
from sitegen.model.quantity import QuantityError


@dataclass(frozen=True)
class Agreement:
    """One question put to several records, and how their answers stand to each other."""

    about: str
    field: str
    positions: tuple[Position, ...]
    standing: Standing
    distance: Distance | None
    weight: str
    comparison: Comparison | None = None

    @property
    def alarm(self) -> str | None:
        """What a tenfold or thousandfold distance calls for."""
        return self.distance.alarm if self.distance else None

    def of(self, record: Record) -> tuple[Position, ...]:
        """What one record says on the question; nothing where it does not answer."""
        return self._by_record.get(record.key, ())

    @property
    def is_by_curator(self) -> bool:
        """Return whether a curator judges the standing, which is computed for all but words."""
        return self.comparison is not None and self.comparison.rule == "words"

    @property
    def answers(self) -> tuple[Position, ...]:
        """Return what sources say, without what is worked out of their silence."""
        return tuple(each for each in self.positions if each.says not in SILENCES)

    @cached_property
    def _by_record(self) -> Mapping[tuple[str, str], tuple[Position, ...]]:
        return grouped((each.record.key, each) for each in self.positions)

    @property
    def because(self) -> str:
        """The reason for the standing, in the values themselves."""
        answers = dict.fromkeys(each.says for each in self.positions)
        return " against ".join(answers)


SILENCES = (Listing.NOT_LISTED.value, Listing.NOT_READ.value)
"""What is worked out of a source that does not list a contraindication."""
WEIGHTS = ("dose", "safety", "evidence", "regulation", "identity", "action")
_STANDINGS = tuple(Standing)


@query
def of_condition(relations: Relations, condition: Condition) -> tuple[Agreement, ...]:
    """Return how the regimens for a condition stand to each other, field by field.

    Only regimens for the same severity, situation and route are compared; one whose source does
    not give its severity or its route is compared with those of each.
    """
    found: list[Agreement] = []
    for words, regimens in _groups(relations.regimens_for(condition)):
        found += _fields(relations, ", ".join([condition.name, *words]), regimens)
    return tuple(found)


def _groups(regimens: Iterable[Regimen]) -> Iterator[tuple[tuple[str, ...], list[Regimen]]]:
    """Yield the regimens of each situation and severity, with the words that name the two."""
    by_situation = grouped((each.situation, each) for each in regimens)
    for situation, several in by_situation.items():
        given = {each.severity for each in several}
        severities = tuple(each for each in ("mild", "moderate", "severe") if each in given)
        for severity in severities or (None,):
            words = tuple(each for each in (severity, situation) if each)
            yield words, [each for each in several if each.severity in (severity, None)]


def _by_route(regimens: list[Regimen]) -> Iterator[tuple[tuple[str, ...], list[Regimen]]]:
    """Yield the regimens of each route, with its name where there are several routes."""
    routes = list(
        dict.fromkeys(str(each.route.value) for each in regimens if not each.route.absence)
    )
    if len(routes) < 2:
        yield (), regimens
        return
    for route in routes:
        yield (
            (route,),
            [each for each in regimens if each.route.absence or each.route.value == route],
        )


def columns(found: Iterable[Agreement]) -> tuple[Record, ...]:
    """The records that answer any of the questions, in the order of their answers."""
    records = {one.record.key: one.record for each in found for one in each.positions}
    return tuple(records.values())


@query
def of_regimen(relations: Relations, regimen: Regimen) -> tuple[Agreement, ...]:
    """The questions on which a regimen and another source both say something."""
    return tuple(
        each
        for condition in relations.conditions_of(regimen)
        for each in of_condition(relations, condition)
        if regimen.key in [one.record.key for one in each.positions]
        and each.standing is not Standing.ONLY_ONE
    )


@query
def of_studies(relations: Relations, group: tuple[Study, ...]) -> tuple[Agreement, ...]:
    """The questions that several reports of one study answer in amounts or in routes."""
    if len(group) < 2:
        return ()
    arms: dict[str, str] = {}
    for arm, _ in (each for study in group for each in sized_arms(study)):
        arms.setdefault(arm.id, arm.name)
    fields: dict[str, Callable[[Study], Position | None]] = {
        "participants": partial(participants_position, relations),
        **{
            f"participants, {name}": partial(arm_position, relations, id)
            for id, name in arms.items()
        },
        "dose": lambda study: reported_position(relations, study, "dose"),
        "length": lambda study: reported_position(relations, study, "length"),
        "route": lambda study: reported_position(relations, study, "route"),
    }
    found = (
        _agreement(group[0].name, field, map(read, group), "evidence")
        for field, read in fields.items()
    )
    return tuple(each for each in found if each)


@query
def of_cautions(relations: Relations) -> tuple[Agreement, ...]:
    """How the sources stand to each contraindication that at least one of them lists."""
    rows = contraindications(relations)
    return tuple(_listed(each) for each in rows if each.of(Listing.LISTED))


def compared(relations: Relations, comparison: Comparison) -> Agreement:
    """A comparison with its standing, computed for amounts and dates, else as a curator reads it.

    Raises MissingValue where it names no value, QuantityError where values do not compare.
    """
    inputs = [value_at(relations, reference) for reference in comparison.inputs]
    positions = tuple(
        position(relations, each.record, each.value, each.at, comparison.rule == "amounts")
        for each in inputs
    )
    if comparison.rule == "words":
        stands, apart = Standing(comparison.standing), None
    else:
        values = [each.values for each in positions if each.values]
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
    sources = list(dict.fromkeys(each.source.id for each in found.positions))
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
    """Every comparison that a curator set up, the most consequential first."""
    return _ordered(compared(relations, each) for each in relations.site.comparisons.values())


@query
def comparisons_on(relations: Relations, weight: str) -> tuple[Agreement, ...]:
    """Return the comparisons that bear on one matter, such as safety."""
    return tuple(each for each in comparisons(relations) if each.weight == weight)


@query
def comparisons_about(relations: Relations, record: Record) -> tuple[Agreement, ...]:
    """The comparisons that a record has a part in, or that a condition's page shows."""
    return _comparisons_by_record(relations).get(record.key, ())


@query
def _comparisons_by_record(
    relations: Relations,
) -> Mapping[tuple[str, str], tuple[Agreement, ...]]:
    return grouped((key, each) for each in comparisons(relations) for key in _taking_part(each))


def _taking_part(compared: Agreement) -> Iterable[tuple[str, str]]:
    """Return the records that have a part in a comparison, and the conditions that show it."""
    keys = [one.record.key for one in compared.positions]
    if compared.comparison:
        keys += [(Condition.folder, id) for id in compared.comparison.conditions]
    return dict.fromkeys(keys)


@query
def side_by_side(relations: Relations) -> tuple[tuple[Named, tuple[Agreement, ...]], ...]:
    """The conditions on whose regimens several sources say something, each with its questions."""
    several = (each for each in relations.conditions if len(relations.regimens_for(each)) > 1)
    asked = ((Named.of(each), of_condition(relations, each)) for each in several)
    return tuple(
        (named, found)
        for named, found in asked
        if any(each.standing is not Standing.ONLY_ONE for each in found)
    )


@query
def everything(relations: Relations) -> tuple[Agreement, ...]:
    """Every question with its standing, the most consequential conflicts first."""
    by_condition = (
        each for condition in relations.conditions for each in of_condition(relations, condition)
    )
    by_study = (each for group in relations.groups for each in of_studies(relations, group))
    return _ordered([*comparisons(relations), *by_condition, *of_cautions(relations), *by_study])


def _ordered(found: Iterable[Agreement]) -> tuple[Agreement, ...]:
    def consequence(each: Agreement) -> tuple[int, int, Fraction]:
        times = each.distance.times if each.distance else Fraction(0)
        return (_STANDINGS.index(each.standing), WEIGHTS.index(each.weight), -times)

    return tuple(sorted(found, key=consequence))


def _fields(relations: Relations, about: str, regimens: list[Regimen]) -> Iterator[Agreement]:
    fields: dict[str, Callable[[Regimen], Position | None]] = {
        "amount a day": lambda each: total_position(relations, each, "daily"),
        "amount of each dose": lambda each: total_position(relations, each, "each"),
        "doses a day": lambda each: rate_position(relations, each),
        "duration": lambda each: length_position(relations, each),
        "amount in a course": lambda each: total_position(relations, each, "whole"),
        "amount in all courses": lambda each: total_position(relations, each, "all_courses"),
        "strength": lambda each: strength_position(relations, each),
    }
    for route, several in _by_route(regimens):
        for field, read in fields.items():
            if found := _agreement(", ".join([about, *route]), field, map(read, several), "dose"):
                yield _of_separate_answers(found) if field == "strength" else found
    routes = (reported_position(relations, each, "route") for each in regimens)
    if found := _agreement(about, "route", routes, "dose"):
        yield _of_separate_answers(found)


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
    """How the sources that answer stand to each other; None where none does."""
    positions = tuple(each for each in read if each)
    if not positions:
        return None
    by_source = grouped((each.source.id, each) for each in positions)
    values = [[value for each in said for value in each.values] for said in by_source.values()]
    if all(values):
        return Agreement(about, field, positions, standing(values), distance(values), weight)
    if any(values):
        return Agreement(about, field, positions, Standing.NOT_COMPARABLE, None, weight)
    words = [frozenset(each.says for each in said) for said in by_source.values()]
    return Agreement(about, field, positions, standing_of_words(words), None, weight)


def _listed(row: ListedBy) -> Agreement:
    """How the sources stand to a contraindication; none that does not list it denies it."""
    stands = Standing.AGREE if len(row.of(Listing.LISTED)) > 1 else Standing.ONLY_ONE
    ordered = [each for listing in Listing for each in row.of(listing)]
    positions = tuple(one for each in ordered for one in _of_place(each))
    return Agreement(row.name, "contraindication", positions, stands, None, "safety")


def _of_place(place: Place) -> Iterator[Position]:
    """What a source says on a contraindication; its silence is worked out here, not reported."""
    says = place.listing.value
    for caution in place.cautions:
        name = f"{says}: {caution.name}" if place.listing is Listing.BROADER else says
        yield Position(caution, place.source, name, (), caution.at)
    if not place.cautions:
        yield Position(place.source, place.source, says, (), (), is_computed=True)


def by_lane(found: Iterable[Agreement]) -> tuple[tuple[str, tuple[Agreement, ...]], ...]:
    """The questions parted by lane, so that no table mixes work in people with other work."""
    named = {lane: f", {IN_LANE[lane]}" for lane in EXPERIMENT_LANES}
    parted: dict[str, list[Agreement]] = {name: [] for name in ("", *named.values())}
    for each in found:
        lanes = {getattr(one.record, "lane", None) for one in each.positions}
        parted[next((named[lane] for lane in named if lane in lanes), "")].append(each)
    return tuple((name, tuple(rows)) for name, rows in parted.items() if rows)
