"""Every number in a table is one of the row that the line's key names, or of a fact.

A line may stand for several rows, such as the sum of some: then its key names parts of theirs
(``prices:DEU/2024``) or what a field of theirs holds (``claims:figure``), and its numbers
are the table's own reckoning.
"""

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from numbers import Real
from typing import Any

import pandas as pd

from dossier.data.known import Record
from dossier.document.model import Runs, TableBlock, text_of
from dossier.gates import Finished
from dossier.show.frames import OWN_ROW
from dossier.text.dates import day_text
from dossier.text.numbers import decimals_of, find_digits, without_names
from dossier.text.units import Unit

NEAR = 0.01
"""By how much of itself a number in another unit, rounded, may miss what the row's comes to."""


def find(finished: Finished) -> list[str]:
    report = finished.report
    rows = Rows(report.record, report.facts.units)
    tables = (b for b in finished.document.blocks() if isinstance(b, TableBlock))
    return [problem for table in tables for problem in unsourced(table, rows)]


def unsourced(table: TableBlock, rows: "Rows") -> Iterator[str]:
    """Yield a problem for each line without a row, and for each number that nothing gives."""
    for key, cells in zip(table.keys, table.rows, strict=True):
        if not rows.has(key):
            yield (
                f"table {table.id}, row {key}: there is no such row; give the key of a row of the "
                "record, or, for a line on several, parts of theirs"
            )
        elif key in rows.rows:
            yield from (
                f"table {table.id}, row {key}: the number {n!r} in {words[:60]!r} is in no field "
                "of that row; print the row's, or name a fact in braces"
                for n, words in _numbers(table, cells, rows.record)
                if not rows.gives(key, n, words)
            )


def _numbers(table: TableBlock, cells: list[Runs], record: Record) -> Iterator[tuple[str, str]]:
    """Yield each number of a line that no link holds, with the words that it stands in.

    A column on what comes later may quote the article.
    """
    names = record.project.settings.allowed
    for column, cell in zip(table.columns, cells, strict=True):
        quoted = record.article.text if column.future else ""
        words = " ".join(run.text for run in cell if not run.fact and not run.href)
        yield from (
            (n, text_of(cell)) for n in find_digits(without_names(words, names)) if n not in quoted
        )


class Rows:
    """The rows of a record: what numbers each has, and which others name it."""

    def __init__(self, record: Record, units: Mapping[str, Unit]):
        self.record = record
        self.factors = {unit.factor for unit in units.values() if unit.other}
        self.rows: dict[str, dict[Any, Any]] = {}
        self.named: dict[Any, set[str]] = defaultdict(set)
        self._numbers: dict[str, set[float]] = {}
        for frame in record.tables.values():
            for key, row in zip(frame.index, frame.to_dict("records"), strict=True):
                self.rows[key] = row
                for part in {*_parts(key), *(v for v in row.values() if isinstance(v, str))}:
                    self.named[part].add(key)

    def has(self, key: str) -> bool:
        """Tell whether a line's key names a row, several by their parts, or none of a table's."""
        table, _, rest = key.partition(":")
        if table == "datapackage":
            return any(r["name"] == rest for r in self.record.schema.resources)
        several = (row for part in _parts(key) for row in self.named.get(part, ()))
        return key in self.rows or key == OWN_ROW or any(r.startswith(f"{table}:") for r in several)

    def gives(self, key: str, number: str, words: str) -> bool:
        """Tell whether a number is of a row, or of another that names the row.

        It may be one of theirs rounded, in another unit what one of the row's is that stands beside
        it in ``words``, or the year in which a term ends that begins on one of the row's days.
        """
        value, own = _value(number), self.numbers(key)
        others = (self.numbers(row) for part in _parts(key) for row in self.named[part])
        if any(_prints(number, n) for n in itertools.chain(own, *others)):
            return True
        if value in _ends(self.rows[key]):
            return True
        beside = [_value(n) for n in find_digits(words) if any(_prints(n, o) for o in own)]
        converted = (n * factor for n in beside for factor in self.factors)
        return any(math.isclose(value, n, rel_tol=NEAR) for n in converted)

    def numbers(self, key: str) -> set[float]:
        """Return the numbers of a row's cells: values, those of its days and in its words."""
        if key not in self._numbers:
            self._numbers[key] = {
                n for value in self.rows[key].values() for n in _numbers_in(value)
            }
        return self._numbers[key]


def _prints(number: str, value: float) -> bool:
    """Tell whether a number is what a value rounds to, up or down, at as many decimals."""
    return abs(_value(number) - value) < 0.500001 * 10.0 ** -decimals_of(number)


def _parts(key: str) -> list[str]:
    return key.partition(":")[2].split("/")


def _value(number: str) -> float:
    return float(re.sub(r"[^\d.]", "", number))


def _ends(row: dict[Any, Any]) -> set[float]:
    """Return the years in which terms of as many years as a cell of a row holds would end."""
    days = [value for value in row.values() if isinstance(value, pd.Timestamp)]
    terms = [value for value in row.values() if isinstance(value, Real)]
    return {float(day.year + term) for day in days for term in terms if not pd.isna(term)}


def _numbers_in(value: Any) -> Iterator[float]:
    if isinstance(value, tuple | list):
        yield from itertools.chain.from_iterable(map(_numbers_in, value))
    elif isinstance(value, Real) and not isinstance(value, bool):
        yield from [] if math.isnan(value) else [abs(float(value))]
    elif isinstance(value, pd.Timestamp):
        yield from map(_value, find_digits(day_text(value, "day")))
    elif isinstance(value, str):
        yield from map(_value, find_digits(value))
