"""EPUB: the document as a book for readers of books, a page for each chapter and appendix."""

import functools
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import jinja2
from lxml import etree

from dossier.document.account import APPENDICES, ARTICLE, svg_texts
from dossier.document.model import Block, Chapter, Document, runs_in
from dossier.export.archives import archive, unpacked
from dossier.export.claims import Claims
from dossier.export.reading import FileError, Piece, Reading
from dossier.export.typesetting import FOLDER

SUFFIX = ".epub"
XHTML = "{http://www.w3.org/1999/xhtml}"
FACTS = "facts.json"
CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
MEDIA = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
"""Media types by suffix."""


@dataclass(frozen=True)
class Page:
    """A page of the book; ``ids`` are what links may lead to there."""

    file: str
    title: str
    kind: str
    ids: frozenset[str]
    chapter: Chapter | None = None
    first: bool = False


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def render(document: Document, claims: Claims = Claims()) -> bytes:  # noqa: B008 (it is frozen)
    """Return the document as EPUB 3, with facts.json inside."""
    pages = _pages(document)
    files = {"mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER.encode()}
    for page in (Page("nav.xhtml", "Contents", "nav", frozenset()), *pages):
        files[page.file] = _set(document, page, pages)
    files["book.css"] = (FOLDER / "templates" / "book.css").read_bytes()
    for figure in document.figures():
        files[f"{figure.id}.svg"] = _readable(figure.svg).encode("utf-8")
    if claims.facts:
        files[FACTS] = claims.facts.encode("utf-8")
    manifest = [name for name in files if "/" not in name and name != "mimetype"]
    files["book.opf"] = _package(document, manifest, pages).encode("utf-8")
    return archive(files, stored="mimetype")


def _pages(document: Document) -> list[Page]:
    pages = []
    for n, chapter in enumerate(document.chapters):
        title = f"{chapter.number - 1} {chapter.title}" if n else chapter.title
        ids = frozenset(_ids(chapter))
        pages.append(Page(f"chapter-{n}.xhtml", title, "chapter", ids, chapter, first=n == 0))
        if n == 0 and document.article:
            marks = {a for line in document.article for run in line for a in run.anchors}
            pages.append(Page("article.xhtml", ARTICLE, "article", frozenset(marks | {"article"})))
    of_appendix = {
        "ledger": {f"fact-{entry.id}" for entry in document.ledger} or None,
        "sources": {f"source-{source.id}" for source in document.sources} or None,
    }
    for (name, found), (letter, title) in zip(of_appendix.items(), APPENDICES, strict=True):
        if found is not None:
            ids = frozenset(found | {name})
            pages.append(Page(f"{name}.xhtml", f"{letter} {title}", name, ids))
    return pages


def _ids(chapter: Chapter) -> set[str]:
    found = {f"chapter-{chapter.id}"}
    for block in chapter.blocks:
        found |= {run.use for runs in runs_in(block) for run in runs if run.use}
        found |= {_id_of(block), *getattr(block, "anchors", ())}
    return found - {""}


def _id_of(block: Block) -> str:
    id = getattr(block, "id", "")
    return f"{block.type}-{id}" if block.type in ("table", "figure") else id


def _set(document: Document, page: Page, pages: list[Page]) -> bytes:
    environment = _environment().overlay()
    environment.filters = environment.filters | {"target": _target(page, pages)}
    text = environment.get_template("book.xhtml.j2").render(doc=document, page=page, pages=pages)
    return (re.sub(r"\n\s*\n+", "\n", text).strip() + "\n").encode("utf-8")


def _target(page: Page, pages: list[Page]) -> Callable[[str], str]:
    """Return what makes a link within the document one to the page that holds its target."""
    homes = {id: other.file for other in pages for id in other.ids}

    def target(href: str) -> str:
        if not href.startswith("#") or href[1:] in page.ids:
            return href
        return homes[href[1:]] + href

    return target


def _readable(svg: str) -> str:
    """Return a figure as a file of its own: its fonts a reader's own, its ids names in XML."""
    svg = re.sub(r'\bid="[^"]*"', lambda id: id[0].replace(" ", "-"), svg)
    svg = svg.replace("'Source Sans 3'", "'Source Sans 3', sans-serif")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}'


def _package(document: Document, names: list[str], pages: list[Page]) -> str:
    """Return the book's package: what it is, which files it has, in which order they are read."""
    return (
        _environment()
        .get_template("book.opf.j2")
        .render(
            doc=document,
            day=document.parameters.get("as_of", "2000-01-01"),
            files=[(name, MEDIA[Path(name).suffix]) for name in names],
            pages=pages,
        )
    )


# ---- reading a finished file back


def read(file: Path) -> Reading:
    """Return what a finished EPUB holds; raise FileError where it is no report."""
    try:
        parts = unpacked(file.read_bytes())
        package = etree.fromstring(parts["book.opf"])
    except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise FileError(f"{file.name}: no EPUB of this project ({error}); name another") from None
    if FACTS not in parts:
        raise FileError(f"{file.name}: holds no claims; they were cut out")
    names = {e.get("id"): e.get("href") for e in package.iter("{*}item")}
    spine = [names[e.get("idref")] for e in package.iter("{*}itemref")]
    reading = Reading(file, "", json.loads(parts[FACTS]), alts=[])
    texts: list[str] = []
    for name in (n for n in spine if n != "nav.xhtml"):
        body = etree.fromstring(parts[name]).find(f"{XHTML}body")
        _read_page(body, name, parts, texts, reading)
    reading.text = "".join(texts)
    reading.labels = list(reading.alts)
    reading.data = "\n".join(part.decode("utf-8", "replace") for part in parts.values())
    reading.cells = {" ".join(p.text.split()) for p in reading.pieces if p.role == "table row"}
    entries = [e for e in etree.fromstring(parts["nav.xhtml"]).iter(f"{XHTML}a")]
    wanted = [
        entry.partition("\n")[0] for entry in reading.claims["contents"] if not _of_block(entry)
    ]
    found = ["".join(e.itertext()) for e in entries]
    if wanted and found != wanted:
        pairs = itertools.zip_longest(found, wanted, fillvalue="nothing")
        shown, entry = next((a, b) for a, b in pairs if a != b)
        reading.problems.append(
            f"{file.name}, contents: {shown!r} stands for {entry!r}; restore the file from a build"
        )
    return reading


def _of_block(entry: str) -> bool:
    return re.match(r"(Figure|Table) \d", entry) is not None


INLINE = frozenset(XHTML + tag for tag in ("a", "strong", "em", "mark", "b"))
"""What does not part the words that it stands between."""
_LEFT = (
    ".//x:td[@class='places'] | .//x:table[@class='ledger']/x:thead | .//x:section[@class='frame']"
)


def _read_page(
    body: Any, name: str, parts: dict[str, bytes], texts: list[str], reading: Reading
) -> None:
    """Add a page's texts, pieces, rows, sources and alternative texts to a reading."""
    for gone in body.xpath(_LEFT, namespaces={"x": XHTML[1:-1]}):
        gone.getparent().remove(gone)
    appendix = name.removesuffix(".xhtml") if not name.startswith("chapter-") else ""
    for event, element in etree.iterwalk(body, events=("start", "end")):
        space = "" if element.tag in INLINE else " "
        if event == "end":
            texts.append(space + (element.tail or ""))
            _piece(element.tail, element.getparent(), appendix, name, reading)
            continue
        texts.append(space + (element.text or ""))
        _piece(element.text, element, appendix, name, reading)
        if element.get("data-row"):
            reading.rows.append((element.get("data-row"), name))
        if (element.get("id") or "").startswith("source-"):
            reading.cited.append(element.get("id").removeprefix("source-"))
        if element.tag == f"{XHTML}img":
            reading.alts.append((element.get("alt"), name))
            drawn = svg_texts(parts[element.get("src")].decode("utf-8"))
            texts.extend(f" {text} " for text in drawn)


_ROLES = {
    "label": "label",
    "number": "label",
    "ref": "label",
    "dateline": "dateline",
    "source": "source",
}
"""Roles by class."""


def _piece(text: str | None, element: Any, appendix: str, name: str, reading: Reading) -> None:
    """Note a text with the role that what is around it gives."""
    if not text or not text.strip() or element is None:
        return
    around = [element, *element.iterancestors()]
    classes = [c for e in around for c in (e.get("class") or "").split()]
    role = appendix or next((_ROLES[c] for c in classes if c in _ROLES), "")
    fact = ""
    if not role and "fact" in classes:
        link = next(e for e in around if e.get("class") == "fact")
        role, fact = "fact", link.get("href").partition("#fact-")[2]
    if not role and any(e.tag == f"{XHTML}table" for e in around):
        role = "table row"
        role = "" if any(e.tag == f"{XHTML}caption" for e in around) else role
    reading.pieces.append(Piece(text, role, name, fact, "future" in classes))
