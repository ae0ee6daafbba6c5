"""Every number in a table is one of the row that the line's key names, or of a fact.

A line may stand for several rows, such as the sum of some: then its key names parts of theirs
(``prices:wheat/1999``) or what a field of theirs holds (``claims:figure``), and its numbers
are the table's own reckoning.
"""

import datetime
import functools
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from dossier.data.known import Record
from dossier.document.model import Runs, TableBlock, text_of
from dossier.facts.ledger import plain_value
from dossier.gates import Finished
from dossier.show.frames import OWN_ROW
from dossier.text.dates import day_text
from dossier.text.numbers import decimals_of, find_digits, without_names
from dossier.text.units import Unit

NEAR = 0.01
"""By how much of itself a number in another unit, rounded, may miss what the row's comes to."""


def find(finished: Finished) -> list[str]:
    report = finished.report
    tables = list(finished.document.tables())
    keys = [key for table in tables for key in table.keys]
    rows = Rows(report.record, report.facts.units, keys)
    return [problem for table in tables for problem in unsourced(table, rows)]


def unsourced(table: TableBlock, rows: "Rows") -> Iterator[str]:
    """Yield a problem for each line without a row, and for each number that nothing gives."""
    for key, cells in zip(table.keys, table.rows, strict=True):
        if not rows.has(key):
            yield (
                f"table {table.id}, row {key}: there is no such row; give the key of a row of the "
                "record, or, for a line on several, parts of theirs"
            )
        elif rows.is_one(key):
            yield from (
                f"table {table.id}, row {key}: the number {n!r} in {words[:60]!r} is in no field "
                "of that row; print the row's, or name a fact in braces"
                for n, words in _numbers(table, cells, rows)
                if not rows.gives(key, n, words)
            )


def _numbers(table: TableBlock, cells: list[Runs], rows: "Rows") -> Iterator[tuple[str, str]]:
    """Yield each number of a line that no link holds, with the words that it stands in.

    A column on what comes later may quote the article.
    """
    names = rows.record.project.settings.allowed
    for column, cell in zip(table.columns, cells, strict=True):
        quoted = rows.of_article if column.future else set()
        words = " ".join(run.text for run in cell if not run.fact and not run.href)
        yield from (
            (n, text_of(cell)) for n in find_digits(without_names(words, names)) if n not in quoted
        )


class Rows:
    """The rows of a record: what numbers each has, and which others name it.

    ``keys`` are those of the lines that are looked at.
    """

    def __init__(self, record: Record, units: Mapping[str, Unit], keys: Iterable[str]):
        self.record = record
        self.of_article = set(find_digits(record.article.text))
        self.factors = {unit.factor for unit in units.values() if unit.other}
        self._numbers: dict[str, set[float]] = {}
        self._wanted = {part for key in keys for part in _parts(key)}

    @functools.cached_property
    def named(self) -> dict[str, set[str]]:
        """The rows that name a part of the lines' keys: in their own keys, or in a field."""
        named: dict[str, set[str]] = defaultdict(set)
        for frame in self.record.tables.values():
            for key, *fields in frame.select_dtypes(exclude="number").itertuples(name=None):
                for part in self._wanted.intersection([*_parts(key), *fields]):
                    named[part].add(key)
        return named

    def is_one(self, key: str) -> bool:
        """Tell whether a key is that of a row."""
        table = key.partition(":")[0]
        return table in self.record.tables and key in self.record.tables[table].index

    def has(self, key: str) -> bool:
        """Tell whether a line's key names a row, several by their parts, or none of a table's."""
        table, _, rest = key.partition(":")
        if table == "datapackage":
            return any(r["name"] == rest for r in self.record.schema.resources)
        if key == OWN_ROW or self.is_one(key):
            return True
        several = (row for part in _parts(key) for row in self.named[part])
        return any(row.startswith(f"{table}:") for row in several)

    def gives(self, key: str, number: str, words: str) -> bool:
        """Tell whether a number is of a row, or of another that names all of its key.

        It may be one of theirs rounded, in another unit what one of the row's is that stands beside
        it in ``words``, or the year in which a term ends that begins on one of the row's days.
        """
        value, own = _value(number), self.numbers(key)
        if any(_prints(number, n) for n in own) or value in _ends(self._row(key)):
            return True
        beside = [_value(n) for n in find_digits(words) if any(_prints(n, o) for o in own)]
        converted = (n * factor for n in beside for factor in self.factors)
        if any(math.isclose(value, n, rel_tol=NEAR) for n in converted):
            return True
        naming = set.intersection(*(self.named[part] for part in _parts(key)))
        return any(_prints(number, n) for row in naming for n in self.numbers(row))

    def numbers(self, key: str) -> set[float]:
        """Return the numbers of a row's cells: values, those of its days and in its words."""
        if key not in self._numbers:
            self._numbers[key] = {n for value in self._row(key) for n in _numbers_in(value)}
        return self._numbers[key]

    def _row(self, key: str) -> list[Any]:
        row = self.record.tables[key.partition(":")[0]].loc[key]
        return [plain_value(value) for value in row]


def _prints(number: str, value: float) -> bool:
    """Tell whether a number is what a value rounds to, up or down, at as many decimals."""
    return abs(_value(number) - value) < 0.500001 * 10.0 ** -decimals_of(number)


def _parts(key: str) -> list[str]:
    return key.partition(":")[2].split("/")


def _value(number: str) -> float:
    """Return a number's value; of one with several points, such as a version, up to the second.

    >>> _value("1,001"), _value("1.0.2")
    (1001.0, 1.0)
    """
    whole, _, rest = re.sub(r"[^\d.]", "", number).partition(".")
    return float(f"{whole}.{rest.partition('.')[0]}")


def _ends(row: list[Any]) -> set[float]:
    """Return the years in which terms of as many years as a cell of a row holds would end."""
    days = [v for v in row if isinstance(v, datetime.date) and not pd.isna(v)]
    terms = [v for v in row if isinstance(v, int | float) and not pd.isna(v)]
    return {float(day.year + term) for day in days for term in terms}


def _numbers_in(value: Any) -> Iterator[float]:
    if isinstance(value, tuple | list):
        yield from itertools.chain.from_iterable(map(_numbers_in, value))
    elif isinstance(value, int | float):
        yield from [] if math.isnan(value) else [abs(float(value))]
    elif isinstance(value, datetime.date) and not pd.isna(value):
        yield from map(_value, find_digits(day_text(value, "day")))
    elif isinstance(value, str):
        yield from map(_value, find_digits(value))
