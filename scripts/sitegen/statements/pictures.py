"""What is said beside pictures: what is not drawn, and what a table says in place of a mark."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.derive.drawn_doses import DrawnDose, drawn_doses
from sitegen.derive.evidence_map import ANIMAL, IN_VITRO, MapCell, lower_end
from sitegen.derive.grouping import grouped
from sitegen.derive.relations import Relations
from sitegen.derive.safety import RELATED, ListedBy, Listing
from sitegen.derive.total import Computed, Impossible, Total
from sitegen.model import Regimen
from sitegen.model.quantity import Quantity, unit
from sitegen.model.typography import amount, rounded
from sitegen.statements.agreement import SEVERAL_PHASES, other_doses
from sitegen.statements.amounts import none_line
from sitegen.statements.english import listed, number
from sitegen.statements.safety import cell_line
from sitegen.statements.sources import source_label

NO_CONFLICT = "none found"
"""What the table of doses says where no other source gives another dose."""
NONE_IN_RECORDS = "none in the records"
NOT_DATED = "no dated event is in the records"


def each_line(row: DrawnDose) -> str:
    """Return each dose in the unit of the axis, or in its own; or why it cannot be computed."""
    return _amount_line(row.each, row.each_drawn)


def daily_line(row: DrawnDose) -> str:
    """Return the amount a day in the unit of the axis, or in its own; or why there is none."""
    return _amount_line(row.daily, row.daily_drawn)


def _amount_line(total: Total, drawn: Quantity | None) -> str:
    if isinstance(total, Impossible):
        return none_line(total)
    shown = drawn or total.amount
    return rounded(shown) if isinstance(total, Computed) else amount(shown)


def conflict_line(relations: Relations, regimen: Regimen, condition: str = "") -> str:
    """Return which sources give another dose for the same people; `none found` where none does.

    With the id of a condition, those that do so for it. One of several phases is not compared.
    """
    if regimen.then:
        return SEVERAL_PHASES
    return "; ".join(conflicting(relations, regimen, condition)) or NO_CONFLICT


def conflicting(relations: Relations, regimen: Regimen, condition: str = "") -> tuple[str, ...]:
    """Return the labels of the sources that give another dose for the same people, each once."""
    others = other_doses(relations, regimen, condition)
    return tuple(dict.fromkeys(source_label(dose.source) for dose in others))


def dose_line(relations: Relations, row: DrawnDose, condition: str = "") -> str:
    """Return a row of the picture of doses in words, and who conflicts where a source does."""
    each, daily = each_line(row), daily_line(row)
    conflict = "; ".join(conflicting(relations, row.regimen, condition))
    against = f"; in conflict with {conflict}" if conflict else ""
    which = ": ".join(filter(None, [row.regimen.name, row.phase, row.reading]))
    said = f"{which}: each dose {each}, a day {daily}{against}."
    return f"{source_label(relations.source_of(row.regimen))}, {said}"


def undrawn_doses_line(relations: Relations) -> str:
    """Return of how many regimens no daily dose can be drawn; empty where one of each can.

    True of regimens none of whose phases and readings has a daily dose that is known and in the
    unit of the axis. Some of them are drawn with each dose alone, the others not at all.
    """
    rows = [drawn_doses(relations, regimen) for regimen in relations.regimens]
    without = [row for row in rows if all(dose.daily_drawn is None for dose in row)]
    if not without:
        return ""
    alone = sum(any(dose.is_drawn for dose in row) for row in without)
    verb = "has" if len(without) == 1 else "have"
    parts = [f"{alone} drawn with each dose alone" if alone else ""]
    parts.append(f"{len(without) - alone} not drawn" if len(without) > alone else "")
    said = ", ".join(filter(None, parts))
    return (
        f"{number(len(without), 'regimen')} {verb} no daily dose in the unit of the axis: {said}."
    )


def counted_line(column: str, cell: MapCell) -> str:
    """Return how many reports or experiments a cell of the evidence map has.

    An empty cell says that there is none in the records, and not that there is none.
    """
    if not cell.count:
        return NONE_IN_RECORDS
    return number(cell.count, "experiment" if column in (ANIMAL, IN_VITRO) else "report")


def people_line(column: str, cell: MapCell) -> str:
    """Return how many people took part in the studies of a cell; empty of experiments and of none.

    Reports of one study count once. Where the number is not known of every study, the line says of
    how many it is.
    """
    if not cell.count or column in (ANIMAL, IN_VITRO):
        return ""
    if cell.people is None:
        return "number of people not known"
    people = amount(Quantity(cell.people, unit("people")))
    if cell.sized == cell.studies:
        return people
    return f"{people} in {cell.sized} of {number(cell.studies, 'study', 'studies')}"


def people_in_brief(cell: MapCell) -> str:
    """Return the number of people of a cell for a picture: `73`, or `≥300` where more are possible.

    `≥` is true of a lower bound, of the lower end of a range, and of a number that is not known of
    every study; `≤` of an upper bound that is known of every study. Of anything else it is empty.
    """
    people, is_of_all = cell.people, cell.sized == cell.studies
    if people is None or (people.low is None and not is_of_all):
        return ""
    sign = "≤" if people.low is None else "" if is_of_all and people.is_one else "≥"
    return f"{sign}{lower_end(people):.0f}"


def mark_line(listing: Listing) -> str:
    """Return what a mark in the picture of contraindications means.

    That something else is named is true of a source that names what is broader, narrower or
    overlapping; of any other, the mark means its listing.
    """
    return f"names something {listing.value}" if listing in RELATED else listing.value


def listings_line(row: ListedBy) -> str:
    """Return which sources list a contraindication, name something else, or do not list it.

    “Not listed” is true only of sources that were read for contraindications; the others are named
    as not read for this.
    """
    found = grouped((cell_line(one.listing, one.source), one.source) for one in row.by_source)
    said = (
        f"{how}: {listed([source_label(source) for source in sources])}"
        for how, sources in found.items()
    )
    return f"{'; '.join(said)}."


def read_share_line(counts: Sequence[tuple[str, int]]) -> str:
    """Return how many sources there are in all, and how many were read in each way."""
    total = sum(count for _, count in counts)
    said = ", ".join(f"{read} {count}" for read, count in counts if count)
    return f"{number(total, 'source')}: {said}."
