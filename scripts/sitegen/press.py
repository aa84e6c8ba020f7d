"""How results are worked out: on every core, and only those that are not kept already."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from sitegen.kept import Forgotten, Kept, paired, parted
from sitegen.traces import UNKNOWN, holds, read, tracing, written

T = TypeVar("T")
R = TypeVar("R")

_PR_SET_PDEATHSIG = 1  # prctl(2)
WORTH_SPREADING = 24  # a fork costs as much as some pages

_work: Callable[[Any], Any] | None = None


def cores_here() -> int:
    """How many cores this process may use; one where a process cannot be forked safely."""
    if sys.platform != "linux":
        return 1
    return len(os.sched_getaffinity(0))


@dataclass(frozen=True)
class Press:
    """On how many cores work is done, and what was kept of it. Neither changes any result."""

    cores: int = field(default_factory=cores_here)
    kept: Kept = field(default_factory=lambda: Kept(None))

    def spread(self, work: Callable[[T], R], given: Sequence[T]) -> Iterator[R]:
        """The result for each thing given, in order.

        A process with several threads is never forked: a lock that another thread holds would
        stay locked in the copy.
        """
        alone = self.cores < 2 or len(given) < WORTH_SPREADING or threading.active_count() > 1
        if alone:
            yield from map(work, given)
            return
        yield work(given[0])  # what it loads, the forked processes inherit
        with _handed_on(lambda number: work(given[number])):
            share = max(1, min(16, len(given) // (8 * self.cores)))
            forked = multiprocessing.get_context("fork")
            with ProcessPoolExecutor(self.cores, forked, _end_with, (os.getpid(),)) as pool:
                yield from pool.map(_do, range(1, len(given)), chunksize=share)

    @contextmanager
    def beside(self, work: Callable[[], object]) -> Iterator[None]:
        """Within it, work that writes files is done in another process; after it, it is done."""
        if self.cores < 2 or threading.active_count() > 1:
            work()
            yield
            return
        process = multiprocessing.get_context("fork").Process(
            target=_quietly, args=(work, os.getpid())
        )
        process.start()
        is_over = False
        try:
            yield
            is_over = True
        finally:
            if not is_over:
                process.kill()
            process.join()
        if process.exitcode:
            work()  # here, so that what stopped it there is raised

    def through(
        self, work: Callable[[T], bytes], given: Sequence[T], keys: Sequence[str]
    ) -> list[bytes]:
        """The result for each thing given: kept under its key, or worked out now, once a key."""
        kept = self.kept.get(keys)
        first = {key: number for number, key in reversed([*enumerate(keys)]) if key not in kept}
        wanted = sorted(first.values())
        made = self.spread(lambda number: work(given[number]), wanted)
        for number, result in zip(wanted, made, strict=True):
            kept[keys[number]] = result
            self.kept.put(keys[number], result)
        return [kept[key] for key in keys]

    def traced(
        self,
        work: Callable[[T], bytes],
        given: Sequence[T],
        keys: Sequence[str],
        answer: Callable[[str], str],
    ) -> Iterator[tuple[bytes, bytes]]:
        """The trace and the result for each thing given: kept while it holds, or worked out now.

        There is no trace of what rests on something that cannot be told from others.

        `answer` gives the digest of the answer to a question of a trace, as it is now.
        """
        asked = cache(answer)
        found = {
            key: value
            for key, value in self.kept.get(keys).items()
            if holds(read(parted(value)[0]), asked)
        }
        wanted = [number for number, key in enumerate(keys) if key not in found]

        def work_out(number: int) -> bytes:
            with tracing() as trace:
                result = work(given[number])
            return paired(b"" if UNKNOWN in trace.values() else written(trace), result)

        for number, value in zip(wanted, self.spread(work_out, wanted), strict=True):
            found[keys[number]] = value
            if parted(value)[0]:
                self.kept.put(keys[number], value)
        for key in keys:
            yield parted(found[key])


ALONE = Press(cores=1, kept=Forgotten())


def _end_with(parent: int) -> None:
    """Have the kernel end this process with the one that forked it, however that one ends.

    Where that one has ended meanwhile, this one ends at once: it would wait for work for ever.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    for number in (signal.SIGINT, signal.SIGTERM):  # a terminal sends them to every process
        signal.signal(number, signal.SIG_IGN)  # the parent ends, and this one with it


def _quietly(work: Callable[[], object], parent: int) -> None:
    """Do the work of a process of its own; what stops it shows in the status alone."""
    _end_with(parent)
    try:
        work()
    except OSError:
        sys.exit(1)


def _do(given: Any) -> Any:
    if _work is None:
        raise RuntimeError("a forked process has no work")
    return _work(given)


@contextmanager
def _handed_on(work: Callable[[Any], Any]) -> Iterator[None]:
    """Work that forked processes inherit with what it is done to: only numbers go to them."""
    global _work
    _work = work
    gc.freeze()  # the copies share memory that no collection touches
    try:
        yield
    finally:
        gc.unfreeze()
        _work = None
