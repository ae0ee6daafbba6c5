"""The faults of the campaign: every table, every column, every way in which a cell or a file goes wrong. See test_faults.py."""

import csv
import io
import random
from dataclasses import dataclass

from dossier import data, paths


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, and the change of one file. ``row`` counts the heading as 1; nought means the whole file."""

    kind: str
    file: str
    column: str = ""
    row: int = 0
    cell: str = ""


def rows(file):
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def cells(resource, rng):
    """Yield the faults of one table's cells."""
    table = rows(paths.DATA / resource["path"])
    header, body = table[0], table[1:]
    keys = resource["schema"].get("primaryKey", [])
    keys = [keys] if isinstance(keys, str) else keys
    foreign = {name for key in resource["schema"].get("foreignKeys", []) for name in key["fields"]}
    for position, field in enumerate(resource["schema"]["fields"]):
        name, kind, limits = field["name"], field["type"], field.get("constraints", {})
        full = [n for n, row in enumerate(body, start=2) if row[position]]
        if not full:
            continue

        def fault(what, cell, row=None):
            return Fault(what, resource["path"], name, row or rng.choice(full), cell)

        row = rng.choice(full)
        value = body[row - 2][position]
        yield fault("white space", value + " ", row)
        yield fault("white space", "\u00a0" + value, row)
        yield fault("formula", '=HYPERLINK("x")')
        yield fault("zero-width character", value[:1] + "\u200b" + value[1:], row)
        yield fault("direction mark", "\u202e" + value, row)
        if limits.get("required"):
            yield fault("missing value", "")
        if kind in ("number", "integer"):
            yield fault("wrong type", "abc")
            yield fault("wrong type", "1,000")
            yield fault("wrong type", "NaN")
            yield fault(
                "look-alike digits",
                "".join(chr(0x0660 + int(c)) if c.isdigit() else c for c in value),
                row,
            )
            if float(value) != 0:
                yield fault(
                    "sign flipped",
                    value.removeprefix("-") if value.startswith("-") else f"-{value}",
                    row,
                )
                for factor in _units(name, field):
                    yield fault(
                        "unit swapped",
                        f"{float(value) * factor:.4f}"
                        if kind == "number"
                        else str(round(float(value) * factor)),
                        row,
                    )
        elif kind == "date":
            for cell in ("31/12/2024", "2024-02-30", "July 2024"):
                yield fault("impossible date", cell)
            yield fault("date out of order", "2034-01-01")
            yield fault("date out of order", "1066-10-14")
        elif "enum" in limits:
            yield fault("unknown key", "perhaps")
        elif "pattern" in limits:
            yield fault("wrong type", "!!")
        if name in foreign or name in resource.get("sourceLists", ()):
            yield fault("dangling source", "nobody")
        if keys == [name] and len(body) > 1:
            other = rng.choice([n for n in full if n != row])
            yield fault("duplicate id", body[other - 2][position], row)


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


def units_of_claims():
    """Yield claims with a unit or a qualifier that their words do not have, or a value that they do not state."""
    table = rows(paths.DATA / "claims.csv")
    header = table[0]
    fields = {f["name"]: f for f in data.resources()["claims"]["schema"]["fields"]}
    for number, row in enumerate(table[1:], start=2):
        cell = dict(zip(header, row))
        if cell["value"]:
            for column in ("unit", "qualifier"):
                for other in fields[column]["constraints"]["enum"]:
                    if other and other != cell[column]:
                        yield Fault(
                            "unit swapped" if column == "unit" else "qualifier swapped",
                            "claims.csv",
                            column,
                            number,
                            other,
                        )
            if cell["unit"] not in ("date", "month"):
                yield Fault(
                    "value not stated", "claims.csv", "value", number, str(int(cell["value"]) + 1)
                )


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


def faults() -> list[Fault]:
    """Return every fault, in the same order for the same data."""
    rng = random.Random(7)
    found = [
        Fault(kind, resource["path"]) for resource in data.resources().values() for kind in FILES
    ]
    for resource in data.resources().values():
        found += cells(resource, rng)
        table = rows(paths.DATA / resource["path"])
        found += [
            Fault(MISSING, resource["path"], row=n, cell=table[n - 1][0])
            for n in sorted(rng.sample(range(2, len(table) + 1), min(3, len(table) - 1)))
        ]
    return found + list(units_of_claims())


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
