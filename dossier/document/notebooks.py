"""Executed notebooks as chapters."""

import ast
import dataclasses
import re
from typing import Any

from nbformat import NotebookNode

from dossier.document.markdown import MarkdownError, blocks, inline
from dossier.document.model import (
    Block,
    Chapter,
    Code,
    FigureBlock,
    Heading,
    Panel,
    PanelItem,
    Paragraph,
    Run,
    Runs,
    TableBlock,
    TableColumn,
    place_of,
    runs_in,
    text_of,
)
from dossier.errors import Mendable


class ChapterError(Mendable):
    """A notebook that can't become a chapter; names notebook, cell and remedy."""


def chapter_of(notebook: NotebookNode, id: str, number: int) -> Chapter:
    """Return an executed notebook as a chapter; code is left out.

    Raises ChapterError for an error output, a wrong Markdown, or an output that no report prints.
    """
    found: list[Block] = []
    own = (c for c in notebook.cells if "injected-parameters" not in c.metadata.get("tags", []))
    for position, cell in enumerate(own, start=1):
        try:
            made = _blocks_of(cell)
        except (ChapterError, MarkdownError) as error:
            raise ChapterError(f"{place_of(id, position)}: {error}") from None
        for block in made:
            block.cell = position
        found += made
    headings = [b for b in found if isinstance(b, Heading) and b.level == 1]
    title = text_of(headings[0].runs) if headings else id
    found = _without_empty_sections([b for b in found if b not in headings])
    sections = [b for b in found if isinstance(b, Heading)]
    for n, heading in enumerate(sections, start=1):
        heading.id = f"{id}-{n}"
    return Chapter(id, number, title, found)


def parameters_of(notebook: NotebookNode) -> dict[str, Any]:
    """Return what the cells of parameters set: the notebook's own, then what was put over them."""
    found: dict[str, Any] = {}
    for tag in ("parameters", "injected-parameters"):
        for cell in (c for c in notebook.cells if tag in c.metadata.get("tags", ())):
            assigned = [n for n in ast.parse(cell.source).body if isinstance(n, ast.Assign)]
            found |= {ast.unparse(n.targets[0]): ast.literal_eval(n.value) for n in assigned}
    return found


def refuse_hollow(notebook: NotebookNode, name: str) -> None:
    """Raise ChapterError where a cell was not run."""
    for position, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code" and cell.source.strip() and not cell.get("execution_count"):
            raise ChapterError(
                f"{name}, cell {position}: was not run, so there is nothing to set; "
                "run all cells and export what they show, or export with --execute"
            )


def _without_empty_sections(found: list[Block]) -> list[Block]:
    """Leave out the headings of sections of which nothing was known by then."""
    following: list[Block | None] = [*found[1:], None]
    return [
        block
        for block, after in zip(found, following, strict=True)
        if not (isinstance(block, Heading) and (after is None or isinstance(after, Heading)))
    ]


def _blocks_of(cell: NotebookNode) -> list[Block]:
    if cell.cell_type == "markdown":
        return _without_braces(blocks(cell.source))
    return [block for output in cell.get("outputs", []) for block in _of_output(output)]


def _without_braces(found: list[Block]) -> list[Block]:
    """Return the blocks of a cell of Markdown; raise ChapterError for a fact in braces there."""
    runs = (run for block in found for runs in runs_in(block) for run in runs if not run.code)
    for run in runs:
        if named := re.search(r"\{[^{}]*\}", run.text):
            raise ChapterError(
                f"{named[0]} stands in a cell of Markdown, where no fact is filled in: move the "
                "sentence to a cell of code below %%say, or write it as code, between backticks"
            )
    return found


def _of_output(output: NotebookNode) -> list[Block]:
    if output.output_type == "error":
        raise ChapterError(f"{output.ename}: {output.evalue}")
    meta = output.get("metadata", {}).get("dossier")
    if meta is not None:
        return _of_metadata(meta)
    if output.output_type == "stream" and output["name"] == "stdout":
        return [Code(output["text"].strip("\n"))]
    raise ChapterError(_refusal(output))


def _refusal(output: NotebookNode) -> str:
    """Return why an output has no place in a report, with the remedy."""
    if output.output_type == "stream":
        words = " ".join(output["text"].split())[:120]
        return f"writes to stderr: {words!r}; mend what it warns of, or print it"
    kinds = output.get("data", {})
    shown = str(kinds.get("text/plain", next(iter(kinds), "nothing"))).partition("\n")[0]
    return (
        f"shows {shown[:60]!r}, which no report prints: end the cell with a semicolon, or show a "
        "table by report.table and a figure by report.figure"
    )


def _of_metadata(meta: dict[str, Any]) -> list[Block]:
    kind = meta["kind"]
    if kind == "prose":
        return blocks(meta["markdown"])
    if kind in ("finding", "note"):
        return [Paragraph(inline(meta["markdown"]), kind)]
    if kind == "panel":
        return [Panel([PanelItem(a, inline(b), inline(c)) for a, b, c in meta["items"]])]
    if kind == "table":
        return [_table(meta)]
    if kind == "figure":
        return [_figure(meta)]
    return []


def _table(meta: dict[str, Any]) -> TableBlock:
    known = [f.name for f in dataclasses.fields(TableColumn)]
    columns = [{name: column[name] for name in known} for column in meta["columns"]]
    return TableBlock(
        id=meta["id"],
        caption=inline(meta["caption"]),
        columns=[TableColumn(**column) for column in columns],
        keys=[key for key, _ in meta["rows"]],
        rows=[[_cell(cell) for cell in cells] for _, cells in meta["rows"]],
        note=inline(meta["note"]),
        find=meta["find"],
    )


def _figure(meta: dict[str, Any]) -> FigureBlock:
    shown = {"title", "subtitle", "note", "source_line", "number", "type", "cell", "narrow"}
    narrow = meta["narrow"]
    plain = [f.name for f in dataclasses.fields(FigureBlock) if f.name not in shown]
    return FigureBlock(
        title=inline(meta["title"]),
        subtitle=inline(meta["subtitle"]),
        note=inline(meta["note"]),
        narrow=_figure({"id": f"{meta['id']}-narrow", **narrow}) if narrow else None,
        **{name: meta[name] for name in plain},
    )


def _cell(cell: Any) -> Runs:
    if isinstance(cell, dict):
        return inline(cell["markdown"])
    if isinstance(cell, str):
        return [Run(cell)] if cell else []
    return [Run(text, href=target) for text, target in cell]
