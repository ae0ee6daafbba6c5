"""The ally briefs, against an independent reading of the tables.

And what their build does when something changes or fails.
"""

import base64
import csv
import dataclasses
import datetime
import hashlib
import json
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import time

import direct
import nbformat
import pypdfium2
import pytest
from conftest import PROJECT, command, copy_of_project, forked, processes, started
from lxml import html as lxml_html

from analysis.briefs import concerning
from dossier import Report
from dossier.build import stamps
from dossier.build.briefs import make_job
from dossier.build.editions import output_names
from dossier.build.errors import BuildError
from dossier.build.index import briefs_page
from dossier.build.notebooks import preload
from dossier.build.processes import run_all
from dossier.data.known import digest, known_on
from dossier.data.tables import load
from dossier.parameters import Parameters, check_entity
from dossier.registry import registry_of
from dossier.show.briefs import brief_record, entities
from dossier.show.report import check_parameters

pytestmark = pytest.mark.build
NEWEST = load(PROJECT).newest


def read(name):
    with (PROJECT.data / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


FAILING = """
import os
assert ally != os.environ.get("FAILING"), "not this one"
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A copy of the project with the notebook of briefs alone, which fails where it is told to."""
    copy = copy_of_project(tmp_path_factory.mktemp("project"), notebooks=["brief.ipynb"])
    file = copy / "notebooks" / "brief.ipynb"
    notebook = nbformat.read(file, 4)
    notebook.cells.append(nbformat.v4.new_code_cell(FAILING.strip()))
    nbformat.write(notebook, file)
    return copy


def make(root, *words, **more):
    return subprocess.run(
        ["make", "--no-print-directory", *words],
        cwd=root,
        env=os.environ | more,
        capture_output=True,
        text=True,
        timeout=900,
    )


@pytest.fixture(scope="module")
def built(root, tmp_path_factory):
    """What was printed when one brief was built, and then all; and a folder with the files."""
    one = make(root, "brief", "ALLY=poland")
    assert (root / "reports" / "briefs" / "POL.pdf").is_file(), one.stderr
    every = make(root, "briefs")
    assert every.returncode == 0, every.stderr
    kept = tmp_path_factory.mktemp("built") / "briefs"
    return one, every, shutil.copytree(root / "reports" / "briefs", kept)


@pytest.fixture(scope="module")
def made(built, tmp_path_factory):
    """Every brief of the newest edition, as the build made it, and some of the first edition.

    Those of the first are in kilometres and on letter paper, as a function gives them.
    """
    folder = tmp_path_factory.mktemp("briefs")
    allies, first = entities(known_on(PROJECT, NEWEST)), datetime.date(2024, 7, 7)
    newest = Parameters(NEWEST, NEWEST, entity_parameter="ally")
    other = dataclasses.replace(newest, as_of=first, units="metric", paper="letter")
    jobs = [dataclasses.replace(newest, entity=ally) for ally in allies]
    early = [
        dataclasses.replace(other, entity=ally)
        for ally in ("DEU", "ISL", "POL", "SWE", "TUR", "USA")
    ]
    preload(PROJECT)
    outcomes = run_all(make_job, [(PROJECT, job, folder) for job in early], os.cpu_count())
    assert not [error for _, error in outcomes if error]
    shutil.copytree(built[2], folder / "briefs")

    def file(job, kind="html"):
        return folder / output_names(PROJECT, job)[kind]

    return {"jobs": [*jobs, *early], "file": file}


def words(page):
    tree = lxml_html.document_fromstring(page)
    for gone in tree.xpath('//*[@class="tip" or @class="ledger" or self::style or self::script]'):
        gone.drop_tree()
    return " ".join(" ".join(tree.itertext()).split())


def test_there_is_one_for_each_of_the_allies(made):
    assert {job.entity for job in made["jobs"] if job.as_of == NEWEST} == {
        row["iso3"] for row in read("nato_members")
    }


def test_each_tells_the_agreement_of_its_row(made):
    signed = {row["iso3"]: row for row in read("agreements") if row["counted"] == "yes"}
    for job in (j for j in made["jobs"] if j.as_of == NEWEST):
        page = words(made["file"](job).read_text(encoding="utf-8"))
        if job.entity in signed:
            day = datetime.date.fromisoformat(signed[job.entity]["date_signed"])
            end = day.replace(year=day.year + int(signed[job.entity]["term_years"] or 0))
            assert f"signed its agreement with Ukraine on {day.day} {day:%B} {day.year}" in page, (
                job.entity
            )
            begins = signed[job.entity]["term_begins"]
            told = f"from the {begins}" if begins else f"{end.day} {end:%B} {end.year}"
            assert not signed[job.entity]["term_years"] or told in page, job.entity
        else:
            assert "We found no agreement of" in page, job.entity


SPELT = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def test_each_tells_the_share_of_its_newest_year(made):
    rows = [
        r for r in read("nato_share_gdp") if r["edition"] == "2026-07-10" and r["share_percent"]
    ]
    for job in (j for j in made["jobs"] if j.as_of == NEWEST):
        own = [r for r in rows if r["iso3"] == job.entity]
        page = words(made["file"](job).read_text(encoding="utf-8"))
        if not own:
            assert job.entity == "ISL" and "NATO prints no figure of its defence spending" in page
            continue
        last = max(own, key=lambda r: int(r["year"]))
        kind = "estimate" if last["estimate"] == "yes" else "figure"
        share = f"{float(last['share_percent']):.2f}% of GDP on defence."
        assert f"By NATO’s {kind} for {last['year']} it spends {share}" in page, job.entity
        peers = [
            float(r["share_percent"])
            for r in rows
            if r["year"] == last["year"] and r["iso3"] != "NATO_TOTAL" and len(r["iso3"]) == 3
        ]
        larger = sum(p > float(last["share_percent"]) for p in peers)
        spelt = SPELT[larger] if larger < len(SPELT) else larger
        assert f"{spelt} of {len(peers)} allies" in page, job.entity


def test_germany_2025_is_blank_in_the_edition_of_august_2025():
    assert Report("2025-09-15", entity="DEU").facts.value("share_blank_year") == 2025


def test_the_first_edition_knows_nothing_later(made):
    poland = next(j for j in made["jobs"] if j.entity == "POL" and j.as_of != NEWEST)
    page = words(made["file"](poland).read_text(encoding="utf-8"))
    assert "No agreement of Poland with Ukraine was known by 7 July 2024" in page
    assert "2025" not in page and "Kiel" not in page


def test_what_the_timeline_has_on_an_ally_stands_in_its_brief(made):
    """T52 and T58 are on agreements put off, T56 and T74 on the American pause."""
    for ally, told in (
        ("BGR", "for 19 December 2024 : Bulgaria’s signing in Brussels falls through"),
        ("MNE", "for May 2025 : Montenegro’s signing is put off"),
        ("MNE", "sources disagree: signed on 15 May 2025, by a list of August 2025; put off"),
        ("USA", "United States ends the pause in military aid"),
    ):
        page = words(
            made["file"](
                next(j for j in made["jobs"] if (j.entity, j.as_of) == (ally, NEWEST))
            ).read_text(encoding="utf-8")
        )
        assert told in page and ("falls through" in page) == (ally == "BGR"), ally


def test_a_claim_has_in_a_brief_the_verdict_that_it_has_in_the_report(made):
    """Of the newest edition: approximately 20 is imprecise, some countries confirmed."""
    for job in (j for j in made["jobs"] if j.as_of == NEWEST):
        rows = lxml_html.parse(made["file"](job)).xpath("//tbody/tr")
        cells = [[" ".join("".join(c.itertext()).split()) for c in row] for row in rows]
        verdicts = {row[0]: row[3] for row in cells if row[0] in ("C18", "C32")}
        assert verdicts == {"C18": "imprecise", "C32": "confirmed"}, job.entity


def test_a_brief_is_short(made):
    pages = [len(pypdfium2.PdfDocument(made["file"](job, "pdf"))) for job in made["jobs"]]
    assert len(pages) == 38 and max(pages) <= 3


def test_the_article_names_the_united_states_and_germany_alone():
    record = known_on(PROJECT, NEWEST)
    named = {
        ally: [c for c in concerning(record, ally) if c not in ("C18", "C32")]
        for ally in ("USA", "DEU", "POL")
    }
    assert named["POL"] == [] and "C08" in named["DEU"] and "C21" in named["USA"]


def test_a_brief_rests_on_its_rows_alone():
    record = known_on(PROJECT, NEWEST)
    before = {ally: digest(brief_record(record, ally)) for ally in ("POL", "DEU")}
    everything = {name: frame.copy() for name, frame in record.everything.items()}
    frame = everything["agreements"]
    everything["agreements"] = frame.assign(
        place=frame["place"].mask(frame["iso3"] == "POL", "elsewhere")
    )
    changed = dataclasses.replace(record, everything=everything)
    after = {ally: digest(brief_record(changed, ally)) for ally in ("POL", "DEU")}
    assert before["POL"] != after["POL"] and before["DEU"] == after["DEU"]


@pytest.mark.parametrize(
    ("given", "code"),
    [("POL", "POL"), ("poland", "POL"), ("Türkiye", "TUR"), ("united states", "USA")],
)
def test_an_ally_is_found_by_code_and_by_name(given, code):
    assert check_entity(given, "ally", entities(known_on(PROJECT, NEWEST))) == code


def test_the_index_lists_all_and_can_be_filtered():
    page = briefs_page(PROJECT, Parameters(NEWEST, NEWEST), ["POL"])
    tree = lxml_html.document_fromstring(page.decode("utf-8"))
    assert len(tree.xpath("//tbody/tr")) == 32 and tree.xpath("//tbody//a/@href") == [
        "POL.html",
        "POL.pdf",
    ]
    (script,) = tree.xpath("//script[@type='module']")
    allowed = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert f"script-src 'sha256-{allowed}'" in tree.xpath("//meta[@http-equiv]/@content")[0]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows[1:], "lacks ALB"),
        (lambda rows: (*rows, ("nato_members:XKX", rows[0][1])), "has XKX besides"),
        (lambda rows: rows[::-1], "has them in another order, or twice"),
    ],
)
def test_an_index_that_does_not_list_each_ally_is_refused(monkeypatch, change, told):
    tables = registry_of(PROJECT).of("table")
    right = tables["briefs-index"]

    def wrong(record, facts):
        made = right.function(record, facts)
        return dataclasses.replace(made, rows=change(made.rows))

    monkeypatch.setitem(tables, "briefs-index", dataclasses.replace(right, function=wrong))
    with pytest.raises(BuildError, match=f"the table 'briefs-index' {told}; it lists the rows of"):
        briefs_page(PROJECT, Parameters(NEWEST, NEWEST), ["POL"])


def test_an_index_of_no_table_is_refused():
    briefs = dataclasses.replace(PROJECT.settings.briefs, index="brief-index")
    other = dataclasses.replace(
        PROJECT, settings=dataclasses.replace(PROJECT.settings, briefs=briefs)
    )
    with pytest.raises(BuildError, match=r"dossier.toml, \[briefs\]: no table 'brief-index'"):
        briefs_page(other, Parameters(NEWEST, NEWEST), ["POL"])


SET_TWICE = """
import pickle, sys
from dossier.build.processes import run_all
from dossier.export import pdf

document = pickle.load(sys.stdin.buffer)
first = pdf.render(document)
((second, error),) = run_all(pdf.render, [document], 1)
assert first == second, error
print("same")
"""


def test_a_pdf_is_set_in_a_process_forked_from_one_that_set_another():
    """Typst's threads are not in a forked process; it must not wait for them."""
    done = subprocess.run(
        [sys.executable, "-c", SET_TWICE],
        input=pickle.dumps(direct.document(check_parameters(PROJECT, {}, "POL"))),
        capture_output=True,
        timeout=900,
    )
    assert done.stdout == b"same\n", done.stderr.decode()


# ---- the build


def test_one_brief_is_built_by_name_and_a_misspelt_one_refused(root, built):
    assert built[0].returncode == 0 and "POL.pdf" in built[0].stdout, built[0].stderr
    done = forked(root, "briefs", "ally=polnd")
    assert done.returncode != 0 and "did you mean 'POL'" in done.stderr
    done = make(root, "brief")
    assert done.returncode != 0 and "name the ally" in done.stderr


def test_a_failing_brief_stops_no_other_and_keeps_its_last(root, built):
    """All, with nothing to do, and with the rows of three changed, of which one fails."""
    done = built[1]
    assert (
        done.returncode == 0
        and "Built 31 briefs" in done.stdout
        and "1 had not changed" in done.stdout
    ), done.stderr
    before = {f.name: stamps.sha(f) for f in (root / "reports" / "briefs").glob("*")}
    assert len(before) == 32 * 3 + 1

    assert "Nothing has changed" in forked(root, "briefs").stdout

    table = root / "data" / "agreements.csv"
    good = changed = table.read_text(encoding="utf-8")
    for place, other in (("Paris", "Lyon"), ("Warsaw", "Krakow"), ("Lisbon", "Porto")):
        assert f",{place}," in good
        changed = changed.replace(f",{place},", f",{other},")
    table.write_text(changed, encoding="utf-8")
    done = forked(root, "briefs", FAILING="FRA")
    table.write_text(good, encoding="utf-8")
    assert done.returncode != 0
    assert "Built 2 briefs " in done.stdout and "29 had not changed" in done.stdout
    after = {f.name: stamps.sha(f) for f in (root / "reports" / "briefs").glob("*")}
    assert len(after) == len(before)
    assert {name for name in before if before[name] != after[name]} == {
        f"{ally}.{kind}" for ally in ("POL", "PRT") for kind in ("html", "pdf", "facts.json")
    }
    cells = nbformat.read(root / "notebooks" / "brief.ipynb", 4).cells
    where = f"notebooks/brief.ipynb for FRA, cell {len(cells)}"
    assert f"failed: FRA: {where}: AssertionError: not this one" in done.stderr
    assert (
        "make brief ALLY=FRA" in done.stderr
        and (root / ".build" / "failed" / "FRA.ipynb").is_file()
    )
    facts = json.loads((root / "reports" / "briefs" / "POL.facts.json").read_text())
    assert facts["parameters"]["ally"] == "POL" and set(facts["data"]) == {"rows"}


def test_an_interrupt_stops_all_and_leaves_reports_as_they_were(root, built, tmp_path):
    before = {f.name: stamps.sha(f) for f in (root / "reports" / "briefs").glob("*")}
    log = tmp_path / "log"
    build_ = started(root, log, "briefs", "units=metric")
    ends = time.monotonic() + 900
    while not (log.exists() and re.search(r"brief \w+ +\d", log.read_text())):
        assert build_.exitcode is None and time.monotonic() < ends, log.read_text()
        time.sleep(0.05)
    os.killpg(build_.pid, signal.SIGINT)  # as a terminal does, to the whole group
    build_.join(900)
    told = log.read_text()
    assert (
        build_.exitcode == 130
        and "stopped; reports/ is as it was" in told
        and "Traceback" not in told
    ), told
    assert {f.name: stamps.sha(f) for f in (root / "reports" / "briefs").glob("*")} == before
    assert not (root / "reports" / "briefs.metric").exists() and not list(root.glob(".building-*"))
    ends = time.monotonic() + 60  # one that was being forked ends when it tells its result
    while time.monotonic() < ends and processes(3, build_.pid):
        time.sleep(0.1)
    assert not processes(3, build_.pid)


def test_finished_briefs_verify(root, built):
    for kind in ("html", "pdf"):
        done = command(root, "verify", f"reports/briefs/ISL.{kind}")
        assert done.returncode == 0, done.stderr
