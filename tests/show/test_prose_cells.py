"""Prose in cells of its own: the same as by the report's methods, in whatever runs a notebook."""

import os
import shutil
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import lxml.html
import nbformat
import papermill
import pytest
from conftest import OTHER, notebook

from dossier import Report
from dossier.facts.fact import FactError
from dossier.show import hover, prose

CELLS = [
    "from dossier import Report\nreport = Report('2025-03-04')",
    "%%say\n{people_of_town:N} live there.\n\nThere {helpers:is|are} {helpers:n}.",
    "%%finding\nIt has {meadow_area}.\nNot so on {timeline.T01.date}.",
    "%%note\nIt is so.",
    "%%points\nThe meadow has {meadow_area}.\nIt is so.",
    "%%say\n{timeline.T01.date} came.\notherwise: Nothing came by {as_of_day}.",
]


LATER = "T01,2025-03-05,day,An event,,council,paper,,read,context\n"


@pytest.fixture
def report(tmp_path, monkeypatch):
    """The report of the small dossier on the day before its one event."""
    root = shutil.copytree(OTHER, tmp_path / "seagrass")
    with (root / "data" / "timeline.csv").open("a") as file:
        file.write(LATER)
    monkeypatch.chdir(root)
    return Report("2025-03-04")


def shown(report, monkeypatch, *cells):
    """Return the kind and the Markdown of what cells show."""
    outputs = []

    def show(bundle, raw, metadata):
        outputs.append(metadata["dossier"])

    monkeypatch.setattr("dossier.show.report.display", show)
    for cell in cells:
        if callable(cell):
            cell()
        else:
            prose.write(report, *prose.prose_of(cell))
    return [(o["kind"], o.get("markdown")) for o in outputs]


@pytest.mark.parametrize(
    ("cell", "method"),
    [
        (
            "%%say\nIt has {meadow_area}.\n\n  And {helpers:N} help.  \nIt is so.\n",
            lambda r: (
                r.say("It has {meadow_area}."),
                r.say("And {helpers:N} help.", "It is so."),
            ),
        ),
        (
            "%%finding\nOf {claims_total}.\notherwise: None.",
            lambda r: r.finding("Of {claims_total}.", otherwise="None."),
        ),
        ("%%note\nOne so.\n\nAnother.", lambda r: (r.note("One so."), r.note("Another."))),
        ("%%points\nOne so.\nAnother.", lambda r: r.points("One so.", "Another.")),
    ],
    ids=["say", "finding", "note", "points"],
)
def test_a_cell_shows_what_the_method_of_its_name_does(report, monkeypatch, cell, method):
    by_method = shown(report, monkeypatch, lambda: method(report))
    assert shown(report, monkeypatch, cell) == by_method and by_method


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("%%say\nThere are 650 of them.", "'650' is typed into a sentence"),
        ("%%say\nOf {meadow_aera}.", "did you mean 'meadow_area'"),
        ("%%say The meadow.", "beside %%say: write it on the next line"),
        ("%%points\nOne so.\notherwise: None.", "takes no 'otherwise:'"),
    ],
)
def test_a_cell_refuses_what_the_method_does(report, monkeypatch, cell, words):
    with pytest.raises(FactError) as caught:
        shown(report, monkeypatch, cell)
    assert words in str(caught.value)


def outputs(executed) -> list:
    """Return what the cells show to the exporters."""
    metas = [o.metadata["dossier"] for cell in executed.cells for o in cell.get("outputs", [])]
    return [dict(meta) for meta in metas if meta["kind"] != "aside"]


@pytest.mark.slow
def test_cells_of_prose_are_the_same_in_every_engine(report):
    """The engine of a build, papermill with a kernel as JupyterLab has it, jupyter execute."""
    made = notebook(*CELLS)
    nbformat.write(made, "cells.ipynb")
    runs = [
        papermill.execute_notebook(
            made, None, {}, engine_name=engine, kernel_name="python3", progress_bar=False
        )
        for engine in ("dossier", None)
    ]
    command = [str(Path(sys.prefix) / "bin" / "jupyter"), "execute", "--inplace", "cells.ipynb"]
    subprocess.run(command, check=True, capture_output=True, env=os.environ)
    runs.append(nbformat.read("cells.ipynb", 4))
    first = outputs(runs[0])
    assert [o["kind"] for o in first] == ["prose", "prose", "finding", "note", "prose", "prose"]
    assert first[1]["markdown"] == "There are [more than 400](<#fact-helpers>)."
    assert "Not so" not in first[2]["markdown"] and "Nothing came" in first[-1]["markdown"]
    assert all(outputs(run) == first for run in runs)


def test_a_cell_of_prose_before_the_report_says_what_to_run():
    magics = {}

    def keep(function, kind, name):
        magics[name] = function

    prose.register(SimpleNamespace(user_ns={}, register_magic_function=keep))
    assert set(magics) == {"say", "finding", "note", "points"}
    with pytest.raises(FactError, match=r"run the cell that makes it, report = Report\("):
        magics["say"]("", "It is so.")


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("%%sya\nIt is so.", "%%say"),
        ("%%Say\nIt is so.", "%%say"),
        ("%%notes\nIt is so.", "%%note"),
        ("%%fiding", "%%finding"),
        ("%%system\nls", ""),  # a magic of IPython's own
        ("%%say\nIt is so.", ""),
        ("%%sql\nselect", ""),  # like none of these: IPython's own words
        ("report.table('sya')  # %%sya", ""),
    ],
)
def test_a_misspelt_magic_is_told_the_one_that_is_meant(source, meant):
    shell = SimpleNamespace(find_cell_magic={"system": True, "say": True}.get)
    with pytest.raises(FactError, match=f"did you mean {meant}") if meant else nullcontext():
        prose.refuse_misspelt(shell, source)


@pytest.mark.slow
def test_a_kernel_shows_evidence_and_what_is_left_out_and_a_build_does_not(report):
    made = notebook(
        CELLS[0],
        "%%say\nThere {helpers:is|are} {helpers:n}.\nIt came on {timeline.T01.date}.",
        "%%say\n{timeline.T01.date:|}Nothing to tell.",
        'report.table("claims")',
    )
    more = {"kernel_name": "python3", "progress_bar": False}
    built, watched = (
        papermill.execute_notebook(made, None, {}, engine_name=engine, **more)
        for engine in ("dossier", None)
    )
    assert outputs(built) == outputs(watched)
    assert [len(cell.outputs) for cell in built.cells[1:3]] == [1, 0]
    said, dropped = watched.cells[1].outputs
    page = lxml.html.fromstring(said.data["text/html"])
    (link,) = page.xpath("//a[@onclick]")
    evidence = link.get("title").splitlines()
    assert link.text == "more than 400"
    assert evidence[0] == "People who help: more than 400 helpers (helpers)"
    assert "“more than 400 have signed up to help”" in evidence
    assert dropped.metadata["dossier"] == {"kind": "aside"}
    words = lxml.html.fromstring(dropped.data["text/html"]).text_content()
    assert words.startswith("left out: It came on {timeline.T01.date}.") and "not known" in words
    assert not watched.cells[2].outputs


def test_the_number_of_a_source_shows_the_source(tmp_path, monkeypatch):
    monkeypatch.chdir(shutil.copytree(OTHER, tmp_path / "seagrass"))
    facts = Report().facts
    claim = hover.with_evidence('<a href="#quote-C01">C01</a>', facts)
    assert (
        lxml.html.fromstring(claim).find("a").get("title")
        == "C01, Area of the meadow\n“12.5 hectares”"
    )
    body = hover.with_evidence('<a href="#source-paper">[1]</a>', facts)
    title = "Harbour Town Plants Seagrass to Cool Its Bay. Port Ellin Observer, 5 March 2025"
    assert body == f'<a href="https://example.org/seagrass" title="{title}">[1]</a>'
