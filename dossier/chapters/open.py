"""What is open: the claims that nobody has checked yet, and what to check first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from dossier.chapters.claims import KINDS, Judgement, judge
from dossier.chapters.claims import claims_table as all_claims
from dossier.data.known import Record
from dossier.facts.ledger import Ledger, WatchedFacts
from dossier.facts.trace import Traced, count, some, traced
from dossier.registry import fact, table
from dossier.show.tables import Cell, Column, Row, Table

CHECKED = {0: 0.42, 1: 2.2, 2: 2.75, 3: 0.8, 4: 0.6}
"""The columns of the table of all claims that a table of the checked ones has, and their widths."""
FIRST = 12
"""How many claims the table of what to check first has at most."""


@fact(unit="claims")
def claims_checked(record: Record, facts: WatchedFacts) -> Traced:
    """Claims on which there is a verdict.

    Count the claims whose verdict is another than open.
    """
    part = [j for j in judge(record, facts) if j.verdict != "open"]
    claims = record.claims[record.claims["claim_id"].isin([j.claim_id for j in part])]
    rows = [j.finding["row"] for j in part if j.finding]
    return traced(len(part), some(claims), record.findings.loc[rows])


@fact(unit="claims", name="claims_kind_{kind}", over={"kind": list(KINDS)})
def claims_of_kind(record: Record, kind: str) -> Traced:
    """Claims of the kind: {kind}.

    Count the rows of claims.csv of the kind.
    """
    return count(record.claims[record.claims["kind"] == kind])


@fact(unit="claims")
def claims_unsure(record: Record) -> Traced:
    """Claims of which the reading is a guess.

    Count the rows of claims.csv whose column sure says no.
    """
    return count(_column(record.claims, "sure", "no"))


def _column(frame: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
    """Return the rows with a value of a column; none where the table has no such column."""
    return frame[frame[column] == value] if column in frame else frame.iloc[:0]


@table("checked-claims")
def checked_claims_table(record: Record, facts: Ledger) -> Table:
    """Return the claims on which there is a verdict, as the table of all claims has them."""
    whole = all_claims(record, facts)
    kept = {f"claims:{j.claim_id}" for j in judge(record, facts) if j.verdict != "open"}
    return Table(
        facts.join("What has been checked, and what was known of it by {as_of_day}"),
        tuple(replace(whole.columns[n], width=width) for n, width in CHECKED.items()),
        tuple((key, tuple(cells[n] for n in CHECKED)) for key, cells in whole.rows if key in kept),
        note="\\* computed by a rule from the tables.",
    )


@table("open-claims")
def open_claims_table(record: Record, facts: Ledger) -> Table:
    """Return the claims that are open: exact words, their sentence, the value, who says it."""
    claims = _open(record, facts)
    sentences = [record.article.sentence_at(int(claim["start"])) for claim in claims]
    rows = [
        _open_row(facts, claim, "the same" if sentence == before else sentence)
        for claim, sentence, before in zip(claims, sentences, ["", *sentences], strict=False)
    ]
    guessed = facts.known("claims_unsure")
    return Table(
        facts.join("The {verdicts_open} that {verdicts_open:is|are} open, in the article’s order"),
        (
            Column("No.", width=0.42),
            Column("The article’s words", width=1.6, future=True),
            Column("In the sentence", width=2.6, future=True),
            Column("Read as", width=1.1, future=True),
            Column("Who says it", width=0.95),
        ),
        tuple(rows),
        note="? a guess, to be looked at first." if guessed else "",
    )


@table("check-first")
def check_first_table(record: Record, facts: Ledger) -> Table:
    """Return the open claims of the first priority, as many as a page takes."""
    claims = [c for c in _open(record, facts) if c.get("priority") == 1]
    rows: list[Row] = [
        (f"claims:{c['claim_id']}", (_link(c), _words(c), c["label"], _value(facts, c)))
        for c in claims[:FIRST]
    ]
    return Table(
        "What to check first",
        (
            Column("No.", width=0.42),
            Column("The article’s words", width=1.3, future=True),
            Column("Of what", width=2.6, future=True),
            Column("Read as", width=1.1, future=True),
        ),
        tuple(rows),
        note="[Table](#table-open-claims) has all." if len(claims) > FIRST else "",
    )


def _open(record: Record, facts: Ledger) -> list[Mapping[Any, Any]]:
    judged: dict[str, Judgement] = {j.claim_id: j for j in judge(record, facts)}
    claims = some(record.claims).to_dict("records")
    return [c for c in claims if judged[c["claim_id"]].verdict == "open"]


def _open_row(facts: Ledger, claim: Mapping[Any, Any], sentence: str) -> Row:
    cells = (_link(claim), _words(claim), sentence, _value(facts, claim), claim["speaker"])
    return f"claims:{claim['claim_id']}", cells


def _link(claim: Mapping[Any, Any]) -> Cell:
    return [(claim["claim_id"], f"#quote-{claim['claim_id']}")]


def _words(claim: Mapping[Any, Any]) -> str:
    return f"“{claim['exact']}”"


def _value(facts: Ledger, claim: Mapping[Any, Any]) -> Cell:
    """Return a claim's value in the unit that the article gives it in; marked where a guess."""
    mark = " ?" if claim.get("sure") == "no" else ""
    if not claim["value"]:
        return f"–{mark}"
    id = claim["fact_id"]
    form = ":own" if "own" in facts.forms(facts.require(id)) else ""
    return {"markdown": (facts.fill(f"{{{id}{form}}}") or "–") + mark}
