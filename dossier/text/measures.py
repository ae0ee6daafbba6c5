"""Numbers with what they measure: money, percentages, quantities, durations, ages, ranges, scores.

A span takes in currency, scale and unit and leaves out the noun that is counted, which is the
unit. Money is in whole units of its ISO code (``12p`` is 0.12 GBP); a duration is ISO 8601; points
of percentage and basis points are percentages with those units; a range distributes the scale and
the unit of its end (``$3-5 million``); ``from 5 to 7`` is a change, two numbers and no range.
"""

import functools
import re
from dataclasses import dataclass, replace
from typing import Any

from dossier.text import currencies
from dossier.text.counts import Count, Number, count_at, whole
from dossier.text.lexer import Token, Tokens
from dossier.text.turns import is_acting
from dossier.text.units import UNITS, named_by
from dossier.text.words import CARDINALS, PERIODS, word_set

_MEASURED = [
    unit
    for unit in UNITS.values()
    if unit.words
    and unit.name
    not in ("date", "month", "year", "people", "countries", "states", "points", "percent")
    and unit.name not in ("decades", "years", "months", "weeks", "days", "hours", "minutes")
    and not unit.name.endswith("difference")
]
_ANY_UNIT = re.compile("|".join(f"(?:{unit.words})" for unit in _MEASURED))
_LOOSE = word_set("in ins a b c g m p w v l k am pm at stone st mp mb ha")
"""Symbols that count only at the digits, or are words otherwise."""


@dataclass(frozen=True)
class Reading:
    """What a reader found from token ``first`` up to ``last``, exclusive."""

    first: int
    last: int
    type: str
    value: Any
    unit: str = ""
    qualifier: str = "exact"
    sure: bool = True
    scale: Number = 1


@functools.lru_cache(maxsize=4096)
def measure_of(phrase: str) -> str:
    """Return the unit that a phrase names in full, by the registry of units; empty for none.

    >>> measure_of("square kilometres"), measure_of("mph"), measure_of("people")
    ('sq km', 'mph', '')
    """
    if not (_ANY_UNIT.fullmatch(phrase) or _ANY_UNIT.fullmatch(phrase.lower())):
        return ""
    for unit in _MEASURED:
        named = named_by(unit.words)
        if named.fullmatch(phrase) or named.fullmatch(phrase.lower()):
            return unit.name
    return ""


def iso_duration(value: Number, period: str) -> str:
    """Return a length of time as ISO 8601 has it.

    >>> iso_duration(90, "minute"), iso_duration(2.5, "year"), iso_duration(3, "decade")
    ('PT90M', 'P2.5Y', 'P30Y')
    """
    form = PERIODS[period]
    for letter, (times, smaller) in _MULTIPLES.items():
        if form.endswith(letter):
            value, form = value * times, form[:-1] + smaller
    return form.format(f"{whole(value):.15g}" if isinstance(value, float) else value)


_MULTIPLES = {"F": (2, "W"), "Q": (3, "M"), "X": (10, "Y"), "C": (100, "Y"), "K": (1000, "Y")}
"""Lengths of time that ISO 8601 has no letter for, in those that it has."""


def period_of(low: str) -> str:
    """Return the length of time that a word names: ``hours`` is hour, ``mins`` is minute."""
    short = {"hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute", "sec": "second"} | {
        "secs": "second",
        "yr": "year",
        "yrs": "year",
        "centuries": "century",
        "millennia": "millennium",
        "wk": "week",
        "wks": "week",
    }
    word = short.get(low) or low.removesuffix("s")
    return word if word in PERIODS else ""


@functools.lru_cache(maxsize=16)
def item_at(tokens: Tokens, i: int) -> Reading | None:
    """Return the number with its currency, unit, percentage or period that begins at a token.

    The readers of a token ask for it in turn, so the last ones are remembered.
    """
    found = _money(tokens, i) or _mach(tokens, i) or _note(tokens, i) or _signed(tokens, i)
    return found and _with_error(tokens, found)


_NOTES = {"fiver": 5, "tenner": 10}
_COINS = {"nickel": 0.05, "dime": 0.1}


def _note(tokens: Tokens, i: int) -> Reading | None:
    """Read ``a tenner``, ``a fiver``: pounds, or euros where the text tells of those alone.

    And ``a nickel a barrel``, ``a dime``.
    """
    coin, after = _COINS.get(tokens[i + 1].low), tokens[i + 2]
    if coin and tokens[i].low == "a" and (after.kind != "word" or after.low in FUNCTION_WORDS):
        return Reading(i, i + 2, "money", coin, "USD")
    value = _NOTES.get(tokens[i + 1].low)
    if value is None or tokens[i].low not in ("a", "another", "one"):
        return None
    code = "EUR" if "€" in tokens.text and "£" not in tokens.text else "GBP"
    return Reading(i, i + 2, "money", value, code)


def _mach(tokens: Tokens, i: int) -> Reading | None:
    count = count_at(tokens, i + 1) if tokens[i].text == "Mach" else None
    return count and Reading(i, count.last, "quantity", count.value, "Mach")


def _with_error(tokens: Tokens, found: Reading) -> Reading:
    """Take in the error of a measurement and the unit behind it: ``0.34 ± 0.05 °C``."""
    if tokens[found.last].text != "±" or not isinstance(found.value, int | float):
        return found
    error = item_at(tokens, found.last + 1)
    if error is None:
        return found
    if found.type != "number":
        return replace(found, last=error.last)
    if error.type == "number" and error.unit == tokens[error.last].text:
        return Reading(found.first, error.last + 1, "quantity", found.value, error.unit)
    value = whole(found.value * (error.scale if found.scale == 1 else 1))
    if error.type == "duration":
        lasting = iso_duration(value, error.unit.removesuffix("s"))
        return replace(error, first=found.first, value=lasting)
    return replace(error, first=found.first, value=value)


def _money(tokens: Tokens, i: int) -> Reading | None:
    step, code = i, ""
    low, after = tokens[i].low.replace(".", ""), tokens[i + 1]
    if low in currencies.DOLLARS and after.text in "$₵" and not after.gap and after.text:
        code, step = currencies.DOLLARS[low], i + 2
    elif tokens[i].text in currencies.SYMBOLS:
        code, step = currencies.SYMBOLS[tokens[i].text], i + 1
        if _is_country(after) and code == "USD":
            code, step = currencies.DOLLARS[after.low], i + 2
    elif _is_sign(tokens, i):
        code, step = currencies.sign_of(tokens[i].text, tokens.text), i + 1
        step += tokens[step].text in (".", "/", "₵")
    if not code or (tokens[step].kind != "digits" and tokens[step].low not in ("a", "half")):
        return None
    count = count_at(tokens, step, money=True)
    if count is None:
        return None
    last = count.last
    if tokens[last].text in currencies.CODES and tokens[last + 1].kind != "digits":
        code, last = tokens[last].text, last + 1
    return Reading(i, last, "money", count.value, code, count.bound, scale=count.scale)


def _is_country(token: Token) -> bool:
    """Return whether letters at a dollar's sign are its country: ``$US14``."""
    return not token.gap and token.text.isupper() and token.low in currencies.DOLLARS


def _is_sign(tokens: Tokens, i: int) -> bool:
    """Return whether a word is the sign of a currency before a sum: ``Dh45``, ``AED 2 billion``."""
    word, after = tokens[i].text, tokens[i + 1]
    if word not in currencies.LETTERS or "\n" in after.gap:
        return False
    if word in currencies.TIGHT and after.text != "₵":
        return not after.gap or (len(word) > 1 and _is_sum(tokens, i + 1))
    return word not in currencies.WORDLIKE or _is_sum(tokens, i + 1)


def _is_sum(tokens: Tokens, i: int) -> bool:
    """Return whether digits have thousands, or a scale: ``1,200``, ``2 billion``."""
    count = count_at(tokens, i, money=True)
    return count is not None and (count.scale > 1 or "," in tokens[i].text)


def _signed(tokens: Tokens, i: int) -> Reading | None:
    sign, step = 1, i
    token, after = tokens[i], tokens[i + 1]
    if token.text in ("-", "−", "–", "+", "±") and not after.gap and after.kind == "digits":
        if not token.gap and tokens[i - 1].text != "(":
            return None
        sign, step = (1 if token.text in "+±" else -1), i + 1
    elif token.low == "minus" and (after.kind == "digits" or after.low in CARDINALS):
        sign, step = -1, i + 1
    elif token.low == "minus":
        return None
    count = count_at(tokens, step)
    if count is None:
        return None
    bare = Reading(
        i, count.last, "number", whole(sign * count.value), "", count.bound, scale=count.scale
    )
    return _with_unit(tokens, bare, count.spelt)


def _with_unit(tokens: Tokens, bare: Reading, spelt: bool) -> Reading:
    step = bare.last + 1 if tokens.hyphen(bare.last) else bare.last
    for reader in (percentage_of, _money_after, _duration, _measure):
        found = reader(tokens, bare, step)
        if found:
            return found
    if tokens[bare.last].text == "+" and not tokens[bare.last].gap and not spelt:
        return replace(bare, last=bare.last + 1, qualifier="at_least")
    return replace(bare, unit=noun_after(tokens, bare.last))


_OF_POINTS = {"basis": "basis points"} | {
    word: "percentage points" for word in ("percentage", "percent", "%")
}
_PERCENT = {word: "percent" for word in ("%", "٪", "％", "percent", "pct", "pc")} | {
    "bps": "basis points",
    "bp": "basis points",
    "pp": "percentage points",
    "ppt": "percentage points",
    "ppts": "percentage points",
}


def percentage_of(tokens: Tokens, bare: Reading, step: int) -> Reading | None:
    """Return a number as a percentage, if a token says so: percent, points, basis points."""
    one, two = tokens[step], tokens[step + 1]
    last = step + 2 + tokens.hyphen(step + 1)
    if one.low in _OF_POINTS and tokens[last - 1].low in ("point", "points"):
        return replace(bare, last=last, type="percentage", unit=_OF_POINTS[one.low])
    if tokens.lows(step, 3) == ("per", "-", "cent"):
        return replace(bare, last=step + 3, type="percentage", unit="percent")
    if (one.low, two.low) == ("per", "cent"):
        return replace(bare, last=step + 2, type="percentage", unit="percent")
    if tokens.lows(step, 4) == ("of", "a", "percentage", "point"):
        return replace(bare, last=step + 4, type="percentage", unit="percentage points")
    if one.low == "points" and step == bare.last and _is_of_percentage(tokens, bare, step):
        return replace(bare, last=step + 1, type="percentage", unit="percentage points")
    unit = _PERCENT.get(one.low)
    return (unit and replace(bare, last=step + 1, type="percentage", unit=unit)) or None


def _is_of_percentage(tokens: Tokens, bare: Reading, step: int) -> bool:
    """Return whether points are of a percentage: ``up 3 points``, but no ``Al Bo, 9 points``."""
    before = tokens[bare.first - 1].text == "," and tokens[bare.first - 2].capital
    scored = before and tokens[step + 1].kind != "word"
    rated = after_percentage(tokens, bare.first) or _is_rated(tokens, bare.first, step + 1)
    return rated and not scored


def _is_rated(tokens: Tokens, i: int, last: int) -> bool:
    """Return whether points are by how much a rate differs: ``a rate 20 points above theirs``."""
    compared = tokens[last].low in ("above", "below", "higher", "lower")
    return compared and "rate" in tokens.lows(i - 4, 4)


_PLAYED = word_set(
    "scored table league season game match index ftse nasdaq dow shares stocks average team "
    "nifty sensex nikkei dax cac topix kospi asx"
)


def after_percentage(tokens: Tokens, i: int) -> bool:
    """Return whether a percentage stands near, and no game or index is told of."""
    near = {tokens[n].low for n in range(max(i - 60, -1), i + 30)}
    return bool(near & {"%", "percent", "cent", "poll", "gdp"}) and not near & _PLAYED


def _money_after(tokens: Tokens, bare: Reading, step: int) -> Reading | None:
    if tokens[bare.last - 1].low == "mill":
        return replace(bare, type="money", unit="GBP" if "£" in tokens.text else "USD")
    nation = currencies.NATIONS.get(tokens[step].low, "")
    at = step + 1 if nation else step
    at += tokens[at].low in ("kong", "lankan")
    low = tokens[at].low
    if low == "grand" and not tokens[at + 1].capital:
        code = "GBP" if "£" in tokens.text else "USD"
        return replace(bare, last=at + 1, type="money", value=whole(bare.value * 1000), unit=code)
    found = _currency_at(tokens, at)
    if found is None or (low == "won" and bare.scale == 1 and bare.value < 1000):
        return None
    code, part = found
    if low in ("p", "c", "ps", "cs") and not _is_small_sign(tokens, bare, at):
        return None
    if low in ("pound", "pounds") and not nation and not _sterling(tokens, bare):
        return None
    if low == "bucks" and (tokens[at].capital or _GAME.search(tokens.text)):
        return None
    value = whole(bare.value * part)
    last = at + 1 + (low in ("cents", "dollars") and _is_american(tokens, at + 1))
    return replace(bare, last=last, type="money", value=value, unit=nation or code)


def _is_small_sign(tokens: Tokens, bare: Reading, at: int) -> bool:
    """Return whether a letter at digits is that of pence or cents: 12p, no Three Cs."""
    tight = not tokens[at].gap and tokens[bare.first].kind == "digits"
    return tight and tokens[at].text in ("p", "P", "c")


_GAME = re.compile(r"\b(?:deer|antlers?|stags?|hunters?|hunting|venison|rams|goats)\b", re.I)
"""Words of a text whose bucks are no dollars."""


def _is_american(tokens: Tokens, i: int) -> bool:
    """Return whether ``U.S.`` says whose the cents before it are: ``74.2 cents U.S. from``."""
    after = tokens[i + 1]
    free = after.kind != "word" or after.low in FUNCTION_WORDS or after.gap == "\n"
    return tokens[i].text in ("U.S.", "US") and free


def part_of_currency(low: str) -> tuple[str, float] | None:
    """Return the code of a currency's word and what part of its unit that is: a cent, a pound."""
    return currencies.named(low.removesuffix("s"), "") if len(low) > 3 else None


def _currency_at(tokens: Tokens, i: int) -> tuple[str, float] | None:
    """Return the code that a word after a number names, and what part of its unit it is."""
    token, after = tokens[i], tokens[i + 1]
    if token.text in currencies.CODES and token.text not in currencies.WORDLIKE:
        other = after.kind == "digits" and after.gap == " "  # the sum that follows
        return None if other else (token.text, 1)
    low = token.low
    return currencies.named(low, tokens.text) or currencies.named(
        low.removesuffix("s"), tokens.text
    )


_WEIGHT = word_set(
    "weigh weighs weighed weighing weight heavy pressure lost cocaine heroin cannabis meth "
    "fentanyl bomb bombs explosives thrust shed drugs fish gained flour cargo payload"
)


def _sterling(tokens: Tokens, bare: Reading) -> bool:
    """Return whether pounds are money: with a scale, or no word of weight nearby."""
    if bare.scale >= 1_000_000:
        return True
    near = {tokens[n].low for n in range(bare.first - 12, bare.last + 8)}
    return not near & _WEIGHT and "£" in tokens.text


def _duration(tokens: Tokens, bare: Reading, step: int) -> Reading | None:
    token = tokens[step]
    if token.low in _RUNNING and period_of(tokens[step + 1].low):
        step, token = step + 1, tokens[step + 1]
    period = period_of(token.low)
    letters = {"h": "hour", "s": "second", "min": "minute", "d": "day"}
    if not period and not token.gap and step == bare.last:
        period = letters.get(token.low, "") if token.text.islower() else ""
        if token.low == "s" and (float(bare.value) >= 1000 or bare.value % 10 == 0):
            period = ""
    if not period:
        return None
    if token.low == "second" and step == bare.last:
        return None
    if period in ("day", "night") and tokens[step + 1].low in ("above", "below"):
        return None  # they are counted: ten nights above 75 degrees
    value = iso_duration(bare.value, period)
    found = replace(bare, last=step + 1, type="duration", value=value, unit=f"{period}s")
    return _half_after(tokens, found, bare, period)


_RUNNING = word_set("consecutive straight successive full more long whole further additional extra")
"""Adjectives that may stand between a number and its length of time."""


_PARTS: dict[tuple[str, ...], float] = {
    ("and", "a", "half"): 0.5,
    ("and", "a", "quarter"): 0.25,
    ("and", "three", "quarters"): 0.75,
}


def part_after(tokens: Tokens, i: int) -> float:
    """Return the part of a length of time that three words add to it, or nought."""
    return _PARTS.get(tokens.lows(i, 3), 0)


def _half_after(tokens: Tokens, found: Reading, bare: Reading, period: str) -> Reading:
    """Add ``and a half``, ``and a quarter``, or the smaller parts: 2 hours and 15 minutes."""
    last = found.last
    if part := part_after(tokens, last):
        value = iso_duration(bare.value + part, period)
        return replace(found, last=last + 3, value=value)
    step = last + (tokens[last].low in ("and", ","))
    count = count_at(tokens, step)
    smaller = _smaller_part(tokens, count, period) if count else ""
    if not count or not smaller:
        return found
    follows = tokens[count.last + 1].low in _FROM_THEN or smaller != _NEXT.get(period)
    if tokens[last].low == "," and follows:
        return found
    longer = replace(found, last=count.last + bool(period_of(tokens[count.last].low)))
    longer = replace(longer, value=_joined_length(str(found.value), count.value, smaller))
    return _half_after(tokens, longer, replace(bare, value=count.value), smaller)


_NEXT = {"hour": "minute", "minute": "second", "year": "month"}
"""The part that follows a length of time after a comma, or without its name."""
_FROM_THEN = word_set("ago later earlier before after into from")


def _smaller_part(tokens: Tokens, count: Count, period: str) -> str:
    """Return the period of a number after a longer one, named or not, or nothing.

    ``2 hours 15 minutes``; ``1 minute 25`` where the number counts nothing else.
    """
    if count.value >= 60 or count.scale != 1 or period in ("day", "week"):
        return ""
    after = tokens[count.last]
    named = period_of(after.low)
    order = list(PERIODS)
    if named:
        return named if order.index(named) < order.index(period) else ""
    digits = tokens[count.last - 1]
    bare = period in ("hour", "minute") and digits.text.isdigit() and digits.gap == " "
    counting = after.kind == "word" and after.low not in FUNCTION_WORDS
    led = period_of(tokens[count.last - 2].low) != ""
    free = not counting and after.kind in ("word", "mark", "end") and after.text not in _COUNTERS
    return _NEXT[period] if bare and led and free else ""


_COUNTERS = ("%", "-", "–", ":", "/", "°")
"""Marks after a number that is no bare one."""


def _joined_length(head: str, value: Number, period: str) -> str:
    rest = iso_duration(value, period).removeprefix("P")
    return head + (rest.removeprefix("T") if "T" in head else rest)


def _measure(tokens: Tokens, bare: Reading, step: int) -> Reading | None:
    token = tokens[step]
    if token.kind in ("end", "digits") or token.gap == "\n":
        return None
    if token.kind == "mark" and token.text not in "°″µ":
        return None
    tight = not token.gap
    for length in (5, 4, 3, 2, 1):
        end = step + length
        if tokens[end - 1].kind == "end":
            continue
        phrase = tokens.said(step, end)
        loose = length == 1 and token.low in _LOOSE and not tight
        if len(phrase) > 40 or (loose and not _is_extent(tokens, bare, step)):
            continue
        name = measure_of(phrase)
        casks = name == "barrels" and _tells_of_casks(tokens.text)
        if name and not casks and (name != "bars" or _is_pressure(tokens, end)):
            found = replace(bare, last=end, type="quantity", unit=name)
            return _per_measure(tokens, _feet_and_inches(tokens, found))
    bracketed = tokens[bare.first - 1].text == "(" and tokens[step + 1].text == ")"
    if token.text in ("C", "F") and (tight or bracketed or _is_warm(tokens, step)):
        unit = f"°{token.text}"
        return replace(bare, last=step + 1, type="quantity", unit=unit)
    return None


_CASKS = re.compile(r"\b(?:vines?|vineyards?|winemaker|grapes?|distillery|whisk(?:y|ey)|brewery)\b")
"""Words of a text whose barrels are casks, which are counted."""


@functools.lru_cache(maxsize=8)
def _tells_of_casks(text: str) -> bool:
    return _CASKS.search(text) is not None


_WARM = word_set(
    "warms warm warmed warmer warming temperature temperatures heat heats heated cold colder cool "
    "cools cooled cooler freezing froze thaw thermometer thermometers mercury"
)


def _is_warm(tokens: Tokens, i: int) -> bool:
    """Return whether a loose C or F ends a temperature: the water warms to ``4 C``."""
    after = tokens[i + 1]
    free = after.kind in ("mark", "end") or after.low in FUNCTION_WORDS
    free = free and after.text not in ("'", "’", "-", "&", "/")
    return free and bool(_WARM & {*tokens.lows(i - 12, 12), *tokens.lows(i + 1, 6)})


def _is_pressure(tokens: Tokens, i: int) -> bool:
    """Return whether the bars before a token are of pressure, by the text and what they do."""
    after = tokens[i]
    other = after.low == "of" and tokens[i + 1].low != "pressure"  # of gold
    return "pressure" in tokens.text.lower() and not other and not is_acting(after)


_WEIGHED = word_set("weigh weighs weighed weighing lost gained shed lose gain")


_METRIC = word_set("km cm mm kilometres kilometers centimetres metres meters depth altitude")


def _is_extent(tokens: Tokens, bare: Reading, step: int) -> bool:
    """Return whether a loose m is metres, a loose stone a weight: ``300 m wide``."""
    if tokens[step].text == "K":
        return tokens[step + 1].kind != "word" or tokens[step + 1].low in FUNCTION_WORDS
    if tokens[step].text == "g" and "acceleration" in tokens.lows(bare.first - 8, 8):
        return True
    if tokens[step].low == "stone":
        free = tokens[step + 1].kind != "word" or tokens[step + 1].low in FUNCTION_WORDS
        return free or bool(_WEIGHED & set(tokens.lows(bare.first - 3, 3)))
    extent = ("wide", "long", "high", "deep", "tall", "above", "below", "away", "thick")
    after = tokens[step + 1]
    free = after.kind != "word" or after.low in FUNCTION_WORDS
    wide = after.low in extent or (free and bool(_METRIC & set(tokens.lows(step - 9, 20))))
    return tokens[step].text == "m" and wide and bare.scale == 1


def _per_measure(tokens: Tokens, found: Reading) -> Reading:
    """Take in the measure to which a quantity is related: ``188.8 bushels per acre``."""
    step = found.last + 1
    slash = tokens[found.last].text == "/" and not tokens[found.last].gap
    unit = measure_of(tokens[step].text) if slash and not tokens[step].gap else ""
    if unit:
        return replace(found, last=step + 1, unit=f"{found.unit}/{tokens[step].text}")
    if tokens[found.last].low != "per":
        return found
    for end in (step + 2, step + 1):
        if tokens[end - 1].kind == "word" and measure_of(tokens.said(step, end)):
            unit = f"{found.unit} per {tokens.said(step, end)}"
            return replace(found, last=end, unit=unit)
    return found


def _feet_and_inches(tokens: Tokens, found: Reading) -> Reading:
    small = {"feet": ("inches", 12), "stone": ("pounds", 14), "pounds": ("ounces", 16)}
    if inches := _unnamed_inches(tokens, found):
        last, parts = found.last + 1 + tokens.hyphen(found.last), small[found.unit][1]
        return replace(found, last=last, value=whole(found.value + inches / parts))
    if found.unit not in small or tokens[found.last].kind != "digits":
        return found
    unit, parts = small[found.unit]
    name = measure_of(tokens[found.last + 1].text)
    if name != unit:
        return found
    rest = float(tokens[found.last].text.replace(",", ""))
    value = whole(found.value + rest / parts)
    return replace(found, last=found.last + 2, value=value)


def _unnamed_inches(tokens: Tokens, found: Reading) -> int:
    """Return the number behind feet or stones that measures on: ``six foot two``, or nought."""
    foot = tokens[found.last - 1].low in ("foot", "ft", "stone", "st")
    step = found.last + tokens.hyphen(found.last)
    token, after = tokens[step], tokens[step + 1]
    value = CARDINALS.get(token.low, int(token.text) if token.text.isdigit() else 0)
    ended = after.kind in ("mark", "end") or after.low in ("and", "in", "with", "when")
    ended = ended and after.text not in _COUNTERS and (after.kind != "word" or after.gap != "")
    return value if foot and ended and value < 12 + 2 * (found.unit == "stone") else 0


FUNCTION_WORDS = word_set(
    "the a an of in on at to for from by with and or but as than that which who is are was were be "
    "been has have had will would can could may might its their his her after before when while "
    "into over under up down out more less fewer per each other others not so if this these"
)


def noun_after(tokens: Tokens, i: int) -> str:
    """Return the noun that a number counts, with what stands before it; empty for none."""
    words = []
    for n in range(i, i + 3):
        token = tokens[n]
        if token.kind != "word" or token.low in FUNCTION_WORDS or token.gap == "\n":
            break
        words.append(token.text)
        if token.low.endswith("s") or token.low in ("people", "men", "women", "children"):
            return " ".join(words)
        if tokens[n + 1].kind != "word":
            break
    return words[0] if words else ""


@functools.lru_cache(maxsize=16)
def range_at(tokens: Tokens, i: int) -> Reading | None:
    """Return the range, or the item alone, that begins at a token; ``between`` belongs to it."""
    between = tokens[i].low == "between"
    first = item_at(tokens, i + 1 if between else i)
    if first is None:
        return None
    joined = _joiner(tokens, first, between)
    second = item_at(tokens, joined) if joined else None
    if second is None:
        return None if between else first
    together = _together(first, second, between or tokens.hyphen(first.last))
    if together is None or (not between and _is_change(tokens, first, second)):
        return None if between else first
    return replace(together, first=i)


CHANGES = word_set(
    "added gained rose jumped climbed fell lost shed dropped slipped eased dipped sank slid surged "
    "down up rallied advanced declined tumbled adding gaining losing shedding"
)
"""Verbs before a change and a new level: ``added 0.75 euros to 194.25 euros``."""


_FAR_APART = 4
"""How many times a change the level is that follows it, at least: rose 3.2 to 41.15."""


def _is_change(tokens: Tokens, first: Reading, second: Reading) -> bool:
    """Return whether a number is by how much something rose, and the next to what."""
    changed = tokens[first.first - 1].low in CHANGES and tokens[first.last].low == "to"
    numbers = first.type == second.type == "number"
    return changed and numbers and second.value > _FAR_APART * first.value


def _joiner(tokens: Tokens, first: Reading, between: bool) -> int:
    """Return the token after what joins two ends of a range, or 0."""
    last = first.last
    if between:
        return last + 1 if tokens[last].low in ("and", "to", "-", "–") else 0
    if tokens.hyphen(last):
        step = last + 1
        if tokens[step].low == "to":
            return step + 2 if tokens.hyphen(step + 1) else 0
        return step
    dashed = tokens[last].text in ("-", "–") and tokens[last + 1].low == "to"
    if dashed and tokens[last + 1].gap:
        return last + 2
    before = tokens[first.first - 1].low
    changed = before == "by" or before in CHANGES
    before = "from" if changed and first.type != "number" else before
    ranging = tokens[first.first - 2].low in ("ranging", "range", "ranged", "anywhere", "anything")
    if tokens[last].low == "to" and (before != "from" or ranging):
        return last + 1
    near = _next_number(tokens, first) or _next_sum(tokens, first)
    return last + 1 if tokens[last].low == "or" and near else 0


_ROUND = re.compile(r"[1-9]\d?0+")


def _next_sum(tokens: Tokens, first: Reading) -> bool:
    """Return whether ``or`` joins two round sums that lie near each other: £25,000 or £30,000."""
    second = item_at(tokens, first.last + 1) if first.type == "money" else None
    if second is None or second.type != "money" or second.unit != first.unit:
        return False
    low, high = first.value, second.value
    even = all(_ROUND.fullmatch(str(value)) for value in (low, high))
    return even and low < high <= 1.5 * low


def _next_number(tokens: Tokens, first: Reading) -> bool:
    """Return whether ``or`` joins neighbours: three or four, 10 or 12."""
    second = item_at(tokens, first.last + 1)
    if second is None or first.type != "number":
        return False
    value = _amount(second.value) if second.type == "duration" else second.value
    if not isinstance(value, int | float):
        return False
    step = value - first.value
    aged = tokens[first.first - 1].low in ("be", "is", "was", "m", "s", "turned", "aged")
    tens = step == 10 and value % 10 == 0 and value <= 100  # 50 or 60
    return (0 < step <= 2 and value < 20) or (((step == 1 and value < 1000) or tens) and not aged)


def _together(first: Reading, second: Reading, hyphened: bool) -> Reading | None:
    """Return two ends as a range, the first taking scale and unit of the second."""
    low, high, scale = first.value, second.value, second.scale
    if second.type == "duration":
        low_number = low if first.type == "number" else _amount(str(low))
        high_number = _amount(str(high))
        if first.type not in ("number", "duration") or low_number is None or high_number is None:
            return None
        low, high = low_number, high_number
    elif not _alike(first, second) and not (hyphened and second.type == "number"):
        return None
    if first.scale == 1 and scale > 1 and low < 1000:
        low = whole(low * scale)
    if second.type == "money" and first.type == "number" and high and isinstance(high, float):
        low = whole(low * 0.01) if high < 1 < low else low
    named = first.type not in ("number",) and second.type == "number"
    unit = first.unit if named else second.unit
    if low >= high:
        return None
    return Reading(first.first, second.last, "range", [low, high], unit, scale=scale)


def _alike(first: Reading, second: Reading) -> bool:
    """Return whether two ends measure the same, or one of them only counts."""
    if isinstance(first.value, str):
        return False
    money = first.type == second.type == "money"
    if money and first.unit != second.unit:
        return False
    return first.type in ("number", second.type)


def _amount(duration: str) -> Number | None:
    """Return the number of a plain duration: ``P3Y`` is 3."""
    digits = duration.strip("PTYMWDHS")
    try:
        return whole(float(digits))
    except ValueError:
        return None
