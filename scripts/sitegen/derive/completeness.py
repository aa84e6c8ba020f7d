"""What a report says and leaves out, item by item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sitegen.derive.given_apart import places_given_apart
from sitegen.model import Locator, Reported, Study
from sitegen.model.absence import Absence
from sitegen.model.reporting_items import ITEMS, Item


@dataclass(frozen=True)
class Answer:
    """What one report says on one item."""

    study: Study
    item: Item
    reported: Reported[object]
    at: tuple[Locator, ...]
    is_apart: bool = False
    """Whether the report answers by its arms, its results or a list, and not in the field."""

    @property
    def state(self) -> str:
        """Return `reported`, or the word of absence."""
        return "reported" if self.is_apart else str(self.reported.absence or "reported")

    @property
    def places(self) -> tuple[Locator, ...]:
        """Return where the answer is, or where it was looked for; empty where nobody looked."""
        if self.state == "reported":
            return self.at
        return () if self.state == Absence.NOT_EXTRACTED.value else self.study.at


@dataclass(frozen=True)
class Count:
    """How many items are reported, of how many that apply; unclear never counts as reported."""

    reported: int
    unclear: int
    applicable: int
    unread: int

    @property
    def has_total(self) -> bool:
        """Return whether a share can be shown: the item applies, and no report is unread."""
        return bool(self.applicable) and not self.unread


@dataclass(frozen=True)
class Row:
    """One item with the answers of every report."""

    item: Item
    answers: tuple[Answer, ...]
    count: Count


@lru_cache(maxsize=1_000)  # pages and files need those of one study several times
def answers(study: Study) -> tuple[Answer, ...]:
    """Return the study's answer to each of the twenty items, in their order."""
    return tuple(_answer(study, item) for item in ITEMS)


def count(given: Iterable[Answer]) -> Count:
    """Return the count of answers. `not applicable` lowers the number of applicable items.

    While any is `not extracted` there is no total to show: `unread` says how many.
    """
    states = [answer.state for answer in given]
    applicable = len(states) - states.count(Absence.NOT_APPLICABLE.value)
    return Count(
        states.count("reported"),
        states.count(Absence.UNCLEAR.value),
        applicable,
        states.count(Absence.NOT_EXTRACTED.value),
    )


def count_by_item(studies: Iterable[Study]) -> tuple[Row, ...]:
    """For each item, its answers across reports and their count."""
    table = [answers(study) for study in studies]
    columns = [tuple(row[place] for row in table) for place in range(len(ITEMS))]
    return tuple(
        Row(item, column, count(column)) for item, column in zip(ITEMS, columns, strict=True)
    )


def count_of_item(studies: Iterable[Study], field: str) -> Count:
    """Return the count of the answers of reports to one item."""
    return next(row.count for row in count_by_item(studies) if row.item.field == field)


def has_an_answer(studies: Iterable[Study], item: Item) -> bool:
    """Return whether any of several reports answers an item, if only unclearly."""
    answered = ("reported", Absence.UNCLEAR.value)
    return any(state_of(study, item.field) in answered for study in studies)


def state_of(study: Study, field: str) -> str:
    """Return `reported` where a report answers an item, by its field; else the word of absence."""
    return next(answer.state for answer in answers(study) if answer.item.field == field)


def with_harms(studies: Iterable[Study]) -> tuple[Study, ...]:
    """Return the reports that say something on harms, if only that none was seen."""
    said = ("reported", Absence.NONE_OBSERVED.value)
    return tuple(study for study in studies if state_of(study, "harms") in said)


def _answer(study: Study, item: Item) -> Answer:
    reported = getattr(study, item.field)
    if apart := places_given_apart(study, item.field):
        return Answer(study, item, reported, apart, is_apart=True)
    return Answer(study, item, reported, reported.at or study.at)
