"""The report for machines: facts.json with its schema, schema.org's claims, W3C annotations.

facts.json holds every fact and what is printed where; it travels inside each finished file.
"""

import datetime
import functools
import itertools
import json
import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dossier.chapters.claims import REVIEWED, judge, shown_text, verdicts_by_claim
from dossier.data.known import Record, digest
from dossier.document.account import contents, places
from dossier.document.model import Document, TableBlock, text_of
from dossier.export.reading import FileError, Reading
from dossier.facts.fact import Fact
from dossier.show.report import Report
from dossier.show.tables import plain
from dossier.text.article import unescape
from dossier.text.numbers import find_digits

SCHEMA = Path(__file__).resolve().parent / "facts.schema.json"


@dataclass(frozen=True)
class Claims:
    """What a finished file carries for machines: the text of facts.json, and of its JSON-LD."""

    facts: str = ""
    linked: str = ""


def dump(value: Any) -> str:
    """Return JSON as the files hold it: the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def facts_json(document: Document, report: Report, versions: dict[str, str]) -> dict[str, Any]:
    """Return the content of facts.json: the head, then one object for each fact of the ledger.

    ``settings`` are the units and names of dossier.toml, which the texts of facts follow from.
    After the facts stand the verdicts by claim, and for each place that prints numbers those
    numbers in order (``heads``: those of tables' headings, which a PDF repeats on every page;
    ``contents``: the entries of its contents); with these a finished file can be verified without
    a build.
    """
    record, settings = report.record, report.project.settings
    facts = [
        _fact_json(report.facts.require(entry.id), report, [u.chapter_id for u in entry.uses])
        for entry in document.ledger
    ]
    return {
        "$schema": SCHEMA.name,
        "title": document.title,
        "parameters": document.parameters,
        "article": {"sha256": record.article.sha256, "characters": len(record.article.text)},
        # a brief rests on some rows only, and must not change with the others
        "data": {"rows": digest(record)} if report.entity else record.schema.digests(),
        "versions": versions,
        "settings": {"units": settings.units, "names": list(settings.allowed)},
        "facts": facts,
        "verdicts": {} if report.entity else verdicts_by_claim(record, report.facts),
        "printed": _printed(document),
        "heads": _heads(document),
        "contents": contents(document),
    }


PRINTING = ("wording", "decimals", "precision", "round_figure")
"""What the texts of a fact follow from, beside its value, unit and qualifier."""


def fact_of(item: dict[str, Any]) -> Fact:
    """Return the fact that an object of facts.json tells of."""
    lists = {name: tuple(item.get(name, ())) for name in ("inputs", "rows", "sources")}
    told = {f.name: item[f.name] for f in fields(Fact) if f.name in item} | lists
    if "precision" in item["printing"]:
        told["value"] = datetime.date.fromisoformat(told["value"])
    return Fact(**told, **item["printing"])


def _fact_json(fact: Fact, report: Report, chapters: list[str]) -> dict[str, Any]:
    day = isinstance(fact.value, datetime.date)
    item: dict[str, Any] = {
        "id": fact.id,
        "kind": fact.kind,
        "label": fact.label,
        "value": fact.value.isoformat() if day else fact.value,
        "unit": fact.unit,
        "qualifier": fact.qualifier,
        "text": report.facts.text(fact.id),
        "forms": sorted({*report.facts.forms(fact).values()}),
        "printing": {name: value for name in PRINTING if (value := getattr(fact, name))},
    }
    if fact.kind == "stated":
        stated = ("quote", "prefix", "suffix", "start", "end", "speaker")
        item |= {name: getattr(fact, name) for name in stated}
    if fact.kind == "computed":
        item |= {"rule": fact.rule, "inputs": list(fact.inputs)}
    more = {"rows": list(fact.rows), "sources": list(fact.sources), "where": sorted({*chapters})}
    return item | more


def _printed(document: Document) -> dict[str, str]:
    """Return, for each place that prints numbers, those numbers in order."""
    lines = {
        place: " ".join(n for piece in pieces for n in find_digits(piece))
        for place, pieces in places(document)
    }
    return {place: line for place, line in lines.items() if line}


LONG = (20, 2000)
"""Rows, and letters: a table of more of either may go on over pages, each with its head."""


def _heads(document: Document) -> list[str]:
    """Return the numbers of the heads that may stand on several pages."""
    lines = [
        " ".join(n for column in table.columns for n in find_digits(column.label))
        for table in document.tables()
        if _is_long(table)
    ]
    return [line for line in lines if line]


def _is_long(table: TableBlock) -> bool:
    letters = sum(len(text_of(cell)) for row in table.rows for cell in row)
    return len(table.rows) > LONG[0] or letters > LONG[1]


def read(file: Path) -> Reading:
    """Return what a facts.json holds: claims alone; raise FileError where it is none."""
    source = file.read_bytes().decode("utf-8", errors="replace")
    return Reading(file, "", parsed(source, file.name), [], data=source, prints=False)


DEEPEST = 40
"""How deep the claims of a file may be nested; the schema's go five deep."""


def parsed(text: str, name: str) -> dict[str, Any]:
    """Return the claims in a JSON text; raise FileError where it is no object, or ambiguous.

    What two readers could read in two ways is refused: a name twice, NaN, more than ``DEEPEST``
    brackets in one another. Whether the claims fit their schema is for ``check`` to say.
    """
    remedy = "restore the file from a build"
    if _depth(text) > DEEPEST:
        raise FileError(f"{name}: its claims are nested over {DEEPEST} deep; {remedy}")
    try:
        found = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except ValueError as error:
        raise FileError(f"{name}: its claims are no JSON ({error}); {remedy}") from None
    if not isinstance(found, dict):
        raise FileError(f"{name}: its claims are no object of JSON; {remedy}")
    return found


_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.S)


def _depth(text: str) -> int:
    """Return how deep brackets are nested in a JSON text, those in strings left out."""
    steps = (1 if mark in "[{" else -1 for mark in re.findall(r"[][{}]", _STRING.sub("", text)))
    return max(itertools.accumulate(steps), default=0)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} stands twice in one object")
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def check(facts: dict[str, Any]) -> None:
    """Raise jsonschema.ValidationError where facts.json does not fit its schema."""
    validator().validate(facts)


@functools.cache
def validator() -> Any:
    """Return the validator of facts.json."""
    import jsonschema

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


# ---- linked data


def json_ld(document: Document, report: Report) -> dict[str, Any]:
    """Return schema.org: a Claim for each statement, a ClaimReview where a verdict stands."""
    record = report.record
    judged = {j.claim_id: j for j in judge(record, report.facts)}
    graph: list[dict[str, Any]] = [
        {
            "@type": "Report",
            "@id": "#report",
            "name": document.title,
            "inLanguage": "en-GB",
            "temporalCoverage": document.parameters["as_of"],
            "about": {"@id": "#the-article"},
        },
        {
            "@type": "NewsArticle",
            "@id": "#the-article",
            "headline": document.headline,
            "url": record.origin["url"],
        },
    ]
    for claim in record.claims.to_dict("records"):
        graph.append(_claim_ld(claim))
        judgement = judged[claim["claim_id"]]
        if judgement.verdict in REVIEWED:
            body = plain({"markdown": shown_text(judgement, report.facts)})
            graph.append(_review_ld(claim, judgement.verdict, body))
    return {"@context": "https://schema.org", "@graph": graph}


def _claim_ld(claim: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "Claim",
        "@id": f"#quote-{claim['claim_id']}",
        "name": claim["label"],
        "text": claim["exact"],
        "appearance": {"@id": "#the-article"},
    }


def _review_ld(claim: dict[str, Any], verdict: str, body: str) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "@id": f"#review-{claim['claim_id']}",
        "itemReviewed": {"@id": f"#quote-{claim['claim_id']}"},
        "claimReviewed": claim["exact"],
        "isPartOf": {"@id": "#report"},
        "reviewBody": body,
        "reviewRating": {"@type": "Rating", "alternateName": verdict},
    }


def annotations(document: Document, record: Record) -> dict[str, Any]:
    """Return the article's annotations by the W3C Web Annotation Data Model: one for each claim."""
    items = [_annotation(claim, record) for claim in record.claims.to_dict("records")]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:dossier:article",
        "type": "AnnotationCollection",
        "label": document.headline,
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _annotation(claim: dict[str, Any], record: Record) -> dict[str, Any]:
    quote = {
        "type": "TextQuoteSelector",
        "exact": claim["exact"],
        "prefix": unescape(claim["prefix"]),
        "suffix": unescape(claim["suffix"]),
    }
    position = {
        "type": "TextPositionSelector",
        "start": int(claim["start"]),
        "end": int(claim["end"]),
    }
    body = {
        "type": "TextualBody",
        "value": f"{claim['label']} ({claim['fact_id']})",
        "format": "text/plain",
        "language": "en",
    }
    return {
        "id": f"urn:dossier:{claim['claim_id']}",
        "type": "Annotation",
        "motivation": "assessing",
        "body": body,
        "target": {"source": record.origin["url"], "selector": [quote, position]},
    }


# ---- what changed


COMPARED = ("value", "unit", "qualifier", "text", "quote", "rule", "sources")


def diff(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, str]]:
    """Return what changed from one facts.json to another: id, what, before, after."""
    before, after = ({fact["id"]: fact for fact in side["facts"]} for side in (old, new))
    rows = [_change(id, "removed", before[id]["text"], "") for id in before if id not in after]
    rows += [_change(id, "added", "", after[id]["text"]) for id in after if id not in before]
    for id in (i for i in before if i in after):
        pairs = [(f, before[id].get(f), after[id].get(f)) for f in COMPARED]
        rows += [_change(id, f, _short(was), _short(now)) for f, was, now in pairs if was != now]
    was, now = (side.get("verdicts", {}) for side in (old, new))
    for claim in sorted({*was, *now}):
        if was.get(claim) != now.get(claim):
            rows.append(_change(claim, "verdict", was.get(claim, ""), now.get(claim, "")))
    return rows


def _change(id: str, what: str, before: str, after: str) -> dict[str, str]:
    return {"id": id, "what": what, "before": before, "after": after}


def _short(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def diff_text(rows: list[dict[str, str]]) -> str:
    """Return the changes as plain text: a line each, and nothing for none."""
    lines = []
    for row in rows:
        change = f"{row['before']} -> {row['after']}"
        if row["what"] in ("added", "removed"):
            change = row["after"] or row["before"]
        lines.append(f"{row['id']}: {row['what']}: {change}\n")
    return "".join(lines)


def diff_markdown(rows: list[dict[str, str]]) -> str:
    """Return the changes as a Markdown table, and nothing for none."""
    if not rows:
        return ""
    cells = [["fact", "what", "before", "after"], *(list(row.values()) for row in rows)]
    lines = ["| " + " | ".join(c.replace("|", "\\|") for c in row) + " |" for row in cells]
    return "\n".join([lines[0], "|---|---|---|---|", *lines[1:]]) + "\n"
