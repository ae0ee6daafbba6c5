"""Facts, how they print, and the sentence builder."""

import datetime

import pytest
from conftest import PROJECT

from dossier.data.known import NotKnown, known_on
from dossier.facts.fact import Fact, FactError, Later
from dossier.facts.ledger import Ledger
from dossier.text.numbers import number_text
from dossier.text.units import UNITS, quantity_text


def computed(id, value, unit="allies", **more):
    return Fact(id, "computed", id, value, unit, rule="count", **more)


@pytest.fixture
def ledger():
    book = Ledger(known_on(PROJECT))
    stated = Fact(
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
    made = [computed("many", 32), computed("one_ally", 1), stated, Later("gone")]
    book._facts |= {fact.id: fact for fact in made}
    return book


def test_a_number_prints_with_unit_and_qualifier(ledger):
    assert ledger.text("twenty") == "approximately 20 member countries"
    assert ledger.text("twenty", "n") == "approximately 20"
    assert ledger.text("many", "W") == "32 allies"


def test_no_form_strips_a_qualifier(ledger):
    for id in ("twenty", "one_ally"):
        fact = ledger[id]
        if fact.qualifier != "exact":
            assert all("pproximately" in form for form in ledger.forms(fact).values())


def test_number_and_word_agree(ledger):
    assert ledger.text("one_ally") == "one ally"
    assert ledger.fill("{one_ally:was|were} and {many:was|were}") == "was and were"


def test_a_sentence_links_each_fact(ledger):
    assert ledger.fill("There are {many}.") == "There are [32 allies](<#fact-many>)."


def test_a_sentence_whose_fact_was_not_known_is_left_out(ledger):
    assert isinstance(ledger["gone"], Later)
    assert ledger.fill("There were {gone}.") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "About 650 people.",
        "There are {many}, of them six new.",
        "Twenty of {many}.",
        "A dozen.",
        "In 2024 there were {many}.",
    ],
)
def test_a_number_typed_into_a_sentence_is_refused(ledger, sentence):
    with pytest.raises(FactError, match="typed into a sentence"):
        ledger.fill(sentence)
    with pytest.raises(FactError, match="typed into a sentence"):
        ledger.plain(sentence)


def test_names_that_hold_a_digit_may_be_typed(ledger):
    assert ledger.fill("Article 5 and the G7 bind {many}.")


def test_a_misspelt_fact_is_named_with_the_nearest(ledger):
    with pytest.raises(FactError, match="did you mean 'allies_total'"):
        ledger.fill("{alies_total}")


def test_a_cell_is_a_fact_with_its_row_and_sources(ledger):
    assert ledger.text("timeline.T35.date") == "8 July 2024"
    fact = ledger["timeline.T35.date"]
    assert (fact.rows, fact.sources) == (("timeline:T35",), ("pl_ukranews", "pl_pap"))


def test_a_cell_keeps_the_qualifier_of_its_row(ledger):
    """2,400 km are 1,491.3 miles, of which a round figure has three digits."""
    fact = ledger["front_published.P01.length_km"]
    assert (fact.qualifier, fact.wording) == ("over", "over")
    assert ledger.text(fact.id) == "over 1,490 miles (2,400 km)"


def test_a_cell_keeps_the_word_of_its_source_for_the_qualifier(ledger):
    """Of row P10 the source says “almost 1,250 km”."""
    assert ledger.text("front_published.P10.length_km") == "almost 777 miles (1,250 km)"


def test_a_sentence_cites_its_sources_by_their_numbers(ledger):
    """In plain text, such as an alternative text, the numbers would lead nowhere."""
    cited = ledger.fill("It was signed on {timeline.T35.date} [@pl_ukranews; @pl_pap].")
    first, second = (ledger.record.source_numbers[id] for id in ("pl_ukranews", "pl_pap"))
    assert cited.endswith(
        rf"[\[{first}\]](<#source-pl_ukranews>) [\[{second}\]](<#source-pl_pap>)."
    )
    plain = ledger.plain("It was signed on {timeline.T35.date} [@pl_pap].")
    assert plain == "It was signed on 8 July 2024."


def test_a_sentence_is_not_said_before_the_source_it_cites(project):
    early = Ledger(known_on(project, datetime.date(2024, 7, 7)))
    assert early.fill("So it was [@pl_pap].") is None
    assert early.join("So it is.", "So it was [@pl_pap].") == "So it is."


def test_a_misspelt_source_is_named_with_the_nearest(ledger):
    with pytest.raises(FactError, match=r"no source 'pl_pab'.*pl_pap"):
        ledger.fill("So it was [@pl_pab].")


@pytest.mark.parametrize("id", ["timeline.T99.date", "timeline.T35.day", "nowhere.T35.date"])
def test_a_cell_that_is_not_there_is_refused(ledger, id):
    with pytest.raises(FactError):
        ledger[id]


def test_a_month_keeps_its_precision(ledger):
    assert ledger.text("timeline.T58.date") == "May 2025"


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
    printed = quantity_text(value, UNITS[unit], UNITS, first, qualifier, 0, round_figure)
    assert printed == text


def test_numbers_print_with_commas_and_a_true_minus():
    assert [
        number_text(12345.6, 1),
        number_text(-3, 0),
        number_text(9, spell=True),
        number_text(10, spell=True),
    ] == ["12,345.6", "−3", "nine", "10"]


@pytest.mark.parametrize("word", ["{Agreements_signed}", "{many", "many}", "{}", "{a b}"])
def test_a_brace_that_names_no_fact_is_refused(ledger, word):
    with pytest.raises(FactError, match="names no fact"):
        ledger.fill(f"There are {word}.")


def test_a_cell_of_a_table_whose_name_holds_digits_can_be_named(ledger):
    assert ledger.fill("{sipri_share_gdp_2023.DEU.year}") == (
        "[2023](<#fact-sipri_share_gdp_2023.DEU.year>)"
    )


def test_a_fact_not_known_by_then_can_be_asked_for(ledger):
    assert ledger.value("gone") is None and not ledger.known("gone")
    with pytest.raises(NotKnown):
        ledger.require("gone")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (5, "billion USD", "USD 5bn"),  # money is never spelt out
        (1, "miles", "1 mile (2 km)"),
        (7.2, "GBP", "GBP 7.20"),
        (10.4, "percent", "10.4%"),
        (3, "GBP m", "GBP 3m"),
        (1, "points", "one point"),
        (120, "JPY bn", "JPY 120bn"),
    ],
)
def test_a_value_prints_as_it_was_stated(ledger, value, unit, text):
    decimals = {7.2: 2, 10.4: 1}.get(value, 0)
    assert ledger.forms(computed("x", value, unit, decimals=decimals))[""] == text


def test_money_keeps_its_currency_in_every_form(ledger):
    forms = ledger.forms(computed("x", 6.6672, "EUR bn", decimals=2))
    assert forms["0"] == "EUR 7bn" and all("EUR" in form for form in forms.values())
