"""What a build depends on, and whether what it wrote is still there. Needs the standard library alone, so that a build with nothing to do is quick."""

import hashlib
import json
from pathlib import Path

from dossier import paths


def sha(file: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _digest(*folders) -> str:
    """Return a digest of names and contents of files; ``folders`` are (folder, pattern), of which the place does not count."""
    found = hashlib.sha256()
    for number, (folder, pattern) in enumerate(folders):
        for file in sorted(
            f for f in folder.glob(pattern) if f.is_file() and "__pycache__" not in f.parts
        ):
            found.update(f"{number}/{file.relative_to(folder)}\0{sha(file)}\n".encode())
    return found.hexdigest()


def code() -> str:
    """Return a digest of notebooks, package and lock."""
    return _digest(
        (paths.NOTEBOOKS, "*.ipynb"), (paths.PACKAGE, "**/*"), (paths.ROOT, "requirements.txt")
    )


def inputs() -> str:
    """Return a digest of all that any build depends on but its parameters."""
    return hashlib.sha256(f"{code()} {_digest((paths.DATA, '*'))}".encode()).hexdigest()


def _file(what: str, given: dict) -> Path:
    key = hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()[:12]
    return paths.ROOT / ".build" / "stamps" / f"{what}-{key}.json"


def read(what: str, given: dict) -> dict:
    """Return what the last build of the same parameters noted, or an empty dictionary."""
    try:
        return json.loads(_file(what, given).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write(what: str, given: dict, outputs: list[Path], **more) -> None:
    """Note what a build of these parameters read and wrote."""
    file = _file(what, given)
    file.parent.mkdir(parents=True, exist_ok=True)
    noted = {
        "inputs": inputs(),
        "outputs": {str(f.relative_to(paths.REPORTS)): sha(f) for f in outputs},
        **more,
    }
    file.write_text(json.dumps(noted, indent=1), encoding="utf-8")


def intact(noted: dict, name: str) -> bool:
    """Return whether an output is there as it was noted."""
    file = paths.REPORTS / name
    return file.is_file() and sha(file) == noted["outputs"].get(name)


def up_to_date(what: str, given: dict) -> list[Path]:
    """Return the outputs of the last build where nothing that it read or wrote has changed since; else an empty list."""
    noted = read(what, given)
    if (
        not noted
        or noted["inputs"] != inputs()
        or not all(intact(noted, name) for name in noted["outputs"])
    ):
        return []
    return [paths.REPORTS / name for name in noted["outputs"]]
