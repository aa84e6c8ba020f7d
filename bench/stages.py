"""Prints as JSON the seconds of each step of a cold build on one core.

    python bench/stages.py DATA [CACHE]

With the cache of an earlier build, prints the seconds of reading, checking and rendering with it.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
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

import sitegen  # noqa: E402
from build import GC_THRESHOLD  # noqa: E402
from commands.console import TEMPLATES  # noqa: E402
from commands.site import publish_into  # noqa: E402
from publish import check_links, package  # noqa: E402
from sitegen import search  # noqa: E402
from sitegen.check import rules  # noqa: E402
from sitegen.incremental.cache import Cache  # noqa: E402
from sitegen.incremental.fingerprint import code_version  # noqa: E402
from sitegen.pipeline import stages  # noqa: E402
from sitegen.pipeline.stages import Executor, SourceData  # noqa: E402
from sitegen.read.load import load  # noqa: E402

T = TypeVar("T")
ONE_CHANGED = "read, check and render, one record changed"


def main(data: Path) -> dict[str, float]:
    """Return the seconds of each step, and the peak of memory in MB."""
    taken: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        result = work()
        taken[name] = round(time.perf_counter() - start, 3)
        return result

    files = sorted(data.rglob("*.yml"))
    timed("PyYAML's C loader alone", lambda: [_plain(path) for path in files])
    loaded = timed("read and validate", lambda: load(data))
    data_read = SourceData(loaded)
    relations = data_read.relations
    if timed("check", lambda: rules.problems(loaded, relations)):
        raise SystemExit("the data has problems")
    executor = Executor(1, Cache(None))
    sources = loaded.site.sources
    cited = timed("citations", lambda: stages.references(TEMPLATES, sources, executor))
    timed("derive and export", lambda: list(sitegen.exported(loaded.site, cited)))
    timed("search entries", lambda: search.entries(relations))
    output = timed(
        "all to Markdown and files",
        lambda: sitegen.SiteOutput(data_read, TEMPLATES, executor).materialise(),
    )
    again = sitegen.SiteOutput(data_read, TEMPLATES, executor)
    timed("the same, cached", lambda: sum(1 for _ in again.pages))
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        timed("publish", lambda: publish_into(output, site, False))
        timed("publish again, cached", lambda: publish_into(output, site, False))
        timed("follow links", lambda: list(check_links.problems(site, executor=executor)))
        timed("zip", lambda: package.write_archive(site, Path(name) / "site.zip", "site"))
        taken[ONE_CHANGED] = _after_an_edit(data, Path(name) / "cache.sqlite")
    taken["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return taken


def _after_an_edit(data: Path, file: Path) -> float:
    """Return the seconds of a process with the cache of a build, after an edit of one record."""
    executor = _executor(file)
    sitegen.build(data, TEMPLATES, executor=executor)
    executor.cache.save()
    editing.edit(data / editing.RECORD)
    command = [sys.executable, __file__, str(data), str(file)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout)


def read_check_and_render(data: Path, file: Path) -> float:
    """Return the seconds of these steps with the cache in a file."""
    start = time.perf_counter()
    sitegen.build(data, TEMPLATES, executor=_executor(file))
    return round(time.perf_counter() - start, 3)


def _executor(file: Path) -> Executor:
    return Executor(1, Cache(file, code_version(ROOT / "scripts")))


def _plain(path: Path) -> object:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


if __name__ == "__main__":
    gc.set_threshold(*GC_THRESHOLD)
    arguments = list(map(Path, sys.argv[1:]))
    print(
        json.dumps(main(*arguments) if len(arguments) == 1 else read_check_and_render(*arguments))
    )
