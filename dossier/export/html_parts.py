"""What a redline takes from a finished page: sentences by chapter, drawings, rows, addresses.

A page may be a stranger's: of a drawing only the elements and attributes below are kept, none of
which can run or fetch anything, and whose ids can't be taken for those of the page it goes into.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from dossier.export.html import parsed_page
from dossier.text.article import Article

Sentence = tuple[str, str]
"""A sentence and the id of the nearest place before or in it that can be linked to."""


@dataclass
class Section:
    """A chapter: its id, its title, its sentences in order."""

    id: str
    title: str
    sentences: list[Sentence] = field(default_factory=list)


@dataclass
class Drawing:
    """A figure: title, alternative text, and the SVG without what could run or fetch."""

    title: str
    alt: str
    svg: str


@dataclass
class Row:
    """A row of a table where it is first printed: its cells by their heads, its sources' ids."""

    cells: dict[str, str]
    sources: list[str]


@dataclass
class Parts:
    """The parts of a page: chapters, drawings and rows by id, titles of sources, all ids."""

    sections: list[Section]
    drawings: dict[str, Drawing]
    rows: dict[str, Row]
    sources: dict[str, str]
    ids: set[str]


APART = ("article", "ledger", "sources")
"""Sections that are no chapters."""
_PROSE = ".//p[not(contains(@class, 'below'))] | .//li | .//dd | .//figcaption/strong"
_NOT_PROSE = ".//*[contains(concat(' ', @class, ' '), ' tip ')] | .//a[contains(@class, 'data')]"


def parts(file: Path) -> Parts:
    """Return the parts of a finished page; raise FileError where it is none of ours."""
    body = parsed_page(file)[0].find("body")
    for gone in body.xpath(_NOT_PROSE):
        gone.drop_tree()
    styles = "".join(body.xpath("//style/text()"))
    looks = dict(re.findall(r"\.(s\d+)\{([^{}]*)\}", styles))
    titles = {
        item.get("id").removeprefix("source-"): _text(item.xpath("./a | ./b")[0])
        for item in body.xpath('.//ul[@class="sources"]/li[@id][a or b]')
    }
    return Parts(
        sections=[_section(s) for s in body.xpath(".//section[h2]") if _id(s) not in APART],
        drawings={f.get("id"): _drawing(f, looks) for f in body.xpath(".//figure[@id][.//svg]")},
        rows={row.get("data-row"): _row(row) for row in body.xpath(".//tr[@data-row][@id]")},
        sources=titles,
        ids=set(body.xpath(".//@id")),
    )


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _id(section: Any) -> str:
    return str(section.find("h2").get("id") or "")


def _section(section: Any) -> Section:
    title = section.find("h2")
    for number in title.xpath("./span[@class='number']"):
        number.drop_tree()
    found = Section(_id(section), _text(title))
    for element in section.xpath(_PROSE):
        text, address = _text(element), _address(element)
        spans = Article(text).sentences
        found.sentences += [(text[start:end], address) for start, end in spans]
    return found


def _address(element: Any) -> str:
    """Return the id of the first place in an element, or of the nearest before it."""
    found = element.xpath("descendant-or-self::*/@id") or element.xpath("preceding::*[@id][1]/@id")
    return str(found[0]) if found else ""


def _row(row: Any) -> Row:
    heads = row.xpath("ancestor::table[1]/thead//th")
    cells = {_text(head): _text(cell) for head, cell in zip(heads, row, strict=False)}
    cited = [link.removeprefix("#source-") for link in row.xpath(".//a/@href") if "source-" in link]
    return Row(cells, list(dict.fromkeys(cited)))


# ---- drawings

_ELEMENTS = {"svg", "g", "path", "text", "tspan", "use", "defs", "clippath", "rect", "title"}
_ATTRIBUTES = {
    *("id", "style", "x", "y", "d", "transform", "clip-path", "width", "height", "viewbox"),
    *("href", "xlink:href", "class"),
}
_ELSEWHERE = re.compile(r"url\((?!#)|@|expression|\\", re.IGNORECASE)


def _drawing(figure: Any, looks: dict[str, str]) -> Drawing:
    """Return a figure of a page, its looks said by each mark and no longer by the page's style."""
    label = figure.xpath(".//*[@role='img']/@aria-label")
    title = figure.xpath("string(.//figcaption/strong)")
    svg = figure.xpath(".//svg")[0]
    for mark in svg.xpath(".//*[@class]"):
        said = [looks[name] for name in mark.attrib.pop("class").split() if name in looks]
        for look in said:
            name, _, value = look.partition("clip-path:")
            mark.set("style" if name else "clip-path", name or value)
    _tame(svg)
    text = etree.tostring(svg, encoding="unicode", method="html", with_tail=False)
    return Drawing(" ".join(title.split()), "".join(label), text)


def _tame(svg: Any) -> None:
    """Take out of a drawing what is not known to be harmless."""
    for element in list(svg.iter()):
        if element.tag not in _ELEMENTS:
            element.drop_tree()
            continue
        for name, value in element.items():
            if name not in _ATTRIBUTES or not _harmless(name, value):
                del element.attrib[name]
    svg.attrib.pop("style", None)
    svg.set("aria-hidden", "true")


def _harmless(name: str, value: str) -> bool:
    return value.startswith("#") if name.endswith("href") else not _ELSEWHERE.search(value)


def renamed(svg: str, prefix: str) -> str:
    """Return a drawing whose ids, and what points at them, begin with a prefix."""
    return re.sub(r'(\bid="|href="#|url\(#)', rf"\1{prefix}", svg)
