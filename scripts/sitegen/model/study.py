"""Studies: one record is one report of a study in one source."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from sitegen.model.problems import Placed
from sitegen.model.quantity import Quantity
from sitegen.model.record import Record
from sitegen.model.regimen import Courses
from sitegen.model.results import (
    AllocationType,
    Arm,
    Control,
    HarmEvent,
    Masking,
    Result,
    TrialNumber,
    refuse_arms_twice,
)
from sitegen.model.values import (
    ConditionId,
    Date,
    Dose,
    DoseOrDaily,
    Frequency,
    Frozen,
    Given,
    Locators,
    OrganisationId,
    People,
    PersonId,
    Prose,
    Reported,
    Route,
    StudyId,
    Text,
    Time,
    Words,
)


class Finding(Frozen):
    """One result as a source states it."""

    says: Prose
    """The result, in our own words."""
    at: Locators
    """Where the source states it."""
    emphasis: Words = ()
    """The evaluative words the source uses for it, quoted."""


class Search(Frozen):
    """A search for the publication behind a report."""

    on: Date
    """When it was made."""
    found: Literal["no publication found", "a publication that may be it"]
    """What came of it."""
    note: Prose | None = None
    """A curator's remark."""


class InferredOrganisation(Frozen):
    """A body that a source names in other words; that it is this one is a curator's inference."""

    organisation: OrganisationId
    """The body that it is taken to be."""
    named: Prose
    """What the source calls it, in our own words."""
    why: Prose
    """The reason; a curator's note."""


class Study(Record):
    """One report of a study in people: what the source says of it, and what it leaves out.

    The twenty fields from `eligibility` to `funding` are the reporting items; each holds a value
    or a word of absence.
    """

    folder: ClassVar[str] = "studies"

    name: Prose
    """A short name."""
    conditions: tuple[ConditionId, ...] = Field(min_length=1)
    """The conditions or purposes studied."""
    at: Locators
    """Every sentence the record draws on."""
    organisations: tuple[OrganisationId, ...] = ()
    """The bodies the source names with the work."""
    organisations_inferred: tuple[InferredOrganisation, ...] = ()
    """Bodies that the source names in other words, with the reason to take them for these."""
    people: tuple[PersonId, ...] = ()
    """The people the source names with the work."""
    design: Reported[Text]
    """The design as the source describes it."""

    eligibility: Reported[Text]
    """Who was eligible, with the condition."""
    participants: Reported[People]
    """How many took part in all, where the source states it; the groups are in `arms`."""
    age_and_sex: Reported[Text]
    """Age and sex of the participants."""
    setting: Reported[Text]
    """Where it was done."""
    dates: Reported[Text]
    """When it was done."""
    comparator: Reported[Text]
    """What the substance was compared with."""
    allocation: Reported[Text]
    """How people came into the groups."""
    blinding: Reported[Text]
    """Who did not know the group."""
    dose: Reported[Dose]
    """The amount of each dose."""
    frequency: Reported[Frequency]
    """How often it was given."""
    length: Reported[Time]
    """How long it was given; the length of each course where there are several."""
    route: Reported[Route]
    """The route of administration."""
    form_and_strength: Reported[Text]
    """The dosage form and its strength."""
    other_treatment: Reported[Text]
    """Other treatment given beside it."""
    outcomes: Reported[Text]
    """What was measured, how and when."""
    numeric_result: Reported[Text]
    """A result in numbers, per group where there are groups."""
    effect: Reported[Text]
    """An effect size with its precision, or a named statistical test."""
    losses: Reported[Text]
    """Losses and exclusions."""
    harms: Reported[Text]
    """Harms: how they were looked for, and what was found."""
    funding: Reported[Text]
    """Funding and interests."""

    findings: tuple[Finding, ...]
    """The results as stated."""
    arms: tuple[Arm, ...] = ()
    """The groups, where the source tells them apart."""
    allocation_type: Reported[AllocationType] | None = None
    """How people came into the groups, in a word of a closed list; `allocation` has the words."""
    masking: Reported[Masking] | None = None
    """Whether anybody did not know the group, in a word of a closed list; see `blinding`."""
    control: Reported[Control] | None = None
    """What the drug was compared with, in a word of a closed list; see `comparator`."""
    results: tuple[Result, ...] = ()
    """The results in numbers, outcome by outcome."""
    harm_events: tuple[HarmEvent, ...] = ()
    """The harms by event and arm; `harms` has the words."""
    identifiers: tuple[TrialNumber, ...] = ()
    """The numbers under which the study is registered."""
    other_doses: tuple[Reported[DoseOrDaily], ...] = ()
    """Amounts beside `dose`, where the study gave several or its source gives them by the day."""
    courses: Courses | None = None
    """Several courses, where the source states more than one."""
    pools: Prose | None = None
    """For an analysis of several studies: what it puts together. It is no study of its own."""
    search: Search | None = None
    """A search for the publication, for a report that cites none."""
    note: Prose | None = None
    """A curator's remark."""

    @model_validator(mode="after")
    def _arms_have_ids_and_people_of_their_own(self) -> Study:
        refuse_arms_twice(self.arms, self.results, self.harm_events)
        sizes = [arm.participants.value for arm in self.arms]
        for number, size in enumerate(sizes):
            if isinstance(size, Quantity) and size.unit.many != "people":
                message = "must count the participants of its arms in people"
                raise Placed(message, "arms", number, "participants")
        return self


class Experiment(Record):
    """One experiment in animals, cells or a test tube, as one source reports it."""

    folder: ClassVar[str] = "experiments"

    name: Prose
    """A short name."""
    lane: Literal["animal", "in vitro"]
    """Whether it was done in living animals or outside them; never both."""
    conditions: tuple[ConditionId, ...] = ()
    """The conditions it was done for, by an editorial judgement."""
    at: Locators
    """Every sentence the record draws on."""
    model: Reported[Text]
    """The animal, cells or molecules."""
    route: Reported[Route]
    """The route of administration."""
    doses: tuple[Reported[Given], ...] = Field(min_length=1)
    """The doses given, each apart."""
    arms: tuple[Arm, ...] = ()
    """The groups, where the source tells them apart."""
    findings: tuple[Finding, ...] = Field(min_length=1)
    """The results as stated."""
    results: tuple[Result, ...] = ()
    """The results in numbers, outcome by outcome."""
    harm_events: tuple[HarmEvent, ...] = ()
    """The harms by event and arm."""
    note: Prose | None = None
    """A curator's remark."""

    @model_validator(mode="after")
    def _arms_have_ids_of_their_own(self) -> Experiment:
        refuse_arms_twice(self.arms, self.results, self.harm_events)
        return self


class ReportTie(Record):
    """Several reports that are of one study, or that look alike and are kept apart."""

    folder: ClassVar[str] = "ties"

    name: Prose
    """A short name."""
    reports: tuple[StudyId, ...] = Field(min_length=2)
    """The reports."""
    relation: Literal["one study", "kept apart"]
    """What they are to each other."""
    tie: Literal["stated", "inferred"]
    """Whether a source states it or a curator infers it."""
    at: Locators
    """The sentences that suggest it."""
    why: Prose
    """The reason; a curator's note."""

    @field_validator("reports")
    @classmethod
    def _each_report_once(cls, reports: tuple[StudyId, ...]) -> tuple[StudyId, ...]:
        if twice := next((one for one in reports if reports.count(one) > 1), None):
            raise ValueError(f"must name each report once ('{twice}' stands twice)")
        return reports
