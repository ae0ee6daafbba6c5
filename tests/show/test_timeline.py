"""The timeline: what it holds, and labels that never overlap."""

import pytest
from conftest import shown

from dossier import Report
from dossier.chapters import timeline

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


def test_the_line_is_dotted_where_more_than_a_year_lies_between():
    """By hand, of the 15 events drawn: 1949, 2008, 2014, 2022, 2023, 2024 and then 2025, 2026."""
    drawn = shown(Report("latest"), "figure", "timeline")
    assert drawn.svg.count("stroke-dasharray") == 5
