"""The front: its length against the ruler, its parts, its days, and what others published."""

import matplotlib.dates as mdates
import numpy as np
import pandas as pd

from dossier import charts, data, maps, tables
from dossier.charts import COLOURS
from dossier.facts import KM_PER_MILE, FactError, day_text, length_text
from dossier.parameters import ARTICLE_DAY
from dossier.tables import Column, Table


def nearest_map(record) -> pd.DataFrame:
    """Return the measurements of the map nearest to the article's day that was known by the as-of day."""
    frame = record.front_lengths
    whole = frame[(frame["section"] == "main") & (frame["method"] == "vertices")]
    chosen = whole.loc[(whole["date"] - pd.Timestamp(ARTICLE_DAY)).abs().idxmin()]
    return frame[
        (frame["date"] == chosen["date"]) & (frame["source_id"] == chosen["source_id"])
    ].reset_index(drop=True)


def key(row) -> str:
    """Return the key of a row of front_lengths.csv."""
    scale = "" if pd.isna(row["scale_m"]) else row["scale_m"]
    return f"front_lengths:{row['date']:%Y-%m-%d}/{row['section']}/{row['method']}/{scale}/{row['source_id']}"


def by_ruler(lines: pd.DataFrame, section: str = "main") -> pd.DataFrame:
    """Return a section's lengths simplified by Douglas and Peucker, finest first: scale_m (m), length_km."""
    frame = lines[(lines["section"] == section) & (lines["method"] == "douglas_peucker")]
    return (
        frame.astype({"scale_m": float})
        .sort_values("scale_m")[["scale_m", "length_km"]]
        .reset_index(drop=True)
    )


def matching_ruler(lines: pd.DataFrame, length_km: float) -> float | None:
    """Return the tolerance, in metres, at which the main line measures ``length_km``, or None where no measured one reaches it.

    Interpolated linearly between the two neighbouring tolerances.
    """
    ruler = by_ruler(lines)
    if not ruler["length_km"].min() <= length_km <= ruler["length_km"].max():
        return None
    return float(np.interp(-length_km, -ruler["length_km"], ruler["scale_m"]))


def facts(record, ledger) -> None:
    """Add the measured length, the ruler that gives the article's, the parts, and the newest day of the series."""
    lines = nearest_map(record)
    cited = (lines["source_id"].iloc[0],)

    def measured(id, label, row, rule):
        value = None if row is None else row["length_km"]
        ledger.compute(
            id, label, value, "km", rule, rows=() if row is None else (key(row),), sources=cited
        )

    rows = {row["section"]: row for row in lines[lines["method"] == "vertices"].to_dict("records")}
    measured(
        "front_length_measured",
        "Length of the main line at full detail, nearest map known",
        rows["main"],
        "the row of section main and method vertices, on the map nearest to the article's day",
    )
    measured(
        "front_river", "of this, along the river", rows.get("river"), "the same map, section river"
    )
    measured("front_land", "of this, on land", rows.get("land"), "the same map, section land")
    straight = lines[(lines["section"] == "main") & (lines["method"] == "straight")].to_dict(
        "records"
    )
    measured(
        "front_straight",
        "Straight line between the ends of the main line",
        straight[0] if straight else None,
        "the same map, method straight",
    )
    ledger.compute(
        "front_map_day",
        "Day of the nearest map known",
        rows["main"]["date"].date(),
        "date",
        "the map nearest to the article's day",
        rows=(key(rows["main"]),),
        sources=cited,
        precision="day",
    )
    coarse = rows["main"]["source_id"] == "ISW_SDSPIEG"
    ledger.compute(
        "front_coarse_map",
        "The coarser map",
        "coarser map" if coarse else None,
        "text",
        "the map of the Institute for the Study of War, where no finer was known",
        sources=cited,
    )
    stated = ledger.value("front_length_article") * KM_PER_MILE
    ledger.compute(
        "front_ruler_matching_article",
        "Tolerance at which the main line measures the article's length",
        matching_ruler(lines, stated),
        "metres",
        "linear interpolation, in metres, between the neighbouring tolerances of front_lengths.csv (Douglas–Peucker)",
        inputs=("front_length_article",),
        rows=[
            key(r)
            for r in lines[
                (lines["section"] == "main") & (lines["method"] == "douglas_peucker")
            ].to_dict("records")
        ],
        sources=cited,
        qualifier="about",
        wording="about",
        decimals=-1,
    )
    kilometre = lines[
        (lines["section"] == "main")
        & (lines["method"] == "douglas_peucker")
        & (lines["scale_m"] == 1000)
    ].to_dict("records")
    measured(
        "front_at_1_km",
        "Length of the main line at a tolerance of a kilometre",
        kilometre[0] if kilometre else None,
        "the same map, method douglas_peucker, scale_m 1000",
    )
    _series_facts(record, ledger)
    _part_facts(record, ledger)


def _series_facts(record, ledger) -> None:
    series = record.front_series
    known = len(series) > 1
    first, last = (series.iloc[0], series.iloc[-1]) if known else (None, None)
    for id, label, row in (
        ("first", "first day of the series", first),
        ("newest", "newest day of the series", last),
        (
            "longest",
            "longest day of the series",
            series.loc[series["main_km"].idxmax()] if known else None,
        ),
        (
            "shortest",
            "shortest day of the series",
            series.loc[series["main_km"].idxmin()] if known else None,
        ),
    ):
        rows, cited = (
            ((f"front_series:{row['date']:%Y-%m-%d}",), (row["source_id"],)) if known else ((), ())
        )
        ledger.compute(
            f"front_{id}_length",
            f"Main line on the {label}",
            row["main_km"] if known else None,
            "km",
            "the row's main_km",
            rows=rows,
            sources=cited,
        )
        ledger.compute(
            f"front_{id}_day",
            label.capitalize(),
            row["date"].date() if known else None,
            "date",
            "the row's date",
            rows=rows,
            sources=cited,
            precision="day",
        )
    days = (last["date"] - first["date"]).days + 1 - len(series) if known else None
    ledger.compute(
        "front_days_missing",
        "Days of the series without a map",
        days or None,
        "days",
        "days between the first and the newest, less the rows",
        sources=("DEEPSTATE_DAILY",),
    )


PARTS = {
    "front_with_salients": "D main line + border salients",
    "front_with_estuary": "E main line + salients + Dnipro-Buh estuary to Kinburn tip",
    "front_with_russian_border": "F = C + Russia border west of front (GADM raw)",
    "front_with_belarus_border": "G = F + Belarus border (GADM raw)",
}
LABELS = {
    "A land section only": "Land alone",
    "B land + border salients": "Land and pockets on the border",
    "C land + river (main line)": "Main line: land and river",
    PARTS["front_with_salients"]: "Main line and pockets on the border",
    PARTS["front_with_estuary"]: "… and the estuary’s shore",
    PARTS["front_with_russian_border"]: "Main line and the Russian border west of it",
    PARTS["front_with_belarus_border"]: "… and the border with Belarus",
}


def _part_facts(record, ledger) -> None:
    parts = record.front_parts
    for id, part in PARTS.items():
        row = parts[(parts["part"] == part) & (parts["method"] == "sum")]
        value = row["length_km"].iloc[0] if len(row) else None
        ledger.compute(
            id,
            f"Length: {LABELS[part]}",
            value,
            "km",
            "the row of front_parts.csv",
            rows=[f"front_parts:{part}/sum/"] if len(row) else (),
            sources=("DEEPSTATE_20240708", "GADM_2015"),
        )


def _units(ledger) -> tuple[float, str]:
    """Return what divides kilometres into the leading unit, and that unit."""
    return (KM_PER_MILE, "miles") if ledger.units == "imperial" else (1.0, "km")


def ruler_figure(record, ledger) -> charts.Figure:
    """Return the length of each section against the ruler, with the article's length marked."""
    lines = nearest_map(record)
    factor, unit = _units(ledger)
    figure, ax = charts.canvas(3.0)
    figure.subplots_adjust(left=0.06, right=0.86, bottom=0.17, top=0.95)
    shown = {}
    names = {
        "main": ("main line", COLOURS["ink"]),
        "land": ("land", COLOURS["land"]),
        "river": ("river", COLOURS["river"]),
    }
    for section, (label, colour) in names.items():
        ruler = by_ruler(lines, section)
        if ruler.empty:
            continue
        lengths = ruler["length_km"] / factor
        ax.plot(
            ruler["scale_m"],
            lengths,
            color=colour,
            marker="o",
            markersize=3.2,
            gid=f"data-{section}",
        )
        ax.text(
            ruler["scale_m"].iloc[-1] * 1.09,
            lengths.iloc[-1],
            label,
            color=colour,
            va="center",
            fontweight="semibold",
        )
        shown[section] = list(zip(ruler["scale_m"], ruler["length_km"] / factor))
    stated = ledger.value("front_length_article") * KM_PER_MILE / factor
    ax.axhline(stated, color=COLOURS["article"], linewidth=1, dashes=(4, 2))
    ax.text(
        90000,
        stated,
        f"the article: {ledger.text('front_length_article', 'lead')}",
        color=COLOURS["article"],
        va="bottom",
        ha="right",
        fontsize=9,
    )
    match = ledger.value("front_ruler_matching_article")
    ax.plot([match, match], [0, stated], color=COLOURS["article"], linewidth=0.8)
    ax.plot([match], [stated], "o", color=COLOURS["article"], markersize=5)
    ax.text(
        match * 1.07,
        stated * 0.06,
        ledger.text("front_ruler_matching_article"),
        color=COLOURS["article"],
        fontsize=9,
    )
    ax.set_xscale("log")
    ax.set_xlim(90, 95000)
    ax.set_ylim(0, max(lines["length_km"].max(), stated * factor) / factor * 1.1)
    ax.set_xticks([100, 1000, 10000], ["100 m", "1 km", "10 km"])
    ax.minorticks_off()
    ax.set_xlabel("length of the ruler: detail smaller than this is smoothed away", loc="left")
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return charts.finish(
        figure,
        "front-ruler",
        title=ledger.fill("A ruler of {front_ruler_matching_article} gives the article’s length"),
        subtitle=ledger.fill(
            f"Length of the front on {{front_map_day}}, in {unit}, by the tolerance of simplification (Douglas–Peucker; logarithmic scale)"
        ),
        alt=ledger.plain(
            "Lines of the front’s length against the ruler. The main line measures {front_length_measured} at full detail and shrinks as the ruler grows; at {front_ruler_matching_article} it crosses the article’s {front_length_article:lead}. River and land are shown apart."
        ),
        shown=shown,
        sources=record.cites(lines["source_id"].iloc[0]),
    )


def parts_figure(record, ledger) -> charts.Figure:
    """Return what a longer figure includes, as bars against the article's length."""
    factor, _ = _units(ledger)
    parts = record.front_parts
    rows = [
        (label, parts[(parts["part"] == part) & (parts["method"] == "sum")].iloc[0])
        for part, label in LABELS.items()
    ]
    figure, ax = charts.canvas(2.0)
    figure.subplots_adjust(left=0.315, right=0.80, bottom=0.03, top=0.88)
    longest = max(row["length_km"] for _, row in rows) / factor
    for n, (label, row) in enumerate(rows):
        (bar,) = ax.barh(
            n,
            row["length_km"] / factor,
            height=0.6,
            color=COLOURS["ink"] if label.startswith("Main line: ") else COLOURS["nato_pale"],
        )
        bar.set_gid(f"data-{row['part'][0]}")
        ax.text(
            longest * 1.03,
            n,
            length_text(row["length_km"], "km", "exact", ledger.units),
            va="center",
            fontsize=8.5,
        )
    stated = ledger.value("front_length_article") * KM_PER_MILE / factor
    ax.axvline(stated, color=COLOURS["article"], linewidth=1, dashes=(4, 2))
    ax.text(
        stated,
        -0.75,
        f"the article: {ledger.text('front_length_article', 'lead')}",
        color=COLOURS["article"],
        ha="center",
        va="bottom",
        fontsize=8.5,
    )
    ax.set_yticks(range(len(rows)), [label for label, _ in rows])
    ax.tick_params(axis="y", length=0, labelcolor=COLOURS["ink"])
    ax.set_ylim(len(rows) - 0.5, -0.6)
    ax.set_xticks([])
    ax.set_xlim(0, longest)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    return charts.finish(
        figure,
        "front-parts",
        title=ledger.fill(
            "River, borders and coasts make it up to {front_with_belarus_border:lead} long"
        ),
        subtitle=ledger.fill(
            "What a figure for the front may include, at full detail, {front_map_day}"
        ),
        alt=ledger.plain(
            "Bars: land alone, {front_land}; the main line with the river, {front_length_measured}; with the pockets on the border, {front_with_salients}; with the borders of Russia and Belarus, {front_with_belarus_border}. A dashed line marks the article’s length."
        ),
        shown={row["part"][0]: [(row["length_km"] / factor, 0.6)] for _, row in rows},
        sources=record.cites(*{r["source_id"] for _, r in rows}, "GADM_2015"),
    )


def series_figure(record, ledger) -> charts.Figure:
    """Return the main line day by day, gaps left open, with the published lengths of that time as points."""
    factor, unit = _units(ledger)
    series = record.front_series
    days = pd.date_range(series["date"].min(), series["date"].max())
    whole = series.set_index("date").reindex(days)
    figure, ax = charts.canvas(2.75)
    figure.subplots_adjust(left=0.06, right=0.845, bottom=0.105, top=0.96)
    shown = {}
    right, ends = days[-1] + (days[-1] - days[0]) * 0.012, []
    for column, label, colour, width in (
        ("main_km", "full detail", COLOURS["ink"], 1.5),
        ("main_1km_scale_km", "ruler: 1 km", COLOURS["muted"], 1.1),
        ("main_5km_scale_km", "ruler: 5 km", COLOURS["muted"], 0.8),
    ):
        ax.plot(whole.index, whole[column] / factor, color=colour, linewidth=width)
        ax.plot(series["date"], series[column] / factor, linestyle="none", gid=f"data-{column}")
        shown[column] = list(zip(mdates.date2num(series["date"]), series[column] / factor))
        ends.append((whole[column].iloc[-1] / factor, label, colour))
    said = record.front_published
    said = said[(said["date"] >= days[0]) & (said["date"] <= days[-1])]
    if len(said):
        ax.scatter(
            said["date"],
            said["length_km"] / factor,
            marker="D",
            s=22,
            facecolor=COLOURS["paper"],
            edgecolor=COLOURS["nato"],
            linewidth=1.1,
            zorder=4,
            gid="data-published",
        )
        shown["published"] = list(zip(mdates.date2num(said["date"]), said["length_km"] / factor))
    stated = ledger.value("front_length_article") * KM_PER_MILE / factor
    ax.axhline(stated, color=COLOURS["article"], linewidth=1, dashes=(4, 2))
    ends.append((stated, "the article", COLOURS["article"]))
    top = (
        max(series["main_km"].max(), said["length_km"].max() if len(said) else 0, stated * factor)
        / factor
        * 1.04
    )
    low = 100 * int(
        0.85 * min(series["main_5km_scale_km"].min() / factor, stated) / 100
    )  # lines, so the scale need not begin at nought
    for height, (_, label, colour) in zip(
        charts.spread([e[0] for e in ends], (top - low) * 0.066), ends
    ):
        ax.text(right, height, label, color=colour, va="center", fontsize=8.5)
    ax.set_ylim(low, top)
    ax.set_xlim(days[0], days[-1])
    locator = mdates.AutoDateLocator(minticks=3, maxticks=7)
    ax.xaxis.set_major_locator(locator)
    short = days[-1] - days[0] < pd.Timedelta(days=90)
    ax.xaxis.set_major_formatter(
        mdates.DateFormatter("%-d %b")
        if short
        else mdates.ConciseDateFormatter(locator, show_offset=False)
    )
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return charts.finish(
        figure,
        "front-series",
        title=ledger.fill(
            "From {front_first_length:lead} on {front_first_day} to {front_newest_length:lead} on {front_newest_day}"
        ),
        subtitle=f"Length of the main line, by day, in {unit}, not from zero. Diamonds: lengths as published, which measure different things",
        alt=ledger.plain(
            "Lines of the front’s length by day at full detail and at coarser rulers. At full detail it goes from {front_first_length} on {front_first_day} to {front_newest_length} on {front_newest_day}; the shortest day has {front_shortest_length}, the longest {front_longest_length}. Diamonds mark published lengths; days without a map are left open."
        ),
        shown=shown,
        sources=record.cites("DEEPSTATE_DAILY", *said["source_id"]),
    )


def lengths_table(record, ledger) -> Table:
    """Return the measured lengths by section, method and ruler."""
    methods = {
        "vertices": "all vertices",
        "douglas_peucker": "simplified",
        "divider": "walked with dividers",
        "straight": "straight line",
    }
    lines = nearest_map(record)
    rows = []
    for method, words in methods.items():
        part = lines[lines["method"] == method].sort_values("scale_m")
        for scale in part["scale_m"].unique():
            cells = (
                part[part["scale_m"].isna()] if pd.isna(scale) else part[part["scale_m"] == scale]
            )
            by_section = cells.set_index("section")["length_km"]
            ruler = (
                "–" if pd.isna(scale) else f"{scale:,} m" if scale < 1000 else f"{scale // 1000} km"
            )
            lengths = [
                length_text(by_section[s], "km", "exact", ledger.units) if s in by_section else "–"
                for s in ("main", "river", "land")
            ]
            rows.append(
                (
                    f"front_lengths:{method}/{'' if pd.isna(scale) else scale}",
                    (words, ruler, *lengths),
                )
            )
    return Table(
        "front-lengths",
        ledger.fill("The front measured on the map of {front_map_day}"),
        (
            Column("Method", width=1.3),
            Column("Ruler", "right", 0.7),
            Column("Main line", "right", 1.3),
            Column("River", "right", 1.2),
            Column("Land", "right", 1.2),
        ),
        tuple(rows),
        note=tables.note(
            "Geodesic lengths on the WGS84 ellipsoid.",
            tables.sources_line(record, *lines["source_id"].unique()),
        ),
    )


def published_table(record, ledger) -> Table:
    """Return the lengths as published: day, speaker, length with its qualifier, what it measures."""
    rows = []
    for row in record.front_published.sort_values("date").to_dict("records"):
        text = length_text(
            row["length_km"],
            "km",
            row["qualifier"],
            ledger.units,
            round_figure=row["length_km"] % 100 == 0,
        )
        rows.append(
            (
                f"front_published:{row['published_id']}",
                (
                    day_text(row["date"].date()),
                    row["speaker"],
                    text,
                    row["what"],
                    tables.cite(record, row["source_id"]),
                ),
            )
        )
    return Table(
        "front-published",
        "The front’s length as published",
        (
            Column("Day", width=1),
            Column("Who", width=1.1),
            Column("Length", "right", 1.7),
            Column("What it measures", width=1.8),
            Column("Source", width=0.5),
        ),
        tuple(rows),
    )


def map_figure(record, ledger) -> charts.Figure:
    """Return the front in Europe: the alliance's members, the headquarters' country or town, the sketch where it was known."""
    members = set(record.nato_members["iso3"])
    front = [f for f in data.shapes("front_sketch") if record.knows(f["properties"]["source_id"])]
    places = record.places.set_index("place")
    if gone := {"Wiesbaden", "Kyiv"} - set(record.everything["places"]["place"]):
        raise FactError(f"no row {min(gone)!r} in data/places.csv, which the map marks; restore it")
    known = ledger.known("timeline.T43.date") and "Wiesbaden" in places.index
    towns = {
        name: tuple(places.loc[name, ["longitude", "latitude"]].astype(float))
        for name in ("Wiesbaden", "Kyiv")
        if known
    }
    countries = data.shapes("europe")
    figure, (ax, *near) = maps.canvas(bool(front))
    maps.land(ax, countries, members, maps.EUROPE, "UKR")
    maps.line(ax, front, 1.8, "")
    maps.label(ax, "NATO members", -5.6, 40.2)
    if known:
        maps.town(ax, "Wiesbaden", *towns["Wiesbaden"], "Wiesbaden")
    maps.label(
        ax,
        *(
            ("Wiesbaden:\nheadquarters", 9.2, 50.1)
            if known
            else ("Germany:\nheadquarters", 7.4, 51.0)
        ),
    )
    ukraine = next(f for f in countries if f["properties"]["iso3"] == "UKR")
    outline = lambda frame: [
        tuple(point) for ring in maps.rings(ukraine, frame) for point in [*ring, ring[0]]
    ]  # noqa: E731
    shown = {"UKR": outline(maps.EUROPE)} | {
        "Wiesbaden": [tuple(float(v) for v in maps.project(*towns["Wiesbaden"]))]
        for _ in towns
        if known
    }
    if not front:
        maps.label(ax, "Ukraine", 28.2, 48.9)
    for east in near:
        maps.window(ax, maps.EAST)
        maps.land(east, countries, members, maps.EAST, "UKR-east")
        maps.line(east, front, 3.2, "-east")
        maps.label(east, f"along the river\n{ledger.text('front_river')}", 29.6, 47.95, "river")
        maps.label(east, f"on land\n{ledger.text('front_land')}", 33.2, 48.8, "article")
        maps.label(east, "Russia", 37.6, 51.2, "muted", fontweight="normal")
        maps.label(east, "Black Sea", 30.9, 45.3, "muted", fontweight="normal")
        if known:
            maps.town(east, "Kyiv", *towns["Kyiv"], "Kyiv")
            maps.label(east, "Kyiv", 30.85, 50.42)
        maps.scale_bar(
            east,
            *(
                (100, "miles", 100 * KM_PER_MILE)
                if ledger.units == "imperial"
                else (200, "km", 200)
            ),
        )
        shown["UKR-east"] = outline(maps.EAST)
        shown |= {
            "Kyiv": [tuple(float(v) for v in maps.project(*towns["Kyiv"]))] for _ in towns if known
        }
    for suffix in ("", "-east") if front else ():
        shown |= {
            f["properties"]["section"] + suffix: list(
                zip(*maps.project(*np.array(f["geometry"]["coordinates"]).T))
            )
            for f in front
        }
    words = (
        "The line is that of {front_map_day}, much smoothed: for looking, not for measuring."
        if front
        else ""
    )
    alt = "Map of Europe. The members of NATO are shaded; Ukraine is outlined."
    alt += (
        ledger.plain(
            " Beside it the east of Ukraine: the front runs from the mouth of the Dnipro along the river, {front_river}, then on land to the Russian border in the north-east, {front_land}."
        )
        if front
        else ""
    )
    alt += (
        " The headquarters’ town, Wiesbaden, lies in the west of Germany."
        if known
        else " The headquarters is to be in Germany."
    )
    return charts.finish(
        figure,
        "front-map",
        title="The front and the headquarters" if front else "Ukraine and the alliance",
        subtitle="Members of NATO on the edition’s day in blue"
        + (
            "; at the right the east of Ukraine, with the main line at full detail in its lengths"
            if front
            else ""
        ),
        alt=alt,
        shown=shown,
        note=ledger.fill(
            (words + " " if words else "")
            + "Canada and the United States lie outside the frame. Borders follow the view of the United Nations: Crimea is drawn in Ukraine."
        ),
        sources=record.cites(
            "NATURAL_EARTH_50M",
            *("DEEPSTATE_20240708",) * bool(front),
            *("GEONAMES",) * bool(known),
        ),
    )
