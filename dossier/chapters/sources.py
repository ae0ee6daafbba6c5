"""The sources: how much of each was read, where they disagree, under which terms the data stand."""

import pandas as pd

from dossier.data.known import Record
from dossier.data.schema import Resource
from dossier.facts.ledger import Ledger
from dossier.facts.trace import Traced, count, some
from dossier.registry import fact, table
from dossier.show import tables
from dossier.show.tables import Column, Row, Table

THROUGH_OTHERS = "through others"
EXTENTS = ("in full", "in part", "excerpt", THROUGH_OTHERS, "not read")
"""How much of a source was read, the nearest reading first."""


def extent(read: str) -> str:
    """Return how much of a source was read, in words of ``EXTENTS``.

    >>> extent("opening excerpt (about 2,000 characters) of an archived copy")
    'excerpt'
    >>> extent("in full (a transcription)"), extent("not read; cited by others")
    ('in full', 'not read')
    """
    for words in ("in full", "not read", "through"):
        if read.startswith(words):
            return THROUGH_OTHERS if words == "through" else words
    return "excerpt" if "excerpt" in read else "in part"


RANKS = ("primary", "press", "repost", "")
"""Whose word a source is, nearest to the matter first."""


def _read(record: Record, words: str) -> pd.DataFrame:
    sources = record.sources
    return sources[sources["read"].map(extent) == words]


def _of_rank(sources: pd.DataFrame, rank: str) -> pd.DataFrame:
    return sources[sources.get("rank", pd.Series("", sources.index)) == rank]


@fact(unit="sources")
def sources_total(record: Record) -> Traced:
    """Sources known by the as-of day.

    Count the rows of sources.csv known by then.
    """
    return count(record.sources)


@fact(unit="sources", name="sources_{rank}", over={"rank": RANKS[:3]})
def sources_of_rank(record: Record, rank: str) -> Traced:
    """Sources whose rank is: {rank}.

    Count by the column rank.
    """
    return count(some(_of_rank(record.sources, rank)), of=record.sources)


@fact(unit="sources")
def sources_excerpt(record: Record) -> Traced:
    """Sources of which an excerpt was read.

    Count by the column read.
    """
    return count(_read(record, "excerpt"), of=record.sources)


@fact(unit="sources")
def sources_in_full(record: Record) -> Traced:
    """Sources that were read in full.

    Count by the column read.
    """
    return count(_read(record, "in full"), of=record.sources)


@fact(unit="sources")
def sources_in_part(record: Record) -> Traced:
    """Sources of which parts were read: rows, lines, a headline.

    Count by the column read.
    """
    return count(some(_read(record, "in part")), of=record.sources)


@fact(unit="sources")
def sources_through_others(record: Record) -> Traced:
    """Sources that were read through transcriptions by others.

    Count by the column read.
    """
    return count(some(_read(record, THROUGH_OTHERS)), of=record.sources)


@fact(unit="sources")
def sources_not_read(record: Record) -> Traced:
    """Sources that were not read, and are cited since others cite them.

    Count by the column read.
    """
    return count(some(_read(record, "not read")), of=record.sources)


@fact(unit="sources")
def sources_primary_second_hand(record: Record) -> Traced:
    """Primary sources that are known by what others transcribe, quote or report of them.

    Count by the columns read and rank.
    """
    second_hand = pd.concat([_read(record, THROUGH_OTHERS), _read(record, "not read")])
    return count(some(_of_rank(second_hand, "primary")), of=record.sources)


@fact(unit="sources")
def sources_undated(record: Record) -> Traced:
    """Sources that bear no date.

    Count those with an empty published.
    """
    return count(record.sources[record.sources["published"] == ""], of=record.sources)


@fact(unit="points")
def disagreements_total(record: Record) -> Traced:
    """Points on which sources disagree.

    Count the rows of disagreements.csv known by then.
    """
    return count(record.disagreements)


@fact(unit="points")
def disagreements_open(record: Record) -> Traced:
    """Points on which sources disagree and that are left open.

    Count the rows of disagreements.csv whose resolution begins with “Open”.
    """
    told = record.disagreements
    return count(some(told[_are_open(told)]), of=told)


@fact(unit="points")
def disagreements_settled(record: Record) -> Traced:
    """Points on which sources disagree, or seem to, and that are not left open.

    Count the rows of disagreements.csv whose resolution does not begin with “Open”.
    """
    told = record.disagreements
    return count(some(told[~_are_open(told)]), of=told)


def _are_open(told: pd.DataFrame) -> "pd.Series[bool]":
    return told["resolution"].str.startswith("Open")


@table("disagreements-open")
def open_table(record: Record, facts: Ledger) -> Table:
    """Return the points on which sources disagree and that are left open."""
    told = record.disagreements
    caption = "The {disagreements_open} on which sources known by {as_of_day} differ, left open"
    return _differences(record, facts.join(caption), some(told[_are_open(told)]))


@table("disagreements")
def settled_table(record: Record, facts: Ledger) -> Table:
    """Return the points on which sources disagree, or seem to, and that are not left open."""
    told = record.disagreements
    caption = (
        "The {disagreements_settled} on which sources known by {as_of_day} differ, or seem to, and "
        "what we print"
    )
    return _differences(record, facts.join(caption), some(told[~_are_open(told)]))


def _differences(record: Record, caption: str, told: pd.DataFrame) -> Table:
    """Return a table of disagreements: both versions, and what was decided."""
    rows: list[Row] = [
        (
            f"disagreements:{d['disagreement_id']}",
            (
                d["topic"],
                [(d["version_1"] + " ", ""), *_marks(record, d["source_ids_1"])],
                [(d["version_2"] + " ", ""), *_marks(record, d["source_ids_2"])],
                d["resolution"],
            ),
        )
        for d in told.to_dict("records")
    ]
    return Table(
        caption,
        (
            Column("Point", width=1.1),
            Column("One version", width=1.6),
            Column("The other", width=1.8),
            Column("What we made of it", width=2.1),
        ),
        tuple(rows),
    )


def _marks(record: Record, ids: tuple[str, ...]) -> list[tuple[str, str]]:
    runs = tables.cite(record, *ids)
    return [] if runs == [("–", "")] else runs


@table("terms")
def terms_table(record: Record, facts: Ledger) -> Table:
    """Return the terms under which parts of the data stand: those that this edition shows."""
    with_terms = [r for r in record.schema.resources if "attribution" in r]
    rows = [
        (f"datapackage:{r['name']}", (r["path"], r["title"], r["attribution"]))
        for r in with_terms
        if _is_known(record, r)
    ]
    return Table(
        "The data that come with terms of use",
        (Column("File", width=1.2), Column("What it holds", width=2), Column("Terms", width=2)),
        tuple(rows),
    )


def _is_known(record: Record, resource: Resource) -> bool:
    """Return whether a table has rows known by then, or a file's features a source known."""
    if resource["name"] in record.tables:
        return not record.tables[resource["name"]].empty
    named = {
        feature["properties"].get("source_id", "")
        for feature in record.schema.shapes(resource["name"])
    } - {""}
    return not named or any(map(record.knows, named))
