"""NASA’s table by edition: what the year came out as, its rank, and the years before it."""

import datetime
from dataclasses import replace

import matplotlib.dates as mdates
import pandas as pd

from dossier.data.known import NotKnown, Record
from dossier.facts.ledger import Ledger, WatchedFacts
from dossier.facts.trace import Traced, cell, count, only, some, traced
from dossier.registry import fact, figure, table
from dossier.show import charts, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Column, Row, Table
from dossier.text.dates import day_text
from dossier.text.numbers import number_text, signed_text

Day = datetime.date  # of which a Timestamp is one

WHICH = ("complete", "at_release", "first", "newest")
"""The editions that facts tell of: the first with the whole streak, the last before the release,
the first with the whole year, the newest known."""

WARMEST = 10
"""How many of the warmest years are told."""


def hundredths(values: pd.Series) -> pd.Series:
    """Return anomalies in whole hundredths of a degree, as NASA prints them."""
    return (100 * values).round().astype(int)


def of_edition(frame: pd.DataFrame, edition: Day) -> pd.DataFrame:
    return frame[frame["edition"] == pd.Timestamp(edition)]


def core(record: Record) -> pd.DataFrame:
    """Return the editions whose months are in gistemp.csv, oldest first."""
    frame = record.gistemp_editions
    return frame[frame["core"] == "yes"].sort_values("edition")


def months_of(record: Record, edition: Day) -> pd.DataFrame:
    """Return the months of an edition in order of time."""
    return of_edition(record.gistemp, edition).sort_values(["year", "month"])


def of_year(record: Record, year: int) -> pd.DataFrame:
    """Return NASA’s mean of a year in each edition that prints it, oldest edition first."""
    frame = record.gistemp_annual
    return frame[frame["year"] == year].sort_values("edition")


# ---- facts: the editions


@fact(unit="date", name="edition_{which}", over={"which": list(WHICH)})
def edition(record: Record, article_year: int, span_to: Day, which: str) -> Traced:
    """NASA’s edition: {which}.

    Of those whose months are kept: complete is the first with the last month of the article’s
    streak, at_release the last by the article’s day, first the first that holds the whole of its
    year, newest the newest known.
    """
    frame = core(record)
    if which == "at_release":
        frame = frame[frame["edition"] <= pd.Timestamp(record.article_day)].iloc[-1:]
    elif which == "complete":
        frame = frame[frame["last_month"] >= f"{span_to:%Y-%m}"].iloc[:1]
    elif which == "first":
        frame = frame[frame["last_month"] >= f"{article_year}-12"].iloc[:1]
    return only(frame.iloc[-1:], "edition")


@fact(unit="days")
def days_to_first_edition(record: Record, annual_edition_first: Day) -> Traced:
    """Days from the release to the first edition with a mean of the year.

    The edition’s day less the release’s.
    """
    found = cell(record, "timeline", "T15", "date")
    return replace(found, value=(annual_edition_first - found.value.date()).days)


@fact(unit="editions")
def editions_found(record: Record) -> Traced:
    """Editions of NASA’s table that were found, by the as-of day.

    Count the rows of gistemp_editions.csv.
    """
    return count(record.gistemp_editions)


@fact(unit="editions")
def editions_with_months(record: Record) -> Traced:
    """Editions whose months are kept.

    Count the rows with core yes.
    """
    return count(core(record), of=record.gistemp_editions)


@fact(unit="editions")
def editions_newer(record: Record, edition_newest: Day) -> Traced:
    """Editions found that are newer than the newest whose months are kept.

    Count them.
    """
    frame = record.gistemp_editions
    newer = frame[frame["edition"] > pd.Timestamp(edition_newest)]
    return count(newer, of=of_edition(frame, edition_newest))


# ---- facts: the year in each edition


@fact(unit="date", name="annual_edition_{which}", over={"which": ["first", "newest"]})
def annual_edition(record: Record, article_year: int, which: str) -> Traced:
    """NASA’s {which} edition with a mean of the article’s year.

    By the column edition.
    """
    frame = some(of_year(record, article_year))
    return only(frame.iloc[:1] if which == "first" else frame.iloc[-1:], "edition")


@fact(unit="text")
def annual_absent(record: Record, article_year: int, rank_edition: Day) -> Traced:
    """Means of the article’s year in NASA’s table.

    No edition known by the as-of day has one.
    """
    if len(of_year(record, article_year)):
        raise NotKnown("nothing absent")
    return traced("none", of_edition(record.gistemp_annual, rank_edition))


def _annual(record: Record, edition: Day, year: int) -> Traced:
    return only(of_edition(of_year(record, year), edition), "annual_c")


@fact(
    unit="°C difference",
    decimals=2,
    name="annual_{which}",
    over={"which": ["first", "newest"]},
)
def annual(record: Record, facts: WatchedFacts, article_year: int, which: str) -> Traced:
    """NASA’s mean of the article’s year, {which} edition with one.

    The cell of the column J-D.
    """
    return _annual(record, facts.value(f"annual_edition_{which}"), article_year)


@fact(unit="editions")
def annual_editions(record: Record, article_year: int) -> Traced:
    """Editions with a mean of the article’s year.

    Count them.
    """
    return count(of_year(record, article_year))


def _as_in_article(record: Record, year: int, anomaly: float) -> pd.DataFrame:
    frame = of_year(record, year)
    return frame[hundredths(frame["annual_c"]) == round(100 * anomaly)]


@fact(unit="editions")
def annual_editions_same(record: Record, article_year: int, anomaly_celsius: float) -> Traced:
    """Editions with the article’s figure.

    Count those whose mean is the article’s.
    """
    part = _as_in_article(record, article_year, anomaly_celsius)
    return count(part, of=of_year(record, article_year))


def _other(record: Record, year: int, anomaly: float) -> pd.DataFrame:
    return of_year(record, year).drop(_as_in_article(record, year, anomaly).index)


@fact(unit="editions")
def annual_editions_other(record: Record, article_year: int, anomaly_celsius: float) -> Traced:
    """Editions with another figure than the article’s.

    Count those whose mean is not the article’s.
    """
    part = _other(record, article_year, anomaly_celsius)
    return count(part, of=of_year(record, article_year))


@fact(unit="°C difference", decimals=2)
def annual_other(record: Record, article_year: int, anomaly_celsius: float) -> Traced:
    """The other figure of the year.

    The mean in the first edition whose mean is not the article’s.
    """
    return only(_other(record, article_year, anomaly_celsius).iloc[:1], "annual_c")


@fact(unit="date", name="annual_other_{end}", over={"end": ["first", "last"]})
def annual_other_edition(
    record: Record, article_year: int, anomaly_celsius: float, end: str
) -> Traced:
    """The {end} edition with another figure of the year.

    By the column edition.
    """
    frame = _other(record, article_year, anomaly_celsius)
    return only(frame.iloc[:1] if end == "first" else frame.iloc[-1:], "edition")


@fact(unit="°C difference", decimals=3)
def annual_of_months(record: Record, facts: WatchedFacts, article_year: int) -> Traced:
    """Mean of the year’s twelve rounded months, newest edition.

    Not what NASA prints: NASA rounds the year from months that it has not rounded.
    """
    frame = months_of(record, facts.value("edition_newest"))
    frame = frame[frame["year"] == article_year]
    if len(frame) < len(frame["month"].drop_duplicates()) or len(frame) < 12:
        raise NotKnown("the whole year")
    return traced(round(float(frame["anomaly_c"].mean()), 4), frame)


# ---- facts: rank


@fact(unit="date")
def rank_edition(record: Record) -> Traced:
    """NASA’s newest edition with means of years.

    By the column edition.
    """
    frame = some(record.gistemp_annual)
    return only(frame[frame["edition"] == frame["edition"].max()].iloc[-1:], "edition")


def _ranked(record: Record, edition: Day, last: int) -> pd.DataFrame:
    """Return an edition’s years up to one, the warmest first."""
    frame = of_edition(record.gistemp_annual, edition)
    frame = frame[frame["year"] <= last]
    return frame.sort_values(["annual_c", "year"], ascending=[False, True])


@fact(unit="year")
def hottest_year(record: Record, annual_edition_newest: Day) -> Traced:
    """Warmest year of NASA’s table, newest edition with the article’s year.

    The year with the largest mean; of several the first.
    """
    frame = of_edition(record.gistemp_annual, annual_edition_newest)
    return traced(int(_ranked(record, annual_edition_newest, 9999)["year"].iloc[0]), frame)


@fact(unit="years")
def years_as_warm(record: Record, annual_edition_newest: Day, article_year: int) -> Traced:
    """Other years with a mean as large as the article’s year, or larger.

    Count them in the newest edition with the article’s year.
    """
    frame = of_edition(record.gistemp_annual, annual_edition_newest)
    own = frame[frame["year"] == article_year]
    others = frame.drop(own.index)
    part = others[others["annual_c"] >= some(own)["annual_c"].iloc[0]]
    return traced(len(part), frame)


@fact(unit="years")
def years_in_table(record: Record, annual_edition_newest: Day) -> Traced:
    """Years with a mean in that edition.

    Count the rows of the newest edition with the article’s year.
    """
    return count(of_edition(record.gistemp_annual, annual_edition_newest))


def _warmest_in(record: Record, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the year’s row in each edition where it is alone the warmest, and all next to it."""
    own = of_year(record, year)
    others = record.gistemp_annual
    others = others[(others["year"] != year) & others["edition"].isin(own["edition"])]
    next_to = others.sort_values("annual_c").drop_duplicates("edition", keep="last")
    best = own["edition"].map(next_to.set_index("edition")["annual_c"])
    return own[own["annual_c"] > best], next_to


@fact(unit="editions")
def warmest_editions(record: Record, article_year: int) -> Traced:
    """Editions in which the article’s year is the warmest, alone.

    Count those in which no other year has as large a mean.
    """
    part, next_to = _warmest_in(record, article_year)
    return count(part, next_to, of=of_year(record, article_year))


@fact(unit="year")
def second_year(record: Record, annual_edition_newest: Day) -> Traced:
    """Second warmest year.

    By the mean in the newest edition with the article’s year.
    """
    two = some(_ranked(record, annual_edition_newest, 9999)).iloc[:2]
    return traced(int(two["year"].iloc[-1]), two)


@fact(unit="°C difference", decimals=2)
def second_annual(record: Record, annual_edition_newest: Day, second_year: int) -> Traced:
    """Its mean.

    The cell of the newest edition with the article’s year.
    """
    return _annual(record, annual_edition_newest, second_year)


@fact(unit="°C difference", decimals=2)
def lead_over_second(annual_newest: float, second_annual: float) -> float:
    """By how much the article’s year lies above the second warmest.

    The difference of the two means.
    """
    return round(annual_newest - second_annual, 2)


@fact(unit="year", name="warmest_ten_{end}", over={"end": ["from", "to"]})
def warmest_ten(record: Record, annual_edition_newest: Day, article_year: int, end: str) -> Traced:
    """The ten warmest years up to the article’s: {end}.

    Where the ten with the largest means follow one another.
    """
    ten = some(_ranked(record, annual_edition_newest, article_year)).iloc[:WARMEST]
    first, last = int(ten["year"].min()), int(ten["year"].max())
    if last - first + 1 != WARMEST:
        raise NotKnown("ten in a row")
    return traced(first if end == "from" else last, ten)


# ---- facts: the years before


@fact(unit="year")
def best_before(record: Record, rank_edition: Day, article_year: int) -> Traced:
    """Warmest year before the article’s.

    By the mean in NASA’s newest edition with means; of several the first.
    """
    frame = some(_ranked(record, rank_edition, article_year - 1))
    return traced(int(frame["year"].iloc[0]), frame)


@fact(unit="°C difference", decimals=2)
def best_before_annual(record: Record, rank_edition: Day, best_before: int) -> Traced:
    """Its mean.

    The cell of NASA’s newest edition with means.
    """
    return _annual(record, rank_edition, best_before)


@fact(unit="°C difference", decimals=2)
def lead_over_before(annual_newest: float, best_before_annual: float) -> float:
    """By how much the article’s year lies above the warmest before it.

    The difference of the two means.
    """
    return round(annual_newest - best_before_annual, 2)


def _before_that(record: Record, edition: Day, best: int) -> pd.DataFrame:
    return some(_ranked(record, edition, best - 1))


@fact(unit="°C difference", decimals=2)
def third_annual(record: Record, rank_edition: Day, best_before: int) -> Traced:
    """Mean of the warmest year before these two.

    The largest mean of the years before the warmest that precedes the article’s.
    """
    frame = _before_that(record, rank_edition, best_before)
    return traced(float(frame["annual_c"].iloc[0]), frame)


@fact(unit="°C difference", decimals=2)
def lead_of_before(best_before_annual: float, third_annual: float) -> float:
    """By how much the warmest year before the article’s lay above all years before it.

    The difference of the two means.
    """
    return round(best_before_annual - third_annual, 2)


@fact(unit="°C difference", decimals=2)
def year_after_annual(record: Record, rank_edition: Day, article_year: int) -> Traced:
    """Mean of the year after the article’s.

    The cell of NASA’s newest edition with means.
    """
    return _annual(record, rank_edition, article_year + 1)


@fact(unit="year")
def year_after(article_year: int, year_after_annual: float) -> int:
    """The year after the article’s, where a mean of it is known.

    One more than the article’s.
    """
    return article_year + 1


# ---- facts: the table and its base


@fact(unit="year")
def first_year(record: Record, edition_newest: Day) -> Traced:
    """First year of NASA’s table.

    The smallest year of the newest edition whose months are kept.
    """
    frame = some(of_edition(record.gistemp, edition_newest))
    year = frame["year"].min()
    return traced(int(year), frame[frame["year"] == year])


@fact(unit="°C difference", decimals=2)
def base_mean(
    record: Record, edition_newest: Day, base_first_year: int, base_last_year: int
) -> Traced:
    """Mean of the base’s months, newest edition.

    The mean of all months from the base’s first year to its last: nought, where the anomalies
    refer to them.
    """
    frame = of_edition(record.gistemp, edition_newest)
    frame = some(frame[frame["year"].between(base_first_year, base_last_year)])
    return traced(float(round(frame["anomaly_c"].mean(), 4)), frame)


@fact(unit="years")
def old_base_covered(
    record: Record, edition_newest: Day, old_base_first_year: int, old_base_last_year: int
) -> Traced:
    """Years of the older base that NASA’s table holds.

    Count the years of the newest edition that lie in it.
    """
    frame = of_edition(record.gistemp, edition_newest)
    frame = some(frame[frame["year"].between(old_base_first_year, old_base_last_year)])
    return traced(int(frame["year"].nunique()), frame.drop_duplicates("year"))


# ---- facts: above the older base


@fact(unit="°C difference", decimals=2)
def warming_newest(annual_newest: float, offset: float) -> float:
    """The article’s year above the older base, by NASA’s newest edition.

    The mean plus the offset that the article’s two figures imply.
    """
    return round(annual_newest + offset, 2)


@fact(unit="°C difference", decimals=2)
def warming_known(facts: WatchedFacts) -> float:
    """The article’s year above the older base, as far as it was known.

    By NASA’s newest edition with the year; before there was one the article’s own figure.
    """
    try:
        return facts.value("warming_newest")
    except NotKnown:
        return facts.value("warming_celsius")


@fact(unit="°C difference", decimals=2)
def warming_before(best_before_annual: float, offset: float) -> float:
    """The warmest year before the article’s above the older base.

    Its mean plus the offset.
    """
    return round(best_before_annual + offset, 2)


@fact(unit="°C difference", decimals=2)
def year_uncertainty(record: Record) -> Traced:
    """How near to its true value a mean of a year lies.

    The row of tolerances.csv.
    """
    return cell(record, "tolerances", "year", "value")


@fact(unit="°C difference", decimals=2)
def reach_of_year(warming_known: float, year_uncertainty: float) -> float:
    """The upper end of the article’s year above the older base.

    The figure plus the uncertainty of a year.
    """
    return round(warming_known + year_uncertainty, 2)


@fact(unit="°C difference", decimals=2)
def reach_of_before(warming_before: float, year_uncertainty: float) -> float:
    """The upper end of the warmest year before it.

    The figure plus the uncertainty of a year.
    """
    return round(warming_before + year_uncertainty, 2)


@fact(unit="percent")
def halfway_share(warming_known: float, pliocene_warmth: float) -> float:
    """The warming as a share of that of the Pliocene.

    The year above the older base, divided by the article’s figure of the Pliocene.
    """
    return 100 * warming_known / pliocene_warmth


@fact(unit="percentage points")
def halfway_tolerance(record: Record) -> Traced:
    """How far from half “halfway” may lie.

    The row of tolerances.csv.
    """
    return cell(record, "tolerances", "halfway", "value")


@fact(unit="years")
def years_tolerance(record: Record) -> Traced:
    """How far from the count a round number of years may lie.

    The row of tolerances.csv.
    """
    return cell(record, "tolerances", "years", "value")


# ---- what is shown


@table("editions")
def editions_table(record: Record, facts: Ledger) -> Table:
    """Return, by edition, what the article’s year and the one before it came out as."""
    year = facts.require("article_year").value
    frame = some(of_year(record, year)).set_index("edition")
    before = of_year(record, year - 1).set_index("edition")
    rows: list[Row] = []
    for day, row in frame.iterrows():
        value, other = row["annual_c"], before.at[day, "annual_c"]
        cells = (
            day_text(day.date()),
            number_text(value, 2),
            number_text(value + facts.require("offset").value, 2),
            number_text(other, 2),
            signed_text(value - other, 2),
            tables.cite(record, row["source_id"]),
        )
        rows.append((f"gistemp_annual:{day:%Y-%m-%d}", cells))
    return Table(
        facts.join("{article_year} in NASA’s table by edition, in °C"),
        (
            Column("Edition", width=1.5),
            Column(f"Above {facts.text('base_years')}", "right"),
            Column(f"Above {facts.text('old_base_years')}", "right", width=1.2),
            Column("The year before", "right"),
            Column("Difference", "right"),
            Column("Source", width=0.6),
        ),
        tuple(rows),
        note=facts.join(
            "Means of the year as NASA prints them. Above {old_base_years}: with the offset of "
            "{offset:own} that the article implies."
        ),
    )


@figure("editions")
def editions_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the year’s mean in each edition, those unlike the article’s set off."""
    year, anomaly = (facts.require(id).value for id in ("article_year", "anomaly_celsius"))
    frame = some(of_year(record, year))
    same = _as_in_article(record, year, anomaly)
    other = frame.drop(same.index)
    canvas, ax = charts.canvas(1.9)
    canvas.subplots_adjust(left=0.08, right=0.985, bottom=0.2, top=0.9)
    style = {"color": COLOURS["rule"], "linewidth": 1.2, "drawstyle": "steps-post", "zorder": 1}
    ax.plot(frame["edition"], frame["annual_c"], **style)
    for part, colour, gid in ((same, "main", "same"), (other, "article", "other")):
        dots = {"linestyle": "none", "marker": "o", "markersize": 6, "color": COLOURS[colour]}
        ax.plot(part["edition"], part["annual_c"], gid=f"data-{gid}", zorder=2, **dots)
    ax.axhline(anomaly, color=COLOURS["article"], linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
    middle = {"va": "bottom", "fontsize": 8.5, "color": COLOURS["article"], "ha": "right"}
    ax.text(frame["edition"].iloc[-1], anomaly - 0.0035, "the article’s figure", **middle)
    ax.set_ylim(anomaly - 0.006, max(frame["annual_c"].max(), anomaly + 0.01) + 0.004)
    ax.set_yticks(
        [anomaly, anomaly + 0.01], [number_text(anomaly, 2), number_text(anomaly + 0.01, 2)]
    )
    month_axis(ax, frame["edition"])
    return Drawing(
        canvas,
        title=facts.join(
            "In {annual_editions_same:n} of {annual_editions} {article_year} came out as "
            "{anomaly_celsius:own}, in {annual_editions_other:n} as {annual_other:own}"
        )
        or facts.join("In all {annual_editions} {article_year} came out as {anomaly_celsius:own}"),
        subtitle=facts.join(
            "NASA’s mean of {article_year} above {base_years}, °C, by the day of the edition"
        ),
        alt=facts.plain_join(
            "Dots by edition from {annual_edition_first} to {annual_edition_newest}, on levels "
            "a hundredth of a degree Celsius apart.",
            "{annual_editions_same:N} of {annual_editions} lie at {anomaly_celsius:own}, the "
            "article’s figure.",
            "{annual_editions_other:N} lie at {annual_other:own}, the first of them of "
            "{annual_other_first}, the last of {annual_other_last}.",
        ),
        shown={
            "same": _points(same),
            "other": _points(other),
        },
        sources=record.cites(*frame["source_id"]),
        quoted=tuple(frame.index),
    )


def _points(frame: pd.DataFrame) -> list[tuple[float, float]]:
    return list(zip(mdates.date2num(frame["edition"]), frame["annual_c"], strict=True))


def month_axis(ax, days: pd.Series, step: str = "QS") -> None:
    """Set an axis of days with a tick at each first of a quarter, or by another step."""
    first, last = days.min(), days.max()
    months = pd.date_range(first.replace(day=1), last + pd.Timedelta(days=31), freq=step)
    ax.set_xlim(first - pd.Timedelta(days=20), last + pd.Timedelta(days=20))
    inside = [m for m in months if first - pd.Timedelta(days=20) <= m <= last + pd.Timedelta(20)]
    ax.set_xticks([mdates.date2num(m) for m in inside], [f"{m:%b %Y}" for m in inside])
