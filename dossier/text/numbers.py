"""Numbers as they are read and as they are printed."""

import functools
import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from dossier.text.words import CARDINALS, MONTHS, SCALES, SINGLE, SMALL, alternatives

DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
"""A run of digits with what groups them."""
SPELT = re.compile(
    rf"\b(?:{alternatives([w for w in (*CARDINALS, *SCALES) if w not in ('zero', 'one')])})\b", re.I
)
"""Number words that need a fact. "One" does not: in prose it seldom counts anything."""
_SHOWN = re.compile(r"\bof the two\b|\bthe two\b|\bthese two\b")
"""Counts that the sentence itself shows."""


def find_digits(text: str) -> list[str]:
    """Return the runs of digits of a text, in order.

    >>> find_digits("about 1,001 km on 8 July, C16")
    ['1,001', '8', '16']
    """
    return DIGITS.findall(text)


def without_names(text: str, names: Iterable[str]) -> str:
    """Return a text without names that hold a digit, such as A4, and counts that it shows itself.

    >>> without_names("The A4 and 3 more", ["A4"])
    'The  and 3 more'
    """
    named = tuple(names)
    return _SHOWN.sub("", _of_names(named).sub("", text) if named else text)


@functools.lru_cache(maxsize=8)
def _of_names(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(names)})\b")


def find_typed(text: str, names: Iterable[str] = ()) -> list[str]:
    """Return the numbers of a text that need a fact: digits first, then number words.

    >>> find_typed("Six of 1,001, by the A4", ["A4"])
    ['1,001', 'Six']
    """
    words = without_names(text, names)
    return find_digits(words) + SPELT.findall(words)


def whole_number(text: str, names: Iterable[str] = ()) -> str:
    """Return the first number of a text that needs a fact, with all that it is written with.

    >>> whole_number("On 7 July 2024, by the A4", ["A4"]), whole_number("some EUR 40bn a year")
    ('7 July 2024', 'EUR 40bn')
    >>> whole_number("It has two hundred and five rooms."), whole_number("of the two")
    ('two hundred and five', '')
    """
    words = without_names(text, names).split()
    of_number = [bool(re.search(r"\d", word) or SPELT.search(word)) for word in words]
    if True not in of_number:
        return ""
    first = of_number.index(True)
    last = first
    for n in range(first + 1, len(words)):
        if words[n - 1][-1] in ".,;:)" or not (of_number[n] or words[n] in ("and", *MONTHS)):
            break
        last = n if of_number[n] or words[n] in MONTHS else last
    first -= first > 0 and bool(re.fullmatch(r"[A-Z]{3}", words[first - 1]))
    return " ".join(words[first : last + 1]).strip(".,;:!?()“”\"'’")


def values_stated(words: str) -> set[float]:
    """Return every value that words may state, by digits or number words.

    >>> sorted(values_stated("another 2,500 or five"))
    [1.0, 5.0, 2500.0]
    """
    digits = {float(n.replace(",", "")) for n in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", words)}
    spelt = CARDINALS | SINGLE
    return digits | {float(spelt[w]) for w in re.findall(r"[a-z]+", words.lower()) if w in spelt}


def decimals_of(text: str) -> int:
    """Return how many decimals a number is written with.

    >>> decimals_of("7.20"), decimals_of("600")
    (2, 0)
    """
    return len(text.partition(".")[2])


def number_text(value: float, decimals: int = 0, spell: bool = False) -> str:
    """Return a number as the report prints it.

    Commas for thousands, a true minus, small counts spelt out. A half rounds away from zero, and
    nought, as printed, has no sign; negative ``decimals`` round to tens, hundreds and so on.

    >>> number_text(1001.04), number_text(-0.5, 1), number_text(3, spell=True)
    ('1,001', '−0.5', 'three')
    >>> number_text(-0.0008, 2)
    '0.00'
    >>> number_text(392, -1), number_text(2.125, 2)
    ('390', '2.13')
    """
    if spell and decimals == 0 and float(value).is_integer() and 0 <= value < len(SMALL):
        return SMALL[int(value)] if value else "no"
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{exact or abs(exact):,.{max(decimals, 0)}f}".replace("-", "−")


def signed_text(value: float, decimals: int) -> str:
    """Return a difference with its sign; nought, as printed, has none.

    >>> signed_text(-0.051, 2), signed_text(0.1, 1), signed_text(0.001, 2)
    ('−0.05', '+0.1', '0.00')
    """
    text = number_text(abs(value), decimals)
    return text if float(text.replace(",", "")) == 0 else f"{'+' if value > 0 else '−'}{text}"


def significant(value: float) -> int:
    """Return the number of significant digits of a whole number, trailing zeros left out.

    >>> significant(600), significant(977), significant(1040)
    (1, 3, 3)
    """
    return len(f"{value:.0f}".strip("0")) or 1


def round_to(value: float, digits: int) -> float:
    """Return ``value`` rounded to ``digits`` significant digits.

    >>> round_to(965.6, 2)
    970.0
    """
    return round(value, digits - 1 - math.floor(math.log10(abs(value)))) if value else 0.0


def is_round(value: float) -> bool:
    """Return whether a number is given in whole hundreds: it is meant no more precisely.

    >>> is_round(1200), is_round(977)
    (True, False)
    """
    return value % 100 == 0


_THIN = re.compile(r"(?<=\d) (?=(?:km|m|sq km|kg|km/h|°C|°F)(?!\w))|(?<=\b[A-Z]{3}) (?=\d)")
_RANGE = re.compile(
    r"(?<![\d–-])(\d{4})-(\d{4})(?![\d-])|"
    rf"(?<![\d–-])(\d{{1,2}})-(\d{{1,2}})(?= (?:{alternatives(MONTHS)})\b)"
)


def typeset(text: str) -> str:
    """Return a text as it is set.

    A thin space that does not break stands between a number and its symbol, an en dash in a range.

    >>> text = "EUR 40bn in 2023-2027, 977 km, 9-11 July"
    >>> typeset(text) == "EUR\u202f40bn in 2023–2027, 977\u202fkm, 9–11 July"
    True
    """
    dashed = _RANGE.sub(lambda m: f"{m[1] or m[3]}–{m[2] or m[4]}", text)
    return _THIN.sub("\u202f", dashed)
