"""Prints the seconds from an edit of a record to its page at the local address, three times.

    python bench/editing.py DATA

What a reader of the preview waits for, up to the reload of the page, which the browser does.
"""

from __future__ import annotations

import json
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
RECORD, PAGE = "conditions/condition-1.yml", "conditions/condition-1.html"
LONGEST = 600  # seconds; then something is wrong
TIMES = 3


def edit(file: Path) -> str:
    """Change a record's text, never twice to the same; the new text."""
    text = file.read_text(encoding="utf-8").rsplit("gloss:", 1)[0]
    letters = "".join(chr(97 + int(digit)) for digit in str(time.time_ns()))
    file.write_text(f"{text}gloss: An illness called {letters}.\n", encoding="utf-8")
    return letters


@contextmanager
def _serving(data: Path) -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    command = [sys.executable, str(BUILD), "--data", str(data), "serve", "--address", address]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait()


def _until_shown(address: str, words: str) -> float:
    start = time.perf_counter()
    while time.perf_counter() - start < LONGEST:
        try:
            with urllib.request.urlopen(f"{address}/{PAGE}", timeout=LONGEST) as answer:
                if words in answer.read().decode():
                    return time.perf_counter() - start
        except (urllib.error.URLError, ConnectionError):
            pass  # it has not begun
        time.sleep(0.02)
    raise SystemExit(f"{words} was not shown within {LONGEST} s")


def main(data: Path) -> list[float]:
    """The seconds of each edit."""
    file = data / RECORD
    with _serving(data) as address:
        _until_shown(address, edit(file))
        return [round(_until_shown(address, edit(file)), 2) for _ in range(TIMES)]


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
