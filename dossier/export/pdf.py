"""PDF: the document as JSON, set by Typst with the template report.typ; tagged and archival."""

import ctypes
import dataclasses
import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from dossier.document.model import Document, Run
from dossier.export.claims import LONG, Claims, parsed
from dossier.export.reading import FileError, Reading
from dossier.export.typesetting import FOLDER, typeset

SUFFIX = ".pdf"
DATELESS = datetime.date(2000, 1, 1)
"""The day of a file whose document bears none, such as a chapter by itself."""

MARGIN = 20 / 25.4 * 72
LEDGER = (1.6, 1.0, 3.1, 0.75, 0.55)
"""The page's margin in points, and the widths of the ledger's columns as shares.

The template gets both from here, so that what is read back stands where it was set.
"""
FOOT = "Cite this: "
"""How the last lines begin, below the list of sources."""
ABOVE, BELOW = 60, 52
"""Points: the strips at a page's top and bottom with the running head and the page's number."""


def render(document: Document, claims: Claims = Claims()) -> bytes:  # noqa: B008 (it is frozen)
    """Return the document as PDF, by PDF/UA-1 and the archival standard of its parameters.

    facts.json is attached where the standard allows it: PDF/A-3a does, PDF/A-2a does not. Raises
    TypesettingError where Typst refuses the document.
    """
    standard: Any = document.parameters.get("standard", "a-3a")
    inputs = {
        "document.json": json.dumps(document, default=_as_data, ensure_ascii=False),
        "layout.json": json.dumps({"margin": MARGIN, "ledger": LEDGER, "foot": FOOT, "long": LONG}),
        "facts.json": claims.facts if standard == "a-3a" else "",
        "description.txt": _description(document, claims),
    }
    # the file is dated by the edition, so that the same input gives the same bytes on any day
    day = document.parameters.get("as_of", DATELESS.isoformat())
    return typeset(
        (FOLDER / "templates" / "report.typ").read_bytes(),
        inputs,
        format="pdf",
        pdf_standards=["ua-1", standard],
        timestamp=datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.UTC),
    )


UNREAD = {"cell", "drawn", "narrow", "quoted", "shown", "told"}
"""Fields that the template does not read: a third of what a document with figures holds."""


def _as_data(part: Any) -> dict[str, Any]:
    """Return a part of a document as plain data, but for the parts in it; a run's without empty."""
    if isinstance(part, Run):
        return {name: value for name, value in vars(part).items() if value or name == "text"}
    told = (f.name for f in dataclasses.fields(part) if f.name not in UNREAD)
    return {name: getattr(part, name) for name in told}


def _description(document: Document, claims: Claims) -> str:
    """Return what the file's metadata say of it: the headline, and its facts.json by its digest.

    facts.json names article, tables and versions in turn. No commit is named: bytes would follow
    from when something was committed, not from what.
    """
    if not claims.facts:
        return document.headline
    digest = hashlib.sha256(claims.facts.encode("utf-8")).hexdigest()
    return f"{document.headline} (facts.json: SHA-256 {digest})"


# ---- reading a finished file back


def read(file: Path) -> Reading:
    """Return what a finished PDF holds; raise FileError where it is no report of this project."""
    pdf = _opened(file)
    claims = _claims(pdf, file)
    pages = [(page, page.get_textpage()) for page in pdf]  # each opened once: it takes its time
    whole_pages = [words.get_text_range() for _, words in pages]
    texts, contents, problems = _page_texts(pdf, pages, whole_pages)
    problems += _running_heads(whole_pages)
    whole = "\n".join(texts)
    # pdfium puts U+0002 for a hyphen at a line's end, be it the text's own or not
    whole = re.sub(r"(?<=\d)\x02(?=\d)", "-", whole).replace("\x02", "").replace("\xad", "")
    return Reading(
        file=file,
        text=_with_whole_addresses(whole),
        claims=claims,
        alts=[(alt, "") for alt in _alternative_texts(pages)],
        data=file.read_bytes().decode("latin-1"),
        pages=len(pdf),
        contents=contents,
        page_texts=[text.replace("\x02", "") for text in texts],
        whole_pages=whole_pages,
        problems=[f"{file.name}, {problem}" for problem in problems],
    )


def claims_in(file: Path) -> dict[str, Any]:
    """Return the claims of a finished PDF alone; raise FileError where it is no report."""
    return _claims(_opened(file), file)


def _opened(file: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise FileError(f"{file.name}: no PDF that can be read ({error}); name another") from None


def _with_whole_addresses(text: str) -> str:
    r"""Return a text with its addresses in one piece: a line's end may part a number in them.

    >>> _with_whole_addresses("https://a.example/v6.0.\r\n2025.csv\r\n114 Monthly means")
    'https://a.example/v6.0.2025.csv\r\n114 Monthly means'
    """
    parted = r"https?://\S+(?:\r?\n\S+(?=\r?\n|\Z))+"
    return re.sub(parted, lambda found: re.sub(r"\s", "", found[0]), text)


_HEAD = re.compile(r"\bas of (\d{1,2} \w+ \d{4})\s*$", re.MULTILINE)


def _running_heads(whole_pages: list[str]) -> list[str]:
    """Return a problem for each page whose running head names another day than most do."""
    days = [found[1] if (found := _HEAD.search(text)) else "" for text in whole_pages]
    usual = max(filter(None, days), key=days.count, default="")
    return [
        f"page {number}: its head names {day}, the other pages {usual}"
        for number, day in enumerate(days, start=1)
        if day not in ("", usual)
    ]


_Pages = list[tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]]


def _page_texts(
    pdf: pypdfium2.PdfDocument, pages: _Pages, whole_pages: list[str]
) -> tuple[list[str], str | None, list[str]]:
    """Return the text of each page without running head and number, and the printed contents.

    Last stands a problem for each page that the ledger names and does not lead to.
    """
    texts: list[str] = []
    problems: list[str] = []
    contents = None
    ledger = sources = False
    for number, (page, words) in enumerate(pages):
        width, height = page.get_size()
        box = {"left": 0.0, "right": width, "top": height - ABOVE, "bottom": BELOW}
        head = words.get_text_bounded(**box)[:60]
        ledger = ledger or head.startswith("Appendix A")
        sources = sources or head.startswith("Appendix B")
        if ledger and not sources:
            # the last column tells pages, which only the PDF has
            share = LEDGER[-1] / sum(LEDGER)
            box["right"] = width - MARGIN - share * (width - 2 * MARGIN) + 1
            problems += _misplaced(pdf, page, words, number, box["right"])
        if number == 0:
            box["top"] = height
        text = _with_line_ends(words.get_text_bounded(**box), whole_pages[number])
        if head.startswith("Contents"):
            contents, mark, rest = text.replace("\x02", "").partition("How to read it")
            text = mark + rest
        texts.append(text)
    if sources:  # how it is cited is no part of what it says, as the foot of a page is none
        before, mark, _ = texts[-1].rpartition(FOOT)
        texts[-1] = before if mark else texts[-1]
    return texts, contents, problems


def _with_line_ends(text: str, whole: str) -> str:
    r"""Return the text of a box with the line ends between numbers that the whole page has.

    Pdfium leaves some out of a box's text: a cell that ends in a number ran into the next one.

    >>> _with_line_ends("It ends in 2029.2029 stated 1.5", "It ends in 2029.\r\n2029 stated 1.5")
    'It ends in 2029.\r\n2029 stated 1.5'
    """

    def parted(found: re.Match[str]) -> str:
        run = found[0]
        if run in whole:
            return run
        for at in range(1, len(run)):
            if re.search(rf"{re.escape(run[:at])}\s+{re.escape(run[at:])}", whole):
                return f"{run[:at]}\r\n{run[at:]}"
        return run

    return re.sub(r"\d[\d.,]*\d", parted, text)


def _misplaced(
    pdf: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    words: pypdfium2.PdfTextPage,
    number: int,
    column: float,
) -> list[str]:
    """Return a problem for each link right of ``column`` that shows another page than its own."""
    position, link, problems = ctypes.c_int(0), raw.FPDF_LINK(), []
    while raw.FPDFLink_Enumerate(page, position, link):
        box = raw.FS_RECTF()
        raw.FPDFLink_GetAnnotRect(link, box)
        target = raw.FPDFDest_GetDestPageIndex(pdf, raw.FPDFLink_GetDest(pdf, link)) + 1
        shown = words.get_text_bounded(box.left, box.bottom, box.right, box.top).strip(" ,\r\n")
        if box.left >= column - 1 and shown != str(target):
            problems.append(
                f"page {number + 1}: the ledger shows page {shown!r} where its link leads to "
                f"{target}; restore the file from a build"
            )
    return problems


def _claims(pdf: pypdfium2.PdfDocument, file: Path) -> dict[str, Any]:
    attached = [pdf.get_attachment(number) for number in range(pdf.count_attachments())]
    found = [a for a in attached if a.get_name() == "facts.json"]
    if len(found) == 1:
        return parsed(bytes(found[0].get_data()).decode("utf-8", "replace"), file.name)
    beside = file.with_suffix(".facts.json")  # of a PDF/A-2a, which may hold no attachment
    archival = b"<pdfaid:part>2</pdfaid:part>" in file.read_bytes()
    if archival and beside.is_file():
        return parsed(beside.read_bytes().decode("utf-8", "replace"), beside.name)
    remedy = "it is not a report of this project, or it was changed"
    if archival:
        remedy = f"put {beside.name} beside it"
    what = f"attached {len(found)} times" if found else "not attached"
    raise FileError(f"{file.name}: facts.json is {what}; {remedy}")


def _alternative_texts(pages: _Pages) -> list[str]:
    """Return the alternative texts of the structure tree, in reading order."""
    found = []
    for page, _ in pages:
        tree = raw.FPDF_StructTree_GetForPage(page)
        count = raw.FPDF_StructTree_CountChildren(tree)
        stack = [raw.FPDF_StructTree_GetChildAtIndex(tree, i) for i in range(count)][::-1]
        found += [alt for element in _elements(stack) if (alt := _alt_of(element))]
        raw.FPDF_StructTree_Close(tree)
    return list(dict.fromkeys(found))


def _elements(stack: list[Any]) -> Iterator[Any]:
    while stack:
        element = stack.pop()
        if element:
            yield element
            count = raw.FPDF_StructElement_CountChildren(element)
            children = [raw.FPDF_StructElement_GetChildAtIndex(element, i) for i in range(count)]
            stack += children[::-1]


def _alt_of(element: Any) -> str:
    size = raw.FPDF_StructElement_GetAltText(element, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetAltText(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le")
