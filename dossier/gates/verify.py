"""What a finished file proves: by itself, and beside what its sources build anew.

Unlike the gates of a build these checks are given nothing but files. ``alone`` believes what a
file says of itself and finds where it contradicts itself. ``differences`` believes nothing.
"""

from collections import Counter
from typing import Any

import jsonschema

from dossier.document.evidence import evidence_of
from dossier.document.model import text_of
from dossier.export.claims import check, fact_of
from dossier.export.reading import Reading
from dossier.gates.claims import changed_claims, contradictions, instead_of
from dossier.gates.derivation import underived
from dossier.gates.numbers import unsourced
from dossier.gates.parity import missing
from dossier.text.numbers import typeset


def unfitting(reading: Reading) -> list[str]:
    """Return a problem where a file's claims do not fit their schema."""
    try:
        check(reading.claims)
    except jsonschema.ValidationError as error:
        return [
            f"{reading.file.name}: its claims are not as this version of dossier writes them "
            f"({error.json_path}: {error.message:.200}); they were changed, or another version "
            "built the file"
        ]
    return []


def alone(reading: Reading) -> list[str]:
    """Return a problem for each contradiction of a file in itself.

    Each claim's texts follow from its value, unit and qualifier, a stated one's from its quotation;
    the file prints the ledger of its claims and no number that they do not have. The claims must
    fit their schema.
    """
    claims = reading.claims
    problems = [*reading.problems, *underived(claims)]
    if problems or not reading.prints:
        return problems
    names = claims["settings"]["names"]
    return [
        *contradictions(reading, claims),
        *unsourced(reading, claims, names, Counter()),
        *missing(reading, _ledger(claims)),
        *_uncited(reading),
    ]


def _ledger(claims: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return the account of the ledger, by the claims alone."""
    evidence = evidence_of(map(fact_of, claims["facts"]), {}, brief=False)
    return [
        (f"ledger {item['id']}", [item["label"], typeset(item["text"]), text_of(told)])
        for item, told in zip(claims["facts"], evidence, strict=True)
    ]


def _uncited(reading: Reading) -> list[str]:
    """Return a problem for each source of a claim that the file's list of sources lacks."""
    if not reading.cited:
        return []
    return [
        f"fact {fact['id']}: its source {source!r} is not in the list of sources"
        for fact in reading.claims["facts"]
        for source in fact["sources"]
        if source not in reading.cited
    ]


def differences(reading: Reading, fresh: Reading) -> list[str]:
    """Return a problem for each difference of a file from what its sources build; none for equals.

    Equal are the same bytes and nothing else: what no reader of ours looks at (a drawing, a font,
    a script) is held as well. Claims and texts are there to name what differs.
    """
    if reading.file.read_bytes() == fresh.file.read_bytes():
        return []
    named = [
        *changed_claims(reading.claims, fresh.claims),
        *_changed_texts("", reading.texts(), fresh.texts()),
        *_changed_texts("alternative text, ", _placed(reading.alts), _placed(fresh.alts)),
        *_changed_texts("label, ", _placed(reading.labels), _placed(fresh.labels)),
    ]
    return named or _elsewhere(reading, fresh)


Texts = list[tuple[str, str]]


def _placed(texts: Texts) -> Texts:
    """Return (place, text) of (text, place)."""
    return [(place or f"the {n}.", text) for n, (text, place) in enumerate(texts, start=1)]


def _changed_texts(kind: str, found: Texts, wanted: Texts) -> list[str]:
    """Return a line for each text that differs; one line where texts were added or left out."""
    if len(found) == len(wanted):
        return [
            f"{kind}{place}: {instead_of(text, other)}"
            for (place, text), (_, other) in zip(found, wanted, strict=True)
            if text != other
        ]
    pairs = enumerate(zip(found, wanted, strict=False))
    at = next((n for n, (a, b) in pairs if a[1] != b[1]), min(len(found), len(wanted)))
    place = (found[at : at + 1] or wanted[at : at + 1])[0][0]
    here, there = (" ".join(text for _, text in side[at : at + 5]) for side in (found, wanted))
    counts = f"{len(found):,} texts where its sources give {len(wanted):,}"
    return [f"{kind}{place}: {instead_of(here, there)}; {counts}"]


def _elsewhere(reading: Reading, fresh: Reading) -> list[str]:
    """Return the place of the first difference in what is not read as text."""
    name = reading.file.name
    if reading.prints and not reading.pieces:
        return [
            f"{name}: its claims and texts are those that its sources give, its bytes are not: a "
            "drawing, a font, the structure or what does not show was changed, or the file was "
            "saved anew"
        ]
    lines = (side.data.splitlines() for side in (reading, fresh))
    pairs = enumerate(zip(*lines, strict=False), start=1)
    number, (here, there) = next(((n, p) for n, p in pairs if p[0] != p[1]), (0, ("", "")))
    if not number:
        return [f"{name}: ends otherwise than what its sources build, or its lines do"]
    return [f"{name}, line {number}: {instead_of(here, there)}"]
