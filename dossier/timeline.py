"""The timeline: dated events from the treaty to the as-of day, relative to the article."""

import datetime

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from dossier import charts, tables
from dossier.charts import COLOURS
from dossier.facts import day_text, number_text
from dossier.parameters import ARTICLE_DAY
from dossier.tables import Column, Table

LINE = 0.152
"""Inches: the height of a label in the drawn timeline."""

BREAKS = (
    "1949-01-01",
    "2014-01-01",
    "2022-01-01",
    "2023-07-01",
    "2024-05-01",
    "2024-07-04",
    "2024-07-12",
    "2024-09-01",
    "2025-01-01",
    "2025-07-01",
    "2026-01-01",
)
"""Days at which the drawn scale changes: between two of them it is even, and each has room for its labels."""


def relative(day: datetime.date, precision: str = "day") -> str:
    """Return how far a day, or a month, lies from the article's day.

    >>> relative(datetime.date(2024, 7, 10)), relative(datetime.date(2024, 6, 13)), relative(datetime.date(2025, 2, 1), "month")
    ('+3 days', '−24 days', '+7 months')
    """
    if precision == "month":
        n, unit = (day.year - ARTICLE_DAY.year) * 12 + day.month - ARTICLE_DAY.month, "month"
    else:
        n, unit = (day - ARTICLE_DAY).days, "day"
    sign = "+" if n > 0 else "−" if n < 0 else ""
    return f"{sign}{number_text(abs(n))} {unit}{'' if abs(n) == 1 else 's'}"


def signings(record) -> pd.DataFrame:
    """Return the signings of agreements, which the drawn timeline shows as ticks."""
    frame = record.timeline
    return frame[frame["event"].str.endswith("signs its agreement with Ukraine")]


def labelled(record) -> pd.DataFrame:
    """Return the events that the drawn timeline labels, by day: all but the signings."""
    frame = record.timeline.drop(signings(record).index)
    return frame.sort_values(["date", "event_id"], kind="stable").reset_index(drop=True)


def facts(record, ledger) -> None:
    """Add how many events there are, before and after the article's day."""
    frame = record.timeline
    rows = [f"timeline:{e}" for e in frame["event_id"]]
    rule = "count the rows of timeline.csv known by the as-of day"
    ledger.compute(
        "events_total", "Events known by the as-of day", len(frame), "events", rule, rows=rows
    )
    article = pd.Timestamp(ARTICLE_DAY)
    for id, words, part in (
        ("events_before", "before", frame[frame["date"] < article]),
        ("events_since", "after", frame[frame["date"] > article]),
    ):
        ledger.compute(
            id,
            f"Events {words} the article's day",
            len(part) or None,
            "events",
            f"{rule}, {words} the article's day",
            rows=[f"timeline:{e}" for e in part["event_id"]],
        )
    ledger.compute(
        "events_signings",
        "of all events, signings of agreements",
        len(signings(record)),
        "events",
        "count those that end in: signs its agreement with Ukraine",
        rows=[f"timeline:{e}" for e in signings(record)["event_id"]],
    )
    first, week = (
        frame["date"].min(),
        frame[(frame["date"] > article) & (frame["date"] <= article + pd.Timedelta(days=7))],
    )
    ledger.compute(
        "events_first_year",
        "Year of the first event",
        int(first.year),
        "year",
        "the smallest date",
        rows=rows[:1],
    )
    ledger.compute(
        "events_week",
        "Events in the week after the article's day",
        len(week) or None,
        "events",
        f"{rule}, up to seven days after the article's",
        rows=[f"timeline:{e}" for e in week["event_id"]],
    )


def scale(days: pd.Series, end: pd.Timestamp) -> tuple[np.ndarray, np.ndarray]:
    """Return the days at which the drawn scale changes, as numbers, and their heights in inches from the top.

    A stretch is as high as its labels need, and never nothing.
    """
    breaks = [pd.Timestamp(b) for b in BREAKS if pd.Timestamp(b) < end] + [end]
    counts = np.histogram(mdates.date2num(days), mdates.date2num(breaks))[0]
    heights = np.concatenate([[0], np.cumsum(np.maximum(counts + 0.35, 1) * LINE)])
    return mdates.date2num(breaks), heights


def figure(record, ledger) -> charts.Figure:
    """Return the drawn timeline: time runs down, events at the right, signings as ticks at the left of the rail."""
    events = labelled(record)
    end = max(pd.Timestamp(record.as_of), events["date"].max()) + pd.Timedelta(days=1)
    knots, heights = scale(events["date"], end)
    height = heights[-1] + 0.42
    canvas, ax = charts.canvas(height)
    canvas.subplots_adjust(left=0.115, right=0.995, bottom=0.06 / height, top=1 - 0.30 / height)
    place = lambda days: np.interp(mdates.date2num(days), knots, heights)  # noqa: E731
    ax.plot([0, 0], [0, heights[-1]], color=COLOURS["muted"], linewidth=1.2)
    at = place(events["date"])
    rows = charts.spread(list(at), LINE)
    over = max(0, rows[-1] - heights[-1])
    rows = (
        [
            -r
            for r in charts.spread(
                [
                    -r
                    for r in [
                        min(r, heights[-1] - LINE * (len(rows) - 1 - n)) for n, r in enumerate(rows)
                    ]
                ],
                LINE,
            )
        ]
        if over
        else rows
    )
    article = pd.Timestamp(ARTICLE_DAY)
    week = [
        y
        for y, day in zip(rows, events["date"])
        if article <= day <= article + pd.Timedelta(days=7)
    ]
    if len(week) > 1:
        ax.add_patch(
            Rectangle(
                (0.31, week[0] - LINE / 2),
                5.64,
                week[-1] - week[0] + LINE,
                facecolor=COLOURS["sea"],
                linewidth=0,
                zorder=0,
            )
        )
        ax.text(
            5.9,
            week[0],
            "the article’s week",
            color=COLOURS["muted"],
            fontsize=8,
            ha="right",
            va="center",
        )
    for (_, row), y, label in zip(events.iterrows(), at, rows):
        colour = (
            COLOURS["article"]
            if row["relation_to_article"] == "THE ARTICLE"
            else COLOURS["ink"]
            if row["date"] < article
            else COLOURS["nato"]
        )
        weight = "semibold" if row["relation_to_article"] == "THE ARTICLE" else "normal"
        ax.plot([0, 0.16, 0.30], [y, label, label], color=COLOURS["rule"], linewidth=0.8, zorder=1)
        if row["precision"] == "month":
            stop = place(pd.Series([row["date"] + pd.offsets.MonthEnd(0)]))[0]
            ax.plot(
                [0, 0],
                [y, max(stop, y + 0.07)],
                color=colour,
                linewidth=4.5,
                solid_capstyle="butt",
                zorder=3,
            )
        else:
            ax.plot([0], [y], "o", color=colour, markersize=3.6, zorder=3)
        ax.text(
            0.33,
            label,
            day_text(row["date"].date(), row["precision"]),
            color=colour,
            fontsize=8,
            va="center",
            fontweight=weight,
        )
        ax.text(1.36, label, row["event"], color=colour, fontsize=8, va="center", fontweight=weight)
    signed = signings(record)
    ticks = place(signed["date"])
    for y in ticks:
        ax.plot([-0.10, -0.02], [y, y], color=COLOURS["other"], linewidth=1)
    ax.plot([0] * len(events), at, linestyle="none", gid="data-events")
    ax.plot([-0.06] * len(signed), ticks, linestyle="none", gid="data-signings")
    ax.text(
        -0.12,
        -0.12,
        "signings",
        color=COLOURS["other"],
        fontsize=8,
        ha="right",
        va="bottom",
        fontweight="semibold",
    )
    ax.set_xlim(-0.15, 5.95)
    ax.set_ylim(heights[-1] + 0.05, -0.08)
    ax.set_yticks(
        heights[:-1],
        [_tick(pd.Timestamp(mdates.num2date(k)).tz_localize(None)) for k in knots[:-1]],
    )
    ax.tick_params(axis="y", length=0, labelsize=8)
    ax.set_xticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    since = "; {events_since:n} came after it" if ledger.known("events_since") else ""
    alt = ledger.plain(
        "Timeline running down from {events_first_year}. {events_before:N} events lie before the article’s day, {article_day}"
        + since
        + ". Most crowd into the summer of the article; {events_signings:n} signings of agreements are small ticks at the left."
    )
    return charts.finish(
        canvas,
        "timeline",
        title=ledger.fill("{events_before:N} events lead up to the article" + since)
        if since
        else ledger.fill("{events_before:N} events lead up to the article’s day"),
        subtitle="Time runs down; the scale changes at each label on the left. Blue: after the article’s day; ochre ticks: signings of agreements",
        alt=alt,
        shown={
            "events": [(0, y) for y in _heights(events["date"], knots, heights)],
            "signings": [(-0.06, y) for y in _heights(signed["date"], knots, heights)],
        },
        sources=record.cites(*events["source_id"]),
    )


def _heights(days: pd.Series, knots: np.ndarray, heights: np.ndarray) -> list[float]:
    """Return the height of each day on the drawn scale, reckoned day by day."""
    out = []
    for day in mdates.date2num(days):
        n = max(0, int(np.searchsorted(knots, day, side="right")) - 1)
        n = min(n, len(knots) - 2)
        out.append(
            heights[n]
            + (day - knots[n]) / (knots[n + 1] - knots[n]) * (heights[n + 1] - heights[n])
        )
    return out


def _tick(day: pd.Timestamp) -> str:
    return (
        str(day.year)
        if (day.month, day.day) == (1, 1)
        else f"{day:%b %Y}"
        if day.day == 1
        else f"{day.day} {day:%b}"
    )


def table(record, ledger) -> Table:
    """Return every event: date, how far from the article, what happened, more, sources."""
    rows = []
    for row in record.timeline.sort_values(["date", "event_id"], kind="stable").to_dict("records"):
        day = row["date"].date()
        rows.append(
            (
                f"timeline:{row['event_id']}",
                (
                    day_text(day, row["precision"]),
                    relative(day, row["precision"]),
                    row["event"],
                    row["detail"] or "–",
                    tables.cite(record, row["source_id"], row["source_id_2"]),
                ),
            )
        )
    return Table(
        "timeline",
        ledger.fill("The {events_total} known by {as_of_day}"),
        (
            Column("Date", width=1.35),
            Column("Distance", "right", 0.95),
            Column("Event", width=2.35),
            Column("More", width=2.5),
            Column("Sources", width=0.8),
        ),
        tuple(rows),
    )
