"""Notebooks run by papermill, their ids, times and paths made the same for every build."""

import contextlib
import dataclasses
import functools
import gc
import logging
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat

from dossier.build import stamps
from dossier.build.errors import BuildError
from dossier.build.kept import Kept, compute_facts
from dossier.build.progress import Progress
from dossier.data.noted import MEMORY, Asked
from dossier.data.schema import DataError
from dossier.parameters import Parameters
from dossier.project import Project
from dossier.show.report import Report, check_parameters


@functools.cache
def preload(project: Project, anew: bool = True) -> None:
    """Import and read all that forked children would else import and read each for itself.

    Facts that rest on nothing that changed are taken from the last build, unless ``anew``.
    """
    stamps.shared_code(project)
    given = check_parameters(project, {})
    ledger = Report.for_edition(project, given).facts
    if not anew:
        compute_facts(project, given, ledger)
    ledger.compute_all()
    preload_libraries()


@functools.cache
def preload_libraries() -> None:
    """Import and set up what is the same for every project."""
    import papermill  # noqa: F401

    from dossier.export import claims, html, typesetting
    from dossier.show import charts

    with charts.style():
        canvas, ax = charts.canvas(1)
        ax.set_title("warm")
        charts.render(charts.Drawing(canvas, "", "", "", {}), "warm")
    html.template()
    html.faces()
    typesetting.fonts()
    claims.validator()
    nbformat.validate(nbformat.v4.new_notebook())
    gc.freeze()  # what is here stays: children need not touch it


def chapters(project: Project) -> list[Path]:
    """Return the notebooks of the chapters, in order; raise BuildError for a copy of one."""
    found = sorted(project.notebooks.glob("[0-9]*.ipynb"))
    for file in found:
        if re.search(r"-Copy\d+$", file.stem):  # as JupyterLab names what it duplicates
            raise BuildError(
                f"notebooks/{file.name} is a copy that JupyterLab made, and would be a chapter: "
                "rename it, or delete it"
            )
    return found


def run_notebook(
    project: Project, file: Path, given: Parameters, target: Path | None
) -> nbformat.NotebookNode:
    """Execute a notebook and return it; see ``execute_notebook``."""
    return execute_notebook(project, file, given, target)[0]


def execute_notebook(
    project: Project, file: Path, given: Parameters, target: Path | None
) -> tuple[nbformat.NotebookNode, Asked | None]:
    """Execute a notebook; return it, and what it asked for, where that could be noted.

    It is written to ``target``, too, where one is given. A notebook that fails is kept in the
    project's .build/failed for a look; raises BuildError.
    """
    import papermill

    # parameters are checked before; that a notebook's own cell lacks one is no mistake
    logging.getLogger("papermill").setLevel(logging.ERROR)
    where = f"notebooks/{file.name}" + (f" for {given.entity}" if given.entity else "")
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    try:
        notebook: nbformat.NotebookNode = papermill.execute_notebook(
            str(file),
            str(target) if target else None,
            given.of_notebook(),
            engine_name="dossier",
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            request_save_on_cell_execute=False,
            cwd=str(project.root),  # where its Report finds the project
        )
    except papermill.PapermillExecutionError as error:
        # papermill counts from nought, and has put a cell of parameters before: the same number
        # counts the notebook's own from one
        seen = f"; see {_keep_failed(project, target)}" if target and target.exists() else ""
        raise BuildError(
            f"{where}, cell {error.cell_index}: {error.ename}: {error.evalue}{seen}"
        ) from None
    except Exception as error:
        raise BuildError(f"{where}: {type(error).__name__}: {error}; see {file.name}") from None
    asked: Asked | None = notebook.metadata.papermill.get("asked")
    normalise(notebook)
    if target is not None:
        nbformat.write(notebook, target)
    return notebook, asked


def normalise(notebook: nbformat.NotebookNode) -> None:
    """Take out of an executed notebook what differs from build to build: times, paths, ids."""
    for meta in [notebook.metadata, *(c.metadata for c in notebook.cells)]:
        meta.pop("papermill", None)
        meta.pop("execution", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"c{number:02d}"


def _keep_failed(project: Project, target: Path) -> Path:
    """Keep a failed notebook, with the error at its cell, for a look outside reports/."""
    folder = project.scratch / "failed"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.move(target, folder / target.name)
    return (folder / target.name).relative_to(project.root)


def raise_error(error: tuple[str, str] | None) -> None:
    """Raise the error of a process, if there is one."""
    if error:
        raise DataError([error[1]]) if error[0] == "DataError" else BuildError(error_text(error))


SAID = ("BuildError", "TypesettingError")
"""Errors whose words say all."""


def error_text(error: tuple[str, str]) -> str:
    kind, words = error
    return words if kind in SAID else f"{kind}: {words}"


Executed = tuple[str, nbformat.NotebookNode]
"""A chapter's name, and its executed notebook."""


def run_chapters(
    project: Project,
    given: Parameters,
    folder: Path,
    progress: Progress,
    kept: Kept | None,
    meanwhile: Callable[[list[Executed]], None] = lambda executed: None,
) -> list[Executed]:
    """Run the chapters, and write them to ``folder``; return each with its name, in order.

    Those of ``kept`` that rest on nothing that changed are taken from there, and so are the
    figures of others. While others run, ``meanwhile`` is called with those that were taken.
    """
    files = chapters(project)
    if not files:
        raise BuildError("notebooks/ holds no chapter: add one, such as 01-summary.ipynb")
    folder.mkdir(parents=True, exist_ok=True)
    keys = kept.keys(files) if kept else {}
    found: dict[Path, nbformat.NotebookNode] = {}
    for file in files:
        if kept and (content := kept.find(keys[file])):
            with progress.step(f"keep {file.stem}"):
                (folder / file.name).write_text(content["text"], encoding="utf-8")
                found[file] = nbformat.from_dict(content["notebook"])
    due = [file for file in files if file not in found]
    jobs = [(project, file, given, folder / file.name) for file in due]
    taken = [(file.stem, found[file]) for file in files if file in found]
    steps = [f"run {file.stem}" for file in due]
    with _figures_of(kept if any(keys.values()) else None):
        outcomes = progress.run_all(run_in_child, jobs, steps, lambda: meanwhile(taken))
    after = kept.keys(due) if kept else {}
    for (outcome, error), file in zip(outcomes, due, strict=True):
        raise_error(error)
        found[file], asked = outcome
        if kept and asked and keys[file] == after[file] != "":
            # a file holds keys in the alphabet's order, what was run in that of its making
            text = (folder / file.name).read_text(encoding="utf-8")
            kept.keep(keys[file], {"text": text, "notebook": found[file]}, asked)
    if kept:
        kept.drop_oldest()
    return [(file.stem, found[file]) for file in files]


@contextlib.contextmanager
def _figures_of(kept: Kept | None) -> Iterator[None]:
    """Let the chapters that run take figures from what is kept, and keep them there."""
    token = MEMORY.set(kept or MEMORY.get())
    try:
        yield
    finally:
        MEMORY.reset(token)


def run_in_child(
    job: tuple[Project, Path, Parameters, Path],
) -> tuple[nbformat.NotebookNode, Asked | None]:
    """Run a chapter's notebook, in a process of its own; return it, and what it asked for."""
    project, file, given, target = job
    ledger = Report.for_edition(project, given).facts
    # what the record has looked up for others is looked up again, and noted
    ledger.record = dataclasses.replace(ledger.record)
    return execute_notebook(project, file, given, target)
