"""Data: a report's tables, figures, sources and facts as one data package, to compute with."""

import re
from dataclasses import dataclass, field
from typing import Any

from dossier.document.model import Document, FigureBlock, TableBlock, text_of
from dossier.export import values
from dossier.export.archives import archive
from dossier.export.claims import Claims, dump
from dossier.export.typesetting import png
from dossier.export.values import Column, written

SUFFIX = ".data.zip"


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


def _table(table: TableBlock) -> Resource:
    columns = values.of_table(table)
    path = f"tables/{table.id}.csv"
    return Resource(path, _csv(columns), text_of(table.caption), columns)


def _drawn(figure: FigureBlock) -> Resource:
    columns = values.of_figure(figure)
    path = f"figures/{figure.id}.csv"
    return Resource(path, _csv(columns), text_of(figure.title), columns)


def _csv(columns: list[Column]) -> bytes:
    return written(columns).encode("utf-8")


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
    return Resource("sources.csv", _csv(columns), "Sources", columns)
