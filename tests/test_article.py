"""The article's text, its anchors, and which of its expressions are figures."""

import pandas as pd
import pytest

from dossier import article, data

GOLD = [
    "Sunday",
    "July",
    "7th",
    "five",
    "year",
    "week",
    "annual",
    "pre-summit",
    "700",
    "three",
    "year",
    "future",
    "longstanding",
    "two",
    "Before the summit",
    "20",
    "month",
    "10",
    "years",
    "Currently",
    "600",
    "wartime",
    "5",
    "2%",
    "2%",
]
"""Labelled by hand, reading data/article.txt from top to bottom: every word that counts something or places it in time."""


def test_the_article_is_as_published():
    assert len(article.text()) == 3203
    assert article.text().startswith("NATO Secretary General: Will Establish Headquarters")


def test_the_detector_finds_what_was_labelled_by_hand():
    body = article.text()
    assert [body[s:e] for s, e in article.expressions()] == GOLD


def test_every_expression_is_tabulated_or_left_out(everything):
    spans = [
        (r["start"], r["end"])
        for t in ("claims", "exclusions")
        for r in everything[t].to_dict("records")
    ]
    assert article.uncovered(spans) == []
    assert (everything["exclusions"]["reason"].str.len() > 10).all()


@pytest.mark.parametrize(
    "claim", [f"C{n:02d}" for n in (1, 2, 5, 7, 8, 12, 16, 17, 19, 20, 24, 27, 28)]
)
def test_an_expression_without_its_claim_is_found(everything, claim):
    kept = everything["claims"][everything["claims"]["claim_id"] != claim]
    spans = [
        (r["start"], r["end"])
        for t in (kept, everything["exclusions"])
        for r in t.to_dict("records")
    ]
    gone = everything["claims"].set_index("claim_id").loc[claim]
    assert any(gone["start"] <= s < gone["end"] for s, _ in article.uncovered(spans))


def test_every_anchor_holds(everything):
    for table in ("claims", "exclusions"):
        article.check_anchors(everything[table], table)


def test_a_changed_digit_anywhere_stops_the_build(everything):
    body = article.text()
    digits = [i for i, c in enumerate(body) if c.isdigit()]
    assert len(digits) == 14  # 7th, 700, 20, 10, 600, 5, 2, 2
    for at in digits:
        changed = body[:at] + str((int(body[at]) + 1) % 10) + body[at + 1 :]
        with pytest.raises(data.DataError, match="is now"):
            article.check_anchors(everything["claims"], "claims", changed)


def test_the_error_names_fact_difference_and_nearest(everything):
    changed = article.text().replace("600-mile", "650-mile")
    with pytest.raises(data.DataError) as caught:
        article.check_anchors(everything["claims"], "claims", changed)
    message = next(p for p in caught.value.problems if "front_length_article" in p)
    assert (
        "'0' is now '5'" in message
        and "nearest: '650-mile'" in message
        and "restore article.txt" in message
    )


def test_moved_words_are_refused_even_where_they_still_stand(everything):
    with pytest.raises(data.DataError, match="the same words at"):
        article.check_anchors(everything["claims"], "claims", " " + article.text())


def test_a_match_is_exact_never_fuzzy():
    row = pd.DataFrame(
        [{"exact": "600 mile", "prefix": "", "suffix": "", "start": 0, "end": 8, "fact_id": "x"}]
    )
    with pytest.raises(data.DataError):
        article.check_anchors(row, "claims", "600-mile")


def test_sentences_are_split_with_their_quotation_marks():
    found = [article.text()[s:e] for s, e in article.sentences()]
    assert len(found) == 21
    assert found[8].startswith("Stoltenberg stated,") and found[8].endswith("membership.”")
    assert found[-1] == "(This article references relevant reports from The Hill.)"
