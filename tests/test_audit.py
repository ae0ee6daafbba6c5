"""The gates, each against a report that has the fault it is there to find."""

import copy
import json
import re
from types import SimpleNamespace

import pypdf
import pypdfium2
import pytest

from dossier import article, audit, document
from dossier.export import html, pdf


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
        return audit.Page(file)

    return changed


def _set(edition, tmp_path, change):
    """Set both files anew from a changed document, its claims unchanged, and return them."""
    doc = copy.deepcopy(edition.document)
    change(doc)
    claims = edition.facts.read_text(encoding="utf-8")
    (tmp_path / "r.html").write_text(html.render(doc, claims), encoding="utf-8")
    (tmp_path / "r.pdf").write_bytes(pdf.render(doc, claims))
    return tmp_path / "r.html", tmp_path / "r.pdf"


def _prose(doc, chapter=3):
    return next(
        b
        for b in doc["chapters"][chapter]["blocks"]
        if b["type"] == "para" and any("fact" in r for r in b["runs"])
    )


def _figures(doc):
    return [b for part in doc["chapters"] for b in part["blocks"] if b["type"] == "figure"]


def test_the_clean_report_passes(edition):
    result = audit.audit(edition.html, edition.pdf, edition.report, edition.document)
    assert result["pages"] == len(pypdfium2.PdfDocument(edition.pdf))
    assert set(result["exempt"]) <= set(audit.EXEMPT)


def test_the_first_edition_passes(first_edition):
    audit.audit(first_edition.html, first_edition.pdf, first_edition.report, first_edition.document)


@pytest.mark.parametrize("planted", ["650", "six hundred", "Twenty", "٣ and 4", "1,234.5"])
def test_a_number_planted_in_prose_is_found(page, planted):
    problems = audit.unsourced(page(("</h2>", f"</h2><p>There are {planted} of them.</p>")))
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
def test_a_number_planted_beside_a_figure_or_table_is_found(page, where):
    assert any("6537" in p for p in audit.unsourced(page(where)))


def test_a_number_planted_in_a_chart_is_found(page):
    assert any(
        "6537" in p
        for p in audit.unsourced(page(("target: 2% of GDP</text>", "target: 6537% of GDP</text>")))
    )


def test_a_stripped_qualifier_is_found(page):
    problems = audit.unsourced(
        page((">approximately 20 member countries</a>", ">20 member countries</a>"))
    )
    assert any("article_agreements" in p and "it may print as" in p for p in problems)


def test_every_qualifier_is_kept(edition):
    for fact in edition.report.facts.facts.values():
        if getattr(fact, "qualifier", "exact") != "exact" and fact.kind == "stated":
            assert all(
                fact.wording in form.lower() for form in edition.report.facts.forms(fact).values()
            ), fact.id


def test_an_invented_precision_is_found(page):
    assert audit.unsourced(
        page(("600 miles (about 970\u202fkm)</a>", "600 miles (965.6\u202fkm)</a>"))
    )


def test_a_fact_left_out_is_found(edition, page):
    used = [e["id"] for e in edition.document["ledger"] if e["uses"]]
    clean = page()
    for id in used:
        kept = SimpleNamespace(
            facts={k: v for k, v in clean.facts.items() if k != id},
            claims=clean.claims,
            body=clean.body,
            exempt=clean.exempt,
        )
        assert any(repr(id) in p for p in audit.unsourced(kept)), id


def test_an_expression_of_the_article_without_a_claim_is_found(edition):
    record = edition.report.record
    poorer = SimpleNamespace(
        claims=record.claims[record.claims["claim_id"] != "C20"], exclusions=record.exclusions
    )
    assert any("'600'" in p for p in audit.covered(poorer))


def test_a_new_figure_in_the_article_is_found(edition, monkeypatch):
    monkeypatch.setattr(article, "text", lambda: "x" * 4000 + " Some 40 tanks.")
    assert any("'40'" in p for p in audit.covered(edition.report.record))


def test_a_sentence_in_one_file_alone_is_found(edition, tmp_path):
    def change(doc):
        _prose(doc)["runs"].append({"t": " And so it goes."})

    _, changed = _set(edition, tmp_path, change)
    longer = copy.deepcopy(edition.document)
    change(longer)
    problems = audit.parity(audit.Page(edition.html), audit.Pages(changed), longer)
    assert problems and all(edition.html.name in p for p in problems)


def test_a_row_left_out_of_the_pdf_is_found(edition, tmp_path):
    _, changed = _set(
        edition,
        tmp_path,
        lambda doc: next(b for c in doc["chapters"] for b in c["blocks"] if b["type"] == "table")[
            "rows"
        ].pop(),
    )
    assert any(
        "missing or out of order" in p
        for p in audit.parity(audit.Page(edition.html), audit.Pages(changed), edition.document)
    )


def test_a_changed_alt_text_is_found(edition, tmp_path):
    def change(doc):
        _figures(doc)[0]["alt"] = "A chart."

    page_file, pdf_file = _set(edition, tmp_path, change)
    problems = audit.parity(audit.Page(page_file), audit.Pages(pdf_file), edition.document)
    assert sum("alt texts" in p for p in problems) == 2


def test_values_drawn_are_those_of_the_rows(edition):
    assert audit.charts(edition.document) == []
    assert all(figure["shown"] for figure in _figures(edition.document))


def test_two_swapped_marks_are_found(edition):
    doc = copy.deepcopy(edition.document)
    points = _figures(doc)[0]["drawn"]
    series = next(s for s in points if len(points[s]) > 2)
    points[series][0], points[series][1] = points[series][1], points[series][0]
    assert any("other values than its rows" in p for p in audit.charts(doc))


def test_a_later_source_in_an_early_edition_is_found(first_edition, tmp_path):
    text = first_edition.html.read_text(encoding="utf-8").replace(
        "</ul></section>", '<li id="source-mod_28">28 agreements</li></ul></section>'
    )
    file = tmp_path / "r.html"
    file.write_text(text, encoding="utf-8")
    assert any("mod_28" in p for p in audit.as_of(audit.Page(file), first_edition.report))


def test_a_later_day_in_an_early_edition_is_found(first_edition, tmp_path):
    text = first_edition.html.read_text(encoding="utf-8").replace(
        "</h2>", "</h2><p>Poland signed on 8 July 2024.</p>", 1
    )
    file = tmp_path / "r.html"
    file.write_text(text, encoding="utf-8")
    assert any(
        "8 July 2024 is later than 2024-07-07" in p
        for p in audit.as_of(audit.Page(file), first_edition.report)
    )


def test_nothing_later_than_the_article_day_is_in_the_first_edition(first_edition):
    """Words that only later knowledge could have brought, chosen by hand from the tables' later rows."""
    both = (
        audit.Page(first_edition.html).text()
        + audit.Pages(first_edition.pdf).text()
        + first_edition.html.read_text(encoding="utf-8")
    )
    for word in (
        "Wiesbaden",
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
    assert any("DOSSIER_SECRET" in p for p in audit.leaks(file, edition.pdf, audit.Page(file)))


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
    assert audit.leaks(changed.file, edition.pdf, changed)


@pytest.mark.parametrize("nth", range(0, 60, 7))
def test_a_digit_flipped_in_the_html_is_found(edition, tmp_path, nth):
    text = edition.html.read_text(encoding="utf-8")
    start = text.index("<main")
    digits = [m.start() + 1 for m in re.finditer(r">\d", text[start:])]
    at = start + digits[nth * len(digits) // 60]
    if "tick" in text[at - 200 : at]:
        pytest.skip("a tick of an axis")
    file = tmp_path / "r.html"
    file.write_text(text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :], encoding="utf-8")
    with pytest.raises(audit.AuditError):
        audit.verify(file)


def test_a_digit_flipped_in_the_pdf_is_found(edition, tmp_path):
    def change(doc):
        run = next(
            r for r in _prose(doc)["runs"] if "fact" in r and any(c.isdigit() for c in r["t"])
        )
        run["t"] = re.sub(r"\d", lambda m: str((int(m[0]) + 1) % 10), run["t"], count=1)

    _, file = _set(edition, tmp_path, change)
    with pytest.raises(audit.AuditError):
        audit.verify(file)


@pytest.mark.parametrize("nth", [0, 50, 400])
def test_a_digit_patched_in_the_bytes_of_a_finished_pdf_is_found(edition, tmp_path, nth):
    """Change the glyph of one digit in a page's content stream, and nothing else."""
    import pikepdf

    with pikepdf.open(edition.pdf) as pdf:
        seen = 0
        for page in pdf.pages:
            codes = {str(name): _digits(font) for name, font in page.Resources.Font.items()}
            done, font, out = False, "", []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    font = str(operands[0])
                if str(operator) in ("Tj", "TJ") and not done:
                    parts = list(operands[0]) if str(operator) == "TJ" else [operands[0]]
                    for n, part in enumerate(parts):
                        text = bytes(part) if isinstance(part, pikepdf.String) else b""
                        for at in range(0, len(text), 2):
                            if text[at : at + 2] in codes[font] and not done:
                                seen += 1
                                if seen > nth:
                                    other = next(c for c in codes[font] if c != text[at : at + 2])
                                    parts[n], done = (
                                        pikepdf.String(text[:at] + other + text[at + 2 :]),
                                        True,
                                    )
                    operands = [pikepdf.Array(parts)] if str(operator) == "TJ" else [parts[0]]
                out.append((operands, operator))
            if done:
                page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(out))
                break
        assert done
        pdf.save(tmp_path / "patched.pdf")
    with pytest.raises(
        audit.AuditError, match="patched.pdf(: (prints|does not print)|, contents: )"
    ):
        audit.verify(tmp_path / "patched.pdf")


def _digits(font) -> list[bytes]:
    """Return the codes of a font that stand for digits, by its map to Unicode."""
    cmap = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    pairs = [
        (bytes.fromhex(code), bytes.fromhex(to).decode("utf-16-be"))
        for code, to in re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})>\s", cmap)
    ]
    return [code for code, to in pairs if to.isdigit()]


def test_finished_files_verify_without_a_build(edition):
    for file in (edition.html, edition.pdf):
        assert len(audit.verify(file)["facts"]) == edition.counts["facts"]


def test_a_file_that_is_no_report_is_refused(tmp_path):
    for name, text in (("x.html", "<html><body><p>1</p></body></html>"), ("x.txt", "1")):
        (tmp_path / name).write_text(text)
        with pytest.raises(audit.AuditError):
            audit.verify(tmp_path / name)


def _links(edition):
    """Yield (page, text under the link, target page, text at the target's height) for every link within the PDF."""
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
    """Follow the PDF's own links: from the number to the entry of the ledger, from the entry to the sentence of the article."""
    forms = {
        f["id"]: {audit._squeezed(v) for v in f["forms"]}
        for f in json.loads(edition.facts.read_text())["facts"]
    }
    quotes = {
        f.rows[0].split(":")[1]: f.quote
        for f in edition.report.facts.facts.values()
        if getattr(f, "kind", "") == "stated"
    }
    pages = [audit._squeezed(t) for t in audit.Pages(edition.pdf).texts]
    ledger = next(n for n, t in enumerate(pages) if t.startswith("AppendixB"))
    appendix = next(n for n, t in enumerate(pages) if t.startswith("AppendixA"))
    listed = [audit._squeezed(entry) for entry in document.contents(edition.document)]
    numbers = entries = references = 0
    for number, text, where, found in _links(edition):
        text, found = (audit._squeezed(t.replace("\x02", "")) for t in (text, found))
        if entry := next((e for e in listed if re.fullmatch(re.escape(e) + r"\d+", text)), None):
            assert text == f"{entry}{where + 1}" and (
                entry[:40] in found or entry[1:20] in found or entry.startswith("Summary")
            ), (text, where + 1, found)
            continue
        if reference := re.search(r"(Figure|Table)\d+", text):
            references += 1
            assert found.startswith(reference[0]) or f"{reference[0]}The" in found, (
                number + 1,
                text,
                found,
            )
        elif number < appendix < ledger <= where and not text.startswith("["):
            numbers += 1
            here = [i for i in forms if audit._squeezed(i) in found]
            assert any(
                text.strip(".,;:()") in form or form in text for i in here for form in forms[i]
            ), (number + 1, text, found)
        if number >= ledger and text in quotes:
            entries += 1
            assert audit._squeezed(quotes[text]).removeprefix("“")[:20] in pages[where], text
    assert numbers > 150 and entries >= len(quotes) and references >= 8


def test_the_ledger_links_to_the_rows_that_are_printed(edition):
    """Every row that a table prints and a fact rests on is linked from the fact's entry, in both files."""
    page = audit.Page(edition.html)
    printed = {row.get("data-row") for row in page.tree.xpath("//tr[@data-row]")}
    html = {a.get("href") for a in page.tree.xpath("//tr[starts-with(@id, 'fact-')]//a")}
    linked = 0
    for entry in edition.document["ledger"]:
        for row, target in zip(entry["rows"], entry["targets"]):
            if row in printed and not row.startswith("claims:"):
                linked += 1
                assert target and f"#{target}" in html, (entry["id"], row)
                (at,) = page.tree.xpath(f"//*[@id='{target}']")
                assert at.get("data-row") == row
    assert linked > 100
    starts = {}  # the first words of each row that is linked to, by its key as the ledger prints it
    for block in (
        b for part in edition.document["chapters"] for b in part["blocks"] if b["type"] == "table"
    ):
        for anchor, row, cells in zip(block["anchors"], block["keys"], block["rows"]):
            if anchor:
                starts.setdefault(audit._squeezed(row.split(":", 1)[1]), []).append(
                    audit._squeezed("".join(r["t"] for r in cells[0]))[:6]
                )
    ledger = next(
        n
        for n, t in enumerate(audit.Pages(edition.pdf).texts)
        if audit._squeezed(t).startswith("AppendixB")
    )
    followed = 0
    for number, text, where, found in _links(edition):
        key = audit._squeezed(text).strip(".,·")
        if number >= ledger > where and key in starts and not re.fullmatch(r"C\d\d", key):
            followed += 1
            assert any(start in audit._squeezed(found) for start in starts[key]), (
                number + 1,
                text,
                where + 1,
                found,
            )
    assert followed > 80


def test_no_link_of_the_html_leads_nowhere(edition):
    body = audit.Page(edition.html).tree
    ids = body.xpath("//@id")
    assert {h[1:] for h in body.xpath("//a/@href") if h.startswith("#")} <= set(ids)
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
    assert facts["headquarters_staff"]["quote"] == "700-person"


def test_numbers_are_read_as_printed():
    assert audit.numbers("1,001 km, 2.5bn, 2024/25 and C16") == ["1,001", "2.5", "2024", "25", "16"]
