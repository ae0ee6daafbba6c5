"""Why a fact or a verdict changed: which rows are new to it, from which source and which day."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dossier.data.known import Record, known_on
from dossier.export.html_parts import Row
from dossier.export.redline import Reason, Side
from dossier.project import Project
from dossier.text.dates import day_text

Fact = Mapping[str, Any]
SHOWN = 3
"""How many sources, or facts, are named as reasons of one change."""


@dataclass(frozen=True)
class Known:
    """What a project knows: from which day a row or a source counts, by ISO 8601; a row's sources.

    These stand with the columns of which each is the own source, none for the whole row's. Empty
    where files are compared without their project. ``labels`` are those of the claims.
    """

    rows: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    cited: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


def known_to(project: Project) -> Known:
    """Return what a project knows of its rows and sources."""
    record = known_on(project)
    days = {
        row: "" if day == pd.Timestamp.min else f"{day:%Y-%m-%d}"
        for frame in record.everything.values()
        for row, day in frame["counts_from"].items()
    }
    sources = record.everything["sources"]
    return Known(
        rows=days,
        sources={
            id: f"{day:%Y-%m-%d}"
            for id, day in sources[["source_id", "known_from"]].dropna().itertuples(index=False)
        },
        cited={row: _all_sources(record, row) for row in days},
        labels=dict(record.claims[["claim_id", "label"]].itertuples(index=False)),
    )


def _all_sources(record: Record, row: str) -> dict[str, list[str]]:
    """Return the sources of a row, the whole row's first, each with its filled columns."""
    table = row.partition(":")[0]
    found: dict[str, list[str]] = {source: [] for source in record.sources_of(row)}
    cells = record.everything[table].loc[row]
    for column, fields in record.schema.known(table).get("fields", {}).items():
        if record.knows(cells[column]):
            filled = [field for field in fields if pd.notna(cells[field]) and cells[field] != ""]
            found.setdefault(cells[column], []).extend(filled)
    return found


def of_fact(id: str, before: Side, after: Side, known: Known) -> list[Reason]:
    """Return why a fact of the newer side is other than in the older, or is new."""
    was: Fact = before.facts.get(id, {"rows": [], "inputs": [], "sources": []})
    now: Fact = after.facts[id]
    window = _Window(before, after, known)
    reasons = window.rows(_new("rows", was, now))
    reasons += _inputs(now, before, after)
    if not reasons:
        reasons = window.named(_new("sources", was, now))
    if was.get("rule", now.get("rule")) != now.get("rule"):
        reasons.append(Reason("its rule was changed"))
    if gone := _new("rows", now, was):
        reasons.append(Reason(f"no longer rests on {_listed(gone)}", after.at(f"row-{gone[0]}")))
    return reasons or _cells(now, before, after)


def _new(name: str, was: Fact, now: Fact) -> list[str]:
    return [item for item in now.get(name, ()) if item not in was.get(name, ())]


@dataclass(frozen=True)
class _Window:
    """The days between two sides."""

    before: Side
    after: Side
    known: Known

    def rows(self, rows: Iterable[str]) -> list[Reason]:
        """Return the sources that made rows count for a fact, each with its rows."""
        by_source: dict[str, list[str]] = {}
        rows = list(rows)
        for row in [row for row in rows if self._is_new(row) or self._late(row)] or rows:
            for source in self._decisive(row):
                by_source.setdefault(source, []).append(row)
        most = sorted(by_source.items(), key=lambda item: -len(item[1]))[:SHOWN]
        reasons = [
            Reason(self._words(source, own), self.after.at(f"source-{source}"))
            for source, own in most
        ]
        return _with_rest(reasons, len(by_source))

    def named(self, sources: list[str]) -> list[Reason]:
        """Return sources with the day from which they count."""
        reasons = [
            Reason(self._words(source, []), self.after.at(f"source-{source}"))
            for source in sources[:SHOWN]
        ]
        return _with_rest(reasons, len(sources))

    def _decisive(self, row: str) -> tuple[str, ...]:
        """Return the sources that made a row count.

        The first that it names; of a row that was known before, those of its fields that came in
        between.
        """
        late = self._late(row)
        return late if late and not self._is_new(row) else tuple(self.known.cited.get(row, ()))[:1]

    def _late(self, row: str) -> tuple[str, ...]:
        """Return the sources of a row that came in between."""
        return tuple(filter(self._is_late, self.known.cited.get(row, ())))

    def _is_new(self, row: str) -> bool:
        return self._is_late_day(self.known.rows.get(row, ""))

    def _is_late(self, source: str) -> bool:
        return self._is_late_day(self.known.sources.get(source, ""))

    def _is_late_day(self, day: str) -> bool:
        was, now = (side.claims["parameters"]["as_of"] for side in (self.before, self.after))
        return bool(was < day <= now)

    def _words(self, source: str, rows: list[str]) -> str:
        own = self.known.sources.get(source, "")
        days = sorted({max(own, self.known.rows.get(row, "")) for row in rows} or {own})
        since = " to ".join(_day(day) for day in dict.fromkeys((days[0], days[-1])) if day)
        words = f"from {since}: " if since else ""
        return words + _title(source, self.after) + (self._named(source, rows) if rows else "")

    def _named(self, source: str, rows: list[str]) -> str:
        """Return rows in brackets; of rows that were known before, what is new of them."""
        if not self._is_late(source) or all(map(self._is_new, rows)):
            return f" ({_listed(rows)})"
        columns = dict.fromkeys(c for row in rows for c in self.known.cited[row][source])
        what = f": {', '.join(columns)}" if columns else ""
        return f" (more on {_listed(rows)}{what})"


def _with_rest(reasons: list[Reason], count: int) -> list[Reason]:
    more = count - len(reasons)
    return reasons + ([Reason(f"{more} more {_plural('source', more)}")] if more else [])


def _day(iso: str) -> str:
    return day_text(datetime.date.fromisoformat(iso))


def _inputs(now: Fact, before: Side, after: Side) -> list[Reason]:
    """Return the inputs that changed, from which a fact follows."""
    changed = [
        after.facts[id]
        for id in now.get("inputs", ())
        if id in after.facts
        and after.facts[id]["text"] != before.facts.get(id, {"text": None})["text"]
    ]
    return [
        Reason(f"follows from: {fact['label']}", after.at(f"fact-{fact['id']}"))
        for fact in changed[:SHOWN]
    ]


def _cells(now: Fact, before: Side, after: Side) -> list[Reason]:
    """Return the files of a fact's rows that were changed; else that its day is another."""
    files = {f"{row.partition(':')[0]}.csv" for row in now.get("rows", ())}
    was, are = (side.claims.get("data", {}) for side in (before, after))
    changed = sorted(name for name in files if was.get(name) != are.get(name))
    if changed:
        return [Reason(f"data/{name} was changed") for name in changed]
    if before.day != after.day:
        return [Reason(f"by the edition’s day, {after.day}")]
    return []


def of_verdict(claim: str, before: Side, after: Side, known: Known) -> list[Reason]:
    """Return why a verdict moved: what the claim's row now says, and the sources new to it."""
    was, now = (_row(side, claim) for side in (before, after))
    verdicts = {side.claims.get("verdicts", {}).get(claim, "") for side in (before, after)}
    said = [
        Reason(f"{head}: {cell}", after.at(f"row-claims:{claim}"))
        for head, cell in now.cells.items()
        if cell != was.cells.get(head)
        and cell.rstrip("*") not in verdicts
        and not _CITATIONS.fullmatch(cell)
    ]
    new = [source for source in now.sources if source not in was.sources]
    return said + _Window(before, after, known).named(new)


_CITATIONS = re.compile(r"[\[\]\d\s–]*")


def _row(side: Side, claim: str) -> Row:
    rows = side.parts.rows if side.parts else {}
    return rows.get(f"claims:{claim}", Row({}, []))


def _title(source: str, side: Side) -> str:
    return (side.parts.sources if side.parts else {}).get(source, source)


def _listed(rows: list[str]) -> str:
    """Return rows as a line names them: not more than a few."""
    words = f"{_plural('row', len(rows))} {', '.join(rows[:SHOWN])}"
    return words + (f" and {len(rows) - SHOWN} more" if len(rows) > SHOWN else "")


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
