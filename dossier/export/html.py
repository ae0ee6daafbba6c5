"""HTML: the document in one file; no request, and whole without its script."""

import base64
import calendar
import datetime
import functools
import hashlib
import itertools
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import jinja2
from lxml import etree
from lxml import html as lxml_html
from markupsafe import Markup

from dossier.document.model import (
    Block,
    Document,
    ListBlock,
    Paragraph,
    Run,
    Runs,
    TableBlock,
    text_of,
)
from dossier.export import drawings, values
from dossier.export.claims import Claims, parsed
from dossier.export.reading import FileError, Piece, Reading
from dossier.text.dates import day_text
from dossier.text.numbers import find_digits

SUFFIX = ".html"
FOLDER = Path(__file__).resolve().parent

FACES = {
    ("Dossier Sans", 400, "normal"): "sans-regular",
    ("Dossier Sans", 600, "normal"): "sans-semibold",
    ("Dossier Serif", 400, "normal"): "serif-regular",
    ("Dossier Serif", 400, "italic"): "serif-italic",
    ("Dossier Serif", 600, "normal"): "serif-semibold",
}


@functools.cache
def faces() -> str:
    """Return the style rules that embed the fonts."""
    rules = []
    for (family, weight, style), name in FACES.items():
        data = base64.b64encode((FOLDER / "fonts" / f"{name}.woff2").read_bytes()).decode()
        source = f'url(data:font/woff2;base64,{data}) format("woff2")'
        rules.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};'
            f"font-style:{style};src:{source}}}"
        )
    return "\n".join(rules)


def _download(columns: list[values.Column]) -> str:
    """Return columns as a data address of CSV that a link can download."""
    content = re.sub(r'[\0-\x20"#%&<>\\^`{|}\x7f]', _escaped, values.written(columns))
    return f"data:text/csv;charset=utf-8,{content}"


def _escaped(character: re.Match[str]) -> str:
    return f"%{ord(character[0]):02X}"


_MONTHS = "|".join(calendar.month_name[1:])
_DAY = re.compile(rf"\d{{1,2}} ({_MONTHS})|(\d{{1,2}} )?(({_MONTHS}) )?\d{{4}}")
UNBROKEN = "\u00a0"
"""A space at which no line ends."""
_DAY_AND_MONTH = re.compile(rf"\b(\d{{1,2}}) (?=(?:{_MONTHS})\b)")


def _is_quiet(text: str) -> bool:
    """Tell whether a fact’s text bears no underline: a day, a month, a year, or words alone."""
    return _DAY.fullmatch(text) is not None or not re.search(r"\d", text)


def _unbroken(cell: Markup) -> Markup:
    """Return a cell in which no line ends between a day and its month."""
    return Markup(_DAY_AND_MONTH.sub(rf"\1{UNBROKEN}", cell))


def _variables(colours: dict[str, tuple[str, str]], page: int) -> str:
    """Return the colours of the light page (0) or the dark one (1) as CSS variables."""
    return "".join(f"--{name}:{pair[page]};" for name, pair in colours.items())


@functools.cache
def environment() -> jinja2.Environment:
    """Return what the pages' templates are rendered in."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters |= {
        "table_csv": lambda table: _download(values.of_table(table)),
        "figure_csv": lambda figure: _download(values.of_figure(figure)),
        "entity": _entity_of,
        "text": text_of,
        "caveat": _is_caveat,
        "overhang": _may_overhang,
        "unbroken": _unbroken,
    }
    made.tests |= {"texts": _holds_texts, "plain": _is_plain, "quiet": _is_quiet}
    made.globals |= {"faces": faces, "variables": _variables}
    return made


@functools.cache
def template() -> jinja2.Template:
    return environment().get_template("report.html.j2")


LONG = 60
"""How many characters a narrow column of a phone can't hold in a few lines."""


def _holds_texts(table: TableBlock) -> bool:
    """Tell whether a table holds texts more than numbers.

    Three columns or more are set to the left, and at most one is not, or a cell is long.
    """
    left = sum(column.align == "left" for column in table.columns)
    wordy = any(len(text_of(cell)) > LONG for row in table.rows for cell in row)
    return left >= 3 and (wordy or len(table.columns) - left <= 1)


def _is_plain(run: Run) -> bool:
    """Tell whether a run is its text and nothing more, as most are."""
    return not (run.verdict or run.fact or run.href or run.strong or run.em or run.code)


def _entity_of(key: str, row: list[Runs], entities: dict[str, str]) -> str:
    """Return the key of the entity that a row is of: by the row's own key, or by its name."""
    named = key.partition(":")[2].partition("/")[0]
    if named in entities:
        return named
    heads = [text_of(cell) for cell in row[:1]]
    return next((key for key, name in entities.items() if name in heads), "")


def _is_caveat(blocks: list[Block], position: int) -> bool:
    """Tell whether a note qualifies the paragraph or list before it and before other notes."""
    before = [b.type for b in blocks[:position] if b.type != "note"]
    return bool(before) and before[-1] in ("para", "list")


LINES = {"note": (31, 22, 10), "para": (87, 27, 17), "list": (87, 27, 17)}
"""Characters of a line on a wide page; in pixels a line and the space behind a block."""


def _height(block: Block) -> int:
    characters, line, space = LINES[block.type]
    items = block.items if isinstance(block, ListBlock) else [getattr(block, "runs", [])]
    return space + sum(line * -(-len(text_of(runs)) // characters) for runs in items)


def _may_overhang(blocks: list[Block], position: int) -> bool:
    """Tell whether the notes beside a text may stand beside the next ones, too, which are enough.

    Next are paragraphs and lists without notes of their own, before anything else. By a line,
    which the estimate may be wrong by, they need not.
    """
    after = blocks[position + 1 :]
    notes = list(itertools.takewhile(lambda b: b.type == "note", after))
    rest = after[len(notes) :]
    plain = list(itertools.takewhile(lambda b: b.type in ("para", "list"), rest))
    if len(plain) < len(rest) and rest[len(plain)].type == "note":  # the last one's own
        plain = plain[:-1]
    missing = sum(map(_height, notes)) - _height(blocks[position])
    return LINES["note"][1] < missing <= sum(map(_height, plain))


BLANK = re.compile(r"\n\s*\n+")
SCRIPT = BLANK.sub("\n", (FOLDER / "templates" / "page.js").read_text(encoding="utf-8").strip())
"""The one script that a page may hold, and may do without; the page's policy allows no other."""


def render(document: Document, claims: Claims = Claims()) -> bytes:  # noqa: B008 (it is frozen)
    """Return the document as HTML, with its claims embedded as data."""
    facts, linked = (_embedded(_compact(text)) for text in (claims.facts, claims.linked))
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    looks = drawings.Looks()
    drawn = {
        figure.id: looks.shared(drawings.for_page(figure, document.colours, document.entities))
        for figure in document.figures()
    }
    page = template().render(
        doc=document,
        drawn=drawn,
        looks=looks.rules(),
        entries={entry.id: entry for entry in document.ledger},
        claims=facts,
        linked=linked,
        description=_description(document),
        script=SCRIPT,
        allowed=f"'sha256-{digest}'",
        new_id=map("e{}".format, itertools.count(1)).__next__,
    )
    return BLANK.sub("\n", page).encode("utf-8")


def _compact(text: str) -> str:
    """Return JSON without white space between its parts: a page is read by machines there."""
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")) if text else ""


def _embedded(text: str) -> str:
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _description(document: Document) -> str:
    findings = [b for b in document.blocks() if isinstance(b, Paragraph) and b.type == "finding"]
    return text_of(findings[0].runs) if findings else document.title


# ---- reading a finished file back


START = "<!DOCTYPE html>\n<html lang="
_FETCHING = (
    '//link[@href] | //script[@src] | //img[not(starts-with(@src, "data:"))] | //iframe | '
    "//object | //embed | //form | //base"
)
_OWN_SCRIPTS = "//script[not(@type='application/json') and not(@type='application/ld+json')]"
_PLACES = './/td[a[starts-with(@href, "#use-")]]'
"""Where the ledger says in which chapters a fact is printed."""
_NOT_READ = (
    f'.//*[contains(concat(" ", @class, " "), " tip ")] | .//nav | {_PLACES} | '
    './/a[@class="skip"] | .//summary | .//footer | '
    './/*[local-name()="svg"]//*[local-name()="title"]'
)


def read(file: Path) -> Reading:
    """Return what a finished HTML file holds; raise FileError where it is no report."""
    tree, source = parsed_page(file)
    claims, body = _claims(tree, file.name), tree.find("body")
    problems = [*_misplaced(body, file.name), *_fetched(tree, source, file.name)]
    problems += [*_miscited(body, claims, file.name), *_unlike(body, file.name)]
    for gone in body.xpath(_NOT_READ):
        gone.drop_tree()
    pieces = _pieces(body)
    for again in body.xpath(".//svg[@class='narrow']"):
        again.drop_tree()
    return Reading(
        file=file,
        text=" ".join(body.itertext()),
        claims=claims,
        alts=[
            (e.get("aria-label"), _place_of(e)) for e in body.xpath('.//figure//div[@role="img"]')
        ],
        labels=[(e.get("aria-label"), _place_of(e)) for e in body.xpath(".//*[@aria-label]")],
        data=source,
        pieces=pieces,
        rows=[(row.get("data-row"), _place_of(row)) for row in body.xpath(".//tr[@data-row]")],
        cells={
            " ".join(cell.text_content().split())
            for cell in body.xpath(".//tbody//td | .//tbody//th")
        },
        cited=[
            item.get("id").removeprefix("source-")
            for item in body.xpath('.//ul[@class="sources"]/li')
        ],
        problems=problems,
    )


def claims_in(file: Path) -> dict[str, Any]:
    """Return the claims of a finished HTML file alone; raise FileError where it is no report."""
    return _claims(parsed_page(file)[0], file.name)


def _claims(tree: Any, name: str) -> dict[str, Any]:
    found = tree.xpath('//script[@id="claims"]')
    if len(found) != 1 or tree.find("body") is None:
        count = f"claims {len(found)} times" if len(found) > 1 else "no claims"
        raise FileError(f"{name}: holds {count}; it is no report of this project, or was changed")
    return parsed(found[0].text or "", name)


def parsed_page(file: Path) -> tuple[Any, str]:
    """Return the tree of an HTML file, and its source."""
    try:
        source = file.read_bytes().decode("utf-8")
        if not source.startswith(START):  # with entities of its own, or another page's
            raise ValueError(f"it does not begin with {START!r}")
        return lxml_html.document_fromstring(source), source
    except (ValueError, etree.LxmlError) as error:
        raise FileError(f"{file.name}: no HTML that can be read ({error}); name another") from None


def _misplaced(body: Any, name: str) -> list[str]:
    """Return a problem for each chapter that the ledger names and that does not print the fact."""
    chapters: dict[str, str] = {}
    for section in body.xpath(".//section[h2]"):
        number = "".join(section.xpath("string(h2/span[@class='number'])")).strip() or "Summary"
        chapters |= {f"#{id}": number for id in section.xpath(".//a[starts-with(@id, 'use-')]/@id")}
    return [
        f"{name}, ledger: says that {link.get('href')} is in {link.text}, it is in "
        f"{chapters.get(link.get('href'), 'no chapter')}; restore the file from a build"
        for link in body.xpath(f"{_PLACES}/a")
        if chapters.get(link.get("href")) != link.text
    ]


def _miscited(body: Any, claims: dict[str, Any], name: str) -> list[str]:
    """Return a problem for each text to cite that does not name the as-of day of the claims."""
    told = claims.get("parameters")
    try:
        day = datetime.date.fromisoformat(told["as_of"] if isinstance(told, dict) else "")
    except (KeyError, TypeError, ValueError):
        return []  # the claims do not fit their schema, which is told elsewhere
    cited = [element.text_content() for element in body.xpath(".//footer//pre")]
    wanted = (f" {day_text(day)}.", f"-{day.isoformat()},", f"year = {{{day.year}}},")
    return [
        f"{name}, how to cite it: {words.strip()!r} is missing from {text[:90]!r}; restore the "
        "file from a build"
        for text in cited
        for words in (wanted if text.startswith("@") else wanted[:1])
        if words not in text
    ]


def _unlike(body: Any, name: str) -> list[str]:
    """Return a problem for each number that a drawing for a phone says oftener than the whole one.

    Ticks are left out: a narrow axis has others.
    """
    problems = []
    for figure in body.xpath(".//figure[.//svg[@class='narrow']]"):
        whole, narrow = (figure.xpath(f".//svg[@class='{kind}']") for kind in ("whole", "narrow"))
        shown = whole[0].xpath(".//text//text()")
        said = Counter(number for text in shown for number in find_digits(text))
        labels = narrow[0].xpath(
            ".//text//text()[not(ancestor::*[contains(@id, 'matplotlib.axis')])]"
        )
        problems += [
            f"{name}, {figure.get('id')}: the drawing for a phone says {number!r} oftener than the "
            "other; restore the file from a build"
            for number in sorted(Counter(n for text in labels for n in find_digits(text)) - said)
        ]
    return problems


def _fetched(tree: Any, source: str, name: str) -> list[str]:
    """Return what a browser would fetch, or run."""
    problems = [
        f"{name}: <{e.tag}> would be fetched or run when the page is opened; "
        "embed it or take it out"
        for e in tree.xpath(_FETCHING)
    ]
    if re.search(r"url\(\s*['\"]?(?!data:|#)", source) or "@import" in source:
        problems.append(f"{name}: a style fetches from outside; embed it")
    scripts = [e.text for e in tree.xpath(_OWN_SCRIPTS)]
    handlers = tree.xpath("//@onclick | //@onload | //@onerror")
    if handlers or any(script != SCRIPT for script in scripts):
        problems.append(f"{name}: holds a script that is not the template's; take it out")
    return problems


def _pieces(body: Any) -> list[Piece]:
    """Return every text with its role and place, in reading order."""
    pieces, stack = [], [(body, "", False)]
    while stack:
        element, outer, future = stack.pop()
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        role = _role(element, outer)
        future = future or "future" in _classes(element)
        fact = (element.get("href") or "").removeprefix("#fact-") if role == "fact" else ""
        told = [element.text, *(child.tail for child in element)]
        texts = [text.replace(UNBROKEN, " ") for text in told if text]
        place = _place_of(element)
        pieces += [Piece(t, role, place, fact, future) for t in texts if t.strip()]
        stack += [(child, role, future) for child in reversed(element)]
    return pieces


_ROLES_BY_CLASS = {
    "label": "label",
    "number": "label",
    "ref": "label",
    "dateline": "dateline",
    "article": "article",
    "headline": "article",
    "sources": "sources",
}


def _role(element: Any, outer: str) -> str:
    """Return the role of an element's texts, given that of what is around it."""
    classes = _classes(element)
    if element.tag == "a":
        return _role_of_link(element, classes, outer)
    if element.tag == "svg":
        return "chart"
    if outer == "chart" and "matplotlib.axis" in (element.get("id") or ""):
        return "axis"
    if element.tag == "table" and "ledger" in classes:
        return "ledger"
    if element.tag in ("tbody", "thead") and outer != "ledger":
        return "table row"
    named = [role for name, role in _ROLES_BY_CLASS.items() if name in classes]
    return named[0] if named else outer


def _role_of_link(element: Any, classes: set[str], outer: str) -> str:
    href = element.get("href") or ""
    if href.startswith(("#source-", "#quote-")):
        return "source"
    if href.startswith("#fact-") and outer not in ("ledger", "article"):
        return "fact"
    return "label" if classes & {"label", "number", "ref"} else outer


def _classes(element: Any) -> set[str]:
    return set((element.get("class") or "").split())


def _place_of(element: Any) -> str:
    node = element
    while node is not None and not node.get("id"):
        node = node.getparent()
    return f"#{node.get('id')}" if node is not None else "the page"
