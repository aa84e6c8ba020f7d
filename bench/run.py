"""Measures builds of made-up sites of several sizes, beside other publishers on the same pages.

    python bench/run.py --sizes 50 500 2000 --rounds 3 --json bench/results.json

Every build is a process of its own. Rounds are interleaved: each goes through all builders once,
so that a busy minute of the machine falls on all of them. Times are wall seconds and
processor seconds, which a busy machine changes less; memory is the
largest resident set of the process and those it started, in MB.
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

import elsewhere
import made_up
import tables

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "scripts" / "build.py"
FILES_OF_THE_BENCH = Path(__file__).resolve().parent


@dataclass
class Measured:
    """What one builder took for one size, over the rounds."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """Processor seconds, of all cores together."""
    megabytes: float = 0
    files: int = 0
    output_megabytes: float = 0


@dataclass(frozen=True)
class Builder:
    """A command that builds a site from a folder, after something is made ready."""

    name: str
    command: list[str]
    output: Path
    ready: Callable[[], None]
    environment: dict[str, str] = field(default_factory=dict)


def main() -> int:
    """Measure, print the tables, write the JSON."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.scratch) as name:
        found = {size: _measured(Path(name), size, options) for size in options.sizes}
    result = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": _machine(),
        "sizes": {str(size): each for size, each in found.items()},
        "load": f"{os.getloadavg()[2]:.1f} on average",
        "exponent": _exponents(found),
    }
    if options.site:
        result["this site"] = _reading(options.site)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print("\n".join(tables.tables(result)))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 500, 2000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, default=FILES_OF_THE_BENCH / "results.json")
    parser.add_argument("--scratch", type=Path, default=None, help="where the sites are built")
    parser.add_argument("--others", type=Path, help="a folder of programs: properdocs, zensical")
    parser.add_argument("--site", type=Path, help="the real site, for what its readers wait for")
    parser.add_argument("--alone", action="store_true", help="leave the other publishers out")
    return parser.parse_args()


def _measured(scratch: Path, size: int, options: argparse.Namespace) -> dict[str, object]:
    """Stages and builders for one size."""
    folder = scratch / str(size)
    made_up.write(folder / "data", size)
    markdown = _markdown(folder)
    taken = {builder.name: Measured() for builder in _builders(folder, options)}
    for _ in range(options.rounds):
        for builder in _builders(folder, options):
            _run(builder, taken[builder.name])
    stages = [_stages(folder) for _ in range(options.rounds)]
    return {
        "reading": _reading(folder / "out" / "site"),
        "pages": sum(1 for _ in markdown.rglob("*.md")),
        "stages": {name: [each[name] for each in stages] for name in stages[0]},
        "builders": {name: asdict(each) for name, each in taken.items() if each.seconds},
    }


def _markdown(folder: Path) -> Path:
    """The pages as Markdown, and what another publisher needs to build them."""
    docs = elsewhere.write(folder / "data", folder)
    for name in ("hugo.toml", "eleventy.config.js"):
        shutil.copy(FILES_OF_THE_BENCH / name, folder / name)
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True, exist_ok=True)
    (layouts / "single.html").write_text("<title>{{ .Title }}</title>{{ .Content }}", "utf-8")
    (layouts / "list.html").write_text("<title>{{ .Title }}</title>{{ .Content }}", "utf-8")
    return docs


def _builders(folder: Path, options: argparse.Namespace) -> Iterator[Builder]:
    """Every builder there is on this machine, in the order of a round."""
    out, kept = folder / "out", folder / "kept"
    ours = [sys.executable, str(BUILD), "--data", str(folder / "data"), "site", "--out", str(out)]
    keeping = {"KEPT_DIR": str(kept)}
    yield Builder("ours, website and offline copy, cold", ours, out, _without(kept), keeping)
    website = [*ours, "--website-only"]
    yield Builder("ours, website alone, cold", website, out, _without(kept), keeping)
    edit = folder / "data" / "conditions" / "condition-1.yml"
    yield Builder("ours, website alone, one record changed", website, out, _edited(edit), keeping)
    yield Builder("ours, both, one record changed", ours, out, _edited(edit), keeping)
    if options.alone:
        return
    bare = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")]
    yield _other("mkdocs", bare, folder)
    if options.others:
        properdocs = [str(options.others / "properdocs"), "build", "-q", "-f", "mkdocs.yml"]
        yield _other("properdocs", properdocs, folder)
        zensical = [str(options.others / "zensical"), "build", "-f", "zensical.yml"]
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
    """One record's text changes, never twice to the same."""

    def edit() -> None:
        text = file.read_text(encoding="utf-8").rsplit("gloss:", 1)[0]
        letters = "".join(chr(97 + int(digit)) for digit in str(time.time_ns()))
        file.write_text(f"{text}gloss: An illness called {letters}.\n", encoding="utf-8")

    return edit


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
    said = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        print(f"{builder.name} failed:\n{said.decode(errors='replace')[-500:]}", file=sys.stderr)
        if builder.name.startswith("ours"):
            raise SystemExit(1)
        return  # some publisher cannot build so many pages: it gets no figure
    taken.seconds.append(round(seconds, 3))
    taken.cpu.append(round(usage.ru_utime + usage.ru_stime, 3))
    taken.megabytes = max(taken.megabytes, round(usage.ru_maxrss / 1024, 1))
    sizes = [path.stat().st_size for path in builder.output.rglob("*") if path.is_file()]
    taken.files, taken.output_megabytes = len(sizes), round(sum(sizes) / 1e6, 1)
    print(f"{builder.name}: {seconds:.2f} s", file=sys.stderr, flush=True)


def _stages(folder: Path) -> dict[str, float]:
    """What each step takes, in a process of its own."""
    command = [sys.executable, str(FILES_OF_THE_BENCH / "stages.py"), str(folder / "data")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return {name: float(value) for name, value in json.loads(done.stdout).items()}


def _reading(site: Path) -> dict[str, dict[str, float]]:
    """What a reader of a built site waits for; nothing where no Chromium is named."""
    if "CHROMIUM" not in os.environ:
        return {}
    command = [sys.executable, str(FILES_OF_THE_BENCH / "reading.py"), str(site)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def _exponents(found: dict[int, dict[str, object]]) -> dict[str, float]:
    """The power of the number of studies that processor time grows with, by least squares."""
    by_name: dict[str, list[tuple[float, float]]] = {}
    for size, each in found.items():
        builders = each["builders"]
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
