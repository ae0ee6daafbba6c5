"""What a chapter asks for, noted in its own process: a build keeps it while all of that stays.

Tables are noted where a record or the loaded tables are asked for one, facts where the ledger is,
files where one in the project is opened, modules where a definition of theirs is called.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from typing import Any

import pandas as pd

TABLES: set[str] = set()
FACTS: set[str] = set()
"""Ids; ``EVERY`` where the ledger was gone through."""
FILES: set[str] = set()
"""Files, from the project's root."""
MODULES: set[str] = set()
"""Modules whose tables, figures or rules were called, by their full names."""
EVERY = "*"

_NOTED = {"tables": TABLES, "facts": FACTS, "files": FILES, "modules": MODULES}

Asked = dict[str, list[str]]
"""The names of what was asked for, by kind: tables, facts, files, modules."""
Made = list[tuple[str, Any, Asked]]
"""What was made: its name, it as JSON can hold it, and what it asked for."""


class Memory:
    """What was made before; this one remembers nothing. ``made`` is what may be kept."""

    def __init__(self) -> None:
        self.made: Made = []

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what ``make()`` returns, or what it returned when all was the same."""
        return make()

    def keep_made(self, made: Made) -> None:
        """Keep what another process has made."""


MEMORY: ContextVar[Memory] = ContextVar("memory", default=Memory())  # noqa: B039 (it is empty)
"""What serves the process; a forked one has its parent's."""


class NotedTables(Mapping[str, pd.DataFrame]):
    """Tables by name; which of them are asked for is noted."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]):
        self._tables = tables

    def __getitem__(self, table: str) -> pd.DataFrame:
        frame = self._tables[table]
        TABLES.add(table)
        return frame

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def start() -> None:
    """Begin anew: nothing has been asked for."""
    for names in _NOTED.values():
        names.clear()


def asked() -> Asked:
    """Return what has been asked for since the start."""
    return {kind: sorted(names) for kind, names in _NOTED.items()}


def add(asked: Asked) -> None:
    """Note that all of this was asked for."""
    for kind, names in asked.items():
        _NOTED[kind].update(names)


@contextlib.contextmanager
def aside() -> Iterator[Asked]:
    """Note what is asked for meanwhile apart; it is told at the end by what this yields."""
    before = asked()
    start()
    found: Asked = {}
    try:
        yield found
    finally:
        found |= asked()
        start()
        add(before)


@contextlib.contextmanager
def computing() -> Iterator[None]:
    """Note no table and no module meanwhile: what a fact rests on is asked for by the fact."""
    found: Asked = {}
    try:
        with aside() as found:
            yield
    finally:
        add({kind: found[kind] for kind in ("facts", "files")})
