"""The evidence at the end of a document: how facts came about, the article's marks, the sources."""

import itertools
from collections.abc import Iterable, Mapping

from dossier.chapters.sources import THROUGH_OTHERS, extent
from dossier.data.known import Record
from dossier.document.model import FigureBlock, MarkedRun, Run, Runs, Source
from dossier.document.words import MORE_SOURCES
from dossier.facts.fact import Fact, how_of
from dossier.text.dates import published_text

ROWS_SHOWN, INPUTS_SHOWN = 3, 2
"""How many of a fact's rows, and of the facts it rests on, its entry in the ledger names."""

FIGURE_SOURCES = 8
"""How many sources are named below a figure."""

IN_COPY = "in copy"
READINGS = ("", IN_COPY, THROUGH_OTHERS)
"""What is said of a source below a figure, the nearest reading, of which nothing is said, first."""

MOST = 0.5
"""The share of the cited sources above which what is usual is told once, for all."""


def evidence_of(facts: Iterable[Fact], anchors: dict[str, str], brief: bool) -> list[Runs]:
    """Return how each of the facts of a ledger came about.

    A rule is told once, at the first fact that it computed; the next ones name that fact.
    ``anchors`` are the ids of rows that the document prints; in a brief the article is not.
    """
    facts = list(facts)
    labels, first = {fact.id: fact.label for fact in facts}, dict[str, Fact]()
    for fact in facts:
        first.setdefault(how_of(fact), fact)
    return [_evidence(fact, first[how_of(fact)], labels, anchors, brief) for fact in facts]


def _evidence(
    fact: Fact, first: Fact, labels: Mapping[str, str], anchors: dict[str, str], brief: bool
) -> Runs:
    """Return the rule, the facts and rows that a fact rests on, the quotation."""
    told = fact.kind == "computed" and first is not fact
    again = told and len(how_of(fact)) > len(first.label)
    same = Run("By the same rule as: "), Run(first.label, href=f"#fact-{first.id}")
    runs = [*same] if again else []
    runs = runs or [Run(how_of(fact))]
    inputs = () if again and fact.inputs == first.inputs else fact.inputs
    for n, id in enumerate(inputs[:INPUTS_SHOWN]):
        runs += [Run("; from: " if n == 0 else "; "), Run(labels[id], href=f"#fact-{id}")]
    if len(inputs) > INPUTS_SHOWN:
        runs.append(Run(f"; and {len(inputs) - INPUTS_SHOWN} more"))
    shown = fact.rows[:ROWS_SHOWN]
    table = ""
    for row in shown:
        name, _, key = row.partition(":")
        lead = f" · {name} " if not table else ", " if name == table else f"; {name} "
        runs += [Run(lead), Run(key, href=_target(row, anchors, brief))]
        table = name
    if len(fact.rows) > len(shown):
        runs.append(Run(f" and {len(fact.rows) - len(shown)} more"))
    if fact.quote:
        runs.append(Run(f" · “{fact.quote}”"))
    return runs


def _target(row: str, anchors: dict[str, str], brief: bool) -> str:
    """Return where a fact's row is found: in the annotated article, in a table, or nowhere."""
    table, _, key = row.partition(":")
    if table == "claims" and not brief:
        return f"#quote-{key}"
    return f"#{anchors[row]}" if row in anchors else ""


def source_runs(record: Record, ids: Iterable[str], most: int) -> Runs:
    """Return the numbers of sources in brackets, each a link; an ellipsis for more."""
    numbers, cited = record.source_numbers, record.cites(*ids)
    runs = _numbered((id, numbers[id]) for id in cited[:most])
    return runs + [Run(" …")] * (len(cited) > most)


def _numbered(sources: Iterable[tuple[str, int]]) -> Runs:
    """Return the numbers of sources, given by id and number, in brackets, each a link."""
    runs: Runs = []
    for id, number in sources:
        runs += [Run(" ")] * bool(runs) + [Run(f"[{number}]", href=f"#source-{id}")]
    return runs


def figure_sources(figure: FigureBlock, sources: list[Source]) -> Runs:
    """Return the line of sources below a figure, those that were not read themselves last."""
    told = {source.id: source for source in sources}
    known = [told[id] for id in figure.sources if id in told]
    shown, runs = sorted(known[:FIGURE_SOURCES], key=lambda s: READINGS.index(s.nearness)), Runs()
    for reading, group in itertools.groupby(shown, key=lambda s: s.nearness):
        first = "Sources" if len(known) > 1 else "Source"
        runs.append(Run("; " if runs else first + ", " * bool(reading)))
        runs.append(Run(f"{reading}: "))
        runs += _numbered((source.id, source.number) for source in group)
    return runs + [Run(MORE_SOURCES)] * (len(known) > FIGURE_SOURCES)


def usual(record: Record, cited: set[str], column: str) -> str:
    """Return what a column has of more than half of the cited sources; nothing where none is."""
    if column not in record.sources:
        return ""
    values = record.sources.loc[record.sources["source_id"].isin(cited), column]
    shares = values.value_counts(normalize=True)
    return str(shares.index[0]) if len(shares) and shares.iloc[0] > MOST else ""


def nearness(read: str, rank: str) -> str:
    """Return what a figure says of a source, in words of ``READINGS``.

    >>> nearness("in full", "repost"), nearness("through a transcription", "primary")
    ('in copy', 'through others')
    """
    if extent(read) == THROUGH_OTHERS:
        return THROUGH_OTHERS
    return IN_COPY if rank == "repost" else ""


def sources_of(record: Record, cited: set[str], whole: bool) -> list[Source]:
    """Return the cited sources that were known, in the order of the table.

    Addresses are printed in a ``whole`` report; rank and what was read where they are not usual.
    """
    numbers, sources = record.source_numbers, []
    ranked, opened = (usual(record, cited, column) for column in ("rank", "read"))
    for row in record.sources.to_dict("records"):
        if row["source_id"] in cited:
            rank = row.get("rank") or ""
            read = "; ".join(filter(None, (row["read"], row.get("locator"))))
            told = [f"{rank.capitalize()}."] if rank and rank != ranked else []
            told += [f"Read: {read}."] if read != opened else []
            source = Source(
                id=row["source_id"],
                number=numbers[row["source_id"]],
                title=row["title"],
                publisher=row["publisher"],
                url=row["url"],
                when=published_text(row["published"]),
                read=read,
                extent=" ".join(told),
                nearness=nearness(row["read"], rank),
                archived=row.get("archived") or "",
                address=row["url"] if whole else "",
            )
            sources.append(source)
    return sources


Mark = tuple[int, int, str, str]
"""Start, end, the table, claims or exclusions, and the id."""


def marked_article(
    record: Record, rows: Mapping[str, str], verdicts: Mapping[str, str]
) -> list[list[MarkedRun]]:
    """Return the article as paragraphs of runs; a claim's words carry its number.

    ``rows`` are the ids of rows that the document prints, by their keys; ``verdicts`` those on the
    claims, by their ids.
    """
    claims, exclusions = (record.tables[t].to_dict("records") for t in ("claims", "exclusions"))
    marks: list[Mark] = [(int(c["start"]), int(c["end"]), "claims", c["claim_id"]) for c in claims]
    marks += [(int(x["start"]), int(x["end"]), "exclusions", x["exclusion_id"]) for x in exclusions]
    paragraphs, start = [], 0
    for line in record.article.text.split("\n"):
        if line:
            paragraphs.append(_marked(line, start, marks, rows, verdicts))
        start += len(line) + 1
    return paragraphs


def _marked(
    line: str, offset: int, marks: list[Mark], rows: Mapping[str, str], verdicts: Mapping[str, str]
) -> list[MarkedRun]:
    inside = [m for m in marks if offset <= m[0] < offset + len(line)]
    cuts = sorted({0, len(line)} | {p - offset for m in inside for p in m[:2]})
    runs = []
    for begin, end in itertools.pairwise(cuts):
        covering = [m for m in inside if m[0] <= begin + offset and end + offset <= m[1]]
        run = MarkedRun(line[begin:end])
        if covering:
            _, _, table, run.mark = min(covering, key=lambda m: m[1] - m[0])
            run.excluded = table == "exclusions"
            run.verdict = verdicts.get(run.mark, "").replace(" ", "-")
            ending = [m[2:] for m in covering if m[1] == end + offset]
            run.ends = {mark: rows.get(f"{table}:{mark}", "") for table, mark in ending}
            run.anchors = [f"quote-{m[3]}" for m in covering if m[0] == begin + offset]
        runs.append(run)
    return runs
