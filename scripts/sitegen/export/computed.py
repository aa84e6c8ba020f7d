"""The computed columns of the tables, each named as computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from sitegen.derive.agreement import compared
from sitegen.derive.ceilings import Ceiling, ceilings
from sitegen.derive.completeness import answers, count
from sitegen.derive.course import Course, Held
from sitegen.derive.participants import participants_of
from sitegen.derive.phases import phase_name, phases
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of, stated_strength
from sitegen.derive.total import Computed, Stated, Total
from sitegen.derive.verdicts import judge
from sitegen.derive.volumes import content
from sitegen.export.columns import cells_of_amount, columns_of_amount
from sitegen.export.files import spaced
from sitegen.export.table import BETWEEN, LEFT_OUT, STATED, Column, Row, several
from sitegen.model import Check, Comparison, Product, Record, Regimen, Study
from sitegen.statements.agreement import alarm_line
from sitegen.statements.amounts import NOT_COMPUTED, none_word, why_none
from sitegen.statements.ceilings import ceiling_line
from sitegen.statements.verdicts import because, formula_line, result_line

_TOTALS = {
    "each_dose": "The amount of each dose",
    "a_day": "The amount a day",
    "a_week": "The amount a week, where there is less than a dose a day",
    "a_month": "The amount a month, where doses are counted by the month",
    "a_year": "The amount a year, where doses are months apart or counted by the year",
    "an_hour": "The amount an hour, where what runs without a break is stated by the day",
    "a_course": "The amount in a course, or in each of several",
    "all_courses": "The amount in all courses, where the source states several",
    "strength": "The strength in mg/mL, where the source states a percentage",
}


@dataclass(frozen=True)
class Addition:
    """Columns that are added to a kind's table, with the rows that each record takes in it.

    Each row has the record, or the phase of it, whose reported values stand in the row.
    """

    columns: tuple[Column, ...]
    rows: Callable[[Any], Iterator[tuple[Record, Row]]]
    keys: int = 0


@lru_cache(maxsize=1)  # each record of a site needs them
def additions(relations: Relations) -> Mapping[str, Addition]:
    """Return what is added to the table of each kind."""
    return {
        Regimen.folder: _of_regimens(relations),
        Study.folder: _of_studies(relations),
        Check.folder: _of_checks(relations),
        Comparison.folder: _of_comparisons(relations),
        Product.folder: Addition(
            tuple(columns_of_total("computed_content", "The mass in one container")),
            lambda product: iter([(product, cells_of_total(content(product)))]),
        ),
    }


def columns_of_total(name: str, about: str) -> Iterator[Column]:
    """Yield the five columns of a total: the amount and where it comes from."""
    yield from columns_of_amount(name, f"{about}, computed.")
    yield Column(f"{name}_from", f"The formula of `{name}`, or why there is no amount.")


def cells_of_total(total: Total | None) -> Row:
    """Return a total as cells: amount and formula, or a word and the reason, or `LEFT_OUT`."""
    if total is None:
        return (*cells_of_amount(None), LEFT_OUT)
    if isinstance(total, Computed):
        return (*cells_of_amount(total.amount), spaced(total.formula))
    if isinstance(total, Stated):
        return (*cells_of_amount(STATED), STATED)
    return (*cells_of_amount(none_word(total)), spaced(why_none(total)))


_INGREDIENTS = Column(
    "computed_ingredients",
    "The amount of each ingredient in each total, where doses are counted in tablets or the "
    f"like; several have “{BETWEEN}” between them.",
    several=True,
)
_FOR_BODIES = Column(
    "computed_for_a_body",
    "The amount of each total for a weight or a body surface that the source itself states; "
    f"several have “{BETWEEN}” between them.",
    several=True,
)
_EQUIVALENTS = Column(
    "computed_equivalents",
    "Each total in the terms of an equivalence that the same source states; "
    f"several have “{BETWEEN}” between them.",
    several=True,
)


_LIMITS = Column(
    "computed_limits",
    "The limits that follow from a stated limit, a repeat or a least time between doses; several "
    f"have “{BETWEEN}” between them.",
    several=True,
)


_OF_A_ROW = (
    Column(
        "phase_number",
        "Which phase of the regimen the row is of; 1 alone where it has one.",
        "integer",
    ),
    Column("reading_number", "Which reading the row is of; 1 alone where there is one.", "integer"),
    Column("phase_name", "What the phase is called, where there are several."),
    Column("readings", "How many readings the phase has.", "integer"),
    Column(
        "reading",
        "What the reading takes the source to mean; it holds for the computed "
        "columns of the row, and no reading is preferred.",
    ),
)


def _of_regimens(relations: Relations) -> Addition:
    """Yield a row for each reading, so that no amount of an unclear regimen stands without one."""
    totals = (
        column
        for name, about in _TOTALS.items()
        for column in columns_of_total(f"computed_{name}", about)
    )
    return Addition(
        (*_OF_A_ROW, *totals, _INGREDIENTS, _FOR_BODIES, _EQUIVALENTS, _LIMITS),
        partial(_rows_of_regimen, relations),
        keys=2,
    )


def _rows_of_regimen(relations: Relations, regimen: Regimen) -> Iterator[tuple[Record, Row]]:
    """Yield a row for each reading of each phase, with the phase whose values stand in it."""
    for place, phase in enumerate(phases(regimen)):
        ways = courses_of(relations.site, phase)
        name = phase_name(regimen, place) or LEFT_OUT
        for number, way in enumerate(ways, 1):
            found = [cell for total in _totals(phase, way) for cell in cells_of_total(total)]
            keys = (str(place + 1), str(number))
            for kind in ("ingredient", "body", "equivalent"):
                found.append(several(_held(held) for held in way.held if held.kind == kind))
            found.append(several(map(_limit, ceilings(phase))))
            yield phase, (*keys, name, str(len(ways)), way.reading or LEFT_OUT, *found)


def _limit(ceiling: Ceiling) -> str:
    """Return a computed limit: `at most 880 micrograms a day (440 micrograms × 2 a day)`."""
    return spaced(f"{ceiling_line(ceiling)} ({ceiling.most.formula})")


def _held(held: Held) -> str:
    """Return what a total holds, or is for a body: `a_day ivacaftor: 150 mg per day (…)`."""
    if isinstance(held.total, Stated):
        return spaced(f"{NAMES_OF_TOTALS[held.of]} {held.name}: {held.total.amount} ({STATED})")
    if not isinstance(held.total, Computed):
        return f"{NAMES_OF_TOTALS[held.of]} {held.name}: {NOT_COMPUTED}"
    return spaced(
        f"{NAMES_OF_TOTALS[held.of]} {held.name}: {held.total.amount} ({held.total.formula})"
    )


NAMES_OF_TOTALS = {
    "per_dose": "each_dose",
    "daily": "a_day",
    "weekly": "a_week",
    "monthly": "a_month",
    "yearly": "a_year",
    "hourly": "an_hour",
    "total": "a_course",
    "all_courses": "all_courses",
}
"""What exports call each total of a course."""


def _totals(regimen: Regimen, way: Course) -> Iterator[Total | None]:
    """Yield the totals of one reading, in the order of `_TOTALS`."""
    yield from (way.per_dose, way.daily, way.weekly, way.monthly, way.yearly, way.hourly)
    yield from (way.total, way.all_courses)
    yield stated_strength(regimen)


def _of_studies(relations: Relations) -> Addition:
    columns = (
        Column(
            "computed_reports",
            "The reports of the same study, this one among them; several "
            f"have “{BETWEEN}” between them.",
            table=Study.folder,
            several=True,
        ),
        *columns_of_total("computed_participants", "The participants, where they are summed"),
        Column("computed_reported", "How many of the questions asked are answered.", "integer"),
        Column("computed_unclear", "How many are answered unclearly.", "integer"),
        Column("computed_asked", "How many of the twenty items apply.", "integer"),
        Column("computed_not_extracted", "How many were not looked for yet.", "integer"),
    )

    def rows(study: Study) -> Iterator[tuple[Record, Row]]:
        counted = count(answers(study))
        numbers = (counted.reported, counted.unclear, counted.applicable, counted.unread)
        reports = several(report.id for report in relations.group_of(study))
        total = cells_of_total(participants_of(study))
        yield study, (reports, *total, *map(str, numbers))

    return Addition(columns, rows)


def _of_checks(relations: Relations) -> Addition:
    columns = (
        Column("computed_formula", "What was set against what."),
        Column("computed_result", "What it comes to."),
        Column("computed_verdict", "The verdict."),
        Column("computed_because", "The reason for the verdict."),
    )

    def rows(check: Check) -> Iterator[tuple[Record, Row]]:
        verdict = judge(relations, check).verdict
        cells = (formula_line(verdict), result_line(verdict), verdict.kind.value, because(verdict))
        yield check, tuple(map(spaced, cells))

    return Addition(columns, rows)


def _of_comparisons(relations: Relations) -> Addition:
    columns = (
        Column(
            "computed_standing",
            "How the sources stand to each other; “not applicable” where a curator reads it.",
        ),
        Column("computed_alarm", "What a large distance between them calls for."),
    )

    def rows(comparison: Comparison) -> Iterator[tuple[Record, Row]]:
        found = compared(relations, comparison)
        standing = "not applicable" if comparison.rule == "words" else found.standing.value
        yield comparison, (standing, alarm_line(found.alarm) or LEFT_OUT)

    return Addition(columns, rows)
