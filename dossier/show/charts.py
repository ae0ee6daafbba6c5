"""How a frame becomes a figure: the house style, live text, and the values that were drawn.

Figures are drawn in the colours of the light page; the HTML exporter swaps them for the page's own,
so that one drawing serves light and dark. Nothing of matplotlib's is changed for the process: the
style is set around each drawing.
"""

import base64
import contextlib
import contextvars
import functools
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.text import Text

from dossier.project import Project
from dossier.show import marks
from dossier.text.numbers import find_digits, typeset

FONTS = Path(__file__).resolve().parent.parent / "export" / "fonts"

PALETTE = {
    "ink": ("#1b2430", "#e6eaef"),
    "muted": ("#5a6572", "#a2adba"),
    "rule": ("#d5dbe2", "#3a4450"),
    "paper": ("#ffffff", "#12171d"),
    "main": ("#1f5a96", "#7fb2e5"),
    "main_pale": ("#a9c4e0", "#2f5578"),
    "other": ("#b8860b", "#dcb04a"),
    "article": ("#b3401a", "#f0865c"),
    "sea": ("#eef3f8", "#1a2129"),
    "ground": ("#e3e6ea", "#333c47"),
}
"""The same thing has the same colour in every figure: of the light page, of the dark page."""
COLOURS = {name: light for name, (light, _) in PALETTE.items()}

WIDTH = 6.9
"""Inches: the width of the text on A4."""

NARROW = 3.45
"""Inches: of a phone's page, which shows a letter then as large as those of a caption."""

SMALLEST = 8.5
"""Points: no letter of a narrow drawing is smaller."""

_width = contextvars.ContextVar("width", default=WIDTH)

STYLE: Any = {
    "font.family": ["Source Sans 3"],
    "font.size": 9,
    "text.color": COLOURS["ink"],
    "axes.edgecolor": COLOURS["muted"],
    "axes.labelcolor": COLOURS["muted"],
    "axes.labelsize": 8.5,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": COLOURS["rule"],
    "grid.linewidth": 0.6,
    "xtick.color": COLOURS["muted"],
    "ytick.color": COLOURS["muted"],
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "ytick.alignment": "center",
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "lines.linewidth": 1.6,
    "path.simplify_threshold": 0.25,  # points: less than what an eye tells apart
    "lines.solid_capstyle": "round",
    "svg.fonttype": "none",
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "legend.frameon": False,
}


@dataclass(frozen=True)
class Drawing:
    """A drawing that is done, and what is said of it.

    ``title`` (the finding), ``subtitle`` (what is measured) and ``note`` are Markdown with facts
    linked, ``alt`` is plain. Artists that show data bear the name of their series as ``gid``
    (``data-NAME``); ``shown`` maps each name to the values of its rows. ``quoted`` are the keys
    of rows (``table:key``) whose cells its labels quote.
    """

    canvas: Canvas
    title: str
    subtitle: str
    alt: str
    shown: Mapping[str, Iterable[Any]]
    note: str = ""
    sources: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A figure as the exporters set it.

    ``drawn`` holds the values read from the artists, by series; ``shown`` the values they must
    equal, taken from the rows. ``told`` is what each of its marks says when one points at it, by
    series; ``days`` are the axes of ``shown``, x and y, that count days. ``texts`` are its labels,
    without the ticks that tell their own place. ``facts`` are those whose text was asked for while
    it was drawn, ``quoted`` the keys of rows whose cells it quotes: what its labels may say.
    ``narrow`` is the same figure drawn for a phone.
    """

    title: str
    subtitle: str
    alt: str
    svg: str
    drawn: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    told: dict[str, list[str]] = field(default_factory=dict)
    days: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    narrow: "Figure | None" = None

    def metadata(self, id: str) -> dict[str, Any]:
        return {"kind": "figure", "id": id, **asdict(self)}

    @classmethod
    def kept(cls, content: Mapping[str, Any]) -> "Figure":
        """Return the figure of its fields, as JSON holds them."""
        narrow = content["narrow"]
        return cls(**{**content, "narrow": cls(**narrow) if narrow else None})


def colours_of(project: Project) -> dict[str, tuple[str, str]]:
    """Return the palette with the project's own colours, each for the light and the dark page."""
    own = {name: (pair[0], pair[1]) for name, pair in project.settings.colours.items()}
    return PALETTE | own


@contextlib.contextmanager
def style(narrow: bool = False) -> Iterator[None]:
    """Set the house style around a drawing; what the process had is back after it."""
    _add_fonts()
    before = _width.set(NARROW if narrow else WIDTH)
    try:
        with matplotlib.rc_context(STYLE):
            yield
    finally:
        _width.reset(before)


def is_narrow() -> bool:
    """Tell whether what is drawn is for a phone's page: panels below each other, labels inside."""
    return width() == NARROW


def width() -> float:
    """Return the width of what is drawn, in inches."""
    return _width.get()


@functools.cache
def _add_fonts() -> None:
    known = {f.fname for f in font_manager.fontManager.ttflist}
    for file in sorted(FONTS.glob("SourceSans3-*.ttf")):
        if str(file) not in known:
            font_manager.fontManager.addfont(str(file))


@functools.cache
def faces() -> str:
    """Return a style with the fonts of the figures, for a page that has none of them."""
    rules = []
    for weight, name in ((400, "sans-regular"), (600, "sans-semibold")):
        data = base64.b64encode((FONTS / f"{name}.woff2").read_bytes()).decode()
        source = f'url(data:font/woff2;base64,{data}) format("woff2")'
        rules.append(f'@font-face{{font-family:"Source Sans 3";font-weight:{weight};src:{source}}}')
    return f"<style>{''.join(rules)}</style>"


def canvas(height: float, **subplots: Any) -> tuple[Canvas, Any]:
    """Return a figure of the text's width and ``height`` inches, and its axes."""
    figure = Canvas(figsize=(width(), height))
    FigureCanvasSVG(figure)
    return figure, figure.subplots(**subplots)


def inset(figure: Canvas, left: float, right: float, bottom: float, top: float) -> None:
    """Keep room around a figure's axes, in inches from each of its edges."""
    wide, high = figure.get_size_inches()
    figure.subplots_adjust(left / wide, bottom / high, 1 - right / wide, 1 - top / high)


def shade(ax: Any, rows: int) -> None:
    """Shade every other of the rows that are counted down an axis, for the eye to keep to."""
    corners = [[(0, y - 0.5), (1, y - 0.5), (1, y + 0.5), (0, y + 0.5)] for y in range(1, rows, 2)]
    bands = Outline.make_compound_path(*(Outline([*c, c[0]], closed=True) for c in corners))
    across = ax.get_yaxis_transform()
    ax.add_patch(PathPatch(bands, facecolor=COLOURS["sea"], lw=0, zorder=-1, transform=across))


def name_rows(ax: Any, names: Iterable[str]) -> None:
    """Name the rows that are counted down an axis, at its left; on a phone above each row."""
    listed = list(names)
    ax.set_yticks(range(len(listed)), listed)
    ax.tick_params(axis="y", length=0, labelcolor=COLOURS["ink"])
    if is_narrow():
        ax.tick_params(axis="y", labelleft=False)
        style = {"va": "bottom", "bbox": ground(), "transform": ax.get_yaxis_transform()}
        for y, name in enumerate(listed):
            ax.text(0, y - 0.35, name, **style)


def ground() -> dict[str, Any]:
    """Return the box of a text that stands on lines: they end where it begins."""
    return {"facecolor": COLOURS["paper"], "linewidth": 0, "pad": 1}


def lines(series: Iterable[Any], colour: str, gid: str) -> LineCollection:
    """Return many thin lines as one artist; ``series`` holds an array of (x, y) for each."""
    return LineCollection(list(series), colors=colour, linewidths=1, zorder=1, gid=gid)


def spread(heights: list[float], gap: float) -> list[float]:
    """Return heights moved apart so that labels at them keep ``gap``, their order kept.

    >>> spread([18, 18.5], 2)
    [18, 20]
    """
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    out = list(heights)
    for before, after in itertools.pairwise(order):
        out[after] = max(out[after], out[before] + gap)
    return out


def render(drawing: Drawing, id: str, facts: Iterable[str] = ()) -> Figure:
    """Return the figure: its SVG, its labels, and the values read back from its artists.

    ``facts`` are those whose text was asked for while it was drawn.
    """
    figure = drawing.canvas
    if is_narrow():
        for text in figure.findobj(Text):
            text.set_fontsize(max(SMALLEST, text.get_fontsize()))
    artists = figure.findobj(lambda a: (a.get_gid() or "").startswith("data-"))
    drawn = {str(artist.get_gid()): points_of(artist) for artist in artists}
    labels = [text for ax in figure.axes for text in _labels(ax)]
    for text in (text for ax in figure.axes for text in ax.texts):
        text.set_text(typeset(text.get_text()))
    return Figure(
        title=drawing.title,
        subtitle=drawing.subtitle,
        alt=drawing.alt,
        svg=_svg(figure, id),
        drawn=drawn,
        shown={f"data-{name}": _rounded(points) for name, points in drawing.shown.items()},
        told={str(a.get_gid()): said for a in artists if (said := marks.told(a))},
        days=marks.axes_of_time(artists),
        texts=tuple(t.get_text() for t in labels if t.get_text()),
        note=drawing.note,
        sources=tuple(drawing.sources),
        quoted=tuple(drawing.quoted),
        facts=tuple(facts),
    )


def _labels(ax: Any) -> list[Any]:
    """Return the texts of axes, without the ticks that tell their own place."""
    legend = ax.get_legend()
    titles = [ax.title, ax._left_title, ax._right_title, ax.xaxis.label, ax.yaxis.label]
    ticks = [
        tick.label1
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        if not _tells_place(tick.label1.get_text(), tick.get_loc())
    ]
    return [*ax.texts, *titles, *(legend.get_texts() if legend else []), *ticks]


_CALENDAR = re.compile(r"(H[12]\s)?(\d{1,2} )?([A-Z][a-z]{2} )?(19|20)\d\d|H[12]")
"""Labels of an axis of time."""


def _tells_place(label: str, place: float) -> bool:
    """Tell whether a tick's label says no more than where on its axis it stands.

    >>> _tells_place("10 km", 10000), _tells_place("Jul 2031", 3.2), _tells_place("40 cars", 1)
    (True, True, False)
    """
    numbers = [float(n.replace(",", "")) for n in find_digits(label)]
    of_place = all(number in (round(place, 6), round(place / 1000, 6)) for number in numbers)
    return of_place or bool(_CALENDAR.fullmatch(label))


def _rounded(points: Iterable[Any]) -> list[list[float]]:
    return [[round(float(v), 6) for v in point] for point in points]


def points_of(artist: Artist) -> list[list[float]]:
    """Return the points that an artist draws; of a bar its width and height."""
    points: Any = ()
    if isinstance(artist, Line2D):
        points = artist.get_xydata()
    elif isinstance(artist, PathCollection):
        points = artist.get_offsets()
    elif isinstance(artist, PolyCollection):
        points = [v for path in artist.get_paths() for v in np.asarray(path.vertices)]
    elif isinstance(artist, LineCollection):
        points = [p for segment in artist.get_segments() for p in segment]
    elif isinstance(artist, Rectangle):
        points = [(artist.get_width(), artist.get_height())]
    return _rounded(points)


_NO_METADATA: dict[str, Any] = {"Date": None, "Creator": None, "Format": None, "Type": None}


def _svg(figure: Canvas, id: str) -> str:
    stream = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": id, "svg.id": f"figure-{id}"}):
        figure.savefig(stream, format="svg", metadata=_NO_METADATA)
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.S)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.S)
    svg = _UNSEEN.sub("", svg)
    svg = re.sub(r'\s(?!id=|xlink:href=)[\w:-]+="[^"]*"', lambda said: _coarser(said[0]), svg)
    svg = re.sub(r' d="([^"]*)"', lambda path: f' d="{_closer(path[1])}"', svg)
    # ids are unique in the page: matplotlib numbers axes and ticks from one in every figure
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{id}-\1"', svg)
    svg = re.sub(r'(href="#|url\(#)([^")]+)', rf"\1{id}-\2", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines())


def _coarser(said: str) -> str:
    """Return an attribute with its places in tenths of a point: finer than an eye tells apart.

    >>> _coarser(' d="M 57.04 8.125 L 60 7"')
    ' d="M 57 8.1 L 60 7"'
    """
    return re.sub(r"(\d)(?:(\.[1-9])|\.0)\d*(?=[ \n\")])", r"\1\2", said)


def _closer(path: str) -> str:
    """Return a path in steps from point to point, which are shorter to write than places are.

    Places are rounded to tenths before the steps are taken, so that no step's error adds up.

    >>> _closer('M 57.0 8.1 L 60 7.04 L 60.5 7.1 z')
    'm57 8.1l3-1.1.5.1z'
    """
    steps: list[str] = []
    at, start, last = (0, 0), (0, 0), ""
    for command, words in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        numbers = [round(10 * float(word)) for word in words.split()]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        letter = command.lower()
        steps.append("" if letter == last and letter in "lcq" else letter)
        for x, y in points:
            steps += [_tenths(x - at[0]), _tenths(y - at[1])]
        at = points[-1] if points else start
        start, last = (at if letter == "m" else start), letter
    return re.sub(r" (?=[-a-z]|$)|(?<=[a-z]) |(?<=\.\d) (?=\.)", "", " ".join(filter(None, steps)))


def _tenths(count: int) -> str:
    """Return tenths as a number, without the nought that goes without saying.

    >>> _tenths(-3), _tenths(120), _tenths(0)
    ('-.3', '12', '0')
    """
    return re.sub(r"^(-?)0\.", r"\1.", f"{count / 10:g}")


_UNSEEN = re.compile(r'<g id="patch_\d+">\s*<path d="[^"]*"\s*style="fill: none"/>\s*</g>\s*')
"""The grounds of a figure and its axes, which have no colour."""
