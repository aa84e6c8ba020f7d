"""What the words for how sources stand to each other mean, and what other sources say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from sitegen.derive.agreement import of_regimen
from sitegen.derive.disagreements import Disagreement
from sitegen.derive.grouping import grouped
from sitegen.derive.positions import Position
from sitegen.derive.relations import Relations
from sitegen.derive.standing import Standing
from sitegen.derive.standing import standing as judged
from sitegen.model import Regimen, Source
from sitegen.statements.english import number
from sitegen.statements.regimens import stated
from sitegen.statements.sources import source_label


def definition(standing: Standing) -> str:
    """Return when a standing is true, as pages show it.

    Amounts and dates are judged by `derive.standing`, which follows these definitions; where a
    curator reads words, the curator follows them.
    """
    return _DEFINITIONS[standing]


_DEFINITIONS = {
    Standing.CONFLICT: "Sources answer the same question, and at least two of their answers share "
    "no value: they cannot both hold. Not to name a thing is not to deny it.",
    Standing.OVERLAP: "Sources answer the same question differently, and each two of them share "
    "at least one value.",
    Standing.AGREE: "All the sources that answer the question give the same.",
    Standing.DIFFERENT_QUESTION: "The statements are about different things: another quantity, "
    "product, population, outcome, target or event, or lists of which none denies the other. "
    "Neither supports nor contradicts the other.",
    Standing.NOT_COMPARABLE: "The statements are about the same thing, and cannot be put on one "
    "scale.",
    Standing.ONLY_ONE: "A single source answers the question. What it says is neither confirmed "
    "nor contradicted.",
}


def count_disagreements(found: Sequence[Disagreement]) -> str:
    """Return how many disagreements there are, and in how many questions they show.

    A disagreement counts once, whatever number of severities, conditions and amounts that follow
    from each other show it.
    """
    shown = sum(len(disagreement.parts) for disagreement in found)
    counted = number(len(found), "disagreement")
    return counted if shown == len(found) else f"{counted}, shown by {number(shown, 'question')}"


_DOSE = ("amount of each dose", "amount a day", "doses a day")


@dataclass(frozen=True)
class OtherDose:
    """A regimen of another source that gives another dose for the same patients."""

    regimen: Regimen
    source: Source
    says: str
    """What it gives: its regimen in a line, and the mass that its drops come to."""

    @property
    def sentence(self) -> str:
        """Return what the source gives, beginning with what the source is called."""
        return f"{source_label(self.source)} ({self.source.kind}): {self.says}"


def other_doses(relations: Relations, regimen: Regimen) -> tuple[OtherDose, ...]:
    """Return the regimens of other sources that give another dose than a regimen does.

    True of those for the same condition, situation and route, and for the same severity or none,
    whose amount of a dose, amount a day or number of doses a day shares no value with that of the
    regimen.
    """
    found = grouped(
        (theirs.record.key, theirs)
        for question in of_regimen(relations, regimen)
        if question.field in _DOSE
        for mine, theirs in product(question.of(regimen), question.positions)
        if theirs.source.id != mine.source.id and _conflict(mine, theirs)
    )
    regimens = relations.site.regimens
    return tuple(_other(regimens[id], said) for (_, id), said in found.items())


def sources_disagree(relations: Relations, regimen: Regimen) -> str:
    """Return that other sources give another dose, with theirs; empty where none does."""
    others = [dose.sentence for dose in other_doses(relations, regimen)]
    return f"Sources disagree. {' '.join(f'{sentence}.' for sentence in others)}" if others else ""


def _conflict(mine: Position, theirs: Position) -> bool:
    return judged([mine.values, theirs.values]) is Standing.CONFLICT


def _other(regimen: Regimen, said: Sequence[Position]) -> OtherDose:
    computed = dict.fromkeys(position.text for position in said if position.is_computed)
    return OtherDose(regimen, said[0].source, "; computed: ".join([stated(regimen), *computed]))
