"""Regimens: one record is one way of dosing that one source reports."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, ClassVar, Literal, TypeAlias

from pydantic import PrivateAttr, model_validator

from sitegen.model.absence import Absence
from sitegen.model.record import Record
from sitegen.model.values import (
    Age,
    Amount,
    BodyMass,
    BodySize,
    Ceiling,
    Clearance,
    ConditionId,
    Count,
    CourseCount,
    Daily,
    Days,
    Dose,
    Drops,
    Duration,
    Flow,
    Frequency,
    Frozen,
    Listed,
    Locators,
    ProductId,
    Prose,
    Repeats,
    Reported,
    Route,
    Site,
    StatedStrength,
    StepSize,
    StudyId,
    Text,
    Time,
    Volume,
    Weekly,
    Weeks,
)


class Courses(Frozen):
    """Several courses of one length, and the time between two of them."""

    count: Reported[CourseCount]
    """How many courses there are."""
    gap: Reported[Time]
    """The time between the end of one course and the start of the next."""
    cycle: Reported[Time] | None = None
    """The time from the start of one course to the start of the next, where it is stated."""
    repeated: Reported[Repeats] | None = None
    """How often the course is repeated, where it is open whether the first is counted."""

    @model_validator(mode="after")
    def _what_is_open_has_no_count(self) -> Courses:
        if self.repeated and not self.count.absence:
            raise ValueError("must not state count beside repeated: write 'count: unclear'")
        return self


class Reading(Frozen):
    """One way to read words that can be read in several."""

    means: Prose
    """The reading, in words."""
    times: Count
    """How many doses, as the source writes it."""
    per: Literal["day", "week", "course"]
    """What the number of doses would be counted over."""


PhaseType: TypeAlias = Literal["loading", "initial", "titration", "maintenance", "taper"]
When: TypeAlias = Literal[
    "morning",
    "noon",
    "afternoon",
    "evening",
    "night",
    "bedtime",
    "on waking",
    "before breakfast",
    "before meals",
    "with meals",
    "after meals",
    "with food",
    "without food",
    "with or without food",
    "at any time of day",
]
"""When in a day a dose is given: the event timings of FHIR R5, and those of labels.

https://hl7.org/fhir/R5/valueset-event-timing.html; food that need not come as a meal is of labels,
and so is that food or the time of day does not matter, which is not the same as silence.
"""


class Part(Frozen):
    """One of the unequal doses of a day."""

    when: When
    """When in the day it is given."""
    each: Reported[Dose]
    """Its amount."""
    share: Prose | None = None
    """What part of the amount a day it is, or how far from food, where the source says so."""
    product: ProductId | None = None
    """The presentation that the source names for it, where it is another than the regimen's."""


class Step(Frozen):
    """How a dose changes within a phase: by so much, after so long."""

    by: Reported[StepSize]
    """How much the dose or the amount a day changes at a time."""
    after: Reported[Time] | None = None
    """How long one step lasts, where the source states it."""
    direction: Literal["up", "down", "up or down"] = "up"
    """Whether the dose rises or falls."""


class Target(Frozen):
    """A measurement that shows whether the dose is right."""

    measure: Prose
    """What is measured."""
    value: Reported[Amount]
    """The value that is aimed at."""
    of: Prose | None = None
    """What it is a multiple of, such as `normal`."""


class ForBody(Frozen):
    """A weight or a body surface that the source itself works amounts out for."""

    size: Reported[BodySize]
    """The weight or the surface, as the source states it."""
    each: Reported[Dose] | None = None
    """The amount of each dose for it, where the source works it out; else it is computed."""
    daily: Reported[Daily] | None = None
    """The amount a day for it, where the source works it out; else it is computed."""


class MissedDose(Frozen):
    """What is done about a dose that was missed or is late."""

    late_by: Reported[Time] | None = None
    """By how much it is late; left out where the source says the same of every missed dose."""
    part: When | None = None
    """The dose of the day that it holds for, where doses differ."""
    do: Prose
    """What is done, in the words of the record."""


class RenalFunction(Frozen):
    """How well the kidneys of people work, in the measure that the source uses."""

    measure: Literal["creatinine clearance", "glomerular filtration rate"]
    """What is measured."""
    value: Clearance
    """Its value."""


class Population(Frozen):
    """The people a regimen is for, as values that can be compared; `people` has the words."""

    age: Reported[Age] | None = None
    """How old they are."""
    weight: Reported[BodyMass] | None = None
    """How heavy they are."""
    sex: Literal["female", "male"] | None = None
    """Their sex, where the source gives the regimen for one only."""
    renal_function: RenalFunction | None = None
    """How well their kidneys work."""


class Phase(Frozen):
    """One part of a treatment that follows another: loading, titration, maintenance, taper.

    What it does not say of route, site, strength and presentation is as in the phase before it.
    """

    type: PhaseType | None = None
    """What it is for, where the source says so."""
    name: Prose | None = None
    """What the source calls it, or the part of the treatment that it is."""
    other_substance: Prose | None = None
    """The substance that is given, where it is not the one of the site, by its name."""
    starts: Literal["after the phase before", "with the phase before"] = "after the phase before"
    """Whether it follows the phase before it, or is given at the same time."""
    only_if: Prose | None = None
    """The condition on which the source gives it."""
    at: Locators = ()
    """The sentence that states it; left out where it is that of the regimen."""
    route: Reported[Route] | None = None
    """The route of administration, where it is another."""
    each: Reported[Dose]
    """The amount of each dose; see the regimen."""
    parts_of_day: tuple[Part, ...] = ()
    """The doses of a day, where they are unequal."""
    times: Reported[Frequency]
    """How many doses a day, a week or a month, or in all."""
    interval: Reported[Time] | None = None
    """The time from one dose to the next, where the source states it."""
    daily: Reported[Daily]
    """The amount a day, where the source states it."""
    weekly: Reported[Weekly] | None = None
    """The amount a week, where the source states it."""
    length: Reported[Time]
    """How long the phase is."""
    until: Prose | None = None
    """What ends it, where it is no length: `lifelong`, or an event."""
    rate: Reported[Flow] | None = None
    """How fast it is given, such as an infusion or what a patch releases."""
    over: Reported[Time] | None = None
    """How long one administration takes."""
    given: Literal["continuously", "in divided doses"] | None = None
    """`continuously`: without a break, such as an infusion; left out where no source says so.

    `in divided doses`: the source states the amount a day or a week, which the doses share.
    """
    when: Listed[When] = ()
    """When in the day doses are given."""
    offset: Reported[Time] | None = None
    """How long before or after what `when` or `event` names, such as before breakfast."""
    event: Prose | None = None
    """What doses are given before or after, where it is no time of the day: `before surgery`."""
    as_needed: Prose | None = None
    """For what it is given as needed; `as needed` where the source does not say for what."""
    max: tuple[Reported[Ceiling], ...] = ()
    """What is not to be exceeded: in one dose, in a period, a number of doses."""
    step: Step | None = None
    """How the dose changes within the phase."""
    target: tuple[Target, ...] = ()
    """The measurements that the dose is set by, where the source names them."""
    for_body: tuple[ForBody, ...] = ()
    """The weights or body surfaces that the source works amounts out for, where they are others."""
    lengths: tuple[Duration, ...] = ()
    """The lengths that an unclear length may be, in no order of preference."""
    readings: tuple[Reading, ...] = ()
    """The ways to read `times` where it is unclear, in no order of preference."""
    drops: Reported[Drops] | None = None
    """The drops at a time, where the source counts in drops."""
    site: Reported[Site] | None = None
    """Where each dose goes, where it is another than in the phase before."""
    courses: Courses | None = None
    """Several courses, where the source states more than one."""
    days: Days = ()
    """The days of the course on which doses are given, such as `1` or `1-14`.

    The first day of the course is day 1. Where `times` does not apply, there is one dose on each.
    """
    weeks: Reported[Weeks] | None = None
    """The weeks of the treatment in which it is given, such as `1-4`, `5` or `from 17`."""
    repeat: Reported[Time] | None = None
    """After how long a dose may be repeated if needed, where the source allows a repeat."""
    repeats: Reported[Repeats] | None = None
    """How often it may be repeated, where the source says so."""
    product: ProductId | None = None
    """The presentation that the source names for it."""
    note: Prose | None = None
    """A curator's remark."""

    @property
    def is_together(self) -> bool:
        """Return whether it is given at the same time as the phase before it."""
        return self.starts == "with the phase before"


class StudyLink(Frozen):
    """A tie between the regimen and a study, with who makes it."""

    study: StudyId
    """The study."""
    link: Literal["stated", "inferred"]
    """Whether the source states the tie or a curator infers it."""
    why: Prose
    """The reason."""


class Regimen(Record):
    """One reported way of dosing: for what, how much, how often, how long, by which route.

    What can be computed from it never stands in the file.
    """

    folder: ClassVar[str] = "regimens"

    name: Prose
    """A short name."""
    conditions: tuple[ConditionId, ...]
    """What it is reported for; an empty list where the source names no condition."""
    people: Reported[Text]
    """The people it is for, beyond the condition."""
    at: Locators
    """The sentence that states it."""
    route: Reported[Route]
    """The route of administration."""
    each: Reported[Dose]
    """The amount of each dose; where `site` is one of a pair, the amount at each of the two."""
    volume: Reported[Volume]
    """The volume of each dose, where the source states it; for one of a pair as `each` is."""
    times: Reported[Frequency]
    """How many doses a day or a week, or in all; not applicable where `interval` says how often."""
    daily: Reported[Daily]
    """The amount a day, where the source states it."""
    weekly: Reported[Weekly] | None = None
    """The amount a week, where the source states it."""
    length: Reported[Time]
    """The length of the course, or of each where there are several."""
    strength: Reported[StatedStrength]
    """The strength that the source states with the dose, such as `1 mg/mL` or `0.1 %`."""
    interval: Reported[Time] | None = None
    """The time from one dose to the next, where the source states it."""
    days: Days = ()
    """The days of the course on which doses are given, such as `1` or `1-14`.

    The first day of the course is day 1. Where `times` does not apply, there is one dose on each.
    """
    weeks: Reported[Weeks] | None = None
    """The weeks of the treatment in which it is given, such as `1-4`, `5` or `from 17`."""
    repeat: Reported[Time] | None = None
    """After how long a dose may be repeated if needed, where the source allows a repeat."""
    repeats: Reported[Repeats] | None = None
    """How often it may be repeated, where the source says so."""
    phase: Literal["first"] | None = None
    """`first`: `length` is the first part of the treatment, and what follows is not stated."""
    courses: Courses | None = None
    """Several courses, where the source states more than one."""
    drops: Reported[Drops] | None = None
    """The drops at a time, where the source counts in drops; see `site`."""
    site: Reported[Site] | None = None
    """Where each dose goes, such as `each nostril`; left out where the source does not say."""
    product: ProductId | None = None
    """The presentation that the source names, where it names one."""
    type: PhaseType | None = None
    """What the first phase is for, where the source says so."""
    other_substance: Prose | None = None
    """The substance that the first phase gives, where it is not the one of the site, by its name.

    It is shown beside every amount, has no volume, and is compared with no other dose.
    """
    until: Prose | None = None
    """What ends it, where it is no length: `lifelong`, or an event."""
    rate: Reported[Flow] | None = None
    """How fast it is given, such as an infusion or what a patch releases."""
    over: Reported[Time] | None = None
    """How long one administration takes."""
    given: Literal["continuously", "in divided doses"] | None = None
    """`continuously`: without a break, such as an infusion; left out where no source says so.

    `in divided doses`: the source states the amount a day or a week, which the doses share.
    """
    when: Listed[When] = ()
    """When in the day doses are given."""
    offset: Reported[Time] | None = None
    """How long before or after what `when` or `event` names, such as before breakfast."""
    event: Prose | None = None
    """What doses are given before or after, where it is no time of the day: `before surgery`."""
    parts_of_day: tuple[Part, ...] = ()
    """The doses of a day, where they are unequal; `each` is then not applicable."""
    as_needed: Prose | None = None
    """For what it is given as needed; `as needed` where the source does not say for what."""
    max: tuple[Reported[Ceiling], ...] = ()
    """What is not to be exceeded: in one dose, in a period, a number of doses."""
    step: Step | None = None
    """How the dose changes within the phase."""
    target: tuple[Target, ...] = ()
    """The measurements that the dose is set by, where the source names them."""
    for_body: tuple[ForBody, ...] = ()
    """The weights or body surfaces that the source itself works amounts out for."""
    then: tuple[Phase, ...] = ()
    """The phases that follow, in their order; the fields of the regimen are those of the first."""
    population: Population | None = None
    """Age, weight, sex and kidney function of those it is for."""
    severity: Literal["mild", "moderate", "severe"] | None = None
    """The severity of the condition that the source gives it for."""
    situation: Prose | None = None
    """The situation that the source gives it for alone, such as one phase of treatment.

    It is compared only with regimens for the same situation.
    """
    lengths: tuple[Duration, ...] = ()
    """The lengths that an unclear length may be, in no order of preference."""
    readings: tuple[Reading, ...] = ()
    """The ways to read `times` where it is unclear, in no order of preference."""
    missed: tuple[MissedDose, ...] = ()
    """What is done about a missed dose, as the source says it."""
    studies: tuple[StudyLink, ...] = ()
    """Studies that may stand behind it."""
    note: Prose | None = None
    """A curator's remark."""

    _next_week: int | None = PrivateAttr(None)

    @property
    def next_week(self) -> int | None:
        """The week with which the next phase begins, of a phase taken alone; None if not known."""
        return self._next_week

    def before_week(self, week: int) -> Regimen:
        """Return a copy, as a phase that the next follows in that week."""
        made = self.model_copy()
        made._next_week = week
        return made

    @model_validator(mode="after")
    def _readings_belong_to_unclear_times(self) -> Regimen:
        unclear = self.times.absence is Absence.UNCLEAR
        if self.times.readings:
            if self.readings:
                raise ValueError("must give the readings of times once: under times, or beside it")
        elif unclear and len(self.readings) < 2:
            raise ValueError("must give two or more readings, since times is unclear")
        if unclear and not self.daily.absence:
            raise ValueError("must not state daily beside readings: which of them it means is open")
        if self.readings and not unclear:
            raise ValueError("must not give readings, since times is not unclear")
        return self

    @model_validator(mode="after")
    def _an_interval_answers_how_often(self) -> Regimen:
        gaps = (Absence.NOT_REPORTED, Absence.NOT_EXTRACTED)
        if self.interval and not self.interval.absence and self.times.absence in gaps:
            raise ValueError("must have 'times: not applicable', since the interval says how often")
        return self

    @model_validator(mode="after")
    def _a_first_part_has_a_length(self) -> Regimen:
        if self.phase and self.length.absence:
            raise ValueError("must state a length, since phase says that it is of a first part")
        return self

    @model_validator(mode="after")
    def _a_nostril_is_reached_by_the_nose(self) -> Regimen:
        site = "" if self.site is None or self.site.absence else str(self.site.value)
        if "nostril" in site and not self.route.absence and self.route.value != "intranasal":
            raise ValueError(
                f"must have the route intranasal, since its site is '{site}':"
                " mend the one that the source does not say"
            )
        return self

    @model_validator(mode="after")
    def _lengths_belong_to_an_unclear_length(self) -> Regimen:
        unclear = self.length.absence is Absence.UNCLEAR
        if self.lengths and (len(self.lengths) < 2 or not unclear):
            raise ValueError("must give two or more lengths, and only where length is unclear")
        if self.lengths and self.readings:
            raise ValueError("must not give both readings and lengths")
        if self.lengths and self.length.readings:
            raise ValueError("must give the lengths once: under length, or beside it")
        return self

    @model_validator(mode="after")
    def _readings_can_be_taken_in(self) -> Regimen:
        several: tuple[Regimen | Phase, ...] = (self, *self.then)
        for number in map(ways_to_read, several):
            if number > MOST_READINGS:
                raise ValueError(
                    f"must have at most {MOST_READINGS} readings in a phase, not {number}: leave"
                    " readings out, and say in a note what is unclear"
                )
        return self


MOST_READINGS = 6
"""The most combinations of readings of one phase, each of which is a row of its totals."""
COUNTED = {
    "each": "the dose",
    "parts_of_day": "the dose",
    "drops": "the number of drops",
    "site": "the site",
    "rate": "the rate",
    "over": "the time of one administration",
    "times": "the frequency",
    "interval": "the time between doses",
    "daily": "the amount a day",
    "weekly": "the amount a week",
    "length": "the duration",
    "weeks": "the span of weeks",
    "courses": "the number of courses",
}
"""The fields that amounts follow from, and what they are called."""


def counted_values(
    phase: Regimen | Phase,
) -> Iterator[tuple[tuple[str | int, ...], Reported[Any]]]:
    """Yield every value of a phase that amounts follow from, with its path in the record."""
    for field in COUNTED:
        value = getattr(phase, field)
        if isinstance(value, Reported):
            yield (field,), value
        elif isinstance(value, Courses):
            yield (field, "count"), value.count
        elif isinstance(value, tuple):
            yield from (((field, number), part.each) for number, part in enumerate(value))


def ways_to_read(phase: Regimen | Phase) -> int:
    """Return in how many ways a phase can be read: the product of the numbers of readings."""
    of_values = (len(value.readings) or 1 for _, value in counted_values(phase))
    return math.prod(of_values) * (len(phase.readings) or 1) * (len(phase.lengths) or 1)


_OF_PHASES_ALONE = {"name", "starts", "only_if", "at", "route", "site", "product", "for_body"}
OF_EACH_PHASE = tuple(name for name in Phase.model_fields if name not in _OF_PHASES_ALONE)
"""The fields that a regimen has for its first phase and every other phase for itself."""
