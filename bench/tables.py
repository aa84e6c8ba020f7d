"""Writes what was measured as tables of Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

BARE = "mkdocs"


def tables(result: dict[str, Any]) -> Iterator[str]:
    """Builders by size, with their ratio to bare MkDocs, then the stages."""
    sizes = list(result["sizes"])
    names = list(dict.fromkeys(name for size in sizes for name in _builders(result, size)))
    yield f"| Builder | {' | '.join(f'{size} studies' for size in sizes)} | Grows as |"
    yield f"| --- |{' --- |' * (len(sizes) + 1)}"
    for name in names:
        cells = [_cell(_builders(result, size), name) for size in sizes]
        power = result["exponent"].get(name)
        yield f"| {name} | {' | '.join(cells)} | {f'n^{power:.2f}' if power else '–'} |"
    yield ""
    yield f"| Stage, one core | {' | '.join(f'{size} studies' for size in sizes)} |"
    yield f"| --- |{' --- |' * len(sizes)}"
    for name in result["sizes"][sizes[0]]["stages"]:
        medians = [statistics.median(result["sizes"][size]["stages"][name]) for size in sizes]
        yield f"| {name} | {' | '.join(f'{each:.2f}' for each in medians)} |"


def _builders(result: dict[str, Any], size: str) -> dict[str, Any]:
    found: dict[str, Any] = result["sizes"][size]["builders"]
    return found


def _cell(builders: dict[str, Any], name: str) -> str:
    """Median seconds, smallest and largest, the ratio to bare MkDocs, and the memory."""
    if name not in builders:
        return "–"
    seconds = builders[name]["seconds"]
    middle = statistics.median(seconds)
    shown = f"{middle:.2f} ({min(seconds):.2f}–{max(seconds):.2f}) s"
    if BARE in builders and name != BARE:
        shown += f", × {middle / statistics.median(builders[BARE]['seconds']):.2f}"
    return f"{shown}, {builders[name]['megabytes']:.0f} MB"
