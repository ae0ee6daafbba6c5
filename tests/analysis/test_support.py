"""The headquarters and the year of support, against readings of the tables by hand.

By hand: data/timeline.csv has the sums in the words of T33 (5 July 2024: around 700 personnel,
around EUR 40bn a year as minimum baseline), T40, T43, T49 (EUR 20.9bn), T55 (over EUR 50bn), T57
(more than EUR 20bn), T60 (about USD 500m). The tracker's sums are added up here from the lines of
data/kiel_support.csv with the csv module; its note in data/sources.csv gives 42 donors and 29 of
the 32 allies, without Albania, Montenegro and North Macedonia; the release after it, of which the
first half of 2026 is, ends with June 2026.
"""

import csv
import dataclasses
import datetime

import pandas as pd
import pytest
from conftest import PROJECT, shown

from analysis import support
from dossier import Report
from dossier.data.known import NotKnown, known_on
from dossier.data.schema import DataError
from dossier.facts.ledger import Ledger
from dossier.show import charts, tables

EDITIONS = ("2024-07-07", "2024-07-20", "2025-01-15", "2025-09-15", "latest")
PLEDGE = ("2024-H2", "2025-H1")


@pytest.fixture(scope="module")
def reports():
    return {day: Report(day) for day in EDITIONS}


@pytest.fixture(scope="module")
def lines():
    with (PROJECT.data / "kiel_support.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def members():
    with (PROJECT.data / "nato_members.csv").open(newline="") as file:
        return {row["iso3"] for row in csv.DictReader(file)}


def added(lines, halves, column, donors):
    return round(
        sum(
            float(line[column])
            for line in lines
            if line["half_year"] in halves and line["iso3"] in donors
        ),
        6,
    )


@pytest.mark.parametrize(
    "id, first_known, printed",
    [
        ("announced_staff", "2024-07-07", "around 700 people"),
        ("pledge_baseline", "2024-07-07", "around EUR 40bn"),
        ("pledge_agreed", "2024-07-20", "a minimum baseline of EUR 40bn"),
        ("command_staff", "2024-07-20", "about 700 people"),
        ("first_half_2024", "2025-01-15", "EUR 20.9bn"),
        ("pledge_reported_2024", "2025-09-15", "over EUR 50bn"),
        ("first_quarter_2025", "2025-09-15", "more than EUR 20bn"),
        ("purl_package", "2025-09-15", "about USD 500m"),
    ],
)
def test_a_number_of_an_event_keeps_its_qualifier_and_is_known_from_its_day(
    reports, id, first_known, printed
):
    at = EDITIONS.index(first_known)
    assert [reports[day].facts.known(id) for day in EDITIONS] == [
        n >= at for n in range(len(EDITIONS))
    ]
    assert reports["latest"].facts.text(id) == printed


def test_a_number_of_an_event_rests_on_that_row_and_its_sources(reports):
    facts = reports["latest"].facts
    fact = facts["pledge_baseline"]
    assert fact.inputs == ("timeline.T33.detail",)
    assert (facts[fact.inputs[0]].rows, fact.sources, fact.qualifier) == (
        ("timeline:T33",),
        ("nato_presummit", "nato_presummit_news"),
        "about",
    )


def test_words_that_no_longer_hold_the_number_are_refused():
    record = known_on(PROJECT)
    changed = record.timeline.assign(
        detail=record.timeline["detail"].str.replace("minimum baseline", "sum")
    )
    record = dataclasses.replace(record, tables={**record.tables, "timeline": changed})
    with pytest.raises(DataError, match=r"T33.*restore its words"):
        Ledger(record)["pledge_baseline"]


def test_the_tracker_counts_only_from_its_release():
    before, after = Report("2026-08-03"), Report("2026-08-04")
    ids = [id for id in after.facts if id.startswith("kiel_") and after.facts.known(id)]
    assert len(ids) > 20
    assert not any(before.facts.known(id) for id in ids)


def test_the_allies_that_are_tracked_are_those_of_the_note(reports):
    ledger = reports["latest"].facts
    assert [
        ledger.value(f"kiel_{id}") for id in ("donors", "allies_tracked", "allies_untracked")
    ] == [42, 29, 3]
    assert ledger.value("kiel_untracked_names") == "Albania, Montenegro and North Macedonia"
    assert ledger.text("kiel_data_to") == "June 2026"


@pytest.mark.parametrize(
    "name, halves",
    [
        ("year_before", ("2023-H2", "2024-H1")),
        ("pledge_year", PLEDGE),
        ("year_after", ("2025-H2", "2026-H1")),
    ],
)
def test_the_sums_of_a_year_are_those_of_its_lines(reports, lines, members, name, halves):
    ledger = reports["latest"].facts
    assert ledger.value(f"kiel_military_{name}") == pytest.approx(
        added(lines, halves, "military", members)
    )
    assert ledger.value(f"kiel_others_{name}") == pytest.approx(
        added(lines, halves, "military", members - {"USA"})
    )
    assert ledger.value(f"kiel_all_{name}") == pytest.approx(added(lines, halves, "total", members))
    assert ledger.value(f"kiel_eu_{name}") == pytest.approx(added(lines, halves, "total", {"EUI"}))
    assert ledger.known(f"kiel_us_{name}") == any(
        line["iso3"] == "USA" and line["half_year"] in halves for line in lines
    )


def test_the_american_part_of_the_pledges_year(reports):
    ledger = reports["latest"].facts
    # USA 2024-H2 11.8671 and 2025-H1 0.4829, of 44.5708 over all allies
    assert ledger.value("kiel_us_pledge_year") == pytest.approx(12.35)
    assert ledger.value("kiel_us_share_pledge_year") == pytest.approx(
        100 * 12.35 / 44.5708, abs=0.01
    )
    assert not ledger.known("kiel_us_year_after")
    assert ledger.value("kiel_us_last_half_year") == "the first half of 2025"


def test_the_eu_institutions_are_no_ally_and_give_military_support_in_one_half_year(reports, lines):
    report = reports["latest"]
    assert "EUI" not in set(support.allies(report.record)["iso3"])
    military = {line["half_year"]: line["military"] for line in lines if line["iso3"] == "EUI"}
    assert military.pop("2026-H1") == "4.404" and {*military.values()} == {"0.0"}
    assert report.facts.value("kiel_eu_military") == 4.404
    assert not report.facts.known("kiel_eu_no_military")


def test_the_calendar_year_of_natos_report(reports, lines, members):
    ledger = reports["latest"].facts
    assert ledger.value("kiel_military_2024") == pytest.approx(
        added(lines, ("2024-H1", "2024-H2"), "military", members)
    )
    assert ledger.value("kiel_us_2024") == pytest.approx(8.2739 + 11.8671)


def test_the_years_are_counted_from_the_declaration(reports):
    with pytest.raises(NotKnown):
        support.halves_of(reports["2024-07-07"].record, "pledge_year")
    assert support.halves_of(reports["2024-07-20"].record, "pledge_year") == PLEDGE
    assert reports["latest"].facts.text("pledge_year") == "July 2024 to June 2025"
    assert (
        support.half_year(datetime.date(2024, 6, 30)) == "2024-H1"
        and support.half_year(datetime.date(2024, 7, 1)) == "2024-H2"
    )


def test_a_half_year_without_an_american_row_is_no_zero(reports):
    rows = dict(shown(reports["latest"], "table", "support-kiel").rows)
    assert rows["kiel_support:2025-H1"][2] == "0.5"
    assert (
        rows["kiel_support:2025-H2"][2]
        == rows["kiel_support:2026-H1"][2]
        == tables.plain(rows["kiel_support:2025-H2/2026-H1"][2])
        == "–"
    )
    table = shown(reports["latest"], "table", "support-kiel")
    assert rows["kiel_support:2026-H1"][0] == "January to June 2026"
    assert "The tracker’s release ends with" in str(table.note)


def test_the_table_agrees_with_the_facts(reports):
    ledger = reports["latest"].facts
    rows = dict(shown(reports["latest"], "table", "support-kiel").rows)
    printed = [tables.plain(cell) for cell in rows["kiel_support:2024-H2/2025-H1"]]
    assert [f"EUR {cell}bn" for cell in (printed[1], printed[2], printed[5])] == [
        ledger.text(f"kiel_{id}_pledge_year") for id in ("military", "us", "eu")
    ]


def test_the_donors_are_in_order_and_add_up(reports):
    frame = support.donors(reports["latest"].record)
    assert list(frame["iso3"].head(4)) == [
        "USA",
        "DEU",
        "GBR",
        "NOR",
    ]  # 12.35, 6.6672, 6.0563, 2.9554
    assert frame["pledge_year"].sum() == pytest.approx(
        reports["latest"].facts.value("kiel_military_pledge_year")
    )
    assert len(frame) == 29


def test_an_inferred_day_and_a_month_are_not_made_more_precise(reports):
    rows = dict(shown(reports["latest"], "table", "timeline").rows)
    assert rows["timeline:T58"][0] == "May 2025"
    assert tables.plain(rows["timeline:T55"][3]) != "–"


def test_the_figure_draws_its_rows(reports, lines, members):
    figure = shown(reports["latest"], "figure", "support-kiel")
    assert isinstance(figure, charts.Figure) and figure.drawn == figure.shown
    assert (
        figure.drawn["data-us-2024-H2"][0][1] == 11.8671
        and figure.drawn["data-eu-2025-H2"][0][1] == 20.88
    )
    assert figure.drawn["data-others-2025-H1"][0][1] == pytest.approx(
        added(lines, ("2025-H1",), "military", members - {"USA"})
    )
    assert "data-us-2025-H2" not in figure.drawn


def test_the_tracker_is_set_against_the_pledge_in_both_readings(reports, lines, members):
    """By the rows alone: 41.1 in 2024 and 44.6 in the declaration's year, above EUR 40bn."""
    year = added(lines, ("2024-H1", "2024-H2"), "military", members)
    both = (year, added(lines, PLEDGE, "military", members))
    assert [round(found, 1) for found in both] == [41.1, 44.6]
    facts = reports["latest"].facts
    assert facts.value("pledge_agreed") == 40
    assert facts.text("kiel_against_pledge") == "both are"
    rows = dict(shown(reports["latest"], "table", "support-kiel").rows)
    year = rows["kiel_support:2024-H1/2024-H2"][:2]  # set off from the half-years
    assert year == ({"markdown": "**Year: 2024**"}, {"markdown": "**41.1**"})
    assert facts.text("kiel_newest_half_year") == "the first half of 2026"
    assert facts.value("pledge_year_press") == 2025


@pytest.mark.parametrize("sums, words", [((41.1, 39), "one is"), ((39, 40), "neither is")])
def test_a_sum_that_only_equals_the_pledge_is_not_above_it(sums, words):
    assert support.kiel_against_pledge(40, *sums) == words


def test_the_american_share_is_told_by_half_year(reports):
    """By pandas alone: 59% and 2% of military allocations."""
    frame = pd.read_csv(PROJECT.data / "kiel_support.csv")
    members = pd.read_csv(PROJECT.data / "nato_members.csv")["iso3"]
    frame = frame[frame["iso3"].isin(members)]
    american = frame["iso3"] == "USA"

    def share(column, *halves):
        chosen = frame["half_year"].isin(halves)
        return 100 * frame[chosen & american][column].sum() / frame[chosen][column].sum()

    facts = reports["latest"].facts
    assert facts.value("kiel_us_share_first_half_year") == pytest.approx(
        share("military", "2024-H2")
    )
    assert facts.value("kiel_us_share_last_half_year") == pytest.approx(
        share("military", "2025-H1")
    )
    ids = ("first_half_year", "last_half_year")
    assert [facts.text(f"kiel_us_share_{id}") for id in ids] == ["59%", "2%"]
    words = [facts.text(f"kiel_us_{id}") for id in ids]
    assert words == ["the second half of 2024", "the first half of 2025"]


def test_the_proposal_is_told_until_the_summit_has_decided():
    """By the timeline: the declaration, T40, is of 10 July 2024."""
    known = [
        Report(day).facts.known("pledge_not_yet_agreed") for day in ("2024-07-09", "2024-07-10")
    ]
    assert known == [True, False]
