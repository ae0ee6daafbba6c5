"""Files from strangers: copied, then read in a child whose time and memory are limited."""

import contextlib
import os
import shutil
import signal
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dossier.build.processes import CONTEXT, FORK, die_with_parent, limit_memory, limit_time, start
from dossier.build.reports import signature_file
from dossier.export import claims_in
from dossier.export.reading import FileError

LARGEST = 16 << 20
"""Bytes: a larger file is no report; the largest of ours has some two million."""
SECONDS = 7
"""The processor's time that the reading of a file may take; that of a report takes one or two."""
PATIENCE = 90.0
"""Seconds by the clock, for a machine that is busy with other things, too."""
MEMORY = 600 << 20
"""Bytes that the reading may take beyond the 350 million that the process begins with."""


@contextlib.contextmanager
def copied(file: Path) -> Iterator[Path]:
    """Give a copy of a file, with its signature and the facts.json that stands for its own.

    What is looked at is then one state of the file, whatever becomes of it meanwhile. Raises
    FileError for what is no file, or none of a report's size.
    """
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        copy = Path(folder) / file.name
        _copy(file, copy)
        for beside in (file.with_suffix(".facts.json"), signature_file(file)):
            if beside.is_file():
                _copy(beside, copy.with_name(beside.name))
        yield copy


def _copy(file: Path, copy: Path) -> None:
    """Copy a regular file of a report's size; a pipe that nobody writes to stops nothing."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if file.is_dir():  # which some systems can't open
            raise IsADirectoryError
        with os.fdopen(os.open(file, flags), "rb") as source:
            found = os.fstat(source.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise FileError(f"{file.name}: is no file but a pipe or a device; name a file")
            if found.st_size > LARGEST:
                raise FileError(
                    f"{file.name}: {found.st_size / 1e6:,.0f} MB; a finished report has less than "
                    f"{LARGEST / 1e6:.0f} MB"
                )
            if not found.st_size:
                raise FileError(f"{file.name}: is empty; name a finished report")
            with copy.open("wb") as target:
                shutil.copyfileobj(source, target)
    except IsADirectoryError:
        raise FileError(f"{file.name}: is a folder; name a file") from None


def guarded(name: str, work: Callable[..., Any], *given: Any) -> Any:
    """Return ``work(*given)``, done in a child; raise FileError where it fails or takes too much.

    ``name`` is the file's, for the message.
    """
    here, there = CONTEXT.Pipe(duplex=False)
    child = CONTEXT.Process(target=_work, args=(work, given, there))
    start(child)
    there.close()
    try:
        return _result(name, here, child)
    finally:
        child.kill()
        child.join()
        here.close()


def _result(name: str, pipe: Any, child: Any) -> Any:
    slow = f"{name}: can't be read within {SECONDS} s; it is no report of this kind"
    if not pipe.poll(PATIENCE):
        raise FileError(slow)
    try:
        found, error = pipe.recv()
    except EOFError:
        child.join()
        ended = -child.exitcode
        if ended == getattr(signal, "SIGXCPU", None):
            raise FileError(slow) from None
        how = signal.Signals(ended).name if ended > 0 else f"exit code {child.exitcode}"
        raise FileError(
            f"{name}: its reading ended by {how}, out of memory or by a fault of the file; "
            "it is no report of this kind"
        ) from None
    if error is None:
        return found
    kind, words = error
    if kind == "FileError":
        raise FileError(printable(words))
    if kind == "MemoryError":
        words = f"it takes over {MEMORY / 1e6:,.0f} MB of memory"
    words = printable(f"{kind}: {words}")
    raise FileError(f"{name}: can't be read ({words}); it is no report of this kind")


def read_claims(file: Path, run: Callable[..., Any] = guarded) -> dict[str, Any]:
    """Return the claims in a finished file of any age; raise FileError where it holds none.

    ``run`` is what reads it: another than ``guarded`` for a file that is no stranger's.
    """
    with copied(file) as copy:
        return dict(run(file.name, claims_in, copy))


LONGEST = 600
"""Characters: a longer line of a stranger's is cut."""


def printable(text: str) -> str:
    """Return a stranger's text as a terminal may show it: without what steers one, and not long."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:LONGEST])
    return shown if len(text) <= LONGEST else f"{shown}…"


def _work(work: Callable[..., Any], given: tuple[Any, ...], pipe: Any) -> None:
    """Do the work, in the child, and send its result or its error."""
    die_with_parent()
    if FORK:
        limit_memory(MEMORY)
        limit_time(SECONDS)
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what a library prints of a bad file is not the user's to read
        os.dup2(silent, stream)
    try:
        outcome: Any = (work(*given), None)
    except Exception as error:  # of whatever kind a bad file brings about
        outcome = (None, (type(error).__name__, str(error)))
    pipe.send(outcome)
    pipe.close()
