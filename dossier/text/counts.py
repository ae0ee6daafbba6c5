"""Bare numbers: digits with their scale, number words, fractions, ordinals.

A scale belongs to the number (``2.5 million`` is 2500000, ``Rs 2.14 lakh crore`` multiplies both).
"One" counts only before the word it counts; ``dozens`` and ``tens of thousands`` are bounds.
"""

import functools
import unicodedata
from typing import NamedTuple

from dossier.text.currencies import NATIONS
from dossier.text.lexer import Tokens
from dossier.text.words import CARDINALS, FRACTIONS, LARGE, LETTERS, ORDINALS, PLURALS, word_set

Number = int | float
GLYPHS = {sign: unicodedata.numeric(sign) for sign in "½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
_TEENS = 20
_LONGEST = 16
"""Tokens of the longest number."""


class Count(NamedTuple):
    """A number that ends before token ``last``; ``scale`` is what its scale multiplied it by."""

    value: Number
    last: int
    scale: Number = 1
    bound: str = "exact"
    spelt: bool = False


def whole(value: Number) -> Number:
    """Return a number as an int where it is one; twelve significant digits."""
    value = float(f"{value:.15g}")
    return int(value) if value.is_integer() else value


@functools.lru_cache(maxsize=16)
def count_at(tokens: Tokens, i: int, money: bool = False) -> Count | None:
    """Return the number that begins at a token, with its scale; ``money`` admits ``5m``."""
    token = tokens[i]
    if token.kind == "digits":
        value: Number = float(token.text.replace(",", ""))
        last = i + 1
        if tokens[last].text in GLYPHS:
            value, last = value + GLYPHS[tokens[last].text], last + 1
        return _scaled(tokens, value, last, money)
    if token.text in GLYPHS:
        return _scaled(tokens, GLYPHS[token.text], i + 1, money)
    if token.kind != "word":
        return None
    return _plural(tokens, i) or _half_scale(tokens, i) or _spelt(tokens, i)


def _scaled(tokens: Tokens, value: Number, last: int, money: bool) -> Count:
    scale: Number = 1
    while scale < 1e15:
        step = last + 1 if tokens.hyphen(last) else last
        word = tokens[step]
        if word.low in LARGE and word.low != "dozen":
            scale, last = scale * LARGE[word.low], step + 1
        elif word.low in LETTERS and _is_scale(tokens, step, money):
            scale, last = scale * LETTERS[word.low], step + 1
        else:
            break
    return Count(whole(value * scale), last, scale)


_LENGTHS = word_set(
    "tall high long wide deep sprint race hurdles freestyle relay from away below above final "
    "butterfly backstroke breaststroke dash record medley steeplechase up down"
)


_CURRENCIES = word_set(
    "dollars euros pounds yen yuan rupees kronor kroner krona francs roubles pesos zloty rand won"
)


_WIRED = word_set("mn mln bn bln tn trn")
"""Scales that a space may part from their number before a currency: 340 mln euros."""


def _is_currency(low: str) -> bool:
    return low in _CURRENCIES or low in NATIONS


def _is_scale(tokens: Tokens, i: int, money: bool) -> bool:
    """Return whether letters at digits are a scale: ``5m people``, but ``100m sprint``."""
    letters, after = tokens[i].low, tokens[i + 1]
    wired = letters in _WIRED and _is_currency(after.low)
    if tokens[i].gap or money:
        return wired or (money and (not tokens[i].gap or letters not in ("m", "k", "b")))
    if letters in ("b", "cr"):
        return False
    if letters == "k":
        return after.low not in ("run", "race", "walk", "display", "video", "screen")
    if letters != "m":
        return True
    if after.text == ")" and tokens[i - 2].text == "(":
        return bool({"million", "billion"} & set(tokens.lows(max(i - 25, 0), 40)))  # India (2.1m)
    if _is_currency(after.low) or after.low in ("km", "kg", "ha", "square", "cubic"):
        return True
    if after.low in ("has", "was", "is", "as") or tokens[i - 2].low == "the":
        return False
    return after.kind == "word" and after.low not in _LENGTHS and after.low.endswith(("s", "le"))


def _plural(tokens: Tokens, i: int) -> Count | None:
    low = tokens[i].low
    if low not in PLURALS or (low == "scores" and tokens[i + 1].low != "of"):
        return None
    value, last = PLURALS[low], i + 1
    while tokens[last].low == "of" and tokens[last + 1].low in PLURALS and last < i + 6:
        value, last = value * PLURALS[tokens[last + 1].low], last + 2
    if tokens[last].low == "of" and tokens[last + 1].low in LARGE:
        value, last = value * int(LARGE[tokens[last + 1].low]), last + 2
    return Count(value, last, value, "at_least", True)


_VAGUE = ("several", "few")
_ROUND = word_set("dozen hundred thousand million billion trillion lakh crore")


def _half_scale(tokens: Tokens, i: int) -> Count | None:
    """Read ``half a million``, ``a quarter-million``, ``several hundred``, ``a dozen``."""
    low = tokens[i].low
    at = i + (tokens.lows(i, 2) == ("a", "few"))
    if tokens[at].low in _VAGUE and tokens[at + 1].low in _ROUND:
        scale = LARGE[tokens[at + 1].low]
        return Count(scale, at + 2, scale, "at_least", True)
    if tokens.lows(i, 3) == ("a", "couple", "of") and tokens[i + 3].low in _ROUND:
        scale = LARGE[tokens[i + 3].low]
        return Count(2 * scale, i + 4, scale, "about", True)
    share = fraction_at(tokens, i)
    if share and tokens.lows(share.last, 2) == ("of", "a") and tokens[share.last + 2].low in _ROUND:
        scale = LARGE[tokens[share.last + 2].low]
        return Count(whole(round(share.value * scale, 4)), share.last + 3, scale, spelt=True)
    part = {"half": 2, "quarter": 4}.get(tokens[i + (low == "a")].low, 0)
    step = i + 1 + (low == "a")
    while part and tokens[step].low in ("a", "of", "-") and step < i + 6:
        step += 1
    mill = low == "half" and tokens.lows(i + 1, 2) == ("a", "mill")
    if mill and any(sign in tokens.text for sign in "£$€") and tokens[i + 3].kind != "word":
        return Count(500_000, i + 3, 1_000_000, spelt=True)
    if part and tokens[step].low in _ROUND:
        scale = LARGE[tokens[step].low]
        return Count(whole(scale / part), step + 1, scale, spelt=True)
    if low in ("a", "an") and tokens[i + 1].low in LARGE:
        found = _spelt(tokens, i + 1)
        return found and _and_fraction(tokens, found)
    return None


def _spelt(tokens: Tokens, i: int) -> Count | None:
    """Read number words: ``twenty-one``, ``two hundred and fifty thousand``."""
    total, current, last, scale = 0, 0, i, 1
    while last < i + _LONGEST:
        step = last + 1 if last > i and tokens.hyphen(last) else last
        low = tokens[step].low
        if low == "and" and last > i and current % 100 == 0 and scale > 1:
            step, low = step + 1, tokens[step + 1].low
            if low not in CARDINALS:
                break
        if low in CARDINALS and _fits(current, CARDINALS[low]):
            current += CARDINALS[low]
        elif low in LARGE and (last > i or low not in ("m",)):
            scale = LARGE[low]
            total, current = _multiplied(total, current or 1, scale)
        else:
            break
        last = step + 1
    if last == i:
        return None
    return _and_fraction(tokens, Count(total + current, last, scale, spelt=True))


def _fits(current: int, digit: int) -> bool:
    """Return whether a word adds to those before it: ``twenty-one``, not ``two three``."""
    rest = current % 100
    return rest == 0 or (rest >= _TEENS and rest % 10 == 0 and 0 < digit < 10)


def _multiplied(total: int, current: int, scale: int) -> tuple[int, int]:
    """Return what is complete and what goes on: ``hundred`` and ``dozen`` go on."""
    if scale <= 100:
        return total, current * scale
    return (total + current) * scale if total and total < scale else total + current * scale, 0


def _and_fraction(tokens: Tokens, count: Count) -> Count:
    """Add ``and a half``, ``-and-a-half``, and the scale after it (one and a half million)."""
    step = count.last
    words = [step + n for n in range(6) if tokens[step + n].text != "-"][:3]
    lows = [tokens[n].low for n in words]
    part = {"half": 0.5, "quarter": 0.25}.get(lows[2]) if lows[:2] == ["and", "a"] else None
    if lows == ["and", "three", "quarters"]:
        part = 0.75
    if part is None:
        return count
    value, last = count.value + part * count.scale, words[2] + 1
    if count.scale == 1 and tokens[last].low in LARGE:
        scale = LARGE[tokens[last].low]
        return Count(whole(value * scale), last + 1, scale, spelt=True)
    return Count(whole(value), last, count.scale, spelt=True)


def suffix_of(digits: str) -> str:
    """Return the ending of an ordinal in digits.

    >>> suffix_of("21"), suffix_of("112"), suffix_of("3")
    ('st', 'th', 'rd')
    """
    if digits[-2:-1] == "1":
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1:], "th")


def ordinal_at(tokens: Tokens, i: int) -> Count | None:
    """Return the ordinal that begins at a token: ``7th``, ``twenty-first``, ``100th``."""
    token, after = tokens[i], tokens[i + 1]
    if token.kind == "digits" and not after.gap and after.low == suffix_of(token.text):
        return Count(whole(float(token.text.replace(",", ""))), i + 2)
    if token.low in ORDINALS:
        return Count(ORDINALS[token.low], i + 1, spelt=True)
    tens = CARDINALS.get(token.low, 0)
    if tens >= _TEENS and tokens.hyphen(i + 1) and ORDINALS.get(tokens[i + 2].low, 10) < 10:
        return Count(tens + ORDINALS[tokens[i + 2].low], i + 3, spelt=True)
    return None


def fraction_at(tokens: Tokens, i: int) -> Count | None:
    """Return the fraction that begins at a token: ``two-thirds``, ``a third``, ``half``, ``½``."""
    low = tokens[i].low
    if low == "half" and not tokens.hyphen(i + 1):
        return Count(0.5, i + 1, spelt=True)
    step = i + 2 if tokens.hyphen(i + 1) else i + 1
    part = tokens[step].low
    if low in ("a", "an", "one") and part in FRACTIONS:
        return Count(1 / FRACTIONS[part], step + 1, spelt=True)
    parts = FRACTIONS.get(part.removesuffix("s")) if part.endswith("s") else None
    if CARDINALS.get(low, 0) > 1 and parts:
        return Count(CARDINALS[low] / parts, step + 1, spelt=True)
    return None
