"""What an expression of a text says, as a table of claims holds it: value, unit, qualifier.

A number is in its unit, a range ``low/high``, a score ``6-4``, a day or a span of days ISO 8601,
a length of time a number of years, months, … or, where it has several parts, ISO 8601.
"""

import functools
import re
from typing import NamedTuple

from dossier.text.expressions import Expression, expressions_of
from dossier.text.lexer import Tokens
from dossier.text.units import SAID, Unit

_PERIODS = {"Y": "years", "M": "months", "W": "weeks", "D": "days"}
_HOURS = {"H": "hours", "M": "minutes"}
_LENGTH = re.compile(r"P(?:(?P<n>\d+)(?P<of>[YMWD])|T(?P<m>\d+)(?P<part>[HM]))")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SHAPES = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "date"),
    (re.compile(r"\d{4}-\d{2}"), "month"),
    (re.compile(r"\d{4}"), "year"),
    (re.compile(r"\d{4}-Q\d"), "quarter"),
    (re.compile(r"[\d-]+/[\d-]+"), "period"),
)
MOMENTS = tuple(unit for _, unit in _SHAPES)
"""The units of days and spans of days."""


class Said(NamedTuple):
    """Value and unit, empty where nothing could be resolved, with the qualifier and the type."""

    value: str
    unit: str
    qualifier: str
    type: str


@functools.lru_cache(maxsize=4096)
def said_in(words: str) -> tuple[Said, ...]:
    """Return what each expression of some words says, read without a day.

    >>> [said[:3] for said in said_in("about 12p, up from two-thirds of £1.5 million")]
    [('0.12', 'GBP', 'about'), ('0.6667', 'ratio', 'exact'), ('1500000', 'GBP', 'exact')]
    """
    return tuple(map(said_by, expressions_of(Tokens(words), None)))


def said_by(found: Expression) -> Said:
    """Return what an expression says; a plain number in the noun it counts, or as a number."""
    value, unit = _value_and_unit(found)
    return Said(value, unit if value else "", found.qualifier, found.type)


def _value_and_unit(found: Expression) -> tuple[str, str]:
    value, kind = found.value, found.type
    if value is None:
        return "", ""
    if kind == "score":
        return "-".join(map(number, value)), "score"
    if isinstance(value, list):
        ends = "/".join(map(number, value))
        return ends, "age" if kind == "age" else found.unit or "number"
    if kind in ("date", "relative"):
        return next(((value, unit) for shape, unit in _SHAPES if shape.fullmatch(value)), ("", ""))
    if kind == "duration":
        return _length(value)
    if kind == "time":
        return value, "time"
    own = kind if kind in SAID and kind != "number" else found.unit or "number"
    return number(value), own


def _length(value: str) -> tuple[str, str]:
    found = _LENGTH.fullmatch(value)
    if found is None:
        return value, "duration"
    return (
        (found["n"], _PERIODS[found["of"]]) if found["n"] else (found["m"], _HOURS[found["part"]])
    )


def number(value: float) -> str:
    """Return a number as a table holds it, without an exponent.

    >>> number(2.14e12), number(0.12), number(4e-06)
    ('2140000000000', '0.12', '0.000004')
    """
    if float(value).is_integer():
        return str(int(value))
    return f"{value:.9f}".rstrip("0")


_SCALES = {"m": 1e6, "bn": 1e9, "tn": 1e12}


def is_said(value: str, unit: Unit, said: Said) -> bool:
    """Return whether a claim's value in its unit is what an expression says in its own.

    As a number any count may be held: it prints as the article's own words. Sums of money are
    compared in whole units. Of a day that is reckoned from another the words alone say nothing
    more than that they name one.
    """
    if unit.name in MOMENTS:
        return said.type in ("date", "relative") and said.value in ("", value)
    if unit.currency:
        whole = [_SCALES.get(unit.scale, 1) * part for part in _numbers(value)]
        return unit.currency == said.unit and whole == _numbers(said.value)
    alike = unit.name.removesuffix(" difference") == said.unit
    alike = alike or (unit.name == "number" and (said.unit in SAID or said.unit.islower()))
    return alike and (value == said.value or _numbers(value) == _numbers(said.value) != [])


def _numbers(value: str) -> list[float]:
    """Return the one or two numbers of a value; none where it is written otherwise."""
    parts = value.split("/")
    return [float(p) for p in parts] if all(map(_NUMBER.fullmatch, parts)) else []
