"""Sentences on what a substance is."""

from __future__ import annotations

from sitegen.derive.relations import Relations
from sitegen.model import Substance
from sitegen.model.absence import Absence
from sitegen.statements.attribution import according_to


def structure_line(substance: Substance) -> str:
    """Return what a drawing shows; that it is drawn from a sequence only where there is one."""
    drawn = "" if substance.sequence.absence else ", drawn from the sequence of amino acids below"
    return f"Structural formula of {substance.name}{drawn}"


def substance_line(relations: Relations, substance: Substance) -> str:
    """Return what a substance is, and who says so; only its name where there is no summary."""
    summary = substance.summary
    if summary.absence:
        return f"{substance.name}, as the sources name and describe it."
    said = according_to(relations, summary.at or substance.at)
    return f"{substance.name}: {summary.value}, {said}."


def has_sequence(substance: Substance) -> bool:
    """Return whether a substance can have a sequence of amino acids, or has a remark on it."""
    sequence = substance.sequence
    return sequence.absence is not Absence.NOT_APPLICABLE or bool(sequence.note)
