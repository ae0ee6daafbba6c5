"""A new dossier from an article: what is drafted, what the project holds, what is refused.

The five articles were written for this test. One is built by make, from the wheel alone, as on a
machine that has never seen the checkout; the others' tables are checked in process.
"""

import csv
import datetime
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import PROJECT

from dossier import project as projects
from dossier.__main__ import main
from dossier.curation import page as pages
from dossier.curation.draft import draft
from dossier.curation.new import MARKS, TEMPLATES, Given, create
from dossier.curation.page import ArticleError, clean, read_page
from dossier.curation.wheel import wheel
from dossier.data.known import known_on
from dossier.gates.coverage import uncovered

ARTICLES = Path(__file__).parent / "articles"
DAYS = {
    "sport": "2025-05-18",
    "courts": "2025-06-03",
    "budget": "2025-06-12",
    "science": "2025-04-09",
    "accident": "2025-02-21",
}
READ = {
    # by hand: exact words, value, unit, qualifier
    "sport": [
        ("6,412 people", "6412", "people", "exact"),
        ("about £35,000", "35000", "GBP", "about"),
        ("3-2", "3-2", "score", "exact"),
        ("Saturday", "2025-05-17", "date", "exact"),
        ("more than a decade", "10", "years", "over"),
    ],
    "courts": [
        ("£4.7 million", "4.7", "million GBP", "exact"),
        ("between March 2022 and January 2023", "2022-03/2023-01", "period", "exact"),
        ("as much as £612", "612", "GBP", "at_most"),
        ("18 months ago", "2023-12", "month", "exact"),
        ("a third", "0.3333", "ratio", "exact"),
    ],
    "budget": [
        ("$412.6 million", "412.6", "million USD", "exact"),
        ("almost 15 cents", "0.15", "USD", "about"),
        ("less than $4 million", "4", "million USD", "under"),
        ("Some 3,400 people", "3400", "people", "about"),
    ],
    "science": [
        ("between 0.4 and 2.1 mm", "0.4/2.1", "mm", "exact"),
        ("3.4°C", "3.4", "°C difference", "exact"),
        ("less than three decades", "30", "years", "under"),
        ("€2.3 million", "2.3", "million EUR", "exact"),
    ],
    "accident": [
        ("8.42am", "08:42", "time", "exact"),
        ("up to six weeks", "6", "weeks", "at_most"),
        ("July 2019", "2019-07", "month", "exact"),
        ("Monday", "2025-02-24", "date", "exact"),
        ("187 passengers", "187", "passengers", "exact"),
    ],
}


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    text = (folder / "data" / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """The dossier of each article: made, and so checked as dossier check does."""
    folder = tmp_path_factory.mktemp("new")
    made = {n: create(folder / n, str(ARTICLES / f"{n}.txt"), Given()) for n in DAYS}
    return folder, made


@pytest.mark.parametrize("name", DAYS)
@pytest.mark.slow
def test_every_expression_is_covered_and_read_as_by_hand(drafted, name):
    folder, made = drafted
    assert f"{made[name].day}" == DAYS[name]
    found = {
        (r["exact"], r["value"], r["unit"], r["qualifier"]) for r in rows(folder / name, "claims")
    }
    assert set(READ[name]) <= found
    assert uncovered(known_on(projects.find(folder / name))) == []


def test_checkable_figures_come_before_forecasts_and_a_guess_is_marked(drafted):
    claims = {r["exact"]: r for r in rows(drafted[0] / "budget", "claims")}
    assert claims["$18.9 million"]["priority"] == "1"
    assert claims["less than $4 million"]["priority"] == "3"
    assert claims["less than $4 million"]["kind"] == "forecast"
    ages = {r["exact"]: r["sure"] for r in rows(drafted[0] / "accident", "claims")}
    assert (ages["58"], ages["2.5 metres"]) == ("no", "yes")


def test_a_quotation_and_what_is_in_it_have_their_speaker(drafted):
    claims = {r["exact"]: r for r in rows(drafted[0] / "courts", "claims")}
    said = "They asked me whether I was sure I had only one house,"
    assert (claims[said]["type"], claims[said]["speaker"]) == ("quotation", "Gwen Tapley")
    assert (
        claims["one"]["speaker"] == "Gwen Tapley" and claims["26 times"]["speaker"] == "the article"
    )


def test_the_timeline_has_the_past_days_and_the_article(drafted):
    events = [
        (r["date"], r["precision"], r["event"]) for r in rows(drafted[0] / "accident", "timeline")
    ]
    assert events == [
        ("1998-01-01", "year", "The ferry, built in 1998 …"),
        ("2019-07-01", "month", "It had hit the same pier in July 2019 …"),
        ("2024-11-01", "month", "… passed an inspection in November"),
        ("2025-02-21", "day", "Ferry hits pier at Skerry Point, injuring 34"),
    ]


def test_the_lock_has_the_hash_of_the_engine_that_is_carried(drafted):
    folder = drafted[0] / "sport"
    (carried,) = (folder / "engine").iterdir()
    lock = (folder / "requirements.txt").read_text(encoding="utf-8")
    digest = hashlib.sha256(carried.read_bytes()).hexdigest()
    assert f"./engine/{carried.name} \\\n    --hash=sha256:{digest}\n" in lock
    assert os.access(folder / ".ci" / "run", os.X_OK) and (folder / ".gitignore").is_file()


def test_the_wheel_holds_the_package_and_says_the_same_twice():
    name, content = wheel()
    held = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    package = PROJECT.root / "dossier"
    files = {f.relative_to(package.parent).as_posix() for f in package.rglob("*") if f.is_file()}
    assert {f for f in files if "__pycache__" not in f} <= held
    assert wheel() == (name, content)


@pytest.mark.slow
def test_the_lock_that_is_carried_is_the_checkouts():
    """In a checkout these are links; a system without links has other bytes there."""
    for ours, theirs in (("requirements.txt", "requirements.txt"), ("install.py", "install")):
        assert (PROJECT.root / ours).read_bytes() == (TEMPLATES / theirs).read_bytes()


def test_nothing_is_overwritten_and_a_failure_leaves_nothing(tmp_path, monkeypatch, capsys):
    there = tmp_path / "there"
    there.mkdir()
    article = str(ARTICLES / "sport.txt")
    assert main(["new", str(there), article]) == 1
    assert "is there already" in capsys.readouterr().err and not list(there.iterdir())
    monkeypatch.setattr("dossier.curation.new.check_data", lambda project: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        create(tmp_path / "sport", article, Given())
    assert [f.name for f in tmp_path.iterdir()] == ["there"]


def test_what_was_found_is_told_with_the_next_steps(tmp_path, capsys):
    assert (
        main(["new", str(tmp_path / "a"), str(ARTICLES / "accident.txt"), "--name", "ferry"]) == 0
    )
    out = capsys.readouterr().out
    assert re.search(r"\d+ figures\n.*\d+ dates and times\n.*2 quotations\n.*\d+ of these", out)
    assert out.count("\n  1. ") == out.count("\n  3. ") == 1
    assert projects.find(tmp_path / "a").settings.name == "ferry"


@pytest.mark.slow
def test_a_drafted_table_takes_a_claim_by_hand(tmp_path, capsys, monkeypatch):
    text = "The mayor resigned on 3 May 2024. She will run again, for some 40 seats."
    create(tmp_path / "a", put(tmp_path, text), Given(day=DAY))
    monkeypatch.chdir(tmp_path / "a")
    assert main(["claim", "The mayor resigned"]) == 0
    assert main(["claim", "She will run again", "--kind", "forecast"]) == 0
    value = ["--value", "40", "--unit", "seats", "--qualifier", "about"]
    assert main(["claim", "for some 40 seats", *value]) == 0
    new = {
        r["exact"]: (r["type"], r["sure"], r["priority"]) for r in rows(tmp_path / "a", "claims")
    }
    assert new["The mayor resigned"] == ("statement", "yes", "2")
    assert new["She will run again"] == ("statement", "yes", "3")
    assert new["for some 40 seats"] == ("number", "yes", "2")
    capsys.readouterr()
    assert main(["check"]) == 0 and "say yes in sure" not in capsys.readouterr().out


# ---- a stranger's text


DAY = datetime.date(2025, 3, 4)
LONG = "so it went on and 5 more came, " * 1_500


def put(tmp_path: Path, content: str | bytes, name: str = "article.txt") -> str:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(file)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "holds no text"),
        (" \u200b\u200f\n", "holds no text"),
        (b"\xff\xfeA\0", "no UTF-8"),
        ("Цены выросли на 5%".encode("cp1251"), "no UTF-8 at byte 0"),
        ("Café, “5”".encode().replace(b"\xc3", b""), "no UTF-8 at byte 3"),
        (b"%PDF-1.7\x80\x01 5", "no UTF-8 at byte 8"),
        ("x" * 10_000_000, "more than 240,000"),
        ("a b " * 2_500_000, "more than 240,000"),
        ("x" * 500 + " 5", "a word of over 400"),
        ("Цены выросли на 5%; 价格上涨", "fonts lack"),
    ],
)
def test_what_is_no_article_is_refused_with_the_remedy(tmp_path, content, words):
    with pytest.raises(ArticleError, match=words):
        read_page(put(tmp_path, content))


@pytest.mark.parametrize(
    "text",
    [
        "Nothing is counted here.",
        "**5** <b>people</b> & {7} of `8` | 9 \\ 10% \\n [a](b) ~3",
        "=5+3 is a formula, “@you owe £5” and “=7”, he said.",
        "A\u200b rise\u202e of 5\u00a0% – \u2066on Monday\u2069.",
        LONG,
        "5 " * 2_000,
        "“" * 150 + "5" + "(" * 150,
        "He said “it is 5. No one knew 6.",
        "= \nIt rose between 5\n\nMay and 7 in 2024\n=",
    ],
)
@pytest.mark.slow
def test_a_strangers_text_ends_in_a_draft_that_holds(tmp_path, text):
    made = create(tmp_path / "a", put(tmp_path, text), Given(day=DAY))
    assert uncovered(known_on(projects.find(made.folder))) == []


def test_marks_that_nobody_sees_are_taken_out():
    assert clean("\ufeffA\u200b rise\u202e of\u00ad 5\u00a0%\r\nby\tMay") == "A rise of 5 %\nby May"


@pytest.mark.parametrize(
    ("content", "changed"),
    [
        ("Café prices 5".encode(), ()),
        (b"Caf\xe9 prices 5", ("from Windows-1252 to UTF-8",)),
        (
            "“Café” prices – 5\r\n".encode("cp1252"),
            ("from Windows-1252 to UTF-8", "line ends to LF"),
        ),
        ("\ufeffCafé prices 5\r".encode(), ("its byte-order mark left out", "line ends to LF")),
        ("Café\u200b prices 5\u00ad".encode(), ("2 invisible characters left out",)),
    ],
)
def test_what_an_editor_of_windows_saves_is_taken_and_what_was_changed_is_said(
    tmp_path, content, changed
):
    page = read_page(put(tmp_path, content))
    assert page.changed == changed and page.text.startswith(("Café prices", "“Café” prices – 5"))
    assert page.text.endswith("5\n") and "\r" not in page.text


def test_the_command_says_what_was_changed(tmp_path, capsys):
    article = "Prices in the café rose by 5% on Monday.\r\n".encode("cp1252")
    assert main(["new", str(tmp_path / "a"), put(tmp_path, article), "--day", "2025-03-04"]) == 0
    told = "The article was changed when it was taken: from Windows-1252 to UTF-8, line ends to LF."
    assert capsys.readouterr().out.count(told) == 1
    kept = (tmp_path / "a" / "data" / "article.txt").read_bytes()
    assert kept == "Prices in the café rose by 5% on Monday.\n".encode()


def test_a_character_without_a_glyph_stands_as_its_code_point_and_is_told_once(tmp_path):
    text = "The firm 価格 said on Monday that sales rose by 5% \U0001f389\ufe0f in many shops."
    made = create(tmp_path / "a", put(tmp_path, text), Given(day=DAY))
    kept = (made.folder / "data" / "article.txt").read_text(encoding="utf-8")
    assert "firm [U+4FA1 U+683C] said" in kept and "5% [U+1F389] in" in kept
    assert made.changed[0].startswith("3 characters that")
    assert uncovered(known_on(projects.find(made.folder))) == []
    assert {row["value"] for row in rows(made.folder, "claims")} == {"5", "2025-03-03"}
    assert rows(made.folder, "exclusions") == []
    method = (made.folder / "notebooks" / "04-method.ipynb").read_text(encoding="utf-8")
    assert method.count(MARKS) == 1


def test_lines_that_were_broken_at_a_width_become_paragraphs():
    wrapped = (
        "Bridge reopens\n\nThe bridge over the Orr reopened after repairs that cost £3.2\n"
        "million, the county council said in a statement to its members on\nMonday."
    )
    assert clean(wrapped).split("\n\n")[1].startswith("The bridge over the Orr") and (
        "£3.2 million, the county" in clean(wrapped)
    )
    assert clean("A list:\n5 apples\n6 pears\n7 plums") == "A list:\n5 apples\n6 pears\n7 plums"


def test_without_a_day_the_article_is_refused(tmp_path):
    with pytest.raises(ValueError, match="--day"):
        create(tmp_path / "a", put(tmp_path, "Prices rose by 5% on Monday."), Given())


PAGE = """<!doctype html><html><head><title>Bridge reopens</title>
<meta property="og:url" content="https://example.org/bridge">
<meta property="article:published_time" content="2025-03-04T08:00:00Z">
<meta property="og:site_name" content="The Example"></head><body><nav>Home 99</nav><article>
<h1>Bridge reopens</h1><p>The bridge over the Orr reopened on Monday after 14 months of repairs
that cost £3.2 million, the county council said in a statement to its members.</p>
<p>Some 11,000 cars a day are expected to use it, which is fewer than before it was closed.</p>
</article><footer>Copyright 2025</footer></body></html>"""


def test_a_page_gives_text_day_and_address(tmp_path):
    pytest.importorskip("trafilatura")
    read = read_page(put(tmp_path, PAGE, "page.html"))
    assert (f"{read.day}", read.url) == ("2025-03-04", "https://example.org/bridge")
    assert "£3.2 million" in read.text and "99" not in read.text
    assert read.text.startswith("Bridge reopens\n")


def test_a_page_without_its_reader_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(pages.ArticleError, match=r"dossier-report\[page\]"):
        read_page(put(tmp_path, PAGE, "page.html"))


def test_a_claims_id_is_no_facts_of_the_engine():
    text = "The claims total 5 of them. It rose 7% as of day 9."
    ids = [row["fact_id"] for row in draft(text, DAY, ["claims_total"]).claims]
    assert len(ids) == len(set(ids)) and "claims_total" not in ids


# ---- the project by itself


@pytest.mark.build
@pytest.mark.slow
def test_a_dossier_is_made_built_and_tested_from_the_wheel_alone(tmp_path):
    """In an empty folder with an empty home: no checkout, but the libraries that the lock names."""
    name, content = wheel()
    (tmp_path / name).write_bytes(content)
    (tmp_path / "home").mkdir()
    python = environment(tmp_path / "first", tmp_path / name)
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home")}

    def run(*command: str, cwd: Path = tmp_path) -> subprocess.CompletedProcess:
        return subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True)

    made = run(python, "-m", "dossier", "new", "ferry", str(ARTICLES / "accident.txt"))
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "ferry"
    (carried,) = (folder / "engine").iterdir()
    assert carried.read_bytes() == content
    # what make would install: the carried engine, beside the libraries of this environment
    environment(folder / ".venv", carried)
    (folder / ".venv" / "ready").touch()
    for target in ("report", "test"):
        done = run("make", target, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
    page = (folder / "reports" / "ferry.html").read_text(encoding="utf-8")
    assert "Nothing has been checked yet" in page and (folder / "reports" / "ferry.pdf").is_file()
    assert "What was checked?" not in page


def environment(folder: Path, engine: Path) -> str:
    """Return the Python of an environment with an engine's wheel and this one's libraries."""
    venv.create(folder, with_pip=False, symlinks=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    own = folder / "lib" / version / "site-packages"
    with zipfile.ZipFile(engine) as held:
        held.extractall(own)
    libraries = folder / "libraries"
    libraries.mkdir()
    for entry in (Path(sys.prefix) / "lib" / version / "site-packages").iterdir():
        if "dossier" not in entry.name.lower() and entry.suffix != ".pth":
            (libraries / entry.name).symlink_to(entry)
    (own / "libraries.pth").write_text(str(libraries))
    return shutil.which("python", path=str(folder / "bin")) or ""
