"""The verdict of each check, computed from the values that it names."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.derive.relations import Relations
from sitegen.derive.verdict import Finding, Input, Kind, Verdict, found
from sitegen.derive.verdict_rules import RULES
from sitegen.model import Check, FieldReference, Frozen, Reported
from sitegen.model.absence import Absence
from sitegen.model.fields import own_places


@dataclass(frozen=True)
class Judged:
    """A check with its inputs and its verdict."""

    check: Check
    inputs: tuple[Input, ...]
    verdict: Verdict


class MissingValue(LookupError):
    """A check names a value that no record has."""


class WrongInput(ValueError):
    """A value of a check is of another kind than its rule takes; `number` counts it from 0."""

    def __init__(self, number: int, given: Input, wanted: str) -> None:
        """Hold the input that was given, and the name of the kind that is wanted."""
        super().__init__(given.field, wanted)
        self.number, self.given, self.wanted = number, given, wanted


def value_at(relations: Relations, reference: FieldReference) -> Input:
    """Return the value that a reference names. Raise MissingValue where there is none."""
    record = relations.site.records.get(reference.folder, {}).get(reference.id)
    if record is None:
        raise MissingValue(str(reference))
    value: object = record
    at = own_places(record)
    for part in reference.field.split("."):
        value = _part(value, part)
        if value is None:
            raise MissingValue(str(reference))
        at = (own_places(value) if isinstance(value, Frozen) else ()) or at
    plain = value.value if isinstance(value, Reported) else value
    return Input(record, reference.field, plain, at)


def verdicts(relations: Relations) -> tuple[Judged, ...]:
    """Return every check with its verdict, inconsistencies first."""
    judged = [judge(relations, check) for check in relations.site.checks.values()]
    order = (Kind.INCONSISTENT, Kind.ONLY_IF, Kind.UNCHECKABLE, Kind.CONSISTENT)
    return tuple(
        sorted(judged, key=lambda judged: (order.index(judged.verdict.kind), judged.check.id))
    )


def judge(relations: Relations, check: Check) -> Judged:
    """Return a check with its verdict.

    Raise MissingValue where it names no value, WrongInput where one is of another kind than its
    rule takes, QuantityError where values of the right kinds do not go with each other.
    """
    inputs = tuple(value_at(relations, reference) for reference in check.inputs)
    rule = RULES[check.rule]
    for number, (given, taken) in enumerate(zip(inputs, rule.takes, strict=True)):
        if not taken.is_one(given):
            raise WrongInput(number, given, taken.name)
    absent = [value for value in inputs if isinstance(value.value, Absence)]
    if absent and not rule.takes_absence:
        return Judged(check, inputs, _absent(absent[0]))
    return Judged(check, inputs, rule.judge(relations, inputs))


def _absent(value: Input) -> Verdict:
    field = value.field.replace("_", " ")
    name = getattr(value.record, "name", value.record.id)
    return found(Finding.VALUE_ABSENT, field=field, name=name, word=str(value.value))


def _part(value: object, part: str) -> object:
    if isinstance(value, tuple):
        return value[int(part)] if part.isdecimal() and int(part) < len(value) else None
    return getattr(value, part, None) if not part.startswith("_") else None
