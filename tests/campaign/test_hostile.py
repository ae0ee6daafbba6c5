"""Hostile text: shown literally, or refused with a reason.

In HTML, PDF, facts.json and downloads alike.
"""

import csv
import io
import json
import re
import urllib.parse

import direct
import pytest
from faults import Fault, apply, project_with_own_data
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from dossier.build.stamps import versions
from dossier.data import checks
from dossier.data.schema import DataError
from dossier.document.assemble import assemble
from dossier.document.model import Chapter, Document, Run, TableBlock, TableColumn
from dossier.export import html, pdf
from dossier.export.claims import Claims, dump, facts_json
from dossier.show.report import Report, check_parameters

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
def copy(project, tmp_path):
    """The project with data of its own."""
    return project_with_own_data(project, tmp_path)


def _row(project):
    file = project.data / "agreements.csv"
    table = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    return next(n for n, row in enumerate(table, start=1) if row[0] == "A21")


def _brief(project):
    given = check_parameters(project, {}, "POL")
    report = Report.for_edition(project, given)
    document = assemble(direct.notebooks(project, given), report)
    facts = facts_json(document, report, versions())
    claims = Claims(dump(facts))
    return facts, html.render(document, claims), pdf.render(document, claims)


@pytest.mark.parametrize("text", LITERAL)
def test_it_is_shown_literally(copy, tmp_path, text):
    row = _row(copy)
    apply(Fault("hostile", "agreements.csv", "place", row, text), copy.data)
    try:
        checks.check_data(copy)
    except DataError as error:
        assert f"data/agreements.csv, row {row}, column place" in str(error)
        return
    facts, page, file = _brief(copy)
    tree = lxml_html.document_fromstring(page.decode("utf-8"))
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
    squeezed = re.sub(r"\s|-", "", pdf.read(tmp_path / "x.pdf").text)
    assert re.sub(r"\s|-", "", text) in squeezed


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_reason(copy, name):
    row = _row(copy)
    apply(Fault("hostile", "agreements.csv", "place", row, REFUSED[name]), copy.data)
    with pytest.raises(DataError) as caught:
        checks.check_data(copy)
    assert any(
        f"data/agreements.csv, row {row}, column place" in p for p in caught.value.problems
    ), caught.value.problems


@pytest.mark.parametrize("name", ["right-to-left", "zero-width", "emoji", "Arabic digits", "bell"])
def test_the_article_too(copy, name):
    file = copy.data / "article.txt"
    file.write_text(file.read_text(encoding="utf-8") + REFUSED[name] + "\n", encoding="utf-8")
    with pytest.raises(
        DataError,
        match=r"data/article.txt, row \d+: holds|data/article.txt, row \d+: .* is in no font",
    ):
        checks.check_data(copy)


ANY = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)


@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY)
def test_whatever_a_cell_holds_is_shown_in_the_html_or_refused(text):
    if problem := checks._check_characters(text):
        assert "; " in problem
        return
    table = TableBlock(
        id="t",
        caption=[Run(text)],
        columns=[TableColumn("a")],
        keys=["k"],
        rows=[[[Run(text)]]],
        number=1,
        anchors=[""],
    )
    document = Document(
        kind="index",
        title="t",
        name="index",
        chapters=[Chapter("c", 1, "t", [table])],
        parameters={"as_of": "2024-07-07"},
    )
    tree = lxml_html.document_fromstring(html.render(document).decode("utf-8"))
    (cell,) = tree.xpath("//tbody/tr/th")
    assert cell.text_content() == text
