"""Regimens: one record is one way of dosing that one source reports."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from sitegen.model.absence import Absence
from sitegen.model.record import Record
from sitegen.model.values import (
    ConditionId,
    Count,
    CourseCount,
    Daily,
    Drops,
    Duration,
    Frozen,
    Locators,
    Mass,
    ProductId,
    Prose,
    Rate,
    Reported,
    Route,
    Site,
    StatedStrength,
    StudyId,
    Text,
    Time,
    Volume,
)


class Courses(Frozen):
    """Several courses of one length, and the time between two of them."""

    count: Reported[CourseCount]
    """How many courses there are."""
    gap: Reported[Time]
    """The time between the end of one course and the start of the next."""


class Reading(Frozen):
    """One way to read words that can be read in several."""

    means: Prose
    """The reading, in words."""
    times: Count
    """How many doses, as the source writes it."""
    per: Literal["day", "week", "course"]
    """What the number of doses would be counted over."""


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
    conditions: tuple[ConditionId, ...] = Field(min_length=1)
    """What it is reported for."""
    people: Reported[Text]
    """For whom, beyond the condition."""
    at: Locators
    """The sentence that states it."""
    route: Reported[Route]
    """The route of administration."""
    each: Reported[Mass]
    """The amount of each dose; where `site` is one of a pair, the amount at each of the two."""
    volume: Reported[Volume]
    """The volume of each dose, where the source states it; for one of a pair as `each` is."""
    times: Reported[Rate]
    """How many doses a day or a week, or in all; not applicable where `interval` says how often."""
    daily: Reported[Daily]
    """The amount a day, where the source states it."""
    length: Reported[Time]
    """The length of the course, or of each where there are several."""
    strength: Reported[StatedStrength]
    """The strength of the solution as the source states it: in mg/mL or as a percentage."""
    interval: Reported[Time] | None = None
    """The time from one dose to the next, where the source states it."""
    repeat: Reported[Time] | None = None
    """After how long a dose may be repeated if needed, where the source allows a repeat."""
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
    studies: tuple[StudyLink, ...] = ()
    """Studies that may stand behind it."""
    note: Prose | None = None
    """A curator's remark."""

    @model_validator(mode="after")
    def _readings_belong_to_unclear_times(self) -> Regimen:
        unclear = self.times.absence is Absence.UNCLEAR
        if unclear and len(self.readings) < 2:
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
        return self
