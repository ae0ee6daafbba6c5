"""The brief of one ally: the rows that it rests on, its facts, its table, its figure. A brief knows no other rows."""

import dataclasses
import hashlib

import pandas as pd

from dossier import agreements, article, charts, claims, data, spending, support, tables
from dossier.charts import COLOURS
from dossier.facts import day_text
from dossier.tables import Column, Table

WITH_ARTICLE = ("Netherlands", "United Kingdom", "United States")
"""Countries whose name takes the definite article."""

GENERAL = ("agreements", "below_target")
"""Rules of the claims that are about every ally."""


def narrow(record: data.Record, iso3: str) -> data.Record:
    """Return the record cut down to the rows that the ally's brief may use.

    Of the other allies only names, accession and the newest edition's shares are kept, to compare with; of the sources
    those that the kept rows name. What a brief depends on is this record, and nothing else of the data.
    """
    name = country(record, iso3)
    newest = spending.editions(record)[-1]

    def keep(table: str, frame: pd.DataFrame) -> pd.DataFrame:
        if table in ("claims", "pledges", "nato_editions"):
            return frame
        if table == "findings":
            return frame[frame["claim_id"].isin(concerning(record, iso3))]
        if table in ("agreements", "nato_equipment_share", "kiel_support"):
            return frame[frame["iso3"] == iso3]
        if table == "g7_joiners":
            return frame[frame["country"] == name]
        if table == "compact_signatories":  # Ukraine's own row tells that the lists were known
            return frame[frame["signatory"].isin([name, "Ukraine"])]
        if table == "nato_share_gdp":
            return frame[(frame["edition"] == newest) | frame["iso3"].isin([iso3, "NATO_TOTAL"])]
        if table == "nato_members":
            other = frame["iso3"] != iso3
            return frame.assign(
                **{c: frame[c].mask(other, "") for c in ("date_kind", "note", "disagreement")},
                source_ids=[() if o else s for o, s in zip(other, frame["source_ids"])],
            )
        return frame.iloc[:0]

    sides = []
    for side in (record.tables, record.everything):
        kept = {table: keep(table, frame).reset_index(drop=True) for table, frame in side.items()}
        cited = {"seed"} | {s for table, frame in kept.items() for s in _cited(table, frame)}
        sources = side["sources"]
        kept["sources"] = sources[sources["source_id"].isin(cited)].reset_index(drop=True)
        sides.append(kept)
    return dataclasses.replace(record, tables=sides[0], everything=sides[1])


def _cited(table: str, frame: pd.DataFrame):
    lists = data.resources()[table].get("sourceLists", ())
    for column in frame.columns:
        if column in lists:
            yield from (s for cell in frame[column] for s in cell)
        elif (
            column == "source_id"
            or column.startswith("source_id_")
            or column.endswith("_source_id")
        ):
            yield from frame[column]


def digest(record: data.Record) -> str:
    """Return the SHA-256 of a narrowed record's rows and day."""
    found = hashlib.sha256(record.as_of.isoformat().encode())
    for name, frame in sorted(record.everything.items()):
        if len(frame):
            found.update(f"\n{name}\n{frame.to_csv(index=False)}".encode())
    return found.hexdigest()


def allies(record) -> dict[str, str]:
    """Return the names of the members of the as-of day by their ISO 3166-1 alpha-3 code, in alphabetical order."""
    members = record.nato_members
    members = members[members["accession_date"] <= pd.Timestamp(record.as_of)].sort_values(
        "country"
    )
    return dict(zip(members["iso3"], members["country"]))


def country(record, iso3: str) -> str:
    return record.everything["nato_members"].set_index("iso3").at[iso3, "country"]


def concerning(record, iso3: str) -> list[str]:
    """Return the claims that concern an ally: those on all allies, and those in a sentence that names it."""
    row = record.everything["nato_members"].set_index("iso3").loc[iso3]
    names = [row["country"], *(n for n in row["also_named"].split(";") if n)]
    everyone = record.claims["rule"].isin(GENERAL)
    named = (
        record.claims["start"]
        .map(lambda start: any(n in article.sentence_at(int(start)) for n in names))
        .astype(bool)
    )
    return list(record.claims.loc[everyone | named, "claim_id"])


def facts(record, ledger, iso3: str) -> None:
    """Add all facts of the brief; ``record`` is narrowed to the ally."""
    claims.stated(record, ledger)
    member = record.nato_members.set_index("iso3").loc[iso3]
    name = member["country"]
    key, cited = (f"nato_members:{iso3}",), member["source_ids"]
    ledger.compute(
        "ally",
        "The ally",
        f"the {name}" if name in WITH_ARTICLE else name,
        "text",
        "the row's country",
        rows=key,
        sources=cited,
    )
    ledger.compute(
        "ally_joined",
        "Day of its accession",
        member["accession_date"].date(),
        "date",
        "the row's accession_date",
        rows=key,
        sources=cited,
        precision="day",
    )
    noted = member["disagreement"]
    ledger.compute(
        "ally_joined_disagreement",
        "Where sources disagree on it",
        noted if noted and not noted.startswith("none") else None,
        "text",
        "the row's disagreement",
        rows=key,
        sources=cited,
    )
    members = record.nato_members[
        record.nato_members["accession_date"] <= pd.Timestamp(record.as_of)
    ]
    ledger.compute(
        "allies_total",
        "Allies on the as-of day",
        len(members),
        "allies",
        "count the rows of nato_members.csv by then",
    )
    _agreement(record, ledger)
    _joined(record, ledger, name)
    _spending(record, ledger, iso3)
    _support(record, ledger)


def _agreement(record, ledger) -> None:
    counted, follow = (
        agreements.counted(record),
        record.agreements[record.agreements["counted"] == "no"],
    )
    for prefix, frame, words in (
        ("agreement", counted, "Agreement with Ukraine"),
        ("follow_on", follow, "Later agreement with Ukraine, not counted again"),
    ):
        row = frame.iloc[0] if len(frame) else None
        key = () if row is None else (f"agreements:{row['agreement_id']}",)

        def cell(id, label, column, unit, source="", kind=None, **more):
            value = (
                None
                if row is None or pd.isna(row[column]) or row[column] == ""
                else (kind or (lambda v: v))(row[column])
            )
            cited = (
                ()
                if row is None
                else (row["source_id"], row["source_id_2"])
                if not source
                else (row[source],)
            )
            ledger.compute(
                f"{prefix}_{id}",
                f"{words}: {label}",
                value,
                unit,
                f"the row's {column}",
                rows=key,
                sources=cited,
                **more,
            )

        cell(
            "day", "day of signing", "date_signed", "date", kind=lambda d: d.date(), precision="day"
        )
        cell("term", "term", "term_years", "years", "term_source_id")
        end = (
            agreements.term_ends(frame)[0].date()
            if row is not None and pd.notna(row["term_years"])
            else None
        )
        ledger.compute(
            f"{prefix}_end",
            f"{words}: end of the term",
            end,
            "date",
            "day of signing plus the term",
            inputs=(f"{prefix}_day", f"{prefix}_term"),
            rows=key,
            precision="day",
        )
    absent = "none" if counted.empty else None
    ledger.compute(
        "agreement_absent",
        "Rows of the ally in the table of agreements",
        absent,
        "text",
        "no row of agreements.csv known by the as-of day is the ally's",
    )


def _joined(record, ledger, name: str) -> None:
    row = record.g7_joiners.iloc[0] if len(record.g7_joiners) else None
    text = None if row is None else agreements.joined_text(row.to_dict())
    cited = () if row is None else (row["source_id"], row["list_source_id"])
    ledger.compute(
        "g7_joined",
        "When it joined the G7 declaration",
        text,
        "text",
        "the row's joined, with its precision",
        rows=(f"g7_joiners:{name}",),
        sources=cited,
    )
    ledger.compute(
        "g7_absent",
        "Rows of the ally in the table of the G7 declaration",
        "none" if row is None else None,
        "text",
        "no row of g7_joiners.csv is the ally's",
    )
    signed = record.compact_signatories[record.compact_signatories["signatory"] == name]
    row = signed.iloc[0] if len(signed) else None
    absent = "none" if row is None and len(record.compact_signatories) else None
    ledger.compute(
        "compact_absent",
        "Lists of the Ukraine Compact's signatories that name the ally",
        absent,
        "text",
        "no row of compact_signatories.csv is the ally's",
        sources=tuple(record.compact_signatories["source_id"]),
    )
    lists = {
        "in_white_house_list": "the White House’s",
        "in_eu_list": "the EU’s",
        "in_press_list_of_23": "a press agency’s",
    }
    on = (
        None
        if row is None
        else _listed([words for column, words in lists.items() if row[column] == "yes"])
    )
    off = (
        None
        if row is None
        else _listed([words for column, words in lists.items() if row[column] != "yes"], "or")
        or None
    )
    more = {
        "rows": (f"compact_signatories:{name}",),
        "sources": () if row is None else (row["source_id"],),
    }
    ledger.compute(
        "compact_lists",
        "Lists of the Ukraine Compact's signatories that name it",
        on,
        "text",
        "the row's columns",
        **more,
    )
    ledger.compute(
        "compact_lists_without",
        "Lists of the Ukraine Compact's signatories that do not name it",
        off,
        "text",
        "the row's columns",
        **more,
    )


def _listed(words: list[str], last: str = "and") -> str:
    return (
        words[0]
        if len(words) == 1
        else ", ".join(words[:-1]) + f" {last} {words[-1]}"
        if words
        else ""
    )


def _spending(record, ledger, iso3: str) -> None:
    target = ledger.value("gdp_target")
    spending.known_editions(record, ledger)
    known = spending.editions(record)
    source = {
        e: s for e, s in record.nato_share_gdp.groupby("edition")["source_id"].first().items()
    }
    frame = spending.shares(record, known[-1])
    own = frame[(frame["iso3"] == iso3) & frame["share_percent"].notna()].sort_values("year")
    last = int(frame["year"].max())
    cited = (source[known[-1]],)

    def key(year, edition):
        return (f"nato_share_gdp:{iso3}/{year}/{edition:%Y-%m-%d}",)

    newest = own.iloc[-1] if len(own) else None
    ledger.compute(
        "share_absent",
        "Figures of the ally in NATO's newest edition",
        "none" if newest is None else None,
        "text",
        "no share is printed for it",
        sources=cited,
    )
    ledger.compute(
        "share_newest",
        "Its newest share",
        None if newest is None else newest["share_percent"],
        "percent of GDP",
        "the cell of the newest year with a figure",
        decimals=2,
        rows=() if newest is None else key(newest["year"], known[-1]),
        sources=cited,
    )
    ledger.compute(
        "share_newest_year",
        "Year of its newest share",
        None if newest is None else int(newest["year"]),
        "year",
        "the newest year with a figure",
        sources=cited,
    )
    kind = None if newest is None else "estimate" if newest["estimate"] == "yes" else "figure"
    ledger.compute(
        "share_kind",
        "Whether that share is an estimate",
        kind,
        "text",
        "the row's estimate",
        sources=cited,
    )
    blank = last if newest is not None and newest["year"] < last else None
    ledger.compute(
        "share_blank_year",
        "Last year of the edition, which leaves it blank",
        blank,
        "year",
        "the edition prints no figure",
        sources=cited,
    )
    peers = frame[
        (frame["year"] == (newest["year"] if newest is not None else last))
        & frame["share_percent"].notna()
    ]
    larger = (
        None if newest is None else int((peers["share_percent"] > newest["share_percent"]).sum())
    )
    ledger.compute(
        "allies_with_figure",
        "Allies with a figure for that year",
        len(peers),
        "allies",
        "count the members with a figure",
        sources=cited,
    )
    ledger.compute(
        "allies_larger",
        "Allies with a larger share in that year",
        larger,
        "allies",
        "count the members with a larger share",
        inputs=("share_newest",),
        sources=cited,
    )
    reached = own[own["share_percent"] >= target]
    ledger.compute(
        "years_with_figure",
        "Years of membership with a figure",
        len(own) or None,
        "years",
        "count the years of membership with a figure",
        sources=cited,
    )
    ledger.compute(
        "years_at_target",
        "Years at or above the target",
        len(reached) if len(own) else None,
        "years",
        "count the years at or above the target",
        inputs=("gdp_target",),
        sources=cited,
    )
    first = int(reached["year"].min()) if len(reached) and len(reached) < len(own) else None
    ledger.compute(
        "first_year_at_target",
        "First year at or above the target",
        first,
        "year",
        "the first such year",
        inputs=("gdp_target",),
        sources=cited,
    )
    for id, holds in (
        ("years_all", len(reached) == len(own) > 0),
        ("years_none", len(own) > 0 and reached.empty),
    ):
        ledger.compute(
            id,
            f"Whether {id.split('_')[1]} of the years lie at or above the target",
            id.split("_")[1] if holds else None,
            "text",
            "compare the two counts",
            inputs=("years_at_target", "years_with_figure"),
            sources=cited,
        )
    value = own.loc[own["year"] == spending.YEAR, "share_percent"]
    ledger.compute(
        "share_article_year",
        "Its share in the article's year, newest edition",
        value.iloc[0] if len(value) else None,
        "percent of GDP",
        "the cell of the edition",
        decimals=2,
        rows=key(spending.YEAR, known[-1]),
        sources=cited,
    )
    before = record.nato_share_gdp
    before = before[
        (before["iso3"] == iso3)
        & (before["edition"] == known[0])
        & (before["year"] == spending.YEAR)
    ]["share_percent"].dropna()
    earlier = before.iloc[0] if len(before) and len(known) > 1 else None
    more = {"rows": key(spending.YEAR, known[0]), "sources": (source[known[0]],)}
    ledger.compute(
        "share_article_year_first",
        "Its share in the article's year, first edition",
        earlier,
        "percent of GDP",
        "the cell of the edition",
        decimals=2,
        **more,
    )
    now = ledger.value("share_article_year")
    change = None if earlier is None or now is None else round(now, 2) - round(earlier, 2)
    printed = None if change is None or round(change, 2) == 0 else abs(change)
    ledger.compute(
        "share_revised_by",
        "By how much the newer edition revised that share",
        printed,
        "percentage points",
        "the difference of the two as printed, without its sign",
        decimals=2,
        inputs=("share_article_year", "share_article_year_first"),
    )
    ledger.compute(
        "share_revised_how",
        "Which way it was revised",
        None if printed is None else "up" if change > 0 else "down",
        "text",
        "the sign of the difference",
        inputs=("share_article_year", "share_article_year_first"),
    )
    ledger.compute(
        "share_unrevised",
        "Whether both editions print the same",
        "the same" if change is not None and printed is None else None,
        "text",
        "the difference of the two as printed is nought",
        inputs=("share_article_year", "share_article_year_first"),
    )
    _equipment(record, ledger, iso3)


def _equipment(record, ledger, iso3: str) -> None:
    frame = record.nato_equipment_share
    frame = (
        frame[frame["edition"] == frame["edition"].max()]
        .dropna(subset=["share_percent"])
        .sort_values("year")
        if len(frame)
        else frame
    )
    row = frame.iloc[-1] if len(frame) else None
    more = (
        {}
        if row is None
        else {
            "rows": (f"nato_equipment_share:{iso3}/{row['year']}/{row['edition']:%Y-%m-%d}",),
            "sources": (row["source_id"],),
        }
    )
    ledger.compute(
        "equipment_newest",
        "Equipment's share of its defence expenditure",
        None if row is None else row["share_percent"],
        "percent",
        "the cell of the newest year with a figure",
        decimals=1,
        **more,
    )
    ledger.compute(
        "equipment_year",
        "Year of that share",
        None if row is None else int(row["year"]),
        "year",
        "the newest year with a figure",
        **more,
    )
    spending.guideline(record, ledger)


def _support(record, ledger) -> None:
    frame = record.kiel_support
    known = len(frame) > 0
    more = {
        "rows": [f"kiel_support:{r['iso3']}/{r['half_year']}" for r in frame.to_dict("records")],
        "sources": tuple(frame["source_id"].unique()),
    }
    for id, column, words in (
        ("kiel_total", "total", "Allocated to Ukraine, all kinds"),
        ("kiel_military", "military", "of this, military"),
    ):
        value = frame[column].sum() if known else 0
        ledger.compute(
            id,
            words,
            value if value >= 0.005 else None,
            "EUR bn",
            "the sum of its half-years in the tracker",
            decimals=2,
            **more,
        )
    none = "none" if known and frame["military"].sum() == 0 else None
    ledger.compute(
        "kiel_no_military",
        "Military aid in the tracker's rows",
        none,
        "text",
        "the sum of its half-years is nought",
        **more,
    )
    span = support.span(frame["half_year"].min(), frame["half_year"].max()) if known else None
    ledger.compute(
        "kiel_span",
        "Months that the tracker's rows cover",
        span,
        "text",
        "the first and the last half-year with a row",
        **more,
    )


def agreement_table(record, ledger, iso3: str) -> Table:
    """Return what the sources say of the ally's agreement, a line for each point; a later one in lines of its own."""
    rows = []
    for row in record.agreements.sort_values("date_signed").to_dict("records"):
        unread = "not read in a source of that day"
        lines = [
            ("Title", row["title"], (row["source_id"], row["source_id_2"])),
            (
                "Signed",
                f"{day_text(row['date_signed'].date())}, {row['place']}",
                (row["source_id"], row["source_id_2"]),
            ),
            (
                "Term",
                unread
                if pd.isna(row["term_years"])
                else f"{row['term_years']} years, to {day_text(agreements.term_ends(pd.DataFrame([row]))[0].date())}",
                (row["term_source_id"],),
            ),
            ("Consultations", agreements.clause(row), (row["consultation_source_id"],)),
            ("Money named", row["money_text"] or unread, (row["money_source_id"],)),
        ]
        if row["counted"] == "no":
            lines.insert(0, ("Later agreement", "Follows the first, and is not counted again", ()))
        rows += [
            (f"agreements:{row['agreement_id']}", (label, text, tables.cite(record, *cited)))
            for label, text, cited in lines
        ]
    return Table(
        "agreement",
        "The agreement with Ukraine",
        (
            Column("Point", width=0.8),
            Column("As the sources have it", width=4),
            Column("Sources", width=0.5),
        ),
        tuple(rows),
    )


def shares_table(record, ledger, iso3: str) -> Table:
    """Return the ally's shares, a column for each year: each edition known, the revision, the equipment share of the newest."""
    known = spending.editions(record)
    frame = record.nato_share_gdp[record.nato_share_gdp["iso3"] == iso3]
    by = {e: frame[frame["edition"] == e].set_index("year")["share_percent"] for e in known}
    years = sorted(set().union(*(s.index for s in by.values())))
    rows = [
        (
            f"nato_share_gdp:{iso3}/{e:%Y-%m-%d}",
            (
                f"Edition of {day_text(e.date())}",
                *(spending.figure_text(by[e].get(y), 2) for y in years),
            ),
        )
        for e in known
    ]
    if len(known) > 1:
        pairs = [(by[known[0]].get(y), by[known[-1]].get(y)) for y in years]
        cells = [
            "–"
            if a is None or b is None or pd.isna(a) or pd.isna(b)
            else tables.signed(round(b, 2) - round(a, 2), 2)
            for a, b in pairs
        ]
        rows.append((f"nato_share_gdp:{iso3}/revision", ("Revised by", *cells)))
    equipment = record.nato_equipment_share
    if len(equipment):
        newest = equipment[equipment["edition"] == equipment["edition"].max()].set_index("year")[
            "share_percent"
        ]
        rows.append(
            (
                f"nato_equipment_share:{iso3}/{known[-1]:%Y-%m-%d}",
                (
                    "Equipment, % of expenditure",
                    *(spending.figure_text(newest.get(y), 1) for y in years),
                ),
            )
        )
    return Table(
        "shares",
        "Defence expenditure as % of GDP, by edition; equipment by the newest",
        (Column("By year", width=3.3), *(Column(str(y), "right") for y in years)),
        tuple(rows),
        note=tables.note(
            "The editions differ in prices, and in revisions of both spending and GDP."
            if len(known) > 1
            else "",
            ledger.fill("The newest counts what allies had reported by {edition_newest_cutoff}."),
            tables.sources_line(
                record, *frame["source_id"].unique(), *equipment["source_id"].unique()
            ),
        ),
    )


def claims_table(record, ledger, iso3: str) -> Table:
    """Return the article's words that concern the ally, and what the record shows of each for this ally."""
    newest = (
        record.findings.sort_values("known_from", kind="stable")
        .groupby("claim_id")
        .tail(1)
        .set_index("claim_id")
    )
    concerned = concerning(record, iso3)
    rows = []
    for claim in record.claims[record.claims["claim_id"].isin(concerned)].to_dict("records"):
        if claim["rule"] in GENERAL:
            words = {"agreements": _agreed, "below_target": _below}[claim["rule"]](ledger)
            shown, cited = {"markdown": " ".join(filter(None, map(ledger.fill, words)))}, ()
        else:
            found = newest.loc[claim["claim_id"]] if claim["claim_id"] in newest.index else None
            shown = found["finding"] if found is not None else "Nothing on it was known by then."
            cited = found["source_ids"] if found is not None else ()
        rows.append(
            (
                f"claims:{claim['claim_id']}",
                (claim["claim_id"], f"“{claim['exact']}”", shown, tables.cite(record, *cited)),
            )
        )
    return Table(
        "concerning",
        "What the article says that concerns it",
        (
            Column("No.", width=0.4),
            Column("The article’s words", width=2),
            Column("What the record shows", width=3),
            Column("Sources", width=0.6),
        ),
        tuple(rows),
        note="The verdicts stand in the whole report.",
    )


def _agreed(ledger) -> list[str]:
    signed, day = ledger.value("agreement_day"), ledger.value("article_day")
    if signed is None:
        return ["No agreement of {ally} with Ukraine was known by {as_of_day}."]
    return [
        "{ally:N} had signed by the article’s day, on {agreement_day}."
        if signed <= day
        else "{ally:N} had not signed by the article’s day; it signed on {agreement_day}."
    ]


def _below(ledger) -> list[str]:
    share, target = ledger.value("share_article_year"), ledger.value("gdp_target")
    first = ledger.value("share_article_year_first")
    if share is None:
        return ["NATO prints no figure for {ally}."]
    side = "at or above" if share >= target else "below"
    words = [
        f"For the article’s year NATO’s newest edition puts {{ally}} {side} the target, at {{share_article_year}}."
    ]
    if first is not None:
        words.append(
            f"The first edition put it {'at or above' if first >= target else 'below'} it, at {{share_article_year_first}}."
        )
    return words


def shares_figure(record, ledger, iso3: str) -> charts.Figure:
    """Return the ally's shares over the years, in each edition, among those of all other allies and against the target."""
    known = spending.editions(record)
    frame = spending.shares(record, known[-1]).dropna(subset=["share_percent"])
    printed = record.nato_share_gdp
    printed = printed[(printed["iso3"] == iso3) & printed["share_percent"].notna()].sort_values(
        "year"
    )
    own, before = (printed[printed["edition"] == edition] for edition in (known[-1], known[0]))
    others = [
        part.sort_values("year")[["year", "share_percent"]].to_numpy()
        for code, part in frame.groupby("iso3")
        if code != iso3
    ]
    figure, ax = charts.canvas(2.45)
    figure.subplots_adjust(left=0.035, right=0.79, bottom=0.1, top=0.97)
    ax.add_collection(charts.lines(others, COLOURS["rule"], "data-others"))
    target = ledger.value("gdp_target")
    ax.axhline(target, color=COLOURS["article"], linewidth=1, dashes=(4, 2), zorder=2)
    first, last = int(frame["year"].min()), int(frame["year"].max())
    labels = [(target, f"target: {ledger.text('gdp_target', 'n')}", COLOURS["article"])]
    shown = {"others": [p for part in others for p in part]}
    if len(own):
        ax.plot(
            own["year"],
            own["share_percent"],
            color=COLOURS["nato"],
            linewidth=2.2,
            marker="o",
            markersize=3.2,
            zorder=4,
            gid="data-newest",
        )
        shown["newest"] = own[["year", "share_percent"]].to_numpy()
        labels.append(
            (
                own["share_percent"].iloc[-1],
                f"{country(record, iso3)}: {ledger.text('share_newest', 'n')}",
                COLOURS["nato"],
            )
        )
    if len(known) > 1 and len(before):
        ax.plot(
            before["year"],
            before["share_percent"],
            color=COLOURS["nato"],
            linewidth=1,
            linestyle=(0, (2, 1.5)),
            zorder=3,
            gid="data-first",
        )
        shown["first"] = before[["year", "share_percent"]].to_numpy()
    highest = max(p[1] for part in shown.values() for p in part)
    top = max(highest, target) * 1.06
    for height, (_, label, colour) in zip(
        charts.spread([h for h, _, _ in labels], top * 0.075), labels
    ):
        ax.text(
            last + 0.15,
            height,
            label,
            color=colour,
            va="center",
            fontsize=8.5,
            fontweight="semibold",
        )
    ax.set_xlim(first - 0.2, last + 0.05)
    ax.set_ylim(0, top)
    ax.set_xticks(range(first, last + 1))
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    if len(own):
        title = "{share_newest} in {share_newest_year}: {allies_larger:n} of {allies_with_figure} {allies_larger:spends|spend} a larger share"
        alt = "Line chart, ending at {share_newest} in {share_newest_year}; of the years as a member {years_at_target:n} of {years_with_figure} lie at or above {gdp_target}. Pale lines show the other allies."
    else:
        title = "NATO prints no figure for {ally}; the others for comparison"
        alt = "Line chart of the other allies’ shares as pale lines, with a dashed line at {gdp_target}; {ally} has none."
    dashed = " Dotted: the edition of {edition_first}." if "first" in shown else ""
    return charts.finish(
        figure,
        "ally-shares",
        title=ledger.fill(title),
        subtitle=ledger.fill(
            "Defence expenditure as a share of GDP, in %, NATO’s edition of {edition_newest}; pale: the other allies."
            + dashed
        ),
        alt=ledger.plain(alt),
        shown=shown,
        sources=record.cites(*frame["source_id"].unique(), *before["source_id"].unique()),
    )
