"""How many figures a record has, and how many of them the sentences that it cites prove."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sitegen.check.evidence import Evidence, figures_cited, unproved
from sitegen.model import Change, Record, Search, Site, Source
from sitegen.model.fields import leaves

_NOTHING_PRINTED = Evidence(())


class FigureCounts(NamedTuple):
    """Figures of one or more records, by whether a sentence that is cited has them."""

    proved: int
    unproved: int


def counts_together(several: Iterable[FigureCounts]) -> FigureCounts:
    """Return the figures of any number of records together."""
    counts = tuple(several)
    return FigureCounts(sum(one.proved for one in counts), sum(one.unproved for one in counts))


def figure_counts(site: Site, record: Record) -> FigureCounts:
    """Return the figures of a record: each amount, date and number counts once.

    Registers of sources, changes, and what we looked for ourselves have none.
    """
    if isinstance(record, Source | Change):
        return FigureCounts(0, 0)
    total = without = 0
    for leaf in leaves(record):
        figures = sum(1 for _ in unproved(leaf.value, _NOTHING_PRINTED, leaf.where))
        if figures and not isinstance(leaf.model, Search):
            total += figures
            there = figures_cited(site, leaf.at)
            without += sum(1 for _ in unproved(leaf.value, there, leaf.where))
    return FigureCounts(total - without, without)
