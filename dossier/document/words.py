"""The texts of a document's own frame, in English: what is around the chapters."""

from collections.abc import Iterable

from dossier.document.model import MarkedRun, Run, Runs, Words

REPORT = "Dossier: one article against the record"
ARTICLE = (
    "The whole text, with each checked passage marked by its verdict; unmarked passages were not "
    "checked. The code beside a mark leads to what the record shows, or to the reason."
)
OPEN = "open: nothing was known yet"
EXCLUDED = "not checked separately, for a reason"
LEDGER = (
    "Where each number of the report comes from: how it came about, from which rows and sources, "
    "and where it is printed."
)
LEDGER_OF_CHAPTER = (
    "Every number the chapter prints: what it is, how it came about, from which rows and sources."
)
LEDGER_OF_BRIEF = (
    "Every number the brief prints: what it is, how it came about, from which rows and sources."
)
SOURCES = "The sources that this report cites, with how much of each was read."
RANK = {
    "press": "a press report or another publication",
    "primary": "a primary source",
    "repost": "a repost",
}
RANK_USUAL = " Where an entry does not say what it is, it is {}."
READ_USUAL = " Where it does not say how much was read, it was this: {}."
NUMBERS = " Numbers are those of the whole list, so some are missing here."
READING = (
    "Every underlined number links to its entry in the ledger. The entry says whether the number "
    "comes from the article, a table or a calculation, names its sources, and links back to the "
    "places where it appears. A table names the sources of its rows. A number in square "
    "brackets leads to the list of sources, which says how much of each source was read."
)
MORE_SOURCES = " and others"
SYSTEMS = {"imperial": "imperial", "metric": "metric"}


def frame(kind: str, label: str, origin: str, as_of: str, units: str) -> Words:
    """Return the texts of a report or a brief; ``label`` says what such a brief is."""
    brief = kind == "brief"
    return Words(
        kicker=f"Dossier: {label}" if brief else REPORT,
        dateline=_dateline(origin, as_of, units),
        ledger={"brief": LEDGER_OF_BRIEF, "chapter": LEDGER_OF_CHAPTER}.get(kind, LEDGER),
        sources=SOURCES if brief else SOURCES + NUMBERS,
        reading=READING,
    )


def marks(given: Iterable[str], excluded: bool) -> list[MarkedRun]:
    """Return a sample of each mark in the article: of the verdicts given, of what is excluded."""
    told = [MarkedRun(OPEN if v == "open" else v, verdict=v) for v in given]
    return told + [MarkedRun(EXCLUDED, excluded=True)] * excluded


def _dateline(origin: str, as_of: str, units: str) -> Runs:
    return [
        Run(f"The article: {origin}. Based on what was known by "),
        Run(as_of, strong=True),
        Run(f"; {SYSTEMS[units]} units first."),
    ]


def usual(rank: str, read: str) -> str:
    """Return the sentence on the rank, and on what was read, of sources that do not say them."""
    told = {RANK.get(rank, rank): RANK_USUAL, read: READ_USUAL}
    return "".join(words.format(found) for found, words in told.items() if found)


def index_dateline(as_of: str) -> Runs:
    """Return what a page that lists many reports says of its day."""
    return [Run("What was known by "), Run(as_of, strong=True), Run(".")]
