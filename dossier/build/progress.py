"""One live bar on a terminal; elsewhere a plain line for each step that ended, with its time."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any

from dossier.build.processes import Outcome, run_all, usable_cores

BAR = "  {n_fmt}/{total_fmt} {bar:24} {postfix} · {elapsed} · about {remaining} left"


class Progress:
    """Shows the steps of a build; ``quiet`` shows none.

    What is run stops where ``until`` has something to tell, and Superseded is raised.
    """

    def __init__(self, total: int, quiet: bool = False, until: Connection | None = None):
        self.quiet, self.until = quiet, until
        self.started: dict[str, float] = {}
        self.failed = 0
        self.bar: Any = None
        if sys.stdout.isatty() and not quiet:
            from tqdm import tqdm

            tqdm.monitor_interval = 0  # no thread of its own: this process will be forked
            self.bar = tqdm(total=total, file=sys.stdout, leave=False, bar_format=BAR)

    def start(self, name: str) -> None:
        self.started[name] = time.perf_counter()
        self._show()

    def end(self, name: str, failed: bool = False) -> None:
        seconds = time.perf_counter() - self.started.pop(name)
        self.failed += failed
        if self.bar is not None:
            self.bar.update()
            self._show()
        elif not self.quiet:
            print(f"  {name:<30} {'failed' if failed else f'{seconds:6.2f} s'}", flush=True)

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        self.start(name)
        failed = True
        try:
            yield
            failed = False
        finally:
            self.end(name, failed)

    def _show(self) -> None:
        if self.bar is not None:
            running = ", ".join(self.started) or "done"
            failed = f" · {self.failed} failed" if self.failed else ""
            self.bar.set_postfix_str(f"{running:.50}{failed}")

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()

    def run_all(
        self,
        work: Callable[[Any], Any],
        items: Sequence[Any],
        names: Sequence[str],
        meanwhile: Callable[[], None] | None = None,
    ) -> list[Outcome]:
        """Run each item in a process of its own, as a step; return the outcomes.

        ``meanwhile()`` is called once the first run.
        """
        return run_all(
            work,
            items,
            usable_cores(),
            lambda n: self.start(names[n]),
            lambda n, error: self.end(names[n], error is not None),
            self.until,
            meanwhile,
        )
