"""A pool of processes, one for each piece of work, forked from the warm parent where that is safe (Linux)."""

import ctypes
import multiprocessing
import signal
import sys
from multiprocessing.connection import wait

FORK = sys.platform == "linux"
CONTEXT = multiprocessing.get_context("fork" if FORK else "spawn")


def each(work, items: list, workers: int, started=None, ended=None) -> list:
    """Return (result, error) of ``work(item)`` for each item, each run in a process of its own, ``workers`` at a time.

    ``work`` and the items must be importable by name and picklable where processes can't be forked. ``error`` is the
    exception's type and text, or None. ``started(n)`` and ``ended(n, error)`` hear of every start and end. On an interrupt
    the processes are ended before it is raised again.
    """
    outcomes, waiting, running = [None] * len(items), list(range(len(items)))[::-1], {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                n = waiting.pop()
                here, there = CONTEXT.Pipe(duplex=False)
                process = CONTEXT.Process(target=_job, args=(work, items[n], there))
                running[here] = (n, process)  # before it starts: an interrupt may come right after
                start(process)
                there.close()
                if started:
                    started(n)
            for pipe in wait(list(running), timeout=0.5):
                n, process = running.pop(pipe)
                try:
                    outcomes[n] = pipe.recv()
                except EOFError:
                    process.join()
                    outcomes[n] = (
                        None,
                        ("WorkerDied", f"its process ended with exit code {process.exitcode}"),
                    )
                process.join()
                pipe.close()
                if ended:
                    ended(n, outcomes[n][1])
    finally:
        begun = [process for _, process in running.values() if process.pid]
        for process in begun:
            process.kill()  # and what it has begun dies with it
        for process in begun:
            process.join()
    return outcomes


def later(work):
    """Begin ``work()`` in a process of its own; return a function that waits for it and returns (result, error)."""
    here, there = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_job, args=(lambda _: work(), None, there)) if FORK else None
    if process is None:
        return lambda: (work(), None)
    start(process)
    there.close()

    def outcome():
        try:
            return here.recv()
        except EOFError:
            return None, ("WorkerDied", "the process ended before its work was done")
        finally:
            process.join()
            here.close()

    return outcome


def start(process) -> None:
    """Start a process that an interrupt at the terminal does not reach: its parent decides."""
    if hasattr(signal, "pthread_sigmask"):
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    else:
        process.start()


def _job(work, item, pipe) -> None:
    """Run one item, in the child."""
    die_with_parent()
    try:
        outcome = (work(item), None)
    except Exception as error:
        outcome = (None, (type(error).__name__, str(error)))
    pipe.send(outcome)
    pipe.close()


def peak() -> int:
    """Return the largest memory, in bytes, that any finished child held."""
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def die_with_parent() -> None:
    """Let this process be killed when its parent ends, however that ends; on Linux alone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
