"""Runs work on every core, and only work whose result is not in the cache."""

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
from functools import cache as memoise
from typing import Any, TypeVar

from sitegen.incremental.cache import Cache, NullCache, join, split
from sitegen.incremental.queries import Inputs
from sitegen.incremental.tracking import (
    Dependencies,
    decode_dependencies,
    encode_dependencies,
    is_current,
    tracking,
)

T = TypeVar("T")
R = TypeVar("R")

_PR_SET_PDEATHSIG = 1  # prctl(2)
_FROM_A_TERMINAL = (signal.SIGINT, signal.SIGTERM)
"""The signals that a terminal sends to every process."""
WORTH_FORKING = 24
"""Items below which one process does the work: a fork costs as much as some pages."""


def available_cores() -> int:
    """Return how many cores this process may use; one where it cannot be forked safely."""
    if sys.platform != "linux":
        return 1
    return len(os.sched_getaffinity(0))


@dataclass(frozen=True)
class Executor:
    """Runs work on a number of cores, with a cache. Neither changes any result."""

    cores: int = field(default_factory=available_cores)
    cache: Cache = field(default_factory=lambda: Cache(None))

    def map(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """Yield the result for each item, in order.

        A process with several threads is never forked: a lock that another thread holds would
        stay locked in the copy.
        """
        alone = self.cores < 2 or len(items) < WORTH_FORKING or threading.active_count() > 1
        if alone:
            yield from map(work, items)
            return
        yield work(items[0])  # what it imports and loads, the forked processes inherit
        share = max(1, min(16, len(items) // (8 * self.cores)))
        start = (os.getpid(), lambda number: work(items[number]))
        gc.freeze()  # the copies share memory that no collection touches
        try:
            forked = multiprocessing.get_context("fork")
            with ProcessPoolExecutor(self.cores, forked, _start_worker, start) as pool:
                with _signals_held():
                    results = pool.map(_run_in_worker, range(1, len(items)), chunksize=share)
                yield from results
        finally:
            gc.unfreeze()

    @contextmanager
    def in_background(self, work: Callable[[], object]) -> Iterator[None]:
        """Run a block while work that writes files runs in another process; wait for its end.

        Where it fails there it is run again here, so that its error is raised.
        """
        if self.cores < 2 or threading.active_count() > 1:
            work()
            yield
            return
        process = multiprocessing.get_context("fork").Process(
            target=_run_in_background, args=(work, os.getpid())
        )
        with _signals_held():
            process.start()
        completed = False
        try:
            yield
            completed = True
        finally:
            if not completed:
                process.kill()
            process.join()
        if process.exitcode:
            work()

    def cached_map(
        self, work: Callable[[T], bytes], items: Sequence[T], keys: Sequence[str]
    ) -> list[bytes]:
        """Return the result for each item: from the cache, or computed once for a key."""
        found = self.cache.get(keys)
        first = {key: number for number, key in reversed([*enumerate(keys)]) if key not in found}
        wanted = sorted(first.values())
        made = self.map(lambda number: work(items[number]), wanted)
        for number, result in zip(wanted, made, strict=True):
            found[keys[number]] = result
            self.cache.put(keys[number], result)
        return [found[key] for key in keys]

    def tracked_map(
        self,
        work: Callable[[T], bytes],
        items: Sequence[T],
        keys: Sequence[str],
        inputs: Inputs,
        prepare: Callable[[], None] = lambda: None,
    ) -> Iterator[tuple[Dependencies | None, bytes]]:
        """Yield, for each item, what its work read, and its result.

        `prepare` is called once before any work, to load what every process needs.

        A cached result is used while all that its work read is the same. Where something that it
        read has no fingerprint, the dependencies are None and the result is not cached.
        """
        fingerprint = memoise(inputs.fingerprint)
        found = {
            key: value
            for key, value in self.cache.get(keys).items()
            if is_current(decode_dependencies(split(value)[0]), fingerprint)
        }
        wanted = [number for number, key in enumerate(keys) if key not in found]
        if wanted:
            prepare()

        def tracked_work(number: int) -> bytes:
            with tracking(inputs.identify) as dependencies:
                result = work(items[number])
            return join(encode_dependencies(dependencies), result)

        for number, value in zip(wanted, self.map(tracked_work, wanted), strict=True):
            found[keys[number]] = value
            if split(value)[0]:
                self.cache.put(keys[number], value)
        for key in keys:
            dependencies, result = split(found[key])
            yield decode_dependencies(dependencies) if dependencies else None, result


SERIAL = Executor(cores=1, cache=NullCache())
"""One core, and no cache."""

_work: Callable[[Any], Any] | None = None
"""What a worker process runs; it is set in workers only."""


@contextmanager
def _signals_held() -> Iterator[None]:
    """Hold signals back while a block forks; one that came is then delivered.

    Python calls hooks after each fork, and drops the exception of a signal that comes in one.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _FROM_A_TERMINAL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(parent: int, work: Callable[[Any], Any]) -> None:
    global _work
    _end_with(parent)
    _work = work


def _run_in_worker(item: Any) -> Any:
    if _work is None:
        raise RuntimeError("a worker process has no work")
    return _work(item)


def _run_in_background(work: Callable[[], object], parent: int) -> None:
    """Run work in a process of its own; an error of the disk shows in the exit status alone."""
    _end_with(parent)
    try:
        work()
    except OSError:
        sys.exit(1)


def _end_with(parent: int) -> None:
    """Have the kernel end this process when its parent ends, however that one ends.

    Where the parent has ended already, this process ends immediately.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    for number in _FROM_A_TERMINAL:
        signal.signal(number, signal.SIG_IGN)  # the parent ends, and this one with it
