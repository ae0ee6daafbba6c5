"""Facts one can find: all of an edition as a list, and one with its evidence.

Shown to who writes, in JupyterLab and in a terminal; never printed in a report.
"""

import ast
import html
import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dossier.data.known import Record
from dossier.facts.fact import Fact, FactError
from dossier.facts.ledger import Ledger
from dossier.facts.sentences import named_facts
from dossier.parameters import Parameters
from dossier.project import Project
from dossier.show.tables import plain

Cells = tuple[str, ...]
HEADS = ("id", "as printed", "label", "kind", "rows", "sources", "printed in")


@dataclass(frozen=True)
class Lookup:
    """The facts of an edition, of ``ledger``; ``where`` names the chapters that print each.

    ``where`` is what the last build of the edition noted; empty where there was none.
    """

    ledger: Ledger
    where: Mapping[str, tuple[str, ...]]

    def ids(self) -> list[str]:
        """Return the ids of the facts that are defined, then of the cells that are printed."""
        defined = list(self.ledger)
        return [*defined, *(id for id in self.where if id not in {*defined})]

    def lines(self, word: str = "") -> list[Cells]:
        """Return a line of HEADS for each fact that has ``word`` in its id, text or label."""
        found = (self._line(id) for id in self.ids())
        return [cells for cells in found if word.casefold() in " ".join(cells[:3]).casefold()]

    def _line(self, id: str) -> Cells:
        fact, where = self.ledger[id], ", ".join(self.where.get(id, ()))
        if not isinstance(fact, Fact):
            return (id, "–", f"not known on {self.ledger.record.as_of}", "", "", "", where)
        rows, sources = (str(len(found)) for found in (fact.rows, fact.sources))
        return (id, self._text(id), fact.label, fact.kind, rows, sources, where)

    def _text(self, id: str) -> str:
        return self.ledger.forms(self.ledger.require(id))[""] if self.ledger.known(id) else "–"

    def evidence(self, id: str) -> "Evidence":
        """Return what a fact rests on; raise FactError where there is none of that id."""
        fact = self.ledger[id]
        if not isinstance(fact, Fact):
            raise FactError(f"fact {id!r} was not known on {self.ledger.record.as_of}")
        return Evidence(
            fact=fact,
            text=self._text(id),
            where=self.where.get(id, ()),
            sentences=tuple(_sentences(self.ledger, id)),
            inputs=tuple((name, self._text(name)) for name in fact.inputs),
            rows=tuple(_row(self.ledger.record, row) for row in fact.rows),
            further=tuple(_row(self.ledger.record, row) for row in self._further(fact)),
            sources=_sources(self.ledger.record, fact),
        )

    def _further(self, fact: Fact) -> list[str]:
        """Return the rows of the facts that a fact rests on, however far down, without its own."""
        found: dict[str, None] = {}
        waiting = list(fact.inputs)
        for id in waiting:
            below = self.ledger.require(id)
            found |= dict.fromkeys(below.rows)
            waiting += [name for name in below.inputs if name not in waiting]
        return [row for row in found if row not in fact.rows]


@dataclass(frozen=True)
class Evidence:
    """A fact, traced from the sentences that name it to rows and sources; each a place and words.

    ``further`` are the rows of the facts that it rests on.
    """

    fact: Fact
    text: str
    where: tuple[str, ...]
    sentences: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    further: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]

    def parts(self) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """Yield each part that has something: its heading, and its lines of (name, words)."""
        how = self.fact.rule or self.fact.quote
        yield self.fact.kind, ((f"“{how}”" if self.fact.quote else how, ""),) * bool(how)
        yield "printed in", ((", ".join(self.where), ""),) * bool(self.where)
        yield "said in", self.sentences
        yield "from facts", self.inputs
        yield "from rows", self.rows
        yield "by way of", self.further
        yield "from sources", self.sources

    def text_lines(self) -> Iterator[str]:
        """Yield the evidence as lines for a terminal."""
        yield f"{self.fact.id}: {self.text}"
        yield f"  {self.fact.label}"
        for heading, lines in self.parts():
            for n, (name, words) in enumerate(lines):
                lead = f"  {heading if n == 0 else '':<12}  "
                text = f"{name}: {words}" if words else name
                yield from textwrap.wrap(
                    text,
                    100,
                    initial_indent=lead,
                    subsequent_indent=" " * 18,
                    break_long_words=False,
                    break_on_hyphens=False,
                )

    def html(self) -> str:
        """Return the evidence as JupyterLab shows it."""
        parts = []
        for heading, lines in self.parts():
            items = "<br>".join(_item(name, words) for name, words in lines)
            if items:
                parts.append(f"<dt>{html.escape(heading)}</dt><dd>{items}</dd>")
        head = f"<b>{html.escape(self.text)}</b> {html.escape(self.fact.label)}"
        return f'<div class="{CLASS}">{STYLE}<p>{head}</p><dl>{"".join(parts)}</dl></div>'


def _item(name: str, words: str) -> str:
    return f"{html.escape(name)} <span>{html.escape(words)}</span>" if words else html.escape(name)


def lookup(project: Project, given: Parameters, ledger: Ledger) -> Lookup:
    """Return the facts of an edition, with the chapters that its last build found to print them."""
    file = project.reports / f"{given.stem(project.settings.name)}.facts.json"
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))["facts"]
        where = {str(fact["id"]): tuple(fact["where"]) for fact in facts if fact["where"]}
    except (OSError, ValueError, KeyError):
        where = {}
    return Lookup(ledger, {id: chapters for id, chapters in where.items() if _exists(ledger, id)})


def _exists(ledger: Ledger, id: str) -> bool:
    """Return whether there is a fact of an id: the last build may be older than the project."""
    try:
        ledger[id]
    except FactError:
        return False
    return True


def _row(record: Record, row: str) -> tuple[str, str]:
    """Return where a row stands, by file and line, and what it is called."""
    table, _, key = row.partition(":")
    number = record.everything[table].index.get_loc(row) + 2
    named = record.schema.tables[table].get("named")
    name = str(record.everything[table].at[row, named]) if named else ""
    return f"data/{table}.csv, row {number}, {key}", name


def _sources(record: Record, fact: Fact) -> tuple[tuple[str, str], ...]:
    numbers = record.source_numbers
    rows = [record.row("sources", id) for id in fact.sources]
    return tuple(
        (f"[{numbers[row['source_id']]}] {row['publisher']}", f"{row['title']} {row['url']}")
        for row in rows
    )


# ---- the sentences that name a fact


def _sentences(ledger: Ledger, id: str) -> Iterator[tuple[str, str]]:
    """Yield the places in notebooks and analysis that name a fact in a sentence, and its words."""
    project = ledger.record.project
    for place, template in _templates(project):
        if id in named_facts(template) and (words := _filled(ledger, template)):
            yield place, words


def _filled(ledger: Ledger, template: str) -> str:
    """Return a sentence as it prints; as it is typed where it does not."""
    try:
        return plain({"markdown": ledger.join(template)})
    except FactError:
        return template


def _templates(project: Project) -> Iterator[tuple[str, str]]:
    """Yield the place of every text in the notebooks and the analysis, and the text."""
    for file in sorted(project.notebooks.glob("*.ipynb")):
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        for number, cell in enumerate(cells, start=1):
            for _, text in _texts("".join(cell["source"])):
                yield f"notebooks/{file.name}, cell {number}", text
    for file in sorted(project.analysis.glob("*.py")):
        for line, text in _texts(file.read_text(encoding="utf-8")):
            yield f"analysis/{file.name}, line {line}", text


def _texts(source: str) -> list[tuple[int, str]]:
    """Return the texts in a source with their lines; of what is no Python, its lines."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return list(enumerate(source.splitlines(), start=1))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [(node.lineno, node.value) for node in nodes if isinstance(node.value, str)]


# ---- as JupyterLab shows it

CLASS = "dossier-lookup"
STYLE = """<style>
.dossier-lookup table {border-collapse: collapse; width: 100%; display: table;
  table-layout: auto}
.dossier-lookup th, .dossier-lookup td {text-align: left !important; vertical-align: top;
  white-space: normal}
.dossier-lookup .scroll {max-height: 26em; overflow: auto}
.dossier-lookup th {position: sticky; top: 0; background: var(--jp-layout-color0, Canvas)}
.dossier-lookup input {width: 20em; margin-bottom: .5em; padding: .3em; font: inherit}
.dossier-lookup dl {display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em}
.dossier-lookup dd {margin: 0}
.dossier-lookup dt {float: none; width: auto; white-space: nowrap}
.dossier-lookup dt, .dossier-lookup dd span {opacity: .7}
</style>"""
FIND = """const lines = this.parentNode.querySelectorAll('tbody tr');
const words = this.value.toLowerCase().split(' ');
for (const line of lines)
  line.hidden = !words.every(word => line.textContent.toLowerCase().includes(word));"""


def found_html(heads: Cells, lines: list[Cells], find: str) -> str:
    """Return lines as a table with a field, labelled ``find``, that searches it."""
    head = "".join(f'<th scope="col">{html.escape(text)}</th>' for text in heads)
    body = "".join(
        f"<tr>{''.join(f'<td>{html.escape(text)}</td>' for text in cells)}</tr>" for cells in lines
    )
    return (
        f'<div class="{CLASS}">{STYLE}<input type="search" placeholder="{find}" '
        f'aria-label="{find}" oninput="{html.escape(FIND)}"><div class="scroll">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></div>"
    )


def found_text(lines: list[Cells]) -> str:
    """Return lines as columns for a terminal."""
    widths = [max((len(cells[n]) for cells in lines), default=0) for n in range(3)]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(cells, widths, strict=False)).rstrip()
        + (f"  [{cells[-1]}]" if cells[-1] else "")
        for cells in lines
    )
