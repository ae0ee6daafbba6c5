"""Properties that hold for any input: anchors, numbers, conversions, the as-of filter, escaping."""

import datetime
import math
import re

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dossier import article, audit, data, document, facts, parameters

LOOSE = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
NEWEST = data.newest(data.load())
CLAIMS = data.record().claims


@LOOSE
@given(
    st.integers(0, len(article.text()) - 1),
    st.characters(codec="utf-8", exclude_categories=("Cs",)),
)
def test_any_changed_character_in_or_beside_an_anchor_is_found(at, other):
    body = article.text()
    assume(body[at] != other)
    changed = body[:at] + other + body[at + 1 :]
    inside = [
        c
        for c in CLAIMS.to_dict("records")
        if int(c["start"]) - len(article.unescape(c["prefix"]))
        <= at
        < int(c["end"]) + len(article.unescape(c["suffix"]))
    ]
    if inside:
        with pytest.raises(data.DataError, match="nearest"):
            article.check_anchors(CLAIMS, "claims", changed)
    else:
        article.check_anchors(CLAIMS, "claims", changed)


@LOOSE
@given(
    st.integers(0, len(article.text())), st.text(st.sampled_from("abc \n7"), min_size=1, max_size=5)
)
def test_words_put_in_before_an_anchor_are_found(at, more):
    last = max(int(c["end"]) for c in CLAIMS.to_dict("records"))
    assume(at < last)
    changed = article.text()[:at] + more + article.text()[at:]
    assume(not article.text().startswith(changed[:last]))
    with pytest.raises(data.DataError):
        article.check_anchors(CLAIMS, "claims", changed)


@LOOSE
@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 3))
def test_a_printed_number_is_read_back(value, decimals):
    text = facts.number_text(value, decimals)
    read = audit.numbers(text)
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
    text = facts.length_text(value, unit, "exact", "imperial", round_figure=True)
    other = next(n for n in audit.numbers(text) if float(n.replace(",", "")) != value)
    assert facts.significant(float(other.replace(",", ""))) <= 2 and "about" in text
    exact = value * facts.KM_PER_MILE if unit == "miles" else value / facts.KM_PER_MILE
    assert abs(float(other.replace(",", "")) / exact - 1) < 0.05


@LOOSE
@given(
    st.integers(10, 9000),
    st.sampled_from(["miles", "km"]),
    st.sampled_from(["at_least", "over"]),
    st.booleans(),
)
def test_a_bound_never_says_more_than_was_said(value, unit, qualifier, round_figure):
    text = facts.length_text(value, unit, qualifier, "imperial", round_figure=round_figure)
    numbers = [float(n.replace(",", "")) for n in audit.numbers(text)]
    exact = value * facts.KM_PER_MILE if unit == "miles" else value / facts.KM_PER_MILE
    (other,) = [n for n in numbers if not math.isclose(n, value)] or [numbers[-1]]
    assert other <= exact + 1e-9 and facts.QUALIFIERS[qualifier][0] in text


@settings(max_examples=25, deadline=None)
@given(st.dates(parameters.ARTICLE_DAY, NEWEST), st.dates(parameters.ARTICLE_DAY, NEWEST))
def test_a_later_edition_knows_all_that_an_earlier_one_knew(one, other):
    first, second = data.record(min(one, other)), data.record(max(one, other))
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
    assert document.text_of(document.inline("x " + facts.escape(text))) == "x " + text


@LOOSE
@given(st.text(max_size=30))
def test_no_text_is_taken_for_a_day(text):
    try:
        found = parameters.check({"as_of": text}, NEWEST)
    except parameters.ParameterError as error:
        assert "as_of is" in str(error)
    else:
        assert text == "latest" or datetime.date.fromisoformat(text) == found.as_of
