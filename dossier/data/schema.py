"""The schema's one home, data/datapackage.json, and what it says of each table.

Beside the standard's properties it holds, by table:

- ``known``: from which day a row counts. ``on`` is the column of its day, ``precision`` that of the
  day's precision, ``sources`` the columns of its sources, ``fields`` maps a column with a source to
  the fields that rest on it.
- ``sourceLists``: columns that hold several source ids, separated by semicolons.
- ``required``: true for a table that the analysis can't do without: it must have a row.

and by field:

- ``work``: true for a day of the work on the dossier, such as ``checked_on``. The record does not
  know it: it may lie after the newest source.
- ``quotes``: the column, or a list of the columns, that names the source whose words the field
  holds; with ``marked`` true those in quotation marks alone.
"""

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

from dossier.errors import Mendable, did_you_mean

Resource = dict[str, Any]
Line = tuple[str, ...]


class DataError(Mendable):
    """Bad data; ``problems`` lists one line each, with file, row, column and remedy."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type["DataError"], tuple[list[str]]]:
        return DataError, (self.problems,)


class Schema:
    """What datapackage.json in ``folder`` says of the files beside it."""

    def __init__(self, folder: Path, content: dict[str, Any]):
        self.folder = folder
        self.content = content
        self.resources: list[Resource] = content["resources"]
        self.tables: dict[str, Resource] = {
            r["name"]: r for r in self.resources if r["type"] == "table"
        }

    @property
    def name(self) -> str:
        return str(self.content["name"])

    def fields(self, table: str) -> dict[str, dict[str, Any]]:
        """Return the fields of a table by name."""
        return {f["name"]: f for f in self.tables[table]["schema"]["fields"]}

    def types(self, table: str) -> dict[str, str]:
        return {name: field["type"] for name, field in self.fields(table).items()}

    def days(self, table: str) -> list[str]:
        """Return the columns with days that the record tells of, none of the work on it."""
        fields = self.fields(table).values()
        return [f["name"] for f in fields if f["type"] == "date" and not f.get("work")]

    def quoting(self, table: str) -> dict[str, tuple[list[str], bool]]:
        """Return the columns that quote: the columns of their sources, and whether by marks."""
        found = {}
        for name, field in self.fields(table).items():
            if sources := field.get("quotes"):
                columns = [sources] if isinstance(sources, str) else list(sources)
                found[name] = columns, bool(field.get("marked"))
        return found

    def key_columns(self, table: str) -> list[str]:
        keys = self.tables[table]["schema"]["primaryKey"]
        return [keys] if isinstance(keys, str) else list(keys)

    def known(self, table: str) -> dict[str, Any]:
        return dict(self.tables[table].get("known", {}))

    def source_columns(self, table: str) -> list[str]:
        """Return the columns that name the sources of a whole row."""
        found = self.known(table).get("sources")
        return list(found if found is not None else self.tables[table].get("sourceLists", ()))

    def source_column(self, table: str, column: str) -> str | None:
        """Return the column with the source of one field, where it rests on one of its own."""
        own: dict[str, list[str]] = self.known(table).get("fields", {})
        return next((source for source, columns in own.items() if column in columns), None)

    def listed(self) -> tuple[Line, list[Line]]:
        """Return the tables: the headings, and a line for each with what a row is."""
        lines: list[Line] = [
            (name, str(table.get("title", ""))) for name, table in self.tables.items()
        ]
        return ("table", "a row is"), lines

    def described(self, table: str) -> tuple[Line, list[Line]]:
        """Return the columns of a table: the headings, and a line for each with what it means.

        Raises DataError where there is no such table.
        """
        if table not in self.tables:
            hint = did_you_mean(table, self.tables, f"known are: {', '.join(self.tables)}")
            raise DataError([f"data/datapackage.json: no table {table!r}; {hint}"])
        heads = ("column", "unit", "means", "values", "may be empty", "its own source")
        return heads, [
            (
                name,
                str(field.get("unit", "")),
                str(field.get("description", "")),
                _values(field),
                "" if field.get("constraints", {}).get("required") else "yes",
                self.source_column(table, name) or "",
            )
            for name, field in self.fields(table).items()
        ]

    def files(self) -> list[str]:
        return sorted(["datapackage.json", *(r["path"] for r in self.resources)])

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of every file of the data package, by file name."""
        return {
            name: hashlib.sha256((self.folder / name).read_bytes()).hexdigest()
            for name in self.files()
        }

    def shapes(self, name: str) -> list[dict[str, Any]]:
        """Return the features of a GeoJSON file, in degrees of longitude and latitude."""
        text = (self.folder / f"{name}.geojson").read_text(encoding="utf-8")
        return list(json.loads(text)["features"])


def _values(field: dict[str, Any]) -> str:
    """Return what a column may hold, in words."""
    limits = field.get("constraints", {})
    if "enum" in limits:
        return ", ".join(map(str, limits["enum"]))
    least, most = limits.get("minimum"), limits.get("maximum")
    between = "" if least is None and most is None else f" {least if least is not None else '…'}"
    between += f" to {most if most is not None else '…'}" if between else ""
    return f"{field['type']}{between}"


def schema_of(folder: Path) -> Schema:
    """Return the schema of a project's data/, or raise DataError."""
    file = folder / "datapackage.json"
    try:
        stamp = file.stat().st_mtime_ns
    except OSError as error:
        raise DataError([f"data/datapackage.json: {error}; restore it"]) from None
    return _read(folder, stamp)


ENGINE_TABLES = ("sources", "claims", "findings", "exclusions", "timeline", "disagreements")
"""The tables that every project has; a project adds its own."""


@functools.lru_cache(maxsize=8)
def _read(folder: Path, stamp: int) -> Schema:
    try:
        content = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        schema = Schema(folder, content)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError([f"data/datapackage.json: {error}; restore it"]) from None
    except (KeyError, TypeError) as error:
        raise DataError([f"data/datapackage.json: lacks {error}; restore it"]) from None
    if missing := [name for name in ENGINE_TABLES if name not in schema.tables]:
        raise DataError(
            [f"data/datapackage.json: no table {name!r}; every dossier has it" for name in missing]
        )
    return schema
