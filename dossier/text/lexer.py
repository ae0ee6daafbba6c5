"""The tokens of a text: digits, words, names with digits and single marks, with their places.

Whitespace is no token but a token's ``gap``; characters that no reader sees (zero-width spaces,
marks of direction, soft hyphens) are passed over. Every pattern is linear in the text's length.
"""

import functools
import re
from typing import NamedTuple

from dossier.text.currencies import LETTERS, TIGHT, WORDLIKE
from dossier.text.words import alternatives

_GROUPED = r"\d{1,3}(?:,\d{2,3}){0,7},\d{3}(?!\d)(?:\.\d{1,20})?"
_PLAIN = r"\d+(?:\.\d{1,20}(?!\d))?|(?<![^\s(])\.\d{1,6}(?!\w|\.\d)"
_CODES = rf"FY|CY|(?-i:{alternatives(sorted(LETTERS - TIGHT - WORDLIKE))})"
_PARTS = r"(?:Q[1-4]|H[12])(?!\w)"
"""Quarters and halves of a year; H3N2 is a name."""
_LETTERED = rf"(?-i:{alternatives(sorted(TIGHT | WORDLIKE))})"
_SUMS = (
    rf"{_LETTERED}\d[\d.]{{0,12}}"
    r"(?:,\d{3}|[ -]?(?:million|billion|trillion|lakh|crore|mn|m|bn)\b| per\b)"
)
"""Sums whose currency is letters at the digits, and no name: ``N45 million``, ``R1,200``."""
_CROSSED = r"(?<=\d)(?<!\b0)x\d"
"""The sides of what is measured: 2x3 mm; 0x10 is a name."""
_AUSTRALIAN = r"(?<=\$)(?:US|NZ|HK|A|C|S)\d"
"""A dollar's country behind its sign: ``$US14``."""
_THIN = "\u00a0\u2009\u202f"
"""Spaces that do not break, as thousands are grouped with."""


@functools.cache
def _pattern(signs: str, spaced: bool) -> re.Pattern[str]:
    """Return the pattern of a token: with sums in ``R100``, with spaces that group thousands."""
    sums = rf"{_SUMS}|(?<!\bthe )(?-i:{signs})\d[\d.,]{{0,12}}(?!\w)" if signs else _SUMS
    spaces = f"{_THIN} " if spaced else _THIN
    grouped = rf"(?!0)\d{{1,3}}(?:[{spaces}]\d{{3}}(?!\d)){{1,7}}(?:[.,]\d{{1,20}})?(?!\w)"
    return re.compile(
        rf"(?P<name>U\+[0-9A-F]{{4,6}}(?!\w)|"
        rf"(?!(?:{_CODES})\d)(?!{_PARTS})(?!{sums})(?!{_CROSSED})(?!{_AUSTRALIAN})"
        r"[^\W\d_]{1,40}\d\w{0,60})|"
        rf"(?P<digits>{grouped}|{_GROUPED}|{_PLAIN})|"
        r"(?P<word>[ap]\.\s?m\b\.?|(?:[A-Z]\.){2,8}|[^\W\d_¼-¾⅐-⅞]+)|"
        r"(?P<space>\s+)|"
        r"(?P<hidden>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00]+)|"
        r"(?P<mark>.)",
        re.S | re.I,
    )


_SHOWN = re.compile(
    rf"(?<!\w)({_LETTERED})\d[\d.]{{0,12}}(?:[- ]?(?:million|billion|bn|m)\b|[ ,]\d{{3}}(?!\d))"
)
"""What shows that a text's sums have such a sign: ``R100`` then is one; the R61 is a road."""
_SPACED = re.compile(r"(?<![\w+,.])(?<![\d+] )[1-9]\d{0,2}(?: \d{3}){0,4} 000(?!\d)")
"""What shows that spaces group the thousands of a text: ``12 000``."""
LONGEST = 24
"""Digits of the longest number; a longer run is a name."""


class Token(NamedTuple):
    """A token: its kind (digits, word, name, mark, end), its words and what lies before it."""

    kind: str
    text: str
    low: str
    start: int
    end: int
    gap: str

    @property
    def capital(self) -> bool:
        """Whether the token is a word with a capital."""
        return self.kind == "word" and self.text[0].isupper()


END = Token("end", "", "", 0, 0, "\n")
_BEYOND = 64
"""How far a reader may look ahead, or back."""


class Tokens:
    """The tokens of a text, by index; for 64 tokens beyond either end there is ``END``."""

    def __init__(self, text: str):
        self.text = text
        self.list = _tokens(text)
        self.count = len(self.list)
        self.list += [END] * _BEYOND  # an index of -1 finds one of them, too
        self._lows = [token.low for token in self.list]
        self.named: frozenset[tuple[str, str]] = frozenset()
        """Words and numbers that are a name together, anywhere in the text: ``Ariane 6``."""

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Token:
        return self.list[index]

    def lows(self, first: int, count: int) -> tuple[str, ...]:
        """Return the lower-case words of ``count`` tokens."""
        if first < 0:
            return tuple([self._lows[i] for i in range(first, first + count)])
        return tuple(self._lows[first : first + count])

    def said(self, first: int, last: int) -> str:
        """Return the text from one token up to another, exclusive, with single spaces."""
        return " ".join(self.text[self[first].start : self[last - 1].end].split())

    def is_mark(self, index: int, marks: str) -> bool:
        """Return whether a token is one of some marks."""
        token = self[index]
        return token.kind == "mark" and token.text in marks

    def hyphen(self, index: int) -> bool:
        """Return whether a token is a hyphen or dash that joins what stands on both sides."""
        token = self.list[index]
        joins = token.text in _HYPHENS and not token.gap and token.kind == "mark"
        return joins and not self.list[index + 1].gap

    def begins(self, index: int) -> bool:
        """Return whether a sentence begins with a token."""
        before = self[index - 1]
        if "\n" in self[index].gap:
            return True
        while before.kind == "mark" and before.text in "\"“”‘’'«»)(":
            index -= 1
            before = self[index - 1]
        return before.kind == "end" or before.text in ".!?:;" or "\n" in self[index].gap

    def plain(self, index: int) -> bool:
        """Return whether a token is digits of up to three: no year and no sum."""
        text = self[index].text
        return self[index].kind == "digits" and text.isdigit() and len(text) < 4

    def tail(self, last: int) -> int:
        """Return the token after what hangs on to a name: ``-800``, ``+1``, ``.2``."""
        while (
            self[last].text in ("-", "/", ".", "+")
            and not self[last].gap
            and not self[last + 1].gap
            and self[last + 1].kind in ("digits", "name")
        ):
            last += 2
        return last

    def headline(self, index: int) -> bool:
        """Return whether most words of a token's line have a capital: ``Storm Kills Three``.

        Four words or fewer tell nothing, nor does the line of who wrote it.
        """
        first = last = index
        while "\n" not in self[first].gap and first > index - _LINE and first > 0:
            first -= 1
        while "\n" not in self[last + 1].gap and last < index + _LINE and last < len(self) - 1:
            last += 1
        words = [t for t in self.list[first : last + 1] if t.kind == "word" and len(t.text) > 3]
        small = sum(not word.capital for word in words)
        signed = self[first].text == "By"
        return not signed and len(words) > 2 and small * 4 < len(words) and self[last].text != "."


_HYPHENS = frozenset("-–‐‑−—")
_LINE = 40
"""Tokens of the longest headline."""


def _tokens(text: str) -> list[Token]:
    found, gap = [], "\n"
    signs = "|".join(sorted(set(_SHOWN.findall(text)), reverse=True))
    pattern = _pattern(signs, "R" in signs.split("|") or bool(_SPACED.search(text)))
    for match in pattern.finditer(text):
        kind, words = match.lastgroup or "mark", match.group()
        if kind == "space":
            gap = "\n" if "\n" in words else " "
            continue
        if kind == "hidden":
            continue
        if kind == "digits" and len(words) > LONGEST:
            kind = "name"
        if kind == "digits" and not words.isdigit():
            words = re.sub(r"\s", ",", words)
        low = words.lower()
        if kind == "word" and low[1:2] == "." and low.replace(".", "").split() in _HALVES:
            low = low[0] + "m"
        found.append(Token(kind, words, low, match.start(), match.end(), gap))
        gap = ""
    return found


_HALVES = (["am"], ["pm"], ["a", "m"], ["p", "m"])
"""The halves of a day, as they stand without their points."""
