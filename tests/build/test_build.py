"""The build as a user runs it, in a copy of the project: each command by make, once.

Builds after that run in this process. The copy has one chapter, so that it is quick.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess

import nbformat
import pypdf
import pytest
from conftest import command, copy_of_project, forked
from lxml import html as lxml_html

from dossier.build.processes import begin
from dossier.build.stamps import VERSIONS
from dossier.show.prose import prose_of

pytestmark = pytest.mark.build


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the project with the chapter on agreements and that of its tables alone."""
    kept = ["04-agreements.ipynb", "09-tables.ipynb", "brief.ipynb"]
    return copy_of_project(tmp_path_factory.mktemp("project"), notebooks=kept)


def make(root, *words, **more):
    return subprocess.run(
        ["make", "--no-print-directory", *words],
        cwd=root,
        env=os.environ | more,
        capture_output=True,
        text=True,
        timeout=900,
    )


def digests(folder):
    return {
        f.name: hashlib.sha256(f.read_bytes()).hexdigest()
        for f in sorted(folder.glob("*.*"))
        if f.is_file()
    }


@pytest.fixture(scope="module")
def built(copy):
    """The copy, its report built once."""
    done = make(copy, "report")
    assert done.returncode == 0, done.stderr
    return copy, done.stdout


def test_make_alone_prints_help(copy):
    done = make(copy)
    assert done.returncode == 0
    for target in ("report", "lab", "test", "audit", "check", "reproduce", "clean"):
        assert re.search(rf"make {target} +\w", done.stdout)


def test_a_build_tells_its_steps_and_what_came_of_it(built):
    root, out = built
    for words in (
        "check the data",
        "run 04-agreements",
        "set the HTML",
        "set the PDF",
        "run the gates",
    ):
        assert re.search(rf"{words} +\d+\.\d\d s", out), out
    assert re.search(r"\d+ pages, \d+ facts", out)
    assert {"nato-ukraine.html", "nato-ukraine.pdf", "nato-ukraine.facts.json"} <= set(
        digests(root / "reports")
    )


def test_a_second_build_does_nothing_and_says_so(built):
    before = digests(built[0] / "reports")
    done = forked(built[0], "report")
    assert "Nothing has changed" in done.stdout and "run 04" not in done.stdout
    assert digests(built[0] / "reports") == before


def test_another_edition_stands_beside_it(built):
    root = built[0]
    before = digests(root / "reports")
    done = make(root, "report", "AS_OF=2024-07-07", "UNITS=metric", "FORMATS=html")
    assert done.returncode == 0, done.stderr
    facts = json.loads(
        (root / "reports" / "nato-ukraine.as-of-2024-07-07.metric.facts.json").read_text()
    )
    assert facts["parameters"] == {
        "as_of": "2024-07-07",
        "units": "metric",
        "paper": "a4",
        "standard": "a-3a",
    }
    after = digests(root / "reports")
    assert {name: after[name] for name in before} == before
    assert (
        root / "reports" / "notebooks" / "as-of-2024-07-07.metric" / "04-agreements.ipynb"
    ).is_file()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["UNITS=yards"], "choose imperial or metric"),
        (["PARAMETERS=unit=metric"], "did you mean 'units'?"),
        (["PARAMETERS=metric"], "write name=value"),
        (["AS_OF=2024-07-07'; touch broken; '"], "not a day"),
        (['AS_OF=2024-07-07"; import os; os.abort()'], "not a day"),
        (["AS_OF=2024-07-07\nprint(1)"], "not a day"),
        (["as_of=2024-02-30"], "not a day"),
        (["as_of=2024-07-06"], "before the article"),
        (["paper=A5"], "choose a4 or letter"),
        (["as_of=../../etc"], "not a day"),
        (["units=metric=imperial"], "did you mean 'imperial'?"),
    ],
)
def test_a_wrong_parameter_stops_before_anything_runs(built, words, message):
    """As make hands it on, where it is one of make's: in capital letters."""
    before = digests(built[0] / "reports")
    run = make if words[0][0].isupper() else command
    done = run(built[0], "report", *words)
    assert done.returncode != 0 and message in done.stderr and "Traceback" not in done.stderr
    assert "run 04" not in done.stdout and not (built[0] / "broken").exists()
    assert digests(built[0] / "reports") == before


def test_bad_data_leave_the_last_report_as_it_was(built):
    root = built[0]
    before, file = digests(root / "reports"), root / "data" / "agreements.csv"
    good = file.read_text()
    try:
        file.write_text(good.replace("A02,Germany,DEU,state,yes", "A02,Germany,DEU,state,perhaps"))
        done = command(root, "report")
        assert (
            done.returncode != 0
            and "data/agreements.csv, row 3, column nato_member" in done.stderr
            and "Traceback" not in done.stderr
        )
        assert digests(root / "reports") == before
    finally:
        file.write_text(good)


def test_a_changed_row_is_built_anew(seagrass):
    file, page = seagrass / "data" / "claims.csv", seagrass / "reports" / "seagrass.html"
    good, before = file.read_text(), page.read_bytes()
    assert "the pilot" not in page.read_text()
    file.write_text(good.replace(",the harbour master,", ",the pilot,", 1))
    done = forked(seagrass, "report")
    assert done.returncode == 0 and "run 02-evidence" in done.stdout
    assert "the pilot" in page.read_text()
    assert "Changed since the last build" in done.stdout and "the pilot" in done.stdout
    file.write_text(good)
    assert forked(seagrass, "report").returncode == 0 and page.read_bytes() == before


def test_a_changed_digit_of_the_article_stops_the_build(built):
    root = built[0]
    file, before = root / "data" / "article.txt", digests(root / "reports")
    good = file.read_text()
    try:
        file.write_text(good.replace("600-mile", "650-mile"))
        done = command(root, "report")
        assert (
            done.returncode != 0
            and "front_length_article" in done.stderr
            and "nearest: '650-mile'" in done.stderr
        )
        assert digests(root / "reports") == before
    finally:
        file.write_text(good)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ('report.say("There are 650 of them.")', "typed into a sentence"),
        ('report.say("{agreement_signed}")', "did you mean 'agreements_signed'"),
        (
            "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
            "its process ended by signal SIGKILL",
        ),
        ("open('data/places.csv', 'w')", "may not change data/places.csv"),
    ],
    ids=["raises", "types a number", "misspells a fact", "dies", "writes"],
)
def test_a_failing_chapter_is_named_and_leaves_the_last_report(built, cell, message):
    root = built[0]
    file, before = root / "notebooks" / "04-agreements.ipynb", digests(root / "reports")
    good = file.read_text()
    try:
        notebook = nbformat.reads(good, 4)
        notebook.cells.append(nbformat.v4.new_code_cell(cell))
        nbformat.write(notebook, file)
        done = command(root, "report")
        assert done.returncode != 0 and message in done.stderr, done.stderr
        assert (
            "notebooks/04-agreements.ipynb" in done.stderr
            and ".build/failed/04-agreements.ipynb" in done.stderr
        )
        assert digests(root / "reports") == before and not list(root.glob(".building-*"))
    finally:
        file.write_text(good)


CUT = """
import socket


def refuse(self, address):
    if self.family != socket.AF_UNIX:
        raise OSError(f"the network is cut: {address}")
    return connect(self, address)


connect = socket.socket.connect
socket.socket.connect = refuse
"""


def test_the_report_is_the_same_in_another_folder_zone_and_locale_and_needs_no_network(
    built, tmp_path
):
    """With every connection refused in the build and its children, but within the machine."""
    root = built[0]
    other = tmp_path / "elsewhere"
    shutil.copytree(root, other, symlinks=True, ignore=shutil.ignore_patterns("reports", ".build"))
    (other / "reports").mkdir()
    (other / "sitecustomize.py").write_text(CUT)
    given = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    done = make(other, "report", PYTHONPATH=str(other), **given)
    assert done.returncode == 0, done.stderr
    assert digests(other / "reports") == {
        k: v for k, v in digests(root / "reports").items() if "as-of" not in k
    }


def test_editions_are_built_with_a_page_of_what_changed(built):
    root = built[0]
    done = make(root, "editions")
    assert done.returncode == 0, done.stderr
    page = lxml_html.document_fromstring(
        (root / "reports" / "index.html").read_text(encoding="utf-8")
    )
    addresses = page.xpath("//figure[@id='table-editions']//tbody//a/@href")
    assert len(addresses) == 8 and all(
        (root / "reports" / address).is_file() for address in addresses
    )
    redlines = page.xpath("//figure[@id='table-changes']//tbody//a/@href")
    assert len(redlines) == 3 and redlines[-1] != redlines[0]
    for address in redlines:
        redline = lxml_html.parse(root / "reports" / address)
        leads = {link.partition("#")[0] for link in redline.xpath("//a/@href")} - {""}
        assert len(leads) == 2 and all((root / "reports" / link).is_file() for link in leads)
    first = lxml_html.parse(root / "reports" / redlines[0])
    texts = {
        item.get("id"): " ".join(item.text_content().split()) for item in first.xpath("//li[@id]")
    }
    assert "[removed: 20]" in texts["change-agreements_signed"]
    assert "[added: 23]" in texts["change-agreements_signed"]
    assert "[removed: imprecise]" in texts["change-C22"]
    assert "[added: confirmed]" in texts["change-C22"]
    assert "Nothing has changed" in forked(root, "editions").stdout


def test_letter_paper_is_a_parameter(seagrass):
    assert forked(seagrass, "report", "paper=letter", "formats=pdf").returncode == 0
    sizes = {
        name: pypdf.PdfReader(seagrass / "reports" / f"seagrass{name}.pdf").pages[0].mediabox
        for name in ("", ".letter")
    }
    assert [round(float(v)) for v in sizes[".letter"][2:]] == [612, 792] and [
        round(float(v)) for v in sizes[""][2:]
    ] == [595, 842]


def test_the_archival_standard_is_a_parameter(seagrass):
    """A PDF/A-2a holds no attachment: with facts.json beside it alone can it be verified."""
    assert forked(seagrass, "report", "standard=a-2a", "formats=pdf").returncode == 0
    file = seagrass / "reports" / "seagrass.a-2a.pdf"
    assert not pypdf.PdfReader(file).attachments
    assert forked(seagrass, "verify", file).returncode == 0
    file.with_suffix(".facts.json").unlink()
    alone = forked(seagrass, "verify", file)
    assert alone.returncode == 1 and "put seagrass.a-2a.facts.json beside it" in alone.stderr


def test_a_chapter_cannot_change_the_data_by_a_subprocess(built):
    """A subprocess would write past the engine's hook, so it is not started."""
    root = built[0]
    file, table, before = (
        root / "notebooks" / "04-agreements.ipynb",
        root / "data" / "places.csv",
        digests(root / "reports"),
    )
    good, rows = file.read_text(), table.read_text()
    try:
        notebook = nbformat.reads(good, 4)
        notebook.cells.append(
            nbformat.v4.new_code_cell(
                f"import subprocess; subprocess.run(['sh', '-c', 'echo >> {table}'])"
            )
        )
        nbformat.write(notebook, file)
        done = command(root, "report")
        assert done.returncode != 0 and "may not start another program" in done.stderr, done.stderr
        assert table.read_text() == rows
        assert digests(root / "reports") == before
    finally:
        file.write_text(good)
        table.write_text(rows)


def test_make_audit_lists_what_is_exempt(built):
    done = make(built[0], "audit")
    assert (
        done.returncode == 0
        and "No number without its source" in done.stdout
        and "ticks of an axis" in done.stdout
    )


def test_diff_works_on_finished_files(built):
    root = built[0]
    new, old = (
        "reports/nato-ukraine.facts.json",
        "reports/nato-ukraine.as-of-2024-07-07.metric.facts.json",
    )
    assert command(root, "diff", new, new).stdout == ""
    assert "agreements_signed: value: 20 -> 29" in command(root, "diff", old, new).stdout
    assert (
        "| agreements_signed | value | 20 | 29 |"
        in command(root, "diff", "--markdown", old, new).stdout
    )
    assert command(root, "verify", "data/article.txt").returncode == 1


def test_reproduce_says_that_the_report_is_what_its_sources_build(built):
    root = built[0]
    command(root, "report")
    done = make(root, "reproduce")
    assert done.returncode == 0 and "byte for byte" in done.stdout


def test_reproduce_says_why_not(seagrass):
    table = seagrass / "data" / "claims.csv"
    good = table.read_text()
    assert ",the harbour master," in good
    table.write_text(good.replace(",the harbour master,", ",the mayor,", 1))
    done = forked(seagrass, "reproduce")
    assert done.returncode != 0 and "Because: data/claims.csv has changed" in done.stdout


def test_make_clean_keeps_the_default_report(built):
    root = built[0]
    make(root, "clean")
    assert (root / "reports" / "nato-ukraine.pdf").is_file()
    assert not list((root / "reports").glob("*.as-of-*")) and not (root / ".build").exists()


def test_no_output_is_stored_in_the_notebooks(project):
    for file in sorted(project.notebooks.glob("*.ipynb")):
        for cell in nbformat.read(file, 4).cells:
            assert not cell.get("outputs") and cell.get("execution_count") is None, file.name


def test_notebooks_have_one_cell_of_parameters_and_short_cells(project):
    """Cells of code are few and short; prose is read as a document, its source folded."""
    for file in sorted(project.notebooks.glob("*.ipynb")):
        cells = nbformat.read(file, 4).cells
        tagged = [c for c in cells if "parameters" in c.metadata.get("tags", [])]
        code = [c for c in cells if c.cell_type == "code" and not prose_of(c.source)]
        assert len(tagged) == 1 and len(code) <= 30, file.name
        assert cells[0].cell_type == "markdown" and cells[0].source.startswith("# ")
        assert max(len(c.source.splitlines()) for c in code) <= 15, file.name
        folded = [c for c in cells if c.metadata.get("jupyter", {}).get("source_hidden")]
        assert folded == [c for c in cells if c.cell_type == "code" and is_prose(c)], file.name


def is_prose(cell) -> bool:
    """Tell whether a cell of code holds sentences alone, as text or as the arguments of a call."""
    return bool(prose_of(cell.source) or cell.source.startswith(("report.matters", "report.panel")))


def test_every_chapter_is_in_the_report_and_both_exporters_are_registered(project, edition):
    from nbconvert.exporters import get_exporter

    assert len(edition.document.chapters) == len(list(project.notebooks.glob("[0-9]*.ipynb")))
    for name in ("dossier_html", "dossier_pdf"):
        assert get_exporter(name).export_from_notebook


def test_nbconvert_sets_one_executed_chapter(edition, tmp_path):
    """As ``jupyter nbconvert`` does, in a fork for each format."""
    from nbconvert.nbconvertapp import NbConvertApp

    chapter = next(edition.chapters.glob("04*.ipynb"))
    for kind, start in (("html", b"<!DOCTYPE"), ("pdf", b"%PDF")):
        words = ["--to", f"dossier_{kind}", "--output-dir", str(tmp_path), str(chapter)]
        assert begin(lambda words=words: NbConvertApp.launch_instance(words))() == (None, None)
        assert (tmp_path / f"04-agreements.{kind}").read_bytes().lstrip().startswith(start)


def test_versions_are_recorded(edition):
    assert set(json.loads(edition.facts.read_text())["versions"]) == {"dossier", *VERSIONS}
