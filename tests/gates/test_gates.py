"""The gates, each against a report that has the fault it is there to find."""

import copy
import dataclasses
import functools
import itertools
import json
import re
from collections import Counter

import direct
import pikepdf
import pypdf
import pypdfium2
import pytest
from conftest import in_drawing
from lxml import html as lxml_html

from dossier.document.account import contents
from dossier.document.evidence import ROWS_SHOWN
from dossier.document.model import Run, text_of
from dossier.export import html, pdf
from dossier.export.claims import Claims
from dossier.gates import (
    Finished,
    charts,
    coverage,
    knowledge,
    leaks,
    numbers,
    parity,
    run_gates,
)
from dossier.gates.claims import contradictions
from dossier.gates.parity import squeezed
from dossier.gates.verify import alone
from dossier.show import charts as drawing
from dossier.show.report import Report, check_parameters
from dossier.text.article import Article
from dossier.text.numbers import find_digits


@pytest.fixture
def page(edition, tmp_path):
    """Return a function that changes the finished HTML and reads it again."""

    def changed(*changes):
        text = edition.html.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"nothing to change: {old!r}"
            text = text.replace(old, new, 1)
        file = tmp_path / edition.html.name
        file.write_text(text, encoding="utf-8")
        return html.read(file)

    return changed


@pytest.fixture
def unsourced(project):
    """Return a function that gives the problems of the gate of numbers with one reading."""
    names = project.settings.allowed
    return lambda reading: numbers.unsourced(reading, reading.claims, names, Counter())


def _set(edition, tmp_path, change, *formats):
    """Set files anew from a changed document, its claims unchanged, and return them."""
    document = copy.deepcopy(edition.document)
    change(document)
    claims = Claims(edition.facts.read_text(encoding="utf-8"))
    files = [tmp_path / f"r{format.SUFFIX}" for format in formats]
    for file, format in zip(files, formats, strict=True):
        file.write_bytes(format.render(document, claims))
    return files


def _prose(document, chapter=3):
    return next(
        b
        for b in document.chapters[chapter].blocks
        if b.type == "para" and any(r.fact for r in b.runs)
    )


def _finished(edition, *readings, document=None):
    """Return what the gates compare: an edition with these readings of its files."""
    return Finished(edition.report, document or edition.document, list(readings))


def _read(html_file, pdf_file):
    return html.read(html_file), _pdf(pdf_file)


@functools.cache
def _pdf(file):
    """Return a PDF as it is read back, to be looked at; its reading takes its time."""
    return pdf.read(file)


def test_a_text_to_cite_names_the_day_of_the_claims(page, edition):
    day = edition.document.as_of
    assert page().problems == []
    (problem,) = page(
        (f"What was known by {day}.</pre>", "What was known by 1 May 2031.</pre>")
    ).problems
    assert f"'{day}.' is missing from" in problem
    (problem,) = page(("  year = {", "  year = {1")).problems
    assert "is missing from '@misc{" in problem


def test_the_clean_report_passes(edition):
    finished = _finished(edition, *_read(edition.html, edition.pdf))
    run_gates(finished)
    pages = len(pypdfium2.PdfDocument(edition.pdf))
    assert max(reading.pages for reading in finished.readings) == pages == edition.made.pages
    assert finished.exempt and set(finished.exempt) <= set(numbers.EXEMPT)


def test_the_first_edition_passes(first_edition):
    run_gates(_finished(first_edition, *_read(first_edition.html, first_edition.pdf)))


@pytest.mark.parametrize("planted", ["650", "six hundred", "Twenty", "٣ and 4", "1,234.5"])
def test_a_number_planted_in_prose_is_found(page, unsourced, planted):
    problems = unsourced(page(("</h2>", f"</h2><p>There are {planted} of them.</p>")))
    assert any("has no fact" in p for p in problems)


@pytest.mark.parametrize(
    "where",
    [
        ('<span class="subtitle">', '<span class="subtitle">Some 6537 of '),
        ('role="img" aria-label="', 'role="img" aria-label="The 6537. '),
        ("<caption", "<p>6537</p><caption"),
    ],
    ids=["subtitle", "alt", "caption"],
)
def test_a_number_planted_beside_a_figure_or_table_is_found(page, unsourced, where):
    assert any("6537" in p for p in unsourced(page(where)))


def test_a_headline_may_hold_a_number(page, unsourced):
    """It is the article's; the gate of parity holds it to the document."""
    changed = page(('<p class="headline">“', '<p class="headline">“Gusts of 6537 and '))
    assert not unsourced(changed)


def test_a_number_planted_in_a_chart_is_found(page, unsourced):
    changed = page(("target: 2% of GDP</text>", "target: 6537% of GDP</text>"))
    assert any("6537" in p for p in unsourced(changed))


def test_a_number_planted_in_a_drawing_for_a_phone_is_found(page, edition):
    text = edition.html.read_text(encoding="utf-8")
    narrow = text.index('<svg class="narrow"', text.index('id="figure-front-parts"'))
    label = text[narrow:].split("the article: ", 1)[1].split("<", 1)[0]
    whole = page().problems
    changed = page((text[narrow:], text[narrow:].replace(label, "6537 miles", 1)))
    assert [p for p in changed.problems if p not in whole] == [
        "nato-ukraine.html, figure-front-parts: the drawing for a phone says '6537' oftener "
        "than the other; restore the file from a build"
    ]


def test_a_stripped_qualifier_is_found(page, unsourced):
    problems = unsourced(
        page((">approximately 20 member countries</a>", ">20 member countries</a>"))
    )
    assert any("article_agreements" in p and "it may print as" in p for p in problems)


def test_every_qualifier_is_kept(edition):
    facts = edition.report.facts
    facts.compute_all()
    qualified = [f for f in facts.used() if f.qualifier != "exact" and f.kind == "stated"]
    assert qualified
    for fact in qualified:
        assert all(fact.wording in form.lower() for form in facts.forms(fact).values()), fact.id


def test_an_invented_precision_is_found(page, unsourced):
    assert unsourced(page(("600 miles (about 970\u202fkm)</a>", "600 miles (965.6\u202fkm)</a>")))


def test_a_fact_left_out_is_found(edition, page, unsourced):
    used = [entry.id for entry in edition.document.ledger if entry.uses]
    clean = page()
    assert used and unsourced(clean) == []

    def without(id):
        facts = [fact for fact in clean.claims["facts"] if fact["id"] != id]
        return dataclasses.replace(clean, claims=clean.claims | {"facts": facts})

    for id in used:  # by the places that print it, as every place is looked at by itself
        places = [piece for piece in clean.pieces if piece.fact == id]
        kept = dataclasses.replace(without(id), pieces=places, labels=[])
        assert any(repr(id) in p for p in unsourced(kept)), id
    assert any(repr(used[0]) in p for p in unsourced(without(used[0])))


def test_an_expression_of_the_article_without_a_claim_is_found(edition):
    record = edition.report.record
    claims = record.claims[record.claims["claim_id"] != "C22"]
    poorer = dataclasses.replace(record, tables={**record.tables, "claims": claims})
    assert any("'600'" in p for p in coverage.uncovered(poorer))


def test_a_new_figure_in_the_article_is_found(edition):
    record = edition.report.record
    longer = Article("x" * 4000 + " Some 40 tanks.", record.article.own)
    changed = dataclasses.replace(record, article=longer)
    assert any("'40'" in p for p in coverage.uncovered(changed))


def test_a_sentence_in_one_file_alone_is_found(edition, tmp_path):
    def change(document):
        _prose(document).runs.append(Run(" And so it goes."))

    (changed,) = _set(edition, tmp_path, change, pdf)
    longer = copy.deepcopy(edition.document)
    change(longer)
    finished = _finished(edition, *_read(edition.html, changed), document=longer)
    problems = parity.find(finished)
    assert problems and all(edition.html.name in p for p in problems)


def test_what_is_printed_often_is_looked_for_behind_the_last_time():
    assert parity._after("ab ab ab", "ab", 0, 2) == 5
    assert parity._after("ab ab ab", "ab", 1, 9) == 8
    assert parity._after("ab", "x", 1, 2) == 1


def test_a_row_left_out_of_the_pdf_is_found(edition, tmp_path):
    def change(document):
        table = document.tables()[-1]
        for part in (table.rows, table.keys, table.anchors):
            part.pop()

    (changed,) = _set(edition, tmp_path, change, pdf)
    problems = parity.find(_finished(edition, *_read(edition.html, changed)))
    assert any("missing or out of order" in p for p in problems)


def test_a_changed_alt_text_is_found(edition, tmp_path):
    def change(document):
        document.figures()[0].alt = "A chart."

    problems = parity.find(_finished(edition, *_read(*_set(edition, tmp_path, change, html, pdf))))
    assert sum("alt texts" in p for p in problems) == 2


def test_values_drawn_are_those_of_the_rows(edition):
    assert charts.wrong_values(edition.document) == []
    assert all(figure.shown for figure in edition.document.figures())


def test_two_swapped_marks_are_found(edition):
    document = copy.deepcopy(edition.document)
    points = document.figures()[0].drawn
    series = next(s for s in points if len(points[s]) > 2)
    points[series][0], points[series][1] = points[series][1], points[series][0]
    assert any("other values than its rows" in p for p in charts.wrong_values(document))


def test_the_drawing_for_a_phone_is_held_to_the_rows_and_facts_too(edition):
    document = copy.deepcopy(edition.document)
    narrow = next(f.narrow for f in document.figures() if f.id == "front-ruler")
    narrow.drawn["data-main"][0][1] += 1
    narrow.texts.append("6,537 tanks")
    assert [p.split(",")[0] for p in charts.wrong_values(document)] == ["figure front-ruler-narrow"]
    assert ["6,537" in p for p in charts.unsourced_texts(document, edition.report)] == [True]


def _later(edition, file):
    """Return the problems of the gate of what was known with an HTML file."""
    facts = edition.report.facts
    future = {fact.id for fact in facts.used() if fact.future}
    return knowledge.later(html.read(file), edition.report.record, future)


def test_a_later_source_in_an_early_edition_is_found(first_edition, tmp_path):
    text = first_edition.html.read_text(encoding="utf-8").replace(
        "</ul></details></section>",
        '<li id="source-mod_28">28 agreements</li></ul></details></section>',
    )
    file = tmp_path / "r.html"
    file.write_text(text, encoding="utf-8")
    assert any("mod_28" in p for p in _later(first_edition, file))


def test_a_later_day_in_an_early_edition_is_found(first_edition, tmp_path):
    text = first_edition.html.read_text(encoding="utf-8").replace(
        "</h2>", "</h2><p>Poland signed on 8 July 2024.</p>", 1
    )
    file = tmp_path / "r.html"
    file.write_text(text, encoding="utf-8")
    assert any("8 July 2024 is later than 2024-07-07" in p for p in _later(first_edition, file))


@pytest.mark.parametrize(
    "words", ["in February 2025", "on July 8, 2024", "since 2025-02-03", "by 31 December 2024"]
)
def test_a_later_month_or_day_in_any_writing_is_found(first_edition, tmp_path, words):
    text = first_edition.html.read_text(encoding="utf-8")
    file = tmp_path / "r.html"
    file.write_text(text.replace("</h2>", f"</h2><p>It was so {words}.</p>", 1), encoding="utf-8")
    assert any("is later than 2024-07-07" in p for p in _later(first_edition, file))


def test_a_source_whose_title_names_a_later_day_is_found(first_edition, tmp_path):
    text = first_edition.html.read_text(encoding="utf-8")
    item = '<li id="source-seed">Daily data, 2024-07-08 to 2026-08-22</li></ul></details></section>'
    file = tmp_path / "r.html"
    file.write_text(text.replace("</ul></details></section>", item), encoding="utf-8")
    assert any("22 August 2026 is later" in p for p in _later(first_edition, file))


def test_a_later_row_with_a_composite_key_is_found(first_edition, tmp_path):
    text = first_edition.html.read_text(encoding="utf-8")
    row = '<tr data-row="kiel_support:USA/2025-H1"><td>12</td></tr></tbody>'
    file = tmp_path / "r.html"
    file.write_text(text.replace("</tbody>", row, 1), encoding="utf-8")
    assert any("kiel_support:USA/2025-H1" in p for p in _later(first_edition, file))


@pytest.mark.parametrize(
    ("name", "value"),
    [("GITHUB_SERVER_URL", "https://www.nato.int"), ("LOGNAME", "admin"), ("EDITOR", "the summit")],
)
def test_an_ordinary_value_of_the_environment_is_no_leak(edition, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    reading = html.read(edition.html)
    assert leaks.find(Finished(edition.report, edition.document, [reading])) == []


def test_a_secret_is_found_as_a_whole_word_alone():
    assert leaks.holds("in /home/ann/work", "/home/ann/work")
    assert not leaks.holds("the administration", "admin")
    assert leaks.holds(leaks.as_bytes("x Zoë-1234 y"), leaks.as_bytes("Zoë-1234"))


def test_nothing_later_than_the_article_day_is_in_the_first_edition(first_edition):
    """Words that only later knowledge could have brought, chosen by hand from later rows."""
    readings = _read(first_edition.html, first_edition.pdf)
    both = "".join(reading.text for reading in readings)
    both += first_edition.html.read_text(encoding="utf-8")
    for word in (
        "NSATU",
        "Hague",
        "Rutte succeeds",
        "Luxembourg signs",
        "Woodstock",
        "PURL",
        "Kiel Institute",
        "DeepState",
        "2025-08-28",
        "Buzzard",
        "Carpenter",
        "977 km",
    ):
        assert word not in both, word


def test_a_leak_of_the_machine_is_found(edition, tmp_path, monkeypatch):
    monkeypatch.setenv("DOSSIER_SECRET", "correct-horse-battery-staple")
    text = edition.html.read_text(encoding="utf-8").replace(
        "</h2>", "</h2><p>correct-horse-battery-staple</p>", 1
    )
    file = tmp_path / "r.html"
    file.write_text(text, encoding="utf-8")
    problems = leaks.find(_finished(edition, *_read(file, edition.pdf)))
    assert any("DOSSIER_SECRET" in p for p in problems)


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="https://example.org/x.png">',
        "<script>1</script>",
        '<link rel="stylesheet" href="x.css">',
        '<p onclick="x()">y</p>',
        "<style>p{background:url(https://example.org)}</style>",
    ],
)
def test_what_a_browser_would_fetch_or_run_is_found(edition, page, tag):
    changed = page(("</h2>", f"</h2>{tag}"))
    assert leaks.find(_finished(edition, changed, _pdf(edition.pdf)))


@pytest.fixture(scope="module")
def digits(edition):
    """The page, and where in it a text outside of drawings begins with a digit."""
    text = edition.html.read_text(encoding="utf-8")
    main = re.compile(r">\d").finditer(text, text.index("<main"))
    return text, [m.start() + 1 for m in main if not in_drawing(text, m.start())]


@pytest.mark.parametrize("nth", range(0, 60, 7))
def test_a_digit_flipped_in_the_html_is_found(digits, tmp_path, nth):
    text, places = digits
    at = places[nth * len(places) // 60]
    file = tmp_path / "r.html"
    file.write_text(text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :], encoding="utf-8")
    assert alone(html.read(file))


def test_a_digit_flipped_in_the_pdf_is_found(edition, tmp_path):
    def change(document):
        runs = _prose(document).runs
        run = next(r for r in runs if r.fact and any(c.isdigit() for c in r.text))
        run.text = re.sub(r"\d", lambda m: str((int(m[0]) + 1) % 10), run.text, count=1)

    (file,) = _set(edition, tmp_path, change, pdf)
    assert alone(pdf.read(file))


@pytest.mark.parametrize("nth", [0, 50, 400])
def test_a_digit_patched_in_the_bytes_of_a_finished_pdf_is_found(edition, tmp_path, nth):
    """Change the glyph of one digit in a page's content stream, and nothing else."""
    with pikepdf.open(edition.pdf) as opened:
        found = itertools.islice(_glyphs_of_digits(opened), nth, None)
        page, instructions, number, part, at, codes = next(found)
        operands, operator = instructions[number]
        parts = _parts(operands)
        text = bytes(parts[part])
        other = next(code for code in codes if code != text[at : at + 2])
        parts[part] = pikepdf.String(text[:at] + other + text[at + 2 :])
        shown = pikepdf.Array(parts) if str(operator) == "TJ" else parts[0]
        instructions[number] = ([shown], operator)
        page.Contents = opened.make_stream(pikepdf.unparse_content_stream(instructions))
        opened.save(tmp_path / "patched.pdf")
    problems = alone(pdf.read(tmp_path / "patched.pdf"))
    assert any(re.match(r"patched.pdf(: (prints|does not)|, contents: )", p) for p in problems)


def _glyphs_of_digits(opened):
    """Yield the place of each digit: page, its instructions, which one, part, offset.

    With each come the codes of all digits in its font.
    """
    for page in opened.pages:
        codes = {str(name): _digits(font) for name, font in page.Resources.Font.items()}
        instructions, font = list(pikepdf.parse_content_stream(page)), ""
        for number, (operands, operator) in enumerate(instructions):
            if str(operator) == "Tf":
                font = str(operands[0])
            if str(operator) in ("Tj", "TJ"):
                for part, at in _offsets(operands, codes[font]):
                    yield page, instructions, number, part, at, codes[font]


def _parts(operands):
    """Return the strings and gaps of an instruction that shows text."""
    return list(operands[0]) if isinstance(operands[0], pikepdf.Array) else [operands[0]]


def _offsets(operands, codes):
    for part, shown in enumerate(_parts(operands)):
        text = bytes(shown) if isinstance(shown, pikepdf.String) else b""
        yield from ((part, at) for at in range(0, len(text), 2) if text[at : at + 2] in codes)


def _digits(font) -> list[bytes]:
    """Return the codes of a font that stand for digits, by its map to Unicode."""
    cmap = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    pairs = [
        (bytes.fromhex(code), bytes.fromhex(to).decode("utf-16-be"))
        for code, to in re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})>\s", cmap)
    ]
    return [code for code, to in pairs if to.isdigit()]


def _links(edition):
    """Yield every link within the PDF.

    Each as (page, text under the link, target page, text at the target's height).
    """
    reader, drawn = pypdf.PdfReader(edition.pdf), pypdfium2.PdfDocument(edition.pdf)
    words = [page.get_textpage() for page in drawn]
    places = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}
    for number, page in enumerate(reader.pages):
        for link in (a.get_object() for a in page.get("/Annots") or []):
            if "/Dest" not in link:
                continue
            left, bottom, right, top = (float(v) for v in link["/Rect"])
            target = link["/Dest"].get_object()
            target = (
                reader.named_destinations[target].dest_array if isinstance(target, str) else target
            )
            where, height = places[list.__getitem__(target, 0).idnum], float(target[3])
            text = words[number].get_text_bounded(
                left=left - 1, bottom=bottom, right=right + 1, top=top
            )
            yield (
                number,
                text,
                where,
                words[where].get_text_bounded(
                    left=0, bottom=height - 48, right=900, top=height + 4
                ),
            )


def test_every_link_of_a_fact_lands_on_its_entry_and_on_its_quotation(edition):
    """Follow the PDF's own links: from a number to its entry, from there to the article's words."""
    told = json.loads(edition.facts.read_text())["facts"]
    forms = [(squeezed(f["label"]), {squeezed(v) for v in f["forms"]}) for f in told]
    edition.report.facts.compute_all()
    quotes = {
        f.rows[0].split(":")[1]: f.quote for f in edition.report.facts.used() if f.kind == "stated"
    }
    assert quotes
    pages = [squeezed(t) for t in _pdf(edition.pdf).page_texts]
    ledger = next(n for n, t in enumerate(pages) if t.startswith("AppendixA"))
    article = next(n for n, t in enumerate(pages) if t.startswith("Thearticle,marked"))
    listed = [squeezed(entry) for entry in contents(edition.document)]
    numbers = entries = references = 0
    for number, text, where, found in _links(edition):
        text, found = (squeezed(t.replace("\x02", "")) for t in (text, found))
        if entry := next((e for e in listed if re.fullmatch(re.escape(e) + r"\d+", text)), None):
            assert text == f"{entry}{where + 1}" and (
                entry[:40] in found or entry[1:20] in found or entry.startswith("Summary")
            ), (text, where + 1, found)
            continue
        if reference := re.fullmatch(r"\W*((?:Figure|Table)\d+)\W*", text):
            references += 1
            assert found.startswith(reference[1]) or f"{reference[1]}The" in found, (
                number + 1,
                text,
                found,
            )
        elif number < ledger <= where and number != article and "[" not in text:
            numbers += 1
            here = [form for label, own in forms if label[-20:] in found for form in own]
            assert any(text.strip(".,;:()") in form or form in text for form in here), (
                number + 1,
                text,
                found,
            )
        if number >= ledger and text in quotes:
            entries += 1
            assert squeezed(quotes[text]).removeprefix("“")[:20] in pages[where], text
    assert numbers > 150 and entries >= len(quotes) and references >= 8


def _rows(entry, fact):
    """Return (row, id that it links to, or nothing) of the rows that a ledger's entry names."""
    start = [run.text.startswith(" · ") for run in entry.evidence].index(True) if fact.rows else 0
    runs = entry.evidence[start + 1 :: 2]
    found = list(zip(fact.rows[:ROWS_SHOWN], runs, strict=False))
    assert all(row.partition(":")[2] == run.text for row, run in found), entry.id
    return [(row, run.href.removeprefix("#")) for row, run in found]


def test_the_ledger_links_to_the_rows_that_are_printed(edition):
    """Every printed row that a fact rests on is linked from the fact's entry, in the HTML."""
    tree = lxml_html.parse(edition.html)
    printed = {row.get("data-row") for row in tree.xpath("//tr[@data-row]")}
    links = {a.get("href") for a in tree.xpath("//tr[starts-with(@id, 'fact-')]//a")}
    linked = 0
    for entry in edition.document.ledger:
        for row, target in _rows(entry, edition.report.facts.require(entry.id)):
            if row in printed and not row.startswith("claims:"):
                linked += 1
                assert target and f"#{target}" in links, (entry.id, row)
                (at,) = tree.xpath(f"//*[@id='{target}']")
                assert at.get("data-row") == row
    assert linked > 100


def test_the_links_of_the_ledger_land_on_the_rows_of_the_pdf(edition):
    starts = {}  # the first words of each row that is linked to, by its key as the ledger prints it
    for block in edition.document.tables():
        for anchor, row, cells in zip(block.anchors, block.keys, block.rows, strict=True):
            if anchor:
                key = squeezed(row.partition(":")[2])
                starts.setdefault(key, []).append(squeezed(text_of(cells[0]))[:6])
    pages = _pdf(edition.pdf).page_texts
    ledger = next(n for n, t in enumerate(pages) if squeezed(t).startswith("AppendixA"))
    followed = 0
    for number, text, where, found in _links(edition):
        key = squeezed(text).strip(".,·")
        if number >= ledger > where and key in starts and not re.fullmatch(r"C\d\d", key):
            followed += 1
            assert any(start in squeezed(found) for start in starts[key]), (
                number + 1,
                text,
                where + 1,
                found,
            )
    assert followed > 80


def test_no_link_of_the_html_leads_nowhere(edition):
    tree = lxml_html.parse(edition.html)
    ids = tree.xpath("//@id")
    assert {h[1:] for h in tree.xpath("//a/@href") if h.startswith("#")} <= set(ids)
    assert len(ids) == len(set(ids))


def test_facts_json_holds_what_is_required(edition, first_edition):
    for made, years in ((edition, range(2014, 2026)), (first_edition, range(2014, 2025))):
        facts = {f["id"]: f for f in json.loads(made.facts.read_text())["facts"]}
        for id in (
            "agreements_signed",
            "agreements_signed_nato_members",
            "agreements_signed_others",
            "allies_total",
            "front_length_article",
            "front_length_measured",
            "us_agreement_term",
            "headquarters_staff",
        ):
            assert id in facts
        for year in years:
            assert f"allies_at_2_percent_{year}" in facts
    assert facts["headquarters_staff"]["quote"] == "700-person headquarters in Germany"


def test_numbers_are_read_as_printed():
    assert find_digits("1,001 km, 2.5bn, 2024/25 and C16") == ["1,001", "2.5", "2024", "25", "16"]


# ---- what a figure says


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("6,537 tanks", "6,537"),
        ("fifteen tanks", "fifteen"),
        ("{agreements_signed_text} in all, 6,537 tanks", "6,537"),
    ],
)
def test_a_number_typed_into_a_chart_is_found(edition, label, number):
    document = copy.deepcopy(edition.document)
    figure = next(f for f in document.figures() if f.id == "support-kiel")
    text = edition.report.facts.text("agreements_signed", "n")
    figure.texts.append(label.replace("{agreements_signed_text}", text))
    problems = charts.unsourced_texts(document, edition.report)
    assert any(f"the number {number!r} in its label" in p for p in problems)


@pytest.mark.slow
def test_in_the_other_system_of_units_charts_say_facts_and_rows_alone(project):
    given = check_parameters(project, {"as_of": "latest", "units": "metric"})
    report = Report.for_edition(project, given)
    assert list(charts.unsourced_texts(direct.document(given), report)) == []


def test_a_number_of_a_fact_that_the_chart_did_not_ask_for_is_found(edition):
    document = copy.deepcopy(edition.document)
    figure = next(f for f in document.figures() if f.id == "support-kiel")
    words = edition.report.facts.text("front_length_measured", "lead")
    figure.texts.append(words)
    assert charts.unsourced_texts(document, edition.report)
    figure.facts.append("front_length_measured")
    assert not charts.unsourced_texts(document, edition.report)


def test_number_words_of_an_alternative_text_are_read(edition):
    document = copy.deepcopy(edition.document)
    document.figures()[0].alt += " Fifteen bars and forty lines."
    problems = charts.unsourced_texts(document, edition.report)
    assert [p.split("the number ")[1][:9] for p in problems] == ["'Fifteen'", "'forty' i"]


def test_a_tick_that_tells_more_than_its_place_is_a_label():
    with drawing.style():
        canvas, ax = drawing.canvas(1)
        ax.plot([1, 2, 3], [1, 2, 3])
        ax.set_xticks([1, 2, 3], ["1", "Jul 2024", "6,537 tanks"])
        found = drawing.render(drawing.Drawing(canvas, "t", "", "", {}), "ticks")
    assert found.texts == ("6,537 tanks",)


def _forged(text, old, new, nth):
    """Return a text with the nth of some words changed, or the text, and how many are left."""
    parts = text.split(old)
    if len(parts) <= nth:
        return text, nth - len(parts) + 1
    return old.join(parts[:nth]) + new + old.join(parts[nth:]), 0


def test_a_year_in_the_head_of_a_table_is_held_though_heads_are_repeated(edition):
    """Of Tables 5 and 11; a page that goes on with a table begins with its head."""
    reading = _pdf(edition.pdf)
    old, new = "August 2025", "August 2024"
    assert contradictions(reading, reading.claims) == []
    for nth in range(1, reading.text.count(old) + 1):
        pages, left = [], nth
        for page in reading.page_texts:
            page, left = _forged(page, old, new, left) if left else (page, 0)
            pages.append(page)
        forged, _ = _forged(reading.text, old, new, nth)
        other = dataclasses.replace(reading, text=forged, page_texts=pages)
        assert pages != reading.page_texts and contradictions(other, reading.claims), nth
