"""Every figure of six editions: labels that neither overlap nor leave the canvas, and contrast."""

import itertools
import re

import pytest
from conftest import PROJECT
from matplotlib.backends.backend_agg import FigureCanvasAgg

from dossier import Report
from dossier.registry import registry_of
from dossier.show import charts

EDITIONS = [
    ("2024-07-07", "metric"),
    ("2024-07-08", "imperial"),
    ("2024-07-20", "metric"),
    ("2025-01-15", "imperial"),
    ("2025-09-15", "metric"),
    ("latest", "imperial"),
]
OF_BRIEFS = {"ally-shares"}
FIGURES = [name for name in registry_of(PROJECT).of("figure") if name not in OF_BRIEFS]
NEEDS = {
    "front-ruler": "front_ruler_matching_article",
    "front-parts": "front_with_belarus_border",
    "front-series": "front_newest_length",
    "support-kiel": "kiel_military_pledge_year",
    "spending-sides": "spending_others",
}


def test_every_figure_is_among_them():
    assert {*NEEDS} < {*FIGURES} and len(FIGURES) >= 12


@pytest.fixture(scope="module", params=EDITIONS, ids=lambda e: "-".join(e))
def report(request):
    return Report(*request.param)


FOR_PHONES = [(n, True) for n in FIGURES if registry_of(PROJECT).of("figure")[n].options["narrow"]]


@pytest.mark.parametrize(("name", "narrow"), [*((n, False) for n in FIGURES), *FOR_PHONES])
def test_labels_neither_overlap_nor_are_cut(undrawn, report, name, narrow):
    """Labels are laid out as they are in the file; nothing is written or painted."""
    if name in NEEDS and not report.facts.known(NEEDS[name]):
        pytest.skip(f"{NEEDS[name]} was not known by then")
    with charts.style(narrow):
        drawing = registry_of(PROJECT).of("figure")[name].function(report.record, report.facts)
        charts.render(drawing, name)
        figure = drawing.canvas
        renderer = FigureCanvasAgg(figure).get_renderer()
        figure.draw_without_rendering()
    texts = [
        t
        for ax in figure.axes
        for t in (*ax.texts, *_ticks(ax.xaxis), *_ticks(ax.yaxis), ax.xaxis.label)
        if t.get_text()
    ]
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts]
    assert boxes
    if narrow:  # 350 pixels of a phone show it: letters of twelve
        assert figure.get_figwidth() == charts.NARROW
        assert min(t.get_fontsize() for t in texts) * 350 / (72 * charts.NARROW) > 11.9
    for text, box in boxes:
        assert box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1, f"{text!r} is cut"
        assert box.y0 >= -1 and box.y1 <= figure.bbox.y1 + 1, f"{text!r} is cut"
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        width, height = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert width <= 1 or height <= 2, f"{one!r} overlaps {other!r}"


def test_a_label_keeps_its_decimals_and_a_place_does_not():
    """Only places are coarser in the file: a number in a label is a fact's."""
    with charts.style():
        canvas, ax = charts.canvas(1)
        ax.text(0.123456, 0.5, "between 1.535 and 1.625 of it")
        figure = charts.render(charts.Drawing(canvas, "", "", "", {}), "one")
    assert "between 1.535 and 1.625 of it" in figure.svg
    assert not re.search(r"<[^>]*\d\.\d{2,}[ \n\"]", figure.svg)


def _ticks(axis):
    """Return the labels that are drawn: those of ticks within the axis's limits."""
    low, high = sorted(axis.get_view_interval())
    return [
        tick.label1
        for tick in axis.get_major_ticks()
        if low <= tick.get_loc() <= high and tick.label1.get_visible()
    ]


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("page", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "muted", "main", "article"])
def test_text_colours_have_contrast(name, page):
    """WCAG 2.2, 1.4.3: at least 4.5 to one on the page."""
    assert charts.PALETTE["paper"][0] == "#ffffff"
    shades = [_luminance(charts.PALETTE[colour][page]) for colour in (name, "paper")]
    assert (max(shades) + 0.05) / (min(shades) + 0.05) >= 4.5
