"""Checks of this dossier's data that their schema can't say."""

from collections.abc import Iterator

import pandas as pd

from dossier import project as projects
from dossier.data.checks import bad_rows
from dossier.data.tables import Tables
from dossier.registry import check

ROUNDING_KM = 0.2
ROUNDING_BN = {"KIEL_UST_29": 0.0002, "KIEL_UST_30": 0.0025}
"""EUR bn by release: the second is a difference of figures with three decimals."""


@check
def front_series_adds_up(tables: Tables) -> Iterator[str]:
    """River and land make the main line; days are in order; coarser scales are no longer."""
    frame, file = tables.frames["front_series"], "front_series.csv"
    apart = (frame["river_km"] + frame["land_km"] - frame["main_km"]).abs()
    remedy = "river_km and land_km do not add up to it; correct one of the three"
    yield from bad_rows(frame, apart > ROUNDING_KM, file, "main_km", remedy)
    late = frame["date"].diff().dt.days.fillna(1) < 1
    yield from bad_rows(frame, late, file, "date", "the days are out of order; sort the rows")
    one_km, five_km = frame["main_1km_scale_km"], frame["main_5km_scale_km"]
    remedy = (
        "main_1km_scale_km and main_5km_scale_km, of coarser scales, cannot be longer; "
        "correct the row"
    )
    longer = (one_km > frame["main_km"]) | (five_km > one_km)
    yield from bad_rows(frame, longer, file, "main_km", remedy)


@check
def kiel_kinds_add_up(tables: Tables) -> Iterator[str]:
    """The three kinds of support make the total."""
    frame = tables.frames["kiel_support"]
    apart = frame["military"] + frame["financial"] + frame["humanitarian"] - frame["total"]
    remedy = "military, financial and humanitarian do not add up to it; correct one of the four"
    wrong = apart.abs() > frame["source_id"].map(ROUNDING_BN)
    yield from bad_rows(frame, wrong, "kiel_support.csv", "total", remedy)


@check
def editions_have_their_cutoff(tables: Tables) -> Iterator[str]:
    """Every edition of the shares has a cut-off day, and none after it."""
    editions, shares = tables.frames["nato_editions"], tables.frames["nato_share_gdp"]
    late = editions["cutoff"] > editions["edition"]
    remedy = "after the edition's publication; correct one of the two"
    yield from bad_rows(editions, late, "nato_editions.csv", "cutoff", remedy)
    for edition in sorted({*shares["edition"]} - {*editions["edition"]}):
        yield (
            f"data/nato_editions.csv: no row of the edition {edition:%Y-%m-%d}, which "
            "nato_share_gdp.csv holds; add it with its cut-off day"
        )


@check
def members_are_members(tables: Tables) -> Iterator[str]:
    """An agreement's nato_member says whether its party had joined on the day of signing."""
    frame, members = tables.frames["agreements"], tables.frames["nato_members"]
    joined = frame["iso3"].map(members.set_index("iso3")["accession_date"])
    wrong = pd.Series(joined <= frame["date_signed"]) != (frame["nato_member"] == "yes")
    remedy = "does not agree with nato_members.csv; correct one of the two"
    yield from bad_rows(frame, wrong, "agreements.csv", "nato_member", remedy)


@check
def signings_are_events(tables: Tables) -> Iterator[str]:
    """Every agreement that counts has its event in the timeline, and every such event a row."""
    apart = projects.find(tables.schema.folder).settings.timeline.apart
    if apart is None:
        return
    agreements, events = tables.frames["agreements"], tables.frames["timeline"]
    ending = f" {apart.ending}"
    signed = pd.MultiIndex.from_arrays([agreements["party"] + ending, agreements["date_signed"]])
    told = pd.MultiIndex.from_frame(events[["event", "date"]])
    forgotten = (agreements["counted"] == "yes") & ~signed.isin(told)
    remedy = f"timeline.csv has no event “PARTY{ending}” of its day; add it, or correct the party"
    yield from bad_rows(agreements, forgotten, "agreements.csv", "party", remedy)
    bare = events["event"].str.endswith(ending) & ~told.isin(signed)
    remedy = "agreements.csv has no such agreement of its day; add it, or correct the event"
    yield from bad_rows(events, bare, "timeline.csv", "event", remedy)


CUT_FROM = {
    "event_words": "consultation_quote",
    "hours_words": "consultation_quote",
    "term_words": "term_quote",
    "notice_words": "termination_quote",
}


@check
def words_stand_in_their_clause(tables: Tables) -> Iterator[str]:
    """The words that are printed of a clause are a part of it, and none is without."""
    clauses = tables.frames["agreement_clauses"]
    for column, clause in CUT_FROM.items():
        pairs = zip(clauses[column], clauses[clause], strict=True)
        wrong = pd.Series([words not in whole for words, whole in pairs], clauses.index)
        wrong |= (clauses[column] == "") != (clauses[clause] == "")
        remedy = f"no part of {clause}; copy the words from it, or leave both empty"
        yield from bad_rows(clauses, wrong, "agreement_clauses.csv", column, remedy)


@check
def clauses_name_their_party(tables: Tables) -> Iterator[str]:
    """The clauses of an agreement name its party."""
    clauses, agreements = tables.frames["agreement_clauses"], tables.frames["agreements"]
    parties = clauses["agreement_id"].map(agreements.set_index("agreement_id")["party"])
    remedy = "agreements.csv names another party by this id; correct one of the two"
    yield from bad_rows(
        clauses, parties != clauses["party"], "agreement_clauses.csv", "party", remedy
    )
