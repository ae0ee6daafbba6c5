"""Every numeric or temporal expression of the article lies in a claim or in an exclusion."""

from dossier.data.known import Record
from dossier.gates import Finished


def find(finished: Finished) -> list[str]:
    if finished.document.kind != "report":
        return []
    return uncovered(finished.report.record)


def uncovered(record: Record) -> list[str]:
    """Return a problem for each expression that no claim and no exclusion covers."""
    article = record.article
    rows = [r for t in (record.claims, record.exclusions) for r in t.to_dict("records")]
    spans = [(int(r["start"]), int(r["end"])) for r in rows]
    return [
        f"article.txt at {start}: {article.text[start:end]!r} in "
        f"{article.sentence_at(start)[:80]!r} is in no claim; "
        "add a row to claims.csv, or to exclusions.csv with a reason"
        for start, end in article.uncovered(spans)
    ]
