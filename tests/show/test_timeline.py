"""The timeline: what it holds, and labels that never overlap."""

import datetime

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


def test_the_days_are_to_scale_below_the_last_gap_of_five_years():
    """By hand: of the 15 events drawn those of 1949, 2008 and 2014 stand above the scale."""
    report = Report("latest")
    drawn = shown(report, "figure", "timeline")
    rows = (PROJECT.data / "timeline.csv").read_text(encoding="utf-8").splitlines()
    listed = report.project.settings.timeline.drawn
    days = sorted(row.split(",")[1] for row in rows if row.split(",")[0] in listed)
    epoch = datetime.date(1970, 1, 1)
    on_scale = [(datetime.date.fromisoformat(day) - epoch).days for day in days if day > "2015"]
    assert [day for _, day in drawn.drawn["data-events"]] == on_scale
    assert len(on_scale) == 12
    assert drawn.svg.count("stroke-dasharray") == 1


def test_a_mark_stands_where_its_year_says():
    """Three days a year apart, below one long before, stand on the rows."""
    days = pd.Series(pd.to_datetime(["2001-01-01", "2022-01-01", "2023-01-01", "2024-01-01"]))
    canvas, ax = charts.canvas(1)
    ax.set_ylim(3.4, -0.6)
    assert timeline._early(days) == 1
    places = timeline._draw_time(ax, days, 1)
    assert places == pytest.approx([0, 1, 2, 3], abs=0.01)
    time = canvas.axes[1]
    named = dict(
        zip([t.get_text() for t in time.get_yticklabels()], time.get_yticks(), strict=True)
    )
    at = ax.transData.inverted().transform(time.transData.transform((0, named["2023"])))
    assert at[1] == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize("days", [["2024-07-05"], ["2024-07-05", "2024-07-05"]])
def test_one_day_alone_has_a_line_too(days):
    _, ax = charts.canvas(1)
    ax.set_ylim(1.4, -0.6)
    places = timeline._draw_time(ax, pd.Series(pd.to_datetime(days)), 0)
    assert places == [0] * len(days)
