"""The report for machines: facts.json with its schema, schema.org claims as JSON-LD, W3C annotations of the article."""

import datetime
import functools
import json

import pandas as pd

from dossier import article, briefs, claims, data, document, paths, tables
from dossier.article import unescape
from dossier.audit import numbers


def dump(value) -> str:
    """Return JSON as the files hold it: the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _plain(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


def facts_json(doc: dict, report, versions: dict[str, str]) -> dict:
    """Return the content of facts.json: the head, then one object for each fact, in the ledger's order.

    After the facts stand the verdicts by claim, and for each place that prints numbers those numbers, in order
    (``heads``: those of tables' headings, which a PDF repeats on every page; ``contents``: the entries of its contents);
    with these a finished file can be verified without a build.
    """
    entries = []
    for entry in doc["ledger"]:
        fact = report.facts[entry["id"]]
        item = {
            "id": fact.id,
            "kind": fact.kind,
            "label": fact.label,
            "value": _plain(fact.value),
            "unit": fact.unit,
            "qualifier": fact.qualifier,
            "text": report.facts.text(fact.id),
            "forms": sorted({*report.facts.forms(fact).values()}),
        }
        if fact.kind == "stated":
            item |= {
                "quote": fact.quote,
                "prefix": fact.prefix,
                "suffix": fact.suffix,
                "start": fact.start,
                "end": fact.end,
                "speaker": fact.speaker,
            }
        if fact.kind == "computed":
            item |= {"rule": fact.rule, "inputs": list(fact.inputs)}
        item |= {
            "rows": list(fact.rows),
            "sources": list(fact.sources),
            "where": sorted({u["chapter_id"] for u in entry["uses"]}),
        }
        entries.append(item)
    head = {
        "$schema": "facts.schema.json",
        "title": doc["title"],
        "parameters": doc["parameters"],
        "article": {"sha256": article.sha256(), "characters": len(article.text())},
        # a brief rests on some rows only, and must not change with the others
        "data": {"rows": briefs.digest(report.record)}
        if report.parameters.ally
        else data.digests(),
        "versions": versions,
    }
    judged = (
        pd.DataFrame({"claim_id": [], "verdict": []})
        if report.parameters.ally
        else claims.judge(report.record, report.facts)
    )
    verdicts = dict(zip(judged["claim_id"], judged["verdict"]))
    return head | {
        "facts": entries,
        "verdicts": verdicts,
        "printed": _printed(doc),
        "heads": _heads(doc),
        "contents": document.contents(doc),
    }


def _printed(doc: dict) -> dict[str, str]:
    """Return, for each place that prints numbers, those numbers in order: what audit.verify compares a finished file with."""
    lines = {
        place: " ".join(n for piece in pieces for n in numbers(piece))
        for place, pieces in document.places(doc)
    }
    return {place: line for place, line in lines.items() if line}


def _heads(doc: dict) -> list[str]:
    blocks = [b for part in doc["chapters"] for b in part["blocks"] if b["type"] == "table"]
    lines = [
        " ".join(n for column in b["columns"] for n in numbers(column["label"])) for b in blocks
    ]
    return [line for line in lines if line]


def json_ld(doc: dict, report) -> dict:
    """Return schema.org: a Claim for each statement of the article, a ClaimReview where a verdict stands.

    A verdict stands where the record confirmed the claim or showed it to be imprecise; a claim that could not be
    verified, or on which nothing was known, has no review.
    """
    judged = claims.judge(report.record, report.facts).set_index("claim_id")
    graph = [
        {
            "@type": "Report",
            "@id": "#report",
            "name": doc["title"],
            "inLanguage": "en-GB",
            "temporalCoverage": doc["parameters"]["as_of"],
            "about": {"@id": "#the-article"},
        }
    ]
    graph.append(
        {
            "@type": "NewsArticle",
            "@id": "#the-article",
            "headline": doc["headline"],
            "url": _article_url(report.record),
        }
    )
    for claim in report.record.claims.to_dict("records"):
        id = f"#quote-{claim['claim_id']}"
        graph.append(
            {
                "@type": "Claim",
                "@id": id,
                "name": claim["label"],
                "text": claim["exact"],
                "appearance": {"@id": "#the-article"},
            }
        )
        verdict = judged.loc[claim["claim_id"], "verdict"]
        if verdict in ("confirmed", "imprecise"):
            graph.append(
                {
                    "@type": "ClaimReview",
                    "@id": f"#review-{claim['claim_id']}",
                    "itemReviewed": {"@id": id},
                    "claimReviewed": claim["exact"],
                    "isPartOf": {"@id": "#report"},
                    "reviewBody": tables.plain(
                        {"markdown": judged.loc[claim["claim_id"], "shown"]}
                    ),
                    "reviewRating": {"@type": "Rating", "alternateName": verdict},
                }
            )
    return {"@context": "https://schema.org", "@graph": graph}


def annotations(doc: dict, report) -> dict:
    """Return the article's annotations by the W3C Web Annotation Data Model: one for each claim, with both selectors."""
    items = []
    for claim in report.record.claims.to_dict("records"):
        items.append(
            {
                "id": f"urn:dossier:{claim['claim_id']}",
                "type": "Annotation",
                "motivation": "assessing",
                "body": {
                    "type": "TextualBody",
                    "value": f"{claim['label']} ({claim['fact_id']})",
                    "format": "text/plain",
                    "language": "en",
                },
                "target": {
                    "source": _article_url(report.record),
                    "selector": [
                        {
                            "type": "TextQuoteSelector",
                            "exact": claim["exact"],
                            "prefix": unescape(claim["prefix"]),
                            "suffix": unescape(claim["suffix"]),
                        },
                        {
                            "type": "TextPositionSelector",
                            "start": int(claim["start"]),
                            "end": int(claim["end"]),
                        },
                    ],
                },
            }
        )
    first = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:dossier:article",
        "type": "AnnotationCollection",
        "label": doc["headline"],
        "total": len(items),
        "first": first,
    }


def _article_url(record) -> str:
    seed = record.sources[record.sources["source_id"] == "seed"]
    return seed.iloc[0]["url"]


COMPARED = ("value", "unit", "qualifier", "text", "quote", "rule", "sources")


def diff(old: dict, new: dict) -> list[dict]:
    """Return what changed from one facts.json to another: id, what (added, removed, or the field), before, after."""
    before, after = ({fact["id"]: fact for fact in side["facts"]} for side in (old, new))
    rows = [
        {"id": id, "what": "removed", "before": before[id]["text"], "after": ""}
        for id in before
        if id not in after
    ]
    rows += [
        {"id": id, "what": "added", "before": "", "after": after[id]["text"]}
        for id in after
        if id not in before
    ]
    for id in (i for i in before if i in after):
        for field in COMPARED:
            was, now = before[id].get(field), after[id].get(field)
            if was != now:
                rows.append({"id": id, "what": field, "before": _short(was), "after": _short(now)})
    verdicts = (side.get("verdicts", {}) for side in (old, new))
    was, now = verdicts
    rows += [
        {"id": c, "what": "verdict", "before": was.get(c, ""), "after": now.get(c, "")}
        for c in sorted({*was, *now})
        if was.get(c) != now.get(c)
    ]
    return rows


def _short(value) -> str:
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def diff_text(rows: list[dict]) -> str:
    """Return the changes as plain text: a line each, and nothing for none."""
    lines = []
    for row in rows:
        change = (
            row["after"] or row["before"]
            if row["what"] in ("added", "removed")
            else f"{row['before']} -> {row['after']}"
        )
        lines.append(f"{row['id']}: {row['what']}: {change}\n")
    return "".join(lines)


def diff_markdown(rows: list[dict]) -> str:
    """Return the changes as a Markdown table, and nothing for none."""
    if not rows:
        return ""
    cells = [[row["id"], row["what"], row["before"], row["after"]] for row in rows]
    lines = [
        "| " + " | ".join(c.replace("|", "\\|") for c in row) + " |"
        for row in [["fact", "what", "before", "after"], *cells]
    ]
    return "\n".join([lines[0], "|---|---|---|---|", *lines[1:]]) + "\n"


def check(facts: dict) -> None:
    """Raise jsonschema.ValidationError where facts.json does not fit its schema, dossier/facts.schema.json."""
    validator().validate(facts)


@functools.cache
def validator():
    """Return the validator of facts.json."""
    import jsonschema

    schema = json.loads((paths.PACKAGE / "facts.schema.json").read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)
