"""The numbers that a file prints are those that its claims say: a digit flipped is found."""

import re
from collections import Counter
from typing import Any

from dossier.export.reading import Reading
from dossier.gates import Finished
from dossier.gates.parity import squeezed
from dossier.text.numbers import find_digits


def find(finished: Finished) -> list[str]:
    return [p for reading in finished.readings for p in contradictions(reading)]


def contradictions(reading: Reading) -> list[str]:
    """Return a problem for each number that a file prints otherwise than its claims say."""
    return [*compare(reading.file.name, reading.text, reading.claims), *_listed(reading)]


def compare(name: str, text: str, claims: dict[str, Any]) -> list[str]:
    """Return a problem for each number that a text has more or fewer times than its claims say."""
    found = Counter(find_digits(text))
    wanted = Counter(n for line in claims["printed"].values() for n in line.split())
    repeated = Counter(n for line in claims["heads"] for n in line.split())
    problems = []
    for number in sorted({*found, *wanted}):
        # the heads of long tables are repeated on every page
        more = found[number] > wanted[number] and not repeated[number]
        if found[number] < wanted[number] or more:
            problems.append(_difference(name, text, number, found, wanted, claims))
    return problems


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


def _listed(reading: Reading) -> list[str]:
    """Compare printed contents with the claims: each entry, in order, with a page that holds it."""
    if reading.contents is None:
        return []
    text = squeezed(reading.contents).removeprefix("Contents")
    entries = reading.claims["contents"]
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
            if squeezed(re.sub(r"^\w ", "", entry)) not in pages.get(page, "")
        ]
    return [
        f"{reading.file.name}, contents: {entry!r} does not stand there with its page; "
        "restore the file from a build"
        for entry in amiss
    ]
