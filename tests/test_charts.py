"""Every figure of six editions: labels that neither overlap nor leave the canvas, and colours that can be told apart."""

import itertools

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from dossier import agreements, charts, claims, front, spending, support, timeline
from dossier.report import Report

EDITIONS = [
    ("2024-07-07", "metric"),
    ("2024-07-08", "imperial"),
    ("2024-07-20", "metric"),
    ("2025-01-15", "imperial"),
    ("2025-09-15", "metric"),
    ("latest", "imperial"),
]
FIGURES = [
    claims.verdict_figure,
    agreements.cumulative_figure,
    agreements.terms_figure,
    spending.dots_figure,
    spending.counts_figure,
    spending.check_figure,
    timeline.figure,
    front.map_figure,
    front.ruler_figure,
    front.parts_figure,
    front.series_figure,
    support.kiel_figure,
]
NEEDS = {
    front.ruler_figure: "front_ruler_matching_article",
    front.parts_figure: "front_with_belarus_border",
    front.series_figure: "front_newest_length",
    support.kiel_figure: "kiel_military_pledge_year",
}


@pytest.fixture(scope="module", params=EDITIONS, ids=lambda e: "-".join(e))
def report(request):
    return Report(*request.param)


@pytest.mark.parametrize(
    "draw", FIGURES, ids=lambda f: f"{f.__module__.split('.')[1]}.{f.__name__}"
)
def test_labels_neither_overlap_nor_are_cut(report, draw, monkeypatch):
    if draw in NEEDS and not report.facts.known(NEEDS[draw]):
        return
    kept = []
    finish = charts.finish
    monkeypatch.setattr(
        charts, "finish", lambda figure, *a, **k: (kept.append(figure), finish(figure, *a, **k))[1]
    )
    draw(report.record, report.facts)
    (figure,) = kept
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    texts = [
        t
        for ax in figure.axes
        for t in (*ax.texts, *_ticks(ax.xaxis), *_ticks(ax.yaxis), ax.xaxis.label)
        if t.get_text()
    ]
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts]
    for text, box in boxes:
        assert (
            box.x0 >= -1
            and box.y0 >= -1
            and box.x1 <= figure.bbox.x1 + 1
            and box.y1 <= figure.bbox.y1 + 1
        ), f"{text!r} is cut"
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        width, height = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert width <= 1 or height <= 2, f"{one!r} overlaps {other!r}"


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


@pytest.mark.parametrize("name", ["ink", "muted", "nato", "article"])
def test_text_colours_have_contrast(name):
    """WCAG 2.2, 1.4.3: at least 4.5 to one on the page."""
    assert (_luminance("#ffffff") + 0.05) / (_luminance(charts.COLOURS[name]) + 0.05) >= 4.5
