"""What JupyterLab shows beside the report: evidence of facts and sources, and what is left out.

A fact links to its evidence below the paragraph or table, and shows it when pointed at; a source's
number shows the source, and links to its page. None of it is the report's.
"""

import html
import itertools
import re
from collections.abc import Iterable
from urllib.parse import unquote

import mistune
from IPython import get_ipython

from dossier.data.known import Record
from dossier.facts.fact import Fact, how_of
from dossier.facts.ledger import Ledger
from dossier.facts.sentences import BRACES
from dossier.show.tables import Cell, Table
from dossier.text.dates import published_text

ROWS_SHOWN = 4
GREY = "color:var(--jp-content-font-color2,#5f6670);font-size:90%"
_LINK = re.compile(r'<a href="#(fact|source)-([^"]+)">')
_places = itertools.count(1)


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
    """Return HTML whose links to facts and sources show their evidence."""
    place, named = next(_places), dict[str, str]()

    def link(match: re.Match[str]) -> str:
        id = html.unescape(unquote(match[2]))
        if match[1] == "source":
            url, title = _source(facts.record, id)
            return f'<a href="{html.escape(url)}" title="{html.escape(title)}">'
        fact = facts.require(id)
        named[id] = f"{fact.label}: {facts.text(id)}. {_evidence(fact, facts.record)}"
        return f'<a href="#evidence-{place}-{id}" title="{html.escape(named[id])}">'

    body = _LINK.sub(link, body)
    if not named:
        return body
    items = "".join(
        f'<li id="evidence-{place}-{id}"><b>{id}</b> {html.escape(words)}</li>'
        for id, words in named.items()
    )
    return f'{body}<details style="{GREY}"><summary>evidence</summary><ul>{items}</ul></details>'


def _evidence(fact: Fact, record: Record) -> str:
    """Return in words how a fact came about, the rows and facts it rests on, and its sources."""
    rows = ", ".join(fact.rows[:ROWS_SHOWN])
    more = len(fact.rows) - ROWS_SHOWN
    parts = [
        how_of(fact),
        f"“{fact.quote}”" if fact.quote else "",
        f"from {', '.join(fact.inputs)}" if fact.inputs else "",
        f"rows {rows}{f' and {more} more' if more > 0 else ''}" if rows else "",
        "; ".join(_source(record, id)[1] for id in record.cites(*fact.sources)[:2]),
    ]
    return " · ".join(filter(None, parts))


def _source(record: Record, id: str) -> tuple[str, str]:
    """Return the address of a source, and what it is."""
    row = record.row("sources", id)
    title = f"{row['title']}. {row['publisher']}, {published_text(row['published'])}"
    return str(row["url"]), title
