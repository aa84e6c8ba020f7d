"""Disagreements between sources, each counted once, however many cells of a table show it."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.derive.agreement import Agreement, everything, of_condition
from sitegen.derive.grouping import grouped
from sitegen.derive.positions import Position
from sitegen.derive.relations import Relations
from sitegen.derive.standing import Standing
from sitegen.incremental.queries import query
from sitegen.model import Source

_FAMILIES = {
    "amount of each dose": "dose",
    "daily dose": "dose",
    "frequency": "dose",
    "duration": "duration",
}
"""Dose, daily amount and frequency are one matter; the total of a course follows from them."""

_FIELDS = (*_FAMILIES, "total course dose")


@dataclass(frozen=True)
class Disagreement:
    """One matter on which sources conflict, with every question that shows it, amounts first."""

    parts: tuple[Agreement, ...]

    @property
    def first(self) -> Agreement:
        """Return the question that shows it best."""
        return self.parts[0]

    @property
    def others(self) -> tuple[Agreement, ...]:
        """Return the other questions that show it."""
        return self.parts[1:]

    @property
    def by_source(self) -> tuple[tuple[Source, tuple[Position, ...]], ...]:
        """Return what each source says on the first question, the same answer only once."""
        found: dict[str, dict[str, Position]] = {}
        for position in self.first.positions:
            found.setdefault(position.source.id, {}).setdefault(position.text, position)
        return tuple(
            (next(iter(said.values())).source, tuple(said.values())) for said in found.values()
        )


@query
def disagreements(relations: Relations) -> tuple[Disagreement, ...]:
    """Return every disagreement once, the most consequential first.

    Conflicts in the dosing for a condition are one disagreement where they are about one matter,
    the dose or the duration, whatever the severity and whichever amounts follow from it. The same
    conflict of the same records for several conditions is one. Every other conflict is its own.
    """
    conflicts = [question for question in everything(relations) if _conflicts(question)]
    matter_of = _matters(relations)
    found = grouped(
        (matter_of.get(_key(question), _key(question)), question) for question in conflicts
    )
    return tuple(Disagreement(tuple(sorted(parts, key=_rank))) for parts in found.values())


def _rank(question: Agreement) -> int:
    """Return the place of a question among those of one disagreement, amounts first."""
    return _FIELDS.index(question.field) if question.field in _FIELDS else len(_FIELDS)


def _matters(relations: Relations) -> dict[object, object]:
    """Return the matter of each conflict in the dosing for a condition."""
    matters: dict[object, object] = {}
    for condition in relations.conditions:
        conflicts = [
            question for question in of_condition(relations, condition) if _conflicts(question)
        ]
        families = {
            _FAMILIES[question.field] for question in conflicts if question.field in _FAMILIES
        }
        rest = "duration" if "duration" in families else "dose"
        for family in ("dose", "duration"):
            parts = [
                question for question in conflicts if _FAMILIES.get(question.field, rest) == family
            ]
            records = frozenset(one.record.key for part in parts for one in part.positions)
            matters |= dict.fromkeys(map(_key, parts), (family, records))
    return matters


def _key(question: Agreement) -> object:
    return question.about, question.field, question.comparison.id if question.comparison else None


def _conflicts(question: Agreement) -> bool:
    return question.standing is Standing.CONFLICT
