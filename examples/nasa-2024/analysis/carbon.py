"""Carbon dioxide in the air, and what the world emits from fossil fuels."""

import datetime

import pandas as pd

from analysis.article import claim_row, years_in
from analysis.editions import of_edition
from dossier.data.known import NotKnown, Record
from dossier.facts.ledger import Ledger, WatchedFacts
from dossier.facts.trace import Traced, cell, only, some, traced
from dossier.registry import fact, figure, table
from dossier.show import charts, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Column, Row, Table
from dossier.text.numbers import number_text

Day = datetime.date  # of which a Timestamp is one

RISES = ["earlier", "later"]
"""The two years of which the article says that emissions rose by a record."""
CLAIM = "C24"


def series(record: Record, name: str) -> pd.DataFrame:
    """Return NOAA’s means of years of a series, global or mauna_loa, in its newest edition."""
    frame = some(record.co2_annual[record.co2_annual["series"] == name])
    return of_edition(frame, frame["edition"].max()).sort_values("year")


# ---- facts: the air


def _last(record: Record, name: str) -> pd.DataFrame:
    return series(record, name).iloc[-1:]


@fact(unit="ppm", decimals=1)
def co2_newest(record: Record) -> Traced:
    """CO2 in the air, mean over the globe, newest year known.

    The last year of the newest edition of NOAA’s global means.
    """
    return only(_last(record, "global"), "mean_ppm")


@fact(unit="year")
def co2_newest_year(record: Record) -> Traced:
    """Year of that mean.

    The last year of the newest edition of NOAA’s global means.
    """
    return only(_last(record, "global"), "year")


@fact(unit="date")
def co2_edition(record: Record) -> Traced:
    """Edition of that mean.

    The newest of NOAA’s global means.
    """
    return only(_last(record, "global"), "edition")


@fact(unit="ppm", decimals=1)
def co2_of_year(record: Record, article_year: int) -> Traced:
    """CO2 in the air, mean over the globe, in the article’s year.

    The year’s row in the newest edition of NOAA’s global means.
    """
    frame = series(record, "global")
    return only(frame[frame["year"] == article_year], "mean_ppm")


@fact(unit="ppm", decimals=1)
def co2_growth(record: Record, article_year: int) -> Traced:
    """Rise of that mean over the year before.

    The difference of the two rows of the newest edition.
    """
    frame = series(record, "global")
    pair = frame[frame["year"].isin([article_year - 1, article_year])]
    if len(pair) < len([article_year - 1, article_year]):
        raise NotKnown("both years")
    return traced(round(float(pair["mean_ppm"].diff().iloc[-1]), 2), pair)


@fact(unit="ppm", decimals=1)
def co2_at_release(record: Record) -> Traced:
    """CO2 in the air, mean over the globe, newest year known on the article’s day.

    The last year of the last edition of NOAA’s global means by then.
    """
    return only(_at_release(record), "mean_ppm")


@fact(unit="year")
def co2_at_release_year(record: Record) -> Traced:
    """Year of that mean.

    The last year of the last edition of NOAA’s global means by the article’s day.
    """
    return only(_at_release(record), "year")


def _at_release(record: Record) -> pd.DataFrame:
    frame = record.co2_annual
    frame = frame[
        (frame["series"] == "global") & (frame["edition"] <= pd.Timestamp(record.article_day))
    ]
    return of_edition(some(frame), frame["edition"].max()).sort_values("year").iloc[-1:]


@fact(unit="ppm", decimals=1)
def co2_off(co2_newest: float, co2_now: float) -> float:
    """How far the newest mean lies from the article’s figure.

    The difference, without its sign.
    """
    return round(abs(co2_newest - co2_now), 2)


@fact(unit="ppm", decimals=1)
def mauna_loa_newest(record: Record) -> Traced:
    """CO2 at Mauna Loa, newest year known.

    The last year of the newest edition of NOAA’s means at Mauna Loa.
    """
    return only(_last(record, "mauna_loa"), "mean_ppm")


@fact(unit="year")
def mauna_loa_newest_year(record: Record) -> Traced:
    """Year of that mean.

    The last year of the newest edition of NOAA’s means at Mauna Loa.
    """
    return only(_last(record, "mauna_loa"), "year")


def _last_month(record: Record) -> pd.DataFrame:
    frame = record.co2_monthly
    frame = some(frame[frame["series"] == "mauna_loa"])
    return frame[frame["month"] == frame["month"].max()]


@fact(unit="ppm", decimals=1)
def mauna_loa_month(record: Record) -> Traced:
    """CO2 at Mauna Loa in the last month known on the article’s day.

    The last month of the edition that is kept.
    """
    return only(_last_month(record), "mean_ppm")


@fact(unit="date", precision="month")
def mauna_loa_month_when(record: Record) -> Traced:
    """That month.

    The last month of the edition that is kept.
    """
    row = _last_month(record)
    return traced(datetime.date.fromisoformat(f"{row['month'].iloc[0]}-01"), row)


@fact(unit="ppm", decimals=1)
def co2_preindustrial(record: Record) -> Traced:
    """CO2 in the first year of the long series.

    The first year’s row of co2_preindustrial.csv.
    """
    return only(record.co2_preindustrial.sort_values("year").iloc[:1], "co2_ppm")


@fact(unit="year")
def co2_preindustrial_year(record: Record) -> Traced:
    """That year.

    The first year of co2_preindustrial.csv.
    """
    return only(record.co2_preindustrial.sort_values("year").iloc[:1], "year")


@fact(unit="percent")
def co2_rise(co2_before: float, co2_now: float) -> float:
    """By how much CO2 rose between the article’s two figures.

    The difference as a share of the first.
    """
    return 100 * (co2_now - co2_before) / co2_before


# ---- facts: emissions


def budget(record: Record) -> pd.DataFrame:
    """Return the world’s emissions in the newest budget known, with the increase of each year."""
    frame = some(record.fossil_co2)
    frame = frame[frame["budget"] == frame["budget"].max()].sort_values("year")
    following = frame["year"].diff() == 1
    return frame.assign(increase=frame["mt_co2"].diff().where(following))


@fact(unit="year")
def budget_year(record: Record) -> Traced:
    """Year of the newest Global Carbon Budget known.

    The largest in the column budget.
    """
    frame = budget(record)
    return traced(int(frame["budget"].iloc[0]), frame.iloc[-1:])


def _of_year(record: Record, year: int) -> pd.DataFrame:
    frame = budget(record)
    return some(frame[(frame["year"] == year) & frame["increase"].notna()])


def _pair(record: Record, year: int) -> pd.DataFrame:
    frame = budget(record)
    return frame[frame["year"].isin([year - 1, year])]


@fact(unit="year", name="rise_year_{which}", over={"which": RISES})
def rise_year(record: Record, which: str) -> Traced:
    """The {which} of the two years of the article.

    The year in the words of the claim C24.
    """
    return traced(years_in(record, CLAIM)[RISES.index(which)], claim_row(record, CLAIM))


@fact(unit="million tonnes", name="emissions_{which}", over={"which": RISES})
def emissions_of(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Fossil emissions of CO2 in that year: {which}.

    The year’s row in the newest budget known.
    """
    frame = budget(record)
    return only(frame[frame["year"] == facts.value(f"rise_year_{which}")], "mt_co2")


@fact(unit="million tonnes", name="rise_{which}", over={"which": RISES})
def rise_of(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Rise of emissions over the year before: {which}.

    The difference of the two rows in the newest budget known.
    """
    year = facts.value(f"rise_year_{which}")
    return traced(float(_of_year(record, year)["increase"].iloc[0]), _pair(record, year))


@fact(unit="percent", decimals=1, name="rise_share_{which}", over={"which": RISES})
def rise_share(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """The same as a share of the year before: {which}.

    The difference divided by the year before.
    """
    year = facts.value(f"rise_year_{which}")
    row, pair = _of_year(record, year), _pair(record, year)
    value = 100 * row["increase"].iloc[0] / pair["mt_co2"].iloc[0]
    return traced(float(value), pair)


@fact(unit="years", name="larger_rises_{which}", over={"which": RISES})
def larger_rises(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Years up to then with a larger rise: {which}.

    Count the years before in the newest budget known whose increase was larger.
    """
    frame, year = budget(record), facts.value(f"rise_year_{which}")
    before = frame[frame["year"] < year]
    part = before[before["increase"] > _of_year(record, year)["increase"].iloc[0]]
    return traced(len(part), frame[frame["year"] <= year])


@fact(unit="million tonnes")
def largest_rise(record: Record) -> Traced:
    """Largest rise of emissions in a year.

    The largest difference from the year before in the newest budget known.
    """
    year = _largest(record)
    return traced(float(_of_year(record, year)["increase"].iloc[0]), _pair(record, year))


@fact(unit="year")
def largest_rise_year(record: Record) -> Traced:
    """Year of the largest rise.

    The largest difference from the year before in the newest budget known.
    """
    return traced(_largest(record), _pair(record, _largest(record)))


def _largest(record: Record) -> int:
    frame = budget(record)
    return int(frame.loc[frame["increase"].idxmax(), "year"])


@fact(unit="text", name="level_{which}", over={"which": RISES})
def level(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Whether the level of that year was a record: {which}.

    Compare it with every earlier year in the newest budget known.
    """
    frame, year = budget(record), facts.value(f"rise_year_{which}")
    own = _of_year(record, year)["mt_co2"].iloc[0]
    before = frame[frame["year"] < year]
    words = "a record" if own > before["mt_co2"].max() else "no record"
    return traced(words, frame[frame["year"] <= year])


# ---- facts: tolerances


@fact(unit="ppm", decimals=1, name="tolerance_{which}", over={"which": ["co2_now", "co2_before"]})
def tolerance(record: Record, which: str) -> Traced:
    """How far “about” reaches: {which}.

    The row of tolerances.csv.
    """
    return cell(record, "tolerances", which, "value")


# ---- what is shown


@figure("co2")
def co2_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the global mean by year, with the article’s figure and the year it was known for."""
    frame = series(record, "global")
    known, now = facts.require("co2_at_release_year").value, facts.require("co2_now").value
    canvas, ax = charts.canvas(2.3)
    canvas.subplots_adjust(left=0.07, right=0.9, bottom=0.12, top=0.95)
    line = {"color": COLOURS["main"], "gid": "data-co2", "zorder": 2}
    ax.plot(frame["year"], frame["mean_ppm"], **line)
    ax.axhline(now, color=COLOURS["article"], linewidth=0.8, linestyle=(0, (4, 3)), zorder=1)
    label = {"color": COLOURS["article"], "fontsize": 8.5, "va": "bottom"}
    first = int(frame["year"].iloc[0])
    ax.text(first, now + 1, f"the article: {facts.text('co2_now')}", **label)
    for name in ("co2_at_release", "co2_newest")[: 2 if known < frame["year"].max() else 1]:
        year, value = (facts.require(id).value for id in (f"{name}_year", name))
        ax.plot([year], [value], "o", color=COLOURS["main"], markersize=5, zorder=3)
        at = -6 if name == "co2_at_release" else 1
        style = {"fontsize": 8.5, "va": "center", "color": COLOURS["main"]}
        told = f"{facts.text(name, 'd')} ({facts.text(f'{name}_year')})"
        ax.text(year + 0.7, value + at, told, **style)
    ax.set_ylim(frame["mean_ppm"].min() - 5, frame["mean_ppm"].max() + 10)
    ax.set_xlim(first, int(frame["year"].iloc[-1]) + 1)
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.tick_params(length=0)
    return Drawing(
        canvas,
        title=facts.join(
            "Carbon dioxide: {co2_at_release} in {co2_at_release_year}, the last year known on the "
            "article’s day"
        ),
        subtitle="Mean over the globe by year, ppm in dry air",
        alt=facts.plain_join(
            "A line that rises in every year to {co2_newest} in {co2_newest_year}.",
            "A broken line across is the article’s figure, {co2_now}; {co2_at_release_year} had "
            "{co2_at_release}.",
        ),
        shown={"co2": list(zip(frame["year"], frame["mean_ppm"], strict=True))},
        sources=record.cites(*frame["source_id"].unique()),
        quoted=tuple(frame.index),
    )


@table("co2")
def co2_table(record: Record, facts: Ledger) -> Table:
    """Return NOAA’s mean of each of the last years, global and Mauna Loa, newest editions."""
    frames = {}
    for name in ("global", "mauna_loa"):
        try:
            frames[name] = series(record, name).set_index("year")
        except NotKnown:
            continue
    years = sorted({y for frame in frames.values() for y in frame.index})[-6:]
    rows: list[Row] = []
    for year in years:
        cells = [str(year)]
        sources = []
        for name in ("global", "mauna_loa"):
            there = name in frames and year in frames[name].index
            cells.append(number_text(frames[name].at[year, "mean_ppm"], 1) if there else "–")
            sources += [frames[name].at[year, "source_id"]] if there else []
        rows.append((f"co2_annual:{year}", (*cells, tables.cite(record, *sources))))
    return Table(
        "Carbon dioxide in the air, ppm in dry air",
        (
            Column("Year"),
            Column("Mean over the globe", "right", width=1.5),
            Column("Mauna Loa", "right"),
            Column("Sources"),
        ),
        tuple(rows),
        note=facts.join("The newest edition of the global means known is that of {co2_edition}."),
    )


@table("emissions")
def emissions_table(record: Record, facts: Ledger) -> Table:
    """Return the years with the largest rises and the two of the article, by the newest budget."""
    frame = budget(record).dropna(subset=["increase"])
    ranked = frame.assign(rank=frame["increase"].rank(ascending=False, method="min").astype(int))
    chosen = ranked[(ranked["rank"] <= 5) | ranked["year"].isin(years_in(record, CLAIM))]
    rows = []
    for row in chosen.sort_values("rank").to_dict("records"):
        cells = (
            str(int(row["year"])),
            str(row["rank"]),
            number_text(row["increase"], 0),
            number_text(row["mt_co2"], 0),
            tables.cite(record, row["source_id"]),
        )
        pair = f"{row['year'] - 1}/{row['year']}"  # a rise is of two rows
        rows.append((f"fossil_co2:{row['budget']}/{pair}", cells))
    return Table(
        facts.join("The largest rises of fossil emissions of CO2 and those of the article’s years"),
        (
            Column("Year"),
            Column("Rank of its rise", "right"),
            Column("Rise, million tonnes", "right", width=1.4),
            Column("Level, million tonnes", "right", width=1.4),
            Column("Source", width=0.6),
        ),
        tuple(rows),
        note=facts.join("The world in the Global Carbon Budget {budget_year}."),
    )


@figure("emissions")
def emissions_figure(record: Record, facts: Ledger) -> Drawing:
    """Return bars of the rise of each year from 1990 on, the article’s two years set off."""
    frame = budget(record).dropna(subset=["increase"])
    frame = frame[frame["year"] >= 1990]
    canvas, ax = charts.canvas(2.1)
    canvas.subplots_adjust(left=0.08, right=0.985, bottom=0.13, top=0.95)
    for row in frame.to_dict("records"):
        own = row["year"] in years_in(record, CLAIM)
        colour = COLOURS["article" if own else "main_pale"]
        bar = ax.bar(row["year"], row["increase"], 0.74, color=colour, linewidth=0, zorder=2)[0]
        bar.set_gid(f"data-rise-{row['year']}")
        if own:
            name = RISES[years_in(record, CLAIM).index(row["year"])]
            side, at = ("right", 0.3) if name == RISES[0] else ("left", -0.3)
            style = {"ha": side, "va": "top", "fontsize": 8.5, "color": colour}
            ax.text(row["year"] + at, -60, facts.text(f"rise_{name}", "n"), **style)
    ax.axhline(0, color=COLOURS["muted"], linewidth=0.6)
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(length=0)
    return Drawing(
        canvas,
        title=facts.join(
            "Neither rise was a record: {rise_earlier:n} and {rise_later} against {largest_rise:n} "
            "in {largest_rise_year}"
        )
        or facts.join(
            "The rise of {rise_year_earlier} was no record: {rise_earlier} against "
            "{largest_rise:n} in {largest_rise_year}"
        ),
        subtitle=facts.join(
            "Rise of the world’s fossil emissions of CO2 over the year before, million tonnes, "
            "Global Carbon Budget {budget_year}"
        ),
        alt=facts.plain_join(
            "Bars of the yearly rise.",
            "{rise_year_earlier} has {rise_earlier}.",
            "{rise_year_later} has {rise_later}.",
            "The tallest bar is {largest_rise} in {largest_rise_year}.",
        ),
        shown={f"rise-{r['year']}": [(0.74, r["increase"])] for r in frame.to_dict("records")},
        sources=record.cites(*frame["source_id"].unique()),
        quoted=tuple(frame.index),
    )
