"""What JupyterLab shows beside the report: evidence of facts and sources, and what is left out.

A fact shows its evidence when pointed at, and keeps it in sight when clicked, as a claim's id does
its words; a source's number shows the source, and links to its page. None of it is the report's.
"""

import html
import re
from collections.abc import Iterable
from urllib.parse import unquote

import mistune
from IPython import get_ipython

from dossier.data.known import Record
from dossier.facts.fact import how_of
from dossier.facts.ledger import Ledger
from dossier.facts.sentences import BRACES
from dossier.show.tables import Cell, Table
from dossier.text.dates import published_text

ROWS_SHOWN = 4
GREY = "color:var(--jp-content-font-color2,#5f6670);font-size:90%"
KEEP = """const box = this.closest('.dossier-shown').lastElementChild;
box.textContent = this.title;
box.togglePopover(true);
const at = this.getBoundingClientRect(), below = at.bottom + 4;
const fits = below + box.offsetHeight < innerHeight;
box.style.top = (fits ? below : at.top - box.offsetHeight - 4) + 'px';
box.style.left = Math.min(at.left, innerWidth - box.offsetWidth - 8) + 'px';
return false"""
"""What a click does: it shows the words of the link's title beside the link."""
BOX = (
    '<div popover style="position:fixed;inset:auto;margin:0;max-width:36em;padding:8px 12px;'
    "white-space:pre-line;font-size:90%;border:1px solid var(--jp-border-color1,#bdbdbd);"
    'background:var(--jp-layout-color1,#fff);color:var(--jp-content-font-color1,#111)"></div>'
)
_LINK = re.compile(r'<a href="#(fact|quote|source)-([^"]+)">')


def is_watched() -> bool:
    """Return whether a notebook runs in a kernel, as JupyterLab's does; in a build it does not."""
    return getattr(get_ipython(), "kernel", None) is not None


def left_out(facts: Ledger, sentences: Iterable[str]) -> str:
    """Return, as HTML, the sentences that name what was not known; nothing where there are none.

    One that a fact only admits, by ``{id:|}``, is left out by intent and not told.
    """
    lines = []
    for sentence in sentences:
        unknown = [m for m in BRACES.finditer(sentence) if not facts.known(m[1])]
        if ids := dict.fromkeys(m[1] for m in unknown if m[2] != "|"):
            words = f"left out: {sentence} ({', '.join(ids)}: not known by then)"
            lines.append(f'<p style="{GREY}">{html.escape(words)}</p>')
    return "".join(lines)


def prose(markdown: str, facts: Ledger) -> str:
    """Return a paragraph, list or caption of Markdown as HTML, with the evidence of its facts."""
    return with_evidence(str(mistune.html(markdown)), facts)


def table(found: Table, facts: Ledger) -> str:
    """Return a table as HTML, with the evidence of its facts and sources."""
    return with_evidence(found.html(_cell), facts)


def _cell(cell: Cell) -> str:
    """Return a cell of a table as HTML, its links kept."""
    if isinstance(cell, dict):
        return str(mistune.html(cell["markdown"])).strip().removeprefix("<p>").removesuffix("</p>")
    if isinstance(cell, str):
        return html.escape(cell)
    runs = ((html.escape(text), target) for text, target in cell)
    return "".join(f'<a href="{html.escape(t)}">{text}</a>' if t else text for text, t in runs)


def with_evidence(body: str, facts: Ledger) -> str:
    """Return HTML whose links to facts, claims and sources show what is behind them."""

    def link(match: re.Match[str]) -> str:
        kind, id = match[1], html.unescape(unquote(match[2]))
        if kind == "source":
            url, title = _source(facts.record, id)
            return f'<a href="{html.escape(url)}" title="{html.escape(title)}">'
        title = _evidence(facts, id) if kind == "fact" else _claim(facts.record, id)
        return f'{match[0][:-1]} title="{html.escape(title)}" onclick="{html.escape(KEEP)}">'

    shown = _LINK.sub(link, body)
    return f'<div class="dossier-shown">{shown}{BOX}</div>' if "onclick" in shown else shown


def _claim(record: Record, id: str) -> str:
    """Return the words of a claim."""
    row = record.row("claims", id)
    return f"{id}, {row['label']}\n“{row['exact']}”"


def _evidence(facts: Ledger, id: str) -> str:
    """Return a line each on a fact, how it came about, what it rests on, and its sources."""
    fact, record = facts.require(id), facts.record
    rows = ", ".join(fact.rows[:ROWS_SHOWN])
    more = len(fact.rows) - ROWS_SHOWN
    parts = [
        f"{fact.label}: {facts.text(id)} ({id})",
        how_of(fact),
        f"“{fact.quote}”" if fact.quote else "",
        f"from {', '.join(fact.inputs)}" if fact.inputs else "",
        f"rows {rows}{f' and {more} more' if more > 0 else ''}" if rows else "",
        *(_source(record, source)[1] for source in record.cites(*fact.sources)[:2]),
    ]
    return "\n".join(filter(None, parts))


def _source(record: Record, id: str) -> tuple[str, str]:
    """Return the address of a source, and what it is."""
    row = record.row("sources", id)
    title = f"{row['title']}. {row['publisher']}, {published_text(row['published'])}"
    return str(row["url"]), title
