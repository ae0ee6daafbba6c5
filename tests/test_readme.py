"""The README keeps its word: its commands are run by tests, its numbers are facts or counted, its
files are there. So do the pages of docs/ with its tables."""

import json
import re
import subprocess
import sys
from collections import Counter

import pytest
from conftest import PROJECT
from faults import faults
from forgeries import forgeries
from told import EVERY, between

PAGES = {
    name: (PROJECT.root / name).read_text(encoding="utf-8")
    for name in ("README.md", "docs/campaigns.md", "docs/bench.md")
}
TEXT = PAGES["README.md"]
RUN_ELSEWHERE = {
    "make report": "test_build",
    "make report AS_OF=2024-07-07 UNITS=metric": "test_build",
    "make test": "this run",
    "make audit": "test_build",
    "make preview": "test_preview",
    "make check": "below",
    "make lab": "below",
    "make reproduce": "test_build",
    "make editions": "test_build",
    "make briefs": "test_briefs",
    "make brief ALLY=POL": "test_briefs",
    "make campaign": ".ci/run",
    "make bench": "campaign/test_bench",
    "make new ARTICLE=data/article.txt INTO=../another-dossier DAY=2024-07-07": "below",
    "make sign KEY=~/.ssh/id_ed25519": "build/test_verification",
    "make briefs SCHEDULER=tcp://scheduler:8786": "campaign/test_cluster",
}


def commands():
    return [
        line
        for page in PAGES.values()
        for block in re.findall(r"```sh\n(.*?)```", page, re.S)
        for line in block.splitlines()
    ]


def test_every_command_is_run_by_a_test():
    assert commands()
    for command in commands():
        assert command in RUN_ELSEWHERE or command.startswith(".venv/bin/python -m dossier "), (
            command
        )


def test_the_verify_and_diff_commands_are_those_of_the_tests():
    build = (PROJECT.root / "tests" / "build" / "test_build.py").read_text()
    for word in ("verify", "diff", "--markdown"):
        assert f'"{word}"' in build


@pytest.mark.slow
def test_make_check_and_lab():
    assert (
        "all in order"
        in subprocess.run(
            ["make", "check"], cwd=PROJECT.root, capture_output=True, text=True
        ).stdout
    )
    assert (
        subprocess.run(
            [sys.executable, "-m", "jupyterlab", "--version"], capture_output=True
        ).returncode
        == 0
    )


@pytest.mark.slow
def test_make_new_drafts_a_dossier_and_names_what_is_next(tmp_path):
    """The article of this dossier has 34 claims; a draft of it holds its 600 miles."""
    into = tmp_path / "another"
    words = ["ARTICLE=data/article.txt", f"INTO={into}", "DAY=2024-07-07"]
    command = ["make", "--assume-old=.venv/ready", "new", *words]
    done = subprocess.run(command, cwd=PROJECT.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"make -C {into.name} report" in done.stdout or "report    the first" in done.stdout
    claims = (into / "data" / "claims.csv").read_text(encoding="utf-8")
    assert "600-mile" in claims and (into / "Makefile").exists()


def test_the_numbers_of_the_answer_are_facts():
    facts = {
        f["id"]: f
        for f in json.loads((PROJECT.reports / "nato-ukraine.facts.json").read_text())["facts"]
    }
    answer = TEXT[TEXT.index("**The answer.**") : TEXT.index("The [report]")]
    main, holding, wrong, left = (
        re.sub(" claims?$", "", facts[f"main_{part}"]["text"])
        for part in ("claims", "confirmed", "imprecise", "cannot_be_verified")
    )
    said = f"{holding} hold, {wrong} need rewording and {left} cannot be verified"
    assert f"Of its {main} main claims {said}" in answer
    assert f"of all {facts['claims_total']['text']}" in answer
    for verdict, words in (
        ("confirmed", "are confirmed"),
        ("imprecise", "are imprecise"),
        ("cannot_be_verified", "cannot be verified"),
    ):
        number = facts[f"verdicts_{verdict}"]["text"].removesuffix(" claims")
        assert f"{number} {words}" in answer
    assert f"{facts['members_on_article_day']['value']} NATO members" in answer
    assert f"*around* {facts['headquarters_staff']['value']}" in answer
    assert f"{facts['front_length_article']['value']} miles" in answer
    assert f"{facts['front_apart']['text']} off the measured length" in answer


def rows(table):
    """Return the numbers of each row of a table of counts, by its name."""
    split = (row.strip("| ").split(" | ") for row in between(table).splitlines()[2:])
    return {name: [int(cell) for cell in cells] for name, *cells in split}


def test_the_counts_it_tells_are_those_of_the_campaigns():
    tried, refused, announced, harmless, missed = rows("campaign")["**all**"]
    assert (
        f"Of {tried} faults put into the tables, one at a time, {refused} are refused, {announced} "
        f"are announced, {harmless} change nothing that is printed, and {missed} are missed."
        in TEXT
    )
    forged, _, _, passed, *_ = rows("forgeries")["**all**"]
    assert f"Of {forged} forgeries of finished files {passed} pass where the data are" in TEXT


@pytest.mark.parametrize("table", ["campaign", "forgeries"])
def test_a_table_counts_what_is_tried_now(table):
    """How many of each kind; what came of them is the campaign's to tell."""
    tried = faults(PROJECT)[::EVERY] if table == "campaign" else forgeries()
    counts = Counter(one.kind for one in tried) | {"**all**": len(tried)}
    told = {name: row[0] for name, row in rows(table).items()}
    assert told == counts, f"UPDATE=1 make campaign EVERY={EVERY}"


def test_every_file_it_names_is_there():
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        if not target.startswith("http"):
            assert (PROJECT.root / target).exists(), target
