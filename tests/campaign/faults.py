"""The faults of the campaign: each way in which a cell or a file of any table goes wrong.

See test_faults.py.
"""

import csv
import io
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from dossier import project as projects
from dossier.data.schema import schema_of
from dossier.project import Project
from dossier.text.units import units_of

NAMED = {("claims.csv", "unit"), ("claims.csv", "rule")}
"""Columns whose cells name something that is registered."""
LINKED = ("analysis", "notebooks", "dossier.toml", "requirements.txt")


def project_with_own_data(project: Project, folder: Path) -> Project:
    """Return a copy of a project in ``folder``: data/ copied, the rest as links."""
    shutil.copytree(project.data, folder / "data")
    for name in LINKED:
        (folder / name).symlink_to(project.root / name)
    return projects.find(folder)


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, and the change of one file.

    ``row`` counts the heading as 1; nought means the whole file.
    """

    kind: str
    file: str
    column: str = ""
    row: int = 0
    cell: str = ""


def rows(file):
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


@dataclass(frozen=True)
class Column:
    """A column of a table: where its faults go, and a cell of it that is full."""

    file: str
    field: dict
    full: list[int]
    row: int
    value: str
    rng: random.Random

    @property
    def name(self) -> str:
        return self.field["name"]

    def fault(self, what, cell, row=None):
        return Fault(what, self.file, self.name, row or self.rng.choice(self.full), cell)


def cells(project, resource, rng):
    """Yield the faults of one table's cells."""
    body = rows(project.data / resource["path"])[1:]
    keys = resource["schema"].get("primaryKey", [])
    keys = [keys] if isinstance(keys, str) else keys
    foreign = {name for key in resource["schema"].get("foreignKeys", []) for name in key["fields"]}
    for position, described in enumerate(resource["schema"]["fields"]):
        full = [n for n, row in enumerate(body, start=2) if row[position]]
        if not full:
            continue
        row = rng.choice(full)
        column = Column(resource["path"], described, full, row, body[row - 2][position], rng)
        yield from _texts(column)
        yield from _types(column)
        if column.name in foreign or column.name in resource.get("sourceLists", ()):
            yield column.fault("dangling source", "nobody")
        if keys == [column.name] and len(body) > 1:
            other = rng.choice([n for n in full if n != row])
            yield column.fault("duplicate id", body[other - 2][position], row)


def _texts(column):
    """Yield the faults of a cell of any type."""
    fault, value, row = column.fault, column.value, column.row
    yield fault("white space", value + " ", row)
    yield fault("white space", "\u00a0" + value, row)
    yield fault("formula", '=HYPERLINK("x")')
    yield fault("zero-width character", value[:1] + "\u200b" + value[1:], row)
    yield fault("direction mark", "\u202e" + value, row)
    if column.field.get("constraints", {}).get("required"):
        yield fault("missing value", "")


def _types(column):
    """Yield the faults of a cell of the column's type."""
    kind, limits = column.field["type"], column.field.get("constraints", {})
    if kind in ("number", "integer"):
        yield from _numbers(column, kind)
    elif kind == "date":
        for cell in ("31/12/2024", "2024-02-30", "July 2024"):
            yield column.fault("impossible date", cell)
        yield column.fault("date out of order", "2034-01-01")
        yield column.fault("date out of order", "1066-10-14")
    elif "enum" in limits or (column.file, column.name) in NAMED:
        yield column.fault("unknown key", "perhaps")
    elif "pattern" in limits:
        yield column.fault("wrong type", "!!")


def _numbers(column, kind):
    fault, value, row = column.fault, column.value, column.row
    yield fault("wrong type", "abc")
    yield fault("wrong type", "1,000")
    yield fault("wrong type", "NaN")
    digits = "".join(chr(0x0660 + int(c)) if c.isdigit() else c for c in value)
    yield fault("look-alike digits", digits, row)
    if float(value) == 0:
        return
    flipped = value.removeprefix("-") if value.startswith("-") else f"-{value}"
    yield fault("sign flipped", flipped, row)
    for factor in _units(column.name, column.field):
        product = float(value) * factor
        cell = f"{product:.4f}" if kind == "number" else str(round(product))
        yield fault("unit swapped", cell, row)


def _units(name, field):
    """Return by how much a number is off if its unit is mistaken."""
    unit = field.get("unit", "")
    if unit == "km" or name.endswith("_km"):
        return (1 / 1.609344,)
    if unit == "metres":
        return (3.28084, 0.001)
    if "percent" in unit:
        return (0.01, 100)
    if "bn" in unit or "billion" in unit or "million" in unit:
        return (1000, 0.001)
    return ()


def units_of_claims(project):
    """Yield claims with a unit, a qualifier or a value that their words do not have."""
    table = rows(project.data / "claims.csv")
    header = table[0]
    limits = schema_of(project.data).fields("claims")["qualifier"]["constraints"]
    known = {"unit": units_of(project.settings.units), "qualifier": limits["enum"]}
    for number, row in enumerate(table[1:], start=2):
        cell = dict(zip(header, row, strict=True))
        if not cell["value"]:
            continue
        for column in ("unit", "qualifier"):
            for other in known[column]:
                if other and other != cell[column]:
                    yield Fault(f"{column} swapped", "claims.csv", column, number, other)
        if cell["unit"] not in ("date", "month"):
            stated = str(int(cell["value"]) + 1)
            yield Fault("value not stated", "claims.csv", "value", number, stated)


FILES = {
    "byte-order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "carriage returns": lambda raw: raw.replace(b"\n", b"\r\n"),
    "Latin-1 bytes": lambda raw: raw[:-1] + b"\xe9\n",
    "NUL byte": lambda raw: raw[: len(raw) // 2] + b"\0" + raw[len(raw) // 2 :],
    "empty file": lambda raw: b"",
    "missing file": None,
    "extra column": lambda raw: raw.replace(b"\n", b",more\n", 1),
    "extra cell": lambda raw: (
        raw[: raw.rstrip(b"\n").rindex(b"\n") + 1]
        + b"one more,"
        + raw[raw.rstrip(b"\n").rindex(b"\n") + 1 :]
    ),
    "columns in another order": lambda raw: (
        b",".join(raw.split(b"\n", 1)[0].split(b",")[::-1]) + b"\n" + raw.split(b"\n", 1)[1]
    ),
    "row twice": lambda raw: raw + raw.rstrip(b"\n").rsplit(b"\n", 1)[1] + b"\n",
    "heading alone": lambda raw: raw.split(b"\n", 1)[0] + b"\n",
    "cut off in the middle": lambda raw: raw[: len(raw) * 2 // 3],
    "another table": lambda raw: b"a,b\n1,2\n",
    "HTML instead of data": lambda raw: b"<!DOCTYPE html>\n<html><body>Not found</body></html>\n",
    "200 MB": "huge",
}
MISSING = "row missing"


def faults(project: Project) -> list[Fault]:
    """Return every fault, in the same order for the same data."""
    rng = random.Random(7)
    tables = schema_of(project.data).tables.values()
    found = [Fault(kind, resource["path"]) for resource in tables for kind in FILES]
    for resource in tables:
        found += cells(project, resource, rng)
        table = rows(project.data / resource["path"])
        found += [
            Fault(MISSING, resource["path"], row=n, cell=table[n - 1][0])
            for n in sorted(rng.sample(range(2, len(table) + 1), min(3, len(table) - 1)))
        ]
    return found + list(units_of_claims(project))


def apply(fault: Fault, folder) -> None:
    """Make the fault in a copy of data/."""
    file = folder / fault.file
    if fault.kind == MISSING:
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(lines[: fault.row - 1] + lines[fault.row :]), encoding="utf-8")
    elif fault.row:
        table = rows(file)
        table[fault.row - 1][table[0].index(fault.column)] = fault.cell
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows(table)
        file.write_text(stream.getvalue(), encoding="utf-8")
    elif fault.kind == "missing file":
        file.unlink()
    elif fault.kind == "200 MB":
        with file.open("r+b") as handle:
            handle.truncate(200_000_000)
    else:
        file.write_bytes(FILES[fault.kind](file.read_bytes()))
