"""What changed between finished files: the redline, its reasons, and files that don't compare."""

import copy
import dataclasses
import json
import re
import shutil
import urllib.parse

import pytest
from conftest import PROJECT
from lxml import html as lxml_html

from dossier.build.comparison import compare, difference, write_redline
from dossier.export.reading import FileError
from dossier.export.redline import changed_sentences, marked

TITLES = ("Verdicts that moved", "Facts with other values", "Sentences that changed")


@pytest.fixture(scope="module")
def written(edition, first_edition, tmp_path_factory):
    """The page from the edition of the article's day to the newest, and what it was made of."""
    page = tmp_path_factory.mktemp("redline") / "page.html"
    found = write_redline(first_edition.html, edition.html, page, PROJECT, own=True)
    return page, lxml_html.document_fromstring(page.read_text(encoding="utf-8")), found


def _shown(element):
    """Return a text as it is seen: without what is only heard."""
    twin = copy.deepcopy(element)
    for heard in twin.xpath(".//span[@class='aside']"):
        heard.drop_tree()
    return " ".join(twin.text_content().split())


def _changes(tree, section):
    return tree.xpath(f"//section[@aria-labelledby='{section}']//li[@class='change']")


def test_verdicts_that_moved_stand_first_with_both_verdicts(written, edition, first_edition):
    tree = written[1]
    assert [h.text for h in tree.xpath("//h2")][:3] == list(TITLES)
    was, now = (
        json.loads(side.facts.read_text(encoding="utf-8"))["verdicts"]
        for side in (first_edition, edition)
    )
    moved = {
        f"change-{claim}": (was[claim], now[claim]) for claim in now if was[claim] != now[claim]
    }
    shown = {
        change.get("id"): tuple(
            _shown(side.xpath("./del | ./ins")[0]) for side in change.xpath(".//div[@class='side']")
        )
        for change in _changes(tree, "verdicts")
    }
    assert moved and shown == moved


def test_a_sentence_is_marked_where_its_words_changed(written, edition, first_edition):
    """The numbers of verdicts, which the summary tells, and the chapter on the claims."""
    counts = [
        list(json.loads(side.facts.read_text(encoding="utf-8"))["verdicts"].values()).count
        for side in (first_edition, edition)
    ]
    told = [
        change
        for change in _changes(written[1], "sentences")
        if re.search("are confirmed[^.]*(unverified|could not be verified)", _shown(change))
    ]
    assert len(told) == 2  # in the summary, and in the chapter on the claims
    for change in told:
        gone, come = ([_shown(e) for e in change.xpath(f".//{mark}")] for mark in ("del", "ins"))
        assert gone[0] == str(counts[0]("confirmed")) and come[0] == str(counts[1]("confirmed"))
        assert (gone[-1], come[-1]) == ("5", "4")
    assert [counts[0]("imprecise"), counts[1]("imprecise")] == [5, 4]


def test_a_change_is_heard_as_well_as_seen(written):
    for mark, word in (("del", "removed"), ("ins", "added")):
        marks = written[1].xpath(f"//{mark}")
        assert len(marks) > 20
        for element in marks:
            assert element.text_content().startswith(f"[{word}: ")


def test_every_link_leads_to_a_place_in_one_of_the_reports(written, edition, first_edition):
    page, tree, _ = written
    ids = {
        side.html: set(lxml_html.parse(side.html).xpath("//@id"))
        for side in (edition, first_edition)
    }
    own = set(tree.xpath("//@id"))
    followed = set()
    for address in tree.xpath("//a/@href"):
        path, _, fragment = address.partition("#")
        if path:
            file = (page.parent / urllib.parse.unquote(path)).resolve()
            assert not fragment or fragment in ids[file], address
            followed.add((file, bool(fragment)))
        else:
            assert fragment in own, address
    assert {(side.html, True) for side in (edition, first_edition)} <= followed
    for section in ("verdicts", "facts", "sentences"):
        for change in _changes(tree, section):
            assert change.xpath(".//div[@class='side']//a/@href"), _shown(change)


REASONS = {
    # the row A29 of agreements.csv, and the day and the title of its source al_text
    "last_agreement_party": "from 21 January 2025: Agreement on Long-Term Cooperation and Support "
    "between Ukraine and the Republic of Albania (text) (row agreements:A29)",
    # A12 was signed before the article; its term and its legal force are read in AGR_TEXTS, known
    # since that day
    "ten_year_agreements": "from 23 September 2025: AgreementMindBot_Project, documents/ at "
    "5c0caba: full texts of 28 agreements (more on row agreements:A12: term_years, "
    "legal_form, legal_form_kind)",
}


@pytest.mark.parametrize("fact", REASONS)
def test_a_fact_names_the_source_that_changed_it_and_from_which_day(written, fact):
    (change,) = written[1].xpath(f"//li[@id='change-{fact}']")
    assert any(_shown(why).startswith(REASONS[fact]) for why in change.xpath("./ul/li"))


def test_what_tells_of_the_dossier_itself_is_folded(written):
    folded = {c.id for c in written[2].internal}
    assert {"sources_total", "as_of_day", "verdicts_confirmed", "events_since"} <= folded
    assert not folded & {c.id for c in (*written[2].facts, *written[2].added)}
    assert written[1].xpath("//details//li[@id='change-sources_total']")
    assert not written[1].xpath("//details//li[@id='change-agreements_signed']")


def test_charts_that_changed_stand_side_by_side_under_ids_of_their_own(written):
    tree = written[1]
    pairs = tree.xpath("//div[@class='sides charts']")
    assert len(pairs) == len(written[2].charts) > 5
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for address in tree.xpath("//svg//@*[contains(., '#')]"):
        assert address.partition("#")[2].rstrip(")") in ids


def test_the_page_holds_no_script_and_fetches_nothing(written):
    page, tree, _ = written
    text = page.read_text(encoding="utf-8")
    assert not tree.xpath("//script | //link | //img | //iframe | //object")
    assert "default-src 'none'" in text and "script-src" not in text
    assert text.count("url(") == text.count("url(data:font/woff2") + text.count("url(#")


def test_equal_files_have_an_empty_redline(edition, tmp_path):
    found = compare(edition.html, edition.html, tmp_path, PROJECT, own=True)
    assert not (found.verdicts or found.facts or found.added or found.internal)
    assert not (found.chapters or found.charts)


def test_facts_alone_are_compared_without_their_pages(edition, first_edition, tmp_path):
    old, new = (shutil.copy(side.facts, tmp_path) for side in (first_edition, edition))
    page = tmp_path / "page.html"
    found = write_redline(
        tmp_path / first_edition.facts.name, tmp_path / edition.facts.name, page, None
    )
    assert old != new and found.verdicts and found.facts and not found.pages
    assert "compared where both files are pages" in page.read_text(encoding="utf-8")


def test_a_pdf_is_compared_by_the_page_beside_it(edition, first_edition, tmp_path):
    found = compare(first_edition.pdf, edition.pdf, tmp_path, None, own=True)
    assert found.pages and found.chapters and found.sides[0].href.endswith(".html")


def test_two_pdfs_alone_are_compared_by_what_their_tags_tell(edition, first_edition, tmp_path):
    """Two PDFs say of sentences what their pages do, but for what pages hold in other elements."""
    old, new = tmp_path / "old.pdf", tmp_path / "new.pdf"
    for side, file in ((first_edition, old), (edition, new)):
        shutil.copy(side.pdf, file)
    found = compare(old, new, tmp_path, None)
    paged = compare(first_edition.html, edition.html, tmp_path, None, own=True)
    assert found.verdicts == [
        dataclasses.replace(change, at=("old.pdf", "new.pdf"), reasons=twin.reasons)
        for change, twin in zip(paged.verdicts, found.verdicts, strict=True)
    ]
    told, wanted = (
        {(_plain(c.words[0]), _plain(c.words[1])) for part in side.chapters for c in part.changes}
        for side in (found, paged)
    )
    assert len(wanted) > 50 and len(wanted - told) < len(wanted) / 10
    assert {chapter.title for chapter in paged.chapters} <= {c.title for c in found.chapters}
    assert found.pages and not found.drawn
    page = tmp_path / "page.html"
    write_redline(old, new, page, None)
    tree = lxml_html.document_fromstring(page.read_text(encoding="utf-8"))
    assert tree.xpath("//h2[@id='sentences']") and not tree.xpath("//h2[@id='charts']")
    rows = difference(old, new)
    assert {(r["before"], r["after"]) for r in rows if r["what"] == "sentence"} == told


def _plain(words):
    return "".join(word.text for word in words)


def test_a_page_and_a_pdf_are_refused_with_what_to_hand_in(edition, first_edition, tmp_path):
    old, new = tmp_path / "old.html", tmp_path / "new.pdf"
    shutil.copy(first_edition.html, old)
    shutil.copy(edition.pdf, new)
    said = "hand in new.html, or old.pdf in place of old.html"
    for compared in (difference, lambda old, new: compare(old, new, tmp_path, None)):
        with pytest.raises(FileError, match=said):
            compared(old, new)
    shutil.copy(first_edition.pdf, tmp_path / "old.pdf")
    found = compare(old, new, tmp_path, None)
    assert found.pages and [side.href for side in found.sides] == ["old.pdf", "new.pdf"]


def test_two_articles_are_not_compared(edition, seagrass, tmp_path):
    other = seagrass / "reports" / "seagrass.html"
    with pytest.raises(
        FileError, match=r"reports on two articles, “NATO and Ukraine: [^”]*” and “"
    ):
        write_redline(edition.html, other, tmp_path / "page.html", PROJECT)
    assert not (tmp_path / "page.html").exists()


SPOILT = {
    "facts": lambda f: f.pop("facts"),
    "id": lambda f: f["facts"][0].pop("id"),
    "parameters": lambda f: f.update(parameters=[]),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_strangers_file_is_refused_in_a_line(edition, tmp_path, spoil):
    claims = json.loads(edition.facts.read_text(encoding="utf-8"))
    spoil(claims)
    file = tmp_path / "stranger.facts.json"
    file.write_text(json.dumps(claims), encoding="utf-8")
    for compared in (difference, lambda old, new: compare(old, new, tmp_path, PROJECT)):
        with pytest.raises(FileError, match=r"can't be read \((Key|Type|Attribute)Error"):
            compared(edition.facts, file)


def test_a_file_that_is_compared_is_not_written_over(edition, first_edition):
    before = edition.html.read_bytes()
    for file in (edition.html, edition.facts):
        with pytest.raises(FileError, match="one of the files that are compared"):
            write_redline(first_edition.html, file, edition.html, PROJECT)
    assert edition.html.read_bytes() == before
    with pytest.raises(FileError, match="there is no folder"):
        write_redline(first_edition.html, edition.html, edition.html / "x" / "page.html", PROJECT)


@pytest.mark.parametrize(
    ("was", "now", "pairs"),
    [
        (["a b c."], ["a b d."], [("a b c.", "a b d.")]),
        (["a b c."], ["x y z."], [(None, "x y z."), ("a b c.", None)]),
        (["a b c.", "d e f."], ["d e g."], [("a b c.", None), ("d e f.", "d e g.")]),
        (["a b c."], [], [("a b c.", None)]),
    ],
)
def test_a_sentence_is_paired_with_its_new_wording(was, now, pairs):
    sides = [[(text, "") for text in side] for side in (was, now)]
    found = [tuple(s and s[0] for s in pair) for pair in changed_sentences(*sides)]
    assert found == pairs


def test_the_words_of_both_sides_are_kept():
    was, now = "18 allies, of 32, had signed.", "21 allies had signed by then."
    before, after = marked(was, now)
    assert "".join(w.text for w in before) == was and "".join(w.text for w in after) == now


HOSTILE = {
    "script": ("</defs>", "</defs><script>alert(1)</script>"),
    "handler": ("<path ", '<path onload="alert(1)" '),
    "foreign": ("</defs>", "</defs><foreignObject><iframe src='x'></iframe></foreignObject>"),
    "fetched": ("<path ", '<path style="fill: url(https://example.org/x)" '),
    "image": ("</defs>", "</defs><image xlink:href='https://example.org/x.png'/>"),
    "link": ("<use ", '<use xlink:href="https://example.org/x" '),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_of_a_strangers_drawing_nothing_runs_or_fetches(edition, first_edition, tmp_path, name):
    old, new = HOSTILE[name]
    text = edition.html.read_text(encoding="utf-8")
    start = text.index("<svg ")
    assert old in text[start:]
    file = tmp_path / "stranger.html"
    file.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")
    page = tmp_path / "page.html"
    write_redline(first_edition.html, file, page, None, own=True)
    tree = lxml_html.document_fromstring(page.read_text(encoding="utf-8"))
    assert not tree.xpath("//script | //iframe | //image | //foreignobject | //@onload")
    assert "example.org/x" not in "".join(tree.xpath("//svg//@*"))
