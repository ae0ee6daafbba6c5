"""Properties that hold for any input: anchors, numbers, conversions, the as-of filter, escaping."""

import datetime
import math
import re

import pandas as pd
import pytest
from conftest import PROJECT
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dossier import parameters
from dossier.data.known import article_of, known_on
from dossier.document.markdown import inline
from dossier.document.model import text_of
from dossier.facts.sentences import escape
from dossier.text import units
from dossier.text.article import Article, unescape
from dossier.text.numbers import find_digits, number_text, significant
from dossier.text.words import QUALIFIERS

pytestmark = pytest.mark.slow

LOOSE = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
RECORD = known_on(PROJECT)
FIRST, NEWEST = RECORD.article_day, RECORD.newest
DAYS = {str(day.date()) for day in pd.date_range(FIRST, NEWEST)}
CLAIMS = RECORD.claims
TEXT = article_of(PROJECT).text
KM_PER_MILE = 1.609344
"""The international mile of 1959."""


def problems(text):
    """Return what is amiss with the claims in a text."""
    return Article(text).check_anchors(CLAIMS.to_dict("records"), "claims")


def length_text(value, unit, qualifier, round_figure):
    unit = units.UNITS[unit]
    return units.quantity_text(
        value, unit, units.UNITS, "imperial", qualifier, round_figure=round_figure
    )


@LOOSE
@given(
    st.integers(0, len(TEXT) - 1),
    st.characters(codec="utf-8", exclude_categories=("Cs",)),
)
def test_any_changed_character_in_or_beside_an_anchor_is_found(at, other):
    body = TEXT
    assume(body[at] != other)
    changed = body[:at] + other + body[at + 1 :]
    inside = [
        c
        for c in CLAIMS.to_dict("records")
        if int(c["start"]) - len(unescape(c["prefix"]))
        <= at
        < int(c["end"]) + len(unescape(c["suffix"]))
    ]
    if inside:
        assert all("nearest" in p for p in problems(changed)) and problems(changed)
    else:
        assert problems(changed) == []


@LOOSE
@given(st.integers(0, len(TEXT)), st.text(st.sampled_from("abc \n7"), min_size=1, max_size=5))
def test_words_put_in_before_an_anchor_are_found(at, more):
    last = max(int(c["end"]) for c in CLAIMS.to_dict("records"))
    assume(at < last)
    changed = TEXT[:at] + more + TEXT[at:]
    assume(not TEXT.startswith(changed[:last]))
    assert problems(changed)


@LOOSE
@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 3))
def test_a_printed_number_is_read_back(value, decimals):
    text = number_text(value, decimals)
    read = find_digits(text)
    assert (
        len(read) == 1
        and abs(float(read[0].replace(",", "")) - abs(value)) <= 0.5 * 10**-decimals + 1e-9
    )
    assert text.startswith("−") == (value < 0) or float(read[0].replace(",", "")) == 0


@LOOSE
@given(
    st.integers(1, 9).flatmap(lambda d: st.sampled_from([d * 10**n for n in range(1, 4)])),
    st.sampled_from(["miles", "km"]),
)
def test_a_round_figure_converts_to_no_more_than_two_digits(value, unit):
    text = length_text(value, unit, "exact", True)
    other = next(n for n in find_digits(text) if float(n.replace(",", "")) != value)
    assert significant(float(other.replace(",", ""))) <= 2 and "about" in text
    exact = value * KM_PER_MILE if unit == "miles" else value / KM_PER_MILE
    assert abs(float(other.replace(",", "")) / exact - 1) < 0.05


@LOOSE
@given(
    st.integers(10, 9000),
    st.sampled_from(["miles", "km"]),
    st.sampled_from(["at_least", "over"]),
    st.booleans(),
)
def test_a_bound_never_says_more_than_was_said(value, unit, qualifier, round_figure):
    text = length_text(value, unit, qualifier, round_figure)
    numbers = [float(n.replace(",", "")) for n in find_digits(text)]
    exact = value * KM_PER_MILE if unit == "miles" else value / KM_PER_MILE
    (other,) = [n for n in numbers if not math.isclose(n, value)] or [numbers[-1]]
    assert other <= exact + 1e-9 and QUALIFIERS[qualifier][0] in text


@settings(max_examples=25, deadline=None)
@given(st.dates(FIRST, NEWEST), st.dates(FIRST, NEWEST))
def test_a_later_edition_knows_all_that_an_earlier_one_knew(one, other):
    first, second = known_on(PROJECT, min(one, other)), known_on(PROJECT, max(one, other))
    for name, frame in first.tables.items():
        assert (frame["counts_from"] <= pd.Timestamp(first.as_of)).all(), name
        assert len(frame) <= len(second.tables[name]), name
    assert set(first.sources["source_id"]) <= set(second.sources["source_id"])


@LOOSE
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40)
)
def test_escaped_text_comes_back_from_markdown_as_it_was(text):
    text = " ".join(text.split())
    assume(
        text
        and not re.match(r"[-+=>]|\d+[.)]|[ \t]", text)
        and not re.search(r"https?:|www\.|&", text)
    )
    assert text_of(inline("x " + escape(text))) == "x " + text


@LOOSE
@given(st.text(max_size=30) | st.dates().map(str) | st.dates(FIRST, NEWEST).map(str))
def test_no_text_is_taken_for_a_day_but_one_of_the_record(text):
    try:
        found = parameters.check({"as_of": text}, FIRST, NEWEST)
    except parameters.ParameterError as error:
        assert "as_of is" in str(error)
        assert text not in DAYS
    else:
        assert text == "latest" or datetime.date.fromisoformat(text) == found.as_of
        assert FIRST <= found.as_of <= NEWEST
