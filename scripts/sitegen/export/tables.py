"""Every table: a kind's records, the parts of records, and what is computed across them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from sitegen.derive.agreement import Agreement, everything
from sitegen.derive.readings import readings_of
from sitegen.derive.relations import Relations
from sitegen.derive.total import Computed
from sitegen.derive.volumes import Volume, volumes
from sitegen.export.columns import (
    Part,
    cells,
    cells_of,
    columns,
    columns_of,
    holds_reported,
    nested_parts,
    parts,
)
from sitegen.export.computed import Addition, additions, cells_of_total, columns_of_total
from sitegen.export.files import spaced
from sitegen.export.links import links, once, rows_of_links
from sitegen.export.table import (
    BETWEEN,
    LEFT_OUT,
    ONCE,
    SENTENCES,
    Column,
    Reference,
    Row,
    Table,
    csv_lines,
    several,
    several_as,
)
from sitegen.model import KINDS, Record, Regimen, Site, Source
from sitegen.model.fields import reported_values
from sitegen.model.typography import amount
from sitegen.statements.agreement import COMPUTED, READ_BY_CURATOR, about_line, standing_is
from sitegen.statements.sources import state_mark
from sitegen.statements.volumes import flag_line

_NOTHING_ADDED = Addition((), lambda record: iter([(record, ())]))
_VOLUMES, _PLACES = "volumes", "places"
_IN_VOLUMES = {
    "each_dose": "The volume of a dose",
    "drops": "The drops in a dose",
    "drops_in_each_nostril": "The drops in each nostril; where the source does not say that each "
    "gets a dose, if both get the same, as the formula says",
    "bottles_a_dose": "The bottles in a dose",
    "a_day": "The volume a day",
    "a_course": "The volume of a course, or of each of several",
    "bottles_a_course": "The bottles of a course, or of each of several",
    "all_courses": "The volume of all courses, where the source states several",
    "bottles_in_all_courses": "The bottles of all courses, where the source states several",
}

_STATE = Column(
    "computed_states_of_sources",
    "What became of the sources that the record cites, such as a retraction; several have "
    f"“{BETWEEN}” between them.",
    table=Source.folder,
    several=True,
)
_UNCLEAR = Column(
    "readings_of_values",
    "What each unclear value may mean, behind its field, where the record gives readings; several "
    f"have “{BETWEEN}” between them.",
    several=True,
)
_AGREEMENT = (
    Column(
        "question", "The number of the question; the most consequential conflicts first.", "integer"
    ),
    Column("position", "The number of the position on the question.", "integer"),
    Column("about", "What the question is about."),
    Column("field", "Which value it asks for."),
    Column("comparison", "The comparison it was set up as.", table="comparisons"),
    Column("weight", "What it bears on."),
    Column("standing", "How the sources stand to each other."),
    Column(
        "standing_is",
        "Whether it is computed or read by a curator.",
        choices=(COMPUTED, READ_BY_CURATOR),
    ),
    Column("source", "Who takes the position.", table="sources"),
    Column("record", "The record that takes it, with its table."),
    Column("says", "The position; what is computed of an unclear regimen stands with its reading."),
    Column(
        "voice",
        "Whether the position is reported, computed, or a curator’s note.",
        choices=("reported", "computed", "note"),
    ),
    Column(
        "at",
        f"The sentences; several have “{BETWEEN}” between them.",
        table=SENTENCES,
        several=True,
    ),
)


def rows_of(relations: Relations, record: Record) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield each table that a record has rows in, with those rows; link tables too."""
    shapes = _shapes(relations)
    for name, rows in _rows_of(relations, record):
        found = tuple(rows)
        yield name, found
        yield from rows_of_links(shapes[name], found)
    if name := ONCE.get(record.folder, ""):
        yield name, [(record.id,)]


@lru_cache(maxsize=1)  # each record of a site needs them
def _shapes(relations: Relations) -> Mapping[str, Table]:
    """Return every table that records have rows in, by its name and without its rows."""
    return {table.name: table for table in _of_records(relations, {})}


def _rows_of(relations: Relations, record: Record) -> Iterator[tuple[str, Iterable[Row]]]:
    kind, site = type(record), relations.site
    added = additions(relations).get(kind.folder, _NOTHING_ADDED)
    state = _state_cells(relations, record)
    yield (
        kind.folder,
        (
            _row(shown, (*more, *_readings_cells(shown), *state), added.keys)
            for shown, more in added.rows(record)
        ),
    )
    for part in parts(kind):
        yield f"{kind.folder}-{part.field}", _rows_of_part(part, record)
        for inner in nested_parts(part):
            yield f"{kind.folder}-{part.field}-{inner.field}", _rows_of_inner(part, inner, record)
    if isinstance(record, Regimen):
        yield _VOLUMES, _rows_of_volumes(site, record)
    yield _PLACES, _rows_of_places(record)


def _row(record: Record, more: Row, keys: int) -> Row:
    """Return a row: id, further keys, the reported values of a record, and what is computed."""
    id, *values = cells(record)
    return (id, *more[:keys], *values, *more[keys:])


def tables(relations: Relations, lines: Mapping[str, str]) -> Iterator[Table]:
    """Yield every table, each with its link tables after it, kinds first.

    `lines` are the rows that records have in each, as CSV.
    """
    for table in _of_records(relations, lines):
        if table.name == _PLACES:
            yield from _agreement(relations)
        yield table
        yield from links(table, lines)
        yield from once(table.name, lines)


def _of_records(relations: Relations, lines: Mapping[str, str]) -> Iterator[Table]:
    """Yield every table that records have rows in, without the link tables."""
    added = additions(relations)
    for kind in KINDS:
        yield _of_kind(kind, added.get(kind.folder, _NOTHING_ADDED), lines)
        for part in parts(kind):
            yield _of_part(kind, part, lines)
            for inner in nested_parts(part):
                yield _of_inner(kind, part, inner, lines)
    yield _volumes(lines)
    yield _places(lines)


def _of_kind(kind: type[Record], added: Addition, lines: Mapping[str, str]) -> Table:
    """Return the records of a kind, a row each, or a row for each reading."""
    about = " ".join((kind.__doc__ or "").split())
    first, *others = columns(kind)
    first = replace(first, table=kind.folder if kind.folder in ONCE else None)
    key, more = added.columns[: added.keys], added.columns[added.keys :]
    name = kind.folder
    state = (_STATE,) if _cites(kind) else ()
    readings = (_UNCLEAR,) if holds_reported(kind) else ()
    found = (first, *key, *others, *more, *readings, *state)
    return Table(name, about, found, lines.get(name, ""), 1 + added.keys)


def _cites(kind: type[Record]) -> bool:
    return "at" in kind.model_fields


def _readings_cells(record: Record) -> Row:
    """Return what the unclear values of a record may mean, where its kind can have any."""
    return (several(map(spaced, readings_of(record))),) if holds_reported(type(record)) else ()


def _state_cells(relations: Relations, record: Record) -> Row:
    """Return what became of the sources that a record cites, in the one cell of kinds that cite."""
    if not _cites(type(record)):
        return ()
    marked = [source for source in relations.sources_of(record) if source.states]
    texts = (f"{source.id}{state_mark(source)}" for source in marked)
    return (several_as(texts, ((str(source.id),) for source in marked)),)


def _of_part(kind: type[Record], part: Part, lines: Mapping[str, str]) -> Table:
    """Return the parts of the records of a kind, numbered in each record."""
    head = (
        Column("record", f"The record in the table {kind.folder}.", table=kind.folder),
        Column("number", "Its place in the record, from 1.", "integer"),
    )
    found = columns(part.type) if _has_columns(part) else columns_of("value", part.about, part.type)
    name = f"{kind.folder}-{part.field}"
    about = f"{part.about} Of {kind.folder}."
    return Table(name, about, (*head, *found), lines.get(name, ""), 2)


def _rows_of_part(part: Part, record: Record) -> Iterator[Row]:
    for number, value in enumerate(getattr(record, part.field), 1):
        found = cells(value) if _has_columns(part) else cells_of(value, part.type)
        yield (record.id, str(number), *found)


def _of_inner(kind: type[Record], part: Part, inner: Part, lines: Mapping[str, str]) -> Table:
    """Return the parts of the parts of records, numbered in each of those."""
    name = f"{kind.folder}-{part.field}-{inner.field}"
    head = (
        Column("record", f"The record in the table {kind.folder}.", table=kind.folder),
        Column("number", f"The number in the table {kind.folder}-{part.field}.", "integer"),
        Column("place", "Its place there, from 1.", "integer"),
    )
    about = f"{inner.about} Of {kind.folder}-{part.field}."
    outer = Reference(("record", "number"), f"{kind.folder}-{part.field}", ("record", "number"))
    found = (*head, *columns(inner.type))
    return Table(name, about, found, lines.get(name, ""), 3, (outer,))


def _rows_of_inner(part: Part, inner: Part, record: Record) -> Iterator[Row]:
    for number, outer in enumerate(getattr(record, part.field), 1):
        for place, value in enumerate(getattr(outer, inner.field), 1):
            yield (record.id, str(number), str(place), *cells(value))


def _has_columns(part: Part) -> bool:
    """Return whether a part has fields of its own, and is no single value."""
    return hasattr(part.type, "model_fields") and "value" not in part.type.model_fields


def _volumes(lines: Mapping[str, str]) -> Table:
    head = (
        Column("regimen", "The regimen.", table="regimens"),
        Column("product", "The presentation it is worked out for.", table="products"),
        Column("reading_number", "The reading in the table regimens.", "integer"),
    )
    totals = (
        column
        for name, about in _IN_VOLUMES.items()
        for column in columns_of_total(f"computed_{name}", about)
    )
    flags = Column(
        "computed_flags",
        f"Which thresholds a volume passes; several have “{BETWEEN}” between them.",
        several=True,
    )
    otherwise = Column(
        "computed_drops_otherwise",
        "The drops in a dose if a drop has another size that a source gives; several have "
        f"“{BETWEEN}” between them.",
        several=True,
    )
    about = "What each regimen comes to in each strength of a solution that a source describes."
    return Table(_VOLUMES, about, (*head, *totals, flags, otherwise), lines.get(_VOLUMES, ""), 3)


def _rows_of_volumes(site: Site, regimen: Regimen) -> Iterator[Row]:
    numbers: dict[str, int] = {}
    for volume in volumes(site, regimen):
        number = numbers[volume.product.id] = numbers.get(volume.product.id, 0) + 1
        yield (regimen.id, volume.product.id, str(number), *_of_volume(volume))


def _of_volume(volume: Volume) -> Row:
    totals = (
        volume.dose,
        volume.drops,
        volume.drops_in_a_nostril,
        volume.bottles_a_dose,
        volume.day,
        volume.course,
        volume.bottles_a_course,
        volume.all_courses,
        volume.bottles_in_all,
    )
    flags = several(spaced(flag_line(flag)) for flag in volume.flags)
    otherwise = several(
        f"{spaced(amount(other.drops.amount))} {spaced(other.condition)}"
        for other in volume.otherwise
        if isinstance(other.drops, Computed)
    )
    of_totals = (cell for total in totals for cell in cells_of_total(total))
    return (*of_totals, flags, otherwise)


def _agreement(relations: Relations) -> Iterator[Table]:
    """Yield the table of questions with their positions, and its link tables."""
    rows = [
        row
        for number, question in enumerate(everything(relations), 1)
        for row in _positions(number, question)
    ]
    about = "Every question that sources answer, with the position of each, a row for a position."
    table = Table("agreement", about, _AGREEMENT, csv_lines(rows), 2)
    yield table
    yield from links(table, {name: csv_lines(found) for name, found in rows_of_links(table, rows)})


def _positions(number: int, question: Agreement) -> Iterator[Row]:
    for place, position in enumerate(question.positions, 1):
        yield (
            str(number),
            str(place),
            about_line(question),
            question.field or LEFT_OUT,
            question.comparison.id if question.comparison else LEFT_OUT,
            question.weight,
            question.standing.value,
            standing_is(question),
            position.source.id,
            "/".join(position.record.key),
            spaced(position.text),
            position.voice,
            several(position.at),
        )


def _places(lines: Mapping[str, str]) -> Table:
    found = (
        Column("table", "The table of the record."),
        Column("record", "The record."),
        Column("field", "The field of the value; a number after a full stop counts from 0."),
        Column(
            "at",
            f"The sentences; several have “{BETWEEN}” between them.",
            table=SENTENCES,
            several=True,
        ),
        Column("note", "A curator's remark on the value."),
    )
    about = "Which sentence stands behind a single value, where a record draws on several."
    return Table(_PLACES, about, found, lines.get(_PLACES, ""), 3)


def _rows_of_places(record: Record) -> Iterator[Row]:
    for where, reported in reported_values(record):
        if reported.at or reported.note:
            yield (
                record.folder,
                record.id,
                ".".join(map(str, where)),
                several(reported.at),
                reported.note or LEFT_OUT,
            )
