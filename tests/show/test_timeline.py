"""The timeline: what it holds, and labels that never overlap."""

import re

import pandas as pd
import pytest
from conftest import PROJECT, shown

from dossier import Report
from dossier.chapters import timeline
from dossier.show import charts

EDITIONS = ("2024-07-07", "2024-07-08", "2024-07-20", "2025-01-15", "2025-09-15", "latest")


@pytest.fixture(scope="module", params=EDITIONS)
def report(request):
    return Report(request.param)


def test_counts_by_hand():
    facts = Report("latest").facts
    assert [facts.value(f"events_{w}") for w in ("total", "before", "since", "signings")] == [
        76,
        35,
        40,
        29,
    ]  # lines T01–T79 without T36, T68 and T72; T34 is the article's day
    assert Report("2024-07-07").facts.value("events_total") == 36


def test_nothing_is_later_than_the_edition(report):
    assert report.record.timeline["date"].max().date() <= report.record.as_of


def test_signings_are_the_agreements(report):
    assert len(timeline.apart(report.record)) == report.facts.value("agreements_signed")


def test_signings_are_not_listed_twice(report):
    keys = {key for key, _ in shown(report, "table", "timeline").rows}
    assert keys and not keys & set(timeline.apart(report.record).index)


def test_the_events_that_are_drawn_are_those_of_the_settings(report):
    drawn = set(timeline.labelled(report.record)["event_id"])
    assert drawn == set(report.project.settings.timeline.drawn) & set(
        report.record.timeline["event_id"]
    )


def test_a_month_is_drawn_as_a_span(monkeypatch):
    monkeypatch.setattr(timeline, "labelled", timeline.untold)
    drawn = shown(Report("latest"), "figure", "timeline")
    assert drawn.svg.count("stroke-width: 4.5") == 2  # May and November 2025


def test_each_year_is_named_where_it_begins_and_long_gaps_are_dotted():
    """By hand: of the 15 events drawn those of 2008, 2014 and 2022 end gaps of over 5 years."""
    report = Report("latest")
    drawn = shown(report, "figure", "timeline")
    rows = (PROJECT.data / "timeline.csv").read_text(encoding="utf-8").splitlines()
    listed = report.project.settings.timeline.drawn
    years = {row.split(",")[1][:4] for row in rows if row.split(",")[0] in listed}
    assert re.findall(r">(\d{4})</text>", drawn.svg) == sorted(years)
    assert drawn.svg.count("stroke-dasharray") == 3


@pytest.mark.parametrize("days", [["2024-07-05"], ["2024-07-05", "2024-07-05"]])
def test_one_day_alone_has_a_year_too(days):
    _, ax = charts.canvas(1)
    timeline._draw_time(ax, pd.Series(pd.to_datetime(days)))
    assert [text.get_text() for text in ax.texts] == ["2024"]
