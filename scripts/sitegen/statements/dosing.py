"""Whether sources report a dose, or only how often and how long."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.model import Regimen

A_DOSE = "a dose reported"


def dosed(regimens: Sequence[Regimen]) -> str:
    """Return what regimens report of a dose; empty where there is no regimen.

    A dose is reported only where one of them states an amount: a mass, a volume or drops of a
    dose, or an amount a day. Else it is only how often, how long or both, or no dose.
    """
    if not regimens:
        return ""
    if any(map(has_amount, regimens)):
        return A_DOSE
    often = any(not regimen.times.absence or regimen.readings for regimen in regimens)
    long = any(not regimen.length.absence or regimen.lengths for regimen in regimens)
    parts = [words for words, is_stated in (("how often", often), ("how long", long)) if is_stated]
    return f"only {' and '.join(parts)}" if parts else "no dose reported"


def has_amount(regimen: Regimen) -> bool:
    """Return whether a regimen states a mass, a volume or drops of a dose, or an amount a day."""
    amounts = [regimen.each, regimen.volume, regimen.daily]
    if regimen.drops:
        amounts.append(regimen.drops)
    return any(not amount.absence for amount in amounts)
