"""The gates over the finished files. They read what a reader gets, HTML and PDF, and compare it with the claims.

Every failure names the place and the remedy. What is exempt is exempt by place, with a reason (``EXEMPT``).
"""

import ctypes
import datetime
import getpass
import json
import os
import re
import socket
from collections import Counter
from pathlib import Path

import pypdfium2
from lxml import html as lxml_html
from pypdfium2 import raw

from dossier import article, document, paths
from dossier.export.html import SCRIPTS
from dossier.facts import ALLOWED, typeset

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|trillion|dozen)\b",
    re.I,
)
"""Number words that need a fact. "One" and ordinals do not: in prose they seldom count anything."""

EXEMPT = {
    "contents": "page and chapter numbers",
    "label": "numbers of tables, figures and chapters",
    "source": "numbers of sources, each linked to its entry",
    "table row": "cells of a row that its key names; compared with the claims and between HTML and PDF",
    "axis": "ticks of an axis",
    "article": "the article, verbatim; compared with its text",
    "ledger": "the entries themselves; compared with the claims",
    "sources": "titles, days and extents of sources; compared with the claims",
    "name": "names that hold a digit: G7, Article 5, WGS84",
    "dateline": "the parameters of the edition",
}


class AuditError(RuntimeError):
    """A finished file that must not go out; ``problems`` holds a line for each, with place and remedy."""

    def __init__(self, problems: list[str]):
        super().__init__(f"{len(problems)} found\n" + "\n".join(f"  {p}" for p in problems[:40]))
        self.problems = problems


def audit(html_file: Path, pdf_file: Path, report, doc: dict) -> dict:
    """Run every gate on an edition's files; return pages and exemptions, or raise AuditError.

    ``report`` is the edition and ``doc`` its document: what the files must hold, and what was known by then.
    """
    page, pdf = Page(html_file), Pages(pdf_file)
    problems = [
        *unsourced(page),
        *(covered(report.record) if doc["kind"] == "report" else []),
        *parity(page, pdf, doc),
        *charts(doc),
        *as_of(page, report),
        *leaks(html_file, pdf_file, page),
        *printed(page, pdf),
    ]
    if problems:
        raise AuditError(problems)
    return {"pages": len(pdf), "exempt": dict(sorted(page.exempt.items()))}


class Page:
    """A finished HTML file, as a tree, with its claims."""

    def __init__(self, file: Path):
        self.file = file
        self.source = file.read_text(encoding="utf-8")
        self.tree = lxml_html.document_fromstring(self.source)
        found = self.tree.xpath('//script[@id="claims"]')
        if not found:
            raise AuditError(
                [
                    f"{file.name}: holds no claims; it is not a report of this project, or they were cut out"
                ]
            )
        self.claims = json.loads(found[0].text)
        self.facts = {fact["id"]: fact for fact in self.claims["facts"]}
        self.exempt: Counter = Counter()
        body = self.tree.find("body")
        self.misplaced = list(_misplaced(body, file.name))
        for gone in body.xpath(
            './/*[contains(concat(" ", @class, " "), " tip ")] | .//nav | .//td[@class="places"] | .//a[@class="skip"]'
        ):
            gone.drop_tree()
        self.body = body

    def text(self) -> str:
        return " ".join(self.body.itertext())


def _misplaced(body, name: str):
    """Yield a problem for each chapter that the ledger's last column names where the number is not printed."""
    chapters = {}
    for section in body.xpath(".//section[h2]"):
        number = "".join(section.xpath("string(h2/span[@class='number'])")).strip() or "Summary"
        chapters |= {f"#{id}": number for id in section.xpath(".//a[starts-with(@id, 'use-')]/@id")}
    for link in body.xpath(".//td[@class='places']/a"):
        if chapters.get(link.get("href")) != link.text:
            yield f"{name}, ledger: says that {link.get('href')} is in {link.text}, it is in {chapters.get(link.get('href'), 'no chapter')}; restore the file from a build"


class Pages:
    """A finished PDF file: the text of its pages without running heads, page numbers and the ledger's pages."""

    def __init__(self, file: Path):
        self.file = file
        self.pdf = pypdfium2.PdfDocument(file)
        self.texts, self.contents = [], ""
        ledger = sources = False
        for number in range(len(self.pdf)):
            page = self.pdf[number]
            width, height = page.get_size()
            box = {"left": 0, "right": width, "top": height - 60, "bottom": 52}
            words = page.get_textpage()
            head = words.get_text_bounded(**box)[:60]
            ledger = ledger or head.startswith("Appendix B")
            sources = sources or head.startswith("Appendix C")
            if ledger and not sources:
                # the last column tells pages, which only the PDF has: 0.6 of 6.8 parts of the text's width
                margin = 20 / 25.4 * 72
                box["right"] = width - margin - 0.6 / 6.8 * (width - 2 * margin) + 1
            if number == 0:
                box["top"] = height
            text = words.get_text_bounded(**box)
            if head.startswith("Contents"):
                self.contents, text = (
                    text[: text.index("How to read it")],
                    text[text.index("How to read it") :],
                )
            self.texts.append(text)

    def __len__(self) -> int:
        return len(self.pdf)

    def text(self) -> str:
        # pdfium puts U+0002 for a hyphen at a line's end, be it the text's own or not
        return (
            re.sub(r"(?<=\d)\x02(?=\d)", "-", "\n".join(self.texts))
            .replace("\x02", "")
            .replace("\xad", "")
        )

    def claims(self) -> dict:
        for number in range(self.pdf.count_attachments()):
            attachment = self.pdf.get_attachment(number)
            if attachment.get_name() == "facts.json":
                return json.loads(bytes(attachment.get_data()))
        beside = self.file.with_suffix(".facts.json")  # of a PDF/A-2a, which may hold no attachment
        if self.declares("2") and beside.is_file():
            return json.loads(beside.read_text(encoding="utf-8"))
        remedy = (
            f"put {beside.name} beside it"
            if self.declares("2")
            else "it is not a report of this project, or it was cut out"
        )
        raise AuditError([f"{self.file.name}: facts.json is not attached; {remedy}"])

    def declares(self, part: str) -> bool:
        """Tell whether the file declares to be PDF/A of this part (1, 2, 3)."""
        return f"<pdfaid:part>{part}</pdfaid:part>".encode() in self.file.read_bytes()

    def alts(self) -> list[str]:
        """Return the alternative texts of the structure tree, in reading order."""
        found = []
        for number in range(len(self.pdf)):
            tree = raw.FPDF_StructTree_GetForPage(self.pdf[number])
            stack = [
                raw.FPDF_StructTree_GetChildAtIndex(tree, i)
                for i in range(raw.FPDF_StructTree_CountChildren(tree))
            ][::-1]
            while stack:
                element = stack.pop()
                if not element:
                    continue
                size = raw.FPDF_StructElement_GetAltText(element, None, 0)
                if size > 2:
                    buffer = ctypes.create_string_buffer(size)
                    raw.FPDF_StructElement_GetAltText(element, buffer, size)
                    found.append(buffer.raw[: size - 2].decode("utf-16-le"))
                stack += [
                    raw.FPDF_StructElement_GetChildAtIndex(element, i)
                    for i in range(raw.FPDF_StructElement_CountChildren(element))
                ][::-1]
            raw.FPDF_StructTree_Close(tree)
        return list(dict.fromkeys(found))


def numbers(text: str) -> list[str]:
    """Return the runs of digits of a text, in order.

    >>> numbers("about 1,001 km on 8 July, C16")
    ['1,001', '8', '16']
    """
    return NUMBER.findall(text)


def _classes(element) -> set[str]:
    return set((element.get("class") or "").split())


def unsourced(page: Page) -> list[str]:
    """Gate: every number in text, caption, chart and alt text is a fact, a row, or exempt by place."""
    problems = []
    forms = {id: set(fact["forms"]) for id, fact in page.facts.items()}
    every = Counter(
        n for fact in page.claims["facts"] for form in fact["forms"] for n in numbers(form)
    )
    every.update(n for text in page.claims["printed"].values() for n in text.split())
    cells = {
        " ".join(cell.text_content().split())
        for cell in page.body.xpath(".//tbody//td | .//tbody//th")
    }
    for element, text, place in _texts(page.body):
        if place == "fact":
            id = element.get("href").removeprefix("#fact-")
            if id not in forms:
                problems.append(
                    f"{_where(element)}: links to the fact {id!r}, which the claims do not hold; add it, or unlink it"
                )
            elif text not in {*map(typeset, forms[id])}:
                problems.append(
                    f"{_where(element)}: prints fact {id!r} as {text!r}; it may print as {' or '.join(map(repr, sorted(forms[id])))}"
                )
            continue
        found = numbers(ALLOWED.sub("", text)) + WORDS.findall(ALLOWED.sub("", text))
        page.exempt["name"] += len(numbers(text)) - len(numbers(ALLOWED.sub("", text)))
        if not found:
            continue
        if place == "chart":
            known = [n for n in found if every[n] or n.lower() in _SPELT or text.strip() in cells]
            page.exempt["table row"] += len(known)
            found = [n for n in found if n not in known]
        elif place:
            page.exempt[place] += len(found)
            continue
        problems += [
            f"{_where(element)}: the number {n!r} in {text.strip()[:80]!r} has no fact; name one in braces, or take it out"
            for n in found
        ]
    for element in page.body.xpath(".//*[@aria-label]"):
        for n in numbers(element.get("aria-label")):
            if not every[n]:
                problems.append(
                    f"{_where(element)}: the number {n!r} in its alt text has no fact; build the alt text with facts.plain"
                )
    return [p for p in problems if p]


_SPELT = set("two three four five six seven eight nine".split())


def _texts(body):
    """Yield (element, text, place) for every text: place is fact, chart, a key of EXEMPT, or empty for prose."""
    stack = [(body, "")]
    while stack:
        element, place = stack.pop()
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        own = _place(element, place)
        if element.text and element.text.strip():
            yield element, element.text, own
        for child in element:
            if child.tail and child.tail.strip():
                yield element, child.tail, own
        stack += [(child, own) for child in reversed(element)]


def _place(element, outer: str) -> str:
    classes, id = _classes(element), element.get("id") or ""
    if element.tag == "a" and "source" in classes:
        return "source"
    if (
        element.tag == "a"
        and (element.get("href") or "").startswith("#fact-")
        and outer not in ("ledger", "article")
    ):
        return "fact"
    if classes & {"label", "number", "ref"}:
        return "label"
    if "dateline" in classes:
        return "dateline"
    if element.tag == "svg":
        return "chart"
    if outer == "chart" and "matplotlib.axis" in id:
        return "axis"
    if element.tag == "table" and "ledger" in classes:
        return "ledger"
    if element.tag in ("tbody", "thead") and outer != "ledger":
        return "table row"
    if "article" in classes:
        return "article"
    if "sources" in classes:
        return "sources"
    return outer


def _where(element) -> str:
    node = element
    while node is not None and not node.get("id"):
        node = node.getparent()
    return f"#{node.get('id')}" if node is not None else "the page"


def covered(record) -> list[str]:
    """Gate: every numeric or temporal expression of the article lies in a claim or in an exclusion."""
    body = article.text()
    spans = [
        (int(r["start"]), int(r["end"]))
        for t in (record.claims, record.exclusions)
        for r in t.to_dict("records")
    ]
    return [
        f"article.txt at {start}: {body[start:end]!r} in {article.sentence_at(start)[:80]!r} is in no claim; add a row to claims.csv, or to exclusions.csv with a reason"
        for start, end in article.uncovered(spans)
    ]


def _squeezed(text: str) -> str:
    """Return a text without white space and hyphens, which the two files break differently."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def parity(page: Page, pdf: Pages, doc: dict) -> list[str]:
    """Gate: HTML and PDF print the same, in the same order: every piece of the document is in both; alt texts agree."""
    problems = []
    for name, text in ((page.file.name, page.text()), (pdf.file.name, pdf.text())):
        squeezed, at, missing = _squeezed(text), 0, 0
        for place, pieces in document.places(doc):
            for piece in filter(None, map(_squeezed, pieces)):
                found = squeezed.find(piece, at)
                if found < 0:
                    missing += 1
                    if missing <= 5:
                        problems.append(
                            f"{name}, {place}: {piece[:60]!r} is missing or out of order; the two files differ, see the templates"
                        )
                else:
                    at = found + len(piece)
    alts = [
        block["alt"]
        for part in doc["chapters"]
        for block in part["blocks"]
        if block["type"] == "figure"
    ]
    labels = [e.get("aria-label") for e in page.body.xpath('.//figure//div[@role="img"]')]
    if labels != alts:
        problems.append(
            f"{page.file.name}: the alt texts are not those of the figures; see report.html.j2"
        )
    if [a for a in pdf.alts() if a in set(alts)] != alts:
        problems.append(
            f"{pdf.file.name}: the alt texts are not those of the figures; see report.typ"
        )
    return problems


def charts(doc: dict) -> list[str]:
    """Gate: the values read from a figure's artists are those of its rows."""
    problems = []
    for block in (b for part in doc["chapters"] for b in part["blocks"] if b["type"] == "figure"):
        if not block["shown"]:
            problems.append(
                f"figure {block['id']}: names no values that it shows; pass them to charts.finish"
            )
        for series in sorted({*block["drawn"], *block["shown"]}):
            drawn, shown = block["drawn"].get(series), block["shown"].get(series)
            if drawn != shown:
                at = next(
                    (i for i, (a, b) in enumerate(zip(drawn or [], shown or [])) if a != b),
                    "its length",
                )
                problems.append(
                    f"figure {block['id']}, series {series.removeprefix('data-')}, at {at}: draws other values than its rows; plot the rows as they are"
                )
    return problems


_DAY = re.compile(
    r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})\b"
)


def as_of(page: Page, report) -> list[str]:
    """Gate: no source, row or day later than the as-of day, but for days that a term or a pledge sets in the future."""
    problems, limit = [], report.record.as_of
    for item in page.body.xpath('.//ul[@class="sources"]/li'):
        id = item.get("id").removeprefix("source-")
        if not report.record.knows(id):
            problems.append(
                f"#source-{id}: not known on {limit}; cite sources through record.cites"
            )
    for row in page.body.xpath(".//tr[@data-row]"):
        table, _, key = row.get("data-row").partition(":")
        if (
            table in report.record.tables
            and _key_column(table)
            and not _known(report.record, table, key)
        ):
            problems.append(
                f"#{row.xpath('ancestor::figure/@id')[0]}, row {key}: not known on {limit}; take the rows from the record"
            )
    future = {id for id, fact in page.facts.items() if fact["id"].endswith("_end")}
    for element, text, place in _texts(page.body):
        if place in ("article", "sources", "ledger") or _in_term(element, future):
            continue
        for day, month, year in _DAY.findall(text):
            date = datetime.datetime.strptime(f"{day} {month} {year}", "%d %B %Y").date()
            if date > limit:
                problems.append(
                    f"{_where(element)}: {day} {month} {year} is later than {limit}; bind the sentence to a fact of that day"
                )
    return problems


def _key_column(table: str):
    from dossier import data

    key = data.resources()[table]["schema"]["primaryKey"]
    return key if isinstance(key, str) else None


def _known(record, table: str, key: str) -> bool:
    column = _key_column(table)
    everything = record.everything[table][column].astype(str)
    return not (everything == key).any() or (record.tables[table][column].astype(str) == key).any()


def _in_term(element, future: set[str]) -> bool:
    if (element.get("href") or "").removeprefix("#fact-") in future:
        return True
    cell = next((e for e in (element, *element.iterancestors()) if e.tag == "td"), None)
    return (
        cell is not None
        and bool(cell.xpath('ancestor::figure[starts-with(@id, "table-agreement")]'))
        and re.search(r" years,? to ", cell.text_content()) is not None
    )


def leaks(html_file: Path, pdf_file: Path, page: Page) -> list[str]:
    """Gate: no path, user, host or value of the building machine; nothing that a browser would fetch."""
    problems = []
    secrets = {
        str(paths.ROOT): "the project's folder",
        str(Path.home()): "the home folder",
        socket.gethostname(): "the host's name",
    }
    if len(getpass.getuser()) > 4:
        secrets[getpass.getuser()] = "the user's name"
    secrets |= {
        value: f"the environment's {name}"
        for name, value in os.environ.items()
        if len(value) > 11 and not value.isdigit() and name not in _HARMLESS
    }
    raw_pdf = pdf_file.read_bytes()
    for secret, what in secrets.items():
        if len(secret) > 4:
            for name, found in (
                (html_file.name, secret in page.source),
                (pdf_file.name, secret.encode() in raw_pdf),
            ):
                if found:
                    problems.append(f"{name}: holds {what}; find what prints it and take it out")
    fetched = page.tree.xpath(
        '//link[@href] | //script[@src] | //img[not(starts-with(@src, "data:"))] | //iframe | //object | //embed | //form | //base'
    )
    problems += [
        f"{html_file.name}: <{e.tag}> would be fetched or run when the page is opened; embed it or take it out"
        for e in fetched
    ]
    if re.search(r"url\(\s*['\"]?(?!data:|#)", page.source) or "@import" in page.source:
        problems.append(f"{html_file.name}: a style fetches from outside; embed it")
    scripts = [
        e.text
        for e in page.tree.xpath(
            "//script[not(@type='application/json') and not(@type='application/ld+json')]"
        )
    ]
    if any(script not in SCRIPTS for script in scripts) or page.tree.xpath(
        "//@onclick | //@onload | //@onerror"
    ):
        problems.append(f"{html_file.name}: holds a script that is not the template's; take it out")
    return problems


_HARMLESS = {"LANG", "LC_ALL", "TERM", "SHELL", "COLORTERM", "LESSOPEN", "LS_COLORS"}


def printed(page: Page, pdf: Pages) -> list[str]:
    """Gate: the numbers that a file prints are those that its claims say it prints; a digit flipped in either is found."""
    return [
        *page.misplaced,
        *_compare(page.file.name, page.text(), page.claims),
        *_compare(pdf.file.name, pdf.text(), pdf.claims()),
        *_listed(pdf),
    ]


def _listed(pdf: Pages) -> list[str]:
    """Compare the contents with the claims: each entry, in order, with a page that holds it, and nothing else."""
    text = _squeezed(pdf.contents).removeprefix("Contents")
    entries = pdf.claims()["contents"]
    patterns = [re.escape(_squeezed(entry)) + r"(\d+)" for entry in entries]
    found = re.fullmatch("".join(patterns), text)
    if found is None:
        amiss = [
            next(
                (
                    entry
                    for n, entry in enumerate(entries, start=1)
                    if not re.match("".join(patterns[:n]), text)
                ),
                "its end",
            )
        ]
    else:
        pages = dict(enumerate((_squeezed(t.replace("\x02", "")) for t in pdf.texts), start=1))
        amiss = [
            entry
            for entry, page in zip(entries, found.groups())
            if _squeezed(re.sub(r"^\w ", "", entry)) not in pages.get(int(page), "")
        ]
    return [
        f"{pdf.file.name}, contents: {entry!r} does not stand there with its page; restore the file from a build"
        for entry in amiss
    ]


def _compare(name: str, text: str, claims: dict) -> list[str]:
    found = Counter(numbers(text))
    wanted = Counter(n for line in claims["printed"].values() for n in line.split())
    repeated = Counter(n for line in claims["heads"] for n in line.split())
    problems = []
    for number in sorted({*found, *wanted}):
        # the heads of long tables are repeated on every page
        if found[number] < wanted[number] or (
            found[number] > wanted[number] and not repeated[number]
        ):
            where = (
                ", ".join(
                    [place for place, line in claims["printed"].items() if number in line.split()][
                        :3
                    ]
                )
                or "no place"
            )
            at = text.find(number)
            problems.append(
                f"{name}: prints {number} {found[number]} times, its claims say {wanted[number]} times ({where}); "
                f"first at {' '.join(text[max(0, at - 40) : at + 40].split())!r}; restore the file from a build"
                if found[number]
                else f"{name}: does not print {number}, which its claims say it does ({where}); restore the file from a build"
            )
    return problems


def verify(file: Path) -> dict:
    """Check a finished file without a build: numbers against its claims, quotations against the article, digests against the data.

    Returns the claims; raises AuditError where something does not agree.
    """
    from dossier import briefs, data

    if file.suffix == ".html":
        page = Page(file)
        claims, text = page.claims, page.text()
        problems = [*page.misplaced, *_compare(file.name, text, claims), *unsourced(page)]
    elif file.suffix == ".pdf":
        pages = Pages(file)
        claims, text = pages.claims(), pages.text()
        problems = [*_compare(file.name, text, claims), *_listed(pages)]
    else:
        raise AuditError([f"{file.name}: neither .html nor .pdf; name a finished report"])
    body, squeezed = article.text(), _squeezed(text)
    if claims["article"]["sha256"] != article.sha256():
        problems.append(
            "article.txt: its digest is not the one that the report was built from; one of the two was changed"
        )
    for fact in claims["facts"]:
        if fact["kind"] == "stated":
            if body[fact["start"] : fact["end"]] != fact["quote"]:
                problems.append(
                    f"fact {fact['id']}: the article does not hold {fact['quote']!r} at {fact['start']}"
                )
            if _squeezed(fact["quote"]) not in squeezed:
                problems.append(
                    f"fact {fact['id']}: the file no longer prints its quotation {fact['quote']!r}"
                )
    ally = claims["parameters"].get("ally")
    if ally and claims["data"]["rows"] != briefs.digest(
        briefs.narrow(data.record(datetime.date.fromisoformat(claims["parameters"]["as_of"])), ally)
    ):
        problems.append(
            "data/: the rows that the brief rests on are not those that it was built from; the data have changed since"
        )
    for name, digest in ({} if ally else data.digests()).items():
        if claims["data"].get(name) != digest:
            problems.append(
                f"data/{name}: its digest is not the one that the report was built from; the data have changed since"
            )
    if problems:
        raise AuditError(problems)
    return claims
