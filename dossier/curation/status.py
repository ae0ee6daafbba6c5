"""Where the curation stands: claims open, in work and checked, and what is missing, as remedies.

A claim is open while it has no finding, and no rule computes its verdict; checked once its newest
finding says by whom and when; in work between.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dossier.chapters.claims import newest_findings
from dossier.curation.anchors import kept_text
from dossier.data.known import article_of, cited
from dossier.data.quotes import without_copy
from dossier.data.tables import Tables
from dossier.project import Project

STATES = ("open", "in work", "checked")
ORDER = ("figure", "date", "temporal", "fact", "attribution", "quotation", "forecast", "judgement")
"""Kinds of claims by what can be checked, first what can be most: forecasts and opinions last."""
WIDTH = 80
"""Columns of a terminal that the table fits."""
NEXT = 12
"""How many claims are listed that come next."""
NAMED = 4
"""How many ids a sentence names; of more it gives the number."""


@dataclass(frozen=True)
class Standing:
    """A claim, how far its check is, by whom, and what to do next."""

    id: str
    label: str
    kind: str
    state: str
    by: str = ""
    todo: str = ""
    priority: tuple[bool, float] = (True, 0)


def standings(tables: Tables) -> list[Standing]:
    """Return how each claim stands, in the article's order."""
    findings = newest_findings(tables.frames["findings"])
    claims = tables.frames["claims"].to_dict("records")
    return [_standing(c, findings.get(c["claim_id"])) for c in claims]


def _standing(claim: dict[Any, Any], finding: dict[str, Any] | None) -> Standing:
    state, by, todo = "in work", "", ""
    if finding is None:
        state = "in work" if claim["rule"] else "open"
        todo = "add a finding to findings.csv"
    elif not finding["verdict"]:
        todo = f"give {finding['finding_id']} a verdict"
    elif pd.isna(finding.get("checked_on")):
        todo = f"check {finding['finding_id']}; say by whom, when"
    else:
        state, by = "checked", finding["checked_by"]
    id, label, kind = (str(claim[name]) for name in ("claim_id", "label", "kind"))
    return Standing(id, label, kind, state, by, todo, _priority(claim))


def _priority(claim: dict[Any, Any]) -> tuple[bool, float]:
    """Return where a claim stands among what is next: by the column priority, then by kind."""
    own = pd.to_numeric(claim.get("priority"), errors="coerce")
    return bool(pd.isna(own)), ORDER.index(claim["kind"]) if pd.isna(own) else float(own)


def unused_sources(project: Project, tables: Tables) -> list[str]:
    """Return the ids of sources that no row rests on, no map, and no chapter or module names."""
    used = {project.settings.article.source}
    for table, frame in tables.frames.items():
        if table != "sources":
            used |= cited(tables.schema, table, frame)
    for resource in tables.schema.resources:
        if resource["format"] == "geojson":
            shapes = tables.schema.shapes(resource["name"])
            used |= {shape["properties"].get("source_id", "") for shape in shapes}
    files = [f for d in (project.analysis, project.notebooks) if d.is_dir() for f in d.iterdir()]
    code = "".join(f.read_text(encoding="utf-8") for f in files if f.suffix in (".py", ".ipynb"))
    unused = [id for id in tables.frames["sources"]["source_id"] if id not in used]
    return [id for id in unused if not re.search(rf"[\"']{re.escape(id)}\\?[\"']", code)]


def missing(project: Project, tables: Tables) -> list[str]:
    """Return what is still to be done, each as a remedy; nothing where all is."""
    claims = standings(tables)
    findings = tables.frames["findings"]
    bare = findings[findings["verdict"] == ""]["finding_id"]
    unchecked = [c.id for c in claims if c.state == "in work" and c.todo.startswith("check")]
    rows = tables.frames["claims"].to_dict("records")
    guessed = [row["claim_id"] for row in rows if row.get("sure") == "no"]
    found = (
        (guessed, "claims.csv: read {} in the article, correct the row, and say yes in sure"),
        ([c.id for c in claims if c.todo.startswith("add")], "findings.csv: add a finding on {}"),
        (list(bare), "findings.csv: give a verdict to {}"),
        (unchecked, "findings.csv: say in checked_by and checked_on who checked {}, and when"),
        (
            unused_sources(project, tables),
            "sources.csv: name in a finding, or take out, what nothing rests on: {}",
        ),
        (
            list(dict(without_copy(tables).most_common())),
            "sources/: lay there, as ID.txt, the text of what is quoted from {}, "
            "where its terms allow it",
        ),
    )
    changed = kept_text(project) not in ("", article_of(project).text)
    log = "article.txt: it was changed; python -m dossier reanchor moves anchors and notes what was"
    told = [words.format(_names(ids)) for ids, words in found if ids]
    return [f"data/{line}" for line in [log] * changed + told]


def _names(ids: list[str]) -> str:
    """Return ids as words: the first of them, and how many more.

    >>> _names(["C1", "C2"]), _names(["C1", "C2", "C3", "C4", "C5", "C6"])
    ('C1 and C2', 'C1, C2, C3, C4 and 2 more')
    """
    if len(ids) > NAMED + 1:
        return f"{', '.join(ids[:NAMED])} and {len(ids) - NAMED} more"
    return " and ".join(filter(None, [", ".join(ids[:-1]), ids[-1]]))


# ---- the table in a terminal


def status_lines(project: Project, tables: Tables, everything: bool = False) -> Iterator[str]:
    """Yield how the curation stands, no line longer than WIDTH; all claims, or those next."""
    claims = standings(tables)
    counts = Counter(claim.state for claim in claims)
    yield f"{len(claims)} claims: " + ", ".join(f"{counts[state]} {state}" for state in STATES)
    people = Counter(claim.by for claim in claims if claim.by)
    if people:
        yield from _wrapped("by " + ", ".join(f"{n} {c}" for n, c in people.most_common()), "  ")
    ordered = sorted(claims, key=lambda c: (c.priority, STATES.index(c.state)))
    todo = [claim for claim in ordered if claim.todo]
    shown = todo if everything else todo[:NEXT]
    if shown:
        rest = f", {len(shown)} of {len(todo)} (all: --all)" if len(shown) < len(todo) else ""
        yield f"\nNext{rest}"
        rows = [(c.id, c.state, c.kind, c.label, c.todo) for c in shown]
        yield from _columns([("No.", "state", "kind", "claim", "to do"), *rows])
    if unused := unused_sources(project, tables):
        yield f"\nSources that nothing rests on: {len(unused)}"
        yield from _wrapped(", ".join(unused), "  ")
    quoted = without_copy(tables)
    if quoted:
        yield f"\nQuotations whose source has no copy in data/sources/: {sum(quoted.values())}"
        words = ", ".join(f"{source} {n}" for source, n in quoted.most_common())
        yield from _wrapped(words, "  ")


def _wrapped(words: str, indent: str) -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def _columns(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows as lines; of the columns, the claim's label gives way."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    widths[3] = min(widths[3], WIDTH - 2 * len(widths) - sum(widths) + widths[3])
    for row in rows:
        cells = [
            textwrap.shorten(cell, width, placeholder="…").ljust(width)
            for cell, width in zip(row, widths, strict=True)
        ]
        yield ("  " + "  ".join(cells)).rstrip()
