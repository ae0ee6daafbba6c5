"""Units and numbers, against conversions looked up in tables and reckoned by hand."""

import pytest

from dossier.text.numbers import find_typed, number_text, values_stated
from dossier.text.units import UNITS, UnitError, money_unit, quantity_text, unit_of, units_of


@pytest.mark.parametrize(
    ("value", "unit", "first", "more", "text"),
    [
        # a difference of 1.28 °C is 2.304 °F; 15.10 °C is 59.18 °F; 1 mile is 1.609344 km
        (1.28, "°C difference", "metric", {"decimals": 2}, "1.28 °C (2.30 °F)"),
        (2.3, "°F difference", "metric", {"decimals": 1}, "1.3 °C (2.3 °F)"),
        (15.1, "°C", "metric", {"decimals": 2}, "15.10 °C (59.18 °F)"),
        (-40, "°F", "metric", {}, "−40 °C (−40 °F)"),
        (1, "miles", "imperial", {}, "1 mile (2 km)"),
        (0, "km", "imperial", {"qualifier": "at_least"}, "at least 0 miles (0 km)"),
        (100, "kg", "imperial", {}, "220 pounds (100 kg)"),
        (3, "sq miles", "metric", {"decimals": 1}, "7.8 sq km (3.0 sq miles)"),
        (120, "km/h", "imperial", {}, "75 mph (120 km/h)"),
        (1000, "acres", "metric", {"round_figure": True}, "about 400 hectares (1,000 acres)"),
        (500, "feet", "metric", {"qualifier": "at_most"}, "at most 153 m (500 feet)"),
        # 1 foot is 0.3048 m, 1 pound 0.45359237 kg, 1 short ton 2,000 pounds, 1 acre 0.40468564 ha
        (1000, "feet", "metric", {"decimals": 1}, "304.8 m (1,000.0 feet)"),
        (1, "pounds", "metric", {"decimals": 5}, "0.45359 kg (1.00000 pounds)"),
        (1, "short tons", "metric", {"decimals": 4}, "0.9072 tonnes (1.0000 short tons)"),
        (1000, "acres", "metric", {"decimals": 3}, "404.686 hectares (1,000.000 acres)"),
        (100, "mph", "metric", {"decimals": 3}, "160.934 km/h (100.000 mph)"),
    ],
)
def test_a_quantity_converts(value, unit, first, more, text):
    assert quantity_text(value, UNITS[unit], UNITS, first, **more) == text


@pytest.mark.parametrize("code", ["USD", "EUR", "GBP", "INR", "JPY", "UAH", "CHF"])
def test_any_currency_is_a_unit(code):
    assert money_unit(code).currency == code
    assert money_unit(f"million {code}").scale == "m" and money_unit(f"{code} tn").scale == "tn"
    assert money_unit(f"billion {code}").scale == money_unit(f"{code} bn").scale == "bn"


@pytest.mark.parametrize("name", ["XXZ", "EURO", "bn EUR", "eur"])
def test_what_is_no_currency_is_no_unit(name):
    with pytest.raises(UnitError, match=r"dossier\.toml"):
        unit_of(name, UNITS)


def test_a_project_adds_units_of_its_own():
    units = units_of({"tanks": {"singular": "tank", "words": r"\btanks?\b"}})
    assert unit_of("tanks", units).named(1) == "tank" and "tanks" not in UNITS
    assert unit_of("tanks", units).named(0) == "tanks"
    with pytest.raises(UnitError, match=r'units\."tanks"'):
        units_of({"tanks": {"plural": "tanks"}})


def test_a_half_rounds_away_from_nought_everywhere():
    assert [number_text(n, 2) for n in (2.125, -2.125, 2.135, 0.005)] == [
        "2.13",
        "−2.13",
        "2.14",
        "0.01",
    ]


def test_typed_numbers_are_found_in_digits_and_words():
    assert find_typed("Article 5 and 7 more, the two of them") == ["5", "7"]
    assert find_typed("Article 5 and 7 more", ["Article 5"]) == ["7"]
    assert find_typed("Forty-two bars, thirteen lines") == ["Forty", "two", "thirteen"]
    assert find_typed("one of the two") == []


def test_the_values_that_words_state():
    assert values_stated("at least another year, or 1,250.5 of twelve") == {1, 1250.5, 12}
