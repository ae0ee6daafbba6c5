"""The front measured again from its map, for whoever may hold the file.

Geodesic lengths by method and ruler: python -m dossier measure FILE.geojson.

Needs the optional extra ``measure`` (pyproj and shapely): ``pip install -e '.[measure]'``.
"""

import hashlib
import json
import math
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from dossier.data.tables import load
from dossier.project import find
from dossier.registry import command

ENDS = ((32.448, 46.503), (37.925, 50.014))
"""Longitude and latitude of the main line's ends: the mouth of the Dnipro, and the state border."""

PARTING = 35.35
"""Longitude at which the river part ends and the land part begins, near Kamianske."""

TOLERANCES = (100, 250, 500, 1000, 2000, 3000, 5000, 10000, 20000, 50000)
OPENINGS = (1000, 2000, 5000, 10000, 20000, 50000, 100000)
"""Metres: tolerances of simplification and openings of the dividers, as in front_lengths.csv."""

AGREES_KM = 1.0
"""Kilometres: lengths that differ by less agree.

The recorded ones are rounded, and dividers depend on where they start.
"""


class MeasureError(RuntimeError):
    """A file that can't be measured; the message names it and the remedy."""


def _tools():
    try:
        import pyproj
        import shapely
    except ImportError as error:
        raise MeasureError(f"{error.name} is not installed: pip install -e '.[measure]'") from None
    return pyproj, shapely


def geodesic_km(line: np.ndarray) -> float:
    """Return the geodesic length, in kilometres on the WGS84 ellipsoid, of a line in degrees.

    The line is an array of (longitude, latitude).
    """
    pyproj, _ = _tools()
    return pyproj.Geod(ellps="WGS84").line_length(line[:, 0], line[:, 1]) / 1000


def _plane():
    """Return the transformer to the plane in which lines are simplified, in metres.

    It keeps areas and is centred on 48 N 36 E.
    """
    pyproj, _ = _tools()
    return pyproj.Transformer.from_crs(
        "EPSG:4326", "+proj=laea +lat_0=48 +lon_0=36 +ellps=WGS84 +units=m", always_xy=True
    )


def simplify(line: np.ndarray, tolerance_m: float) -> np.ndarray:
    """Return the line simplified by Douglas and Peucker with a tolerance in metres."""
    _, shapely = _tools()
    plane = _plane()
    flat = np.column_stack(plane.transform(line[:, 0], line[:, 1]))
    kept = np.array(shapely.LineString(flat).simplify(tolerance_m, preserve_topology=False).coords)
    return np.column_stack(plane.transform(kept[:, 0], kept[:, 1], direction="INVERSE"))


def divide(line: np.ndarray, opening_m: float) -> np.ndarray:
    """Return the points at which dividers of an opening in metres step along the line.

    The last step ends on its end.
    """
    plane = _plane()
    flat = np.column_stack(plane.transform(line[:, 0], line[:, 1]))
    points, at, part = [flat[0]], flat[0], 0
    while part < len(flat) - 1:
        end = flat[part + 1]
        if math.dist(points[-1], end) < opening_m:
            part, at = part + 1, end
        else:
            at = _crossing(points[-1], opening_m, at, end)
            points.append(at)
    if math.dist(points[-1], flat[-1]) > opening_m * 1e-9:
        points.append(flat[-1])
    steps = np.array(points)
    return np.column_stack(plane.transform(steps[:, 0], steps[:, 1], direction="INVERSE"))


def _crossing(centre, radius: float, start, end) -> np.ndarray:
    """Return the point of the segment at which it leaves the circle around ``centre``."""
    d, f = end - start, start - centre
    a, b, c = d @ d, 2 * f @ d, f @ f - radius**2
    t = (-b + math.sqrt(max(b * b - 4 * a * c, 0))) / (2 * a)
    return start + min(max(t, 0), 1) * d


def lines(path: Path) -> dict[str, np.ndarray]:
    """Return the sections of a GeoJSON file: its lines by their ``section``, or of an outline.

    An outline is the largest polygon; the main line is its shorter way between the two ends,
    parted into river and land at the parting longitude. Raises MeasureError where the file holds
    neither.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        shapes = [(f.get("properties") or {}, f["geometry"]) for f in features if f.get("geometry")]
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise MeasureError(
            f"{path}: not a GeoJSON file ({type(error).__name__}: {error}); name one"
        ) from None
    found = [
        (p.get("section") or p.get("name") or f"line {n}", np.array(g["coordinates"], float)[:, :2])
        for n, (p, g) in enumerate(shapes, 1)
        if g["type"] == "LineString"
    ]
    if found:
        return dict(found)
    rings = [
        np.array(r[0], float)[:, :2]
        for _, g in shapes
        for r in (
            [g["coordinates"]]
            if g["type"] == "Polygon"
            else g["coordinates"]
            if g["type"] == "MultiPolygon"
            else []
        )
    ]
    if not rings:
        raise MeasureError(f"{path}: holds neither a line nor a polygon; name the map's GeoJSON")
    return _sections(max(rings, key=len))


def _sections(ring: np.ndarray) -> dict[str, np.ndarray]:
    ring = ring[:-1] if (ring[0] == ring[-1]).all() else ring
    first, last = (
        int(np.hypot(*((ring - end) * [math.cos(math.radians(end[1])), 1]).T).argmin())
        for end in ENDS
    )
    one = ring[np.arange(first, first + (last - first) % len(ring) + 1) % len(ring)]
    other = ring[np.arange(last, last + (first - last) % len(ring) + 1) % len(ring)][::-1]
    main = min(one, other, key=geodesic_km)
    parting = int(np.argmax(main[:, 0] >= PARTING)) or len(main) - 1
    return {"main": main, "river": main[: parting + 1], "land": main[parting:]}


def measure(path: Path, tolerances=TOLERANCES, openings=OPENINGS) -> pd.DataFrame:
    """Return the lengths of the lines of a file.

    Columns section, method, scale_m (metres; missing at full detail), length_km (geodesic, WGS84).
    """
    rows = []
    for section, line in lines(Path(path)).items():
        if len(line) < 2:
            raise MeasureError(
                f"{path}: {section} has fewer than two points; name the map's GeoJSON"
            )
        rows.append((section, "vertices", None, geodesic_km(line)))
        rows += [
            (section, "douglas_peucker", t, geodesic_km(simplify(line, t))) for t in tolerances
        ]
        rows += [(section, "divider", o, geodesic_km(divide(line, o))) for o in openings]
        rows.append((section, "straight", None, geodesic_km(line[[0, -1]])))
    return pd.DataFrame(rows, columns=["section", "method", "scale_m", "length_km"]).astype(
        {"scale_m": "Int64"}
    )


@command("measure")
def main(arguments: list[str]) -> int:
    """Print the measurement of a file; of the recorded map beside the recorded lengths.

    Return 1 where they differ.
    """
    if len(arguments) != 1:
        raise MeasureError("name one file: python -m dossier measure FILE.geojson")
    path = Path(arguments[0])
    measured = measure(path)
    frames = load(find()).frames
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    source = frames["sources"].set_index("source_id")["sha256"].eq(digest)
    if not source.any():
        print(
            f"{path} is not the map that sources.csv records (sha256 {digest[:12]}…); "
            "measured all the same",
            file=sys.stderr,
        )
        print(measured.to_string(index=False, float_format="{:.1f}".format))
        return 0
    recorded = frames["front_lengths"]
    keys = ["section", "method", "scale_m"]
    recorded = recorded.loc[recorded["source_id"] == source.idxmax(), [*keys, "length_km"]]
    both = measured.merge(recorded, on=keys, suffixes=("", "_recorded"))
    print(both.to_string(index=False, float_format="{:.1f}".format))
    return int(((both["length_km"] - both["length_km_recorded"]).abs() > AGREES_KM).any())
