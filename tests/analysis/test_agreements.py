"""The counts of agreements, against a count by hand.

The count by hand: reading data/agreements.csv line by line, which cites each signing. By 7 July
2024: United Kingdom, Germany, France, Denmark, Canada, Italy, Netherlands, Finland, Latvia, Spain,
Belgium, Portugal, Sweden, Iceland, Norway, Japan, United States, European Union, Lithuania,
Estonia: 20, of which Japan and the European Union are no NATO members. Ukraine's presidential
office counts twenty on 27 June 2024 (source lt_pres). Then Poland (8 July), Luxembourg (10),
Romania (11), Czechia and Slovenia (18), Ireland (4 September, no NATO member), Croatia, Greece,
Albania.
"""

import datetime

import pandas as pd
import pytest
from conftest import shown

from analysis import agreements
from dossier import Report

BY_HAND = {
    "2024-07-07": (20, 18, 2),
    "2024-07-08": (21, 19, 2),
    "2024-07-11": (23, 21, 2),
    "2024-07-20": (25, 23, 2),
    "2024-09-04": (26, 23, 3),
    "2025-02-01": (29, 26, 3),
    "latest": (29, 26, 3),
}


@pytest.mark.parametrize("as_of", BY_HAND)
def test_the_counts_are_those_made_by_hand(as_of):
    facts = Report(as_of).facts
    assert (
        tuple(facts.value(f"agreements_signed{part}") for part in ("", "_nato_members", "_others"))
        == BY_HAND[as_of]
    )


def test_on_the_article_day_and_at_the_summit():
    facts = Report("latest").facts
    assert [
        facts.value(i)
        for i in (
            "agreements_on_article_day",
            "members_on_article_day",
            "agreements_before_summit",
            "members_before_summit",
        )
    ] == [20, 18, 21, 19]


def test_a_day_itself_is_by_it_and_not_before_it(monkeypatch):
    """Poland, the twenty-first, signed on 8 July 2024; nobody on the article's or summit's day."""
    record = Report("latest").record
    assert len(agreements.signed_by(record, datetime.date(2024, 7, 8))) == 21
    (poland,) = record.agreements.index[record.agreements["party"] == "Poland"]
    monkeypatch.setattr(agreements, "SUMMIT", (*poland.split(":"), "date_signed"))
    assert len(agreements.before_summit(record)) == 20


def test_the_follow_on_is_never_counted():
    report = Report("latest")
    assert "agreements:A30" not in report.facts["agreements_signed"].rows


def test_a_term_read_only_in_a_later_source_is_blank_before():
    report = Report("2024-07-07")
    portugal = report.record.agreements.set_index("party").loc["Portugal"]
    assert portugal["term_years"] is not None and str(portugal["term_years"]) == "<NA>"
    assert report.facts.value("terms_unknown") == 2  # Portugal, the European Union
    assert not Report("latest").facts.known("terms_unknown")


def test_those_without_an_agreement():
    assert (
        Report("latest").facts.value("g7_without") == 5
    )  # Bulgaria, North Macedonia, Kosovo, Montenegro, Cyprus


def test_the_first_term_ends_ten_years_after_the_first_signing():
    fact = Report("latest").facts.require("first_term_end")
    assert (fact.value, fact.rows) == (datetime.date(2034, 1, 12), ("agreements:A01",))


def test_all_terms_but_one_are_ten_years_and_27_agreements_name_24_hours():
    """Read in the texts: that with the European Union names no term, Croatia's no hours."""
    facts = Report("latest").facts
    assert [facts.value(i) for i in ("ten_year_agreements", "agreements_24_hours")] == [28, 27]
    assert facts.value("term_missing_party") == "the European Union"
    assert facts.value("hours_missing_party") == "Croatia"


def test_the_list_has_each_agreement_once_and_marks_money_where_one_names_any():
    """By hand, from money_text: these nine name none; Lithuania's names a share of GDP."""
    lists = dict(agreements._lists(Report("latest").record))
    without = ", ".join(row["party"] for row in lists.pop("no agreement found"))
    assert without == "Bulgaria, Hungary, Montenegro, North Macedonia, Slovakia, Türkiye"
    rows = [row for rows in lists.values() for row in rows]
    assert len(rows) == len({row["party"] for row in rows}) == 29
    none = "Italy, Finland, United States, Poland, Romania, Czechia, Croatia, Greece, Albania"
    assert {row["party"] for row in rows if not row["money"]} == set(none.split(", "))
    assert {row["party"] for row in lists["no statement found"]} == {"Greece", "Albania"}


def test_no_agreement_is_left_out_of_the_list_in_an_early_edition():
    record = Report("2024-07-07").record
    lists = dict(agreements._lists(record))
    lists.pop("no agreement found")
    assert sum(map(len, lists.values())) == len(agreements.counted(record)) == 20


def test_what_the_texts_say_of_escalation_and_of_their_end():
    """By hand, from the words in agreement_clauses.csv.

    An escalation is named with Lithuania, Poland, Romania, Ireland and Albania. There are no words
    on an end in the texts of Sweden and the EU: 28 less 2. Greece's text was not read.
    """
    facts, first = Report("latest").facts, Report("2024-07-07").facts
    assert facts.value("agreements_on_escalation") == 5
    assert facts.value("agreements_with_ending") == 26
    words = Report("latest").record.agreement_clauses["termination_quote"]
    assert (words[words != ""].str.contains("writ|письмов")).all()  # “all of them in writing”
    assert facts.value("agreements_on_request") == 26  # not Italy's, and Croatia has no clause
    assert facts.value("consultations_unasked") == "Italy"
    assert facts.value("after_hostilities_parties") == "Canada and Poland"
    assert facts.value("hostilities_or_escalation_parties") == "Poland"
    assert facts.value("text_unread_parties") == "Greece"
    assert facts.value("us_notice") == 6 and facts.value("endings_like_us") == 24
    notices = Report("latest").record.agreement_clauses.set_index("party")["notice_months"]
    assert notices["Netherlands"] == 3 and pd.isna(notices["Czechia"])  # “preferably”
    assert not first.known("agreements_with_ending") and not first.known("us_notice")


def test_no_quotation_of_a_clause_begins_with_its_heading():
    for clause in Report("latest").record.agreement_clauses.itertuples():
        for words in (clause.consultation_quote, clause.term_quote, clause.termination_quote):
            assert not words or words.split()[0] in BEGINNINGS, (clause.party, words)


BEGINNINGS = ("In", "This", "The", "It", "Either", "У", "Ця", "Дія")


def test_what_the_texts_say_of_their_own_legal_force():
    """By hand, from the final provisions of all 28: those of four parties speak of it."""
    facts = Report("latest").facts
    assert facts.value("texts_on_force") == 4
    words = Report("latest").record.agreement_clauses.set_index("party")["force_quote"]
    assert words["Spain"].startswith("This is a non-normative agreement")
    assert "does not have the status and the nature" in words["Portugal"]
    assert "intend to register this Agreement with the United Nations" in words["United States"]
    assert "does not require ratification in the national parliaments" in words["Croatia"]
    said = {
        kind: facts.value(f"binding_{kind}") for kind in dict.fromkeys(agreements.BINDING.values())
    }
    assert said == {
        "one_by_one": 14,  # France by its foreign ministry’s director, to parliament
        "in_general": 7,
        "political": 3,  # Norway, Denmark by its foreign ministry, Estonia's a declaration
        "disputed": 1,
        "by_own_text": 2,
        "not_stated": 2,
    }


def test_hours_and_hedges_are_those_of_the_texts():
    """By hand: 24 hours in 27, “where possible” in the American, none in Croatia's."""
    counted = agreements.counted(Report("latest").record).set_index("party")
    told = {party: agreements.hours_text(dict(row)) for party, row in counted.iterrows()}
    assert list(told.values()).count("within 24 hours") == 26
    assert told["United States"] == "within 24 hours, where possible"
    assert told["Croatia"] == "none in the text"
    assert told["Greece"] == agreements.UNREAD
    assert Report("latest").facts.value("allies_never_joined") == "Hungary, Slovakia and Türkiye"


@pytest.mark.parametrize(
    ("signed", "words"), [(17, "not right"), (18, "just about right"), (20, "about right")]
)
def test_a_number_at_the_edge_of_a_tenth_is_just_about_right(signed, words):
    assert agreements.article_number_is(20, signed) == words


def test_a_clause_that_waits_for_a_request_says_so():
    """By agreement_clauses.csv: Germany's has “at the request”, Italy's and Croatia's have not."""
    rows = {
        cells[0]: cells for _, cells in shown(Report("latest"), "table", "agreement-clauses").rows
    }
    assert rows["Germany"][2] == "“within 24 hours”, on request"
    assert sum(str(cells[2]).endswith(", on request") for cells in rows.values()) == 26
    assert not rows["Italy"][2].endswith("request") and rows["Croatia"][2] == "–"
