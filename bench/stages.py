"""Prints as JSON what each step of a cold build on one core takes, in seconds."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import editing  # noqa: E402
import yaml  # noqa: E402

import build  # noqa: E402
import sitegen  # noqa: E402
from sitegen import check, citation, search, verify  # noqa: E402
from sitegen.kept import Kept  # noqa: E402
from sitegen.load import load  # noqa: E402
from sitegen.press import Press  # noqa: E402

T = TypeVar("T")
AGAIN = "read, check and render, one record changed"


def main(data: Path) -> dict[str, float]:
    """Each stage with its seconds; the peak of memory in MB is among them."""
    taken: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        result = work()
        taken[name] = round(time.perf_counter() - start, 3)
        return result

    files = sorted(data.rglob("*.yml"))
    timed("PyYAML's C loader alone", lambda: [_plain(path) for path in files])
    loaded = timed("read and validate", lambda: load(data))
    if timed("check", lambda: check.problems(loaded)):
        raise SystemExit("the data has problems")
    press = Press(1, Kept(None))
    sources = loaded.site.sources
    cited = timed("citations", lambda: citation.vancouver(build.TEMPLATES, sources, press))
    timed("derive and export", lambda: list(sitegen.exported(loaded.site, cited)))
    timed("search entries", lambda: search.entries(loaded.site))
    book = timed(
        "all to Markdown and files",
        lambda: sitegen.publishable(loaded.site, build.TEMPLATES, press),
    )
    timed("the same, kept", lambda: list(book.renderer.pages(book.extra)))
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        timed("publish", lambda: build._publish(book, press, site, False))
        timed("publish again, kept", lambda: build._publish(book, press, site, False))
        timed("follow links", lambda: list(verify.faults(site, press=press)))
        timed("zip", lambda: build._pack(site, Path(name) / "site.zip", "site"))
        again = _kept_of_a_first(data, Path(name) / "kept.sqlite")
        timed(AGAIN, lambda: sitegen.build(data, build.TEMPLATES, press=again))
    taken["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return taken


def _kept_of_a_first(data: Path, file: Path) -> Press:
    """A press with what a first build kept, after an edit of one record."""
    press = Press(1, Kept(file))
    sitegen.build(data, build.TEMPLATES, press=press)
    press.kept.save()
    editing.edit(data / editing.RECORD)
    return Press(1, Kept(file))


def _plain(path: Path) -> object:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
