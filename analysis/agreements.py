"""The bilateral security agreements with Ukraine: how many, with whom, when, for how long."""

import datetime
import re
from typing import Any

import matplotlib.dates as mdates
import pandas as pd

from dossier.data.known import Record
from dossier.data.tables import remembered
from dossier.facts.ledger import Ledger
from dossier.facts.trace import Traced, cell, count, first, last, only, some, traced
from dossier.registry import fact, figure, table
from dossier.show import charts, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Column, Row, Table
from dossier.text.dates import day_text
from dossier.text.words import listed

UNREAD = "not read"

FULL_TEXTS = "AGR_TEXTS"
"""The source of the agreements' whole texts: what it is cited for and leaves blank is not there."""

SUMMIT = ("timeline", "T38", "date")
"""The cell that holds the summit's first day."""

DRAWN_UNTIL = pd.Timestamp(2025, 6, 30)
"""The count is drawn up to this day at the most: nothing was signed after it."""

REQUEST = "at the request|на запит|на прохання"
ESCALATION = "escalation|ескалац"
"""What clauses on consultations say, in the two languages in which they were read."""


def counted(record: Record) -> pd.DataFrame:
    """Return the agreements that count, in order of signing; a follow-on does not count."""
    return _counted(record.agreements)


@remembered
def _counted(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["counted"] == "yes"].sort_values(["date_signed", "agreement_id"])


ABOUT = 0.1
"""About, around and approximately hold within a tenth of the number."""


def is_about(found: float, said: float) -> bool:
    """Tell whether a number that is said with "about" holds."""
    return abs(found - said) <= ABOUT * said


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


def term_end(signed: pd.Timestamp, years: int) -> pd.Timestamp:
    return signed + pd.DateOffset(years=int(years))


def term_ends(frame: pd.DataFrame) -> pd.Series:
    """Return the day on which each term ends: the day of signing plus its years.

    NaT where the term runs from another day, which the record does not have.
    """
    columns = (frame[name] for name in ("date_signed", "term_years", "term_begins"))
    return pd.Series(
        [
            pd.NaT if begins else term_end(day, years)
            for day, years, begins in zip(*columns, strict=True)
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
    """Agreements signed with NATO members.

    Count the rows that are counted and known on the as-of day, with nato_member yes.
    """
    return count(with_members(counted(record)), of=counted(record))


@fact(unit="other parties")
def agreements_signed_others(record: Record) -> Traced:
    """Agreements signed with other parties.

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
    """NATO members that had signed by the article’s day.

    Count those signed by the article's day, with nato_member yes.
    """
    return count(with_members(signed_by(record, record.article_day)), of=counted(record))


@fact(unit="text")
def article_number_is(article_agreements: int, members_on_article_day: int) -> str:
    """Whether the article’s number of signers is about right.

    The NATO members that had signed by the article's day against its number, within a tenth.
    """
    if not is_about(members_on_article_day, article_agreements):
        return "not right"
    edge = 10 * abs(members_on_article_day - article_agreements) == article_agreements
    return "just about right" if edge else "about right"


@fact(unit="other parties")
def others_on_article_day(record: Record) -> Traced:
    """Other parties that had signed by the article’s day.

    Count those signed by the article's day, with nato_member no.
    """
    return count(with_others(signed_by(record, record.article_day)), of=counted(record))


def _in_between(record: Record) -> pd.DataFrame:
    """Return the agreements signed after the article's day and before the summit's first."""
    frame = before_summit(record)
    return frame[frame["date_signed"] > pd.Timestamp(record.article_day)]


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
    """NATO members that had signed before the summit.

    Count those signed before the summit's first day, with nato_member yes.
    """
    part = with_members(before_summit(record))
    return count(part, _summit_row(record), of=counted(record))


def _parties_of(frame: pd.DataFrame, *others: pd.DataFrame) -> Traced:
    """Return the parties of some rows, with these and what else decided on them."""
    return traced(listed(with_the(some(frame)["party"])), frame, *others)


@fact(unit="text")
def between_parties(record: Record) -> Traced:
    """Parties that signed between the article's day and the summit.

    Those that signed after the article's day and before the summit's first day.
    """
    return _parties_of(_in_between(record), _summit_row(record))


@fact(unit="text")
def others_names(record: Record) -> Traced:
    """Parties that had signed by the article's day and are no NATO members.

    Those signed by the article's day, with nato_member no.
    """
    return _parties_of(with_others(signed_by(record, record.article_day)))


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

    Count those without a term, but for those whose whole text names none.
    """
    frame = counted(record)
    whole = frame["agreement_id"].isin(record.agreement_clauses["agreement_id"])
    return count(frame[frame["term_years"].isna() & ~whole])


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
    """Countries of the G7 declaration without an agreement.

    Those whose name is no party's in agreements.csv.
    """
    return count(without(record), of=record.g7_joiners)


def with_the(parties: pd.Series) -> list[str]:
    """Return names of parties as a sentence has them, with the article that some take."""
    taking = ("European Union", "Netherlands", "United Kingdom", "United States")
    return [f"the {name}" if name in taking else name for name in parties]


def _allies_without(record: Record) -> pd.DataFrame:
    members = record.nato_members
    return members[~members["iso3"].isin(counted(record)["iso3"])].sort_values("country")


@fact(unit="allies")
def allies_without_agreement(record: Record) -> Traced:
    """Allies that have no agreement with Ukraine.

    Count the rows of nato_members.csv whose iso3 is no party's in agreements.csv.
    """
    return count(_allies_without(record), counted(record), of=record.nato_members)


@fact(unit="text")
def allies_never_joined(record: Record) -> Traced:
    """Allies without an agreement that did not join the G7 declaration.

    Those of the allies without an agreement whose name is not in g7_joiners.csv.
    """
    frame = _allies_without(record)
    apart = some(frame[~frame["country"].isin(record.g7_joiners["country"])])
    return traced(listed(apart["country"]), apart, counted(record), record.g7_joiners)


@fact(unit="text")
def allies_without_agreement_names(record: Record) -> Traced:
    """Names of the allies without an agreement.

    The countries of nato_members.csv whose iso3 is no party's in agreements.csv.
    """
    frame = some(_allies_without(record))
    return traced(listed(frame["country"]), frame, counted(record))


BINDING = {
    "not legally binding": "one_by_one",
    "not legally binding (general)": "in_general",
    "political commitment": "political",
    "executive agreement; bindingness disputed": "disputed",
    "no treaty (own text)": "by_own_text",
    "legal instrument (own text)": "by_own_text",
    "not stated": "not_stated",
    "": "not_stated",
}
"""What is read of an agreement's legal force, and the ids of the facts that count it."""


@fact(
    unit="agreements",
    name="binding_{kind}",
    over={"kind": list(dict.fromkeys(BINDING.values()))},
)
def binding(record: Record, kind: str) -> Traced:
    """Agreements whose legal force is read as: {kind}.

    Count the agreements by the column legal_form_kind.
    """
    frame = counted(record)
    return count(frame[frame["legal_form_kind"].map(BINDING) == kind])


def _read_in_full(record: Record) -> pd.DataFrame:
    """Return the agreements whose whole text was read."""
    frame = counted(record)
    return frame[frame["agreement_id"].isin(record.agreement_clauses["agreement_id"])]


@fact(unit="agreements")
def texts_read(record: Record) -> Traced:
    """Agreements whose whole text was read.

    Count the agreements with a row in agreement_clauses.csv.
    """
    return count(_read_in_full(record), record.agreement_clauses)


@fact(unit="text")
def text_unread_parties(record: Record) -> Traced:
    """Parties whose agreement's whole text was not read.

    Those without a row in agreement_clauses.csv, once it has any.
    """
    clauses = some(record.agreement_clauses)
    frame = counted(record)
    return _parties_of(frame[~frame.index.isin(_read_in_full(record).index)], clauses)


@fact(unit="agreements")
def agreements_with_ending(record: Record) -> Traced:
    """Agreements whose text says how they are ended.

    Count the rows of agreement_clauses.csv with words on their end.
    """
    clauses = some(record.agreement_clauses)
    return count(clauses[clauses["termination_quote"] != ""], of=clauses)


@fact(unit="agreements")
def texts_on_force(record: Record) -> Traced:
    """Agreements whose text says what it is in law.

    Count the rows of agreement_clauses.csv with words on the text's own legal force.
    """
    clauses = some(record.agreement_clauses)
    return count(clauses[clauses["force_quote"] != ""], of=clauses)


@fact(unit="agreements")
def agreements_on_request(record: Record) -> Traced:
    """Agreements whose clause on consultations waits for the request of one side.

    Count the rows of agreement_clauses.csv whose words on consultations hold “at the request”, or,
    in Ukrainian, “на запит” or “на прохання”.
    """
    clauses = some(record.agreement_clauses)
    return count(clauses[clauses["consultation_quote"].str.contains(REQUEST)], of=clauses)


@fact(unit="agreements")
def endings_like_us(record: Record, us_notice: int) -> Traced:
    """Agreements whose text names as long a notice as the American one.

    Count the rows of agreement_clauses.csv by the column notice_months.
    """
    clauses = some(record.agreement_clauses)
    return count(clauses[clauses["notice_months"] == us_notice], of=clauses)


@fact(unit="months")
def us_notice(record: Record) -> Traced:
    """Time from a notice to the end of the American agreement.

    The row's notice_months.
    """
    clauses, agreement = record.agreement_clauses, _american(record)
    own = some(clauses[clauses["agreement_id"].isin(agreement["agreement_id"])])
    return traced(int(only(own, "notice_months").value), own, agreement)


@fact(unit="agreements")
def agreements_on_escalation(record: Record) -> Traced:
    """Agreements whose clause on consultations names an escalation, too.

    Count the rows of agreement_clauses.csv whose words on consultations hold “escalation”, or, in
    Ukrainian, “ескалац…”.
    """
    clauses = some(record.agreement_clauses)
    return count(clauses[clauses["consultation_quote"].str.contains(ESCALATION)], of=clauses)


@fact(unit="text")
def after_hostilities_parties(record: Record) -> Traced:
    """Parties whose clause on consultations counts from the end of the present hostilities.

    Those whose words in agreement_clauses.csv hold “cessation of current hostilities”.
    """
    return _parties_of(_after_hostilities(record))


@fact(unit="text")
def hostilities_or_escalation_parties(record: Record) -> Traced:
    """Of the clauses after present hostilities, those that add an escalation.

    Those whose words on consultations hold “escalation” as well.
    """
    frame = _after_hostilities(record)
    return _parties_of(frame[frame["consultation_quote"].str.contains(ESCALATION)])


def _after_hostilities(record: Record) -> pd.DataFrame:
    clauses = record.agreement_clauses
    return clauses[clauses["consultation_quote"].str.contains("cessation of current hostilities")]


@fact(unit="agreements")
def agreements_with_money(record: Record) -> Traced:
    """Agreements for which a sum of money was read.

    Count those with money_kind, but for those that name none.
    """
    return count(_with_money(counted(record)), of=counted(record))


@fact(unit="text")
def consultations_unasked(record: Record) -> Traced:
    """Parties whose clause on consultations does not wait for a request.

    Those with words on consultations in agreement_clauses.csv that lack “at the request”, and, in
    Ukrainian, “на запит” and “на прохання”.
    """
    clauses = some(record.agreement_clauses)
    words = clauses["consultation_quote"].fillna("")
    return _parties_of(clauses[(words != "") & ~words.str.contains(REQUEST)], clauses)


@fact(unit="text")
def hours_missing_party(record: Record) -> Traced:
    """Parties whose text names no hours for consultations.

    Those with a row in agreement_clauses.csv and no consultation_hours.
    """
    return _parties_lacking(record, "consultation_hours")


@fact(unit="text")
def term_missing_party(record: Record) -> Traced:
    """Parties whose text names no term.

    Those with a row in agreement_clauses.csv and no term_years.
    """
    return _parties_lacking(record, "term_years")


def _parties_lacking(record: Record, column: str) -> Traced:
    """Return the parties whose text was read and whose row has nothing in a column."""
    frame = _read_in_full(record)
    frame = some(frame[frame[column].isna()])
    clauses = record.agreement_clauses
    read = clauses[clauses["agreement_id"].isin(frame["agreement_id"])]
    return traced(listed(with_the(frame["party"])), frame, read, columns=[column])


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


@figure("agreements-count", narrow=True)
def cumulative_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the steps of the count, by NATO members and others, against the article's number."""
    frame = some(counted(record))
    steps = cumulative(frame)
    last_signed = steps["date_signed"].max()
    end = max(last_signed, min(pd.Timestamp(record.as_of), DRAWN_UNTIL))
    canvas, ax = charts.canvas(2.9 if charts.is_narrow() else 2.45)
    charts.inset(canvas, *SIDES, 0.32, 0.09)
    begin = pd.Timestamp(2024, 1, 1)
    top = _draw_steps(ax, facts, steps, begin, end)
    _draw_days(ax, facts, top)
    ax.set_xlim(begin, end)
    ax.set_ylim(0, top)
    ax.set_yticks(range(0, int(steps["total"].max()) + 5, 10))
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
            "{members_on_article_day:W} had signed by {article_day}; with other parties there "
            "were {agreements_on_article_day}"
        ),
        subtitle=facts.join(
            "Bilateral security agreements with Ukraine, cumulative count by day of signing; none "
            "was found after {last_agreement_day}"
        ),
        alt=facts.plain(
            "Step chart. The count of agreements rises from the first ({first_agreement_party}, "
            "{first_agreement_day}) to {agreements_on_article_day} on the article’s day, "
            "{members_on_article_day} and {others_on_article_day:n} others, and to "
            "{agreements_signed} by the as-of day, {agreements_signed_nato_members:n} with NATO "
            "members. A dashed line marks the article’s {article_agreements}, a dot "
            "{members_on_article_day} by its day."
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
    for low, high, colour in ((members, total, "other"), (0, members, "main")):
        look = {"color": COLOURS[colour], "step": "post"}
        ax.fill_between(xs, low, high, alpha=PALE, linewidth=0, **look)
        ax.step(xs, high, color=COLOURS[colour], where="post", linewidth=1.4)
    ax.plot(steps["date_signed"], steps["members"], linestyle="none", gid="data-members")
    ax.plot(steps["date_signed"], steps["total"], linestyle="none", gid="data-total")
    stated = facts.require("article_agreements").value
    margin = (end - begin) * 0.012
    _draw_stated(ax, facts, stated, begin, end, total[-1])
    labels = (
        (members[-1] / 2, facts.text("agreements_signed_nato_members"), "main"),
        ((members[-1] + total[-1]) / 2, facts.text("agreements_signed_others"), "other"),
        (total[-1] + 1.3, f"{facts.text('agreements_signed', 'n')} in all", "ink"),
    )
    for height, label, colour in labels:
        style = {"color": COLOURS[colour], "va": "center", "fontweight": "semibold"}
        ax.text(end + margin, height, label, **style)
    return max(total[-1], stated) + (13 if charts.is_narrow() else 7)


PALE = 0.3
"""How much of its colour an area has below its line."""
SIDES = (0.28, 1.26)
"""Inches left and right of the steps."""
ROOM = 1.2
"""Inches that the label of the members needs right of the article's day."""


def _draw_stated(ax, facts: Ledger, stated: float, begin, end, top: float) -> None:
    """Draw the article's number of members up to its day, and how many had signed by then."""
    day = pd.Timestamp(facts.require("article_day").value)
    accent = {"color": COLOURS["article"]}
    height = top if charts.is_narrow() else stated  # there is no room at the line on a phone
    ax.plot([begin, day], [stated, stated], linewidth=1.1, dashes=(4, 2), **accent)
    words = facts.text("article_agreements").replace(" member", "\nmember")
    below: dict[str, Any] = {"textcoords": "offset points", "va": "bottom", "fontsize": 9}
    below["bbox"] = charts.ground()
    ax.annotate(f"the article: {words}", (begin, height), (3, 3), **below, **accent)
    signed = facts.require("members_on_article_day").value
    dot = {"color": COLOURS["paper"], "markeredgecolor": COLOURS["ink"], "clip_on": False}
    ax.plot([day], [signed], "o", markersize=5, zorder=5, **dot)
    if (end - day) / (end - begin) * (charts.width() - sum(SIDES)) > ROOM:
        inside: dict[str, Any] = {"color": COLOURS["ink"], "fontsize": 8.5, "va": "top"}
        words = f"{facts.text('members_on_article_day')}\nby then"
        ax.annotate(words, (day, signed), (7, -8), textcoords="offset points", **inside)


def _draw_days(ax, facts: Ledger, top: float) -> None:
    """Draw the article's day and, where it was known, the summit's."""
    marks = (("article_day", "the remarks", -1), (".".join(SUMMIT), "the summit", 1))
    for id, label, side in marks:
        colour = COLOURS["ink" if side < 0 else "muted"]
        if not facts.known(id):
            continue
        day = pd.Timestamp(facts.require(id).value)
        ax.axvline(day, color=colour, linewidth=0.7, dashes=(2, 2) if side > 0 else (1, 0))
        ax.annotate(
            f"{label},{chr(10) if charts.is_narrow() else ' '}{facts.text(id, 'day')}",
            (day, top - 0.4),
            (5 * side, 0),
            textcoords="offset points",
            ha="right" if side < 0 else "left",
            va="top",
            fontsize=8.5,
        )


FORCES = {
    "not legally binding": "not legally binding, or memoranda",
    "not legally binding (general)": "political, by a general statement",
    "political commitment": "political commitment or declaration",
    "executive agreement; bindingness disputed": "disputed",
    "no treaty (own text)": "not to be registered (own text)",
    "legal instrument (own text)": "a legal instrument (own text)",
    "not stated": "no statement found",
}
"""What the list writes of each kind of legal force, the most frequent first."""

NO_MONEY = "none named"
"""The kind of money of an agreement that names none: a share of GDP is a kind, too."""


def _with_money(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[~frame["money_kind"].isin(["", NO_MONEY])]


TALL = 0.155
"""Inches from one line of the list to the next."""
LISTS = {False: 3, True: 1}
"""In how many columns it stands, on a page and on a phone."""


@figure("agreements-list", narrow=True)
def list_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the agreements in a list for each kind of legal force, by day of signing.

    A mark is filled where money was found in an agreement. Allies without one are the last list.
    """
    columns = _into_columns(_lists(record))
    height = TALL * max(sum(len(rows) + HEAD for _, rows in column) for column in columns)
    canvas, ax = charts.canvas(height)
    charts.inset(canvas, 0, 0, 0, 0)
    ax.set_xlim(0, charts.width())
    ax.set_ylim(height, 0)
    ax.axis("off")
    return Drawing(
        canvas,
        title=facts.join(
            "Of {agreements_signed}, {binding_one_by_one:n} are described as not legally binding "
            "or as memoranda; with {allies_without_agreement} none was found"
        ),
        subtitle="Grouped by what officials, the press or the text itself say about legal force. "
        "Full dot: a sum for the year of signing or later is named; open dot: we read of none. "
        "Blue: signed after the article’s day",
        alt=facts.plain(
            "Lists of the parties of {agreements_signed}, one for each kind of legal force, and of "
            "{allies_without_agreement} without one. {agreements_with_money:W} name money."
        ),
        note=facts.join(
            "Hours for consultation: {agreements_24_hours:n} agreements name "
            "{consultation_hours}, that with {hours_missing_party} names none.",
            "The text of that with {text_unread_parties} was not read.",
        ),
        shown=_draw_lists(ax, columns),
        sources=record.cites(*counted(record)["legal_form_source_id"]),
        quoted=tuple(counted(record).index),
    )


Listed = tuple[str, list[dict[str, Any]]]
"""A head, and for each line below it the party, the day of signing, if it was late, if money."""


def _lists(record: Record) -> list[Listed]:
    frame = counted(record)
    rows = pd.DataFrame(
        {
            "party": frame["party"],
            "signed": frame["date_signed"],
            "late": frame["date_signed"] > pd.Timestamp(record.article_day),
            "money": frame.index.isin(_with_money(frame).index),
        }
    )
    kinds = frame["legal_form_kind"].replace("", "not stated")
    by_force = [(words, rows[kinds == kind].to_dict("records")) for kind, words in FORCES.items()]
    without = [{"party": country} for country in _allies_without(record)["country"]]
    return [(head, lines) for head, lines in (*by_force, ("no agreement found", without)) if lines]


HEAD = 1.9
"""Lines that a list's head takes, with the air above it."""


def _into_columns(lists: list[Listed]) -> list[list[Listed]]:
    """Return lists dealt to columns in turn: each goes on until it has its share of the lines."""
    share = sum(len(rows) + HEAD for _, rows in lists) / LISTS[charts.is_narrow()]
    columns: list[list[Listed]] = [[]]
    filled = 0.0
    for head, rows in lists:
        tall = len(rows) + HEAD
        if columns[-1] and filled + tall / 2 > share * len(columns):
            columns.append([])
        columns[-1].append((head, rows))
        filled += tall
    return columns


def _draw_lists(ax: Any, columns: list[list[Listed]]) -> dict[str, list[tuple[float, float]]]:
    """Write the lists in their columns; return where the marks stand, with money and without."""
    places: dict[str, list[tuple[float, float]]] = {}
    style: dict[str, Any] = {"va": "center", "fontsize": 8}
    for n, column in enumerate(columns):
        x, y = charts.width() / LISTS[charts.is_narrow()] * n, -TALL / 2
        for head, rows in column:
            y += HEAD * TALL
            ax.text(x, y, head, fontweight="semibold", **style)
            for row in rows:
                y += TALL
                _draw_party(ax, x, y, row, style)
                if "signed" in row:
                    kind = ("money" if row["money"] else "none", "late" if row["late"] else "early")
                    places.setdefault("-".join(kind), []).append((x + 0.05, y))
    for name, found in places.items():
        colour = COLOURS["main" if name.endswith("late") else "ink"]
        face = colour if name.startswith("money") else COLOURS["paper"]
        look = {"s": 18, "facecolor": face, "edgecolor": colour, "linewidth": 0.9}
        ax.scatter(*zip(*found, strict=True), gid=f"data-{name}", **look)
    return places


def _draw_party(ax: Any, x: float, y: float, row: dict[str, Any], style: dict[str, Any]) -> None:
    """Write a party, and when it signed."""
    colour = COLOURS["main" if row.get("late") else "ink"]
    ax.text(x + 0.15, y, row["party"], color=colour, **style)
    if "signed" in row:
        day = f"{row['signed'].day} {row['signed']:%b %Y}"
        ax.text(x + 1.3, y, day, color=colour, **style)


@table("agreement-clauses")
def clauses_table(record: Record, facts: Ledger) -> Table:
    """Return the words of each agreement on consultations, on its term and on notice."""
    clauses = some(record.agreement_clauses).set_index("agreement_id")
    rows = [
        (f"agreement_clauses:{id}", (clause["party"], *words_of(clause)))
        for id, clause in clauses.to_dict("index").items()
    ]
    return Table(
        facts.join("In their own words: consultations, term and notice in {texts_read:n} texts"),
        (
            Column("Party", width=0.85),
            Column("To consult in the event of", width=2.2),
            Column("When", width=1.15),
            Column("Term", width=1.75, future=True),
            Column("To end it, notice of", width=2.0),
        ),
        tuple(rows),
        note=tables.note(
            "From unofficial copies, spelt as found; the whole clauses stand in "
            "agreement_clauses.csv. In brackets: our rendering. On request: if one side asks, by "
            "the whole clause. –: no such words were found.",
            tables.sources_line(record, *clauses["source_id"].unique()),
        ),
    )


def words_of(clause: dict) -> list[str]:
    """Return the words on event, hours, term and notice, each with its rendering if it has one.

    Behind the hours stands whether the whole clause waits for a request.
    """
    cut = [clause[f"{of}_words"] for of in ("event", "hours", "term", "notice")]
    english = clause["english"].split("; ") if clause["english"] else [""] * len(cut)
    pairs = zip(cut, english, strict=True)
    said = [f"“{words}”" + f" ({own})" * bool(own) if words else "–" for words, own in pairs]
    if re.search(REQUEST, clause["consultation_quote"]):
        said[1] += ", on request"
    return said


@table("agreements")
def agreements_table(record: Record, facts: Ledger) -> Table:
    """Return the agreements: party, day, place, term, force, money, sources."""
    return Table(
        facts.join("The {agreements_signed} in order of signing. † not a NATO member"),
        (
            Column("Party", width=0.9),
            Column("Signed", width=0.9),
            Column("Place", width=0.95),
            Column("Term", width=1.1, future=True),
            Column("Legal force, as read", width=1.3),
            Column("Money named", width=2.0),
            Column("Sources", width=0.8),
        ),
        tuple(_agreement_row(record, row) for row in some(counted(record)).to_dict("records")),
        note="Not legally binding: called so, or a memorandum of understanding. By a general "
        "statement: of Ukraine’s presidential office on all agreements before the American one, or "
        "of a law journal on such agreements as a whole; taken only where nothing nearer was read. "
        "The American agreement entered into force on its signature, by its own text. "
        "Money is given as each document or statement has it: periods, kinds and currencies "
        "differ, and it must not be added up.",
    )


def _agreement_row(record: Record, row: dict) -> Row:
    cells = (
        row["party"] + ("" if row["nato_member"] == "yes" else " †"),
        day_text(row["date_signed"].date()),
        row["place"],
        term_text(row),
        FORCE.get(row["legal_form_kind"], row["legal_form_kind"]),
        row["money_text"] or UNREAD,
        tables.cite(
            record,
            row["source_id"],
            row["source_id_2"],
            row["term_source_id"],
            row["legal_form_source_id"],
            row["money_source_id"],
        ),
    )
    return f"agreements:{row['agreement_id']}", cells


def term_text(row: dict, joint: str = "") -> str:
    """Return an agreement's term with the day of its end; ``joint`` stands between the two."""
    if pd.isna(row["term_years"]):
        return "none in the text" if row["term_source_id"] == FULL_TEXTS else UNREAD
    if row["term_begins"]:
        return f"{row['term_years']} years{joint} from the {row['term_begins']}"
    end = term_end(row["date_signed"], row["term_years"]).date()
    return f"{row['term_years']} years{joint} to {day_text(end)}"


FORCE = {
    "": "text not read",
    "not stated": "none in the text",
    "not legally binding (general)": "politically binding, by a general statement",
    "executive agreement; bindingness disputed": "executive agreement; disputed whether it binds",
    "no treaty (own text)": "not to be registered, by its own text",
    "legal instrument (own text)": "legal instrument without ratification, by its own text",
}


def hours_text(row: dict) -> str:
    """Return within how many hours the sides of an agreement are to consult."""
    if pd.notna(row["consultation_hours"]):
        hedge = ", where possible" if "where possible" in row["consultation_clause"] else ""
        return f"within {row['consultation_hours']:.0f} hours{hedge}"
    return "none in the text" if row["consultation_source_id"] == FULL_TEXTS else UNREAD


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
            "Of the {g7_joined} of the G7 declaration, no agreement was found for {g7_without:n} "
            "by {as_of_day}"
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
    'no later than 21 August 2023'
    """
    precision, day = row["joined_precision"], row["joined"].date()
    if precision == "reported by":
        return f"no later than {day_text(day)}"
    return day_text(day, precision)
