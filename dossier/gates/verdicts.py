"""Where all is known, a rule says of a claim what the newest finding on it does.

In an earlier edition a rule may know more than the finding that was the newest then.
"""

from dossier.chapters.claims import judge
from dossier.gates import Finished


def find(finished: Finished) -> list[str]:
    report = finished.report
    record = report.record
    if report.entity or len(record.sources) < len(record.everything["sources"]):
        return []
    return [
        f"claim {j.claim_id}: its rule says {j.verdict!r}, its newest finding, "
        f"{j.finding['finding_id']}, {j.finding['verdict']!r}; correct one of the two"
        for j in judge(record, report.facts)
        if j.computed and j.finding and j.finding["verdict"] not in ("", j.verdict)
    ]
