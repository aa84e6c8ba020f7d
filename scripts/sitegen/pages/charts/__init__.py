"""Pictures of the data: where each mark and each text stands, and the table of its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sitegen.derive.relations import Relations
from sitegen.incremental.queries import query
from sitegen.pages.charts.contraindications import contraindications_by_source
from sitegen.pages.charts.doses import doses
from sitegen.pages.charts.drawing import Picture
from sitegen.pages.charts.gap_map import gap_map
from sitegen.pages.charts.jurisdictions import jurisdictions
from sitegen.pages.charts.reading import reading
from sitegen.pages.charts.rows import completeness, durations, timeline
from sitegen.pages.charts.svg import alone, in_page

_DRAWN = (
    doses,
    gap_map,
    contraindications_by_source,
    jurisdictions,
    timeline,
    completeness,
    durations,
    reading,
)
PICTURES: Mapping[str, Callable[[Relations], Picture | None]] = {
    draw.__name__: query(draw) for draw in _DRAWN
}
"""Every picture by the name that templates draw it by; a page and its files share one drawing."""


def pictures(relations: Relations) -> Iterator[Picture]:
    """Yield every picture for which there are data."""
    return filter(None, (draw(relations) for draw in PICTURES.values()))


__all__ = ["PICTURES", "Picture", "alone", "in_page", "pictures"]
