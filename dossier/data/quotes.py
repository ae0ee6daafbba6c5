"""Quotations: each stands, word for word, in the copy of its source that lies in data/sources/.

Which fields quote, and which column names their source, is in datapackage.json (see schema). A copy
is a text file with the source's id as its name; only white space may differ.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dossier.data.known import article_of
from dossier.data.tables import Tables
from dossier.project import Project
from dossier.text.passages import nearest, plain

FOLDER = "sources"
"""The folder, in data/, of the copies."""
_MARKED = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")
_LEFT_OUT = re.compile(r"\[[^\[\]]*\]|…|\.\.\.")
"""What stands in a quotation for words left out, or for the quoter's own."""


@dataclass(frozen=True)
class Quotation:
    """Words of a cell that are a source's: ``row`` counts the heading as 1.

    ``marked`` says that they stand in quotation marks, and may be the article's as well.
    """

    table: str
    row: int
    column: str
    words: str
    sources: tuple[str, ...]
    marked: bool


def copies(folder: Path) -> dict[str, Path]:
    """Return the copies of sources' texts in a project's data/, by the source's id."""
    return {file.stem: file for file in sorted((folder / FOLDER).glob("*.txt"))}


def quotations(tables: Tables) -> Iterator[Quotation]:
    """Yield every quotation of the tables, row by row."""
    for table in tables.schema.tables:
        for column, (sources, marked) in tables.schema.quoting(table).items():
            cells = tables.frames[table][[column, *sources]].itertuples(index=False)
            for row, (cell, *named) in enumerate(cells, start=2):
                ids = [i for n in named for i in (n if isinstance(n, tuple) else (n,)) if i]
                for words in _quoted(cell, marked):
                    yield Quotation(table, row, column, words, tuple(ids), marked)


def _quoted(cell: str, marked: bool) -> list[str]:
    """Return the quotations of a cell: what stands in quotation marks, or all of it."""
    if not marked:
        return [cell] if cell else []
    found = [first or second for first, second in _MARKED.findall(cell)]
    return [words for words in (w.strip().rstrip(",.;:") for w in found) if words]


def stands(words: str, text: str) -> bool:
    """Return whether words stand in a plain text, those beside what is left out in their order.

    >>> stands("We count […] weeks", "We count in years, not weeks."), stands("weeks … years", "")
    (True, False)
    """
    at = 0
    for part in filter(None, map(plain, _LEFT_OUT.split(words))):
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def check_quotations(project: Project, tables: Tables) -> Iterator[str]:
    """Yield a problem for each copy of no source, and each quotation that no copy holds.

    A quotation is looked for where each source that its row names has a copy: it may be of the one
    that has none. What stands in quotation marks may be the article's words, too.
    """
    files, known = copies(project.data), set(tables.frames["sources"]["source_id"])
    texts = {}
    for id, file in files.items():
        try:
            texts[id] = plain(file.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            yield f"data/{FOLDER}/{file.name}: not UTF-8; save it as UTF-8"
        if id not in known:
            remedy = "no source of this id in sources.csv; add it, or rename the file"
            yield f"data/{FOLDER}/{file.name}: {remedy}"
    article = plain(article_of(project).text)
    for quotation in quotations(tables):
        if not quotation.sources or not texts.keys() >= set(quotation.sources):
            continue
        places = [texts[id] for id in quotation.sources] + [article] * quotation.marked
        if not any(stands(quotation.words, text) for text in places):
            yield _problem(quotation, texts)


def _problem(quotation: Quotation, texts: dict[str, str]) -> str:
    files = " or ".join(f"data/{FOLDER}/{id}.txt" for id in quotation.sources)
    near = nearest(quotation.words, " ".join(texts[id] for id in quotation.sources))
    return (
        f"data/{quotation.table}.csv, row {quotation.row}, column {quotation.column}: "
        f"“{quotation.words}” does not stand in {files}; nearest: “{near}”; "
        "quote it word for word, or name its source"
    )


def without_copy(tables: Tables) -> Counter[str]:
    """Return how many quotations can't be held against a copy, by source."""
    there = copies(tables.schema.folder)
    named = (id for quotation in quotations(tables) for id in quotation.sources)
    return Counter(id for id in named if id not in there)
