"""The brief of one ally: the rows that it rests on, its facts, its table, its figure."""

import datetime
import functools
from collections.abc import Sequence

import pandas as pd

from analysis import agreements, spending, support
from dossier.chapters.claims import NOTHING_KNOWN, judge, newest_findings
from dossier.data.known import NotKnown, Record
from dossier.data.tables import remembered
from dossier.facts.ledger import Ledger
from dossier.facts.trace import Traced, count, only, some, traced
from dossier.registry import fact, figure, keep, table
from dossier.show import charts, tables
from dossier.show.briefs import entities, entity_name
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Cell, Column, Row, Table
from dossier.text.dates import day_text
from dossier.text.numbers import signed_text

SIGNS = "signs its agreement with Ukraine"
"""How an event of a signing ends."""

GENERAL = ("agreements", "below_target")
"""Rules of the claims that are about every ally."""

Day = datetime.date


# ---- the rows that a brief may use


def _names(record: Record, iso3: str) -> list[str]:
    row = record.everything["nato_members"].loc[f"nato_members:{iso3}"]
    return [row["country"], *(n for n in row["also_named"].split(";") if n)]


def concerning(record: Record, iso3: str) -> list[str]:
    """Return the claims that concern an ally: on all, or in a sentence that names it."""
    names = _names(record, iso3)

    def names_it(start: int) -> bool:
        sentence = record.article.sentence_at(int(start))
        return any(name in sentence for name in names)

    everyone = record.claims["rule"].isin(GENERAL)
    named = record.claims["start"].map(names_it).astype(bool)
    return list(record.claims.loc[everyone | named, "claim_id"])


@keep("claims")
def keep_claims(frame: pd.DataFrame, record: Record, entity: str) -> pd.DataFrame:
    """All; on those that concern the ally the verdict, which rests on more than a brief's rows."""
    concerned = record.claims["claim_id"].isin(concerning(record, entity))
    judged = judge(record, _ledger(record), record.claims[concerned])
    verdicts = {j.claim_id: j.verdict for j in judged}
    return frame.assign(verdict=frame["claim_id"].map(verdicts).fillna(""))


@functools.lru_cache(maxsize=1)
def _ledger(record: Record) -> Ledger:
    """Return the facts of the whole record, for all of its briefs."""
    return Ledger(record)


@keep("timeline")
def keep_events(frame: pd.DataFrame, record: Record, entity: str) -> pd.DataFrame:
    """Those whose words name the ally, but for its signing, which the agreement has."""
    words, names = frame["event"] + " " + frame["detail"], _names(record, entity)
    named = words.map(lambda text: any(name in text for name in names))
    return frame[named & ~frame["event"].str.endswith(SIGNS)]


@keep("findings")
def keep_findings(frame: pd.DataFrame, record: Record, entity: str) -> pd.DataFrame:
    """Those on the claims that concern the ally."""
    return frame[frame["claim_id"].isin(concerning(record, entity))]


def _name(record: Record, entity: str) -> str:
    return str(record.everything["nato_members"].at[f"nato_members:{entity}", "country"])


@keep("disagreements")
def keep_disputed(frame: pd.DataFrame, record: Record, entity: str) -> pd.DataFrame:
    """Those on the ally's agreement."""
    return frame[frame["topic"] == f"{_name(record, entity)}’s agreement"]


@keep("g7_joiners")
def keep_joiner(frame: pd.DataFrame, record: Record, entity: str) -> pd.DataFrame:
    """The ally's own row."""
    return frame[frame["country"] == _name(record, entity)]


@keep("compact_signatories")
def keep_signatory(frame: pd.DataFrame, record: Record, entity: str) -> pd.DataFrame:
    """The ally's own row, and Ukraine's, which tells that the lists were known."""
    return frame[frame["signatory"].isin([_name(record, entity), "Ukraine"])]


@keep("nato_share_gdp")
def keep_shares(frame: pd.DataFrame, record: Record, entity: str) -> pd.DataFrame:
    """The ally's and NATO's own in every edition; of the others the newest, to compare with."""
    newest = frame["edition"] == spending.editions(record)[-1]
    return frame[newest | frame["iso3"].isin([entity, spending.TOTAL])]


@keep("nato_members")
def keep_members(frame: pd.DataFrame, record: Record, entity: str) -> pd.DataFrame:
    """All, but of the others only name and accession."""
    other = frame["iso3"] != entity
    blank = {c: frame[c].mask(other, "") for c in ("date_kind", "note", "disagreement")}
    cited = [() if o else ids for o, ids in zip(other, frame["source_ids"], strict=True)]
    return frame.assign(**blank, source_ids=cited)


# ---- facts: the ally, its agreement, the declaration, the compact


def _member(record: Record, entity: str) -> pd.DataFrame:
    return record.nato_members[record.nato_members["iso3"] == entity]


@fact(unit="text")
def ally(record: Record, entity: str) -> Traced:
    """The ally.

    The row's country.
    """
    found = only(_member(record, entity), "country")
    return Traced(support.in_a_sentence(found.value), found.rows, found.columns)


@fact(unit="date")
def ally_joined(record: Record, entity: str) -> Traced:
    """Day of its accession.

    The row's accession_date.
    """
    return only(_member(record, entity), "accession_date")


@fact(unit="text")
def ally_joined_disagreement(record: Record, entity: str) -> Traced:
    """Where sources disagree on it.

    The row's disagreement.
    """
    found = only(_member(record, entity), "disagreement")
    if found.value.startswith("none"):
        raise NotKnown("a disagreement")
    return found


def _agreement(record: Record, entity: str, counted: str = "yes") -> pd.DataFrame:
    frame = record.agreements
    return frame[(frame["iso3"] == entity) & (frame["counted"] == counted)].iloc[:1]


def _term_end(frame: pd.DataFrame) -> Traced:
    known = frame.dropna(subset=["term_years"])
    known = some(known[known["term_begins"] == ""])
    end = agreements.term_ends(known).iloc[0]
    return traced(end, known, columns=["date_signed", "term_years"])


@fact(unit="date")
def agreement_day(record: Record, entity: str) -> Traced:
    """Agreement with Ukraine: day of signing.

    The row's date_signed.
    """
    return only(_agreement(record, entity), "date_signed")


@fact(unit="years")
def agreement_term(record: Record, entity: str) -> Traced:
    """Agreement with Ukraine: term.

    The row's term_years.
    """
    return only(_agreement(record, entity), "term_years")


@fact(unit="date", future=True)
def agreement_end(record: Record, entity: str) -> Traced:
    """Agreement with Ukraine: end of the term.

    The day of signing plus the term.
    """
    return _term_end(_agreement(record, entity))


@fact(unit="text")
def agreement_begins(record: Record, entity: str) -> Traced:
    """Agreement with Ukraine: what its term runs from, where not from the day of signing.

    The row's term_begins.
    """
    frame = _agreement(record, entity)
    return only(some(frame[frame["term_begins"] != ""]), "term_begins")


@fact(unit="date")
def follow_on_day(record: Record, entity: str) -> Traced:
    """Later agreement with Ukraine, not counted again: day of signing.

    The row's date_signed.
    """
    return only(_agreement(record, entity, "no"), "date_signed")


@fact(unit="years")
def follow_on_term(record: Record, entity: str) -> Traced:
    """Later agreement with Ukraine, not counted again: term.

    The row's term_years.
    """
    return only(_agreement(record, entity, "no"), "term_years")


@fact(unit="date", future=True)
def follow_on_end(record: Record, entity: str) -> Traced:
    """Later agreement with Ukraine, not counted again: end of the term.

    The day of signing plus the term.
    """
    return _term_end(_agreement(record, entity, "no"))


def _absent(record: Record, entity: str, frame: pd.DataFrame, *looked: pd.DataFrame) -> Traced:
    """Return "none" where a frame has no rows; the evidence is the ally's row and ``looked``."""
    if len(frame):
        raise NotKnown("nothing absent")
    return traced("none", _member(record, entity), *looked)


@fact(unit="text")
def agreement_absent(record: Record, entity: str) -> Traced:
    """Rows of the ally in the table of agreements.

    No row of agreements.csv known by the as-of day is the ally's.
    """
    return _absent(record, entity, _agreement(record, entity))


def _not_signed(record: Record, entity: str) -> pd.DataFrame:
    """Return the newest event on an agreement of the ally's, where it has none."""
    if len(_agreement(record, entity)):
        raise NotKnown("an agreement not signed")
    events = record.timeline[record.timeline["kind"] == "bilateral agreement"]
    return some(events).sort_values("date").iloc[-1:]


@fact(unit="text")
def not_signed(record: Record, entity: str) -> Traced:
    """What the timeline has on an agreement that was not signed.

    The event and the detail of the newest row on an agreement of the ally's.
    """
    row = _not_signed(record, entity)
    event, detail = row["event"].iloc[0], row["detail"].iloc[0]
    return traced(f"{event}. {detail}" if detail else event, row, columns=["event", "detail"])


@fact(unit="text")
def not_signed_day(record: Record, entity: str) -> Traced:
    """Day of that event.

    The date of the same row, with its precision.
    """
    row = _not_signed(record, entity)
    day = day_text(row["date"].iloc[0].date(), row["precision"].iloc[0])
    return traced(day, row, columns=["date", "precision"])


@fact(unit="text")
def signing_disputed(record: Record, entity: str) -> Traced:
    """What sources that disagree on the ally's agreement say of it, where none is counted.

    Both versions of the newest disagreement on it, and how it is treated.
    """
    if len(_agreement(record, entity)):
        raise NotKnown("an agreement that is not counted")
    row = some(record.disagreements).sort_values("known_from").iloc[-1:]
    first, second, treated = (row[c].iloc[0] for c in ("version_1", "version_2", "resolution"))
    words = f"{first}; {second}. {treated.rstrip('.')}"
    return traced(words, row, columns=["version_1", "version_2", "resolution"])


def _joiner(record: Record, entity: str) -> pd.DataFrame:
    return record.g7_joiners[record.g7_joiners["country"] == entity_name(record)]


@fact(unit="text", name="g7_joined")
def declaration_joined(record: Record, entity: str) -> Traced:
    """When it joined the G7 declaration.

    The row's joined, with its precision.
    """
    row = some(_joiner(record, entity))
    return traced(agreements.joined_text(row.iloc[0].to_dict()), row, columns=["joined"])


@fact(unit="text")
def g7_absent(record: Record, entity: str) -> Traced:
    """Rows of the ally in the table of the G7 declaration.

    No row of g7_joiners.csv is the ally's.
    """
    return _absent(record, entity, _joiner(record, entity))


LISTS = {
    "in_white_house_list": "the White House’s",
    "in_eu_list": "the EU’s",
    "in_press_list_of_23": "a press agency’s",
}


def _signatory(record: Record, entity: str) -> pd.DataFrame:
    frame = record.compact_signatories
    return frame[frame["signatory"] == entity_name(record)]


@fact(unit="text")
def compact_absent(record: Record, entity: str) -> Traced:
    """Lists of the Ukraine Compact's signatories that name the ally.

    No row of compact_signatories.csv is the ally's.
    """
    looked = some(record.compact_signatories)
    return _absent(record, entity, _signatory(record, entity), looked)


@fact(unit="text")
def compact_lists(record: Record, entity: str) -> Traced:
    """Lists of the Ukraine Compact's signatories that name it.

    The row's columns.
    """
    row = some(_signatory(record, entity))
    named = [words for column, words in LISTS.items() if row[column].iloc[0] == "yes"]
    return traced(_listed(named, "and") or None, row)


@fact(unit="text")
def compact_lists_without(record: Record, entity: str) -> Traced:
    """Lists of the Ukraine Compact's signatories that do not name it.

    The row's columns.
    """
    row = some(_signatory(record, entity))
    left = [words for column, words in LISTS.items() if row[column].iloc[0] != "yes"]
    return traced(_listed(left, "or") or None, row)


def _listed(words: Sequence[str], last: str) -> str:
    """Return words as a list in prose.

    >>> _listed(["a", "b", "c"], "and")
    'a, b and c'
    """
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


# ---- facts: its spending


def _own(record: Record, entity: str, edition: Day) -> pd.DataFrame:
    """Return the ally's years of membership with a figure in an edition, in order."""
    return _with_figure(spending.shares(record, edition), entity)


@remembered
def _with_figure(frame: pd.DataFrame, entity: str) -> pd.DataFrame:
    own = frame[frame["iso3"] == entity].dropna(subset=["share_percent"])
    return own.sort_values("year")


def _with_scale(record: Record, entity: str, edition: Day, found: Traced) -> Traced:
    """Return a value with the rows that say who counts: the member's, the edition's last year."""
    frame = spending.of_edition(record.nato_share_gdp, edition)
    last = frame[frame["year"] == frame["year"].max()].iloc[:1]
    more = traced(None, _member(record, entity), last).rows
    return Traced(found.value, tuple(dict.fromkeys((*found.rows, *more))))


def _newest(record: Record, entity: str, edition: Day) -> pd.DataFrame:
    return _own(record, entity, edition).iloc[-1:]


@fact(unit="text")
def share_absent(record: Record, entity: str, edition_newest: Day) -> Traced:
    """Figures of the ally in NATO's newest edition.

    No share is printed for it.
    """
    frame = spending.of_edition(record.nato_share_gdp, edition_newest)
    looked = some(frame[frame["year"] == frame["year"].max()])
    return _absent(record, entity, _own(record, entity, edition_newest), looked)


@fact(unit="percent of GDP", decimals=2)
def share_newest(record: Record, entity: str, edition_newest: Day) -> Traced:
    """Its newest share.

    The cell of the newest year with a figure.
    """
    found = only(_newest(record, entity, edition_newest), "share_percent")
    return _with_scale(record, entity, edition_newest, found)


@fact(unit="year")
def share_newest_year(record: Record, entity: str, edition_newest: Day) -> Traced:
    """Year of its newest share.

    The newest year with a figure.
    """
    found = only(_newest(record, entity, edition_newest), "year")
    return _with_scale(record, entity, edition_newest, found)


@fact(unit="text")
def share_kind(record: Record, entity: str, edition_newest: Day) -> Traced:
    """Whether that share is an estimate.

    The row's estimate.
    """
    row = some(_newest(record, entity, edition_newest))
    kind = "estimate" if row["estimate"].iloc[0] == "yes" else "figure"
    return _with_scale(record, entity, edition_newest, traced(kind, row))


@fact(unit="year")
def share_blank_year(newest_year: int, share_newest_year: int) -> int:
    """Last year of the edition, which leaves it blank.

    The edition prints no figure for it.
    """
    if share_newest_year >= newest_year:
        raise NotKnown("a blank year")
    return newest_year


def _peers(record: Record, edition: Day, year: int) -> pd.DataFrame:
    return spending.year_of(record, edition, year).dropna(subset=["share_percent"])


def _among_peers(record: Record, edition: Day, peers: pd.DataFrame, of: pd.DataFrame) -> Traced:
    frame = spending.of_edition(record.nato_share_gdp, edition)
    last = frame[frame["year"] == frame["year"].max()].iloc[:1]
    return count(peers, spending.members_of(record, of), last, of=of)


@fact(unit="allies")
def allies_with_figure(
    record: Record, entity: str, edition_newest: Day, newest_year: int
) -> Traced:
    """Allies with a figure for that year.

    Count the members with a figure, in the ally's newest year or, without one, in the edition's.
    """
    own = _newest(record, entity, edition_newest)
    year = int(own["year"].iloc[0]) if len(own) else newest_year
    peers = _peers(record, edition_newest, year)
    return _among_peers(record, edition_newest, peers, peers)


@fact(unit="allies")
def allies_larger(
    record: Record,
    entity: str,
    edition_newest: Day,
    share_newest: float,
    share_newest_year: int,
) -> Traced:
    """Allies with a larger share in that year.

    Count the members with a larger share.
    """
    peers = _peers(record, edition_newest, share_newest_year)
    larger = peers[peers["share_percent"] > share_newest]
    return _among_peers(record, edition_newest, larger, peers)


@fact(unit="years")
def years_with_figure(record: Record, entity: str, edition_newest: Day) -> Traced:
    """Years of membership with a figure.

    Count the years of membership with a figure.
    """
    found = count(_own(record, entity, edition_newest))
    return _with_scale(record, entity, edition_newest, found)


def _reached(record: Record, entity: str, edition: Day, target: float) -> pd.DataFrame:
    own = _own(record, entity, edition)
    return own[own["share_percent"] >= target]


@fact(unit="years")
def years_at_target(record: Record, entity: str, edition_newest: Day, gdp_target: float) -> Traced:
    """Years at or above the target.

    Count the years at or above the target.
    """
    reached = _reached(record, entity, edition_newest, gdp_target)
    found = count(reached, of=_own(record, entity, edition_newest))
    return _with_scale(record, entity, edition_newest, found)


@fact(unit="year")
def first_year_at_target(
    record: Record,
    entity: str,
    edition_newest: Day,
    gdp_target: float,
    years_at_target: int,
    years_with_figure: int,
) -> Traced:
    """First year at or above the target.

    The first such year, where not all are.
    """
    if years_at_target == years_with_figure:
        raise NotKnown("a year below the target")
    row = some(_reached(record, entity, edition_newest, gdp_target)).iloc[:1]
    return _with_scale(record, entity, edition_newest, only(row, "year"))


@fact(unit="text")
def years_all(years_at_target: int, years_with_figure: int) -> str:
    """Whether all of the years lie at or above the target.

    Compare the two counts.
    """
    if years_at_target != years_with_figure:
        raise NotKnown("all years")
    return "all"


@fact(unit="text")
def years_none(years_at_target: int, years_with_figure: int) -> str:
    """Whether none of the years lie at or above the target.

    Compare the two counts.
    """
    if years_at_target:
        raise NotKnown("no year")
    return "none"


def _article_year(record: Record, entity: str, edition: Day) -> Traced:
    own = _own(record, entity, edition)
    row = own[own["year"] == record.article_day.year]
    return _with_scale(record, entity, edition, only(row, "share_percent"))


@fact(unit="percent of GDP", decimals=2)
def share_article_year(record: Record, entity: str, edition_newest: Day) -> Traced:
    """Its share in the article's year, newest edition.

    The cell of the edition.
    """
    return _article_year(record, entity, edition_newest)


@fact(unit="percent of GDP", decimals=2)
def share_article_year_first(
    record: Record, entity: str, edition_first: Day, edition_revised: Day
) -> Traced:
    """Its share in the article's year, first edition.

    The cell of the edition, where a later one revises it.
    """
    return _article_year(record, entity, edition_first)


def revision(newest: float, first: float) -> float:
    """Return by how much a share was revised, in percentage points, as the two are printed."""
    return round(newest, 2) - round(first, 2)


@fact(unit="percentage points", decimals=2)
def share_revised_by(share_article_year: float, share_article_year_first: float) -> float:
    """By how much the newer edition revised that share.

    The difference of the two as printed, without its sign.
    """
    change = revision(share_article_year, share_article_year_first)
    if not round(change, 2):
        raise NotKnown("a revision")
    return abs(change)


@fact(unit="text")
def share_revised_how(share_article_year: float, share_article_year_first: float) -> str:
    """Which way it was revised.

    The sign of the difference.
    """
    change = revision(share_article_year, share_article_year_first)
    if not round(change, 2):
        raise NotKnown("a revision")
    return "up" if change > 0 else "down"


@fact(unit="text")
def share_unrevised(share_article_year: float, share_article_year_first: float) -> str:
    """Whether both editions print the same.

    The difference of the two as printed is nought.
    """
    if round(revision(share_article_year, share_article_year_first), 2):
        raise NotKnown("the same share")
    return "the same"


def _equipment(record: Record, entity: str) -> pd.DataFrame:
    frame = record.nato_equipment_share
    frame = frame[frame["iso3"] == entity].dropna(subset=["share_percent"])
    return frame.sort_values(["edition", "year"]).iloc[-1:]


@fact(unit="percent", decimals=1)
def equipment_newest(record: Record, entity: str) -> Traced:
    """Equipment's share of its defence expenditure.

    The cell of the newest year with a figure.
    """
    return only(_equipment(record, entity), "share_percent")


@fact(unit="year")
def equipment_year(record: Record, entity: str) -> Traced:
    """Year of that share.

    The newest year with a figure.
    """
    return only(_equipment(record, entity), "year")


# ---- facts: the aid that it allocated


def _aid(record: Record, entity: str) -> pd.DataFrame:
    return some(record.kiel_support[record.kiel_support["iso3"] == entity])


SMALLEST = 0.005
"""EUR bn: less prints as nought, and is not told."""


def _allocated(record: Record, entity: str, column: str) -> Traced:
    frame = _aid(record, entity)
    value = float(frame[column].sum())
    if value < SMALLEST:
        raise NotKnown("a sum")
    return traced(value, frame)


@fact(unit="EUR bn", decimals=2)
def kiel_total(record: Record, entity: str) -> Traced:
    """Allocated to Ukraine, all kinds.

    The sum of its half-years in the tracker.
    """
    return _allocated(record, entity, "total")


@fact(unit="EUR bn", name="kiel_military", decimals=2)
def kiel_military_sum(record: Record, entity: str) -> Traced:
    """Military part of the allocations.

    The sum of its half-years in the tracker.
    """
    return _allocated(record, entity, "military")


@fact(unit="text")
def kiel_no_military(record: Record, entity: str) -> Traced:
    """Military aid in the tracker's rows.

    The sum of its half-years is nought.
    """
    frame = _aid(record, entity)
    if frame["military"].sum():
        raise NotKnown("no military aid")
    return traced("none", frame)


@fact(unit="text")
def kiel_span(record: Record, entity: str) -> Traced:
    """Months that the tracker's rows cover.

    The first and the last half-year with a row.
    """
    frame = _aid(record, entity)
    halves = frame["half_year"]
    ends = frame[halves.isin([halves.min(), halves.max()])]
    return traced(support.span(halves.min(), halves.max()), ends)


# ---- tables


@table("agreement")
def agreement_table(record: Record, facts: Ledger) -> Table:
    """Return what the sources say of the ally's agreement; a later one in lines of its own."""
    rows: list[Row] = []
    for row in some(record.agreements).sort_values("date_signed").to_dict("records"):
        key = f"agreements:{row['agreement_id']}"
        rows += [
            (key, (label, text, tables.cite(record, *cited)))
            for label, text, cited in _agreement_lines(row)
        ]
    return Table(
        "The agreement with Ukraine",
        (
            Column("Point", width=0.8),
            Column("As the sources have it", width=4, future=True),
            Column("Sources", width=0.5),
        ),
        tuple(rows),
    )


def _agreement_lines(row: dict) -> list[tuple[str, str, tuple[str, ...]]]:
    both = (row["source_id"], row["source_id_2"])
    money = row["money_text"] or agreements.UNREAD
    lines = [
        ("Title", row["title"], both),
        ("Signed", f"{day_text(row['date_signed'].date())}, {row['place']}", both),
        ("Term", agreements.term_text(row, joint=","), (row["term_source_id"],)),
        ("Consultations", agreements.hours_text(row), (row["consultation_source_id"],)),
        ("Money named", money, (row["money_source_id"],)),
    ]
    if row["counted"] == "no":
        lines.insert(0, ("Later agreement", "Follows the first, and is not counted again", ()))
    return lines


@table("events")
def events_table(record: Record, facts: Ledger) -> Table:
    """Return the dated events that name the ally."""
    rows: list[Row] = [
        (
            f"timeline:{event['event_id']}",
            (
                day_text(event["date"].date(), event["precision"]),
                event["event"],
                event["detail"] or "–",
                tables.cite(record, event["source_id"], event["source_id_2"]),
            ),
        )
        for event in some(record.timeline).sort_values("date").to_dict("records")
    ]
    return Table(
        facts.join("What the timeline has on {ally}"),
        (
            Column("Date", width=0.8),
            Column("Event", width=2.2),
            Column("More", width=2),
            Column("Sources", width=0.5),
        ),
        tuple(rows),
    )


@table("shares")
def shares_table(record: Record, facts: Ledger) -> Table:
    """Return the ally's shares by year: each edition, the revision, the newest equipment share."""
    facts.require("share_newest")
    iso3, known = record.entity, spending.editions(record)
    frame = record.nato_share_gdp[record.nato_share_gdp["iso3"] == iso3]
    by = {e: spending.of_edition(frame, e).set_index("year")["share_percent"] for e in known}
    years = sorted(set().union(*(shares.index for shares in by.values())))
    texts = spending.figure_text
    rows: list[Row] = [
        (
            f"nato_share_gdp:{iso3}/{e:%Y-%m-%d}",
            (f"Edition of {day_text(e.date())}", *(texts(by[e].get(y), 2) for y in years)),
        )
        for e in known
    ]
    if len(known) > 1:
        first, newest = by[known[0]], by[known[-1]]
        cells = [_revision_text(first.get(y), newest.get(y)) for y in years]
        rows.append((f"nato_share_gdp:{iso3}/revision", ("Revised by", *cells)))
    equipment = record.nato_equipment_share
    if len(equipment):
        latest = spending.of_edition(equipment, equipment["edition"].max())
        shares = latest.set_index("year")["share_percent"]
        cells = [texts(shares.get(y), 1) for y in years]
        key = f"nato_equipment_share:{iso3}/{known[-1]:%Y-%m-%d}"
        rows.append((key, ("Equipment, % of expenditure", *cells)))
    several = "The editions differ in prices, and in revisions of both spending and GDP."
    return Table(
        "Defence expenditure as % of GDP, by edition; equipment by the newest",
        (Column("By year", width=3.3), *(Column(str(y), "right") for y in years)),
        tuple(rows),
        note=tables.note(
            several if len(known) > 1 else "",
            facts.fill("The newest counts what allies had reported by {edition_newest_cutoff}."),
            tables.sources_line(
                record, *frame["source_id"].unique(), *equipment["source_id"].unique()
            ),
        ),
    )


def _revision_text(first: float | None, newest: float | None) -> str:
    if first is None or newest is None or pd.isna(first) or pd.isna(newest):
        return "–"
    return signed_text(revision(newest, first), 2)


@table("concerning")
def claims_table(record: Record, facts: Ledger) -> Table:
    """Return the article's words that concern the ally, and what the record shows of each."""
    newest = newest_findings(record.findings)
    concerned = record.claims["claim_id"].isin(concerning(record, record.entity))
    rows: list[Row] = []
    for claim in some(record.claims[concerned]).to_dict("records"):
        found = newest.get(claim["claim_id"])
        shown: Cell = found["finding"] if found else NOTHING_KNOWN
        cited = found["source_ids"] if found else ()
        if claim["rule"] in GENERAL:
            told = {"agreements": _agreed, "below_target": _below}[claim["rule"]](facts)
            shown, cited = {"markdown": facts.join(*told)}, ()
        words = f"“{claim['exact']}”"
        verdict = claim["verdict"]
        number = [(claim["claim_id"], f"#quote-{claim['claim_id']}")]
        cells = (number, words, shown, verdict, tables.cite(record, *cited))
        rows.append((f"claims:{claim['claim_id']}", cells))
    return Table(
        "What the article says that concerns it",
        (
            Column("No.", width=0.4),
            Column("The article’s words", width=2),
            Column("What the record shows", width=3),
            Column("Verdict", width=0.9),
            Column("Sources", width=0.6),
        ),
        tuple(rows),
        note="A verdict is on the claim as a whole; the whole report has its reasons.",
    )


def _agreed(facts: Ledger) -> list[str]:
    signed = facts.value("agreement_day")
    if signed is None:
        return ["No agreement of {ally} with Ukraine was known by {as_of_day}."]
    if signed <= facts.require("article_day").value:
        return ["{ally:N} had signed by the article’s day, on {agreement_day}."]
    return ["{ally:N} had not signed by the article’s day; it signed on {agreement_day}."]


def _below(facts: Ledger) -> list[str]:
    share, target = facts.value("share_article_year"), facts.require("gdp_target").value
    if share is None:
        return ["NATO prints no figure for {ally}."]

    def side(value: float) -> str:
        return "at or above" if value >= target else "below"

    words = [
        f"For the article’s year NATO’s newest edition puts {{ally}} {side(share)} the target, "
        "at {share_article_year}."
    ]
    first = facts.value("share_article_year_first")
    if first is not None:
        words.append(f"The first edition put it {side(first)} it, at {{share_article_year_first}}.")
    return words


@table("briefs-index")
def index_table(record: Record, facts: Ledger) -> Table:
    """Return a line for each ally: accession, agreement, share; the page of briefs adds links."""
    counted = agreements.counted(record).drop_duplicates("iso3").set_index("iso3")["date_signed"]
    edition = spending.editions(record)[-1]
    year = spending.newest_year_in(record, edition)
    shares = spending.year_of(record, edition, year).set_index("iso3")["share_percent"]
    joined = record.nato_members.set_index("iso3")["accession_date"]
    rows: list[Row] = []
    for iso3, name in entities(record).items():
        signed = day_text(counted[iso3].date()) if iso3 in counted else "none known"
        share = spending.figure_text(shares.get(iso3), 2)
        rows.append((f"nato_members:{iso3}", (name, str(joined[iso3].year), signed, share)))
    return Table(
        "A brief for each ally",
        (
            Column("Ally"),
            Column("Joined NATO"),
            Column("Agreement with Ukraine signed"),
            Column(f"Share of GDP, {year}, %", "right"),
        ),
        tuple(rows),
        note=f"Shares by NATO’s edition of {day_text(edition.date())}; "
        "a dash where it prints none.",
        find="an ally",
    )


# ---- the figure


@figure("ally-shares")
def shares_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the ally's shares by year and edition, among all other allies and the target."""
    iso3, known = record.entity, spending.editions(record)
    frame = spending.shares(record, known[-1]).dropna(subset=["share_percent"])
    printed = record.nato_share_gdp
    printed = printed[printed["iso3"] == iso3].dropna(subset=["share_percent"]).sort_values("year")
    own, before = (spending.of_edition(printed, edition) for edition in (known[-1], known[0]))
    if len(known) == 1:
        before = before.iloc[:0]
    canvas, ax = charts.canvas(2.0)
    canvas.subplots_adjust(left=0.035, right=0.79, bottom=0.12, top=0.97)
    years = int(frame["year"].min()), int(frame["year"].max())
    shown, labels = _draw_shares(ax, record, facts, frame, own, before)
    highest = max(point[1] for points in shown.values() for point in points)
    top = max(highest, facts.require("gdp_target").value) * 1.06
    heights = charts.spread([height for height, _, _ in labels], top * 0.092)
    style = {"va": "center", "fontsize": 8.5, "fontweight": "semibold"}
    for height, (_, label, colour) in zip(heights, labels, strict=True):
        ax.text(years[1] + 0.15, height, label, color=colour, **style)
    ax.set_xlim(years[0] - 0.2, years[1] + 0.05)
    ax.set_ylim(0, max(top, max(heights) + 0.03 * top))
    ax.set_xticks(range(years[0], years[1] + 1))
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    title, alt = _shares_words(bool(len(own)))
    dashed = " Dotted: the edition of {edition_first}." if "first" in shown else ""
    cited = (*frame["source_id"].unique(), *before["source_id"].unique())
    return Drawing(
        canvas,
        title=facts.join(title),
        subtitle=facts.join(
            "Defence expenditure as a share of GDP, in %, NATO’s edition of {edition_newest}; "
            f"pale: the other allies, the highest and the lowest named.{dashed}"
        ),
        alt=facts.plain(alt),
        shown=shown,
        sources=record.cites(*cited),
    )


def _draw_shares(
    ax, record: Record, facts: Ledger, frame: pd.DataFrame, own: pd.DataFrame, before: pd.DataFrame
) -> tuple[dict[str, list], list[tuple[float, str, str]]]:
    """Draw all lines; return the values shown, and the labels as height, words and colour."""
    points = ["year", "share_percent"]
    others = [
        part[points].to_numpy()
        for iso3, part in frame.sort_values("year").groupby("iso3")
        if iso3 != record.entity
    ]
    ax.add_collection(charts.lines(others, COLOURS["rule"], "data-others"))
    shown = {"others": [point for part in others for point in part]}
    target = facts.require("gdp_target").value
    ax.axhline(target, color=COLOURS["article"], linewidth=1, dashes=(4, 2), zorder=2)
    labels = [(target, f"target: {facts.text('gdp_target', 'n')}", COLOURS["article"])]
    last = frame[(frame["year"] == frame["year"].max()) & (frame["iso3"] != record.entity)]
    ends = last.sort_values("share_percent")[["share_percent", "country"]].iloc[[0, -1]]
    labels += [(share, country, COLOURS["muted"]) for share, country in ends.to_numpy()]
    if len(own):
        style = {"linewidth": 2.2, "marker": "o", "markersize": 3.2, "zorder": 4}
        ax.plot(*own[points].to_numpy().T, color=COLOURS["main"], gid="data-newest", **style)
        shown["newest"] = list(own[points].to_numpy())
        label = f"{entity_name(record)}: {facts.text('share_newest', 'n')}"
        labels.append((own["share_percent"].iloc[-1], label, COLOURS["main"]))
    if len(before):
        style = {"linewidth": 1, "linestyle": (0, (2, 1.5)), "zorder": 3}
        ax.plot(*before[points].to_numpy().T, color=COLOURS["main"], gid="data-first", **style)
        shown["first"] = list(before[points].to_numpy())
    return shown, labels


def _shares_words(has_figure: bool) -> tuple[str, str]:
    """Return the templates of title and description."""
    if not has_figure:
        return (
            "NATO prints no figure for {ally}; the others for comparison",
            "Line chart of the other allies’ shares as pale lines, with a dashed line at "
            "{gdp_target}; {ally} has none.",
        )
    return (
        "{share_newest} in {share_newest_year}: {allies_larger:n} of {allies_with_figure} "
        "{allies_larger:spends|spend} a larger share",
        "Line chart, ending at {share_newest} in {share_newest_year}; of the years as a member "
        "{years_at_target:n} of {years_with_figure} lie at or above {gdp_target}. Pale lines show "
        "the other allies.",
    )
