"""Hostile text: shown literally, or refused with a reason, in HTML, PDF, facts.json and downloads alike."""

import csv
import io
import json
import re
import shutil
import urllib.parse

import pytest
from faults import Fault, apply
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

import direct
from dossier import audit, data, document, machine, parameters, paths, report
from dossier.build import versions
from dossier.export import html, pdf

LITERAL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></tr></table>",
    "&lt;b&gt; &amp; &#60;",
    "{{ 7*7 }} {% raw %}",
    "#set page(fill: red)",
    "#import sys",
    "$x^2$ @ref <label> \\ *bold* _it_ `raw`",
    "[link](https://example.org)",
    "**bold** ~~gone~~ # head",
    "] } ) #",
    "quote \" and ' and “",
    "a|b|c",
    "{agreements_signed} {{x}}",
    "javascript:alert(1)",
    "C:\\path\\n",
    "%PDF-1.7 endobj",
    "--><!--",
    "]]>",
    "\\u003cscript",
    "100% of (a+b)",
]
REFUSED = {
    "right-to-left": "abc\u202edef",
    "zero-width": "Kra\u200bkow",
    "Arabic": "سلام",
    "Hebrew": "שלום",
    "Arabic digits": "٣٠٠",
    "full-width digits": "３００",
    "emoji": "Kyiv 🇺🇦",
    "CJK": "基辅",
    "bell": "a\x07b",
    "escape": "a\x1b[31mb",
    "a word of 10,000": "x" * 10_000,
    "formula": "=1+1",
    "at": "@SUM(1)",
    "combining": "a\u0335b",
    "soft hyphen": "so\u00adft",
    "line separator": "a\u2028b",
    "private use": "\ue000",
    "tag": "\U000e0041",
}


@pytest.fixture
def copy(tmp_path, monkeypatch):
    folder = shutil.copytree(paths.DATA, tmp_path / "data")
    monkeypatch.setattr(paths, "DATA", folder)
    return folder


def _row(column="place"):
    table = list(
        csv.reader(io.StringIO((paths.DATA / "agreements.csv").read_text(encoding="utf-8")))
    )
    return next(n for n, row in enumerate(table, start=1) if row[0] == "A21"), table[0].index(
        column
    )


def _brief():
    newest = data.newest(data.load())
    given = parameters.Parameters(newest, newest, ally="POL")
    edition = report.Report("latest", "imperial", "POL")
    doc = document.assemble(direct.notebooks(given), edition)
    facts = machine.facts_json(doc, edition, versions())
    return (
        doc,
        facts,
        html.render(doc, machine.dump(facts), ""),
        pdf.render(doc, machine.dump(facts)),
    )


@pytest.mark.parametrize("text", LITERAL)
def test_it_is_shown_literally(copy, tmp_path, text):
    row, _ = _row()
    apply(Fault("hostile", "agreements.csv", "place", row, text), copy)
    try:
        data.check()
    except data.DataError as error:
        assert f"data/agreements.csv, row {row}, column place" in str(error)
        return
    doc, facts, page, file = _brief()
    tree = lxml_html.document_fromstring(page)
    assert not tree.xpath("//script[not(@type)] | //img | //body//*[@onerror]")
    assert any(
        text in cell.text_content() for cell in tree.xpath("//figure[@id='table-agreement']//td")
    )
    (download,) = tree.xpath("//figure[@id='table-agreement']//a[@download]/@href")
    rows = list(csv.reader(io.StringIO(urllib.parse.unquote(download.partition(",")[2]))))
    assert any(text in cell for line in rows for cell in line)
    assert (
        text in json.dumps(facts, ensure_ascii=False)
        or text in json.loads(json.dumps([f["text"] for f in facts["facts"]]))
        or "agreement_place" not in {f["id"] for f in facts["facts"]}
    )
    (tmp_path / "x.pdf").write_bytes(file)
    squeezed = re.sub(r"\s|-", "", audit.Pages(tmp_path / "x.pdf").text())
    assert re.sub(r"\s|-", "", text) in squeezed


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_reason(copy, name):
    row, _ = _row()
    apply(Fault("hostile", "agreements.csv", "place", row, REFUSED[name]), copy)
    with pytest.raises(data.DataError) as caught:
        data.check()
    assert any(
        f"data/agreements.csv, row {row}, column place" in p for p in caught.value.problems
    ), caught.value.problems


@pytest.mark.parametrize("name", ["right-to-left", "zero-width", "emoji", "Arabic digits", "bell"])
def test_the_article_too(copy, name):
    file = copy / "article.txt"
    file.write_text(file.read_text(encoding="utf-8") + REFUSED[name] + "\n", encoding="utf-8")
    with pytest.raises(
        data.DataError,
        match=r"data/article.txt, row \d+: holds|data/article.txt, row \d+: .* is in no font",
    ):
        data.check()


ANY = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)


@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY)
def test_whatever_a_cell_holds_is_shown_in_the_html_or_refused(text):
    problems = data._check_characters("here", text)
    block = {
        "type": "table",
        "id": "t",
        "number": 1,
        "caption": [{"t": text}],
        "note": [],
        "wide": False,
        "columns": [{"label": "a", "align": "left", "width": 1}],
        "keys": ["k"],
        "anchors": [""],
        "rows": [[[{"t": text}]]],
    }
    chapter = {"id": "c", "number": 1, "title": "t", "blocks": [block]}
    doc = {
        "kind": "index",
        "title": "t",
        "headline": "",
        "parameters": {"as_of": "2024-07-07"},
        "as_of": "",
        "newest": True,
        "chapters": [chapter],
        "ledger": [],
        "article": [],
        "sources": [],
        "counts": {},
    }
    if problems:
        assert all("; " in p for p in problems)
        return
    tree = lxml_html.document_fromstring(html.render(doc))
    (cell,) = tree.xpath("//tbody/tr/th")
    assert cell.text_content() == text
