"""The blocks of a document, as dataclasses; the one account that exporters set and gates compare.

Texts are lists of runs. ``as_data`` gives a document as plain data, as the PDF's template gets it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Run:
    """A piece of text with one look. ``fact`` is the fact that it prints, ``use`` the id of this
    place; ``href`` is a link, ``#id`` within the document; ``ref`` marks a reference by number;
    ``verdict`` names the verdict that a table's cell says, as its mark is named."""

    text: str
    strong: bool = False
    em: bool = False
    code: bool = False
    href: str = ""
    fact: str = ""
    use: str = ""
    ref: bool = False
    verdict: str = ""


Runs = list[Run]


@dataclass
class Placed:
    """What stands in a chapter; ``cell`` is the number of its cell in the notebook, from one."""

    cell: int = field(default=0, kw_only=True, compare=False)


@dataclass
class Heading(Placed):
    level: int
    runs: Runs
    id: str = ""
    type: str = "heading"


@dataclass
class Paragraph(Placed):
    """A paragraph of prose, a chapter's finding, or a caveat: ``type`` is para, finding or note."""

    runs: Runs
    type: str = "para"


@dataclass
class ListBlock(Placed):
    items: list[Runs]
    ordered: bool = False
    type: str = "list"


@dataclass
class Code(Placed):
    text: str
    type: str = "code"


@dataclass
class PanelItem:
    label: str
    figure: Runs
    found: Runs


@dataclass
class Panel(Placed):
    items: list[PanelItem]
    type: str = "panel"


@dataclass
class TableColumn:
    """A column; ``future`` marks one that may name days after the edition's, such as terms."""

    label: str
    align: str = "left"
    width: float = 1.0
    future: bool = False


@dataclass
class TableBlock(Placed):
    """A table; ``keys`` name the row behind each line, ``anchors`` its id where it is first."""

    id: str
    caption: Runs
    columns: list[TableColumn]
    keys: list[str]
    rows: list[list[Runs]]
    note: Runs = field(default_factory=list)
    find: str = ""
    number: int = 0
    anchors: list[str] = field(default_factory=list)
    type: str = "table"


@dataclass
class FigureBlock(Placed):
    """A figure; ``drawn`` are the values of its artists by series, ``shown`` those of its rows.

    ``told`` is what its marks say when one points at them, by series; ``days`` are the axes of
    ``shown``, x and y, that count days.
    ``texts`` are its labels; ``facts`` and ``quoted`` name what they may say. ``narrow`` is the
    same figure drawn for a phone.
    """

    id: str
    title: Runs
    subtitle: Runs
    alt: str
    svg: str
    drawn: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    told: dict[str, list[str]] = field(default_factory=dict)
    days: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    note: Runs = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    source_line: Runs = field(default_factory=list)
    number: int = 0
    narrow: "FigureBlock | None" = None
    type: str = "figure"

    def drawings(self) -> "list[FigureBlock]":
        """Return the figure, and the same drawn for a phone, where it is."""
        return [self, self.narrow] if self.narrow else [self]


Block = Heading | Paragraph | ListBlock | Code | Panel | TableBlock | FigureBlock


@dataclass
class Chapter:
    """A chapter; ``number`` counts from 1, the first is the summary."""

    id: str
    number: int
    title: str
    blocks: list[Block]


@dataclass
class Use:
    """A place that prints a fact: its id, and the chapter's number."""

    use: str
    chapter: int
    chapter_id: str


@dataclass
class Entry:
    """An entry of the ledger; ``how`` says in short how it came about, ``evidence`` in full."""

    id: str
    label: str
    text: str
    kind: str
    how: str
    quote: str
    evidence: Runs
    sources: list[str]
    source_line: Runs
    uses: list[Use]


@dataclass
class MarkedRun:
    """Words of the article; ``mark`` is the claim or exclusion that covers them, ``verdict`` the
    claim's; ``anchors`` begin here, ``ends`` are the marks that end here, each with what it leads
    to: an id, or nothing."""

    text: str
    mark: str = ""
    excluded: bool = False
    verdict: str = ""
    anchors: list[str] = field(default_factory=list)
    ends: dict[str, str] = field(default_factory=dict)


@dataclass
class Source:
    id: str
    number: int
    title: str
    publisher: str
    url: str
    when: str
    read: str
    """How much of it was read, and where in it that stands."""
    extent: str = ""
    """Its rank and what was read of it, as the list has them, which tells what is usual once."""
    nearness: str = ""
    """Whether it is a copy, or was read through others: what a figure's line says of it."""
    address: str = ""
    """Its address, where the list prints it."""
    archived: str = ""
    """The address of a copy."""


@dataclass
class Words:
    """The texts of the document's own frame, the same in every format."""

    kicker: str = ""
    dateline: Runs = field(default_factory=list)
    article: str = ""
    marks: list[MarkedRun] = field(default_factory=list)
    """A sample of each mark in the article, which says what it means."""
    ledger: str = ""
    sources: str = ""
    reading: str = ""


@dataclass
class Imprint:
    """The foot of a page. ``beside`` are the files of the same edition: what each is, its name.

    ``errors`` is where errors are reported, empty where that is not known; ``data`` names the data
    package, which is made where it is asked for.
    """

    citation: str
    bibtex: str
    licence: str
    errors: Runs
    beside: list[tuple[str, str]]
    data: str


@dataclass
class Document:
    """A document of any kind: report, brief, index, or chapter by itself.

    ``entities`` are the names, by their keys, of what a reader may pick out in tables and figures.
    """

    kind: str
    title: str
    name: str
    chapters: list[Chapter]
    parameters: dict[str, Any] = field(default_factory=dict)
    headline: str = ""
    as_of: str = ""
    newest: bool = True
    keywords: list[str] = field(default_factory=list)
    ledger: list[Entry] = field(default_factory=list)
    article: list[list[MarkedRun]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    words: Words = field(default_factory=Words)
    colours: dict[str, tuple[str, str]] = field(default_factory=dict)
    entities: dict[str, str] = field(default_factory=dict)
    imprint: Imprint | None = None

    def blocks(self) -> Iterator[Block]:
        for chapter in self.chapters:
            yield from chapter.blocks

    def tables(self) -> list[TableBlock]:
        return [block for block in self.blocks() if isinstance(block, TableBlock)]

    def figures(self) -> list[FigureBlock]:
        return [block for block in self.blocks() if isinstance(block, FigureBlock)]


def place_of(chapter: str, cell: int) -> str:
    """Return in words where a cell of a chapter is, from the project's root."""
    return f"notebooks/{chapter}.ipynb, cell {cell}"


def text_of(runs: Runs) -> str:
    """Return the plain text of runs."""
    return "".join(run.text for run in runs)


def runs_in(block: Block) -> Iterator[Runs]:
    """Yield every list of runs of a block, in reading order."""
    if isinstance(block, ListBlock):
        yield from block.items
    elif isinstance(block, Panel):
        for item in block.items:
            yield item.figure
            yield item.found
    elif isinstance(block, TableBlock):
        yield block.caption
        for row in block.rows:
            yield from row
        yield block.note
    elif isinstance(block, FigureBlock):
        yield from (block.title, block.subtitle, block.note, block.source_line)
    elif isinstance(block, Heading | Paragraph):
        yield block.runs
