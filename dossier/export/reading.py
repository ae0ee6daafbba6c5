"""What is read back from a finished file, whatever its format: what the gates work on."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class FileError(ValueError):
    """A finished file that can't be read, or is no report of this project; says what is amiss."""


@dataclass
class Piece:
    """A text with the place where it stands.

    ``role`` says what it is: empty for prose, or fact, chart, axis, table row, label, source,
    dateline, article, ledger, sources. ``fact`` is the fact that it links to. ``future`` marks a
    place that may name days after the edition's.
    """

    text: str
    role: str
    place: str
    fact: str = ""
    future: bool = False


@dataclass
class Reading:
    """A finished file as a reader gets it.

    ``text`` is all of it in reading order, without what only this format has (page numbers, the
    contents). ``pieces`` are its texts with their roles, where the format tells them. ``claims`` is
    the facts.json inside it, ``data`` its bytes as far as they can be searched. ``contents`` are
    the entries of printed contents, each with the text of the page that it names; ``whole_pages``
    are the pages with running head and number; ``problems`` is what the reader itself found amiss.
    ``rows`` are (key, place) of the tables' rows; ``cells`` their texts; ``cited`` the ids in the
    list of sources; ``alts`` the figures' alternatives in order, with their places, ``labels`` all
    texts that are heard alone. ``prints`` is false of a file for machines alone, which prints
    nothing.
    """

    file: Path
    text: str
    claims: dict[str, Any]
    alts: list[tuple[str, str]]
    labels: list[tuple[str, str]] = field(default_factory=list)
    data: str = ""
    pages: int = 0
    pieces: list[Piece] = field(default_factory=list)
    rows: list[tuple[str, str]] = field(default_factory=list)
    cells: set[str] = field(default_factory=set)
    cited: list[str] = field(default_factory=list)
    contents: str | None = None
    page_texts: list[str] = field(default_factory=list)
    whole_pages: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    prints: bool = True

    def texts(self) -> list[tuple[str, str]]:
        """Return every text with its place, in reading order, as finely as the format tells."""
        if self.pieces:
            return [(piece.place, _joined(piece.text)) for piece in self.pieces]
        return [
            (f"page {number}", _joined(line))
            for number, page in enumerate(self.whole_pages or [self.text], start=1)
            for line in page.splitlines()
        ]


def _joined(text: str) -> str:
    return " ".join(text.split())
