"""No source, row or day later than the as-of day, but for days that a term or pledge sets."""

from dossier.data.known import Record
from dossier.export.reading import Reading
from dossier.gates import Finished
from dossier.text.dates import find_days

UNDATED = ("article", "ledger")
"""Roles whose days are not the edition's: the article's words, and facts compared elsewhere."""


def find(finished: Finished) -> list[str]:
    facts, record = finished.report.facts, finished.report.record
    future = {fact.id for fact in facts.used() if fact.future}
    return [p for reading in finished.readings for p in later(reading, record, future)]


def later(reading: Reading, record: Record, future: set[str]) -> list[str]:
    """Return a problem for each source, row and day that was not known; ``future`` are facts."""
    limit, problems = record.as_of, []
    for id in reading.cited:
        if not record.knows(id):
            problems.append(
                f"#source-{id}: not known on {limit}; cite sources through record.cites"
            )
    for key, place in reading.rows:
        table = key.partition(":")[0]
        exists = table in record.everything and key in record.everything[table].index
        if exists and key not in record.tables[table].index:
            problems.append(f"{place}, row {key}: not known on {limit}; take rows of the record")
    for piece in reading.pieces:
        if piece.role in UNDATED or piece.future or piece.fact in future:
            continue
        problems += [
            f"{piece.place}: {day.day} {day:%B %Y} is later than {limit}; "
            "bind the sentence to a fact of that day"
            for day in find_days(piece.text)
            if day > limit
        ]
    return problems
