"""Parameters are checked before a kernel starts."""

import datetime

import pytest

from dossier.parameters import ParameterError, check

FIRST, NEWEST = datetime.date(2024, 7, 7), datetime.date(2026, 9, 20)


def test_defaults_are_the_newest_day_and_miles_first():
    effective = check({}, FIRST, NEWEST)
    assert (effective.as_of, effective.units, effective.suffix) == (NEWEST, "imperial", "")
    assert (effective.paper, effective.standard) == ("a4", "a-3a")


def test_the_newest_day_may_be_written_out():
    assert check({"as_of": NEWEST.isoformat()}, FIRST, NEWEST) == check({}, FIRST, NEWEST)


def test_another_edition_has_a_name_that_says_so():
    assert (
        check({"as_of": "2024-07-07", "units": "metric"}, FIRST, NEWEST).suffix
        == ".as-of-2024-07-07.metric"
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"asof": "2024-07-07"}, "did you mean as_of?"),
        ({"unit": "metric"}, "did you mean units?"),
        ({"colour": "red"}, "known are"),
        ({"units": "metrics"}, "did you mean metric?"),
        ({"units": "furlongs"}, "choose imperial or metric"),
        ({"as_of": "2024-02-30"}, "not a day"),
        ({"as_of": "7 July 2024"}, "YYYY-MM-DD"),
        ({"as_of": "2024-7-8"}, "YYYY-MM-DD"),
        ({"as_of": "20240707"}, "YYYY-MM-DD"),
        ({"as_of": "2024-W27-7"}, "YYYY-MM-DD"),
        ({"as_of": datetime.datetime(2024, 7, 7)}, "a datetime"),
        ({"as_of": 20240707}, "a int"),
        ({"as_of": True}, "a bool"),
        ({"as_of": "2024-07-06"}, "before the article"),
        ({"as_of": "2030-01-01"}, "after the newest day"),
        ({"as_of": '2024-07-07"; import os'}, "not a day"),
        ({"as_of": ""}, "not a day"),
    ],
)
def test_a_wrong_parameter_is_refused_with_the_remedy(given, words):
    with pytest.raises(ParameterError, match=words.replace("?", r"\?")):
        check(given, FIRST, NEWEST)
