"""What a chapter asks for, noted in its own process: a build keeps it while all of that stays.

Tables are noted where a record or the loaded tables are asked for one, facts where the ledger is,
files where one in the project is opened.
"""

import contextlib
from collections.abc import Iterator, Mapping

import pandas as pd

TABLES: set[str] = set()
FACTS: set[str] = set()
"""Ids; ``EVERY`` where the ledger was gone through."""
FILES: set[str] = set()
"""Files, from the project's root."""
EVERY = "*"

Asked = dict[str, list[str]]
"""The names of what was asked for, by kind: tables, facts, files."""


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
    for noted in (TABLES, FACTS, FILES):
        noted.clear()


def asked() -> Asked:
    """Return what has been asked for since the start."""
    return {"tables": sorted(TABLES), "facts": sorted(FACTS), "files": sorted(FILES)}


@contextlib.contextmanager
def computing() -> Iterator[None]:
    """Note no table meanwhile: what a fact is computed from is asked for by the fact."""
    before = set(TABLES)
    try:
        yield
    finally:
        TABLES.intersection_update(before)
