"""Sentences on what a substance is."""

from __future__ import annotations

from sitegen.model import Substance


def structure_line(substance: Substance) -> str:
    """Return what a drawing shows; that it is drawn from a sequence only where there is one."""
    drawn = "" if substance.sequence.absence else ", drawn from the sequence of amino acids below"
    return f"Structural formula of {substance.name}{drawn}"
