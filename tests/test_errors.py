"""What the user can mend is one line with the remedy, in a notebook as in a build."""

import json
import shutil
import subprocess
import sys

import direct
import nbformat
import papermill
import pytest
from conftest import OTHER, PROJECT, forked, notebook

from dossier import Report
from dossier.build.errors import BuildError
from dossier.build.notebooks import chapters
from dossier.document.assemble import assemble
from dossier.errors import Mendable
from dossier.gates.derivation import underived

CASES = {
    "a misspelt fact": ('report.say("{meadow_aera}")', "did you mean 'meadow_area'?"),
    "a typed number": ('report.say("In 1,200 of EUR 40bn")', "the number '1,200' is typed"),
    "a typed day": ('report.say("On 7 July 2024 it was.")', "the number '7 July 2024' is typed"),
    "a list": ('report.say(["One so.", "Another."])', "report.say(*sentences)"),
    "a number": ("report.note(12)", "'12', a int, is no sentence"),
    "an unknown table": ("report.record.claim", "did you mean 'claims'?"),
    "a row that is not there": ('report.say("{claims.C99.label}")', "no row 'C99'; did you mean"),
    "a column that is not there": ('report.say("{claims.C01.lable}")', "did you mean 'label'?"),
    "a cell of no table": ('report.say("{claim.C01.label}")', "did you mean 'claims'?"),
    "a figure of no name": ('report.figure("verdict")', "did you mean 'verdicts'?"),
    "a table of no name": ('report.table("claim")', "did you mean 'claims'?"),
    "a wrong day": ('Report("2024-13-01")', "write a day as YYYY-MM-DD"),
    "a wrong parameter": ('Report(unit="metric")', "did you mean 'units'?"),
    "a wrong value": ('Report(units="metrics")', "did you mean 'metric'?"),
}


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.chdir(shutil.copytree(OTHER, tmp_path / "seagrass"))
    return Report()


@pytest.mark.parametrize(("code", "words"), CASES.values(), ids=CASES)
def test_an_error_is_one_line_with_the_remedy(report, code, words):
    with pytest.raises(Mendable) as caught:
        exec(code, {"report": report, "Report": Report})
    (line,) = caught.value._render_traceback_()
    assert words in line and "\n" not in line


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["dossier", None])
def test_a_notebook_shows_the_line_alone(report, engine):
    """In the engine of a build, and in the kernel that JupyterLab has."""
    more = {"engine_name": engine, "kernel_name": "python3", "progress_bar": False}
    for cell, told in {
        "report.say('{meadow_aera}')": "no fact 'meadow_aera': did you mean 'meadow_area'?",
        "%%sya\nIt is so.": "no such magic %%sya; did you mean %%say?",
    }.items():
        made = notebook("from dossier import Report\nreport = Report()", cell)
        with pytest.raises(papermill.PapermillExecutionError) as caught:
            papermill.execute_notebook(made, None, {}, **more)
        assert caught.value.traceback == [f"FactError: {told}"]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["dossier", None])
def test_papermill_is_told_of_a_misspelt_parameter(report, engine):
    file = report.project.notebooks / "01-summary.ipynb"
    more = {"engine_name": engine, "kernel_name": "python3", "progress_bar": False}
    with pytest.raises(papermill.PapermillExecutionError) as caught:
        papermill.execute_notebook(str(file), None, {"unit": "metric"}, **more)
    told = "unknown parameter 'unit': did you mean 'units'?"
    assert (caught.value.ename, caught.value.evalue) == ("ParameterError", told)
    assert caught.value.source == '# Parameters\nunit = "metric"\n'
    papermill.execute_notebook(str(file), None, {"units": "imperial"}, **more)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("UNIT=metric", "unknown parameter 'unit': did you mean 'units'?"),
        ("as_off=2024-07-07", "unknown parameter 'as_off': did you mean 'as_of'?"),
        ("XYZZY=red", "unknown parameter 'xyzzy': known are: as_of, formats, units, paper"),
        ("X_Y='; touch broken; '", "unknown parameter 'x_y'"),
    ],
)
@pytest.mark.slow
def test_make_names_a_misspelt_variable(project, word, told):
    files = {f: f.read_bytes() for f in project.reports.iterdir() if f.is_file()}
    command = ["make", "--assume-old=.venv/ready", "report", word]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True)
    assert done.returncode != 0 and told in done.stderr
    assert {f: f.read_bytes() for f in project.reports.iterdir() if f.is_file()} == files
    assert not (project.root / "broken").exists()


FRESH = """
import sys
from dossier.__main__ import main

assert main(sys.argv[1:]) == 1 and "pandas" not in sys.modules
"""


@pytest.mark.parametrize("words", [("report", "units=metrics"), ("briefs", "as_of=2024-02-30")])
def test_a_wrong_parameter_is_told_before_the_libraries_are_imported(project, words):
    run = [sys.executable, "-c", FRESH, *words]
    done = subprocess.run(run, cwd=project.root, capture_output=True, text=True)
    assert done.returncode == 0 and "ParameterError" in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("%%say\nThere are {event_total}.", "FactError: no fact 'event_total': did you mean"),
        ("%%fiding\nIt is so.", "FactError: no such magic %%fiding; did you mean %%finding?"),
        ("report.recount(claims_total=12)", "RecountError: claims_total is 12 by this cell and 11"),
    ],
    ids=["a misspelt fact", "a misspelt magic", "a recount that differs"],
)
@pytest.mark.slow
def test_a_build_prints_the_line_with_notebook_and_cell(report, cell, told):
    file = report.project.notebooks / "02-evidence.ipynb"
    made = nbformat.read(file, 4)
    made.cells.insert(7, nbformat.v4.new_code_cell(cell))
    nbformat.write(made, file)
    done = forked(report.project.root, "report")
    assert done.returncode == 1
    assert f"notebooks/02-evidence.ipynb, cell 8: {told}" in done.stderr
    assert "Traceback" not in done.stderr


JOIN = {
    "a figure shown twice": (
        "02-evidence",
        'report.figure("verdicts")',
        "notebooks/02-evidence.ipynb, cell 13: shows the figure 'verdicts', as "
        "notebooks/01-summary.ipynb, cell 7 does; show it once",
    ),
    "a reference to no figure": (
        "01-summary",
        "%%say\nIt grew ([Figure](#figure-verdict)).",
        "notebooks/01-summary.ipynb, cell 8: refers to '#figure-verdict', which this edition does "
        "not show; bind the sentence to a fact that is known only with it, or did you mean "
        "'#figure-verdicts'?",
    ),
}


@pytest.mark.parametrize(("chapter", "cell", "told"), JOIN.values(), ids=JOIN)
def test_what_fails_at_the_join_names_notebook_and_cell(report, chapter, cell, told):
    file = report.project.notebooks / f"{chapter}.ipynb"
    made = nbformat.read(file, 4)
    made.cells.append(nbformat.v4.new_code_cell(cell))
    nbformat.write(made, file)
    with pytest.raises(Mendable) as caught:
        direct.document(report.parameters, report.project)
    assert str(caught.value) == told


MADE_UP = """
from dossier.facts.fact import Fact
report.facts._facts["made_up"] = Fact("made_up", "computed", "Made up", 99)
report.say("There are {made_up}.")
"""


def test_a_fact_made_in_a_notebook_is_refused(report):
    """In a build the chapter has run in another process, which alone had the fact."""
    file = report.project.notebooks / "01-summary.ipynb"
    made = nbformat.read(file, 4)
    made.cells.append(nbformat.v4.new_code_cell(MADE_UP))
    nbformat.write(made, file)
    ran = direct.notebooks(report.project, report.parameters)
    place = "notebooks/01-summary.ipynb, cell 8: "
    with pytest.raises(Mendable, match=f"^{place}the fact 'made_up' names neither rows nor"):
        assemble(ran, report)
    del report.facts._facts["made_up"]
    with pytest.raises(Mendable, match=f"^{place}no fact 'made_up': .* in a notebook is none"):
        assemble(ran, report)


def test_a_copy_that_jupyterlab_made_is_named(report):
    folder = report.project.notebooks
    shutil.copy(folder / "01-summary.ipynb", folder / "01-summary-Copy1.ipynb")
    with pytest.raises(BuildError, match=r"notebooks/01-summary-Copy1\.ipynb is a copy"):
        chapters(report.project)


def test_a_fact_with_neither_rows_nor_inputs_is_refused_in_a_finished_file(seagrass):
    claims = json.loads((seagrass / "reports" / "seagrass.facts.json").read_text())
    assert underived(claims) == []
    fact = next(f for f in claims["facts"] if f["id"] == "claims_total")
    fact["rows"] = fact["inputs"] = []
    assert [p.partition(";")[0] for p in underived(claims)] == [
        "fact claims_total: names neither rows nor facts that it rests on"
    ]


def test_a_reader_who_has_read_enough_is_no_error():
    """As ``dossier status --all | head -1`` is one: no traceback, nothing on stderr."""
    command = [sys.executable, "-m", "dossier", "status", "--all"]
    done = subprocess.Popen(
        command, cwd=PROJECT.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    done.stdout.close()
    assert done.stderr.read() == b"" and done.wait() == 1
