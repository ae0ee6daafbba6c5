"""The article: its text, its sentences, exact anchors, and which expressions are figures."""

import bisect
import difflib
import functools
import hashlib
import itertools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from dossier.text.expressions import expressions_of
from dossier.text.lexer import Tokens
from dossier.text.words import (
    CARDINALS,
    MONTHS,
    MULTIPLES,
    SCALES,
    SHORT_MONTHS,
    TEMPORAL,
    WEEKDAYS,
    alternatives,
)

Span = tuple[int, int]

_SHORT = (*SHORT_MONTHS, "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Gen", "Sen", "Rep", "Gov", "Lt")
_NO_END = "".join(rf"(?<!\b{word})" for word in (*_SHORT, r"U\.S"))
_SENTENCE_END = re.compile(
    rf"{_NO_END}(?<![A-Z])[.!?][”’\"')]*(?=\s|$)(?! [a-z])"
    rf"(?:(?<!\b[ap]\.m\.)|(?! (?:\d|{alternatives(WEEKDAYS)}|[A-Z]{{2,4}}\b)))"
)
"""A full stop, but for that of a short word, or of a.m. before the day."""


class Article:
    """The article's text, verbatim, and what is read of it.

    ``expressions`` are words of time of this article alone, from dossier.toml.
    """

    def __init__(self, text: str, expressions: Iterable[str] = ()):
        self.text = text
        self.own = tuple(expressions)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def headline(self) -> str:
        return self.text.partition("\n")[0]

    @functools.cached_property
    def sentences(self) -> list[Span]:
        """The spans of the sentences, in order; a line without a full stop is one.

        >>> Article("One. Two” said he.").sentences
        [(0, 4), (5, 18)]
        >>> len(Article("By Nov. 14, 9 a.m. Monday, Mr. Lee spoke. He left. It rained.").sentences)
        3
        """
        spans = []
        for line in re.finditer(r"[^\n]+", self.text):
            start = line.start()
            for end in _SENTENCE_END.finditer(line.group()):
                spans.append((start, line.start() + end.end()))
                start = line.start() + end.end()
                start += len(self.text[start:]) - len(self.text[start:].lstrip(" "))
            if start < line.end():
                spans.append((start, line.end()))
        return spans

    def sentence_at(self, offset: int) -> str:
        """Return the sentence that holds the character at ``offset``."""
        start, end = self.sentences[bisect.bisect_right(self.sentence_starts, offset) - 1]
        return self.text[start:end]

    @functools.cached_property
    def sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @functools.cached_property
    def _expression(self) -> re.Pattern[str]:
        names = "|".join((*WEEKDAYS, *MONTHS))
        words = "|".join((*CARDINALS, *SCALES, *MULTIPLES, *TEMPORAL))
        digits = r"(?<!\w)(?<!\bU\+)\d+(?:,\d{3})*(?:\.\d+)?(?:st|nd|rd|th)?%?"
        own = "|".join(re.escape(words) for words in self.own)
        patterns = [digits, rf"\b(?:{names})\b", rf"(?i:(?<![\w-])(?:{words})(?![\w]))"]
        return re.compile("|".join(patterns + ([rf"\b(?i:{own})\b"] if own else [])))

    @functools.cached_property
    def expressions(self) -> list[Span]:
        """The spans of every numeric or temporal expression: digits, number words, times.

        They are words, vague ones and names with digits among them, and what the detector reads
        where none of these words stands.
        """
        words = [m.span() for m in self._expression.finditer(self.text)]
        read = [(e.start, e.end) for e in expressions_of(Tokens(self.text), None)]
        ends = [end for _, end in words]
        after = [bisect.bisect_right(ends, start) for start, _ in read]  # the next word by its end
        more = [
            span
            for span, n in zip(read, after, strict=True)
            if n == len(words) or words[n][0] >= span[1]
        ]
        return sorted(words + more)

    def uncovered(self, spans: Iterable[Span]) -> list[Span]:
        """Return the expressions that lie in none of ``spans``."""
        known = sorted(spans)
        starts = [start for start, _ in known]
        reach = [0, *itertools.accumulate((end for _, end in known), max)]
        return [
            (start, end)
            for start, end in self.expressions
            if reach[bisect.bisect_right(starts, start)] < end
        ]

    def check_anchors(self, rows: Iterable[Mapping[str, Any]], table: str) -> list[str]:
        """Return a problem for each row whose exact words do not stand at its offsets.

        ``rows`` have exact, prefix, suffix, start and end (W3C TextQuoteSelector and
        TextPositionSelector). The match is exact or it fails; the message shows the difference.
        """
        problems = []
        for number, row in enumerate(rows, start=2):
            start, end = int(row["start"]), int(row["end"])
            prefix, suffix = unescape(row["prefix"]), unescape(row["suffix"])
            wanted = prefix + row["exact"] + suffix
            found = self.text[max(0, start - len(prefix)) : end + len(suffix)]
            if found == wanted and self.text[start:end] == row["exact"]:
                continue
            name = row.get("fact_id") or row.get("exclusion_id")
            problems.append(
                f"data/{table}.csv, row {number}, column exact ({name}): the article does not hold "
                f"{row['exact']!r} between {prefix[-20:]!r} and {suffix[:20]!r} at {start}; "
                f"difference: {_difference(wanted, found)}; "
                f"nearest: {self._nearest(row['exact'])}; "
                "restore article.txt, or, where it was corrected, run python -m dossier reanchor"
            )
        return problems

    def _nearest(self, exact: str) -> str:
        at = self.text.find(exact)
        if at >= 0:
            return f"the same words at {at}"
        last = max(1, len(self.text) - len(exact) + 1)
        windows = [self.text[s : s + len(exact)] for s in range(last)]
        matcher = difflib.SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(exact)

        def likeness(window: str) -> float:
            matcher.set_seq1(window)
            return matcher.quick_ratio()

        return repr(max(windows, key=likeness))


def unescape(cell: str) -> str:
    """Return the characters of a prefix or suffix as they stand in the article."""
    return cell.replace("\\n", "\n")


CONTEXT = 32
"""Characters of prefix and suffix that a new anchor keeps."""


def anchor_of(text: str, start: int, end: int, context: int = CONTEXT) -> dict[str, str]:
    """Return the cells that tie a row to a span of the article.

    >>> anchor_of("One.\\nTwo.", 5, 8)["prefix"]
    'One.\\\\n'
    """
    return {
        "exact": text[start:end],
        "prefix": text[max(0, start - context) : start].replace("\n", "\\n"),
        "suffix": text[end : end + context].replace("\n", "\\n"),
        "start": str(start),
        "end": str(end),
    }


def _difference(wanted: str, found: str) -> str:
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    parts = [
        f"{wanted[a:b]!r} is now {found[c:d]!r}"
        for op, a, b, c, d in matcher.get_opcodes()
        if op != "equal"
    ]
    return ", ".join(parts[:3]) or "none in these words: they have moved"
