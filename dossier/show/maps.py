"""How places become a map: an equal-area projection, countries, lines, towns, and a scale."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from dossier.show import charts
from dossier.show.charts import COLOURS

RADIUS = 6371.007
"""Kilometres: the sphere with the area of the WGS84 ellipsoid."""

GAP = 0.1
"""Inches between two maps."""

Frame = tuple[float, float, float, float]
"""Kilometres from the projection's centre: west, east, south, north."""


@dataclass(frozen=True)
class Projection:
    """Lambert's azimuthal equal-area projection of the sphere, about a centre in degrees.

    Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987), equations 24-2
    and 22-4, 22-5.
    """

    longitude: float
    latitude: float

    def __call__(self, longitude: Any, latitude: Any) -> tuple[Any, Any]:
        """Return kilometres east and north of the centre.

        >>> [round(float(v), 3) for v in Projection(20.0, 52.0)(20.0, 52.0)]
        [0.0, 0.0]
        """
        lam = np.radians(np.asarray(longitude, float) - self.longitude)
        phi, phi0 = np.radians(np.asarray(latitude, float)), np.radians(self.latitude)
        cosine = np.sin(phi0) * np.sin(phi) + np.cos(phi0) * np.cos(phi) * np.cos(lam)
        k = np.sqrt(2 / (1 + cosine))
        east = RADIUS * k * np.cos(phi) * np.sin(lam)
        across = np.cos(phi0) * np.sin(phi) - np.sin(phi0) * np.cos(phi) * np.cos(lam)
        return east, RADIUS * k * across

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        east, north = self(longitude, latitude)
        return float(east), float(north)

    def line(self, feature: dict[str, Any]) -> tuple[Any, Any]:
        """Return the projected points of a feature that is a line."""
        return self(*np.array(feature["geometry"]["coordinates"]).T)


def rings(feature: dict[str, Any], frame: Frame, projection: Projection) -> list[np.ndarray]:
    """Return a country's outer rings, projected, those that reach into the frame.

    Specks and points too close to see are left out.
    """
    geometry = feature["geometry"]
    many = geometry["type"] == "MultiPolygon"
    polygons = geometry["coordinates"] if many else [geometry["coordinates"]]
    fine = (frame[1] - frame[0]) / (125 if charts.is_narrow() else 160)
    out = []
    for polygon in polygons:
        points = np.column_stack(projection(*np.array(polygon[0]).T))
        if _reaches(points, frame, 1.3 * fine):
            kept = _thinned(points, fine)
            if len(kept) >= 4:
                out.append(kept.round(1))
    return out


def _reaches(points: np.ndarray, frame: Frame, speck: float) -> bool:
    west, east, south, north = frame
    low, high = points.min(axis=0), points.max(axis=0)
    across = high[0] >= west and low[0] <= east
    along = high[1] >= south and low[1] <= north
    return bool(across and along and (high - low).max() >= speck)


def _thinned(points: np.ndarray, fine: float) -> np.ndarray:
    """Return the points of which each lies in another step of ``fine`` along the ring."""
    along = np.cumsum(np.hypot(*np.diff(points, axis=0).T))
    before = np.concatenate([[0], along[:-1]])
    kept: np.ndarray = points[np.concatenate([[True], along // fine != before // fine])]
    return kept


def _cut(ring: np.ndarray, frame: Frame) -> np.ndarray:
    """Return what of a ring lies in the frame, and so far around it that no cut is seen."""
    west, east, south, north = frame
    beyond = 0.02 * (east - west)
    seen = Bbox([(west - beyond, south - beyond), (east + beyond, north + beyond)])
    return np.asarray(Outline(ring, closed=True).clip_to_bbox(seen).vertices).round(1)


def outline(feature: dict[str, Any], frame: Frame, projection: Projection) -> list[Any]:
    """Return the points of a country's outline as it is drawn, each ring closed."""
    found = rings(feature, frame, projection)
    return [tuple(point) for ring in found for point in [*ring, ring[0]]]


def canvas(frames: Sequence[Frame], single_height: float) -> tuple[Any, list[Any]]:
    """Return a figure and axes for maps side by side, all of one height.

    A single map is ``single_height`` inches high and stands in the middle. On a phone maps stand
    below each other, each as wide as the page.
    """
    shapes = [(f[1] - f[0]) / (f[3] - f[2]) for f in frames]
    boxes = _below(shapes) if charts.is_narrow() else _beside(shapes, single_height)
    high = max(bottom + height for _, bottom, _, height in boxes)
    figure, axes = charts.canvas(high, ncols=len(frames), squeeze=False)
    scale = np.array([charts.width(), high] * 2)
    for ax, frame, box in zip(axes[0], frames, boxes, strict=True):
        ax.set_position(box / scale)
        ax.set_xlim(frame[:2])
        ax.set_ylim(frame[2:])
        ax.set_facecolor(COLOURS["sea"])
        ax.set_xticks([])
        ax.set_yticks([])
        for spine in ax.spines.values():
            spine.set_visible(False)
    return figure, list(axes[0])


Box = tuple[float, float, float, float]
"""Inches from a figure's lower left corner: left, bottom; and width, height."""


def _beside(shapes: list[float], single_height: float) -> list[Box]:
    """Return the boxes of maps beside each other, of which the widths by heights are given."""
    height = single_height
    if len(shapes) > 1:
        height = (charts.width() - GAP * (len(shapes) - 1)) / sum(shapes)
    widths = [height * shape for shape in shapes]
    first = (charts.width() - sum(widths) - GAP * (len(widths) - 1)) / 2
    lefts = [first + sum(widths[:n]) + GAP * n for n in range(len(widths))]
    return [(left, 0.0, width, height) for left, width in zip(lefts, widths, strict=True)]


def _below(shapes: list[float]) -> list[Box]:
    """Return the boxes of maps below each other, the first at the top."""
    width = charts.width()
    heights = [width / shape for shape in shapes]
    bottoms = [sum(heights[n + 1 :]) + GAP * (len(heights) - 1 - n) for n in range(len(heights))]
    return [(0.0, bottom, width, high) for bottom, high in zip(bottoms, heights, strict=True)]


def land(
    ax: Any,
    countries: Iterable[dict[str, Any]],
    frame: Frame,
    projection: Projection,
    colour_of: Callable[[str], str],
    outlined: str,
    name: str = "",
) -> None:
    """Draw the countries in the colour that ``colour_of`` gives a code.

    The one that is ``outlined`` has an outline, whose points are the series ``name`` if there is
    one: a detail repeats the ground of its map.
    """
    for feature in countries:
        iso3 = feature["properties"]["iso3"]
        chosen = iso3 == outlined
        found = rings(feature, frame, projection)
        shape = PolyCollection(
            found if chosen else [cut for ring in found if len(cut := _cut(ring, frame))],
            facecolor=colour_of(iso3),
            edgecolor=COLOURS["muted" if chosen else "paper"],
            linewidth=0.8 if chosen else 0.5,
            zorder=2 if chosen else 1,
        )
        shape.set_gid(f"data-{name}" if chosen and name else None)
        ax.add_collection(shape)


def shade(ax: Any, ground: list[np.ndarray], within: Sequence[Any], colour: str) -> None:
    """Shade what of a country, by its rings, lies within a polygon of projected points."""
    shape = PolyCollection(ground, facecolor=colour, edgecolor=COLOURS["muted"], linewidth=0.8)
    shape.set_zorder(2)
    ax.add_collection(shape)
    shape.set_clip_path(Outline([*within, within[0]], closed=True), ax.transData)


def town(ax: Any, name: str, point: tuple[float, float]) -> None:
    """Draw a town as a dot at projected kilometres; its series bears its name."""
    style = {"color": COLOURS["ink"], "markersize": 3.6, "zorder": 5, "gid": f"data-{name}"}
    ax.plot([point[0]], [point[1]], "o", **style)


def label(ax: Any, text: str, point: tuple[float, float], **more: Any) -> None:
    """Write a label at projected kilometres."""
    style = {
        "color": COLOURS["ink"],
        "fontsize": 8.5,
        "fontweight": "semibold",
        "va": "center",
        "zorder": 6,
        "linespacing": 1.15,
    }
    ax.text(*point, text, **(style | more))


def window(ax: Any, frame: Frame) -> None:
    """Outline on one map what another shows."""
    west, east, south, north = frame
    style: Any = {"fill": False, "edgecolor": COLOURS["muted"], "linewidth": 0.8, "zorder": 5}
    ax.add_patch(Rectangle((west, south), east - west, north - south, **style))


def scale_bar(ax: Any, frame: Frame, words: str, kilometres: float) -> None:
    """Draw a scale that is ``kilometres`` long in the lower right corner of a map, with words."""
    west, east, south, north = frame
    end, high = east - 0.2 * (east - west), south + 0.045 * (north - south)
    bar = ax.secondary_xaxis(high, transform=ax.transData)
    bar.spines["bottom"].set_bounds(end - kilometres, end)
    bar.spines["bottom"].set_color(COLOURS["ink"])
    bar.set_xticks([end - kilometres, end], ["0", words])
    ink = {"labelcolor": COLOURS["ink"], "color": COLOURS["ink"]}
    bar.tick_params(length=3, direction="in", pad=-14, labelsize=8, **ink)
