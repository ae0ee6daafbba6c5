"""Markdown as blocks and runs."""

import functools
from typing import Any

import mistune

from dossier.document.model import Block, Code, Heading, ListBlock, Paragraph, Run, Runs
from dossier.errors import Mendable

Token = dict[str, Any]


class MarkdownError(Mendable):
    """Markdown that has no place in a report; names the remedy."""


@functools.cache
def _parser() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None)


def _parse(markdown: str) -> list[Token]:
    tokens = _parser()(markdown)
    assert isinstance(tokens, list)
    return [token for token in tokens if token["type"] != "blank_line"]


def inline(markdown: str) -> Runs:
    """Return the runs of a paragraph of Markdown.

    What would begin a list or a heading of its own is text here.

    >>> inline("a *b* [c](<#fact-x>)")[-1].fact
    'x'
    >>> inline("2024. It began")[0].text
    '2024. It began'
    """
    return list(_runs(_parser().inline(markdown.strip(), {}), {}))


def blocks(markdown: str) -> list[Block]:
    """Return the blocks of a cell of Markdown: headings, paragraphs, lists, code."""
    return [_block(token) for token in _parse(markdown)]


def _block(token: Token) -> Block:
    kind = token["type"]
    if kind == "heading":
        return Heading(token["attrs"]["level"], _runs(token["children"], {}))
    if kind in ("paragraph", "block_text"):
        return Paragraph(_runs(token["children"], {}))
    if kind == "list":
        return ListBlock([_item(item) for item in token["children"]], token["attrs"]["ordered"])
    if kind == "block_code":
        return Code(token["raw"].rstrip("\n"))
    raise MarkdownError(
        f"Markdown of type {kind!r} has no place in a report; "
        "use headings, paragraphs, lists and code"
    )


def _item(item: Token) -> Runs:
    return [run for part in item["children"] for run in _runs(part.get("children", []), {})]


def _runs(tokens: list[Token], style: dict[str, Any]) -> Runs:
    runs: Runs = []
    for token in tokens:
        runs += _of_token(token, style)
    return _joined(runs)


def _of_token(token: Token, style: dict[str, Any]) -> Runs:
    kind = token["type"]
    if kind == "text":
        return [Run(token["raw"], **style)]
    if kind == "codespan":
        return [Run(token["raw"], **(style | {"code": True}))]
    if kind in ("softbreak", "linebreak"):
        return [Run(" ", **style)]
    if kind in ("emphasis", "strong"):
        return _runs(token["children"], style | {"em" if kind == "emphasis" else "strong": True})
    if kind == "link":
        url = token["attrs"]["url"]
        fact = {"fact": url.removeprefix("#fact-")}
        link = fact if url.startswith("#fact-") else {"href": url}
        return _runs(token["children"], style | link)
    raise MarkdownError(
        f"Markdown of type {kind!r} has no place in a report's sentence; "
        "use text, emphasis, code or a link"
    )


def _joined(runs: Runs) -> Runs:
    """Return runs with neighbours of one look as one."""
    out: Runs = []
    for run in runs:
        if out and vars(out[-1]) | {"text": ""} == vars(run) | {"text": ""}:
            out[-1].text += run.text
        else:
            out.append(run)
    return out
