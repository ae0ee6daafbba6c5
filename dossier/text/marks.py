"""What stands inside quotation marks: straight, curly, single curly, guillemets, doubled.

A quotation whose paragraph ends open runs to the paragraph's end. An apostrophe is no mark, two
of them are one, as two backticks are: a text is read with one sign for the two (`undoubled`).
"""

import bisect
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


_DOUBLED = re.compile(r"\n|(?<![`'])(?:``(?!`)|'{2,3}(?!'))")
"""Two signs for one mark, before or behind a single one: ``'and he said, 'No.'''``."""
_BEFORE_MARK = '([—–-/:“"‘'


def undoubled(text: str) -> tuple[str, list[int]]:
    """Return a text with one curly mark for each two apostrophes or backticks, and their places.

    A place counts characters of the new text. Two apostrophes close only what is open in their
    paragraph: those of inches or an empty string stay.

    >>> undoubled("``Go,'' he said.")
    ('“Go,” he said.', [0, 4])
    """
    parts: list[str] = []
    places: list[int] = []
    read, opened = 0, False
    for found in _DOUBLED.finditer(text):
        start, end = found.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        opens = not before or before.isspace() or before in _BEFORE_MARK
        opens = opens and bool(after) and not after.isspace()
        if found.group() == "\n" or not (opens or (opened and text[start] == "'")):
            opened = opened and found.group() != "\n"
            continue
        start, end = (start, start + 2) if opens else (end - 2, end)
        parts += [text[read:start], "“" if opens else "”"]
        places.append(start - len(places))
        read, opened = end, opens
    return "".join([*parts, text[read:]]), places


def doubled(places: list[int], at: int) -> int:
    """Return where in the text a place is of the text with one sign for two."""
    return at + bisect.bisect_left(places, at)


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
