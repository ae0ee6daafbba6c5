"""A file carries the claims of its ledger, and prints the numbers that they say."""

import re
from collections import Counter
from typing import Any

from dossier.export.reading import Reading
from dossier.gates import Finished
from dossier.gates.parity import squeezed
from dossier.text.numbers import find_digits


def find(finished: Finished) -> list[str]:
    claims = finished.claims
    return [
        problem
        for reading in finished.readings
        for problem in (
            *changed_claims(reading.claims | {"versions": {}}, claims),
            *contradictions(reading, claims),
        )
    ]


def changed_claims(found: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """Return a problem for each part of a file's claims that is not as its sources give it."""
    sides = [{fact["id"]: fact for fact in claims["facts"]} for claims in (found, wanted)]
    rest = [claims | {"facts": [f["id"] for f in claims["facts"]]} for claims in (found, wanted)]
    return [*_differing("fact ", *sides), *_differing("", *rest)]


def _differing(place: str, found: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """Return a line for each name whose value differs; objects are compared name by name."""
    lines = []
    for name in dict.fromkeys([*found, *wanted]):
        here, there = found.get(name), wanted.get(name)
        if isinstance(here, dict) and isinstance(there, dict):
            lines += _differing(f"{place}{name}, ", here, there)
        elif here != there:
            lines.append(f"{place}{name}: {instead_of(here, there)}")
    return lines


SHOWN = 70
"""Characters: how much of a text is shown from where it differs."""


def instead_of(found: object, wanted: object) -> str:
    """Say what stands where something else should: of texts where they differ, of lists what does.

    >>> instead_of("some 632 miles", "some 622 miles")
    "is 'some 632 miles', its sources give 'some 622 miles'"
    >>> instead_of(None, 2)
    'is missing, its sources give 2'
    """
    if isinstance(found, str) and isinstance(wanted, str):
        pairs = enumerate(zip(found, wanted, strict=False))
        at = next((n for n, (a, b) in pairs if a != b), min(len(found), len(wanted)))
        start = max(0, at - SHOWN // 2)
        found, wanted = found[start : start + SHOWN], wanted[start : start + SHOWN]
    elif isinstance(found, list) and isinstance(wanted, list):
        own, other = ([x for x in a if x not in b] for a, b in ((found, wanted), (wanted, found)))
        found, wanted = (own, other) if own or other else (found, wanted)
    here, there = (f"{side!r:.200}" for side in (found, wanted))
    if found is None:
        return f"is missing, its sources give {there}"
    return f"is {here}, its sources give {'nothing' if wanted is None else there}"


def contradictions(reading: Reading, claims: dict[str, Any]) -> list[str]:
    """Return a problem for each number that a file prints otherwise than the claims say."""
    return [*_compare(reading, claims), *_listed(reading, claims)]


def _compare(reading: Reading, claims: dict[str, Any]) -> list[str]:
    """Return a problem for each number that a text has more or fewer times than its claims say."""
    name, text = reading.file.name, reading.text
    found = Counter(find_digits(text))
    wanted = Counter(n for line in claims["printed"].values() for n in line.split())
    repeated = _repeated(reading, claims)
    problems = []
    for number in sorted({*found, *wanted}):
        if not 0 <= found[number] - wanted[number] <= repeated[number]:
            problems.append(_difference(name, text, number, found, wanted, claims))
    return problems


def _repeated(reading: Reading, claims: dict[str, Any]) -> Counter[str]:
    """Return the numbers of the heads of tables with which a page begins that goes on with one."""
    heads = sorted((line.split() for line in claims["heads"]), key=len, reverse=True)
    repeated: Counter[str] = Counter()
    for numbers in map(find_digits, reading.page_texts):
        repeated.update(next((h for h in heads if numbers[: len(h)] == h), ()))
    return repeated


def _difference(
    name: str,
    text: str,
    number: str,
    found: Counter[str],
    wanted: Counter[str],
    claims: dict[str, Any],
) -> str:
    places = [place for place, line in claims["printed"].items() if number in line.split()]
    where = ", ".join(places[:3]) or "no place"
    remedy = "restore the file from a build"
    if not found[number]:
        return f"{name}: does not print {number}, which its claims say it does ({where}); {remedy}"
    at = text.find(number)
    first = " ".join(text[max(0, at - 40) : at + 40].split())
    return (
        f"{name}: prints {number} {found[number]} times, its claims say {wanted[number]} times "
        f"({where}); first at {first!r}; {remedy}"
    )


def _listed(reading: Reading, claims: dict[str, Any]) -> list[str]:
    """Compare printed contents with the claims: each entry, in order, with a page that holds it."""
    entries = claims["contents"] if reading.pages else []
    if reading.contents is None and not entries:
        return []
    text = squeezed(reading.contents or "").removeprefix("Contents")
    patterns = [re.escape(squeezed(entry)) + r"(\d+)" for entry in entries]
    found = re.fullmatch("".join(patterns), text)
    if found is None:
        wrong = (e for n, e in enumerate(entries, 1) if not re.match("".join(patterns[:n]), text))
        amiss = [next(wrong, "its end")]
    else:
        pages = {str(n): squeezed(t) for n, t in enumerate(reading.page_texts, start=1)}
        amiss = [
            entry
            for entry, page in zip(entries, found.groups(), strict=True)
            if not all(
                squeezed(part) in pages.get(page, "")
                for part in re.sub(r"^\w ", "", entry).split("\n")
            )
        ]
    return [
        f"{reading.file.name}, contents: {entry!r} does not stand there with its page; "
        "restore the file from a build"
        for entry in amiss
    ]
