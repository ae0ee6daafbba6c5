"""Every claim prints as its value, unit and qualifier say; a stated one says what its words do."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from dossier.chapters.claims import VERDICTS
from dossier.data.checks import check_claim
from dossier.export.claims import fact_of
from dossier.facts.fact import Fact, forms_of
from dossier.facts.ledger import as_id
from dossier.gates import Finished
from dossier.text.said import said_in
from dossier.text.units import Unit, units_of
from dossier.text.words import MONTHS, QUALIFIERS, WEEKDAYS, alternatives, qualifier_pattern

REMEDY = "restore the file from a build"
UNPRINTABLE = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, re.error)
"""What comes of printing a value that its unit or qualifier can't have."""


def find(finished: Finished) -> list[str]:
    return underived(finished.claims)


def underived(claims: dict[str, Any]) -> list[str]:
    """Return a problem for each claim whose texts do not follow from what else it says.

    The claims must fit their schema.
    """
    times = Counter(item["id"] for item in claims["facts"])
    units, first = units_of(claims["settings"]["units"]), claims["parameters"]["units"]
    problems = [f"fact {id}: stands there {n} times; {REMEDY}" for id, n in times.items() if n > 1]
    for item in claims["facts"]:
        try:
            amiss = [*_texts(item, units, first), *_words(fact_of(item), units)]
        except UNPRINTABLE as why:
            amiss = [f"its value, unit and qualifier can't be printed ({why})"]
        unknown = (id for id in item.get("inputs", ()) if id not in times)
        amiss += [f"rests on {id!r}, which is not there" for id in unknown]
        problems += [f"fact {item['id']}: {words}; {REMEDY}" for words in amiss]
    return problems + list(_miscounted(claims))


def _miscounted(claims: dict[str, Any]) -> Iterator[str]:
    """Yield a problem for each verdict that the claims do not give as often as its fact counts."""
    values = {item["id"]: item["value"] for item in claims["facts"]}
    given = Counter(claims["verdicts"].values())
    for verdict in VERDICTS if given else ():
        id = f"verdicts_{as_id(verdict)}"
        if values.get(id, given[verdict]) != given[verdict]:
            yield f"fact {id}: counts {values[id]}, {given[verdict]} are given; {REMEDY}"


def _texts(item: dict[str, Any], units: Mapping[str, Unit], first: str) -> Iterator[str]:
    """Yield what is amiss with a claim's text and forms."""
    forms = forms_of(fact_of(item), units, first)
    if item["text"] != forms[""]:
        yield f"says {item['text']!r}, its value, unit and qualifier give {forms['']!r}"
    if item["forms"] != sorted({*forms.values()}):
        changed = {*item["forms"]} ^ {*forms.values()}
        yield f"its forms are not those of its value: {', '.join(map(repr, sorted(changed)))}"


def _words(fact: Fact, units: Mapping[str, Unit]) -> Iterator[str]:
    """Yield what is amiss with the word of a claim's qualifier, and with its quotation."""
    others = (q for q in QUALIFIERS if q not in ("exact", fact.qualifier))
    if any(qualifier_pattern(q).search(fact.wording) for q in others):
        yield f"its qualifier is {fact.qualifier}, its word {fact.wording!r}"
    if not fact.rows and not fact.inputs:
        yield "names neither rows nor facts that it rests on"
    if fact.kind == "stated":
        yield from _stated(fact, units)


def _stated(fact: Fact, units: Mapping[str, Unit]) -> Iterator[str]:
    """Yield what the words that a claim quotes from the article do not say."""
    if fact.start is None or fact.end is None or fact.end - fact.start != len(fact.quote):
        yield f"{fact.quote!r} is not as long as its place in the article"
    value, unit = f"{fact.value}", fact.unit
    if fact.precision == "month":
        value, unit = value[:7], "month"
    elif isinstance(fact.value, float):
        value = f"{fact.value:.{max(fact.decimals, 0)}f}"
    claim = {"value": value, "unit": unit, "exact": fact.quote, "qualifier": fact.qualifier}
    for column, words in check_claim(claim, units):
        yield f"its {column} is {claim[column]!r}: {words.partition(';')[0]}"
    if fact.precision and not _is_named(fact):
        yield f"its value is {value}: the exact words {fact.quote!r} name another day"
    if fact.wording and not _says(fact):
        yield f"its word {fact.wording!r} is not in the exact words {fact.quote!r}"


def _says(fact: Fact) -> bool:
    """Return whether a quotation has the word that qualifies, or none of those that could."""
    words = fact.quote.lower()
    return fact.wording in words or not any(w in words for w in QUALIFIERS[fact.qualifier])


_DATE = re.compile(
    rf"\b(?P<weekday>{alternatives(WEEKDAYS)})\b|\b(?P<month>{alternatives(MONTHS)})\b|"
    r"\b(?P<year>\d{4})\b|\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
)


def _is_named(fact: Fact) -> bool:
    """Return whether what words name of a day, of several one each, is that of the fact's.

    ``ten days ago`` names none: it is reckoned from the article's day.
    """
    day = fact.value
    if any(read.type == "relative" for read in said_in(fact.quote)):
        return True
    own = {"month": MONTHS[day.month - 1], "year": str(day.year)}
    if fact.precision != "month":
        own |= {"weekday": WEEKDAYS[day.weekday()], "day": str(day.day)}
    named: dict[str, set[str]] = {}
    for match in _DATE.finditer(fact.quote):
        part = str(match.lastgroup)
        named.setdefault(part, set()).add(match[part])
    return all(own[part] in words for part, words in named.items() if part in own)
