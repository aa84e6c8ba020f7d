"""Whether values answer the same question, by the records that they are from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen.derive.verdict import Input
from sitegen.model import Claim, Event, Experiment, Product, Regimen


def different_questions(inputs: Sequence[Input]) -> str | None:
    """Return why values answer different questions; None where their records show no difference.

    True where two of the values differ in what they are about: the kind or the substance of a
    claim, what the date of an event dates, the product of a strength, the experiment of a dose,
    the conditions and the substance of a regimen.
    """
    for subject_of in (_claim, _event, _product, _experiment, _regimen):
        subjects = list(dict.fromkeys(subject for value in inputs for subject in subject_of(value)))
        if len(subjects) > 1:
            return " and ".join(subjects)
    return None


def _claim(given: Input) -> Iterator[str]:
    if isinstance(given.record, Claim):
        yield f"{given.record.kind} of {given.record.substance}"


def _event(given: Input) -> Iterator[str]:
    if isinstance(given.record, Event) and given.field == "when" and given.record.dates:
        yield given.record.dates


def _product(given: Input) -> Iterator[str]:
    if isinstance(given.record, Product) and given.field.startswith("strength"):
        yield f"strength of {given.record.name}"


def _experiment(given: Input) -> Iterator[str]:
    if isinstance(given.record, Experiment) and given.field.startswith("doses"):
        yield f"dose in {given.record.name}"


def _regimen(given: Input) -> Iterator[str]:
    if isinstance(given.record, Regimen):
        conditions = ", ".join(sorted(given.record.conditions))
        other = given.record.other_substance
        of = f" of {other}" if other else ""
        yield f"dosing{of} for {conditions or 'no condition'}"
