"""Anchors moved after the article's text was corrected, and the log of what was corrected.

The text as it was is kept beside the article, so that every change of it is found. Of a dossier
that has none yet, and of anchors that were left open, the rows tell the text where they stand:
exact words, and those before and after. It is laid beside the new text, word by word; what lies
between words that are the same on both sides has moved with them.
"""

import datetime
import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dossier.curation import cells
from dossier.curation.claims import next_id
from dossier.data.known import article_of
from dossier.data.schema import schema_of
from dossier.project import Project
from dossier.text.article import Article, anchor_of, unescape
from dossier.text.passages import plain

TABLES = {"claims": "claim_id", "exclusions": "exclusion_id"}
"""The tables with anchors, and the columns of their ids."""
KEPT = "article.anchored.txt"
"""The file in data/ with the article's text as the anchors were last placed in it."""
UNKNOWN = "\0"
"""A character of the old text that no row tells."""
_TOKEN = re.compile(r"\0+|\w+|[^\w\s\0]")
ENOUGH = 16
"""Characters beside an anchor, of its paragraph, that tell it by themselves."""
GROWTH = 3
"""How many times as many words an anchor may come to hold: beyond that it is left open."""

LONG = 4
"""Words that do not stand in two places by chance."""

Span = tuple[int, int]
Row = Mapping[str, str]


@dataclass(frozen=True)
class Move:
    """A row's anchor: where it stood, and where it stands, or why that is not found."""

    table: str
    id: str
    number: int
    row: Row
    span: Span | None
    new: str = ""
    reason: str = ""

    @property
    def reworded(self) -> bool:
        return self.span is not None and self.new != self.row["exact"]


@dataclass(frozen=True)
class Correction:
    """Words that were corrected, and the claim that they are of, if any."""

    old: str
    new: str
    claim: str = ""


@dataclass(frozen=True)
class Reanchored:
    """What became of the anchors."""

    moved: list[Move] = field(default_factory=list)
    left: list[Move] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    whole: bool = True
    """Whether the text as it was is known, so that no correction can be missing."""


@dataclass(frozen=True)
class Alignment:
    """The old text, as far as it is known, beside the new one: tokens, and which are the same."""

    old_text: str
    new_text: str
    old: list[Span]
    new: list[Span]
    same: dict[int, int]
    changes: list[tuple[int, int, int, int]]
    """Stretches that differ between words that are the same: old from and to, new from and to."""

    def tokens_of(self, start: int, end: int) -> Span:
        """Return the numbers of the old tokens in a span: the first, and the one after the last."""
        inside = [n for n, (s, e) in enumerate(self.old) if s < end and start < e]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


def known_text(rows: Sequence[Row]) -> str:
    """Return the text as rows tell it; what none tells is UNKNOWN.

    >>> row = {"exact": "five", "prefix": "of ", "suffix": ".\\\\nA", "start": "5", "end": "9"}
    >>> known_text([row])
    '\\x00\\x00of five.\\nA'
    """
    characters: dict[int, str] = {}
    for row in rows:
        prefix, suffix = unescape(row["prefix"]), unescape(row["suffix"])
        first = int(row["start"]) - len(prefix)
        for at, character in enumerate(prefix + row["exact"] + suffix, start=first):
            characters.setdefault(at, character)
    return "".join(characters.get(n, UNKNOWN) for n in range(max(characters, default=-1) + 1))


def align(old_text: str, new_text: str, whole: bool = False) -> Alignment:
    """Lay the old text beside the new one; one that is not ``whole`` may begin and end anywhere."""
    old, new = ([m.span() for m in _TOKEN.finditer(text)] for text in (old_text, new_text))
    words = [[t[s:e] for s, e in spans] for t, spans in ((old_text, old), (new_text, new))]
    matcher = difflib.SequenceMatcher(None, words[0], words[1], autojunk=False)
    same: dict[int, int] = {}
    changes: list[tuple[int, int, int, int]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            same |= dict(zip(range(a, b), range(c, d), strict=True))
        elif whole or (UNKNOWN not in "".join(words[0][a:b]) and a > 0 and b < len(old)):
            changes.append((a, b, c, d))
    return Alignment(old_text, new_text, old, new, same, changes)


def place(row: Row, found: Alignment) -> Span | str:
    """Return where a row's words stand in the new text, or why that is not found."""
    if int(row["end"]) - int(row["start"]) != len(row["exact"]):
        return "start and end do not span its words: they were changed in the table"
    before = unescape(row["prefix"]).rpartition("\n")[2]
    window = before + row["exact"] + unescape(row["suffix"]).partition("\n")[0]
    whole = len(window) - len(row["exact"]) >= ENOUGH
    if whole and found.new_text.count(window) == 1:  # unchanged, perhaps in a paragraph that moved
        start = found.new_text.index(window) + len(before)
        return start, start + len(row["exact"])
    first, after = found.tokens_of(int(row["start"]), int(row["end"]))
    if not _is_held(found, first, after):
        return "nothing like its words stands where what was around them does"
    begins = found.same.get(first, found.same.get(first - 1, -2) + 1)
    ends = found.same.get(after - 1, found.same.get(after, 0) - 1)
    if begins > ends:
        return "its words were taken out"
    if ends + 1 - begins > GROWTH * (after - first) + GROWTH:
        return "too many words were put in"
    return found.new[begins][0], found.new[ends][1]


def _is_held(found: Alignment, first: int, after: int) -> bool:
    """Return whether words that are the same stand beside the old tokens, where they must.

    Words that have changed need them at both sides; those that have not, at one.
    """
    left = found.same.get(first - 1, -2)
    right = found.same.get(after, -2)
    begins, ends = found.same.get(first, -2), found.same.get(after - 1, -2)
    if begins >= 0 and ends >= 0:
        return left == begins - 1 or right == ends + 1
    return (begins >= 0 or left >= 0) and (ends >= 0 or right >= 0)


def corrections(found: Alignment, moves: Sequence[Move]) -> Iterator[Correction]:
    """Yield what was corrected: whole anchors that were reworded, and the words beside anchors."""
    told: list[Span] = []
    for move in (m for m in moves if m.reworded):
        told.append((int(move.row["start"]), int(move.row["end"])))
        claim = move.id if move.table == "claims" else ""
        yield Correction(move.row["exact"], move.new, claim)
    for first, after, c, d in found.changes:
        # where nothing stands at one side, the words before and after tell where
        beside = first == after or c == d
        left, right = int(beside and first > 0), int(beside and after < len(found.old))
        start, end = found.old[first - left][0], found.old[after - 1 + right][1]
        old = _whole_words(found.old_text, start, end)
        new = _whole_words(found.new_text, found.new[c - left][0], found.new[d - 1 + right][1])
        is_told = any(s < end and start < e for s, e in told)
        if not is_told and UNKNOWN not in old and not _only_moved(old, new, found):
            yield Correction(plain(old), plain(new), _beside(start, end, moves))


def _whole_words(text: str, start: int, end: int) -> str:
    """Return a span with what is written together with it: 8,200 for the 8.

    >>> _whole_words("has 8,200 people", 0, 5)
    'has 8,200'
    """
    before, after = re.search(r"[^\s\0]*$", text[:start]), re.match(r"[^\s\0]*", text[end:])
    return (before[0] if before else "") + text[start:end] + (after[0] if after else "")


def _only_moved(old: str, new: str, found: Alignment) -> bool:
    """Return whether words that were taken out or put in stand elsewhere on the other side."""
    longer, text = max((old, found.new_text), (new, found.old_text), key=lambda side: len(side[0]))
    return len(longer.split()) > LONG and longer in text


def _beside(start: int, end: int, moves: Sequence[Move]) -> str:
    """Return the claim that stands nearest to a span of the old text, if its words reach there."""
    near = [
        (max(int(m.row["start"]) - end, start - int(m.row["end"])), m.id)
        for m in moves
        if m.table == "claims"
        and int(m.row["start"]) - len(m.row["prefix"]) <= start
        and end <= int(m.row["end"]) + len(m.row["suffix"])
    ]
    return min(near)[1] if near else ""


def reanchor(project: Project, day: datetime.date) -> Reanchored:
    """Move the anchors that no longer hold, and log what was found corrected on ``day``.

    What can't be placed is left as it is. The text is kept, for the next time.
    """
    article = article_of(project)
    files = {name: project.data / schema_of(project.data).tables[name]["path"] for name in TABLES}
    tables = {name: cells.read(file) for name, file in files.items()}
    loose = [
        (name, number, row)
        for name, table in tables.items()
        for number in range(2, len(table.rows) + 1)
        if article.check_anchors([row := table.cells(number)], name)
    ]
    kept = kept_text(project)
    if not loose and kept in ("", article.text):
        return Reanchored()
    moves, found, again = _placed(loose, kept, article.text)
    moved = [move for move in moves if move.span]
    for move in moved:
        _rewrite(tables[move.table], move, article.text)
    for name, file in files.items():
        cells.write(file, tables[name].text)
    logged = _log(project, found, again, day)
    (project.data / KEPT).write_text(article.text, encoding="utf-8", newline="")
    return Reanchored(moved, [move for move in moves if not move.span], logged, bool(kept))


def kept_text(project: Project) -> str:
    """Return the article's text as the anchors were last placed in it, where it is kept."""
    file = project.data / KEPT
    return file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""


Loose = tuple[str, int, Row]
"""A row whose anchor no longer holds: its table, its line, its cells."""


def _placed(
    loose: Sequence[Loose], kept: str, text: str
) -> tuple[list[Move], list[Correction], list[Correction]]:
    """Return where rows are found, all corrections of the text that was kept, and others.

    Rows that do not hold in the kept text, as they were left open before, tell a text themselves.
    """
    before = Article(kept)
    told = [bool(kept) and not before.check_anchors([row], name) for name, _, row in loose]
    groups = [
        [row for row, holds in zip(loose, told, strict=True) if holds is side]
        for side in (True, False)
    ]
    rows = [row for _, _, row in groups[1]]
    sides = align(kept, text, whole=bool(kept)), align(known_text(rows), text)
    moves = [
        [_move(*row, side) for row in group] for group, side in zip(groups, sides, strict=True)
    ]
    found, again = (list(corrections(*side)) for side in zip(sides, moves, strict=True))
    return [*moves[0], *moves[1]], found if kept else [], again


def _move(table: str, number: int, row: Row, found: Alignment) -> Move:
    placed = place(row, found)
    if isinstance(placed, str):
        return Move(table, row[TABLES[table]], number, row, None, reason=placed)
    new = found.new_text[placed[0] : placed[1]]
    return Move(table, row[TABLES[table]], number, row, placed, new)


def _rewrite(table: cells.TableFile, move: Move, text: str) -> None:
    assert move.span is not None
    context = max(len(unescape(move.row[c])) for c in ("prefix", "suffix"))
    for column, cell in anchor_of(text, *move.span, context).items():
        table.set(move.number, column, cell)


def report_lines(done: Reanchored) -> Iterator[str]:
    """Yield what became of each anchor, with old and new words, and what remains to be done."""
    for move in done.moved:
        assert move.span is not None
        words = f"“{move.row['exact']}”" + f" → “{move.new}”" * move.reworded
        yield f"  {move.id}  {words}  {move.row['start']} → {move.span[0]}"
    for move in done.left:
        yield f"  {move.id}  “{move.row['exact']}”  left open: {move.reason}"
    reworded = sum(move.reworded for move in done.moved)
    if done.moved or done.left:
        yield f"Moved: {len(done.moved)}, to other words: {reworded}. Left open: {len(done.left)}."
    else:
        yield "Every anchor holds: nothing to move."
    yield from _lines_of_the_log(done)
    if reworded:
        yield "Other words may state other values: run make check."
    if done.left:
        files = " and ".join(f"data/{name}.csv" for name in {move.table: 0 for move in done.left})
        yield f"Take the rows left open out of {files}, or give them words that the article holds."


def _lines_of_the_log(done: Reanchored) -> Iterator[str]:
    if done.corrections:
        yield f"Corrections noted in data/corrections.csv: {len(done.corrections)}."
    if not done.whole:
        yield "What was corrected far from any anchor is not known, as the text was not kept."
        yield f"It is from now on, in data/{KEPT}."


# ---- the log

COLUMNS = {
    "correction_id": "K01 onwards",
    "day": "day on which the article was found to be corrected",
    "old_words": "the words as they were",
    "new_words": "the words as they are",
    "claim_id": "the claim that they are of, or stand beside",
}


def _log(
    project: Project,
    found: Sequence[Correction],
    again: Sequence[Correction],
    day: datetime.date,
) -> list[Correction]:
    """Add corrections to data/corrections.csv, which the first one makes; return what is new.

    Those found ``again`` may stand there already.
    """
    file = project.data / "corrections.csv"
    log = cells.read(file) if file.exists() else cells.TableFile(",".join(COLUMNS) + "\n")
    rows = [log.cells(number) for number in range(2, len(log.rows) + 1)]
    told = {(row["old_words"], row["new_words"]) for row in rows}
    told |= {(c.old, c.new) for c in found}
    fresh = [*found, *(c for c in dict.fromkeys(again) if (c.old, c.new) not in told)]
    if not fresh:
        return []
    ids = [row["correction_id"] for row in rows]
    for correction in fresh:
        ids.append(next_id(ids, "K"))
        cell = (ids[-1], day.isoformat(), correction.old, correction.new, correction.claim)
        log.append(dict(zip(COLUMNS, cell, strict=True)))
    cells.write(file, log.text)
    if "corrections" not in schema_of(project.data).tables:
        _describe(project)
    return fresh


def _describe(project: Project) -> None:
    """Add the table of corrections to datapackage.json."""
    fields: list[dict[str, Any]] = [
        {"name": name, "type": "string", "description": words, "constraints": {"required": True}}
        for name, words in COLUMNS.items()
    ]
    fields[0]["constraints"]["pattern"] = r"K\d{2,}"
    fields[1] |= {"type": "date", "work": True}
    del fields[-1]["constraints"]
    table = {
        "name": "corrections",
        "path": "corrections.csv",
        "title": "What was corrected in the article after it was anchored",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "correction_id", "missingValues": [""]},
        "known": {"on": "day"},
    }
    file = project.data / "datapackage.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    content["resources"].append(table)
    cells.write(file, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
