"""Sentences that parameters fill: number and noun agree, articles fit, nothing is doubled or left over, at every edition and in both systems."""

import datetime
import re

import direct
import pytest

from dossier import briefs, data, document, parameters
from dossier.facts import _SINGULAR, typeset

NEWEST = data.newest(data.load())
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
MANY = "|".join(re.escape(noun) for noun in _SINGULAR if noun != "years")
ONE = "|".join(re.escape(noun) for noun in {*_SINGULAR.values()} - {"year"})
WRONG = {
    "one of many": rf"\b[Oo]ne (?:{MANY})\b",
    "many of one": rf"(?<![\d.,–-])\b(?:two|three|four|five|six|seven|eight|nine|\d*[02-9]|\d+1\d) (?:{ONE})\b(?!s)(?! [a-z]+s\b)",
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


def prose(doc):
    """Yield the sentences that templates fill: not tables, whose cells are the sources' words."""
    for part in doc["chapters"]:
        for block in part["blocks"]:
            if block["type"] == "table":
                yield document.text_of(block["caption"])
                yield document.text_of(block["note"])
            elif block["type"] == "figure":
                yield from (document.text_of(block[k]) for k in ("title", "subtitle", "note"))
                yield typeset(block["alt"])  # an alt text is heard, and has plain spaces
            elif block["type"] == "panel":
                yield from (
                    document.text_of(i[k]) for i in block["items"] for k in ("figure", "found")
                )
            else:
                yield from map(document.text_of, document.runs_in(block))


def check(doc):
    kinds = [[b["type"] for b in part["blocks"]] + ["heading"] for part in doc["chapters"]]
    assert not any(a == b == "heading" for part in kinds for a, b in zip(part, part[1:])), (
        "a heading with nothing under it"
    )
    numbers = {
        f"#{b['type']}-{b['id']}": b["number"]
        for part in doc["chapters"]
        for b in part["blocks"]
        if b["type"] in ("figure", "table")
    }
    for run in (
        r
        for part in doc["chapters"]
        for b in part["blocks"]
        for runs in document.runs_in(b)
        for r in runs
        if r.get("ref")
    ):
        assert run["t"] == f"{run['href'][1:].split('-')[0].capitalize()} {numbers[run['href']]}"
    found = [
        f"{name}: {m[0]!r} in {text[max(0, m.start() - 50) : m.end() + 40]!r}"
        for text in prose(doc)
        for name, pattern in WRONG.items()
        for m in re.finditer(pattern, text)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("units", parameters.CHOICES["units"])
@pytest.mark.parametrize("day", DAYS)
def test_the_report_reads_well(day, units):
    check(direct.doc(parameters.Parameters(datetime.date.fromisoformat(day), NEWEST, units)))


@pytest.mark.parametrize("day", [DAYS[0], DAYS[3], DAYS[-1]])
def test_every_brief_reads_well(day):
    as_of = datetime.date.fromisoformat(day)
    for ally in briefs.allies(data.record(as_of)):
        check(direct.doc(parameters.Parameters(as_of, NEWEST, ally=ally)))


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
    assert any(re.search(pattern, words) for name, pattern in WRONG.items())
