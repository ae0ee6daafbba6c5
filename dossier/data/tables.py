"""The tables as frames: typed by the schema, each row under its key and with the day it counts."""

import datetime
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from dossier.data.noted import NotedTables
from dossier.data.schema import DataError, Schema, schema_of
from dossier.project import Project

Frames = Mapping[str, pd.DataFrame]

_READ = {"integer": "Int64", "number": "float64", "string": "string"}


@dataclass(frozen=True)
class Tables:
    """Every row there is. ``newest`` is the newest day in the data.

    A frame's index holds ``table:key`` of each row. A column ``counts_from`` holds the day a row is
    known from. Lists of sources are tuples; an empty text is ``""``.
    """

    schema: Schema
    frames: Frames
    newest: datetime.date


def load(project: Project) -> Tables:
    """Return the tables of a project; raise DataError where a cell does not fit its type."""
    loaded = _load(project, stamps(project))
    frames = {name: frame.copy(deep=False) for name, frame in loaded.frames.items()}
    return Tables(loaded.schema, NotedTables(frames), loaded.newest)


Made = TypeVar("Made")
_REMEMBERED = 64


def remembered(function: Callable[..., Made]) -> Callable[..., Made]:
    """Let a pure function of frames remember what it returned for the very same frames.

    Frames are the same where they are one object: none is changed once it was read. The last 64
    results are kept, with the frames that they are of.
    """
    kept: dict[tuple[Any, ...], tuple[tuple[Any, ...], Made]] = {}

    @functools.wraps(function)
    def once(*given: Any) -> Made:
        key = tuple(id(one) if isinstance(one, pd.DataFrame) else one for one in given)
        if key not in kept:
            if len(kept) == _REMEMBERED:
                del kept[next(iter(kept))]
            kept[key] = given, function(*given)  # as long as a frame is kept, no other has its id
        return kept[key][1]

    return once


Stamps = tuple[tuple[str, int, int], ...]


def stamps(project: Project) -> Stamps:
    """Return when each file was changed, and its size: while these stay, what was read stands."""
    schema = schema_of(project.data)
    files = [schema.folder / name for name in schema.files()]
    states = [(str(file), file.stat()) for file in files if file.is_file()]
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)


@functools.lru_cache(maxsize=8)
def _load(project: Project, state: Stamps) -> Tables:
    """Read the tables once for the same files; processes forked from this one have them already."""
    schema = schema_of(project.data)
    states = {}
    for name, resource in schema.tables.items():
        read = {str(schema.folder / file) for file in ("datapackage.json", resource["path"])}
        states[name] = tuple(one for one in state if one[0] in read)
    undated = {name: _frame(project.data, name, own) for name, own in states.items()}
    newest = _newest_day(schema, undated, project.settings.data.newest)
    frames = {
        name: _dated(project.data, name, own, states["sources"], newest)
        for name, own in states.items()
    }
    dated = ["sources", *project.settings.data.newest, *({"corrections"} & frames.keys())]
    counted = [frames[table]["counts_from"].max() for table in dated]
    days = [day for day in counted if pd.notna(day)]
    return Tables(schema, frames, max(days).date() if days else project.settings.article.day)


@functools.lru_cache(maxsize=128)
def _frame(folder: Path, name: str, state: Stamps) -> pd.DataFrame:
    """Read a table, once for the same file and schema."""
    schema = schema_of(folder)
    resource, types = schema.tables[name], schema.types(name)
    try:
        frame = pd.read_csv(
            schema.folder / resource["path"],
            dtype={n: _READ[t] for n, t in types.items() if t != "date"},
            parse_dates=[n for n, t in types.items() if t == "date"],
            date_format="%Y-%m-%d",
            keep_default_na=False,
            na_values=[""],
        )
    except (OSError, ValueError) as error:
        raise DataError([f"data/{resource['path']}: {error}; run make check"]) from None
    texts = [n for n, t in types.items() if t == "string"]
    frame[texts] = frame[texts].fillna("").astype(object)
    for column in [n for n, t in types.items() if t == "date"]:
        frame[column] = pd.to_datetime(frame[column])
    for column in resource.get("sourceLists", ()):
        frame[column] = [tuple(s for s in cell.split(";") if s) for cell in frame[column]]
    frame.index = pd.Index(
        row_keys(frame, schema.key_columns(name), name), name="row", dtype=object
    )
    return frame


@functools.lru_cache(maxsize=128)
def _dated(
    folder: Path, name: str, state: Stamps, of_sources: Stamps, newest: pd.Timestamp
) -> pd.DataFrame:
    """Return a table with the day from which each row counts, once for the same files."""
    frame, sources = _frame(folder, name, state), _frame(folder, "sources", of_sources)
    published = dict(zip(sources["source_id"], sources["known_from"].fillna(newest), strict=True))
    counts_from = _counts_from(frame, schema_of(folder).known(name), published, newest)
    return frame.assign(counts_from=counts_from)


def row_keys(frame: pd.DataFrame, columns: list[str], table: str) -> list[str]:
    """Return ``table:key`` of each row; the parts of a key are joined by a slash."""
    parts = [[key_text(cell) for cell in frame[column]] for column in columns]
    return [f"{table}:{'/'.join(cells)}" for cells in zip(*parts, strict=True)]


def key_text(cell: object) -> str:
    """Return a cell as a key holds it: days as ISO 8601, a missing one as nothing.

    >>> key_text(pd.Timestamp(2024, 7, 7)), key_text(2024), key_text(pd.NA)
    ('2024-07-07', '2024', '')
    """
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    return "" if pd.isna(cell) else str(cell)


def _newest_day(schema: Schema, frames: Frames, tables: tuple[str, ...]) -> pd.Timestamp:
    days = [frames["sources"]["known_from"].max()]
    for name in tables:
        days += [frames[name][c].max() for c in schema.days(name)]
    known = [day for day in days if pd.notna(day)]
    return max(known, default=pd.Timestamp.min)


def _counts_from(
    frame: pd.DataFrame,
    known: dict[str, Any],
    published: Mapping[str, pd.Timestamp],
    newest: pd.Timestamp,
) -> pd.Series:
    """Return the day from which each row counts: its own, once one of its sources was known."""
    always = pd.Series(pd.Timestamp.min, index=frame.index)
    days = frame[known["on"]].fillna(newest) if "on" in known else always
    if "precision" in known:
        for precision, end in (("month", pd.offsets.MonthEnd(0)), ("year", pd.offsets.YearEnd(0))):
            days = days.where(frame[known["precision"]] != precision, days + end)
    if "sources" not in known:
        return days
    first = pd.Series(
        [
            min((published.get(s, newest) for s in ids), default=pd.Timestamp.min)
            for ids in _source_ids(frame, known["sources"])
        ],
        index=frame.index,
        dtype="datetime64[ns]",
    )
    return days.where(days >= first, first)


def _source_ids(frame: pd.DataFrame, columns: list[str]) -> list[list[str]]:
    rows = []
    for cells in frame[columns].itertuples(index=False):
        lists = [cell if isinstance(cell, tuple) else (cell,) for cell in cells]
        rows.append([source for cell in lists for source in cell if source])
    return rows
