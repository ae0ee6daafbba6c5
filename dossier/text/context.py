"""What an expression takes from those beside it: a unit that is said once, a weekday named before.

``Fell from 9.1 to 8.2 parts per million`` is a quantity twice; ``the Saturday`` is that of the
days named last.
"""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from dossier.text.counts import whole
from dossier.text.lexer import Tokens
from dossier.text.measures import Reading, iso_duration, part_of_currency, period_of
from dossier.text.words import WEEKDAYS, word_set

_FAR = 12
"""Tokens between two numbers of one measure, at most."""
_LEVEL = word_set("to at was is of were are stood")
_MEASURED = ("quantity", "money", "percentage", "range")


def with_context(tokens: Tokens, readings: Iterator[Reading]) -> Iterator[Reading]:
    """Yield readings, completed by their neighbours."""
    before: Reading | None = None
    length: Reading | None = None
    dated: Reading | None = None
    waiting = _listed_alike(tokens, list(readings))
    last_day = ""
    years: dict[str, str] = {}
    for number, reading in enumerate(waiting):
        after = waiting[number + 1] if number + 1 < len(waiting) else None
        found = _measured_alike(tokens, reading, before, after)
        found = _lasting_alike(tokens, found, length)
        length = found if found.type == "duration" else length
        found = _on_the_weekday(tokens, found, last_day)
        found = _in_the_year(tokens, _on_the_day(tokens, found, dated), years)
        if found.type == "date" and isinstance(found.value, str) and len(found.value) > 9:
            last_day = found.value[:10]
        dated = found if found.type == "date" else dated
        before = found
        yield found


def _listed_alike(tokens: Tokens, readings: list[Reading]) -> list[Reading]:
    """Give the numbers of a list the measure at its end: ``ten, six and four seconds``."""
    listed: list[Reading] = []
    for reading in reversed(readings):
        after = listed[-1] if listed else None
        measured = after is not None and after.type in ("duration", "quantity")
        bare = reading.type == "number" and not reading.unit and reading.scale == 1
        alike = after and (_is_listed(tokens, reading, after) or _is_part(tokens, reading, after))
        if after and measured and bare and alike:
            period = period_of(after.unit)
            value = iso_duration(reading.value, period) if period else reading.value
            reading = replace(reading, type=after.type, value=value, unit=after.unit)
        listed.append(reading)
    return listed[::-1]


def _is_listed(tokens: Tokens, reading: Reading, after: Reading) -> bool:
    """Return whether a number is followed in a list by another: ``ten, six``, ``six and four``."""
    between = tokens.lows(reading.last, after.first - reading.last)
    last_two = between in (("and",), ("or",)) and tokens[reading.first - 1].text == ","
    return between == (",",) or last_two


def _is_part(tokens: Tokens, reading: Reading, after: Reading) -> bool:
    """Return whether a number is some of what is measured next: ``15 of his 90 seconds``."""
    between = tokens.lows(reading.last, after.first - reading.last)
    return len(between) == 2 and between[0] == "of" and between[1] in _THE


_THE = word_set("the his her its their our my your these those")


def _measured_alike(
    tokens: Tokens, reading: Reading, before: Reading | None, after: Reading | None
) -> Reading:
    """Give a bare number after ``from`` the measure of the level beside it."""
    if reading.type != "number" or reading.unit:
        return reading
    crossed = tokens[reading.last].low in ("by", "x", "×") and after and after.type == "quantity"
    if crossed and after and after.first == reading.last + 1:
        return replace(reading, type="quantity", unit=after.unit)
    if tokens[reading.first - 1].low != "from":
        return reading
    for other, first, last in ((after, reading, after), (before, before, reading)):
        if other is None or first is None or last is None or other.type not in _MEASURED:
            continue
        level = tokens[other.first - 1].low in _LEVEL
        if level and other.unit and _together(tokens, first.last, last.first):
            kind = "quantity" if other.type == "range" else other.type
            return _of_measure(tokens, reading, other, kind)
    return reading


def _lasting_alike(tokens: Tokens, reading: Reading, before: Reading | None) -> Reading:
    """Give a bare number the length of time said before it: ``ten weeks for a visit and 12 for``.

    The preposition after both tells it, or ``from`` before the second: 6.8 months from 7.1.
    """
    bare = reading.type == "number" and not reading.unit and reading.scale == 1
    period = period_of(tokens[before.last - 1].low) if before else ""
    if not (bare and before and before.type == "duration" and period):
        return reading
    joint, after = tokens[reading.first - 1].low, tokens[reading.last].low
    parallel = joint in ("and", "or", "but") and after in _AFTER_LENGTH
    parallel = parallel and after == tokens[before.last].low
    parallel = parallel or (joint == "by" == tokens[before.first - 1].low)  # Bo by 8 s and Li by 22
    beside = reading.first - before.last == 1 + (tokens[before.last].text == ",")
    parallel = parallel or (joint == "or" and beside and after in _AFTER_LENGTH)
    parallel = parallel or (joint in _OF_THEM and tokens.lows(reading.first - 3, 2) == (",", "the"))
    levelled = joint == "from" and reading.first - 1 == before.last
    levelled = levelled and tokens[before.first - 1].low in _LEVEL
    near = _together(tokens, before.last, reading.first)
    told = _is_margin(tokens, reading, before) or _is_within(tokens, reading, before)
    if not ((parallel or levelled) and near) and not told:
        return reading
    return replace(
        reading, type="duration", value=iso_duration(reading.value, period), unit=before.unit
    )


def _is_within(tokens: Tokens, reading: Reading, before: Reading) -> bool:
    """Return whether a time is told as the last one was: Within four minutes … Within nine, …."""
    both = tokens[reading.first - 1].low == tokens[before.first - 1].low == "within"
    ended = tokens[reading.last].kind == "mark" and reading.first - before.last < 2 * _FAR
    return both and ended


def _is_margin(tokens: Tokens, reading: Reading, before: Reading) -> bool:
    """Return whether a number is by how many seconds somebody won or lost, after others."""
    raced = tokens[reading.first - 1].low == "by" and before.unit == "seconds"
    raced = raced and bool(_RACED & set(tokens.lows(reading.first - 6, 5)))
    return raced and reading.first - before.last < 2 * _FAR and tokens[reading.last].kind == "mark"


_RACED = word_set("won lost win lose beat beaten led leads lead ahead behind")
_OF_THEM = word_set("last first past next final")
"""What stands before some of what was counted: at sea for 26 years, the last eight as master."""
_AFTER_LENGTH = word_set("for in on at with by from")


def _together(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether two tokens stand near each other in one sentence."""
    ended = any(tokens[n].text in (".", "!", "?", ";") for n in range(first, last))
    return last - first < _FAR and not ended


def _of_measure(tokens: Tokens, reading: Reading, other: Reading, kind: str) -> Reading:
    """Return a bare number as what another measures: cents are parts of a dollar for both."""
    currency = part_of_currency(tokens[other.last - 1].low)
    part = currency[1] if currency and _is_code(other) else 1
    if _is_code(other):
        kind = "money"
    elif other.unit in ("percent", "percentage points", "basis points"):
        kind = "percentage"
    return replace(reading, type=kind, unit=other.unit, value=whole(reading.value * part))


def _is_code(other: Reading) -> bool:
    return len(other.unit) == 3 and other.unit.isupper()


def _on_the_day(tokens: Tokens, reading: Reading, before: Reading | None) -> Reading:
    """Resolve ``the 24th`` by a day just named, ``the 19th`` by a century: 23 April, the 24th."""
    earlier = str(before.value) if before else ""
    alone = reading.last == reading.first + 2 and tokens[reading.first - 1].low == "the"
    day = tokens[reading.first].text
    if not alone or not before or not day.isdigit() or reading.first - before.first > 2 * _FAR:
        return reading
    if reading.type == "date" and len(earlier) == 10 and int(day) > int(earlier[8:]):
        return replace(reading, value=f"{earlier[:8]}{int(day):02d}")
    century = tokens[before.last - 1].low == "century" and tokens[reading.last].kind == "mark"
    if reading.type == "ordinal" and century:
        value = f"{100 * int(day) - 99:04d}/{100 * int(day):04d}"
        return replace(reading, type="date", value=value, unit="", sure=False)
    return reading


def _in_the_year(tokens: Tokens, reading: Reading, years: dict[str, str]) -> Reading:
    """Give a day the year with which it was named before, and note that of one with its year.

    ``On Feb. 11, 2031, ... on Feb. 11``: not where the years are far apart, as a birthday's are.
    """
    value = str(reading.value)
    if reading.type != "date" or len(value) != 10 or value[0] == "-":
        return reading
    month, own = value[4:], tokens[reading.last - 1].text
    if own == value[:4]:
        years[month] = own
    named = years.get(month, value[:4])
    return (
        replace(reading, value=named + month)
        if 0 < abs(int(named) - int(value[:4])) < 3
        else reading
    )


def _on_the_weekday(tokens: Tokens, reading: Reading, last_day: str) -> Reading:
    """Resolve ``the Saturday`` by the days that the text named last."""
    name = tokens[reading.first].text
    alone = reading.type == "date" and reading.last == reading.first + 1 and name in WEEKDAYS
    if not alone or tokens[reading.first - 1].low != "the" or not last_day:
        return reading
    day = datetime.date.fromisoformat(last_day)
    ahead = (WEEKDAYS.index(name) - day.weekday() + 3) % 7 - 3  # the nearest
    return replace(reading, value=(day + datetime.timedelta(days=ahead)).isoformat(), sure=False)
