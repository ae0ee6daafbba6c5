"""The timeline: what it holds, and labels that never overlap."""

import datetime

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
        66,
        33,
        32,
        29,
    ]  # lines T01–T66; T34 is the article's day
    assert Report("2024-07-07").facts.value("events_total") == 34


@pytest.mark.parametrize(
    ("day", "precision", "text"),
    [
        ((2024, 7, 7), "day", "0 days"),
        ((2024, 7, 8), "day", "+1 day"),
        ((2024, 6, 13), "day", "−24 days"),
        ((2025, 11, 1), "month", "+16 months"),
        ((2026, 7, 7), "day", "+730 days"),
    ],
)
def test_the_distance_from_the_article(day, precision, text):
    assert timeline.relative(datetime.date(*day), datetime.date(2024, 7, 7), precision) == text


def test_nothing_is_later_than_the_edition(report):
    assert report.record.timeline["date"].max().date() <= report.record.as_of


def test_signings_are_the_agreements(report):
    assert len(timeline.ticked(report.record)) == report.facts.value("agreements_signed")


def test_a_month_is_drawn_as_a_span():
    drawn = shown(Report("latest"), "figure", "timeline")
    assert drawn.svg.count("stroke-width: 4.5") == 3  # February, May and November 2025
