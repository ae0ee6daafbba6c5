"""The front: its length against the ruler, its parts, its days, and what others published."""

from collections.abc import Mapping
from typing import Any

import matplotlib.dates as mdates
import numpy as np
import pandas as pd

from dossier.data.known import NotKnown, Record
from dossier.data.schema import DataError
from dossier.facts.ledger import Ledger, as_id
from dossier.facts.trace import Traced, only, some, traced
from dossier.registry import fact, figure, table
from dossier.show import charts, maps, tables
from dossier.show.charts import COLOURS, Drawing
from dossier.show.tables import Cell, Column, Row, Table
from dossier.text.dates import day_text
from dossier.text.numbers import is_round, number_text, round_to, significant
from dossier.text.units import KM_PER_MILE, UNITS, quantity_text

COARSE_MAP = "ISW_SDSPIEG"
"""The source of the map of the Institute for the Study of War, coarser than the other."""


def own_colour(record: Record, name: str) -> str:
    """Return a colour that dossier.toml adds, of the light page."""
    return charts.colours_of(record.project)[name][0]


def nearest_map(record: Record) -> pd.DataFrame:
    """Return the measurements of the map nearest to the article's day that was known by then."""
    frame = some(record.front_lengths)
    chosen = _nearest(record, some(lines_of(frame, "main", "vertices"))).iloc[0]
    same = (frame["date"] == chosen["date"]) & (frame["source_id"] == chosen["source_id"])
    return frame[same]


def _nearest(record: Record, lines: pd.DataFrame) -> pd.DataFrame:
    """Return the row of the day nearest to the article's."""
    away = (lines["date"] - pd.Timestamp(record.article_day)).abs()
    return lines.loc[[away.idxmin()]]


def lines_of(lines: pd.DataFrame, section: str, method: str) -> pd.DataFrame:
    """Return the rows of a section by a method."""
    return lines[(lines["section"] == section) & (lines["method"] == method)]


def by_ruler(lines: pd.DataFrame, section: str = "main") -> pd.DataFrame:
    """Return a section's lengths simplified by Douglas and Peucker, finest first.

    Columns scale_m (m) and length_km.
    """
    frame = lines_of(lines, section, "douglas_peucker")
    return frame.astype({"scale_m": float}).sort_values("scale_m")[["scale_m", "length_km"]]


def neighbours(ruler: pd.DataFrame, length_km: float) -> pd.DataFrame:
    """Return the two rows of ``by_ruler`` between whose lengths a length lies, or one that has it.

    Raises NotKnown where no measured line reaches the length.
    """
    finer = ruler[ruler["length_km"] >= length_km].iloc[-1:]
    coarser = ruler[ruler["length_km"] <= length_km].iloc[:1]
    if finer.empty or coarser.empty:
        raise NotKnown("a ruler that gives the length")
    return pd.concat([finer, coarser]).drop_duplicates()


def matching_ruler(lines: pd.DataFrame, length_km: float) -> Traced:
    """Return the tolerance, in metres, at which the main line measures ``length_km``.

    Interpolated linearly between the two neighbouring tolerances; NotKnown where none reaches it.
    """
    pair = neighbours(by_ruler(lines), length_km)
    tolerance = np.interp(-length_km, -pair["length_km"], pair["scale_m"])
    return traced(float(tolerance), pair)


# ---- facts: the nearest map


def _measured(record: Record, section: str, method: str) -> Traced:
    return only(lines_of(nearest_map(record), section, method), "length_km")


def _with_main(record: Record, section: str, method: str) -> Traced:
    """Return a length of the nearest map, with the row that makes that map the nearest."""
    found = _measured(record, section, method)
    main = lines_of(nearest_map(record), "main", "vertices")
    return Traced(found.value, (*found.rows, *main.index))


@fact(unit="km")
def front_length_measured(record: Record) -> Traced:
    """Length of the main line at full detail, nearest map known.

    The row of section main and method vertices, on the map nearest to the article's day.
    """
    return _measured(record, "main", "vertices")


@fact(unit="km")
def front_river(record: Record) -> Traced:
    """Length of the part along the river.

    The same map, section river.
    """
    return _with_main(record, "river", "vertices")


@fact(unit="km")
def front_land(record: Record) -> Traced:
    """Length of the part on land.

    The same map, section land.
    """
    return _with_main(record, "land", "vertices")


@fact(unit="km")
def front_straight(record: Record) -> Traced:
    """Straight line between the ends of the main line.

    The same map, method straight.
    """
    return _with_main(record, "main", "straight")


@fact(unit="km")
def front_at_1_km(record: Record) -> Traced:
    """Length of the main line at a tolerance of a kilometre.

    The same map, method douglas_peucker, scale_m 1000.
    """
    lines = lines_of(nearest_map(record), "main", "douglas_peucker")
    found = only(lines[lines["scale_m"] == 1000], "length_km")
    main = lines_of(nearest_map(record), "main", "vertices")
    return Traced(found.value, (*found.rows, *main.index))


@fact(unit="percent")
def front_apart(front_length_article: int, front_length_measured: float) -> float:
    """Difference of the measured length from the article's.

    In percent of the article's length, without its sign.
    """
    return 100 * abs(front_length_measured / (front_length_article * KM_PER_MILE) - 1)


@fact(unit="text")
def front_direction(front_length_article: int, front_length_measured: float) -> str:
    """Whether the measured length is longer or shorter than the article's.

    The measured length against the article's.
    """
    return "longer" if front_length_measured > front_length_article * KM_PER_MILE else "shorter"


@fact(unit="date")
def front_map_day(record: Record) -> Traced:
    """Day of the nearest map known.

    The map nearest to the article's day.
    """
    return only(lines_of(nearest_map(record), "main", "vertices"), "date")


@fact(unit="text")
def front_map_maker(record: Record) -> Traced:
    """Who drew the nearest map known.

    What stands first in its source's publisher; a name of several words takes an article.
    """
    main = lines_of(nearest_map(record), "main", "vertices")
    sources = record.sources
    row = sources[sources["source_id"].isin(main["source_id"])]
    maker = only(row, "publisher").value.split(";")[0]
    return traced("the " * (" " in maker) + maker, main, row)


@fact(unit="text")
def front_coarse_map(record: Record) -> Traced:
    """The coarser map.

    The map of the Institute for the Study of War, where no finer was known.
    """
    main = lines_of(nearest_map(record), "main", "vertices")
    if main["source_id"].iloc[0] != COARSE_MAP:
        raise NotKnown("a coarser map: a finer one was known")
    return traced("coarser map", main)


def _coarse_line(record: Record, column: str) -> Traced:
    """Return a value of the main line on the nearest coarser map, where a finer was nearer."""
    finer = lines_of(nearest_map(record), "main", "vertices")
    if finer["source_id"].iloc[0] == COARSE_MAP:
        raise NotKnown("a finer map than the coarse one")
    lines = lines_of(record.front_lengths, "main", "vertices")
    row = _nearest(record, some(lines[lines["source_id"] == COARSE_MAP]))
    return traced(row[column].iloc[0], row, finer)


@fact(unit="km")
def front_coarse_length(record: Record) -> Traced:
    """Length of the main line on the coarser map.

    The row of section main and method vertices, on the map of the Institute for the Study of War.
    """
    return _coarse_line(record, "length_km")


def rounds_to_article(length: float, article: int) -> bool:
    """Return whether a length in km, rounded to the digits of the article's, in miles, is that.

    >>> rounds_to_article(1001, 600), rounds_to_article(863, 600)
    (True, False)
    """
    return _rounded_as(length, article) == article


def _rounded_as(length: float, article: int) -> float:
    return round_to(length / KM_PER_MILE, significant(article))


@fact(unit="text")
def front_coarse_rounding(front_coarse_length: float, front_length_article: int) -> str:
    """Miles to which the length on the coarser map rounds.

    It is rounded to the digits of the article’s length.
    """
    rounded = _rounded_as(front_coarse_length, front_length_article)
    return f"{number_text(rounded)} miles"


@fact(unit="date")
def front_coarse_day(record: Record) -> Traced:
    """Day of the coarser map.

    The row's date.
    """
    return _coarse_line(record, "date")


@fact(unit="metres", qualifier="about", wording="about", decimals=-1)
def front_ruler_matching_article(record: Record, front_length_article: float) -> Traced:
    """Tolerance at which the main line measures the article's length.

    Linear interpolation, in metres, between the neighbouring tolerances of front_lengths.csv
    (Douglas–Peucker).
    """
    lines = nearest_map(record)
    found = matching_ruler(lines, front_length_article * KM_PER_MILE)
    main = lines_of(lines, "main", "vertices")
    return Traced(found.value, (*found.rows, *main.index))


# ---- facts: the series


def _series(record: Record) -> pd.DataFrame:
    series = record.front_series
    if len(series) < 2:
        raise NotKnown("a series of days")
    return series


def _day_of(record: Record, which: str) -> pd.DataFrame:
    """Return the row of the first, newest, longest or shortest day of the series."""
    series = _series(record)
    chosen = {
        "first": series.index[0],
        "newest": series.index[-1],
        "longest": series["main_km"].idxmax(),
        "shortest": series["main_km"].idxmin(),
    }[which]
    return series.loc[[chosen]]


def _of_day(record: Record, which: str, column: str) -> Traced:
    row = _day_of(record, which)
    series = _series(record)
    return traced(only(row, column).value, row, series.iloc[[0, -1]])


DAYS = ("first", "newest", "longest", "shortest")


@fact(unit="km", name="front_{which}_length", over={"which": DAYS})
def front_length_of_day(record: Record, which: str) -> Traced:
    """Main line on the {which} day of the series.

    The row's main_km.
    """
    return _of_day(record, which, "main_km")


@fact(unit="date", name="front_{which}_day", over={"which": DAYS})
def front_day(record: Record, which: str) -> Traced:
    """The {which} day of the series.

    The row's date.
    """
    return _of_day(record, which, "date")


@fact(unit="km")
def front_below_peak(front_longest_length: float, front_newest_length: float) -> float:
    """By how much the newest day is shorter than the longest.

    The difference of the two lengths, where there is one.
    """
    if front_newest_length == front_longest_length:
        raise NotKnown("a longer day")
    return front_longest_length - front_newest_length


@fact(unit="km")
def front_at_peak(front_longest_length: float, front_newest_length: float) -> float:
    """Main line on the newest day, where no day was longer.

    The length of the newest day.
    """
    if front_newest_length != front_longest_length:
        raise NotKnown("a newest day that is the longest")
    return front_newest_length


WHOLE, FOUGHT = "whole line", "active combat"
"""What a published length measures that counts borders and coasts, too, or only where it is fought.
"""

OFFICIAL = "Syrskyi"
"""Ukraine's commander-in-chief until July 2026, whose lengths are the official ones."""


def _official(record: Record) -> pd.DataFrame:
    """Return the official lengths of the whole front on days of the series, with the measured one.

    A column ``apart`` is the difference in percent of the measured length, ``series_row`` its row.
    """
    said = record.front_published
    said = said[(said["speaker"] == OFFICIAL) & said["what"].str.contains("front")]
    found = _on_days(record, said)
    return found.assign(apart=found["apart"].abs())


def _on_days(record: Record, said: pd.DataFrame) -> pd.DataFrame:
    """Return the lengths on days of the series, with ``apart`` in percent and ``series_row``.

    ``main_km`` is the length measured.
    """
    series = _series(record).reset_index(names="series_row").set_index("date")
    said = some(said[said["date"].isin(series.index)])
    measured = series.loc[said["date"]]
    apart = (said["length_km"].to_numpy() / measured["main_km"].to_numpy() - 1) * 100
    own = {name: measured[name].to_numpy() for name in ("main_km", "series_row")}
    return said.assign(apart=apart, **own)


def _held(record: Record, said: pd.DataFrame, value: object) -> Traced:
    """Return a value of lengths on days of the series, with their rows and those of the series."""
    measured = record.front_series.loc[list(said["series_row"])]
    return traced(value, said, measured, _series(record).iloc[[0, -1]])


def _days_compared(record: Record) -> list[str]:
    """Return the days of published lengths that the series has, in words; none without one."""
    try:
        days = _on_days(record, record.front_published)["date"]
    except NotKnown:
        return []
    return [day_text(day.date()) for day in days.sort_values().unique()]


@fact(unit="km", name="front_on_{day}", over={"day": _days_compared})
def front_on_day(record: Record, day: str) -> Traced:
    """Main line on {day}.

    The main_km of that day.
    """
    series = _series(record)
    row = series[series["date"] == pd.Timestamp(day)]
    return traced(only(row, "main_km").value, row, series.iloc[[0, -1]])


@fact(unit="km", qualifier="at_least")
def combat_beyond_line(record: Record) -> Traced:
    """By how much the active combat that was put at “at least” exceeds the main line of its day.

    The length_km of the one such row on a day of the series, less main_km of that day.
    """
    said = record.front_published
    found = _on_days(record, said[(said["what"] == FOUGHT) & (said["qualifier"] == "at_least")])
    beyond = only(found, "length_km").value - only(found, "main_km").value
    if beyond <= 0:
        raise NotKnown("more combat than line")
    return _held(record, found, float(beyond))


@fact(unit="percent", decimals=1)
def official_most_apart(record: Record) -> Traced:
    """Widest difference of an official length from the one measured on its day.

    The commander-in-chief's lengths of the front against main_km of the same day.
    """
    said = _official(record)
    return _held(record, said, float(said["apart"].max()))


@fact(unit="lengths")
def official_lengths(record: Record) -> Traced:
    """Official lengths of the front on days of the series.

    Count the commander-in-chief's lengths of the front whose day the series has.
    """
    said = _official(record)
    return _held(record, said, len(said))


TANKS = ("CSIS", "RUSI")
"""The think tanks whose lengths of the front the record holds."""


def _by_tanks(record: Record) -> pd.DataFrame:
    """Return the think tanks' lengths of the front on days of the series, with the measured one.

    A column ``apart`` is the difference in percent of the measured length, ``series_row`` its row.
    """
    said = record.front_published
    return _on_days(record, said[said["speaker"].str.startswith(TANKS)])


@fact(unit="lengths")
def tank_lengths(record: Record) -> Traced:
    """Lengths of the front by think tanks, on days of the series.

    Count the rows of CSIS and RUSI in front_published.csv whose day the series has.
    """
    said = _by_tanks(record)
    return _held(record, said, len(said))


@fact(unit="km", qualifier="about", wording="about", decimals=-1)
def tank_length(record: Record) -> Traced:
    """Length of the front that think tanks have.

    The only length_km of these rows.
    """
    said = _by_tanks(record)
    lengths = said["length_km"].unique()
    if len(lengths) > 1:
        raise NotKnown("one length that all think tanks have")
    return _held(record, said, int(lengths[0]))


@fact(unit="date", name="tank_{which}_day", over={"which": ("first", "last")})
def tank_day(record: Record, which: str) -> Traced:
    """Day of the {which} of these lengths.

    The column date of the same rows.
    """
    said = _by_tanks(record)
    return _held(record, said, said["date"].min() if which == "first" else said["date"].max())


@fact(unit="percent", name="tank_{which}_apart", over={"which": ("least", "most")})
def tank_apart(record: Record, which: str) -> Traced:
    """By how much these exceed the line measured on their day: {which}.

    Each length against main_km of the same day.
    """
    said = _by_tanks(record)
    least, most = said["apart"].min(), said["apart"].max()
    if least < 0:
        raise NotKnown("lengths that all exceed the measured one")
    return _held(record, said, float(least if which == "least" else most))


@fact(unit="days")
def front_days_missing(record: Record) -> Traced:
    """Days of the series without a map.

    Days between the first and the newest, less the rows.
    """
    series = _series(record)
    days = (series["date"].iloc[-1] - series["date"].iloc[0]).days + 1 - len(series)
    if not days:
        raise NotKnown("a day without a map")
    return traced(days, series)


# ---- facts: the parts


PARTS = {
    "front_land_with_salients": "B land + border salients",
    "front_with_salients": "D main line + border salients",
    "front_with_estuary": "E main line + salients + Dnipro-Buh estuary to Kinburn tip",
    "front_with_russian_border": "F = C + Russia border west of front (GADM raw)",
    "front_with_belarus_border": "G = F + Belarus border (GADM raw)",
}
LABELS = {
    "A land section only": "Land alone",
    PARTS["front_land_with_salients"]: "Land and pockets on the border",
    "C land + river (main line)": "Main line: land and river",
    PARTS["front_with_salients"]: "Main line and pockets on the border",
    PARTS["front_with_estuary"]: "… and the shore of the Dnipro’s estuary",
    PARTS["front_with_russian_border"]: "Main line and the Russian border to its west",
    PARTS["front_with_belarus_border"]: "… and the border with Belarus",
}


def _part(record: Record, name: str) -> Traced:
    parts = record.front_parts
    return only(parts[(parts["part"] == name) & (parts["method"] == "sum")], "length_km")


@fact(unit="km")
def front_land_with_salients(record: Record) -> Traced:
    """Length: on land, with the pockets on the border.

    The row of front_parts.csv.
    """
    return _part(record, PARTS["front_land_with_salients"])


@fact(unit="km")
def front_with_salients(record: Record) -> Traced:
    """Length: main line and pockets on the border.

    The row of front_parts.csv.
    """
    return _part(record, PARTS["front_with_salients"])


@fact(unit="km")
def front_with_estuary(record: Record) -> Traced:
    """Length: main line, pockets and the estuary’s shore.

    The row of front_parts.csv.
    """
    return _part(record, PARTS["front_with_estuary"])


@fact(unit="km")
def front_with_russian_border(record: Record) -> Traced:
    """Length: main line and the Russian border west of it.

    The row of front_parts.csv.
    """
    return _part(record, PARTS["front_with_russian_border"])


@fact(unit="km")
def front_with_belarus_border(record: Record) -> Traced:
    """Length: main line, the Russian border west of it and the border with Belarus.

    The row of front_parts.csv.
    """
    return _part(record, PARTS["front_with_belarus_border"])


# ---- figures


def _unit(facts: Ledger) -> tuple[float, str]:
    """Return what divides kilometres into the leading unit, and that unit."""
    return (KM_PER_MILE, "miles") if facts.first == "imperial" else (1.0, "km")


def _stated(facts: Ledger) -> float:
    """Return the article's length in the leading unit."""
    stated: float = facts.require("front_length_article").value
    return stated * KM_PER_MILE / _unit(facts)[0]


def _length_text(facts: Ledger, km: float, **more) -> str:
    return quantity_text(km, UNITS["km"], UNITS, facts.first, **more)


@figure("front-ruler", narrow=True)
def ruler_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the length of each section against the ruler, with the article's length marked."""
    match = facts.require("front_ruler_matching_article").value
    lines = nearest_map(record)
    factor, unit = _unit(facts)
    stated = _stated(facts)
    canvas, ax = charts.canvas(3.0 if charts.is_narrow() else 2.5)
    charts.inset(canvas, 0.42, 0.75, 0.66 if charts.is_narrow() else 0.5, 0.15)
    shown = _draw_sections(ax, record, lines, factor)
    accent = {"color": COLOURS["article"]}
    ax.axhline(stated, linewidth=1, dashes=(4, 2), **accent)
    label = f"the article: {facts.text('front_length_article', 'lead')}"
    ax.text(90000, stated, label, va="bottom", ha="right", fontsize=9, **accent)
    ax.plot([match, match], [0, stated], linewidth=0.8, **accent)
    ax.plot([match], [stated], "o", markersize=5, **accent)
    ruler = facts.text("front_ruler_matching_article")
    ax.text(match * 1.07, stated * 0.06, ruler, fontsize=9, **accent)
    ax.set_xscale("log")
    ax.set_xlim(90, 95000)
    ax.set_ylim(0, max(lines["length_km"].max() / factor, stated) * 1.1)
    ax.set_xticks([100, 1000, 10000], ["100 m", "1 km", "10 km"])
    ax.minorticks_off()
    words = "detail smaller than this is smoothed away"
    ax.set_xlabel(words, loc="left")
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return Drawing(
        canvas,
        title=facts.join(
            "With details smaller than a kilometre smoothed away, the line of "
            "{front_length_measured} measures {front_at_1_km}"
        ),
        subtitle=facts.join(
            f"Length of the front on {{front_map_day}}, in {unit}, by the size of the "
            "details smoothed away (Douglas–Peucker; logarithmic scale)"
        ),
        alt=facts.plain(
            "Lines of the front’s length against the size of the details smoothed away. "
            "The main line measures {front_length_measured} at full detail and shrinks as that "
            "grows; at {front_ruler_matching_article} it crosses the article’s "
            "{front_length_article:lead}. River and land are shown apart."
        ),
        shown=shown,
        sources=record.cites(lines["source_id"].iloc[0]),
    )


def _draw_sections(
    ax, record: Record, lines: pd.DataFrame, factor: float
) -> dict[str, list[tuple[float, float]]]:
    sections = (
        ("main", "main line", COLOURS["ink"]),
        ("land", "land", COLOURS["muted"]),
        ("river", "river", own_colour(record, "river")),
    )
    shown = {}
    for section, label, colour in sections:
        ruler = by_ruler(lines, section)
        if ruler.empty:
            continue
        lengths = ruler["length_km"] / factor
        style = {"marker": "o", "markersize": 3.2, "gid": f"data-{section}"}
        ax.plot(ruler["scale_m"], lengths, color=colour, **style)
        place, style = (ruler["scale_m"].iloc[-1], lengths.iloc[-1]), {"va": "center"}
        style |= {"color": colour, "fontweight": "semibold", "textcoords": "offset points"}
        ax.annotate(label, place, (6, 0), **style)
        shown[section] = list(zip(ruler["scale_m"], lengths, strict=True))
    return shown


@figure("front-parts", narrow=True)
def parts_figure(record: Record, facts: Ledger) -> Drawing:
    """Return what a longer figure includes, as bars against the article's length."""
    facts.require("front_with_belarus_border")
    factor = _unit(facts)[0]
    parts = record.front_parts[record.front_parts["method"] == "sum"].set_index("part")
    rows = [(label, part, parts.loc[part]) for part, label in LABELS.items() if part in parts.index]
    longest = max(row["length_km"] for _, _, row in rows) / factor
    ids, narrow = {part: id for id, part in PARTS.items()}, charts.is_narrow()
    canvas, ax = charts.canvas(0.3 + (0.4 if narrow else 0.235) * len(rows))
    left = 0.02 if narrow else 2.17
    charts.inset(canvas, left, 0.02, 0.02, 0.22)
    for n, (label, part, row) in enumerate(rows):
        colour = COLOURS["ink" if label.startswith("Main line: ") else "main_pale"]
        (bar,) = ax.barh(n, row["length_km"] / factor, height=BAR, color=colour)
        bar.set_gid(f"data-{part[0]}")
        words = facts.text(ids[part]) if part in ids else _length_text(facts, row["length_km"])
        style = {"va": "center", "fontsize": 8.5, "textcoords": "offset points"}
        place = (row["length_km"] / factor, n)
        ax.annotate(words, place, (4, 0), bbox=charts.ground(), **style)
    stated = _stated(facts)
    ax.axvline(stated, color=COLOURS["article"], linewidth=1, dashes=(4, 2))
    label = f"the article: {facts.text('front_length_article', 'lead')}"
    style = {"color": COLOURS["article"], "ha": "center", "va": "bottom", "fontsize": 8.5}
    high = 0.85 if narrow else 0.5
    ax.text(stated, -high, label, **style)
    charts.name_rows(ax, [label for label, _, _ in rows])
    ax.set_ylim(len(rows) - 1 + (0.35 if narrow else 0.5), -high)
    ax.set_xticks([])
    wide = charts.width() - left - 0.02
    ax.set_xlim(0, longest * wide / (wide - 1.5))
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    return Drawing(
        canvas,
        title=facts.join(
            "With the Russian and Belarusian borders, the main line of "
            "{front_length_measured:lead} becomes {front_with_belarus_border:lead} long"
        ),
        subtitle=facts.join(
            "What a figure for the front may include, at full detail, {front_map_day}"
        ),
        alt=facts.plain(
            "Bars: land alone, {front_land}; the main line with the river, "
            "{front_length_measured}; with the pockets on the border, {front_with_salients}; with "
            "the borders of Russia and Belarus, {front_with_belarus_border}. A dashed line marks "
            "the article’s length."
        ),
        note=facts.join(
            "{front_with_belarus_border:|}Borders are measured on another map, GADM, at its own "
            "detail."
        ),
        shown={part[0]: [(row["length_km"] / factor, BAR)] for _, part, row in rows},
        sources=record.cites(*{row["source_id"]: None for _, _, row in rows}, "GADM_2015"),
        quoted=tuple(record.front_parts.index),
    )


BAR = 0.6
"""The height of a bar, in rows."""

SERIES = (
    ("main_km", 0, "ink", 1.5),
    ("main_1km_scale_km", 1000, "muted", 1.1),
)
"""Columns of front_series.csv with the metres of their rulers, their colours and widths."""


@figure("front-series", narrow=True)
def series_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the main line day by day, gaps left open, with published lengths as points."""
    series = _series(record)
    factor, unit = _unit(facts)
    days = pd.date_range(series["date"].min(), series["date"].max())
    canvas, ax = charts.canvas(2.75)
    charts.inset(canvas, 0.42, 1.08, 0.29, 0.11)
    shown, ends = _draw_series(ax, series, days, factor)
    said = record.front_published
    within = (said["date"] >= days[0]) & (said["date"] <= days[-1])
    said = said[within & ~said["what"].isin([WHOLE, FOUGHT])].sort_values("date")
    highest = max(series["main_km"].max(), said["length_km"].max())
    stated = _stated(facts)
    ax.axhline(stated, color=COLOURS["article"], linewidth=1, dashes=(4, 2))
    ends.append((stated, "the article", COLOURS["article"]))
    top = max(highest / factor, stated) * 1.04
    # lines, so the scale need not begin at nought
    low = 50 * int(0.95 * min(series["main_1km_scale_km"].min() / factor, stated) / 50)
    right = days[-1] + (days[-1] - days[0]) * 0.012
    heights = charts.spread([end[0] for end in ends], (top - low) * 0.066)
    for height, (_, label, colour) in zip(heights, ends, strict=True):
        ax.text(right, height, label, color=colour, va="center", fontsize=8.5)
    ax.set_ylim(low, top)
    _date_axis(ax, days)
    _draw_published(ax, said, series, factor, shown)
    title = (
        "The main line went from {front_first_length:lead} to {front_at_peak:lead} on "
        "{front_newest_day}"
    )
    if facts.known("front_below_peak"):
        title = (
            "The main line grew from {front_first_length:lead} to a peak of "
            "{front_longest_length:lead}, and stood at {front_newest_length:lead} on "
            "{front_newest_day}"
        )
    return Drawing(
        canvas,
        title=facts.join(title),
        subtitle=f"Length of the main line by day, in {unit}; the axis does not start at zero. "
        f"Diamonds: published lengths, variously defined (filled: {OFFICIAL}’s); those of active "
        "combat and of the whole line are left out",
        alt=facts.plain(
            "Lines of the front’s length by day at full detail and smoothed. At full "
            "detail it goes from {front_first_length} on {front_first_day} to "
            "{front_newest_length} on {front_newest_day}; the shortest day has "
            "{front_shortest_length}, the longest {front_longest_length}. Diamonds mark published "
            "lengths; days without a map are left open."
        ),
        shown=shown,
        sources=record.cites(*series["source_id"].unique(), *said["source_id"]),
        quoted=tuple(record.front_lengths.index),
    )


def _draw_published(
    ax, said: pd.DataFrame, series: pd.DataFrame, factor: float, shown: dict
) -> None:
    """Draw published lengths as diamonds, with who gave them.

    The official ones are filled, or else those of the first to speak, and named at the last.
    """
    if said.empty:
        return
    who = said["speaker"].str.replace(r" \(.*", "", regex=True)
    first = OFFICIAL if OFFICIAL in set(who) else who.iloc[0]
    days, lengths = mdates.date2num(said["date"]), said["length_km"] / factor
    fills = [COLOURS["main" if name == first else "paper"] for name in who]
    edges = [COLOURS["paper" if name == first else "main"] for name in who]  # a halo on the line
    style = {"marker": "D", "s": 26, "linewidth": 1.1, "zorder": 4, "gid": "data-published"}
    ax.scatter(said["date"], lengths, facecolor=fills, edgecolor=edges, **style)
    shown["published"] = list(zip(days, lengths, strict=True))
    others = [p for p in zip(days, lengths, who, strict=True) if p[2] != first]
    line = np.interp(days, mdates.date2num(series["date"]), series["main_km"] / factor)
    _name_published(ax, others, dict(zip(days, line, strict=True)))
    last = np.flatnonzero(who == first)[-1]
    style = {"color": COLOURS["main"], "fontsize": 8.5, "textcoords": "offset points"}
    # on a phone the lower line leaves no room below it
    place, side = ((7, 2), "left") if charts.is_narrow() else ((2, -14), "right")
    ax.annotate(first, (days[last], lengths.iloc[last]), place, ha=side, **style)


CLOSE = (0.35, 0.06)
"""Inches, and a share of the axis: diamonds no farther apart have one label."""


def _name_published(ax, points: list[tuple[float, float, str]], line: dict[float, float]) -> None:
    """Name diamonds, those beside each other together: above them, or below where the line is."""
    (left, right), (low, top) = ax.get_xlim(), ax.get_ylim()
    near = CLOSE[0] * (right - left) / (charts.width() * ax.get_position().width)
    groups: list[list[tuple[float, float, str]]] = []
    for point in points:
        day, height, _ = groups[-1][-1] if groups else (left - near, 0.0, "")
        if point[0] - day < near and abs(point[1] - height) < CLOSE[1] * (top - low):
            groups[-1].append(point)
        else:
            groups.append([point])
    for group in groups:
        first, last, length = group[0][0], group[-1][0], group[0][1]
        under = 0 < line[last] - length < 0.15 * (top - low)
        style = {"color": COLOURS["main"], "fontsize": 8.5, "va": "center"}
        style |= {"ha": "left" if under else "center", "textcoords": "offset points"}
        leader = {"arrowstyle": "-", "color": COLOURS["main"], "linewidth": 0.6, "shrinkB": 3.5}
        style["arrowprops"] = leader if under else None
        names = ", ".join(dict.fromkeys(name for _, _, name in group))
        ax.annotate(names, ((first + last) / 2, length), (-3, -26) if under else (0, 9), **style)


def _draw_series(ax, series: pd.DataFrame, days: pd.DatetimeIndex, factor: float):
    """Draw the lines; return the values shown, and the end of each line with label and colour."""
    whole = series.set_index("date").reindex(days)
    numbers = mdates.date2num(series["date"])
    shown, ends = {}, []
    for column, ruler, colour, width in SERIES:
        lengths = (series[column] / factor).round(2)
        ax.plot(whole.index, whole[column] / factor, color=COLOURS[colour], linewidth=width)
        ax.plot(series["date"], lengths, linestyle="none", gid=f"data-{column}")
        shown[column] = list(zip(numbers, lengths, strict=True))
        label = f"smoothed to {number_text(ruler)} m" if ruler else "full detail"
        ends.append((float(lengths.iloc[-1]), label, COLOURS[colour]))
    return shown, ends


def _date_axis(ax, days: pd.DatetimeIndex) -> None:
    ax.set_xlim(days[0], days[-1])
    if days[-1] - days[0] >= pd.Timedelta(days=90):  # the first month is named, too
        ax.set_xlim(left=days[0].replace(day=1))
    locator = mdates.AutoDateLocator(minticks=3, maxticks=7)
    ax.xaxis.set_major_locator(locator)
    if days[-1] - days[0] < pd.Timedelta(days=90):
        ax.xaxis.set_major_formatter(lambda x, _: f"{mdates.num2date(x):%d %b}".lstrip("0"))
    else:
        ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator, show_offset=False))
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)


# ---- tables


METHODS = {
    "vertices": "all vertices",
    "douglas_peucker": "smoothed",
    "divider": "walked in steps",
    "straight": "straight line",
}


@table("front-lengths")
def lengths_table(record: Record, facts: Ledger) -> Table:
    """Return the measured lengths by section, method and ruler."""
    lines = nearest_map(record)
    rows: list[Row] = []
    for method, words in METHODS.items():
        part = lines[lines["method"] == method].sort_values("scale_m")
        for scale in part["scale_m"].unique():
            cells = part[part["scale_m"].isna() if pd.isna(scale) else part["scale_m"] == scale]
            lengths = cells.set_index("section")["length_km"]
            texts = [
                _length_text(facts, lengths[s]) if s in lengths else "–"
                for s in ("main", "river", "land")
            ]
            key = f"front_lengths:{method}/{'' if pd.isna(scale) else scale}"
            rows.append((key, (words, _ruler_text(scale), *texts)))
    return Table(
        facts.join("The front measured on the map of {front_map_day}"),
        (
            Column("Method", width=1.3),
            Column("Detail", "right", 0.7),
            Column("Main line", "right", 1.3),
            Column("River", "right", 1.2),
            Column("Land", "right", 1.2),
        ),
        tuple(rows),
        note=tables.note(
            "Geodesic lengths on the WGS84 ellipsoid. Each part is smoothed and measured by "
            "itself: river and land need not add up to the main line, except at full detail.",
            tables.sources_line(record, *lines["source_id"].unique()),
        ),
    )


def _ruler_text(metres: int) -> str:
    if pd.isna(metres):
        return "–"
    return f"{metres:,} m" if metres < 1000 else f"{metres // 1000} km"


def _published_text(facts: Ledger, row: Mapping[Any, Any]) -> str:
    """Return a published length with its source's own qualifier; of a range both ends."""
    least, km = row["least_km"], row["length_km"]
    if pd.notna(least):
        miles, metric = (
            f"{number_text(least / size)} to {number_text(km / size)} {unit}"
            for size, unit in ((KM_PER_MILE, "miles"), (1, "km"))
        )
        return f"{miles} ({metric})" if facts.first == "imperial" else f"{metric} ({miles})"
    more = {"qualifier": row["qualifier"], "wording": row["wording"]}
    return _length_text(facts, km, round_figure=is_round(km), **more)


MEASURED = (
    "Main line: measured by us at full detail, river and quiet stretches included; –: no map of "
    "that day."
)


@table("front-published")
def published_table(record: Record, facts: Ledger) -> Table:
    """Return the lengths as published, with what they are of, and the line measured that day."""
    compared = _days_compared(record)
    heads = [
        Column("Day", width=1.05),
        Column("Who", width=1.1),
        Column("Length", "right", 1.7),
        Column("What it measures", width=1.5),
        Column("Source", width=0.5),
    ]
    if compared:
        heads.insert(-1, Column("Main line, that day", "right", 0.8))
    rows: list[Row] = []
    for row in some(record.front_published).sort_values("date").to_dict("records"):
        day = day_text(row["date"].date())
        cells: list[Cell] = [day, row["speaker"], _published_text(facts, row), row["what"]]
        if compared:
            measured = f"{{front_on_{as_id(day)}:lead}}" if day in compared else "–"
            cells.append({"markdown": facts.join(measured)})
        cells.append(tables.cite(record, row["source_id"]))
        rows.append((f"front_published:{row['published_id']}", tuple(cells)))
    return Table(
        "Published lengths of the front" + ", beside our measure" * bool(compared),
        tuple(heads),
        tuple(rows),
        note=tables.note(
            MEASURED if compared else None,
            "If a source is undated, we give the date of the statement that it reports.",
        ),
    )


# ---- the map


PROJECTION = maps.Projection(20.0, 52.0)
EUROPE: maps.Frame = (-2330, 1750, -1560, 1660)
EAST: maps.Frame = (690, 1615, -770, 150)
"""The east of Ukraine, with the front."""

TOWN = "Wiesbaden"
RIGHT = (14, 0, "left")
OFFSETS = {
    "Kharkiv": (-14, 0, "right"),
    "Luhansk": (-20, 34, "center"),
    "Zaporizhzhia": (0, 26, "center"),
    "Donetsk": (12, 34, "left"),
}
"""Of a town's label from its dot, clear of the line, the border and the frame: kilometres east and
north, and how it is set; the others stand right of the dot."""
SKETCH_SOURCE = "DEEPSTATE_20240708"
SPIT = 80
"""Kilometres from the Dnipro's mouth to the end of the spit south of its estuary."""


def _towns(record: Record, facts: Ledger) -> dict[str, tuple[float, float]]:
    """Return the projected places that the map marks, once the headquarters' town was known."""
    if TOWN not in set(record.everything["places"]["place"]):
        raise DataError([f"data/places.csv: no row {TOWN!r}, which the map marks; restore it"])
    places = record.places.set_index("place")
    if not facts.known("timeline.T43.date") or TOWN not in places.index:
        return {}
    return {
        name: PROJECTION.point(row["longitude"], row["latitude"]) for name, row in places.iterrows()
    }


@figure("front-map", narrow=True)
def map_figure(record: Record, facts: Ledger) -> Drawing:
    """Return the front in Europe: the alliance's members, the headquarters, the sketch if known."""
    countries = record.schema.shapes("europe")
    front = [
        f
        for f in record.schema.shapes("front_sketch")
        if record.knows(f["properties"]["source_id"])
    ]
    towns = _towns(record, facts)
    canvas, (ax, *near) = maps.canvas([EUROPE, EAST] if front else [EUROPE], 4.2)
    _draw_europe(ax, record, countries, front, towns)
    ukraine = next(f for f in countries if f["properties"]["iso3"] == "UKR")
    shown = {"UKR": maps.outline(ukraine, EUROPE, PROJECTION)}
    if towns:
        shown[TOWN] = [towns[TOWN]]
    for east in near:
        maps.window(ax, EAST)
        _draw_east(east, record, facts, countries, front, towns)
        shown |= {name: [point] for name, point in towns.items()}
    for feature in front:
        section = feature["properties"]["section"]
        points = list(zip(*PROJECTION.line(feature), strict=True))
        shown |= {section: points, f"{section}-east": points}
    title, subtitle, alt, note = _map_words(facts, bool(front), bool(towns))
    sources = ["NATURAL_EARTH_50M", *[SKETCH_SOURCE] * bool(front), *["GEONAMES"] * bool(towns)]
    return Drawing(canvas, title, subtitle, alt, shown, note, record.cites(*sources))


def _colour_of(record: Record):
    members = set(record.nato_members["iso3"])

    def colour(iso3: str) -> str:
        if iso3 in members:
            return COLOURS["main_pale"]
        return COLOURS["paper" if iso3 == "UKR" else "ground"]

    return colour


def _draw_line(ax, record: Record, front: list, width: float, suffix: str) -> None:
    """Draw the front by section: river and land."""
    for feature in front:
        section = feature["properties"]["section"]
        colour = own_colour(record, "river") if section == "river" else COLOURS["ink"]
        style = {"linewidth": width, "zorder": 4, "gid": f"data-{section}{suffix}"}
        ax.plot(*PROJECTION.line(feature), color=colour, **style)


def beyond(front: list, frame: maps.Frame) -> list[tuple[float, float]]:
    """Return the projected polygon beyond the line: south of the river, and to the east."""
    line = [point for f in front for point in zip(*PROJECTION.line(f), strict=True)]
    (west, north), (_, top) = line[0], line[-1]
    _, east, south, _ = frame
    return [*line, (east, top), (east, south), (west - SPIT, south), (west - SPIT, north)]


def _shade_beyond(ax, record: Record, countries: list, front: list, frame: maps.Frame) -> None:
    """Shade the land that the map has as occupied."""
    if front:
        ukraine = next(f for f in countries if f["properties"]["iso3"] == "UKR")
        ground = maps.rings(ukraine, frame, PROJECTION)
        maps.shade(ax, ground, beyond(front, frame), own_colour(record, "beyond"))


def _draw_europe(ax, record: Record, countries: list, front: list, towns: dict) -> None:
    maps.land(ax, countries, EUROPE, PROJECTION, _colour_of(record), "UKR", "UKR")
    _shade_beyond(ax, record, countries, front, EUROPE)
    _draw_line(ax, record, front, 1.8, "")
    if towns:
        maps.town(ax, TOWN, towns[TOWN])
        maps.label(ax, "Wiesbaden:\nheadquarters", PROJECTION.point(9.2, 50.1))
    else:
        maps.label(ax, "Germany:\nheadquarters", PROJECTION.point(7.4, 51.0))


def _draw_east(
    ax, record: Record, facts: Ledger, countries: list, front: list, towns: dict
) -> None:
    maps.land(ax, countries, EAST, PROJECTION, _colour_of(record), "UKR")
    _shade_beyond(ax, record, countries, front, EAST)
    _draw_line(ax, record, front, 3.2, "-east")
    river = f"along the Dnipro\n{facts.text('front_river')}"
    maps.label(ax, river, PROJECTION.point(29.6, 47.8), color=own_colour(record, "river"))
    land = f"on land\n{facts.text('front_land')}"
    maps.label(ax, land, PROJECTION.point(33.1, 49.2), color=COLOURS["ink"])
    pale = {"color": COLOURS["muted"], "fontweight": "normal"}
    maps.label(ax, "Russia", PROJECTION.point(37.6, 51.2), **pale)
    maps.label(ax, "Ukraine", PROJECTION.point(29.7, 49.1), fontsize=10)
    maps.label(ax, "occupied", PROJECTION.point(33.4, 45.35), **pale)
    maps.label(ax, "Black Sea", PROJECTION.point(30.9, 45.3), **pale)
    for name, (east, north) in towns.items():
        if name != TOWN:
            across, up, side = OFFSETS.get(name, RIGHT)
            maps.town(ax, name, (east, north))
            maps.label(ax, name, (east + across, north + up), ha=side, fontsize=7.5)
    if facts.first == "imperial":
        maps.scale_bar(ax, EAST, "100 miles", 100 * KM_PER_MILE)
    else:
        maps.scale_bar(ax, EAST, "200 km", 200)


def _map_words(facts: Ledger, front: bool, town: bool) -> tuple[str, str, str, str]:
    """Return title, subtitle, description and note of the map."""
    subtitle = facts.join("Members of NATO on {as_of_day} in blue")
    alt = ["Map of Europe. The members of NATO are shaded; Ukraine is outlined."]
    note = [
        "Canada and the United States lie outside the frame.",
        "Borders as in Natural Earth, with Crimea drawn in Ukraine.",
    ]
    if front:
        subtitle += ". Enlarged: the east of Ukraine, shaded where that map shows it as occupied"
        alt.append(
            "Beside it the east of Ukraine: the front runs from the mouth of the Dnipro along the "
            "river, {front_river}, then on land to the Russian border in the north-east, "
            "{front_land}. The land south and east of it, with Crimea, is shaded as occupied."
        )
        smoothed = (
            "The drawn line is simplified, the lengths are those of the map of {front_map_day}: do "
            "not measure from it. Occupied pockets on the border are not drawn."
        )
        note.insert(0, smoothed)
    alt.append(
        "The headquarters’ town, Wiesbaden, lies in the west of Germany."
        if town
        else "The headquarters is to be in Germany."
    )
    title = "Ukraine is no member of NATO, and the headquarters is to be in Germany"
    if front:
        title = (
            "Of the front’s {front_length_measured:lead}, {front_land:lead} run on land and "
            "{front_river:lead} along the Dnipro, on {front_map_maker}’s map"
        )
    title = facts.join(title)
    return title, subtitle, facts.plain_join(*alt), facts.join(*note)
