"""Everybody can read it.

Two independent checkers of the PDF, axe in a browser, the keyboard, boxes that do not overlap,
colours.
"""

import itertools
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import PROJECT
from pypdfium2 import raw

from dossier.build.briefs import make_brief
from dossier.build.comparison import write_redline
from dossier.build.editions import output_names
from dossier.build.index import briefs_page
from dossier.data.known import known_on
from dossier.registry import registry_of
from dossier.show import charts
from dossier.show.briefs import entities
from dossier.show.report import Report, check_parameters


@pytest.fixture(scope="module")
def files(edition, first_edition, tmp_path_factory):
    """Four reports, the index of briefs, and a redline.

    The default edition, the first on letter paper with kilometres, a brief, and the brief once
    more by the standard that allows no attachment.
    """
    folder = tmp_path_factory.mktemp("files")
    brief = check_parameters(PROJECT, {}, "DEU")
    make_brief(PROJECT, brief, folder)
    pages = {kind: folder / name for kind, name in output_names(PROJECT, brief).items()}
    listed = folder / "index.html"
    listed.write_bytes(briefs_page(PROJECT, check_parameters(PROJECT, {}), ["DEU"]))
    redline = folder / "redline.html"
    write_redline(first_edition.html, edition.html, redline, PROJECT, own=True)
    archived = check_parameters(PROJECT, {"standard": "a-2a"}, "DEU")
    make_brief(PROJECT, archived, folder)
    return {
        "pdf": {
            "report": edition.pdf,
            "first": first_edition.pdf,
            "brief": pages["pdf"],
            "archived": folder / output_names(PROJECT, archived)["pdf"],
        },
        "html": {
            "report": edition.html,
            "first": first_edition.html,
            "brief": pages["html"],
            "index": listed,
            "redline": redline,
        },
    }


BINARIES = Path(sys.executable).parent
CHECKERS = {
    "outloud": [BINARIES / "outloud", "--layer", "conformance", "--fail-on", "warning", "--quiet"],
    "pdfua": [BINARIES / "pdfua", "check"],
}


@pytest.mark.parametrize("name", ["report", "first", "brief", "archived"])
@pytest.mark.parametrize("checker", CHECKERS)
def test_the_pdf_passes_an_independent_checker(files, name, checker):
    done = subprocess.run(
        [*CHECKERS[checker], str(files["pdf"][name])], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-500:]


def test_the_checkers_find_what_is_amiss(files, tmp_path):
    """Each was seen to fail: on the same file without its structure tree."""
    with pikepdf.open(files["pdf"]["brief"]) as opened:
        del opened.Root.StructTreeRoot
        opened.save(tmp_path / "spoilt.pdf")
    for words in CHECKERS.values():
        done = subprocess.run([*words, str(tmp_path / "spoilt.pdf")], capture_output=True)
        assert done.returncode != 0


def _tags(file):
    """Count the structure types of a PDF, and the scopes of its header cells."""
    found, scopes = Counter(), Counter()
    with pikepdf.open(file) as opened:
        stack = [opened.Root.StructTreeRoot]
        while stack:
            element = stack.pop()
            found[str(element.get("/S", ""))] += 1
            if element.get("/S") == "/TH":
                scopes.update(str(a.get("/Scope")) for a in _listed(element.get("/A")))
            stack += [k for k in _listed(element.get("/K")) if isinstance(k, pikepdf.Dictionary)]
    return found, scopes


def _listed(value):
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def test_the_pdf_tags_what_it_holds(edition):
    """Every paragraph is tagged as one, and every column's head says what it is the head of.

    Paragraphs are those of prose and of the article, caveats and findings.
    """
    found, scopes = _tags(edition.pdf)
    document = edition.document
    kinds = Counter(block.type for block in document.blocks())
    paragraphs = kinds["para"] + kinds["note"] + kinds["finding"]
    assert found["/P"] >= paragraphs + len(document.article)
    assert found["/Figure"] == kinds["figure"]
    assert found["/Caption"] == kinds["table"]
    assert found["/Table"] == kinds["table"] + 2
    assert found["/LI"] == sum(len(b.items) for b in document.blocks() if b.type == "list")
    assert found["/H2"] >= kinds["heading"]
    assert scopes == {"/Column": found["/TH"]}
    assert found["/TH"] >= sum(len(table.columns) for table in document.tables())


def test_the_pdf_declares_both_standards(files):
    for name, file in files["pdf"].items():
        part = "2" if name == "archived" else "3"
        declared = (
            f"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
            "<pdfuaid:part>1</pdfuaid:part>"
        )
        assert declared.encode() in file.read_bytes()
        assert pypdfium2.PdfDocument(file).count_attachments() == (part == "3")


@pytest.mark.parametrize("name", ["report", "first", "brief"])
def test_no_text_of_the_pdf_overlaps_or_leaves_the_page(files, name):
    """By the boxes of the text: none reaches over another by more than a hair, or the margin."""
    problems = []
    for number, page in enumerate(pypdfium2.PdfDocument(files["pdf"][name]), start=1):
        words = page.get_textpage()
        boxes = [words.get_rect(n) for n in range(words.count_rects())]
        texts = [words.get_text_bounded(*box) for box in boxes]
        for box, text in zip(boxes, texts, strict=True):
            if _leaves(box, *page.get_size()):
                problems.append(f"page {number}: {text!r} leaves the text area")
        for (a, one), (b, other) in itertools.combinations(zip(boxes, texts, strict=True), 2):
            if _overlap(a, b):
                problems.append(f"page {number}: {one!r} overlaps {other!r}")
    assert not problems, "\n".join(problems[:20])


def _leaves(box, width, height):
    left, bottom, right, top = box
    return left < 40 or right > width - 38 or bottom < 18 or top > height - 18


def _overlap(a, b):
    across, up = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return across > 1.5 and up > 0.45 * min(a[3] - a[1], b[3] - b[1])


TABLES = ("The 34 claims", "The 29 agreements in order", "The 30 points on which")


def test_no_page_is_turned_and_wide_tables_are_set_in_a_size_that_can_be_read(files):
    """The tables of claims, agreements and disagreements: no text under eight points.

    On the page after the one on which a table begins, which it shares with no drawing.
    """
    opened = pypdfium2.PdfDocument(files["pdf"]["report"])
    assert not [page for page in opened if page.get_width() > page.get_height()]
    texts = [page.get_textpage() for page in opened]
    whole = [words.get_text_bounded().replace("\r\n", " ") for words in texts]
    for title in TABLES:
        words = texts[max(n for n, text in enumerate(whole) if title in text) + 1]
        sizes = {
            round(raw.FPDFText_GetFontSize(words, n), 1)
            for n in range(words.count_chars())
            if words.get_text_range(n, 1).strip()
        }
        assert min(sizes) >= 8


# ---- in the browser


@pytest.fixture(scope="module")
def axe():
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe):
    """Return what axe finds on a page as it stands, a rule a line."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return "\n".join(
        f"{v['id']}: {v['help']}: {len(v['nodes'])} times, first {v['nodes'][0]['target']}"
        for v in found
    )


THIN = """() => {
  const key = element => {
    const style = getComputedStyle(element);
    const attributes = ["class", "role", "style", "tabindex", "lang"].map(name =>
      element.getAttribute(name));
    return [element.tagName, ...attributes, style.color, style.backgroundColor, style.fill,
      style.fontSize, style.fontWeight, style.display, style.visibility, style.opacity].join();
  };
  const kinds = new Map();
  for (const element of [...document.body.querySelectorAll("*")].reverse()) {
    const own = key(element), found = new Set([own]);
    for (const child of element.children)
      for (const kind of kinds.get(child)) found.add(`${own}>${kind}`);
    kinds.set(element, found);
  }
  for (const parent of [document.body, ...document.body.querySelectorAll("*")]) {
    const seen = new Set();
    for (const child of parent.isConnected ? [...parent.children] : []) {
      const found = [...kinds.get(child)];
      if (found.every(kind => seen.has(kind))) child.remove();
      else found.forEach(kind => seen.add(kind));
    }
  }
}"""
"""Takes elements out that are, with all within them, of kinds that stand beside them already.

A kind is an element's name, role, classes, colours and font, below its parents'.
"""


@pytest.mark.parametrize("name", ["report", "first", "brief", "index", "redline"])
def test_axe_finds_no_violation(files, blank, axe, name):
    """Every element of the page once; one of each kind at either width in either scheme."""
    page = blank(viewport={"width": 320, "height": 900}, bypass_csp=True)
    page.goto(files["html"][name].as_uri())
    assert not (found := violations(page, axe)), found
    page.evaluate(THIN)
    for width, scheme in ((320, "dark"), (1440, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert not (found := violations(page, axe)), (width, scheme, found)


def test_axe_finds_what_is_amiss_in_one_scheme_and_at_one_width(files, blank, axe):
    """In one cell alone, on a page from which others of its kind were taken out."""
    faint = "td.faint, td.faint * { color: #888; background: #777 }"
    page = blank(viewport={"width": 320, "height": 900}, bypass_csp=True)
    page.goto(files["html"]["brief"].as_uri())
    only = f"@media (prefers-color-scheme: dark) and (min-width: 1000px) {{ {faint} }}"
    page.add_style_tag(content=only)
    cells = page.locator("main tbody td:visible")
    cells.nth(cells.count() - 2).evaluate("cell => cell.classList.add('faint')")
    before = page.locator("*").count()
    page.evaluate(THIN)
    assert page.locator("*").count() < before / 2
    assert not violations(page, axe)
    page.set_viewport_size({"width": 1440, "height": 900})
    assert not violations(page, axe)
    page.emulate_media(color_scheme="dark")
    assert violations(page, axe).startswith("color-contrast: ")


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_violation_in_what_a_reader_opens(files, blank, axe, width):
    """The folds, what was found, an entity lit up, a table sorted, the menu."""
    page = blank(viewport={"width": width, "height": 900}, bypass_csp=True)
    page.goto(files["html"]["report"].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    page.locator("#table-allies .sort").first.click()
    if width == 390:
        page.locator("nav > button").click()
    page.fill("#search", "hague")
    page.select_option("#pick", "POL")
    if width == 390:
        page.evaluate(THIN)
    assert not (found := violations(page, axe)), found


def test_the_keyboard_alone_reaches_everything(files, blank):
    """Tab visits every link, region that scrolls, field and button, in the order of the page."""
    page = blank()
    page.goto(files["html"]["brief"].as_uri())
    for fold in page.locator("summary").all():
        fold.focus()
        page.keyboard.press("Enter")
    page.evaluate("(document.activeElement.blur(), scrollTo(0, 0))")
    reached = "a[href], [tabindex='0'], input, select, summary, button:not(.bar *)"
    wanted = page.evaluate(
        f'[...document.querySelectorAll("{reached}")].map((e, n) => (e.dataset.n = n, n))'
    )
    page.locator(".skip").focus()
    page.keyboard.press("Shift+Tab")
    seen = []
    for _ in wanted:
        page.keyboard.press("Tab")
        seen.append(int(page.evaluate("document.activeElement.dataset.n ?? -1")))
    assert seen == wanted


def test_the_evidence_shows_when_a_number_is_focused(files, blank):
    page = blank()
    page.goto(files["html"]["brief"].as_uri())
    link = page.locator("main p .fact > a").first
    tip = page.locator("main p .fact > .tip").first
    assert not tip.is_visible()
    link.focus()
    assert tip.is_visible() and tip.get_attribute("id") == link.get_attribute("aria-describedby")


def test_the_link_to_a_table_copies_itself(files, blank):
    page = blank(permissions=["clipboard-read", "clipboard-write"])
    page.goto(files["html"]["report"].as_uri())
    link = page.locator("#table-claims a.copy")
    assert link.inner_text() == "Copy link"
    link.click()
    page.wait_for_function(
        "document.querySelector('#table-claims [role=status]').textContent.includes('Copied')"
    )
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == files["html"]["report"].as_uri() + "#table-claims"
    )


def test_without_a_script_the_link_is_a_link(files, blank):
    page = blank(java_script_enabled=False)
    page.goto(files["html"]["report"].as_uri())
    assert page.locator("#table-claims a.copy").inner_text() == "Link to this table"


@pytest.mark.parametrize(("width", "beside"), [(1440, True), (600, False)])
def test_a_caveat_stands_beside_its_paragraph_where_there_is_room(files, blank, width, beside):
    page = blank(viewport={"width": width, "height": 900})
    page.goto(files["html"]["report"].as_uri())
    pairs = page.evaluate(
        "[...document.querySelectorAll('.beside')]"
        ".map(e => [e.firstElementChild, e.querySelector('.note')]"
        ".map(c => c.getBoundingClientRect()))"
        ".map(([p, n]) => [p.right, n.left, p.top, n.top, p.bottom])"
    )
    assert len(pairs) > 12
    for right, left, top, note, bottom in pairs:
        assert (left >= right and abs(note - top) < 12) if beside else note >= bottom


def test_on_a_phone_a_table_of_texts_is_cards(files, blank):
    """No sideways scroll within it, and each cell says of which column it is."""
    page = blank(viewport={"width": 360, "height": 800})
    page.goto(files["html"]["report"].as_uri())
    for id in ("table-claims", "table-agreements", "table-timeline", "table-disagreements"):
        assert page.evaluate(
            f"(e => e.scrollWidth <= e.clientWidth)(document.querySelector('#{id} .scroll'))"
        ), id
    heads = page.evaluate(
        "[...document.querySelectorAll('#table-claims thead th')].slice(1).map(e => e.textContent)"
    )
    labels = page.evaluate(
        "[...document.querySelectorAll('#table-claims tbody tr:first-child td')]"
        ".map(e => getComputedStyle(e, '::before').content)"
    )
    assert labels == [f'"{head}"' for head in heads]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_index_filters_by_name_without_marks(files, blank, width):
    page = blank(viewport={"width": width, "height": 800})
    page.goto(files["html"]["index"].as_uri())
    page.fill("#filter", "turk")
    assert (
        page.locator("tbody tr:visible").count() == 1
        and "Türkiye" in page.locator("tbody tr:visible").inner_text()
    )
    page.fill("#filter", "")
    assert page.locator("tbody tr:visible").count() == 32


# ---- colours

SIMULATED = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB."""

TOGETHER = [
    ("main", "other"),
    ("main", "article"),
    ("other", "article"),
    ("main", "main_pale"),
    ("river", "ink"),
    ("river", "muted"),
    ("main", "rule"),
    ("main", "muted"),
]
"""Colours that tell things apart within one figure."""
COLOURS = charts.colours_of(PROJECT)


def _linear(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def _lab(rgb):
    """CIE L*a*b* of linear sRGB, D65."""
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [
        sum(m * max(0, min(1, c)) for m, c in zip(row, rgb, strict=True)) / white
        for row, white in zip(matrix, (0.9505, 1, 1.089), strict=True)
    ]
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


@pytest.mark.parametrize("page", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("kind", SIMULATED)
@pytest.mark.parametrize("pair", TOGETHER, ids="-".join)
def test_colours_stay_apart_for_the_colour_blind(pair, kind, page):
    labs = []
    for name in pair:
        rgb = _linear(COLOURS[name][page])
        seen = [sum(m * c for m, c in zip(row, rgb, strict=True)) for row in SIMULATED[kind]]
        labs.append(_lab(seen))
    assert sum((a - b) ** 2 for a, b in zip(*labs, strict=True)) ** 0.5 >= 10


@pytest.mark.parametrize(
    "pair",
    [("main", "other"), ("main", "main_pale"), ("main", "rule"), ("river", "ink")],
    ids="-".join,
)
def test_neighbouring_areas_stay_apart_in_grey(pair):
    """On the light page, as it is printed."""
    grey = [_lab(_linear(COLOURS[name][0]))[0] for name in pair]
    assert abs(grey[0] - grey[1]) >= 10


@pytest.mark.slow
def test_the_figure_of_a_brief_is_not_cut(undrawn):
    """The longest names and the extremes, measured by the renderer."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    draw = registry_of(PROJECT).of("figure")["ally-shares"].function
    allies = entities(known_on(PROJECT))
    assert len(allies) == 32
    for ally in allies:
        report = Report("latest", "imperial", ally)
        with charts.style():
            drawing = draw(report.record, report.facts)
            charts.render(drawing, "ally-shares")
            figure = drawing.canvas
            renderer = FigureCanvasAgg(figure).get_renderer()
            figure.draw_without_rendering()
        labels = figure.axes[0].texts
        assert labels
        boxes = [label.get_window_extent(renderer) for label in labels]
        assert all(b.x1 <= figure.bbox.x1 and b.y1 <= figure.bbox.y1 for b in boxes), [
            label.get_text() for label in labels
        ]
        assert not any(
            a.overlaps(b) and min(a.y1, b.y1) - max(a.y0, b.y0) > 2
            for a, b in itertools.combinations(boxes, 2)
        )


def test_a_note_that_stands_beside_the_next_paragraphs_too_stands_beside_nothing_else(files, blank):
    """What follows is not pushed down by it, and no figure, table or other note is under it."""
    page = blank()
    page.goto(files["html"]["report"].as_uri())
    found = page.evaluate(
        """() => [...document.querySelectorAll('.over')].map(group => {
            const box = element => element.getBoundingClientRect();
            const last = [...group.querySelectorAll('.note')].at(-1);
            const rest = [...group.parentElement.children].filter(
                e => e.matches('figure, table, h3, .beside') && box(e).top > box(group).top);
            const end = box(group.firstElementChild).bottom;
            return {
                longer: box(last).bottom > end,
                pushed: box(group.nextElementSibling).top - end > 40,
                under: rest.some(e => box(e).top < box(last).bottom),
            };
        })"""
    )
    assert found and all(f == {"longer": True, "pushed": False, "under": False} for f in found)
