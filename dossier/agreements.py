"""The bilateral security agreements with Ukraine: how many, with whom, when, for how long."""

import datetime

import matplotlib.dates as mdates
import pandas as pd

from dossier import charts, tables
from dossier.charts import COLOURS
from dossier.facts import day_text
from dossier.parameters import ARTICLE_DAY
from dossier.tables import Column, Table


def counted(record) -> pd.DataFrame:
    """Return the agreements that count, in order of signing; a follow-on to an earlier one does not count."""
    frame = record.agreements
    return (
        frame[frame["counted"] == "yes"]
        .sort_values(["date_signed", "agreement_id"])
        .reset_index(drop=True)
    )


def cumulative(frame: pd.DataFrame) -> pd.DataFrame:
    """Return, for each day of signing, how many agreements stood: columns date_signed, members, others, total."""
    days = frame.assign(members=frame["nato_member"] == "yes", others=frame["nato_member"] == "no")
    days = days.groupby("date_signed")[["members", "others"]].sum().cumsum().reset_index()
    return days.assign(total=days["members"] + days["others"])


def term_ends(frame: pd.DataFrame) -> list[pd.Timestamp]:
    """Return the day on which each term ends: the day of signing plus its years."""
    return [
        day + pd.DateOffset(years=int(years))
        for day, years in zip(frame["date_signed"], frame["term_years"])
    ]


def without(record) -> pd.DataFrame:
    """Return the countries of the G7 declaration that have no agreement by the as-of day."""
    joined = record.g7_joiners
    return joined[~joined["country"].isin(counted(record)["party"])].reset_index(drop=True)


def facts(record, ledger) -> None:
    """Add the counts at the as-of day, on the article's day and at the summit's start."""
    frame = counted(record)
    rows = tuple(f"agreements:{i}" for i in frame["agreement_id"])

    def count(id, label, part, rule, **more):
        cited = (part["source_id"], part["source_id_2"])
        keys = tuple(f"agreements:{i}" for i in part["agreement_id"])
        ledger.compute(
            id,
            label,
            len(part),
            more.pop("unit", "agreements"),
            rule,
            rows=keys,
            sources=[s for c in cited for s in c],
            **more,
        )

    members = frame["nato_member"] == "yes"
    rule = "count the rows of agreements.csv that are counted and known on the as-of day"
    count("agreements_signed", "Agreements signed by the as-of day", frame, rule)
    count(
        "agreements_signed_nato_members",
        "of these, with NATO members",
        frame[members],
        f"{rule}, with nato_member yes",
        unit="NATO members",
    )
    count(
        "agreements_signed_others",
        "of these, with other parties",
        frame[~members],
        f"{rule}, with nato_member no",
        unit="other parties",
    )
    article = frame["date_signed"] <= pd.Timestamp(ARTICLE_DAY)
    rule = "count those signed by the article's day"
    count(
        "agreements_on_article_day", "Agreements signed by the article's day", frame[article], rule
    )
    count(
        "members_on_article_day",
        "of these, with NATO members",
        frame[article & members],
        rule,
        unit="NATO members",
    )
    count(
        "others_on_article_day",
        "of these, with other parties",
        frame[article & ~members],
        rule,
        unit="other parties",
    )
    summit = ledger.value("timeline.T38.date")
    if summit:
        before = frame["date_signed"] < pd.Timestamp(summit)
        rule = "count those signed before the summit's first day"
        count(
            "agreements_before_summit", "Agreements signed before the summit", frame[before], rule
        )
        count(
            "members_before_summit",
            "of these, with NATO members",
            frame[before & members],
            rule,
            unit="NATO members",
        )
        between = frame[before & ~article]
        count(
            "agreements_in_between",
            "Agreements signed between the article's day and the summit",
            between,
            rule + ", after the article's day",
        )
    else:
        for id in ("agreements_before_summit", "members_before_summit", "agreements_in_between"):
            ledger.compute(id, id, None, "", "")
    later = frame[~article]
    count(
        "agreements_since",
        "Agreements signed after the article's day",
        later,
        "count those signed after the article's day",
    ) if len(later) else ledger.compute("agreements_since", "", None, "", "")
    terms = frame.dropna(subset=["term_years"])
    ten = terms[terms["term_years"] == 10]
    count(
        "ten_year_agreements",
        "Agreements whose term is ten years",
        ten,
        "count those whose term was read and is 10 years",
    )
    untold = frame[frame["term_years"].isna()]
    ledger.compute(
        "terms_unknown",
        "Agreements whose term was not read in a source of that time",
        len(untold) or None,
        "agreements",
        "count those without a term",
        rows=[f"agreements:{i}" for i in untold["agreement_id"]],
    )
    hours = frame[frame["consultation_hours"] == 24]
    count(
        "agreements_24_hours",
        "Agreements with consultations within a day",
        hours,
        "count those whose consultation_hours are 24",
    )
    ledger.compute(
        "consultation_hours",
        "Hours within which the sides consult",
        24 if len(hours) else None,
        "hours",
        "the only number of hours in consultation_hours",
        rows=[f"agreements:{i}" for i in hours["agreement_id"]],
        sources=list(hours["consultation_source_id"]),
    )
    first, last = frame.iloc[0], frame.iloc[-1]
    for id, row, label in (
        ("first_agreement", first, "First agreement"),
        ("last_agreement", last, "Newest agreement known"),
    ):
        key, cited = (f"agreements:{row['agreement_id']}",), (row["source_id"], row["source_id_2"])
        ledger.compute(
            f"{id}_party",
            f"{label}: party",
            row["party"],
            "text",
            "by day of signing",
            rows=key,
            sources=cited,
        )
        ledger.compute(
            f"{id}_day",
            f"{label}: day",
            row["date_signed"].date(),
            "date",
            "by day of signing",
            rows=key,
            sources=cited,
            precision="day",
        )
    ledger.compute(
        "first_term_end",
        "Day on which the first ten-year term ends",
        min(term_ends(terms)).date(),
        "date",
        "day of signing plus the term",
        rows=rows[:1],
        inputs=("first_agreement_day",),
        precision="day",
    )
    tally = (
        frame[frame["in_ukraine_mod_tally"] == "yes"] if record.knows("mod_28") else frame.iloc[:0]
    )
    left_out = frame[frame["in_ukraine_mod_tally"] == "no"] if len(tally) else tally
    ledger.compute(
        "agreements_in_tally",
        "Agreements in the tally of Ukraine's Ministry of Defence",
        len(tally) or None,
        "agreements",
        "count those in its list of November 2025",
        rows=[f"agreements:{i}" for i in tally["agreement_id"]],
        sources=("mod_28",),
    )
    ledger.compute(
        "left_out_party",
        "Party that the tally leaves out",
        ", ".join(left_out["party"]) or None,
        "text",
        "the parties with in_ukraine_mod_tally no",
        rows=[f"agreements:{i}" for i in left_out["agreement_id"]],
        sources=("mod_28",),
    )
    joined, missing = record.g7_joiners, without(record)
    cited = tuple(joined["source_id"])
    ledger.compute(
        "g7_joined",
        "Countries of the G7 declaration",
        len(joined),
        "countries",
        "count the rows of g7_joiners.csv",
        rows=[f"g7_joiners:{c}" for c in joined["country"]],
        sources=cited,
    )
    ledger.compute(
        "g7_without",
        "of these, without an agreement",
        len(missing),
        "countries",
        "those whose name is no party's in agreements.csv",
        rows=[f"g7_joiners:{c}" for c in missing["country"]],
        sources=tuple(missing["source_id"]),
    )


def cumulative_figure(record, ledger) -> charts.Figure:
    """Return the steps of the count, by NATO members and others, against the article's number."""
    frame = counted(record)
    steps = cumulative(frame)
    end = max(pd.Timestamp(record.as_of), steps["date_signed"].max())
    end = min(end, pd.Timestamp(2025, 6, 30)) if record.as_of > datetime.date(2025, 6, 30) else end
    figure, ax = charts.canvas(2.9)
    figure.subplots_adjust(left=0.045, right=0.80, bottom=0.11, top=0.97)
    xs = [pd.Timestamp(2024, 1, 1), *steps["date_signed"], end]
    total, members = (
        [0, *steps["total"], steps["total"].iloc[-1]],
        [0, *steps["members"], steps["members"].iloc[-1]],
    )
    ax.fill_between(xs, members, step="post", color=COLOURS["nato"], linewidth=0)
    ax.fill_between(xs, members, total, step="post", color=COLOURS["other"], linewidth=0)
    ax.plot(steps["date_signed"], steps["members"], linestyle="none", gid="data-members")
    ax.plot(steps["date_signed"], steps["total"], linestyle="none", gid="data-total")
    stated = ledger["article_agreements"]
    ax.axhline(stated.value, color=COLOURS["article"], linewidth=1.1, dashes=(4, 2))
    ax.text(
        xs[0] + (end - xs[0]) * 0.012,
        stated.value + 0.5,
        f"the article:\n{ledger.text('article_agreements', 'n')}",
        color=COLOURS["article"],
        va="bottom",
        fontsize=9,
    )
    right = end + (end - xs[0]) * 0.012
    ax.text(
        right,
        members[-1] / 2,
        ledger.text("agreements_signed_nato_members"),
        color=COLOURS["nato"],
        va="center",
        fontweight="semibold",
    )
    ax.text(
        right,
        (members[-1] + total[-1]) / 2,
        ledger.text("agreements_signed_others"),
        color=COLOURS["other"],
        va="center",
        fontweight="semibold",
    )
    ax.text(
        right,
        total[-1] + 1.3,
        f"{ledger.text('agreements_signed', 'n')} in all",
        va="center",
        fontweight="semibold",
    )
    top = max(total[-1], stated.value) + 7
    marks = [("article_day", "the article")]
    if ledger.known("timeline.T38.date"):
        marks.append(("timeline.T38.date", "the summit"))
    for n, (id, label) in enumerate(marks):
        day = pd.Timestamp(ledger.value(id))
        ax.axvline(day, color=COLOURS["ink"], linewidth=0.7)
        side = -1 if n == 0 else 1
        ax.annotate(
            f"{label}, {ledger.text(id, 'day')}",
            (day, top - 0.4),
            (5 * side, 0),
            textcoords="offset points",
            ha="right" if n == 0 else "left",
            va="top",
            fontsize=8.5,
        )
    ax.set_xlim(xs[0], end)
    ax.set_ylim(0, top)
    ax.set_yticks(range(0, int(top), 10))
    ax.xaxis.set_major_locator(mdates.MonthLocator(bymonth=(1, 4, 7, 10)))
    ax.xaxis.set_major_formatter(
        mdates.ConciseDateFormatter(ax.xaxis.get_major_locator(), show_offset=False)
    )
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y")
    numbers = mdates.date2num(steps["date_signed"])
    alt = ledger.plain(
        "Step chart. The count of agreements rises from the first ({first_agreement_party}, {first_agreement_day}) to "
        "{agreements_on_article_day} on the article’s day, {members_on_article_day} and {others_on_article_day:n} others, and to {agreements_signed} "
        "by the as-of day, {agreements_signed_nato_members:n} with NATO members. A dashed line marks the article’s {article_agreements}."
    )
    return charts.finish(
        figure,
        "agreements-count",
        title=ledger.fill(
            "{agreements_on_article_day:N} stood on the article’s day, {members_on_article_day:n} of them with NATO members"
        ),
        subtitle="Bilateral security agreements with Ukraine, cumulative count by day of signing",
        alt=alt,
        shown={"members": zip(numbers, steps["members"]), "total": zip(numbers, steps["total"])},
        sources=record.cites(*frame["source_id"]),
    )


def terms_figure(record, ledger) -> charts.Figure:
    """Return the terms as bars from the day of signing to their ends."""
    frame = counted(record).dropna(subset=["term_years"]).reset_index(drop=True)
    ends = term_ends(frame)
    height = 0.75 + 0.128 * len(frame)
    figure, ax = charts.canvas(height)
    figure.subplots_adjust(left=0.155, right=0.97, bottom=0.30 / height, top=1 - 0.32 / height)
    starts, stops = mdates.date2num(frame["date_signed"]), mdates.date2num(pd.Series(ends))
    for n, row in frame.iterrows():
        colour = COLOURS["nato"] if row["nato_member"] == "yes" else COLOURS["other"]
        ax.plot(
            [starts[n], stops[n]],
            [n, n],
            color=colour,
            linewidth=3.6,
            solid_capstyle="butt",
            gid=f"data-{row['agreement_id']}",
        )
    far = (record.as_of - ARTICLE_DAY).days > 500  # nearer, the two labels would meet
    for day, label in ((ARTICLE_DAY, "the article"), (record.as_of, "as of"))[: 2 if far else 1]:
        ax.axvline(mdates.date2num(pd.Timestamp(day)), color=COLOURS["ink"], linewidth=0.7)
        ax.text(
            mdates.date2num(pd.Timestamp(day)),
            -0.9,
            f" {label}, {day_text(day)}",
            fontsize=8,
            va="bottom",
        )
    ax.xaxis_date()
    ax.set_ylim(len(frame) - 0.4, -0.6)
    ax.set_xlim(mdates.date2num(pd.Timestamp(2023, 12, 1)), max(stops) + 60)
    ax.set_yticks(range(len(frame)), frame["party"])
    ax.tick_params(axis="y", length=0, labelcolor=COLOURS["ink"], labelsize=7.5)
    ax.xaxis.set_major_locator(mdates.YearLocator(2))
    ax.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    return charts.finish(
        figure,
        "agreements-terms",
        title=ledger.fill(
            "The terms run for {us_agreement_term}; the first ends on {first_term_end}"
            if len(frame)
            else ""
        ),
        subtitle="Day of signing to the end of the term, in order of signing; blue: NATO members, ochre: others",
        alt=ledger.plain(
            "Bars, one for each agreement whose term was read. All {ten_year_agreements} run for the same term; the first ({first_agreement_party}) ends on {first_term_end}."
        ),
        shown={row["agreement_id"]: [(starts[n], n), (stops[n], n)] for n, row in frame.iterrows()},
        sources=record.cites(*frame["term_source_id"]),
    )


def table(record, ledger) -> Table:
    """Return the agreements: party, day, place, term and its end, consultation clause, money, sources."""
    rows = []
    for row in counted(record).to_dict("records"):
        term = (
            "not read in a source of that day"
            if pd.isna(row["term_years"])
            else f"{row['term_years']} years"
        )
        ends = (
            ""
            if pd.isna(row["term_years"])
            else f"to {day_text((row['date_signed'] + pd.DateOffset(years=int(row['term_years']))).date())}"
        )
        rows.append(
            (
                f"agreements:{row['agreement_id']}",
                (
                    row["party"] + ("" if row["nato_member"] == "yes" else " †"),
                    day_text(row["date_signed"].date()),
                    row["place"],
                    f"{term} {ends}".strip(),
                    clause(row),
                    row["money_text"] or "not read in a source of that day",
                    tables.cite(
                        record, row["source_id"], row["source_id_2"], row["money_source_id"]
                    ),
                ),
            )
        )
    return Table(
        "agreements",
        ledger.fill("The {agreements_signed} in order of signing. † not a NATO member"),
        (
            Column("Party", width=1.25),
            Column("Signed", width=1.05),
            Column("Place", width=1.15),
            Column("Term", width=1.25),
            Column("Consultations", width=2.1),
            Column("Money named", width=2.5),
            Column("Sources", width=0.8),
        ),
        tuple(rows),
        note="Money is given as each document or statement has it: periods, kinds and currencies differ, and it must not be added up.",
        wide=True,
    )


def clause(row: dict) -> str:
    """Return the consultation clause as the table prints it: the general statement in short."""
    text = row["consultation_clause"]
    if not text:
        return "not read in a source of that day"
    if text.startswith("Urgent consultations in the event of renewed Russian ..."):
        return (
            "Urgent consultations, by the Ministry of Defence’s general statement; hours not read"
        )
    return text


def without_table(record, ledger) -> Table:
    """Return the countries of the G7 declaration that have no agreement."""
    rows = [
        (
            f"g7_joiners:{r['country']}",
            (
                r["country"],
                {"yes": "yes", "no": "no"}[r["nato_member_2024"]],
                joined_text(r),
                tables.cite(record, r["source_id"], r["list_source_id"]),
            ),
        )
        for r in without(record).to_dict("records")
    ]
    return Table(
        "g7-without",
        ledger.fill(
            "Of the {g7_joined} of the G7 declaration, {g7_without:n} {g7_without:has|have} no agreement by {as_of_day}"
        ),
        (
            Column("Country", width=1.5),
            Column("NATO member in 2024", width=1.2),
            Column("Joined the declaration", width=2.2),
            Column("Sources"),
        ),
        tuple(rows),
    )


def joined_text(row: dict) -> str:
    """Return when a country joined, with the precision that was read.

    >>> import datetime, pandas
    >>> joined_text({"joined": pandas.Timestamp(2023, 8, 21), "joined_precision": "reported by"})
    'reported by 21 August 2023'
    """
    precision, day = row["joined_precision"], row["joined"].date()
    return (
        f"reported by {day_text(day)}" if precision == "reported by" else day_text(day, precision)
    )
