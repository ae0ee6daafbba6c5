"""The expressions of a text: every number, quantity, date, time, ratio, score, age and range.

A span leaves out qualifier, preposition and counted noun. Readers are tried in order at each token,
the most specific first; what is left with digits is a number. ``Double``, ``a third`` and ``one in
five`` are ratios, tallies of votes scores. Vague words (several, recently, ``a year`` in a rate)
are left out.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from dossier.text import currencies
from dossier.text.clock import shared_half, told_time_at
from dossier.text.context import with_context
from dossier.text.counts import GLYPHS, Count, count_at, fraction_at, ordinal_at, whole
from dossier.text.labels import named_pairs
from dossier.text.lexer import Tokens
from dossier.text.measures import (
    CHANGES,
    FUNCTION_WORDS,
    Reading,
    after_percentage,
    iso_duration,
    item_at,
    measure_of,
    noun_after,
    part_after,
    part_of_currency,
    percentage_of,
    period_of,
    range_at,
)
from dossier.text.moments import PAST_VERBS, Setting, date_at, moment_at
from dossier.text.names import name_at
from dossier.text.qualifiers import qualifier_of
from dossier.text.titles import titled_spans
from dossier.text.turns import is_half_century, is_plural
from dossier.text.words import (
    AGES,
    CARDINALS,
    FRACTIONS,
    LARGE,
    MONTHS,
    ORDINALS,
    PLURALS,
    SHORT_DAYS,
    SHORT_MONTHS,
    TIMES,
    WEEKDAYS,
    word_set,
)


@dataclass(frozen=True)
class Expression:
    """An expression: its place in the text, what it says, and whether the reading is sure.

    ``value`` is a number, a list of two for a range, a list for a score, a day or a time or a
    length of time as ISO 8601 has it, or None for what can't be resolved.
    """

    start: int
    end: int
    text: str
    type: str
    value: Any
    unit: str
    qualifier: str
    sure: bool


_BUDGET = re.compile(r"\b(?:lakh|crore|Rs|rupees?|Chancellor|HMRC|OBR|Treasury)\b|₹|£")
_BUSINESS = re.compile(
    r"\b(?:revenues?|profits?|earnings|shares|sales|GDP|inflation|investors?|analysts?|net income"
    r"|economy|guidance|quarterly|stocks|traders|exports|imports|output|spending|spent|dividends?"
    r"|losses|orders|deliveries|production|wages|lobbying)\b",
    re.I,
)


_MATCH = re.compile(
    r"\b(?:half-time|halftime|kick-off|goalless|midfielder|goalkeeper|touchdown|quarterback|"
    r"rebounds"
    r"|NBA|NFL)\b"
)
_CRICKET = re.compile(r"\b(?:wickets?|stumps|innings|batsm[ae]n|batters?|bowlers?|lbw)\b")
_SOLD_AHEAD = re.compile(r"\b(?:futures|bushels?|most active contract|Brent|Chicago Board)\b", re.I)
_RATES = re.compile(r"\b(?:interest rates?|rate cuts?|central bank|basis points)\b", re.I)


def setting_of(text: str, day: datetime.date | None) -> Setting:
    """Return what the dates of a text are read by."""
    return Setting(
        day,
        bool(_BUDGET.search(text)),
        bool(_BUSINESS.search(text)) and not _MATCH.search(text),
        bool(_RATES.search(text)),
        bool(_CRICKET.search(text)),
        "marathon" in text.lower(),
        bool(_SOLD_AHEAD.search(text)),
    )


def expressions_of(tokens: Tokens, day: datetime.date | None) -> list[Expression]:
    """Return the expressions of a text, in order; none overlaps another."""
    readings = with_context(tokens, _readings(tokens, setting_of(tokens.text, day)))
    return [_expression(tokens, reading) for reading in readings]


def _expression(tokens: Tokens, reading: Reading) -> Expression:
    start, end = tokens[reading.first].start, tokens[reading.last - 1].end
    return Expression(
        start,
        end,
        tokens.text[start:end],
        reading.type,
        reading.value,
        reading.unit,
        qualifier_of(tokens, reading),
        reading.sure,
    )


def _readings(tokens: Tokens, setting: Setting) -> Iterator[Reading]:
    tokens.named = named_pairs(tokens)
    titles = titled_spans(tokens.text)
    i = 0
    while i < len(tokens):
        while titles and titles[0][1] <= tokens[i].start:
            titles.pop(0)
        titled = bool(titles) and titles[0][0] <= tokens[i].start
        after = i + 1 if titled else name_at(tokens, i)
        if after > i:
            i = after
            continue
        found = _reading_at(tokens, i, setting)
        if found is None:
            i += 1
            continue
        yield found
        i = max(found.last, i + 1)


def _reading_at(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    token = tokens[i]
    if token.kind == "word" and token.low not in _BEGINNINGS:
        return None
    if token.kind == "mark" and token.text not in _SIGNS:
        return None
    return (
        _one_in_many(tokens, i)
        or _part_of_measure(tokens, i)
        or _span_of_time(tokens, i)
        or _once(tokens, i)
        or _age(tokens, i)
        or _score(tokens, i, setting.cricket)
        or told_time_at(tokens, i)
        or _ratio(tokens, i, setting.rates)
        or _moment(tokens, i, setting)
        or _ordinal(tokens, i)
        or _measured(tokens, i)
    )


def _one_in_many(tokens: Tokens, i: int) -> Reading | None:
    """Read ``one night in six``, which is no length of time, and ``one pound in every ten``."""
    return _ratio(tokens, i, rates=False) if tokens[i].low == "one" else None


def _moment(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    token = tokens[i]
    if token.kind == "mark" and token.text not in "’'":
        return None
    return moment_at(tokens, i, setting)


_SPANNING = word_set("past last next coming previous final preceding following")


def _span_of_time(tokens: Tokens, i: int) -> Reading | None:
    """Read ``the past 12 months``, ``another year``, ``half an hour``, ``an hour and a half``."""
    low, step = tokens[i].low, i + (tokens[i].low in ("the", "these"))
    if tokens[step].low in _SPANNING and tokens[step + 1].low not in ("a", "an"):
        item = item_at(tokens, step + 1)
        if item and item.type == "duration" and not tokens.hyphen(item.last - 2):
            return item
        return None
    ago = tokens[i + 3].low == "ago"
    if (
        low == "half"
        and not ago
        and tokens[i + 1].low in ("a", "an", "-")
        and period_of(tokens[i + 2].low)
    ):
        value = iso_duration(_HALVES.get(tokens[i + 2].low, 0.5), _smaller(tokens[i + 2].low))
        return Reading(i, i + 3, "duration", value)
    if low == "a" and tokens[i + 1].low in LARGE and ago:
        return None
    if low in ("a", "an", "half") or (low == "another" and tokens[i + 1].low in _PACES):
        measured = _single_measure(tokens, i)
        if measured:
            return measured
    if low in ("a", "an", "another", "one"):
        return _single_period(tokens, i)
    return None


_HALVES = {"hour": 30, "year": 6, "decade": 5, "century": 50, "day": 12, "minute": 30}
_SMALLER = {"hour": "minute", "year": "month", "decade": "year", "century": "year"} | {
    "day": "hour",
    "minute": "second",
}


def _smaller(period: str) -> str:
    return _SMALLER.get(period, period_of(period))


def _part_of_measure(tokens: Tokens, i: int) -> Reading | None:
    """Read ``three-quarters of an hour``, ``an eighth of a millimetre``."""
    if told := _part_of_period(tokens, i):
        return told
    part = fraction_at(tokens, i)
    if part is None and tokens[i].low == "quarter":
        part = Count(0.25, i + 1)  # nearly quarter of a century
    of = [n for n in range(part.last, part.last + 6) if tokens[n].text != "-"] if part else []
    if part is None or (tokens[of[0]].low, tokens[of[1]].low) not in (("of", "a"), ("of", "an")):
        return None
    if tokens[of[2]].low in LARGE:
        return range_at(tokens, i)  # three quarters of a million
    low, last = tokens[of[2]].low, of[2] + 1
    period, value = period_of(low), whole(float(f"{part.value:.4g}"))
    if period and tokens[last].low in ("ago", "earlier", "later"):
        return Reading(i, last + 1, "relative", None, sure=False)
    if period:
        if period in _HALVES:
            value, period = whole(round(2 * _HALVES[period] * part.value, 4)), _SMALLER[period]
        return Reading(i, last, "duration", iso_duration(value, period), f"{period}s")
    unit = measure_of(low) if len(low) > 3 and low != "pound" else ""
    return Reading(i, last, "quantity", value, unit) if unit else None


_PARTED_PERIODS = {"half": ("century", "decade", "hour"), "quarter": ("century", "hour")}


def _part_of_period(tokens: Tokens, i: int) -> Reading | None:
    """Read ``a half-century``, ``a quarter-century ago``, ``the past half century``."""
    step = i + (tokens[i].low == "a")
    low = tokens[step].low
    at = step + 1 + tokens.hyphen(step + 1)
    period = tokens[at].low
    batted = period == "century" and low == "half" and not is_half_century(tokens, step)
    if batted or period not in _PARTED_PERIODS.get(low, ()):
        return None
    if tokens[at + 1].low == "ago":
        return None
    part = 0.5 if low == "half" else 0.25
    value = iso_duration(whole(2 * _HALVES[period] * part), _SMALLER[period])
    return Reading(i, at + 1, "duration", value)


_DURING = word_set(
    "for within after in of lasted than about over almost nearly least around under another take "
    "takes took spent spend every jailed roughly approximately last lasting waited approximately "
    "served up to some half by wait waits waiting back delayed extended postponed deferred "
    "adjourned like"
)


def _single_period(tokens: Tokens, i: int) -> Reading | None:
    """Read ``a year`` where it is a length, no rate: ``for a year``, ``an hour and a half``."""
    step = i + 1
    if tokens[step].low == "full":
        step += 1
    period = period_of(tokens[step].low)
    after = tokens[step + 1]
    if not period or after.low in ("ago", "earlier", "later", "before", "previously", "prior"):
        return None
    if period in ("second", "quarter", "night") and tokens[i].low not in ("another", "one"):
        return None
    part = part_after(tokens, step + 1)
    if part:
        return Reading(i, step + 4, "duration", iso_duration(1 + part, period))
    if tokens[i].low in ("another", "one"):
        longer = item_at(tokens, i)  # one minute and six seconds
        one = Reading(i, step + 1, "duration", iso_duration(1, period), f"{period}s")
        return longer if longer and longer.last > one.last else one
    before = tokens[i - 1].low
    apart = after.low == "after" and _is_apart(tokens, i)
    if period == "day" and before not in _A_DAY and not apart:
        return None
    rated = ("once",) if period in ("decade", "century") else ("once", "times")
    counted = before == "in" and tokens[i - 2].low in rated
    if counted or not (apart or before in _DURING or _is_spent(tokens, i, step)):
        return None
    sure = before in ("for", "within", "than", "about", "almost", "nearly", "after")
    return Reading(i, step + 1, "duration", iso_duration(1, period), f"{period}s", sure=sure)


def _is_apart(tokens: Tokens, i: int) -> bool:
    """Return whether a length of time lies between two events, and is no rate: , a day after it."""
    before = tokens[i - 1]
    led = before.kind == "mark" and before.text not in ("%", ")")
    return led or before.low in ("and", "come", "comes", "came", "just", "only", "died")


_A_DAY = word_set("than within nearly almost lasted lasts lasting took takes taken")
"""What stands before the length of a day, and no rate."""


def _is_spent(tokens: Tokens, i: int, step: int) -> bool:
    """Return whether a single length of time is had: two hours or a week, has a week to appeal."""
    before, after = tokens[i - 1], tokens[step + 1]
    alternative = before.low == "or" and period_of(tokens[i - 2].low) != ""
    owning = after.text in ("'", "’") and tokens[step + 2].low == "s"  # a week's holiday
    listed = before.kind == "mark" and before.low != "-" and after.low in _SPENT
    had = before.low in _HAVING and after.low == "to"
    late = after.low in ("late", "early")  # a month late
    return alternative or owning or had or late or (listed and tokens[step].low != "hour")


_HAVING = word_set("has have had got given him her them us me")
_SPENT = word_set("in at off away abroad")
"""What follows a length of time in a list: a shed, a fortnight in Ayr."""


def _single_measure(tokens: Tokens, i: int) -> Reading | None:
    """Read ``almost a metre``, ``half a mile``, ``within a kilometre``."""
    quartered = tokens.lows(i, 2) == ("a", "quarter")  # a quarter-mile
    parted = quartered or tokens.lows(i, 2) == ("a", "half")  # a half mile
    half = parted or tokens[i].low == "half"
    step = i + (2 if half else 1)
    step += quartered and tokens.hyphen(step)
    if half and not parted and tokens[i + 1].low not in ("a", "-"):
        return None
    before = "about" if part_after(tokens, step + 1) else tokens[i - 1].low
    before = "within" if before == "from" and tokens[step + 1].low in _OFF else before
    unit = measure_of(tokens[step].low) if len(tokens[step].text) > 3 else ""
    money = part_of_currency(tokens[step].low)
    paid = before in _PAYING and tokens[step + 1].low != "of" and tokens[step].low != "mark"
    if money and (half or paid):
        code, part = money
        return Reading(i, step + 1, "money", whole(part / 2 if half else part), code)
    extent = tokens[step + 1].low in _EXTENTS
    moved = before in _MEASURING or before in CHANGES or tokens[i].low == "another"
    if not unit or unit in ("stone",) or not (half or extent or moved):
        return None
    if part := part_after(tokens, step + 1):
        return Reading(i, step + 4, "quantity", 1 + part, unit)  # a mile and a half
    part = 0.25 if quartered else 0.5 if half else 1
    return Reading(i, step + 1, "quantity", part, unit, sure=half)


_PACES = word_set("yard mile metre meter kilometre kilometer inch foot acre")
_EXTENTS = word_set(
    "apart away high deep wide long tall thick across more less higher lower taller longer deeper "
    "shorter wider further farther closer inside outside short"
)
"""What follows a single measure: they stand a metre apart, a foot more than last year."""
_OFF = word_set("out away off")
"""What follows how far away something is: from a metre out."""
_PAYING = word_set("cost costs costing paid pay pays charge charges charged lost save saves saved")
"""What stands before a single coin: costs a pound a go."""
_MEASURING = word_set("almost nearly about than over under within around roughly by least")

_OLD = word_set("old olds")


def _age(tokens: Tokens, i: int) -> Reading | None:
    """Read ``34-year-old``, ``aged 34``, ``John Smith, 34,``, ``in his 30s``, ``18-to-34``."""
    if tokens[i].low in AGES and {"his", "her", "their", "my"} & set(tokens.lows(i - 3, 3)):
        years = AGES[tokens[i].low]
        return Reading(i, i + 1, "age", [years, years + 9], "years")
    bounded = tokens.hyphen(i - 1) and tokens[i - 2].low in ("over", "under")
    if bounded and tokens[i].low in _AGED:
        return Reading(i, i + 1, "age", _AGED[tokens[i].low], "years")
    count = count_at(tokens, i)
    if count is None:
        return None
    value = count.value
    if plural := _plural_age(tokens, i, count):
        return plural
    pair = range_at(tokens, i)
    if pair and pair.type == "range":
        return _old(tokens, i, pair.last, pair.value) or _aged_range(tokens, pair)
    found = _old(tokens, i, count.last, value)
    if found:
        return found
    before = tokens[i - 1].low
    listed = before == "and" and tokens[i - 3].low in ("aged", "ages")
    if listed or before in ("aged", "age", "ages") or tokens.lows(i - 2, 2) == ("age", "of"):
        last = count.last
        unit = period_of(tokens[last].low)
        return Reading(i, last + bool(unit), "age", value, f"{unit or 'year'}s")
    return _bare_age(tokens, i, count.last, value) or _told_age(tokens, i, count.last, value)


_OWN = word_set("his her their my your our")


_AGED = AGES | {f"{word}s": n for word, n in CARDINALS.items() if 1 < n < 20} | {"sixes": 6}
"""Ages that a hyphen and over or under stand before: the under-fives, the over-sixties."""


def _plural_age(tokens: Tokens, i: int, count: Count) -> Reading | None:
    """Read ``in his 30s``, ``the over-65s``."""
    value, plural = count.value, tokens[count.last]
    if plural.low != "s" or plural.gap or value >= 100:
        return None
    if 20 <= value <= 90 and value % 10 == 0 and _OWN & set(tokens.lows(i - 3, 3)):
        return Reading(i, count.last + 1, "age", [value, int(value) + 9], "years")
    bound = tokens[i - 1].text == "-" and tokens[i - 2].low in ("over", "under")
    return Reading(i, count.last + 1, "age", value, "years") if bound else None


def _aged_range(tokens: Tokens, pair: Reading) -> Reading | None:
    return pair if tokens[pair.first - 1].low in ("aged", "ages") else None


def _old(tokens: Tokens, i: int, last: int, value: Any) -> Reading | None:
    """Read what makes a number an age: ``-year-old``, ``years old``, ``years of age``."""
    step = last + tokens[last].text.count("-")
    if isinstance(value, list) and tokens.hyphen(last) and tokens[step].low in _OLD:
        return replace(_ranged_age(i, step + 1, value), unit="years")
    period = period_of(tokens[step].low)
    if isinstance(value, list) and tokens.lows(step - 1, 1) in (("years",), ("year",)):
        step, period = step - 1, "year"
    if not period:
        return None
    end = step + 1 + tokens[step + 1].text.count("-")
    if tokens[end].low in _OLD:
        return Reading(i, end + 1, "age", value, f"{period}s")
    if tokens.lows(step + 1, 2) == ("of", "age"):
        return Reading(i, step + 3, "age", value, f"{period}s")
    return None


def _ranged_age(i: int, last: int, value: Any) -> Reading:
    return Reading(i, last, "range", value, "years")


def _bare_age(tokens: Tokens, i: int, last: int, value: Any) -> Reading | None:
    """Read a number between commas after a name, in brackets after it, or after ``turned``."""
    if tokens[i].kind != "digits" or not isinstance(value, int) or not 0 < value < 116:
        return None
    before, after = tokens[i - 1], tokens[last]
    named = tokens[i - 2].capital and tokens[i - 2].low not in _NOT_NAMES
    if before.text == "," and named and (after.text in (",", ".", ";", ")") or after.low == "and"):
        dated = date_at(tokens, i - 2, Setting(None))
        return None if dated else Reading(i, last, "age", value, "years", sure=False)
    if before.text == "(" and after.text == ")" and named and tokens[i - 3].capital:
        return Reading(i, last, "age", value, "years", sure=False)
    return None


_GROWING = word_set("turned turns turning")
_BEING = word_set("is was am m s were are re")
_PERSON = word_set("he she i you they who")
_YOUNG = word_set("children child kids infants babies girls boys pupils")


def _told_age(tokens: Tokens, i: int, last: int, value: Any) -> Reading | None:
    """Read a number that says how old somebody is: ``She is 71.``, ``children under five``."""
    before, after = tokens[i - 1].low, tokens[last]
    if not isinstance(value, int) or not 0 < value < 116 or after.text in ("%", "-", "–", ":"):
        return None
    ended = after.kind != "word" or after.low in ("and", "when", "but", "now", "next", "this")
    person = i - 2 - (tokens[i - 2].text in ("'", "’") and not tokens[i - 2].gap)
    being = before in _BEING and tokens[person].low in _PERSON
    young = before in ("under", "over") and tokens[i - 2].low in _YOUNG
    if ended and (young or being or before in _GROWING):
        return Reading(i, last, "age", value, "years", sure=False)
    return None


_NOT_NAMES = word_set("in on at article section january december")

_SPORT = word_set(
    "won win wins beat beats beating lost lose defeat defeated defeats victory draw drew lead led "
    "scored score level thrashed vote voted votes ruled approved passed rejected hammered edged "
    "clash trailed trailing winner loss tied ahead equalised swept upheld rout routed sealed"
)


def _score(tokens: Tokens, i: int, cricket: bool) -> Reading | None:
    """Read ``3-1``, ``6-4``, ``7-6 (7-5)``, ``three-nil``, ``218 votes to 210``."""
    first = count_at(tokens, i)
    if first is None or first.scale != 1 or tokens[i].text.count("."):
        return _drawn(tokens, i, i + 1, "nil", 0) if tokens[i].low == "nil" else None
    told = _drawn(tokens, i, first.last, "all", first.value)
    told = told or (_wickets(tokens, i, first) if cricket else None)
    told = told or _tally(tokens, i, first) or _goals_and_points(tokens, i)
    if told:
        return told
    parted = tokens[first.last].text == ":" and not tokens[first.last].gap
    divided = tokens[i - 1].low in ("split", "divided", "voted")
    parted = parted and (divided or tokens.lows(i - 2, 2) == ("majority", "of"))
    dashed = tokens.hyphen(first.last) and not _odds(tokens, i, first.last, first.value)
    spaced = tokens[first.last].low == "to"
    if not (dashed or spaced or parted):
        return None
    step = first.last + 1
    if tokens[step].low == "nil":
        return Reading(i, step + 1, "score", [first.value, 0])
    second = count_at(tokens, step)
    if second is None or second.scale != 1 or tokens[step].text.count("."):
        return None
    voted = tokens.lows(i - 2, 2) == ("vote", "of")
    voted = voted or (first.spelt is False and _near_votes(tokens, i))
    if spaced and not (voted or tokens[i - 1].low in _DIVIDED):
        return None
    counted = tokens[i - 1].low in _DIVIDED and first.value > second.value
    large = (max if counted else min)(first.value, second.value) > _MOST_SCORED
    if spaced and voted and large:
        return Reading(i, second.last, "score", [first.value, second.value], "votes")
    return _judged_score(tokens, i, (first.value, second.value, second.last))


_MOST_SCORED = 999
_DIVIDED = word_set("split voted divided ruled decided failed passed rejected approved")
"""Verbs right before a tally: the board split four to one."""


def _drawn(tokens: Tokens, i: int, step: int, word: str, value: Any) -> Reading | None:
    """Read a draw: ``nil-nil``, ``two-all``."""
    drawn = tokens.hyphen(step) and tokens[step + 1].low == word and not tokens.hyphen(step + 2)
    return Reading(i, step + 2, "score", [value, value]) if drawn else None


def _goals_and_points(tokens: Tokens, i: int) -> Reading | None:
    """Read what two sides scored of either kind: they beat them by ``1-11 to 1-10``."""
    numbers = (i, i + 2, i + 4, i + 6)
    dashed = tokens.hyphen(i + 1) and tokens[i + 3].low == "to" and tokens.hyphen(i + 5)
    played = _SPORT & set(tokens.lows(i - 9, 9))
    if not (dashed and played and all(tokens.plain(n) for n in numbers)):
        return None
    return Reading(i, i + 7, "score", [int(tokens[n].text) for n in numbers])


def _wickets(tokens: Tokens, i: int, runs: Count) -> Reading | None:
    """Read the runs and wickets of cricket: ``287 for 6``, a bowler's ``four for 39``."""
    wickets = count_at(tokens, runs.last + 1) if tokens[runs.last].low == "for" else None
    if wickets is None or wickets.scale != 1 or (runs.spelt and wickets.spelt):
        return None
    if (runs.value > 10) == (wickets.value > 9):
        return None
    return Reading(i, wickets.last, "score", [runs.value, wickets.value])


def _tally(tokens: Tokens, i: int, first: Count) -> Reading | None:
    """Read ``218 votes to 210``."""
    if tokens[first.last].low not in ("vote", "votes") or tokens[first.last + 1].low != "to":
        return None
    second = count_at(tokens, first.last + 2)
    if second is None:
        return None
    last = second.last + (tokens[second.last].low == "votes")
    return Reading(i, last, "score", [first.value, second.value], "votes")


def _near_votes(tokens: Tokens, i: int) -> bool:
    near = {tokens[n].low for n in range(i - 6, i)}
    return bool(near & {"vote", "voted", "votes", "won", "lost", "beat", "by"}) and bool(
        near & {"vote", "voted", "votes", "defeated", "passed", "rejected", "ballot", "winner"}
    )


def _judged_score(tokens: Tokens, i: int, found: tuple[Any, Any, int]) -> Reading | None:
    """Return a score where order, words nearby or what follows tell it from a range."""
    low, high, last = found
    if low % 0.5 or high % 0.5 or low > 999 or high > 999:  # a drawn game of chess is ½
        return None
    if low == high == 50:
        return Reading(i, last, "ratio", 1)
    after = tokens[last]
    if date_at(tokens, i, Setting(None)) or period_of(after.low):
        return None
    if tokens.hyphen(last) and count_at(tokens, last + 1):
        third = count_at(tokens, last + 1)
        value = [low, high, third.value] if third else [low, high]
        return Reading(i, third.last if third else last, "score", value)
    near = {tokens[n].low for n in (*range(i - 9, i), *range(last, last + 7))}
    unit = item_at(tokens, last - 1)
    measured = unit is not None and unit.type not in ("number",)
    if tokens.hyphen(last) or measured or tokens[i - 1].low in ("aged", "ages", "pages"):
        return None
    games = tokens[i - 1].text in (",", "(") and tokens.hyphen(i - 3)
    if low > high or near & _SPORT or games or low == high:
        return Reading(i, last, "score", [low, high], sure=bool(near & _SPORT))
    return None


def _ratio(tokens: Tokens, i: int, rates: bool) -> Reading | None:
    """Return a ratio with its quotient, in four significant digits as it is written."""
    found = _quotient(tokens, i, rates)
    if found is None or found.type != "ratio" or isinstance(found.value, int):
        return found
    return replace(found, value=whole(float(f"{found.value:.4g}")))


def _quotient(tokens: Tokens, i: int, rates: bool) -> Reading | None:
    """Read ``one in five``, ``3 out of 10``, ``two-thirds``, ``three times``, ``5:1``, ``2x``."""
    token = tokens[i]
    if known := _multiplied(tokens, i) or _fraction_range(tokens, i):
        return known
    if token.low in FRACTIONS and _is_stretch(tokens, i):
        return Reading(i, i + 1, "ratio", 1 / FRACTIONS[token.low])
    point = _part_of_point(tokens, i, rates)
    if point:
        return point
    scaled = count_at(tokens, i) if token.low in ("half", "a") else None
    fraction = None if scaled else fraction_at(tokens, i)
    if fraction and _is_fraction(tokens, i, fraction.last):
        return Reading(i, fraction.last, "ratio", fraction.value)
    count = count_at(tokens, i)
    if count is None or not count.value:
        return None
    after = tokens[count.last]
    found = _out_of(tokens, i, count.last, count.value)
    if found:
        return found
    if after.low == "times" and (
        _multiplies(tokens, count.last + 1) or _is_multiple(tokens, i, count.value)
    ):
        return Reading(i, count.last + 1, "ratio", count.value)
    place = (i, count.last, count.value)
    return _folded(tokens, *place) or _odds(tokens, *place) or _to_one(tokens, *place)


_STRETCHES = word_set(
    "northern southern eastern western central upper lower inner outer top bottom middle rear"
)


def _is_stretch(tokens: Tokens, i: int) -> bool:
    """Return whether a part is of a whole that lies there: the northern ``third`` of the lake."""
    led = tokens[i - 1].low in _STRETCHES and tokens[i - 2].low in ("the", "its", "their")
    return led and tokens[i + 1].low == "of"


def _multiplied(tokens: Tokens, i: int) -> Reading | None:
    """Read ``doubled``, ``twice``, ``halves to``."""
    low = tokens[i].low
    if low == "halves" and _is_halving(tokens, i):
        return Reading(i, i + 1, "ratio", 0.5)
    if low not in TIMES or (low[-1] == "d" and tokens[i + 1].low in _TACKLED):
        return None
    return _times(tokens, i) or Reading(i, i + 1, "ratio", TIMES[low])


def _is_halving(tokens: Tokens, i: int) -> bool:
    """Return whether something halves another, and is none of two parts: ``halves their risk``."""
    before, after = tokens[i - 1], tokens[i + 1]
    if after.low in ("to", "its", "the", "in"):
        return True
    parted = before.low in FUNCTION_WORDS | CARDINALS.keys() | ORDINALS.keys() | {"both", "into"}
    return before.kind == after.kind == "word" and not parted and after.low not in _PARTED


_PARTED = word_set("of with are were is that which and or by on at for as")
_TACKLED = word_set("me him them us")
"""Whom two have doubled or three tripled: they guard a player."""


_COUNTED_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_MULTIPLIED = word_set("as the that those what its their his her this our my larger bigger")


def _times(tokens: Tokens, i: int) -> Reading | None:
    """Read how often something happened: ``won once in six games``, ``asked twice``."""
    low, after = tokens[i].low, tokens[i + 1]
    dated = period_of(tokens[i + 2].low) != "" and after.low in ("that", "this", "the")
    if low not in _COUNTED_TIMES or (after.low in _MULTIPLIED and not dated):
        return None
    return Reading(i, i + 1, "number", _COUNTED_TIMES[low], "times")


def _once(tokens: Tokens, i: int) -> Reading | None:
    """Read ``once`` where it counts: ``once in six games``, ``only once``, ``once or twice``."""
    if tokens[i].low != "once":
        return None
    after = tokens[i + 1].low
    within = after == "in" and count_at(tokens, i + 2) is not None
    rated = after in ("a", "every", "each") and period_of(tokens[i + 2].low) != ""
    timed = item_at(tokens, i + 2) if after == "every" else None
    rated = rated or (timed is not None and timed.type == "duration")
    counted = tokens[i - 1].low in ("only", "just", "least", "than") or after == "or"
    counted = (counted or rated or _is_done_once(tokens, i)) and tokens[i - 1].low != "at"
    return _times(tokens, i) if within or counted else None


def _is_done_once(tokens: Tokens, i: int) -> bool:
    """Return whether ``once`` ends what somebody did: ``I looked at my watch once, and ran``."""
    before = tokens[i - 1 - tokens.is_mark(i - 1, '“‘"')]
    if not tokens.is_mark(i + 1, ",.;!?”") or before.kind != "word":
        return False
    clause = set(tokens.lows(max(i - 7, 0), min(i, 7)))
    beside = bool(clause & {"times", "twice"})  # it names him four times and her once
    return before.low not in ("at", "for", "this", "that") and (beside or not _LASTING & clause)


_LASTING = word_set("was were is are s been be lived live stood known called used had but and")
"""Words with which ``once`` means formerly."""


def _fraction_range(tokens: Tokens, i: int) -> Reading | None:
    """Read ``between a quarter and a half``, ``a third to a half``."""
    between = tokens[i].low == "between"
    low = fraction_at(tokens, i + between)
    if low is None or tokens[low.last].low != ("and" if between else "to"):
        return None
    high = fraction_at(tokens, low.last + 1)
    if high is None or high.value <= low.value:
        return None
    ends = [whole(float(f"{end.value:.4g}")) for end in (low, high)]
    return Reading(i, high.last, "range", ends)


def _part_of_point(tokens: Tokens, i: int, rates: bool) -> Reading | None:
    """Read ``half a percentage point``, ``a quarter of a percent``, ``half a per cent``."""
    whole_point = tokens.lows(i, 2) in (("a", "full"), ("a", "whole"))
    fraction = Count(1, i + 2) if whole_point else fraction_at(tokens, i)
    bare_quarter = tokens[i].low == "quarter" and tokens[i + 1].low == "percentage"
    if bare_quarter:
        fraction = Count(0.25, i + 1)
    if tokens.lows(i, 2) in (("a", "point"), ("a", "percentage")):
        fraction = Count(1, i + 1)
    if fraction is None:
        return None
    step = fraction.last + (tokens[fraction.last].low == "of")
    step += tokens[step].low in ("a", "one")
    step += tokens[step].text == "-"
    first = i + (tokens[i].low == "a" and tokens.hyphen(step - 1))  # a quarter-point cut
    bare = Reading(first, step, "number", fraction.value)
    pointed = rates or (tokens[i].low == "a" and after_percentage(tokens, i))
    if pointed and tokens[step].low in ("point", "points"):
        return replace(bare, last=step + 1, type="percentage", unit="percentage points")
    item = percentage_of(tokens, bare, step)
    pointed = bare_quarter or step > fraction.last or tokens[step].low == "percentage"
    return item if item and pointed else None


def _folded(tokens: Tokens, i: int, last: int, value: Any) -> Reading | None:
    """Read ``2x``, ``10-fold``, ``tenfold`` in two words."""
    after = tokens[last]
    crossed = not after.gap and after.text in ("x", "×") and tokens[last + 1].kind != "digits"
    if crossed or after.low == "fold":
        return Reading(i, last + 1, "ratio", value)
    if tokens.hyphen(last) and tokens[last + 1].low in ("fold", "times"):
        return Reading(i, last + 2, "ratio", value)
    return None


def _out_of(tokens: Tokens, i: int, last: int, value: Any) -> Reading | None:
    """Read ``one in five``, ``nine out of 10``, ``one in every 100``, ``one line in three``."""
    step = _whole_at(tokens, last, value)
    of = count_at(tokens, step) if step else None
    if of is None or of.value <= value:
        return None
    hyphened = tokens.hyphen(step - 1)
    dated = tokens[step].kind == "digits" and len(tokens[step].text) == 4
    item = item_at(tokens, step)
    if not hyphened and (dated or (item and item.type != "number")):
        return None
    return Reading(i, of.last, "ratio", value / of.value)


def _whole_at(tokens: Tokens, step: int, value: Any) -> int:
    """Return the token of the whole of which a number is a part, or 0."""
    if tokens.hyphen(step) and tokens[step + 1].low == "in" and tokens.hyphen(step + 2):
        return step + 3
    if tokens.lows(step, 2) == ("out", "of"):
        return step + 2 + (tokens[step + 2].low in ("every", "each"))
    if tokens[step].kind == "word" and tokens.lows(step + 1, 2) == ("out", "of"):
        return step + 3  # nine times out of ten
    if tokens[step].low == "in":
        return step + 1 + (tokens[step + 1].low in ("every", "each"))
    if tokens[step].text == "/" and not tokens[step].gap:
        return step + 1
    shared = is_plural(tokens[step]) and tokens[step + 1].low == "in"
    shared = shared and not period_of(tokens[step].low)
    if shared and tokens[step + 2].low in CARDINALS:
        last = step + 3
        free = tokens[last].kind != "word" or tokens[last].low in FUNCTION_WORDS
        return step + 2 if free and not tokens.hyphen(last) else 0  # three votes in four
    return _whole_of_one(tokens, step) if value == 1 else 0


_NOUNS = 3
"""Words between one and the whole of which it is a part, at most."""


def _whole_of_one(tokens: Tokens, step: int) -> int:
    """Return the token of the whole after nouns: ``one flight attendant in every eight``, or 0."""
    first = step
    while tokens[step].kind == "word" and tokens[step].low != "in" and step <= first + _NOUNS:
        told = step > first and (tokens[step].low in PAST_VERBS or tokens[step].low[-2:] == "ed")
        if told or tokens[step].low in FUNCTION_WORDS:
            return 0
        step += 1
    if step == first or tokens[step].low != "in":
        return 0
    step += 1 + (tokens[step + 1].low in ("every", "each"))
    return step if tokens[step].low in {"a", *CARDINALS} or tokens[step].kind == "digits" else 0


def _is_fraction(tokens: Tokens, i: int, last: int) -> bool:
    """Return whether a fraction is none of another number: ``a third man``, ``second half``."""
    low, after = tokens[i].low, tokens[last]
    if tokens[i - 1].low == "as" and tokens[i - 2].low in ("big", "large", "small"):
        return False  # the coin: hail as big as a quarter
    if low in ("a", "an") and tokens[last - 1].low != "quarter":
        if _is_next_in_line(tokens, i):
            return False
        compared = after.low in _COMPARATIVES or tokens[last + 1].low == "than"
        free = after.kind != "word" or after.low in _AFTER_FRACTION or compared
        acted = after.low.endswith("ed") and tokens[last + 1].kind != "word"
        free = (free or acted) and tokens[i - 1].low not in ("it", "him", "her", "them")
        return free and not (after.text == "-" and not after.gap)
    if low in ("a", "an"):
        return after.low not in ("earlier", "ago", "later", "century", "final", "-", "horse")
    if low == "half" and tokens[last + 2].low == "ago":
        return False
    if low == "half":
        timed = tokens[i - 1].low in ("first", "second", "latter", "back")
        return not timed and after.text != "-"
    return True


def _is_next_in_line(tokens: Tokens, i: int) -> bool:
    """Return whether a third is one more of those of whom two were told: Six counts. A seventh.

    It begins its sentence; a part is of something, or of many: A third were late.
    """
    number, after = ORDINALS.get(tokens[i + 1].low, 0), tokens[i + 2].low
    if not number or not tokens.begins(i) or after in ("of", "were", "are", "have", "say"):
        return False
    return any(
        (CARDINALS.get(tokens[n].low) == number - 1 or tokens[n].text == str(number - 1))
        and is_plural(tokens[n + 1])
        and not period_of(tokens[n + 1].low)
        and tokens[n + 1].low.removesuffix("s") not in FRACTIONS
        for n in range(max(i - _FAR_BACK, 0), i)
    )


_FAR_BACK = 40
"""Tokens before the next of several within which they were counted."""
_COMPARATIVES = word_set(
    "higher lower fewer greater larger smaller bigger cheaper faster slower longer shorter heavier "
    "lighter warmer colder older younger stronger weaker richer poorer dearer taller wider deeper "
    "quicker worse better hotter thinner thicker likelier"
)
_AFTER_FRACTION = word_set(
    "of to in from on by since and or the as higher lower more less were was is are have has had "
    "off under below above up down into each this last compared but during "
    "after said over for at between while a goes went go"
)
_COMPARED = word_set(
    "as more those what this our my average normal the higher larger greater bigger faster its "
    "their his her"
)


def _multiplies(tokens: Tokens, i: int) -> bool:
    low = tokens[i].low
    if low in ("a", "an") and not period_of(tokens[i + 1].low):
        return True
    if low in ("last", "this") and tokens[i + 2].text in ("'", "’"):
        return True  # four times last year's total
    if tokens[i + 1].low in ("earnings", "sales", "revenue", "revenues", "profits", "income"):
        return True
    return low in _COMPARED or low in (
        "earnings",
        "ebitda",
        "ebit",
        "that",
        "less",
        "lower",
        "smaller",
        "likelier",
    )


def _is_multiple(tokens: Tokens, i: int, value: Any) -> bool:
    """Return whether so many times is a multiple: ``subscribed 3.2 times``, ``at 41 times``."""
    return isinstance(value, float) or _is_valued(tokens, i)


def _is_valued(tokens: Tokens, i: int) -> bool:
    """Return whether a price is put: would fetch ‘six times’."""
    return tokens[i - 1 - tokens.is_mark(i - 1, "‘“\"'")].low in _VALUED


_VALUED = word_set(
    "fetch fetched at subscribed oversubscribed booked valued trades traded trading yielding"
)
"""What stands before a multiple, of earnings or of what was on offer."""
_ODDS = word_set(
    "outsider outsiders shot shots favourite favourites favorite chance odds against "
    "bookmaker bookmakers bookie bookies offering offered priced backed"
)


def _odds(tokens: Tokens, i: int, last: int, value: Any) -> Reading | None:
    """Read ``5,000-1 outsiders``; what bookmakers have a horse at: ``11-2``."""
    if not tokens.hyphen(last) or tokens[last + 1].text not in _STAKES:
        return None
    stake, lead = int(tokens[last + 1].text), set(tokens.lows(i - 6, 6))
    bet = tokens[i - 1].low in ("at", "of") and lead & _BETTING and value > stake
    near = lead & _ODDS or tokens[last + 2].low in _ODDS
    told = near if stake == 1 else bet
    return Reading(i, last + 2, "ratio", value / stake) if told else None


_STAKES = ("1", "2", "4", "8")
"""What odds are given on: 11-2 are five and a half to one."""
_BETTING = word_set("odds bookmaker bookmakers bookie bookies")


def _to_one(tokens: Tokens, i: int, last: int, value: Any) -> Reading | None:
    """Read ``3:1``, ``3-to-1``, ``five to one``, ``50/50``."""
    step = last
    if tokens[step].text == ":" and not tokens[step].gap and tokens[step + 1].kind == "digits":
        step += 1
        minutes = tokens[step].text.partition(".")[0]
        timed = len(minutes) == 2 and minutes[0] in "012345" and value < 25
        if timed and not (value == 1 and _beside_a_ratio(tokens, i, step + 1)):
            return None
    elif tokens[step].text == "-" and tokens[step + 1].low == "to" and tokens.hyphen(step + 2):
        step += 3
    elif (tokens[step].low == "to" and tokens[step + 1].low in ("one", "1")) or (
        tokens[step].text == "/" and not tokens[step].gap
    ):
        step += 1
    else:
        return None
    other = count_at(tokens, step)
    if other is None or not other.value or tokens[other.last].low in ("year", "percent", "%"):
        return None
    lasting = period_of(tokens[other.last + tokens.hyphen(other.last)].low)
    if lasting or date_at(tokens, i, Setting(None)):
        return None
    return Reading(i, other.last, "ratio", whole(value / other.value), sure=False)


_TIMED = word_set("at by until till in from before after since")


def _beside_a_ratio(tokens: Tokens, i: int, last: int) -> bool:
    """Return whether another one to so many, or the word ratio, is near ``1:20``."""
    if tokens[i - 1].low in _TIMED:
        return False
    near = [n for n in (*range(i - 20, i), *range(last, last + 20)) if tokens[n].low == "1"]
    told = any(tokens[n + 1].text == ":" and not tokens[n + 1].gap for n in near)
    return told or bool({"ratio", "ratios", "scale", "odds"} & set(tokens.lows(i - 12, 12)))


def _measured(tokens: Tokens, i: int) -> Reading | None:
    token = tokens[i]
    if token.kind == "word" and token.low not in _STARTS:
        return None
    if token.low == "between" and shared_half(tokens, i + 1):
        return None
    if token.low == "no" and tokens[i + 1].text == "." and tokens[i + 2].kind == "digits":
        count = count_at(tokens, i + 2)
        return count and Reading(i, count.last, "ordinal", count.value)
    found = range_at(tokens, i)
    if found and found.type == "number" and _is_count_word(tokens, i, found):
        return None
    multiple = found and found.type == "range" and tokens[found.last].low == "times"
    if found and multiple and _is_valued(tokens, i):
        return replace(found, last=found.last + 1, unit="times")
    return found


def _is_count_word(tokens: Tokens, i: int, found: Reading) -> bool:
    """Return whether a scale alone is no number: ``a million`` is, ``million`` is not.

    The next of many is one: its ``second million``.
    """
    alone = found.last == i + 1 and tokens[i].low in LARGE and tokens[i].low != "dozen"
    return alone and tokens[i - 1].low not in {"next", "last", "another", *ORDINALS}


_STARTS = (
    frozenset(CARDINALS)
    | frozenset(LARGE)
    | frozenset((*currencies.DOLLARS, *(sign.lower() for sign in currencies.LETTERS)))
    | word_set(
        "between a an half quarter several few minus no u.s. mach "
        "tens dozens scores "
        "hundreds thousands millions billions trillions lakhs crores"
    )
)


_BEGINNINGS = (
    _STARTS
    | _SPANNING
    | frozenset((*ORDINALS, *FRACTIONS, *TIMES, *_AGED, *PLURALS, "noughties"))
    | {word.lower() for word in (*MONTHS, *SHORT_MONTHS, *WEEKDAYS, *SHORT_DAYS)}
    | word_set(
        "the that these same this current coming last latest next today yesterday tomorrow tonight "
        "overnight year end mid early late pre post fiscal fy financial q h noon midday midnight "
        "another once halves nil ad"
    )
)
"""Words that an expression may begin with."""
_SIGNS = frozenset((*currencies.SYMBOLS, *GLYPHS, "-", "−", "–", "+", "±", "’", "'"))
"""Marks that an expression may begin with."""


_OF_TIME = word_set("a every each this that any")
"""What stands before a second of time: worth every second."""


def _ordinal(tokens: Tokens, i: int) -> Reading | None:
    number = ordinal_at(tokens, i)
    if number is None:
        return None
    if tokens[i].low == "second" and (tokens[i - 1].low == "every" or _is_time(tokens, i)):
        return None  # every second call is how often
    return Reading(i, number.last, "ordinal", number.value, noun_after(tokens, number.last))


def _is_time(tokens: Tokens, i: int) -> bool:
    """Return whether a second is a length of time: ``per second``, ``wait a second``.

    It is none before an adjective: ``a second, larger study``.
    """
    before, after = tokens[i - 1 - tokens.hyphen(i - 1)].low, tokens[i + 1]
    if before == "a" and "first" in tokens.lows(i - 8, 6):
        return False  # some had a first dose, 412 a second
    listed = before == "a" and after.text == "," and tokens[i + 2].text.islower()
    listed = listed and (tokens[i - 2].low in _LEADING_ON or tokens.begins(i - 1))
    listed = listed or (after.text in ("-", "–") and tokens[i + 2].low == "and")
    timed = (after.kind != "word" or after.low == "of") and not tokens.hyphen(i + 1)
    return before == "per" or (before in _OF_TIME and timed and not listed)


_LEADING_ON = word_set(
    "and of to with by from prevent find found wrote has have had was is built build plan planned "
    "opened open added adds add made making published launched bought got took suffered or but "
    "then into via as through that"
)
