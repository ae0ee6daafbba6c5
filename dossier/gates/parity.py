"""All formats print the same, in the same order: every piece of the account; alt texts agree."""

import re
from collections import Counter
from collections.abc import Iterable

from dossier.document.account import LABELS, places
from dossier.export.reading import Reading
from dossier.gates import Finished

MOST = 5
"""How many missing pieces are named for each file."""


def find(finished: Finished) -> list[str]:
    alts = [figure.alt for figure in finished.document.figures()]
    problems = []
    for reading in finished.readings:
        problems += missing(reading, places(finished.document))
        if [alt for alt, _ in reading.alts] != alts:
            problems.append(
                f"{reading.file.name}: the alt texts are not those of the figures; "
                "see the format's template"
            )
    return problems


def squeezed(text: str) -> str:
    """Return a text without white space and hyphens, which formats break differently."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def missing(reading: Reading, account: Iterable[tuple[str, list[str]]]) -> list[str]:
    """Return a problem for each of the first pieces that a file lacks, or has out of order.

    ``account`` gives places with their pieces, as ``document.account.places`` does.
    """
    text, at, problems = squeezed(reading.text), 0, []
    for place, pieces in account:
        start, seen = at, Counter[str]()
        for piece in filter(None, map(squeezed, pieces)):
            begin = at
            if place.endswith(LABELS):  # in any order, each as often as it is drawn
                begin = _after(text, piece, start, seen[piece])
                seen[piece] += 1
            found = text.find(piece, begin)
            if found >= 0:
                at = max(at, found + len(piece))
            else:
                problems.append(
                    f"{reading.file.name}, {place}: {piece[:60]!r} is missing or out of order; "
                    "the files differ, see the templates"
                )
    return problems[:MOST]


def _after(text: str, piece: str, start: int, times: int) -> int:
    """Return where a piece ends for the n-th time from a start, or the start."""
    for _ in range(times):
        found = text.find(piece, start)
        start = found + len(piece) if found >= 0 else start
    return start
