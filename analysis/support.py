"""The headquarters and a year of support: what was announced, pledged, and counted by a tracker."""

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
from matplotlib.patches import Patch

from dossier.data.known import NotKnown, Record
from dossier.data.schema import DataError
from dossier.facts.ledger import Ledger, WatchedFacts
from dossier.facts.trace import Traced, cell, count, only, some, total, traced
from dossier.registry import fact, figure, table
from dossier.show import charts, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Cell, Column, Row, Table
from dossier.text.numbers import number_text
from dossier.text.words import listed

TRACKER = "KIEL_UST_30"
"""The newest release; older half-years are of the one before."""
EU = "EUI"
US = "USA"
LARGEST = 5
"""How many donors the table names; the rest is one line."""

OURS = (
    "For {kiel_newest_half_year}: the newest total less the earlier half-years, corrections "
    "included."
)
"""Of the newest half-year, which no release lists by itself."""

KINDS = ["military", "financial", "humanitarian", "total"]
YEARS = {"year_before": -2, "pledge_year": 0, "year_after": 2}
"""Each year's first half, counted in halves from the half-year of the declaration."""
PERIODS = {
    "year_before": "pledge_year_before",
    "pledge_year": "pledge_year",
    "year_after": "pledge_year_after",
}
"""The fact that prints each year's months."""


def half_year(day: datetime.date, later: int = 0) -> str:
    """Return the half-year of a day, or one that many halves later.

    >>> half_year(datetime.date(2024, 7, 10)), half_year(datetime.date(2024, 7, 10), -1)
    ('2024-H2', '2024-H1')
    """
    index = day.year * 2 + (day.month > 6) + later
    return f"{index // 2}-H{index % 2 + 1}"


WITH_ARTICLE = ("Netherlands", "United Kingdom", "United States")
"""Countries whose name takes the definite article."""


def in_a_sentence(country: str) -> str:
    """Return a country's name as a sentence has it.

    >>> in_a_sentence("Netherlands"), in_a_sentence("Poland")
    ('the Netherlands', 'Poland')
    """
    return f"the {country}" if country in WITH_ARTICLE else country


def span(first: str, last: str) -> str:
    """Return the months from the start of one half-year to the end of another, in words.

    >>> span("2024-H2", "2025-H1"), span("2025-H1", "2025-H1")
    ('July 2024 to June 2025', 'January to June 2025')
    """
    start = {"1": "January", "2": "July"}[first[-1]]
    end = {"1": "June", "2": "December"}[last[-1]]
    if first == last:
        return f"{start} to {end} {last[:4]}"
    return f"{start} {first[:4]} to {end} {last[:4]}"


def half_text(half: str) -> str:
    """Return a half-year in words.

    >>> half_text("2025-H1")
    'the first half of 2025'
    """
    return f"the {'first' if half.endswith('1') else 'second'} half of {half[:4]}"


def halves_of(record: Record, period: str) -> tuple[str, str]:
    """Return the two half-years of a year of ``YEARS``; raise NotKnown before the declaration."""
    day = cell(record, "timeline", "T40", "date").value
    return half_year(day, YEARS[period]), half_year(day, YEARS[period] + 1)


def allies(record: Record) -> pd.DataFrame:
    """Return the tracker's rows of NATO members."""
    frame = record.kiel_support
    return frame[frame["iso3"].isin(record.nato_members["iso3"])]


def union(record: Record) -> pd.DataFrame:
    """Return the tracker's rows of the EU institutions."""
    return record.kiel_support[record.kiel_support["iso3"] == EU]


def by_half_year(record: Record) -> pd.DataFrame:
    """Return, for each half-year, EUR bn.

    The kinds summed over the allies; united_states and others, military alone; eu, all kinds. A
    half-year without a row of the United States has none in united_states: it is no zero.
    """
    frame = some(allies(record))
    american = frame[frame["iso3"] == US].set_index("half_year")["military"]
    institutions = union(record).set_index("half_year")["total"]
    sums = frame.groupby("half_year")[KINDS].sum()
    others = sums["military"] - american.reindex(sums.index).fillna(0)
    return sums.assign(united_states=american, others=others, eu=institutions)


def donors(record: Record) -> pd.DataFrame:
    """Return, for each ally that is tracked, EUR bn in each of the three years, largest first.

    Columns iso3, donor, year_before, pledge_year, year_after (military), all_kinds (pledge's year).
    """
    frame = some(allies(record))
    sums = {
        period: frame[frame["half_year"].isin(halves_of(record, period))].groupby("iso3")
        for period in YEARS
    }
    columns = {period: part["military"].sum() for period, part in sums.items()}
    columns["all_kinds"] = sums["pledge_year"]["total"].sum()
    names = frame.groupby("iso3")["donor"].first()
    found = pd.DataFrame({"donor": names, **columns})
    order = {"by": ["pledge_year", "donor"], "ascending": [False, True]}
    return found.sort_values(**order).reset_index()


# ---- facts: numbers that stand in an event's words


def _number_in(facts: WatchedFacts, id: str, pattern: str) -> float:
    """Return the number that a pattern finds in the words of a cell, named as a fact.

    Raises DataError where the words are no longer those of the pattern.
    """
    table, key, column = id.split(".")
    words = facts.value(id)
    match = re.search(pattern, words)
    if match is None:
        raise DataError(
            [
                f"data/{table}.csv, {key}, column {column}: {words!r} does not hold "
                f"{pattern!r}; restore its words, or change the fact in analysis/support.py"
            ]
        )
    return float(match[1]) if "." in match[1] else int(match[1])


@fact(unit="people", qualifier="about", wording="nearly")
def june_staff(facts: WatchedFacts) -> float:
    """People of the command, as NATO’s ministers planned it in June.

    The number in the words “nearly … personnel” of the row's detail.
    """
    return _number_in(facts, "timeline.T78.detail", r"nearly (\d+) personnel")


@fact(unit="people", qualifier="about", wording="around")
def announced_staff(facts: WatchedFacts) -> float:
    """People of the command, as NATO announced them.

    The number in the words “around … personnel” of the row's detail.
    """
    return _number_in(facts, "timeline.T33.detail", r"around (\d+) personnel")


@fact(unit="people", qualifier="about", wording="about")
def command_staff(facts: WatchedFacts) -> float:
    """People of the command, as SHAPE announced them.

    The number in the words “About … personnel” of the row's detail.
    """
    return _number_in(facts, "timeline.T43.detail", r"About (\d+) personnel")


@fact(unit="EUR bn", qualifier="about", wording="around")
def pledge_baseline(facts: WatchedFacts) -> float:
    """Military aid a year, called a minimum baseline before the summit.

    The number in the words “around EUR …bn a year as minimum baseline” of the row's detail.
    """
    words = r"around EUR (\d+)bn a year as minimum baseline"
    return _number_in(facts, "timeline.T33.detail", words)


@fact(unit="EUR bn", qualifier="at_least", wording="a minimum baseline of")
def pledge_agreed(facts: WatchedFacts) -> float:
    """The pledge in the summit’s declaration.

    The number in the words “minimum baseline of EUR …bn within the next year” of the row's detail.
    """
    return _number_in(
        facts, "timeline.T40.detail", r"minimum baseline of EUR (\d+)bn within the next year"
    )


@fact(unit="text")
def pledge_not_yet_agreed(record: Record, pledge_baseline: float) -> Traced:
    """That the summit’s pledge was not known, but what the Secretary General had proposed.

    The timeline has no row of the summit’s declaration yet.
    """
    if "timeline:T40" in record.timeline.index:
        raise NotKnown("a time before the pledge")
    return traced("not yet agreed", record.timeline)


@fact(unit="EUR bn", decimals=1)
def first_half_2024(facts: WatchedFacts) -> float:
    """Committed in the first half of the year, as NATO reported.

    The number in the words “EUR …bn committed in the first half of” of the row's event.
    """
    return _number_in(
        facts, "timeline.T49.event", r"EUR (\d+\.\d+)bn committed in the first half of"
    )


@fact(unit="EUR bn", qualifier="over", wording="over")
def pledge_reported_2024(facts: WatchedFacts) -> float:
    """Given by Allies in the year, as NATO reported.

    The number in the words “gave over EUR …bn in” of the row's event.
    """
    return _number_in(facts, "timeline.T55.event", r"gave over EUR (\d+)bn in")


@fact(unit="EUR bn", qualifier="over", wording="more than")
def first_quarter_2025(facts: WatchedFacts) -> float:
    """Pledged in three months, as NATO reported.

    The number in the words “more than EUR …bn pledged for” of the row's event.
    """
    return _number_in(facts, "timeline.T57.event", r"more than EUR (\d+)bn pledged for")


@fact(unit="million USD", qualifier="about", wording="about")
def purl_package(facts: WatchedFacts) -> float:
    """One PURL package.

    The number in the words “Packages of about USD …m” of the row's detail.
    """
    return _number_in(facts, "timeline.T60.detail", r"Packages of about USD (\d+)m")


# ---- facts: whom the tracker covers, and up to when


def _tracked(record: Record, inside: bool) -> pd.DataFrame:
    members = record.nato_members
    among = members["iso3"].isin(some(record.kiel_support)["iso3"])
    return members[among if inside else ~among]


@fact(unit="donors")
def kiel_donors(record: Record) -> Traced:
    """Donors in the tracker.

    Count the donors of kiel_support.csv.
    """
    return count(record.kiel_support.drop_duplicates("iso3"))


@fact(unit="allies")
def kiel_allies_tracked(record: Record) -> Traced:
    """Allies that the tracker covers.

    Count the rows of nato_members.csv whose iso3 is a donor’s in kiel_support.csv.
    """
    inside = _tracked(record, inside=True)
    rows = record.kiel_support[record.kiel_support["iso3"].isin(inside["iso3"])]
    return count(inside, rows.drop_duplicates("iso3"))


def _untracked(record: Record) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the members that are no donors, and a row of each donor."""
    outside = _tracked(record, inside=False).sort_values("country")
    return outside, record.kiel_support.drop_duplicates("iso3")


@fact(unit="allies")
def kiel_allies_untracked(record: Record) -> Traced:
    """Allies that it does not cover.

    Count the rows of nato_members.csv whose iso3 is no donor’s.
    """
    return count(*_untracked(record))


@fact(unit="text")
def kiel_untracked_names(record: Record) -> Traced:
    """Names of the allies that the tracker leaves out.

    The rows’ countries.
    """
    outside, donors = _untracked(record)
    return traced(listed(some(outside)["country"]), outside, donors)


@fact(unit="date", precision="month")
def kiel_data_to(facts: WatchedFacts) -> datetime.date:
    """Month up to which the tracker’s release counts.

    The month in the release’s title.
    """
    title = facts.value(f"sources.{TRACKER}.title")
    month = re.search(r"data to (\w+ \d{4})", title)
    if month is None:
        words = f"{title!r} names no month as “data to”; restore its words"
        raise DataError([f"data/sources.csv, {TRACKER}, column title: {words}"])
    return datetime.datetime.strptime(month[1], "%B %Y").date()


# ---- facts: sums over the allies that are tracked


def _declaration(record: Record) -> pd.DataFrame:
    return record.timeline.loc[["timeline:T40"]]


def _period(record: Record, period: str) -> Traced:
    words = span(*halves_of(record, period))
    return traced(words, _declaration(record), columns=["date"])


@fact(unit="text")
def pledge_year_before(record: Record) -> Traced:
    """The year before the pledge’s.

    Twelve months by half-years, counted from the half-year of the declaration’s day.
    """
    return _period(record, "year_before")


@fact(unit="text")
def pledge_year(record: Record) -> Traced:
    """The year from the declaration.

    Twelve months by half-years, counted from the half-year of the declaration’s day.
    """
    return _period(record, "pledge_year")


@fact(unit="text")
def pledge_year_after(record: Record) -> Traced:
    """The year after the pledge’s.

    Twelve months by half-years, counted from the half-year of the declaration’s day.
    """
    return _period(record, "year_after")


def _sum(record: Record, part: pd.DataFrame, period: str, column: str) -> Traced:
    """Return the sum of a column over a year's halves, with the members' and declaration's rows."""
    rows = part[part["half_year"].isin(halves_of(record, period))]
    found = total(rows, column)
    members = record.nato_members[record.nato_members["iso3"].isin(rows["iso3"])]
    return traced(found.value, rows, members, _declaration(record))


def _american(frame: pd.DataFrame, yes: bool = True) -> pd.DataFrame:
    return frame[(frame["iso3"] == US) == yes]


@fact(unit="EUR bn", name="kiel_military_{period}", over={"period": YEARS}, decimals=1)
def kiel_military(record: Record, period: str) -> Traced:
    """Military allocations by allies, {period}.

    All allies that are tracked: sum the column military over the year's half-years.
    """
    return _sum(record, allies(record), period, "military")


@fact(unit="EUR bn", name="kiel_us_{period}", over={"period": YEARS}, decimals=1)
def kiel_us(record: Record, period: str) -> Traced:
    """Military allocations by the United States, {period}.

    The United States: sum the column military over the year's half-years.
    """
    return _sum(record, _american(allies(record)), period, "military")


@fact(unit="EUR bn", name="kiel_others_{period}", over={"period": YEARS}, decimals=1)
def kiel_others(record: Record, period: str) -> Traced:
    """Military allocations by the other allies, {period}.

    The allies without the United States: sum the column military over the year's half-years.
    """
    return _sum(record, _american(allies(record), yes=False), period, "military")


@fact(unit="EUR bn", name="kiel_all_{period}", over={"period": YEARS}, decimals=1)
def kiel_all(record: Record, period: str) -> Traced:
    """Allocations of all kinds by allies, {period}.

    All allies that are tracked: sum the column total over the year's half-years.
    """
    return _sum(record, allies(record), period, "total")


@fact(unit="EUR bn", name="kiel_eu_{period}", over={"period": YEARS}, decimals=1)
def kiel_eu(record: Record, period: str) -> Traced:
    """Allocations of all kinds by the EU institutions, {period}.

    The EU institutions: sum the column total over the year's half-years.
    """
    return _sum(record, union(record), period, "total")


SIDES = {"the other allies": "kiel_others", "the EU institutions": "kiel_eu"}
"""The facts of what the others than the United States allocated, without their year."""


@fact(unit="text", name="direction_of_{side}", over={"side": SIDES})
def direction_of(facts: WatchedFacts, side: str) -> str:
    """Whether the allocations of {side} rose or fell in the year after the pledge’s.

    The sum of that year against that of the pledge’s.
    """
    before, after = (facts.value(f"{SIDES[side]}_{year}") for year in ("pledge_year", "year_after"))
    return "rose" if after > before else "fell"


@fact(unit="percent", name="kiel_us_share_{period}", over={"period": YEARS})
def kiel_us_share(facts: WatchedFacts, period: str) -> float:
    """Share of the United States in the allies’ military allocations, {period}.

    The United States in percent of all allies that are tracked.
    """
    part: float = facts.value(f"kiel_us_{period}")
    whole: float = facts.value(f"kiel_military_{period}")
    return 100 * part / whole


@fact(unit="percent")
def kiel_us_share_last_half_year(record: Record) -> Traced:
    """Share of the United States in the allies’ military allocations, its last half-year.

    The newest half-year in which the tracker has a row of the United States.
    """
    newest = some(_american(allies(record)))["half_year"].max()
    return traced(*_american_share(record, newest))


def _american_share(record: Record, half: str) -> tuple[float, pd.DataFrame, pd.DataFrame]:
    """Return the American share of a half-year, in percent, with the rows and members behind it."""
    frame = allies(record)
    rows = frame[frame["half_year"] == half]
    part = total(some(_american(rows)), "military").value / total(rows, "military").value
    members = record.nato_members[record.nato_members["iso3"].isin(rows["iso3"])]
    return 100 * part, rows, members


@fact(unit="percent")
def kiel_us_share_first_half_year(record: Record) -> Traced:
    """Share of the United States in the allies’ military allocations, the first half-year.

    The half-year of the declaration's day, the first of the pledge's year.
    """
    half = halves_of(record, "pledge_year")[0]
    return traced(*_american_share(record, half), _declaration(record))


@fact(unit="text")
def kiel_us_first_half_year(record: Record) -> Traced:
    """First half-year of the year from the declaration.

    The half-year of the declaration's day, of which the tracker has a row of the United States.
    """
    half = halves_of(record, "pledge_year")[0]
    frame = _american(allies(record))
    row = some(frame[frame["half_year"] == half])
    member = record.nato_members[record.nato_members["iso3"] == US]
    return traced(half_text(half), row, member, _declaration(record))


def _in_halves(record: Record, part: pd.DataFrame) -> Traced:
    """Return the military sum of donors over the two halves of the article's calendar year."""
    day = record.article_day
    rows = part[part["half_year"].isin([half_year(day, -1), half_year(day)])]
    members = record.nato_members[record.nato_members["iso3"].isin(rows["iso3"])]
    return traced(total(rows, "military").value, rows, members)


@fact(unit="EUR bn", decimals=1)
def kiel_military_2024(record: Record) -> Traced:
    """Military allocations by allies, the article’s calendar year.

    All allies that are tracked: sum the column military over its two half-years.
    """
    return _in_halves(record, allies(record))


@fact(unit="EUR bn", decimals=1)
def kiel_us_2024(record: Record) -> Traced:
    """Military allocations by the United States, the article’s calendar year.

    The United States: sum the column military over its two half-years.
    """
    return _in_halves(record, _american(allies(record)))


@fact(unit="text")
def kiel_against_pledge(
    pledge_agreed: float, kiel_military_2024: float, kiel_military_pledge_year: float
) -> str:
    """Whether the tracker’s sums are above what was pledged.

    The sums of the article’s calendar year and of the year from the declaration, each set against
    the pledge in the summit’s declaration.
    """
    sums = (kiel_military_2024, kiel_military_pledge_year)
    above = sum(found > pledge_agreed for found in sums)
    return ("neither is", "one is", "both are")[above]


@fact(unit="text")
def kiel_newest_half_year(record: Record) -> Traced:
    """The tracker’s newest half-year.

    The newest half_year with a row.
    """
    frame = some(record.kiel_support)
    newest = frame["half_year"].max()
    return traced(half_text(newest), frame[frame["half_year"] == newest])


@fact(unit="year")
def pledge_year_press(facts: WatchedFacts) -> int:
    """The year that the press took the pledge to be for.

    The year at the start of the words on it.
    """
    return int(_number_in(facts, "disagreements.D39.version_2", r"^(\d{4}), by press reports"))


@fact(unit="EUR bn", decimals=1)
def kiel_eu_military(record: Record) -> Traced:
    """Military allocations by the EU institutions, all half-years.

    Sum the column military over all half-years, where it is not nought.
    """
    found = total(union(record), "military")
    if not found.value:
        raise NotKnown("no military allocation")
    return found


@fact(unit="text")
def kiel_eu_military_half_year(record: Record) -> Traced:
    """Half-year of the EU institutions' military allocations.

    The half_year of the only row of theirs whose military is not nought.
    """
    frame = union(record)
    given = some(frame[frame["military"] != 0])
    return traced(half_text(only(given, "half_year").value), frame)


@fact(unit="text")
def kiel_eu_no_military(record: Record) -> Traced:
    """Military allocations by the EU institutions, all half-years.

    The sum of the column military over all half-years is nought.
    """
    found = total(union(record), "military")
    if found.value:
        raise NotKnown("a military allocation")
    return Traced("none", found.rows, found.columns)


@fact(unit="text")
def kiel_us_last_half_year(record: Record) -> Traced:
    """Newest half-year in which the tracker has a row of the United States.

    The newest half_year of the rows with iso3 USA, where rows of other allies are newer.
    """
    frame = allies(record)
    row = some(_american(frame)).sort_values("half_year").iloc[-1:]
    half = row["half_year"].iloc[0]
    later = some(frame[frame["half_year"] > half]).iloc[:1]
    members = record.nato_members["iso3"].isin([US, later["iso3"].iloc[0]])
    return traced(half_text(half), row, later, record.nato_members[members])


# ---- tables


def _billions(value: float | None) -> str:
    return "–" if value is None or pd.isna(value) else number_text(value, 1)


def _line(label: str, values: Iterable[float | None], sums: bool) -> tuple[Cell, ...]:
    """Return a line of a table of sums in EUR bn, set off where it sums up other lines."""
    cells = (label, *map(_billions, values))
    return tuple(map(tables.strong, cells)) if sums else cells


@table("support-kiel")
def kiel_table(record: Record, facts: Ledger) -> Table:
    """Return the tracker's count by half-year and by the three years, EUR bn."""
    sums = by_half_year(record)
    columns = ["military", "united_states", "financial", "humanitarian", "eu"]
    cited = tables.sources_line(record, *record.kiel_support["source_id"].unique())
    rows: list[Row] = [
        (f"kiel_support:{key}", _line(label, [values[c] for c in columns], sums="/" in key))
        for key, label, values in _kiel_lines(record, facts, sums)
    ]
    return Table(
        "Allocations by half-year, calendar year and July-to-June year; EUR bn, current prices",
        (
            Column("Period", width=2.1),
            Column("Allies, military", "right"),
            Column("of this, United States", "right"),
            Column("Allies, financial", "right"),
            Column("Allies, humanitarian", "right", 1.1),
            Column("EU institutions, all kinds", "right", 1.1),
        ),
        tuple(rows),
        note=tables.note(
            facts.join(
                f"The tracker’s release ends with {{kiel_data_to}}. {OURS}",
                "–: nothing listed; where nothing is listed for the United States, the allies’ "
                "total excludes it.",
                "Sums are of unrounded values.",
                "Allies: the {kiel_allies_tracked:n} tracked that were members by {as_of_day}, "
                "including half-years before they joined.",
            ),
            cited,
        ),
    )


def _kiel_lines(
    record: Record, facts: Ledger, sums: pd.DataFrame
) -> Iterator[tuple[str, str, pd.Series]]:
    """Yield key, label and sums of each half-year, of the article's year, of the three years."""
    for half in sums.index:
        yield half, span(half, half), sums.loc[half]
    year = record.article_day.year
    part = sums[sums.index.str.startswith(f"{year}-")]
    yield "/".join(part.index), f"Year: {year}", part.sum(min_count=1)
    for period, name in PERIODS.items():
        pair = halves_of(record, period)
        part = sums[sums.index.isin(pair)].sum(min_count=1)
        yield "/".join(pair), f"Year: {facts.text(name)}", part


@table("support-donors")
def donors_table(record: Record, facts: Ledger) -> Table:
    """Return the allies with the largest military allocations in the pledge's year, and others."""
    facts.require("kiel_military_pledge_year")
    columns = ["year_before", "pledge_year", "year_after", "all_kinds"]
    cited = tables.sources_line(record, *record.kiel_support["source_id"].unique())
    pair = "/".join(halves_of(record, "pledge_year"))
    rows: list[Row] = [
        (f"kiel_support:{key}/{pair}", _line(label, values, sums=key in SUMS))
        for key, label, values in _donor_lines(record, columns)
    ]
    return Table(
        facts.join(
            "The allies with the largest military allocations in {pledge_year}; "
            "EUR bn, current prices"
        ),
        (
            Column("Ally", width=1.7),
            *(Column(f"Military, {facts.text(name)}", "right", 1.2) for name in PERIODS.values()),
            Column(f"All kinds, {facts.text('pledge_year')}", "right", 1.2),
        ),
        tuple(rows),
        note=tables.note(
            facts.join(
                "Which year NATO’s pledge covers is open. The tracker’s data end with "
                "{kiel_data_to}.",
                "–: nothing listed; totals for that time leave the United States out.",
                "Sums are of unrounded values. All kinds: without the EU institutions.",
            ),
            cited,
        ),
    )


SUMS = ("others", "all")
"""The keys of the lines that sum up others."""


def _donor_lines(
    record: Record, columns: list[str]
) -> Iterator[tuple[str, str, list[float | None]]]:
    """Yield key, label and sums of the largest donors, of the rest, and of all."""
    frame, tracked = donors(record), allies(record)
    later = tracked["half_year"].isin(halves_of(record, "year_after"))
    seen = set(tracked.loc[later, "iso3"])
    for row in frame.head(LARGEST).to_dict("records"):
        missing = row["iso3"] not in seen
        values = [None if c == "year_after" and missing else row[c] for c in columns]
        yield row["iso3"], row["donor"], values
    rest = frame.iloc[LARGEST:]
    parts = (
        ("rest", f"The other {len(rest)} tracked", rest),
        ("others", "All but the United States", frame[frame["iso3"] != US]),
        ("all", "All allies tracked", frame),
    )
    for key, label, part in parts:
        yield key, label, [float(part[c].sum()) for c in columns]


# ---- the figure


WIDE = 0.86
"""The width of a bar, in half-years."""


@figure("support-kiel", narrow=True)
def kiel_figure(record: Record, facts: Ledger) -> Drawing:
    """Return military allocations by allies by half-year, and those of the EU in a panel."""
    facts.require("kiel_military_pledge_year")
    sums = by_half_year(record)
    halves = list(sums.index)
    canvas, (ax, side) = _panels()
    at = {
        period: sum(halves.index(half) for half in halves_of(record, period)) / 2
        for period in YEARS
    }
    top = 1.35 * float(sums[["military", "eu"]].max().max())
    for panel in (ax, side):
        _draw_panel(panel, at["pledge_year"], halves, top)
    for n, half in enumerate(halves):
        _draw_bars(ax, side, n, half, sums.loc[half], ours=half == halves[-1])
    ax.plot(range(len(halves)), sums["military"], linestyle="none", gid="data-military")
    _label_bars(ax, side, sums, 0.09 * top)
    _label_years(ax, "others", facts, at)
    _label_years(side, "eu", facts, at)
    _name_panels(ax, side)
    return Drawing(
        canvas,
        title=facts.join(
            "Allies other than the United States allocated {kiel_others_pledge_year} of military "
            "aid in {pledge_year}, and {kiel_others_year_after} in the next"
        ),
        subtitle=facts.join(
            "Allocations to Ukraine by half-year, EUR bn, as the Kiel tracker counts them, to "
            "{kiel_data_to}. Brackets: a year from July to June, without the United States; "
            "shaded: {pledge_year}; dashed: by our subtraction"
        ),
        alt=facts.plain(
            "Stacked bars by half-year, the United States on top of the other allies, and a panel "
            "of the EU institutions. Military allocations by allies come to "
            "{kiel_military_year_before} in {pledge_year_before}, {kiel_military_pledge_year} in "
            "{pledge_year}, shaded, and {kiel_military_year_after} from then to {kiel_data_to}; "
            "those of the United States to {kiel_us_year_before} and {kiel_us_pledge_year}, with "
            "no row after {kiel_us_last_half_year}. The EU institutions allocated "
            "{kiel_eu_pledge_year} of all kinds in the shaded year."
        ),
        shown=_bar_sizes(record),
        note=facts.join(OURS),
        sources=record.cites(*record.kiel_support["source_id"].unique()),
    )


def _panels() -> tuple[Any, Any]:
    """Return a figure and its two panels, of one scale: beside each other, on a phone below."""
    if charts.is_narrow():
        canvas, panels = charts.canvas(6.4, nrows=2, sharey=True, gridspec_kw={"hspace": 0.42})
        charts.inset(canvas, 0.28, 0.02, 0.36, 0.52)
        return canvas, panels
    ratios = {"width_ratios": (1.35, 1), "wspace": 0.12}
    canvas, panels = charts.canvas(3.0, ncols=2, sharey=True, gridspec_kw=ratios)
    charts.inset(canvas, 0.28, 0.02, 0.36, 0.46)
    return canvas, panels


def _draw_panel(panel, shaded: float, halves: list[str], top: float) -> None:
    colour = {"color": COLOURS["ground"], "linewidth": 0, "zorder": 0}
    panel.axvspan(shaded - 1, shaded + 1, **colour)
    panel.set_xlim(-0.6, len(halves) - 0.4)
    panel.set_ylim(0, top)
    panel.set_yticks(range(0, int(0.8 * top), 10))
    panel.grid(axis="y")
    panel.spines["left"].set_visible(False)
    words = [f"H{h[-1]}\n{h[:4]}" if h.endswith("1") else f"H{h[-1]}" for h in halves]
    panel.set_xticks(range(len(halves)), words)
    panel.tick_params(length=0, labelleft=True)


def _draw_bars(ax, side, n: int, half: str, row: pd.Series, ours: bool) -> None:
    """Draw a half-year's bars; open and dashed where they are a remainder of ``ours``."""

    def look(colour: str) -> dict[str, Any]:
        if not ours:
            return {"color": COLOURS[colour], "linewidth": 0, "zorder": 2}
        open_ = {"facecolor": COLOURS["paper"], "edgecolor": COLOURS[colour]}
        return {**open_, "linestyle": (0, (3, 2)), "linewidth": 1.1, "zorder": 2}

    others = ax.bar(n, row["others"], WIDE, **look("main"))[0]
    others.set(gid=f"data-others-{half}", label=f"Other allies, {span(half, half)}")
    if pd.notna(row["united_states"]):
        style = {"bottom": row["others"], **look("main_pale")}
        american = ax.bar(n, row["united_states"], WIDE, **style)[0]
        american.set(gid=f"data-us-{half}", label=f"United States, {span(half, half)}")
    institutions = side.bar(n, row["eu"], WIDE, **look("other"))[0]
    words = f"EU institutions, {span(half, half)}"
    institutions.set(gid=f"data-eu-{half}", label=words)


def _label_bars(ax, side, sums: pd.DataFrame, least: float) -> None:
    """Write in or above each part its value; in the American part where it is tall enough."""
    style = {"ha": "center", "fontsize": 8, "zorder": 3}
    low = {**style, "va": "bottom", "color": COLOURS["muted"]}
    for n, row in enumerate(sums.to_dict("records")):
        inside = {"color": COLOURS["paper" if n < len(sums) - 1 else "ink"], "va": "top"}
        ax.text(n, row["others"] - 0.3, _billions(row["others"]), **(style | inside))
        if row["united_states"] >= least:
            words = _billions(row["united_states"])
            ax.text(n, row["military"] - 0.3, words, va="top", **style)
        elif pd.notna(row["united_states"]):
            ax.text(n, row["military"] + 0.3, f"US: {_billions(row['united_states'])}", **low)
        if pd.notna(row["eu"]):
            side.text(n, row["eu"] + 0.3, _billions(row["eu"]), va="bottom", **style)
    bare = sums.reset_index()[sums["united_states"].isna().to_numpy()]
    if len(bare):
        words = "no American\nallocation\nlisted"
        low |= {"backgroundcolor": COLOURS["paper"]}  # over the grid
        ax.text(bare.index.to_numpy().mean(), bare["others"].max() + 2.2, words, **low)


def _label_years(panel, whose: str, facts: Ledger, at: dict[str, float]) -> None:
    """Write above each year what one side allocated in it, on a bracket over its half-years."""
    across = panel.get_xaxis_transform()
    style: dict[str, Any] = {"ha": "center", "va": "bottom", "fontweight": "semibold"}
    for period, x in at.items():
        ends = [x - WIDE, x - WIDE, x + WIDE, x + WIDE]
        look = {"color": COLOURS["muted"], "linewidth": 0.8, "transform": across}
        panel.plot(ends, [0.87, 0.89, 0.89, 0.87], **look)
        sum_of = facts.text(f"kiel_{whose}_{period}").replace("EUR ", "")
        colour = COLOURS["main" if whose == "others" else "ink"]
        panel.text(x, 0.905, sum_of, fontsize=8.5, transform=across, color=colour, **style)
    if whose == "others":
        style |= {"ha": "right", "fontsize": 8, "transform": across, "fontweight": "normal"}
        panel.text(min(at.values()) - WIDE, 0.905, "without the US", **style)


def _name_panels(ax, side) -> None:
    bold: dict[str, Any] = {"fontweight": "semibold", "va": "bottom", "textcoords": "offset points"}
    bold |= {"xycoords": "axes fraction", "annotation_clip": False}
    ax.annotate("Allies that are tracked: military", (0, 1), (-14, 19), **bold)
    side.annotate("EU institutions: all kinds, not military alone", (0, 1), (-14, 19), **bold)
    kinds = {
        "other allies": Patch(facecolor=COLOURS["main"]),
        "United States": Patch(facecolor=COLOURS["main_pale"]),
    }
    place = {"loc": "lower left", "bbox_to_anchor": (-0.06, 0.985), "ncols": 2, "borderpad": 0}
    size = {"fontsize": 8, "handlelength": 0.9, "handleheight": 0.9, "columnspacing": 0.9}
    ax.legend(list(kinds.values()), list(kinds), handletextpad=0.4, **place, **size)


def _bar_sizes(record: Record) -> dict[str, list[tuple[float, float]]]:
    """Return the size of every bar, from the rows themselves."""
    members = set(record.nato_members["iso3"])
    bars: dict[str, float] = {}
    heights: dict[str, float] = {}
    for row in record.kiel_support.to_dict("records"):
        if row["iso3"] == EU:
            bars[f"eu-{row['half_year']}"] = row["total"]
        elif row["iso3"] in members:
            name = f"{'us' if row['iso3'] == US else 'others'}-{row['half_year']}"
            bars[name] = bars.get(name, 0) + row["military"]
            heights[row["half_year"]] = heights.get(row["half_year"], 0) + row["military"]
    sizes = {name: [(WIDE, value)] for name, value in bars.items()}
    sizes["military"] = [(float(n), heights[half]) for n, half in enumerate(sorted(heights))]
    return sizes
