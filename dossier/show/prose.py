"""Prose as text: cell magics, known to JupyterLab, papermill and a build once dossier is imported.

Below ``%%say``, ``%%finding``, ``%%note`` or ``%%points`` stands a sentence a line, and does what
the Report's method of that name does with it. An empty line begins the next paragraph, caveat or
list; a line that begins with ``otherwise:`` is shown where all sentences before it are left out.
"""

import functools
import re
from typing import TYPE_CHECKING, Any

from dossier.errors import nearest
from dossier.facts.fact import FactError

if TYPE_CHECKING:
    from dossier.show.report import Report

MAGICS = ("say", "finding", "note", "points")
OTHERWISE = "otherwise:"
_CELL = re.compile(rf"%%({'|'.join(MAGICS)})\b([^\n]*)(?:\n|$)(.*)", re.DOTALL)


def register(shell: Any) -> None:
    """Make the magics known to IPython's shell; they write to what is called ``report`` there."""
    for magic in MAGICS:
        shell.register_magic_function(functools.partial(_write_in, shell, magic), "cell", magic)


def refuse_misspelt(shell: Any, source: str) -> None:
    """Raise FactError where a cell begins with no magic that there is, but nearly with one."""
    found = re.match(r"%%(\w+)", source)
    if not found or shell.find_cell_magic(found[1]):
        return
    if near := nearest(found[1].lower(), MAGICS):
        raise FactError(f"no such magic %%{found[1]}; did you mean %%{near}?")


def _write_in(shell: Any, magic: str, line: str, body: str) -> None:
    report = shell.user_ns.get("report")
    if not hasattr(report, magic):
        raise FactError(
            f"%%{magic} writes to report, which is not there: run the cell that makes it, "
            "report = Report(as_of, units)"
        )
    write(report, magic, line, body)


def prose_of(source: str) -> tuple[str, str, str] | None:
    """Return the magic of a cell, the rest of its line, and its body; None of other cells.

    >>> prose_of("%%say\\nThere are {events_total}.")
    ('say', '', 'There are {events_total}.')
    >>> prose_of("report.table('events')")
    """
    found = _CELL.match(source)
    return (found[1], found[2], found[3]) if found else None


def write(report: "Report", magic: str, line: str, body: str) -> None:
    """Show the paragraphs of a cell; raise FactError where one is not a sentence a line."""
    if line.strip():
        raise FactError(f"{line.strip()[:60]!r} stands beside %%{magic}: write it on the next line")
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        *sentences, last = [text.strip() for text in paragraph.splitlines()] or [""]
        if not last.startswith(OTHERWISE):
            getattr(report, magic)(*sentences, last)
            continue
        if magic == "points":
            raise FactError(f"%%{magic} takes no {OTHERWISE!r}; write it by %%say")
        getattr(report, magic)(*sentences, otherwise=last.removeprefix(OTHERWISE).strip())
