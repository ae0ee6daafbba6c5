"""Words in a longer text: whether they stand there, and where something like them does."""

import re
from collections import Counter

_WORD = re.compile(r"\w+")


def plain(text: str) -> str:
    """Return a text with a single space for each run of white space.

    >>> plain("in years,\\n   not weeks ")
    'in years, not weeks'
    """
    return " ".join(text.split())


def nearest(words: str, text: str) -> str:
    """Return the passage of a text, as many words long, that has most words in common.

    Takes a step for each word of the text, so that it may be a long one.

    >>> nearest("we count in days", "It is slow. We count in years, not weeks.")
    'We count in years,'
    """
    wanted = [word.lower() for word in _WORD.findall(words)]
    found = list(_WORD.finditer(text))
    size = min(len(wanted), len(found))
    if not size:
        return ""
    spelt = [match.group().lower() for match in found]
    common = _in_common(wanted, spelt, size)
    # of windows with as many in common, one that begins as the words do
    first = max(range(len(common)), key=lambda n: (common[n], spelt[n] == wanted[0]))
    start, end = found[first].start(), found[first + size - 1].end()
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return plain(text[start:end])


def _in_common(wanted: list[str], spelt: list[str], size: int) -> list[int]:
    """Return how many of the wanted words each window of ``size`` words holds, in order."""
    need, inside = Counter(wanted), Counter(spelt[:size])
    counts = [(need & inside).total()]
    for leaves, enters in zip(spelt, spelt[size:], strict=False):
        lost = inside[leaves] <= need[leaves]
        inside[leaves] -= 1
        inside[enters] += 1
        counts.append(counts[-1] - lost + (inside[enters] <= need[enters]))
    return counts
