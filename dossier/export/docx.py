"""Word: the document for an editor, with Word's own headings, captions, footnotes and fields.

python-docx makes the package, its pictures and sections; texts and tables are its XML elements.
"""

import datetime
import io
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm
from lxml import etree

from dossier.document.account import APPENDICES, ARTICLE, finding
from dossier.document.model import (
    Block,
    Chapter,
    Code,
    Document,
    Entry,
    FigureBlock,
    Heading,
    ListBlock,
    MarkedRun,
    Panel,
    Paragraph,
    Run,
    Runs,
    TableBlock,
    text_of,
)
from dossier.export.archives import archive, unpacked
from dossier.export.claims import Claims
from dossier.export.docx_reader import read as read
from dossier.export.typesetting import FOLDER, png
from dossier.export.wordml import FACTS, SVG_NS, bookmark, el, field, paragraph, run, tab

SUFFIX = ".docx"
PAPER = {"a4": (Mm(210), Mm(297)), "letter": (Mm(215.9), Mm(279.4))}
MARGIN = Mm(20)
ROW_OF_PANEL = 3
"""How many key figures stand beside each other."""
MARKS = {"confirmed": "Confirmed", "imprecise": "Imprecise", "contradicted": "Contradicted"}
"""The styles of the article's claims by their verdicts; another one is unverified."""
LEDGER = (1.75, 1.15, 2.6, 0.7, 0.6)
"""The widths of the ledger's columns as shares."""
SVG_USE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The id by which Word knows that a picture has an SVG beside its PNG."""


def render(document: Document, claims: Claims = Claims()) -> bytes:  # noqa: B008 (it is frozen)
    """Return the document as a Word file, with facts.json as a part of its own."""
    writer = _Writer(document)
    writer.write()
    if claims.facts:
        writer.embed(claims.facts)
    stream = io.BytesIO()
    writer.file.save(stream)
    return archive(unpacked(stream.getvalue()))


def _style_of(run: Run) -> str:
    if run.strong:
        return "Strong"
    return "Emphasis" if run.em else "Id" if run.code else ""


def _mark(words: MarkedRun) -> str:
    return "LeftOut" if words.excluded else MARKS.get(words.verdict, "Unverified")


def _label_target(block: TableBlock | FigureBlock) -> str:
    return f"{block.type}-{block.id}"


class _Writer:
    """Writes a document block by block; the parts that Word keeps apart are kept here."""

    def __init__(self, document: Document):
        self.document = document
        self.file = docx.Document()
        self.whole = document.kind == "report"
        self.numbers = itertools.count(1)
        self.footnotes = self._add_footnotes()
        self._set_properties()
        self._set_styles()
        self._set_page()

    # -- the frame

    def _set_properties(self) -> None:
        """Set what Word says of the file; its dates are the edition's, on whatever day it is."""
        day = self.document.parameters.get("as_of", "2000-01-01")
        stamp = datetime.datetime.fromisoformat(day)
        properties = self.file.core_properties
        properties.title, properties.subject = self.document.title, self.document.headline
        properties.author = properties.last_modified_by = "dossier"
        properties.comments, properties.language = "", "en-GB"
        properties.keywords = ", ".join(self.document.keywords)
        properties.created = properties.modified = stamp
        properties.revision = 1

    def _set_styles(self) -> None:
        sheet = parse_xml((FOLDER / "templates" / "styles.docx.xml").read_bytes())
        styles = self.file.styles.element
        for old in list(styles):
            styles.remove(old)
        styles.extend(list(sheet))
        settings = self.file.settings.element
        compat = settings.find(qn("w:compat"))
        separators = [el("footnote", id=id) for id in (-1, 0)]
        compat.addprevious(el("footnotePr", *separators))
        compat.find(qn("w:compatSetting")).set(qn("w:val"), "15")  # else Word says: old format
        settings.find(qn("w:themeFontLang")).set(qn("w:val"), "en-GB")

    def _set_page(self) -> None:
        section = self.file.sections[0]
        paper = self.document.parameters.get("paper", "a4")
        section.page_width, section.page_height = PAPER[paper]
        section.left_margin = section.right_margin = section.top_margin = MARGIN
        section.bottom_margin = MARGIN
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True  # it bears the title itself
        words = f"{self.document.title}, as of {self.document.as_of}"
        section.header._element[:] = [paragraph("Header", run(words))]
        for footer in (section.footer, section.first_page_footer):
            footer._element[:] = [paragraph("Footer", *field("PAGE", run("1")))]

    def _add_footnotes(self) -> Any:
        """Add the part of the footnotes, which python-docx has none of; return its element."""
        marks = zip((-1, 0), ("separator", "continuationSeparator"), strict=True)
        element = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        element.extend(
            el("footnote", el("p", el("r", el(kind))), type=kind, id=id) for id, kind in marks
        )
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        self.notes = XmlPart(PackURI("/word/footnotes.xml"), kind, element, self._package)
        self.file.part.relate_to(self.notes, RELATION.FOOTNOTES)
        return element

    @property
    def _package(self) -> Any:
        return self.file.part.package

    def embed(self, facts: str) -> None:
        """Put facts.json into a part of its own."""
        element = etree.Element(f"{{{FACTS}}}facts", nsmap={None: FACTS})
        element.text = facts
        item = Part(
            PackURI("/customXml/item2.xml"),
            "application/xml",
            etree.tostring(element, xml_declaration=True, encoding="UTF-8"),
            self._package,
        )
        self.file.part.relate_to(item, RELATION.CUSTOM_XML)

    # -- texts

    def add(self, *elements: Any) -> None:
        """Add elements to the body, before the properties of its last section."""
        last = self.file.element.body[-1]
        for element in elements:
            last.addprevious(element)

    def _marked(self, id: str, *content: Any) -> list[Any]:
        """Return content inside a bookmark."""
        number = next(self.numbers)
        name = bookmark(id)
        return [el("bookmarkStart", id=number, name=name), *content, el("bookmarkEnd", id=number)]

    def _link(self, target: str, *content: Any, part: Any = None) -> Any:
        """Return a link to an address, or to ``#id`` in this document."""
        if target.startswith("#"):
            return el("hyperlink", *content, anchor=bookmark(target[1:]), history=1)
        part = part or self.file.part
        link = el("hyperlink", *content, history=1)
        link.set(qn("r:id"), part.relate_to(target, RELATION.HYPERLINK, is_external=True))
        return link

    def runs(self, runs: Runs, part: Any = None) -> list[Any]:
        """Return runs as elements; ``part`` holds the addresses of their links."""
        return [e for piece in runs for e in self._of_run(piece, part)]

    def _of_run(self, piece: Run, part: Any) -> list[Any]:
        if piece.fact:
            link = self._link(f"#fact-{piece.fact}", run(piece.text, "Fact"))
            return self._marked(piece.use, link)
        if piece.ref:
            words, _, number = piece.text.rpartition(" ")
            name = bookmark(f"{piece.href[1:]}-number")
            number_field = field(f"REF {name} \\h", run(number, "Reference"))
            return [run(f"{words}\u00a0", "Reference"), *number_field]
        if piece.href:
            return [self._link(piece.href, run(piece.text, "Hyperlink"), part=part)]
        return [run(piece.text, _style_of(piece))]

    # -- blocks

    def write(self) -> None:
        document, words = self.document, self.document.words
        if words.kicker:
            self.add(paragraph("Kicker", run(words.kicker)))
        self.add(paragraph("Title", run(document.title)))
        if words.kicker:
            self.add(paragraph("Subtitle", run(f"“{document.headline}”")))
        if words.dateline:
            self.add(paragraph("Dateline", *self.runs(words.dateline)))
        for chapter in document.chapters:
            self._chapter(chapter)
            if chapter.number == 1 and document.article:
                self._article()
        if document.ledger:
            self._ledger()
            self._sources()

    def _chapter(self, chapter: Chapter) -> None:
        if self.whole:
            number = [run(f"{chapter.number - 1}", "Reference"), run("  ")]
            if chapter.number == 1:
                self._heading(1, f"chapter-{chapter.id}", run(chapter.title))
            else:
                self._opening(f"chapter-{chapter.id}", *number, run(chapter.title))
        for section in _sections(chapter.blocks):
            for position, block in enumerate(section):
                self._block(block, section[position + 1 :])
        if self.whole and chapter.number == 1:
            self._contents()

    def _opening(self, id: str, *heading: Any) -> None:
        """Begin a chapter or an appendix on a page of its own."""
        self._heading(1, id, *heading)
        self.file.element.body[-2].pPr.append(el("pageBreakBefore"))

    @property
    def _width(self) -> int:
        """EMU: the width of the text on the pages of the section."""
        return int(self.file.sections[-1].page_width or 0) - 2 * MARGIN

    def _heading(self, level: int, id: str, *content: Any) -> None:
        self.add(paragraph(f"Heading{level}", *self._marked(id, *content)))

    def _block(self, block: Block, after: list[Block]) -> None:
        """Add a block; what qualifies a paragraph or a list is a footnote at its end."""
        if isinstance(block, Heading):
            self._heading(2 if self.whole else 1, block.id, *self.runs(block.runs))
        elif isinstance(block, Paragraph):
            self._prose(block, after)
        elif isinstance(block, ListBlock):
            self._list(block, after)
        elif isinstance(block, Code):
            self.add(*(paragraph("Code", run(line)) for line in block.text.splitlines()))
        elif isinstance(block, Panel):
            self._panel(block)
        elif isinstance(block, TableBlock):
            self._table(block)
        else:
            self._figure(block)

    def _prose(self, block: Paragraph, after: list[Block]) -> None:
        style = {"para": "Normal", "finding": "Finding", "note": "Note"}[block.type]
        if block.type != "note" or not block.runs:
            notes = self._notes(after) if block.type == "para" else []
            self.add(paragraph(style, *self.runs(block.runs), *notes))
        elif id(block) not in self._set_as_footnotes:
            self.add(paragraph(style, *self.runs(block.runs)))

    _set_as_footnotes: frozenset[int] = frozenset()

    def _notes(self, after: list[Block]) -> list[Any]:
        """Return the references to the caveats that follow, each set as a footnote."""
        notes = list(itertools.takewhile(lambda b: b.type == "note", after))
        self._set_as_footnotes = frozenset(map(id, notes))
        return [self._footnote(b.runs) for b in notes if isinstance(b, Paragraph)]

    def _footnote(self, runs: Runs) -> Any:
        id = len(self.footnotes) - 1  # after the two separators
        mark = el("r", el("rPr", el("rStyle", val="FootnoteReference")), el("footnoteRef"))
        text = paragraph("FootnoteText", mark, run(" "), *self.runs(runs, self.notes))
        self.footnotes.append(el("footnote", text, id=id))
        style = el("rPr", el("rStyle", val="FootnoteReference"))
        return el("r", style, el("footnoteReference", id=id))

    def _list(self, block: ListBlock, after: list[Block]) -> None:
        paragraphs = [
            paragraph("ListNumber" if block.ordered else "ListBullet", *self.runs(item))
            for item in block.items
        ]
        if block.ordered:  # each list begins with one
            numbering = self.file.part.numbering_part.element
            kind = next(n for n in numbering.num_lst if n.numId == 5).abstractNumId.val
            number = numbering.add_num(kind)
            number.add_lvlOverride(0).add_startOverride(1)
            for item in paragraphs:
                chosen = el("numPr", el("ilvl", val=0), el("numId", val=number.numId))
                item.pPr.append(chosen)
        if paragraphs:
            paragraphs[-1].extend(self._notes(after))
        self.add(*paragraphs)

    def _panel(self, block: Panel) -> None:
        cells = [
            [
                paragraph("PanelLabel", run(item.label)),
                paragraph("PanelFigure", *self.runs(item.figure)),
                paragraph("PanelFound", *self.runs(item.found)),
            ]
            for item in block.items
        ]
        while len(cells) % ROW_OF_PANEL:
            cells.append([paragraph("PanelFound")])
        starts = range(0, len(cells), ROW_OF_PANEL)
        rows = [cells[n : n + ROW_OF_PANEL] for n in starts]
        table = self._grid("Panel", [1.0] * ROW_OF_PANEL, rows, "Key figures")
        self.add(table, paragraph("Below"))

    def _caption(self, block: TableBlock | FigureBlock, words: Runs) -> Any:
        kind = block.type.capitalize()
        target = _label_target(block)
        number = field(f"SEQ {kind} \\* ARABIC", run(str(block.number), "Label"))
        label = [
            run(f"{kind} ", "Label"),
            *self._marked(f"{target}-number", *number),
        ]
        return paragraph("Caption", *self._marked(target, *label), run("  "), *self.runs(words))

    def _table(self, block: TableBlock) -> None:
        head = [
            [paragraph("CellHead", run(column.label), align=column.align)]
            for column in block.columns
        ]
        rows = [head]
        for anchor, cells in zip(block.anchors, block.rows, strict=True):
            row: list[Any] = []
            for column, runs in zip(block.columns, cells, strict=True):
                style = "CellTerm" if column.future else "Cell"
                content = self.runs(runs)
                if anchor and not row:
                    content = self._marked(anchor, *content)
                row.append([paragraph(style, *content, align=column.align)])
            rows.append(row)
        widths = [column.width for column in block.columns]
        self.add(self._caption(block, block.caption))
        self.add(self._grid("Lines", widths, rows, text_of(block.caption)))
        self.add(paragraph("Below", *self.runs(block.note)))

    def _grid(
        self, style: str, shares: list[float], rows: list[list[list[Any]]], title: str
    ) -> Any:
        """Return a table of cells, each a list of paragraphs; a paragraph must follow it.

        The first row of one in the style Lines is its head, repeated on each page.
        """
        whole = self._width / 635  # twentieths of a point
        widths = [round(share / sum(shares) * whole) for share in shares]
        table = el("tbl")
        properties = el(
            "tblPr",
            el("tblStyle", val=style),
            el("tblW", w=sum(widths), type="dxa"),
            el("tblLayout", type="fixed"),
            el("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, noVBand=1, noHBand=1),
            el("tblCaption", val=title),
        )
        table.extend([properties, el("tblGrid", *(el("gridCol", w=w) for w in widths))])
        for number, cells in enumerate(rows):
            row = el("tr", el("trPr", el("cantSplit")))
            if number == 0 and style == "Lines":
                row[0].append(el("tblHeader"))
            for width, paragraphs in zip(widths, cells, strict=True):
                kind = el("tcPr", el("tcW", w=width, type="dxa"))
                row.append(el("tc", kind, *paragraphs))
            table.append(row)
        return table

    def _figure(self, block: FigureBlock) -> None:
        self.add(self._caption(block, block.title))
        self.add(paragraph("FigureSubtitle", *self.runs(block.subtitle)))
        picture = el("r", el("drawing", self._picture(block)))
        self.add(paragraph("Figure", picture))
        for words in (block.note, block.source_line):
            if words:
                self.add(paragraph("Below", *self.runs(words)))

    def _picture(self, block: FigureBlock) -> Any:
        """Return a figure as PNG, and as SVG for a Word that draws it, with its description."""
        image = io.BytesIO(png(block.svg))
        inline = self.file.part.new_pic_inline(image, width=Emu(self._width))
        # a machine without the report's font has Calibri, or a font of its widths
        svg = block.svg.replace("'Source Sans 3'", "'Source Sans 3', Calibri, Carlito, sans-serif")
        name = PackURI(f"/word/media/{block.id}.svg")
        part = Part(name, "image/svg+xml", svg.encode("utf-8"), self._package)
        id = self.file.part.relate_to(part, RELATION.IMAGE)
        described = inline.docPr
        described.set("id", str(next(self.numbers)))
        described.set("name", f"Figure {block.number}")
        described.set("descr", block.alt)
        blip = next(inline.iter(qn("a:blip")))
        blip.append(
            parse_xml(
                f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{SVG_USE}">'
                f'<asvg:svgBlip xmlns:asvg="{SVG_NS}" r:embed="{id}"/></a:ext></a:extLst>'
            )
        )
        return inline

    # -- contents and appendices

    def _contents(self) -> None:
        r"""Add the contents as a field, made out; its entries are links.

        It tells no pages, which only Word knows: without ``\n`` an update adds them.
        """
        entries = list(self._entries())
        first, last = entries[0], entries[-1]
        levels = "heading 1,1,caption,2,Finding,3"
        begin, code, separate, *_, end = field(f'TOC \\h \\z \\n \\t "{levels}"')
        first[1:1] = [begin, code, separate]
        last.append(end)
        kind = el("docPartObj", el("docPartGallery", val="Table of Contents"))
        kind.append(el("docPartUnique"))
        heading = paragraph("TOCHeading", run("Contents"))
        content = el("sdtContent", heading, *entries)
        self.add(paragraph("Note", run(self.document.words.reading)))
        self.add(el("sdt", el("sdtPr", kind), content))

    def _entries(self) -> Iterator[Any]:
        for chapter in self.document.chapters:
            number = f"{chapter.number - 1}  " if chapter.number > 1 else ""
            yield self._entry("TOC1", f"chapter-{chapter.id}", run(number + chapter.title))
            found = finding(chapter)
            if found:
                yield self._entry("TOC3", f"chapter-{chapter.id}", run(found))
            if chapter.number == 1 and self.document.article:
                yield self._entry("TOC1", "article", run(ARTICLE))
        for id, (letter, name) in zip(("ledger", "sources"), APPENDICES, strict=True):
            yield self._entry("TOC1", id, run(f"{letter}  {name}"))
        titled: list[FigureBlock | TableBlock] = [*self.document.figures(), *self.document.tables()]
        for block in titled:
            title = block.title if isinstance(block, FigureBlock) else block.caption
            label = f"{block.type.capitalize()} {block.number}"
            content = (run(label), tab(), run(text_of(title)))
            yield self._entry("TOC2", _label_target(block), *content)

    def _entry(self, style: str, target: str, *content: Any) -> Any:
        return paragraph(style, self._link(f"#{target}", *content))

    def _appendix(self, number: int, id: str, words: str) -> None:
        letter, title = APPENDICES[number]
        if self.whole:
            self._opening(id, run(f"Appendix {letter}  {title}"))
        else:
            self._heading(1, id, run(title))
        self.add(paragraph("Note", run(words)))

    def _article(self) -> None:
        self._opening("article", run(ARTICLE))
        self.add(paragraph("Note", run(self.document.words.article)))
        samples = [[run(mark.text, _mark(mark)), run("   ")] for mark in self.document.words.marks]
        self.add(paragraph("Normal", *itertools.chain.from_iterable(samples)))
        for line in self.document.article:
            content: list[Any] = []
            for piece in line:
                for anchor in piece.anchors:
                    content += self._marked(anchor)
                content.append(run(piece.text, _mark(piece) if piece.mark else ""))
                for end, row in piece.ends.items():
                    tag = run(end, "Mark")
                    content.append(self._link(f"#{row}", tag) if row else tag)
            self.add(paragraph("Normal", *content))

    def _ledger(self) -> None:
        self._appendix(0, "ledger", self.document.words.ledger)
        heads = ("What", "As printed", "How it came about", "Sources", "Printed in")
        columns = len(heads) if self.whole else len(heads) - 1
        rows = [[[paragraph("CellHead", run(head))] for head in heads]]
        rows += [self._fact(entry) for entry in self.document.ledger]
        rows = [row[:columns] for row in rows]
        table = self._grid("Lines", list(LEDGER[:columns]), rows, "The ledger")
        self.add(table, paragraph("Below"))

    def _fact(self, entry: Entry) -> list[list[Any]]:
        places = [
            self._link(f"#{use.use}", run(f"{use.chapter - 1 or 'Summary'}", "Hyperlink"))
            for use in {use.chapter: use for use in reversed(entry.uses)}.values()
        ][::-1]
        spaced = [e for link in places for e in (link, run(" "))]
        name = self._marked(f"fact-{entry.id}", run(entry.label))
        return [
            [paragraph("Cell", *name)],
            [paragraph("Cell", run(entry.text, "Strong"))],
            [paragraph("Cell", *self.runs(entry.evidence))],
            [paragraph("Cell", *self.runs(entry.source_line))],
            [paragraph("CellPlaces", *spaced)],
        ]

    def _sources(self) -> None:
        self._appendix(1, "sources", self.document.words.sources)
        rows = [[[paragraph("CellHead", run(head))] for head in ("No.", "Source")]]
        for source in self.document.sources:
            title = run(source.title, "Hyperlink" if source.url else "Strong")
            if source.url:
                title = self._link(source.url, title)
            words = run(f". {source.publisher}, {source.when}. {source.extent}".rstrip())
            number = self._marked(f"source-{source.id}", run(str(source.number)))
            copy = [self._link(source.archived, run(" A copy.", "Hyperlink"))]
            told = [title, words, *copy * bool(source.archived)]
            address = [paragraph("Below", run(source.address))] * bool(source.address)
            rows.append([[paragraph("Cell", *number)], [paragraph("Cell", *told), *address]])
        self.add(self._grid("Lines", [0.6, 10], rows, "Sources"), paragraph("Below"))


def _sections(blocks: Iterable[Block]) -> list[list[Block]]:
    """Return a chapter's blocks, cut before each heading."""
    found: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading):
            found.append([])
        found[-1].append(block)
    return [section for section in found if section]
