"""What a fact is, and every way in which it may print."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dossier.errors import Mendable
from dossier.text.dates import day_text
from dossier.text.numbers import number_text
from dossier.text.units import QUOTED, Unit, quantity_text, unit_of
from dossier.text.words import MONTHS, WEEKDAYS


class FactError(Mendable):
    """A sentence that names no known fact, or a fact that can't be computed; names the remedy."""


@dataclass(frozen=True)
class Fact:
    """One number, day or name that the report may print.

    ``kind`` is stated (by the article), sourced (a cell of a table) or computed. ``value`` is in
    ``unit``; ``decimals`` is how many decimals print. ``rows`` are ``table:key`` of the rows it
    rests on; ``inputs`` are ids of facts. A stated fact has ``quote`` with ``start`` and ``end``.
    ``future`` marks a day that may lie after the edition's, such as the end of a term.
    """

    id: str
    kind: str
    label: str
    value: Any
    unit: str = ""
    qualifier: str = "exact"
    wording: str = ""
    decimals: int = 0
    precision: str = ""
    round_figure: bool = False
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    speaker: str = ""
    rule: str = ""
    inputs: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    future: bool = False


def how_of(fact: Fact) -> str:
    """Return in short how a fact came about."""
    return {
        "stated": f"stated by {fact.speaker}" if fact.speaker else "stated by the article",
        "sourced": "a cell of a table",
        "computed": fact.rule.removesuffix("."),
    }[fact.kind]


@dataclass(frozen=True)
class Later:
    """A fact that was not known on the as-of day: a sentence that names it is not printed."""

    id: str


Forms = dict[str, str]


def forms_of(fact: Fact, units: Mapping[str, Unit], first: str) -> Forms:
    """Return every way in which a fact may print, by its form.

    The form ``""`` is the whole, ``n`` the number, ``N`` the same to open a sentence, ``d`` in
    digits; a day has day, weekday, month and year; a quantity has ``own`` (in the unit it was given
    in) and ``lead`` (in the leading unit alone); a digit is a number of decimals. What the article
    states that is no single number or day, such as a range, prints as its words. ``first`` is the
    system of units that leads, imperial or metric.
    """
    if isinstance(fact.value, datetime.date):
        return _day_forms(fact.value, fact.precision)
    unit = unit_of(fact.unit, units)
    if isinstance(fact.value, str) or unit.form == QUOTED:
        words = fact.quote or f"{fact.value}"
        return {"": words, "N": _capital(words)}
    if unit.form:
        return {"": unit.form.format(fact.value)}
    if unit.other:
        return _quantity_forms(fact, unit, units, first)
    return _number_forms(fact, unit)


def _day_forms(day: datetime.date, precision: str) -> Forms:
    month = MONTHS[day.month - 1]
    forms = {"": day_text(day, precision or "day")}
    if precision == "day":
        forms |= {"day": f"{day.day} {month}", "weekday": WEEKDAYS[day.weekday()]}
    return forms | {"year": str(day.year), "month": f"{month} {day.year}"}


def _quantity_forms(fact: Fact, unit: Unit, units: Mapping[str, Unit], first: str) -> Forms:
    whole = quantity_text(
        fact.value,
        unit,
        units,
        first,
        fact.qualifier,
        fact.decimals,
        fact.round_figure,
        fact.wording,
    )
    number = f"{_lead(fact)}{number_text(fact.value, fact.decimals)}"
    own = f"{number}{unit.symbol}" if unit.symbol else f"{number} {unit.named(fact.value)}"
    alone = whole.partition(" (")[0]
    return {"": whole, "N": _capital(whole), "own": own, "n": number, "lead": alone}


def _number_forms(fact: Fact, unit: Unit) -> Forms:
    spell = unit.spelt and not unit.symbol
    number, whole = _number(fact, unit, fact.decimals, spell)
    digits = _number(fact, unit, fact.decimals, False)[0]
    forms = {"": whole, "n": number, "N": _capital(number), "W": _capital(whole), "d": digits}
    if isinstance(fact.value, float) or fact.decimals:
        forms |= {str(d): _number(fact, unit, d, False)[1] for d in range(max(fact.decimals, 0))}
    return forms


def _number(fact: Fact, unit: Unit, decimals: int, spell: bool) -> tuple[str, str]:
    """Return the number with its qualifier, and the same with its unit."""
    lead, text = _lead(fact), number_text(fact.value, decimals, spell)
    if unit.currency:
        money = f"{lead}{unit.currency} {text}{unit.scale}"
        return money, money
    if unit.symbol:
        percent = "%" if unit.symbol.startswith("%") else ""
        return f"{lead}{text}{percent}", f"{lead}{text}{unit.symbol}"
    alone = "none" if text == "no" else text
    return f"{lead}{alone}", f"{lead}{text} {unit.named(fact.value)}".rstrip()


def _lead(fact: Fact) -> str:
    return f"{fact.wording} " if fact.qualifier != "exact" and fact.wording else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
