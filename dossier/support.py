"""The headquarters and a year of support: what was announced, what was pledged, what a tracker counts."""

import datetime
import re

import pandas as pd

from dossier import charts, tables
from dossier.charts import COLOURS
from dossier.data import DataError
from dossier.facts import day_text, number_text
from dossier.tables import Column, Table

CLAIMS = ("C03", "C08", "C07", "C04", "C09", "C05", "C10")
"""The article's claims on the headquarters and on the year of support: what it is first, then what it does, then the pledge."""

EVENTS = ("T33", "T40", "T49", "T55", "T57", "T60", "T61")
"""Events on the pledge and on what was given under it."""

TRACKER = "KIEL_UST_29"
EU = "EUI"
LARGEST = 5
"""How many donors the table names; the rest is one line."""

KINDS = ["military", "financial", "humanitarian", "total"]
YEARS = {"year_before": -2, "pledge_year": 0, "year_after": 2}
"""Each year's first half, counted in halves from the half-year of the declaration."""

PERIODS = {
    "year_before": "pledge_year_before",
    "pledge_year": "pledge_year",
    "year_after": "pledge_year_after",
}
"""The fact that prints each year's months."""


def half_year(day: datetime.date, later: int = 0) -> str:
    """Return the half-year of a day, or one that many halves later.

    >>> half_year(datetime.date(2024, 7, 10)), half_year(datetime.date(2024, 7, 10), 1), half_year(datetime.date(2024, 7, 10), -2)
    ('2024-H2', '2025-H1', '2023-H2')
    """
    index = day.year * 2 + (day.month > 6) + later
    return f"{index // 2}-H{index % 2 + 1}"


def span(first: str, last: str) -> str:
    """Return the months from the start of one half-year to the end of another, in words.

    >>> span("2024-H2", "2025-H1")
    'July 2024 to June 2025'
    >>> span("2025-H1", "2025-H1")
    'January to June 2025'
    """
    start, end = {"1": "January", "2": "July"}[first[-1]], {"1": "June", "2": "December"}[last[-1]]
    return (
        f"{start} to {end} {last[:4]}"
        if first == last
        else f"{start} {first[:4]} to {end} {last[:4]}"
    )


def years(record) -> dict[str, tuple[str, str]]:
    """Return the two half-years of the year from the declaration, of the year before and of the year after; empty where it was not known."""
    declared = record.timeline.loc[record.timeline["event_id"] == "T40", "date"]
    return {
        name: (half_year(day, n), half_year(day, n + 1))
        for day in declared
        for name, n in YEARS.items()
    }


def allies(record) -> pd.DataFrame:
    """Return the tracker's rows of NATO members."""
    frame = record.kiel_support
    return frame[frame["iso3"].isin(record.nato_members["iso3"])]


def by_half_year(record) -> pd.DataFrame:
    """Return, for each half-year, EUR bn: the kinds summed over the allies; united_states and others, military alone; eu, all kinds.

    A half-year without a row of the United States has none in united_states: a missing row is no zero.
    """
    frame = allies(record)
    american = frame[frame["iso3"] == "USA"].set_index("half_year")["military"]
    union = record.kiel_support[record.kiel_support["iso3"] == EU].set_index("half_year")["total"]
    sums = frame.groupby("half_year")[KINDS].sum()
    return sums.assign(
        united_states=american,
        others=sums["military"] - american.reindex(sums.index).fillna(0),
        eu=union,
    )


def donors(record) -> pd.DataFrame:
    """Return, for each ally that is tracked, EUR bn of military allocations in each of the three years, and of all kinds in the pledge's year.

    Largest in the pledge's year first; columns iso3, donor, year_before, pledge_year, year_after, all_kinds.
    """
    frame, periods = allies(record), years(record)
    columns = {
        name: frame[frame["half_year"].isin(halves)].groupby("iso3")["military"].sum()
        for name, halves in periods.items()
    }
    columns["all_kinds"] = (
        frame[frame["half_year"].isin(periods["pledge_year"])].groupby("iso3")["total"].sum()
    )
    names = frame.groupby("iso3")["donor"].first()
    return (
        pd.DataFrame({"donor": names, **columns})
        .sort_values(["pledge_year", "donor"], ascending=[False, True])
        .reset_index()
    )


def facts(record, ledger) -> None:
    """Add what the events' words state of the people and the money, and what the tracker counts by year."""
    _stated_in_events(ledger)
    _tracked(record, ledger)
    _counted(record, ledger)


BASELINE = ("at_least", "a minimum baseline of")
STATED_IN = {
    "announced_staff": (
        "People of the command, as NATO announced them",
        "T33",
        "detail",
        r"around (\d+) personnel",
        "people",
        "about",
        "around",
    ),
    "command_staff": (
        "People of the command, as SHAPE announced them",
        "T43",
        "detail",
        r"About (\d+) personnel",
        "people",
        "about",
        "about",
    ),
    "pledge_baseline": (
        "The pledge as laid out before the summit, a year",
        "T33",
        "detail",
        r"EUR (\d+)bn a year as minimum baseline",
        "EUR bn",
        *BASELINE,
    ),
    "pledge_agreed": (
        "The pledge in the summit’s declaration",
        "T40",
        "detail",
        r"minimum baseline EUR (\d+)bn within the next year",
        "EUR bn",
        *BASELINE,
    ),
    "first_half_2024": (
        "Committed in the first half of the year, as NATO reported",
        "T49",
        "event",
        r"EUR (\d+\.\d+)bn committed in the first half of",
        "EUR bn",
        "exact",
        "",
    ),
    "pledge_reported_2024": (
        "Given by Allies in the year, as NATO reported",
        "T55",
        "event",
        r"gave over EUR (\d+)bn in",
        "EUR bn",
        "over",
        "over",
    ),
    "first_quarter_2025": (
        "Pledged in three months, as NATO reported",
        "T57",
        "event",
        r"more than EUR (\d+)bn pledged for",
        "EUR bn",
        "over",
        "more than",
    ),
    "purl_package": (
        "One PURL package",
        "T60",
        "detail",
        r"Packages of about USD (\d+)m",
        "million USD",
        "about",
        "about",
    ),
}
"""Numbers that stand only in an event’s words: label, event, column, the words around the number, unit, qualifier and its wording."""


def _stated_in_events(ledger) -> None:
    """Add the numbers that stand only in an event's words; raise DataError where the words are no longer those of the pattern."""
    for id, (label, event, column, pattern, unit, qualifier, wording) in STATED_IN.items():
        cell = ledger[f"timeline.{event}.{column}"]
        text, number = ledger.value(cell.id), None
        if text is not None:
            found = re.search(pattern, text)
            if not found:
                raise DataError(
                    [
                        f"data/timeline.csv, {event}, column {column}: {text!r} does not hold {pattern!r}; restore its words, or change STATED_IN in support.py"
                    ]
                )
            number = float(found[1]) if "." in found[1] else int(found[1])
        rule = (
            f"the number in the words “{re.sub(r'[(].*[)]', '…', pattern)}” of the row’s {column}"
        )
        ledger.compute(
            id,
            label,
            number,
            unit,
            rule,
            rows=(f"timeline:{event}",),
            sources=cell.sources if text is not None else (),
            qualifier=qualifier,
            wording=wording,
            decimals=int(isinstance(number, float)),
        )


def _tracked(record, ledger) -> None:
    """Add whom the tracker covers, and up to when."""
    known = record.knows(TRACKER)
    frame = record.kiel_support.drop_duplicates("iso3")
    members = record.nato_members
    inside, outside = (
        members[members["iso3"].isin(frame["iso3"])],
        members[~members["iso3"].isin(frame["iso3"])].sort_values("country"),
    )
    rows = [f"nato_members:{i}" for i in outside["iso3"]]

    def add(id, label, value, unit, rule, **more):
        ledger.compute(id, label, value if known else None, unit, rule, sources=(TRACKER,), **more)

    every = [f"kiel_support:{i}/{h}" for i, h in zip(frame["iso3"], frame["half_year"])]
    add(
        "kiel_donors",
        "Donors in the tracker",
        len(frame),
        "donors",
        "count the donors of kiel_support.csv",
        rows=every,
    )
    add(
        "kiel_allies_tracked",
        "Allies that the tracker covers",
        len(inside),
        "allies",
        "count the rows of nato_members.csv whose iso3 is a donor’s in kiel_support.csv",
        rows=[f"nato_members:{i}" for i in inside["iso3"]],
    )
    add(
        "kiel_allies_untracked",
        "Allies that it does not cover",
        len(outside),
        "allies",
        "count the rows of nato_members.csv whose iso3 is no donor’s",
        rows=rows,
    )
    names = list(outside["country"])
    add(
        "kiel_untracked_names",
        "Their names",
        " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])),
        "text",
        "the rows’ countries",
        rows=rows,
    )
    title = ledger.value(f"sources.{TRACKER}.title")
    until = (
        datetime.datetime.strptime(re.search(r"data to (\w+ \d{4})", title)[1], "%B %Y").date()
        if known
        else None
    )
    add(
        "kiel_data_to",
        "Month up to which the tracker’s release counts",
        until,
        "date",
        "the month in the release’s title",
        rows=(f"sources:{TRACKER}",),
        precision="month",
    )


def _counted(record, ledger) -> None:
    """Add the sums over the allies that are tracked, by year; the United States, the others and the EU institutions apart."""
    known, frame, periods = record.knows(TRACKER), allies(record), years(record)
    declared = ledger["timeline.T40.date"]
    union = record.kiel_support[record.kiel_support["iso3"] == EU]
    american = frame["iso3"] == "USA"

    def total(id, label, part, halves, column, rule, decimals=1):
        part = part[part["half_year"].isin(halves)]
        value = float(part[column].sum()) if known and len(part) else None
        ledger.compute(
            id,
            label,
            value,
            "EUR bn",
            f"{rule}: sum the column {column} over {' and '.join(halves)}",
            decimals=decimals,
            sources=(TRACKER,),
            rows=[f"kiel_support:{i}/{h}" for i, h in zip(part["iso3"], part["half_year"])],
        )

    labels = {
        "year_before": "the year before",
        "pledge_year": "the year from the declaration",
        "year_after": "the year after",
    }
    for name, label in labels.items():
        halves = periods.get(name, ())
        ledger.compute(
            PERIODS[name],
            label.capitalize(),
            span(*halves) if halves else None,
            "text",
            "twelve months by half-years, counted from the half-year of the declaration’s day",
            rows=("timeline:T40",),
            sources=declared.sources if halves else (),
            inputs=("timeline.T40.date",),
        )
        total(
            f"kiel_military_{name}",
            f"Military allocations by allies, {label}",
            frame,
            halves,
            "military",
            "all allies that are tracked",
        )
        total(
            f"kiel_us_{name}",
            f"Military allocations by the United States, {label}",
            frame[american],
            halves,
            "military",
            "the United States",
        )
        total(
            f"kiel_others_{name}",
            f"Military allocations by the other allies, {label}",
            frame[~american],
            halves,
            "military",
            "the allies without the United States",
        )
        total(
            f"kiel_all_{name}",
            f"Allocations of all kinds by allies, {label}",
            frame,
            halves,
            "total",
            "all allies that are tracked",
        )
        total(
            f"kiel_eu_{name}",
            f"Allocations of all kinds by the EU institutions, {label}",
            union,
            halves,
            "total",
            "the EU institutions",
        )
        whole, part = ledger.value(f"kiel_military_{name}"), ledger.value(f"kiel_us_{name}")
        ledger.compute(
            f"kiel_us_share_{name}",
            f"Share of the United States in the allies’ military allocations, {label}",
            100 * part / whole if part is not None else None,
            "percent",
            "the United States in percent of all allies that are tracked",
            inputs=(f"kiel_us_{name}", f"kiel_military_{name}"),
            sources=(TRACKER,),
        )
    calendar = (half_year(ledger.value("article_day"), -1), half_year(ledger.value("article_day")))
    total(
        "kiel_military_first_half_2024",
        "Military allocations by allies, first half of the article’s year",
        frame,
        calendar[:1],
        "military",
        "all allies that are tracked",
    )
    total(
        "kiel_military_2024",
        "Military allocations by allies, the article’s calendar year",
        frame,
        calendar,
        "military",
        "all allies that are tracked",
    )
    halves = sorted(set(union["half_year"]))
    none = known and not union["military"].any()
    total(
        "kiel_eu_military",
        "Military allocations by the EU institutions, all half-years",
        union,
        [] if none else halves,
        "military",
        "the EU institutions",
    )
    ledger.compute(
        "kiel_eu_no_military",
        "Military allocations by the EU institutions, all half-years",
        "none" if none else None,
        "text",
        "the sum of the column military over all half-years is nought",
        rows=[f"kiel_support:{EU}/{h}" for h in halves],
        sources=(TRACKER,),
    )
    last = frame.loc[american, "half_year"].max() if known else None
    ledger.compute(
        "kiel_us_last_half_year",
        "Newest half-year in which the tracker has a row of the United States",
        half_text(last) if last else None,
        "text",
        "the newest half_year of the rows with iso3 USA",
        rows=[f"kiel_support:USA/{last}"],
        sources=(TRACKER,),
    )


def half_text(half: str) -> str:
    """Return a half-year in words.

    >>> half_text("2025-H1")
    'the first half of 2025'
    """
    return f"the {'first' if half.endswith('1') else 'second'} half of {half[:4]}"


def claims_table(record, ledger) -> Table:
    """Return what the article says of the headquarters and the pledge, and beside it each finding known by then."""
    claims = record.claims.set_index("claim_id")
    found = record.findings[record.findings["claim_id"].isin(CLAIMS)]
    found = found.sort_values(
        ["claim_id", "known_from"],
        key=lambda c: c.map(CLAIMS.index) if c.name == "claim_id" else c,
        kind="stable",
    )
    first = ~found.duplicated("claim_id")
    rows = [
        (
            f"findings:{row['finding_id']}",
            (
                [(row["claim_id"], f"#quote-{row['claim_id']}")],
                f"“{claims.at[row['claim_id'], 'exact']}”" if opens else "the same words",
                day_text(row["known_from"].date()),
                row["finding"],
                tables.cite(record, *row["source_ids"]),
            ),
        )
        for row, opens in zip(found.to_dict("records"), first)
    ]
    return Table(
        "support-claims",
        ledger.fill(
            "The article’s words on the headquarters and the support, and what was known by {as_of_day}"
        ),
        (
            Column("No.", width=0.45),
            Column("The article’s words", width=2.2),
            Column("Known from", width=1.3),
            Column("What the record shows", width=3.2),
            Column("Sources", width=0.75),
        ),
        tuple(rows),
    )


def reports_table(record, ledger) -> Table:
    """Return the events on the pledge: day, words, sources."""
    frame = record.timeline.set_index("event_id")
    rows = []
    for id in [e for e in EVENTS if e in frame.index]:
        row = frame.loc[id]
        day = day_text(row["date"].date(), row["precision"])
        inferred = " (day inferred)" if "day inferred" in row["verification"] else ""
        rows.append(
            (
                f"timeline:{id}",
                (
                    day + inferred,
                    row["event"],
                    row["detail"] or "–",
                    tables.cite(record, row["source_id"], row["source_id_2"]),
                ),
            )
        )
    return Table(
        "support-reports",
        ledger.fill("The pledge and what was reported of it by {as_of_day}"),
        (
            Column("Day", width=1.25),
            Column("Event", width=2.5),
            Column("Detail", width=2.9),
            Column("Sources", width=0.7),
        ),
        tuple(rows),
    )


def _billions(value) -> str:
    return "–" if pd.isna(value) else number_text(value, 1)


def kiel_table(record, ledger) -> Table:
    """Return the tracker's count by half-year and by the three years, EUR bn."""
    sums = by_half_year(record)
    columns = ["military", "united_states", "financial", "humanitarian", "eu"]
    cited = tables.cite(record, TRACKER)
    newest, until = sums.index.max(), f" (data to {ledger.value('kiel_data_to'):%B})"
    halves = [(h, span(h, h) + until * (h == newest), sums.loc[h]) for h in sums.index]
    spans = []
    for name, pair in years(record).items():
        spans.append(
            (
                "/".join(pair),
                ledger.text(PERIODS[name]) + until * (newest in pair),
                sums[sums.index.isin(pair)].sum(min_count=1),
            )
        )
    rows = [
        (f"kiel_support:{key}", (label, *(_billions(values[c]) for c in columns), cited))
        for key, label, values in halves + spans
    ]
    return Table(
        "support-kiel",
        ledger.fill(
            "Allocations by half-year, and by years counted from the declaration; EUR bn, current euros"
        ),
        (
            Column("Period", width=2.35),
            Column("Allies, military", "right"),
            Column("of this, United States", "right"),
            Column("Allies, financial", "right"),
            Column("Allies, humanitarian", "right", 1.1),
            Column("EU institutions, all kinds", "right", 1.1),
            Column("Sources", width=0.7),
        ),
        tuple(rows),
        note=ledger.fill(
            "The tracker’s release ends with {kiel_data_to}, within a half-year. –: it has no row. Sums are rounded once added up. Allies: the {kiel_allies_tracked:n} that are tracked and "
            "members by {as_of_day}, also in half-years before they joined. The EU institutions are a donor of their own, in no other column."
        ),
    )


def donors_table(record, ledger) -> Table:
    """Return the allies with the largest military allocations in the pledge's year; the rest and the sum in a line each."""
    frame = donors(record)
    columns = ["year_before", "pledge_year", "year_after", "all_kinds"]
    american = frame["iso3"] == "USA"
    seen = set(
        allies(record).loc[allies(record)["half_year"].isin(years(record)["year_after"]), "iso3"]
    )
    cited, pair = tables.cite(record, TRACKER), "/".join(years(record)["pledge_year"])
    rows = [
        (
            f"kiel_support:{row['iso3']}/{pair}",
            (
                row["donor"],
                *(
                    _billions(None if c == "year_after" and row["iso3"] not in seen else row[c])
                    for c in columns
                ),
                cited,
            ),
        )
        for row in frame.head(LARGEST).to_dict("records")
    ]
    parts = (
        ("rest", f"The other {len(frame) - LARGEST} tracked", frame.iloc[LARGEST:]),
        ("others", "All but the United States", frame[~american]),
        ("all", "All allies tracked", frame),
    )
    for key, label, part in parts:
        rows.append(
            (
                f"kiel_support:{key}/{pair}",
                (label, *(_billions(part[c].sum()) for c in columns), cited),
            )
        )
    return Table(
        "support-donors",
        ledger.fill(
            "The allies with the largest military allocations in {pledge_year}; EUR bn, current euros"
        ),
        (
            Column("Ally", width=1.7),
            Column("Military, the year before", "right"),
            Column("Military, the pledge’s year", "right"),
            Column("Military, the year after", "right"),
            Column("All kinds, the pledge’s year", "right", 1.1),
            Column("Sources", width=0.7),
        ),
        tuple(rows),
        note=ledger.fill(
            "The year before: {pledge_year_before}. The year after begins where the pledge’s year ends; its count goes to {kiel_data_to}. –: the tracker has no row. Sums are rounded once added up."
        ),
    )


def kiel_figure(record, ledger) -> charts.Figure:
    """Return military allocations by allies as bars by half-year, and those of the EU institutions in a panel of their own."""
    sums, periods = by_half_year(record), years(record)
    halves, places = list(sums.index), range(len(sums))
    figure, (ax, side) = charts.canvas(
        3.25, ncols=2, sharey=True, width_ratios=(2.9, 1), gridspec_kw={"wspace": 0.09}
    )
    figure.subplots_adjust(left=0.045, right=0.985, bottom=0.115, top=0.89)
    wide = 0.76
    at = {name: (halves.index(pair[0]), halves.index(pair[1])) for name, pair in periods.items()}
    top = 1.38 * sums[["military", "eu"]].max().max()
    for panel in (ax, side):
        first, last = at["pledge_year"]
        panel.axvspan(first - 0.5, last + 0.5, color=COLOURS["ground"], linewidth=0, zorder=0)
        panel.set_xlim(-0.6, len(halves) - 0.4)
        panel.set_ylim(0, top)
        panel.set_yticks(range(0, int(0.8 * top), 10))
        panel.grid(axis="y")
        panel.spines["left"].set_visible(False)
        panel.tick_params(length=0)
    for n, half in enumerate(halves):
        row = sums.loc[half]
        ax.bar(n, row["others"], wide, color=COLOURS["nato"], linewidth=0, zorder=2)[0].set_gid(
            f"data-others-{half}"
        )
        if pd.notna(row["united_states"]):
            bar = ax.bar(
                n,
                row["united_states"],
                wide,
                bottom=row["others"],
                color=COLOURS["nato_pale"],
                edgecolor=COLOURS["nato"],
                linewidth=0.7,
                zorder=2,
            )[0]
            bar.set_gid(f"data-us-{half}")
        ax.text(
            n,
            row["military"] + 0.5,
            _billions(row["military"]),
            ha="center",
            va="bottom",
            fontsize=8.5,
        )
        side.bar(n, row["eu"], wide, color=COLOURS["other"], linewidth=0, zorder=2)[0].set_gid(
            f"data-eu-{half}"
        )
    tall = halves.index(sums["united_states"].idxmax())
    ax.text(
        tall,
        sums["others"].iloc[tall] / 2,
        "other\nallies",
        color=COLOURS["paper"],
        ha="center",
        va="center",
        fontsize=8,
        fontweight="semibold",
        linespacing=1.05,
    )
    ax.text(
        tall,
        sums["military"].iloc[tall] - sums["united_states"].iloc[tall] / 2,
        "United\nStates",
        ha="center",
        va="center",
        fontsize=8,
        fontweight="semibold",
        linespacing=1.05,
    )
    words = {
        "year_before": ("the year before", "kiel_military_year_before"),
        "pledge_year": (
            ledger.text("pledge_year").replace(" to ", "\nto "),
            "kiel_military_pledge_year",
        ),
        "year_after": (
            f"the year after,\nto {ledger.text('kiel_data_to')}",
            "kiel_military_year_after",
        ),
    }
    for name, (label, id) in words.items():
        centre = sum(at[name]) / 2
        ax.text(
            centre,
            0.87 * top,
            label,
            ha="center",
            va="bottom",
            fontsize=8.5,
            color=COLOURS["ink" if name == "pledge_year" else "muted"],
            linespacing=1.05,
        )
        ax.text(
            centre,
            0.855 * top,
            ledger.text(id),
            ha="center",
            va="top",
            fontsize=9.5,
            fontweight="semibold",
            color=COLOURS["ink" if name == "pledge_year" else "muted"],
        )
    side.text(
        sum(at["pledge_year"]) / 2,
        0.855 * top,
        ledger.text("kiel_eu_pledge_year"),
        ha="center",
        va="top",
        fontsize=9.5,
        fontweight="semibold",
    )
    ax.text(
        0,
        1.035,
        "Allies that are tracked: military",
        transform=ax.transAxes,
        fontweight="semibold",
        va="bottom",
    )
    side.text(
        0,
        1.035,
        "EU institutions: all kinds",
        transform=side.transAxes,
        fontweight="semibold",
        va="bottom",
    )
    ax.set_xticks(
        places, [f"H{h[-1]}\n{h[:4]}" if h.endswith("1") else f"H{h[-1]}" for h in halves]
    )
    side.set_xticks(
        [n for n, h in enumerate(halves) if h.endswith("1")],
        [h[:4] for h in halves if h.endswith("1")],
    )
    return charts.finish(
        figure,
        "support-kiel",
        title=ledger.fill(
            "Allies without the United States: {kiel_others_pledge_year} in {pledge_year}, {kiel_others_year_before} the year before"
        ),
        subtitle=ledger.fill(
            "Allocations to Ukraine by half-year, EUR bn, as the Kiel tracker counts them; numbers: all allies that are tracked; shaded: the year from "
            "the declaration. The last half-year ends with {kiel_data_to}"
        ),
        alt=ledger.plain(
            "Stacked bars by half-year, the United States on top of the other allies, and a panel of the EU institutions. Military allocations by allies come to "
            "{kiel_military_year_before} in {pledge_year_before}, {kiel_military_pledge_year} in {pledge_year}, shaded, and {kiel_military_year_after} from then to {kiel_data_to}; "
            "those of the United States to {kiel_us_year_before} and {kiel_us_pledge_year}, with no row after {kiel_us_last_half_year}. "
            "The EU institutions allocated {kiel_eu_pledge_year} of all kinds in the shaded year."
        ),
        shown=_drawn(record, wide),
        sources=record.cites(TRACKER),
    )


def _drawn(record, wide: float) -> dict:
    """Return the size of every bar, from the rows themselves."""
    frame, members = record.kiel_support, set(record.nato_members["iso3"])
    bars: dict[str, float] = {}
    for row in frame.itertuples():
        if row.iso3 == EU:
            bars[f"eu-{row.half_year}"] = row.total
        elif row.iso3 in members:
            name = f"{'us' if row.iso3 == 'USA' else 'others'}-{row.half_year}"
            bars[name] = bars.get(name, 0) + row.military
    return {name: [(wide, value)] for name, value in bars.items()}
