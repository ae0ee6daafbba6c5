"""The bilateral security agreements with Ukraine: how many, with whom, when, for how long."""

import datetime

import matplotlib.dates as mdates
import pandas as pd

from dossier.data.known import Record
from dossier.facts.ledger import Ledger
from dossier.facts.trace import Traced, cell, count, first, last, only, some, traced
from dossier.registry import fact, figure, table
from dossier.show import charts, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Column, Row, Table
from dossier.text.dates import day_text

UNREAD = "not read in a source of that day"

SUMMIT = ("timeline", "T38", "date")
"""The cell that holds the summit's first day."""

DRAWN_UNTIL = pd.Timestamp(2025, 6, 30)
"""The count is drawn up to this day at the most: nothing was signed after it."""


def counted(record: Record) -> pd.DataFrame:
    """Return the agreements that count, in order of signing; a follow-on does not count."""
    frame = record.agreements
    return frame[frame["counted"] == "yes"].sort_values(["date_signed", "agreement_id"])


def signed_by(record: Record, day: datetime.date) -> pd.DataFrame:
    """Return the agreements that count and were signed by a day."""
    frame = counted(record)
    return frame[frame["date_signed"] <= pd.Timestamp(day)]


def before_summit(record: Record) -> pd.DataFrame:
    """Return the agreements that count and were signed before the summit's first day."""
    frame = counted(record)
    return frame[frame["date_signed"] < pd.Timestamp(cell(record, *SUMMIT).value)]


def with_members(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["nato_member"] == "yes"]


def with_others(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["nato_member"] == "no"]


def cumulative(frame: pd.DataFrame) -> pd.DataFrame:
    """Return, for each day of signing, how many agreements stood.

    Columns: date_signed, members, others, total.
    """
    sides = {"members": frame["nato_member"] == "yes", "others": frame["nato_member"] == "no"}
    days = frame.assign(**sides).groupby("date_signed")[["members", "others"]].sum().cumsum()
    return days.reset_index().assign(total=lambda f: f["members"] + f["others"])


def term_ends(frame: pd.DataFrame) -> pd.Series:
    """Return the day on which each term ends: the day of signing plus its years."""
    return pd.Series(
        [
            day + pd.DateOffset(years=int(years))
            for day, years in zip(frame["date_signed"], frame["term_years"], strict=True)
        ],
        index=frame.index,
        dtype="datetime64[ns]",
    )


def with_terms(record: Record) -> pd.DataFrame:
    """Return the agreements that count and whose term was read."""
    return counted(record).dropna(subset=["term_years"])


def without(record: Record) -> pd.DataFrame:
    """Return the countries of the G7 declaration that have no agreement by the as-of day."""
    joined = record.g7_joiners
    return joined[~joined["country"].isin(counted(record)["party"])]


# ---- facts


@fact(unit="agreements")
def agreements_signed(record: Record) -> Traced:
    """Agreements signed by the as-of day.

    Count the rows of agreements.csv that are counted and known on the as-of day.
    """
    return count(counted(record))


@fact(unit="NATO members")
def agreements_signed_nato_members(record: Record) -> Traced:
    """Of these, with NATO members.

    Count the rows that are counted and known on the as-of day, with nato_member yes.
    """
    return count(with_members(counted(record)), of=counted(record))


@fact(unit="other parties")
def agreements_signed_others(record: Record) -> Traced:
    """Of these, with other parties.

    Count the rows that are counted and known on the as-of day, with nato_member no.
    """
    return count(with_others(counted(record)), of=counted(record))


@fact(unit="agreements")
def agreements_on_article_day(record: Record) -> Traced:
    """Agreements signed by the article's day.

    Count those signed by the article's day.
    """
    return count(signed_by(record, record.article_day), of=counted(record))


@fact(unit="NATO members")
def members_on_article_day(record: Record) -> Traced:
    """Of these, with NATO members.

    Count those signed by the article's day, with nato_member yes.
    """
    return count(with_members(signed_by(record, record.article_day)), of=counted(record))


@fact(unit="other parties")
def others_on_article_day(record: Record) -> Traced:
    """Of these, with other parties.

    Count those signed by the article's day, with nato_member no.
    """
    return count(with_others(signed_by(record, record.article_day)), of=counted(record))


def _summit_row(record: Record) -> pd.DataFrame:
    return record.timeline.loc[[f"timeline:{SUMMIT[1]}"]]


@fact(unit="agreements")
def agreements_before_summit(record: Record) -> Traced:
    """Agreements signed before the summit.

    Count those signed before the summit's first day.
    """
    return count(before_summit(record), _summit_row(record), of=counted(record))


@fact(unit="NATO members")
def members_before_summit(record: Record) -> Traced:
    """Of these, with NATO members.

    Count those signed before the summit's first day, with nato_member yes.
    """
    part = with_members(before_summit(record))
    return count(part, _summit_row(record), of=counted(record))


@fact(unit="agreements")
def agreements_in_between(record: Record) -> Traced:
    """Agreements signed between the article's day and the summit.

    Count those signed after the article's day and before the summit's first day.
    """
    frame = before_summit(record)
    later = frame[frame["date_signed"] > pd.Timestamp(record.article_day)]
    return count(later, _summit_row(record), of=counted(record))


@fact(unit="agreements")
def agreements_since(record: Record) -> Traced:
    """Agreements signed after the article's day.

    Count those signed after the article's day.
    """
    frame = counted(record)
    return count(frame[frame["date_signed"] > pd.Timestamp(record.article_day)])


@fact(unit="agreements")
def ten_year_agreements(record: Record) -> Traced:
    """Agreements whose term is ten years.

    Count those whose term was read and is 10 years.
    """
    frame = with_terms(record)
    return count(frame[frame["term_years"] == 10], of=frame)


@fact(unit="agreements")
def terms_unknown(record: Record) -> Traced:
    """Agreements whose term was not read in a source of that time.

    Count those without a term.
    """
    frame = counted(record)
    return count(frame[frame["term_years"].isna()])


def _with_hours(record: Record) -> pd.DataFrame:
    frame = counted(record)
    return frame[frame["consultation_hours"] == 24]


@fact(unit="agreements")
def agreements_24_hours(record: Record) -> Traced:
    """Agreements with consultations within a day.

    Count those whose consultation_hours are 24.
    """
    return count(_with_hours(record), of=counted(record))


@fact(unit="hours")
def consultation_hours(record: Record) -> Traced:
    """Hours within which the sides consult.

    The only number of hours in consultation_hours.
    """
    frame = some(counted(record).dropna(subset=["consultation_hours"]))
    (hours,) = frame["consultation_hours"].unique()
    return traced(int(hours), frame, columns=["consultation_hours"])


@fact(unit="text")
def first_agreement_party(record: Record) -> Traced:
    """First agreement: party.

    By day of signing.
    """
    return first(counted(record), "party")


@fact(unit="date")
def first_agreement_day(record: Record) -> Traced:
    """First agreement: day.

    By day of signing.
    """
    return first(counted(record), "date_signed")


@fact(unit="text")
def last_agreement_party(record: Record) -> Traced:
    """Newest agreement known: party.

    By day of signing.
    """
    return last(counted(record), "party")


@fact(unit="date")
def last_agreement_day(record: Record) -> Traced:
    """Newest agreement known: day.

    By day of signing.
    """
    return last(counted(record), "date_signed")


@fact(unit="date", future=True)
def first_term_end(record: Record) -> Traced:
    """Day on which the first ten-year term ends.

    The day of signing plus the term, the earliest of all.
    """
    ends = term_ends(some(with_terms(record)))
    row = with_terms(record).loc[[ends.idxmin()]]
    return traced(ends.min(), row, columns=["date_signed", "term_years"])


def _in_tally(record: Record, answer: str) -> pd.DataFrame:
    frame = counted(record)
    return frame[frame["in_ukraine_mod_tally"] == answer]


@fact(unit="agreements")
def agreements_in_tally(record: Record) -> Traced:
    """Agreements in the tally of Ukraine's Ministry of Defence.

    Count those in its list of November 2025.
    """
    frame = _in_tally(record, "yes")
    return Traced(count(frame).value, tuple(frame.index), ("in_ukraine_mod_tally",))


@fact(unit="text")
def left_out_party(record: Record) -> Traced:
    """Party that the tally leaves out.

    The parties with in_ukraine_mod_tally no.
    """
    frame = some(_in_tally(record, "no"))
    return traced(", ".join(frame["party"]), frame, columns=["in_ukraine_mod_tally"])


@fact(unit="countries")
def g7_joined(record: Record) -> Traced:
    """Countries of the G7 declaration.

    Count the rows of g7_joiners.csv.
    """
    return count(record.g7_joiners)


@fact(unit="countries")
def g7_without(record: Record) -> Traced:
    """Of these, without an agreement.

    Those whose name is no party's in agreements.csv.
    """
    return count(without(record), of=record.g7_joiners)


def _american(record: Record) -> pd.DataFrame:
    frame = counted(record)
    return frame[frame["iso3"] == "USA"]


@fact(unit="date")
def us_agreement_day(record: Record) -> Traced:
    """Day on which the American agreement was signed.

    The row's date_signed.
    """
    return only(_american(record), "date_signed")


@fact(unit="years")
def us_agreement_term_signed(record: Record) -> Traced:
    """Term of the American agreement, as signed.

    The row's term_years.
    """
    return only(_american(record), "term_years")


@fact(unit="events")
def events_signings(record: Record) -> Traced:
    """Of all events, signings of agreements.

    Count those that end in: signs its agreement with Ukraine.
    """
    frame = record.timeline
    signed = frame["event"].str.endswith("signs its agreement with Ukraine")
    return count(frame[signed], of=frame)


# ---- figures and tables


@figure("agreements-count")
def cumulative_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the steps of the count, by NATO members and others, against the article's number."""
    frame = some(counted(record))
    steps = cumulative(frame)
    last_signed = steps["date_signed"].max()
    end = max(last_signed, min(pd.Timestamp(record.as_of), DRAWN_UNTIL))
    canvas, ax = charts.canvas(2.9)
    canvas.subplots_adjust(left=0.045, right=0.80, bottom=0.11, top=0.97)
    begin = pd.Timestamp(2024, 1, 1)
    top = _draw_steps(ax, facts, steps, begin, end)
    _draw_days(ax, facts, top)
    ax.set_xlim(begin, end)
    ax.set_ylim(0, top)
    ax.set_yticks(range(0, int(top), 10))
    locator = mdates.MonthLocator(bymonth=(1, 4, 7, 10))
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator, show_offset=False))
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y")
    numbers = mdates.date2num(steps["date_signed"])
    return Drawing(
        canvas,
        title=facts.join(
            "{agreements_on_article_day:N} stood on the article’s day, "
            "{members_on_article_day:n} of them with NATO members"
        ),
        subtitle="Bilateral security agreements with Ukraine, cumulative count by day of signing",
        alt=facts.plain(
            "Step chart. The count of agreements rises from the first ({first_agreement_party}, "
            "{first_agreement_day}) to {agreements_on_article_day} on the article’s day, "
            "{members_on_article_day} and {others_on_article_day:n} others, and to "
            "{agreements_signed} by the as-of day, {agreements_signed_nato_members:n} with NATO "
            "members. A dashed line marks the article’s {article_agreements}."
        ),
        shown={
            "members": zip(numbers, steps["members"], strict=True),
            "total": zip(numbers, steps["total"], strict=True),
        },
        sources=record.cites(*frame["source_id"]),
    )


def _draw_steps(ax, facts: Ledger, steps: pd.DataFrame, begin, end) -> float:
    """Draw the two areas with their labels and the article's number; return the axis' top."""
    xs = [begin, *steps["date_signed"], end]
    total = [0, *steps["total"], steps["total"].iloc[-1]]
    members = [0, *steps["members"], steps["members"].iloc[-1]]
    ax.fill_between(xs, members, step="post", color=COLOURS["main"], linewidth=0)
    ax.fill_between(xs, members, total, step="post", color=COLOURS["other"], linewidth=0)
    ax.plot(steps["date_signed"], steps["members"], linestyle="none", gid="data-members")
    ax.plot(steps["date_signed"], steps["total"], linestyle="none", gid="data-total")
    stated = facts.require("article_agreements").value
    ax.axhline(stated, color=COLOURS["article"], linewidth=1.1, dashes=(4, 2))
    margin = (end - begin) * 0.012
    ax.text(
        begin + margin,
        stated + 0.5,
        f"the article:\n{facts.text('article_agreements', 'n')}",
        color=COLOURS["article"],
        va="bottom",
        fontsize=9,
    )
    labels = (
        (members[-1] / 2, facts.text("agreements_signed_nato_members"), "main"),
        ((members[-1] + total[-1]) / 2, facts.text("agreements_signed_others"), "other"),
        (total[-1] + 1.3, f"{facts.text('agreements_signed', 'n')} in all", "ink"),
    )
    for height, label, colour in labels:
        style = {"color": COLOURS[colour], "va": "center", "fontweight": "semibold"}
        ax.text(end + margin, height, label, **style)
    return max(total[-1], stated) + 7


def _draw_days(ax, facts: Ledger, top: float) -> None:
    """Draw the article's day and, where it was known, the summit's."""
    marks = (("article_day", "the article", -1), (".".join(SUMMIT), "the summit", 1))
    for id, label, side in marks:
        if not facts.known(id):
            continue
        day = pd.Timestamp(facts.require(id).value)
        ax.axvline(day, color=COLOURS["ink"], linewidth=0.7)
        ax.annotate(
            f"{label}, {facts.text(id, 'day')}",
            (day, top - 0.4),
            (5 * side, 0),
            textcoords="offset points",
            ha="right" if side < 0 else "left",
            va="top",
            fontsize=8.5,
        )


@figure("agreements-terms")
def terms_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the terms as bars from the day of signing to their ends."""
    frame = some(with_terms(record))
    ends = term_ends(frame)
    height = 0.75 + 0.128 * len(frame)
    canvas, ax = charts.canvas(height)
    canvas.subplots_adjust(left=0.155, right=0.97, bottom=0.30 / height, top=1 - 0.32 / height)
    starts, stops = mdates.date2num(frame["date_signed"]), mdates.date2num(ends)
    spans = list(zip(starts, stops, strict=True))
    for n, (row, span) in enumerate(zip(frame.to_dict("records"), spans, strict=True)):
        colour = COLOURS["main"] if row["nato_member"] == "yes" else COLOURS["other"]
        style = {"linewidth": 3.6, "solid_capstyle": "butt", "gid": f"data-{row['agreement_id']}"}
        ax.plot(span, [n, n], color=colour, **style)
    far = (record.as_of - record.article_day).days > 500  # nearer, the two labels would meet
    marks = [(record.article_day, "the article")] + [(record.as_of, "as of")] * far
    for day, label in marks:
        place = mdates.date2num(pd.Timestamp(day))
        ax.axvline(place, color=COLOURS["ink"], linewidth=0.7)
        ax.text(place, -0.9, f" {label}, {day_text(day)}", fontsize=8, va="bottom")
    ax.xaxis_date()
    ax.set_ylim(len(frame) - 0.4, -0.6)
    ax.set_xlim(mdates.date2num(pd.Timestamp(2023, 12, 1)), max(stops) + 60)
    ax.set_yticks(range(len(frame)), frame["party"])
    ax.tick_params(axis="y", length=0, labelcolor=COLOURS["ink"], labelsize=7.5)
    ax.xaxis.set_major_locator(mdates.YearLocator(2))
    ax.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    return Drawing(
        canvas,
        title=facts.join(
            "The terms run for {us_agreement_term}; the first ends on {first_term_end}"
        ),
        subtitle="Day of signing to the end of the term, in order of signing; "
        "blue: NATO members, ochre: others",
        alt=facts.plain(
            "Bars, one for each agreement whose term was read. All {ten_year_agreements} run for "
            "the same term; the first ({first_agreement_party}) ends on {first_term_end}."
        ),
        shown={
            id: [(span[0], n), (span[1], n)]
            for n, (id, span) in enumerate(zip(frame["agreement_id"], spans, strict=True))
        },
        sources=record.cites(*frame["term_source_id"]),
    )


@table("agreements")
def agreements_table(record: Record, facts: Ledger) -> Table:
    """Return the agreements: party, day, place, term and its end, consultations, money, sources."""
    return Table(
        facts.join("The {agreements_signed} in order of signing. † not a NATO member"),
        (
            Column("Party", width=1.25),
            Column("Signed", width=1.05),
            Column("Place", width=1.15),
            Column("Term", width=1.25, future=True),
            Column("Consultations", width=2.1),
            Column("Money named", width=2.5),
            Column("Sources", width=0.8),
        ),
        tuple(_agreement_row(record, row) for row in some(counted(record)).to_dict("records")),
        note="Money is given as each document or statement has it: periods, kinds and currencies "
        "differ, and it must not be added up.",
        wide=True,
    )


def _agreement_row(record: Record, row: dict) -> Row:
    cells = (
        row["party"] + ("" if row["nato_member"] == "yes" else " †"),
        day_text(row["date_signed"].date()),
        row["place"],
        term_text(row),
        clause(row),
        row["money_text"] or UNREAD,
        tables.cite(record, row["source_id"], row["source_id_2"], row["money_source_id"]),
    )
    return f"agreements:{row['agreement_id']}", cells


def term_text(row: dict, joint: str = "") -> str:
    """Return an agreement's term with the day of its end; ``joint`` stands between the two."""
    if pd.isna(row["term_years"]):
        return UNREAD
    end = term_ends(pd.DataFrame([row])).iloc[0].date()
    return f"{row['term_years']} years{joint} to {day_text(end)}"


GENERAL_CLAUSE = "Urgent consultations in the event of renewed Russian ..."


def clause(row: dict) -> str:
    """Return the consultation clause as the table prints it: the general statement in short."""
    text = row["consultation_clause"]
    if not text:
        return UNREAD
    if text.startswith(GENERAL_CLAUSE):
        return (
            "Urgent consultations, by the Ministry of Defence’s general statement; hours not read"
        )
    return str(text)


@table("g7-without")
def without_table(record: Record, facts: Ledger) -> Table:
    """Return the countries of the G7 declaration that have no agreement."""
    rows = [
        (
            f"g7_joiners:{r['country']}",
            (
                r["country"],
                r["nato_member_2024"],
                joined_text(r),
                tables.cite(record, r["source_id"], r["list_source_id"]),
            ),
        )
        for r in some(without(record)).to_dict("records")
    ]
    return Table(
        facts.join(
            "Of the {g7_joined} of the G7 declaration, {g7_without:n} "
            "{g7_without:has|have} no agreement by {as_of_day}"
        ),
        (
            Column("Country", width=1.5),
            Column("NATO member in 2024", width=1.2),
            Column("Joined the declaration", width=2.2),
            Column("Sources"),
        ),
        tuple(rows),
    )


def joined_text(row: dict) -> str:
    """Return when a country joined, with the precision that was read.

    >>> joined_text({"joined": pd.Timestamp(2023, 8, 21), "joined_precision": "reported by"})
    'reported by 21 August 2023'
    """
    precision, day = row["joined_precision"], row["joined"].date()
    if precision == "reported by":
        return f"reported by {day_text(day)}"
    return day_text(day, precision)
