"""What the tests share: editions built once, and tools that may be missing."""

import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from dossier import build, data, parameters, paths


def need(tool: str) -> str:
    """Return the path of a tool; without it the test is skipped, but on CI it fails."""
    path = shutil.which(tool)
    if path is None:
        message = f"{tool} is not installed (see .ci/run)"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return path


def processes(field: int, value: int) -> list[str]:
    """Return the names of the living processes whose field of /proc/PID/stat (2 parent, 3 group, counted after the name) is ``value``."""
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


def copy_of_project(root, notebooks):
    """Return a copy of the project with these notebooks, and this environment as its .venv."""
    for name in ("data", "Makefile", "requirements.txt", "pyproject.toml"):
        source = paths.ROOT / name
        shutil.copytree(source, root / name) if source.is_dir() else shutil.copy(
            source, root / name
        )
    for name in ("notebooks", "reports", ".venv"):
        (root / name).mkdir()
    for name in notebooks:
        shutil.copy(paths.NOTEBOOKS / name, root / "notebooks")
    for name in ("bin", "lib", "pyvenv.cfg"):
        (root / ".venv" / name).symlink_to(os.path.join(sys.prefix, name))
    for name in ("ready", "test-ready"):
        (root / ".venv" / name).touch()
    return root


@pytest.fixture(scope="session")
def everything():
    """Every row there is."""
    return data.load()


def _edition(folder, **given):
    effective = parameters.check(given, data.newest(data.load()))
    made = build.make(effective, folder)
    files = made["files"]
    return SimpleNamespace(
        folder=folder,
        html=files["html"],
        pdf=files["pdf"],
        facts=files["facts.json"],
        annotations=files["annotations.json"],
        report=made["report"],
        document=made["document"],
        counts=made["counts"],
        chapters=build.staged(build.executed(effective), folder),
    )


@pytest.fixture(scope="session")
def edition(tmp_path_factory):
    """The default edition, built once."""
    return _edition(tmp_path_factory.mktemp("newest"))


@pytest.fixture(scope="session")
def first_edition(tmp_path_factory):
    """The edition of the article's day, kilometres first, on letter paper, built once."""
    return _edition(
        tmp_path_factory.mktemp("first"), as_of="2024-07-07", units="metric", paper="letter"
    )
