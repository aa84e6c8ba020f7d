"""Work gives the same results on any number of cores, and is not done twice."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from folders import ROOT

from sitegen.incremental.cache import Cache, decode, encode
from sitegen.incremental.queries import Inputs
from sitegen.incremental.workers import WORTH_FORKING, Executor


@pytest.mark.slow  # under pytest-xdist, a process has several threads and is not forked
@pytest.mark.parametrize("cores", [1, 2, 3])
def test_results_come_in_order_on_any_number_of_cores(cores: int) -> None:
    numbers = list(range(4 * WORTH_FORKING))

    assert list(Executor(cores).map(lambda number: number * number, numbers)) == [
        number * number for number in numbers
    ]


def said_by(code: str, *arguments: str) -> tuple[str, str]:
    """What code prints, and what it complains of, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.stdout, done.stderr


MAPPING = """
import os, time
from sitegen.incremental.workers import Executor

def work(number):
    time.sleep(0.01)  # long enough for the other process to come
    return os.getpid()

print(len(set(Executor(2).map(work, range(100))) - {os.getpid()}))
"""


def test_several_cores_are_several_processes() -> None:
    """In a process of its own: this one may have threads, of a server or a browser."""
    assert said_by(MAPPING) == ("2\n", "")


def test_a_process_with_threads_is_not_forked() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        processes = set(Executor(2).map(lambda _: os.getpid(), range(100)))
    finally:
        end.set()
        thread.join()

    assert processes == {os.getpid()}


@pytest.mark.slow  # under pytest-xdist, a process has several threads and is not forked
def test_an_error_in_another_process_is_the_error_here() -> None:
    def fails(number: int) -> int:
        if number == 90:
            raise ValueError("ninety")
        return number

    with pytest.raises(ValueError, match="ninety"):
        list(Executor(2).map(fails, range(100)))


ORPHANED = """
import os, sys, time
from sitegen.incremental.workers import _end_with

parent = os.getpid()
if os.fork():
    os._exit(0)
while os.getppid() == parent:
    time.sleep(0.01)
_end_with(parent)
print("still there", flush=True)
"""


def test_a_process_whose_parent_ended_before_it_could_ask_ends_too() -> None:
    assert said_by(ORPHANED) == ("", "")


IN_BACKGROUND = """
import os, sys, time
from dataclasses import dataclass
from pathlib import Path
from sitegen.incremental.workers import Executor

folder, fault = Path(sys.argv[1]), sys.argv[2]
here = os.getpid()

def work():
    (folder / "process").write_text(str(os.getpid() == here))
    if fault == "for good" or fault == "there" and os.getpid() != here:
        raise OSError("full")
    if fault == "body":
        time.sleep(60)
    (folder / "done").touch()

try:
    with Executor(2).in_background(work):
        if fault == "body":
            raise ValueError("the body failed")
    print((folder / "done").exists(), (folder / "process").read_text())
except (OSError, ValueError) as error:
    print(error)
"""


@pytest.mark.slow  # under pytest-xdist, a process has several threads and is not forked
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("none", "True False\n"),  # done, and not here
        ("there", "True True\n"),  # what stopped there is done here
        ("for good", "full\n"),
        ("body", "the body failed\n"),  # at once
    ],
)
def test_background_work_is_done_or_its_error_is_raised(
    tmp_path: Path, fault: str, said: str
) -> None:
    assert said_by(IN_BACKGROUND, str(tmp_path), fault) == (said, "")


def test_on_one_core_background_work_comes_first() -> None:
    order: list[str] = []
    with Executor(1).in_background(lambda: order.append("beside")):
        order.append("body")

    assert order == ["beside", "body"]


def test_a_cached_result_is_not_computed_again() -> None:
    executor = Executor(1)
    worked: list[int] = []

    def double(number: int) -> bytes:
        worked.append(number)
        return encode(2 * number)

    executor.cached_map(double, [1, 2], ["a", "b"])
    results = executor.cached_map(double, [1, 3, 2], ["a", "c", "b"])

    assert [decode(result) for result in results] == [2, 6, 4]
    assert worked == [1, 2, 3]


def test_items_of_one_key_are_computed_once() -> None:
    worked: list[str] = []

    def twice(text: str) -> bytes:
        worked.append(text)
        return encode(2 * text)

    results = Executor(1).cached_map(twice, ["a", "b", "a"], ["of a", "of b", "of a"])

    assert [decode(result) for result in results] == ["aa", "bb", "aa"]
    assert worked == ["a", "b"]


@dataclass(frozen=True)
class _Nothing:
    """An owner of queries that has none."""


def test_what_every_process_needs_is_loaded_once_and_only_for_work(tmp_path: Path) -> None:
    executor = Executor(1, Cache(tmp_path / "cache.sqlite", version="1"))
    order: list[str] = []

    def double(text: str) -> bytes:
        order.append(text)
        return encode(2 * text)

    def results(items: list[str]) -> list[str]:
        made = executor.tracked_map(
            double, items, items, Inputs(_Nothing(), str), lambda: order.append("prepare")
        )
        return [decode(stored) for _, stored in made]

    assert results(["a", "b"]) == ["aa", "bb"]
    assert results(["b"]) == ["bb"]
    assert order == ["prepare", "a", "b"]


STOPPED_IN_A_HOOK = """
import os, signal, sys
from sitegen.incremental.workers import WORTH_FORKING, Executor

times = [0]
def stop():
    times[0] += 1
    os.kill(os.getpid(), signal.SIGINT)

os.register_at_fork(after_in_parent=stop)
try:
    if sys.argv[1] == "map":
        list(Executor(2).map(abs, range(4 * WORTH_FORKING)))
    else:
        with Executor(2).in_background(lambda: None):
            pass
except KeyboardInterrupt:
    print("stopped after", times[0] > 0)
"""


@pytest.mark.parametrize("way", ["map", "background"])
def test_a_signal_that_comes_in_a_hook_of_a_fork_is_not_lost(way: str) -> None:
    said, complained = said_by(STOPPED_IN_A_HOOK, way)

    assert said == "stopped after True\n"
    assert "KeyboardInterrupt" not in complained
