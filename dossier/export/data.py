"""Data: a report's tables, figures, sources and facts as one data package, to compute with.

What a cell prints is what it gives: a day as ISO 8601, a number plain, with its unit in the
heading; words around them, such as "at least", stand in a column of remarks beside it.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dossier.document.model import Document, FigureBlock, Runs, TableBlock, text_of
from dossier.export.archives import archive
from dossier.export.claims import Claims, dump
from dossier.export.typesetting import png
from dossier.text.words import MONTHS, alternatives

SUFFIX = ".data.zip"
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


@dataclass
class Resource:
    """A file of the package, and what datapackage.json says of it."""

    path: str
    content: bytes
    title: str
    columns: list[Column] = field(default_factory=list)

    def described(self) -> dict[str, Any]:
        name, _, suffix = self.path.rpartition(".")
        found: dict[str, Any] = {
            "name": re.sub(r"[^a-z0-9]+", "-", f"{name} {suffix}".lower()),
            "path": self.path,
            "title": self.title,
            "format": suffix,
            "bytes": len(self.content),
        }
        if self.columns:
            fields = [column.field() for column in self.columns]
            found |= {
                "type": "table",
                "encoding": "utf-8",
                "schema": {"fields": fields, "missingValues": [""]},
            }
        return {"type": "file"} | found


def render(document: Document, claims: Claims = Claims()) -> bytes:  # noqa: B008 (it is frozen)
    """Return the data of a document as a ZIP with datapackage.json."""
    resources = [_table(table) for table in document.tables()]
    for figure in document.figures():
        title = text_of(figure.title)
        resources += [
            _drawn(figure),
            Resource(f"figures/{figure.id}.svg", figure.svg.encode("utf-8"), title),
            Resource(f"figures/{figure.id}.png", png(figure.svg), title),
        ]
    resources.append(_sources(document))
    if claims.facts:
        resources.append(Resource("facts.json", claims.facts.encode("utf-8"), "Every fact"))
    package = {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": re.sub(r"[^a-z0-9]+", "-", document.name.lower()),
        "title": document.title,
        "description": f"The data of a report on the article “{document.headline}”, as known by "
        f"{document.as_of}. A column “row” names the row of the data behind a line, “facts” the "
        "entries of facts.json that it prints.",
        "created": f"{document.parameters.get('as_of', '2000-01-01')}T00:00:00Z",
        "sources": [_source(s.title, s.url) for s in document.sources],
        "resources": [resource.described() for resource in resources],
    }
    files = {"datapackage.json": dump(package).encode("utf-8")}
    return archive(files | {resource.path: resource.content for resource in resources})


def _source(title: str, url: str) -> dict[str, str]:
    return {"title": title} | ({"path": url} if url else {})


def _written(columns: list[Column]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerows(zip(*(column.cells for column in columns), strict=True))
    return stream.getvalue().encode("utf-8")


def _table(table: TableBlock) -> Resource:
    columns = [Column("row", "string", table.keys, "the row of the data behind the line")]
    for n, column in enumerate(table.columns):
        columns += typed(column.label, [row[n] for row in table.rows])
    facts = [" ".join(run.fact for cell in row for run in cell if run.fact) for row in table.rows]
    if any(facts):
        columns.append(Column("facts", "string", facts, "the facts that the line prints"))
    path = f"tables/{table.id}.csv"
    return Resource(path, _written(columns), text_of(table.caption), columns)


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


def _drawn(figure: FigureBlock) -> Resource:
    points = [
        (series.removeprefix("data-"), number, *point)
        for series, drawn in figure.shown.items()
        for number, point in enumerate(drawn, start=1)
    ]
    axes = "as on the figure's axis; a day is counted from 1970-01-01"
    heads = [("series", "string", ""), ("point", "integer", "")]
    heads += [("x", "number", axes), ("y", "number", axes)]
    cells = [[str(point[n]) for point in points] for n in range(len(heads))]
    columns = [Column(n, kind, c, d) for (n, kind, d), c in zip(heads, cells, strict=True)]
    path = f"figures/{figure.id}.csv"
    return Resource(path, _written(columns), text_of(figure.title), columns)


def _sources(document: Document) -> Resource:
    names = ("id", "number", "title", "publisher", "when", "url", "read")
    columns = [
        Column(
            name,
            "integer" if name == "number" else "string",
            [str(getattr(source, name)) for source in document.sources],
        )
        for name in names
    ]
    return Resource("sources.csv", _written(columns), "Sources", columns)
