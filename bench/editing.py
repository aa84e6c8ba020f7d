"""Prints the seconds from an edit of a record until the preview serves the changed page.

    python bench/editing.py DATA

A condition, which every study of it cites, and a study are edited three times each. The reload of
the page in a browser is not included.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUILD = Path(__file__).resolve().parent.parent / "scripts" / "build.py"
CONDITION, STUDY = "conditions/condition-1", "studies/study-1"
RECORD = f"{CONDITION}.yml"
TIMEOUT = 600  # seconds
TIMES = 3


def edit(file: Path) -> str:
    """Change the last text of a record, to another one each time. Return the new word in it."""
    text = file.read_text(encoding="utf-8").rstrip("\n")
    before, _, last = text.rpartition("\n")
    field = last.partition(": ")[0]
    letters = "".join(chr(97 + int(digit)) for digit in str(time.time_ns()))
    file.write_text(f"{before}\n{field}: A text with {letters}.\n", encoding="utf-8")
    return letters


@contextmanager
def _serving(data: Path) -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    command = [sys.executable, str(BUILD), "--data", str(data), "serve", "--address", address]
    environment = {**os.environ, "CACHE_DIR": str(data.parent / "cache")}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    try:
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait()


def _until_shown(address: str, page: str, words: str) -> float:
    start = time.perf_counter()
    while time.perf_counter() - start < TIMEOUT:
        try:
            with urllib.request.urlopen(f"{address}/{page}", timeout=TIMEOUT) as answer:
                if words in answer.read().decode():
                    return time.perf_counter() - start
        except (urllib.error.URLError, ConnectionError):
            pass  # the server has not started
        time.sleep(0.02)
    raise SystemExit(f"{words} was not shown within {TIMEOUT} s")


def main(data: Path) -> dict[str, list[float]]:
    """Return the seconds of each edit, by the kind of record."""
    with _serving(data) as address:
        _until_shown(address, f"{CONDITION}.html", edit(data / RECORD))
        return {
            kind: [_seconds(address, data, record) for _ in range(TIMES)]
            for kind, record in (("a condition", CONDITION), ("a study", STUDY))
        }


def _seconds(address: str, data: Path, record: str) -> float:
    return round(_until_shown(address, f"{record}.html", edit(data / f"{record}.yml")), 2)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
