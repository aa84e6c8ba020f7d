"""The rule on the numbered weeks of a treatment."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.dosages import is_above
from sitegen.derive.weeks import weeks_of
from sitegen.model import Experiment, Phase, Record, Regimen, Study
from sitegen.model.problems import Problem
from sitegen.model.quantity import Quantity, QuantityError, Range, unit
from sitegen.model.record import KeyPath
from sitegen.read.load import Loaded


def weeks_go_on_from_each_other(loaded: Loaded, record: Record) -> Iterator[Problem]:
    """The weeks of a phase lie behind those before it and are as many as its length, or a note."""
    for places in _sequences(record):
        before: tuple[int, int | None] | None = None
        for where, phase in places:
            ends = weeks_of(phase)
            if phase.weeks is None or phase.weeks.note or ends is None:
                before = ends
                continue
            together = isinstance(phase, Phase) and phase.is_together
            found = (None if together else _overlap(before, ends), _misfit(ends, phase))
            for why in filter(None, found):
                message = (
                    f"weeks is {phase.weeks.value}, but {why}: mend the one that the source does"
                    " not say, or say why in a note on weeks"
                )
                yield loaded.problem(record, (*where, "weeks"), message)
            before = ends


def _sequences(record: Record) -> Iterator[list[tuple[KeyPath, Regimen | Phase]]]:
    """Yield the phases of a regimen, or of each arm, in their order, with their places."""
    if isinstance(record, Regimen):
        later = [(("then", number), phase) for number, phase in enumerate(record.then)]
        yield [((), record), *later]
    if isinstance(record, Study | Experiment):
        for place, arm in enumerate(record.arms):
            yield [(("arms", place, "dosage", n), phase) for n, phase in enumerate(arm.dosage)]


def _overlap(before: tuple[int, int | None] | None, ends: tuple[int, int | None]) -> str | None:
    """Return the weeks that others begin before the end of; None where they follow."""
    if before is None:
        return None
    first, last = before
    if ends[0] > (first if last is None else last):
        return None
    return f"the phase before is given {'from' if last is None else 'until'} week {last or first}"


def _misfit(ends: tuple[int, int | None], phase: Regimen | Phase) -> str | None:
    """Return the stated length that the number of weeks is not; None where they agree."""
    length, (first, last) = phase.length.value, ends
    if last is None or not isinstance(length, Quantity):
        return None
    weeks = Range.of(last - first + 1)
    try:
        there = length.to(unit("week")).range
    except QuantityError:
        return None  # months and years are no fixed number of weeks
    outside = is_above(there.low, weeks.high) or is_above(weeks.low, there.high)
    return f"length is {length}" if outside else None
