"""The article: its text, its sentences, exact anchors into it, and which of its expressions are figures."""

import difflib
import functools
import hashlib
import re

from dossier import paths
from dossier.data import DataError


@functools.cache
def text() -> str:
    """Return the article, verbatim."""
    return (paths.DATA / "article.txt").read_text(encoding="utf-8")


def sha256() -> str:
    return hashlib.sha256(text().encode("utf-8")).hexdigest()


def sentences(body: str | None = None) -> list[tuple[int, int]]:
    """Return the spans of the sentences, in order; a line without a full stop (the headline) is one.

    >>> sentences("One. Two” said he.")
    [(0, 4), (5, 18)]
    """
    body = text() if body is None else body
    spans = []
    for line in re.finditer(r"[^\n]+", body):
        start = line.start()
        for end in re.finditer(r"(?<!\bU\.S)(?<![A-Z])[.!?][”’\"')]*(?=\s|$)", line.group()):
            spans.append((start, line.start() + end.end()))
            start = line.start() + end.end()
            start += len(body[start:]) - len(body[start:].lstrip(" "))
        if start < line.end():
            spans.append((start, line.end()))
    return spans


def sentence_at(offset: int) -> str:
    """Return the sentence of the article that holds the character at ``offset``."""
    body = text()
    return next(body[s:e] for s, e in _spans(body) if s <= offset < e)


_spans = functools.lru_cache(maxsize=4)(sentences)


def unescape(cell: str) -> str:
    """Return the characters of a prefix or suffix as they stand in the article."""
    return cell.replace("\\n", "\n")


def check_anchors(rows, table: str, body: str | None = None) -> None:
    """Raise DataError where a row's exact words do not stand in the article at its offsets.

    ``rows`` is a frame with columns exact, prefix, suffix, start, end (W3C TextQuoteSelector and
    TextPositionSelector). The match is exact or it fails; the message shows the difference.
    """
    body = text() if body is None else body
    problems = []
    for number, row in enumerate(rows.to_dict("records"), start=2):
        start, end = int(row["start"]), int(row["end"])
        prefix, suffix = unescape(row["prefix"]), unescape(row["suffix"])
        wanted = prefix + row["exact"] + suffix
        found = body[max(0, start - len(prefix)) : end + len(suffix)]
        if found == wanted and body[start:end] == row["exact"]:
            continue
        name = row.get("fact_id") or row.get("exclusion_id")
        problems.append(
            f"data/{table}.csv, row {number}, column exact ({name}): the article does not hold {row['exact']!r} between "
            f"{prefix[-20:]!r} and {suffix[:20]!r} at {start}; difference: {_difference(wanted, found)}; "
            f"nearest: {_nearest(row['exact'], body)}; restore article.txt, or anchor the row anew"
        )
    if problems:
        raise DataError(problems)


def _difference(wanted: str, found: str) -> str:
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    parts = [
        f"{wanted[a:b]!r} is now {found[c:d]!r}"
        for op, a, b, c, d in matcher.get_opcodes()
        if op != "equal"
    ]
    return ", ".join(parts[:3]) or "none in these words: they have moved"


def _nearest(exact: str, body: str) -> str:
    at = body.find(exact)
    if at >= 0:
        return f"the same words at {at}"
    windows = [body[s : s + len(exact)] for s in range(0, max(1, len(body) - len(exact) + 1))]
    return repr(
        max(
            windows,
            key=lambda w: difflib.SequenceMatcher(None, exact, w, autojunk=False).quick_ratio(),
        )
    )


NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen half third "
    "quarter first second twice once double both"
).split()
"""Number words that count as figures. ``one`` and ``once`` count; indefinite words (some, several, most) do not."""

TEMPORAL_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december today yesterday tomorrow tonight currently now annual annually daily weekly monthly yearly week weeks month "
    "months year years decade decades century pre-summit longstanding"
).split()
"""Words of time that count. Weekdays and months only with a capital; ``may`` so as not to catch the verb."""

_DIGITS = r"(?<![\w])\d+(?:,\d{3})*(?:\.\d+)?(?:st|nd|rd|th)?%?"


def expressions(body: str | None = None) -> list[tuple[int, int]]:
    """Return the spans of every numeric or temporal expression: digits, number words, words of time, and the
    openings ``before the …``, ``during …time`` and ``future`` that place something in time."""
    body = text() if body is None else body
    names = "|".join(w.capitalize() for w in TEMPORAL_WORDS[:19])
    words = "|".join(NUMBER_WORDS + TEMPORAL_WORDS[19:])
    pattern = rf"{_DIGITS}|\b(?:{names})\b|(?i:(?<![\w-])(?:{words})(?![\w]))|\b(?i:before the summit|wartime|future)\b"
    return [m.span() for m in re.finditer(pattern, body)]


def uncovered(spans: list[tuple[int, int]], body: str | None = None) -> list[tuple[int, int]]:
    """Return the expressions that lie in none of ``spans``."""
    return [(s, e) for s, e in expressions(body) if not any(a <= s and e <= b for a, b in spans)]
