"""Sentences that parameters fill, at every edition and in both systems of units.

Number and noun agree, articles fit, nothing is doubled or left over.
"""

import datetime
import itertools
import re

import direct
import pytest
from conftest import PROJECT

from dossier.data.known import known_on
from dossier.data.tables import load
from dossier.document.model import runs_in, text_of
from dossier.parameters import CHOICES, Parameters
from dossier.show.briefs import entities
from dossier.text.numbers import typeset
from dossier.text.units import units_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("undrawn")]

NEWEST = load(PROJECT).newest
DAYS = (
    "2024-07-07",
    "2024-07-08",
    "2024-07-11",
    "2024-07-20",
    "2025-01-15",
    "2025-06-25",
    "2025-09-15",
    NEWEST.isoformat(),
)
NOUNS = {u.name: u.singular for u in units_of(PROJECT.settings.units).values() if u.singular}
MANY = "|".join(re.escape(noun) for noun in NOUNS if noun != "years")
ONE = "|".join(re.escape(noun) for noun in {*NOUNS.values()} - {"year"})
SEVERAL = r"two|three|four|five|six|seven|eight|nine|\d*[02-9]|\d+1\d"
WRONG = {
    "one of many": rf"\b[Oo]ne (?:{MANY})\b",
    "many of one": rf"(?<![\d.,–-])\b(?:{SEVERAL}) (?:{ONE})\b(?!s)(?! [a-z]+s\b)",
    "none of it as a verb": r"\b(?:one|One) (?:were|are|have|lie|reach|spend)\b",
    "doubled word": r"\b([a-z]{2,}) \1\b",
    "space before a mark": r" [.,;:!?](?!\.)",
    "doubled mark": r"[,;:]{2}|(?<!\.)\.\.(?!\.)",
    "doubled space": r"\S  +\S",
    "a before a vowel": r"\ba (?:agreement|ally|edition|exact|estimate|8\b|11\b|18\b)",
    "an before a consonant": r"\ban (?:member|NATO member|country|number)",
    "a typewriter's quotation mark": r"\"|(?<=\w)'(?=\w)",
    "a hyphen for a dash": r" - ",
    "an unfilled brace": r"[{}]",
    "an empty pair": r"\(\)|“”",
    "a wide space before a symbol": r"\d (?:km|m)\b|\b[A-Z]{3} \d",
    "a hyphen in a range": r"\b\d{4}-\d{4}\b",
}


def prose(document):
    """Yield the sentences that templates fill: not tables, whose cells are the sources' words."""
    for block in document.blocks():
        if block.type == "table":
            yield text_of(block.caption)
            yield text_of(block.note)
        elif block.type == "figure":
            yield from map(text_of, (block.title, block.subtitle, block.note))
            yield typeset(block.alt)  # an alt text is heard, and has plain spaces
        elif block.type == "panel":
            yield from (text_of(runs) for i in block.items for runs in (i.figure, i.found))
        else:
            yield from map(text_of, runs_in(block))


def check(document):
    for chapter in document.chapters:
        kinds = [block.type for block in chapter.blocks] + ["heading"]
        pairs = itertools.pairwise(kinds)
        assert ("heading", "heading") not in pairs, "a heading with nothing under it"
    shown = (*document.figures(), *document.tables())
    numbers = {f"#{block.type}-{block.id}": block.number for block in shown}
    runs = [r for block in document.blocks() for runs in runs_in(block) for r in runs]
    for run in (r for r in runs if r.ref):
        kind = run.href[1:].split("-")[0].capitalize()
        assert run.text == f"{kind} {numbers[run.href]}"
    texts = list(prose(document))
    assert texts
    found = [
        f"{name}: {m[0]!r} in {text[max(0, m.start() - 50) : m.end() + 40]!r}"
        for text in texts
        for name, pattern in WRONG.items()
        for m in re.finditer(pattern, text)
    ]
    assert not found, "\n".join(found)


def test_the_nouns_are_those_of_the_units():
    assert {"agreements", "allies", "member countries", "people", "miles", "points"} < {*NOUNS}


@pytest.mark.parametrize("units", CHOICES["units"])
@pytest.mark.parametrize("day", DAYS)
def test_the_report_reads_well(joined, day, units):
    check(joined(day, units))


@pytest.mark.parametrize("day", [DAYS[0], DAYS[3], DAYS[-1]])
def test_every_brief_reads_well(day):
    as_of = datetime.date.fromisoformat(day)
    found = entities(known_on(PROJECT, as_of))
    assert found
    for ally in found:
        given = Parameters(as_of, NEWEST, entity=ally, entity_parameter="ally")
        check(direct.document(given))


@pytest.mark.parametrize(
    "words",
    [
        "one agreements stood",
        "two ally lie",
        "the the sum",
        "it is so .",
        "977 km",
        "EUR 40bn",
        "2014-2024",
        "a agreement",
        "it's",
    ],
)
def test_the_patterns_find_what_is_amiss(words):
    assert any(re.search(pattern, words) for pattern in WRONG.values())
