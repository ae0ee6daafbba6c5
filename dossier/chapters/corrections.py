"""What was corrected in the article since it was anchored: a table where there is anything."""

from dossier.data.known import NotKnown, Record
from dossier.facts.ledger import Ledger
from dossier.facts.trace import some
from dossier.registry import table
from dossier.show.tables import Cell, Column, Table
from dossier.text.dates import day_text


@table("corrections")
def corrections_table(record: Record, facts: Ledger) -> Table:
    """Return the article's corrections: the day, the words before and after, the claim."""
    if "corrections" not in record.tables:
        raise NotKnown("no corrections")
    there = set(record.claims["claim_id"])
    rows = [
        (
            f"corrections:{row['correction_id']}",
            (
                day_text(row["day"].date(), "day"),
                f"“{row['old_words']}”",
                f"“{row['new_words']}”",
                _claim(row["claim_id"], there),
            ),
        )
        for row in some(record.corrections).to_dict("records")
    ]
    return Table(
        "What was corrected in the article after it was first read",
        (
            Column("Found on", width=1.1),
            Column("It said", width=2.5),
            Column("It says", width=2.5),
            Column("Claim", width=0.6),
        ),
        tuple(rows),
    )


def _claim(id: str, there: set[str]) -> Cell:
    """Return a link to a claim; its id alone where the claim has gone with its words."""
    return [(id, f"#quote-{id}")] if id in there else id or "–"
