"""The first draft of a dossier's tables: what an article says in figures, days and quotations.

Every expression that the coverage gate knows lies in a claim or, with the reason, in an exclusion.
A draft is a reading, not a check: what it is not sure of it says, and every claim stands open.
"""

import bisect
import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dossier.data.checks import check_claim
from dossier.text.article import Article
from dossier.text.detect import Detected, detect
from dossier.text.expressions import Expression
from dossier.text.lexer import Tokens
from dossier.text.marks import Quotation
from dossier.text.names import name_at
from dossier.text.said import Said, number, said_by, said_in
from dossier.text.units import UNITS, Unit, units_of
from dossier.text.words import TEMPORAL, word_set

Row = dict[str, str]
Span = tuple[int, int]

ORIGIN = "article"
"""The id of the article's own row in sources.csv."""
CONTEXT = 24
"""Characters before and after the exact words that an anchor holds."""
LABEL = 60
"""Characters of a claim's label: two or three lines of the figure of verdicts."""
EVENT = 66
"""Characters of an event: a line of the drawn timeline."""


FARTHEST = 500
"""Characters of a sentence that are looked at, on each side."""


@dataclass(frozen=True)
class Draft:
    """The rows of claims.csv, exclusions.csv and timeline.csv, and the units of dossier.toml."""

    claims: list[Row]
    exclusions: list[Row]
    timeline: list[Row]
    units: dict[str, dict[str, str]]

    def count(self, *kinds: str) -> int:
        """Return how many claims are of some kinds."""
        return sum(row["kind"] in kinds for row in self.claims)

    @property
    def unsure(self) -> int:
        """How many claims want a look: their reading is a guess, or none could be made."""
        return sum(row["sure"] == "no" for row in self.claims)


def draft(text: str, day: datetime.date, taken: Iterable[str] = ()) -> Draft:
    """Return the draft of an article that appeared on a day.

    ``taken`` are ids of facts that no claim may have. Raises DetectError for a text that is too
    long.
    """
    article, detected = Article(text), detect(text, day)
    found = sorted(
        [*_expressions(article, detected), *_quotations(article, detected)],
        key=lambda row: (row.span[0], -row.span[1]),
    )
    own = {f.unit: {"words": _pattern(f.unit)} for f in found if f.unit not in UNITS and f.counted}
    units = units_of(own)
    settled = [f for f in (_settled(f, text, units) for f in found) if f.span[0] < f.span[1]]
    ids = _fact_ids(settled, set(taken))
    claims = [
        _claim_row(number, id, f, text)
        for number, (id, f) in enumerate(zip(ids, settled, strict=True), start=1)
    ]
    spans = [f.span for f in settled]
    return Draft(
        claims,
        _exclusions(article, spans, detected),
        _timeline(article, settled, day),
        {name: own[name] for name in sorted({f.unit for f in settled} & set(own))},
    )


@dataclass(frozen=True)
class _Found:
    """A claim to be: its words' place, what it says, and how sure the reading is."""

    span: Span
    type: str
    kind: str
    value: str
    unit: str
    qualifier: str
    speaker: str
    label: str
    sure: bool
    priority: int
    counted: bool = False


def _claim_row(number: int, fact_id: str, found: _Found, text: str) -> Row:
    return {
        "claim_id": f"C{number:02d}",
        "fact_id": fact_id,
        "label": found.label,
        "kind": found.kind,
        "type": found.type,
        "value": found.value,
        "unit": found.unit,
        "qualifier": found.qualifier,
        "sure": "yes" if found.sure else "no",
        "priority": str(found.priority),
        "speaker": found.speaker,
        "rule": "",
        **anchor(text, *found.span),
    }


def anchor(text: str, start: int, end: int) -> Row:
    """Return the cells that anchor the words from ``start`` to ``end`` (W3C TextQuoteSelector).

    >>> anchor("It rose. By 5%, they say.", 12, 14)["prefix"]
    'It rose. By '
    """
    prefix = text[max(0, start - CONTEXT) : start].rpartition("\\")[2]
    suffix = text[end : end + CONTEXT].partition("\\")[0]
    return {
        "exact": text[start:end],
        "prefix": prefix.lstrip("=@").replace("\n", "\\n"),
        "suffix": ("" if suffix.startswith(("=", "@")) else suffix).replace("\n", "\\n"),
        "start": str(start),
        "end": str(end),
    }


# ---- expressions


_KINDS = {"date": "date", "duration": "temporal", "relative": "temporal", "time": "temporal"}
_FORECAST = re.compile(
    r"\b(?:will|would|shall|could|may|might|is to|are to|due to|expects?|expected|forecasts?|"
    r"predicts?|predicted|projects|projected|plans? to|planned|aims? to|likely|hopes? to|next)\b"
)
_OPINION = re.compile(
    r"\b(?:think|believe|feel|hope|should|must|best|worst|never|always|wrong|right|great|shame)\b"
)


def _expressions(article: Article, detected: Detected) -> Iterator[_Found]:
    for expression in detected.expressions:
        if _is_own_day(article.text, expression, detected.day):
            continue
        around = [q for q in detected.quotations if q.start <= expression.start < q.end]
        said = said_by(expression)
        start, end = _sentence(article, expression.start)
        counted = _counts(article.text, expression, said)
        unit = said.unit if counted or said.type != "number" else "number" * bool(said.value)
        stop = expression.end + counted * (len(said.unit) + 1)
        value, unit = _written(article.text[expression.start : stop], said, unit)
        unit, guessed = _degrees(article.text, expression, unit)
        span = _qualified(article.text, (expression.start, stop), expression, (start, end))
        found = _Found(
            span,
            said.type,
            _KINDS.get(said.type, "figure"),
            value,
            unit,
            said.qualifier,
            _speaker(around),
            _label(article.text, span, (start, end)),
            expression.sure and bool(value) and not guessed,
            1,
            counted,
        )
        clause = article.text[slice(*_clause(article.text, span, (start, end)))]
        to_come = _is_later(said, detected.day) or (
            said.type not in ("date", "relative") and bool(_FORECAST.search(clause))
        )
        yield _ranked(found, to_come, bool(around))


def _is_own_day(text: str, found: Expression, day: datetime.date | None) -> bool:
    """Return whether an expression is the date that an article bears, in its first lines."""
    line = text[text.rfind("\n", 0, found.start) + 1 : found.start]
    head = text.count("\n", 0, found.start) < 8 and len(line) < 60
    return (
        head
        and found.type == "date"
        and found.value == f"{day}"
        and any(c.isdigit() for c in found.text)
    )


def _sentence(article: Article, at: int) -> Span:
    """Return the sentence at an offset; of one without end, what is around it."""
    starts = article.sentence_starts
    start, end = article.sentences[bisect.bisect_right(starts, at) - 1]
    return max(start, at - FARTHEST), min(end, at + FARTHEST)


def _counts(text: str, found: Expression, said: Said) -> bool:
    """Return whether a plain number stands before the several things that it counts."""
    named = text[found.end : found.end + len(said.unit) + 1]
    plural = re.fullmatch(rf" {_SEVERAL}", named)
    return bool(plural) and named[1:] == said.unit and said.type == "number" and said.value != "1"


_SEVERAL = r"(?:[a-z][a-z -]*[^siu]s|(?:[a-z-]+ )?(?:people|men|women|children))"
"""A noun in the plural, as far as its letters show."""


def _pattern(noun: str) -> str:
    return rf"\b{re.escape(noun).replace(chr(92) + ' ', ' ')}\b"


def _written(words: str, said: Said, unit: str) -> tuple[str, str]:
    """Return value and unit as the text writes them: with its zeros, money with its scale."""
    if not said.value or "/" in said.value or said.type not in _PLAIN:
        return said.value, unit
    value = said.value
    if said.type == "money":
        scale = next((s for s in _SCALES if abs(float(value)) >= s), 1)
        value = number(float(value) / scale)
        unit = f"{_SCALES.get(scale, '')} {unit}".strip()
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", words)
    own = digits[0].replace(",", "") if digits else ""
    return (own if own and float(own) == float(value) else value), unit


_PLAIN = ("number", "quantity", "money", "percentage")
_SCALES = {10**12: "trillion", 10**9: "billion", 10**6: "million"}
_COMPARED = re.compile(
    r"\b(?:cooler|warmer|hotter|colder|higher|lower|above|below|more|less|increase|difference|"
    r"warming|rise|rose|risen|up|fell|fallen|by|drop)\b"
)


def _degrees(text: str, found: Expression, unit: str) -> tuple[str, bool]:
    """Return the unit of a temperature, or of a difference of two where the words compare."""
    near = text[max(0, found.start - 20) : found.start] + text[found.end : found.end + 20]
    if unit in ("°C", "°F") and _COMPARED.search(near):
        return f"{unit} difference", True
    return unit, False


def _qualified(text: str, span: Span, found: Expression, sentence: Span) -> Span:
    """Return a span with the words that qualify it, as few as say so by themselves."""
    if found.qualifier == "exact":
        return span
    start, end = span
    before = [m.start() for m in re.finditer(r"\b\w|[~≈<>≥≤]", text[sentence[0] : start])][:-6:-1]
    after = [m.end() for m in re.finditer(r"\S+", text[end : sentence[1]])][:3]
    wider = [span, *((sentence[0] + s, end) for s in before), *((start, end + e) for e in after)]
    return next(
        (
            (s, e)
            for s, e in wider
            if any(read.qualifier == found.qualifier for read in said_in(text[s:e]))
        ),
        span,
    )


def _is_later(said: Said, day: datetime.date | None) -> bool:
    return said.unit in ("date", "month", "year") and said.value > f"{day}"[: len(said.value)]


def _ranked(found: _Found, to_come: bool, quoted: bool) -> _Found:
    """Return a claim with its priority: checkable figures, then the rest, then what is to come."""
    if to_come:
        kind = "forecast" if found.kind == "figure" else found.kind
        return replace(found, kind=kind, priority=3)
    bare = found.type in ("ordinal", "age", "time", "duration", "relative")
    small = found.unit == "number" and len(found.value) == 1
    return replace(found, priority=2 if bare or small or quoted or not found.value else 1)


def _speaker(around: list[Quotation]) -> str:
    if not around:
        return "the article"
    return around[0].speaker or "not named"


# ---- quotations


def _quotations(article: Article, detected: Detected) -> Iterator[_Found]:
    for quotation in detected.quotations:
        span = _stripped(article.text, quotation.start, quotation.end)
        if span[0] >= span[1]:
            continue
        words = article.text[slice(*span)]
        yield _Found(
            span,
            "quotation",
            "quotation",
            "",
            "",
            "exact",
            quotation.speaker or "not named",
            clipped(words, LABEL),
            bool(quotation.speaker),
            3 if _OPINION.search(words) or _FORECAST.search(words) else 2,
        )


def _stripped(text: str, start: int, end: int) -> Span:
    """Return a span without white space at its ends, and without what a spreadsheet computes."""
    words = text[start:end].partition("\n")[0].rstrip()
    return start + len(words) - len(words.lstrip(" =@\t")), start + len(words)


# ---- rows that hold


def _settled(found: _Found, text: str, units: Mapping[str, Unit]) -> _Found:
    """Return a claim whose words say its value, or one without a value that wants a look."""
    if "\n" in text[slice(*found.span)]:
        line = _stripped(text, *found.span)
        return replace(found, span=line, value="", unit="", sure=False)
    exact = text[slice(*found.span)]
    for unit in dict.fromkeys([found.unit, "number"]):
        claim: dict[str, Any] = {"exact": exact, "value": found.value, "unit": unit}
        if not list(check_claim(claim | {"qualifier": found.qualifier}, units)):
            return replace(found, unit=unit, sure=found.sure and unit == found.unit)
        if found.type != "number":
            break
    return replace(found, value="", unit="", sure=False)


def _fact_ids(found: list[_Found], taken: set[str]) -> list[str]:
    """Return an id for each claim: its label's first words, and a number where another has them."""
    ids: list[str] = []
    times: Counter[str] = Counter(taken)
    for claim in found:
        words = [w for w in re.findall(r"[a-z]+", claim.label.lower()) if w not in _SMALL_WORDS]
        name = (
            "_".join(words[:4]) if len(words) > 1 else f"{claim.type}_{''.join(words)}".strip("_")
        )
        times[name] += 1  # no name ends in a number, so that none is another with its number
        ids.append(name if times[name] == 1 else f"{name}_{times[name]}")
    return ids


_SMALL_WORDS = word_set("a an the of to in on at by for and or as was were is are be it s t m")
_ENDS = re.compile(r"[.,;:!?()—–“”\"\n]+(?:\s|$)|\s[-–—]+\s|[(“\"]")
"""Where a clause ends, or begins."""
_FEWEST = 4
"""Words of a clause that can be understood by itself."""


def _clause(text: str, span: Span, sentence: Span) -> Span:
    """Return the clause of a sentence that holds a span."""
    stop = _ENDS.search(text, span[1], sentence[1])
    starts = [m.end() for m in _ENDS.finditer(text, sentence[0], span[0])]
    return starts[-1] if starts else sentence[0], stop.start() if stop else sentence[1]


def _led(text: str, span: Span, sentence: Span, most: int) -> Span:
    """Return a clause from its first words, or those before it where they are few; ends at most."""
    first, last = _clause(text, span, sentence)
    starts = [sentence[0], *(m.end() for m in _ENDS.finditer(text, sentence[0], first - 1))]
    while starts and len(text[first:last].split()) < _FEWEST:
        first = starts.pop()
    words = [first + m.start() for m in re.finditer(r"\S+", text[first : span[0]])]
    while words and span[1] - first > most:
        first = words.pop(0)
    return first, last


def _label(text: str, span: Span, sentence: Span) -> str:
    """Return what a claim is about: its words with those of its clause that follow, or lead."""
    last = _clause(text, span, sentence)[1]
    if len(text[span[1] : last].split()) > 1:
        return clipped(text[span[0] : last], LABEL)
    first, last = _led(text, span, sentence, LABEL - 2)
    return clipped(text[first:last], LABEL)


def _event(text: str, span: Span, sentence: Span) -> str:
    """Return what happened on a day, in the words around it: an ellipsis where words are left out.

    >>> line = "They won the cup on Sunday, their first since 1994, and went home."
    >>> _event(line, (46, 50), (0, len(line)))
    '… their first since 1994 …'
    """
    first, last = _led(text, span, sentence, EVENT - 4)
    lead = "… " if first > sentence[0] else ""
    words = clipped(lead + text[first:last], EVENT - 2)
    ended = words.endswith("…") or not re.search(r"\w", text[last : sentence[1]])
    return words if ended else f"{words} …"


def clipped(words: str, most: int) -> str:
    """Return words in one line, no longer than ``most`` characters; an ellipsis where cut.

    >>> clipped("a rise in prices", 10)
    'a rise …'
    """
    line = " ".join(words.split()).lstrip("=@ “\"'‘(")
    if len(line) <= most:
        return line
    whole = line[: most - 1].rpartition(" ")[0] or line[: most - 2]
    return f"{whole.rstrip(' ,;:–-')} …"


# ---- what is left out


def _exclusions(article: Article, spans: list[Span], detected: Detected) -> list[Row]:
    names = list(_names(Tokens(article.text)))
    found = detected.expressions
    own = [(e.start, e.end) for e in found if _is_own_day(article.text, e, detected.day)]
    reasons = {span: "the date that the article bears" for span in own}
    for start, end in article.uncovered(spans + own):
        reasons[start, end] = _reason(article.text[start:end], (start, end), names)
    return [
        {
            "exclusion_id": f"X{number:02d}",
            **anchor(article.text, *span),
            "reason": reason,
        }
        for number, (span, reason) in enumerate(sorted(reasons.items()), start=1)
    ]


def _names(tokens: Tokens) -> Iterator[Span]:
    at = 0
    while at < len(tokens):
        after = name_at(tokens, at)
        if after > at:
            yield tokens[at].start, tokens[after - 1].end
        at = max(after, at + 1)


def _reason(words: str, span: Span, names: list[Span]) -> str:
    if any(start <= span[0] and span[1] <= end for start, end in names):
        return "part of a name or a set phrase"
    if words.lower() in TEMPORAL:
        return "names no day and no length of time"
    return "a label, no figure" if words[0].isdigit() else "counts nothing here"


# ---- the timeline


_PRECISION = {"date": "day", "month": "month", "year": "year"}


def _timeline(article: Article, claims: list[_Found], day: datetime.date) -> list[Row]:
    """Return the days before the article's that it names, each with its sentence, and its own."""
    headline = clipped(article.headline, EVENT) or "The article appears"
    events = {(f"{day}", "day", headline): ("", "", "THE ARTICLE")}
    for claim in claims:
        precision = _PRECISION.get(claim.unit, "")
        date = f"{claim.value}-01-01"[:10]
        if claim.type not in ("date", "relative") or not precision:
            continue
        if _ends(date, precision) >= day:
            continue
        start, end = _sentence(article, claim.span[0])
        event = _event(article.text, claim.span, (start, end)) or claim.label
        sentence = " ".join(article.text[start:end].split()).lstrip("=@ ")
        guess = "" if claim.sure else "; the day is a guess"
        told = (sentence if event != sentence.rstrip(".") else "", guess, "told by the article")
        events.setdefault((date, precision, event), told)
    ordered = sorted(events.items(), key=lambda item: item[0][0])
    return [
        {
            "event_id": f"T{number:02d}",
            "date": date,
            "precision": precision,
            "event": event,
            "detail": detail,
            "kind": "reported",
            "source_id": ORIGIN,
            "source_id_2": "",
            "verification": f"as the article tells it, not checked{guess}",
            "relation_to_article": relation,
        }
        for number, ((date, precision, event), (detail, guess, relation)) in enumerate(ordered, 1)
    ]


def _ends(date: str, precision: str) -> datetime.date:
    """Return the last day of what a date and its precision span."""
    first = datetime.date.fromisoformat(date)
    if precision == "day":
        return first
    months = 12 if precision == "year" else 1
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)
