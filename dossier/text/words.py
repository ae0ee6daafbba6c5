"""The words of English for numbers, times and qualifiers: the only list of each."""

import functools
import re
from collections.abc import Iterable

CARDINALS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
SMALL = tuple(list(CARDINALS)[:10])
"""Nought to nine: whole numbers of things below ten are spelt out in prose."""

MULTIPLES = ["half", "third", "quarter", "first", "second", "twice", "once", "double", "both"]
"""Words that count without being cardinals."""

SINGLE = {"a": 1, "an": 1, "another": 1}
"""Words that may state one thing."""

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

TEMPORAL = [
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "currently",
    "now",
    "annual",
    "annually",
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "decade",
    "decades",
    "century",
]
"""Words that place something in time; weekdays and months count with a capital alone."""

LARGE = SCALES | {"lakh": 100_000, "lakhs": 100_000, "crore": 10_000_000, "crores": 10_000_000}
"""Scales as a text may write them, those of India with them."""
LETTERS = {
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "bn": 1_000_000_000,
    "b": 1_000_000_000,
    "bln": 1_000_000_000,
    "tn": 1_000_000_000_000,
    "trn": 1_000_000_000_000,
    "cr": 10_000_000,
}
"""Scales that stand at the digits: ``40bn``, ``12k``."""
PLURALS = {
    "tens": 10,
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1_000,
    "lakhs": 100_000,
    "millions": 1_000_000,
    "crores": 10_000_000,
    "billions": 1_000_000_000,
    "trillions": 1_000_000_000_000,
}
"""Words that say at least how many."""
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
    "hundredth": 100,
    "thousandth": 1_000,
    "millionth": 1_000_000,
} | {f"{word}th": n for word, n in CARDINALS.items() if 13 <= n <= 19}
FRACTIONS = {"half": 2, "halves": 2, "third": 3, "quarter": 4} | {
    word: n for word, n in ORDINALS.items() if n > 3
}
"""Into how many parts a word divides; its plural ends in s."""
AGES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
"""Decades of a life, or of a century."""
TIMES = {
    "double": 2,
    "doubled": 2,
    "doubles": 2,
    "doubling": 2,
    "twice": 2,
    "thrice": 3,
    "triple": 3,
    "tripled": 3,
    "triples": 3,
    "tripling": 3,
    "treble": 3,
    "trebled": 3,
    "quadruple": 4,
    "quadrupled": 4,
    "quadrupling": 4,
    "halve": 0.5,
    "halved": 0.5,
    "halving": 0.5,
    "twofold": 2,
    "threefold": 3,
    "fourfold": 4,
    "fivefold": 5,
    "sixfold": 6,
    "tenfold": 10,
    "hundredfold": 100,
}
"""Words that multiply."""
SHORT_MONTHS = {month[:3]: n for n, month in enumerate(MONTHS, start=1)} | {"Sept": 9}
SHORT_DAYS = {day[:3]: n for n, day in enumerate(WEEKDAYS)} | {"Tues": 1, "Thur": 3, "Thurs": 3}
PERIODS = {
    "second": "PT{}S",
    "minute": "PT{}M",
    "hour": "PT{}H",
    "day": "P{}D",
    "night": "P{}D",
    "week": "P{}W",
    "fortnight": "P{}F",
    "month": "P{}M",
    "quarter": "P{}Q",
    "year": "P{}Y",
    "decade": "P{}X",
    "century": "P{}C",
    "millennium": "P{}K",
}
"""Lengths of time as ISO 8601 writes them; F, Q, X, C and K are multiples of the next smaller."""

QUALIFIERS = {
    "exact": [""],
    "about": ["approximately", "about", "around", "nearly"],
    "at_least": ["at least"],
    "over": ["over", "beyond", "more than"],
    "at_most": ["at most", "up to"],
    "under": ["under", "fewer than", "less than"],
}
"""How each qualifier may be worded; a stated fact prints the article's own word if it has one."""

USUAL = {"about": "about", "at_least": "at least", "over": "over", "at_most": "at most"} | {
    "under": "under"
}
"""How a qualifier is worded where no word of the article's own is printed."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a line, as a set."""
    return frozenset(words.split())


DESIGNATED = word_set(
    "accession aisle apartment applicant artefact badge balcony barge barracks barrel "
    "basement batch battalion battery bay bed bench berth bidder bin boat booth borehole "
    "brigade bungalow bunker buoy burrow cabin cabinet cadet cage camera candidate canister "
    "car carriage cave charge cist coach code compartment complaint constituency container "
    "condition contestant corridor cottage counter crane crate crater criterion cubicle dam "
    "department depot desk detachment detainee detector district dock donor door dormitory dose "
    "draft drawer drill drone element elevator employee enclosure entrance entry error escalator "
    "exercise extension ferry field finding firefighter flask floor folder frame freezer fund "
    "furnace garage generator greenhouse guideline hall hatch heading helicopter hill hoist "
    "hut individual informant inmate intersection item kiln kilometer kilometre kiosk "
    "laboratory layer lecture lesson lift lighthouse lock locker lorry machine mast matchday "
    "module monitor objective officer oven package panel paragraph parcel participant "
    "passenger pathogen pathway pavilion pen permit pillar pipeline plane platoon plot pod "
    "point pole pond pool position post precinct primary prisoner problem protocol pump "
    "quarry race rack recipient recommendation recorder reel regiment region relay "
    "requirement reservoir respondent roundabout row sample seat segment sensor sentence "
    "server session severity shaft shelf shelter signal silo sluice soldier specimen squad "
    "stand standard station student substation sura tank tap target task taxi tent theatre "
    "theorem ticket tier tomb tractor trailer tranche transformer tray troop truck trustee tunnel "
    "turbine valve van variant vat vault vial volunteer waypoint week weir winch window "
    "workshop workstream"
)
"""What news texts number, one by one: places, things, papers, people; no verbs but by chance."""


def alternatives(words: list[str] | tuple[str, ...]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def by_letter(choices: str) -> str:
    """Return a pattern of choices that matches the same, its choices behind their first letters.

    A place is held against each letter once, not against each of hundreds of words.

    >>> by_letter("said|told|says|put to (?:him|her)")
    's(?:aid|ays)|t(?:old)|p(?:ut to (?:him|her))'
    """
    rest: dict[str, list[str]] = {}
    for choice in re.split(r"\|(?![^(]*\))", choices):
        rest.setdefault(choice[0], []).append(choice[1:])
    return "|".join(f"{letter}(?:{'|'.join(ends)})" for letter, ends in rest.items())


@functools.cache
def qualifier_pattern(qualifier: str) -> re.Pattern[str]:
    """Return the pattern of a qualifier's words; ``over the next`` is no bound, but a time.

    >>> [bool(qualifier_pattern("over").search(w)) for w in ("over 1.5", "over the long term")]
    [True, False]
    """
    time = r"(?! the (?:next|past|last|coming|long|medium|short)\b)"
    return re.compile(rf"\b(?:{alternatives(QUALIFIERS[qualifier])})\b{time}", re.I)


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them.

    >>> listed(["Ann", "Bob", "Cid"])
    'Ann, Bob and Cid'
    """
    *others, end = names
    return " and ".join(filter(None, [", ".join(others), end]))
