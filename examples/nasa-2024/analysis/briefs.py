"""The brief of one dataset: the rows that it rests on, its facts, its table, its figure."""

import datetime
from typing import Any

import matplotlib.dates as mdates
import pandas as pd

from analysis import editions, threshold
from dossier.data.known import Record
from dossier.facts.ledger import Ledger, WatchedFacts
from dossier.facts.trace import Traced, count, only, some, traced
from dossier.registry import fact, figure, keep, table
from dossier.show import charts, tables
from dossier.show.briefs import entities
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Column, Row, Table
from dossier.text.numbers import number_text
from dossier.text.words import MONTHS

OWN = "GISTEMP"
"""NASA’s dataset, whose months and years lie in tables of their own."""


# ---- the rows that a brief may use


def _own_alone(frame: pd.DataFrame, entity: str) -> pd.DataFrame:
    return frame if entity == OWN else frame.iloc[:0]


@keep("gistemp")
def keep_months(frame: pd.DataFrame, record: Record, entity: str) -> pd.DataFrame:
    """NASA’s own, in its own brief."""
    return _own_alone(frame, entity)


@keep("gistemp_annual")
def keep_years(frame: pd.DataFrame, record: Record, entity: str) -> pd.DataFrame:
    """NASA’s own, in its own brief."""
    return _own_alone(frame, entity)


@keep("gistemp_editions")
def keep_editions(frame: pd.DataFrame, record: Record, entity: str) -> pd.DataFrame:
    """NASA’s own, in its own brief."""
    return _own_alone(frame, entity)


# ---- facts


def _row(record: Record, entity: str) -> pd.DataFrame:
    return record.datasets[record.datasets["dataset"] == entity]


@fact(unit="text")
def dataset_name(record: Record, entity: str) -> Traced:
    """The dataset.

    The row’s name.
    """
    return only(_row(record, entity), "name")


@fact(unit="text")
def dataset_agency(record: Record, entity: str) -> Traced:
    """Who publishes it.

    The row’s agency.
    """
    return only(_row(record, entity), "agency")


@fact(unit="text")
def dataset_base(record: Record, entity: str) -> Traced:
    """The years that its own anomalies are counted from.

    The row’s base.
    """
    return only(_row(record, entity), "base")


@fact(unit="text")
def dataset_note(record: Record, entity: str) -> Traced:
    """What is to be minded.

    The row’s note.
    """
    return only(_row(record, entity), "note")


def _published(record: Record, entity: str, year: int, base: str) -> pd.DataFrame:
    frame = record.agencies_published
    wanted = (frame["dataset"] == entity) & (frame["year"] == year) & (frame["base"] == base)
    return frame[wanted & (frame["quantity"] == "annual mean")]


@fact(unit="°C difference", decimals=2)
def dataset_published(
    record: Record, entity: str, article_year: int, old_base_years: str
) -> Traced:
    """The year above the older base, as published.

    The row of agencies_published.csv.
    """
    return only(_published(record, entity, article_year, old_base_years), "value_c")


@fact(unit="date")
def dataset_published_day(
    record: Record, entity: str, article_year: int, old_base_years: str
) -> Traced:
    """When that was published.

    The row of agencies_published.csv.
    """
    return only(_published(record, entity, article_year, old_base_years), "published")


@fact(unit="°C difference", decimals=2)
def dataset_uncertainty(
    record: Record, entity: str, article_year: int, old_base_years: str
) -> Traced:
    """Its uncertainty.

    The row of agencies_published.csv.
    """
    return only(_published(record, entity, article_year, old_base_years), "uncertainty")


@fact(unit="°C difference", decimals=2)
def dataset_year(facts: WatchedFacts, entity: str) -> float:
    """The year above the older base, by the dataset’s newest table of years.

    The anomaly less the mean of the older base; of NASA’s with the offset that the article implies.
    """
    own = entity == OWN
    return facts.value("warming_newest" if own else f"year_in_{entity.lower()}")


@fact(unit="°C difference", decimals=2)
def dataset_before(facts: WatchedFacts, entity: str) -> float:
    """The year before above the older base, by the same table.

    As of the article’s year.
    """
    own = entity == OWN
    return facts.value("warming_before" if own else f"before_in_{entity.lower()}")


@fact(unit="months")
def dataset_months_above(facts: WatchedFacts, entity: str) -> int:
    """Months of the year above the threshold.

    In the newest edition with months and the mean of the older base.
    """
    own = entity == OWN
    return facts.value("months_above_newest" if own else f"months_above_in_{entity.lower()}")


@fact(unit="months")
def dataset_months(record: Record, facts: WatchedFacts, entity: str) -> Traced:
    """Months of the year that are known.

    Count them in that edition.
    """
    frame = _months(record, facts, entity)
    own = frame[frame["year"] == facts.value("article_year")]
    return count(own, *_grounds(record, facts, entity))


@fact(unit="months")
def dataset_streak(facts: WatchedFacts, entity: str) -> int:
    """Record months in a row that hold December of the year before.

    As of NASA’s table.
    """
    return facts.value("streak_newest" if entity == OWN else f"streak_of_{entity.lower()}")


@fact(unit="months")
def dataset_other_streak(facts: WatchedFacts, entity: str) -> int:
    """Longest other run of record months.

    As of NASA’s table.
    """
    own = entity == OWN
    return facts.value("other_streak_newest" if own else f"other_streak_of_{entity.lower()}")


@fact(unit="date", precision="month", name="dataset_{end}_month", over={"end": ["first", "last"]})
def dataset_ends(record: Record, facts: WatchedFacts, entity: str, end: str) -> Traced:
    """The {end} month that is kept here.

    In the newest edition with months and the mean of the older base.
    """
    frame = _months(record, facts, entity)
    row = frame.iloc[:1] if end == "first" else frame.iloc[-1:]
    return traced(_day(row.iloc[0]), row, *_grounds(record, facts, entity))


def _day(row: pd.Series) -> datetime.date:
    return datetime.date(int(row["year"]), int(row["month"]), 1)


def _months(record: Record, facts: WatchedFacts | Ledger, entity: str) -> pd.DataFrame:
    """Return the dataset’s months in order, with ``over``: °C above the older base.

    Of its newest edition with months and the mean of the older base.
    """
    if entity == OWN:
        frame = editions.months_of(record, facts.require("edition_newest").value)
        return some(frame).assign(over=frame["anomaly_c"] + facts.require("offset").value)
    _, base = threshold.with_base(record, entity.lower(), facts.require("article_year").value)
    frame = record.agencies_monthly
    frame = frame[frame["edition"] == base["edition"].iloc[0]].sort_values(["year", "month"])
    return frame.assign(over=threshold.over_base(frame, base))


def _grounds(record: Record, facts: WatchedFacts, entity: str) -> tuple[pd.DataFrame, ...]:
    """Return the rows that choose another dataset’s edition: the year’s months and the base."""
    if entity == OWN:
        return ()
    return threshold.with_base(record, entity.lower(), facts.value("article_year"))


# ---- what is shown


@table("dataset-months")
def months_table(record: Record, facts: Ledger) -> Table:
    """Return the months of the year and of the one before, above the older base."""
    year, limit = (facts.require(i).value for i in ("article_year", "paris_limit"))
    frame = _months(record, facts, record.entity)
    own = some(frame[frame["year"] == year])
    before = frame[frame["year"] == year - 1].set_index("month")["over"]
    rows: list[Row] = []
    for row in own.to_dict("records"):
        month = int(row["month"])
        cells = (
            MONTHS[month - 1],
            number_text(row["over"], 2),
            number_text(before[month], 2) if month in before else "–",
            "above" if round(row["over"], 4) > limit else "–",
            tables.cite(record, row["source_id"]),
        )
        rows.append((tables.key_of(frame[frame["month"] == month]), cells))
    return Table(
        facts.join("The months of {article_year} above {old_base_years}, °C"),
        (
            Column("Month", width=1.2),
            Column(facts.text("article_year"), "right"),
            Column("The year before", "right"),
            Column("The threshold"),
            Column("Source", width=0.6),
        ),
        tuple(rows),
    )


@figure("dataset-months")
def months_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the months from the year before the article’s on, and the threshold."""
    year, limit = (facts.require(i).value for i in ("article_year", "paris_limit"))
    frame = _months(record, facts, record.entity)
    frame = some(frame[frame["year"] >= year - 1])
    days = mdates.date2num([_day(row) for _, row in frame.iterrows()])
    over = frame["over"].round(4) > limit
    canvas, ax = charts.canvas(2.2)
    canvas.subplots_adjust(left=0.07, right=0.985, bottom=0.12, top=0.95)
    ax.plot(days, frame["over"], color=COLOURS["rule"], linewidth=1, gid="data-months", zorder=1)
    for part, colour in ((over, "article"), (~over, "main")):
        style = {"linestyle": "none", "marker": "o", "markersize": 4.5, "color": COLOURS[colour]}
        ax.plot(days[part.to_numpy()], frame["over"][part], zorder=2, **style)
    ax.axhline(limit, color=COLOURS["muted"], linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
    _shade_year(ax, year)
    ax.xaxis.set_major_locator(mdates.YearLocator())
    ax.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    return Drawing(
        canvas,
        title=facts.join(
            "{dataset_months_above:N} of {dataset_months} of {article_year} lie above "
            "{paris_limit:own}"
        ),
        subtitle=facts.join(
            "Each month above {old_base_years}, °C; the broken line is {paris_limit:own}; shaded: "
            "{article_year}"
        ),
        alt=facts.plain_join(
            "Months as dots along time to {dataset_last_month}.",
            "Of {dataset_months} of {article_year}, shaded, {dataset_months_above:n} "
            "{dataset_months_above:lies|lie} above {paris_limit}.",
        ),
        shown={"months": list(zip(days, frame["over"], strict=True))},
        sources=record.cites(*frame["source_id"].unique()),
        quoted=tuple(frame.index),
    )


def _shade_year(ax: Any, year: int) -> None:
    ends = [mdates.date2num(datetime.date(y, 1, 1)) - 15 for y in (year, year + 1)]
    ax.axvspan(*ends, color=COLOURS["sea"], linewidth=0, zorder=0)


def _in_digits(facts: Ledger, id: str) -> str:
    if not facts.known(id):
        return "–"
    return facts.text(id, "d") if facts.require(id).unit == "months" else facts.text(id)


@table("briefs-index")
def index_table(record: Record, facts: Ledger) -> Table:
    """Return what the index of briefs shows of each dataset: as published, months, streak."""
    rows: list[Row] = []
    names = entities(record)
    for key, name in names.items():
        dataset = key.lower()
        ids = ("warming_celsius", "months_above_newest", "streak_newest")
        if key != OWN:
            ids = (f"published_of_{dataset}", f"months_above_in_{dataset}", f"streak_of_{dataset}")
        row = record.datasets.loc[f"datasets:{key}"]
        cells = tuple(_in_digits(facts, id) for id in ids)
        rows.append((f"datasets:{key}", (name, row["agency"], *cells)))
    return Table(
        "A brief for each dataset",
        (
            Column("Dataset", width=1.2),
            Column("Agency", width=1.2),
            Column("The year as published", width=1.3),
            Column("Months above the threshold", width=1.2),
            Column("Record months in a row", width=1.2),
        ),
        tuple(rows),
        find="a dataset",
    )
