"""Typst, which sets PDFs and draws PNGs: with this package's fonts alone, in any process."""

import functools
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import typst

FOLDER = Path(__file__).resolve().parent
DOTS = 200
"""Dots per inch of a figure drawn as PNG."""
_FIGURE = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""


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


def typeset(template: bytes, inputs: dict[str, str], **options: Any) -> bytes:
    """Return what Typst makes of a template; ``options`` are those of its compiler.

    Raises TypesettingError where Typst refuses the template, or warns.
    """
    global _home
    if _home not in (None, os.getpid()):
        return _typeset_elsewhere(template, inputs, options)
    _home = os.getpid()
    what = str(options["format"]).upper()
    try:
        data, warnings = typst.compile_with_warnings(
            template,
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            **options,
        )
    except typst.TypstError as error:
        hints = " ".join(error.hints)
        why = f"{error.message} {hints}\n{error.diagnostic[:800]}"
        raise TypesettingError(f"the {what} can't be set: {why}") from None
    if warnings:
        reasons = "; ".join(w.message for w in warnings)
        raise TypesettingError(f"the {what} can't be set: {reasons}")
    return bytes(data)


def _typeset_elsewhere(template: bytes, inputs: dict[str, str], options: dict[str, Any]) -> bytes:
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
    return typeset(_FIGURE.encode(), {"svg": svg}, format="png", ppi=DOTS)
