"""Limits that this site computes, in words, each with its formula beside it."""

from __future__ import annotations

from sitegen.derive.ceilings import Ceiling
from sitegen.derive.frequency import at_most
from sitegen.model.quantity import Quantity, Range
from sitegen.model.typography import rounded


def ceiling_line(ceiling: Ceiling) -> str:
    """Return a limit that follows from others: `at most 880 micrograms a day`.

    It is true of what one source states together: no other source, and no advice, is behind it.
    """
    high, of = ceiling.most.amount.range.high, ceiling.most.amount.unit
    most = ceiling.most.amount if high is None else Quantity(Range.of(high), of)
    if ceiling.of == "for one need":
        return f"at most {rounded(most)} for one need"
    return at_most(most, rounded(most))
