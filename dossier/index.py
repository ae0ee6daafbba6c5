"""The pages that list many reports: the briefs by ally, and the editions with what changed from one to the next."""

import json

from dossier import agreements, briefs, data, document, machine, spending
from dossier.export import html
from dossier.facts import day_text
from dossier.parameters import ARTICLE_DAY, Parameters

EDITIONS = (
    ("The summit’s end", "timeline", "event_id", "T42"),
    ("The summit of The Hague", "pledges", "pledge_id", "hague"),
)
"""The days between the article and now that matter: what each is, and the row that dates it."""


def days(record) -> list[tuple[str, object]]:
    """Return the name and the day of each edition that matters, in order of time; the last is the newest day in the data."""
    found = [("The article", ARTICLE_DAY)]
    for name, table, key, value in EDITIONS:
        frame = record.everything[table]
        found.append((name, frame.loc[frame[key] == value, "date"].iloc[0].date()))
    return [*found, ("Now", record.newest)]


def _page(title: str, parameters: Parameters, blocks: list[dict], filter: bool = False) -> str:
    chapter = {"id": "index", "number": 1, "title": title, "blocks": blocks}
    empty = {
        "ledger": [],
        "article": [],
        "sources": [],
        "counts": {},
        "headline": "",
        "origin": "",
        "newest": True,
    }
    doc = {
        "kind": "index",
        "filter": filter,
        "title": title,
        "parameters": parameters.as_dict(),
        "as_of": day_text(parameters.as_of),
        "chapters": [chapter],
        **empty,
    }
    return html.render(doc)


def _table(
    number: int,
    id: str,
    caption: str,
    columns: list[tuple[str, str]],
    rows: list[tuple[str, list]],
    note: str = "",
) -> dict:
    return {
        "type": "table",
        "id": id,
        "number": number,
        "caption": document.inline(caption),
        "note": document.inline(note),
        "wide": False,
        "columns": [{"label": label, "align": align, "width": 1} for label, align in columns],
        "keys": [key for key, _ in rows],
        "anchors": [""] * len(rows),
        "rows": [[[{"t": c}] if isinstance(c, str) else c for c in cells] for _, cells in rows],
    }


def _links(*pairs) -> list[dict]:
    runs = [{"t": text, "href": address} for text, address in pairs]
    return [run for n, link in enumerate(runs) for run in ([{"t": " · "}] if n else []) + [link]]


def briefs_page(record, parameters: Parameters, there: list[str]) -> str:
    """Return the page that lists the briefs ``there`` are: one line for each ally, with a field that filters by name."""
    counted = agreements.counted(record).drop_duplicates("iso3").set_index("iso3")
    edition = spending.editions(record)[-1]
    shares = spending.shares(record, edition)
    shares = shares[shares["year"] == shares["year"].max()].set_index("iso3")["share_percent"]
    joined = record.nato_members.set_index("iso3")["accession_date"]
    rows = []
    for ally, name in briefs.allies(record).items():
        signed = (
            day_text(counted.at[ally, "date_signed"].date())
            if ally in counted.index
            else "none known"
        )
        links = (
            _links(("HTML", f"{ally}.html"), ("PDF", f"{ally}.pdf"))
            if ally in there
            else "not built"
        )
        rows.append(
            (
                f"nato_members:{ally}",
                [
                    name,
                    str(joined[ally].year),
                    signed,
                    spending.figure_text(shares.get(ally), 2),
                    links,
                ],
            )
        )
    year = int(record.nato_share_gdp[record.nato_share_gdp["edition"] == edition]["year"].max())
    columns = [
        ("Ally", "left"),
        ("Joined NATO", "left"),
        ("Agreement with Ukraine signed", "left"),
        (f"Share of GDP, {year}, %", "right"),
        ("Brief", "left"),
    ]
    table = _table(
        1,
        "briefs",
        "A brief for each ally",
        columns,
        rows,
        note=f"Shares by NATO’s edition of {day_text(edition.date())}; a dash where it prints none.",
    )
    return _page("The allies, one by one", parameters, [table], filter=True)


def editions_page(editions: list[tuple[str, Parameters]], facts_file) -> str:
    """Return the page that lists the editions and what changed from one to the next; ``facts_file`` gives an edition's facts.json."""
    rows = []
    for name, given in editions:
        stem = facts_file(given).name.removesuffix(".facts.json")
        rows.append(
            (
                f"editions:{stem}",
                [
                    name,
                    day_text(given.as_of),
                    _links(("HTML", f"{stem}.html"), ("PDF", f"{stem}.pdf")),
                ],
            )
        )
    blocks = [
        _table(
            1,
            "editions",
            "The editions",
            [("What", "left"), ("What was known by", "left"), ("Report", "left")],
            rows,
        )
    ]
    claims = dict(zip(*data.load()["claims"][["claim_id", "label"]].to_numpy().T))
    for number, ((_, before), (name, after)) in enumerate(zip(editions, editions[1:]), start=2):
        sides = [
            json.loads(facts_file(given).read_text(encoding="utf-8")) for given in (before, after)
        ]
        labels = {fact["id"]: fact["label"] for side in sides for fact in side["facts"]} | claims
        lines = changed(machine.diff(*sides), labels)
        head = f"{name}: what changed from {day_text(before.as_of)} to {day_text(after.as_of)}"
        blocks.append(
            {"type": "heading", "level": 2, "id": f"changes-{number}", "runs": [{"t": head}]}
        )
        table_rows = [
            (
                f"{row['id']}:{row['what']}",
                [row["label"], row["what"], row["before"] or "–", row["after"] or "–"],
            )
            for row in lines
        ]
        columns = [
            ("Fact or claim", "left"),
            ("What changed", "left"),
            ("Before", "left"),
            ("After", "left"),
        ]
        blocks.append(
            _table(
                number,
                f"changes-{number}",
                f"Facts and verdicts that changed, {len(lines)} in all"
                if lines
                else "Nothing changed",
                columns,
                table_rows,
            )
        )
    return _page("The editions, and what changed", editions[-1][1], blocks)


def changed(rows: list[dict], labels: dict[str, str]) -> list[dict]:
    """Return the changes that a reader cares for, verdicts first: not rules and sources, and a fact's value as it prints."""
    kept = [
        row | {"label": labels.get(row["id"], row["id"])}
        for row in rows
        if row["what"] in ("verdict", "text", "added", "removed", "quote")
    ]
    kept = [row | {"what": "value"} if row["what"] == "text" else row for row in kept]
    order = {"verdict": 0, "value": 1, "removed": 2, "added": 3, "quote": 4}
    return sorted(kept, key=lambda row: order[row["what"]])
