"""The sources: how much of each was read, where they disagree, under which terms the data stand."""

import datetime

from dossier import data, tables
from dossier.facts import day_text
from dossier.tables import Column, Table


def extent(read: str) -> str:
    """Return how much of a source was read, in one of three words.

    >>> extent("opening excerpt (about 2,000 characters) of an archived copy")
    'excerpt'
    """
    if "excerpt" in read:
        return "excerpt"
    return "in full" if read == "in full" else "data file"


def facts(record, ledger) -> None:
    """Add how many sources there are, and how many were read in full or in an excerpt."""
    extents = record.sources["read"].map(extent)
    ledger.compute(
        "sources_total",
        "Sources known by the as-of day",
        len(extents),
        "sources",
        "count the rows of sources.csv known by then",
    )
    for word, id in (
        ("excerpt", "sources_excerpt"),
        ("in full", "sources_in_full"),
        ("data file", "sources_data"),
    ):
        ledger.compute(
            id,
            f"Sources read: {word}",
            int((extents == word).sum()),
            "sources",
            "count by the column read",
        )
    undated = record.sources[record.sources["published"] == ""]
    ledger.compute(
        "sources_undated",
        "Sources that bear no date",
        len(undated),
        "sources",
        "count those with an empty published",
    )
    ledger.compute(
        "disagreements_total",
        "Points on which sources disagree",
        len(record.disagreements),
        "points",
        "count the rows of disagreements.csv known by then",
        rows=[f"disagreements:{d}" for d in record.disagreements["disagreement_id"]],
    )


def disagreements_table(record, ledger) -> Table:
    """Return the points on which sources disagree, both versions and what was decided."""
    rows = [
        (
            f"disagreements:{d['disagreement_id']}",
            (
                d["topic"],
                [(d["version_1"] + " ", ""), *_marks(record, d["source_ids_1"])],
                [(d["version_2"] + " ", ""), *_marks(record, d["source_ids_2"])],
                d["resolution"],
            ),
        )
        for d in record.disagreements.to_dict("records")
    ]
    return Table(
        "disagreements",
        ledger.fill("The {disagreements_total} on which sources known by {as_of_day} disagree"),
        (
            Column("Point", width=1.1),
            Column("One version", width=1.6),
            Column("The other", width=1.8),
            Column("What was decided", width=2.1),
        ),
        tuple(rows),
        wide=True,
    )


def _marks(record, ids):
    runs = tables.cite(record, *ids)
    return [] if runs == [("–", "")] else runs


def terms_table(record, ledger) -> Table:
    """Return the terms under which parts of the data stand."""
    known = (
        {name for name, table in record.tables.items() if len(table)}
        | {"europe"}
        | ({"front_sketch"} if record.knows("DEEPSTATE_20240708") else set())
    )
    rows = [
        (f"datapackage:{r['name']}", (r["path"], r["title"], r["attribution"]))
        for r in data.package()["resources"]
        if "attribution" in r and r["name"] in known
    ]
    return Table(
        "terms",
        "Terms of the data, where there are any",
        (Column("File", width=1.2), Column("What it holds", width=2), Column("Terms", width=2)),
        tuple(rows),
    )


def parameters_table(parameters) -> Table:
    """Return the effective parameters of the edition."""
    rows = (
        (
            "parameters:as_of",
            (
                "as_of",
                parameters.as_of.isoformat(),
                "last day whose knowledge may appear"
                + (", the newest in the data" if parameters.as_of == parameters.newest else ""),
            ),
        ),
        ("parameters:units", ("units", parameters.units, "which units come first")),
    )
    return Table(
        "parameters",
        "The parameters of this edition",
        (Column("Parameter"), Column("Value"), Column("Meaning", width=2.5)),
        rows,
    )


def when(published: str) -> str:
    """Return a source's day, month or year of publication as printed; ``undated`` where it bears none.

    >>> when("2024-07-07"), when("2025-02"), when("2019"), when("")
    ('7 July 2024', 'February 2025', '2019', 'undated')
    """
    parts = [int(p) for p in published.split("-")] if published else []
    if len(parts) < 2:
        return published or "undated"
    return day_text(
        datetime.date(*parts, *[1] * (3 - len(parts))), "day" if len(parts) == 3 else "month"
    )
