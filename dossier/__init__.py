"""Takes one news article apart, checks its figures against the record, and prints what it found."""

from typing import TYPE_CHECKING

__version__ = "0.2.0"
__all__ = ["Report"]

if TYPE_CHECKING:
    from dossier.show.report import Report


def __getattr__(name: str) -> object:
    """Import ``Report`` when a notebook asks for it: the command line is quick without pandas."""
    if name == "Report":
        from dossier.show.report import Report

        return Report
    raise AttributeError(f"module 'dossier' has no attribute {name!r}")
