"""What stands inside quotation marks: straight, curly, single curly, guillemets.

A quotation whose paragraph ends open runs to the paragraph's end. An apostrophe is no mark.
"""

import re
from dataclasses import dataclass

_LONGEST = 20_000
"""Characters of the longest quotation."""


@dataclass(frozen=True)
class Quotation:
    """A quotation: its place inside the marks, its words, and who speaks; empty for unknown."""

    start: int
    end: int
    text: str
    speaker: str


Span = tuple[int, int]
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"', "'": "'", "»": "«"}
_MARK = re.compile("[“”„«»‘’\"']")


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans inside quotation marks, in order, whatever they quote.

    >>> quoted_spans('He said "go" and “come”.')
    [(9, 11), (18, 22)]
    """
    spans: list[tuple[int, int]] = []
    opened, mark = -1, ""
    for found in _MARK.finditer(text):
        at, sign = found.start(), found.group()
        if opened >= 0 and (end := _paragraph_end(text, opened, at)):
            if mark in '“"«' or (mark == "‘" and text[end:].lstrip()[:1] == "‘"):
                spans.append((opened, end))
            opened = -1
        if opened >= 0:
            if sign in _CLOSERS[mark] and _closes(text, at, sign):
                spans.append((opened, at))
                opened = -1
        elif _opens(text, at, sign):
            opened, mark = at + 1, sign
    if opened >= 0 and mark in "“«" and len(text) - opened < _LONGEST:
        end = text.find("\n", opened)
        spans.append((opened, end if end >= 0 else len(text)))
    return [(s, e) for s, e in spans if text[s:e].strip() and e - s < _LONGEST]


def _paragraph_end(text: str, opened: int, at: int) -> int:
    end = text.find("\n", opened, at)
    return end if end >= 0 else 0


def _opens(text: str, at: int, sign: str) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if sign in "“„«":
        return True
    if sign == '"':
        return not after.isspace() and bool(after) and not before.isdigit()
    if sign in "‘'":
        free = not before or before.isspace() or before in '([—–-:“"'
        begun = after.isalpha() or after in "[…$£€" or _heads(text, at, sign)
        return free and begun and not _elided(text, at)
    return False


def _heads(text: str, at: int, sign: str) -> bool:
    """Return whether digits open a line that is in marks as a whole: ``'22 pages for a fence'``."""
    if text[at - 1 : at] not in ("", "\n") or not text[at + 1 : at + 2].isdigit():
        return False
    return text[at : _line_end(text, at)].rstrip()[-1] in _CLOSERS[sign]


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


_ELIDED = re.compile(r"['’‘](?:\d0s|em\b|til\b|tis\b|twas\b|cause\b|n'? |bout\b|round\b)", re.I)


def _elided(text: str, at: int) -> bool:
    return bool(_ELIDED.match(text, at))


def _closes(text: str, at: int, sign: str) -> bool:
    if sign not in "’'":
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not before.isspace() and not (after.isalnum())
