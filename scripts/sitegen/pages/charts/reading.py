"""How much of the sources was read: one stacked bar, with the counts in its key."""

from __future__ import annotations

from sitegen.derive.relations import Relations
from sitegen.pages.charts.drawing import NARROW, Cell, Panel, Picture, Piece, key, rect
from sitegen.statements.counts import sources_by_reading
from sitegen.statements.english import capital
from sitegen.statements.pictures import read_share_line

_BAR = 30
_HEAD = ("What was read", "Sources", "With facts noted")


def reading(relations: Relations) -> Picture | None:
    """Return how many sources were read in each way, in one bar; None without a source."""
    found = sources_by_reading(relations)
    counts = [(row.read, row.sources) for row in found]
    total = sum(count for _, count in counts)
    if not total:
        return None
    pieces: list[Piece] = []
    x = 0.0
    for read, count in counts:
        if count:
            width = NARROW * count / total
            pieces.append(rect("part", x, 4, width, _BAR, read))
            x += width
    names = [(read, f"{capital(read)}: {count}") for read, count in counts if count]
    below, height = key(names, 0, _BAR + 16, NARROW)
    title, said = "How much of the sources was read", read_share_line(counts)
    panel = Panel(title, said, 0, _BAR + 16 + height, (*pieces, *below))
    table = tuple(
        (Cell(capital(row.read)), Cell(str(row.sources)), Cell(str(row.with_facts)))
        for row in found
    )
    about = "The length of each part is the number of sources."
    return Picture("reading", title, about, _HEAD, table, (panel,), NARROW)
