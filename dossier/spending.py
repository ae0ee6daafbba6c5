"""Defence expenditure against the target: shares, counts by year and edition, the cross-check, the pledges."""

import re

import pandas as pd

from dossier import charts, tables
from dossier.charts import COLOURS
from dossier.facts import FactError, day_text
from dossier.parameters import ARTICLE_DAY
from dossier.tables import Column, Table

YEAR = ARTICLE_DAY.year


def editions(record) -> list[pd.Timestamp]:
    """Return NATO's editions known by the as-of day, oldest first."""
    return sorted(record.nato_share_gdp["edition"].unique())


def shares(record, edition: pd.Timestamp) -> pd.DataFrame:
    """Return the allies' shares in an edition, those of members in each year: a country counts from the year it joined.

    In the edition's own last year a country counts that was a member on the edition's day.
    """
    frame = record.nato_share_gdp
    frame = frame[frame["edition"] == edition].merge(
        record.everything["nato_members"][["iso3", "accession_date"]], on="iso3"
    )
    ends = pd.to_datetime(frame["year"].astype(str) + "-12-31").where(
        frame["year"] < frame["year"].max(), edition
    )
    return frame[frame["accession_date"] <= ends].reset_index(drop=True)


def counts(record, threshold: float) -> pd.DataFrame:
    """Return, by edition and year, how many members are at or above and below ``threshold`` % of GDP, and how many have no figure."""
    frames = []
    for edition in editions(record):
        frame = shares(record, edition)
        value = frame["share_percent"]
        frame = frame.assign(at=value >= threshold, below=value < threshold, blank=value.isna())
        frames.append(
            frame.groupby("year")[["at", "below", "blank"]]
            .sum()
            .reset_index()
            .assign(edition=edition)
        )
    return pd.concat(frames, ignore_index=True)


def announced(record) -> pd.DataFrame:
    """Return the counts at or above the target as announced, oldest announcement first."""
    frame = record.published_claims
    return (
        frame[frame["measure"] == "n_allies_ge_2pct"]
        .sort_values(["announced", "year"])
        .reset_index(drop=True)
    )


def cross_check(record) -> pd.DataFrame:
    """Return NATO's and SIPRI's shares of the members in SIPRI's year: iso3, country, nato, sipri, difference (NATO minus SIPRI)."""
    sipri = record.sipri_share_gdp_2023
    year = int(sipri["year"].iloc[0])
    nato = shares(record, editions(record)[0])
    nato = nato[nato["year"] == year]
    both = (
        nato[["iso3", "country", "share_percent"]]
        .merge(sipri[["iso3", "share_percent"]], on="iso3", suffixes=("_nato", "_sipri"))
        .dropna()
    )
    both = both.rename(columns={"share_percent_nato": "nato", "share_percent_sipri": "sipri"})
    return (
        both.assign(difference=both["nato"] - both["sipri"])
        .sort_values("difference")
        .reset_index(drop=True)
    )


def known_editions(record, ledger) -> None:
    """Add the days of NATO's first and newest edition, and of the one that revises the first."""
    known = editions(record)
    cited = list(record.nato_share_gdp.groupby("edition")["source_id"].first())
    for id, position in (("edition_first", 0), ("edition_newest", -1)):
        ledger.compute(
            id,
            f"NATO's {id.split('_')[1]} edition known by the as-of day",
            known[position].date(),
            "date",
            "by the column edition",
            sources=[cited[position]],
            precision="day",
        )
        row = record.nato_editions[record.nato_editions["edition"] == known[position]]
        ledger.compute(
            f"{id}_cutoff",
            f"Cut-off day of NATO's {id.split('_')[1]} edition known by the as-of day",
            row["cutoff"].iloc[0].date() if len(row) else None,
            "date",
            "the row's cutoff",
            rows=[f"nato_editions:{known[position]:%Y-%m-%d}"],
            sources=list(row["source_id"]),
            precision="day",
        )
    ledger.compute(
        "edition_revised",
        "NATO's edition that revises the first",
        known[-1].date() if len(known) > 1 else None,
        "date",
        "by the column edition",
        sources=cited[-1:],
        precision="day",
    )


def facts(record, ledger) -> None:
    """Add the number of allies, the counts at the target by year and edition, and what they rest on."""
    threshold = ledger.value("gdp_target")
    members = record.nato_members
    members = members[members["accession_date"] <= pd.Timestamp(record.as_of)]
    ledger.compute(
        "allies_total",
        "Allies on the as-of day",
        len(members),
        "allies",
        "count the rows of nato_members.csv by then",
        rows=[f"nato_members:{i}" for i in members["iso3"]],
        sources=sorted({s for ids in members["source_ids"] for s in ids}),
    )
    known_editions(record, ledger)
    known = editions(record)
    table = counts(record, threshold)
    source = dict(
        zip(
            *record.nato_share_gdp.groupby("edition")["source_id"]
            .first()
            .reset_index()
            .to_numpy()
            .T
        )
    )
    rule = "count the members of the year whose share is at or above the target"
    newest = table[table["edition"] == known[-1]]
    for row in newest.to_dict("records"):
        ledger.compute(
            f"allies_at_2_percent_{row['year']}",
            f"Allies at or above the target in {row['year']}, newest edition",
            row["at"],
            "allies",
            rule,
            inputs=("gdp_target", "edition_newest"),
            sources=[source[known[-1]]],
        )
    first = table[table["edition"] == known[0]]
    for row in first.to_dict("records"):
        value = row["at"] if len(known) > 1 else None
        ledger.compute(
            f"allies_at_2_percent_{row['year']}_first",
            f"Allies at or above the target in {row['year']}, first edition",
            value,
            "allies",
            rule,
            inputs=("gdp_target", "edition_first"),
            sources=[source[known[0]]],
        )
    year = newest[newest["year"] == YEAR].iloc[0]
    for id, column, words in (
        ("allies_below_2_percent", "below", "below the target"),
        ("allies_blank", "blank", "without a figure"),
    ):
        ledger.compute(
            id,
            f"Allies {words} in the article's year, newest edition",
            year[column],
            "allies",
            f"count the members of the year that are {words}",
            inputs=("gdp_target", "edition_newest"),
            sources=[source[known[-1]]],
        )
    last = newest.iloc[-1]
    later = last["year"] > YEAR
    for id, column, words in (
        ("newest_year_at", "at", "at or above the target"),
        ("newest_year_blank", "blank", "without a figure"),
    ):
        value = last[column] if later and last[column] else None
        ledger.compute(
            id,
            f"Allies {words} in the newest year",
            value,
            "allies",
            f"count the members of the year that are {words}",
            inputs=("edition_newest",),
            sources=[source[known[-1]]],
        )
    ledger.compute(
        "newest_year",
        "Newest year of NATO's newest edition",
        int(last["year"]),
        "year",
        "the largest year of the edition",
        inputs=("edition_newest",),
        sources=[source[known[-1]]],
    )
    ledger.compute(
        "first_year",
        "First year of NATO's newest edition",
        int(newest["year"].min()),
        "year",
        "the smallest year of the edition",
        inputs=("edition_newest",),
        sources=[source[known[-1]]],
    )
    total = record.nato_share_gdp
    total = (
        total[(total["iso3"] == "NATO_TOTAL") & (total["edition"] == known[-1])]
        .sort_values("year")
        .iloc[-1]
    )
    ledger.compute(
        "nato_total_share",
        "NATO's own total, newest year",
        total["share_percent"],
        "percent of GDP",
        "the row NATO_TOTAL, never a sum",
        decimals=2,
        rows=[f"nato_share_gdp:NATO_TOTAL/{total['year']}/{total['edition']:%Y-%m-%d}"],
        sources=[total["source_id"]],
    )
    _pledge_facts(record, ledger)
    _slovakia_facts(record, ledger, threshold)
    both = cross_check(record)
    cited = [source[known[0]], record.sipri_share_gdp_2023["source_id"].iloc[0]]
    ledger.compute(
        "check_year",
        "Year of the cross-check",
        int(record.sipri_share_gdp_2023["year"].iloc[0]),
        "year",
        "the year of SIPRI's edition",
        sources=cited[1:],
    )
    for id, column in (("check_nato", "nato"), ("check_sipri", "sipri")):
        ledger.compute(
            id,
            f"Allies at or above the target in the year of the cross-check, by {column.upper()}",
            int((both[column] >= threshold).sum()),
            "allies",
            "count the members with a figure in both, at or above the target",
            inputs=("gdp_target", "check_year"),
            sources=cited,
        )
    widest = both.loc[both["difference"].abs().idxmax()]
    ledger.compute(
        "check_widest",
        "Widest difference, NATO minus SIPRI",
        abs(widest["difference"]),
        "percentage points",
        "the largest difference of the cross-check",
        decimals=2,
        sources=cited,
    )
    ledger.compute(
        "check_widest_country",
        "Country of the widest difference",
        widest["country"],
        "text",
        "the largest difference of the cross-check",
        sources=cited,
    )


def _slovakia_facts(record, ledger, threshold: float) -> None:
    """Add Slovakia's share as typed into the first edition's workbook, the ratio of its own tables, and the count without it."""
    first, cited = editions(record)[0], ("NATO_2024_XLSX",)
    row = shares(record, first).query("iso3 == 'SVK' and year == @YEAR").iloc[0]
    noted = record.disagreements[record.disagreements["disagreement_id"] == "D22"]
    key = f"nato_share_gdp:SVK/{YEAR}/{first:%Y-%m-%d}"
    ledger.compute(
        "slovakia_printed",
        "Slovakia's share as the first edition prints it",
        row["share_percent"],
        "percent of GDP",
        "the cell of the edition",
        rows=(key,),
        sources=cited,
    )
    ratio = float(re.match(r"[\d.]+", noted["version_2"].iloc[0])[0]) if len(noted) else None
    ledger.compute(
        "slovakia_ratio",
        "Slovakia's share by the same workbook's expenditure and GDP",
        ratio,
        "percent of GDP",
        "read from the column version_2",
        rows=("disagreements:D22",),
        sources=cited,
        decimals=3,
    )
    table = counts(record, threshold)
    at = int(table[(table["edition"] == first) & (table["year"] == YEAR)]["at"].iloc[0])
    without = at - 1 if ratio is not None and row["share_percent"] >= threshold > ratio else None
    ledger.compute(
        "allies_without_slovakia",
        "Allies at or above the target in the first edition, without the typed-in cell",
        without,
        "allies",
        "the count less Slovakia, where the ratio lies below the target",
        inputs=("slovakia_printed", "slovakia_ratio", "gdp_target"),
        sources=cited,
    )


def _pledge_facts(record, ledger) -> None:
    """Add the numbers of the pledges, read from the words of their rows."""
    guideline(record, ledger)

    def read(*words, **more):
        _read(record, ledger, *words, **more)

    read(
        "pledge_hague_share",
        "Target of The Hague",
        "hague",
        "target",
        r"^([\d.]+)% of GDP",
        "percent of GDP",
    )
    read(
        "pledge_hague_core",
        "of this, core defence",
        "hague",
        "target",
        r"at least ([\d.]+)%",
        "percent of GDP",
        qualifier="at_least",
        wording="at least",
        decimals=1,
    )
    read("pledge_hague_year", "Deadline of The Hague", "hague", "terms", r"by (\d{4})", "year")


def guideline(record, ledger) -> None:
    """Add the guideline for equipment, read from the words of its pledge."""
    _read(
        record,
        ledger,
        "equipment_guideline",
        "Guideline for equipment, share of defence expenditure",
        "vilnius",
        "target",
        r"at least (\d+)% of defence",
        "percent",
        qualifier="at_least",
        wording="at least",
    )


def _read(record, ledger, id, label, pledge, column, pattern, unit, **more) -> None:
    rows = record.everything["pledges"].set_index("pledge_id")
    if pledge not in rows.index:
        raise FactError(f"no row {pledge!r} in data/pledges.csv, on which {id!r} rests; restore it")
    row = rows.loc[pledge]
    found = re.search(pattern, row[column])
    value = float(found[1]) if found and (record.pledges["pledge_id"] == pledge).any() else None
    value = int(value) if value is not None and value.is_integer() else value
    ledger.compute(
        id,
        label,
        value,
        unit,
        f"read from the column {column}: {found[0] if found else ''}",
        rows=[f"pledges:{pledge}"],
        sources=row["source_ids"],
        **more,
    )


def dots_figure(record, ledger) -> charts.Figure:
    """Return every ally's share in the first and the newest year of the newest edition, against the target."""
    frame = shares(record, editions(record)[-1])
    wide = frame.pivot(index="country", columns="year", values="share_percent")
    first, newest = int(frame["year"].min()), int(frame["year"].max())
    wide = wide.reindex(columns=[first, newest])
    order = wide[newest].sort_values(na_position="first").index
    wide = wide.loc[order]
    figure, ax = charts.canvas(4.8)
    figure.subplots_adjust(left=0.155, right=0.925, bottom=0.055, top=0.94)
    positions = range(len(wide))
    for n, (a, b) in enumerate(wide.to_numpy()):
        if pd.notna(a) and pd.notna(b):
            ax.plot([a, b], [n, n], color=COLOURS["nato_pale"], linewidth=1.4, zorder=1)
    old, new = wide[first].dropna(), wide[newest].dropna()
    places = {country: n for n, country in enumerate(wide.index)}
    ax.scatter(
        old,
        [places[c] for c in old.index],
        s=13,
        facecolor=COLOURS["paper"],
        edgecolor=COLOURS["nato"],
        linewidth=1,
        zorder=2,
        gid="data-first",
    )
    ax.scatter(
        new,
        [places[c] for c in new.index],
        s=18,
        color=COLOURS["nato"],
        zorder=3,
        gid="data-newest",
    )
    right = float(wide.max().max())
    for country, value in new.items():
        ax.text(right * 1.1, places[country], f"{value:.2f}", ha="right", va="center", fontsize=7.5)
    for country in wide.index[wide[newest].isna()]:
        ax.text(
            right * 1.1,
            places[country],
            "no figure",
            ha="right",
            va="center",
            fontsize=7.5,
            color=COLOURS["muted"],
        )
    target = ledger.value("gdp_target")
    ax.axvline(
        target, color=COLOURS["article"], linewidth=1.2, dashes=(4, 2), zorder=0.9
    )  # over the grid, under the dots
    top = len(wide) - 0.2
    ax.text(
        target,
        top,
        f"target: {ledger.text('gdp_target')}",
        color=COLOURS["article"],
        ha="center",
        va="bottom",
        fontsize=8.5,
    )
    ax.text(
        right * 1.1,
        top,
        ledger.text("newest_year"),
        ha="right",
        va="bottom",
        fontsize=8.5,
        fontweight="semibold",
        color=COLOURS["nato"],
    )
    ax.set_yticks(positions, wide.index)
    ax.tick_params(axis="y", length=0, labelcolor=COLOURS["ink"], labelsize=7.5)
    ax.set_ylim(-0.7, len(wide) - 0.3)
    ax.set_xlim(0, right * 1.02)
    ax.grid(axis="both")
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="x", length=0)
    blank = ", ".join(wide.index[wide[newest].isna()])
    alt = ledger.plain(
        "Dot plot, a row for each ally with a figure, sorted by the share in {newest_year}. "
    ) + _range_text(new, ledger)
    note = (
        "Open dot: {first_year}; full dot: {newest_year}. Iceland has no armed forces and no figure."
        + (f" The edition leaves {blank} blank in its last year." if blank else "")
    )
    at = f"allies_at_2_percent_{newest}"
    return charts.finish(
        figure,
        "spending-dots",
        title=ledger.fill(f"{{{at}:N}} {{{at}:reaches|reach}} the target in {{newest_year}}"),
        subtitle=ledger.fill(
            "Defence expenditure as a share of GDP, in %, NATO’s estimates of {edition_newest}"
        )
        + (ledger.fill(", with a cut-off on {edition_newest_cutoff}") or ""),
        alt=alt,
        note=ledger.fill(note),
        shown={
            "first": [(v, places[c]) for c, v in old.items()],
            "newest": [(v, places[c]) for c, v in new.items()],
        },
        sources=record.cites(*frame["source_id"].unique()),
    )


def _range_text(values: pd.Series, ledger) -> str:
    low, high = values.idxmin(), values.idxmax()
    return f"The lowest is {low} at {values[low]:.2f}% of GDP, the highest {high} at {values[high]:.2f}%; a dashed line marks the target."


def counts_figure(record, ledger) -> charts.Figure:
    """Return the count at or above the target by year: each edition as a line, announcements as points."""
    table = counts(record, ledger.value("gdp_target"))
    known = editions(record)
    told = announced(record)
    figure, ax = charts.canvas(2.6)
    figure.subplots_adjust(left=0.04, right=0.80, bottom=0.11, top=0.95)
    colours = [COLOURS["nato_pale"], COLOURS["nato"]] if len(known) > 1 else [COLOURS["nato"]]
    shown, ends = {}, []
    for edition, colour, name in zip(known, colours, ("first", "newest")):
        part = table[table["edition"] == edition]
        label = day_text(edition.date())
        ax.plot(
            part["year"], part["at"], color=colour, marker="o", markersize=3.5, gid=f"data-{name}"
        )
        shown[name] = list(zip(part["year"], part["at"]))
        ends.append(
            (
                float(part["at"].iloc[-1]),
                int(part["year"].iloc[-1]),
                f"edition of {label}",
                COLOURS["nato"] if colour == COLOURS["nato"] else COLOURS["muted"],
            )
        )
    points = told.drop_duplicates(["year", "value"])
    ax.scatter(
        points["year"].astype(int),
        points["value"],
        marker="D",
        s=20,
        facecolor=COLOURS["paper"],
        edgecolor=COLOURS["article"],
        linewidth=1.1,
        zorder=4,
        gid="data-announced",
    )
    shown["announced"] = list(zip(points["year"].astype(int), points["value"]))
    last = max(year for _, year, _, _ in ends)
    ends.append(
        (float(points["value"].iloc[-1]), last, "diamonds: as announced", COLOURS["article"])
    )
    short, ends = [e for e in ends if e[1] < last], [e for e in ends if e[1] == last]
    for (
        height,
        year,
        label,
        colour,
    ) in short:  # a line that ends before the others has its label at its own end
        ax.annotate(
            label,
            (year, height),
            (-7, 0),
            textcoords="offset points",
            color=colour,
            ha="right",
            va="center",
            fontsize=8.5,
            fontweight="semibold",
        )
    heights = charts.spread([e[0] for e in ends], 2.6)
    for (_, _, label, colour), height in zip(ends, heights):
        ax.text(
            last + 0.22,
            height,
            label,
            color=colour,
            va="center",
            fontsize=8.5,
            fontweight="semibold",
        )
    ax.set_xlim(table["year"].min() - 0.3, last + 0.1)
    ax.set_ylim(0, max(34, *heights) + 1)
    ax.set_xticks(sorted(table["year"].unique()))
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    now, then = f"allies_at_2_percent_{YEAR}", f"allies_at_2_percent_{YEAR}_first"
    title = (
        f"For the article’s year NATO first counted {{{then}:n}}, later {{{now}:n}}"
        if ledger.known(then)
        else f"NATO counts {{{now}:n}} of {{allies_total}} for the article’s year"
    )
    return charts.finish(
        figure,
        "spending-counts",
        title=ledger.fill(title),
        subtitle="Members at or above the target, by year, edition and announcement",
        alt=ledger.plain(
            "Lines of the count of allies at or above {gdp_target}, by year from {first_year} to {newest_year}, one for each edition known; diamonds are counts as announced at the time. "
        )
        + ledger.plain(title + "."),
        shown=shown,
        sources=record.cites(
            *record.nato_share_gdp["source_id"].unique(),
            *[s for ids in points["source_ids"] for s in ids],
        ),
    )


def check_figure(record, ledger) -> charts.Figure:
    """Return the differences between NATO's and SIPRI's shares, those of either sign in a panel of their own."""
    both = cross_check(record)
    panels = {
        "NATO’s figure is the higher": (
            both[both["difference"] >= 0].sort_values("difference", ascending=False),
            COLOURS["nato"],
        ),
        "SIPRI’s figure is the higher": (
            both[both["difference"] < 0].sort_values("difference"),
            COLOURS["muted"],
        ),
    }
    longest = max(len(part) for part, _ in panels.values())
    height = 0.5 + 0.122 * longest
    figure, axes = charts.canvas(height, ncols=2, gridspec_kw={"wspace": 0.42})
    figure.subplots_adjust(left=0.135, right=0.985, bottom=0.2 / height, top=1 - 0.28 / height)
    for ax, (words, (part, colour)) in zip(axes, panels.items()):
        for bar, iso3 in zip(
            ax.barh(range(len(part)), part["difference"].abs(), color=colour, height=0.62),
            part["iso3"],
        ):
            bar.set_gid(f"data-{iso3}")
        ax.axvline(0, color=COLOURS["ink"], linewidth=0.7)
        ax.set_yticks(range(len(part)), part["country"])
        ax.tick_params(axis="both", length=0)
        ax.tick_params(axis="y", labelcolor=COLOURS["ink"], labelsize=7.5)
        ax.set_ylim(longest - 0.4, -0.6)
        ax.set_xlim(0, float(both["difference"].abs().max()) * 1.04)
        ax.grid(axis="x")
        ax.annotate(
            words,
            (0, 1),
            (0, 7),
            xycoords="axes fraction",
            textcoords="offset points",
            color=colour,
            fontweight="semibold",
            va="bottom",
        )
        for side in ("left", "bottom"):
            ax.spines[side].set_visible(False)
    return charts.finish(
        figure,
        "spending-check",
        title=ledger.fill(
            "By SIPRI’s figures {check_sipri:n} reached the target in {check_year}, by NATO’s {check_nato:n}"
        ),
        subtitle=ledger.fill(
            "Difference of the shares of GDP of {check_year}, in percentage points; each institute by its own definition"
        ),
        alt=ledger.plain(
            "Bars by ally, in a panel each for those where NATO’s figure is the higher and those where SIPRI’s is. The widest difference is {check_widest}, for {check_widest_country}."
        ),
        shown={iso3: [(abs(d), 0.62)] for iso3, d in zip(both["iso3"], both["difference"])},
        sources=record.cites("NATO_2024_XLSX", "SIPRI_2024_XLSX"),
    )


def counts_table(record, ledger) -> Table:
    """Return the counts by year, a column for each edition and what was announced."""
    table = counts(record, ledger.value("gdp_target"))
    told = announced(record)
    rows = []
    for year in sorted(table["year"].unique()):
        cells = [str(year)]
        for edition in editions(record):
            row = table[(table["edition"] == edition) & (table["year"] == year)]
            cells.append(
                "–"
                if row.empty
                else str(row["at"].iloc[0])
                + (f", {row['blank'].iloc[0]} blank" if row["blank"].iloc[0] else "")
            )
        said = told[told["year"] == year]
        words = [
            f"{n:.0f} ({day_text(d.date(), p)})"
            for n, d, p in zip(said["value"], said["announced"], said["precision"])
        ]
        rows.append(
            (
                f"nato_share_gdp:{year}",
                (
                    *cells,
                    "; ".join(words) or "–",
                    tables.cite(record, *[s for ids in said["source_ids"] for s in ids]),
                ),
            )
        )
    heads = [Column(f"Edition of {day_text(e.date())}", "right", 1.1) for e in editions(record)]
    return Table(
        "spending-counts-table",
        ledger.fill("Members at or above {gdp_target}, as each edition has it and as announced"),
        (
            Column("Year", width=0.5),
            *heads,
            Column("As announced", width=2.6),
            Column("Sources of the announcements", width=1.3),
        ),
        tuple(rows),
        note="Of the members of that year. Blank: the edition prints no figure; Iceland has no armed forces.",
    )


def allies_table(record, ledger) -> Table:
    """Return every ally: accession, share in the article's year by edition, newest share, equipment share."""
    known = editions(record)
    columns, frames = [Column("Ally", width=1.4), Column("Joined", "right", 0.7)], []
    for edition in known:
        frame = shares(record, edition)
        frames.append(frame[frame["year"] == YEAR].set_index("iso3")["share_percent"])
        columns.append(Column(f"{YEAR}, edition of {day_text(edition.date())}", "right", 1.1))
    last = shares(record, known[-1])
    newest = int(last["year"].max())
    if newest > YEAR:
        frames.append(last[last["year"] == newest].set_index("iso3")["share_percent"])
        columns.append(Column(f"{newest}, same edition", "right", 0.9))
    equipment = record.nato_equipment_share
    equipment = equipment[equipment["edition"] == equipment["edition"].max()]
    equipment = equipment[equipment["year"] == equipment["year"].max()].set_index("iso3")[
        "share_percent"
    ]
    columns.append(Column(f"Equipment, {newest}, % of expenditure", "right", 1.1))
    members = record.nato_members.sort_values("country")
    rows = []
    for ally in members.to_dict("records"):
        cells = [ally["country"], str(ally["accession_date"].year)]
        cells += [figure_text(frame.get(ally["iso3"]), 2) for frame in frames] + [
            figure_text(equipment.get(ally["iso3"]), 1)
        ]
        rows.append((f"nato_members:{ally['iso3']}", tuple(cells)))
    return Table(
        "allies",
        ledger.fill("The {allies_total}: defence expenditure as % of GDP, and equipment"),
        tuple(columns),
        tuple(rows),
        note=tables.note(
            ledger.fill("The guideline for equipment is {equipment_guideline}."),
            ledger.fill("The edition counts what allies had reported by {edition_newest_cutoff}.")
            if len(known) == 1
            else ledger.fill(
                "The editions count what allies had reported by {edition_first_cutoff} and by {edition_newest_cutoff}."
            ),
            tables.sources_line(
                record,
                *record.nato_share_gdp["source_id"].unique(),
                *record.nato_equipment_share["source_id"].unique(),
            ),
        ),
    )


def figure_text(value, decimals: int) -> str:
    """Return a cell's number, or a dash where the edition prints none."""
    return "–" if value is None or pd.isna(value) else f"{value:.{decimals}f}"


def pledges_table(record, ledger) -> Table:
    """Return the pledges with their words."""
    rows = [
        (
            f"pledges:{p['pledge_id']}",
            (
                p["pledge"],
                day_text(p["date"].date(), p["precision"]),
                p["target"],
                p["terms"],
                tables.cite(record, *p["source_ids"]),
            ),
        )
        for p in record.pledges.sort_values("date").to_dict("records")
    ]
    return Table(
        "pledges",
        "What the Alliance pledged to spend",
        (
            Column("Pledge", width=1.3),
            Column("When", width=0.9),
            Column("Target", width=2.3),
            Column("Deadline or terms", width=1.5),
            Column("Sources", width=0.6),
        ),
        tuple(rows),
    )
