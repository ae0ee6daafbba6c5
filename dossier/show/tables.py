"""How rows become a captioned table, with the key of the row behind each line."""

import functools
import html
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from dossier.data.known import Record
from dossier.facts.sentences import escape

Cell = str | list[tuple[str, str]] | dict[str, str]
"""A text, a list of (text, target) runs, or {"markdown": …} with facts linked."""
Row = tuple[str, tuple[Cell, ...]]


@dataclass(frozen=True)
class Column:
    """A column: its heading, its alignment (left, right, center), its share of the width.

    ``future`` marks a column that may name days after the edition's, such as ends of terms.
    """

    label: str
    align: str = "left"
    width: float = 1.0
    future: bool = False


@dataclass(frozen=True)
class Table:
    """A table as the exporters set it.

    ``rows`` are (key, cells): the key names the data row or fact behind the line
    (``claims:C01``). ``caption`` and ``note`` are Markdown with facts linked. ``find`` names what
    a field over the table filters by its first column.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    find: str = ""

    def metadata(self, id: str) -> dict[str, Any]:
        return {"kind": "table", "id": id, **asdict(self)}

    def html(self, cell_html: Callable[[Cell], str] | None = None) -> str:
        """Return the table as JupyterLab shows it; ``cell_html`` sets a cell otherwise."""
        line = functools.partial(self._line, cell_html or (lambda cell: html.escape(plain(cell))))
        head = "".join(
            f'<th scope="col" style="text-align:{c.align}">{html.escape(c.label)}</th>'
            for c in self.columns
        )
        return (
            f"<table><thead><tr>{head}</tr></thead>"
            f"<tbody>{''.join(map(line, self.rows))}</tbody></table>"
        )

    def _line(self, cell_html: Callable[[Cell], str], row: Row) -> str:
        cells = [
            f'<td style="text-align:{column.align}">{cell_html(cell)}</td>'
            for column, cell in zip(self.columns, row[1], strict=True)
        ]
        return f"<tr>{''.join(cells)}</tr>"


def key_of(frame: pd.DataFrame) -> str:
    """Return the key of a line on all rows of a frame: the parts that the keys of all have.

    >>> key_of(pd.DataFrame(index=["months:north/1999/1", "months:north/1999/2"]))
    'months:north/1999'
    """
    table, _, first = str(frame.index[0]).partition(":")
    rest = [str(key).partition(":")[2].split("/") for key in frame.index]
    return f"{table}:{'/'.join(part for part in first.split('/') if all(part in r for r in rest))}"


def plain(cell: Cell) -> str:
    """Return a cell's text without its links.

    >>> plain([("Berlin", ""), (" [3]", "#source-de_war")]), plain(strong("All"))
    ('Berlin [3]', 'All')
    """
    if isinstance(cell, dict):
        words = re.sub(r"\[([^\]]*)\]\(<#[^>]*>\)", r"\1", cell["markdown"])
        return re.sub(r"\*\*(.+?)\*\*", r"\1", words)
    return cell if isinstance(cell, str) else "".join(text for text, _ in cell)


def strong(text: str) -> Cell:
    """Return a text as a cell of a line that sums up others."""
    return {"markdown": f"**{escape(text)}**"}


def cite(record: Record, *ids: Any) -> list[tuple[str, str]]:
    """Return runs that link to the entries of the known sources among ``ids``, by number."""
    numbers = record.source_numbers
    runs: list[tuple[str, str]] = []
    for source in record.cites(*ids):
        runs += [(" ", "")] * bool(runs) + [(f"[{numbers[source]}]", f"#source-{source}")]
    return runs or [("–", "")]


def note(*sentences: str | None) -> str:
    """Return the sentences that there are, as one note."""
    return " ".join(filter(None, sentences))


def sources_line(record: Record, *ids: Any) -> str:
    """Return Markdown that names the sources of a whole table without a column of sources."""
    runs = [f"[{escape(text)}]({target})" for text, target in cite(record, *ids) if target]
    return f"{'Source' if len(runs) == 1 else 'Sources'}: {' '.join(runs)}" if runs else ""
