"""Counts of what reports answer, in which no state is merged with another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sitegen.derive.completeness import Count
from sitegen.derive.grouping import grouped
from sitegen.derive.relations import Relations
from sitegen.model import Study
from sitegen.statements.english import listed, number
from sitegen.statements.silence import none_recorded
from sitegen.statements.sources import titled

_READ_AS = {
    "full text": ("full text", "full texts"),
    "abstract": ("abstract", "abstracts"),
    "summary by others": ("summary by others", "summaries by others"),
    "bibliographic record": ("bibliographic record", "bibliographic records"),
    "single facts": ("source of single facts", "sources of single facts"),
}


def count_line(count: Count) -> str:
    """Return how many of the reports asked answer, and how many do so unclearly.

    While any was not read for the question there is no total, only the number of those.
    """
    if count.unread:
        return f"{count.unread} not extracted"
    unclear = f", {count.unclear} unclear" if count.unclear else ""
    return f"{count.reported} of {count.applicable}{unclear}"


@dataclass(frozen=True)
class ReadSources:
    """How many sources were read in one way, and how many of those have facts noted from them."""

    read: str
    sources: int
    with_facts: int


def sources_by_reading(relations: Relations) -> tuple[ReadSources, ...]:
    """Return how many sources were read in each way, from the full text down."""
    sources = relations.site.sources.values()
    found = {read: [source for source in sources if source.read == read] for read in _READ_AS}
    return tuple(
        ReadSources(read, len(these), sum(bool(source.sentences) for source in these))
        for read, these in found.items()
    )


def further_reports_line(relations: Relations, reports: Sequence[Study]) -> str:
    """Return how many reports there are besides, and what they come from, as it was read."""
    verb = "comes" if len(reports) == 1 else "come"
    counted = number(len(reports), "further report")
    return f"{counted} {verb} from {read_line(relations, reports)}"


def read_line(relations: Relations, reports: Iterable[Study]) -> str:
    """Return what reports come from, as it was read, with their numbers where these may be unclear.

    `5 abstracts`; `1 abstract and 1 summary by others (3 reports)`.
    """
    by_way = grouped((relations.source_of(report).read, report) for report in reports)
    found = ((by_way[way], names) for way, names in _READ_AS.items() if way in by_way)
    several = len(by_way) > 1
    return listed([_read_as(relations, these, names, several) for these, names in found])


def _read_as(
    relations: Relations, reports: Sequence[Study], names: tuple[str, str], several: bool
) -> str:
    sources = number(len({relations.source_of(report).id for report in reports}), *names)
    is_clear = not several or sources == number(len(reports), *names)
    return sources if is_clear else f"{sources} ({number(len(reports), 'report')})"


def completeness_line(relations: Relations) -> str:
    """Return of which reports it is counted what they answer: of the first source, else of all.

    The first source is named where another has reports too. Without a report there is nothing to
    count.
    """
    reports = relations.studies
    if not reports:
        return none_recorded("report of a study in people")
    first = relations.of_first_source(reports)
    is_part = 0 < len(first) < len(reports)
    where = f" in “{titled(relations.source_of(first[0]))}”" if is_part else ""
    counted = number(len(first or reports), "report of a study", "reports of studies")
    return f"{counted}{where}. For each question, how many answer it."


def answers_line(relations: Relations) -> str:
    """Return which reports the table of answers has, and how the sources of the others were read.

    It has the reports of the first source, or every report where that source has none.
    """
    reports = relations.studies
    first = relations.of_first_source(reports)
    if not first:
        return f"The table has every report. They come from {read_line(relations, reports)}."
    source = relations.source_of(first[0])
    line = f"The table has the reports of one source, {titled(source)}, read as {source.read}."
    others = relations.of_other_sources(reports)
    return f"{line} The others come from {read_line(relations, others)}." if others else line


def sources_line(relations: Relations) -> str:
    """Return how many sources there are."""
    return (
        f"{number(len(relations.site.sources), 'source')}: kind, character and how much was read."
    )
