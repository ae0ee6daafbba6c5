"""A figure in the page shows what the figure shows."""

import re

import pytest
from lxml import etree

from dossier.document.account import svg_texts
from dossier.export import drawings

COLOURS = {"main": ("#1f5a96", "#7fb2e5")}


def _marks(svg: str) -> list[tuple[str, str]]:
    """Return what is drawn, in order: the kind of each mark, and its path, place or text."""
    places = ("d", "x", "y", "points")
    return [
        (etree.QName(e).localname, " ".join(str(e.get(p, "")) for p in places).split())
        for e in etree.fromstring(svg).iter(etree.Element)
        if etree.QName(e).localname in ("path", "use", "text", "rect", "image")
    ]


def test_every_mark_and_every_text_stays(edition):
    for figure in edition.document.figures():
        made = drawings.for_page(figure.svg, edition.document.colours)
        assert _marks(made) == _marks(figure.svg)
        assert svg_texts(made) == svg_texts(figure.svg)
        names = {f"{figure.id}-{series}" for series in figure.drawn}
        assert names <= set(re.findall(r'id="([^"]+)"', made))
        aims = set(re.findall(r'(?:href="#|url\(#)([^")]+)', made))
        assert aims <= set(re.findall(r'id="([^"]+)"', made))
        assert len(made) < 0.95 * len(figure.svg)


UPRIGHT, TURNED = "rotate(-0 1 2)", "rotate(-90 1 2)"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<g id="x-1"><path d="M1 2\nL3 4\n"/></g>', '<path d="M1 2 L3 4"/>'),
        ('<g id="x-data-main"><path d="M1"/></g>', '<g id="x-data-main"><path d="M1"/></g>'),
        ('<path style="fill: #1f5a96; stroke: x"/>', '<path style="fill:var(--main);stroke:x"/>'),
        ('<text style="x: 1; font-family: A">a</text>', '<text style="x:1">a</text>'),
        (f'<text transform="{UPRIGHT}">a b</text>', "<text>a b</text>"),
        (f'<text transform="{TURNED}">a</text>', f'<text transform="{TURNED}">a</text>'),
    ],
)
def test_what_goes_without_saying_is_left_out(before, after):
    head = '<svg xmlns="http://www.w3.org/2000/svg"'
    made = drawings.for_page(f"{head}>{before}</svg>", COLOURS)
    assert made == f'{head} aria-hidden="true" focusable="false">{after}</svg>'
