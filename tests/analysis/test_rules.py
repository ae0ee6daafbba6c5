"""Rules of verdicts in cases that the article is not."""

import datetime
from types import SimpleNamespace

import pytest

from analysis import rules

SUNDAY, TUESDAY = datetime.date(2024, 7, 7), datetime.date(2024, 7, 9)


@pytest.mark.parametrize(
    ("opens", "article", "verdict", "words"),
    [
        (TUESDAY, SUNDAY, "confirmed", "if weeks begin on Sunday, the next one if they"),
        (SUNDAY, TUESDAY, "confirmed", "if weeks begin on Sunday, the one before if they"),
        (TUESDAY, TUESDAY, "confirmed", "the same week."),
        (SUNDAY, TUESDAY + datetime.timedelta(weeks=2), "imprecise", "another week."),
    ],
)
def test_the_week_of_the_summit_is_told_by_both_ways_to_count(opens, article, verdict, words):
    facts = SimpleNamespace(value=lambda id: opens)
    found, sentence = rules.this_week(facts, article)
    assert found == verdict and words in sentence


def test_a_day_that_is_no_sunday_contradicts_the_article():
    monday = datetime.date(2024, 7, 8)
    assert rules.weekday({"exact": "Sunday (July 7th)"}, SUNDAY)[0] == "confirmed"
    assert rules.weekday({"exact": "Sunday (July 7th)"}, monday)[0] == "contradicted"


def test_another_term_contradicts_the_article():
    assert rules.us_term(10, 10)[0] == "confirmed"
    assert rules.us_term(10, 7)[0] == "contradicted"
