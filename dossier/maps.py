"""How places become a map: an equal-area projection, countries, lines and towns."""

import numpy as np
from matplotlib.collections import PolyCollection

from dossier import charts
from dossier.charts import COLOURS

CENTRE = (20.0, 52.0)
"""Longitude and latitude of the projection's centre, in degrees."""

RADIUS = 6371.007
"""Kilometres: the sphere with the area of the WGS84 ellipsoid."""

FRAME = (-2560, 1890, -1560, 1660)
"""Kilometres from the centre: west, east, south, north."""


def project(longitude, latitude):
    """Return kilometres east and north of the centre, by Lambert's azimuthal equal-area projection of the sphere.

    Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987), equations 24-2 and 22-4, 22-5.

    >>> [round(float(v), 3) for v in project(20.0, 52.0)]
    [0.0, 0.0]
    """
    lam, phi = np.radians(np.asarray(longitude, float) - CENTRE[0]), np.radians(np.asarray(latitude, float))
    phi0 = np.radians(CENTRE[1])
    cosine = np.sin(phi0) * np.sin(phi) + np.cos(phi0) * np.cos(phi) * np.cos(lam)
    k = np.sqrt(2 / (1 + cosine))
    east = RADIUS * k * np.cos(phi) * np.sin(lam)
    north = RADIUS * k * (np.cos(phi0) * np.sin(phi) - np.sin(phi0) * np.cos(phi) * np.cos(lam))
    return east, north


def rings(feature: dict) -> list[np.ndarray]:
    """Return a country's outer rings, projected, those that reach into the frame; specks and points too close to see are left out."""
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    west, east, south, north = FRAME
    out = []
    for polygon in polygons:
        points = np.column_stack(project(*np.array(polygon[0]).T))
        low, high = points.min(axis=0), points.max(axis=0)
        if high[0] < west or low[0] > east or high[1] < south or low[1] > north or (high - low).max() < 12:
            continue
        steps = np.hypot(*np.diff(points, axis=0).T)
        kept = np.concatenate([[True], np.cumsum(steps).astype(int) // 9 != np.concatenate([[0], np.cumsum(steps)[:-1]]).astype(int) // 9])
        if kept.sum() >= 4:
            out.append(points[kept].round(1))
    return out


def europe(countries: list[dict], members: set[str], front: list[dict], towns: list[tuple[str, float, float]], labels: list[tuple[str, float, float, str]]):
    """Return a figure of Europe: members shaded, the front by section, towns as dots, and labels (text, longitude, latitude, colour)."""
    figure, ax = charts.canvas(5.0)
    figure.subplots_adjust(left=0, right=1, bottom=0, top=1)
    ax.set_facecolor(COLOURS["sea"])
    for feature in countries:
        iso3 = feature["properties"]["iso3"]
        colour = COLOURS["nato_pale"] if iso3 in members else COLOURS["paper"] if iso3 == "UKR" else COLOURS["ground"]
        edge = COLOURS["ink"] if iso3 == "UKR" else COLOURS["paper"]
        shape = PolyCollection(rings(feature), facecolor=colour, edgecolor=edge, linewidth=0.8 if iso3 == "UKR" else 0.5, zorder=2 if iso3 == "UKR" else 1)
        shape.set_gid("data-UKR" if iso3 == "UKR" else None)
        ax.add_collection(shape)
    for feature in front:
        section = feature["properties"]["section"]
        east, north = project(*np.array(feature["geometry"]["coordinates"]).T)
        ax.plot(east, north, color=COLOURS["river"] if section == "river" else COLOURS["article"], linewidth=2.4, zorder=4, gid=f"data-{section}")
    for name, longitude, latitude in towns:
        east, north = project(longitude, latitude)
        ax.plot([east], [north], "o", color=COLOURS["ink"], markersize=5, zorder=5, gid=f"data-{name}")
    for text, longitude, latitude, colour in labels:
        east, north = project(longitude, latitude)
        ax.text(east, north, text, color=colour, fontsize=9, fontweight="semibold", va="center", zorder=6)
    ax.set_xlim(FRAME[0], FRAME[1])
    ax.set_ylim(FRAME[2], FRAME[3])
    ax.set_aspect("equal")
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    return figure
