"""The page as a reader uses it, in Chromium: sorting, finding, picking out, tapping, going back.

Expected values are those of the data, read by themselves.
"""

import io
import re
import xml.etree.ElementTree as ET

import pypdfium2
import pytest
from conftest import WIDE
from PIL import Image

from dossier.show.charts import COLOURS

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def opened(blank, edition):
    """Return a function that opens the report, with a fragment and settings of the browser."""
    pages = []

    def fail(error):
        pytest.fail(str(error))

    def open_report(fragment="", **settings):
        page = blank(reduced_motion="reduce", **settings)
        pages.append(page)
        page.on("pageerror", fail)
        page.goto(edition.html.as_uri() + fragment)
        return page

    yield open_report
    for page in pages:
        page.remove_listener("pageerror", fail)


def _column(page, table: str, number: int) -> list[str]:
    return page.evaluate(
        f"[...document.querySelectorAll('#table-{table} tbody tr')]"
        f".map(row => row.cells[{number}].textContent)"
    )


def _head(page, table: str, label: str):
    return page.locator(f"#table-{table} thead th").filter(has_text=label)


# ---- tables


def test_a_click_sorts_by_the_number_and_a_third_one_restores_the_order(opened, edition):
    page, record = opened(), edition.report.record
    rows = record.nato_share_gdp[record.nato_share_gdp["year"] == 2026].dropna()
    rows = rows[rows["iso3"].isin(record.nato_members["iso3"])]
    newest = rows[rows["edition"] == rows["edition"].max()].sort_values("share_percent")
    printed, head = _column(page, "allies", 0), _head(page, "allies", "2026, same edition")
    assert head.get_attribute("aria-sort") == "none"
    head.get_by_role("button").click()
    shares = [cell for cell in _column(page, "allies", 5) if cell != "–"]
    assert shares == [f"{share:.2f}" for share in newest["share_percent"]]
    assert _column(page, "allies", 5)[-1] == "–"
    assert head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").click()
    assert _column(page, "allies", 5)[: len(shares)] == shares[::-1]
    assert _column(page, "allies", 5)[-1] == "–"
    assert head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").click()
    assert _column(page, "allies", 0) == printed
    assert head.get_attribute("aria-sort") == "none"


def test_the_keyboard_sorts_by_the_day_and_the_order_is_told(opened, edition):
    page, signed = opened(), edition.report.record.agreements
    days = signed[signed["counted"] == "yes"].sort_values("date_signed", ascending=False)
    head = _head(page, "agreements", "Signed")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    wanted = [f"{day.day} {day:%B %Y}" for day in days["date_signed"]]
    shown = [text.replace("\xa0", " ") for text in _column(page, "agreements", 1)]
    assert [text.partition("[")[0].strip() for text in shown] == wanted
    assert head.get_attribute("aria-sort") == "descending"
    assert _head(page, "agreements", "Party").get_attribute("aria-sort") == "none"
    assert page.get_by_role("status").filter(has_text="Signed, descending").count() == 1


def test_a_word_leaves_the_rows_that_have_it(opened):
    page = opened()
    page.locator("#table-agreements").get_by_label("Show rows with").fill("LATV")
    rows = page.locator("#table-agreements tbody tr:visible")
    assert rows.count() == 1 and rows.locator("th").inner_text() == "Latvia"
    page.locator("#table-agreements").get_by_label("Show rows with").fill("13 June 2024")
    assert rows.count() == 2  # Japan's and the American one; the space in it is one of no break


# ---- finding and picking


def test_the_box_finds_claims_facts_and_sources_and_leads_into_the_folds(opened, edition):
    page = opened()
    for word, kind, id in (
        ("three-star", "Claims", "table-claims"),
        ("agreements_signed", "Facts", "fact-agreements_signed"),
        (edition.document.sources[3].title, "Sources", f"source-{edition.document.sources[3].id}"),
    ):
        page.get_by_label("Find claims, facts, sources").fill(word)
        heads = page.locator("#found .kicker").all_inner_texts()
        assert any(head.lower().startswith(kind.lower()) for head in heads), (word, heads)
        link = page.locator("#found a").first
        if kind != "Claims":
            link = page.locator(f"#found a[href='#{id}']")
            aim = page.locator(f"[id='{id}']")
            assert not aim.is_visible()
            link.click()
            assert aim.is_visible()
            page.evaluate("document.querySelectorAll('details').forEach(e => e.open = false)")
    page.get_by_label("Find claims, facts, sources").fill("no such thing anywhere")
    assert page.locator("#found").inner_text() == "Nothing found."


def test_the_picker_lights_one_entity_up_in_figures_and_tables(opened):
    page = opened()
    page.get_by_label("Highlight in figures and tables").select_option("Poland")
    row = page.locator("#table-allies tr[data-of=POL]")
    mark = page.locator("#figure-spending-dots .whole use[data-of=POL]").last
    other = page.locator("#figure-spending-dots .whole use[data-of=NOR]").last
    colour = "e => getComputedStyle(e.cells[0]).backgroundColor"
    plain = page.locator("#table-allies tr[data-of=NOR]").evaluate(colour)
    assert row.evaluate(colour) != plain
    opacity = "e => getComputedStyle(e).opacity"
    assert mark.evaluate(opacity) == "1" and float(other.evaluate(opacity)) < 0.5
    page.get_by_role("button", name="Poland: next of").click()
    assert page.evaluate("scrollY") > 0
    page.get_by_role("button", name="Show all alike").click()
    assert row.evaluate(colour) == plain and other.evaluate(opacity) == "1"


def test_a_verdict_has_a_word_a_colour_and_a_shape(opened, edition):
    """The same in each table; the shapes differ without their colours, as in grey print."""
    page, verdicts = opened(), edition.made.report.facts
    shape = (
        "e => (s => [s.borderRadius, s.clipPath, s.backgroundColor === s.color])"
        "(getComputedStyle(e, '::before'))"
    )
    own = "e => (e.querySelector('.fact > a') ?? e).textContent"
    seen = {}
    for claim in edition.report.record.claims["claim_id"]:
        wanted = verdicts.text(f"verdict_{claim.lower()}")
        for cell in page.locator(f"tr[data-row='claims:{claim}'] .verdict").all():
            assert cell.evaluate(own).removesuffix("*") == wanted
            seen.setdefault(wanted, set()).add(str(cell.evaluate(shape)))
    assert set(seen) == {"confirmed", "imprecise", "cannot be verified"}
    assert all(len(shapes) == 1 for shapes in seen.values())
    assert len(set.union(*seen.values())) == 3
    assert page.locator("#table-claims .verdict").count() == len(edition.report.record.claims)


# ---- figures


def test_a_mark_says_its_value_when_pointed_at_and_by_the_keyboard(opened, edition):
    page, record = opened(), edition.report.record
    rows = record.nato_share_gdp[record.nato_share_gdp["iso3"] == "POL"]
    newest = rows[rows["edition"] == rows["edition"].max()].set_index("year")["share_percent"]
    said = f"Poland, 2026: {newest[2026]:.2f}"
    mark = page.locator("#figure-spending-dots .whole use[data-of=POL]").last
    mark.scroll_into_view_if_needed()
    place = mark.bounding_box()
    page.mouse.move(place["x"] + 2, place["y"] + 2)
    assert page.locator(".said").inner_text() == said
    assert page.locator("#table-allies tr[data-of=POL].told").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".said").is_hidden()
    page.locator("#figure-spending-dots .copy").focus()
    frame = page.locator("#figure-spending-dots .scroll")
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if frame.evaluate("e => e === document.activeElement"):
            break
    first = page.locator(".said").inner_text()
    page.keyboard.press("ArrowRight")
    assert first and page.locator(".said").inner_text() not in ("", first)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_figure_can_be_taken_along_as_svg_and_png(opened, scheme):
    """In the colours of the light page, with its font, whatever the reader's page looks like."""
    page = opened(color_scheme=scheme)
    figure = page.locator("#figure-spending-dots")
    taken = {}
    for kind in ("SVG", "PNG"):
        with page.expect_download() as download:
            figure.get_by_role("button", name=kind, exact=True).click()
        assert download.value.suggested_filename == f"spending-dots.{kind.lower()}"
        taken[kind] = download.value.path().read_bytes()
    svg = ET.fromstring(taken["SVG"])
    texts = [e.text for e in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert "Poland" in texts and COLOURS["main"].encode() in taken["SVG"]
    assert b"var(--" not in taken["SVG"] and b"font/woff2" in taken["SVG"]
    looks = set(re.findall(rb"\.(s\d+) {", taken["SVG"]))
    named = {name for e in svg.iter() for name in (e.get("class") or "").split()}
    assert named and {name.encode() for name in named} == looks
    picture = Image.open(io.BytesIO(taken["PNG"])).convert("RGB")
    assert picture.width > 1400 and picture.getpixel((2, 2)) == (255, 255, 255)
    main = tuple(int(COLOURS["main"][n : n + 2], 16) for n in (1, 3, 5))
    assert sum(pixel == main for pixel in picture.get_flattened_data()) > 1000


# ---- evidence, and the way back


def test_a_first_tap_shows_the_evidence_and_a_second_follows_it(opened):
    page = opened(viewport=PHONE, has_touch=True, is_mobile=True)
    fact = page.locator("main p .fact").first
    link, tip = fact.locator("> a"), fact.locator("> .tip")
    link.tap()
    assert tip.is_visible() and "#" not in page.url
    assert tip.locator("a[href^='#source-']").count() > 0
    page.locator("h1").tap()
    assert not tip.is_visible()
    link.tap()
    page.keyboard.press("Escape")
    assert not tip.is_visible() and "#" not in page.url
    link.tap()
    link.tap()
    aim = link.get_attribute("href")
    assert page.url.endswith(aim) and page.locator(f"[id='{aim[1:]}']").is_visible()
    assert not tip.is_visible()


def test_a_link_in_the_evidence_leads_to_its_source(opened):
    page = opened(viewport=PHONE, has_touch=True, is_mobile=True)
    fact = page.locator("main p .fact").first
    fact.locator("> a").tap()
    link = fact.locator(".tip a[href^='#source-']").first
    aim = link.get_attribute("href")
    link.tap()
    assert page.url.endswith(aim) and page.locator(f"[id='{aim[1:]}']").is_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_the_way_back_leads_to_where_one_was(opened, size):
    page = opened(viewport=size)
    links = "section:nth-of-type(4) p :is(a.ref, a[href^='#source-'])"
    link = page.locator(links).first
    link.scroll_into_view_if_needed()
    before = link.bounding_box()["y"]
    link.click()
    assert abs(link.bounding_box()["y"] - before) > 200
    button = page.get_by_role("button", name="Back to where you were")
    button.click()
    assert 0 < link.bounding_box()["y"] < size["height"]
    assert link.evaluate("e => e === document.activeElement") and button.is_hidden()


# ---- folds, contents, and the page without its script


@pytest.mark.parametrize("scripted", [True, False])
def test_a_link_into_a_fold_opens_it(opened, edition, scripted):
    source = edition.document.sources[5].id
    page = opened(f"#source-{source}", java_script_enabled=scripted)
    assert page.locator(f"#source-{source}").is_visible()
    assert not page.locator(".ledger").is_visible()


def test_what_is_folded_is_printed(opened, edition, tmp_path):
    page = opened()
    printed = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = " ".join("".join(p.get_textpage().get_text_bounded().split()) for p in printed)
    for entry in (edition.document.ledger[-1].label, edition.document.sources[-1].title):
        assert "".join(entry.split()) in text
    assert "Backtowhereyouwere" not in text and "Showrowswith" not in text


@pytest.mark.parametrize("scripted", [True, False])
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_the_contents_are_at_hand_at_every_width(opened, size, scripted):
    page = opened(viewport=size, java_script_enabled=scripted)
    page.mouse.wheel(0, 5000)
    link = page.locator("nav").get_by_role("link", name="Sources")
    if size is PHONE:
        assert not link.is_visible()
        page.locator("nav").get_by_role("button", name="Contents").click()
    assert link.is_visible()
    link.click()
    assert page.url.endswith("#sources")


def test_without_its_script_the_page_is_whole_and_offers_nothing_that_needs_one(opened, edition):
    page = opened(java_script_enabled=False)
    assert page.locator("#search").is_hidden() and page.locator("#pick").is_hidden()
    assert page.locator("main button").count() == 0
    rows = sum(len(table.rows) for table in edition.document.tables())
    assert page.locator("figure.table tbody tr:visible").count() == rows
    fact = page.locator("main p .fact").first
    fact.hover()
    assert fact.locator(".tip").is_visible()
    page.locator("summary").first.click()
    assert page.locator(".ledger").is_visible()


def test_on_a_phone_a_long_table_is_folded_until_asked_or_led_into(opened):
    page = opened(viewport=PHONE)
    rows = page.locator("#table-claims tbody tr")
    shown = "rows => rows.filter(row => row.getClientRects().length).length"
    assert rows.count() == 34 and rows.evaluate_all(shown) == 5
    assert not page.locator("#table-claims .sort").first.is_visible()
    page.locator("#table-claims").get_by_role("button", name="Show all 34 rows").click()
    assert rows.evaluate_all(shown) == 34
    assert page.locator("#table-claims .more").count() == 0
    ally = page.locator("#table-allies tbody tr").last
    assert not ally.is_visible()
    page.get_by_role("button", name="Contents").click()
    page.get_by_label("Highlight in figures and tables").select_option("United States")
    page.keyboard.press("Escape")
    places = page.locator("#table-allies tr.lit")
    for _ in range(20):
        page.locator(".bar button", has_text="next of").click()
        if places.first.is_visible():
            break
    assert ally.is_visible()
    wide = opened().locator("#table-claims")
    assert wide.locator("tbody tr").last.is_visible() and not wide.locator(".more").is_visible()
