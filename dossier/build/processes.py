"""Processes, one for each piece of work, forked from the warm parent where that is safe (Linux)."""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

FORK = sys.platform == "linux"
CONTEXT: Any = multiprocessing.get_context("fork" if FORK else "spawn")

Outcome = tuple[Any, tuple[str, str] | None]
"""A result, and the type and text of the error in its place."""


def usable_cores() -> int:
    """Return how many cores this process may use: by its affinity, and by its cgroup's limit."""
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
    except (OSError, ValueError):
        return cores
    return cores if quota == "max" else max(1, min(cores, round(int(quota) / int(period))))


class Superseded(Exception):
    """What is asked for is asked for anew."""


def run_all(
    work: Callable[[Any], Any],
    items: Sequence[Any],
    workers: int,
    started: Callable[[int], None] | None = None,
    ended: Callable[[int, tuple[str, str] | None], None] | None = None,
    until: Connection | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> list[Outcome]:
    """Return the outcome of ``work(item)`` for each item, ``workers`` at a time.

    Each runs in a process of its own. ``work`` and the items must be importable by name and
    picklable where processes can't be forked. ``started(n)`` and ``ended(n, error)`` hear of every
    start and end. On an interrupt the processes are ended before it is raised again, and so they
    are where ``until`` has something to tell: Superseded is raised then. ``meanwhile()`` is called
    once the first run.
    """
    outcomes: list[Outcome] = [(None, None)] * len(items)
    waiting = list(range(len(items)))[::-1]
    running: dict[Connection, tuple[int, Any]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                n = waiting.pop()
                here, there = CONTEXT.Pipe(duplex=False)
                process = CONTEXT.Process(target=_run, args=(work, items[n], there))
                running[here] = (n, process)  # before it starts: an interrupt may come right after
                start(process)
                there.close()
                if started:
                    started(n)
            if meanwhile:
                meanwhile()
                meanwhile = None
            for pipe in _ready(running, until):
                n, process = running.pop(pipe)
                outcomes[n] = _outcome(pipe, process)
                if ended:
                    ended(n, outcomes[n][1])
    finally:
        _end([process for _, process in running.values() if process.pid])
    return outcomes


def _ready(
    running: dict[Connection, tuple[int, Any]], until: Connection | None
) -> Iterator[Connection]:
    for pipe in wait([*running, *([until] if until else [])], timeout=0.5):
        assert isinstance(pipe, Connection)
        if pipe is until:
            raise Superseded
        yield pipe


def _outcome(pipe: Connection, process: Any) -> Outcome:
    try:
        found: Outcome = pipe.recv()
    except EOFError:
        process.join()
        words = f"its process ended with exit code {process.exitcode}"
        found = (None, ("WorkerDied", words))
    process.join()
    pipe.close()
    return found


def _end(processes: list[Any]) -> None:
    for process in processes:
        process.kill()  # and what it has begun dies with it
    for process in processes:
        process.join()


def begin(work: Callable[[], Any]) -> Callable[[], Outcome]:
    """Begin ``work()`` in a process of its own; return a function that waits for its outcome."""
    if not FORK:
        return lambda: (work(), None)
    here, there = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_run, args=(lambda _: work(), None, there))
    start(process)
    there.close()
    return lambda: _outcome(here, process)


def start(process: Any) -> None:
    """Start a process that an interrupt at the terminal does not reach: its parent decides."""
    if not hasattr(signal, "pthread_sigmask"):
        process.start()
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _run(work: Callable[[Any], Any], item: Any, pipe: Connection) -> None:
    """Run one item, in the child."""
    die_with_parent()
    try:
        outcome: Outcome = (work(item), None)
    except Exception as error:
        outcome = (None, (type(error).__name__, str(error)))
    pipe.send(outcome)
    pipe.close()


def die_with_parent() -> None:
    """Let this process be killed when its parent ends, however that ends; on Linux alone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def limit_memory(more: int) -> None:
    """Let this process take so many bytes of memory beyond what it has, and no more."""
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = pages * os.sysconf("SC_PAGE_SIZE") + more
    soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def limit_time(seconds: int) -> None:
    """Let this process take so many seconds of the processor, and no more."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = seconds if hard == resource.RLIM_INFINITY else min(seconds, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
