"""Values: what tables print and figures draw, as columns to compute with.

What a cell prints is what it gives: a day as ISO 8601, a number plain, with its unit in the
heading; words around them, such as "at least", stand in a column of remarks beside it.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dossier.document.model import FigureBlock, Runs, TableBlock, text_of
from dossier.text.words import MONTHS, alternatives

BLANK = ("", "–")
"""What a table prints where it has nothing."""

_REMARK = r"(?:\s\((?P<remark>[^()]*)\)|,\s(?P<more>.+))?"
_DAY = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\s)?(?P<month>{alternatives(MONTHS)})\s(?P<year>\d{{4}}){_REMARK}"
)
_NUMBER = re.compile(
    r"(?:(?P<qualifier>[a-z][a-z ]*)\s)?(?P<number>[−+-]?\d[\d,]*(?:\.\d+)?)"
    rf"(?:\s?(?P<unit>[^\d\s(),][^\d(),]*?))?{_REMARK}"
)
_CITED = re.compile(r"\s*|(\s*\[\d+\])+\s*")


@dataclass
class Column:
    """A column of a CSV: its heading, its type by Table Schema, its cells as they are written."""

    name: str
    kind: str
    cells: list[str]
    description: str = ""

    def field(self) -> dict[str, str]:
        found = {"name": self.name, "type": self.kind}
        return found | ({"description": self.description} if self.description else {})


def of_table(table: TableBlock) -> list[Column]:
    """Return a table as columns: the row of the data behind each line, its cells, its facts."""
    columns = [Column("row", "string", table.keys, "the row of the data behind the line")]
    for n, column in enumerate(table.columns):
        columns += typed(column.label, [row[n] for row in table.rows])
    facts = [" ".join(run.fact for cell in row for run in cell if run.fact) for row in table.rows]
    if any(facts):
        columns.append(Column("facts", "string", facts, "the facts that the line prints"))
    return columns


def of_figure(figure: FigureBlock) -> list[Column]:
    """Return the points of a figure's rows as columns, series by series.

    Where the figure's x are days, and no series has one twice, a line is a day and a column a
    series.
    """
    series = {name.removeprefix("data-"): points for name, points in figure.shown.items()}
    if "x" in figure.days and all(len({x for x, _ in p}) == len(p) for p in series.values()):
        return _by_day(series)
    points = [(name, n, *p) for name, drawn in series.items() for n, p in enumerate(drawn, start=1)]
    columns = [
        Column("series", "string", [str(point[0]) for point in points]),
        Column("point", "integer", [str(point[1]) for point in points]),
    ]
    for name, values in (("x", [point[2] for point in points]), ("y", [p[3] for p in points])):
        if name in figure.days:
            columns.append(Column(name, "date", [_day(value) for value in values]))
        else:
            columns.append(Column(name, "number", list(map(_number, values)), AXIS))
    return columns


AXIS = "as on the figure's axis"


def _by_day(series: Mapping[str, Iterable[Any]]) -> list[Column]:
    by_day = {name: {x: _number(y) for x, y in points} for name, points in series.items()}
    days = sorted({day for values in by_day.values() for day in values})
    columns = [Column("day", "date", [_day(day) for day in days])]
    for name, values in by_day.items():
        columns.append(Column(name, "number", [values.get(day, "") for day in days], AXIS))
    return columns


def _number(value: float) -> str:
    return str(value).removesuffix(".0")


def _day(count: float) -> str:
    """Return a day as ISO 8601 from its count, as drawings have it: from 1970-01-01."""
    return (datetime.date(1970, 1, 1) + datetime.timedelta(count)).isoformat()


def written(columns: list[Column]) -> str:
    """Return columns as CSV; no text in it is one that a spreadsheet takes for a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    cells = ([_inert(c) for c in k.cells] if k.kind == "string" else k.cells for k in columns)
    writer.writerows(zip(*cells, strict=True))
    return stream.getvalue()


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def typed(label: str, cells: list[Runs]) -> list[Column]:
    """Return a printed column as values: sources by their ids, days, numbers, or else texts.

    A second column holds what the values leave out, where anything is.
    """
    texts = [" ".join(text_of(cell).split()) for cell in cells]
    if all(_CITED.fullmatch(text) or text in BLANK for text in texts) and any(
        run.href for cell in cells for run in cell
    ):
        ids = [" ".join(_cited(cell)) for cell in cells]
        return [Column(label, "string", ids, "ids in sources.csv")]
    for pattern, read in ((_DAY, _days), (_NUMBER, _numbers)):
        found = [None if text in BLANK else pattern.fullmatch(text) for text in texts]
        blank = [text in BLANK for text in texts]
        if not all(blank) and all(m or b for m, b in zip(found, blank, strict=True)):
            return read(label, found)
    return [Column(label, "string", ["" if text in BLANK else text for text in texts])]


def _cited(cell: Runs) -> Iterable[str]:
    return (run.href.removeprefix("#source-") for run in cell if run.href.startswith("#source-"))


Matches = list[re.Match[str] | None]


def _days(label: str, found: Matches) -> list[Column]:
    values = [_iso(match) if match else "" for match in found]
    whole = all(match is None or match["day"] for match in found)
    months = "" if whole else "ISO 8601; a month where the day is not known"
    column = Column(label, "date" if whole else "string", values, months)
    return [column, *_remarks(label, found, "remark", "more")]


def _iso(match: re.Match[str]) -> str:
    month = f"{match['year']}-{MONTHS.index(match['month']) + 1:02}"
    return f"{month}-{int(match['day']):02}" if match["day"] else month


def _numbers(label: str, found: Matches) -> list[Column]:
    units = {match["unit"] or "" for match in found if match}
    one = next(iter(units)) if len(units) == 1 else ""
    values = [_plain(match["number"]) if match else "" for match in found]
    columns = [Column(f"{label} ({one})" if one else label, "number", values)]
    if len(units) > 1:
        named = [(match["unit"] or "") if match else "" for match in found]
        columns.append(Column(f"{label}: unit", "string", named))
    return columns + _remarks(label, found, "qualifier", "remark", "more")


def _plain(number: str) -> str:
    return number.replace(",", "").replace("−", "-").removeprefix("+")


def _remarks(label: str, found: Matches, *groups: str) -> list[Column]:
    said = ["; ".join(m[g] for g in groups if m[g]) if m else "" for m in found]
    return [Column(f"{label}: remark", "string", said)] if any(said) else []
