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
