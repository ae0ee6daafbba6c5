"""What a redline takes from a finished PDF: its sentences by chapter, as its tags tell them.

A PDF has no addresses of places, and its drawings are no text: these a page alone gives.
"""

import ctypes
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from dossier.export.html_parts import Parts, Section
from dossier.text.article import Article

APART = ("Contents", "The article, marked", "Appendix")
"""How the titles begin of what is no chapter."""
_APART = ("Table", "Figure", "Caption", "Artifact")
"""Elements whose texts are no sentences of a chapter."""


def parts(file: Path) -> Parts:
    """Return the chapters of a finished PDF; of a report's other parts it has none."""
    sections: list[Section] = []
    with pypdfium2.PdfDocument(file) as pdf:
        for kind, text in _whole(_blocks(pdf)):
            if kind == "H1":
                sections.append(Section(text, text))
            elif sections:
                spans = Article(text).sentences
                sections[-1].sentences += [(text[start:end], "") for start, end in spans]
    return Parts([s for s in sections if not s.title.startswith(APART)], {}, {}, {}, set())


Block = tuple[str, str]
"""The kind of a heading, paragraph or item, and its text."""


def _whole(pages: Iterable[list[Block]]) -> list[Block]:
    """Return the blocks of all pages, those that a page's end parts as one.

    >>> _whole([[("P", "Revisions")], [("P", "moved six."), ("P", "then")], [("P", "Blank")]])
    [('P', 'Revisions moved six.'), ('P', 'then'), ('P', 'Blank')]
    """
    found: list[Block] = []
    for blocks in pages:
        if found and blocks and blocks[0][1][:1].islower() and found[-1][1][-1:] not in ".?!":
            kind, begun = found.pop()
            blocks = [(kind, f"{begun} {blocks[0][1]}"), *blocks[1:]]
        found += [block for block in blocks if block[1]]
    return found


def _blocks(pdf: pypdfium2.PdfDocument) -> Iterator[list[Block]]:
    """Yield the headings, paragraphs and items of each page, in reading order.

    What numbers them is left out: it changes with what stands before.
    """
    for page in pdf:
        blocks = []
        tree = raw.FPDF_StructTree_GetForPage(page)
        pieces = _pieces(page)
        for n in range(raw.FPDF_StructTree_CountChildren(tree)):
            element = raw.FPDF_StructTree_GetChildAtIndex(tree, n)
            for kind, said in _within(element, pieces):
                blocks.append((kind, re.sub(_NUMBER[kind], "", _joined(said))))
        yield blocks
        raw.FPDF_StructTree_Close(tree)


_NUMBER = {"H1": r"^\d+ ", "P": r"^Figure \d+ (?![a-z])", "LBody": "^$"}
"""What is read, and how it is numbered."""

Piece = tuple[str, float]
"""Words that are set at once, and how high on the page their line begins."""


def _within(element: Any, pieces: Mapping[int, list[Piece]]) -> Iterator[tuple[str, list[Piece]]]:
    """Yield what is read within an element, and its pieces."""
    kind = _type(element) if element else ""
    if kind in _NUMBER:
        yield kind, list(_said(element, pieces))
    elif element and kind not in _APART:
        for n in range(raw.FPDF_StructElement_CountChildren(element)):
            yield from _within(raw.FPDF_StructElement_GetChildAtIndex(element, n), pieces)


def _said(element: Any, pieces: Mapping[int, list[Piece]]) -> Iterator[Piece]:
    """Yield the pieces of an element: its own and its children's, as they follow."""
    for n in range(raw.FPDF_StructElement_CountChildren(element)):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, n):
            yield from _said(child, pieces)
        else:
            number = raw.FPDF_StructElement_GetChildMarkedContentID(element, n)
            yield from pieces.get(number, ())


LINE = 6.0
"""Points from one line to the next, at least; a raised number stands nearer."""


def _joined(said: list[Piece]) -> str:
    r"""Return pieces as one text: with a space from line to line, without hyphens that part words.

    >>> _joined([("six mea\xad", 50.0), ("dows ", 38.0), ("of", 38.0), ("32", 26.0)])
    'six meadows of 32'
    """
    text, above = "", 0.0
    for words, height in said:
        begins = abs(above - height) > LINE and not text.endswith(_PARTED)
        text, above = text + " " * begins + words, height
    return " ".join(re.sub("[\x02\xad] ?", "", text).split())


_PARTED = ("\x02", "\xad", "-", "–", "/")
"""What a line may end with inside a word."""


def _type(element: Any) -> str:
    buffer = ctypes.create_string_buffer(64)
    raw.FPDF_StructElement_GetType(element, buffer, 64)
    return buffer.raw.decode("utf-16-le").partition("\0")[0]


def _pieces(page: pypdfium2.PdfPage) -> dict[int, list[Piece]]:
    """Return the pieces of a page's text by the number of their marked content.

    What is not marked is no part of the text, such as the running head.
    """
    words = page.get_textpage()
    pieces: dict[int, list[Piece]] = {}
    for object in page.get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
        number = raw.FPDFPageObj_GetMarkedContentID(object)
        if number >= 0:
            size = raw.FPDFTextObj_GetText(object, words, None, 0)
            buffer = (ctypes.c_ushort * size)()
            raw.FPDFTextObj_GetText(object, words, buffer, size)
            text = bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]
            pieces.setdefault(number, []).append((text, object.get_matrix().f))
    return pieces
