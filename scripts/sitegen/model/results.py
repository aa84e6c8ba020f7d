"""What a report of a study gives group by group: what they had, results, harms."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic_core import core_schema

from sitegen.model import written
from sitegen.model.absence import Absence
from sitegen.model.problems import Placed
from sitegen.model.regimen import Phase
from sitegen.model.values import (
    Events,
    Frozen,
    Locators,
    People,
    Percentage,
    Prose,
    PValue,
    Reported,
    SignedInterval,
    SignedNumber,
    Slug,
    Text,
    TimeOfResult,
    Verbatim,
    one_of,
)

_FAVOURS = re.compile(r"favours ([a-z0-9]+(?:-[a-z0-9]+)*)")

Role: TypeAlias = Literal["drug", "placebo", "active comparator", "no treatment", "usual care"]
Measure: TypeAlias = Literal[
    "mean difference",
    "standardised mean difference",
    "risk ratio",
    "odds ratio",
    "hazard ratio",
    "rate ratio",
    "risk difference",
    "proportion",
    "mean",
    "median",
    "change from baseline",
    "count",
    "correlation",
]
_OF_ONE_GROUP: frozenset[Measure] = frozenset(
    {"proportion", "mean", "median", "change from baseline", "count"}
)
"""The measures of one group, which compare nothing."""
FrequencyBand: TypeAlias = Literal["very common", "common", "uncommon", "rare", "very rare"]
"""How often a harm occurs, in the words of the CIOMS; for what a source itself calls so."""

AllocationType = Annotated[str | Absence, *one_of("randomised", "not randomised", "single group")]
Masking = Annotated[str | Absence, *one_of("open", "single-blind", "double-blind", "triple-blind")]
Control = Annotated[
    str | Absence,
    *one_of(
        "placebo",
        "active comparator",
        "no treatment",
        "usual care",
        "dose comparison",
        "no control",
    ),
]


class Direction(Verbatim):
    """What a result speaks for: `favours drug`, where `drug` is the id of an arm, or neither."""

    @classmethod
    def read(cls, value: object) -> Direction:
        """Return the direction that a text is. Raise ValueError for any other text."""
        known = value in ("no difference", "unclear")
        if not isinstance(value, str) or not (known or _FAVOURS.fullmatch(value)):
            raise ValueError("must be 'favours' and an arm's id, 'no difference' or 'unclear'")
        return cls(value)

    @property
    def arm(self) -> str | None:
        """The id of the arm that it favours."""
        match = _FAVOURS.fullmatch(self)
        return match[1] if match else None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Read by `read`; described as a string in JSON Schema."""
        return core_schema.no_info_plain_validator_function(
            cls.read,
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return what it is in JSON Schema."""
        if handler.mode == "serialization":
            return handler(schema)
        pattern = f"{_FAVOURS.pattern}|no difference|unclear"
        return written.matching(pattern, "a direction", "'favours drug' or 'no difference'")


class Arm(Frozen):
    """One group of a study: those who were given the same."""

    id: Slug
    """A short id; the same in each report of one study, so that reports are compared by arm."""
    name: Prose
    """What the group was given."""
    role: Role | None = None
    """What the group is for, where the source says so."""
    participants: Reported[People]
    """How many were in it."""
    at: Locators = ()
    """Where the source names it, where the record draws on several sentences."""
    dosage: tuple[Phase, ...] = ()
    """What the group was given of the drug, phase by phase, as in a regimen."""


class GroupCount(Frozen):
    """How many of one arm, or of all, had something."""

    arm: Slug | None = None
    """The id of the arm; left out for all who took part."""
    events: Reported[Events] | None = None
    """How many of them had it; also none."""
    of: Reported[People] | None = None
    """How many were looked at."""
    percentage: Reported[Percentage] | None = None
    """The share as printed."""


class GroupResult(GroupCount):
    """The result of one arm: how many had the outcome, or a value."""

    value: Reported[Text] | None = None
    """The value of the group, with its unit and spread, as printed."""


class Estimate(Frozen):
    """The size of an effect: a number with its sign, its precision, and its p value."""

    value: SignedNumber | None = None
    """The estimate, in the unit of the outcome where it has one."""
    interval: SignedInterval | None = None
    """The interval around it, from the lower end to the upper."""
    level: Reported[Percentage] | None = None
    """The level of the interval, such as 95 %."""
    p: PValue | None = None
    """The p value as printed, with its sign: `= 0.006` or `< 0.05`."""

    @model_validator(mode="after")
    def _says_something(self) -> Estimate:
        if self.value is None and self.interval is None and self.p is None:
            raise ValueError("must give a value, an interval or p")
        if self.value and self.interval:
            low, high = self.interval.low, self.interval.high
            if not low <= self.value.low <= high:
                raise Placed(
                    f"must have its value within its interval, and {self.value} is not within"
                    f" {self.interval}: mend the one that is not printed; a sign may be lost",
                    "value",
                )
        return self


class Result(Frozen):
    """One result of a study: an outcome, what each group had, and how they compare."""

    outcome: Prose
    """What was measured, in our own words."""
    measure: Measure | None = None
    """What the number of the estimate is; without one, what those of the groups are."""
    at_time: Reported[TimeOfResult] | None = None
    """When it was measured: how long after the beginning, or on which numbered day or week."""
    by_arm: tuple[GroupResult, ...] = ()
    """The result of each arm."""
    estimate: Estimate | None = None
    """How the arms compare, in a number."""
    direction: Direction | None = None
    """What the source takes the result to speak for: `favours` and the id of an arm, or neither."""
    says: Prose | None = None
    """The result in our own words, for what no field holds."""
    at: Locators
    """Where the source states it."""
    note: Prose | None = None
    """A curator's remark."""

    @property
    def has_effect(self) -> bool:
        """Whether the arms are compared by a number, not by a p value alone."""
        return bool(self.estimate and (self.estimate.value or self.estimate.interval))

    @model_validator(mode="after")
    def _an_estimate_compares(self) -> Result:
        if self.has_effect and self.measure in _OF_ONE_GROUP:
            raise ValueError(
                "must name in measure what the estimate is, such as 'mean difference': "
                f"'{self.measure}' is of one group, and an estimate compares groups"
            )
        return self


class HarmEvent(Frozen):
    """One harm, with how many of each group had it."""

    event: Prose
    """What happened, in our own words."""
    by_arm: tuple[GroupCount, ...] = ()
    """How many of each arm had it."""
    frequency: FrequencyBand | None = None
    """How often it occurs, where the source itself uses such a word."""
    says: Prose | None = None
    """More that the source says of it, in our own words."""
    at: Locators
    """Where the source states it."""
    note: Prose | None = None
    """A curator's remark."""


class TrialNumber(Frozen):
    """The number under which a study is registered."""

    scheme: Literal["ClinicalTrials.gov", "EudraCT", "ISRCTN", "ChiCTR", "other"]
    """The registry."""
    value: Verbatim
    """The number as written."""
    at: Locators = ()
    """Where it stands, where the record draws on several sentences."""
    note: Prose | None = None
    """A curator's remark, such as the name of another registry."""


def refuse_arms_twice(
    arms: tuple[Arm, ...], results: tuple[Result, ...], harms: tuple[HarmEvent, ...]
) -> None:
    """Raise Placed where two arms have one id, or one arm has two lines in a result or a harm."""
    if (at := _second([str(arm.id) for arm in arms])) is not None:
        message = f"must give each arm an id of its own ('{arms[at].id}' stands twice)"
        raise Placed(message, "arms", at, "id")
    listed: tuple[tuple[str, tuple[Result | HarmEvent, ...]], ...] = (
        ("results", results),
        ("harm_events", harms),
    )
    for field, parts in listed:
        for number, part in enumerate(parts):
            named = [str(group.arm or "all") for group in part.by_arm]
            if (at := _second(named)) is not None:
                message = f"must give each arm one line in a result ('{named[at]}' stands twice)"
                raise Placed(message, field, number, "by_arm", at)


def _second(names: list[str]) -> int | None:
    """Return the place of the first name that stood before; None where each stands once."""
    return next((at for at, name in enumerate(names) if name in names[:at]), None)
