"""The words of English for numbers, times and qualifiers: the only list of each."""

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

QUALIFIERS = {
    "exact": [""],
    "about": ["approximately", "about", "around", "nearly"],
    "at_least": ["at least"],
    "over": ["over", "beyond", "more than"],
    "at_most": ["at most", "up to"],
    "under": ["under", "fewer than", "less than"],
}
"""How each qualifier may be worded; a stated fact prints the article's own word if it has one."""


def alternatives(words: list[str] | tuple[str, ...]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def qualifier_pattern(qualifier: str) -> re.Pattern[str]:
    """Return the pattern of a qualifier's words; ``over the next`` is no bound, but a time."""
    return re.compile(rf"\b(?:{alternatives(QUALIFIERS[qualifier])})\b(?! the next)", re.I)


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them.

    >>> listed(["Ann", "Bob", "Cid"])
    'Ann, Bob and Cid'
    """
    *others, end = names
    return " and ".join(filter(None, [", ".join(others), end]))
