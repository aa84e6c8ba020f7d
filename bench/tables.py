"""Writes what was measured as a page of Markdown: python bench/tables.py results.json page.md."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asked

TEXT = Path(__file__).resolve().parent / "page.md"
MARKER = "<!-- figures -->"


def page(result: dict[str, Any]) -> str:
    """The page about speed: its text, with the figures in their place."""
    return TEXT.read_text(encoding="utf-8").replace(MARKER, "\n".join(tables(result)))


def tables(result: dict[str, Any]) -> Iterator[str]:
    """Date and machine, builders by size with their ratio to bare MkDocs, then the stages."""
    sizes = list(result["sizes"])
    heads = " | ".join(f"{size} studies, {result['sizes'][size]['pages']} pages" for size in sizes)
    machine = ", ".join(f"{name} {value}" for name, value in result["machine"].items())
    yield f"Measured on {result['date']}; {machine}; {_busy(result)}."
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
        yield f"| {name} | {' | '.join('–' if each is None else f'{each:.2f}' for each in took)} |"
    yield from _reading(result)
    yield from asked.table(result)


def _reading(result: dict[str, Any]) -> Iterator[str]:
    """What readers wait for: on this site, and on made-up ones."""
    told = {f"{size} studies": each.get("reading") for size, each in result["sizes"].items()}
    told = {
        name: each for name, each in {"this site": result.get("this site"), **told}.items() if each
    }
    if not told:
        return
    yield ""
    yield f"| What a reader waits for | {' | '.join(told)} |"
    yield f"| --- |{' --- |' * len(told)}"
    first = next(iter(told.values()))
    for part, names in first.items():
        for name in names:
            found = (each[part].get(name) for each in told.values())
            cells = ("–" if value is None else f"{value:.0f}" for value in found)
            yield f"| {part}: {name} | {' | '.join(cells)} |"


def _busy(result: dict[str, Any]) -> str:
    return f"other work on the machine meanwhile: load {result.get('load', 'not noted')}"


def _names(result: dict[str, Any]) -> list[str]:
    found = (name for each in result["sizes"].values() for name in each["builders"])
    return list(dict.fromkeys(found))


def _cell(builders: dict[str, Any], name: str, what: str) -> str:
    """The median, the smallest and largest, the ratio to bare MkDocs, and the memory."""
    if name not in builders:
        return "–"
    taken = builders[name][what]
    middle = statistics.median(taken)
    shown = f"{middle:.1f} ({min(taken):.1f}–{max(taken):.1f})"
    if asked.BARE in builders and name != asked.BARE:
        shown += f", × {middle / statistics.median(builders[asked.BARE][what]):.2f}"
    return f"{shown}, {builders[name]['megabytes']:.0f} MB" if what == "seconds" else shown


if __name__ == "__main__":
    measured = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Path(sys.argv[2]).write_text(page(measured), encoding="utf-8")
