"""The titles of works inside quotation marks: no speech, and what is counted in them no figure."""

import re

from dossier.text.marks import doubled, quoted_spans, undoubled

TITLED = re.compile(
    r"\b(?:titled|entitled|title|album|song|book|novel|film|movie|documentary|paper|play|series|"
    r"single|"
    r"show|musical|essay|lecture|speech|opera|ballet|petition|exhibition|headlined|poem|"
    r"memoir|podcast|video|painting|episode|hit)s?,? ?"
    r"(?:is |was |called |named )?$",
    re.I,
)
"""What stands before the title of a work."""


def is_title(words: str, ended: bool) -> bool:
    """Return whether words in marks are spelt as a title is, and no mark has ``ended`` them."""
    found = words.split()
    if not 1 < len(found) < 12 or ended:
        return False
    large = [w for w in found if w[0].isupper() or w.isdigit()]
    small = [w for w in found if w[0].islower()]
    titled = all(len(w) < 5 for w in small) and (found[0][0].isupper() or found[0].isdigit())
    return titled and len(large) > 1 and len(large) >= len(small)


def titled_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans inside quotation marks that are the title of a work, in order.

    >>> titled_spans("“Seven Winters” beat “Orbit 9”. “Two Men died,” he said.")
    [(1, 14), (22, 29)]
    """
    single, places = undoubled(text)
    return [
        (doubled(places, start), doubled(places, end))
        for start, end in quoted_spans(single)
        if end - start < 60 and is_title(*_as_titled(single, start, end))
    ]


def _as_titled(text: str, start: int, end: int) -> tuple[str, bool]:
    """Return words in marks, and whether a mark ends them that is not the sentence's own."""
    words = text[start:end]
    called = TITLED.search(text[max(start - 40, 0) : start - 1])
    return words, words[-1] in ("!?…—-" if called else ",.!?…—-")
