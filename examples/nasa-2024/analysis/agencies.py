"""The year as the agencies published it, and as their tables have it, above the same base."""

from typing import Any

import pandas as pd

from analysis.streak import OTHERS
from dossier.data.known import NotKnown, Record
from dossier.facts.ledger import Ledger, WatchedFacts
from dossier.facts.trace import Traced, count, only, some, traced
from dossier.registry import fact, figure, table
from dossier.show import charts, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Column, Row, Table
from dossier.text.dates import day_text
from dossier.text.numbers import number_text
from dossier.text.words import listed

MEAN = "annual mean"
JOINT = "WMO6"
"""The row that is no dataset, but the mean of six."""


def published(record: Record, year: int, base: str) -> pd.DataFrame:
    """Return the year’s means above the older base as the agencies published them on the day."""
    frame = record.agencies_published
    frame = frame[(frame["year"] == year) & (frame["quantity"] == MEAN) & (frame["base"] == base)]
    return frame[frame["published"] == pd.Timestamp(record.article_day)]


def of_datasets(record: Record, year: int, base: str) -> pd.DataFrame:
    """Return those of them that are of a dataset, the lowest first."""
    frame = published(record, year, base)
    return some(frame[frame["dataset"] != JOINT]).sort_values("value_c")


# ---- facts: as published


@fact(unit="datasets")
def published_count(record: Record, article_year: int, old_base_years: str) -> Traced:
    """Datasets of which a mean of the year was published on the article’s day.

    Count the annual means of the year above the older base, without that of the WMO.
    """
    return count(of_datasets(record, article_year, old_base_years))


def _below(record: Record, year: int, base: str, limit: float) -> pd.DataFrame:
    frame = of_datasets(record, year, base)
    return frame[frame["value_c"] < limit]


@fact(unit="datasets")
def published_below_count(
    record: Record, article_year: int, old_base_years: str, paris_limit: float
) -> Traced:
    """Datasets below the threshold.

    Count those whose mean is below it.
    """
    frame = of_datasets(record, article_year, old_base_years)
    return count(_below(record, article_year, old_base_years, paris_limit), of=frame)


@fact(unit="text")
def published_below_names(
    record: Record, article_year: int, old_base_years: str, paris_limit: float
) -> Traced:
    """Their names.

    Those whose mean is below the threshold, the lowest first.
    """
    frame = some(_below(record, article_year, old_base_years, paris_limit))
    return traced(listed(frame["published_as"]), frame)


@fact(
    unit="°C difference",
    decimals=2,
    name="published_{end}",
    over={"end": ["lowest", "highest"]},
)
def published_end(record: Record, article_year: int, old_base_years: str, end: str) -> Traced:
    """The {end} of the means that were published.

    By their values.
    """
    frame = of_datasets(record, article_year, old_base_years)
    return only(frame.iloc[:1] if end == "lowest" else frame.iloc[-1:], "value_c")


@fact(unit="text", name="published_{end}_name", over={"end": ["lowest", "highest"]})
def published_end_name(record: Record, article_year: int, old_base_years: str, end: str) -> Traced:
    """Dataset of the {end} of the means that were published.

    By their values.
    """
    frame = of_datasets(record, article_year, old_base_years)
    return only(frame.iloc[:1] if end == "lowest" else frame.iloc[-1:], "published_as")


def _joint(record: Record, year: int, base: str) -> pd.DataFrame:
    frame = published(record, year, base)
    return frame[frame["dataset"] == JOINT]


@fact(unit="°C difference", decimals=2)
def wmo_mean(record: Record, article_year: int, old_base_years: str) -> Traced:
    """Mean of the six datasets, as the WMO published it.

    The row of agencies_published.csv.
    """
    return only(_joint(record, article_year, old_base_years), "value_c")


@fact(unit="°C difference", decimals=2)
def wmo_uncertainty(record: Record, article_year: int, old_base_years: str) -> Traced:
    """Its uncertainty.

    The row of agencies_published.csv.
    """
    return only(_joint(record, article_year, old_base_years), "uncertainty")


def _later(record: Record, dataset: str, year: int) -> pd.DataFrame:
    """Return a joint mean that was published after the article’s day."""
    frame = record.agencies_published
    return frame[(frame["dataset"] == dataset) & (frame["year"] == year)]


@fact(unit="°C difference", decimals=2)
def igcc_mean(record: Record, article_year: int) -> Traced:
    """Mean of the year from four datasets, as Indicators of Global Climate Change has it.

    The row of agencies_published.csv.
    """
    return only(_later(record, "IGCC4", article_year), "value_c")


@fact(unit="°C difference", decimals=2)
def wmo_mean_after(record: Record, article_year: int) -> Traced:
    """Mean of the year after, as the WMO published it from eight datasets.

    The row of agencies_published.csv.
    """
    return only(_later(record, "WMO8", article_year + 1), "value_c")


@fact(unit="°C difference", decimals=2, name="published_of_{dataset}", over={"dataset": OTHERS})
def published_of(record: Record, article_year: int, old_base_years: str, dataset: str) -> Traced:
    """Mean of the year as published: {dataset}.

    The row of agencies_published.csv.
    """
    frame = published(record, article_year, old_base_years)
    return only(frame[frame["dataset"].str.lower() == dataset], "value_c")


# ---- facts: as computed from the tables


def computed(record: Record, dataset: str, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the row of a year in a dataset’s newest table of years, and that of its base."""
    years, bases = record.agencies_annual, record.agencies_baselines
    years = years[(years["dataset"].str.lower() == dataset) & (years["year"] == year)]
    bases = bases[bases["dataset"].str.lower() == dataset]
    both = some(years[years["edition"].isin(bases["edition"])])
    edition = both["edition"].max()
    return both[both["edition"] == edition], bases[bases["edition"] == edition]


def _over_base(record: Record, dataset: str, year: int) -> Traced:
    own, base = computed(record, dataset, year)
    value = own["anomaly_c"].iloc[0] - base["mean_1850_1900"].iloc[0]
    return traced(round(float(value), 4), own, base)


@fact(unit="°C difference", decimals=2, name="year_in_{dataset}", over={"dataset": OTHERS})
def year_in(record: Record, article_year: int, dataset: str) -> Traced:
    """Mean of the article’s year from the table of years: {dataset}.

    The anomaly less the dataset’s own mean of 1850-1900, in its newest edition with both.
    """
    return _over_base(record, dataset, article_year)


@fact(unit="°C difference", decimals=2, name="before_in_{dataset}", over={"dataset": OTHERS})
def before_in(record: Record, article_year: int, dataset: str) -> Traced:
    """Mean of the year before from the table of years: {dataset}.

    The anomaly less the dataset’s own mean of 1850-1900, in its newest edition with both.
    """
    return _over_base(record, dataset, article_year - 1)


@fact(unit="text")
def before_above_names(
    record: Record, facts: WatchedFacts, article_year: int, paris_limit: float
) -> Traced:
    """Datasets in which the year before was above the threshold.

    Those whose mean of it, from the table of years, exceeds the threshold.
    """
    found = []
    for dataset in OTHERS:
        try:
            value = facts.value(f"before_in_{dataset}")
        except NotKnown:
            continue
        if value > paris_limit:
            found.append(dataset)
    rows = record.datasets[record.datasets["dataset"].str.lower().isin(found)]
    return traced(listed(some(rows)["name"]), rows)


# ---- what is shown


@table("agencies")
def agencies_table(record: Record, facts: Ledger) -> Table:
    """Return, by dataset, the year as published and as its newest table of years has it."""
    year, base = (facts.require(i).value for i in ("article_year", "old_base_years"))
    rows: list[Row] = []
    for row in of_datasets(record, year, base).to_dict("records"):
        dataset = row["dataset"].lower()
        cells = (
            row["published_as"],
            number_text(row["value_c"], 2) + _pm(row["uncertainty"]),
            *_computed_cells(record, facts, dataset),
            tables.cite(record, row["source_id"], *_computed_sources(record, dataset, year)),
        )
        rows.append((f"agencies_published:{row['dataset']}/{year}/{MEAN}", cells))
    return Table(
        facts.join("{article_year} above {old_base_years} by dataset, °C"),
        (
            Column("Dataset", width=1.8),
            Column("As published", "right"),
            Column("By its table of years", "right", width=1.3),
            Column("The year before", "right", width=1.1),
            Column("Edition", width=1.2),
            Column("Sources", width=1.1),
        ),
        tuple(rows),
        note=facts.join(
            "From the tables of years: the anomaly less the dataset’s own mean of "
            "{old_base_years}; NASA’s with the offset of {offset:own}."
        ),
    )


def _pm(uncertainty: Any) -> str:
    return "" if pd.isna(uncertainty) else f" ± {number_text(uncertainty, 2)}"


def _computed_cells(record: Record, facts: Ledger, dataset: str) -> tuple[str, str, str]:
    """Return the article’s year, the one before, and the edition, or dashes."""
    if dataset == "gistemp" and facts.known("warming_newest"):
        pair = [facts.require(i).value for i in ("warming_newest", "warming_before")]
        day = facts.require("annual_edition_newest").value
    elif dataset in OTHERS and facts.known(f"year_in_{dataset}"):
        pair = [facts.require(f"{i}_in_{dataset}").value for i in ("year", "before")]
        own, _ = computed(record, dataset, facts.require("article_year").value)
        day = own["edition"].iloc[0].date()
    else:
        return "–", "–", "–"
    return number_text(pair[0], 2), number_text(pair[1], 2), day_text(day)


def _computed_sources(record: Record, dataset: str, year: int) -> list[str]:
    try:
        own, base = computed(record, dataset, year)
    except NotKnown:
        return []
    return [own["source_id"].iloc[0], base["source_id"].iloc[0]]


@figure("agencies")
def agencies_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the year as published by each agency, with its uncertainty, and the threshold."""
    year, base, limit = (
        facts.require(i).value for i in ("article_year", "old_base_years", "paris_limit")
    )
    frame = pd.concat([of_datasets(record, year, base), _joint(record, year, base)])
    canvas, ax = charts.canvas(0.4 + 0.24 * len(frame))
    canvas.subplots_adjust(left=0.27, right=0.9, bottom=0.16, top=0.98)
    for y, row in enumerate(frame.to_dict("records")):
        colour = COLOURS["main" if row["value_c"] > limit else "article"]
        if pd.notna(row["uncertainty"]):
            ends = [row["value_c"] - row["uncertainty"], row["value_c"] + row["uncertainty"]]
            ax.plot(ends, [y, y], color=colour, linewidth=1.2, alpha=0.6, zorder=1)
        ax.plot([row["value_c"]], [y], "o", color=colour, markersize=6, zorder=2)
        style = {"va": "center", "fontsize": 9, "color": colour, "fontweight": "semibold"}
        label = number_text(row["value_c"], 2)
        ax.text(1.02, y, label, transform=ax.get_yaxis_transform(), **style)
    ax.plot(frame["value_c"], range(len(frame)), linestyle="none", gid="data-published")
    ax.axvline(limit, color=COLOURS["muted"], linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
    ax.set_yticks(range(len(frame)), list(frame["published_as"]))
    ax.tick_params(axis="y", length=0, labelcolor=COLOURS["ink"])
    ax.spines["left"].set_visible(False)
    ax.set_ylim(len(frame) - 0.5, -0.5)
    ax.set_xlim(1.36, 1.74)
    ax.set_xticks([1.4, 1.5, 1.6, 1.7])
    return Drawing(
        canvas,
        title=facts.join(
            "{published_below_count:N} of {published_count} put {article_year} below "
            "{paris_limit:own}, NASA’s among them"
        ),
        subtitle=facts.join(
            "{article_year} above {old_base_years}, °C, as published on {article_day}; lines: the "
            "uncertainty, where one was read"
        ),
        alt=facts.plain_join(
            "A dot by dataset, from {published_lowest} for {published_lowest_name} to "
            "{published_highest} for {published_highest_name}.",
            "{published_below_count:N} of {published_count} lie below the threshold of "
            "{paris_limit}; the mean of the WMO is {wmo_mean}.",
        ),
        shown={"published": [(v, float(n)) for n, v in enumerate(frame["value_c"])]},
        sources=record.cites(*frame["source_id"]),
        quoted=tuple(frame.index),
    )
