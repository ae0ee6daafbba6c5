"""The months of the year against the threshold of Paris, by edition, by base, by dataset."""

import datetime

import pandas as pd

from analysis import editions
from analysis.streak import OTHERS
from dossier.data.known import NotKnown, Record
from dossier.facts.ledger import Ledger, WatchedFacts
from dossier.facts.trace import Traced, count, some, traced
from dossier.registry import fact, figure, table
from dossier.show import charts, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Column, Row, Table
from dossier.text.dates import day_text
from dossier.text.numbers import number_text
from dossier.text.words import MONTHS, listed

Day = datetime.date  # of which a Timestamp is one

NEAR_BASE = (1880, 1900)
"""The years of the older base that NASA’s table holds."""
OF_YEAR = 12
"""Months of a year."""


def of_year(record: Record, edition: Day, year: int) -> pd.DataFrame:
    """Return the months of a year in an edition of NASA’s, in order."""
    frame = editions.months_of(record, edition)
    return some(frame[frame["year"] == year])


def above(frame: pd.DataFrame, offset: float, threshold: float) -> pd.DataFrame:
    """Return NASA’s months above a threshold, reckoned in whole hundredths of a degree."""
    value = editions.hundredths(frame["anomaly_c"]) + round(100 * offset)
    return frame[value > round(100 * threshold)]


def _year(record: Record, facts: WatchedFacts, which: str) -> pd.DataFrame:
    return of_year(record, facts.value(f"edition_{which}"), facts.value("article_year"))


@fact(unit="months", name="months_known_{which}", over={"which": list(editions.WHICH)})
def months_known(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Months of the article’s year in NASA’s edition: {which}.

    Count them.
    """
    return count(_year(record, facts, which))


@fact(unit="months", name="months_above_{which}", over={"which": list(editions.WHICH)})
def months_above(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Months above the threshold with the offset that the article implies.

    Count the months whose anomaly plus the offset exceeds the threshold, in whole hundredths.
    """
    frame = _year(record, facts, which)
    part = above(frame, facts.value("offset"), facts.value("paris_limit"))
    return traced(len(part), frame)


@fact(unit="text", name="months_above_names_{which}", over={"which": list(editions.WHICH)})
def months_above_names(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Their names.

    The months whose anomaly plus the offset exceeds the threshold.
    """
    frame = _year(record, facts, which)
    part = some(above(frame, facts.value("offset"), facts.value("paris_limit")))
    return traced(listed(MONTHS[int(month) - 1] for month in part["month"]), frame)


@fact(unit="months", name="months_at_{which}", over={"which": list(editions.WHICH)})
def months_at(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Months exactly at the threshold.

    Count the months whose anomaly plus the offset equals the threshold, in whole hundredths.
    """
    frame = _year(record, facts, which)
    value = editions.hundredths(frame["anomaly_c"]) + round(100 * facts.value("offset"))
    return traced(int((value == round(100 * facts.value("paris_limit"))).sum()), frame)


def _near_base(record: Record, edition: Day) -> pd.DataFrame:
    frame = editions.months_of(record, edition)
    return some(frame[frame["year"].between(*NEAR_BASE)])


@fact(unit="months", name="months_above_near_{which}", over={"which": list(editions.WHICH)})
def months_above_near(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Months above the threshold over the table’s own first decades.

    Count the months that exceed the mean of 1880-1900 of the edition by more than the threshold.
    """
    frame = _year(record, facts, which)
    base = _near_base(record, facts.value(f"edition_{which}"))
    part = frame["anomaly_c"] - base["anomaly_c"].mean() > facts.value("paris_limit")
    return traced(int(part.sum()), frame, base)


@fact(unit="months", name="months_above_by_month_{which}", over={"which": list(editions.WHICH)})
def months_above_by_month(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Months above the threshold over the same month of the first decades.

    Count the months that exceed the mean of their own calendar month in 1880-1900 by more than the
    threshold.
    """
    frame = _year(record, facts, which)
    base = _near_base(record, facts.value(f"edition_{which}"))
    means = base.groupby("month")["anomaly_c"].mean()
    part = frame["anomaly_c"] - frame["month"].map(means) > facts.value("paris_limit")
    return traced(int(part.sum()), frame, base)


@fact(unit="°C difference", decimals=2)
def near_base_offset(record: Record, edition_newest: Day) -> Traced:
    """What the table’s own first decades lie below its base.

    The mean of 1880-1900 of NASA’s newest edition, with the sign turned.
    """
    base = _near_base(record, edition_newest)
    return traced(-float(round(base["anomaly_c"].mean(), 4)), base)


@fact(unit="year", name="near_base_{end}", over={"end": ["from", "to"]})
def near_base_years(record: Record, edition_newest: Day, end: str) -> Traced:
    """Years of those first decades: {end}.

    The years of the older base that NASA’s table holds.
    """
    base = _near_base(record, edition_newest)
    year = base["year"].min() if end == "from" else base["year"].max()
    return traced(int(year), base[base["year"] == year].iloc[:1])


@fact(unit="months")
def months_of_year(record: Record, facts: WatchedFacts, edition_first: Day) -> Traced:
    """Months of the whole year.

    Count the months of the article’s year in the first edition that holds it whole.
    """
    frame = of_year(record, edition_first, facts.value("article_year"))
    if len(frame) != OF_YEAR:
        raise NotKnown("the whole year")
    return count(frame)


@fact(unit="months")
def months_needed(facts: WatchedFacts) -> int:
    """Months that more than half of a year makes.

    More than half of its twelve.
    """
    facts.value("article_year")
    return OF_YEAR // 2 + 1


@fact(
    unit="date", precision="month", name="{end}_of_year_month", over={"end": ["warmest", "coolest"]}
)
def extreme_month(record: Record, facts: WatchedFacts, edition_newest: Day, end: str) -> Traced:
    """The {end} month of the article’s year, newest edition.

    By the anomaly; of several the first.
    """
    frame = of_year(record, edition_newest, facts.value("article_year"))
    values = frame["anomaly_c"]
    row = frame.loc[values.idxmax() if end == "warmest" else values.idxmin()]
    return traced(datetime.date(int(row["year"]), int(row["month"]), 1), frame)


@fact(unit="°C difference", decimals=2, name="{end}_of_year", over={"end": ["warmest", "coolest"]})
def extreme(record: Record, facts: WatchedFacts, edition_newest: Day, end: str) -> Traced:
    """Its anomaly above the older base: {end}.

    The anomaly plus the offset.
    """
    frame = of_year(record, edition_newest, facts.value("article_year"))
    values = frame["anomaly_c"]
    value = values.max() if end == "warmest" else values.min()
    return traced(round(float(value) + facts.value("offset"), 2), frame)


def _by_edition(record: Record, facts: WatchedFacts) -> pd.DataFrame:
    """Return NASA’s months of the whole year above the threshold, by edition, the fewest first."""
    year, offset, limit = (facts.value(i) for i in ("article_year", "offset", "paris_limit"))
    lines = []
    for day in editions.core(record)["edition"]:
        frame = editions.months_of(record, day)
        frame = frame[frame["year"] == year]
        if len(frame) == OF_YEAR:
            lines.append((len(above(frame, offset, limit)), day))
    return some(pd.DataFrame(sorted(lines), columns=["months", "edition"]))


def _year_in_all(record: Record, year: int, days: pd.Series) -> list[pd.DataFrame]:
    """Return the rows of a year, and of the editions, for some editions."""
    months, core = record.gistemp, editions.core(record)
    rows = months[(months["year"] == year) & months["edition"].isin(days)]
    return [core[core["edition"].isin(days)], rows]


@fact(unit="months", name="months_above_{end}", over={"end": ["fewest", "most"]})
def months_above_in_any(record: Record, facts: WatchedFacts, article_year: int, end: str) -> Traced:
    """Months above the threshold in any edition that holds the whole year: {end}.

    Count them in each edition, with the offset that the article implies.
    """
    frame = _by_edition(record, facts)
    value = frame["months"].iloc[0 if end == "fewest" else -1]
    return traced(int(value), *_year_in_all(record, article_year, frame["edition"]))


@fact(unit="date")
def months_above_most_edition(record: Record, facts: WatchedFacts, article_year: int) -> Traced:
    """The edition with the most.

    Of several the last.
    """
    frame = _by_edition(record, facts)
    return traced(frame["edition"].iloc[-1], *_year_in_all(record, article_year, frame["edition"]))


@fact(unit="editions")
def months_editions(record: Record, facts: WatchedFacts, article_year: int) -> Traced:
    """Editions that hold the months of the whole year.

    Count those whose months are kept.
    """
    frame = _by_edition(record, facts)
    return traced(len(frame), *_year_in_all(record, article_year, frame["edition"]))


# ---- by dataset


def with_base(
    record: Record, dataset: str, year: int, oldest: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return another dataset’s months of a year and the row of its older base.

    Of its newest (or oldest) edition with both. Raises NotKnown where there is none.
    """
    months, bases = record.agencies_monthly, record.agencies_baselines
    months = months[(months["dataset"].str.lower() == dataset) & (months["year"] == year)]
    bases = bases[bases["dataset"].str.lower() == dataset]
    both = some(months[months["edition"].isin(bases["edition"])])
    edition = both["edition"].min() if oldest else both["edition"].max()
    return both[both["edition"] == edition], bases[bases["edition"] == edition]


def over_base(months: pd.DataFrame, base: pd.DataFrame) -> pd.Series:
    """Return months above the mean of 1850-1900, in °C."""
    return months["anomaly_c"] - float(base["mean_1850_1900"].iloc[0])


@fact(unit="months", name="months_above_in_{dataset}", over={"dataset": OTHERS})
def months_above_in(record: Record, dataset: str, article_year: int, paris_limit: float) -> Traced:
    """Months of the article’s year above the threshold in another dataset: {dataset}.

    Count the months that exceed the dataset’s mean of 1850-1900 by more than the threshold, in its
    newest edition with both.
    """
    months, base = with_base(record, dataset, article_year)
    part = over_base(months, base) > paris_limit
    return traced(int(part.sum()), months, base)


@fact(unit="months", name="months_above_first_in_{dataset}", over={"dataset": OTHERS})
def months_above_first_in(
    record: Record, dataset: str, article_year: int, paris_limit: float
) -> Traced:
    """Months of the article’s year above the threshold in a dataset’s oldest edition: {dataset}.

    As in its newest edition.
    """
    months, base = with_base(record, dataset, article_year, oldest=True)
    part = over_base(months, base) > paris_limit
    return traced(int(part.sum()), months, base)


@fact(unit="date", name="months_edition_of_{dataset}", over={"dataset": OTHERS})
def months_edition_of(record: Record, dataset: str, article_year: int) -> Traced:
    """Edition of these months: {dataset}.

    The newest with months and the mean of 1850-1900.
    """
    months, base = with_base(record, dataset, article_year)
    return traced(months["edition"].iloc[0], months, base)


def _known_counts(facts: WatchedFacts) -> dict[str, int]:
    """Return the months above the threshold by dataset, NASA’s among them."""
    found = {"gistemp": facts.value("months_above_newest")}
    for dataset in OTHERS:
        try:
            found[dataset] = facts.value(f"months_above_in_{dataset}")
        except NotKnown:
            continue
    if len(found) == 1:
        raise NotKnown("another dataset")
    return found


@fact(unit="datasets")
def datasets_with_months(facts: WatchedFacts) -> int:
    """Datasets whose months of the year are known, NASA’s among them.

    Count those for which months above the threshold can be counted.
    """
    return len(_known_counts(facts))


@fact(unit="datasets")
def datasets_more_than_half(facts: WatchedFacts, months_needed: int) -> int:
    """Datasets with more than half of the year above the threshold.

    Count those with as many months as more than half makes, or more.
    """
    counts = _known_counts(facts)
    return sum(value >= months_needed for value in counts.values())


# ---- what is shown


def _lines(record: Record, facts: Ledger) -> list[tuple[str, pd.DataFrame, pd.Series]]:
    """Return name, months, and anomalies above the older base, of each dataset that is known."""
    year, offset = (facts.require(i).value for i in ("article_year", "offset"))
    own = of_year(record, facts.require("edition_newest").value, year)
    lines = [("GISTEMP", own, own["anomaly_c"] + offset)]
    for dataset in OTHERS:
        try:
            months, base = with_base(record, dataset, year)
        except NotKnown:
            continue
        lines.append((str(months["dataset"].iloc[0]), months, over_base(months, base)))
    names = record.datasets.set_index("dataset")["name"]
    return [(names[key], months, values) for key, months, values in lines]


@figure("months")
def months_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the months of the year by dataset as dots along the degrees, and the threshold."""
    lines, limit = _lines(record, facts), facts.require("paris_limit").value
    canvas, ax = charts.canvas(0.55 + 0.34 * len(lines))
    canvas.subplots_adjust(left=0.17, right=0.86, bottom=0.3 / len(lines) + 0.04, top=0.9)
    shown: dict[str, list[tuple[float, float]]] = {"above": [], "below": []}
    for y, (name, _, values) in enumerate(lines):
        over = values.round(4) > limit
        shown["above"] += [(float(v), float(y)) for v in values[over]]
        shown["below"] += [(float(v), float(y)) for v in values[~over]]
        _count_text(ax, y, name, record, facts)
    for side, colour in (("above", "article"), ("below", "main_pale")):
        style = {"s": 46, "color": COLOURS[colour], "edgecolor": COLOURS["paper"], "zorder": 2}
        xy = list(zip(*shown[side], strict=True)) or [(), ()]
        ax.scatter(*xy, linewidth=0.6, gid=f"data-{side}", **style)
    ax.axvline(limit, color=COLOURS["muted"], linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
    ax.set_yticks(range(len(lines)), [name for name, _, _ in lines])
    ax.tick_params(axis="y", length=0, labelcolor=COLOURS["ink"], labelsize=9)
    ax.set_ylim(len(lines) - 0.5, -0.5)
    ax.spines["left"].set_visible(False)
    style = {"transform": ax.transAxes, "fontsize": 8.5, "color": COLOURS["muted"], "va": "bottom"}
    ax.text(1.02, 1.02, "months above", **style)
    return Drawing(
        canvas,
        title=facts.join(
            "{months_above_newest:N} of {months_known_newest} of {article_year} were more than "
            "{paris_limit:own} above {old_base_years} by NASA’s table"
        ),
        subtitle=facts.join(
            "Each month of {article_year} above {old_base_years}, °C, a dot each, by dataset; the "
            "broken line is {paris_limit:own}"
        ),
        alt=facts.plain_join(
            "A row of dots, one for each month, by dataset.",
            "Above {paris_limit:own} are {months_above_newest:n} of {months_known_newest} by "
            "NASA’s table.",
            "NOAAGlobalTemp has {months_above_in_noaaglobaltemp:n}.",
            "HadCRUT5 has {months_above_in_hadcrut5:n}.",
            "ERA5 has {months_above_in_era5:n}.",
            "Berkeley Earth has {months_above_in_berkeleyearth:n}.",
        ),
        shown=shown,
        sources=record.cites(*(s for _, m, _ in lines for s in m["source_id"].unique())),
        quoted=tuple(row for _, months, _ in lines for row in months.index),
    )


def _count_text(ax, y: int, name: str, record: Record, facts: Ledger) -> None:
    """Write how many months of a dataset lie above, at the right."""
    keys = record.datasets.set_index("name")["dataset"]
    dataset = keys[name].lower()
    own = "months_above_newest" if dataset == "gistemp" else f"months_above_in_{dataset}"
    style = {"transform": ax.get_yaxis_transform(), "va": "center", "fontweight": "semibold"}
    ax.text(1.02, y, facts.text(own, "d"), **style)


@table("months")
def months_table(record: Record, facts: Ledger) -> Table:
    """Return, by dataset, the months above the threshold and the year’s mean."""
    limit = facts.require("paris_limit").value
    rows: list[Row] = []
    for name, months, values in _lines(record, facts):
        part = months[values.round(4) > limit]
        cells = (
            name,
            day_text(months["edition"].iloc[0].date()),
            f"{len(part)} of {len(months)}",
            ", ".join(MONTHS[int(m) - 1][:3] for m in part["month"]) or "–",
            number_text(values.min(), 2),
            number_text(values.max(), 2),
            tables.cite(record, *months["source_id"].unique()),
        )
        rows.append((tables.key_of(months), cells))
    return Table(
        facts.join("Months of {article_year} more than {paris_limit:own} above {old_base_years}"),
        (
            Column("Dataset", width=1.2),
            Column("Edition", width=1.2),
            Column("Months", "right", width=0.7),
            Column("Which", width=2.2),
            Column("Coolest, °C", "right", width=0.8),
            Column("Warmest, °C", "right", width=0.8),
            Column("Source", width=0.5),
        ),
        tuple(rows),
        note=facts.join(
            "NASA’s with the offset of {offset:own}; the others less their own mean of "
            "{old_base_years}; ERA5, which begins later, with one offset for all months."
        ),
    )
