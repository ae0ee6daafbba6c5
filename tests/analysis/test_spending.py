"""Defence spending, against counts made with the csv module and against what was announced.

By hand, from the announcements in data/published_claims.csv: 23 allies at 2% in the edition of June
2024 (Stoltenberg, 17 June 2024), 18 for the same year in that of August 2025, three in 2014. SIPRI:
eleven for 2023, against ten by NATO (disagreement D32 of the research).
"""

import csv

import pytest
from conftest import PROJECT

from analysis import spending
from dossier import Report


@pytest.fixture(scope="module")
def newest():
    return Report("latest")


@pytest.fixture(scope="module")
def first():
    return Report("2024-07-07")


def read(name):
    with (PROJECT.data / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def by_hand(year, edition):
    """Count the members of a year at or above 2, row by row."""
    joined = {r["iso3"]: r["accession_date"] for r in read("nato_members")}
    last = (
        edition
        if f"{year}" == max(r["year"] for r in read("nato_share_gdp") if r["edition"] == edition)
        else f"{year}-12-31"
    )
    rows = [r for r in read("nato_share_gdp") if r["edition"] == edition and r["year"] == str(year)]
    return sum(
        1
        for r in rows
        if r["iso3"] in joined
        and joined[r["iso3"]] <= last
        and r["share_percent"]
        and float(r["share_percent"]) >= 2
    )


def test_the_counts_are_those_announced(newest, first):
    assert first.facts.value("allies_at_2_percent_2024") == 23
    assert newest.facts.value("allies_at_2_percent_2024") == 17
    assert newest.facts.value("count_second_edition") == 18
    assert newest.facts.value("count_after_the_year") == 22
    # published_claims.csv by hand: N16, after N13 of August 2025
    assert newest.facts.value("count_next_year") == 32
    assert newest.facts.text("count_next_year_day") == "26 March 2026"
    assert newest.facts.value("next_year") == 2025
    assert newest.facts.value("count_first_announced") == 18
    assert (
        newest.facts.value("allies_at_2_percent_2014")
        == first.facts.value("allies_at_2_percent_2014")
        == 3
    )


@pytest.mark.parametrize("year", range(2014, 2027))
def test_every_count_is_the_one_made_row_by_row(newest, first, year):
    assert newest.facts.value(f"allies_at_2_percent_{year}") == by_hand(year, "2026-07-10")
    if year < 2025:
        assert (
            first.facts.value(f"allies_at_2_percent_{year}")
            == newest.facts.value(f"allies_at_2_percent_{year}_first")
            == by_hand(year, "2024-06-17")
        )


def test_below_and_above_and_blank_make_all_with_a_row(newest):
    table = spending.counts(newest.record, 2)
    latest = table[(table["year"] == 2025) & (table["edition"] == "2025-08-28")].iloc[0]
    assert (latest["at"], latest["below"], latest["blank"]) == (
        30,
        0,
        1,
    )  # Germany is blank, Iceland has no row
    assert Report("2025-09-15").facts.value("newest_year_blank") == 1
    assert not newest.facts.known("newest_year_blank")
    assert not Report("2024-07-07").facts.known("newest_year_blank")


def test_a_newest_year_is_told_only_after_the_articles(newest, first):
    assert newest.facts.value("newest_year_at") == 30
    assert not first.facts.known("newest_year_at")


def test_below_is_below_and_not_at(newest):
    """Germany's 2.00% is the smallest share of 2024 that reaches the target."""
    members = {r["iso3"] for r in read("nato_members")}
    shares = [
        float(r["share_percent"])
        for r in read("nato_share_gdp")
        if (r["edition"], r["year"]) == ("2026-07-10", "2024") and r["iso3"] in members
    ]
    below = sum(share < 2 for share in shares)
    assert newest.facts.value("allies_below_2_percent") == below == 14
    edition = newest.facts.value("edition_newest")
    found = spending.allies_below_2_percent(newest.record, 2.0, edition)
    assert found.value == below


def test_a_country_counts_only_from_its_accession(newest):
    frame = spending.shares(newest.record, newest.record.nato_share_gdp["edition"].min())
    for iso3, year in (("SWE", 2023), ("FIN", 2022), ("MKD", 2019), ("MNE", 2016)):
        assert year not in set(frame[frame["iso3"] == iso3]["year"]) and year + 1 in set(
            frame[frame["iso3"] == iso3]["year"]
        )


def test_slovakia_rests_on_a_typed_cell(first):
    assert first.facts.text("slovakia_ratio", "n") == "1.989%"
    assert first.facts.value("allies_without_slovakia") == 22


def test_the_cross_check(first):
    assert (first.facts.value("check_sipri"), first.facts.value("check_nato")) == (11, 10)
    # by hand from both tables: France 2.06 against 1.96, Slovakia 2.02 against 1.84; Denmark 1.95
    assert first.facts.value("check_sipri_alone_names") == "France and Slovakia"
    assert first.facts.value("check_nato_alone_names") == "Denmark"
    assert (
        first.facts.text("check_widest_country") == "Latvia"
        and first.facts.text("check_widest", "n") == "0.61"
    )


def test_the_pledges_are_read_from_their_words(newest, first):
    assert [newest.facts.value(f"pledge_hague_{w}") for w in ("share", "core", "year")] == [
        5,
        3.5,
        2035,
    ]
    assert (
        newest.facts.text("equipment_guideline")
        == first.facts.text("equipment_guideline")
        == "at least 20%"
    )
    assert not first.facts.known("pledge_hague_share")


def test_one_ally_misses_the_guideline_for_equipment(newest, first):
    """By hand: of 2026 Norway's 17.95% alone is below 20, of 2024 Belgium's and Canada's were."""
    assert newest.facts.value("equipment_below_names") == "Norway"
    assert first.facts.value("equipment_below_names") == "Belgium and Canada"


def test_the_number_of_allies():
    assert Report("2024-07-07").facts.value("allies_total") == 32


def test_labels_moved_apart_keep_their_order_and_gap():
    from dossier.show.charts import spread

    assert spread([5, 5, 1], 2) == [5, 7, 1]


def test_six_stand_at_the_target_by_three_hundredths(newest):
    """By hand, edition of July 2026 for 2026: 2.00, 2.00, 2.01, 2.02, 2.03, 2.03; then 2.09."""
    members = {row["iso3"] for row in read("nato_members")}
    shares = sorted(
        float(row["share_percent"])
        for row in read("nato_share_gdp")
        if row["edition"] == "2026-07-10" and row["year"] == "2026" and row["iso3"] in members
    )
    near = [share for share in shares if 2 <= share <= 2.06]
    assert newest.facts.value("allies_just_above") == len(near) == 6
    assert newest.facts.text("just_above_by") == f"{near[-1] - 2:.2f} percentage points"
    assert newest.facts.text("spending_share_of_united_states") == "57%"


def test_five_are_expected_at_the_later_target(newest, first):
    """By hand: those at 3.5 or more for 2026 in the edition of July 2026."""
    rows = [
        r for r in read("nato_share_gdp") if r["edition"] == "2026-07-10" and r["year"] == "2026"
    ]
    at = {r["iso3"] for r in rows if r["share_percent"] and float(r["share_percent"]) >= 3.5}
    assert at == {"LTU", "EST", "LVA", "POL", "GRC"}
    assert newest.facts.value("newest_year_at_core") == len(at)
    assert not first.facts.known("newest_year_at_core")
