"""A record: what of the tables was known on a day."""

import datetime
import functools
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from dossier.data.noted import NotedTables
from dossier.data.schema import DataError, Schema
from dossier.data.tables import Frames, load
from dossier.errors import Mendable, did_you_mean
from dossier.project import Project
from dossier.text.article import Article


class NotKnown(Exception):
    """What is asked for was not known on the as-of day; a sentence that names it is left out."""


class NoTable(Mendable, AttributeError):
    """A table that a record does not have."""

    def __init__(self, name: str, known: Iterable[str]):
        hint = did_you_mean(name, known, f"it has {', '.join(sorted(known))}")
        super().__init__(f"a record has no table {name!r}: {hint}")


@dataclass(frozen=True, eq=False)
class Record:
    """What was known on a day: the tables' rows that count by then, the article, and the day.

    Each table is an attribute: ``record.claims``. ``everything`` holds all rows, known or not.
    ``entity`` is the key of a brief's row; ``parameters`` are the project's own, by name.
    """

    project: Project
    schema: Schema
    article: Article
    as_of: datetime.date
    newest: datetime.date
    tables: Mapping[str, pd.DataFrame]
    everything: Mapping[str, pd.DataFrame]
    entity: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> pd.DataFrame:
        tables = self.__dict__.get("tables")  # a copy is asked for attributes before it has any
        if tables is None or name not in tables:
            raise NoTable(name, tables or ())
        frame: pd.DataFrame = tables[name]
        return frame

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.schema.tables]

    @property
    def article_day(self) -> datetime.date:
        return self.project.settings.article.day

    @property
    def is_newest(self) -> bool:
        return self.as_of == self.newest

    def knows(self, source_id: str) -> bool:
        return source_id in self.source_numbers

    @functools.cached_property
    def source_numbers(self) -> Mapping[str, int]:
        """The number of each known source in the list of sources, in the table's order."""
        return {source: n for n, source in enumerate(self.tables["sources"]["source_id"], start=1)}

    def cites(self, *ids: str | Iterable[str]) -> tuple[str, ...]:
        """Return those of the given source ids (or lists of them) that are known, each once."""
        flat = [s for i in ids for s in ((i,) if isinstance(i, str) else i)]
        return tuple(dict.fromkeys(s for s in flat if s and self.knows(s)))

    def row(self, table: str, key: str) -> pd.Series:
        """Return a row; raise NotKnown, or DataError where no table has such a row."""
        if table not in self.schema.tables:
            raise DataError([f"data/datapackage.json: no table {table!r}; correct the name"])
        name = f"{table}:{key}"
        frame = self.tables[table]
        if name in frame.index:
            return frame.loc[name]
        if name in self.everything[table].index:
            raise NotKnown(name)
        keys = [row.partition(":")[2] for row in self.everything[table].index]
        hint = did_you_mean(key, keys)
        raise DataError(
            [
                f"data/{table}.csv: no row {key!r}; {hint}{' ' * bool(hint)}"
                "restore the row, or take what rests on it out of the sentences"
            ]
        )

    def sources_of(self, row: str, columns: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the known sources of a row, ``table:key``; of ``columns``, where they are given.

        A field that rests on a source of its own names that one alone.
        """
        table = row.partition(":")[0]
        if table == "claims":
            return self.cites(self.project.settings.article.source)
        if table not in self.tables:
            return ()
        own = [self.schema.source_column(table, column) for column in columns]
        whole = self.schema.source_columns(table) if None in own or not own else []
        named = tuple(dict.fromkeys([*(c for c in own if c), *whole]))
        if (table, named) not in self._cited:
            cells = self.tables[table][list(named)]
            ids = [self.cites(*row) for row in cells.itertuples(index=False)]
            self._cited[table, named] = dict(zip(cells.index, ids, strict=True))
        return self._cited[table, named].get(row, ())

    @functools.cached_property
    def _cited(self) -> dict[tuple[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        """The sources of each row, by table and the columns that name them."""
        return {}

    @property
    def origin(self) -> pd.Series:
        """The row of the article's own source."""
        return self.row("sources", self.project.settings.article.source)


@functools.lru_cache(maxsize=8)
def _article(project: Project, stamp: int) -> Article:
    text = (project.data / "article.txt").read_text(encoding="utf-8")
    return Article(text, project.settings.article.expressions)


def article_of(project: Project) -> Article:
    """Return the project's article, read once for the same file."""
    file = project.data / "article.txt"
    try:
        return _article(project, file.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError([f"data/article.txt: {error}; restore it"]) from None


def known_on(project: Project, as_of: datetime.date | None = None) -> Record:
    """Return what was known on ``as_of`` (default: everything).

    A row counts from the day its event happened, or its edition came out, once one of its sources
    was known; a field with a source of its own is blank until that source was known.
    """
    loaded = load(project)
    as_of = as_of or loaded.newest
    day = pd.Timestamp(as_of)
    tables = {n: frame[frame["counts_from"] <= day] for n, frame in loaded.frames.items()}
    known = set(tables["sources"]["source_id"])
    for name, frame in tables.items():
        own: dict[str, list[str]] = loaded.schema.known(name).get("fields", {})
        tables[name] = _blanked(frame, own, known)
    return Record(
        project,
        loaded.schema,
        article_of(project),
        as_of,
        loaded.newest,
        NotedTables(tables),
        loaded.frames,
    )


def _blanked(frame: pd.DataFrame, own: dict[str, list[str]], known: set[str]) -> pd.DataFrame:
    """Return a frame whose fields with a source of their own are blank until it was known."""
    blank = {}
    for source, fields in own.items():
        unknown = ~frame[source].isin(known)
        for column in fields:
            nothing = "" if frame[column].dtype == object else pd.NA
            blank[column] = frame[column].mask(unknown, nothing)
    return frame.assign(**blank) if blank else frame


def narrowed(record: Record, tables: Frames, everything: Frames, entity: str) -> Record:
    """Return the record of a brief: the given rows, and of the sources those that they name."""
    origin = record.project.settings.article.source
    sides = []
    for kept, side in ((tables, record.tables), (everything, record.everything)):
        named = {origin}.union(*(cited(record.schema, t, frame) for t, frame in kept.items()))
        sources = side["sources"]
        sides.append(dict(kept) | {"sources": sources[sources["source_id"].isin(named)]})
    return replace(record, tables=sides[0], everything=sides[1], entity=entity)


def cited(schema: Schema, table: str, frame: pd.DataFrame) -> set[str]:
    """Return every source that the rows of a frame name."""
    resource = schema.tables[table]
    found: set[str] = set()
    for column in resource.get("sourceLists", ()):
        found.update(source for cell in frame[column] for source in cell)
    single = {*schema.known(table).get("sources", ()), *schema.known(table).get("fields", {})}
    single |= {f for key in _foreign_keys(resource) for f in key}
    for column in single - set(resource.get("sourceLists", ())):
        found.update(frame[column])
    return found - {""}


def _foreign_keys(resource: dict[str, object]) -> list[list[str]]:
    """Return the columns of a table that point at the table of sources."""
    keys = resource["schema"].get("foreignKeys", [])  # type: ignore[attr-defined]
    return [k["fields"] for k in keys if k["reference"]["resource"] == "sources"]


def digest(record: Record) -> str:
    """Return the SHA-256 of a record's rows, its article and its day: what a brief rests on."""
    found = hashlib.sha256(record.as_of.isoformat().encode())
    found.update(record.article.sha256.encode())
    for name, frame in sorted(record.everything.items()):
        if len(frame):
            found.update(f"\n{name}\n{frame.to_csv(index=False)}".encode())
    return found.hexdigest()
