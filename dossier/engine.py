"""The papermill engine: runs a notebook in a child forked from the warm parent.

The engine is registered as ``dossier`` (``papermill --engine dossier``). Its child has pandas, matplotlib and the kernel
imported already and is gone when the notebook ends, so that nothing leaks from one notebook to the next. Where a process
can't be forked safely (macOS, Windows), papermill's own engine serves.
"""

import os
import signal
import sys
import tempfile
import threading
from pathlib import Path

import nbformat
from papermill.engines import NBClientEngine
from traitlets.config import Config

from dossier import paths
from dossier.pool import CONTEXT, FORK, die_with_parent, start

CELL_SECONDS = 120
"""Limit on the time of one cell."""
MEMORY = 2 << 30
"""Bytes that a notebook may take beyond what its process had at its start."""
OUTPUT = 20_000_000
"""Bytes of output that a notebook may show: text, tables, figures."""


class Engine(NBClientEngine):
    """Runs a notebook's cells in one forked child, each with limits of time, memory and output.

    What goes wrong outside the cell's own code (time, death by signal, output without end) is put into the notebook as
    that cell's error, as an exception of the cell itself is.
    """

    @classmethod
    def execute_managed_notebook(
        cls, nb_man, kernel_name, log_output=False, execution_timeout=None, **more
    ):
        if not FORK:
            # the kernel is spoken to over sockets in a folder of its own, which nobody else on the machine can read
            with tempfile.TemporaryDirectory(prefix="dossier-") as sockets:
                if os.name == "posix":
                    more["config"] = Config(
                        {"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}}
                    )
                return super().execute_managed_notebook(
                    nb_man,
                    kernel_name,
                    log_output=log_output,
                    execution_timeout=execution_timeout,
                    **more,
                )
        seconds = execution_timeout or CELL_SECONDS
        cells = [
            (n, cell)
            for n, cell in enumerate(nb_man.nb.cells)
            if cell.cell_type == "code" and cell.source.strip()
        ]
        here, there = CONTEXT.Pipe(duplex=False)
        child = CONTEXT.Process(target=_cells, args=([cell.source for _, cell in cells], there))
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
        finally:
            child.kill()
            child.join()
            here.close()


def _outcome(pipe, child, seconds: float) -> list:
    """Return the outputs of the cell that runs now; an error output tells what ended it."""
    if not pipe.poll(seconds):
        return [
            _error(
                "CellTimeout",
                f"the cell ran longer than {seconds:g} s; make it faster, or raise CELL_SECONDS in dossier/engine.py",
            )
        ]
    try:
        done = pipe.recv()
    except EOFError:
        child.join()
        how = (
            f"signal {signal.Signals(-child.exitcode).name}"
            if child.exitcode < 0
            else f"exit code {child.exitcode}"
        )
        return [
            _error(
                "KernelDied",
                f"its process ended by {how}; run the notebook in JupyterLab to see where",
            )
        ]
    if done is None:
        return [_error("OutputLimit", f"the notebook shows more than {OUTPUT:,} bytes; print less")]
    return [nbformat.from_dict(output) for output in done]


def _error(name: str, words: str):
    return nbformat.v4.new_output("error", ename=name, evalue=words, traceback=[f"{name}: {words}"])


def _cells(sources: list[str], pipe) -> None:
    """Run the cells, in the child; send each cell's outputs, or None where they are too large."""
    die_with_parent()
    _limit_memory()
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (
        0,
        1,
        2,
    ):  # what a subprocess or a library prints past the kernel is not the report's
        os.dup2(silent, stream)
    sys.addaudithook(_refuse_writes)
    try:
        client = _client(pipe)
    except Exception as error:  # told as the first cell's, since it has no cell of its own
        pipe.send([_error(type(error).__name__, f"the kernel could not start: {error}")])
        return
    for source in sources:
        client.shown.clear()
        client.idle.clear()
        client.execute(source, allow_stdin=False)
        client.idle.wait()
        pipe.send(client.shown)
    pipe.close()


def _client(pipe):
    """Return a client of a kernel in this process; its ``shown`` holds the outputs of the cell, ``idle`` is set when it is done."""
    from ipykernel.inprocess.channels import InProcessChannel
    from ipykernel.inprocess.client import InProcessKernelClient
    from ipykernel.inprocess.ipkernel import InProcessKernel

    class Silent(InProcessChannel):
        def call_handlers(self, message):
            pass

    class Shown(InProcessChannel):
        def call_handlers(self, message):
            self.client.size += _size(message["content"])
            if self.client.size > OUTPUT:
                pipe.send(None)
                os._exit(1)
            if message["content"].get("execution_state") == "idle":
                self.client.idle.set()
            else:
                _take(message, self.client.shown)

    class Client(InProcessKernelClient):
        shell_channel_class, iopub_channel_class = Silent, Shown

    kernel = InProcessKernel()
    client = Client(kernel=kernel, session=kernel.session)
    client.shown, client.size, client.idle = [], 0, threading.Event()
    client.start_channels()
    return client


def _take(message: dict, shown: list) -> None:
    kind, content = message["msg_type"], message["content"]
    if kind == "clear_output":
        shown.clear()
    elif (
        kind == "stream"
        and shown
        and shown[-1].output_type == "stream"
        and shown[-1].name == content["name"]
    ):
        shown[-1]["text"] += content["text"]
    elif kind in ("stream", "display_data", "execute_result", "error"):
        shown.append(nbformat.v4.output_from_msg(message))


def _size(content: dict) -> int:
    return sum(
        len(str(value)) for value in (content.get("text", ""), *content.get("data", {}).values())
    )


def _limit_memory() -> None:
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY
    resource.setrlimit(
        resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard)
    )


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


def _refuse_writes(event: str, arguments: tuple) -> None:
    """Refuse what would change a file of the project: a chapter only reads. No wall against a subprocess; the build compares digests too."""
    if event == "open":
        mode, flags = arguments[1], arguments[2]
        writes = (
            bool(set(mode) & set("wax+"))
            if isinstance(mode, str)
            else bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))
        )
        touched = arguments[:1] if writes else ()
    else:
        touched = arguments[: _WRITES.get(event, 0)]
    for file in touched:
        if isinstance(file, (str, bytes, os.PathLike)):
            place = Path(os.path.realpath(os.fsdecode(file)))
            if place.is_relative_to(paths.ROOT.resolve()) and "__pycache__" not in place.parts:
                raise PermissionError(
                    f"a notebook may not change {place.relative_to(paths.ROOT.resolve())}; it reads the project, and writes nothing in it"
                )
