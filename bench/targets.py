"""The targets for the speed of builds, compared with what was measured."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

BOTH = "ours, website and offline copy, cold"
WEBSITE = "ours, website alone, cold"
CHANGED = "ours, website alone, one record changed"
BARE = "mkdocs"
BEFORE_PUBLISHING = ("read and validate", "check", "all to Markdown and files")

ONE_CHANGED = ("read, check and render, one record changed",)

FIRST_ANSWERS = (("at once", "typed without a pause"), ("typed", "by a fast typist"))

Result = dict[str, Any]


def table(result: Result) -> Iterator[str]:
    """Yield the lines of a table of targets: the greatest value, the measured one, whether met."""
    yield ""
    yield "| Target | At most | Measured | Met |"
    yield "| --- | --- | --- | --- |"
    for target, most, found in (*_builds(result), *_waits(result)):
        met = "not measured" if found is None else "yes" if found <= most else "no"
        yield f"| {target} | {most:g} | {'–' if found is None else f'{found:.3g}'} | {met} |"


def _builds(result: Result) -> Iterator[tuple[str, float, float | None]]:
    """Yield the targets for builds: name, greatest value, measured value (None if missing)."""
    site = "2,000 studies, website"
    yield f"{site}, cold: to bare MkDocs", 0.7, _ratio(result, WEBSITE, BARE)
    yield f"{site}, one record changed: to bare MkDocs", 0.15, _ratio(result, CHANGED, BARE)
    yield f"{site} and offline copy: to the website", 1.3, _ratio(result, BOTH, WEBSITE)
    yield f"{site}, cold: to Zensical, cold", 1, _ratio(result, WEBSITE, "zensical, cold")
    warm = _ratio(result, CHANGED, "zensical, warm")
    yield f"{site}, one record changed: to Zensical, warm", 1, warm
    for steps, when in ((BEFORE_PUBLISHING, "empty cache"), (ONE_CHANGED, "one record changed")):
        target = f"2,000 studies, {when}: read, check, render to PyYAML's C loader"
        yield target, 2.5, _to_yaml(result, steps)
    exponent = result["exponent"].get(WEBSITE)
    yield "website: the power of the studies that processor time grows by", 1.05, exponent
    most = _of(result, "10000", "builders", WEBSITE, "megabytes")
    yield "10,000 studies: the largest process, MB", 1000, most


def _waits(result: Result) -> Iterator[tuple[str, float, float | None]]:
    """Yield the targets for the preview and for readers, as `_builds` does."""
    for size, most in (("50", 0.5), ("2000", 1.5)):
        for kind in ("a study", "a condition"):
            edits = _of(result, size, "editing", kind)
            seconds = statistics.median(edits) if edits else None
            yield (
                f"{int(size):,} studies: seconds from an edit of {kind} to its page",
                most,
                seconds,
            )
    for way, label in FIRST_ANSWERS:
        first = _of(result, "2000", "reading", "search, ms", way)
        yield f"2,000 studies: first answer of the search, {label}, ms", 300, first
    here = {"sizes": {"here": result.get("this site", {})}}
    yield "this site: first view, kB", 150, _of(here, "here", "first view, kB", "all")
    for way, label in FIRST_ANSWERS:
        first = _of(here, "here", "search, ms", way)
        yield f"this site: first answer of the search, {label}, ms", 100, first
    slowest = _of(here, "here", "search, ms", "largest")
    yield "this site: slowest answer of the search, ms", 100, slowest


def _of(result: Result, size: str, *names: str) -> Any:
    """Return the measured value at a path of names for a size, None where there is none."""
    found = result["sizes"].get(size)
    for name in names:
        found = found.get(name) if found else None
    return found


def _seconds(result: Result, builder: str) -> float | None:
    taken = _of(result, "2000", "builders", builder, "seconds")
    return statistics.median(taken) if taken else None


def _ratio(result: Result, builder: str, other: str) -> float | None:
    over, under = _seconds(result, builder), _seconds(result, other)
    return over / under if over and under else None


def _to_yaml(result: Result, names: tuple[str, ...]) -> float | None:
    steps = _of(result, "2000", "stages")
    if not steps:
        return None
    total: float = sum(steps[name] for name in names)
    return total / float(steps["PyYAML's C loader alone"])
