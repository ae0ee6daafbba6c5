"""The timeline: dated events up to the as-of day, drawn and in a table, relative to the article."""

import itertools
import textwrap
from collections.abc import Iterator
from typing import Any

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from dossier.data.known import Record
from dossier.facts.ledger import Ledger
from dossier.facts.trace import Traced, count, some, traced
from dossier.registry import fact, figure, table
from dossier.show import charts, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Column, Table
from dossier.text.dates import day_text

LINE = 0.152
"""Inches: the height of a line of text in the drawn timeline."""

LETTERS = 38
"""How many letters of an event stand on a line on a phone, below its day."""

THE_ARTICLE = "THE ARTICLE"
"""What relation_to_article holds for the event that the article reports."""

WEEK = pd.Timedelta(days=7)
_LAST_DAY = {"month": pd.offsets.MonthEnd(0), "year": pd.offsets.YearEnd(0)}
"""From an event's date, the first of a month or year, to the last day on which it may lie."""


def ticked(record: Record) -> pd.DataFrame:
    """Return the events that the drawn timeline shows as ticks, by dossier.toml."""
    frame, ticks = record.timeline, record.project.settings.timeline.ticks
    return frame[frame["event"].str.endswith(ticks.ending)] if ticks else frame.iloc[:0]


def labelled(record: Record) -> pd.DataFrame:
    """Return the events that the drawn timeline labels, by day."""
    frame, drawn = untold(record), record.project.settings.timeline.drawn
    return frame[frame["event_id"].isin(drawn)] if drawn else frame


def untold(record: Record) -> pd.DataFrame:
    """Return the events, by day, without those that are ticks: a table of their own has them."""
    return by_day(record.timeline.drop(ticked(record).index))


def by_day(frame: pd.DataFrame) -> pd.DataFrame:
    """Return events in order of time."""
    return frame.sort_values(["date", "event_id"], kind="stable")


# ---- facts


@fact(unit="events")
def events_total(record: Record) -> Traced:
    """Events known by the as-of day.

    Count the rows of timeline.csv known by the as-of day.
    """
    return count(record.timeline)


@fact(unit="events")
def events_before(record: Record) -> Traced:
    """Events before the article's day.

    Count the rows of timeline.csv known by the as-of day, before the article's day.
    """
    frame = record.timeline
    return count(frame[frame["date"] < pd.Timestamp(record.article_day)])


@fact(unit="events")
def events_since(record: Record) -> Traced:
    """Events after the article's day.

    Count the rows of timeline.csv known by the as-of day, after the article's day.
    """
    frame = record.timeline
    return count(frame[frame["date"] > pd.Timestamp(record.article_day)])


@fact(unit="events")
def events_week(record: Record) -> Traced:
    """Events in the week after the article's day.

    Count the rows of timeline.csv known by the as-of day, up to seven days after the article's.
    """
    frame, day = record.timeline, pd.Timestamp(record.article_day)
    return count(frame[(frame["date"] > day) & (frame["date"] <= day + WEEK)])


@fact(unit="year")
def events_first_year(record: Record) -> Traced:
    """Year of the first event.

    The smallest date.
    """
    first = by_day(some(record.timeline)).iloc[:1]
    return traced(int(first["date"].iloc[0].year), first, columns=["date"])


# ---- the drawn timeline


def scale(
    days: pd.Series, end: pd.Timestamp, changes: list[pd.Timestamp], row: float = LINE
) -> tuple[np.ndarray, np.ndarray]:
    """Return the days at which the drawn scale changes, as numbers, and their heights in inches.

    A stretch is as high as its labels need, ``row`` inches each, and never nothing. ``changes``
    are the days that dossier.toml gives; the first event's day where it gives none before it.
    """
    begin = min([days.min(), *changes[:1]])
    breaks = sorted({begin, *(day for day in changes if day < end), end})
    numbers = mdates.date2num(breaks)
    counts = np.histogram(mdates.date2num(days), numbers)[0]
    heights = np.concatenate([[0], np.cumsum(np.maximum(counts * row + 0.35 * LINE, LINE))])
    return np.asarray(numbers), heights


def heights_of(days: pd.Series, knots: np.ndarray, heights: np.ndarray) -> list[float]:
    """Return the height of each day on the drawn scale, reckoned day by day."""
    out = []
    for day in mdates.date2num(days):
        n = max(0, int(np.searchsorted(knots, day, side="right")) - 1)
        n = min(n, len(knots) - 2)
        share = (day - knots[n]) / (knots[n + 1] - knots[n])
        out.append(float(heights[n] + share * (heights[n + 1] - heights[n])))
    return out


def _label_heights(at: list[float], knots: np.ndarray, row: float) -> list[float]:
    """Return the heights of labels, apart from each other, each within its stretch of the scale.

    A stretch begins with its label on the scale, so that none stands beside an event of another.
    """
    out: list[float] = []
    for top, bottom in itertools.pairwise(knots):
        last = bottom == knots[-1]
        own = [y for y in at if top <= y < bottom or (last and y >= bottom)]
        lowest, highest = bottom - row / 2, top + 0.12 * LINE + row / 2
        spread = charts.spread([max(y, highest) for y in own], row)
        lifted = [min(y, lowest - row * n) for n, y in enumerate(reversed(spread))]
        out += [-y for y in charts.spread([-y for y in lifted], row)][::-1]
    return out


@figure("timeline", narrow=True)
def timeline_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the drawn timeline: time runs down, events at the right, ticks at the left."""
    events = some(labelled(record))
    settings, words = record.project.settings.timeline, _words(events)
    row_height = LINE * (1 + max(text.count("\n") for text in words))
    if charts.is_narrow():  # with the day above, and air
        row_height += 1.4 * LINE
    last = max(pd.Timestamp(record.as_of), events["date"].max())
    changes = [pd.Timestamp(day) for day in settings.breaks]
    knots, heights = scale(events["date"], last + pd.Timedelta(days=1), changes, row_height)
    bottom = heights[-1]
    canvas, ax = charts.canvas(bottom + 0.42)
    charts.inset(canvas, 0.79, 0.035, 0.06, 0.30)
    ax.plot([0, 0], [0, bottom], color=COLOURS["muted"], linewidth=1.2)
    at = [float(y) for y in np.interp(mdates.date2num(events["date"]), knots, heights)]
    labels = _label_heights(at, heights, row_height)
    _draw_week(ax, record, events, labels, row_height)
    for row, text, y, label in zip(events.to_dict("records"), words, at, labels, strict=True):
        end = row["date"] + _LAST_DAY.get(row["precision"], pd.Timedelta(0))
        end = np.interp(mdates.date2num(end), knots, heights)
        _draw_event(ax, record, row, text, y, label, end)
    ax.plot([0] * len(events), at, linestyle="none", gid="data-events")
    signed = ticked(record)
    ticks = np.interp(mdates.date2num(signed["date"]), knots, heights)
    for y in ticks:
        ax.plot([-0.10, -0.02], [y, y], color=COLOURS["other"], linewidth=1)
    ax.plot([-0.06] * len(signed), ticks, linestyle="none", gid="data-ticks")
    if settings.ticks and len(signed):
        style = {"color": COLOURS["other"], "fontsize": 8, "fontweight": "semibold"}
        ax.text(-0.12, -0.12, settings.ticks.label, ha="right", va="bottom", **style)
    _frame(ax, knots, heights)
    return Drawing(
        canvas,
        title=_title(facts),
        subtitle=_subtitle(record, len(signed)),
        alt=_description(record, facts, len(signed)),
        shown={
            "events": [(0, y) for y in heights_of(events["date"], knots, heights)],
            "ticks": [(-0.06, y) for y in heights_of(signed["date"], knots, heights)],
        },
        sources=record.cites(*events["source_id"]),
        quoted=tuple(events.index),
    )


def _words(events: pd.DataFrame) -> list[str]:
    """Return what is written of each event: on a phone in lines."""
    if not charts.is_narrow():
        return list(events["event"])
    return ["\n".join(textwrap.wrap(event, LETTERS)) for event in events["event"]]


def _right() -> float:
    """Return where the drawing ends: inches right of the line of time."""
    return charts.width() - 0.95


def _draw_week(
    ax: Any, record: Record, events: pd.DataFrame, labels: list[float], row: float
) -> None:
    """Shade the labels of the article's week, where it has several."""
    day = pd.Timestamp(record.article_day)
    within = (events["date"] >= day) & (events["date"] <= day + WEEK)
    week = [y for y, inside in zip(labels, within, strict=True) if inside]
    if len(week) < 2:
        return
    corner, tall = (0.31, week[0] - row / 2), week[-1] - week[0] + row
    ax.add_patch(
        Rectangle(corner, _right() - 0.31, tall, facecolor=COLOURS["sea"], linewidth=0, zorder=0)
    )
    style = {"color": COLOURS["muted"], "fontsize": 8, "ha": "right", "va": "center"}
    ax.text(_right() - 0.05, week[0] - (row - LINE) / 2, "the week of the article’s day", **style)


def _draw_event(
    ax: Any, record: Record, row: dict[str, Any], text: str, y: float, label: float, end: float
) -> None:
    """Draw an event's mark, a bar for a month or a year, and its label with a line to it."""
    is_article = row["relation_to_article"] == THE_ARTICLE
    before = row["date"] < pd.Timestamp(record.article_day)
    colour = COLOURS["article"] if is_article else COLOURS["ink"] if before else COLOURS["main"]
    ax.plot([0, 0.16, 0.30], [y, label, label], color=COLOURS["rule"], linewidth=0.8, zorder=1)
    if row["precision"] in _LAST_DAY:
        stop = max(end, y + 0.07)
        ax.plot([0, 0], [y, stop], color=colour, linewidth=4.5, solid_capstyle="butt", zorder=3)
    else:
        ax.plot([0], [y], "o", color=colour, markersize=3.6, zorder=3)
    style = {"color": colour, "fontsize": 8, "va": "center"}
    style["fontweight"] = "semibold" if is_article else "normal"
    day = day_text(row["date"].date(), row["precision"])
    if charts.is_narrow():
        ax.text(0.33, label - LINE * (1 + text.count("\n")) / 2, day, **style)
        ax.text(0.33, label + LINE / 2, text, linespacing=1.05, **style)
    else:
        ax.text(0.33, label, day, **style)
        ax.text(1.36, label, text, **style)


def _frame(ax: Any, knots: np.ndarray, heights: np.ndarray) -> None:
    ax.set_xlim(-0.15, _right())
    ax.set_ylim(heights[-1] + 0.05, -0.08)
    ax.hlines(heights[1:-1], -0.15, _right(), color=COLOURS["rule"], linewidth=0.5, zorder=0.5)
    ax.set_yticks(heights[:-1] + 0.62 * LINE, list(_tick_labels(knots[:-1])))
    ax.tick_params(axis="y", length=0, labelsize=8)
    ax.set_xticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)


def _tick_labels(knots: np.ndarray) -> Iterator[str]:
    for knot in knots:
        day = mdates.num2date(knot).date()
        if (day.month, day.day) == (1, 1):
            yield str(day.year)
        else:
            yield f"{day:%b %Y}" if day.day == 1 else f"{day.day} {day:%b}"


def _title(facts: Ledger) -> str:
    for words in (
        "The record holds {events_before:d} {events_before:event|events} before the article’s day "
        "and {events_since:d} after it",
        "The record holds {events_before:d} {events_before:event|events} before the article’s day",
        "{events_total:N} {events_total:event|events} from the article’s day on",
    ):
        if filled := facts.fill(words):
            return filled
    return "The events"


def _subtitle(record: Record, signed: int) -> str:
    settings = record.project.settings.timeline
    words = "Time runs downwards"
    if settings.breaks:
        words = f"{words}; each band has a scale of its own"
    if (record.timeline["date"] > pd.Timestamp(record.article_day)).any():
        words = f"{words}. Blue: after the article’s day"
    if settings.drawn:
        words = f"Selected events; the tables have the others. {words}"
    ticks = settings.ticks
    return f"{words}; ochre ticks: {ticks.words}" if ticks and signed else words


def _description(record: Record, facts: Ledger, signed: int) -> str:
    ticks = record.project.settings.timeline.ticks
    sentences = [
        "Timeline running down from {events_first_year}.",
        "{events_before:N} {events_before:event lies|events lie} before the article’s day"
        + ("; {events_since:n} came after it." if facts.known("events_since") else "."),
    ]
    if ticks and signed:
        sentences.append(f"{{{ticks.fact}:N}} {ticks.words} are small ticks at the left.")
    return facts.plain_join(*sentences)


@table("timeline")
def timeline_table(record: Record, facts: Ledger) -> Table:
    """Return every event: date, what happened, more, sources."""
    rows = []
    for row in some(untold(record)).to_dict("records"):
        cells = (
            day_text(row["date"].date(), row["precision"]),
            row["event"],
            row["detail"] or "–",
            tables.cite(record, row["source_id"], row["source_id_2"]),
        )
        rows.append((f"timeline:{row['event_id']}", cells))
    ticks = record.project.settings.timeline.ticks
    but = f", without the {{{ticks.fact}:n}} {ticks.words}" if ticks else ""
    return Table(
        facts.fill(f"The events known by {{as_of_day}}{but}")
        or facts.join("The events known by {as_of_day}"),
        (
            Column("Date", width=1.3),
            Column("Event", width=3.2),
            Column("More", width=3.7),
            Column("Sources", width=0.8),
        ),
        tuple(rows),
    )
