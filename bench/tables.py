"""Writes the measurements as a page of Markdown: python bench/tables.py results.json page.md."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import targets

TEXT = Path(__file__).resolve().parent / "page.md"
MARKER = "<!-- figures -->"


def page(result: dict[str, Any]) -> str:
    """Return the page about speed: its text, with the tables in place of the marker."""
    return TEXT.read_text(encoding="utf-8").replace(MARKER, "\n".join(tables(result)))


def tables(result: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of the tables: builders by size, stages, reading, and targets."""
    sizes = list(result["sizes"])
    heads = " | ".join(f"{size} studies, {result['sizes'][size]['pages']} pages" for size in sizes)
    machine = ", ".join(f"{name} {value}" for name, value in result["machine"].items())
    yield f"Measured on {result['date']}; {machine}; {_load(result)}."
    for what, unit in (("seconds", "wall seconds"), ("cpu", "processor seconds")):
        yield ""
        yield f"| Builder, {unit} | {heads} | Grows as |"
        yield f"| --- |{' --- |' * (len(sizes) + 1)}"
        for name in _names(result):
            cells = [_cell(result["sizes"][size]["builders"], name, what) for size in sizes]
            power = result["exponent"].get(name)
            grows = f"n^{power:.2f}" if power and what == "cpu" else "–"
            yield f"| {name} | {' | '.join(cells)} | {grows} |"
    yield ""
    yield f"| Step, one core, seconds | {heads} |"
    yield f"| --- |{' --- |' * len(sizes)}"
    for name in result["sizes"][sizes[0]]["stages"]:
        took = [result["sizes"][size]["stages"].get(name) for size in sizes]
        shown = ("–" if seconds is None else f"{seconds:.2f}" for seconds in took)
        yield f"| {name} | {' | '.join(shown)} |"
    yield from _reading(result)
    yield from targets.table(result)


def _reading(result: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of the table of what readers wait for, on this site and on generated ones."""
    generated = {f"{size} studies": site.get("reading") for size, site in result["sizes"].items()}
    sites = {"this site": result.get("this site"), **generated}
    measured = {name: reading for name, reading in sites.items() if reading}
    if not measured:
        return
    yield ""
    yield f"| What a reader waits for | {' | '.join(measured)} |"
    yield f"| --- |{' --- |' * len(measured)}"
    first = next(iter(measured.values()))
    for part, names in first.items():
        for name in names:
            found = (reading[part].get(name) for reading in measured.values())
            cells = ("–" if value is None else f"{value:.0f}" for value in found)
            yield f"| {part}: {name} | {' | '.join(cells)} |"


def _load(result: dict[str, Any]) -> str:
    return f"other work on the machine meanwhile: load {result.get('load', 'not noted')}"


def _names(result: dict[str, Any]) -> list[str]:
    found = (name for size in result["sizes"].values() for name in size["builders"])
    return list(dict.fromkeys(found))


def _cell(builders: dict[str, Any], name: str, what: str) -> str:
    """Return median, smallest and largest, the ratio to bare MkDocs, and the memory in MB."""
    if name not in builders:
        return "–"
    taken = builders[name][what]
    middle = statistics.median(taken)
    shown = f"{middle:.1f} ({min(taken):.1f}–{max(taken):.1f})"
    if targets.BARE in builders and name != targets.BARE:
        shown += f", × {middle / statistics.median(builders[targets.BARE][what]):.2f}"
    return f"{shown}, {builders[name]['megabytes']:.0f} MB" if what == "seconds" else shown


if __name__ == "__main__":
    results = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Path(sys.argv[2]).write_text(page(results), encoding="utf-8")
