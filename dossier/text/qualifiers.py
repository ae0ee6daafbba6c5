"""How a figure is qualified, by the words before and after it: exact, about, over, at_least, …"""

import re

from dossier.text.lexer import Tokens
from dossier.text.measures import FUNCTION_WORDS, Reading, measure_of
from dossier.text.turns import is_plural
from dossier.text.words import FRACTIONS, QUALIFIERS, word_set

_WORDS = {
    "about": [
        "roughly",
        "some",
        "almost",
        "circa",
        "estimated",
        "close to",
        "in the region of",
        "nearly",
        "approaching",
        "an estimated",
        "c",
        "ca",
        "approx",
        "in the order of",
        "or so",
        "near",
        "close on",
        "something like",
        "in the vicinity of",
        "getting on for",
        "virtually",
        "towards",
    ],
    "over": [
        "above",
        "exceeding",
        "upwards of",
        "upward of",
        "greater than",
        "north of",
        "in excess of",
        "topped",
        "topping",
        "surpassed",
        "surpassing",
        "exceeded",
        "exceeds",
        "exceed",
        "past",
        "higher than",
        "cross",
        "crosses",
        "crossed",
        "passed",
        "tops",
        "pass",
        "longer than",
        "older than",
        "hotter than",
        "warmer than",
        "faster than",
        "larger than",
        "bigger than",
        "better than",
        "well over",
        "just over",
    ],
    "at_least": [
        "a minimum of",
        "minimum of",
        "minimum",
        "no fewer than",
        "no less than",
        "not less than",
        "not fewer than",
        "as few as",
        "a floor of",
        "as little as",
    ],
    "under": [
        "below",
        "short of",
        "shy of",
        "lower than",
        "smaller than",
        "younger than",
        "colder than",
        "cooler than",
        "shorter than",
        "south of",
        "slower than",
    ],
    "at_most": [
        "as much as",
        "as many as",
        "no more than",
        "not more than",
        "a maximum of",
        "as high as",
        "as long as",
        "as far as",
        "no later than",
        "not exceeding",
        "no longer than",
        "no greater than",
    ],
}
"""Words that qualify, beside those that the report prints (``words.QUALIFIERS``)."""
_BEFORE = {
    tuple(words.split()): name
    for name, more in _WORDS.items()
    for words in (*QUALIFIERS[name], *more)
}
_AFTER: dict[tuple[str, ...], str] = {
    ("or", "so"): "about",
    ("or", "more"): "at_least",
    ("or", "older"): "at_least",
    ("or", "over"): "at_least",
    ("or", "above"): "at_least",
    ("or", "higher"): "at_least",
    ("or", "longer"): "at_least",
    ("and", "over"): "at_least",
    ("and", "older"): "at_least",
    ("and", "above"): "at_least",
    ("and", "up"): "at_least",
    ("or", "less"): "at_most",
    ("or", "fewer"): "at_most",
    ("or", "under"): "at_most",
    ("or", "younger"): "at_most",
    ("and", "under"): "at_most",
    ("or", "below"): "at_most",
}
_SIGNS = {"~": "about", "≈": "about", ">": "over", "<": "under", "≥": "at_least", "≤": "at_most"}
_LONGEST = max(len(words) for words in _BEFORE)
_SPENDING = word_set(
    "wait waits waited waiting last lasts stay stays stayed take takes lasting for "
    "little slightly are were be for just well of lasted took a is was spent after aged than in and"
)


def qualifier_of(tokens: Tokens, reading: Reading) -> str:
    """Return the qualifier of a reading: by its own words, those before it, those after it."""
    if reading.qualifier != "exact":
        return reading.qualifier
    first = reading.first
    while tokens[first - 1].low in ("the", "a", "an", "its", "their"):
        first -= 1
    sign = _SIGNS.get(tokens[reading.first - 1].text)
    if tokens.lows(reading.last, 2) == ("or", "so"):
        return "about"  # above 1,000 metres or so
    return sign or _before(tokens, first, reading) or _after(tokens, reading)


def _before(tokens: Tokens, first: int, reading: Reading) -> str:
    if tokens[first - 1].text == "-" and tokens[first - 2].low in ("over", "under"):
        return tokens[first - 2].low
    for length in range(_LONGEST, 0, -1):
        words = tokens.lows(first - length, length)
        found = _BEFORE.get(words)
        if found and tokens[first].gap != "\n":
            compared = first < reading.first and _is_about_one(tokens, words[-1], reading)
            meant = "exact" if compared else _meant(tokens, first - length, found, reading)
            lead = tokens.lows(first - length - 4, 4)
            denied = _NONE & set(lead) and lead[-1] != "the"
            return _DENIED.get(meant, meant) if denied else meant
    return ""


def _is_about_one(tokens: Tokens, word: str, reading: Reading) -> bool:
    """Return whether a word before an article compares, or leads to a thing with its figure.

    ``less than the $2.70``, ``below the 75% allowed``, ``short of its $5m``, a quarrel ``over a
    £450 fence``.
    """
    article, after = tokens[reading.first - 1].low, tokens[reading.last]
    if word in ("below", "above"):
        return article == "the"
    if word == "of":
        return article in ("the", "its", "their")
    thing = after.kind == "word" and after.low not in FUNCTION_WORDS and not is_plural(after)
    measured = reading.type in ("money", "quantity")
    return word == "than" or (word == "over" and article in ("a", "an") and thing and measured)


_BOUNDS = word_set("limit cap ceiling threshold hurdle target")
_COMPARED = word_set("% percent cent points")
_DATED = word_set("about around circa c ca approximately roughly")
_LENGTHS = word_set("year month day week hour decade minute")
_TOPIC = word_set(
    "concerns questions information talk talked worry worried asked story stories concern know "
    "doubts complaints speaking spoke hear heard hears"
)


_DENIED = {"over": "at_most", "under": "at_least"}
_NONE = word_set("none neither")
"""Words that deny a bound: none of them larger than £9,950."""


def _meant(tokens: Tokens, at: int, found: str, reading: Reading) -> str:
    """Return the qualifier, or exact where its word is a preposition: $5m over five years."""
    word, before = tokens[at].low, tokens[at - 1].low
    counted = tokens[reading.last - 1].low in ("ago", "earlier", "later")
    bounded = found == "at_least" and before == "since"  # since at least November 19
    if reading.type in ("date", "relative") and not (word in _DATED or counted or bounded):
        return "exact"
    if found != "about" and reading.type == "ordinal":
        return "exact"
    if word == "over" and reading.unit.rstrip("s") in _LENGTHS:
        return found if before in _SPENDING else "exact"
    if (
        before in _COMPARED
        or before.removesuffix("s") in FRACTIONS
        or (len(before) > 3 and measure_of(before))
    ):
        return "exact"  # the words compare: 40% over the $440 million
    if found in ("over", "under") and tokens[reading.last].low in _BOUNDS:
        return "exact"
    if word == "past" and (reading.type in ("duration", "time") or before in _BEFORE_PAST):
        return "exact"
    if word == "about" and before in _TOPIC:
        return "exact"
    return "exact" if _is_preposition(tokens, at, reading) else found


_BEFORE_PAST = word_set("the half its his her their our my your s")
_HANDED = re.compile(
    r"(?:hand|turn|sign|carr|roll|bring|brought|win|won|mull|stretch|spread|scatter|strewn)[a-z]*"
)
_TAKEN = word_set("take takes took taking taken")
_TAKEN_OVER = ("percentage", "money", "relative")
"""What is taken over, or when somebody took over: 14 months ago."""
_PLANS = word_set(
    "plan plans deal law scheme rule rules act bill proposal proposals contract system "
    "programme program terms regime policy arrangement model order"
)


def _is_preposition(tokens: Tokens, at: int, reading: Reading) -> bool:
    """Return whether under and over say no bound: ``Under the plan``, ``handing over 43%``."""
    word, before = tokens[at].low, tokens[at - 1].low
    if word == "over":
        taken = before in _TAKEN and reading.type in _TAKEN_OVER
        return taken or bool(_HANDED.fullmatch(before))
    served = before in ("served", "serve", "serving", "worked")
    planned = bool(_PLANS & set(tokens.lows(reading.last, 3)))
    covered = tokens[reading.last].low == "of" and tokens[reading.last + 1].low in _COVERS
    return word == "under" and (served or covered or (planned and at + 1 < reading.first))


_COVERS = word_set("water snow ice rubble mud sand soil earth rock stone ash silt peat sediment")
"""What something lies under: the wreck is under 30 metres of water."""


def _after(tokens: Tokens, reading: Reading) -> str:
    last = reading.last
    for step in (last, last + 1, last + 2):
        if tokens[step].kind == "mark" and tokens[step].text not in ("-", "–"):
            break
        if tokens[step].kind == "digits" or tokens[step].low in ("is", "are", "was", "were"):
            break
        found = _AFTER.get(tokens.lows(step, 2))
        if found and tokens[step + 2].low != "to":
            return found
    if tokens[last].text == "-" and tokens[last + 1].low in ("odd", "ish", "plus"):
        return "at_least" if tokens[last + 1].low == "plus" else "about"
    if tokens[last].text == "+" and not tokens[last].gap:
        return "at_least"
    return "exact"
