"""The proof: every computed fact comes out the same from the rows and facts that it names alone."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from dossier.data.known import NotKnown
from dossier.facts.ledger import Ledger


class NarrowedTables(Mapping[str, pd.DataFrame]):
    """Tables cut down to the rows of ``names`` (``table:key``), each when it is asked for."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], names: tuple[str, ...]):
        self._tables = tables
        self._rows: dict[str, list[str]] = {}
        for name in names:
            self._rows.setdefault(name.partition(":")[0], []).append(name)
        self._cut: dict[str, pd.DataFrame] = {}

    def __getitem__(self, table: str) -> pd.DataFrame:
        if table not in self._cut:
            frame, rows = self._tables[table], self._rows.get(table)
            self._cut[table] = frame[frame.index.isin(rows)] if rows else frame.iloc[:0]
        return self._cut[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def prove(ledger: Ledger) -> list[str]:
    """Return a problem for each computed fact that does not follow from what it names."""
    problems = []
    for fact in ledger.used():
        if fact.kind != "computed":
            continue
        tables = NarrowedTables(ledger.record.tables, fact.rows)
        try:
            found = ledger.recompute(fact.id, replace(ledger.record, tables=tables))
        except (NotKnown, LookupError, ValueError) as error:
            found = f"nothing ({type(error).__name__}: {error})"
        if found != fact.value:
            problems.append(
                f"fact {fact.id!r}: from the {len(fact.rows)} rows and {len(fact.inputs)} facts "
                f"that it names it comes out as {found!r}, not {fact.value!r}; "
                "name every row that it rests on"
            )
    return problems
