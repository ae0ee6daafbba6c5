"""Typst, which sets PDFs and draws PNGs: with this package's fonts alone, in any process.

A template reads its inputs as files beside it. Typst keeps what it has laid out for as long as a
process lives, and of files it notices which have changed.
"""

import contextlib
import functools
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextvars import ContextVar
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

import typst

FOLDER = Path(__file__).resolve().parent
DOTS = 200
"""Dots per inch of a figure drawn as PNG."""
_FIGURE = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image("figure.svg")
"""
_TEMPLATE = "template.typ"


class TypesettingError(RuntimeError):
    """A document that Typst refuses to set; says why."""


@functools.cache
def fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(FOLDER / "fonts")],
    )


_home: int | None = None
"""The process in which Typst's threads were started."""


SERVER: ContextVar[str] = ContextVar("server", default="")
"""The address of a process that typesets for this one, or none: see ``serve``."""


def typeset(template: bytes, inputs: Mapping[str, str], **options: Any) -> bytes:
    """Return what Typst makes of a template and the files that it reads, by their names.

    ``options`` are those of its compiler. Raises TypesettingError where Typst refuses the
    template, or warns.
    """
    global _home
    if address := SERVER.get():
        with contextlib.suppress(OSError, EOFError):  # it has ended: without it, it takes longer
            return _typeset_at(address, (template, inputs, options))
    if _home not in (None, os.getpid()):
        return _typeset_elsewhere(template, inputs, options)
    _home = os.getpid()
    what = str(options["format"]).upper()
    try:
        data, warnings = _compiled({_TEMPLATE: template} | _encoded(inputs), options)
    except typst.TypstError as error:
        hints = " ".join(error.hints)
        why = f"{error.message} {hints}\n{error.diagnostic[:800]}"
        raise TypesettingError(f"the {what} can't be set: {why}") from None
    if warnings:
        reasons = "; ".join(w.message for w in warnings)
        raise TypesettingError(f"the {what} can't be set: {reasons}")
    return bytes(data)


def _encoded(inputs: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode("utf-8") for name, text in inputs.items()}


def _compiled(files: Mapping[str, bytes], options: dict[str, Any]) -> Any:
    """Return what Typst makes of files, the template among them, and its warnings."""
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        return typst.compile_with_warnings(
            str(Path(folder) / _TEMPLATE),
            root=folder,
            font_paths=fonts(),
            ignore_system_fonts=True,
            **options,
        )


Work = tuple[bytes, Mapping[str, str], dict[str, Any]]
"""A template, the files that it reads, and the compiler's options."""


def serve(address: str, ready: Connection, kept: Path | None = None) -> None:
    """Typeset whatever is asked for at an address, one after another; tell when it can be.

    The address is a file's name: whoever may open it may ask. Where a file is given, the last PDF's
    template and inputs are kept in it; a process that finds one sets it first, to know its layouts.
    Raises OSError where the address is too long.
    """
    with Listener(address) as listener:
        ready.send(True)
        if kept is not None:
            with contextlib.suppress(Exception):  # a broken one may raise anything
                _answer(pickle.loads(kept.read_bytes()))
        while True:
            # who asked may have been ended meanwhile, and waits for nothing
            with contextlib.suppress(OSError, EOFError), listener.accept() as client:
                work: Work = client.recv()
                client.send(_answer(work))
                if kept is not None and work[2]["format"] == "pdf":
                    _keep(kept, work)


def _keep(kept: Path, work: Work) -> None:
    """Write what was set to a file, in one step."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    new = kept.with_suffix(".new")
    new.write_bytes(pickle.dumps(work))
    new.replace(kept)


def _answer(work: Work) -> bytes | TypesettingError:
    template, inputs, options = work
    try:
        return typeset(template, inputs, **options)
    except TypesettingError as error:
        return error


def _typeset_at(address: str, work: Work) -> bytes:
    with Client(address) as server:
        server.send(work)
        answer: bytes | TypesettingError = server.recv()
    if isinstance(answer, TypesettingError):
        raise answer
    return answer


def _typeset_elsewhere(
    template: bytes, inputs: Mapping[str, str], options: dict[str, Any]
) -> bytes:
    """Run Typst in a fresh process.

    In one forked from where Typst already ran, its threads are gone and it would wait for them.
    """
    code = (
        "import pickle, sys; from dossier.export.typesetting import typeset; "
        "template, inputs, options = pickle.load(sys.stdin.buffer); "
        "sys.stdout.buffer.write(typeset(template, inputs, **options))"
    )
    given = pickle.dumps((template, inputs, options))
    done = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise TypesettingError(said.rpartition("TypesettingError: ")[2])
    return done.stdout


@functools.lru_cache(maxsize=64)
def png(svg: str) -> bytes:
    """Return a figure as PNG on white, for programs that draw no SVG.

    Typst is here for the PDF, and draws with the figure's own fonts; it needs no other package.
    """
    return typeset(_FIGURE.encode(), {"figure.svg": svg}, format="png", ppi=DOTS)
