"""What a build depends on, and whether what it wrote is still there.

Needs the standard library alone, so that a build with nothing to do is quick. The digest of what
is read is taken before anything is read: an edit made meanwhile is built the next time.
"""

import functools
import hashlib
import importlib.metadata
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossier.build import imports
from dossier.project import FILE, Project

PACKAGE = Path(__file__).resolve().parent.parent
VERSIONS = ("frictionless", "matplotlib", "nbconvert", "pandas", "papermill", "typst")
"""The packages whose versions facts.json names, beside the engine's own."""
DISTRIBUTION = "dossier-report"


@functools.cache
def versions() -> dict[str, str]:
    found = {name: importlib.metadata.version(name) for name in VERSIONS}
    return {"dossier": importlib.metadata.version(DISTRIBUTION)} | found


def sha(file: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _files(folder: Path, pattern: str) -> list[Path]:
    """Return the files of a pattern in a folder, in order; nothing that Python left there."""
    found = folder.glob(pattern)
    return sorted(f for f in found if f.is_file() and "__pycache__" not in f.parts)


def _code_files(project: Project) -> list[Path]:
    return [*_files(project.notebooks, "*.ipynb"), *_shared_code_files(project)]


def _shared_code_files(project: Project) -> list[Path]:
    """Return the files that every chapter depends on: analysis, settings, lock, licence."""
    return [
        *_files(project.analysis, "**/*"),
        *_files(project.root, FILE),
        *_files(project.root, "requirements.txt"),
        *_files(project.root, "pyproject.toml"),
        *_files(project.root, "LICENSE"),
    ]


def input_files(project: Project) -> list[Path]:
    """Return the files of a project that a build reads."""
    return [*_code_files(project), *_files(project.data, "**/*")]


def _digest(root: Path, files: list[Path]) -> str:
    """Return a digest of files, by their names below ``root`` and their contents."""
    found = hashlib.sha256()
    for file in files:
        found.update(f"{file.relative_to(root)}\0{sha(file)}\n".encode())
    return found.hexdigest()


@functools.cache
def engine() -> str:
    """Return a digest of the engine: the one that runs, whatever becomes of its files."""
    return _digest(PACKAGE, _files(PACKAGE, "**/*"))


def shared_code_now(project: Project) -> str:
    """Return a digest of what every chapter depends on, as it is now: all code but notebooks."""
    own = _digest(project.root, _shared_code_files(project))
    return hashlib.sha256(f"{own} {engine()}".encode()).hexdigest()


@dataclass(frozen=True)
class Code:
    """Digests of the code that chapters depend on.

    ``whole`` is of all but the notebooks; ``modules`` of each module of analysis with all that it
    imports there, by its full name; ``rest`` of what is left: engine, settings, lock.
    """

    whole: str
    rest: str
    modules: Mapping[str, str]


def code_of(project: Project) -> Code:
    """Return the code that every chapter depends on as its files are now."""
    modules = imports.modules(_files(project.analysis, "**/*"), project.analysis)
    own = {file for files in modules.values() for file in files}
    rest = [file for file in _shared_code_files(project) if file not in own]
    return Code(
        whole=shared_code_now(project),
        rest=f"{_digest(project.root, rest)} {engine()}",
        modules={
            f"{project.analysis.name}.{name}": _digest(project.root, files)
            for name, files in imports.with_imports(modules, project.analysis.name).items()
        },
    )


_first: dict[Path, Code] = {}


def shared_code(project: Project) -> Code:
    """Return the code that this process runs: its digests are taken once, before it is imported."""
    if project.root not in _first:
        _first[project.root] = code_of(project)
    return _first[project.root]


def parts(project: Project) -> dict[str, str]:
    """Return digests of what a build reads, by part: as the files are now, the engine's, too."""
    data, tables = _files(project.data, "**/*"), _tables(project)
    found = {
        "engine": (PACKAGE, _files(PACKAGE, "**/*")),
        "code": (project.root, _shared_code_files(project)),
        "tables": (project.root, [file for file in data if file in tables]),
        "data": (project.root, [file for file in data if file not in tables]),
        "notebooks": (project.root, _files(project.notebooks, "*.ipynb")),
    }
    return {name: _digest(root, files) for name, (root, files) in found.items()}


def _tables(project: Project) -> set[Path]:
    """Return the files of the tables, as the schema has them; none where it can't be read."""
    try:
        content = json.loads((project.data / "datapackage.json").read_text(encoding="utf-8"))
        return {project.data / r["path"] for r in content["resources"] if r["type"] == "table"}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def code(project: Project) -> str:
    """Return a digest of notebooks, analysis, settings, engine and lock."""
    own = _digest(project.root, _code_files(project))
    return hashlib.sha256(f"{own} {engine()}".encode()).hexdigest()


def inputs(project: Project) -> str:
    """Return a digest of all that any build depends on but its parameters."""
    own = _digest(project.root, input_files(project))
    return hashlib.sha256(f"{own} {engine()}".encode()).hexdigest()


def _file(project: Project, what: str, given: dict[str, str]) -> Path:
    key = hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()[:12]
    return project.scratch / "stamps" / f"{what}-{key}.json"


def read(project: Project, what: str, given: dict[str, str]) -> dict[str, Any]:
    """Return what the last build of the same parameters noted, or an empty dictionary."""
    try:
        return dict(json.loads(_file(project, what, given).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def write(
    project: Project,
    what: str,
    given: dict[str, str],
    read_inputs: str,
    outputs: list[Path],
    **more: Any,
) -> None:
    """Note what a build of these parameters read, by its digest, and wrote."""
    file = _file(project, what, given)
    file.parent.mkdir(parents=True, exist_ok=True)
    written = {f.relative_to(project.reports).as_posix(): sha(f) for f in outputs}
    noted = {"inputs": read_inputs, "outputs": written, **more}
    file.write_text(json.dumps(noted, indent=1), encoding="utf-8")


def is_intact(project: Project, noted: dict[str, Any], name: str) -> bool:
    """Return whether an output is there as it was noted."""
    file = project.reports / name
    return file.is_file() and sha(file) == noted["outputs"].get(name)


def up_to_date(project: Project, what: str, given: dict[str, str]) -> list[Path]:
    """Return the outputs of the last build where nothing that it read or wrote has changed."""
    noted = read(project, what, given)
    if not noted or noted["inputs"] != inputs(project):
        return []
    if not all(is_intact(project, noted, name) for name in noted["outputs"]):
        return []
    return [project.reports / name for name in noted["outputs"]]


def built(project: Project) -> list[Path]:
    """Return the finished files in reports/ that a build wrote and nobody changed since.

    The executed chapters are left out.
    """
    found = set()
    for file in (project.scratch / "stamps").glob("*.json"):
        noted = json.loads(file.read_text(encoding="utf-8"))
        found |= {name for name in noted["outputs"] if is_intact(project, noted, name)}
    return [project.reports / name for name in sorted(found) if not name.startswith("notebooks/")]
