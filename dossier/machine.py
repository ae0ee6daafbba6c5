"""The report for machines: facts.json with its schema, schema.org claims as JSON-LD, W3C annotations of the article."""

import datetime
import json

from dossier import article, data, document
from dossier.audit import numbers

LICENCE_NOTE = "Facts and figures; terms of each source in data/README.md"


def dump(value) -> str:
    """Return JSON as the files hold it: the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False, default=_plain) + "\n"


def _plain(value):
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in facts.json")


def facts_json(doc: dict, report, versions: dict[str, str]) -> dict:
    """Return the content of facts.json: the head, then one object for each fact, in the ledger's order."""
    entries = []
    for entry in doc["ledger"]:
        fact = report.facts[entry["id"]]
        item = {
            "id": fact.id, "kind": fact.kind, "label": fact.label, "value": fact.value, "unit": fact.unit, "qualifier": fact.qualifier,
            "text": entry["text"], "forms": sorted({*report.facts.forms(fact).values()}),
        }  # fmt: skip
        if fact.kind == "stated":
            item |= {"quote": fact.quote, "prefix": fact.prefix, "suffix": fact.suffix, "start": fact.start, "end": fact.end, "speaker": fact.speaker}
        if fact.kind == "computed":
            item |= {"rule": fact.rule, "inputs": list(fact.inputs)}
        item |= {"rows": list(fact.rows), "sources": list(fact.sources), "where": sorted({u["chapter_id"] for u in entry["uses"]})}
        entries.append(item)
    head = {
        "title": doc["title"],
        "parameters": doc["parameters"],
        "article": {"sha256": article.sha256(), "characters": len(article.text())},
        "data": data.digests(),
        "versions": versions,
    }
    return head | {"facts": entries, "printed": _printed(doc), "heads": _heads(doc)}


def _printed(doc: dict) -> dict[str, str]:
    """Return, for each place that prints numbers, those numbers in order: what audit.verify compares a finished file with."""
    lines = {place: " ".join(n for piece in pieces for n in numbers(piece)) for place, pieces in document.places(doc)}
    return {place: line for place, line in lines.items() if line}


def _heads(doc: dict) -> list[str]:
    blocks = [b for part in doc["chapters"] for b in part["blocks"] if b["type"] == "table"]
    lines = [" ".join(n for column in b["columns"] for n in numbers(column["label"])) for b in blocks]
    return [line for line in lines if line]


def json_ld(doc: dict, report) -> list[dict]:
    """Return nothing yet but the report itself."""
    return [{"@context": "https://schema.org", "@type": "Report", "name": doc["title"], "about": doc["headline"], "inLanguage": "en-GB", "temporalCoverage": doc["parameters"]["as_of"]}]
