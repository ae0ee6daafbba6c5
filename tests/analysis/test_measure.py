"""The measurement, on lines whose geodesic lengths are known.

On the WGS84 ellipsoid, as GeographicLib and its papers print them: a degree of longitude on the
equator is a·π/180 = 111 319.491 m; the first degree of latitude from the equator 110 574.389 m; the
quarter meridian 10 001 965.729 m.
"""

import hashlib
import json
import os
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis import measure

for tool in ("pyproj", "shapely"):
    if not os.environ.get("CI"):
        pytest.importorskip(tool, reason=f"{tool} is not installed (the extra measure)")


@pytest.mark.parametrize(
    ("line", "metres"),
    [
        ([(0, 0), (1, 0)], 111_319.491),
        ([(10, 0), (10, 1)], 110_574.389),
        ([(0, 0), (0, 45), (0, 90)], 10_001_965.729),
        ([(0, 0), (0.5, 0), (1, 0)], 111_319.491),
    ],
)
def test_known_geodesic_lengths(line, metres):
    assert measure.geodesic_km(np.array(line, float)) * 1000 == pytest.approx(metres, abs=0.01)


def zigzag():
    """A line of teeth, each 100 m wide and 50 m high, for 10 km along the parallel of the
    plane's centre."""
    plane = measure._plane()
    flat = np.array([(50 * n, 50.0 * (n % 2)) for n in range(201)])
    return np.column_stack(plane.transform(flat[:, 0], flat[:, 1], direction="INVERSE"))


def test_a_coarse_ruler_smooths_the_teeth_away():
    line = zigzag()
    fine, coarse = measure.geodesic_km(line), measure.geodesic_km(measure.simplify(line, 100))
    assert fine == pytest.approx(200 * np.hypot(50, 50) / 1000, rel=1e-3)
    assert coarse == pytest.approx(10.0, rel=1e-3)
    assert len(measure.simplify(line, 100)) == 2 and len(measure.simplify(line, 10)) == 201


def test_dividers_step_by_their_opening():
    steps = measure.divide(zigzag(), 1000)
    assert len(steps) == 11
    assert measure.geodesic_km(steps) == pytest.approx(10.0, rel=2e-3)


def _write(path, geometry, **properties):
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "properties": properties, "geometry": geometry}],
            }
        )
    )
    return path


def test_a_file_of_lines_is_measured_by_section(tmp_path):
    file = _write(
        tmp_path / "l.geojson",
        {"type": "LineString", "coordinates": [[0, 0], [1, 0]]},
        section="main",
    )
    table = measure.measure(file, tolerances=(1000,), openings=(50_000,))
    assert list(table["method"]) == ["vertices", "douglas_peucker", "divider", "straight"]
    assert table["length_km"].to_numpy() == pytest.approx(111.319, abs=0.01)


def test_the_main_line_of_an_outline_is_the_way_between_the_ends(tmp_path):
    west, north = measure.ENDS
    ring = [
        west,
        (34.0, 47.4),
        (35.35, 47.5),
        (37.0, 48.5),
        north,
        (40.0, 49.6),
        (39.0, 47.0),
        (36.0, 45.0),
        (33.0, 45.5),
        west,
    ]
    file = _write(tmp_path / "p.geojson", {"type": "Polygon", "coordinates": [ring]})
    found = measure.lines(file)
    assert [tuple(p) for p in found["main"]] == [
        west,
        (34.0, 47.4),
        (35.35, 47.5),
        (37.0, 48.5),
        north,
    ]
    assert tuple(found["river"][-1]) == tuple(found["land"][0]) == (35.35, 47.5)


def test_another_file_than_the_recorded_one_is_said_to_be(tmp_path, capsys):
    file = _write(tmp_path / "l.geojson", {"type": "LineString", "coordinates": [[0, 0], [1, 0]]})
    assert measure.main([str(file)]) == 0
    out = capsys.readouterr()
    assert "is not the map that sources.csv records" in out.err and "111.3" in out.out


@pytest.mark.parametrize(("recorded", "code"), [(112.2, 0), (110.4, 0), (112.4, 1), (110.2, 1)])
def test_the_recorded_file_agrees_to_a_kilometre(tmp_path, monkeypatch, capsys, recorded, code):
    """A degree of the equator is 111.3 km; of the recorded map itself nothing else is said."""
    file = _write(
        tmp_path / "l.geojson",
        {"type": "LineString", "coordinates": [[0, 0], [1, 0]]},
        section="main",
    )
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    lengths = pd.DataFrame(
        {"source_id": "m", "section": "main", "method": ["vertices"], "length_km": recorded}
    ).assign(scale_m=pd.array([pd.NA], "Int64"))
    sources = pd.DataFrame({"source_id": ["m"], "sha256": [digest]})
    frames = {"sources": sources, "front_lengths": lengths}
    monkeypatch.setattr(measure, "load", lambda _: SimpleNamespace(frames=frames))
    assert measure.main([str(file)]) == code
    out = capsys.readouterr()
    assert f"{recorded}" in out.out and out.err == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"features": []}',
        '{"features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
        '{"features": [{"geometry": {"type": "LineString", "coordinates": [[1, 2]]}}]}',
        "[1]",
    ],
)
def test_a_file_that_cannot_be_measured_is_refused(tmp_path, text):
    file = tmp_path / "x.geojson"
    file.write_text(text)
    with pytest.raises(measure.MeasureError, match=r"x\.geojson"):
        measure.main([str(file)])


def test_a_missing_tool_is_named_with_the_remedy(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyproj", None)
    with pytest.raises(measure.MeasureError, match="pip install"):
        measure.geodesic_km(np.zeros((2, 2)))
