"""What the tests share: the project, editions built once, and tools that may be missing."""

import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from dossier import project as projects
from dossier.build.editions import chapters_folder, make_edition, output_names
from dossier.data.tables import load
from dossier.registry import registry_of
from dossier.show import charts
from dossier.show.report import check_parameters

PROJECT = projects.find(Path(__file__).parent)


def need(tool: str) -> str:
    """Return the path of a tool; without it the test is skipped, but on CI it fails."""
    path = shutil.which(tool)
    if path is None:
        message = f"{tool} is not installed (see .ci/run)"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return path


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
    for name in ("bin", "lib", "pyvenv.cfg"):
        (root / ".venv" / name).symlink_to(Path(sys.prefix) / name)
    for name in ("ready", "test-ready"):
        (root / ".venv" / name).touch()
    return root


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


@pytest.fixture(scope="session")
def edition(tmp_path_factory):
    """The default edition, built once."""
    return _edition(tmp_path_factory.mktemp("newest"))


@pytest.fixture(scope="session")
def first_edition(tmp_path_factory):
    """The edition of the article's day, kilometres first, on letter paper, built once."""
    folder = tmp_path_factory.mktemp("first")
    return _edition(folder, as_of="2024-07-07", units="metric", paper="letter")
