"""The process that typesets for a build or the preview, and remembers what it has laid out.

A build's begins before the libraries are imported, on the core that has nothing to do yet, by
setting once more what the last build set. Where a chapter changed since, its pages alone are new.
"""

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from dossier.build import stamps
from dossier.build.processes import CONTEXT, FORK, die_with_parent, start, usable_cores
from dossier.export import typesetting
from dossier.project import Project


def begin(folder: Path, kept: Path | None = None) -> tuple[str, Any]:
    """Begin it; return its address in a folder, or none, and the process. See ``serve``."""
    address = str(folder / "typst")
    there, back = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_typeset, args=(address, back, kept), daemon=True)
    start(process)
    back.close()
    with contextlib.suppress(EOFError):
        return (address if there.recv() else ""), process
    return "", process


def _typeset(address: str, ready: Connection, kept: Path | None) -> None:
    die_with_parent()
    with contextlib.suppress(OSError):  # a name too long, or no such things here
        typesetting.serve(address, ready, kept)


@contextlib.contextmanager
def ahead(project: Project, formats: Sequence[str]) -> Iterator[None]:
    """Have another process typeset what is typeset within, from what this engine set last on.

    Where no PDF is among the formats, with one core, or where processes can't be forked, it would
    only take longer.
    """
    if "pdf" not in formats or not FORK or usable_cores() < 2:
        yield
        return
    kept = project.scratch / "kept" / f"typeset-{stamps.engine()}.pickle"
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        address, process = begin(Path(folder), kept)
        token = typesetting.SERVER.set(address)
        try:
            yield
        finally:
            typesetting.SERVER.reset(token)
            process.kill()
            process.join()
