"""The timeline: dated events up to the as-of day, drawn and in a table, relative to the article."""

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from dossier.data.known import Record
from dossier.facts.ledger import Ledger
from dossier.facts.sentences import escape
from dossier.facts.trace import Traced, count, some, traced
from dossier.registry import fact, figure, table
from dossier.show import charts, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Cell, Column, Row, Table
from dossier.text.dates import day_text

LINE = 0.152
"""Inches: the height of a line of text in the drawn timeline."""

LETTERS = 36
"""How many letters of an event stand on a line on a phone, below its day."""

THE_ARTICLE = "THE ARTICLE"
"""What relation_to_article holds for the event that the article reports."""

WEEK = pd.Timedelta(days=7)
SPANS = ("month", "year")
"""The precisions of an event of which no day is known."""


def apart(record: Record) -> pd.DataFrame:
    """Return the events that have a table of their own, by dossier.toml."""
    frame, others = record.timeline, record.project.settings.timeline.apart
    return frame[frame["event"].str.endswith(others.ending)] if others else frame.iloc[:0]


def labelled(record: Record) -> pd.DataFrame:
    """Return the events that the drawn timeline labels, by day."""
    frame, drawn = untold(record), record.project.settings.timeline.drawn
    return frame[frame["event_id"].isin(drawn)] if drawn else frame


def untold(record: Record) -> pd.DataFrame:
    """Return the events, by day, without those that have a table of their own."""
    return by_day(record.timeline.drop(apart(record).index))


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


@figure("timeline", narrow=True)
def timeline_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the drawn timeline: events below each other, a line each."""
    events = some(labelled(record))
    words = _words(events)
    row = LINE * (1.25 + max(text.count("\n") for text in words))
    if charts.is_narrow():  # with the day above, and air
        row += 1.2 * LINE
    canvas, ax = charts.canvas(row * len(events) + 0.1)
    charts.inset(canvas, LEFT, 0, 0, 0)
    ax.set_xlim(0, charts.width() - LEFT)
    ax.set_ylim(len(events) - 0.4, -0.6)
    _draw_week(ax, record, events)
    _draw_time(ax, events["date"])
    for n, (event, text) in enumerate(zip(events.to_dict("records"), words, strict=True)):
        _draw_event(ax, record, event, text, n, LINE / row)
    return Drawing(
        canvas,
        title=_title(facts),
        subtitle=_subtitle(record),
        alt=_description(facts),
        shown={"events": [(0, n) for n in range(len(events))]},
        sources=record.cites(*events["source_id"]),
        quoted=tuple(events.index),
    )


LEFT = 0.38
"""Inches left of the line of time, for its years."""

APART = 0.2
"""Inches between the line of time and the events' days."""

FAR = pd.DateOffset(years=5)
"""A gap as long as this is dotted."""


def _words(events: pd.DataFrame) -> list[str]:
    """Return what is written of each event: on a phone in lines."""
    if not charts.is_narrow():
        return list(events["event"])
    return ["\n".join(textwrap.wrap(event, LETTERS)) for event in events["event"]]


def _draw_week(ax: Any, record: Record, events: pd.DataFrame) -> None:
    """Shade the lines of the article's week, where it has several."""
    day = pd.Timestamp(record.article_day)
    within = (events["date"] >= day) & (events["date"] <= day + WEEK)
    week = np.flatnonzero(within)
    if len(week) < 2:
        return
    right = charts.width() - LEFT
    band: dict[str, Any] = {"facecolor": COLOURS["sea"], "linewidth": 0, "zorder": 0}
    left = APART - 0.1
    ax.add_patch(Rectangle((left, week[0] - 0.5), right - left, len(week), **band))
    style = {"color": COLOURS["muted"], "fontsize": 8, "ha": "right", "va": "center"}
    words = "the article’s week" if charts.is_narrow() else "the week of the article’s day"
    ax.text(right - 0.05, week[0] - (0.28 if charts.is_narrow() else 0), words, **style)


def _draw_time(ax: Any, days: pd.Series) -> None:
    """Draw the line of time, a row for each event, with each year where it begins."""
    style = {"color": COLOURS["muted"], "fontsize": 8, "ha": "right", "va": "center"}
    for n, (day, before) in enumerate(zip(days, days.shift(), strict=True)):
        if n == 0 or day.year != before.year:
            ax.text(-0.1, n, f"{day:%Y}", **style)
        if n:
            far = {"ls": (0, (1, 2)), "lw": 1.4} if day > before + FAR else {"lw": 1}
            ax.plot([0, 0], [n - 1, n], color=COLOURS["muted"], zorder=1, **far)
    ax.plot([0] * len(days), range(len(days)), linestyle="none", gid="data-events")
    ax.axis("off")


def _draw_event(
    ax: Any,
    record: Record,
    event: dict[str, Any],
    text: str,
    y: int,
    line: float,
) -> None:
    """Draw an event's mark, a bar for a month or a year, and beside it, in its row, its words.

    ``line`` is the height of a line of text, as a share of that of an event.
    """
    is_article = event["relation_to_article"] == THE_ARTICLE
    before = event["date"] < pd.Timestamp(record.article_day)
    colour = COLOURS["article"] if is_article else COLOURS["ink"] if before else COLOURS["main"]
    if event["precision"] in SPANS:
        ax.plot([0, 0], [y - 0.3, y + 0.3], color=colour, lw=4.5, solid_capstyle="butt")
    else:
        ax.plot([0], [y], "o", color=colour, markersize=5, zorder=3, clip_on=False)
    style = {"color": colour, "fontsize": 8.5, "va": "center"}
    style["fontweight"] = "semibold" if is_article else "normal"
    day = day_text(event["date"].date(), event["precision"])
    if charts.is_narrow():
        ax.text(APART, y - line * (1 + text.count("\n")) / 2, day, **style)
        ax.text(APART, y + line / 2, text, linespacing=1.05, **style)
    else:
        ax.text(APART, y, day, **style)
        ax.text(APART + 1.2, y, text, **style)


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


def _subtitle(record: Record) -> str:
    selected = "Selected events" if record.project.settings.timeline.drawn else "Events"
    words = f"{selected} in their order, not to scale"
    if (record.timeline["date"] > pd.Timestamp(record.article_day)).any():
        words = f"{words}. Blue: after the article’s day"
    return words


def _description(facts: Ledger) -> str:
    return facts.plain_join(
        "Timeline running down from {events_first_year}.",
        "{events_before:N} {events_before:event lies|events lie} before the article’s day"
        + ("; {events_since:n} came after it." if facts.known("events_since") else "."),
    )


@table("timeline")
def timeline_table(record: Record, facts: Ledger) -> Table:
    """Return every event: date, what happened, more, sources; those of the article's day bold."""
    rows: list[Row] = []
    for row in some(untold(record)).to_dict("records"):
        day, event = day_text(row["date"].date(), row["precision"]), row["event"]
        of_article = row["date"].date() == record.article_day
        cells: tuple[Cell, ...] = (
            {"markdown": f"**{day}**"} if of_article else day,
            {"markdown": f"**{escape(event)}**"} if of_article else event,
            row["detail"] or "–",
            tables.cite(record, row["source_id"], row["source_id_2"]),
        )
        rows.append((f"timeline:{row['event_id']}", cells))
    others = record.project.settings.timeline.apart
    but = f", without the {{{others.fact}:n}} {others.words}" if others else ""
    return Table(
        facts.fill(f"Events on record by {{as_of_day}}{but}")
        or facts.join("Events on record by {as_of_day}"),
        (
            Column("Date", width=1.3),
            Column("Event", width=3.2),
            Column("More", width=3.7),
            Column("Sources", width=0.8),
        ),
        tuple(rows),
    )
