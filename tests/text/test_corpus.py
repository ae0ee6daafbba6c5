"""The detector on the labelled articles: it reads no less of them than it did."""

from pathlib import Path

import pytest
from score import scored

CORPUS = Path(__file__).parent / "corpus"
QUOTED = Path(__file__).parent / "quoted"
NEWS = Path(__file__).parent / "news"


@pytest.fixture(scope="module")
def score():
    return scored(CORPUS)


def test_every_label_is_overlapped_but_one_in_two_hundred(score):
    whole = score.total()
    assert whole["overlapping"] >= 0.995 * whole["labelled"], score.errors


@pytest.mark.parametrize("column", ["exact", "values", "qualifiers"])
def test_spans_values_and_qualifiers_are_the_labels(score, column):
    whole = score.total()
    assert whole[column] >= 0.985 * whole["labelled"], score.errors


def test_what_is_found_was_labelled_and_no_trap(score):
    whole = score.total()
    assert whole["precise"] >= 0.985 * whole["found"], score.errors
    assert score.other["taken"] <= 0.01 * score.other["traps"], score.errors


def test_quotations_are_found_with_their_speakers(score):
    told = score.other
    assert told["quoted exactly"] == told["quotations"] > 0, score.errors
    assert told["speakers"] >= 0.97 * told["quotations"], score.errors


def test_of_articles_labelled_for_their_quotations_alone_no_fewer_speakers_are_found():
    told = scored(QUOTED).other
    assert told["quotations"] == 126
    assert told["quoted exactly"] >= 0.96 * told["quotations"]
    assert told["speakers"] >= 0.76 * told["quotations"]


def test_ordinary_news_is_read_as_it_was():
    news = scored(NEWS)
    whole, told = news.total(), news.other
    assert whole["labelled"] == 1221
    assert whole["overlapping"] >= 0.995 * whole["labelled"], news.errors
    for column in ("exact", "values", "qualifiers"):
        assert whole[column] >= 0.965 * whole["labelled"], news.errors
    assert whole["precise"] >= 0.98 * whole["found"], news.errors
    assert told["quoted exactly"] == told["quotations"] == 263
    assert told["speakers"] >= 0.93 * told["quotations"], news.errors
    assert told["taken"] <= 3, news.errors
