"""Cautions: what a source says of contraindications, adverse effects and other risks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, get_args

from pydantic import model_validator

from sitegen.model.absence import Absence
from sitegen.model.record import Record
from sitegen.model.source import Topic
from sitegen.model.values import (
    ConditionId,
    EventNumber,
    Frozen,
    HowMany,
    Locators,
    OtherWords,
    Prose,
    Reported,
    Share,
    SubstanceId,
    Text,
)

CautionKind = Literal[
    "boxed warning",
    "contraindication",
    "warning",
    "precaution",
    "adverse effects",
    "interaction",
    "pregnancy",
    "breast-feeding",
    "driving",
    "dependence",
    "overdose",
]
CAUTION_KINDS: tuple[CautionKind, ...] = get_args(CautionKind)
"""The kinds in the order in which pages show them."""
TOPIC_OF: Mapping[CautionKind, Topic] = {
    "boxed warning": "warnings",
    "contraindication": "contraindications",
    "warning": "warnings",
    "precaution": "warnings",
    "adverse effects": "adverse effects",
    "interaction": "interactions",
    "pregnancy": "pregnancy",
    "breast-feeding": "breast-feeding",
    "driving": "driving",
    "dependence": "dependence",
    "overdose": "overdose",
}
"""What a source must have been read for before its silence on a kind of caution means anything."""

Band = Literal["very common", "common", "uncommon", "rare", "very rare", "not known"]
BANDS: tuple[Band, ...] = get_args(Band)
"""The words of CIOMS for how often an adverse effect occurs, the most frequent first."""

_ONLY_OF: Mapping[str, CautionKind] = {
    "frequency": "adverse effects",
    "counts": "adverse effects",
    "interaction": "interaction",
}
"""The fields that cautions of one kind only can have."""


Relatedness = Literal["broader", "narrower", "overlapping"]
_PHRASES: Mapping[Relatedness, str] = {
    "broader": "broader than",
    "narrower": "narrower than",
    "overlapping": "overlaps",
}


class RelatedCondition(Frozen):
    """A condition that a source does not name, but something wider, narrower or overlapping."""

    condition: ConditionId
    """The condition."""
    how: Relatedness
    """Whether what the source names is broader or narrower than the condition, or overlaps it."""
    why: Prose
    """What the source says instead, and why the two are tied; a curator's note."""

    @property
    def phrase(self) -> str:
        """How what the source names relates, before the condition: `broader than` or the like."""
        return _PHRASES[self.how]


class EventCount(Frozen):
    """How many people had an adverse effect, in one arm or among all."""

    arm: Prose | None = None
    """Who is counted, in our own words, where the source counts several groups."""
    events: EventNumber | None = None
    """How many had it."""
    of: HowMany | None = None
    """Among how many."""
    percentage: Share | None = None
    """The share as the source prints it; never one that was computed."""
    at: Locators = ()
    """Where the source says so, where the record draws on several sentences."""
    note: Prose | None = None
    """A curator's remark, such as why the percentage is not that of its numbers."""

    @model_validator(mode="after")
    def _it_counts_something(self) -> EventCount:
        if self.events is None and self.percentage is None:
            raise ValueError("must have events with of, or a percentage, or both")
        if self.events is not None and self.of is None:
            raise ValueError("must say in of among how many the events were counted")
        return self


class Interaction(Frozen):
    """What a substance interacts with, and what follows, as a source says."""

    interactant: Prose
    """The other substance, class, food or test, in the words of the source."""
    substance: SubstanceId | None = None
    """Its record, where it has one."""
    effect: Reported[Text]
    """What happens."""
    management: Reported[Text]
    """What the source says is to be done."""
    severity: Reported[Text]
    """How serious it is, in the words of the source."""


class Caution(Record):
    """What one source says of a contraindication, an adverse effect or another risk."""

    folder: ClassVar[str] = "cautions"

    name: Prose
    """A short name."""
    kind: CautionKind
    """What sort of caution."""
    subject: Prose | None = None
    """The effect, substance or property it is about, in the same words in each record about it;
    left out where its conditions are what it is about, or where it is about its whole kind."""
    stance: Literal["reported", "denied", "nearly denied"] = "reported"
    """Whether the source reports the subject, says that it does not occur, or that it practically
    does not; `says: none observed` always denies it."""
    conditions: tuple[ConditionId, ...] = ()
    """The conditions that the source names: those of a contraindication, else whom it concerns."""
    related: tuple[RelatedCondition, ...] = ()
    """Conditions that the source does not name, but something broader, narrower or overlapping."""
    texts: Literal["all", "part"] = "all"
    """Whether all the texts that a source draws on say so, or only a part of them."""
    at: Locators
    """Where the source states it."""
    says: Reported[Text]
    """What the source says, in our own words, or that it claims that nothing was seen."""
    detail: Prose | None = None
    """The statement in our own words, where `says` is a word of absence."""
    frequency: Band | None = None
    """How often an adverse effect occurs, where the source uses a word of CIOMS for it."""
    counts: tuple[EventCount, ...] = ()
    """In how many people an adverse effect was seen, an entry for each group."""
    interaction: Interaction | None = None
    """The other substance of an interaction, its effect and what is to be done."""
    also: OtherWords = ()
    """Other words that readers use for it; they feed the search."""
    note: Prose | None = None
    """A curator's remark."""

    @property
    def is_reported(self) -> bool:
        """Whether the source reports the subject: it neither denies it nor leaves it open."""
        return self.stance == "reported" and not self.says.absence

    @property
    def is_denied(self) -> bool:
        """Whether the source claims that the subject does not occur or was not seen."""
        absence = self.says.absence
        return absence is Absence.NONE_OBSERVED or (self.stance != "reported" and not absence)

    @property
    def is_only_related(self) -> bool:
        """Whether it names no condition of this site, but something that is related to some."""
        return bool(self.related) and not self.conditions

    def how_related(self, condition: str) -> str:
        """Return how what the source names relates to a condition: `broader` or the like."""
        hows = (part.how for part in self.related if part.condition == condition)
        return ", ".join(dict.fromkeys(hows))

    @model_validator(mode="after")
    def _a_claim_of_nothing_has_a_detail(self) -> Caution:
        if self.says.absence is Absence.NONE_OBSERVED and not self.detail:
            raise ValueError("must have a detail that tells what the source claims")
        return self

    @model_validator(mode="after")
    def _a_condition_is_named_or_related_to_what_is_named(self) -> Caution:
        both = sorted(set(self.conditions) & {part.condition for part in self.related})
        if both:
            raise ValueError(
                f"must list a condition under conditions or under related ({both[0]} is under both)"
            )
        return self

    @model_validator(mode="after")
    def _a_field_of_one_kind_is_only_there(self) -> Caution:
        for field, kind in _ONLY_OF.items():
            if getattr(self, field) and self.kind != kind:
                raise ValueError(
                    f"must have {field} only where its kind is '{kind}': delete {field}, or mend "
                    "the kind"
                )
        return self
