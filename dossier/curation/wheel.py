"""The engine's own wheel, made anew from what is installed: no index has it.

From an installed wheel the files are those of its RECORD; from a checkout, those of the package.
Its bytes depend on nothing but theirs.
"""

import base64
import hashlib
from importlib import metadata
from pathlib import Path

from dossier.export.archives import archive

NAME = "dossier-report"
PACKAGE = Path(__file__).resolve().parent.parent
_KEPT = ("METADATA", "WHEEL", "entry_points.txt", "top_level.txt")


class WheelError(RuntimeError):
    """The engine is not installed, so that it can't be carried on; names the remedy."""


def wheel() -> tuple[str, bytes]:
    """Return the name and the content of a wheel of this engine, or raise WheelError."""
    try:
        installed = metadata.distribution(NAME)
    except metadata.PackageNotFoundError:
        raise WheelError(f"{NAME} is not installed: run make .venv/ready, or pip install") from None
    folder = f"{NAME.replace('-', '_')}-{installed.version}"
    files = _package(installed) | {
        f"{folder}.dist-info/{name}": content for name, content in _metadata(installed).items()
    }
    record = f"{folder}.dist-info/RECORD"
    lines = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in files.items()]
    files[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    return f"{folder}-py3-none-any.whl", archive(files)


def _package(installed: metadata.Distribution) -> dict[str, bytes]:
    """Return the package's files by their names in a wheel."""
    recorded = [Path(str(file)) for file in installed.files or ()]
    names = [file for file in recorded if file.parts[0] == PACKAGE.name]
    if not names:  # an editable install records the package's place alone
        names = [file.relative_to(PACKAGE.parent) for file in PACKAGE.rglob("*") if file.is_file()]
    kept = sorted(name.as_posix() for name in names if "__pycache__" not in name.parts)
    return {name: (PACKAGE.parent / name).read_bytes() for name in kept}


def _metadata(installed: metadata.Distribution) -> dict[str, bytes]:
    """Return the files of the wheel's dist-info that say what it is, by their names there."""
    found = {}
    for file in installed.files or ():
        folder, _, name = file.as_posix().partition("/")
        if folder.endswith(".dist-info") and (name in _KEPT or name.startswith("licenses/")):
            found[name] = Path(str(file.locate())).read_bytes()
    return dict(sorted(found.items()))


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
