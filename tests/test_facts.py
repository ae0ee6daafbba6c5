"""Facts, how they print, and the sentence builder."""

import pytest

from dossier import data
from dossier.facts import Fact, FactError, Later, Ledger, length_text, number_text


@pytest.fixture
def ledger():
    book = Ledger(data.record())
    book.compute("allies", "Allies", 32, "allies", "count")
    book.compute("one_ally", "One ally", 1, "allies", "count")
    book.compute("gone", "Not known", None, "allies", "count")
    book.add(
        Fact(
            "twenty",
            "stated",
            "Countries",
            20,
            "member countries",
            "about",
            "approximately",
            quote="approximately 20 member countries",
            start=0,
            end=3,
        )
    )
    return book


def test_a_number_prints_with_unit_and_qualifier(ledger):
    assert ledger.text("twenty") == "approximately 20 member countries"
    assert ledger.text("twenty", "n") == "approximately 20"
    assert ledger.text("allies", "W") == "32 allies"


def test_no_form_strips_a_qualifier(ledger):
    for id in ("twenty", "one_ally"):
        fact = ledger[id]
        if fact.qualifier != "exact":
            assert all("pproximately" in form for form in ledger.forms(fact).values())


def test_number_and_word_agree(ledger):
    assert ledger.text("one_ally") == "one ally"
    assert ledger.fill("{one_ally:was|were} and {allies:was|were}") == "was and were"


def test_a_sentence_links_each_fact(ledger):
    assert ledger.fill("There are {allies}.") == "There are [32 allies](<#fact-allies>)."


def test_a_sentence_whose_fact_was_not_known_is_left_out(ledger):
    assert isinstance(ledger["gone"], Later)
    assert ledger.fill("There were {gone}.") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "About 650 people.",
        "There are {allies}, of them six new.",
        "Twenty of {allies}.",
        "A dozen.",
        "In 2024 there were {allies}.",
    ],
)
def test_a_number_typed_into_a_sentence_is_refused(ledger, sentence):
    with pytest.raises(FactError, match="typed into a sentence"):
        ledger.fill(sentence)
    with pytest.raises(FactError, match="typed into a sentence"):
        ledger.plain(sentence)


def test_names_that_hold_a_digit_may_be_typed(ledger):
    assert ledger.fill("Article 5 and the G7 bind {allies}.")


def test_a_misspelt_fact_is_named_with_the_nearest(ledger):
    with pytest.raises(FactError, match="did you mean 'allies'"):
        ledger.fill("{alies}")


def test_a_cell_is_a_fact_with_its_row_and_sources(ledger):
    assert ledger.text("timeline.T35.date") == "8 July 2024"
    fact = ledger["timeline.T35.date"]
    assert (fact.rows, fact.sources) == (("timeline:T35",), ("pl_ukranews", "pl_pap"))


@pytest.mark.parametrize("id", ["timeline.T99.date", "timeline.T35.day", "nowhere.T35.date"])
def test_a_cell_that_is_not_there_is_refused(ledger, id):
    with pytest.raises(FactError):
        ledger[id]


def test_a_month_keeps_its_precision(ledger):
    assert ledger.text("timeline.T55.date") == "February 2025"


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "first", "round_figure", "text"),
    [
        (600, "miles", "exact", "imperial", True, "600 miles (about 970 km)"),
        (600, "miles", "exact", "metric", True, "about 970 km (600 miles)"),
        (977, "km", "exact", "imperial", False, "607 miles (977 km)"),
        (1040, "km", "at_least", "imperial", False, "at least 646 miles (1,040 km)"),
        (
            2400,
            "km",
            "at_least",
            "imperial",
            True,
            "at least 1,490 miles (2,400 km)",
        ),  # 2,400 km are 1,491.3 miles
        (1500, "km", "about", "metric", True, "about 1,500 km (930 miles)"),
    ],
)
def test_a_length_converts_no_more_precisely_than_it_was_given(
    value, unit, qualifier, first, round_figure, text
):
    assert length_text(value, unit, qualifier, first, 0, round_figure) == text


def test_numbers_print_with_commas_and_a_true_minus():
    assert [
        number_text(12345.6, 1),
        number_text(-3, 0),
        number_text(9, spell=True),
        number_text(10, spell=True),
    ] == ["12,345.6", "−3", "nine", "10"]


def test_two_facts_of_one_name_are_refused(ledger):
    with pytest.raises(FactError, match="defined twice"):
        ledger.compute("allies", "Allies", 31, "allies", "count")
