"""What a build depends on, and whether what it wrote is still there.

Needs the standard library alone, so that a build with nothing to do is quick. The digest of what
is read is taken before anything is read: an edit made meanwhile is built the next time.
"""

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

from dossier.project import FILE, Project

PACKAGE = Path(__file__).resolve().parent.parent


def sha(file: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _digest(*folders: tuple[Path, str]) -> str:
    """Return a digest of names and contents of files; the place of the folders does not count."""
    found = hashlib.sha256()
    for number, (folder, pattern) in enumerate(folders):
        files = (f for f in folder.glob(pattern) if f.is_file() and "__pycache__" not in f.parts)
        for file in sorted(files):
            found.update(f"{number}/{file.relative_to(folder)}\0{sha(file)}\n".encode())
    return found.hexdigest()


@functools.cache
def _package() -> str:
    """Return a digest of the engine: the one that runs, whatever becomes of its files."""
    return _digest((PACKAGE, "**/*"))


def code(project: Project) -> str:
    """Return a digest of notebooks, analysis, settings, engine and lock."""
    own = _digest(
        (project.notebooks, "*.ipynb"),
        (project.root / "analysis", "**/*"),
        (project.root, FILE),
        (project.root, "requirements.txt"),
    )
    return hashlib.sha256(f"{own} {_package()}".encode()).hexdigest()


def inputs(project: Project) -> str:
    """Return a digest of all that any build depends on but its parameters."""
    data = _digest((project.data, "*"))
    return hashlib.sha256(f"{code(project)} {data}".encode()).hexdigest()


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
