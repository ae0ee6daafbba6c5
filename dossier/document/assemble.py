"""One document out of executed chapters: numbers, places of facts, ledger, article, sources."""

import itertools
import re
from collections.abc import Iterable, Iterator

from nbformat import NotebookNode

from dossier.chapters.claims import VERDICTS
from dossier.data.known import NotKnown
from dossier.document import words
from dossier.document.evidence import (
    evidence_of,
    figure_sources,
    marked_article,
    source_runs,
    sources_of,
    usual,
)
from dossier.document.imprint import imprint_of, report_page
from dossier.document.model import (
    Block,
    Chapter,
    Document,
    Entry,
    FigureBlock,
    Panel,
    Paragraph,
    Run,
    Runs,
    TableBlock,
    Use,
    place_of,
    runs_in,
    text_of,
)
from dossier.document.notebooks import ChapterError, chapter_of
from dossier.errors import Mendable, did_you_mean
from dossier.facts.fact import Fact, FactError, how_of
from dossier.show.briefs import entities, entity_name
from dossier.show.charts import colours_of
from dossier.show.report import Report
from dossier.text.dates import day_text, published_text
from dossier.text.numbers import typeset

SOURCES_SHOWN = 4
"""How many of a fact's sources its entry in the ledger names."""


class MissingReference(Mendable):
    """A reference to a figure or table that is not shown, or is shown twice; names the remedy."""


def assemble(
    notebooks: Iterable[tuple[str, NotebookNode]], report: Report, kind: str = "report"
) -> Document:
    """Return the document of the executed chapters (name, notebook) of an edition.

    Numbers chapters, tables and figures, gives every place that prints a fact an id, and adds the
    ledger, the annotated article and the list of sources.
    """
    chapters = [chapter_of(nb, name, n) for n, (name, nb) in enumerate(notebooks, start=1)]
    settings, record = report.project.settings, report.record
    if report.entity:
        kind = "brief"
        _drop_instructions(chapters[0])
    document = Document(
        kind=kind,
        title=_title(kind, report, chapters),
        name=settings.name,
        chapters=chapters,
        parameters=report.parameters.as_dict(),
        headline=record.article.headline,
        as_of=day_text(record.as_of),
        newest=record.is_newest,
        keywords=list(settings.article.keywords),
        colours=colours_of(report.project),
        entities={} if report.entity or not settings.briefs else entities(record),
    )
    origin = f"{record.origin['publisher']}, {published_text(record.origin['published'])}"
    label = settings.briefs.label if settings.briefs else ""
    document.words = words.frame(
        document.kind, label, origin, document.as_of, report.parameters.units
    )
    name = f"{settings.title}: {document.title}" if report.entity else document.title
    document.imprint = imprint_of(report.project, report.parameters, name, document.as_of)
    number_blocks(document)
    _check_facts(document, report)
    _mark_verdicts(document)
    uses = _mark_uses(document)
    anchors = _anchor_rows(document)
    drawn = [fact for figure in document.figures() for fact in figure.facts]
    facts = _facts_of(report, [*uses, *drawn])
    evidence = evidence_of(facts, anchors, kind != "report")
    document.ledger = [
        _entry(fact, told, uses.get(fact.id, []), report)
        for fact, told in zip(facts, evidence, strict=True)
    ]
    if kind == "report":
        verdicts = _verdicts(report)
        document.article = marked_article(report.record, anchors, verdicts)
        given = [verdict for verdict in VERDICTS if verdict in verdicts.values()]
        document.words.article = words.ARTICLE
        document.words.marks = words.marks(given, not report.record.exclusions.empty)
    cited = _cited(document).union(*(fact.sources for fact in facts))
    document.words.sources += words.usual(*(usual(record, cited, c) for c in ("rank", "read")))
    document.sources = sources_of(record, cited, whole=kind == "report")
    for figure in document.figures():
        figure.source_line = figure_sources(figure, document.sources)
    if kind == "brief":
        _lead_to_report(document, report_page(report.project, report.parameters))
    _resolve_links(document)
    return document


def _lead_to_report(document: Document, page: str) -> None:
    """Let the claims that a brief's tables name lead to their words in the report."""
    for run in _all_runs(document):
        if run.href.startswith("#quote-"):
            run.href = page + run.href


def _verdicts(report: Report) -> dict[str, str]:
    """Return the verdicts, each by its claim."""
    return {
        claim: report.facts.text(f"verdict_{claim.lower()}")
        for claim in report.record.claims["claim_id"]
        if report.facts.known(f"verdict_{claim.lower()}")
    }


def _title(kind: str, report: Report, chapters: list[Chapter]) -> str:
    if kind == "brief":
        return entity_name(report.record)
    return chapters[0].title if kind == "chapter" else report.project.settings.title


def single_chapter(notebook: NotebookNode, name: str, report: Report) -> Document:
    """Return the document of one executed chapter of an edition by itself, with its evidence."""
    return assemble([(name, notebook)], report, "chapter")


def _drop_instructions(chapter: Chapter) -> None:
    """Leave out what a brief's first cell tells its user: it begins with its finding."""
    found = [
        n
        for n, block in enumerate(chapter.blocks)
        if isinstance(block, Paragraph) and block.type == "finding"
    ]
    chapter.blocks = chapter.blocks[found[0] if found else 0 :]


def number_blocks(document: Document) -> None:
    """Number figures and tables, put the numbers into the references to them, set the texts.

    Raises MissingReference where a sentence refers to what is not shown, or two blocks have one id.
    """
    numbers = _number(document, TableBlock) | _number(document, FigureBlock)
    _set_labels(document)
    for place, run in _placed_runs(document):
        run.text = typeset(run.text)
        if run.href.startswith(("#figure-", "#table-")):
            if run.href not in numbers and document.kind == "chapter":  # it stands in another
                continue
            if run.href not in numbers:
                hint = did_you_mean(run.href, numbers, "correct it")
                raise MissingReference(
                    f"{place}: refers to {run.href!r}, which this edition does not show; "
                    f"bind the sentence to a fact that is known only with it, or {hint}"
                )
            run.text, run.ref = f"{run.text} {numbers[run.href]}", True


def _number(document: Document, kind: type[TableBlock | FigureBlock]) -> dict[str, int]:
    """Number tables or figures; return the numbers by the targets of links to them."""
    numbers: dict[str, int] = {}
    first: dict[str, str] = {}
    for place, block in _placed(document):
        if not isinstance(block, kind):
            continue
        target = f"#{block.type}-{block.id}"
        if target in numbers:
            raise MissingReference(
                f"{place}: shows the {block.type} {block.id!r}, as {first[target]} does; "
                "show it once"
            )
        first[target] = place
        block.number = numbers[target] = len(numbers) + 1
    return numbers


def _placed(document: Document) -> Iterator[tuple[str, Block]]:
    """Yield each block with where it is made, in words."""
    for chapter in document.chapters:
        yield from ((place_of(chapter.id, block.cell), block) for block in chapter.blocks)


def _placed_runs(document: Document) -> Iterator[tuple[str, Run]]:
    for place, block in _placed(document):
        yield from ((place, run) for runs in runs_in(block) for run in runs)


def _check_facts(document: Document, report: Report) -> None:
    """Raise ChapterError where a chapter prints a fact that it made itself, or nobody knew."""
    for place, run in ((place, run) for place, run in _placed_runs(document) if run.fact):
        try:
            fact = report.facts.require(run.fact)
        except FactError as error:
            raise ChapterError(f"{place}: {error}; a fact made in a notebook is none") from None
        except NotKnown as error:
            raise ChapterError(f"{place}: {error}; name it in braces") from None
        if not fact.rows and not fact.inputs:
            raise ChapterError(
                f"{place}: the fact {fact.id!r} names neither rows nor facts that it rests on; "
                "make it a function of analysis/"
            )


def _set_labels(document: Document) -> None:
    """Set the labels of columns and key figures, which are no runs."""
    for block in document.blocks():
        if isinstance(block, TableBlock):
            for column in block.columns:
                column.label = typeset(column.label)
        if isinstance(block, Panel):
            for item in block.items:
                item.label = typeset(item.label)


def _all_runs(document: Document) -> Iterable[Run]:
    return (run for block in document.blocks() for runs in runs_in(block) for run in runs)


def _mark_verdicts(document: Document) -> None:
    """Name the verdict of each cell that says one and nothing else, but for a footnote's star."""
    cells = (cell for table in document.tables() for row in table.rows for cell in row)
    for cell in cells:
        words = text_of(cell).removesuffix("*")
        if words in VERDICTS:
            for run in cell:
                run.verdict = words.replace(" ", "-")


def _mark_uses(document: Document) -> dict[str, list[Use]]:
    """Give every place that prints a fact an id; return the places by fact."""
    uses: dict[str, list[Use]] = {}
    numbers = itertools.count(1)
    for chapter in document.chapters:
        runs = (r for block in chapter.blocks for runs in runs_in(block) for r in runs)
        for run in (r for r in runs if r.fact):
            run.use = f"use-{next(numbers)}"
            uses.setdefault(run.fact, []).append(Use(run.use, chapter.number, chapter.id))
    return uses


def _facts_of(report: Report, printed: list[str]) -> list[Fact]:
    """Return the facts of the ledger: those that are printed, and those that they rest on.

    They stand in the order of their definition; then cells, by their ids.
    """
    ledger = report.facts
    wanted = set(printed)
    waiting = list(printed)
    while waiting:
        id = waiting.pop()
        wanted.add(id)
        waiting += [i for i in ledger.require(id).inputs if i not in wanted]
    place = {id: n for n, id in enumerate(sorted(wanted))}
    facts = [fact for fact in ledger.used() if fact.id in wanted]
    defined = {id: n for n, id in enumerate(ledger)}
    return sorted(facts, key=lambda f: (f.id not in defined, defined.get(f.id, place[f.id])))


def _anchor_rows(document: Document) -> dict[str, str]:
    """Give each row of the tables an id where it is first printed; return the ids by key."""
    anchors: dict[str, str] = {}
    for table in document.tables():
        table.anchors = []
        for key in table.keys:
            first = key not in anchors
            anchors.setdefault(key, "row-" + re.sub(r"[^\w:.-]+", "-", key))
            table.anchors.append(anchors[key] if first else "")
    return anchors


def _entry(fact: Fact, evidence: Runs, places: list[Use], report: Report) -> Entry:
    return Entry(
        id=fact.id,
        label=fact.label,
        text=typeset(report.facts.text(fact.id)),
        kind=fact.kind,
        how=how_of(fact),
        quote=fact.quote,
        evidence=evidence,
        sources=list(fact.sources),
        source_line=source_runs(report.record, fact.sources, SOURCES_SHOWN),
        uses=places,
    )


def _cited(document: Document) -> set[str]:
    """Return the sources that the chapters name."""
    cited = {s for block in document.figures() for s in block.sources}
    for run in _all_runs(document):
        if run.href.startswith("#source-"):
            cited.add(run.href.removeprefix("#source-"))
    return cited


def _resolve_links(document: Document) -> None:
    """Take out the links that lead nowhere in this document."""
    targets = {f"fact-{entry.id}" for entry in document.ledger}
    targets |= {f"source-{source.id}" for source in document.sources}
    targets |= {anchor for table in document.tables() for anchor in table.anchors}
    targets |= {a for p in document.article for run in p for a in run.anchors}
    of_entries = (run for e in document.ledger for run in (*e.evidence, *e.source_line))
    for run in (*_all_runs(document), *of_entries):
        if run.href.startswith("#") and not run.ref and run.href[1:] not in targets:
            run.href = ""
        if run.fact and f"fact-{run.fact}" not in targets:
            run.fact = run.use = ""
