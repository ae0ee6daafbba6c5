"""What every dossier has: the article's figures and verdicts, the timeline, the sources."""

from dossier.data.known import Record
from dossier.facts.trace import Traced
from dossier.registry import fact


@fact(unit="date")
def as_of_day(record: Record) -> Traced:
    """The last day whose knowledge may appear.

    Chosen when the report was made.
    """
    return Traced(record.as_of, ("parameters:as_of",))
