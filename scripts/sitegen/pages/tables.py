"""Decisions of tables: which have tools, what their cells show once, and what they sort by."""

from __future__ import annotations

from collections.abc import Sequence, Sized

from sitegen.derive.course import Course
from sitegen.derive.readings import has_readings
from sitegen.derive.relations import Named
from sitegen.derive.sizes import conditional
from sitegen.derive.total import Impossible
from sitegen.model import Regimen
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity

FEW = 3
"""The most rows that nobody needs to sort or to filter."""
_TOOLS = ("sortable", "filterable")


def tools(rows: Sized) -> str:
    """Return the classes of a table that can be sorted and filtered; empty for few rows."""
    return "".join(f" {tool}" for tool in _TOOLS) if len(rows) > FEW else ""


def is_interactive(kind: str) -> bool:
    """Return whether readers can sort or filter a table of these classes."""
    return any(tool in kind for tool in _TOOLS)


def has_anchor_here(record: Regimen, condition: Named | None) -> bool:
    """Return whether the row of a regimen under a condition has its anchor: the first of its rows.

    A regimen for several conditions has a row under each of them, and no two rows have one anchor.
    """
    return condition is None or condition.id == record.conditions[0]


def clear_way(found: Sequence[tuple[str, Course]]) -> Course | None:
    """Return the one reading of a total that has no condition; None where there are several."""
    return found[0][1] if len(found) == 1 and not found[0][0] else None


def unclear_value(regimen: Regimen, of: str) -> Absence | None:
    """Return the word for the unclear field that one total depends on; None where there is none.

    A total of a day depends on how often doses are given, that of a course on how long as well.
    """
    if of not in ("daily", "total"):
        return None
    if has_readings(regimen):
        return Absence.UNCLEAR
    if regimen.readings:
        return regimen.times.absence
    return regimen.length.absence if regimen.lengths and of == "total" else None


def sort_amount(ways: Sequence[Course], of: str) -> Quantity | None:
    """Return what a total of a regimen sorts by.

    None where there is no amount, or where it depends on a reading.
    """
    found = conditional(ways, of)
    total = found[0][1]
    return None if len(found) > 1 or isinstance(total, Impossible) else total.amount
