"""The foot of a page says what is known, and invents nothing."""

import dataclasses
import datetime
import re

import direct
import pytest
from conftest import PROJECT
from lxml import html as lxml_html

from dossier.build.editions import output_names
from dossier.build.index import briefs_page
from dossier.document.imprint import imprint_of
from dossier.parameters import Parameters
from dossier.project import ProjectError, ReportSettings, settings_of
from dossier.show.report import check_parameters

DAY = datetime.date(2031, 2, 3)
GIVEN = Parameters(DAY, DAY)


def _project(tmp_path, **settings):
    changed = dataclasses.replace(PROJECT.settings, **settings)
    return dataclasses.replace(PROJECT, root=tmp_path, settings=changed)


def test_it_is_cited_by_its_authors_title_and_day(tmp_path):
    project = _project(tmp_path, report=ReportSettings(authors=("A. B.", "The C & D Club")))
    made = imprint_of(project, GIVEN, "Tea: 5% of it", "3 February 2031")
    assert made.citation == (
        "A. B. and The C & D Club. Tea: 5% of it. What was known by 3 February 2031."
    )
    assert made.bibtex == (
        "@misc{dossier-2031-02-03,\n"
        "  title = {{Tea: 5\\% of it}},\n"
        "  author = {{A. B.} and {The C \\& D Club}},\n"
        "  year = {2031},\n"
        "  note = {What was known by 3 February 2031.},\n}"
    )


def test_what_is_not_known_is_left_out(tmp_path):
    made = imprint_of(_project(tmp_path, report=ReportSettings()), GIVEN, "Tea", "3 February 2031")
    assert made.citation == "Tea. What was known by 3 February 2031."
    assert "author" not in made.bibtex
    assert made.licence == "" and made.errors == []


def test_the_licence_is_the_first_line_of_its_file_with_its_name(tmp_path):
    (tmp_path / "LICENSE").write_text("\nThe Tea Licence\n\nDrink.\n")
    assert imprint_of(_project(tmp_path), GIVEN, "", "").licence == "The Tea Licence"
    (tmp_path / "pyproject.toml").write_text('[project]\nlicense = "LicenseRef-Tea"\n')
    made = imprint_of(_project(tmp_path), GIVEN, "", "")
    assert made.licence == "The Tea Licence (SPDX: LicenseRef-Tea)"


def test_errors_are_reported_where_dossier_toml_says(tmp_path):
    report = ReportSettings(errors="https://example.org/issues")
    made = imprint_of(_project(tmp_path, report=report), GIVEN, "", "")
    assert [(run.text, run.href) for run in made.errors] == [
        ("example.org/issues", "https://example.org/issues")
    ]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "example.org", "http://example.org"])
def test_an_address_that_is_no_page_is_refused(address):
    article = {"day": DAY, "source": "seed"}
    content = {"name": "tea", "title": "Tea", "article": article, "report": {"errors": address}}
    with pytest.raises(ProjectError, match=r"report\.errors is .*: write the address of a page"):
        settings_of(content)


def test_the_authors_are_those_of_the_citation_file():
    citation = (PROJECT.root / "CITATION.cff").read_text(encoding="utf-8")
    assert list(PROJECT.settings.report.authors) == re.findall(r"^  - name: (.+)$", citation, re.M)


@pytest.mark.parametrize("given", [{}, {"as_of": "2024-07-07", "units": "metric"}])
@pytest.mark.parametrize("entity", ["", "POL"])
def test_the_files_beside_a_page_are_those_that_builds_write(given, entity):
    effective = check_parameters(PROJECT, given, entity)
    formats = dataclasses.replace(effective, formats=("html", "pdf", "data"))
    names = output_names(PROJECT, formats)
    page = PROJECT.reports / names["html"]
    made = imprint_of(PROJECT, effective, "", "")
    beside = {what: (page.parent / file).resolve() for what, file in made.beside}
    assert beside.pop("PDF") == PROJECT.reports / names["pdf"]
    assert beside.pop("facts.json, for machines") == PROJECT.reports / names["facts"]
    assert page.parent / made.data == PROJECT.reports / names["data"]
    briefs = PROJECT.reports / f"briefs{effective.suffix}" / "index.html"
    if entity:
        report = output_names(PROJECT, check_parameters(PROJECT, given))["html"]
        wanted = {"the report": PROJECT.reports / report, "the list of briefs": briefs}
    else:
        index = PROJECT.reports / "index.html"
        wanted = {"a brief for each ally": briefs, "all editions, and what changed": index}
    assert beside == wanted


def test_the_list_of_briefs_leads_to_the_report_and_the_editions():
    given = check_parameters(PROJECT, {"as_of": "2024-07-07"})
    page = lxml_html.document_fromstring(briefs_page(PROJECT, given, ["POL"]).decode())
    assert page.xpath("//footer//section[@class='whole']//a/@href") == [
        "../nato-ukraine.as-of-2024-07-07.html",
        "../index.html",
    ]


@pytest.mark.slow
def test_the_claims_of_a_brief_lead_to_their_words_in_its_editions_report():
    """Poland's claims by hand: the agreements (C18) and those below the target (C32)."""
    for as_of, suffix in (("latest", ""), ("2025-06-25", ".as-of-2025-06-25")):
        brief = direct.document(check_parameters(PROJECT, {"as_of": as_of}, "POL"))
        cells = [row[0] for table in brief.tables() for row in table.rows]
        led = [run.href for runs in cells for run in runs if run.href.endswith(("C18", "C32"))]
        page = f"../nato-ukraine{suffix}.html"
        assert led == [f"{page}#quote-C18", f"{page}#quote-C32"]
    report = lxml_html.parse(PROJECT.reports / "nato-ukraine.html")
    assert report.xpath("//*[@id='quote-C18']") and report.xpath("//*[@id='quote-C32']")
