"""Facts one can find: listed, traced to rows and sources, shown and completed in IPython."""

import csv
import json
import re

import pytest
from conftest import PROJECT
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from dossier import __main__ as command
from dossier.data.schema import DataError
from dossier.facts.fact import FactError
from dossier.show import assist
from dossier.show.lookup import lookup
from dossier.show.report import Report, check_parameters

FACT = "members_on_article_day"


def rows_of(table):
    with (PROJECT.data / f"{table}.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


SIGNED = [
    (number, row["agreement_id"], row["party"])
    for number, row in enumerate(rows_of("agreements"), start=2)
    if row["counted"] == row["nato_member"] == "yes" and row["date_signed"] <= "2024-07-07"
]
"""Line, id and party of the agreements that the fact counts."""


@pytest.fixture(scope="module")
def report():
    return Report.for_edition(PROJECT, check_parameters(PROJECT, {}))


@pytest.fixture(scope="module")
def facts(report):
    return lookup(PROJECT, report.parameters, report.facts)


def test_a_fact_is_found_by_a_word_of_its_id_text_or_label(facts):
    ids = {line[0] for line in facts.lines("nato members")}
    assert FACT in ids and len(ids) < len(facts.lines())
    line = next(line for line in facts.lines() if line[0] == FACT)
    printed = json.loads((PROJECT.reports / "nato-ukraine.facts.json").read_text())["facts"]
    where = next(fact["where"] for fact in printed if fact["id"] == FACT)
    assert line[1] == f"{len(SIGNED)} NATO members" and line[4] == str(len(SIGNED))
    assert line[3] == "computed" and line[6] == ", ".join(where)


def test_a_fact_is_traced_from_its_sentences_to_rows_and_sources(facts):
    found = facts.evidence(FACT)
    assert found.rows == tuple((f"data/agreements.csv, row {n}, {id}", p) for n, id, p in SIGNED)
    url = {row["source_id"]: row["url"] for row in rows_of("sources")}
    counted = [row for row in rows_of("agreements") if row["agreement_id"] in str(SIGNED)]
    cited = {row[c] for row in counted for c in ("source_id", "source_id_2") if row[c]}
    assert {words.split()[-1] for _, words in found.sources} == {url[id] for id in cited}
    said = [words for place, words in found.sentences if place.startswith("notebooks/04-")]
    assert any(f" {len(SIGNED)} NATO members already had" in words for words in said)


def test_what_rests_on_facts_alone_is_traced_to_their_rows(facts):
    """The article's 600 miles stand in claim C22, the measured length in front_lengths.csv."""
    found = facts.evidence("front_apart")
    assert not found.rows and dict(found.inputs)["front_length_article"].startswith("600 miles")
    tables = {place.partition(",")[0] for place, _ in found.further}
    assert tables == {"data/claims.csv", "data/front_lengths.csv"}


def test_an_unknown_fact_is_named_with_the_nearest(facts):
    with pytest.raises(FactError, match=f"did you mean '{FACT}'"):
        facts.evidence("members_on_article_days")


def test_the_command_line_lists_and_explains(capsys, monkeypatch):
    monkeypatch.chdir(PROJECT.root)
    assert command.main(["facts", "headquarters"]) == 0
    assert re.search(r"^headquarters_staff +700 people ", capsys.readouterr().out, re.M)
    assert command.main(["explain", "timeline.T51.date"]) == 0
    line = next(n for n, r in enumerate(rows_of("timeline"), 2) if r["event_id"] == "T51")
    assert f"data/timeline.csv, row {line}, T51" in capsys.readouterr().out
    assert command.main(["facts", "zeppelin"]) == 1
    assert "no fact has 'zeppelin'" in capsys.readouterr().err


def test_each_column_is_described_with_its_unit(report):
    heads, lines = report.record.schema.described("agreements")
    hours = dict(zip(heads, next(x for x in lines if x[0] == "consultation_hours"), strict=True))
    assert hours["unit"] == "hours" and hours["its own source"] == "consultation_source_id"
    assert len(lines) == len(rows_of("agreements")[0])
    with pytest.raises(DataError, match="did you mean 'agreements'"):
        report.record.schema.described("agreement")


@pytest.fixture
def shell(report):
    opened = InteractiveShell()
    opened.kernel = True
    opened.user_ns |= {"report": report, "facts": report.facts}
    assist.assist(opened, report)
    return opened


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ('report.say("By {members_on_a', FACT),
        ("%%say\nBy {members_on_a", FACT),
        ('report.facts["members_on_a', FACT),
        ('report.say("By {agreements.A03.date_s', "agreements.A03.date_signed"),
        ('report.say("By {agreements.A03', "agreements.A03."),
        (f'report.say("{{{FACT}:', "N"),
        ('report.table("agreement-', "agreement-clauses"),
        ('report.describe("agreement_', "agreement_clauses"),
        ("report.record.agreement_", "agreement_clauses"),
    ],
)
def test_tab_completes(shell, typed, offered):
    with provisionalcompleter():
        found = [typed[: c.start] + c.text for c in shell.Completer.completions(typed, len(typed))]
    assert any(text.endswith(offered) and text.startswith(typed) for text in found)


def test_a_brace_outside_a_text_is_pythons_own(shell):
    with provisionalcompleter():
        found = {c.text for c in shell.Completer.completions("x = {members_on_a", 17)}
    assert not found


def test_facts_are_shown_as_a_table_to_search_and_one_with_its_evidence(shell, report):
    page, meta = shell.display_formatter.format(report.facts)
    ids = lookup(PROJECT, report.parameters, report.facts).ids()
    assert page["text/html"].count("<tr>") == 1 + len(ids) > 200
    assert 'type="search"' in page["text/html"] and meta == assist.ASIDE
    one, _ = shell.display_formatter.format(report.facts[FACT])
    assert all(f"row {n}, {id}" in one["text/html"] for n, id, _ in SIGNED)
