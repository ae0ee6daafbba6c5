"""Record months and how long they follow one another, in NASA’s table and in other datasets."""

import datetime
import itertools
import math

import matplotlib.dates as mdates
import numpy as np
import pandas as pd

from analysis import editions
from analysis.article import article_months, number
from dossier.data.known import NotKnown, Record
from dossier.facts.ledger import Ledger, WatchedFacts
from dossier.facts.trace import Traced, some, traced
from dossier.registry import fact, figure, table
from dossier.show import charts, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Column, Row, Table
from dossier.text.dates import day_text
from dossier.text.numbers import number_text, signed_text
from dossier.text.words import MONTHS, listed

Day = datetime.date  # of which a Timestamp is one

COUNTED_FROM = 1890
"""Runs are looked for from this year on: before it a month has few earlier ones to exceed."""
KEPT_FROM = 2014
"""Tables of which earlier months are not kept here begin with this year."""
OTHERS = ["noaaglobaltemp", "hadcrut5", "era5", "berkeleyearth"]
"""Datasets other than NASA’s, by their keys in small letters."""


# ---- record months


def margins(frame: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    """Return months in order of time, each with its margin over the warmest earlier of its name.

    Columns ``value``, ``margin``, ``exceeded`` (the row of that earlier month; both missing where
    there is no earlier year) and ``number`` (of the calendar month) are added.
    """
    frame = frame.assign(value=values).sort_values(["year", "month"])
    best: dict[int, tuple[float, str]] = {}
    margin, exceeded = [], []
    for row, month, value in zip(frame.index, frame["month"], frame["value"], strict=True):
        before = best.get(month)
        margin.append(value - before[0] if before else math.nan)
        exceeded.append(before[1] if before else "")
        if before is None or value > before[0]:
            best[month] = (value, row)
    months = number(frame["year"], frame["month"])
    return frame.assign(margin=margin, exceeded=exceeded, number=months)


def nasa(record: Record, edition: Day) -> pd.DataFrame:
    """Return the months of NASA’s edition with their margins in hundredths of a degree."""
    frame = some(editions.months_of(record, edition))
    return margins(frame, editions.hundredths(frame["anomaly_c"]))


def other_months(record: Record, dataset: str) -> pd.DataFrame:
    """Return another dataset’s months, of its newest edition that reaches back the furthest."""
    frame = record.agencies_monthly
    frame = some(frame[frame["dataset"].str.lower() == dataset])
    begins = frame.groupby("edition")["year"].min()
    longest = begins[begins == begins.min()].index.max()
    return frame[frame["edition"] == longest]


def other(record: Record, dataset: str) -> pd.DataFrame:
    """Return another dataset’s months with their margins in degrees, as its file has them."""
    frame = other_months(record, dataset)
    return margins(frame, frame["anomaly_c"])


def runs(marked: pd.DataFrame, ties: bool = False) -> list[pd.DataFrame]:
    """Return the runs of record months, the longest first; of equal ones the earlier.

    A month is a record if it is warmer than every earlier one of its name; with ``ties`` if none
    was warmer.
    """
    part, group = _marked_runs(marked, ties)
    begins = [0, *np.flatnonzero(np.diff(group.to_numpy(dtype=int))) + 1, len(part)]
    found = (part.iloc[first:last] for first, last in itertools.pairwise(begins) if last > first)
    return sorted(found, key=len, reverse=True)


def _marked_runs(marked: pd.DataFrame, ties: bool) -> tuple[pd.DataFrame, pd.Series]:
    """Return the record months in order, and for each a number that those of its run share."""
    kept = marked["margin"] >= 0 if ties else marked["margin"] > 0
    part = marked[kept & (marked["year"] >= COUNTED_FROM)].sort_values("number")
    return part, part["number"] - pd.Series(range(len(part)), index=part.index)


def run_of(marked: pd.DataFrame, month: Day, ties: bool = False) -> pd.DataFrame:
    """Return the run that holds a month; raise NotKnown where it is no record."""
    part, group = _marked_runs(marked, ties)
    own = group[part["number"] == number(month.year, month.month)]
    if own.empty:
        raise NotKnown(f"a run with {month}")
    return part[group == own.iloc[0]]


def evidence(marked: pd.DataFrame, run: pd.DataFrame) -> pd.DataFrame:
    """Return what a run rests on: its months, the two beside it, and what each had to exceed."""
    first, last = run["number"].min(), run["number"].max()
    rows = marked[marked["number"].between(first - 1, last + 1)]
    return pd.concat([rows, exceeded(marked, rows)])


def exceeded(marked: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return for each row that of the warmest earlier month of the same name."""
    return marked.loc[[row for row in rows["exceeded"] if row]]


def within(marked: pd.DataFrame, first: Day, last: Day) -> pd.DataFrame:
    """Return the months of a span; raise NotKnown where some are missing."""
    low, high = number(first.year, first.month), number(last.year, last.month)
    frame = marked[marked["number"].between(low, high)]
    if len(frame) < high - low + 1:
        raise NotKnown("the whole span")
    return frame


def middle(article_year: int) -> Day:
    """Return December of the year before the article’s: the run that holds it is the streak."""
    return datetime.date(article_year - 1, 12, 1)


def _month(row: pd.Series) -> Day:
    return datetime.date(int(row["year"]), int(row["month"]), 1)


# ---- facts: the streak in three editions of NASA’s table


def _streak(record: Record, facts: WatchedFacts, which: str, ties: bool = False) -> pd.DataFrame:
    marked = nasa(record, facts.value(f"edition_{which}"))
    return run_of(marked, middle(facts.value("article_year")), ties)


def _of_streak(
    value: object, record: Record, facts: WatchedFacts, which: str, run: pd.DataFrame
) -> Traced:
    return traced(value, evidence(nasa(record, facts.value(f"edition_{which}")), run))


@fact(unit="months", name="streak_{which}", over={"which": list(editions.WHICH)})
def streak(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Record months in a row, edition: {which}.

    The run of months, each warmer than every earlier one of its name, that holds December of the
    year before the article’s.
    """
    run = _streak(record, facts, which)
    return _of_streak(len(run), record, facts, which, run)


@fact(unit="months", name="streak_ties_{which}", over={"which": list(editions.WHICH)})
def streak_with_ties(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """The same run, with months that only equal an earlier one, edition: {which}.

    As the streak, where a month counts if no earlier one of its name was warmer.
    """
    run = _streak(record, facts, which, ties=True)
    return _of_streak(len(run), record, facts, which, run)


@fact(
    unit="date", precision="month", name="streak_from_{which}", over={"which": list(editions.WHICH)}
)
def streak_from(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """First month of the streak, edition: {which}.

    The first of the run.
    """
    run = _streak(record, facts, which)
    return _of_streak(_month(run.iloc[0]), record, facts, which, run)


@fact(
    unit="date", precision="month", name="streak_to_{which}", over={"which": list(editions.WHICH)}
)
def streak_to(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Last month of the streak, edition: {which}.

    The last of the run.
    """
    run = _streak(record, facts, which)
    return _of_streak(_month(run.iloc[-1]), record, facts, which, run)


def _span(record: Record, facts: WatchedFacts, which: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the months of the article’s streak, and what each had to exceed."""
    marked = nasa(record, facts.value(f"edition_{which}"))
    span = within(marked, facts.value("span_from"), facts.value("span_to"))
    return span, evidence(marked, span)


ENDS = {"narrow": "the narrowest", "wide": "the widest"}


def _end(span: pd.DataFrame, end: str) -> pd.Series:
    at = span["margin"].idxmin() if end == "narrow" else span["margin"].idxmax()
    return span.loc[at]


@fact(
    unit="°C difference",
    decimals=2,
    name="{end}_margin_{which}",
    over={"end": list(ENDS), "which": list(editions.WHICH)},
)
def end_margin(record: Record, facts: WatchedFacts, end: str, which: str) -> Traced:
    """Margin of a month of the article’s streak over the warmest earlier one: {end}, {which}.

    The smallest (narrow) or largest (wide) of the fifteen, in the edition: {which}.
    """
    span, rows = _span(record, facts, which)
    return traced(float(_end(span, end)["margin"]) / 100, rows)


@fact(
    unit="date",
    precision="month",
    name="{end}_month_{which}",
    over={"end": list(ENDS), "which": list(editions.WHICH)},
)
def end_month(record: Record, facts: WatchedFacts, end: str, which: str) -> Traced:
    """Month of the {end} margin of the article’s streak, {which}.

    Of several with that margin the first, in the edition: {which}.
    """
    span, rows = _span(record, facts, which)
    return traced(_month(_end(span, end)), rows)


def _span_names(record: Record) -> list[str]:
    first, last = article_months(record)
    days = pd.date_range(first, last, freq="MS")
    return [f"{day:%Y_%m}" for day in days]


@fact(unit="°C difference", decimals=2, name="margin_{month}", over={"month": _span_names})
def margin(record: Record, facts: WatchedFacts, month: str) -> Traced:
    """Margin of a month of the article’s streak, newest edition: {month}.

    The month less the warmest earlier one of its name.
    """
    marked = nasa(record, facts.value("edition_newest"))
    year, number_of = map(int, month.split("_"))
    row = some(marked[marked["number"] == number(year, number_of)])
    return traced(float(row["margin"].iloc[0]) / 100, row, exceeded(marked, row))


@fact(unit="months", name="other_streak_{which}", over={"which": list(editions.WHICH)})
def other_streak(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Longest other run of record months, edition: {which}.

    Of all runs of the edition from 1890 on, the longest that is not the streak.
    """
    run, rows = _longest_other(record, facts, which)
    return traced(len(run), rows)


def _longest_other(
    record: Record, facts: WatchedFacts, which: str, ties: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    marked = nasa(record, facts.value(f"edition_{which}"))
    return _other_run(marked, middle(facts.value("article_year")), ties)


def _other_run(
    marked: pd.DataFrame, month: Day, ties: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the longest run that does not hold a month, and what it rests on."""
    wanted = number(month.year, month.month)
    others = (run for run in runs(marked, ties) if not run["number"].eq(wanted).any())
    if (run := next(others, None)) is None:
        raise NotKnown("another run")
    return run, evidence(marked, run)


@fact(unit="months", name="other_ties_{which}", over={"which": list(editions.WHICH)})
def other_with_ties(record: Record, facts: WatchedFacts, which: str) -> Traced:
    """Longest other run, ties counted, edition: {which}.

    As the longest other run, where a month counts if no earlier one of its name was warmer.
    """
    run, rows = _longest_other(record, facts, which, ties=True)
    return traced(len(run), rows)


@fact(
    unit="date",
    precision="month",
    name="other_{end}_{which}",
    over={"end": ["from", "to"], "which": list(editions.WHICH)},
)
def other_ends(record: Record, facts: WatchedFacts, end: str, which: str) -> Traced:
    """The longest other run: {end}, edition: {which}.

    Its first or its last month.
    """
    run, rows = _longest_other(record, facts, which)
    return traced(_month(run.iloc[0 if end == "from" else -1]), rows)


# ---- facts: the streak in every edition


def by_edition(record: Record, facts: WatchedFacts | Ledger) -> pd.DataFrame:
    """Return, for each edition that holds the article’s streak, its length and its margins.

    Columns edition, strict, ties (months), margin (hundredths, of the narrowest month), month.
    """
    year, first, last = (facts.require(i).value for i in ("article_year", "span_from", "span_to"))
    lines = []
    for day in editions.core(record)["edition"]:
        try:
            marked = nasa(record, day)
            span = within(marked, first, last)
            strict, ties = (len(run_of(marked, middle(year), t)) for t in (False, True))
        except NotKnown:
            continue
        narrow = _end(span, "narrow")
        lines.append((day, strict, ties, int(narrow["margin"]), _month(narrow), narrow.name))
    columns = ["edition", "strict", "ties", "margin", "month", "row"]
    return some(pd.DataFrame(lines, columns=columns))


def _all_evidence(record: Record, facts: WatchedFacts, part: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows behind the streak in each edition of a frame by edition."""
    first, last = facts.value("span_from"), facts.value("span_to")
    frames = []
    for day in part["edition"]:
        marked = nasa(record, day)
        frames.append(evidence(marked, within(marked, first, last)))
    core = editions.core(record)
    return [core[core["edition"].isin(part["edition"])], *frames]


@fact(unit="editions")
def streak_editions(record: Record, facts: WatchedFacts) -> Traced:
    """Editions that hold the months of the article’s streak.

    Count those of which the months are kept.
    """
    frame = by_edition(record, facts)
    return traced(len(frame), *_all_evidence(record, facts, frame))


def _holding(frame: pd.DataFrame, months: int, holds: bool) -> pd.DataFrame:
    return frame[(frame["strict"] == months) == holds]


@fact(unit="editions")
def streak_editions_same(record: Record, facts: WatchedFacts, streak_months: int) -> Traced:
    """Editions with the article’s number of record months in a row.

    Count those whose streak is as long.
    """
    frame = by_edition(record, facts)
    part = _holding(frame, streak_months, True)
    return traced(len(part), *_all_evidence(record, facts, frame))


@fact(unit="editions")
def streak_editions_tied(record: Record, facts: WatchedFacts, streak_months: int) -> Traced:
    """Editions in which a tie breaks the row of record months.

    Count those whose streak is as long only where ties count; where there are any.
    """
    frame = by_edition(record, facts)
    part = _holding(frame, streak_months, False)
    part = some(part[part["ties"] == streak_months])
    return traced(len(part), *_all_evidence(record, facts, frame))


@fact(unit="months")
def streak_shortest(record: Record, facts: WatchedFacts, streak_months: int) -> Traced:
    """Shortest streak of any edition.

    The smallest number of record months in a row, where it is not the article’s.
    """
    frame = by_edition(record, facts)
    part = some(_holding(frame, streak_months, False))
    return traced(int(part["strict"].min()), *_all_evidence(record, facts, frame))


@fact(unit="date", name="streak_tied_{end}", over={"end": ["first", "last"]})
def streak_tied(record: Record, facts: WatchedFacts, streak_months: int, end: str) -> Traced:
    """The {end} edition where a tie breaks the streak.

    By the column edition.
    """
    part = some(_holding(by_edition(record, facts), streak_months, False))
    day = part["edition"].iloc[0 if end == "first" else -1]
    chosen = part[part["edition"] == day]
    return traced(day, *_all_evidence(record, facts, chosen))


@fact(unit="date", precision="month")
def tied_month(record: Record, facts: WatchedFacts, streak_tied_first: Day) -> Traced:
    """The month that only equals an earlier one there.

    The month of the narrowest margin in the first edition where a tie breaks the streak.
    """
    marked = nasa(record, streak_tied_first)
    span = within(marked, facts.value("span_from"), facts.value("span_to"))
    return traced(_month(_end(span, "narrow")), evidence(marked, span))


@fact(
    unit="°C difference",
    decimals=2,
    name="{month}_in_{which}",
    over={"month": ["tied", "earlier"], "which": ["tie", "newest"]},
)
def tied_values(
    record: Record, facts: WatchedFacts, tied_month: Day, month: str, which: str
) -> Traced:
    """The {month} month’s anomaly, edition: {which}.

    Of the month of the tie and of the one that it had to exceed, in the first edition with the tie
    and in the newest.
    """
    day = facts.value("streak_tied_first" if which == "tie" else "edition_newest")
    marked = nasa(record, day)
    own = some(marked[marked["number"] == number(tied_month.year, tied_month.month)])
    row = own if month == "tied" else some(exceeded(marked, own))
    return traced(float(row["anomaly_c"].iloc[0]), own, row)


# ---- facts: records since


def _later(record: Record, facts: WatchedFacts) -> tuple[pd.DataFrame, pd.DataFrame]:
    marked = nasa(record, facts.value("edition_newest"))
    last = facts.value("span_to")
    later = marked[marked["number"] > number(last.year, last.month)]
    part = some(later[later["margin"] > 0])
    return part, pd.concat([part, exceeded(marked, part)])


@fact(unit="months")
def later_records(record: Record, facts: WatchedFacts) -> Traced:
    """Record months after the article’s streak, newest edition.

    Count the months after its last that are warmer than every earlier one of their name.
    """
    part, rows = _later(record, facts)
    return traced(len(part), rows)


@fact(unit="text")
def later_record_names(record: Record, facts: WatchedFacts) -> Traced:
    """Their names.

    The months after the streak’s last that are warmer than every earlier one of their name.
    """
    part, rows = _later(record, facts)
    return traced(listed(f"{MONTHS[d.month - 1]} {d.year}" for d in map(_month, _rows(part))), rows)


def _rows(frame: pd.DataFrame) -> list[pd.Series]:
    return [row for _, row in frame.iterrows()]


# ---- facts: the streak in other datasets


def _other_streak(record: Record, facts: WatchedFacts, dataset: str) -> Traced:
    marked = other(record, dataset)
    run = run_of(marked, middle(facts.value("article_year")))
    return traced(len(run), evidence(marked, run), other_months(record, dataset).iloc[:1])


@fact(unit="months", name="streak_of_{dataset}", over={"dataset": OTHERS})
def streak_of(record: Record, facts: WatchedFacts, dataset: str) -> Traced:
    """Record months in a row in another dataset: {dataset}.

    The run of months, each warmer than every earlier one of its name, that holds December of the
    year before the article’s; of the newest edition that reaches back the furthest.
    """
    return _other_streak(record, facts, dataset)


@fact(unit="months", name="other_streak_of_{dataset}", over={"dataset": OTHERS})
def other_streak_of(record: Record, facts: WatchedFacts, dataset: str) -> Traced:
    """Longest other run of record months in another dataset: {dataset}.

    Of all runs of the edition from 1890 on, or from its first year, the longest that is not the
    streak.
    """
    marked = other(record, dataset)
    run, rows = _other_run(marked, middle(facts.value("article_year")))
    return traced(len(run), rows, other_months(record, dataset).iloc[:1])


def _newest_months(record: Record, dataset: str) -> pd.DataFrame:
    frame = record.agencies_monthly
    frame = some(frame[frame["dataset"].str.lower() == dataset])
    return frame[frame["edition"] == frame["edition"].max()]


@fact(unit="months", name="streak_now_of_{dataset}", over={"dataset": OTHERS})
def streak_now_of(record: Record, facts: WatchedFacts, dataset: str) -> Traced:
    """Record months in a row in another dataset, newest edition: {dataset}.

    As the streak, against the years that the edition’s months are kept from.
    """
    frame = _newest_months(record, dataset)
    marked = margins(frame, frame["anomaly_c"])
    run = run_of(marked, middle(facts.value("article_year")))
    return traced(len(run), evidence(marked, run))


def whole(record: Record) -> list[str]:
    """Return the other datasets whose months are kept from before 2014."""
    found = []
    for dataset in OTHERS:
        try:
            begins = other_months(record, dataset)["year"].min()
        except NotKnown:
            continue
        if begins < KEPT_FROM:
            found.append(dataset)
    return found


def _first_months(record: Record) -> list[pd.DataFrame]:
    return [other_months(record, dataset).iloc[:1] for dataset in whole(record)]


@fact(unit="datasets")
def datasets_with_runs(record: Record, edition_newest: Day) -> Traced:
    """Datasets whose months reach back far enough to compare runs, NASA’s among them.

    Count those whose months are kept from before 2014.
    """
    nasa_first = editions.months_of(record, edition_newest).iloc[:1]
    if not whole(record):
        raise NotKnown("another dataset")
    return traced(1 + len(whole(record)), nasa_first, *_first_months(record))


@fact(unit="datasets")
def datasets_unprecedented(record: Record, facts: WatchedFacts) -> Traced:
    """Datasets in which no other run is as long as the streak.

    Count those whose longest other run is shorter.
    """
    facts.value("datasets_with_runs")
    found = facts.value("other_streak_newest") < facts.value("streak_newest")
    for dataset in whole(record):
        own, another = (facts.value(f"{n}_of_{dataset}") for n in ("streak", "other_streak"))
        found += another < own
    return traced(int(found), *_first_months(record))


# ---- what is shown


@table("streak")
def streak_table(record: Record, facts: Ledger) -> Table:
    """Return the months of the article’s streak: anomaly, margin at release and newest."""
    first, last = (facts.require(i).value for i in ("span_from", "span_to"))
    days = [facts.require(f"edition_{w}").value for w in ("at_release", "newest")]
    marked = {day: nasa(record, day) for day in dict.fromkeys(days)}
    spans = {day: within(frame, first, last) for day, frame in marked.items()}
    rows: list[Row] = []
    for row in _rows(spans[days[-1]]):
        cells = [f"{MONTHS[int(row['month']) - 1]} {int(row['year'])}"]
        for day in spans:
            one = spans[day].set_index("number").loc[row["number"]]
            earlier = marked[day].loc[one["exceeded"]]
            cells += [
                number_text(one["anomaly_c"], 2),
                f"{number_text(earlier['anomaly_c'], 2)} ({int(earlier['year'])})",
                signed_text(one["margin"] / 100, 2),
            ]
        rows.append((f"gistemp:{int(row['year'])}/{int(row['month'])}", tuple(cells)))
    heads = [day_text(day) for day in spans]
    columns = [Column("Month", width=1.5)]
    for head in heads:
        columns += [
            Column(f"Edition of {head}", "right", width=1.2),
            Column("Warmest before", "right", width=1.3),
            Column("Margin", "right"),
        ]
    return Table(
        facts.join(
            "The {streak_months} of the article’s streak in NASA’s table, °C above {base_years}"
        ),
        tuple(columns),
        tuple(rows),
        note=tables.sources_line(record, *spans[days[-1]]["source_id"].unique()),
    )


@table("streaks")
def streaks_table(record: Record, facts: Ledger) -> Table:
    """Return the streak by edition: length, length with ties, narrowest margin."""
    rows: list[Row] = []
    for line in by_edition(record, facts).to_dict("records"):
        cells = (
            day_text(line["edition"].date()),
            str(line["strict"]),
            str(line["ties"]),
            f"{MONTHS[line['month'].month - 1]} {line['month'].year}",
            number_text(line["margin"] / 100, 2),
            tables.cite(record, *record.gistemp.loc[[line["row"]], "source_id"]),
        )
        rows.append((f"gistemp:{line['edition']:%Y-%m-%d}", cells))
    return Table(
        facts.join("Record months in a row in each of {streak_editions} of NASA’s table"),
        (
            Column("Edition", width=1.5),
            Column("Months", "right"),
            Column("Ties counted", "right"),
            Column("Narrowest month", width=1.2),
            Column("Margin, °C", "right"),
            Column("Source", width=0.6),
        ),
        tuple(rows),
    )


@table("runs")
def runs_table(record: Record, facts: Ledger) -> Table:
    """Return the streak and the longest other run by dataset."""
    rows: list[Row] = []
    year = facts.require("article_year").value
    frames = {"GISTEMP": nasa(record, facts.require("edition_newest").value)}
    for dataset in OTHERS:
        try:
            frame = other(record, dataset)
        except NotKnown:
            continue
        frames[str(frame["dataset"].iloc[0])] = frame
    names = record.datasets.set_index("dataset")["name"]
    for key, marked in frames.items():
        run, (another, _) = run_of(marked, middle(year)), _other_run(marked, middle(year))
        cells = (
            names[key],
            day_text(marked["edition"].iloc[0].date()),
            str(int(marked["year"].min())),
            str(len(run)),
            _span_text(run),
            str(len(another)),
            _span_text(another),
            tables.cite(record, marked["source_id"].iloc[0]),
        )
        rows.append((tables.key_of(marked), cells))
    return Table(
        "The longest runs of record months by dataset",
        (
            Column("Dataset", width=1.3),
            Column("Edition", width=1.2),
            Column("Kept from", "right", width=0.6),
            Column("Streak", "right", width=0.6),
            Column("When", width=1.5),
            Column("Other", "right", width=0.6),
            Column("When", width=1.5),
            Column("Source", width=0.6),
        ),
        tuple(rows),
        note="A month is a record if it is warmer than every earlier one of its name that is kept.",
    )


def _span_text(run: pd.DataFrame) -> str:
    first, last = _month(run.iloc[0]), _month(run.iloc[-1])
    return f"{first:%b} {first.year} to {last:%b} {last.year}"


@figure("streak")
def streak_figure(record: Record, facts: Ledger) -> Drawing:
    """Return bars of each month’s margin in the newest edition, and the narrowest by edition."""
    span, _ = _span_of(record, facts)
    frame = by_edition(record, facts)
    canvas, (left, right) = charts.canvas(2.5, ncols=2, width_ratios=(1.35, 1))
    canvas.subplots_adjust(left=0.06, right=0.985, bottom=0.17, top=0.86, wspace=0.2)
    flat = {"linewidth": 0, "zorder": 2}
    for n, row in enumerate(_rows(span)):
        narrow = row["margin"] <= 1
        colour = COLOURS["article" if narrow else "main"]
        bar = left.bar(n, row["margin"] / 100, 0.72, color=colour, **flat)[0]
        bar.set_gid(f"data-margin-{int(row['number'])}")
        style = {"ha": "center", "va": "bottom", "fontsize": 7.5}
        label = facts.text(f"margin_{_month(row):%Y_%m}", "n")
        left.text(n, row["margin"] / 100 + 0.005, label, **style)
    marks = [f"{_month(r):%b}"[0] for r in _rows(span)]
    left.set_xticks(range(len(span)), marks)
    left.set_ylim(0, span["margin"].max() / 100 + 0.05)
    left.set_yticks([])
    left.spines["left"].set_visible(False)
    left.tick_params(length=0)
    _name_years(left, span)
    _draw_editions(right, frame)
    for panel, label in (
        (left, "Margin of each month, newest edition"),
        (right, "Margin of the narrowest month, by edition"),
    ):
        style = {"transform": panel.transAxes, "fontweight": "semibold", "va": "bottom"}
        panel.text(0, 1.04, label, fontsize=8.5, **style)
    shown = {f"margin-{int(r['number'])}": [(0.72, r["margin"] / 100)] for r in _rows(span)}
    return Drawing(
        canvas,
        title=facts.join(
            "The {streak_months} hold in {streak_editions_same:n} of {streak_editions}; in "
            "{streak_editions_tied:n} a tie cuts them to {streak_shortest:n}"
        )
        or facts.join("The {streak_months} hold, the narrowest by {narrow_margin_newest:own}"),
        subtitle=facts.join(
            "°C by which each month exceeds the warmest earlier one of its name, NASA’s edition of "
            "{edition_newest}; right: the smallest of them in each edition"
        ),
        alt=facts.plain_join(
            "Left, a bar for each of the {streak_months} from {span_from} to {span_to}: the "
            "narrowest margin is {narrow_margin_newest:own}, in {narrow_month_newest}; the widest "
            "{wide_margin_newest:own}, in {wide_month_newest}.",
            "Right, a dot by edition: the narrowest margin is nought in {streak_editions_tied} of "
            "{streak_editions}.",
        ),
        shown=shown | {"editions": _edition_points(frame)},
        sources=record.cites(*record.gistemp.loc[list(frame["row"]), "source_id"]),
        quoted=tuple(span.index),
    )


def _span_of(record: Record, facts: Ledger) -> tuple[pd.DataFrame, pd.DataFrame]:
    marked = nasa(record, facts.require("edition_newest").value)
    first, last = (facts.require(i).value for i in ("span_from", "span_to"))
    return within(marked, first, last), marked


def _name_years(ax, span: pd.DataFrame) -> None:
    for year in sorted(span["year"].unique()):
        places = [n for n, y in enumerate(span["year"]) if y == year]
        middle_of = sum(places) / len(places)
        ax.text(middle_of, -0.185, str(year), transform=ax.get_xaxis_transform(), ha="center")


def _edition_points(frame: pd.DataFrame) -> list[tuple[float, float]]:
    return list(zip(mdates.date2num(frame["edition"]), frame["margin"] / 100, strict=True))


def _draw_editions(ax, frame: pd.DataFrame) -> None:
    colours = [COLOURS["main" if margin > 0 else "article"] for margin in frame["margin"]]
    places = _edition_points(frame)
    dots = {"s": 34, "color": colours, "zorder": 2, "gid": "data-editions"}
    ax.scatter([x for x, _ in places], [y for _, y in places], **dots)
    ax.axhline(0, color=COLOURS["article"], linewidth=0.8, zorder=0)
    ax.set_ylim(-0.006, 0.026)
    ax.set_yticks([0, 0.01, 0.02], ["tie", "0.01", "0.02"])
    editions.month_axis(ax, frame["edition"], "2QS")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y")
