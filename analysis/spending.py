"""Defence expenditure against the target: shares, counts by year and edition, the cross-check."""

import datetime
import re
from collections.abc import Iterable
from typing import Any

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.ticker import MultipleLocator

from dossier.data.known import NotKnown, Record
from dossier.data.schema import DataError
from dossier.data.tables import remembered
from dossier.facts.ledger import Ledger
from dossier.facts.trace import Traced, cell, count, first, last, only, some, traced
from dossier.registry import fact, figure, table
from dossier.show import charts, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Cell, Column, Row, Table
from dossier.text.dates import day_text
from dossier.text.numbers import number_text
from dossier.text.words import listed

TOTAL = "NATO_TOTAL"
"""The key of NATO's own total among the allies' shares."""

Day = datetime.date  # of which a Timestamp is one


def editions(record: Record) -> list[pd.Timestamp]:
    """Return NATO's editions known by the as-of day, oldest first."""
    return sorted(some(record.nato_share_gdp)["edition"].unique())


@remembered
def of_edition(frame: pd.DataFrame, edition: Day) -> pd.DataFrame:
    return frame[frame["edition"] == pd.Timestamp(edition)]


def shares(record: Record, edition: Day) -> pd.DataFrame:
    """Return the allies' shares in an edition, those of members in each year.

    A country counts from the year it joined; in the edition's own last year one counts that was a
    member on the edition's day.
    """
    return _shares(record.nato_share_gdp, record.nato_members, edition)


@remembered
def _shares(every: pd.DataFrame, members: pd.DataFrame, edition: Day) -> pd.DataFrame:
    frame = of_edition(every, edition)
    joined = frame["iso3"].map(members.set_index("iso3")["accession_date"])
    in_year, by_edition = joined.dt.year <= frame["year"], joined <= pd.Timestamp(edition)
    return frame[in_year.where(frame["year"] < frame["year"].max(), by_edition)]


def members_of(record: Record, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the members that a frame of shares holds."""
    return record.nato_members[record.nato_members["iso3"].isin(frame["iso3"])]


def year_of(record: Record, edition: Day, year: int) -> pd.DataFrame:
    """Return the members' shares of a year in an edition."""
    frame = shares(record, edition)
    return frame[frame["year"] == year]


def newest_year_in(record: Record, edition: Day) -> int:
    return int(some(of_edition(record.nato_share_gdp, edition))["year"].max())


def counts(record: Record, threshold: float) -> pd.DataFrame:
    """Return, by edition and year, how many members are at or above and below, and how many blank.

    ``threshold`` is in % of GDP; columns edition, year, at, below, blank.
    """
    frames = []
    for edition in editions(record):
        frame = shares(record, edition)
        value = frame["share_percent"]
        sides = {"at": value >= threshold, "below": value < threshold, "blank": value.isna()}
        counted = frame.assign(**sides).groupby("year")[list(sides)].sum().reset_index()
        frames.append(counted.assign(edition=edition))
    return pd.concat(frames, ignore_index=True)


def announced(record: Record) -> pd.DataFrame:
    """Return the counts at or above the target as announced, oldest announcement first."""
    frame = record.published_claims
    frame = frame[frame["measure"] == "n_allies_ge_2pct"]
    return frame.sort_values(["announced", "year"])


def cross_check(record: Record) -> pd.DataFrame:
    """Return NATO's and SIPRI's shares of the members in SIPRI's year.

    Columns iso3, country, nato, sipri, difference (NATO minus SIPRI); the index holds NATO's rows,
    a column ``sipri_row`` SIPRI's.
    """
    sipri = some(record.sipri_share_gdp_2023)
    nato = year_of(record, editions(record)[0], int(sipri["year"].iloc[0]))
    by_ally = sipri.reset_index(names="sipri_row").set_index("iso3")
    both = nato[["iso3", "country"]].assign(
        nato=nato["share_percent"],
        sipri=nato["iso3"].map(by_ally["share_percent"]),
        sipri_row=nato["iso3"].map(by_ally["sipri_row"]),
    )
    both = some(both.dropna())
    return both.assign(difference=both["nato"] - both["sipri"]).sort_values("difference")


# ---- facts: editions and members


@fact(unit="allies")
def allies_total(record: Record) -> Traced:
    """Allies on the as-of day.

    Count the rows of nato_members.csv by then.
    """
    return count(record.nato_members)


def _edition_row(record: Record, edition: Day) -> pd.DataFrame:
    return of_edition(record.nato_editions, edition)


@fact(unit="date")
def edition_first(record: Record) -> Traced:
    """NATO's first edition known by the as-of day.

    By the column edition.
    """
    row = some(record.nato_editions).sort_values("edition").iloc[:1]
    return only(row, "edition")


@fact(unit="date")
def edition_newest(record: Record) -> Traced:
    """NATO's newest edition known by the as-of day.

    By the column edition.
    """
    row = some(record.nato_editions).sort_values("edition").iloc[-1:]
    return only(row, "edition")


@fact(unit="date")
def edition_revised(edition_first: Day, edition_newest: Day) -> Day:
    """NATO's edition that revises the first.

    The newest, where it is not the first.
    """
    if edition_newest == edition_first:
        raise NotKnown("a revision")
    return edition_newest


@fact(unit="date")
def edition_first_cutoff(record: Record, edition_first: Day) -> Traced:
    """Cut-off day of NATO's first edition known by the as-of day.

    The row's cutoff.
    """
    return only(_edition_row(record, edition_first), "cutoff")


@fact(unit="date")
def edition_newest_cutoff(record: Record, edition_newest: Day) -> Traced:
    """Cut-off day of NATO's newest edition known by the as-of day.

    The row's cutoff.
    """
    return only(_edition_row(record, edition_newest), "cutoff")


@fact(unit="year")
def newest_year(record: Record, edition_newest: Day) -> Traced:
    """Newest year of NATO's newest edition.

    The largest year of the edition.
    """
    frame = some(of_edition(record.nato_share_gdp, edition_newest))
    year = frame["year"].max()
    return traced(int(year), frame[frame["year"] == year].iloc[:1])


@fact(unit="year")
def first_year(record: Record, edition_newest: Day) -> Traced:
    """First year of NATO's newest edition.

    The smallest year of the edition.
    """
    frame = some(of_edition(record.nato_share_gdp, edition_newest))
    year = frame["year"].min()
    return traced(int(year), frame[frame["year"] == year].iloc[:1])


# ---- facts: counts


def _years_of(record: Record, position: int) -> list[int]:
    edition = editions(record)[position]
    return sorted(int(y) for y in shares(record, edition)["year"].unique())


def _years_of_newest(record: Record) -> list[int]:
    return _years_of(record, -1)


def _years_of_first(record: Record) -> list[int]:
    return _years_of(record, 0)


def _last_year_shares(record: Record, edition: Day) -> pd.DataFrame:
    """Return one row of the edition's last year: it decides until when members are counted."""
    frame = of_edition(record.nato_share_gdp, edition)
    return frame[frame["year"] == frame["year"].max()].iloc[:1]


def _count_at(record: Record, edition: Day, year: int, target: float) -> Traced:
    frame = year_of(record, edition, year)
    reached = frame[frame["share_percent"] >= target]
    return count(
        reached,
        members_of(record, frame),
        _last_year_shares(record, edition),
        of=frame,
    )


@fact(unit="allies", name="allies_at_2_percent_{year}", over={"year": _years_of_newest})
def allies_at_target(record: Record, gdp_target: float, edition_newest: Day, year: int) -> Traced:
    """Allies at or above the target in {year}, newest edition.

    Count the members of the year whose share is at or above the target.
    """
    return _count_at(record, edition_newest, year, gdp_target)


@fact(unit="allies", name="allies_at_2_percent_{year}_first", over={"year": _years_of_first})
def allies_at_target_first(
    record: Record, gdp_target: float, edition_first: Day, edition_revised: Day, year: int
) -> Traced:
    """Allies at or above the target in {year}, first edition.

    Count the members of the year whose share is at or above the target, where a later edition
    revises the first.
    """
    return _count_at(record, edition_first, year, gdp_target)


@fact(unit="allies")
def allies_below_2_percent(record: Record, gdp_target: float, edition_newest: Day) -> Traced:
    """Allies below the target in the article's year, newest edition.

    Count the members of the year that are below the target.
    """
    frame = year_of(record, edition_newest, record.article_day.year)
    below = frame[frame["share_percent"] < gdp_target]
    last = _last_year_shares(record, edition_newest)
    return count(below, members_of(record, frame), last, of=frame)


@fact(unit="allies")
def allies_below_first(record: Record, gdp_target: float, edition_first: Day) -> Traced:
    """Allies below the target in the article's year, first edition.

    Count the members of the year that are below the target.
    """
    return allies_below_2_percent(record, gdp_target, edition_first)


def _count_blank(record: Record, edition: Day, year: int) -> Traced:
    frame = year_of(record, edition, year)
    blank = frame[frame["share_percent"].isna()]
    last = _last_year_shares(record, edition)
    return count(blank, members_of(record, frame), last, of=frame)


@fact(unit="allies")
def newest_year_at(
    record: Record, gdp_target: float, edition_newest: Day, newest_year: int
) -> Traced:
    """Allies at or above the target in the newest year.

    Count the members of the year that are at or above the target, where it is after the article's.
    """
    return _count_later(record, edition_newest, newest_year, gdp_target)


def _count_later(record: Record, edition: Day, year: int, target: float) -> Traced:
    """Count the members at or above a target in a year after the article's."""
    if year <= record.article_day.year:
        raise NotKnown("a later year")
    return _count_at(record, edition, year, target)


@fact(unit="allies")
def newest_year_at_core(
    record: Record, pledge_hague_core: float, edition_newest: Day, newest_year: int
) -> Traced:
    """Allies at or above the later target for core defence in the newest year.

    Count the members of the year whose share is at least what The Hague pledged for core defence,
    where the year is after the article's.
    """
    return _count_later(record, edition_newest, newest_year, pledge_hague_core)


@fact(unit="allies")
def newest_year_blank(record: Record, edition_newest: Day, newest_year: int) -> Traced:
    """Allies without a figure in the newest year.

    Count the members of the year that are without a figure, where it is after the article's.
    """
    found = _count_blank(record, edition_newest, newest_year)
    if newest_year <= record.article_day.year or not found.value:
        raise NotKnown("a blank")
    return found


def _fallen(record: Record, target: float, first: Day, newest: Day) -> pd.DataFrame:
    """Return the newest edition's rows of those at the target in the first, and below it now."""
    year = record.article_day.year
    before = year_of(record, first, year)
    reached = before[before["share_percent"] >= target]["iso3"]
    now = year_of(record, newest, year)
    return now[(now["share_percent"] < target) & now["iso3"].isin(reached)]


def _fallen_evidence(record: Record, first: Day, newest: Day) -> list[pd.DataFrame]:
    year = record.article_day.year
    frames = [year_of(record, edition, year) for edition in (first, newest)]
    lasts = [_last_year_shares(record, edition) for edition in (first, newest)]
    return [*frames, *(members_of(record, frame) for frame in frames), *lasts]


@fact(unit="allies")
def allies_fallen(
    record: Record, gdp_target: float, edition_first: Day, edition_revised: Day
) -> Traced:
    """Allies that revisions moved below the target, in the article's year.

    Count the members at or above the target in the first edition and below it in the newest.
    """
    part = _fallen(record, gdp_target, edition_first, edition_revised)
    return count(part, *_fallen_evidence(record, edition_first, edition_revised), of=part)


@fact(unit="text")
def allies_fallen_names(
    record: Record, gdp_target: float, edition_first: Day, edition_revised: Day
) -> Traced:
    """Names of the allies that fell below the target.

    The members at or above the target in the first edition and below it in the newest.
    """
    part = some(_fallen(record, gdp_target, edition_first, edition_revised))
    evidence = _fallen_evidence(record, edition_first, edition_revised)
    return traced(listed(sorted(part["country"])), part, *evidence)


NEAR = 0.06
"""Percentage points: a share so little above the target may fall below it by a revision."""


@fact(unit="allies")
def allies_just_above(
    record: Record, gdp_target: float, edition_newest: Day, newest_year: int
) -> Traced:
    """Allies that stand at the target, or above it by 0.06 percentage points or less.

    Count the members of the newest year whose share is at most 0.06 points above the target.
    """
    frame = year_of(record, edition_newest, newest_year)
    last = _last_year_shares(record, edition_newest)
    return count(_just_above(frame, gdp_target), members_of(record, frame), last, of=frame)


def _just_above(frame: pd.DataFrame, target: float) -> pd.DataFrame:
    above = (frame["share_percent"] - target).round(6)
    return frame[(above >= 0) & (above <= NEAR)]


@fact(unit="text")
def printed_at_target_names(
    record: Record, gdp_target: float, edition_newest: Day, newest_year: int
) -> Traced:
    """Allies whose share is printed as the target itself.

    The members of the newest year whose share in the newest tables equals the target.
    """
    frame = year_of(record, edition_newest, newest_year)
    same = some(frame[(frame["share_percent"] - gdp_target).round(6) == 0])
    last = _last_year_shares(record, edition_newest)
    return traced(listed(same["country"]), same, frame, members_of(record, frame), last)


@fact(unit="percentage points", decimals=2)
def just_above_by(
    record: Record, gdp_target: float, edition_newest: Day, newest_year: int
) -> Traced:
    """By how much the highest of these stands above the target.

    The largest share of the members that stand just above it, less the target.
    """
    frame = year_of(record, edition_newest, newest_year)
    near = some(_just_above(frame, gdp_target))
    last = _last_year_shares(record, edition_newest)
    by = float(near["share_percent"].max() - gdp_target)
    return traced(by, near, frame, members_of(record, frame), last)


@fact(unit="text")
def newest_year_below_names(
    record: Record, gdp_target: float, edition_newest: Day, newest_year: int
) -> Traced:
    """Allies below the target in the newest year.

    The members of the year whose share is below the target.
    """
    frame = year_of(record, edition_newest, newest_year)
    below = some(frame[frame["share_percent"] < gdp_target])
    last = _last_year_shares(record, edition_newest)
    return traced(listed(below["country"]), below, members_of(record, frame), last)


def _said_of_article_year(record: Record) -> pd.DataFrame:
    """Return the counts announced for the article's year, oldest announcement first."""
    said = announced(record)
    return some(said[said["year"] == record.article_day.year])


@fact(unit="allies")
def count_first_announced(record: Record) -> Traced:
    """Allies expected at the target in the article's year, as first announced.

    The oldest row of published_claims.csv for the year.
    """
    return first(_said_of_article_year(record), "value")


@fact(unit="date", precision="month")
def count_first_announced_month(record: Record) -> Traced:
    """Month of that announcement.

    The oldest row of published_claims.csv for the year.
    """
    return first(_said_of_article_year(record), "announced")


@fact(unit="allies")
def count_after_the_year(record: Record) -> Traced:
    """Allies at the target in the article's year, as first announced once it was over.

    The oldest row of published_claims.csv for the year that was announced after it.
    """
    said = _said_of_article_year(record)
    return first(some(said[said["announced"].dt.year > record.article_day.year]), "value")


def _said_of_next_year(record: Record) -> pd.DataFrame:
    """Return the counts announced for the year after the article's, oldest first."""
    said = announced(record)
    return some(said[said["year"] == record.article_day.year + 1])


@fact(unit="year")
def next_year(record: Record) -> Traced:
    """The year after the article’s.

    The year of the newest row of published_claims.csv for it.
    """
    return last(_said_of_next_year(record), "year")


@fact(unit="allies")
def count_next_year(record: Record) -> Traced:
    """Allies at the target in the year after the article’s, as last announced.

    The newest row of published_claims.csv for the year.
    """
    return last(_said_of_next_year(record), "value")


@fact(unit="date")
def count_next_year_day(record: Record) -> Traced:
    """Day of that announcement.

    The newest row of published_claims.csv for the year.
    """
    return last(_said_of_next_year(record), "announced")


@fact(unit="allies")
def count_second_edition(record: Record, gdp_target: float) -> Traced:
    """Allies at or above the target in the article's year, NATO's second edition.

    Count the members of the year whose share is at or above the target, where a third edition
    revises the second.
    """
    known = editions(record)
    if len(known) < 3:
        raise NotKnown("a third edition")
    found = _count_at(record, known[1], record.article_day.year, gdp_target)
    lasts = [row for e in known for row in _last_year_shares(record, e).index]
    return Traced(found.value, tuple(dict.fromkeys([*found.rows, *lasts])))


SIDES = {"united_states": "USA", "others": "NATO_EUR_CAN"}
"""NATO's aggregates: the United States, and its allies in Europe with Canada."""


def _totals(record: Record, edition: Day, side: str) -> pd.DataFrame:
    """Return NATO's totals of a side in an edition, in current prices, by year."""
    frame = of_edition(record.nato_totals, edition)
    side_rows = frame[(frame["aggregate"] == SIDES[side]) & (frame["prices"] == "current")]
    return side_rows[side_rows["unit"] == "million USD"].sort_values("year")


@fact(unit="USD bn", name="spending_{side}", over={"side": SIDES})
def spending_of_side(record: Record, edition_newest: Day, side: str) -> Traced:
    """Defence expenditure in the newest year: {side}.

    NATO's own total of its newest edition, in current prices, in billions.
    """
    row = some(_totals(record, edition_newest, side)).iloc[-1:]
    return traced(float(row["value"].iloc[0]) / 1000, row, columns=["value"])


@fact(unit="percent")
def spending_share_of_others(spending_united_states: float, spending_others: float) -> float:
    """Share of Europe and Canada in the Alliance's expenditure, newest year.

    Europe and Canada in percent of both sides together.
    """
    return 100 * spending_others / (spending_others + spending_united_states)


@fact(unit="percent")
def spending_share_of_united_states(spending_share_of_others: float) -> float:
    """Share of the United States in the Alliance's expenditure, newest year.

    What Europe and Canada leave of the whole.
    """
    return 100 - spending_share_of_others


@fact(unit="percent of GDP", decimals=2)
def nato_total_share(record: Record, edition_newest: Day) -> Traced:
    """NATO's own total, newest year.

    The row NATO_TOTAL, never a sum.
    """
    frame = of_edition(record.nato_share_gdp, edition_newest)
    row = frame[frame["iso3"] == TOTAL].sort_values("year").iloc[-1:]
    return only(row, "share_percent")


# ---- facts: one typed cell


def _slovakia(record: Record, edition: Day) -> pd.DataFrame:
    frame = year_of(record, edition, record.article_day.year)
    return frame[frame["iso3"] == "SVK"]


@fact(unit="percent of GDP")
def slovakia_printed(record: Record, edition_first: Day) -> Traced:
    """Slovakia's share as the first edition prints it.

    The cell of the edition.
    """
    found = only(_slovakia(record, edition_first), "share_percent")
    member = record.nato_members[record.nato_members["iso3"] == "SVK"]
    last = _last_year_shares(record, edition_first)
    return traced(found.value, _slovakia(record, edition_first), member, last)


@fact(unit="percent of GDP", decimals=3)
def slovakia_ratio(record: Record) -> Traced:
    """Slovakia's share by the same workbook's expenditure and GDP.

    Read from the column version_2 of the row D22 of disagreements.csv.
    """
    return _number_in(cell(record, "disagreements", "D22", "version_2"), r"^([\d.]+)")


@fact(unit="allies")
def allies_without_slovakia(
    record: Record,
    gdp_target: float,
    edition_first: Day,
    slovakia_printed: float,
    slovakia_ratio: float,
) -> Traced:
    """Allies at or above the target in the first edition, without the typed-in cell.

    The count less Slovakia, where the ratio lies below the target.
    """
    if not slovakia_printed >= gdp_target > slovakia_ratio:
        raise NotKnown("a cell on which the count rests")
    found = _count_at(record, edition_first, record.article_day.year, gdp_target)
    return Traced(found.value - 1, found.rows)


# ---- facts: the cross-check


@fact(unit="year")
def check_year(record: Record) -> Traced:
    """Year of the cross-check.

    The year of SIPRI's edition.
    """
    return only(some(record.sipri_share_gdp_2023).iloc[:1], "year")


def _checked(record: Record, value: object, both: pd.DataFrame) -> Traced:
    """Return a value of the cross-check with the rows of both institutes, and of the members."""
    sipri = record.sipri_share_gdp_2023.loc[list(both["sipri_row"])]
    last = _last_year_shares(record, editions(record)[0])
    return traced(value, both, sipri, members_of(record, both), last)


@fact(unit="allies")
def check_nato(record: Record, gdp_target: float, check_year: int) -> Traced:
    """Allies at or above the target in the year of the cross-check, by NATO.

    Count the members with a figure in both, at or above the target.
    """
    both = cross_check(record)
    reached = both[both["nato"] >= gdp_target]
    return _checked(record, len(reached), reached)


@fact(unit="allies")
def check_sipri(record: Record, gdp_target: float, check_year: int) -> Traced:
    """Allies at or above the target in the year of the cross-check, by SIPRI.

    Count the members with a figure in both, at or above the target.
    """
    both = cross_check(record)
    reached = both[both["sipri"] >= gdp_target]
    return _checked(record, len(reached), reached)


def _alone(record: Record, target: float, one: str, other: str) -> Traced:
    """Return the members at or above the target by one institute and below it by the other."""
    both = cross_check(record)
    alone = some(both[(both[one] >= target) & (both[other] < target)])
    return _checked(record, listed(sorted(alone["country"])), alone)


@fact(unit="text")
def check_sipri_alone_names(record: Record, gdp_target: float) -> Traced:
    """Allies at or above the target by SIPRI alone in the year of the cross-check.

    The members below it by NATO, at or above it by SIPRI.
    """
    return _alone(record, gdp_target, "sipri", "nato")


@fact(unit="text")
def check_nato_alone_names(record: Record, gdp_target: float) -> Traced:
    """Allies at or above the target by NATO alone in the year of the cross-check.

    The members below it by SIPRI, at or above it by NATO.
    """
    return _alone(record, gdp_target, "nato", "sipri")


def _widest(record: Record) -> pd.DataFrame:
    both = cross_check(record)
    return both.loc[[both["difference"].abs().idxmax()]]


@fact(unit="percentage points", decimals=2)
def check_widest(record: Record) -> Traced:
    """Widest difference, NATO minus SIPRI.

    The largest difference of the cross-check, without its sign.
    """
    row = _widest(record)
    return _checked(record, abs(row["difference"].iloc[0]), row)


@fact(unit="text")
def check_widest_country(record: Record) -> Traced:
    """Country of the widest difference.

    The largest difference of the cross-check.
    """
    row = _widest(record)
    return _checked(record, row["country"].iloc[0], row)


# ---- facts: the pledges, read from the words of their rows


def _number_in(found: Traced, pattern: str) -> Traced:
    """Return the number that a pattern finds in a cell's words, with the cell's row."""
    match = re.search(pattern, found.value)
    if match is None:
        table, _, key = found.rows[0].partition(":")
        raise DataError(
            [
                f"data/{table}.csv, {key}, column {found.columns[0]}: {found.value!r} does not "
                f"hold {pattern!r}; restore its words, or correct the fact that reads them"
            ]
        )
    number = float(match[1])
    return Traced(int(number) if number.is_integer() else number, found.rows, found.columns)


@fact(unit="percent", qualifier="at_least", wording="at least")
def equipment_guideline(record: Record) -> Traced:
    """Guideline for equipment, share of defence expenditure.

    Read from the column target of the row vilnius of pledges.csv.
    """
    words = cell(record, "pledges", "vilnius", "target")
    return _number_in(words, r"at least (\d+)% of defence")


@fact(unit="text")
def equipment_below_names(record: Record, equipment_guideline: float) -> Traced:
    """Allies below the guideline for equipment in the newest year of the newest edition.

    The members whose share in nato_equipment_share.csv is smaller.
    """
    shares = newest_equipment(record)
    members = record.nato_members.set_index("iso3")
    below = some(shares[shares["share_percent"] < equipment_guideline])
    names = members.loc[below["iso3"], "country"]
    return traced(listed(sorted(names)), below, members_of(record, below))


@fact(unit="percent of GDP")
def pledge_hague_share(record: Record) -> Traced:
    """Target of The Hague.

    Read from the column target of the row hague of pledges.csv.
    """
    return _number_in(cell(record, "pledges", "hague", "target"), r"^([\d.]+)% of GDP")


@fact(unit="percent of GDP", qualifier="at_least", wording="at least", decimals=1)
def pledge_hague_core(record: Record) -> Traced:
    """Target of The Hague for core defence.

    Read from the column target of the row hague of pledges.csv.
    """
    return _number_in(cell(record, "pledges", "hague", "target"), r"at least ([\d.]+)%")


@fact(unit="year")
def pledge_hague_year(record: Record) -> Traced:
    """Deadline of The Hague.

    Read from the column terms of the row hague of pledges.csv.
    """
    return _number_in(cell(record, "pledges", "hague", "terms"), r"by (\d{4})")


# ---- figures


@figure("spending-dots", narrow=True)
def dots_figure(record: Record, facts: Ledger) -> Drawing:
    """Return every ally's share in the article's year and the newest of the newest edition.

    Where these are one year, that before it is drawn beside it.
    """
    edition = editions(record)[-1]
    frame = some(shares(record, edition))
    newest = newest_year_in(record, edition)
    first = min(record.article_day.year, newest - 1)
    wide = frame.pivot(index="country", columns="year", values="share_percent")
    wide = wide.reindex(columns=sorted({first, newest}))
    wide = wide.loc[wide[newest].sort_values(na_position="first").index]
    places = {country: n for n, country in enumerate(wide.index)}
    old, new = wide[first].dropna(), wide[newest].dropna()
    narrow = charts.is_narrow()
    canvas, ax = charts.canvas(5.2 if narrow else 5.1)
    charts.inset(canvas, 1.07, 0.44, 0.26, 0.46 if narrow else 0.29)
    charts.shade(ax, len(wide))
    _draw_dots(ax, wide, old, new, places)
    _draw_targets(ax, facts, len(wide), float(wide.max().max()))
    at = f"allies_at_2_percent_{newest}"
    estimated = (frame.loc[frame["year"] == newest, "estimate"] == "yes").any()
    placed = "expected to be at" if estimated else "at"
    blank = ", ".join(wide.index[wide[newest].isna()])
    before = "{article_day:year}" if first == record.article_day.year else "the year before"
    left_blank = f"The edition leaves {blank} blank in its last year." if blank else ""
    return Drawing(
        canvas,
        title=facts.join(
            f"By NATO’s tables {{{at}:n}} allies {{{at}:is|are}} {placed} {{gdp_target}} in "
            "{newest_year}"
        )
        + facts.join(", {newest_year_at_core:n} at the core target for {pledge_hague_year}"),
        subtitle=facts.join(
            "Defence expenditure as a share of GDP, in %, NATO’s estimates of {edition_newest}"
        )
        + facts.join(", with a cut-off on {edition_newest_cutoff}")
        + facts.join(f". Open dot: {before}; full dot: {{newest_year}}"),
        alt=facts.plain(
            "Dot plot, a row for each ally with a figure, sorted by the share in {newest_year}. "
        )
        + _range_text(new),
        note=facts.join(
            "Iceland has no armed forces and no figure.",
            left_blank,
        ),
        shown={
            "first": [(value, places[country]) for country, value in old.items()],
            "newest": [(value, places[country]) for country, value in new.items()],
        },
        sources=record.cites(*frame["source_id"].unique()),
    )


OPEN_DOT = {"facecolor": COLOURS["paper"], "edgecolor": COLOURS["main"], "linewidth": 1}


def _draw_dots(ax, wide, old: pd.Series, new: pd.Series, places: dict[str, int]) -> None:
    for n, pair in enumerate(wide.to_numpy()):
        if not pd.isna(pair).any():
            ax.plot(pair, [n] * len(pair), color=COLOURS["main_pale"], linewidth=1.4, zorder=1)
    heights = [[places[country] for country in series.index] for series in (old, new)]
    # the ring is the larger, so that it shows where the two are one
    ax.scatter(old, heights[0], s=30, zorder=2, gid="data-first", label=str(old.name), **OPEN_DOT)
    style = {"s": 13, "color": COLOURS["main"], "zorder": 3, "gid": "data-newest"}
    ax.scatter(new, heights[1], label=str(new.name), **style)
    right = float(wide.max().max()) * _beyond()
    style = {"ha": "right", "va": "center", "fontsize": 7.5}
    for country, place in places.items():
        if country in new.index:
            ax.text(right, place, number_text(new[country], 2), **style)
        else:
            ax.text(right, place, "no figure", color=COLOURS["muted"], **style)
    _set_rows(ax, wide.index)


def _set_rows(ax, names: Iterable[str], step: int = 1) -> None:
    """Name the rows of a dot plot of shares, and set its grid."""
    named = list(names)
    ax.set_yticks(range(len(named)), named)
    ax.tick_params(axis="y", length=0, labelcolor=COLOURS["ink"], labelsize=7.5)
    ax.tick_params(axis="x", length=0)
    ax.xaxis.set_major_locator(MultipleLocator(step))
    ax.grid(axis="x")
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)


def _beyond() -> float:
    """Return where the values end at the right, as a multiple of the largest."""
    return 1.22 if charts.is_narrow() else 1.1


def _draw_targets(ax, facts: Ledger, allies: int, right: float) -> None:
    """Draw the targets over the grid and under the dots, and the headings at the top."""
    target, top = facts.require("gdp_target").value, allies - 0.4
    style = {"va": "bottom", "fontsize": 8.5}
    line = {"dashes": (4, 2), "zorder": 0.9}
    ax.axvline(target, linewidth=1.2, color=COLOURS["article"], **line)
    words = f"target: {facts.text('gdp_target')}"
    ax.text(target, top, words, color=COLOURS["article"], ha="center", **style)
    later = facts.value("pledge_hague_core")
    if later is not None:
        ax.axvline(later, linewidth=0.8, color=COLOURS["ink"], **line)
        words = f"by {facts.text('pledge_hague_year')}: {facts.text('pledge_hague_core')}"
        above = top + 1.1 * charts.is_narrow()
        ax.text(later, above, words, color=COLOURS["ink"], ha="center", **style)
    bold = {"ha": "right", "fontweight": "semibold", "color": COLOURS["main"]}
    ax.text(right * _beyond(), top, facts.text("newest_year"), **style, **bold)
    ax.set_ylim(-0.5, allies - 0.5)
    ax.set_xlim(0, right * 1.02)


def _range_text(values: pd.Series) -> str:
    low, high = values.idxmin(), values.idxmax()
    return (
        f"The lowest is {low} at {number_text(values[low], 2)}% of GDP, the highest {high} at "
        f"{number_text(values[high], 2)}%; a dashed line marks the target."
    )


@figure("spending-counts", narrow=True)
def counts_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the count at the target for the article's year, by the day on which it was given."""
    year = record.article_day.year
    table, told = counts(record, facts.require("gdp_target").value), announced(record)
    table, told = table[table["year"] == year], told[told["year"].astype(int) == year]
    given = {
        "tables": table[["edition", "at"]].set_axis(["day", "count"], axis=1),
        "announced": told[["announced", "value"]].set_axis(["day", "count"], axis=1),
    }
    canvas, ax = charts.canvas(2.05)
    charts.inset(canvas, 0.28, 0.3, 0.3, 0.1)
    shown = _draw_counts(ax, given)
    day = pd.Timestamp(record.article_day)
    ax.axvline(day, color=COLOURS["article"], linewidth=0.9, zorder=0)
    late = mdates.date2num(day) > sum(ax.get_xlim()) / 2
    style: dict[str, Any] = {"color": COLOURS["article"], "fontsize": 8.5, "va": "top"}
    style |= {"ha": "right" if late else "left", "textcoords": "offset points"}
    place = (day, 1), (-4 if late else 4, 0), ("data", "axes fraction")
    ax.annotate("the article’s day", *place, **style)
    now, then = f"allies_at_2_percent_{year}", f"allies_at_2_percent_{year}_first"
    title = f"NATO counts {{{now}:n}} of {{allies_total}} for the article’s year"
    if facts.known(then):
        title = (
            f"For {{article_day:year}} NATO’s tables gave {{{then}:n}} allies at the target on "
            f"{{edition_first}}, and {{{now}:n}} on {{edition_newest}}"
        )
    sources = [s for ids in told["source_ids"] for s in ids]
    return Drawing(
        canvas,
        title=facts.join(title),
        subtitle=facts.join(
            "Allies at {gdp_target} or more for {article_day:year}, by the day on which the "
            "count was given or reported. Line and full dots: NATO’s tables; rings: announcements. "
            "The axis does not begin at zero"
        ),
        alt=facts.plain(
            "Steps of the count of allies at or above {gdp_target} for {article_day:year}, by the "
            f"day on which it was given. {title}."
        ),
        shown=shown,
        sources=record.cites(*record.nato_share_gdp["source_id"].unique(), *sources),
        quoted=(*record.nato_share_gdp.drop_duplicates("edition").index, *told.index),
    )


MARGIN = 2.5
"""Allies: the air below and above the steps of the count, whose axis does not begin at nought."""


def _draw_counts(ax, given: dict[str, pd.DataFrame]) -> dict[str, list[tuple[float, float]]]:
    """Draw the tables' counts as steps, the announced ones as rings; return the counts shown.

    A count bears its value where it is not the one before it.
    """
    every = pd.concat(given.values()).sort_values("day", kind="stable")
    end = every["day"].max() + pd.Timedelta(days=60)
    steps = given["tables"].sort_values("day")
    if len(steps):
        days, values = [*steps["day"], end], [*steps["count"], steps["count"].iloc[-1]]
        ax.step(days, values, where="post", color=COLOURS["main_pale"], linewidth=2)
    looks = {
        "tables": {"s": 16, "color": COLOURS["main"], "zorder": 4},
        "announced": {"s": 46, "zorder": 3, **OPEN_DOT},
    }
    shown = {}
    for name, part in given.items():
        ax.scatter(part["day"], part["count"], gid=f"data-{name}", **looks[name])
        shown[name] = list(zip(mdates.date2num(part["day"]), part["count"], strict=True))
    changed = every[every["count"].ne(every["count"].shift())]
    for day, value in zip(changed["day"], changed["count"], strict=True):
        style: dict[str, Any] = {"ha": "right", "fontweight": "semibold", "fontsize": 9}
        ax.annotate(number_text(value), (day, value), (-4, 4), textcoords="offset points", **style)
    ax.set_xlim(every["day"].min() - pd.Timedelta(days=90), end)
    ax.set_ylim(float(every["count"].min()) - MARGIN, float(every["count"].max()) + MARGIN)
    ax.yaxis.set_major_locator(MultipleLocator(2))
    locator = mdates.MonthLocator(bymonth=(1, 7))
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y"))
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return shown


def _set_years(ax, years: list[int]) -> None:
    """Set an axis of years, on a phone with every third named, and a grid of values."""
    ax.set_xticks(years[:: -3 if charts.is_narrow() else -1][::-1])
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)


@figure("spending-sides", narrow=True)
def sides_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the expenditure of the United States, and of Europe with Canada, by year."""
    facts.require("spending_others")
    edition = facts.require("edition_newest").value
    shown = {}
    canvas, ax = charts.canvas(2.15 if charts.is_narrow() else 1.9)
    charts.inset(canvas, 0.42, 1.0 if charts.is_narrow() else 1.38, 0.3, 0.12)
    for side, label, colour in (
        ("united_states", "United States", COLOURS["muted"]),
        ("others", "Europe and Canada", COLOURS["main"]),
    ):
        frame = some(_totals(record, edition, side))
        money = frame["value"] / 1000
        dots: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 3.2}
        ax.plot(frame["year"], money, color=colour, gid=f"data-{side}", **dots)
        sure = int((frame["estimate"] == "no").sum())
        for part, look in ((slice(0, sure), "-"), (slice(max(sure - 1, 0), None), (0, (3, 1.5)))):
            ax.plot(frame["year"][part], money[part], color=colour, linestyle=look)
        shown[side] = list(zip(frame["year"], money, strict=True))
        words = f"{label}\n{facts.text(f'spending_{side}')}"
        if charts.is_narrow():
            words = words.replace(" and", "\nand")
        style = {"va": "center", "fontsize": 8.5, "fontweight": "semibold", "color": colour}
        place = (frame["year"].iloc[-1], money.iloc[-1])
        ax.annotate(words, place, (7, 0), textcoords="offset points", **style)
    ax.set_ylim(bottom=0)
    _set_years(ax, sorted({int(year) for series in shown.values() for year, _ in series}))
    cited = [_totals(record, edition, side)["source_id"].iloc[0] for side in SIDES]
    return Drawing(
        canvas,
        title=facts.join(
            "Europe and Canada are expected to spend {spending_share_of_others} of the Alliance’s "
            "total in {newest_year}"
        ),
        subtitle=facts.join(
            "Defence expenditure in USD bn, current prices, by NATO’s edition of {edition_newest}; "
            "dashed: estimates"
        ),
        alt=facts.plain(
            "Lines from {first_year} to {newest_year}: the United States, last "
            "{spending_united_states}, and Europe with Canada, last {spending_others}."
        ),
        shown=shown,
        sources=record.cites(*cited),
    )


@figure("spending-check", narrow=True)
def check_figure(record: Record, facts: Ledger) -> Drawing:
    """Return NATO's shares beside SIPRI's, a row for each ally, by how far they lie apart."""
    both = cross_check(record)
    sipri = record.sipri_share_gdp_2023.loc[list(both["sipri_row"])]
    nato = record.nato_share_gdp.loc[both.index]
    rows = range(len(both))
    narrow = charts.is_narrow()
    canvas, ax = charts.canvas(5 if narrow else 4.15)
    charts.inset(canvas, 1.07, 0.1, 0.26, 0.29)
    charts.shade(ax, len(both))
    for row, pair in zip(rows, both[["sipri", "nato"]].to_numpy(), strict=True):
        ax.plot(pair, [row] * 2, color=COLOURS["main_pale"], linewidth=1.4, zorder=1)
    ax.scatter(both["sipri"], rows, s=13, zorder=2, gid="data-sipri", label="SIPRI", **OPEN_DOT)
    full = {"s": 18, "color": COLOURS["main"], "zorder": 3, "gid": "data-nato"}
    ax.scatter(both["nato"], rows, label="NATO", **full)
    style = {"color": COLOURS["article"], "va": "bottom", "ha": "center", "fontsize": 8.5}
    target = facts.require("gdp_target").value
    line = {"color": COLOURS["article"], "dashes": (4, 2), "zorder": 0.9}
    ax.axvline(target, linewidth=1.2, **line)
    ax.text(target, len(both) - 0.4, f"target: {facts.text('gdp_target')}", **style)
    _set_rows(ax, both["country"])
    ax.set_ylim(-0.5, len(both) - 0.5)
    ax.set_xlim(0, 1.04 * float(both[["nato", "sipri"]].max().max()))
    return Drawing(
        canvas,
        title=facts.join(
            "NATO’s and SIPRI’s figures for {check_year} differ by up to {check_widest}, "
            "for {check_widest_country}"
        ),
        subtitle=facts.join(
            "Shares of GDP in {check_year}, in %, each by its own definition, for the "
            "allies of that year with both. Full dot: NATO; open dot: SIPRI. Sorted by the "
            "difference: at the top NATO’s figure is the higher, at the foot SIPRI’s"
        ),
        alt=facts.plain(
            "Dot plot, a row for each ally, with NATO’s share and SIPRI’s, sorted by how far they "
            "lie apart. The widest difference is {check_widest}, for {check_widest_country}."
        ),
        shown={
            "sipri": list(zip(both["sipri"], rows, strict=True)),
            "nato": list(zip(both["nato"], rows, strict=True)),
        },
        sources=record.cites(*nato["source_id"].unique(), *sipri["source_id"].unique()),
    )


# ---- tables


@table("spending-counts-table")
def counts_table(record: Record, facts: Ledger) -> Table:
    """Return the counts by year, a column for each edition and what was announced."""
    table = counts(record, facts.require("gdp_target").value)
    heads = [
        Column(f"Edition of {day_text(edition.date())}", "right", 1.1)
        for edition in editions(record)
    ]
    years = sorted(table["year"].unique())
    return Table(
        facts.join("Members at or above {gdp_target}, by edition and as announced"),
        (
            Column("Year", width=0.5),
            *heads,
            Column("As announced", width=2.6),
            Column("Sources of the announcements", width=1.3),
        ),
        tuple(_counts_row(record, facts, table, int(year)) for year in years),
        note="Each row counts those who were members in its year; blank: members without a figure, "
        "Iceland apart. Iceland, which has no armed forces, is included where all were announced.",
    )


def _counts_row(record: Record, facts: Ledger, table: pd.DataFrame, year: int) -> Row:
    known = editions(record)
    ids = {known[0]: f"allies_at_2_percent_{year}_first", known[-1]: f"allies_at_2_percent_{year}"}
    cells: list[Cell] = [str(year)]
    for edition in known:
        row = table[(table["edition"] == edition) & (table["year"] == year)]
        if row.empty:
            cells.append("–")
        else:
            at, blank = row["at"].iloc[0], row["blank"].iloc[0]
            number = facts.fill(f"{{{ids[edition]}:d}}") if edition in ids else str(at)
            cells.append({"markdown": f"{number}, {blank} blank" if blank else f"{number}"})
    said = announced(record)
    said = said[said["year"] == year]
    words = [
        f"{number_text(s['value'])} ({day_text(s['announced'].date(), s['precision'])})"
        for s in said.to_dict("records")
    ]
    cited = tables.cite(record, *(s for ids in said["source_ids"] for s in ids))
    return f"nato_share_gdp:{year}", (*cells, "; ".join(words) or "–", cited)


@table("allies")
def allies_table(record: Record, facts: Ledger) -> Table:
    """Return every ally: accession, share in the article's year by edition, newest, equipment."""
    known, year = editions(record), record.article_day.year
    newest = newest_year_in(record, known[-1])
    frames = [(f"{year}, edition of {day_text(e.date())}", 1.1, e, year) for e in known]
    if newest > year:
        frames.append((f"{newest}, same edition", 0.9, known[-1], newest))
    by_ally = [
        year_of(record, edition, in_year).set_index("iso3")["share_percent"]
        for _, _, edition, in_year in frames
    ]
    equipment = newest_equipment(record).set_index("iso3")["share_percent"]
    rows = []
    for ally in some(record.nato_members).sort_values("country").to_dict("records"):
        iso3 = ally["iso3"]
        cells = [ally["country"], str(ally["accession_date"].year)]
        cells += [figure_text(shares.get(iso3), 2) for shares in by_ally]
        rows.append((f"nato_members:{iso3}", (*cells, figure_text(equipment.get(iso3), 1))))
    cutoffs = (
        "The first edition counts what allies had reported by {edition_first_cutoff}, the newest "
        "what they had by {edition_newest_cutoff}."
    )
    if len(known) == 1:
        cutoffs = "The edition counts what allies had reported by {edition_newest_cutoff}."
    cited = (*record.nato_share_gdp["source_id"], *record.nato_equipment_share["source_id"])
    return Table(
        facts.join("The {allies_total}: defence expenditure as % of GDP, and equipment"),
        (
            Column("Ally", width=1.4),
            Column("Joined", "right", 0.7),
            *(Column(label, "right", width) for label, width, _, _ in frames),
            Column(f"Equipment, {newest}, % of expenditure", "right", 1.1),
        ),
        tuple(rows),
        note=tables.note(
            facts.join("The guideline for equipment is {equipment_guideline}.", cutoffs),
            tables.sources_line(record, *dict.fromkeys(cited)),
        ),
    )


def newest_equipment(record: Record) -> pd.DataFrame:
    """Return the rows of equipment's share, in % of expenditure, of the newest edition and year."""
    frame = record.nato_equipment_share
    frame = frame[frame["edition"] == frame["edition"].max()]
    return frame[frame["year"] == frame["year"].max()]


def figure_text(value: float | None, decimals: int) -> str:
    """Return a cell's number, or a dash where the edition prints none.

    >>> figure_text(2.125, 2), figure_text(None, 2)
    ('2.13', '–')
    """
    return "–" if value is None or pd.isna(value) else number_text(value, decimals)


@table("pledges")
def pledges_table(record: Record, facts: Ledger) -> Table:
    """Return the pledges with their words."""
    rows = [
        (
            f"pledges:{p['pledge_id']}",
            (
                p["pledge"],
                day_text(p["date"].date(), p["precision"]),
                p["target"],
                p["terms"],
                tables.cite(record, *p["source_ids"]),
            ),
        )
        for p in some(record.pledges).sort_values("date").to_dict("records")
    ]
    return Table(
        "What the Alliance pledged: shares of GDP for defence, and money for Ukraine",
        (
            Column("Pledge", width=1.3),
            Column("When", width=0.9),
            Column("Target", width=2.3),
            Column("Deadline or terms", width=1.5),
            Column("Sources", width=0.6),
        ),
        tuple(rows),
    )
