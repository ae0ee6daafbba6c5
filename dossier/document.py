"""One document out of executed chapters: plain blocks that both exporters set, with nothing left to look up.

A document is a dictionary: kind (report, brief, index or chapter), title, parameters, chapters (id, number, title, blocks), ledger, article and sources.
An index that can be filtered by name says so in ``filter``.
A block has a ``type``; its texts are lists of runs. A run is a dictionary with ``t`` (the text) and, where it
applies, ``em``, ``strong``, ``code``, ``href``, ``fact`` (the id of the fact it prints) and ``use`` (the id of
this place, to which the ledger's entry links back). A chapter refers to a figure or a table by a link,
``[Figure](#figure-front-map)``; its number is put in here.
"""

import functools
import html
import re

import mistune
import nbformat

from dossier import article, briefs, sources, tables
from dossier.facts import Fact, day_text, typeset

TITLE = "What the article says, and what the record shows"


@functools.cache
def _parser():
    return mistune.create_markdown(renderer=None)


def inline(markdown: str) -> list[dict]:
    """Return the runs of a paragraph of Markdown.

    >>> inline("a *b* [c](<#fact-x>)")[-1]
    {'t': 'c', 'fact': 'x'}
    """
    tokens = [t for t in _parser()(markdown) if t["type"] != "blank_line"]
    return [run for token in tokens for run in _runs(token.get("children", []), {})]


def _runs(tokens, style: dict) -> list[dict]:
    runs = []
    for token in tokens:
        kind = token["type"]
        if kind in ("text", "codespan"):
            runs.append(
                {"t": token["raw"], **style, **({"code": True} if kind == "codespan" else {})}
            )
        elif kind in ("softbreak", "linebreak"):
            runs.append({"t": " ", **style})
        elif kind in ("emphasis", "strong"):
            runs += _runs(
                token["children"], style | {"em" if kind == "emphasis" else "strong": True}
            )
        elif kind == "link":
            url = token["attrs"]["url"]
            link = (
                {"fact": url.removeprefix("#fact-")} if url.startswith("#fact-") else {"href": url}
            )
            runs += _runs(token["children"], style | link)
        else:
            raise ValueError(
                f"Markdown of type {kind!r} has no place in a report's sentence; use text, emphasis, code or a link"
            )
    return _joined(runs)


def _joined(runs: list[dict]) -> list[dict]:
    out = []
    for run in runs:
        if out and {k: v for k, v in out[-1].items() if k != "t"} == {
            k: v for k, v in run.items() if k != "t"
        }:
            out[-1]["t"] += run["t"]
        else:
            out.append(dict(run))
    return out


def text_of(runs: list[dict]) -> str:
    """Return the plain text of runs."""
    return "".join(run["t"] for run in runs)


def blocks(markdown: str) -> list[dict]:
    """Return the blocks of a cell of Markdown: headings, paragraphs, lists, code."""
    out = []
    for token in _parser()(markdown):
        kind = token["type"]
        if kind == "heading":
            runs = _runs(token["children"], {})
            out.append({"type": "heading", "level": token["attrs"]["level"], "runs": runs})
        elif kind in ("paragraph", "block_text"):
            out.append({"type": "para", "runs": _runs(token["children"], {})})
        elif kind == "list":
            items = [
                [r for part in item["children"] for r in _runs(part.get("children", []), {})]
                for item in token["children"]
            ]
            out.append({"type": "list", "ordered": token["attrs"]["ordered"], "items": items})
        elif kind == "block_code":
            out.append({"type": "code", "text": token["raw"].rstrip("\n")})
        elif kind != "blank_line":
            raise ValueError(
                f"Markdown of type {kind!r} has no place in a report; use headings, paragraphs, lists and code"
            )
    return out


def chapter(notebook, id: str, number: int) -> dict:
    """Return an executed notebook as a chapter; code is left out, an error output raises ValueError."""
    out = []
    for position, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            out += blocks(cell.source)
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise ValueError(f"{id}, cell {position + 1}: {output.ename}: {output.evalue}")
            out += _output(output)
    title = next(
        (text_of(b["runs"]) for b in out if b["type"] == "heading" and b["level"] == 1), id
    )
    out = [b for b in out if not (b["type"] == "heading" and b["level"] == 1)]
    # a section of which nothing was known by then is left out, with its heading
    out = [
        b
        for b, after in zip(out, [*out[1:], {"type": "heading"}])
        if not (b["type"] == after["type"] == "heading")
    ]
    sections = 0
    for block in out:
        if block["type"] == "heading":
            sections += 1
            block["id"] = f"{id}-{sections}"
    return {"id": id, "number": number, "title": title, "blocks": out}


def _output(output) -> list[dict]:
    meta = output.get("metadata", {}).get("dossier")
    if meta is None:
        return (
            [{"type": "code", "text": output["text"].rstrip("\n")}]
            if output.output_type == "stream"
            else []
        )
    kind = meta["kind"]
    if kind == "prose":
        return blocks(meta["markdown"])
    if kind in ("finding", "note"):
        return [{"type": kind, "runs": inline(meta["markdown"])}]
    if kind == "panel":
        return [
            {
                "type": "panel",
                "items": [
                    {"label": a, "figure": inline(b), "found": inline(c)}
                    for a, b, c in meta["items"]
                ],
            }
        ]
    if kind == "table":
        return [
            {
                "type": "table",
                "id": meta["id"],
                "caption": inline(meta["caption"]),
                "note": inline(meta["note"]),
                "wide": meta["wide"],
                "columns": [dict(c) for c in meta["columns"]],
                "keys": [key for key, _ in meta["rows"]],
                "rows": [[_cell(c) for c in cells] for _, cells in meta["rows"]],
            }
        ]
    if kind == "figure":
        texts = {
            "title": inline(meta["title"]),
            "subtitle": inline(meta["subtitle"]),
            "note": inline(meta["note"]),
        }
        keep = {k: meta[k] for k in ("id", "alt", "svg", "drawn", "shown", "texts", "sources")}
        return [{"type": "figure", **texts, **keep}]
    return []


def _cell(cell) -> list[dict]:
    if isinstance(cell, dict):
        return inline(cell["markdown"])
    if isinstance(cell, str):
        return [{"t": cell}] if cell else []
    return [{"t": text, **({"href": target} if target else {})} for text, target in cell]


def runs_in(block: dict):
    """Yield every list of runs of a block, in reading order."""
    kind = block["type"]
    if kind == "list":
        yield from block["items"]
    elif kind == "panel":
        for item in block["items"]:
            yield item["figure"]
            yield item["found"]
    elif kind == "table":
        yield block["caption"]
        for row in block["rows"]:
            yield from row
        yield block["note"]
    elif kind == "figure":
        yield block["title"]
        yield block["subtitle"]
        yield block["note"]
    elif "runs" in block:
        yield block["runs"]


def assemble(notebooks: list[tuple[str, object]], report) -> dict:
    """Return the document of the executed chapters (name, notebook) of an edition.

    Numbers chapters, tables and figures, gives every place that prints a fact an id, and adds the ledger, the
    annotated article and the list of sources.
    """
    chapters = [
        chapter(notebook, name, number)
        for number, (name, notebook) in enumerate(notebooks, start=1)
    ]
    if report.parameters.ally:  # what a brief's first cell tells its user is not the reader's
        blocks_ = chapters[0]["blocks"]
        chapters[0]["blocks"] = blocks_[
            next((n for n, b in enumerate(blocks_) if b["type"] == "finding"), 0) :
        ]
    counts = _number(chapters)
    uses: dict[str, list[dict]] = {}
    cited: list[str] = []
    for part in chapters:
        for block in part["blocks"]:
            if block["type"] == "figure":
                cited += block["sources"]
            for run in (run for runs in runs_in(block) for run in runs):
                if "fact" in run:
                    places = uses.setdefault(run["fact"], [])
                    run["use"] = f"use-{run['fact']}-{len(places) + 1}"
                    places.append(
                        {"use": run["use"], "chapter": part["number"], "chapter_id": part["id"]}
                    )
                elif run.get("href", "").startswith("#source-"):
                    cited.append(run["href"].removeprefix("#source-"))
    brief = bool(report.parameters.ally)
    anchors = _anchor_rows(chapters)
    ledger = [
        _entry(fact, uses.get(fact.id, []), report)
        for fact in (_used if brief else _printed)(report.facts, uses)
    ]
    cited += [s for entry in ledger for s in entry["sources"]]
    for entry in ledger:
        entry["targets"] = [_target(row, anchors, brief) for row in entry["rows"][:SHOWN]]
    return {
        "kind": "brief" if brief else "report",
        "title": briefs.country(report.record, report.parameters.ally) if brief else TITLE,
        "headline": article.text().split("\n", 1)[0],
        "origin": _origin(report.record),
        "parameters": report.parameters.as_dict(),
        "as_of": day_text(report.parameters.as_of),
        "newest": report.parameters.as_of == report.parameters.newest,
        "chapters": chapters,
        "ledger": ledger,
        "article": [] if brief else _article(report, {entry["id"] for entry in ledger}),
        "sources": _sources(report.record, set(cited)),
        "counts": counts | {"facts": len(ledger)},
    }


def _origin(record) -> str:
    """Return where the article stood, and its day where it bears one."""
    row = record.sources[record.sources["source_id"] == "seed"].iloc[0]
    return f"{row['publisher']}, {sources.when(row['published'])}"


def _number(chapters: list[dict]) -> dict[str, int]:
    """Number figures and tables, put the numbers into the references to them, and set the texts; return how many there are."""
    counts = {"table": 0, "figure": 0}
    numbers = {}
    every = [block for part in chapters for block in part["blocks"]]
    for block in every:
        if block["type"] in counts:
            counts[block["type"]] += 1
            block["number"] = counts[block["type"]]
            numbers[f"#{block['type']}-{block['id']}"] = block["number"]
    for block in every:
        for item in block.get("columns") or (block["items"] if block["type"] == "panel" else ()):
            item["label"] = typeset(item["label"])
        for run in (run for runs in runs_in(block) for run in runs):
            run["t"] = typeset(run["t"])
            if run.get("href", "").startswith(("#figure-", "#table-")):
                if run["href"] not in numbers:
                    raise ValueError(
                        f"a sentence refers to {run['href']!r}, which this edition does not show; bind it to a fact that is known only with it, or correct it"
                    )
                run |= {"t": f"{run['t']} {numbers[run['href']]}", "ref": True}
    return counts


def _printed(facts, uses: dict) -> list[Fact]:
    """Return the facts that are printed, those they rest on, and all that the subjects define, in their order."""
    for id in list(uses):
        facts[id]
    return [fact for fact in facts.facts.values() if isinstance(fact, Fact)]


SHOWN = 4
"""How many of a fact's rows its entry in the ledger names."""


def _anchor_rows(chapters: list[dict]) -> dict[str, str]:
    """Give each row of the tables an id where it is first printed; return the ids by the row's key."""
    anchors = {}
    for block in (b for part in chapters for b in part["blocks"] if b["type"] == "table"):
        block["anchors"] = []
        for key in block["keys"]:
            new = key not in anchors
            anchors.setdefault(key, "row-" + re.sub(r"[^\w:.-]+", "-", key))
            block["anchors"].append(anchors[key] if new else "")
    return anchors


def _target(row: str, anchors: dict[str, str], brief: bool) -> str:
    """Return where a fact's row is found in the document: in the annotated article, in a table, or nowhere."""
    table, _, key = row.partition(":")
    return f"quote-{key}" if table == "claims" and not brief else anchors.get(row, "")


def _used(facts, uses: dict) -> list[Fact]:
    """Return the facts that a brief prints and those they rest on, in their order."""
    wanted, waiting = set(), list(uses)
    while waiting:
        id = waiting.pop()
        if id not in wanted:
            wanted.add(id)
            waiting += facts[id].inputs
    return [fact for fact in facts.facts.values() if fact.id in wanted]


KINDS = {"stated": "stated by the article", "sourced": "a cell of a table", "computed": "computed"}


def _entry(fact: Fact, places: list[dict], report) -> dict:
    return {
        "id": fact.id,
        "label": fact.label,
        "text": typeset(report.facts.text(fact.id)),
        "kind": fact.kind,
        "how": {
            "stated": f"stated by {fact.speaker}" if fact.speaker else "",
            "sourced": KINDS["sourced"],
            "computed": fact.rule,
        }[fact.kind],
        "quote": fact.quote,
        "inputs": list(fact.inputs),
        "rows": list(fact.rows),
        "sources": list(fact.sources),
        "uses": places,
    }


def _article(report, entries: set[str]) -> list[list[dict]]:
    """Return the article as paragraphs of runs; a claim's words carry its number and the id of its fact."""
    body = article.text()
    marks = [
        (int(c["start"]), int(c["end"]), c["claim_id"], c["fact_id"])
        for c in report.record.claims.to_dict("records")
    ]
    marks += [
        (int(x["start"]), int(x["end"]), x["exclusion_id"], "")
        for x in report.record.exclusions.to_dict("records")
    ]
    paragraphs = []
    start = 0
    for line in body.split("\n"):
        if line:
            paragraphs.append(_marked(line, start, marks, entries))
        start += len(line) + 1
    return paragraphs


def _marked(line: str, offset: int, marks: list, entries: set[str]) -> list[dict]:
    inside = [m for m in marks if offset <= m[0] < offset + len(line)]
    cuts = sorted({0, len(line)} | {p - offset for m in inside for p in m[:2]})
    runs = []
    for begin, end in zip(cuts, cuts[1:]):
        covering = [m for m in inside if m[0] <= begin + offset and end + offset <= m[1]]
        run = {"t": line[begin:end]}
        if covering:
            inner = min(covering, key=lambda m: m[1] - m[0])
            run |= {"mark": inner[2], "excluded": not inner[3]}
            if inner[3] in entries:
                run["entry"] = inner[3]
            if any(m[1] == end + offset for m in covering):
                run["ends"] = [m[2] for m in covering if m[1] == end + offset]
            if any(m[0] == begin + offset for m in covering):
                run["anchors"] = [f"quote-{m[2]}" for m in covering if m[0] == begin + offset]
        runs.append(run)
    return runs


def _sources(record, cited: set[str]) -> list[dict]:
    numbers = tables.source_numbers(record)
    out = []
    for row in record.sources.to_dict("records"):
        if row["source_id"] not in cited:
            continue
        out.append(
            {
                "id": row["source_id"],
                "number": numbers[row["source_id"]],
                "title": row["title"],
                "publisher": row["publisher"],
                "url": row["url"],
                "when": sources.when(row["published"]),
                "read": row["read"],
            }
        )
    return out


def join(notebooks: list[tuple[str, object]], report) -> nbformat.NotebookNode:
    """Return the chapters as one notebook whose metadata hold the assembled document, ready for the exporters."""
    joined = nbformat.v4.new_notebook()
    joined.metadata["dossier"] = {"document": assemble(notebooks, report)}
    joined.metadata["title"] = joined.metadata["dossier"]["document"]["title"]
    joined.cells = [
        nbformat.from_dict(cell | {"id": f"{name}-{cell['id']}"})
        for name, notebook in notebooks
        for cell in notebook.cells
    ]
    return joined


def of(notebook) -> dict:
    """Return the document of a joined notebook, or of one executed chapter by itself."""
    whole = notebook.metadata.get("dossier", {}).get("document")
    if whole:
        return whole
    name = notebook.metadata.get("name", "chapter")
    part = chapter(notebook, name, 1)
    _number([part])
    for block in part["blocks"]:
        if block["type"] == "table":
            block["anchors"] = [""] * len(block["keys"])
        for run in (run for runs in runs_in(block) for run in runs):
            run.pop("fact", None)
            if run.get("href", "").startswith("#") and not run.get("ref"):
                del run["href"]
    empty = {
        "kind": "chapter",
        "ledger": [],
        "article": [],
        "sources": [],
        "counts": {},
        "headline": "",
        "origin": "",
        "parameters": {},
        "as_of": "",
        "newest": True,
    }
    return {"title": part["title"], "chapters": [part], **empty}


_SVG_TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.S)


def svg_texts(svg: str) -> list[str]:
    """Return the texts of a figure, in the order in which they are drawn."""
    return [html.unescape(re.sub(r"<[^>]+>", "", text)).strip() for text in _SVG_TEXT.findall(svg)]


def _marked_sources(doc: dict, ids, most: int) -> str:
    numbers = {source["id"]: source["number"] for source in doc["sources"]}
    return " ".join(f"[{numbers[i]}]" for i in ids[:most] if i in numbers)


def evidence(entry: dict) -> str:
    """Return how a ledger's entry came about, as both exporters print it."""
    text = entry["how"]
    if entry["inputs"]:
        text += f"; from {', '.join(entry['inputs'])}"
    if entry["rows"]:
        keys = [row.split(":", 1)[1] for row in entry["rows"]]
        text += f" · {entry['rows'][0].split(':')[0]} {', '.join(keys[:SHOWN])}" + (
            f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
        )
    return text + (f" · “{entry['quote']}”" if entry["quote"] else "")


def contents(doc: dict) -> list[str]:
    """Return the entries of the PDF's contents, without their pages: chapters, and under each its figures and tables."""
    if doc["kind"] != "report":
        return []
    entries = []
    for part in doc["chapters"]:
        entries.append(f"{part['number'] - 1 or ''} {part['title']}".strip())
        for block in part["blocks"]:
            if block["type"] in ("figure", "table"):
                entries.append(
                    f"{block['type'].capitalize()} {block['number']} {text_of(block['title' if block['type'] == 'figure' else 'caption'])}"
                )
    return [*entries, "A The article, annotated", "B The ledger", "C Sources"]


def places(doc: dict):
    """Yield (place, pieces) for all that both files print, in reading order: the one account that the audit compares them with.

    Page numbers, running heads, the contents (see ``contents``) and the ledger's column of places are left out: they differ by nature.
    """
    yield (
        "title",
        [doc["title"], f"“{doc['headline']}”", doc["origin"], f"What was known by {doc['as_of']}"],
    )
    for part in doc["chapters"]:
        number = [str(part["number"] - 1)] if part["number"] > 1 else []
        if doc["kind"] == "report":
            yield part["id"], [*number, part["title"]]
        for position, block in enumerate(part["blocks"], start=1):
            kind = block["type"]
            if kind == "table":
                cells = [text_of(cell) for row in block["rows"] for cell in row]
                heads = [column["label"] for column in block["columns"]]
                yield (
                    f"table {block['id']}",
                    [
                        f"Table {block['number']}",
                        text_of(block["caption"]),
                        *heads,
                        *cells,
                        text_of(block["note"]),
                    ],
                )
            elif kind == "figure":
                known = [
                    i
                    for i in block["sources"]
                    if any(i == source["id"] for source in doc["sources"])
                ]
                yield (
                    f"figure {block['id']}",
                    [
                        f"Figure {block['number']}",
                        text_of(block["title"]),
                        text_of(block["subtitle"]),
                        *svg_texts(block["svg"]),
                        text_of(block["note"]),
                        _marked_sources(doc, known, 8),
                    ],
                )
            elif kind == "panel":
                yield (
                    f"{part['id']}, block {position}",
                    [
                        t
                        for i in block["items"]
                        for t in (i["label"], text_of(i["figure"]), text_of(i["found"]))
                    ],
                )
            elif kind == "code":
                yield f"{part['id']}, block {position}", [block["text"]]
            else:
                yield f"{part['id']}, block {position}", [text_of(runs) for runs in runs_in(block)]
    for number, paragraph in enumerate(doc["article"], start=1):
        yield (
            f"article, paragraph {number}",
            [r["t"] + "".join(r.get("ends", [])) for r in paragraph],
        )
    for entry in doc["ledger"]:
        yield (
            f"ledger {entry['id']}",
            [
                entry["label"],
                entry["id"],
                entry["text"],
                evidence(entry),
                _marked_sources(doc, entry["sources"], 4),
            ],
        )
    for source in doc["sources"]:
        yield (
            f"source {source['id']}",
            [
                str(source["number"]),
                f"{source['title']}. {source['publisher']}, {source['when']}. Read: {source['read']}.",
            ],
        )
