"""How a frame becomes a figure: the house style, live text, alt text, and the values that were drawn.

Figures are drawn in the colours of the light page; the HTML exporter swaps them for the page's own (see
``COLOURS``), so that one drawing serves light and dark.
"""

import functools
import io
import re
from dataclasses import asdict, dataclass, field

import matplotlib

matplotlib.use("Agg")
from matplotlib import font_manager  # noqa: E402
from matplotlib.collections import LineCollection, PathCollection, PolyCollection  # noqa: E402
from matplotlib.figure import Figure as Canvas  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patches import Rectangle  # noqa: E402

from dossier import paths  # noqa: E402
from dossier.facts import typeset  # noqa: E402

COLOURS = {
    "ink": "#1b2430",
    "muted": "#5a6572",
    "rule": "#d5dbe2",
    "paper": "#ffffff",
    "nato": "#1f5a96",
    "nato_pale": "#a9c4e0",
    "other": "#b8860b",
    "article": "#b3401a",
    "river": "#2f8fb3",
    "land": "#7b6346",
    "sea": "#eef3f8",
    "ground": "#e3e6ea",
}
"""The same thing has the same colour in every figure. Checked for contrast and colour-blindness in tests."""

WIDTH = 6.9
"""Inches: the width of the text on A4."""

STYLE = {
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
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "lines.linewidth": 1.6,
    "lines.solid_capstyle": "round",
    "svg.fonttype": "none",
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "legend.frameon": False,
}


@dataclass(frozen=True)
class Figure:
    """A figure as the exporters set it: the finding as title, what is measured as subtitle, alt text, sources.

    ``title``, ``subtitle`` and ``note`` are Markdown with facts linked. ``drawn`` holds the values read from the
    artists, by series; ``shown`` the values they must equal, taken from the rows. ``texts`` are the labels drawn in the
    figure beside the axes' own, each with the fact or row it prints.
    """

    id: str
    title: str
    subtitle: str
    alt: str
    svg: str
    drawn: dict = field(default_factory=dict)
    shown: dict = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()

    def metadata(self) -> dict:
        return {"kind": "figure", **asdict(self)}


def canvas(height: float, **subplots):
    """Return a figure of the text's width and ``height`` inches, and its axes, in the house style."""
    set_style()
    figure = Canvas(figsize=(WIDTH, height))
    return figure, figure.subplots(**subplots)


@functools.cache
def set_style() -> None:
    known = {f.fname for f in font_manager.fontManager.ttflist}
    for file in sorted(paths.FONTS.glob("SourceSans3-*.ttf")):
        if str(file) not in known:
            font_manager.fontManager.addfont(str(file))
    matplotlib.rcParams.update(STYLE)


def lines(series, colour: str, gid: str) -> LineCollection:
    """Return many thin lines as one artist; ``series`` holds an array of (x, y) for each."""
    return LineCollection(list(series), colors=colour, linewidths=1, zorder=1, gid=gid)


def spread(heights: list[float], gap: float) -> list[float]:
    """Return heights moved apart so that labels at them keep ``gap``, their order kept.

    >>> spread([18, 18.5], 2)
    [18, 20]
    """
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    out = list(heights)
    for before, after in zip(order, order[1:]):
        out[after] = max(out[after], out[before] + gap)
    return out


def finish(
    figure, id: str, *, title: str, subtitle: str, alt: str, shown: dict, note: str = "", sources=()
) -> Figure:
    """Return the finished figure: its SVG, its labels, and the values read back from its artists.

    Artists that show data bear the name of their series as ``gid``; ``shown`` maps each name to its values.
    """
    drawn = {
        a.get_gid(): _values(a)
        for a in figure.findobj(lambda a: (a.get_gid() or "").startswith("data-"))
    }
    for text in (t for ax in figure.axes for t in ax.texts):
        text.set_text(typeset(text.get_text()))
    texts = tuple(t.get_text() for ax in figure.axes for t in ax.texts if t.get_text())
    shown = {
        f"data-{name}": [[round(float(v), 6) for v in point] for point in points]
        for name, points in shown.items()
    }
    return Figure(
        id, title, subtitle, alt, _svg(figure, id), drawn, shown, texts, note, tuple(sources)
    )


def _values(artist) -> list[list[float]]:
    if isinstance(artist, Line2D):
        points = artist.get_xydata()
    elif isinstance(artist, PathCollection):
        points = artist.get_offsets()
    elif isinstance(artist, PolyCollection):
        points = [v for path in artist.get_paths() for v in path.vertices]
    elif isinstance(artist, LineCollection):
        points = [p for segment in artist.get_segments() for p in segment]
    elif isinstance(artist, Rectangle):
        points = [(artist.get_width(), artist.get_height())]
    else:
        return []
    return [[round(float(v), 6) for v in point] for point in points]


def _svg(figure, id: str) -> str:
    stream = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": id, "svg.id": f"figure-{id}"}):
        figure.savefig(
            stream,
            format="svg",
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.S)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.S)
    svg = re.sub(
        r"(\d\.\d\d)\d+(?=[ \n\"])", r"\1", svg
    )  # hundredths of a point are finer than any printer
    # ids are unique in the page: matplotlib numbers axes and ticks from one in every figure
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{id}-\1"', svg)
    svg = re.sub(r'(href="#|url\(#)([^")]+)', rf"\1{id}-\2", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines())
