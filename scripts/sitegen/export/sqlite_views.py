"""The views of the SQLite file: questions that users ask, answered by joins of its tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ViewColumn:
    """A column of a view: its name, the column of a table that it shows, and what it holds."""

    name: str
    shows: str
    about: str


@dataclass(frozen=True)
class View:
    """A view: its name, what a row is, its columns, and the tables that it joins."""

    name: str
    about: str
    columns: tuple[ViewColumn, ...]
    joins: str

    @property
    def definition(self) -> str:
        """The statement that creates it; a row stands in it once."""
        shown = ", ".join(f'{column.shows} AS "{column.name}"' for column in self.columns)
        return f'CREATE VIEW "{self.name}" AS SELECT DISTINCT {shown} {self.joins}'


def _amount(name: str, table: str, about: str, column: str = "") -> tuple[ViewColumn, ...]:
    """Return the four columns of an amount, or of the word in its place."""
    shown = f'{table}."{column or name}'
    return (
        ViewColumn(name, f'{shown}"', f"{about}, as it is written, or a word in its place."),
        ViewColumn(f"{name}_low", f'{shown}_low"', f"The lower end of {name}."),
        ViewColumn(f"{name}_high", f'{shown}_high"', f"The upper end of {name}."),
        ViewColumn(f"{name}_unit", f'{shown}_unit"', f"The unit of {name}."),
    )


_DOSES = View(
    "doses",
    "A reported dose for a condition, as a source gives it: a row for each regimen, phase, reading,"
    " condition and source. Reported, not recommended.",
    (
        ViewColumn("condition", "k.id", "The condition; NULL where the regimen names none."),
        ViewColumn("condition_name", "k.name", "The name of the condition."),
        ViewColumn("regimen", "r.id", "The regimen."),
        ViewColumn("name", "r.name", "The name of the regimen."),
        ViewColumn("phase_number", "r.phase_number", "The phase of the regimen, from 1."),
        ViewColumn("reading_number", "r.reading_number", "The reading of the phase, from 1."),
        ViewColumn("reading", "r.reading", "What the reading takes the source to mean."),
        ViewColumn("route", "r.route", "The route."),
        *_amount("each", "r", "The amount of each dose"),
        *_amount("drops", "r", "The drops of each dose"),
        *_amount("volume", "r", "The volume of each dose"),
        ViewColumn("site", "r.site", "Where each dose goes."),
        *_amount("daily", "r", "The amount a day, as stated"),
        *_amount("times", "r", "How often doses are given"),
        *_amount("length", "r", "For how long"),
        *_amount("computed_a_day", "r", "The amount a day, computed"),
        *_amount("computed_a_course", "r", "The amount in a course, computed"),
        *_amount("courses_count", "r", "The number of courses"),
        *_amount("computed_all_courses", "r", "The amount in all courses, computed"),
        ViewColumn("source", "s.id", "A source that the regimen cites."),
        ViewColumn("source_title", "s.title", "The title of the source."),
    ),
    "FROM regimens r"
    " LEFT JOIN regimens_conditions c ON (c.record, c.phase_number, c.reading_number)"
    " = (r.id, r.phase_number, r.reading_number)"
    " LEFT JOIN conditions k ON k.id = c.value"
    " LEFT JOIN regimens_at a ON (a.record, a.phase_number, a.reading_number)"
    " = (r.id, r.phase_number, r.reading_number)"
    " LEFT JOIN sources s ON s.id = a.source",
)
_STUDY_ARMS = View(
    "study_arms",
    "A study in people, as a source reports it, with one of its arms; a study without reported arms"
    " has one row.",
    (
        ViewColumn("study", "t.id", "The report of a study."),
        ViewColumn("name", "t.name", "The name of the study."),
        ViewColumn("conditions", "t.conditions", "The conditions, joined."),
        ViewColumn("design", "t.design", "The design."),
        *_amount("participants", "t", "The number of participants"),
        ViewColumn("arm_number", "m.number", "The number of the arm, from 1; NULL without an arm."),
        ViewColumn("arm", "m.name", "The name of the arm."),
        ViewColumn("role", "m.role", "The role of the arm."),
        *_amount("arm_participants", "m", "The number of participants of the arm", "participants"),
    ),
    "FROM studies t LEFT JOIN studies_arms m ON m.record = t.id",
)
_CAUTIONS_BY_SOURCE = View(
    "cautions_by_source",
    "A caution with a source that it is from.",
    (
        ViewColumn("source", "s.id", "The source."),
        ViewColumn("source_title", "s.title", "The title of the source."),
        ViewColumn("kind", "c.kind", "The kind of caution."),
        ViewColumn("subject", "c.subject", "What it is about."),
        ViewColumn("stance", "c.stance", "Whether the source reports it or denies it."),
        ViewColumn("caution", "c.id", "The caution."),
        ViewColumn("name", "c.name", "The name of the caution."),
        ViewColumn("conditions", "c.conditions", "The conditions, joined."),
        ViewColumn("says", "c.says", "What the source says, in our words."),
    ),
    "FROM cautions c JOIN cautions_at a ON a.record = c.id JOIN sources s ON s.id = a.source",
)
VIEWS = (_DOSES, _STUDY_ARMS, _CAUTIONS_BY_SOURCE)
