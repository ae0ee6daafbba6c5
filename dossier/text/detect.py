"""What an article says in figures and in quotations: ``python -m dossier detect FILE``.

Prints every number, quantity, sum, percentage, ratio, ordinal, score, age, range, date, time and
length of time with its place, value, unit and qualifier, and every quotation with its speaker.
Offsets are in characters. Needs the standard library alone.
"""

import datetime
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dossier.text.dates import find_days
from dossier.text.expressions import Expression, expressions_of
from dossier.text.lexer import Tokens
from dossier.text.marks import Quotation
from dossier.text.quotations import quotations_of

LONGEST = 120_000
"""Characters of the longest article, about 20,000 words."""


class DetectError(ValueError):
    """A file that is no article: too long, or no UTF-8; names file and remedy."""


@dataclass(frozen=True)
class Detected:
    """The expressions and quotations of a text, in its order, and the day they are read by."""

    day: datetime.date | None
    expressions: list[Expression]
    quotations: list[Quotation]

    def as_json(self) -> dict[str, Any]:
        """Return what the command prints."""
        return {
            "expressions": [asdict(e) for e in self.expressions],
            "quotations": [asdict(q) for q in self.quotations],
        }


def read_article(file: Path) -> str:
    """Return an article's text, its line ends as they are, or raise DetectError."""
    if file.stat().st_size > 4 * LONGEST:
        raise DetectError(f"{file}: longer than {LONGEST:,} characters; give one article")
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise DetectError(
            f"{file}: no UTF-8 at byte {error.start}; save the file as UTF-8"
        ) from None
    return text


def detect(text: str, day: datetime.date | None = None) -> Detected:
    """Return what a text says in figures and quotations, read by its day or the one it gives.

    Raises DetectError for a text longer than ``LONGEST`` characters.
    """
    if len(text) > LONGEST:
        raise DetectError(
            f"the text has {len(text):,} characters, more than {LONGEST:,}; give one article"
        )
    read_by = day or day_of(text)
    return Detected(read_by, expressions_of(Tokens(text), read_by), quotations_of(text))


_HEAD = 1200
_DATELINE = re.compile(r"[A-Z]{3}|\b(?:[Pp]ublished|[Uu]pdated|[Pp]osted|Date)\b")


def day_of(text: str) -> datetime.date | None:
    """Return the article's day as its head gives it: a line of its own, a dateline; else None.

    >>> day_of("LONDON, 7 July 2023 (Wire) - Prices rose."), day_of("In July 2023 prices rose.")
    (datetime.date(2023, 7, 7), None)
    """
    for line in text[:_HEAD].splitlines()[:8]:
        lead = line[:80]
        if (_DATELINE.search(lead) or len(line) < 40) and re.search(r"\d", lead):
            days = find_days(lead)
            if days and re.search(r"\b\d{1,2}\b", lead):
                return days[0]
    return None
