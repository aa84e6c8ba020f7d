"""Measures builds of generated sites of several sizes, and other publishers on the same pages.

    python bench/run.py --sizes 50 500 2000:2 10000:1 --json bench/results.json

Every build is a process of its own. Each round runs all builders once, so that other work on the
machine affects all of them. Times are wall seconds and processor seconds; other work changes the
latter less. Memory is the largest resident set of the process and its children, in MB.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import editing
import other_publishers
import synthetic_data
import tables
import targets

OTHERS_UP_TO = 2_000  # studies; above, only our website is built, to measure its growth
MEMORY = 8 << 30  # bytes; ten thousand studies take half of it
ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "scripts" / "build.py"
BENCH = Path(__file__).resolve().parent
GROWING = (targets.WEBSITE, targets.CHANGED)


@dataclass
class Measured:
    """The measurements of one builder for one size, over the rounds."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """Processor seconds, of all cores together."""
    megabytes: float = 0
    files: int = 0
    pages: int = 0
    output_megabytes: float = 0


@dataclass(frozen=True)
class Builder:
    """A command that builds a site from a folder, after `ready` has prepared it."""

    name: str
    command: list[str]
    output: Path
    ready: Callable[[], None]
    environment: dict[str, str] = field(default_factory=dict)


def main() -> int:
    """Measure, write the JSON after each size, and print the tables."""
    options = _options()
    found: dict[int, dict[str, object]] = {}
    here = _reading(options.site) if options.site else {}
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.scratch) as name:
        for size, rounds in options.sizes:
            found[size] = _measured(Path(name) / str(size), size, rounds, options)
            _write(_result(found, here), options.json)
    print("\n".join(tables.tables(_result(found, here))))
    return 0


def _result(found: dict[int, dict[str, object]], here: Any) -> dict[str, object]:
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": _machine(),
        "sizes": {str(size): measured for size, measured in found.items()},
        "load": f"{os.getloadavg()[2]:.1f} on average",
        "exponent": _exponents(found),
        "this site": here,
    }


def _write(result: dict[str, object], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = "numbers of studies, each with its rounds: 500:2 (3 where none are named)"
    parser.add_argument("--sizes", type=_size, nargs="+", required=True, help=sizes)
    parser.add_argument("--json", type=Path, default=BENCH / "results.json")
    parser.add_argument("--scratch", type=Path, default=_in_memory(), help="where sites are built")
    parser.add_argument("--others", type=Path, help="a folder of programs: properdocs, zensical")
    parser.add_argument("--site", type=Path, help="the real site, for what its readers wait for")
    parser.add_argument("--alone", action="store_true", help="leave the other publishers out")
    return parser.parse_args()


def _in_memory() -> Path | None:
    """Return a folder in memory, None where there is none with enough space.

    On a disk, writing is slow for a minute after another builder has removed many files.
    """
    folder = Path("/dev/shm")
    has_space = folder.is_dir() and shutil.disk_usage(folder).free > MEMORY
    return folder if has_space else None


def _size(text: str) -> tuple[int, int]:
    size, _, rounds = text.partition(":")
    return int(size), int(rounds or 3)


def _measured(
    folder: Path, size: int, rounds: int, options: argparse.Namespace
) -> dict[str, object]:
    """Return the measurements of builders, stages, editing and reading for one size."""
    synthetic_data.write(folder / "data", size)
    compared = size <= OTHERS_UP_TO
    if compared:
        _markdown(folder)
    builders = [one for one in _builders(folder, options) if compared or one.name in GROWING]
    taken = {builder.name: Measured() for builder in builders}
    for _ in range(rounds):
        for builder in builders:
            _run(builder, taken[builder.name])
    return {
        "reading": _reading(folder / "out" / "site") if compared else {},
        "editing": _run_script("editing.py", folder / "data") if compared else {},
        "pages": taken[targets.WEBSITE].pages,
        "stages": _run_script("stages.py", folder / "data") if compared else {},
        "builders": {name: asdict(of) for name, of in taken.items() if of.seconds},
    }


def _markdown(folder: Path) -> None:
    """Write the pages as Markdown, with the settings of the other publishers."""
    other_publishers.write(folder / "data", folder)
    for name in ("hugo.toml", "eleventy.config.js"):
        shutil.copy(BENCH / name, folder / name)
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True, exist_ok=True)
    (layouts / "single.html").write_text("<title>{{ .Title }}</title>{{ .Content }}", "utf-8")
    (layouts / "list.html").write_text("<title>{{ .Title }}</title>{{ .Content }}", "utf-8")


def _builders(folder: Path, options: argparse.Namespace) -> Iterator[Builder]:
    """Yield every builder on this machine, in the order of a round."""
    out, cache = folder / "out", folder / "cache"
    ours = [sys.executable, str(BUILD), "--data", str(folder / "data"), "site", "--out", str(out)]
    environment = {"CACHE_DIR": str(cache)}
    yield Builder(targets.BOTH, ours, out, _without(cache), environment)
    website = [*ours, "--website-only"]
    yield Builder(targets.WEBSITE, website, out, _without(cache), environment)
    edit = folder / "data" / editing.RECORD
    yield Builder(targets.CHANGED, website, out, _edited(edit), environment)
    yield Builder("ours, both, one record changed", ours, out, _edited(edit), environment)
    if options.alone:
        return
    bare = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")]
    yield _other(targets.BARE, bare, folder)
    if options.others:
        programs = options.others.resolve()
        properdocs = [str(programs / "properdocs"), "build", "-q", "-f", "mkdocs.yml"]
        yield _other("properdocs", properdocs, folder)
        zensical = [str(programs / "zensical"), "build", "-f", "zensical.yml"]
        yield _other("zensical, cold", [*zensical, "--clean"], folder)
        yield _other("zensical, warm", zensical, folder, keep=True)
    if hugo := shutil.which("hugo"):
        yield _other("hugo, bare layout", [hugo, "--quiet", "--contentDir", "docs"], folder)
    if eleventy := shutil.which("eleventy"):
        yield _other("eleventy, bare layout", [eleventy, "--quiet", "--input=docs"], folder)


def _other(name: str, command: list[str], folder: Path, keep: bool = False) -> Builder:
    ready = (lambda: None) if keep else _without(folder / "site")
    return Builder(name, command, folder / "site", ready, {"NO_MKDOCS_2_WARNING": "true"})


def _without(folder: Path) -> Callable[[], None]:
    return lambda: shutil.rmtree(folder, ignore_errors=True)


def _edited(file: Path) -> Callable[[], None]:
    def change() -> None:
        editing.edit(file)

    return change


def _run(builder: Builder, taken: Measured) -> None:
    builder.ready()
    start = time.perf_counter()
    process = subprocess.Popen(
        builder.command,
        cwd=builder.output.parent,
        env={**os.environ, **builder.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        print(f"{builder.name} failed:\n{output.decode(errors='replace')[-500:]}", file=sys.stderr)
        if builder.name.startswith("ours"):
            raise SystemExit(1)
        return  # a publisher that cannot build so many pages has no measurement
    taken.seconds.append(round(seconds, 3))
    taken.cpu.append(round(usage.ru_utime + usage.ru_stime, 3))
    taken.megabytes = max(taken.megabytes, round(usage.ru_maxrss / 1024, 1))
    sizes = [path.stat().st_size for path in builder.output.rglob("*") if path.is_file()]
    taken.pages = sum(1 for _ in builder.output.rglob("*.html"))
    taken.files, taken.output_megabytes = len(sizes), round(sum(sizes) / 1e6, 1)
    print(f"{builder.name}: {seconds:.2f} s", file=sys.stderr, flush=True)


def _reading(site: Path) -> Any:
    """Return the measurements of reading.py, none where CHROMIUM is not set."""
    return _run_script("reading.py", site) if "CHROMIUM" in os.environ else {}


def _run_script(script: str, folder: Path) -> Any:
    """Return what another script of this folder prints, run in a process of its own."""
    command = [sys.executable, str(BENCH / script), str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def _exponents(found: dict[int, dict[str, object]]) -> dict[str, float]:
    """Return, for each builder, the exponent of the growth of processor time, by least squares."""
    by_name: dict[str, list[tuple[float, float]]] = {}
    for size, measured in found.items():
        builders = measured["builders"]
        if isinstance(builders, dict):
            for name, taken in builders.items():
                point = (math.log(size), math.log(statistics.median(taken["cpu"])))
                by_name.setdefault(name, []).append(point)
    return {
        name: round(statistics.linear_regression(*zip(*points, strict=True)).slope, 3)
        for name, points in by_name.items()
        if len(points) > 1
    }


def _machine() -> dict[str, str]:
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return {
        "cpu": cpu,
        "cores": str(len(os.sched_getaffinity(0))),
        "python": platform.python_version(),
        "mkdocs": importlib.metadata.version("mkdocs"),
        "mkdocs-material": importlib.metadata.version("mkdocs-material"),
    }


if __name__ == "__main__":
    sys.exit(main())
