"""The forgeries of the campaign: each way in which a finished file is made to say something else.

See test_forgeries.py. A forgery gets a copy of the finished file and writes it changed.
"""

import copy
import datetime
import functools
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from conftest import in_drawing

from dossier.export.claims import fact_of
from dossier.facts.fact import forms_of
from dossier.text.numbers import typeset
from dossier.text.units import units_of

HTML, PDF, FACTS = ".html", ".pdf", ".facts.json"


@dataclass(frozen=True)
class Forgery:
    """One forgery: its kind, the suffix of its file, and a seed for what it picks."""

    kind: str
    suffix: str
    seed: int

    def make(self, finished: Path, forged: Path) -> None:
        """Write the forged file; ``finished`` is the genuine one without its suffix."""
        genuine = finished.with_name(finished.name + self.suffix)
        KINDS[self.kind][self.suffix](genuine, forged, random.Random(self.seed))
        assert forged.read_bytes() != genuine.read_bytes(), self


def forgeries() -> list[Forgery]:
    """Return every forgery, in the same order each time."""
    return [
        Forgery(kind, suffix, seed)
        for kind, makers in KINDS.items()
        for suffix, times in zip(makers, TIMES[kind], strict=True)
        for seed in range(times)
    ]


# ---- what is changed in a text: HTML, facts.json, and the one that a PDF holds


Change = Callable[[str, random.Random], str]


def of_text(change: Change):
    """Return the maker of a forged text file."""

    def make(genuine: Path, forged: Path, rng: random.Random) -> None:
        forged.write_text(change(genuine.read_text(encoding="utf-8"), rng), encoding="utf-8")

    return make


def other_digit(digit: str, rng: random.Random) -> str:
    return rng.choice([d for d in "123456789" if d != digit])


def _start(text: str) -> int:
    """Return where the text begins that a page shows; nought of another file."""
    return max(0, text.find("<main"))


@functools.cache
def digits(text: str) -> list[int]:
    """Return where a page shows a digit, not on an axis, or the text of a fact has one; once."""
    shown = r'"text": "[^"]*?(\d)'
    if "<main" in text:  # but for what shows when it is pointed at, and characters by their number
        shown = r'<span class="tip".*?</span>|<title>.*?</title>|&#\d+;|>[^<>&]*?(\d)'
    found = [m.start(1) + _start(text) for m in re.finditer(shown, text[_start(text) :]) if m[1]]
    return [place for place in found if "<main" not in text or not in_drawing(text, place)]


def one_digit(text: str, rng: random.Random) -> str:
    """Change one digit that a page shows, or one in the text of a fact."""
    at = rng.choice(digits(text))
    return text[:at] + other_digit(text[at], rng) + text[at + 1 :]


def numbers(claims: dict) -> list[str]:
    """Return the numbers of two digits or more that the texts of facts print."""
    texts = [f["text"] for f in claims["facts"] if f["unit"] != "date"]
    return sorted({n for text in texts for n in re.findall(r"\d+(?:[.,]\d+)+|\d{2,}", text)})


def claims_in(text: str) -> dict:
    """Return the claims in a text of HTML, or of JSON."""
    found = re.search(r'<script type="application/json" id="claims">(.*?)</script>', text, re.S)
    return json.loads(found[1] if found else text)


def with_claims(text: str, claims: dict) -> str:
    """Return a text with other claims in the place of its own."""
    if not text.startswith("<"):
        return json.dumps(claims, ensure_ascii=False, indent=1) + "\n"
    packed = json.dumps(claims, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&":
        packed = packed.replace(mark, f"\\u{ord(mark):04x}")
    before, start, rest = text.partition('id="claims">')
    return before + start + packed + rest[rest.index("</script>") :]


def everywhere(text: str, old: str, new: str) -> str:
    """Return a text with another number in the place of one, wherever it stands alone."""
    return re.sub(rf"(?<![\d.,]){re.escape(old)}(?![\d]|[.,]\d)", new, text)


def other_number(old: str, rng: random.Random) -> str:
    at = rng.choice([n for n, c in enumerate(old) if c.isdigit()])
    return old[:at] + other_digit(old[at], rng) + old[at + 1 :]


def number_everywhere(text: str, rng: random.Random) -> str:
    """Change a number in the claims and the prose alike, values of claims among them."""
    old = rng.choice(numbers(claims_in(text)))
    return everywhere(text, old, other_number(old, rng))


def derived(text: str, rng: random.Random) -> str:
    """Change a value, derive its texts anew, and put them wherever the old ones stand."""
    claims = claims_in(text)
    units, first = units_of(claims["settings"]["units"]), claims["parameters"]["units"]
    counts = [f for f in claims["facts"] if f["kind"] == "computed" and type(f["value"]) is int]
    fact = rng.choice([f for f in counts if f["value"] > 9])
    before = copy.deepcopy(fact)
    fact["value"] += 1
    fact["forms"] = sorted({*forms_of(fact_of(fact), units, first).values()})
    fact["text"] = forms_of(fact_of(fact), units, first)[""]
    old, new = (re.search(r"\d[\d,]*", item["text"])[0] for item in (before, fact))
    places = claims["printed"]
    claims["printed"] = {place: everywhere(line, old, new) for place, line in places.items()}
    if not text.startswith("<"):
        return with_claims(text, claims)
    main = _start(text)
    return with_claims(text[:main], claims) + everywhere(text[main:], old, new)


VERDICTS = ("confirmed", "imprecise")


def verdict(text: str, rng: random.Random) -> str:
    """Turn the verdict on one claim, in its row and in the claims."""
    claims = claims_in(text)
    claim = rng.choice([c for c, v in claims["verdicts"].items() if v in VERDICTS])
    old = claims["verdicts"][claim]
    new = VERDICTS[old == VERDICTS[0]]
    claims["verdicts"][claim] = new
    text = with_claims(text, claims)
    row = re.search(rf'<tr data-row="claims:{claim}".*?</tr>', text, re.S)
    if not row:
        return text
    assert old in row[0]
    return text.replace(row[0], row[0].replace(old, new))


def qualifier(text: str, rng: random.Random) -> str:
    """Take the word off a qualified fact, in the claims and wherever it prints."""
    claims = claims_in(text)
    fact = rng.choice([f for f in claims["facts"] if f["qualifier"] != "exact" and wording(f)])
    word, bare = wording(fact), fact["text"].removeprefix(f"{wording(fact)} ")
    fact["qualifier"] = rng.choice(["exact", "exact", "over", "about"])
    fact["forms"] = [form.removeprefix(f"{word} ") for form in fact["forms"]]
    old, fact["text"] = fact["text"], bare
    return with_claims(text, claims).replace(typeset(old), typeset(bare))


def wording(fact: dict) -> str:
    word = fact["printing"].get("wording", "")
    return word if fact["text"].startswith(f"{word} ") else ""


def caveat(text: str, rng: random.Random) -> str:
    """Cut out a caveat, with the numbers that the claims say stand there."""
    notes = re.findall(r'<p class="note" role="note">.*?</p>', text, re.S)
    return text.replace(rng.choice(notes), "", 1)


def caveat_of_facts(text: str, rng: random.Random) -> str:
    """Cut out of the claims what a place prints."""
    claims = claims_in(text)
    del claims["printed"][rng.choice(list(claims["printed"]))]
    return with_claims(text, claims)


def sources(text: str, rng: random.Random) -> str:
    """Exchange the sources of two facts; in a page two titles of the list, too."""
    claims = claims_in(text)
    several = {tuple(f["sources"]): f for f in claims["facts"] if f["sources"]}
    one, other = rng.sample(list(several.values()), 2)
    one["sources"], other["sources"] = other["sources"], one["sources"]
    text = with_claims(text, claims)
    titles = re.findall(r'<li id="source-[^>]*><span>\d+</span> <a [^>]*>([^<]{12,})</a>', text)
    if not titles:
        return text
    here, there = rng.sample(sorted({*titles}), 2)
    swapped = {here: there, there: here}
    return re.sub(f"{re.escape(here)}|{re.escape(there)}", lambda m: swapped[m[0]], text)


def as_of(text: str, rng: random.Random) -> str:
    """Say another as-of day, in every writing."""
    old = datetime.date.fromisoformat(claims_in(text)["parameters"]["as_of"])
    new = old + datetime.timedelta(rng.choice([-400, -40, -1, 1, 9, 60]))
    day = f"{old.day} {old:%B %Y}", f"{new.day} {new:%B %Y}"
    return text.replace(old.isoformat(), new.isoformat()).replace(*day)


def quotation(text: str, rng: random.Random) -> str:
    """Change a word of what the article is quoted with, wherever the quotation stands."""
    quotes = sorted({f["quote"] for f in claims_in(text)["facts"] if f["kind"] == "stated"})
    old = rng.choice([q for q in quotes if " " in q])
    word = rng.choice(re.findall(r"[A-Za-z]{3,}", old))
    return text.replace(old, old.replace(word, rng.choice(["every", "those", "most"]), 1))


def wording_of_prose(text: str, rng: random.Random) -> str:
    """Turn a sentence of a page round by a word that is no number."""
    words = (" is ", " are ", " has ", " had ", " was ", " were ", " and ", " of ")
    start = _start(text)
    found = [m for w in words for m in re.finditer(rf"(?<=[a-z,]){w}(?=[a-z])", text[start:])]
    at = rng.choice(found)
    return text[: start + at.start()] + " never" + text[start + at.start() :]


def label(text: str, rng: random.Random) -> str:
    """Say that a fact is something else."""
    claims = claims_in(text)
    fact = rng.choice(claims["facts"])
    fact["label"] = f"Not {fact['label']}"
    return with_claims(text, claims)


def drawing(text: str, rng: random.Random) -> str:
    """Draw a mark of a figure elsewhere."""
    marks = re.finditer(r'<path[^>]* d="[Mm](-?\d+(?:\.\d+)?)', text)
    at = rng.choice([m for m in marks if m.start() > _start(text)])
    return text[: at.start(1)] + f"{float(at[1]) * 1.5 + 1:.2f}" + text[at.end(1) :]


def hidden(text: str, rng: random.Random) -> str:
    """Change what machines read, or what shows when it is pointed at."""
    old, new = rng.choice(
        [
            ('"alternateName":"confirmed"', '"alternateName":"imprecise"'),
            ('"reviewBody":"', '"reviewBody":"It is false. '),
            ('<meta name="description" content="', '<meta name="description" content="False. '),
            ('class="tip" role="tooltip"', 'class="tip" role="tooltip" hidden'),
            ("data:text/csv;charset=utf-8,row", "data:text/csv;charset=utf-8,rows"),
        ]
    )
    assert old in text
    return text.replace(old, new, 1)


def digests(text: str, rng: random.Random) -> str:
    """Say that other data were there, so that nobody holds the file against them."""
    claims = claims_in(text)
    table = rng.choice(list(claims["data"]))
    claims["data"][table] = f"{rng.getrandbits(256):064x}"
    return number_everywhere(with_claims(text, claims), rng)


def alternative(text: str, rng: random.Random) -> str:
    """Say the contrary to whoever hears a figure."""
    found = list(re.finditer(r'role="img" aria-label="', text))
    at = rng.choice(found).end()
    return f"{text[:at]}It is not so: {text[at:]}"


# ---- what is changed in a PDF: its attachment, and the glyphs of its pages


Glyph = tuple[int, int, int, str]
"""Instruction, part of its array, offset there, font."""
Codes = dict[str, dict[str, bytes]]
"""The codes of the characters of each font, by the font's name."""


@dataclass(frozen=True)
class Page:
    """A page's text as it is set, with the place of each of its characters."""

    text: str
    glyphs: list[Glyph]


@functools.cache
def pages(file: Path) -> tuple[list[Page], Codes]:
    """Return the pages of a PDF, and the codes of its fonts' characters; once for all forgeries."""
    codes: Codes = {}
    with pikepdf.open(file) as opened:
        for page in opened.pages:
            for font in page.Resources.Font.values():
                codes.setdefault(str(font.BaseFont), _codes(font))
        return [_page(page, codes) for page in opened.pages], codes


def _codes(font) -> dict[str, bytes]:
    cmap = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    pairs = re.findall(r"<([0-9a-fA-F]{4})> <((?:[0-9a-fA-F]{4})+)>\s", cmap)
    return {bytes.fromhex(to).decode("utf-16-be"): bytes.fromhex(code) for code, to in pairs}


def _page(page, codes: Codes) -> Page:
    names = {str(name): str(font.BaseFont) for name, font in page.Resources.Font.items()}
    known = {font: {code: c for c, code in found.items()} for font, found in codes.items()}
    text, glyphs, font = "", [], ""
    for number, (operands, operator) in enumerate(pikepdf.parse_content_stream(page)):
        if str(operator) == "Tf":
            font = names[str(operands[0])]
        for part, raw in enumerate(_strings(operands, operator)):
            for at in range(0, len(raw), 2):
                text += known[font].get(raw[at : at + 2], "?")[:1]
                glyphs.append((number, part, at, font))
        if str(operator) == "ET":  # so that no word goes over from one text to the next
            text += "\n"
            glyphs.append((number, 0, 0, ""))
    return Page(text, glyphs)


def _strings(operands, operator) -> list[bytes]:
    """Return the strings of an instruction that shows text; an empty one for each gap."""
    if str(operator) not in ("Tj", "TJ"):
        return []
    shown = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
    return [bytes(part) if isinstance(part, pikepdf.String) else b"" for part in shown]


Glyphs = dict[tuple[int, int], str]
"""Characters to be set in the place of others, by page and place in its text."""


def _set(opened, glyphs: Glyphs, book: list[Page], codes: Codes) -> None:
    """Set other characters in the place of a PDF's."""
    for number in sorted({page for page, _ in glyphs}):
        page = opened.pages[number]
        instructions = list(pikepdf.parse_content_stream(page))
        for (where, place), character in glyphs.items():
            if where == number:
                _set_one(instructions, book[number].glyphs[place], codes, character)
        page.Contents = opened.make_stream(pikepdf.unparse_content_stream(instructions))


def _set_one(instructions, glyph: Glyph, codes: Codes, character: str) -> None:
    number, part, at, font = glyph
    operands, operator = instructions[number]
    several = str(operator) == "TJ"
    shown = list(operands[0]) if several else [operands[0]]
    raw = bytes(shown[part])
    shown[part] = pikepdf.String(raw[:at] + codes[font][character] + raw[at + 2 :])
    instructions[number] = ([pikepdf.Array(shown) if several else shown[0]], operator)


Find = Callable[[list[Page], random.Random, str, str], Glyphs]
"""Finds what to set elsewhere, by the pages and the attachment's text before and after."""


def of_pdf(attached: Change | None = None, find: Find | None = None, more=None):
    """Return the maker of a forged PDF: the attachment changed, other glyphs, and what is more."""

    def make(genuine: Path, forged: Path, rng: random.Random) -> None:
        book, codes = pages(genuine)
        with pikepdf.open(genuine) as opened:
            before = opened.attachments["facts.json"].get_file().read_bytes().decode()
            after = attached(before, rng) if attached else before
            if attached:
                opened.attachments["facts.json"].obj.EF.F.write(after.encode())
            if find:
                glyphs = _settable(find(book, rng, before, after), book, codes)
                assert glyphs
                _set(opened, glyphs, book, codes)
            if more:
                more(opened, rng)
            opened.save(forged)

    return make


def _settable(glyphs: Glyphs, book: list[Page], codes: Codes) -> Glyphs:
    """Leave out the characters that the place's font does not have."""
    return {
        (page, place): c
        for (page, place), c in glyphs.items()
        if c in codes[_font(book, page, place)]
    }


def _font(book: list[Page], page: int, place: int) -> str:
    return book[page].glyphs[place][3]


def _matches(book: list[Page], pattern: str) -> Iterator[tuple[int, re.Match]]:
    for number, page in enumerate(book):
        yield from ((number, match) for match in re.finditer(pattern, page.text))


def _replaced(found: list[tuple[int, re.Match]], new: Callable[[str], str]) -> Glyphs:
    """Return the characters that differ where matches are replaced by texts as long."""
    return {
        (page, match.start() + n): c
        for page, match in found
        for n, c in enumerate(new(match[0]))
        if c != match[0][n]
    }


def glyph_of_digit(book, rng, before, after) -> Glyphs:
    return _replaced([rng.choice(list(_matches(book, r"\d")))], lambda d: other_digit(d, rng))


def glyphs_of_number(book, rng, before, after) -> Glyphs:
    """Set the number that the attachment now has wherever the pages have the old one."""
    texts = ([f["text"] for f in claims_in(side)["facts"]] for side in (before, after))
    pairs = ((a, b) for a, b in zip(*texts, strict=True) if a != b)
    old, new = next(
        (x, y)
        for pair in pairs
        for x, y in zip(*(re.findall(r"\d+(?:[.,]\d+)*", t) for t in pair), strict=True)
        if x != y
    )
    pattern = rf"(?<![\d.,]){re.escape(old)}(?![\d]|[.,]\d)"
    return _replaced(list(_matches(book, pattern)), lambda _: new)


def glyphs_of_verdict(book, rng, before, after) -> Glyphs:
    found = [rng.choice(list(_matches(book, "|".join(VERDICTS))))]
    return _replaced(found, lambda old: VERDICTS[old == VERDICTS[0]])


def glyphs_of_word(book, rng, before, after) -> Glyphs:
    swapped = {"has": "had", "had": "has", "are": "nor", "was": "nor", "not": "now", "all": "few"}
    found = list(_matches(book, rf"(?<=[a-z] )(?:{'|'.join(swapped)})(?= [a-z])"))
    return _replaced([rng.choice(found)], swapped.__getitem__)


def glyphs_cut(book, rng, before, after) -> Glyphs:
    """Set spaces in the place of a line of words."""
    found = list(_matches(book, r"[A-Za-z ,]{40,}"))
    return _replaced([rng.choice(found)], lambda line: " " * len(line))


def glyphs_of_quotation(book, rng, before, after) -> Glyphs:
    found = list(_matches(book, r"(?<=“)[a-z]{4,}(?= )"))
    return _replaced([rng.choice(found)], lambda word: word[::-1])


def glyphs_of_day(book, rng, before, after) -> Glyphs:
    day = datetime.date.fromisoformat(claims_in(before)["parameters"]["as_of"])
    new = datetime.date.fromisoformat(claims_in(after)["parameters"]["as_of"])
    return _replaced(list(_matches(book, f"{day.day} {day:%B}")), lambda _: f"{new.day} {new:%B}")


def same_month(text: str, rng: random.Random) -> str:
    """Say another as-of day of the same month, as long when it is written."""
    old = claims_in(text)["parameters"]["as_of"]
    days = [d for d in range(10, 29) if f"{d}" != old[-2:]]
    return text.replace(old, f"{old[:-2]}{rng.choice(days)}")


def other_drawing(opened, rng: random.Random) -> None:
    """Move a mark of a figure."""
    page = rng.choice([p for p in opened.pages if b" c\n" in p.Contents.read_bytes()])
    instructions = list(pikepdf.parse_content_stream(page))
    lines = [n for n, (_, operator) in enumerate(instructions) if str(operator) in ("l", "m")]
    number = rng.choice(lines)
    operands, operator = instructions[number]
    instructions[number] = ([float(operands[0]) * 1.5 + 1, operands[1]], operator)
    page.Contents = opened.make_stream(pikepdf.unparse_content_stream(instructions))


def other_alternative(opened, rng: random.Random) -> None:
    """Say the contrary to whoever hears a figure."""
    found = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    chosen = rng.choice(found)
    chosen.Alt = f"It is not so: {chosen.Alt}"


def other_title(opened, rng: random.Random) -> None:
    with opened.open_metadata() as meta:
        meta["dc:title"] = f"What the article says, {rng.random()}"


def other_shapes(opened, rng: random.Random) -> None:
    """Set other digits on a page, and let them be read as before: what is copied is not seen.

    The page gets a font of its own, whose map to Unicode has two digits exchanged.
    """
    book, codes = pages(Path(opened.filename))
    found = list(_matches(book, r"(?<=[^\d]2)3|(?<=[^\d]3)2|[23](?= )"))
    number, match = rng.choice(found)
    page, base = opened.pages[number], _font(book, number, match.start())
    own, exchanged = codes[base], {"2": "3", "3": "2"}
    places = [n for n, c in enumerate(book[number].text) if c in exchanged]
    places = [n for n in places if _font(book, number, n) == base]
    assert exchanged.keys() <= own.keys()
    _set(opened, {(number, n): exchanged[book[number].text[n]] for n in places}, book, codes)
    name, font = next((n, f) for n, f in page.Resources.Font.items() if str(f.BaseFont) == base)
    cmap = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    pair = {own["2"].hex(): own["3"].hex(), own["3"].hex(): own["2"].hex()}
    swapped = re.sub(
        r"<([0-9a-fA-F]{4})>(?= <)", lambda m: f"<{pair.get(m[1].lower(), m[1])}>", cmap
    )
    other = pikepdf.Dictionary(font)
    other.ToUnicode = opened.make_stream(swapped.encode("latin-1"))
    page.Resources = pikepdf.Dictionary(page.Resources)
    page.Resources.Font = pikepdf.Dictionary(page.Resources.Font)
    page.Resources.Font[name] = opened.make_indirect(other)


KINDS: dict[str, dict[str, Callable[[Path, Path, random.Random], None]]] = {
    "a digit in one place": {
        HTML: of_text(one_digit),
        PDF: of_pdf(find=glyph_of_digit),
        FACTS: of_text(one_digit),
    },
    "a digit of a PDF’s attachment": {PDF: of_pdf(one_digit)},
    "a number wherever it stands": {
        HTML: of_text(number_everywhere),
        PDF: of_pdf(number_everywhere, glyphs_of_number),
        FACTS: of_text(number_everywhere),
    },
    "a value, with all that follows": {
        HTML: of_text(derived),
        PDF: of_pdf(derived, glyphs_of_number),
        FACTS: of_text(derived),
    },
    "a verdict": {
        HTML: of_text(verdict),
        PDF: of_pdf(verdict, glyphs_of_verdict),
        FACTS: of_text(verdict),
    },
    "a qualifier": {
        HTML: of_text(qualifier),
        PDF: of_pdf(qualifier),
        FACTS: of_text(qualifier),
    },
    "a caveat cut out": {
        HTML: of_text(caveat),
        PDF: of_pdf(find=glyphs_cut),
        FACTS: of_text(caveat_of_facts),
    },
    "sources exchanged": {
        HTML: of_text(sources),
        PDF: of_pdf(sources),
        FACTS: of_text(sources),
    },
    "another as-of day": {
        HTML: of_text(as_of),
        PDF: of_pdf(same_month, glyphs_of_day),
        FACTS: of_text(as_of),
    },
    "a quotation": {
        HTML: of_text(quotation),
        PDF: of_pdf(quotation, glyphs_of_quotation),
        FACTS: of_text(quotation),
    },
    "a word of a sentence or a label": {
        HTML: of_text(wording_of_prose),
        PDF: of_pdf(find=glyphs_of_word),
        FACTS: of_text(label),
    },
    "an alternative text": {HTML: of_text(alternative), PDF: of_pdf(more=other_alternative)},
    "a drawing": {HTML: of_text(drawing), PDF: of_pdf(more=other_drawing)},
    "what does not show": {HTML: of_text(hidden), PDF: of_pdf(more=other_title)},
    "the shapes of digits": {PDF: of_pdf(more=other_shapes)},
    "a number, and the data’s digest": {HTML: of_text(digests), FACTS: of_text(digests)},
}
TIMES = {
    "a digit in one place": (15, 15, 10),
    "a digit of a PDF’s attachment": (10,),
    "a number wherever it stands": (20, 15, 15),
    "a value, with all that follows": (10, 5, 10),
    "a verdict": (10, 10, 10),
    "a qualifier": (10, 5, 10),
    "a caveat cut out": (10, 10, 5),
    "sources exchanged": (10, 5, 10),
    "another as-of day": (6, 4, 5),
    "a quotation": (8, 5, 7),
    "a word of a sentence or a label": (10, 10, 5),
    "an alternative text": (5, 5),
    "a drawing": (5, 5),
    "what does not show": (5, 5),
    "the shapes of digits": (5,),
    "a number, and the data’s digest": (5, 5),
}
"""How often each is tried, by its suffixes in their order."""
