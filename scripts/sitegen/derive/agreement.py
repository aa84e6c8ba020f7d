"""Where sources agree, overlap and differ: per condition and field, and as curators compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial

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
from sitegen.derive.relations import Named, Relations, once
from sitegen.derive.safety import ListedBy, Listing, Place, contraindications
from sitegen.derive.standing import Distance, Standing, distance, standing
from sitegen.derive.verdicts import value_at
from sitegen.model import (
    Comparison,
    Condition,
    Record,
    Regimen,
    Study,
)


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

    @cached_property
    def _by_record(self) -> Mapping[tuple[str, str], tuple[Position, ...]]:
        found: dict[tuple[str, str], tuple[Position, ...]] = {}
        for each in self.positions:
            found[each.record.key] = (*found.get(each.record.key, ()), each)
        return found

    @property
    def because(self) -> str:
        """The reason for the standing, in the values themselves."""
        answers = dict.fromkeys(each.says for each in self.positions)
        return " against ".join(answers)


SILENCES = (Listing.NOT_LISTED.value, Listing.NOT_READ.value)
"""What is worked out of a source that does not list a contraindication."""
WEIGHTS = ("dose", "safety", "evidence", "regulation", "identity", "action")
_STANDINGS = (Standing.CONFLICT, Standing.OVERLAP, Standing.AGREE, Standing.ONLY_ONE)


@once
def of_condition(relations: Relations, condition: Condition) -> tuple[Agreement, ...]:
    """Every field of the regimens for a condition, by severity where sources tell it."""
    regimens = relations.regimens_for(condition)
    severities = tuple(each for each in ("mild", "moderate", "severe") if _has(regimens, each))
    found: list[Agreement] = []
    for severity in severities or (None,):
        about = f"{condition.name}, {severity}" if severity else condition.name
        chosen = [each for each in regimens if each.severity in (severity, None)]
        found += _fields(relations, about, chosen)
    return tuple(found)


def columns(found: Iterable[Agreement]) -> tuple[Record, ...]:
    """The records that answer any of the questions, in the order of their answers."""
    records = {one.record.key: one.record for each in found for one in each.positions}
    return tuple(records.values())


def of_regimen(relations: Relations, regimen: Regimen) -> tuple[Agreement, ...]:
    """The questions on which a regimen and another source both say something."""
    return tuple(
        each
        for condition in relations.conditions_of(regimen)
        for each in of_condition(relations, condition)
        if regimen.key in [one.record.key for one in each.positions]
        and each.standing is not Standing.ONLY_ONE
    )


@once
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


@once
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
        return Agreement(
            comparison.name,
            "",
            positions,
            Standing(comparison.standing),
            None,
            comparison.weight,
            comparison,
        )
    values = [each.values for each in positions if each.values]
    return Agreement(
        comparison.name,
        "",
        positions,
        standing(values),
        distance(values),
        comparison.weight,
        comparison,
    )


@once
def comparisons(relations: Relations) -> tuple[Agreement, ...]:
    """Every comparison that a curator set up, the most consequential first."""
    return _ordered(compared(relations, each) for each in relations.site.comparisons.values())


@once
def comparisons_about(relations: Relations, record: Record) -> tuple[Agreement, ...]:
    """The comparisons that a record has a part in, or that a condition's page shows."""
    return _comparisons_by_record(relations).get(record.key, ())


@once
def _comparisons_by_record(
    relations: Relations,
) -> Mapping[tuple[str, str], tuple[Agreement, ...]]:
    found: dict[tuple[str, str], list[Agreement]] = {}
    for each in comparisons(relations):
        keys = [one.record.key for one in each.positions]
        if each.comparison:
            keys += [(Condition.folder, id) for id in each.comparison.conditions]
        for key in dict.fromkeys(keys):
            found.setdefault(key, []).append(each)
    return {key: tuple(several) for key, several in found.items()}


@once
def side_by_side(relations: Relations) -> tuple[tuple[Named, tuple[Agreement, ...]], ...]:
    """The conditions on whose regimens several sources say something, each with its questions."""
    several = (each for each in relations.conditions if len(relations.regimens_for(each)) > 1)
    asked = ((Named.of(each), of_condition(relations, each)) for each in several)
    return tuple(
        (named, found)
        for named, found in asked
        if any(each.standing is not Standing.ONLY_ONE for each in found)
    )


@once
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


def _has(regimens: Iterable[Regimen], severity: str) -> bool:
    return any(each.severity == severity for each in regimens)


def _fields(relations: Relations, about: str, regimens: list[Regimen]) -> Iterator[Agreement]:
    fields: dict[str, Callable[[Regimen], Position | None]] = {
        "amount a day": lambda each: total_position(relations, each, "daily"),
        "amount of each dose": lambda each: total_position(relations, each, "each"),
        "doses a day": lambda each: rate_position(relations, each),
        "duration": lambda each: length_position(relations, each),
        "amount in a course": lambda each: total_position(relations, each, "whole"),
        "amount in all courses": lambda each: total_position(relations, each, "all_courses"),
        "strength": lambda each: strength_position(relations, each),
        "route": lambda each: reported_position(relations, each, "route"),
    }
    for field, read in fields.items():
        if found := _agreement(about, field, map(read, regimens), "dose"):
            yield found


def _agreement(
    about: str, field: str, read: Iterable[Position | None], weight: str
) -> Agreement | None:
    """How the sources that answer stand to each other; None where none does."""
    positions = tuple(each for each in read if each)
    if not positions:
        return None
    by_source: dict[str, list[Position]] = {}
    for each in positions:
        by_source.setdefault(each.source.id, []).append(each)
    values = [[value for each in said for value in each.values] for said in by_source.values()]
    if all(values):
        return Agreement(about, field, positions, standing(values), distance(values), weight)
    return Agreement(about, field, positions, _of_words(by_source), None, weight)


def _of_words(by_source: dict[str, list[Position]]) -> Standing:
    """How single words, such as routes, stand."""
    if len(by_source) < 2:
        return Standing.ONLY_ONE
    said = [{each.says for each in positions} for positions in by_source.values()]
    if all(each == said[0] for each in said):
        return Standing.AGREE
    return Standing.OVERLAP if set.intersection(*said) else Standing.CONFLICT


def _listed(row: ListedBy) -> Agreement:
    """How the sources stand to a contraindication; one that was not read for it has no say."""
    listed = len(row.of(Listing.LISTED))
    stands = Standing.OVERLAP
    if listed == 1:
        stands = Standing.ONLY_ONE
    elif listed == len(row.of(Listing.LISTED, Listing.BROADER, Listing.NOT_LISTED)):
        stands = Standing.AGREE
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
    parted: dict[str, list[Agreement]] = {"": [], ", in animals": [], ", in vitro": []}
    for each in found:
        lanes = {getattr(one.record, "lane", None) for one in each.positions}
        lane = next((lane for lane in ("animal", "in vitro") if lane in lanes), None)
        parted[{"animal": ", in animals", "in vitro": ", in vitro", None: ""}[lane]].append(each)
    return tuple((name, tuple(rows)) for name, rows in parted.items() if rows)
