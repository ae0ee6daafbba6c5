"""How places become a map: an equal-area projection, countries, lines, towns, and a scale."""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle

from dossier import charts
from dossier.charts import COLOURS

CENTRE = (20.0, 52.0)
"""Longitude and latitude of the projection's centre, in degrees."""

RADIUS = 6371.007
"""Kilometres: the sphere with the area of the WGS84 ellipsoid."""

EUROPE = (-2330, 1750, -1560, 1660)
"""Kilometres from the centre: west, east, south, north."""

EAST = (690, 1530, -770, 150)
"""Kilometres from the centre: the east of Ukraine, with the front."""

GAP = 0.1
"""Inches between the two maps."""


def project(longitude, latitude):
    """Return kilometres east and north of the centre, by Lambert's azimuthal equal-area projection of the sphere.

    Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987), equations 24-2 and 22-4, 22-5.

    >>> [round(float(v), 3) for v in project(20.0, 52.0)]
    [0.0, 0.0]
    """
    lam, phi = (
        np.radians(np.asarray(longitude, float) - CENTRE[0]),
        np.radians(np.asarray(latitude, float)),
    )
    phi0 = np.radians(CENTRE[1])
    cosine = np.sin(phi0) * np.sin(phi) + np.cos(phi0) * np.cos(phi) * np.cos(lam)
    k = np.sqrt(2 / (1 + cosine))
    east = RADIUS * k * np.cos(phi) * np.sin(lam)
    north = RADIUS * k * (np.cos(phi0) * np.sin(phi) - np.sin(phi0) * np.cos(phi) * np.cos(lam))
    return east, north


def rings(feature: dict, frame: tuple = EUROPE) -> list[np.ndarray]:
    """Return a country's outer rings, projected, those that reach into the frame; specks and points too close to see are left out."""
    geometry = feature["geometry"]
    polygons = (
        geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    )
    west, east, south, north = frame
    fine = (east - west) / 500
    out = []
    for polygon in polygons:
        points = np.column_stack(project(*np.array(polygon[0]).T))
        low, high = points.min(axis=0), points.max(axis=0)
        if (
            high[0] < west
            or low[0] > east
            or high[1] < south
            or low[1] > north
            or (high - low).max() < 1.3 * fine
        ):
            continue
        steps = np.hypot(*np.diff(points, axis=0).T)
        kept = np.concatenate(
            [
                [True],
                np.cumsum(steps) // fine != np.concatenate([[0], np.cumsum(steps)[:-1]]) // fine,
            ]
        )
        if kept.sum() >= 4:
            out.append(points[kept].round(1))
    return out


def canvas(near: bool):
    """Return a figure and the axes of Europe and, where ``near``, of the east of Ukraine beside it, at the same height."""
    frames = [EUROPE, EAST] if near else [EUROPE]
    shapes = [(f[1] - f[0]) / (f[3] - f[2]) for f in frames]
    height = (charts.WIDTH - GAP * (len(frames) - 1)) / sum(shapes) if near else 4.2
    figure, axes = charts.canvas(height, ncols=len(frames), squeeze=False)
    left = 0.0 if near else (charts.WIDTH - height * shapes[0]) / 2
    for ax, frame, shape in zip(axes[0], frames, shapes):
        ax.set_position([left / charts.WIDTH, 0, height * shape / charts.WIDTH, 1])
        left += height * shape + GAP
        ax.set_xlim(frame[:2])
        ax.set_ylim(frame[2:])
        ax.set_facecolor(COLOURS["sea"])
        ax.set_xticks([])
        ax.set_yticks([])
        for spine in ax.spines.values():
            spine.set_visible(False)
    return figure, list(axes[0])


def land(ax, countries: list[dict], members: set[str], frame: tuple, name: str) -> None:
    """Draw the countries: members shaded, Ukraine white with an outline whose points are the series ``name``."""
    for feature in countries:
        iso3 = feature["properties"]["iso3"]
        ukraine = iso3 == "UKR"
        colour = (
            COLOURS["nato_pale"]
            if iso3 in members
            else COLOURS["paper"]
            if ukraine
            else COLOURS["ground"]
        )
        shape = PolyCollection(
            rings(feature, frame),
            facecolor=colour,
            edgecolor=COLOURS["ink"] if ukraine else COLOURS["paper"],
            linewidth=0.8 if ukraine else 0.5,
            zorder=2 if ukraine else 1,
        )
        shape.set_gid(f"data-{name}" if ukraine else None)
        ax.add_collection(shape)


def line(ax, front: list[dict], width: float, suffix: str) -> None:
    """Draw the front by section: river and land."""
    for feature in front:
        section = feature["properties"]["section"]
        east, north = project(*np.array(feature["geometry"]["coordinates"]).T)
        ax.plot(
            east,
            north,
            color=COLOURS["river"] if section == "river" else COLOURS["article"],
            linewidth=width,
            zorder=4,
            gid=f"data-{section}{suffix}",
        )


def town(ax, name: str, longitude: float, latitude: float, gid: str) -> None:
    east, north = project(longitude, latitude)
    ax.plot([east], [north], "o", color=COLOURS["ink"], markersize=4.5, zorder=5, gid=f"data-{gid}")


def label(ax, text: str, longitude: float, latitude: float, colour: str = "ink", **more) -> None:
    east, north = project(longitude, latitude)
    ax.text(
        east,
        north,
        text,
        **(
            {
                "color": COLOURS[colour],
                "fontsize": 8.5,
                "fontweight": "semibold",
                "va": "center",
                "zorder": 6,
                "linespacing": 1.15,
            }
            | more
        ),
    )


def window(ax, frame: tuple) -> None:
    """Outline on one map what the other shows."""
    west, east, south, north = frame
    ax.add_patch(
        Rectangle(
            (west, south),
            east - west,
            north - south,
            fill=False,
            edgecolor=COLOURS["muted"],
            linewidth=0.8,
            zorder=5,
        )
    )


def scale_bar(ax, length: float, unit: str, kilometres: float) -> None:
    """Draw a scale of ``length`` ``unit``, which is ``kilometres`` long, as an axis in the map's lower right corner."""
    _, east, south, north = EAST
    end, high = east - 95, south + 0.045 * (north - south)
    bar = ax.secondary_xaxis(high, transform=ax.transData)
    bar.spines["bottom"].set_bounds(end - kilometres, end)
    bar.spines["bottom"].set_color(COLOURS["ink"])
    bar.set_xticks([end - kilometres, end], ["0", f"{length:.0f} {unit}"])
    bar.tick_params(
        length=3,
        direction="in",
        pad=-14,
        labelsize=8,
        labelcolor=COLOURS["ink"],
        color=COLOURS["ink"],
    )
