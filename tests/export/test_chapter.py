"""A chapter exported by itself: with its evidence, run where asked for, never hollow."""

import json
import re

import nbformat
import pytest
from lxml import html as lxml_html
from nbconvert.exporters import get_exporter
from traitlets.config import Config

from dossier import project as projects
from dossier.document.assemble import single_chapter
from dossier.document.notebooks import ChapterError, parameters_of
from dossier.export.exporters import ChapterExporter
from dossier.show.report import Report, check_parameters

EXECUTED = Config({"ExecutePreprocessor": {"enabled": True}})
CHAPTER = "notebooks/02-evidence.ipynb"


def test_a_chapter_has_the_evidence_and_the_sources_of_its_facts(seagrass):
    file = seagrass / "reports" / "notebooks" / "default" / "02-evidence.ipynb"
    page, _ = get_exporter("dossier_html")().from_filename(str(file))
    tree = lxml_html.document_fromstring(page)
    entries = {id.removeprefix("fact-") for id in tree.xpath("//table[@class='ledger']//tr/@id")}
    facts = json.loads((seagrass / "reports" / "seagrass.facts.json").read_text())["facts"]
    assert entries >= {fact["id"] for fact in facts if "02-evidence" in fact["where"]} != set()
    links = {link for link in tree.xpath("//@href") if link.startswith("#")}
    assert any(link.startswith("#source-") for link in links)
    assert links - {"#content"} <= {f"#{id}" for id in tree.xpath("//@id")}


def test_a_chapter_is_run_where_asked_for_with_its_own_parameters(seagrass):
    file = seagrass / CHAPTER
    file.write_text(re.sub(r"(units = )..metric..", r'\1\\"imperial\\"', file.read_text()))
    pdf, _ = get_exporter("dossier_pdf")(config=EXECUTED).from_filename(str(file))
    assert pdf.startswith(b"%PDF")
    page, _ = get_exporter("dossier_html")(config=EXECUTED).from_filename(str(file))
    dateline = lxml_html.document_fromstring(page).xpath("string(//p[@class='dateline'])")
    assert "imperial units first" in dateline


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_a_chapter_that_was_not_run_is_refused(seagrass, kind):
    exporter = get_exporter(f"dossier_{kind}")()
    assert isinstance(exporter, ChapterExporter)
    with pytest.raises(ChapterError, match=r"02-evidence, cell 2: was not run.*--execute"):
        exporter.from_filename(str(seagrass / CHAPTER))


def test_a_figure_of_another_chapter_is_named_without_its_number(seagrass):
    """By itself a chapter can't know it; in the report it is still refused."""
    file = seagrass / "reports" / "notebooks" / "default" / "02-evidence.ipynb"
    notebook = nbformat.read(file, 4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("See [Figure](#figure-elsewhere)."))
    project = projects.find(seagrass)
    report = Report.for_edition(project, check_parameters(project, {}))
    block = single_chapter(notebook, "02-evidence", report).chapters[0].blocks[-1]
    assert [(run.text, run.href) for run in block.runs] == [("See ", ""), ("Figure", ""), (".", "")]


def test_parameters_are_the_notebooks_own_with_what_was_put_over_them():
    def cell(source, tag):
        return nbformat.v4.new_code_cell(source, metadata={"tags": [tag]})

    own = cell('as_of = "latest"  # a day\nunits = "metric"', "parameters")
    over = cell('# Parameters\nas_of = "2025-03-04"', "injected-parameters")
    found = parameters_of(nbformat.v4.new_notebook(cells=[own, over]))
    assert found == {"as_of": "2025-03-04", "units": "metric"}
