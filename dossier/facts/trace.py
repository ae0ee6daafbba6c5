"""Values with the rows that they came from: what a fact's function returns."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dossier.data.known import NotKnown, Record
from dossier.data.schema import DataError


@dataclass(frozen=True)
class Traced:
    """A value, the rows it came from (``table:key``), and which of their columns were read.

    The columns choose the sources of a row, where a field rests on a source of its own.
    """

    value: Any
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def some(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame, or raise NotKnown where it has no rows."""
    if frame.empty:
        raise NotKnown("no rows")
    return frame


def traced(value: Any, *frames: pd.DataFrame, columns: Iterable[str] = ()) -> Traced:
    """Return a value with the rows of the frames that it was computed from."""
    rows = dict.fromkeys(str(row) for frame in frames for row in frame.index)
    return Traced(value, tuple(rows), tuple(columns))


def count(frame: pd.DataFrame, *others: pd.DataFrame, of: pd.DataFrame | None = None) -> Traced:
    """Return the number of rows; ``others`` are frames that decided which rows count.

    ``of`` is what was looked through: the evidence where none was found. Raises NotKnown where
    there was nothing to look through.
    """
    looked = frame if of is None or len(frame) else some(of)
    return traced(len(frame), some(looked), *others)


def total(frame: pd.DataFrame, column: str) -> Traced:
    """Return the sum of a column; raise NotKnown where there are no rows."""
    return traced(float(some(frame)[column].sum()), frame, columns=[column])


def only(frame: pd.DataFrame, column: str) -> Traced:
    """Return the cell of the one row; raise NotKnown without one, DataError with several."""
    if len(frame) > 1:
        table = str(frame.index[0]).partition(":")[0]
        rows = ", ".join(str(row).partition(":")[2] for row in frame.index[:3])
        raise DataError([f"data/{table}.csv: {rows} are several rows for one value; correct them"])
    return first(frame, column)


def first(frame: pd.DataFrame, column: str) -> Traced:
    """Return the first row's cell; raise NotKnown without rows, or where the cell is empty."""
    return _cell(some(frame).iloc[:1], column)


def last(frame: pd.DataFrame, column: str) -> Traced:
    """Return the last row's cell; raise NotKnown without rows, or where the cell is empty."""
    return _cell(some(frame).iloc[-1:], column)


def cell(record: Record, table: str, key: str, column: str) -> Traced:
    """Return a cell of a row by its key; raise NotKnown, or DataError without such a row."""
    row = record.row(table, key)
    return _known(row[column], (str(row.name),), column)


def _cell(frame: pd.DataFrame, column: str) -> Traced:
    return _known(frame[column].iloc[0], (str(frame.index[0]),), column)


def _known(value: Any, rows: tuple[str, ...], column: str) -> Traced:
    if pd.isna(value) or value == "":
        raise NotKnown(f"{rows[0]} has no {column}")
    return Traced(value, rows, (column,))
