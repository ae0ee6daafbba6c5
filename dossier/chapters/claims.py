"""The article's figures: what it states, what the record shows of each, and the verdicts.

A verdict is computed where a rule can; elsewhere it is the newest finding known by the as-of day.
"""

import itertools
import math
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dossier.chapters.sources import EXTENTS, RANKS, extent
from dossier.data import noted
from dossier.data.known import NotKnown, Record
from dossier.errors import Mendable, mistake
from dossier.facts.fact import FactError
from dossier.facts.ledger import Ledger, WatchedFacts, as_id
from dossier.facts.sentences import escape, named_facts
from dossier.facts.trace import Traced, count, some, traced
from dossier.registry import Definition, fact, figure, registry_of, table
from dossier.show import charts, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Cell, Column, Row, Table

VERDICTS = ("confirmed", "imprecise", "contradicted", "cannot be verified", "open")
"""contradicted: the record says otherwise, and the claim is not nearly right; open: nothing on it
was known by the as-of day, or what is has no verdict yet."""
REVIEWED = VERDICTS[:3]
"""Verdicts that rest on something: what could not be verified, or is open, rests on nothing."""

KINDS = {
    "figure": "figures",
    "date": "dates",
    "temporal": "words of time",
    "fact": "statements",
    "forecast": "forecasts",
    "judgement": "judgements",
    "quotation": "quotations",
    "attribution": "credits",
}

NOTHING_KNOWN = "Nothing on it was known by then."
RULE_SOURCES = 4
"""How many of the sources of a rule's facts the table names; the ledger has them all."""


@dataclass(frozen=True)
class Judgement:
    """The verdict on a claim: by a rule, where ``sentence`` says what it found, or by a finding.

    ``finding`` is the row of the newest finding known, or empty; ``named`` are the facts that the
    sentence names.
    """

    claim_id: str
    verdict: str
    sentence: str = ""
    finding: Mapping[str, Any] | None = None

    @property
    def computed(self) -> bool:
        return bool(self.sentence)

    @property
    def named(self) -> list[str]:
        return named_facts(self.sentence)


def newest_findings(findings: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return the newest of the findings on each claim, by the claim's id; ``row`` is its key."""
    if findings.empty:
        return {}
    rows = zip(findings.index, findings.to_dict("records"), strict=True)
    newest: dict[str, dict[str, Any]] = {}
    for row, found in sorted(rows, key=lambda item: item[1]["known_from"]):  # a stable order
        newest[str(found["claim_id"])] = {"row": row} | {str(k): v for k, v in found.items()}
    return newest


def judge(
    record: Record, facts: Ledger | WatchedFacts, claims: pd.DataFrame | None = None
) -> list[Judgement]:
    """Return the verdict on each claim, or on those of ``claims``, in the article's order."""
    findings = newest_findings(record.findings)
    watched = facts if isinstance(facts, WatchedFacts) else WatchedFacts(facts)
    judged = (record.claims if claims is None else claims).to_dict("records")
    return [_judge(record, c, findings.get(c["claim_id"]), watched) for c in judged]


def _judge(
    record: Record,
    claim: Mapping[Any, Any],
    found: Mapping[str, Any] | None,
    facts: WatchedFacts,
) -> Judgement:
    """Return the verdict on a claim: its rule's, else that of the newest finding known."""
    rules = registry_of(record.project).of("rule")
    ruled = _apply(rules[claim["rule"]], claim, facts) if claim["rule"] else None
    if ruled:
        return Judgement(claim["claim_id"], *ruled, finding=found)
    verdict = found["verdict"] if found else ""
    return Judgement(claim["claim_id"], verdict or "open", finding=found)


def _apply(
    rule: Definition, claim: Mapping[Any, Any], facts: WatchedFacts
) -> tuple[str, str] | None:
    """Return a rule's verdict and sentence; None where a fact that it needs was not known.

    Raises FactError, which names rule and claim, for what a rule raises, or returns in their place.
    """
    noted.MODULES.add(rule.function.__module__)
    place = f"{rule.place}, the rule of {claim['claim_id']},"
    try:
        found = _applied(rule, claim, facts)
    except NotKnown:
        return None
    except Mendable as error:
        raise FactError(f"{place} can't be applied: {error}") from error
    except Exception as error:
        raise FactError(mistake(place, error)) from error
    if isinstance(found, tuple) and len(found) == 2 and found[0] in VERDICTS[:-1]:
        return str(found[0]), str(found[1])
    raise FactError(
        f"{place} returned {found!r:.80}; return a verdict ({', '.join(VERDICTS[:-1])}) and a "
        "sentence"
    )


def _applied(rule: Definition, claim: Mapping[Any, Any], facts: WatchedFacts) -> Any:
    """Return what a rule returns; raise NotKnown where it names a fact that was not known."""
    given = {"claim": claim, "facts": facts}
    arguments = {
        name: given[name] if name in given else facts.require(name).value
        for name in rule.parameters
    }
    found = rule.function(**arguments)
    for id in named_facts(str(found[-1])) if isinstance(found, tuple) and found else ():
        facts.require(id)
    return found


# ---- facts


@fact(unit="claims")
def claims_total(record: Record) -> Traced:
    """Claims of the article that are checked.

    Count the rows of claims.csv.
    """
    return count(record.claims)


@fact(unit="expressions")
def claims_excluded(record: Record) -> Traced:
    """Expressions of the article that are left out, with a reason.

    Count the rows of exclusions.csv.
    """
    return count(record.exclusions)


@fact(unit="claims", name="verdicts_{verdict}", over={"verdict": VERDICTS})
def verdicts(record: Record, facts: WatchedFacts, verdict: str) -> Traced:
    """Claims with the verdict “{verdict}”.

    Count the verdicts, by a rule where there is one that could be applied, else by the newest
    finding known.
    """
    part = [j for j in judge(record, facts) if j.verdict == verdict]
    return _judgements(record, part)


@fact(unit="text")
def none_contradicted(record: Record, facts: WatchedFacts) -> Traced:
    """That no claim is contradicted.

    No verdict is “contradicted”.
    """
    if any(j.verdict == "contradicted" for j in judge(record, facts)):
        raise NotKnown("none contradicted")
    return traced("none", some(record.claims), record.findings)


@fact(unit="text", name="verdict_{claim}", over={"claim": lambda record: record.claims["claim_id"]})
def verdict_on(record: Record, facts: WatchedFacts, claim: str) -> Traced:
    """Verdict on the claim {claim}.

    By its rule, where it has one that could be applied, else by the newest finding known.
    """
    findings = record.findings
    row = some(record.claims[record.claims["claim_id"] == claim])
    found = newest_findings(findings[findings["claim_id"] == claim]).get(claim)
    judgement = _judge(record, row.to_dict("records")[0], found, facts)
    rows = [found["row"]] if found and not judgement.computed else []
    return traced(judgement.verdict, row, findings.loc[rows])


@fact(unit="verdicts")
def verdicts_computed(record: Record, facts: WatchedFacts) -> Traced:
    """Verdicts computed by a rule.

    Count the claims with a rule that could be applied.
    """
    return _judgements(record, [j for j in judge(record, facts) if j.computed])


def _main(record: Record) -> pd.DataFrame:
    """Return the article's main claims, by dossier.toml."""
    claims = record.claims
    return some(claims[claims["claim_id"].isin(record.project.settings.article.main)])


@fact(unit="claims")
def main_claims(record: Record) -> Traced:
    """Main claims of the article.

    Count those that were chosen (in dossier.toml).
    """
    return count(_main(record), of=record.claims)


@fact(unit="claims", name="main_{verdict}", over={"verdict": VERDICTS})
def main_with(record: Record, facts: WatchedFacts, verdict: str) -> Traced:
    """Main claims with the verdict “{verdict}”.

    Count the verdicts on those that were chosen.
    """
    judged = judge(record, facts, _main(record))
    return _judgements(record, [j for j in judged if j.verdict == verdict])


@fact(unit="claims")
def confirmed_on_primary(record: Record, facts: WatchedFacts) -> Traced:
    """Confirmed claims that rest on a primary source.

    Count those of whose finding the nearest source is primary, or by whose rule every one is.
    """
    confirmed = [j for j in judge(record, facts) if j.verdict == "confirmed"]
    part = [j for j in confirmed if rests_on(record, j, facts).startswith(RANKS[0])]
    ids = {id for j in part for id in all_sources(record, j, facts)}
    return _judgements(record, part, record.sources[record.sources["source_id"].isin(ids)])


@fact(unit="claims")
def figures_confirmed(record: Record, facts: WatchedFacts) -> Traced:
    """Claims of the kind figure that are confirmed.

    Count those whose verdict is confirmed.
    """
    judged = judge(record, facts, record.claims[record.claims["kind"] == "figure"])
    return _judgements(record, [j for j in judged if j.verdict == "confirmed"])


@fact(unit="findings")
def findings_checked(record: Record) -> Traced:
    """Findings that bear the name of who checked them.

    Count the rows of findings.csv with checked_by.
    """
    checked = record.findings.get("checked_by", pd.Series("", record.findings.index))
    return count(some(record.findings[checked != ""]), of=record.findings)


def _judgements(record: Record, part: list[Judgement], *others: pd.DataFrame) -> Traced:
    claims = record.claims[record.claims["claim_id"].isin([j.claim_id for j in part])]
    findings = [j.finding["row"] for j in part if j.finding and not j.computed]
    return traced(len(part), some(claims), record.findings.loc[findings], *others)


# ---- what is shown


SHAPES = {
    "confirmed": ("o", "main", True),
    "imprecise": ("^", "article", True),
    "contradicted": ("X", "article", True),
    "cannot be verified": ("o", "muted", False),
    "open": ("s", "muted", False),
}
"""A verdict's marker, its colour, and whether it is filled: the same in every format's tables."""

LINE = 0.176
"""Inches from one line of the figure to the next."""
AIR = 0.4
"""Lines above a head that does not begin a column."""
ACROSS = {False: 3, True: 1}
"""In how many columns the claims stand by name."""
LETTERS = {False: 41, True: 48}
"""How many letters of a claim's label stand on a line."""


@figure("verdicts", narrow=True)
def verdict_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the claims by name below their verdicts, each with its mark."""
    judged = sorted(judge(record, facts), key=lambda j: VERDICTS.index(j.verdict))
    if not judged:
        raise NotKnown("no claims")
    claims = record.claims.set_index("claim_id")
    columns = _columns(list(_entries(judged, claims["label"], facts)), ACROSS[charts.is_narrow()])
    height = LINE * (max(map(_tall, columns)) + AIR)
    canvas, ax = charts.canvas(height)
    charts.inset(canvas, 0, 0, 0, 0)
    ax.set_xlim(0, charts.width())
    ax.set_ylim(height, 0)
    ax.axis("off")
    shown = _write_entries(ax, columns)
    return Drawing(
        canvas,
        title=facts.join(
            "{verdicts_confirmed:N} of {claims_total} {verdicts_confirmed:is|are} confirmed"
        )
        or facts.join("None of {claims_total} is confirmed"),
        subtitle="Those that need correcting come first",
        alt=facts.plain_join(
            "A mark for each of {claims_total}, with what it is on.",
            "{verdicts_confirmed:N} {verdicts_confirmed:is|are} confirmed.",
            "{verdicts_imprecise:N} {verdicts_imprecise:is|are} imprecise.",
            "{verdicts_contradicted:N} {verdicts_contradicted:is|are} contradicted.",
            "{verdicts_cannot_be_verified:N} cannot be verified.",
            "{verdicts_open:N} {verdicts_open:is|are} open.",
        ),
        shown=shown,
        quoted=tuple(f"claims:{j.claim_id}" for j in judged),
    )


@dataclass(frozen=True)
class Entry:
    """A claim by name, in lines, with its verdict; or the head of those with one verdict."""

    verdict: str
    lines: list[str]
    is_head: bool = False


def _entries(judged: list[Judgement], labels: pd.Series, facts: Ledger) -> Iterator[Entry]:
    """Yield the claims below the heads of their verdicts; those confirmed come last."""
    for verdict in (*VERDICTS[1:], VERDICTS[0]):
        part = [j.claim_id for j in judged if j.verdict == verdict]
        if part:
            count = facts.text(f"verdicts_{as_id(verdict)}", "d")
            yield Entry(verdict, [f"{count} {verdict}"], is_head=True)
        for id in part:
            yield Entry(verdict, _label(id, labels[id]))


def _tall(column: list[Entry]) -> float:
    """Return the height of a column, in lines."""
    return sum(len(e.lines) for e in column) + AIR * sum(e.is_head for e in column[1:])


def _columns(entries: list[Entry], count: int) -> list[list[Entry]]:
    """Return entries in so many columns; none ends with a head or begins with a verdict's last."""
    each = math.ceil(sum(len(entry.lines) for entry in entries) / count)
    columns: list[list[Entry]] = [[]]
    for entry, after in itertools.zip_longest(entries, entries[1:]):
        lines = sum(len(e.lines) for e in (*columns[-1], entry)) + entry.is_head
        is_last = after is None or after.is_head
        if lines > each and len(columns) < count and not is_last:
            columns.append([])
        columns[-1].append(entry)
    return columns


def _label(id: str, words: str) -> list[str]:
    """Return a claim's number and label in lines."""
    return textwrap.wrap(f"{id} {words}", LETTERS[charts.is_narrow()])


def _write_entries(ax: Any, columns: list[list[Entry]]) -> dict[str, list[tuple[float, float]]]:
    """Write entries in columns that are read downwards, each after its mark.

    Return the marks' places by verdict, the heads' apart.
    """
    places: dict[str, list[tuple[float, float]]] = {}
    for n, column in enumerate(columns):
        x, y = charts.width() / ACROSS[charts.is_narrow()] * n, 0.0
        for m, entry in enumerate(column):
            y += LINE * AIR * (entry.is_head and m > 0)
            style: dict[str, Any] = {"fontsize": 8}
            if entry.is_head:
                style = {"fontsize": 9, "fontweight": "semibold"}
                style["color"] = COLOURS[SHAPES[entry.verdict][1]]
            else:
                places.setdefault(entry.verdict, []).append((x + 0.07, y + 0.45 * LINE))
            for line in entry.lines:
                ax.text(x + 0.17 * (not entry.is_head), y + 0.66 * LINE, line, **style)
                y += LINE
    for verdict, found in places.items():
        _mark(ax, verdict, found, gid=f"data-{verdict}")
    return places


def _mark(ax: Any, verdict: str, places: list[tuple[float, float]], **more: str) -> None:
    """Draw a verdict's mark at places."""
    marker, colour, filled = SHAPES[verdict]
    size, edge = (38, 0.0) if marker == "X" else (24, 0.9)  # an edge would close a cross
    ax.scatter(
        *zip(*places, strict=True),
        marker=marker,
        s=size,
        facecolor=COLOURS[colour if filled else "paper"],
        edgecolor=COLOURS[colour],
        linewidth=edge,
        **more,
    )


def shown_text(judgement: Judgement, facts: Ledger) -> str:
    """Return, as Markdown, what the record shows of a claim."""
    found = judgement.finding
    words = [escape(found[c]) for c in ("finding", "reasoning") if found[c]] if found else []
    ruled = facts.fill(judgement.sentence) if judgement.computed else None
    return " ".join(filter(None, [ruled, *words])) or NOTHING_KNOWN


def judgement_sources(
    record: Record, judgement: Judgement, facts: Ledger | WatchedFacts
) -> tuple[str, ...]:
    """Return the sources of a verdict: those of the finding, then the first of the rule's facts."""
    found = judgement.finding["source_ids"] if judgement.finding else ()
    return record.cites(*found, *_of_rule(record, judgement, facts)[:RULE_SOURCES])


def all_sources(
    record: Record, judgement: Judgement, facts: Ledger | WatchedFacts
) -> tuple[str, ...]:
    """Return all sources of a verdict: those of the rule's facts, or else those of the finding."""
    ruled = _of_rule(record, judgement, facts)
    found = judgement.finding["source_ids"] if judgement.finding else ()
    return record.cites(*(ruled or found))


def _of_rule(record: Record, judgement: Judgement, facts: Ledger | WatchedFacts) -> list[str]:
    """Return the sources of the facts that a rule's sentence names, but for the article."""
    article = record.project.settings.article.source
    ruled = [s for id in judgement.named for s in facts.require(id).sources if s != article]
    return list(dict.fromkeys(ruled))


@table("claims")
def claims_table(record: Record, facts: Ledger) -> Table:
    """Return every claim: its words and value, who says it, what the record shows, the verdict."""
    claims = {c["claim_id"]: c for c in some(record.claims).to_dict("records")}
    return Table(
        facts.join(
            "The {claims_total} of the article in its order, "
            "and what was known of each by {as_of_day}"
        ),
        (
            Column("No.", width=0.42),
            Column("The article’s words", width=1.7, future=True),
            Column("What the record shows", width=3.1),
            Column("Verdict", width=0.88),
            Column("Rests on", width=0.68),
            Column("Sources", width=0.6),
        ),
        tuple(_claim_row(record, facts, claims[j.claim_id], j) for j in judge(record, facts)),
        note=f"If no speaker is named, the words are the article’s. {RESTS_ON}"
        + " Open: nothing on it was known by then." * bool(facts.value("verdicts_open")),
    )


@table("rules")
def rules_table(record: Record, facts: Ledger) -> Table:
    """Return the rule of each verdict that is computed, in the words of its docstring."""
    names = record.claims.set_index("claim_id")["rule"]
    rules = registry_of(record.project).of("rule")
    rows: list[Row] = []
    for judged in judge(record, facts):
        if judged.computed:
            id = judged.claim_id
            first, rest = rules[names[id]].documentation
            words = f"{first}. {rest}".strip()
            rows.append((f"claims:{id}", ([(id, f"#quote-{id}")], words, judged.verdict)))
    return Table(
        facts.join("The rules by which {verdicts_computed} {verdicts_computed:is|are} computed"),
        (
            Column("No.", width=0.4),
            Column("Rule", width=6.1),
            Column("Verdict", width=0.9),
        ),
        tuple(rows),
    )


def _claim_row(record: Record, facts: Ledger, claim: Mapping[Any, Any], judged: Judgement) -> Row:
    sources = judgement_sources(record, judged, facts)
    cells: tuple[Cell, ...] = (
        [(judged.claim_id, f"#quote-{judged.claim_id}")],
        {"markdown": _words(facts, claim)},
        {"markdown": shown_text(judged, facts)},
        judged.verdict + ("*" if judged.computed else ""),
        rests_on(record, judged, facts),
        tables.cite(record, *sources),
    )
    return f"claims:{judged.claim_id}", cells


THE_ARTICLE = "the article"
"""The speaker of what the article says itself."""


def _words(facts: Ledger, claim: Mapping[Any, Any]) -> str:
    """Return, as Markdown, a claim’s words, its value where they lack it, and the speaker."""
    words = f"“{escape(claim['exact'])}”"
    value = facts.fill(f"{{{claim['fact_id']}}}") if claim["value"] else None
    if value and not _is_told(facts.text(claim["fact_id"]), claim["exact"]):
        words += f" ({value})"
    if claim["speaker"] != THE_ARTICLE:
        stop = "" if re.search(r"[.!?]”$", words) else "."
        words += f"{stop} *{escape(claim['speaker'][:1].upper() + claim['speaker'][1:])}*"
    return words


def _is_told(value: str, words: str) -> bool:
    """Tell whether words have a value, or its number where it is a number and what it counts.

    >>> _is_told("700 people", "700-person"), _is_told("one plan", "a plan")
    (True, False)
    """
    number, *counted = value.lower().split()
    split = len(counted) < 2 and number in re.split(r"[\s-]", words.lower())
    return split or value.lower() in words.lower()


RESTS_ON = (
    "“Rests on” names the best source and how much of it we read; for verdicts by a rule (\\*), "
    "the weakest."
)


def rests_on(record: Record, judgement: Judgement, facts: Ledger | WatchedFacts) -> str:
    """Return whose word a verdict rests on, and how much of it was read.

    A finding rests on the nearest of its sources. A rule needs all that its facts rest on: it is
    no nearer than the farthest. What could not be verified rests on none.
    """
    if judgement.verdict not in REVIEWED:
        return "–"
    ids = all_sources(record, judgement, facts)
    sources = record.sources[record.sources["source_id"].isin(ids)]
    if sources.empty:
        return "–"
    ranks = sources.get("rank", pd.Series("", sources.index)).fillna("")
    read = sources["read"].map(extent)
    pairs = zip(map(RANKS.index, ranks), map(EXTENTS.index, read), strict=True)
    if judgement.computed:
        rank, how = max(pairs)
    else:
        rank, how = min(pairs, key=lambda pair: (pair[0] > 0, pair[1], pair[0]))
    return ", ".join(filter(None, (RANKS[rank], EXTENTS[how])))


@table("exclusions")
def exclusions_table(record: Record, facts: Ledger) -> Table:
    """Return the expressions of number or time that are not tabulated, with the reason."""
    rows = [
        (
            f"exclusions:{x['exclusion_id']}",
            (
                x["exclusion_id"],
                f"“{x['exact']}”",
                record.article.sentence_at(int(x["start"])),
                x["reason"],
            ),
        )
        for x in some(record.exclusions).to_dict("records")
    ]
    return Table(
        "Expressions that were not checked, with the reason",
        (
            Column("No.", width=0.3),
            Column("Words", width=1, future=True),
            Column("In the sentence", width=3.3, future=True),
            Column("Reason", width=2.3),
        ),
        tuple(rows),
    )


@table("verdicts")
def verdict_table(record: Record, facts: Ledger) -> Table:
    """Return the tally of verdicts by kind of claim."""
    kinds = some(record.claims).set_index("claim_id")["kind"]
    judged = judge(record, facts)
    given = [verdict for verdict in VERDICTS if any(j.verdict == verdict for j in judged)]
    rows: list[Row] = []
    for kind, words in KINDS.items():
        part = [j.verdict for j in judged if kinds[j.claim_id] == kind]
        if part:
            counts = (str(part.count(verdict) or "–") for verdict in given)
            rows.append((f"claims:{kind}", (words.capitalize(), *counts)))
    return Table(
        facts.join(
            "{figures_confirmed:N} of {claims_kind_figure:n} figures "
            "{figures_confirmed:is|are} confirmed; the verdicts by kind of claim"
        )
        or "The verdicts by kind of claim",
        (Column("Kind", width=1.6), *(Column(v.capitalize(), "right") for v in given)),
        tuple(rows),
    )


def verdicts_by_claim(record: Record, facts: Ledger) -> dict[str, str]:
    """Return the verdict on each claim by its id."""
    return {j.claim_id: j.verdict for j in judge(record, facts)}
