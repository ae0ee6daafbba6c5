"""A claim added by hand: a row of claims.csv for words of the article that hold no figure."""

import re
import textwrap
from collections.abc import Mapping
from typing import Any

from dossier.curation import cells
from dossier.data.checks import check_claim
from dossier.data.known import article_of
from dossier.data.schema import DataError, Schema, schema_of
from dossier.project import Project
from dossier.text.article import anchor_of
from dossier.text.detect import detect
from dossier.text.passages import nearest
from dossier.text.units import units_of

LABEL = 60
"""Letters of a label that is taken from the words."""
NAME = 5
"""Words of a fact's id that is taken from the label."""
AROUND = 40
"""Letters shown at either side of words that stand in the article several times."""


def find_words(text: str, words: str, occurrence: int = 0) -> tuple[int, int]:
    """Return where exact words stand in the article; runs of blanks may differ.

    ``occurrence`` chooses, from 1, where they stand several times. Raises DataError, which names
    the nearest passage, or the places to choose from.
    """
    pattern = r"[^\S\n]+".join(map(re.escape, words.split()))
    pattern = r"(?<!\w)" * words[:1].isalnum() + pattern + r"(?!\w)" * words[-1:].isalnum()
    found = [m.span() for m in re.finditer(pattern, text)] if words.strip() else []
    if not found:
        where = f"data/article.txt: it does not hold “{words}”; nearest: “{nearest(words, text)}”"
        raise DataError([where + "; give its exact words"])
    if len(found) > 1 and not occurrence:
        places = [
            f"  {n}: …{' '.join(text[max(0, s - AROUND) : e + AROUND].split())}…"
            for n, (s, e) in enumerate(found, start=1)
        ]
        head = f"data/article.txt holds “{words}” {len(found)} times; give more of its words, or "
        raise DataError([head + "choose by --occurrence:", *places])
    if not 0 <= occurrence <= len(found):
        times = f"{len(found)} time{'s' * (len(found) > 1)}"
        raise DataError([f"data/article.txt holds “{words}” {times}; correct --occurrence"])
    return found[max(0, occurrence - 1)]


def add_claim(
    project: Project, words: str, given: Mapping[str, str], occurrence: int = 0
) -> dict[str, str]:
    """Add a claim for exact words of the article, in its order; return the new row.

    ``given`` are cells by column; id, label and kind are made where they are not given. Raises
    DataError, and leaves the file as it was, where the schema or the words refuse the row.
    """
    text = article_of(project).text
    start, end = find_words(text, words, occurrence)
    schema = schema_of(project.data)
    file = project.data / schema.tables["claims"]["path"]
    table = cells.read(file)
    rows = [table.cells(n) for n in range(2, len(table.rows) + 1)]
    anchor = anchor_of(text, start, end)
    if same := [r for r in rows if (r["start"], r["end"]) == (anchor["start"], anchor["end"])]:
        raise DataError([f"data/claims.csv: {same[0]['claim_id']} has these very words"])
    row = {"kind": "fact", "qualifier": "exact", "speaker": "the article"} | dict(given) | anchor
    drafted = _as_drafted(row, given).items()
    row |= {column: cell for column, cell in drafted if column in schema.fields("claims")}
    row.setdefault("label", textwrap.shorten(anchor["exact"], LABEL, placeholder=" …"))
    row.setdefault("fact_id", _name(row["label"], {r["fact_id"] for r in rows}))
    row["claim_id"] = next_id([r["claim_id"] for r in rows], "C")
    _refuse(project, schema, row)
    before = [n for n, r in enumerate(rows, start=2) if int(r["start"]) <= start]
    table.append(row, after=max(before, default=1))
    cells.write(file, table.text)
    return row


def _as_drafted(row: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Return what a drafted table says of each claim: of this one, whose reader is its author."""
    expressions = detect(row["exact"]).expressions if "value" in given else []
    kinds = ["quotation" if row["kind"] == "quotation" else "statement"]
    return {
        "type": [*(found.type for found in expressions), *kinds][0],
        "sure": "yes",
        "priority": "3" if row["kind"] in ("forecast", "judgement") else "2",
    }


def next_id(ids: list[str], letter: str) -> str:
    """Return the id after the highest one.

    >>> next_id(["C01", "C12"], "C"), next_id([], "K")
    ('C13', 'K01')
    """
    numbers = [found[1] for id in ids if (found := re.search(r"(\d+)$", id))]
    width = max(map(len, numbers), default=2)
    return f"{letter}{max(map(int, numbers), default=0) + 1:0{width}}"


def _name(label: str, taken: set[str]) -> str:
    """Return an id for a fact from its label: one that no other has."""
    words = re.findall(r"[a-z0-9]+", label.lower())[:NAME]
    name = "_".join(words)
    name = name if name[:1].isalpha() else f"claim_{name}".rstrip("_")
    number = 2
    while name in taken:
        name = f"{name.removesuffix(f'_{number - 1}')}_{number}"
        number += 1
    return name


def _refuse(project: Project, schema: Schema, row: Mapping[str, str]) -> None:
    """Raise DataError for what the schema, or the article's words, do not let stand."""
    fields = schema.fields("claims")
    problems = [
        f"claims.csv has no column {column}; take the option out"
        for column in row
        if column not in fields
    ]
    for column, field in fields.items():
        problems += _problems(column, row.get(column, ""), field.get("constraints", {}))
    full = {column: row.get(column, "") for column in fields}
    units = units_of(project.settings.units)
    problems += [
        f"{column} is {full[column]!r}: {words}" for column, words in check_claim(full, units)
    ]
    if problems:
        raise DataError(problems)


def _problems(column: str, cell: str, limits: Mapping[str, Any]) -> list[str]:
    if not cell:
        return [f"{column} is missing; give it as --{column}"] * bool(limits.get("required"))
    if cell not in limits.get("enum", [cell]):
        return [f"{column} is {cell!r}: it is one of {', '.join(limits['enum'])}"]
    if not re.fullmatch(limits.get("pattern", ".*"), cell, re.S):
        return [f"{column} is {cell!r}: it is not written as {limits['pattern']}"]
    return []
