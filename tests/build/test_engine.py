"""The papermill engine: what a bad notebook does, it does to itself alone."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from conftest import PROJECT, notebook, processes

import dossier.engine
from dossier import Report
from dossier import project as projects
from dossier.build import shell
from dossier.build.notebooks import preload_libraries

pytestmark = pytest.mark.slow

kernel = sys.modules[dossier.engine.Engine.__module__]


def run(*sources, **more):
    return papermill.execute_notebook(
        notebook(*sources),
        None,
        {},
        engine_name="dossier",
        kernel_name="python3",
        progress_bar=False,
        **more,
    )


def outputs(cell):
    return [
        (o.output_type, o.get("text") or o.get("evalue") or o["data"]["text/plain"])
        for o in cell.outputs
    ]


def test_outputs_are_those_of_a_kernel():
    done = run(
        "print('a'); print('b')",
        "import sys; print('c', file=sys.stderr)\n1 + 1",
        "from IPython.display import display\ndisplay('d'); None",
        "x = 3",
        "x",
    )
    assert [outputs(c) for c in done.cells] == [
        [("stream", "a\nb\n")],
        [("stream", "c\n"), ("execute_result", "2")],
        [("display_data", "'d'")],
        [],
        [("execute_result", "3")],
    ]
    assert [c.execution_count for c in done.cells] == [1, 2, 3, 4, 5]


def test_await_works_at_the_top_of_a_cell():
    source = (
        "import asyncio\nasync def two():\n    await asyncio.sleep(0)\n    return 2\nawait two()"
    )
    assert outputs(run(source).cells[0]) == [("execute_result", "2")]


def test_an_updated_display_takes_the_place_of_the_first():
    source = (
        "from IPython.display import display\nprint('a')\nhandle = display('b', display_id=True)\n"
        "print('c')\nhandle.update('d')\ndisplay('e')\nprint('f')"
    )
    assert outputs(run(source).cells[0]) == [
        ("stream", "a\n"),
        ("display_data", "'d'"),
        ("stream", "c\n"),
        ("display_data", "'e'"),
        ("stream", "f\n"),
    ]


def test_nothing_leaks_from_one_notebook_to_the_next():
    run(
        "leaked = 1\nimport os, sys, dossier.project\nos.environ['LEAKED'] = '1'\n"
        "dossier.project.leaked = 1\nsys.modules['leaked'] = sys"
    )
    assert (
        "LEAKED" not in os.environ
        and not hasattr(projects, "leaked")
        and "leaked" not in sys.modules
    )
    assert outputs(run("'leaked' in globals()").cells[0]) == [("execute_result", "False")]


@pytest.mark.parametrize(
    ("source", "name", "words"),
    [
        ("1 / 0", "ZeroDivisionError", "division"),
        ("raise SystemExit(3)", "SystemExit", "3"),
        ("while True: pass", "CellTimeout", "longer than 5 s"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "KernelDied", "SIGKILL"),
        ("import os; os._exit(7)", "KernelDied", "exit code 7"),
        ("x = bytearray(16 << 30)", "MemoryError", ""),
        ("print('x' * 100_000_000)", "OutputLimit", "print less"),
        ("input()", "StdinNotImplementedError", "input"),
        ("import subprocess; subprocess.run(['true'])", "PermissionError", "another program"),
        ("import os; os.system('true')", "PermissionError", "another program"),
        ("import os; os.execv('/bin/true', ['true'])", "PermissionError", "another program"),
        ("!true", "Exception", "another program"),
        (
            f"open({str(PROJECT.data / 'agreements.csv')!r}, 'a')",
            "PermissionError",
            "may not change data/agreements.csv",
        ),
        (
            f"import os; os.remove({str(PROJECT.data / 'agreements.csv')!r})",
            "PermissionError",
            "may not change data/agreements.csv",
        ),
        (
            f"import os; os.rename({str(PROJECT.data)!r}, '/tmp/gone')",
            "PermissionError",
            "may not change data",
        ),
        (
            f"import pandas as pd; pd.DataFrame().to_csv({str(PROJECT.reports / 'x.csv')!r})",
            "PermissionError",
            "may not change reports/x.csv",
        ),
    ],
    ids=[
        "raises",
        "exits",
        "hangs",
        "killed",
        "leaves",
        "memory",
        "floods",
        "asks",
        "starts",
        "commands",
        "becomes",
        "shells",
        "writes",
        "removes",
        "renames",
        "saves",
    ],
)
def test_a_bad_cell_is_named(source, name, words):
    before = (PROJECT.data / "agreements.csv").read_bytes()
    seconds = 5 if name == "CellTimeout" else 120
    with pytest.raises(papermill.PapermillExecutionError) as caught:
        run("fine = 1", source, "never = 1", execution_timeout=seconds)
    assert caught.value.ename == name and words in caught.value.evalue
    assert caught.value.cell_index == 1
    assert (PROJECT.data / "agreements.csv").read_bytes() == before


def test_a_kernel_that_cannot_start_says_why(monkeypatch):
    def refuse(limit, folder):
        raise PermissionError("no home")

    monkeypatch.setattr(shell, "open_shell", refuse)
    with pytest.raises(papermill.PapermillExecutionError) as caught:
        run("1")
    assert (
        caught.value.ename == "PermissionError"
        and "the shell could not start: no home" in caught.value.evalue
    )


def test_no_process_is_left():
    with pytest.raises(papermill.PapermillExecutionError):
        run("while True: pass", execution_timeout=1)
    assert not processes(2, os.getpid())


def test_it_is_papermills_engine_by_name(tmp_path):
    """papermill --engine dossier, as a user would run it."""
    nbformat.write(notebook("answer = 2\nprint(answer)"), tmp_path / "in.ipynb")
    command = [
        str(Path(sys.prefix) / "bin" / "papermill"),
        "--engine",
        "dossier",
        "in.ipynb",
        "out.ipynb",
        "-k",
        "python3",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert nbformat.read(tmp_path / "out.ipynb", 4).cells[-1].outputs[0].text == "2\n"


def test_where_processes_cannot_be_forked_the_usual_engine_serves(monkeypatch):
    monkeypatch.setattr(kernel, "FORK", False)
    assert outputs(run("print('a')").cells[0]) == [("stream", "a\n")]


DAY = "2024-07-20"


def test_notebooks_give_the_same_in_any_order_and_twice():
    """Each runs from top to bottom in a fresh process: what ran before makes no difference.

    Forked, as a build's are, from one that has read the record and computed its facts.
    """
    preload_libraries()
    Report(DAY).facts.compute_all()
    files = sorted(PROJECT.notebooks.glob("*.ipynb"))

    def shown(file):
        done = papermill.execute_notebook(
            str(file),
            None,
            {"as_of": DAY},
            engine_name="dossier",
            kernel_name="python3",
            progress_bar=False,
        )
        return [
            (o.output_type, dict(o.get("data", {})), str(o.metadata))
            for c in done.cells
            if c.cell_type == "code"
            for o in c.outputs
        ]

    forwards = {file: shown(file) for file in files}
    assert {file: shown(file) for file in files[::-1]} == forwards
