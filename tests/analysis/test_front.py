"""The front's length, against readings of data/front_lengths.csv and data/front_series.csv by hand.

By hand: 8 July 2024, main line: 1001.0 km at full detail, 982.5 at 250 m, 952.8 at 500 m. 600 miles
are 965.6064 km (1.609344 × 600). Between 250 and 500 m: 250 + 250 × (982.5 − 965.6064) / (982.5 −
952.8) = 392.2 m. The research measured 965.8 km at 390 m. 19 June 2024, the coarser map: 859.2 km.
"""

import csv

import pytest
from conftest import PROJECT, shown
from matplotlib.path import Path as Outline

from analysis import front
from dossier import Report
from dossier.data.known import NotKnown
from dossier.show import maps, tables


@pytest.fixture(scope="module")
def newest():
    return Report("latest")


@pytest.fixture(scope="module")
def first():
    return Report("2024-07-07")


def test_the_nearest_map_known(newest, first):
    assert (
        newest.facts.value("front_length_measured") == 1001.0
        and str(newest.facts.value("front_map_day")) == "2024-07-08"
    )
    assert (
        first.facts.value("front_length_measured") == 859.2
        and str(first.facts.value("front_map_day")) == "2024-06-19"
    )
    assert Report("2024-07-08").facts.value("front_length_measured") == 1001.0


def test_the_ruler_that_gives_the_articles_length(newest):
    assert newest.facts.value("front_ruler_matching_article") == pytest.approx(392.2, abs=0.1)
    assert newest.facts.text("front_ruler_matching_article") == "about 390 metres"


def test_a_length_that_was_measured_is_its_own_neighbour(newest):
    ruler = front.by_ruler(front.nearest_map(newest.record))
    assert list(front.neighbours(ruler, 982.5)["scale_m"]) == [250]
    assert list(front.neighbours(ruler, 965.6064)["scale_m"]) == [250, 500]
    found = front.matching_ruler(front.nearest_map(newest.record), 952.8)
    assert found.value == 500


def test_a_kilometre_as_ruler_and_which_map_is_the_coarser(newest, first):
    assert newest.facts.value("front_at_1_km") == 910.2
    assert first.facts.value("front_at_1_km") == 841.6
    assert first.facts.known("front_coarse_map") and not newest.facts.known("front_coarse_map")


def test_no_ruler_gives_it_on_the_coarser_map(first):
    assert not first.facts.known("front_ruler_matching_article")
    with pytest.raises(NotKnown):
        front.matching_ruler(front.nearest_map(first.record), 965.6)


def test_land_and_river_make_the_main_line(newest):
    values = [newest.facts.value(f"front_{part}") for part in ("land", "river", "length_measured")]
    assert values[0] + values[1] == pytest.approx(values[2], abs=0.1)
    assert newest.facts.text("front_land", "lead") == "425 miles"


def test_the_series_ends_on_its_newest_day(newest):
    with (PROJECT.data / "front_series.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert newest.facts.value("front_newest_length") == float(rows[-1]["main_km"]) == 1119.9
    longest = max(rows, key=lambda r: float(r["main_km"]))
    assert (
        str(newest.facts.value("front_longest_day")),
        newest.facts.value("front_longest_length"),
    ) == (longest["date"], float(longest["main_km"]))
    assert (
        newest.facts.value("front_days_missing") == 7
    )  # 776 days from 8 July 2024 to 22 August 2026, 769 rows


def test_days_without_a_map_are_left_open(newest):
    drawn = shown(newest, "figure", "front-series")
    assert len(drawn.drawn["data-main_km"]) == 769


def test_the_leading_unit_leads(first):
    metric = Report("2024-07-07", "metric").facts
    assert first.facts.text("front_length_measured") == "534 miles (859 km)"
    assert metric.text("front_length_measured") == "859 km (534 miles)"


def test_the_projection_keeps_areas():
    """A cell of a degree by a degree has R²·Δλ·(sin φ₂ − sin φ₁) square kilometres on the
    sphere, wherever it lies."""
    import numpy as np

    for longitude, latitude in ((-9, 38), (20, 52), (37, 48), (25, 65)):
        east, north = front.PROJECTION(
            *np.array(
                [
                    (longitude, latitude),
                    (longitude + 1, latitude),
                    (longitude + 1, latitude + 1),
                    (longitude, latitude + 1),
                ]
            ).T
        )
        area = 0.5 * abs(np.dot(east, np.roll(north, -1)) - np.dot(north, np.roll(east, -1)))
        sphere = (
            maps.RADIUS**2
            * np.radians(1)
            * (np.sin(np.radians(latitude + 1)) - np.sin(np.radians(latitude)))
        )
        assert area == pytest.approx(sphere, rel=2e-3)


def test_the_early_map_has_no_front(first):
    drawn = shown(first, "figure", "front-map")
    assert set(drawn.drawn) == {"data-UKR"} and "Wiesbaden" not in drawn.svg + drawn.alt


def test_four_papers_of_think_tanks_have_a_longer_line(newest, first):
    """By hand: P16 to P19 of front_published.csv, 1,200 km each, on days that the series has."""
    days = ("2024-10-10", "2025-02-14", "2025-02-25", "2025-05-02")
    with (PROJECT.data / "front_series.csv").open(newline="", encoding="utf-8") as file:
        measured = [float(row["main_km"]) for row in csv.DictReader(file) if row["date"] in days]
    apart = sorted(100 * (1200 / km - 1) for km in measured)
    facts = newest.facts
    assert facts.value("tank_lengths") == len(measured) == 4
    assert facts.text("tank_length") == "about 750 miles (1,200 km)"
    assert [str(facts.value(f"tank_{which}_day")) for which in ("first", "last")] == [
        days[0],
        days[-1],
    ]
    found = [facts.value(f"tank_{which}_apart") for which in ("least", "most")]
    assert found == pytest.approx([apart[0], apart[-1]])
    assert not first.facts.known("tank_lengths")


def test_a_round_length_is_converted_no_more_precisely_than_it_was_given(newest):
    """Of row P20 “3,700 km” was said, of P17 “about 1,200 km”: 746 miles would be too precise."""
    assert newest.facts.text("front_published.P17.length_km") == "about 750 miles (1,200 km)"
    assert newest.facts.text("front_published.P20.length_km") == "about 2,300 miles (3,700 km)"
    assert newest.facts.text("front_published.P07.length_km") == "607 miles (977 km)"


def test_a_length_is_printed_with_the_qualifier_of_its_source(newest):
    """P10 “almost”, P14 “roughly 600-mile”, P15 “500 to 600 miles”: no end of it is a length."""
    rows = dict(shown(newest, "table", "front-published").rows)
    assert rows["front_published:P10"][2] == "almost 777 miles (1,250 km)"
    assert rows["front_published:P14"][2] == "roughly 600 miles (966 km)"
    assert rows["front_published:P15"][2] == "500 to 600 miles (805 to 966 km)"
    assert newest.facts.text("front_published.P14.length_km") == rows["front_published:P14"][2]
    metric = dict(shown(Report(units="metric"), "table", "front-published").rows)
    assert metric["front_published:P15"][2] == "805 to 966 km (500 to 600 miles)"


def test_more_combat_than_line_is_told(newest, first):
    """By hand: “at least 1,040 km” on 20 August 2024, when the series has 1031.9 km."""
    assert newest.facts.value("combat_beyond_line") == pytest.approx(1040 - 1031.9)
    assert newest.facts.text("combat_beyond_line") == "at least 5 miles (8 km)"
    assert not first.facts.known("combat_beyond_line")


def test_beside_a_published_length_stands_the_line_of_its_day(newest, first):
    """By front_series.csv: 1018.7 km on 24 July 2024, 1259.6 on 9 December 2025; none in 2023."""
    rows = dict(shown(newest, "table", "front-published").rows)
    measured = {key: tables.plain(cells[4]) for key, cells in rows.items()}
    assert measured["front_published:P07"] == "633 miles"
    assert measured["front_published:P12"] == "783 miles"
    assert measured["front_published:P06"] == "–"
    early = shown(first, "table", "front-published")
    assert [column.label for column in early.columns][-2:] == ["What it measures", "Source"]


def test_the_shaded_land_lies_beyond_the_line():
    """By the places of front_sketch's towns, and of four more by hand, in degrees."""
    record = Report("latest").record
    outline = Outline(front.beyond(record.schema.shapes("front_sketch"), front.EAST))

    def is_beyond(longitude, latitude):
        return outline.contains_point(front.PROJECTION.point(longitude, latitude))

    towns = record.places.set_index("place")[["longitude", "latitude"]].to_dict("index")
    within = {name for name, at in towns.items() if is_beyond(at["longitude"], at["latitude"])}
    assert within == {"Donetsk", "Luhansk"}
    simferopol, mariupol, kherson, mykolaiv = (34.1, 44.95), (37.54, 47.1), (32.6, 46.66), (32, 47)
    assert is_beyond(*simferopol) and is_beyond(*mariupol)
    assert not is_beyond(*kherson) and not is_beyond(*mykolaiv)
