"""The proof: a fact that does not name every row that it rests on is found, with its name."""

import sys
from dataclasses import replace

import pytest

from dossier import Report
from dossier.data.known import NotKnown, known_on
from dossier.data.schema import DataError
from dossier.facts.fact import FactError
from dossier.facts.ledger import Ledger
from dossier.facts.proof import prove
from dossier.facts.trace import Traced, count, first, only, some, total, traced
from dossier.registry import Definition

EDITIONS = ("2024-07-07", "2024-07-11", "2025-06-25", "latest")
COUNTED = (
    "agreements_signed",
    "members_before_summit",
    "allies_at_2_percent_2024",
    "kiel_military_pledge_year",
    "front_ruler_matching_article",
    "front_days_missing",
    "check_sipri",
    "verdicts_confirmed",
    "events_total",
)


@pytest.fixture(scope="module")
def ledger(project):
    found = Ledger(known_on(project))
    found.compute_all()
    return found


@pytest.mark.parametrize("as_of", EDITIONS)
def test_every_fact_follows_from_what_it_names(as_of):
    facts = Report(as_of).facts
    facts.compute_all()
    assert prove(facts) == []


def test_the_whole_ledger_is_proved_with_a_bounded_number_of_calls(ledger):
    """No benchmark: calls do not waver with the machine; the limit is twice what it takes."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        prove(ledger)
    finally:
        sys.setprofile(None)
    assert calls < 1_700_000, calls


@pytest.mark.parametrize("id", COUNTED)
@pytest.mark.slow
def test_a_fact_with_one_row_fewer_than_it_needs_is_found(ledger, id, monkeypatch):
    fact = ledger.require(id)
    middle = len(fact.rows) // 2
    fewer = fact.rows[:middle] + fact.rows[middle + 1 :]
    monkeypatch.setitem(ledger._facts, id, replace(fact, rows=fewer))
    assert [p for p in prove(ledger) if repr(id) in p]


def test_a_fact_with_neither_rows_nor_facts_is_refused(ledger):
    def made_up():
        """A number out of thin air."""
        return 99

    definition = Definition("fact", "made_up", made_up, {"over": {}})
    call = type(ledger._calls["agreements_signed"])(definition, {})
    with pytest.raises(FactError, match="names neither rows nor facts"):
        ledger._computed("made_up", call)


def test_values_carry_the_rows_that_they_came_from(project):
    frame = known_on(project).agreements
    part = frame[frame["party"].isin(["Germany", "France"])]
    assert count(part).rows == ("agreements:A02", "agreements:A03")
    assert only(part.iloc[:1], "party") == Traced("Germany", ("agreements:A02",), ("party",))
    assert first(part, "party").rows == ("agreements:A02",)
    with pytest.raises(DataError, match="A02, A03 are several rows for one value"):
        only(part, "party")
    assert total(part, "term_years").value == 20
    assert traced(1, part, part).rows == ("agreements:A02", "agreements:A03")
    none = frame.iloc[:0]
    assert count(none, of=part) == Traced(0, ("agreements:A02", "agreements:A03"))
    for nothing in (lambda: some(none), lambda: count(none), lambda: total(none, "term_years")):
        with pytest.raises(NotKnown):
            nothing()


def test_a_field_with_a_source_of_its_own_names_that_one_alone(ledger):
    record = ledger.record
    row = record.agreements.loc["agreements:A02"]
    assert record.sources_of("agreements:A02", ["term_years"]) == (row["term_source_id"],)
    whole = record.sources_of("agreements:A02")
    assert whole == record.cites(row["source_id"], row["source_id_2"])


def test_facts_that_rest_on_each_other_are_refused(ledger, monkeypatch):
    monkeypatch.setattr(ledger, "_running", ["agreements_signed"])
    with pytest.raises(FactError, match="rest on each other"):
        ledger._computed("agreements_signed", ledger._calls["agreements_signed"])
