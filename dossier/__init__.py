"""Takes one news article apart, checks its figures against the record, and prints what it found."""

from typing import TYPE_CHECKING

__version__ = "0.2.0"
__all__ = ["Report"]

if TYPE_CHECKING:
    from dossier.show.report import Report


def __getattr__(name: str) -> object:
    """Import ``Report`` when a notebook asks for it: the command line is quick without pandas.

    IPython's shell, where there is one, is made ready for the notebook's cells.
    """
    if name == "Report":
        from IPython import get_ipython

        from dossier.show.assist import prepare
        from dossier.show.report import Report

        if shell := get_ipython():
            prepare(shell)
        return Report
    raise AttributeError(f"module 'dossier' has no attribute {name!r}")
