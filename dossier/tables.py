"""How rows become a captioned table, with the key of the row behind each line."""

import html
import re
from dataclasses import asdict, dataclass

from dossier.facts import escape


@dataclass(frozen=True)
class Column:
    """A column: its heading, its alignment (left, right or center) and its share of the width."""

    label: str
    align: str = "left"
    width: float = 1.0


@dataclass(frozen=True)
class Table:
    """A table as the exporters set it.

    ``rows`` are (key, cells): the key names the data row or fact behind the line (``agreements:A01``), a cell
    is a text, a list of (text, target) runs, or {"markdown": …} with facts linked. ``caption`` and ``note`` are Markdown with facts linked.
    ``wide`` asks for a page of its own orientation.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple], ...]
    note: str = ""
    wide: bool = False

    def metadata(self) -> dict:
        return {"kind": "table", **asdict(self)}

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col" style="text-align:{c.align}">{html.escape(c.label)}</th>'
            for c in self.columns
        )
        lines = []
        for _, cells in self.rows:
            texts = [html.escape(plain(cell)) for cell in cells]
            lines.append(
                "<tr>"
                + "".join(
                    f'<td style="text-align:{c.align}">{t}</td>'
                    for c, t in zip(self.columns, texts)
                )
                + "</tr>"
            )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def plain(cell) -> str:
    """Return a cell's text without its links.

    >>> plain([("Berlin", ""), (" [3]", "#source-de_war")])
    'Berlin [3]'
    """
    if isinstance(cell, dict):
        return re.sub(r"\[([^\]]*)\]\(<#[^>]*>\)", r"\1", cell["markdown"])
    return cell if isinstance(cell, str) else "".join(text for text, _ in cell)


def signed(value: float, decimals: int) -> str:
    """Return a difference with its sign; nought, as printed, has none.

    >>> signed(-0.051, 2), signed(0.1, 1), signed(0.001, 2)
    ('−0.05', '+0.1', '0.00')
    """
    text = f"{abs(value):.{decimals}f}"
    return text if float(text) == 0 else f"{'+' if value > 0 else '−'}{text}"


def cite(record, *ids, separator: str = " ") -> list[tuple[str, str]]:
    """Return runs that link to the entries of the known sources among ``ids``: their numbers in the list of sources."""
    numbers = source_numbers(record)
    runs = []
    for source in record.cites(*ids):
        runs += [(separator, "")] * bool(runs) + [(f"[{numbers[source]}]", f"#source-{source}")]
    return runs or [("–", "")]


def note(*sentences: str | None) -> str:
    """Return the sentences that there are, as one note."""
    return " ".join(filter(None, sentences))


def sources_line(record, *ids) -> str:
    """Return Markdown that names the sources of a whole table, for its note: one without a column of sources."""
    runs = [f"[{escape(text)}]({target})" for text, target in cite(record, *ids) if target]
    return f"{'Source' if len(runs) == 1 else 'Sources'}: {' '.join(runs)}" if runs else ""


def source_numbers(record) -> dict[str, int]:
    """Return the number of each known source in the list of sources, in the order of the table."""
    return {source: number for number, source in enumerate(record.sources["source_id"], start=1)}
