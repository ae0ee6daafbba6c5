"""An article of another field, with an empty analysis: built by the same engine, nothing touched.

The second time by the engine's wheel, in an environment of its own and a folder elsewhere.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pypdfium2
import pytest
from conftest import PROJECT, command

from dossier import Report
from dossier.chapters import claims, sources

pytestmark = pytest.mark.build
HERE = Path(__file__).parent / "other_article"

PRINTED = {
    # read off the article by hand; conversions: 1 hectare is 2.4710538 acres, 1 °C is 1.8 °F
    "meadow_area": "12.5 hectares (30.9 acres)",
    "meadow_day": "4 March 2025",
    "cost_per_square_metre": "GBP 7.20",
    "cost_of_meadow": "at least GBP 1.5m",
    "places_measured": "nine places",
    "cooling": "1.28 °C (2.30 °F)",
    "meadow_survived": "10.4%",
    "strip_open": "about 300 metres",
    "people_of_town": "8,200 people",
    "helpers": "more than 400 helpers",
}


def dossier(python: str, root: Path, *words: str) -> subprocess.CompletedProcess:
    """Run a command in a child, by another Python."""
    line = [python, "-m", "dossier", *words]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.run(line, cwd=root, env=clean, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The small dossier in a folder elsewhere."""
    folder = tmp_path_factory.mktemp("elsewhere") / "seagrass"
    shutil.copytree(HERE, folder)
    return folder


@pytest.fixture(scope="module")
def built(root):
    done = command(root, "report", "units=metric")
    assert done.returncode == 0, done.stderr
    return root, done.stdout


def test_every_gate_is_green_on_both_files(built):
    root, out = built
    assert "run the gates" in out
    for suffix in ("html", "pdf"):
        done = command(root, "verify", f"reports/seagrass.metric.{suffix}")
        assert done.returncode == 0, done.stderr
    assert command(root, "audit", "units=metric").returncode == 0


def test_stated_values_keep_their_decimals_units_and_qualifiers(built):
    facts = json.loads((built[0] / "reports" / "seagrass.metric.facts.json").read_text())["facts"]
    texts = {fact["id"]: fact["text"] for fact in facts}
    assert {id: texts[id] for id in PRINTED} == PRINTED


def test_the_files_tell_the_article_and_nothing_of_another(built):
    page = (built[0] / "reports" / "seagrass.metric.html").read_text(encoding="utf-8")
    assert "Harbour Town Plants Seagrass" in page and "Nothing has been checked yet." in page
    for word in ("NATO", "Ukraine", "ally", "Kiel", "front line"):
        assert word not in page.partition("</style>")[2], word
    assert len(pypdfium2.PdfDocument(built[0] / "reports" / "seagrass.metric.pdf")) > 3


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_tables_figures_and_chapters_hold_with_nothing_one_and_many(root, tmp_path, rows):
    """Findings, events and disagreements: none, one, two."""
    folder = tmp_path / "seagrass"
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("reports", ".build"))
    data = folder / "data"
    for number in range(1, rows + 1):
        verdict = ("confirmed", "imprecise")[number - 1]
        with (data / "findings.csv").open("a") as file:
            file.write(f"F0{number},C0{number},2025-03-05,It is so.,{verdict},,paper,,\n")
        with (data / "timeline.csv").open("a") as file:
            what = ("THE ARTICLE", "context")[number - 1]
            file.write(
                f"T0{number},2025-03-0{number + 3},day,An event,,council,paper,,read,{what}\n"
            )
        with (data / "disagreements.csv").open("a") as file:
            file.write(f"D0{number},Size,one,paper,two,paper,both kept,2025-03-05\n")
    done = command(folder, "report")
    assert done.returncode == 0, done.stderr
    facts = json.loads((folder / "reports" / "seagrass.facts.json").read_text())
    values = {fact["id"]: fact["value"] for fact in facts["facts"]}
    assert values.get("events_total") == (rows or None)
    assert list(facts["verdicts"].values()).count("open") == 11 - rows
    page = (folder / "reports" / "seagrass.html").read_text()
    assert ('id="table-timeline"' in page) == ('id="figure-timeline"' in page) == bool(rows)


def test_a_project_of_which_a_table_is_missing_gets_a_clear_error(root, tmp_path):
    folder = tmp_path / "seagrass"
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("reports", ".build"))
    package = folder / "data" / "datapackage.json"
    content = json.loads(package.read_text())
    content["resources"] = [r for r in content["resources"] if r["name"] != "findings"]
    package.write_text(json.dumps(content))
    done = command(folder, "report")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "no table 'findings'" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "seagrass"', 'nmae = "seagrass"', "did you mean 'name'?"),
        ('source = "paper"', "", "'source' is missing"),
        ("day = 2025-03-04", 'day = "March 4th"', "write it as 2024-07-07"),
        ("[article]", "[article", "dossier.toml"),
        ('singular = "place"', 'plural = "places"', 'units."places"'),
    ],
)
def test_a_wrong_setting_is_named_with_the_remedy(root, tmp_path, old, new, words):
    folder = tmp_path / "seagrass"
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("reports", ".build"))
    file = folder / "dossier.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = command(folder, "report")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert words in done.stderr, done.stderr


def test_outside_a_project_there_is_a_clear_error(tmp_path):
    done = command(tmp_path, "report")
    assert done.returncode == 1 and "no dossier.toml in" in done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel in an environment of its own: its Python, and where its packages lie.

    Beside it stand the libraries of this environment, without what reaches the checkout.
    """
    tmp_path = tmp_path_factory.mktemp("wheel")
    source = tmp_path / "source"
    shutil.copytree(
        PROJECT.root / "dossier", source / "dossier", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(PROJECT.root / name, source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), str(source)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("dossier_report-*.whl")
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    python = tmp_path / "venv" / "bin" / "python"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    own = tmp_path / "venv" / "lib" / version / "site-packages"
    install = [*pip, "install", "--no-deps", "--target", str(own), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    # the libraries of this environment, without what makes the checkout importable
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    for entry in (Path(sys.prefix) / "lib" / version / "site-packages").iterdir():
        if "dossier" not in entry.name.lower() and entry.suffix != ".pth":
            (libraries / entry.name).symlink_to(entry)
    (own / "libraries.pth").write_text(str(libraries))
    return str(python), own


def copied(root, tmp_path):
    return shutil.copytree(
        root, tmp_path / "seagrass", ignore=shutil.ignore_patterns("reports", ".build")
    )


def test_the_wheel_builds_it_in_an_empty_environment(installed, root, tmp_path):
    python, own = installed
    folder = copied(root, tmp_path)
    where = [python, "-c", "import dossier; print(dossier.__file__)"]
    found = subprocess.run(where, cwd=folder, capture_output=True, text=True)
    assert Path(found.stdout.strip()).is_relative_to(own), found.stderr
    done = dossier(python, folder, "report")
    assert done.returncode == 0, done.stderr
    assert (folder / "reports" / "seagrass.pdf").is_file()
    assert (folder / "reports" / "seagrass.html").is_file()


TEXT_FORMAT = '''
"""Plain text: every piece of the account, a line each."""

import json

from dossier.document.account import places
from dossier.export.reading import Reading

SUFFIX = ".txt"
MARK = "claims: "


def render(document, claims):
    lines = [piece for _, pieces in places(document) for piece in pieces if piece]
    alts = [figure.alt for figure in document.figures()]
    head = [MARK + json.dumps(json.loads(claims.facts)), "alts: " + json.dumps(alts)]
    return "\\n".join([*head, *lines]).encode()


def read(file):
    facts, alts, *lines = file.read_text().split("\\n")
    alts = [(alt, "") for alt in json.loads(alts.removeprefix("alts: "))]
    return Reading(file, "\\n".join(lines), json.loads(facts.removeprefix(MARK)), alts)
'''


def test_a_format_is_one_file(installed, root, tmp_path):
    """A module put into the package is built, read back and held against the same account."""
    python, own = installed
    module = own / "dossier" / "export" / "txt.py"
    folder = copied(root, tmp_path)
    try:
        module.write_text(TEXT_FORMAT)
        done = dossier(python, folder, "report", "formats=html,pdf,txt")
        assert done.returncode == 0 and "set the TXT" in done.stdout, done.stderr
        assert "Harbour Town Plants Seagrass" in (folder / "reports" / "seagrass.txt").read_text()
        assert dossier(python, folder, "verify", "reports/seagrass.txt").returncode == 0
        module.write_text(TEXT_FORMAT.replace("if piece]", "if piece and 'hectares' not in piece]"))
        shutil.rmtree(folder / ".build")
        done = dossier(python, folder, "report", "formats=html,pdf,txt")
        assert done.returncode == 1 and "seagrass.txt" in done.stderr, done.stderr
        assert "is missing or out of order" in done.stderr
    finally:
        module.unlink()


def test_the_extents_of_reading_make_all_sources():
    """How much was read is told in five words, and each source has one of them."""
    facts = Report("latest").facts
    parts = ("in_full", "excerpt", "in_part", "through_others", "not_read")
    told = [facts.value(f"sources_{part}") for part in parts]
    with (PROJECT.data / "sources.csv").open(newline="", encoding="utf-8") as file:
        read = [row["read"] for row in csv.DictReader(file)]
    assert sum(told) == len(read) == facts.value("sources_total")
    assert told[-1] == sum("not read" in words for words in read)


def test_a_verdict_says_what_it_rests_on():
    """A finding on a primary source before all others, then on what was read in full, whoever had
    it; a rule on the farthest of all that its facts rest on."""
    report = Report("latest")
    record = report.record

    def found(*ids):
        judgement = claims.Judgement("C01", "confirmed", finding={"source_ids": ids})
        return claims.rests_on(record, judgement, report.facts)

    rows = record.sources.set_index("source_id").loc[["nato_presummit", "wsd_cnn", "AGR_TEXTS"]]
    assert list(rows["rank"]) == ["primary", "repost", "repost"]
    assert list(rows["read"]) == ["opening excerpt", "opening excerpt", "in full"]
    assert found("wsd_cnn", "nato_presummit", "AGR_TEXTS") == "primary, excerpt"
    assert found("wsd_cnn", "AGR_TEXTS") == "repost, in full"
    assert found("wsd_cnn") == "repost, excerpt"
    assert found() == "–"
    unverified = claims.Judgement(
        "C01", "cannot be verified", finding={"source_ids": ("nato_presummit",)}
    )
    assert claims.rests_on(record, unverified, report.facts) == "–"
    signed = report.facts.require("members_on_article_day").sources
    assert {"primary", "press"} <= set(
        record.sources.set_index("source_id")["rank"].loc[list(signed)]
    )
    ruled = claims.Judgement("C18", "imprecise", sentence="{members_on_article_day}")
    assert not claims.rests_on(record, ruled, report.facts).startswith("primary")


def test_the_confirmed_claims_on_a_primary_source_are_those_of_the_table():
    """Column by column of the table that is printed: the verdict, and on what it rests."""
    report = Report("latest")
    rows = [cells for _, cells in claims.claims_table(report.record, report.facts).rows]
    on_primary = [c for c in rows if c[3].startswith("confirmed") and c[4].startswith("primary")]
    assert report.facts.value("confirmed_on_primary") == len(on_primary) == 10


def test_the_points_left_open_stand_apart():
    """Of the last column: six rows of disagreements.csv begin with it, thirty do not."""
    report = Report("latest")
    tables = (sources.open_table, sources.settled_table)
    for made, number, are_open in zip(tables, (6, 30), (True, False), strict=True):
        rows = [cells for _, cells in made(report.record, report.facts).rows]
        assert [str(cells[-1]).startswith("Open") for cells in rows] == [are_open] * number
