"""A figure draws the values of its rows, and its words come from its facts and rows."""

import datetime
import itertools
from collections.abc import Iterator
from numbers import Real
from typing import Any

import pandas as pd

from dossier.document.model import Document, FigureBlock
from dossier.gates import Finished
from dossier.show.report import Report
from dossier.text.dates import day_text
from dossier.text.numbers import find_typed, number_text


def find(finished: Finished) -> list[str]:
    unsourced = unsourced_texts(finished.document, finished.report)
    return [*wrong_values(finished.document), *unsourced]


def _drawings(document: Document) -> Iterator[FigureBlock]:
    """Yield every figure, and what is drawn of it for a phone."""
    for figure in document.figures():
        yield from figure.drawings()


def wrong_values(document: Document) -> list[str]:
    """Return a problem for each series that draws other values than its rows."""
    problems = []
    for figure in _drawings(document):
        if not figure.shown:
            problems.append(f"figure {figure.id}: names no values that it shows; give them")
        for series in sorted({*figure.drawn, *figure.shown}):
            drawn, shown = figure.drawn.get(series), figure.shown.get(series)
            if drawn != shown:
                pairs = enumerate(zip(drawn or [], shown or [], strict=False))
                at = next((str(n) for n, (a, b) in pairs if a != b), "its length")
                problems.append(
                    f"figure {figure.id}, series {series.removeprefix('data-')}, at {at}: "
                    "draws other values than its rows; plot the rows as they are"
                )
    return problems


def unsourced_texts(document: Document, report: Report) -> list[str]:
    """Return a problem for each number of a label, or alternative text, that nothing gives.

    A figure may tell the facts whose text was asked for while it was drawn, the cells of the rows
    that it names, and the values that it draws.
    """
    names = report.project.settings.allowed
    problems = []
    for figure in _drawings(document):
        known = {n.lower() for text in _sayable(figure, report) for n in find_typed(text)}
        for what, texts in (("label", figure.texts), ("alternative text", [figure.alt])):
            problems += [
                f"figure {figure.id}: the number {n!r} in its {what} {text[:60]!r} is of none of "
                "its facts and rows; take it from facts.text, or name its row as quoted"
                for text in texts
                for n in find_typed(text, names)
                if n.lower() not in known
            ]
    return problems


def _sayable(figure: FigureBlock, report: Report) -> Iterator[str]:
    """Yield the texts that a figure's words may come from."""
    for day in (report.record.article_day, report.record.as_of):
        yield day_text(day)
    for id in figure.facts:
        yield from report.facts.forms(report.facts.require(id)).values()
    for key in figure.quoted:
        table, _, rest = key.partition(":")
        yield rest
        for value in report.record.row(table, rest):
            yield from _cell_texts(value)
    for point in itertools.chain(*figure.shown.values()):
        for value in point:
            yield from (number_text(value, decimals) for decimals in range(3))


def _cell_texts(value: Any) -> Iterator[str]:
    if isinstance(value, datetime.date) and not pd.isna(value):
        yield day_text(value, "day")
    elif isinstance(value, Real):  # of numpy, too
        yield from (number_text(float(value), decimals) for decimals in range(3))
    else:
        yield str(value)
