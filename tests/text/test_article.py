"""The article's text, its anchors, and which of its expressions are figures."""

import pandas as pd
import pytest
from conftest import PROJECT

from dossier.data.known import article_of
from dossier.text.article import Article

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
"""Labelled by hand, reading data/article.txt from top to bottom: every word that counts
something or places it in time."""


def problems(rows, text):
    """Return what is amiss with rows of claims in a text."""
    return Article(text).check_anchors(rows.to_dict("records"), "claims")


@pytest.fixture(scope="module")
def article():
    return article_of(PROJECT)


def test_the_article_is_as_published(article):
    assert len(article.text) == 3203
    assert article.text.startswith("NATO Secretary General: Will Establish Headquarters")


def test_the_detector_finds_what_was_labelled_by_hand(article):
    assert [article.text[s:e] for s, e in article.expressions] == GOLD


def test_words_that_count_without_being_cardinals_are_found():
    text = "Twice as many, a third of them, both doubled their half; the first said so."
    found = [text[s:e] for s, e in Article(text).expressions]
    assert found == ["Twice", "third", "both", "doubled", "half", "first"]


def test_the_detector_of_figures_widens_what_must_be_covered():
    article = Article("A fivefold rise, at noon, to 7-2.")
    assert [article.text[s:e] for s, e in article.expressions] == ["fivefold", "noon", "7", "2"]


def _spans(*frames):
    return [(r["start"], r["end"]) for t in frames for r in t.to_dict("records")]


def test_every_expression_is_tabulated_or_left_out(article, everything):
    assert article.uncovered(_spans(everything["claims"], everything["exclusions"])) == []
    assert (everything["exclusions"]["reason"].str.len() > 10).all()


@pytest.mark.parametrize(
    "claim", [f"C{n:02d}" for n in (1, 2, 5, 8, 9, 13, 18, 19, 21, 22, 26, 32, 33)]
)
def test_an_expression_without_its_claim_is_found(article, everything, claim):
    kept = everything["claims"][everything["claims"]["claim_id"] != claim]
    gone = everything["claims"].set_index("claim_id").loc[claim]
    found = article.uncovered(_spans(kept, everything["exclusions"]))
    assert any(gone["start"] <= s < gone["end"] for s, _ in found)


def test_every_anchor_holds(article, everything):
    for table in ("claims", "exclusions"):
        assert problems(everything[table], article.text) == []


def test_a_changed_digit_anywhere_is_found(article, everything):
    body = article.text
    digits = [i for i, c in enumerate(body) if c.isdigit()]
    assert len(digits) == 14  # 7th, 700, 20, 10, 600, 5, 2, 2
    for at in digits:
        changed = body[:at] + str((int(body[at]) + 1) % 10) + body[at + 1 :]
        assert any("is now" in p for p in problems(everything["claims"], changed))


def test_the_error_names_fact_difference_and_nearest(article, everything):
    found = problems(everything["claims"], article.text.replace("600-mile", "650-mile"))
    message = next(p for p in found if "front_length_article" in p)
    assert "'0' is now '5'" in message and "nearest: '650-mile'" in message
    assert "restore article.txt" in message
    assert message.startswith("data/claims.csv, row 23,")  # C22 stands in line 23 of the file


def test_moved_words_are_refused_even_where_they_still_stand(article, everything):
    found = problems(everything["claims"], " " + article.text)
    assert any("the same words at" in p for p in found)


def test_a_match_is_exact_never_fuzzy():
    row = {"exact": "600 mile", "prefix": "", "suffix": "", "start": 0, "end": 8, "fact_id": "x"}
    assert problems(pd.DataFrame([row]), "600-mile")


def test_offsets_that_do_not_span_the_exact_words_are_refused_at_the_start_of_the_text():
    row = {"exact": "mile", "prefix": "600 ", "suffix": "", "start": 3, "end": 8, "fact_id": "x"}
    assert problems(pd.DataFrame([row | {"start": 4}]), "600 mile") == []
    assert problems(pd.DataFrame([row]), "600 mile")


def test_sentences_are_split_with_their_quotation_marks(article):
    found = [article.text[s:e] for s, e in article.sentences]
    assert len(found) == 21
    assert found[8].startswith("Stoltenberg stated,") and found[8].endswith("membership.”")
    assert found[-1] == "(This article references relevant reports from The Hill.)"
