"""The papermill engine: runs a notebook in a child forked from the warm parent.

The engine is registered as ``dossier`` (``papermill --engine dossier``). Its child has pandas,
matplotlib and the kernel imported already and is gone when the notebook ends, so that nothing
leaks from one notebook to the next. Where a process can't be forked safely (macOS, Windows),
papermill's own engine serves.
"""

import builtins
import os
import shutil
import signal
import sys
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import nbformat
from papermill.engines import NBClientEngine
from traitlets.config import Config

from dossier import project as projects
from dossier.build.processes import CONTEXT, FORK, die_with_parent, limit_memory, start
from dossier.data import noted

CELL_SECONDS = 120
"""Limit on the time of one cell."""
MEMORY = 2 << 30
"""Bytes that a notebook may take beyond what its process had at its start."""
OUTPUT = 20_000_000
"""Bytes of output that a notebook may show: text, tables, figures."""


class Engine(NBClientEngine):
    """Runs a notebook's cells in one forked child, with limits of time, memory and output.

    What goes wrong outside the cell's own code (time, death by signal, output without end) is put
    into the notebook as that cell's error, as an exception of the cell itself is.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        execution_timeout: float | None = None,
        **more: Any,
    ) -> Any:
        if not FORK:
            return cls._with_kernel(
                nb_man, kernel_name, log_output, execution_timeout=execution_timeout, **more
            )
        seconds = execution_timeout or CELL_SECONDS
        cells = [
            (n, cell)
            for n, cell in enumerate(nb_man.nb.cells)
            if cell.cell_type == "code" and cell.source.strip()
        ]
        here, there = CONTEXT.Pipe(duplex=False)
        folder = Path(tempfile.mkdtemp(prefix="dossier-"))
        sources = [cell.source for _, cell in cells]
        child = CONTEXT.Process(target=_run_cells, args=(sources, there, folder))
        start(child)
        there.close()
        try:
            for count, (n, cell) in enumerate(cells, start=1):
                nb_man.cell_start(cell, n)
                cell["execution_count"] = count
                cell["outputs"] = _outcome(here, child, seconds)
                failed = any(output.output_type == "error" for output in cell["outputs"])
                if failed:
                    nb_man.cell_exception(cell, n)
                nb_man.cell_complete(cell, n)
                if failed:
                    break
            else:
                nb_man.nb.metadata.papermill["asked"] = _asked(here)
        finally:
            child.kill()
            child.join()
            here.close()
            shutil.rmtree(folder, ignore_errors=True)
        return None

    @classmethod
    def _with_kernel(cls, nb_man: Any, kernel_name: str, log_output: bool, **more: Any) -> Any:
        """Run by papermill's own engine; the kernel's sockets lie in a folder of their own."""
        with tempfile.TemporaryDirectory(prefix="dossier-") as sockets:
            if os.name == "posix":  # which nobody else on the machine can read
                place = {"transport": "ipc", "ip": f"{sockets}/kernel"}
                more["config"] = Config({"KernelManager": place})
            return super().execute_managed_notebook(
                nb_man, kernel_name, log_output=log_output, **more
            )


def _outcome(pipe: Connection, child: Any, seconds: float) -> list[Any]:
    """Return the outputs of the cell that runs now; an error output tells what ended it."""
    if not pipe.poll(seconds):
        words = f"the cell ran longer than {seconds:g} s; make it faster, or raise its limit"
        return [_error("CellTimeout", words)]
    try:
        done = pipe.recv()
    except EOFError:
        child.join()
        how = f"exit code {child.exitcode}"
        if child.exitcode < 0:
            how = f"signal {signal.Signals(-child.exitcode).name}"
        words = f"its process ended by {how}; run the notebook in JupyterLab to see where"
        return [_error("KernelDied", words)]
    if done is None:
        words = f"the notebook shows more than {OUTPUT:,} bytes; print less"
        return [_error("OutputLimit", words)]
    return [nbformat.from_dict(output) for output in done]


def _asked(pipe: Connection) -> noted.Asked | None:
    """Return what the cells asked for, which comes last with what they made, and keep that.

    None comes from a process that died.
    """
    try:
        found: noted.Asked
        made: noted.Made
        found, made = pipe.recv()
    except EOFError:
        return None
    noted.MEMORY.get().keep_made(made)
    return found


def _error(name: str, words: str) -> Any:
    return nbformat.v4.new_output("error", ename=name, evalue=words, traceback=[f"{name}: {words}"])


def _run_cells(sources: list[str], pipe: Connection, folder: Path) -> None:
    """Run the cells, in the child; send each cell's outputs, or None where they are too large."""
    from dossier.build import shell as shells

    die_with_parent()
    limit_memory(MEMORY)
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what a subprocess prints past the shell is not the report's
        os.dup2(silent, stream)
    builtins.input = shells.refuse_input
    sys.addaudithook(_watch_files())
    noted.start()
    try:
        shell = shells.open_shell(OUTPUT, folder)
    except Exception as error:  # told as the first cell's, since it has no cell of its own
        pipe.send([_error(type(error).__name__, f"the shell could not start: {error}")])
        return
    for source in sources:
        try:
            pipe.send(shells.run(shell, source))
        except shells.TooMuchOutput:
            pipe.send(None)
            return
    pipe.send((noted.asked(), noted.MEMORY.get().made))
    pipe.close()


_WRITES = {
    "os.remove": 1,
    "os.rename": 2,
    "os.rmdir": 1,
    "os.mkdir": 1,
    "os.truncate": 1,
    "os.chmod": 1,
    "os.link": 2,
    "os.symlink": 2,
    "shutil.rmtree": 1,
    "os.utime": 1,
}
"""Events that change files, and how many of their first arguments name them."""
_STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn")
"""Events that start another program, which no hook of this one reaches."""
_OPENS_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def _watch_files() -> Any:
    """Return a hook that refuses what would change a file of the project: a chapter only reads.

    It notes which files of the project are opened to be read. Another program could write past
    the hook, so none is started. The build compares digests, too. Outside a project nothing is
    refused.
    """
    try:
        root = projects.find().root
    except projects.ProjectError:
        return lambda event, arguments: None

    def inside(file: Any) -> str:
        """Return a file's name from the project's root; empty for any other."""
        if not isinstance(file, str | bytes | os.PathLike):
            return ""
        place = Path(os.path.realpath(os.fsdecode(file)))
        own = place.is_relative_to(root) and "__pycache__" not in place.parts
        return str(place.relative_to(root)) if own else ""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _STARTS:
            raise PermissionError(
                "a notebook may not start another program; run it before the build, "
                "and keep what it finds in data/"
            )
        touched = _touched(event, arguments)
        for name in filter(None, map(inside, touched)):
            raise PermissionError(
                f"a notebook may not change {name}; it reads the project, and writes nothing in it"
            )
        if event == "open" and not touched and (name := inside(arguments[0])):
            noted.FILES.add(name)

    return watch


def _touched(event: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the files that an event of the interpreter would change."""
    if event != "open":
        return arguments[: _WRITES.get(event, 0)]
    mode, flags = arguments[1], arguments[2]
    writes = flags & _OPENS_TO_WRITE
    if isinstance(mode, str):
        writes = bool(set(mode) & set("wax+"))
    return arguments[:1] if writes else ()
