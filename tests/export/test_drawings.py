"""A figure in the page shows what the figure shows."""

import dataclasses
import re

import pytest
from lxml import etree
from lxml import html as lxml_html

from dossier.document.account import svg_texts
from dossier.document.model import FigureBlock
from dossier.export import drawings

ENTITIES = {"NOR": "Norway", "SWE": "Sweden"}
COLOURS = {"main": ("#1f5a96", "#7fb2e5")}


def _figure(svg: str, **more) -> FigureBlock:
    return FigureBlock("x", [], [], alt="", svg=svg, **more)


def _marks(svg: str) -> list[tuple[str, str]]:
    """Return what is drawn, in order: the kind of each mark, and its path, place or text."""
    places = ("d", "x", "y", "points")
    return [
        (etree.QName(e).localname, " ".join(str(e.get(p, "")) for p in places).split())
        for e in etree.fromstring(svg).iter(etree.Element)
        if etree.QName(e).localname in ("path", "use", "text", "rect", "image")
    ]


def test_every_mark_and_every_text_stays(edition):
    figures = [drawn for f in edition.document.figures() for drawn in f.drawings()]
    assert sum(figure.id.endswith("-narrow") for figure in figures) >= 6
    for figure in figures:
        made = drawings.drawn(figure, edition.document.colours, {})
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
    made = drawings.drawn(_figure(f"{head}>{before}</svg>"), COLOURS, {})
    assert made == f'{head} aria-hidden="true">{after}</svg>'


TWO = (
    '<svg xmlns="http://www.w3.org/2000/svg"><g id="x-data-newest"><g><use x="1"/></g>'
    '<g><use x="2"/></g></g><g id="x-data-SWE"><path d="M1 2"/></g><text>Norway</text>'
    "<text>Norway and Sweden</text></svg>"
)


def test_a_mark_says_its_value_and_of_what_it_is():
    told = {"data-newest": ["Norway, 2026: 2.40", "Sweden, 2026: 2.00"], "data-SWE": ["Sweden: 1"]}
    made = drawings.drawn(_figure(TWO, told=told), {}, ENTITIES)
    assert (
        '<g id="x-data-newest">'
        '<use x="1" data-of="NOR"><title>Norway, 2026: 2.40</title></use>'
        '<use x="2" data-of="SWE"><title>Sweden, 2026: 2.00</title></use></g>'
        '<g id="x-data-SWE" data-of="SWE"><path d="M1 2"/><title>Sweden: 1</title></g>'
        '<text data-of="NOR">Norway</text><text>Norway and Sweden</text>'
    ) in made


def test_marks_of_which_some_are_not_drawn_say_nothing():
    made = drawings.drawn(_figure(TWO, told={"data-newest": ["Norway: 1"]}), {}, {})
    assert "title" not in made


def test_in_the_report_each_entity_is_found_in_figures_and_tables(edition):
    """By an independent reading: the allies’ names on the axis, the rows of the members."""
    page = edition.html.read_text(encoding="utf-8")
    tree = lxml_html.document_fromstring(page)
    members = edition.report.record.nato_members
    for iso3, name in zip(members["iso3"], members["country"], strict=True):
        rows = tree.xpath(f"//figure[@id='table-allies']//tr[@data-of='{iso3}']/th")
        assert [row.text_content() for row in rows] == [name]
        whole = "//figure[@id='figure-spending-dots']//svg[@class='whole']"
        marks = tree.xpath(f"{whole}//*[@data-of='{iso3}']")
        words = [mark.text_content().partition(",")[0] for mark in marks]
        assert set(words) == ({name} if iso3 != "ISL" else set())


def test_a_figure_has_its_drawing_for_a_phone_beside_it():
    narrow = dataclasses.replace(_figure(TWO.replace("x-data", "x-narrow-data")), id="x-narrow")
    told = {"data-SWE": ["Sweden: 1"]}
    made = drawings.for_page(_figure(TWO, told=told, narrow=narrow), {}, ENTITIES)
    whole, phone = re.findall(r'<svg class="(\w+)".*?</svg>', made)
    assert (whole, phone) == ("whole", "narrow")
    assert made.count("<title>Sweden: 1</title>") == 1 and made.count('data-of="SWE"') == 2


def test_neighbours_say_their_looks_once():
    looks = 'style="fill:x" clip-path="url(#x-long)"'
    body = f'<g><path d="m1 2" {looks}/><path d="m3 4" {looks}/></g><clipPath id="x-long"/>'
    head = '<svg xmlns="http://www.w3.org/2000/svg"'
    made = drawings.drawn(_figure(f"{head}>{body}</svg>"), {}, {})
    assert made == (
        f'{head} aria-hidden="true"><g clip-path="url(#x-0)" style="fill:x">'
        '<path d="m1 2"/><path d="m3 4"/></g><clipPath id="x-0"/></svg>'
    )


def test_a_clip_is_said_once_where_looks_differ_and_never_across_what_is_moved():
    clip = 'clip-path="url(#x-long)"'
    one, two = (f'<path d="m{n} 2" style="fill:{n}" {clip}/>' for n in "12")
    moved = f'<use x="3" transform="scale(2)" {clip}/>'
    head = '<svg xmlns="http://www.w3.org/2000/svg"'
    body = f'<g id="x-data-a">{one}{two}</g><g id="x-data-b">{one}{moved}</g>'
    made = drawings.drawn(_figure(f'{head}>{body}<clipPath id="x-long"/></svg>'), {}, {})
    short = clip.replace("x-long", "x-0")
    assert f'<g id="x-data-a" {short}><path d="m1 2" style="fill:1"/><path d="m2 2"' in made
    assert made.count(short) == 3


def test_in_the_page_a_class_says_each_look_and_no_figure_has_a_style(edition):
    """Put back, they are the drawing that stands alone."""
    page = edition.html.read_text(encoding="utf-8")
    looks = dict(re.findall(r"\.(s\d+){([^}]*)}", page))
    tree = lxml_html.document_fromstring(page)
    assert not tree.xpath("//figure//svg//@style | //figure//svg//@clip-path")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    document = edition.document
    for figure in document.figures():
        alone = etree.fromstring(drawings.drawn(figure, document.colours, document.entities))
        (shown,) = tree.xpath(f"//figure[@id='figure-{figure.id}']//svg[not(@class='narrow')]")
        pairs = list(zip(alone.iter(etree.Element), shown.iter(), strict=True))
        for one, other in pairs[1:]:
            said = [looks[name] for name in (other.get("class") or "").split()]
            style = one.get("style", "")
            assert [look for look in said if "url(" not in look] == [style] * bool(style)
            assert any("url(#m" in look for look in said) == ("clip-path" in one.attrib)
            assert [other.get(a) for a in ("d", "x", "y")] == [one.get(a) for a in ("d", "x", "y")]
