"""The checks of the data: bytes, text, schema, and what the schema can't say.

Each problem is a line that names file, row and column, and ends with the remedy.
"""

import csv
import datetime
import functools
import hashlib
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dossier.data.known import article_of
from dossier.data.quotes import check_quotations
from dossier.data.saved import check_saved, keep, note_passed, passed
from dossier.data.schema import DataError, Resource, Schema, schema_of
from dossier.data.tables import Tables, key_text, load
from dossier.project import Project
from dossier.registry import registry_of
from dossier.text.numbers import values_stated
from dossier.text.said import is_said, said_in
from dossier.text.units import Unit, UnitError, named_by, unit_of, units_of
from dossier.text.words import QUALIFIERS, qualifier_pattern

SIZE_LIMIT = 20_000_000
"""Bytes. No table comes near it; a larger file is a mistake, and is refused unread."""
LONGEST_WORD = 400
"""Characters without a space: longer than any address, and than any line can take."""
FONTS = Path(__file__).resolve().parent.parent / "export" / "fonts"

_FORMULA = ("=", "@", "\t")
_INVISIBLE = {
    chr(c)
    for c in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xAD)
}


def problem(file: str, remedy: str, row: int = 0, column: str = "", cell: object = None) -> str:
    """Return a line that names the place and the remedy; ``row`` counts the heading as 1.

    >>> problem("places.csv", "correct it", 3, "place", "x")
    "data/places.csv, row 3, column place is 'x': correct it"
    """
    where = f"data/{file}" + (f", row {row}" if row else "")
    where += f", column {column}" if column else ""
    return f"{where}: {remedy}" if cell is None else f"{where} is {cell!r:.62}: {remedy}"


def check_data(project: Project) -> int:
    """Check every file of the data package; return the number of rows, or raise DataError.

    First the bytes (present, not empty, not huge, UTF-8 without a byte-order mark, plain line
    ends), then the schema by frictionless, then what it can't say: what a spreadsheet shortened,
    sources, days, claims, quotations, and the checks of the project's analysis.
    """
    schema = schema_of(project.data)
    first_day = project.settings.data.first_day
    _refuse([p for r in schema.resources for p in _check_bytes(schema, r["path"])])
    _refuse(
        _check_article(schema)
        + [
            p
            for resource in schema.tables.values()
            for p in _check_text(schema, resource, first_day)
        ]
    )
    _refuse(_check_schema(project, schema))
    _refuse(list(check_saved(project, schema)))
    tables = load(project)
    _refuse(
        _check_sources(tables)
        + _check_days(tables)
        + _check_claims(project, tables)
        + list(_check_findings(tables))
        + list(check_quotations(project, tables))
    )
    checks = registry_of(project).of("check").values()
    _refuse([p for check in checks for p in check.function(tables)])
    keep(project, schema)
    return sum(len(frame) for frame in tables.frames.values())


def _refuse(problems: list[str]) -> None:
    if problems:
        raise DataError(problems)


# ---- bytes and text


def _check_bytes(schema: Schema, name: str) -> list[str]:
    file = schema.folder / name
    if not file.is_file():
        return [
            problem(name, "the file is missing; restore it, or take it out of datapackage.json")
        ]
    size = file.stat().st_size
    if size == 0:
        return [problem(name, "the file is empty; restore it")]
    if size > SIZE_LIMIT:
        words = f"{size:,} bytes, over the limit of {SIZE_LIMIT:,}; is it the right file?"
        return [problem(name, words)]
    raw = file.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        remedy = "starts with a byte-order mark; save it as UTF-8 without one"
        return [problem(name, remedy, row=1)]
    for byte, what in ((b"\0", "a NUL byte"), (b"\r", "a carriage return")):
        if byte in raw:
            row = raw[: raw.index(byte)].count(10) + 1
            remedy = f"holds {what}; save it as UTF-8 text with Unix line ends"
            return [problem(name, remedy, row)]
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(10) + 1
        return [problem(name, f"not UTF-8 (byte {error.start}); save it as UTF-8", row)]
    return []


@functools.cache
def glyphs() -> frozenset[str]:
    """Return the characters that all fonts of the report have; a PDF with any other is refused."""
    from fontTools.ttLib import TTFont

    fonts = [TTFont(file).getBestCmap() for file in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*(frozenset(map(chr, font)) for font in fonts))


def _check_characters(text: str) -> str:
    """Return what of a text can't be shown, or would not be seen; nothing where all can."""
    if text.isascii() and text.isprintable() and len(text) <= LONGEST_WORD:
        return ""  # as nearly every cell, of which a table may have very many
    if bad := _INVISIBLE.intersection(text):
        return f"holds the invisible character U+{ord(min(bad)):04X}; take it out"
    if bad := {c for c in text if not c.isprintable()}:
        return f"holds the control character U+{ord(min(bad)):04X}; take it out"
    if bad := set(text) - glyphs():
        code = f"{min(bad)!r} (U+{ord(min(bad)):04X})"
        return f"{code} is in no font of the report; write it in Latin letters and digits"
    if any(len(word) > LONGEST_WORD for word in text.split()):
        return (
            f"holds a word of over {LONGEST_WORD} characters; is it text? "
            "Put spaces in, or take it out"
        )
    return ""


def _check_article(schema: Schema) -> list[str]:
    lines = (schema.folder / "article.txt").read_text(encoding="utf-8").split("\n")
    found = [(n, _check_characters(line)) for n, line in enumerate(lines, start=1)]
    return [problem("article.txt", words, n) for n, words in found if words]


def _check_text(schema: Schema, resource: Resource, first_day: datetime.date) -> list[str]:
    """Return the problems of a table's cells as text."""
    file, types = resource["path"], schema.types(resource["name"])
    text = (schema.folder / file).read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    columns = list(types)
    if rows[0] != columns:
        return [problem(file, _heading(rows[0], columns), row=1)]
    if len(rows) == 1 and resource.get("required"):
        return [problem(file, "the table has no rows; restore them", row=2)]
    problems = []
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(columns):
            words = f"{len(row)} cells for {len(columns)} columns; quote cells that hold a comma"
            problems.append(problem(file, words, number))
            continue
        for (column, kind), cell in zip(types.items(), row, strict=True):
            if words := _check_cell(column, kind, cell, first_day):
                problems.append(problem(file, words, number, column))
    return problems


def _heading(header: list[str], columns: list[str]) -> str:
    missing = [c for c in columns if c not in header]
    extra = [c for c in header if c not in columns]
    what = [f"missing: {', '.join(missing)}"] * bool(missing)
    what += [f"unknown: {', '.join(extra)}"] * bool(extra)
    if len(header) == 1 and (other := re.search(r"[;\t]", header[0])):
        name = {";": "semicolons", "\t": "tabs"}[other[0]]
        return f"its columns are parted by {name}; save it with commas between them"
    why = "; ".join(what) or "their order differs"
    remedy = "put them back" + "; describe a new one in datapackage.json" * bool(extra)
    return f"the columns are not those of datapackage.json ({why}); {remedy}"


def _check_cell(column: str, kind: str, cell: str, first_day: datetime.date) -> str:
    if cell != cell.strip() and column not in ("prefix", "suffix"):
        return f"white space around {cell[:40]!r}; take it out"
    if kind == "date" and cell[:4].isdigit() and int(cell[:4]) < first_day.year:
        return f"{cell!r} is before the first day that any table here tells of; correct the date"
    if cell.startswith(_FORMULA):
        return f"{cell[:40]!r} would be a formula in a spreadsheet; take out the first character"
    return _check_characters(cell)


# ---- the schema


_REMEDY = {
    "type-error": "write it in the type that datapackage.json gives",
    "constraint-error": "see the constraint in datapackage.json",
    "foreign-key": "add the row it names, or correct the id",
    "primary-key": "give each row an id of its own",
    "unique-error": "give each row a value of its own",
}


_PASSED: set[str] = set()
"""Seals of what this process saw pass its schema."""


def _check_schema(project: Project, schema: Schema) -> list[str]:
    """Hold every file against its schema; one that passed, as it is, is not held again."""
    seals = _seals(schema)
    _PASSED.update(passed(project))
    left = [name for name, seal in seals.items() if seal not in _PASSED]
    if not left:
        return []
    from frictionless import FrictionlessException, Package, system  # costs a second to import

    problems = []
    with system.use_context(trusted=True):
        try:
            package = Package(str(schema.folder / "datapackage.json"))
        except FrictionlessException as error:
            return [problem("datapackage.json", f"{e.note}; correct it") for e in error.to_errors()]
        for name in left:
            report = package.get_resource(name).validate()
            found = [(task, error.to_dict()) for task in report.tasks for error in task.errors]
            problems += [_schema_problem(schema, task.name, task.place, e) for task, e in found]
            problems += [f"data/datapackage.json: {error.note}" for error in report.errors]
            if report.valid:
                _PASSED.add(seals[name])
    note_passed(project, [seal for seal in seals.values() if seal in _PASSED])
    return problems


def _seals(schema: Schema) -> dict[str, str]:
    """Return, by resource, a digest of all that its validation reads, and of what validates."""
    digests = schema.digests()
    reader = f"{version('frictionless')} {sys.version}"
    common = f"{json.dumps(schema.content, sort_keys=True)} {reader}"
    paths = {resource["name"]: resource["path"] for resource in schema.resources}
    seals = {}
    for resource in schema.resources:
        keys = resource.get("schema", {}).get("foreignKeys", [])
        names = {key["reference"]["resource"] or resource["name"] for key in keys}
        read = [digests[paths[name]] for name in sorted({resource["name"], *names})]
        text = " ".join([common, resource["name"], *read])
        seals[resource["name"]] = hashlib.sha256(text.encode()).hexdigest()
    return seals


def _schema_problem(schema: Schema, table: str, place: str, error: dict[str, Any]) -> str:
    keys = schema.key_columns(table) if error["type"] == "primary-key" else []
    column = error.get("fieldName") or " and ".join(error.get("fieldNames") or keys)
    where = f"data/{place.rsplit('/', 1)[-1]}"
    where += f", row {error['rowNumber']}" if error.get("rowNumber") else ""
    where += f", column {column}" if column else ""
    cell = f" is {error['cell']!r}" if error.get("cell") not in (None, "") else ""
    remedy = _REMEDY.get(error["type"], "compare with datapackage.json")
    if error["type"] == "type-error" and schema.types(table).get(column) == "date":
        remedy = "write the day as 2024-07-07, whatever a spreadsheet shows"
    return f"{where}{cell}: {error['note']}; {remedy}"


# ---- what the schema can't say


def bad_rows(
    frame: pd.DataFrame, bad: pd.Series, file: str, column: str, remedy: str
) -> Iterator[str]:
    """Yield a problem for each row of a frame that ``bad`` marks, with its cell of ``column``."""
    for position in np.flatnonzero(bad.fillna(False).to_numpy(dtype=bool)):
        cell = key_text(frame[column].iloc[position])
        yield f"data/{file}, row {position + 2}, column {column} is {cell:.60}: {remedy}"


def _check_sources(tables: Tables) -> list[str]:
    """Lists of sources name sources; none counts from before its publication."""
    sources = tables.frames["sources"]
    known, problems = set(sources["source_id"]), []
    for name, resource in tables.schema.tables.items():
        for column in resource.get("sourceLists", ()):
            for row, ids in enumerate(tables.frames[name][column], start=2):
                problems += [
                    f"data/{name}.csv, row {row}, column {column}: no source {s!r} in sources.csv; "
                    "add it, or correct the id"
                    for s in ids
                    if s not in known
                ]
    published = pd.to_datetime(sources["published"], errors="coerce", format="%Y-%m-%d")
    late = (sources["published"].str.len() == 10) & (sources["known_from"] < published)
    remedy = "before its day of publication; correct one of the two"
    return problems + list(bad_rows(sources, late, "sources.csv", "known_from", remedy))


def _check_days(tables: Tables) -> list[str]:
    """No day lies after the newest source's: the day it was published, or of an edition known."""
    sources = tables.frames["sources"]
    published = pd.to_datetime(sources["published"], errors="coerce", format="%Y-%m-%d")
    published = published.where(sources["published"].str.len() == 10)
    of_edition = sources["known_from_basis"] == "edition"
    newest = published.fillna(sources["known_from"].where(of_edition)).max()
    if pd.isna(newest):
        return []
    remedy = "later than the newest source; correct the date, or add its source"
    return [
        line
        for name, frame in tables.frames.items()
        for column in tables.schema.days(name)
        for line in bad_rows(frame, frame[column] > newest, f"{name}.csv", column, remedy)
    ]


def _check_claims(project: Project, tables: Tables) -> list[str]:
    """Anchors hold; a claim's value, unit and qualifier are what its exact words say."""
    claims, exclusions = (tables.frames[t] for t in ("claims", "exclusions"))
    article = article_of(project)
    remedy = "start and end do not span the exact words; correct them"
    spans = claims["end"] - claims["start"] != claims["exact"].str.len()
    problems = list(bad_rows(claims, spans, "claims.csv", "end", remedy))
    for name, frame in (("claims", claims), ("exclusions", exclusions)):
        problems += article.check_anchors(frame.to_dict("records"), name)
    units, rules = units_of(project.settings.units), registry_of(project).of("rule")
    for number, claim in enumerate(claims.to_dict("records"), start=2):
        if claim["rule"] and claim["rule"] not in rules:
            words = f"no such rule in analysis/; correct it: known are {', '.join(rules) or 'none'}"
            problems.append(problem("claims.csv", words, number, "rule", claim["rule"]))
        for column, words in check_claim(claim, units):
            problems.append(problem("claims.csv", words, number, column, claim[column]))
    return problems


def _check_findings(tables: Tables) -> Iterator[str]:
    """Yield a problem where a finding is checked by halves, or before there was one."""
    frame = tables.frames["findings"]
    if not {"checked_by", "checked_on"} <= set(frame):
        return
    day, name = frame["checked_on"], frame["checked_by"]
    for bad, column, remedy in (
        (day.isna() & (name != ""), "checked_on", "checked by somebody, but when? add the day"),
        (day.notna() & (name == ""), "checked_by", "checked, but by whom? add the name"),
        (
            day < frame["known_from"],
            "checked_on",
            "before the finding was known; correct one of the two",
        ),
        (
            day.notna() & (frame["verdict"] == ""),
            "verdict",
            "checked, but without a verdict; write one, or take out who checked it and when",
        ),
    ):
        yield from bad_rows(frame, bad, "findings.csv", column, remedy)


_NUMBER = r"-?\d+(?:\.\d+)?"
_PART = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_SHAPES = {
    "date": r"\d{4}-\d{2}-\d{2}",
    "month": r"\d{4}-\d{2}",
    "quarter": r"\d{4}-Q[1-4]",
    "period": rf"{_PART}/{_PART}",
    "time": r"\d{2}:\d{2}",
    "score": r"\d+(?:-\d+)+",
    "duration": r"P[\dYMWDTHS.]+",
}
"""How values are written that are no number, nor two of a range with a slash between."""


def check_claim(claim: dict[str, Any], units: Mapping[str, Unit]) -> Iterator[tuple[str, str]]:
    """Yield column and remedy for what a claim's exact words do not say."""
    value, words = claim["value"], claim["exact"]
    if bool(value) != bool(claim["unit"]):
        remedy = "a value needs a unit, and a unit a value; add the missing one, or take out both"
        yield "unit" if value else "value", remedy
    if not value or not claim["unit"]:
        return
    try:
        unit = unit_of(claim["unit"], units)
    except UnitError as error:
        yield "unit", str(error)
        return
    if not re.fullmatch(_SHAPES.get(unit.name, rf"{_NUMBER}(?:/{_NUMBER})?"), value):
        yield "value", f"not written as a value of unit {unit.name!r} is; correct value or unit"
        return
    said = [read for read in said_in(words) if is_said(value, unit, read)]
    yield from _check_value(unit, value, words, bool(said))
    if not _is_named(unit, value, words, units, bool(said)):
        yield (
            "unit",
            f"the exact words {words!r} do not name it; correct the unit, or anchor the row anew",
        )
    if all(read.qualifier != claim["qualifier"] for read in said):
        yield from _check_qualifier(claim["qualifier"], words)


def _check_value(unit: Unit, value: str, words: str, said: bool) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a value; ``said`` is whether the words read as value and unit."""
    if spelt := _spelt_otherwise(value, words):
        yield "value", f"the exact words have {spelt}; write it with all their digits"
    elif not said and unit.name not in ("date", "month") and not _is_stated(value, words):
        remedy = "do not state it; correct the value, or anchor the row anew"
        yield "value", f"the exact words {words!r} {remedy}"


def _is_stated(value: str, words: str) -> bool:
    """Return whether words state a number, or both of a range."""
    numbers = value.split("/")
    return all(re.fullmatch(_NUMBER, n) and abs(float(n)) in values_stated(words) for n in numbers)


def _spelt_otherwise(value: str, words: str) -> str:
    """Return a number of the words that has this value in other digits: 7.20 for 7.2.

    >>> _spelt_otherwise("7.2", "£7.20"), _spelt_otherwise("7.20", "£7.20")
    ('7.20', '')
    """
    found = [n.replace(",", "") for n in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", words)]
    bare = value.removeprefix("-")
    if bare in found or not re.fullmatch(r"\d+(?:\.\d+)?", bare):
        return ""
    return next((n for n in found if Decimal(n) == Decimal(bare)), "")


def _is_named(unit: Unit, value: str, words: str, units: Mapping[str, Unit], said: bool) -> bool:
    """Return whether words name a unit, and none whose name holds this one's ("% of GDP", "%").

    What stands before a percent sign is a percentage, whatever else the words name. ``said`` is
    whether an expression of the words reads as value and unit.
    """
    if re.search(rf"\b{re.escape(value)} ?%", words) and not unit.symbol.startswith("%"):
        return False
    found = named_by(unit.words, re.I).search(words) if unit.words else None
    if found is None:
        named = any(named_by(u.words, re.I).search(words) for u in units.values() if u.words)
        return said and not (unit.name == "number" and named)
    others = (named_by(u.words, re.I).search(words) for u in units.values() if u.words)
    return not any(
        other.start() <= found.start() and found.end() <= other.end()
        for other in others
        if other and other.span() != found.span()
    )


def _check_qualifier(qualifier: str, words: str) -> Iterator[tuple[str, str]]:
    if qualifier != "exact" and not qualifier_pattern(qualifier).search(words):
        remedy = f"the exact words {words!r} do not say it; correct it, or anchor the row anew"
        yield "qualifier", remedy
    said = [q for q in QUALIFIERS if q != "exact" and qualifier_pattern(q).search(words)]
    if qualifier == "exact" and said:
        yield "qualifier", f"the exact words {words!r} qualify the value; write which way"
