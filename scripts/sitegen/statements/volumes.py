"""Sentences on volumes that pass a threshold."""

from __future__ import annotations

from sitegen.model.quantity import Quantity
from sitegen.model.typography import amount


def more_than_a_container(container: Quantity) -> str:
    """Return that a dose is more than a container, as a judgement of this site.

    True where the upper end of the dose is above the size of a container; that this is too much
    for one dose is said by no source.
    """
    return (
        f"more than a whole bottle ({amount(container)}) in one dose: implausible in the judgement "
        "of this site, not of a source"
    )
