"""Word read back: the texts of a finished file where they stand, footnotes and figures too."""

import io
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from dossier.document.account import svg_texts
from dossier.export.archives import unpacked
from dossier.export.reading import FileError, Piece, Reading
from dossier.export.wordml import FACTS, SVG_NS, bookmark

PARTS = ("article", "ledger", "sources")
"""The ids of the parts around the chapters, which are also the roles of their texts."""
_ROLES = {"Dateline": "dateline"} | dict.fromkeys(("Cell", "CellTerm", "CellHead"), "table row")
"""Roles by the style of the paragraph."""
_STYLES = {"Label": "label", "Reference": "label", "Id": "label"}
"""Roles by the style of the characters."""


def read(file: Path) -> Reading:
    """Return what a finished Word file holds; raise FileError where it is no report."""
    content = file.read_bytes()
    try:
        opened = docx.Document(io.BytesIO(content))
        parts = unpacked(content)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise FileError(
            f"{file.name}: no Word file that can be read ({error}); name another"
        ) from None
    claims = _claims(file, parts)
    reader = _Reader(opened, claims)
    reader.read()
    return Reading(
        file=file,
        text="".join(reader.texts),
        claims=claims,
        alts=[(alt, "") for alt in reader.alts],
        labels=[(alt, "figure") for alt in reader.alts],
        data="\n".join(p.decode("utf-8", "replace") for n, p in parts.items() if _is_text(n)),
        pieces=reader.pieces,
        problems=[f"{file.name}{problem}" for problem in reader.problems()],
    )


def _is_text(name: str) -> bool:
    return name.endswith((".xml", ".rels", ".svg"))


def _claims(file: Path, parts: dict[str, bytes]) -> dict[str, Any]:
    """Return the facts.json in a file's parts; raise FileError where there is none."""
    for name, part in parts.items():
        if name.startswith("customXml/") and FACTS.encode() in part:
            return dict(json.loads(etree.fromstring(part).text or ""))
    raise FileError(
        f"{file.name}: holds no claims; it is no report of this project, or they were cut out"
    )


class _Reader:
    """Reads a Word file's body in order; footnotes and figures where they stand."""

    def __init__(self, opened: Any, claims: dict[str, Any]):
        self.body, self.part, self.claims = opened.element.body, opened.part, claims
        self.facts = {bookmark(f"fact-{fact['id']}"): fact["id"] for fact in claims["facts"]}
        self.openings = {bookmark(id): id for id in PARTS}
        self.texts: list[str] = []
        self.alts: list[str] = []
        self.pieces: list[Piece] = []
        self.appendix = self.place = ""
        notes = self.part.part_related_by(RELATION.FOOTNOTES).blob
        found = parse_xml(notes).iter(qn("w:footnote"))
        self.notes = {note.get(qn("w:id")): note for note in found}

    def read(self) -> None:
        for paragraph in self.body.iter(qn("w:p")):
            if not any(a.tag == qn("w:sdt") for a in paragraph.iterancestors()):
                self._paragraph(paragraph)

    def problems(self) -> list[str]:
        """Return a problem where the contents are not those of the claims."""
        contents = [p for p in self.body.iter(qn("w:p")) if _style(p) in ("TOC1", "TOC2", "TOC3")]
        found = ["".join("".join(_words(p)).split()) for p in contents]
        lines = "\n".join(self.claims["contents"]).split("\n")
        wanted = ["".join(line.split()) for line in lines]
        if found == wanted:
            return []
        pairs = itertools.zip_longest(found, wanted, fillvalue="nothing")
        shown, entry = next((a, b) for a, b in pairs if a != b)
        return [f", contents: {shown!r} stands for {entry!r}; restore the file from a build"]

    def _paragraph(self, paragraph: Any) -> None:
        style = _style(paragraph)
        for mark in paragraph.iter(qn("w:bookmarkStart")):
            self._enter(mark.get(qn("w:name")))
        head = style == "CellHead" and self.appendix
        if style == "CellPlaces" or head:  # what only this format has
            return
        for element in paragraph.iter():
            if element.tag == qn("w:t"):
                self._text(element, style)
            elif element.tag == qn("w:footnoteReference"):
                self._footnote(element.get(qn("w:id")))
            elif element.tag == qn("wp:docPr"):
                self.alts.append(element.get("descr"))
            elif element.tag == f"{{{SVG_NS}}}svgBlip":
                svg = self.part.related_parts[element.get(qn("r:embed"))].blob.decode()
                self.texts += [f" {text} " for text in svg_texts(svg)]
        self.texts.append("\n")

    def _enter(self, place: str) -> None:
        """Note the place that begins, and the part that it opens, if it opens one."""
        self.place = place
        if place.startswith("chapter_"):
            self.appendix = ""
        self.appendix = self.openings.get(place, self.appendix)

    def _footnote(self, id: str) -> None:
        for element in self.notes[id].iter(qn("w:t")):
            self._text(element, "Note")

    def _text(self, element: Any, style: str) -> None:
        """Note a text with its role: a link's, the appendix's, or that of its styles."""
        self.texts.append(element.text or "")
        link = next(element.iterancestors(qn("w:hyperlink")), None)
        anchor = link.get(qn("w:anchor"), "") if link is not None else ""
        fact = self.facts.get(anchor, "")
        run = element.getparent().find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        own = run.get(qn("w:val")) if run is not None else ""
        role = self.appendix or _STYLES.get(own) or ""
        if not role and own == "Fact":
            role = "fact"
        elif not role and anchor:
            role = "source"
        future = style == "CellTerm"
        role = role or _ROLES.get(style, "")
        fact = fact if role == "fact" else ""
        self.pieces.append(Piece(element.text or "", role, f"#{self.place}", fact, future))


def _style(paragraph: Any) -> str:
    style = paragraph.pPr.pStyle if paragraph.pPr is not None else None
    return str(style.val) if style is not None else ""


def _words(paragraph: Any) -> Iterator[str]:
    return (element.text or "" for element in paragraph.iter(qn("w:t")))
