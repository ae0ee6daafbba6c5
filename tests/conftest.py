"""What the tests share: the project, editions built once, and tools that may be missing."""

import contextlib
import gc
import importlib
import io
import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import direct
import nbformat
import pytest
from filelock import FileLock

from dossier import project as projects
from dossier.__main__ import main
from dossier.build.editions import chapters_folder, make_edition, output_names
from dossier.build.notebooks import preload_libraries
from dossier.build.processes import CONTEXT, begin
from dossier.data.checks import check_claim, glyphs
from dossier.data.tables import load
from dossier.export.claims import Claims
from dossier.gates import names_of_gates
from dossier.registry import Definition, registry_of
from dossier.show import charts
from dossier.show.report import check_parameters
from dossier.text.units import UNITS

PROJECT = projects.find(Path(__file__).parent)


def need(tool: str) -> str:
    """Return the path of a tool; without it the test is skipped, but on CI it fails."""
    path = shutil.which(tool)
    if path is None:
        message = f"{tool} is not installed (see .ci/run)"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return path


def command(folder: Path, *words: object, **environment: str) -> subprocess.CompletedProcess:
    """Return what ``python -m dossier`` does with these words in a folder: its code and prints.

    It runs in this process, which has imported what a child would import for itself.
    """
    out, error, before = io.StringIO(), io.StringIO(), dict(os.environ)
    os.environ.update(environment)
    try:
        with (
            contextlib.chdir(folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(error),
        ):
            code = main([str(word) for word in words])
    finally:
        os.environ.clear()
        os.environ.update(before)
    return subprocess.CompletedProcess(words, code, out.getvalue(), error.getvalue())


def forked(folder: Path, *words: object, **environment: str) -> subprocess.CompletedProcess:
    """Return what ``command`` does in a fork of this process, which keeps nothing of it.

    The fork has imported what a child would import for itself, but nothing of the folder.
    """
    preload_libraries()
    done, error = begin(lambda: command(folder, *words, **environment))()
    assert error is None, error
    return done


def started(folder: Path, log: Path, *words: object, **environment: str) -> Any:
    """Begin what ``forked`` does, in a session of its own that prints to a file.

    Return the process; its ``exitcode`` is None as long as it runs.
    """
    preload_libraries()

    def work() -> None:
        os.setsid()
        told = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(told, 1)
        os.dup2(told, 2)
        sys.stdout, sys.stderr = (os.fdopen(n, "w", buffering=1, closefd=False) for n in (1, 2))
        tempfile.tempdir = None  # found anew, by the environment
        os.environ.update(environment)
        os.chdir(folder)
        sys.exit(main([str(word) for word in words]))

    process = CONTEXT.Process(target=work)
    process.start()
    return process


def processes(field: int, value: int) -> list[str]:
    """Return the names of the living processes with a value in a field of /proc/PID/stat.

    Fields are counted after the name: 2 is the parent, 3 the group.
    """
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue
        state, *numbers = rest.split()
        if state != "Z" and int(numbers[field - 2]) == value:
            found.append(name)
    return found


COPIED = (
    "data",
    "analysis",
    ".jupyter",
    "Makefile",
    "install.py",
    "install.txt",
    "requirements.txt",
    "pyproject.toml",
    projects.FILE,
)


def copy_of_project(root: Path, notebooks: list[str]) -> Path:
    """Return a copy of the project with these notebooks, and this environment as its .venv."""
    for name in COPIED:
        source = PROJECT.root / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, root / name)
    for name in ("notebooks", "reports", ".venv"):
        (root / name).mkdir()
    for name in notebooks:
        shutil.copy(PROJECT.notebooks / name, root / "notebooks")
    for name in ("bin", "lib", "share", "pyvenv.cfg"):
        (root / ".venv" / name).symlink_to(Path(sys.prefix) / name)
    for name in ("ready", "test-ready"):
        (root / ".venv" / name).touch()
    return root


def notebook(*sources: str):
    """Return a notebook of cells of code."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    made.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    return made


def shown(report, kind: str, name: str):
    """Return the table or the rendered figure of a report by its name."""
    made = registry_of(report.project).of(kind)[name].function
    if kind == "table":
        return made(report.record, report.facts)
    with charts.style():
        return charts.render(made(report.record, report.facts), name)


@pytest.fixture(scope="session")
def project():
    """This project."""
    return PROJECT


@pytest.fixture(scope="session")
def everything():
    """Every row there is, by table."""
    return load(PROJECT).frames


def _edition(folder: Path, **given: str) -> SimpleNamespace:
    effective = check_parameters(PROJECT, given)
    made = make_edition(PROJECT, effective, folder)
    files = {kind: folder / name for kind, name in output_names(PROJECT, effective).items()}
    return SimpleNamespace(
        **files,
        folder=folder,
        made=made,
        report=made.report,
        document=made.document,
        chapters=folder / chapters_folder(effective),
    )


MARKS = {
    "browser": "browser",
    "edition": "build",
    "first_edition": "build",
    "preview": "build",
    "small": "build",
}
"""Fixtures, and the mark of every test that has one."""


LONG = {*MARKS.values(), "slow"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark tests by their fixtures, and put files first that hold many long or many tests.

    So they are dealt out, and the last that a core is left alone with is short. A mark with a
    number makes a test, which may be alone in its file, count as so many long ones.
    """
    long, every = Counter(), Counter()
    for item in items:
        for fixture in MARKS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(MARKS[fixture])
        every[item.path] += 1
        marks = [mark for mark in item.iter_markers() if mark.name in LONG]
        long[item.path] += max((sum(mark.args) or 1 for mark in marks), default=0)
    items.sort(key=lambda item: (-long[item.path], -every[item.path], item.path))


CHECKED_BY = ("babel.dates", "frictionless.formats", "frictionless.portals", "frictionless.schemes")
"""What the check of the data imports, which every build runs in a process of its own."""


SHELL = ("application", "completerlib", "crashhandler", "logger", "magics", "oinspect")
"""What IPython imports of itself where a shell is opened, as every chapter's process opens one."""


def pytest_collection_finish():
    """Import what many forks would import, each for itself, and what they read of the fonts.

    The patterns by which texts are read are compiled, too. What was imported and collected is
    kept out of every later look for cycles, in forks, too.
    """
    shell = ("dossier.build.shell", *(f"IPython.core.{name}" for name in SHELL))
    gates = (f"dossier.gates.{name}" for name in names_of_gates())
    for name in (*CHECKED_BY, *shell, *gates, "dossier.export.pdf", "mistune", "slugify"):
        importlib.import_module(name)
    glyphs()
    claim = {"value": "3", "unit": "people", "exact": "over three people", "qualifier": "about"}
    assert list(check_claim(claim, UNITS))  # the qualifier: each is looked for
    gc.collect()
    gc.freeze()


class ByName(pickle.Pickler):
    """Keeps a definition by its kind and name.

    Its function can't be kept where another project's analysis was imported meanwhile.
    """

    def reducer_override(self, kept):
        if isinstance(kept, Definition):
            return _defined, (kept.kind, kept.name)
        return NotImplemented


def _defined(kind: str, name: str) -> Definition:
    registry = registry_of(PROJECT)
    return registry.of(kind).get(name) or registry.of(f"brief {kind}")[name]


@pytest.fixture(scope="session")
def once(tmp_path_factory) -> Callable[[str, Callable[[Path], Any]], Any]:
    """Return a function that gives what is made once in a run, whichever worker makes it.

    ``once(name, make)`` returns what ``make(folder)`` returned for the worker that came first.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made_once(name, make):
        kept = shared / f"{name}.pickle"
        with FileLock(shared / f"{name}.lock"):
            if not kept.exists():
                folder = shared / name
                folder.mkdir()
                with kept.open("wb") as file:
                    ByName(file).dump(make(folder))
        return pickle.loads(kept.read_bytes())

    return made_once


@pytest.fixture(scope="session")
def edition(once):
    """The default edition, built once."""
    return once("newest", _edition)


@pytest.fixture(scope="session")
def first_edition(once):
    """The edition of the article's day, kilometres first, on letter paper, built once."""
    given = {"as_of": "2024-07-07", "units": "metric", "paper": "letter"}
    return once("first", lambda folder: _edition(folder, **given))


OTHER = Path(__file__).parent / "other_article"


def _seagrass(folder: Path) -> Path:
    root = folder / "seagrass"
    shutil.copytree(OTHER, root)
    forked(root, "report").check_returncode()
    return root


@pytest.fixture(scope="session")
def small(once):
    """The small dossier of another field with its report, built once: to be read, not changed."""
    return once("seagrass", _seagrass)


@pytest.fixture
def seagrass(small, tmp_path):
    """A copy of the small dossier with its report."""
    return shutil.copytree(small, tmp_path / "seagrass")


@pytest.fixture
def undrawn(monkeypatch):
    """Where facts and sentences alone are read, figures are made for theirs but not drawn.

    They are made once: what a figure tells on a phone, it tells on paper, too (see
    ``test_the_drawing_for_a_phone_is_held_to_the_rows_and_facts_too``).
    """
    monkeypatch.setattr(charts, "_svg", lambda figure, id: "<svg></svg>")
    for figure in registry_of(PROJECT).of("figure").values():
        monkeypatch.setitem(figure.options, "narrow", False)


@pytest.fixture
def joined(once, undrawn):
    """Return a function that joins the chapters of an edition, once in a run, not drawn."""

    def document(as_of, units="imperial"):
        given = check_parameters(PROJECT, {"as_of": as_of, "units": units})
        name = f"joined.{given.as_of}.{units}"
        return once(name, lambda _: direct.document(given))

    return document


def rendered(edition: SimpleNamespace, format: Any) -> bytes:
    """Return an edition as a format's module sets it."""
    claims = Claims(edition.facts.read_text(encoding="utf-8"))
    content: bytes = format.render(edition.document, claims)
    return content


@pytest.fixture(scope="module")
def browser():
    """Chromium, as playwright drives it; it asks nothing of the network by itself."""
    from playwright.sync_api import sync_playwright

    path = need("chromium")
    os.environ["PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD"] = "1"
    quiet = ["--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", *quiet]
        )
        yield opened
        opened.close()


WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def blank(browser):
    """Return a function that gives an empty page of a window and settings of the browser.

    Pages of the same settings are one, with a window, a scheme and a document of its own each time:
    a process begun for each takes longer than a report does.
    """
    pages = {}

    def page(viewport=WIDE, color_scheme="light", **settings):
        key = repr(sorted(settings.items()))
        if key not in pages:
            pages[key] = browser.new_context(viewport=viewport, **settings).new_page()
        found = pages[key]
        found.goto("about:blank")
        found.set_viewport_size(viewport)
        found.emulate_media(color_scheme=color_scheme)
        found.mouse.move(0, 0)
        return found

    yield page
    for opened in pages.values():
        opened.context.close()


collect_ignore = ["export/crate"]  # a script of an environment of its own


def in_drawing(text: str, at: int) -> bool:
    """Tell whether a place is on a drawing's axis, or in what one of its marks tells.

    On an axis the last id before it, a tick's mark aside, is the axis'.
    """
    if text.rfind("<title>", 0, at + 1) > text.rfind("</title>", 0, at):
        return True
    ids = re.findall(r' id="([^"]+)"', text[max(0, at - 20_000) : at])
    return "matplotlib.axis" in next(id for id in reversed(ids) if not re.fullmatch(r"m\d+", id))
