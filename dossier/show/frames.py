"""A frame and a drawn figure as the report's own: each number comes from the rows, or is a fact."""

import datetime
import math
import re
import sys
from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.collections import PathCollection
from matplotlib.container import BarContainer
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text

from dossier.data.known import Record
from dossier.facts.fact import FactError
from dossier.facts.ledger import Ledger, plain_value
from dossier.facts.sentences import BRACES
from dossier.show import charts
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Cell, Column, Table, cite
from dossier.text.dates import day_text
from dossier.text.numbers import decimals_of, number_text, whole_number

OWN_ROW = "frame:row"
"""The key of a line that is of no row of the record."""


def name_of(words: str) -> str:
    """Return what a table or figure is called in links, from its caption or title.

    >>> name_of("Who {signed:n} first?")
    'who-first'
    """
    return "-".join(re.findall(r"[a-z]+", BRACES.sub("", words).lower())[:6])


def table_of(frame: pd.DataFrame, caption: str, note: str, facts: Ledger) -> Table:
    """Return a frame as a table, a line for each row, under the key that its index holds.

    A cell prints as the row of the record has it, rounded or not; a text may name facts in braces.
    Raises FactError for a number that is neither.
    """
    columns = [str(column) for column in frame.columns]
    rows = [
        (_key(label, facts.record), tuple(_cells(label, columns, values, facts)))
        for label, *values in frame.itertuples(name=None)
    ]
    heads = tuple(
        Column(str(name).replace("_", " ").capitalize(), align=_align(frame.iloc[:, n]))
        for n, name in enumerate(columns)
    )
    return Table(facts.join(caption), heads, tuple(rows), facts.join(note))


def _align(column: pd.Series) -> str:
    return "right" if pd.api.types.is_numeric_dtype(column) else "left"


def _key(label: Any, record: Record) -> str:
    table = str(label).partition(":")[0]
    return str(label) if label in record.tables.get(table, pd.DataFrame()).index else OWN_ROW


def _cells(label: Any, columns: list[str], values: list[Any], facts: Ledger) -> Iterator[Cell]:
    record = facts.record
    table = str(label).partition(":")[0]
    row = record.tables[table].loc[label] if _key(label, record) == label else pd.Series()
    for column, value in zip(columns, values, strict=True):
        if table in record.schema.tables and column in record.schema.source_columns(table):
            yield cite(record, value)
        elif isinstance(value, str) and BRACES.search(value):
            yield {"markdown": facts.join(value) or "–"}
        else:
            text = _text(value)
            if whole_number(text, record.project.settings.allowed) and not _is_of(value, row):
                raise FactError(
                    f"row {label!r}, column {column!r}: {text!r} is no cell of its row; keep the "
                    "index of report.record's table, or name a fact in braces"
                )
            yield text


def _text(value: Any) -> str:
    """Return a value as a cell of a table prints it."""
    value = plain_value(value)
    if isinstance(value, tuple | list):
        return ", ".join(map(_text, value))
    if pd.isna(value) or value == "":
        return "–"
    if isinstance(value, datetime.date):
        return day_text(value, "day")
    if isinstance(value, float):
        return number_text(value, decimals_of(repr(value).removesuffix(".0")))
    return number_text(value) if type(value) is int else str(value)


def _is_of(value: Any, row: pd.Series) -> bool:
    """Return whether a value is a cell of a row, or one rounded to its decimals."""
    value = plain_value(value)
    own = [plain_value(cell) for cell in row]
    if isinstance(value, int | float):
        places = decimals_of(repr(float(value)).removesuffix(".0"))
        numbers = (c for c in own if isinstance(c, int | float) and not pd.isna(c))
        return any(math.isclose(round(float(n), places), value) for n in numbers)
    return any(isinstance(cell, type(value)) and cell == value for cell in own)


def drawing_of(found: Any, title: str, alt: str, more: dict[str, str], facts: Ledger) -> Drawing:
    """Return a figure of pyplot's, or the one of the axes that pandas returns, as a drawing.

    It takes the house's width and colours. Raises FactError where it draws a value that neither a
    row nor a fact has.
    """
    canvas: Canvas = found if isinstance(found, Canvas) else found.figure
    _dress(canvas)
    shown = {}
    known = _known_values(facts)
    for n, (artist, values) in enumerate(_artists(canvas), start=1):
        for value in values:
            if not math.isnan(value) and round(value, 6) not in known:
                raise FactError(
                    f"the figure {title!r} draws {value:g}, which no row and no fact has: plot the "
                    "rows of report.record as they are, or the values of facts"
                )
        artist.set_gid(f"data-{n}")
        shown[str(n)] = charts.points_of(artist)
    if "matplotlib.pyplot" in sys.modules:  # else a kernel shows it a second time
        sys.modules["matplotlib.pyplot"].close(canvas)
    subtitle, note = (facts.join(more.get(name, "")) for name in ("subtitle", "note"))
    return Drawing(canvas, facts.join(title), subtitle, facts.plain(alt), shown, note)


def _known_values(facts: Ledger) -> set[float]:
    """Return every number of the record's cells and of the facts, to six places."""
    found: set[float] = set()
    for frame in facts.record.tables.values():
        numbers = frame.select_dtypes("number")
        found.update(round(float(n), 6) for n in numbers.to_numpy().ravel() if not pd.isna(n))
    values = (fact.value for fact in facts.used())
    return found | {round(float(v), 6) for v in values if isinstance(v, int | float)}


def _artists(canvas: Canvas) -> Iterator[tuple[Artist, list[float]]]:
    """Yield the artists that show data, each with the values that it shows: bars, lines, points."""
    for ax in canvas.axes:
        for bars in (c for c in ax.containers if isinstance(c, BarContainer)):
            side = 1 if bars.orientation == "vertical" else 0
            yield from ((bar, [charts.points_of(bar)[0][side]]) for bar in bars)
        lines = (line for line in ax.lines if line.get_transform() == ax.transData)
        points = (c for c in ax.collections if isinstance(c, PathCollection))
        for artist in (*lines, *points):
            yield artist, [y for _, y in charts.points_of(artist)]


def _texts(canvas: Canvas) -> list[Any]:
    return canvas.findobj(lambda artist: isinstance(artist, Text))


def told_by(canvas: Canvas, facts: Ledger) -> list[str]:
    """Return those facts whose text was asked for and stands in a label of a figure."""
    labels = " ".join(text.get_text() for text in _texts(canvas))
    forms = {id: facts.forms(facts.require(id)).values() for id in facts.told}
    return [id for id, texts in forms.items() if any(text in labels for text in texts)]


def _dress(canvas: Canvas) -> None:
    """Give a figure the house's width and ink, and room for its labels."""
    width, height = canvas.get_size_inches()
    if canvas.get_layout_engine() is None:
        canvas.set_layout_engine("constrained")
    canvas.set_size_inches(charts.WIDTH, height * charts.WIDTH / width)
    canvas.patch.set_alpha(0)
    for ax in canvas.axes:
        ax.patch.set_alpha(0)
        ax.tick_params(colors=COLOURS["muted"], labelcolor=COLOURS["ink"])
        for spine in ax.spines.values():
            spine.set_color(COLOURS["muted"])
    for text in _texts(canvas):
        text.set_fontfamily(charts.STYLE["font.family"])
        text.set_color(COLOURS["ink"])
