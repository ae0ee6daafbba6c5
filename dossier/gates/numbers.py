"""Every number in text, caption, chart and alternative text is a fact, a row, or exempt."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from dossier.export.reading import Piece, Reading
from dossier.gates import Finished
from dossier.text.numbers import find_digits, find_typed, typeset, without_names

EXEMPT = {
    "label": "numbers of tables, figures and chapters",
    "source": "numbers of sources, each linked to its entry",
    "table row": "cells of a row that its key names; held against it by the gate cells",
    "axis": "ticks of an axis",
    "article": "the article, verbatim; compared with its text",
    "ledger": "the entries themselves; compared with the claims",
    "sources": "titles, days and extents of sources; compared with the claims",
    "name": "names that hold a digit, from dossier.toml",
    "dateline": "the parameters of the edition",
}


def find(finished: Finished) -> list[str]:
    names = finished.report.project.settings.allowed
    return [
        problem
        for reading in finished.readings
        for problem in unsourced(reading, finished.claims, names, finished.exempt)
    ]


def unsourced(
    reading: Reading, claims: dict[str, Any], names: Iterable[str], exempt: Counter[str]
) -> list[str]:
    """Return a problem for each number of a file that no fact of the claims and no row has."""
    forms = {fact["id"]: set(fact["forms"]) for fact in claims["facts"]}
    every = _printed_numbers(claims)
    problems = []
    for piece in reading.pieces:
        if piece.role == "fact":
            problems += _wrong_form(piece, forms)
            continue
        words = without_names(piece.text, names)
        exempt["name"] += len(find_digits(piece.text)) - len(find_digits(words))
        found = find_typed(piece.text, names)
        if piece.role == "chart":
            known = [n for n in found if _is_known(n, piece, every, reading)]
            exempt["table row"] += len(known)
            found = [n for n in found if n not in known]
        elif piece.role:
            exempt[piece.role] += len(found)
            continue
        problems += [
            f"{piece.place}: the number {n!r} in {piece.text.strip()[:80]!r} has no fact; "
            "name one in braces, or take it out"
            for n in found
        ]
    for alt, place in reading.labels:
        problems += [
            f"{place}: the number {n!r} in its alt text has no fact; "
            "build the alt text with facts.plain"
            for n in find_digits(alt)
            if not every[n]
        ]
    return problems


def _printed_numbers(claims: dict[str, Any]) -> Counter[str]:
    every = Counter(n for f in claims["facts"] for form in f["forms"] for n in find_digits(form))
    every.update(n for line in claims["printed"].values() for n in line.split())
    return every


def _is_known(number: str, piece: Piece, every: Counter[str], reading: Reading) -> bool:
    if number[0].isdigit():
        return bool(every[number]) or piece.text.strip() in reading.cells
    return True  # a small count spelt out: the claims hold its digits


def _wrong_form(piece: Piece, forms: dict[str, set[str]]) -> list[str]:
    if piece.fact not in forms:
        return [
            f"{piece.place}: links to the fact {piece.fact!r}, which the claims do not hold; "
            "add it, or unlink it"
        ]
    allowed = {typeset(form) for form in forms[piece.fact]}
    if piece.text in allowed:
        return []
    listed = " or ".join(map(repr, sorted(forms[piece.fact])))
    return [
        f"{piece.place}: prints fact {piece.fact!r} as {piece.text!r}; it may print as {listed}"
    ]
