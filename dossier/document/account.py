"""What every file of a document prints, in reading order: the account that the gates compare with.

Page numbers, running heads, the contents and the ledger's column of places are left out: they
differ by nature.
"""

import html
import re
from collections.abc import Iterator

from dossier.document.model import (
    Block,
    Chapter,
    Code,
    Document,
    FigureBlock,
    Panel,
    Paragraph,
    TableBlock,
    runs_in,
    text_of,
)

_SVG_TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.S)


def svg_texts(svg: str) -> list[str]:
    """Return the texts of a figure, in the order in which they are drawn."""
    found = _SVG_TEXT.findall(svg)
    return [html.unescape(re.sub(r"<[^>]+>", "", text)).strip() for text in found]


def places(document: Document) -> Iterator[tuple[str, list[str]]]:
    """Yield (place, pieces of text) for all that every format prints."""
    words = document.words
    if document.kind != "index":
        dateline = text_of(words.dateline)
        yield "title", [words.kicker, document.title, f"“{document.headline}”", dateline]
    for n, chapter in enumerate(document.chapters):
        yield from _of_chapter(chapter, document.kind == "report")
        if n == 0:
            yield from _of_article(document)
    for n, entry in enumerate(document.ledger):
        intro = [words.ledger] if n == 0 else []
        texts = [entry.label, entry.text, text_of(entry.evidence)]
        yield f"ledger {entry.id}", [*intro, *texts, text_of(entry.source_line)]
    for n, source in enumerate(document.sources):
        intro = [words.sources] if n == 0 else []
        told = [source.extent, "A copy."] if source.archived else [source.extent]
        whole = " ".join(
            [f"{source.title}. {source.publisher}, {source.when}.", *filter(None, told)]
        )
        yield f"source {source.id}", [*intro, str(source.number), whole, source.address]


def _of_article(document: Document) -> Iterator[tuple[str, list[str]]]:
    for n, paragraph in enumerate(document.article, start=1):
        told = document.words
        intro = [told.article, *(mark.text for mark in told.marks)] if n == 1 else []
        texts = [run.text + "".join(run.ends) for run in paragraph]
        yield f"article, paragraph {n}", [*intro, *texts]


def _of_chapter(chapter: Chapter, with_title: bool) -> Iterator[tuple[str, list[str]]]:
    if with_title:
        number = [str(chapter.number - 1)] if chapter.number > 1 else []
        yield chapter.id, [*number, chapter.title]
    for position, block in enumerate(chapter.blocks, start=1):
        if isinstance(block, FigureBlock):
            yield from _of_figure(block)
        else:
            yield _place(chapter, position, block), _pieces(block)


LABELS = ", labels"
"""What the place of a figure's labels ends with: a reader gets them in any order."""


def _of_figure(figure: FigureBlock) -> Iterator[tuple[str, list[str]]]:
    place = f"figure {figure.id}"
    yield place, [f"Figure {figure.number}", text_of(figure.title), text_of(figure.subtitle)]
    yield place + LABELS, svg_texts(figure.svg)
    yield f"{place}, below", [text_of(figure.note), text_of(figure.source_line)]


def _place(chapter: Chapter, position: int, block: Block) -> str:
    if isinstance(block, TableBlock):
        return f"table {block.id}"
    return f"{chapter.id}, block {position}"


def _pieces(block: Block) -> list[str]:
    if isinstance(block, TableBlock):
        cells = [text_of(cell) for row in block.rows for cell in row]
        heads = [column.label for column in block.columns]
        return [
            f"Table {block.number}",
            text_of(block.caption),
            *heads,
            *cells,
            text_of(block.note),
        ]
    if isinstance(block, Panel):
        items = ((i.label, text_of(i.figure), text_of(i.found)) for i in block.items)
        return [text for item in items for text in item]
    if isinstance(block, Code):
        return [block.text]
    return [text_of(runs) for runs in runs_in(block)]


ARTICLE = "The article, marked"
APPENDICES = (("A", "The ledger"), ("B", "Sources"))


def finding(chapter: Chapter) -> str:
    """Return what a chapter finds, as the contents tell it; nothing of the first."""
    found = (b for b in chapter.blocks if isinstance(b, Paragraph) and b.type == "finding")
    return "" if chapter.number == 1 else next((text_of(b.runs) for b in found), "")


def contents(document: Document) -> list[str]:
    """Return the entries of the contents, without their pages.

    A chapter's has its title and, on a line of its own, what it finds; the first stands before the
    contents, with what it finds. Then follow all figures, and all tables.
    """
    if document.kind != "report":
        return []
    entries = []
    for chapter in document.chapters:
        title = f"{chapter.number - 1 or ''} {chapter.title}".strip()
        found = finding(chapter)
        entries.append(f"{title}\n{found}" if found else title)
        if chapter.number == 1 and document.article:
            entries.append(ARTICLE)
    entries += [f"{letter} {title}" for letter, title in APPENDICES]
    entries += [f"Figure {f.number} {text_of(f.title)}" for f in document.figures()]
    return entries + [f"Table {t.number} {text_of(t.caption)}" for t in document.tables()]
