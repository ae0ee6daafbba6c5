"""Claims added by their exact words; anchors moved after the article was corrected, and the log."""

import csv
import datetime
import random
import re
import shutil

import pytest
from conftest import OTHER, forked

from dossier import project as projects
from dossier.curation import anchors, cells, claims
from dossier.curation.status import missing
from dossier.data.checks import check_data
from dossier.data.known import article_of
from dossier.data.schema import DataError
from dossier.data.tables import load

DAY = datetime.date(2025, 4, 1)


@pytest.fixture
def meadow(tmp_path):
    """A copy of the small dossier."""
    return shutil.copytree(OTHER, tmp_path / "meadow")


def rows(root, table):
    with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row_of(root, table, id):
    return next(row for row in rows(root, table) if id in row.values())


def dossier(root, *words):
    return forked(root, *words)


def correct(root, *changes):
    """Correct the article; each words must stand there once."""
    file = root / "data" / "article.txt"
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return projects.find(root)


# ---- a claim of exact words


def test_a_claim_is_added_in_its_place_and_nothing_else_changes(meadow):
    file = meadow / "data" / "claims.csv"
    old = file.read_bytes().splitlines(keepends=True)
    words = "measured the water at nine places"
    done = dossier(meadow, "claim", words, "--speaker", "the college")
    assert done.returncode == 0 and "C12" in done.stdout, done.stderr
    new = file.read_bytes().splitlines(keepends=True)
    assert new[:5] + new[6:] == old and new[5].startswith(b"C12,")
    row = row_of(meadow, "claims", "C12")
    text = article_of(projects.find(meadow)).text
    assert row["speaker"] == "the college" and row["value"] == row["unit"] == ""
    assert text[int(row["start"]) : int(row["end"])] == row["exact"]
    assert row["exact"] == words
    check_data(projects.find(meadow))


@pytest.mark.parametrize(
    ("words", "given", "occurrence", "said"),
    [
        ("We count in days", {}, 0, "does not hold “We count in days”; nearest: ““We count in"),
        ("seagrass", {}, 0, "holds “seagrass” 2 times"),
        ("seagrass", {}, 3, "correct --occurrence"),
        ("about 300 metres", {}, 0, "C08 has these very words"),
        ("council", {"kind": "guess"}, 1, "kind is 'guess': it is one of figure, date"),
        ("council", {"value": "8", "unit": "places"}, 1, "the exact words 'council' do not state"),
        ("council", {"fact_id": "The council"}, 1, "fact_id is 'The council': it is not written"),
        (" ", {}, 0, "does not hold"),
    ],
)
def test_a_claim_that_can_not_stand_is_refused(meadow, words, given, occurrence, said):
    before = (meadow / "data" / "claims.csv").read_bytes()
    with pytest.raises(DataError) as caught:
        claims.add_claim(projects.find(meadow), words, given, occurrence)
    assert said in str(caught.value)
    assert (meadow / "data" / "claims.csv").read_bytes() == before


def test_the_occurrence_chooses_and_blanks_may_differ(meadow):
    row = claims.add_claim(projects.find(meadow), "bays  with\nseagrass", {})
    assert row["exact"] == "bays with seagrass"
    text = article_of(projects.find(meadow)).text
    second = claims.add_claim(projects.find(meadow), "seagrass", {}, 2)
    assert int(second["start"]) == text.index("seagrass", text.index("seagrass") + 1)
    assert second["fact_id"] == "seagrass"
    check_data(projects.find(meadow))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoted", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
def test_a_file_keeps_its_quotes_and_line_ends(tmp_path, end, quoted):
    file = tmp_path / "a.csv"
    with file.open("w", newline="") as stream:
        csv.writer(stream, quoting=quoted, lineterminator=end).writerows(
            [["id", "words"], ["1", 'say "so"'], ["2", "a\nb, c"]]
        )
    table = cells.read(file)
    assert table.text.encode() == file.read_bytes()
    table.append({"id": "3", "words": "new, too"}, after=2)
    table.set(2, "words", 'say "no"')
    table.set(4, "words", "a\nb, c")
    table.set(4, "id", "4")
    cells.write(file, table.text)
    with file.open(newline="") as stream:
        found = list(csv.reader(stream))
    assert found[1:] == [["1", 'say "no"'], ["3", "new, too"], ["4", "a\nb, c"]]
    raw = file.read_bytes()
    assert raw.count(end.encode()) == 4 + (end == "\n")
    for number in (b'"3"', b'"4"'):
        assert (number in raw) == (quoted == csv.QUOTE_ALL)


# ---- anchors moved


def test_where_nothing_was_corrected_nothing_moves(meadow):
    before = {f.name: f.read_bytes() for f in (meadow / "data").iterdir()}
    done = dossier(meadow, "reanchor")
    assert (done.returncode, done.stdout) == (0, "Every anchor holds: nothing to move.\n")
    assert {f.name: f.read_bytes() for f in (meadow / "data").iterdir()} == before


def test_anchors_follow_their_words_and_other_words_are_logged(meadow):
    project = correct(
        meadow,
        ("said on Tuesday", "told reporters on Tuesday"),
        ("at least £1.5 million", "at least £1.8 million"),
        ("8,200 people", "8,300 people"),
        ("2027 if", "2027, if"),
        ("nine places", "some nine places"),
    )
    done = anchors.reanchor(project, DAY)
    assert not done.left
    text = (meadow / "data" / "article.txt").read_text(encoding="utf-8")
    for table, count in (("claims", 11), ("exclusions", 15)):
        found = rows(meadow, table)
        assert len(found) == count
        for row in found:
            assert text[int(row["start"]) : int(row["end"])] == row["exact"]
            assert text[: int(row["start"])].endswith(row["prefix"].replace("\\n", "\n"))
            assert text[int(row["end"]) :].startswith(row["suffix"].replace("\\n", "\n"))
    assert row_of(meadow, "claims", "C04")["exact"] == "at least £1.8 million"
    assert row_of(meadow, "claims", "C01") == next(
        row for row in csv.DictReader((OTHER / "data" / "claims.csv").open(encoding="utf-8"))
    )
    assert [tuple(row.values()) for row in rows(meadow, "corrections")] == [
        ("K01", "2025-04-01", "at least £1.5 million", "at least £1.8 million", "C04"),
        ("K02", "2025-04-01", "8,200 people", "8,300 people", "C09"),
        ("K03", "2025-04-01", "said", "told reporters", "C02"),
        ("K04", "2025-04-01", "at nine", "at some nine", "C05"),
        ("K05", "2025-04-01", "2027 if", "2027, if", ""),
    ]
    with pytest.raises(DataError) as caught:  # the values are the analyst's to correct
        check_data(project)
    assert [p.partition(":")[0] for p in caught.value.problems] == [
        "data/claims.csv, row 5, column value is '1.5'",
        "data/claims.csv, row 10, column value is '8200'",
    ]


def test_what_can_not_be_placed_is_left_open_and_said(meadow):
    correct(
        meadow,
        (", of whom more than 400 have signed up to help", ""),
        ("12.5 hectares", "13 hectares"),
    )
    before = row_of(meadow, "claims", "C10")
    done = dossier(meadow, "reanchor", "--day", "2025-04-01")
    assert done.returncode == 1
    assert "C01  “12.5 hectares” → “13 hectares”  83 → 83\n" in done.stdout
    assert "C10  “more than 400 have signed up to help”  left open: " in done.stdout
    assert "Left open: 1." in done.stdout and "data/claims.csv" in done.stdout
    assert row_of(meadow, "claims", "C10") == before
    again = dossier(meadow, "reanchor", "--day", "2025-04-02")
    assert again.returncode == 1 and "Moved: 0" in again.stdout
    assert {row["day"] for row in rows(meadow, "corrections")} == {"2025-04-01"}


def test_a_word_that_stands_elsewhere_by_chance_is_not_taken_for_it(meadow):
    """The last sentence was rewritten: its words were not, and "first" is another."""
    old = "A second meadow, twice the size, is to follow in 2027 if the first one takes."
    correct(meadow, (old, "Of all that came to nothing, sand comes first and last."))
    done = anchors.reanchor(projects.find(meadow), DAY)
    assert [m.id for m in done.moved] == ["C10"]
    assert [m.id for m in done.left] == ["X11", "X12", "X13", "X14", "X15"]


def test_a_paragraph_that_was_moved_takes_its_anchors_along(meadow):
    file = meadow / "data" / "article.txt"
    first, second, third, *rest = file.read_text(encoding="utf-8").split("\n\n")
    file.write_text("\n\n".join([first, third, second, *rest]), encoding="utf-8")
    done = anchors.reanchor(projects.find(meadow), DAY)
    assert not done.left
    text = file.read_text(encoding="utf-8")
    for row in rows(meadow, "claims"):
        assert text[int(row["start"]) : int(row["end"])] == row["exact"]
    check_data(projects.find(meadow))


def test_words_that_stand_in_the_text_already_are_not_mistaken(project):
    """A hundred articles with ten words each put in, taken out or exchanged beside the anchors.

    Where an anchor belongs is reckoned from the edits. None may come to stand elsewhere.
    """
    text, own = article_of(project).text, load(project).frames
    held = [r for t in ("claims", "exclusions") for r in own[t].astype(str).to_dict("records")]
    taken = [(int(r["start"]), int(r["end"])) for r in held]
    free = [
        m.span()
        for m in re.finditer(r"\w+", text)
        if not any(s <= m.end() and m.start() <= e for s, e in taken)
    ]
    words = [text[s:e] for s, e in free]
    placed = 0
    for seed in range(100):
        rng = random.Random(seed)
        edits = sorted(
            (
                *span,
                rng.choice(["", rng.choice(words), f"{rng.choice(words)} {text[slice(*span)]}"]),
            )
            for span in rng.sample(free, 10)
        )
        new, shift, shifts = text, 0, []
        for start, end, word in edits:
            new = new[: start + shift] + word + new[end + shift :]
            shift += len(word) - (end - start)
            shifts.append((end, shift))
        found = anchors.align(anchors.known_text(held), new)
        for row in held:
            at = (
                int(row["start"]) + ([0] + [s for end, s in shifts if end <= int(row["start"])])[-1]
            )
            span = anchors.place(row, found)
            if not isinstance(span, str):
                placed += 1
                assert span == (at, at + len(row["exact"])), (seed, row["exact"], span, at)
    assert placed > 0.97 * 100 * len(held)


# ---- every change since the first draft


@pytest.fixture
def kept(meadow):
    """A copy of the small dossier that keeps the article as its anchors are placed in it."""
    shutil.copy(meadow / "data" / "article.txt", meadow / "data" / anchors.KEPT)
    return meadow


def test_every_change_is_logged_wherever_it_stands(kept):
    """From the first word to the last, beside an anchor and far from any."""
    project = correct(
        kept,
        ("Harbour Town Plants", "Port Town Plants"),
        ("who leads the survey", "who began and leads the survey"),
        ("8,200 people", "8,300 people"),
        ("Fishermen had asked", "Anglers had asked"),
        ("and will get it", "and get it"),
        ("first one takes.", "first one takes. So it was said."),
    )
    done = anchors.reanchor(project, DAY)
    assert done.whole and not done.left
    first = [
        ("8,200 people", "8,300 people", "C09"),
        ("Ana Reyes, who leads the survey", "Ana Reyes, who began and leads the survey", ""),
        ("Harbour", "Port", ""),
        ("Fishermen", "Anglers", ""),
        ("and will get", "and get", ""),
        ("takes.", "takes. So it was said.", ""),
    ]
    logged = [(r["old_words"], r["new_words"]) for r in rows(kept, "corrections")]
    assert logged == [pair[:2] for pair in first]
    assert row_of(kept, "corrections", "8,200 people")["claim_id"] == "C09"
    later = datetime.date(2025, 5, 1)
    correct(kept, ("Anglers had asked", "Fishers had asked"))
    anchors.reanchor(projects.find(kept), later)
    last = rows(kept, "corrections")[-1]
    assert (last["day"], last["old_words"], last["new_words"]) == (
        "2025-05-01",
        "Anglers",
        "Fishers",
    )
    assert len(rows(kept, "corrections")) == len(first) + 1


def test_the_same_words_corrected_in_two_places_are_two_corrections(kept):
    file = kept / "data" / "article.txt"
    text = file.read_text(encoding="utf-8")
    assert text.count("seagrass") == 2
    file.write_text(text.replace("seagrass", "eelgrass"), encoding="utf-8")
    anchors.reanchor(projects.find(kept), DAY)
    logged = [(r["old_words"], r["new_words"]) for r in rows(kept, "corrections")]
    assert logged == [("seagrass", "eelgrass")] * 2


def test_what_was_left_open_is_logged_once_and_found_by_its_own_words(kept):
    correct(kept, (", of whom more than 400 have signed up to help", ""))
    for day in (1, 2):
        done = anchors.reanchor(projects.find(kept), datetime.date(2025, 4, day))
        assert [move.id for move in done.left] == ["C10"]
    assert [row["day"] for row in rows(kept, "corrections")] == ["2025-04-01"]
    correct(kept, ("8,200 people", "8,200 people, of whom more than 400 have signed up to help"))
    assert not anchors.reanchor(projects.find(kept), DAY).left


@pytest.mark.slow
def test_the_check_says_that_the_article_was_changed(kept):
    assert "reanchor" not in dossier(kept, "check").stdout
    correct(kept, ("Fishermen had asked", "Anglers had asked"))
    assert "data/article.txt: it was changed; python -m dossier reanchor" in "".join(
        missing(projects.find(kept), load(projects.find(kept)))
    )
    assert dossier(kept, "reanchor").returncode == 0
    assert "reanchor" not in dossier(kept, "check").stdout


def test_a_dossier_that_kept_no_text_is_told_so_once(meadow):
    correct(meadow, ("8,200 people", "8,300 people"))
    assert "is not known, as the text was not kept" in dossier(meadow, "reanchor").stdout
    correct(meadow, ("8,300 people", "8,400 people"))
    assert "was not kept" not in dossier(meadow, "reanchor").stdout


# ---- the log in the report


@pytest.mark.build
def test_the_report_prints_the_log_where_there_is_one(meadow):
    correct(meadow, ("said on Tuesday", "told reporters on Tuesday"))
    assert dossier(meadow, "reanchor", "--day", "2025-04-01").returncode == 0
    done = dossier(meadow, "report")
    assert done.returncode == 0, done.stderr
    page = (meadow / "reports" / "seagrass.html").read_text(encoding="utf-8")
    assert "“told reporters”" in page and "1 April 2025" in page
    assert load(projects.find(meadow)).newest == DAY
    early = dossier(meadow, "report", "as_of=2025-03-31")
    assert early.returncode == 0, early.stderr
    (file,) = (meadow / "reports").glob("*as-of*.html")
    assert "told reporters”" not in file.read_text(encoding="utf-8")
