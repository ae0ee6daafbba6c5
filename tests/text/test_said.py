"""What a claim may hold of its exact words: any expression that a text can state."""

import pytest

from dossier.data.checks import check_claim
from dossier.facts.fact import Fact, forms_of
from dossier.text.said import said_in
from dossier.text.units import UNITS

SAID = [
    ("between 180 and 220mm", "180/220", "mm", "exact"),
    ("a 6-4 win", "6-4", "score", "exact"),
    ("at 4:50 a.m.", "04:50", "time", "exact"),
    ("in 3 hours 18 minutes", "PT3H18M", "duration", "exact"),
    ("less than six hours", "6", "hours", "under"),
    ("roughly one in eight", "0.125", "ratio", "about"),
    ("No. 2", "2", "ordinal", "exact"),
    ("a 120-year-old", "120", "age", "exact"),
    ("12p", "0.12", "GBP", "exact"),
    ("£14m", "14", "million GBP", "exact"),
    ("£14m", "14000000", "GBP", "exact"),
    ("tens of thousands", "10000", "number", "at_least"),
    ("last week", "2024-06-24/2024-06-30", "period", "exact"),
    ("yesterday", "2024-07-06", "date", "exact"),
    ("the third quarter of 2023", "2023-Q3", "quarter", "exact"),
    ("1.28 degrees Celsius cooler", "1.28", "°C difference", "exact"),
    ("24C", "24", "°C", "exact"),
]


def problems(exact, value, unit, qualifier):
    claim = {"exact": exact, "value": value, "unit": unit, "qualifier": qualifier}
    return [column for column, _ in check_claim(claim, UNITS)]


@pytest.mark.parametrize("claim", SAID)
def test_what_the_words_say_is_taken(claim):
    assert problems(*claim) == []


@pytest.mark.parametrize(
    ("claim", "column"),
    [
        (("between 180 and 220mm", "180/230", "mm", "exact"), "value"),
        (("between 180 and 220mm", "180/220", "km", "exact"), "unit"),
        (("a 6-4 win", "6-3", "score", "exact"), "value"),
        (("a 6-4 win", "six four", "score", "exact"), "value"),
        (("in 3 hours 18 minutes", "PT3H19M", "duration", "exact"), "value"),
        (("roughly one in eight", "0.125", "ratio", "over"), "qualifier"),
        (("£14m", "14", "GBP", "exact"), ""),  # a scale that the value leaves out: as before
        (("12p", "0.12", "EUR", "exact"), "value"),
        (("the third quarter of 2023", "2023-Q4", "quarter", "exact"), "value"),
        (("24C", "24", "°F", "exact"), "unit"),
    ],
)
def test_what_they_do_not_say_is_refused(claim, column):
    assert problems(*claim)[:1] == [column] * bool(column)


@pytest.mark.parametrize(
    ("value", "unit", "quote"),
    [("180/220", "mm", "between 180 and 220mm"), (0.125, "ratio", "one in eight")],
)
def test_what_is_no_single_number_prints_as_the_article_has_it(value, unit, quote):
    fact = Fact("a", "stated", "A", value, unit, quote=quote)
    assert forms_of(fact, UNITS, "metric")[""] == quote


def test_a_day_reckoned_from_another_has_no_value_by_its_words_alone():
    assert [said[:2] for said in said_in("ten days ago, on 3 May 2023")] == [
        ("", ""),
        ("2023-05-03", "date"),
    ]
