"""A finished file checked without a build: its numbers, its quotations, the digests of the data."""

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

from dossier.data.known import article_of, digest, known_on
from dossier.data.schema import schema_of
from dossier.export import formats
from dossier.export.reading import Reading
from dossier.gates import GateError
from dossier.gates.claims import contradictions
from dossier.gates.numbers import unsourced
from dossier.gates.parity import squeezed
from dossier.project import Project
from dossier.show.briefs import brief_record


def verify(file: Path, project: Project) -> dict[str, Any]:
    """Check a finished file: numbers against its claims, quotations against the article, digests.

    Returns the claims; raises GateError where something does not agree.
    """
    known = {format.suffix: format for format in formats().values()}
    if file.suffix not in known:
        suffixes = " nor ".join(known)
        raise GateError([f"{file.name}: neither {suffixes}; name a finished report"])
    reading = known[file.suffix].read(file)
    names = project.settings.allowed
    problems = [
        *reading.problems,
        *contradictions(reading),
        *unsourced(reading, names, Counter()),
        *_quotations(reading, project),
        *_digests(reading.claims, project),
    ]
    if problems:
        raise GateError(problems)
    return reading.claims


def _quotations(reading: Reading, project: Project) -> list[str]:
    """Return a problem for each quotation that the article, or the file, does not hold."""
    article, text, problems = article_of(project), squeezed(reading.text), []
    if reading.claims["article"]["sha256"] != article.sha256:
        problems.append(
            "article.txt: its digest is not the one that the report was built from; "
            "one of the two was changed"
        )
    for fact in reading.claims["facts"]:
        if fact["kind"] != "stated":
            continue
        if article.text[fact["start"] : fact["end"]] != fact["quote"]:
            problems.append(
                f"fact {fact['id']}: the article does not hold {fact['quote']!r} at {fact['start']}"
            )
        if squeezed(fact["quote"]) not in text:
            problems.append(
                f"fact {fact['id']}: the file no longer prints its quotation {fact['quote']!r}"
            )
    return problems


def _digests(claims: dict[str, Any], project: Project) -> list[str]:
    """Return a problem for each table, or for a brief its rows, that has changed since."""
    parameters, settings = claims["parameters"], project.settings.briefs
    entity = parameters.get(settings.parameter) if settings else None
    if entity:
        as_of = datetime.date.fromisoformat(parameters["as_of"])
        record = brief_record(known_on(project, as_of), entity)
        if claims["data"]["rows"] == digest(record):
            return []
        return [
            "data/: the rows that the brief rests on are not those that it was built from; "
            "the data have changed since"
        ]
    return [
        f"data/{name}: its digest is not the one that the report was built from; "
        "the data have changed since"
        for name, found in schema_of(project.data).digests().items()
        if claims["data"].get(name) != found
    ]
