"""Where the curation stands, in a terminal, and what is missing as remedies."""

import json
import shutil

import pytest
from conftest import OTHER, forked

from dossier import project as projects
from dossier.curation.status import missing, standings, status_lines, unused_sources
from dossier.data.checks import check_data
from dossier.data.tables import load

FINDINGS = """\
F01,C01,2025-03-05,It is so.,confirmed,,paper,Ana,2025-03-07
F02,C03,2025-03-05,It is so.,confirmed,,paper,Ben,2025-03-07
F03,C03,2025-03-06,It is not.,imprecise,,letter,,
F04,C04,2025-03-05,“It may be.”,,,letter,,
F05,C05,2025-03-05,It is so.,confirmed,,paper,Ana,2025-03-08
"""
SOURCES = """\
letter,A letter,Port Ellin,,2025-03-06,2025-03-06,published,in full,,,
minutes,Minutes,Port Ellin,,2025-03-06,2025-03-06,published,in full,,,
"""


@pytest.fixture
def meadow(tmp_path):
    """A copy of the small dossier, of which some claims are checked, some in work."""
    root = shutil.copytree(OTHER, tmp_path / "meadow")
    for table, lines in (("findings", FINDINGS), ("sources", SOURCES)):
        with (root / "data" / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(lines)
    return root


def stand(root):
    return {c.id: (c.state, c.by, c.todo) for c in standings(load(projects.find(root)))}


def test_a_claim_is_open_in_work_or_checked(meadow):
    found = stand(meadow)
    assert found["C01"] == ("checked", "Ana", "")
    assert found["C02"] == ("open", "", "add a finding to findings.csv")
    assert found["C03"] == ("in work", "", "check F03; say by whom, when")  # a newer finding
    assert found["C04"] == ("in work", "", "give F04 a verdict")
    assert [state for state, _, _ in found.values()].count("open") == 7


def test_a_claim_with_a_rule_is_in_work(project):
    found = {c.id: c for c in standings(load(project))}
    assert found["C33"].state == "in work"  # before_summit, without a finding
    assert not [c for c in found.values() if c.state == "checked"]


def test_figures_come_before_statements_and_a_priority_before_all(meadow):
    lines = list(status_lines(projects.find(meadow), load(projects.find(meadow))))
    assert lines[:2] == ["11 claims: 7 open, 2 in work, 2 checked", "  by Ana 2"]
    ids = [line.split()[0] for line in lines if line.startswith("  C")]
    # figures that are open, figures in work, the date, the statement
    assert ids == ["C06", "C07", "C08", "C09", "C10", "C03", "C04", "C02", "C11"]
    add_priority(meadow, {"C11": "1", "C04": "2"})
    project = projects.find(meadow)
    check_data(project)
    lines = status_lines(project, load(project))
    ids = [line.split()[0] for line in lines if line.startswith("  C")]
    assert ids == ["C11", "C04", "C06", "C07", "C08", "C09", "C10", "C03", "C02"]


def add_priority(root, given):
    """Give the claims a column priority."""
    package = root / "data" / "datapackage.json"
    content = json.loads(package.read_text(encoding="utf-8"))
    (claims,) = (r for r in content["resources"] if r["name"] == "claims")
    claims["schema"]["fields"].append({"name": "priority", "type": "integer"})
    package.write_text(json.dumps(content), encoding="utf-8")
    file = root / "data" / "claims.csv"
    first, *lines = file.read_text(encoding="utf-8").splitlines()
    rows = [f"{line},{given.get(line[:3], '')}" for line in lines]
    file.write_text("\n".join([f"{first},priority", *rows]) + "\n", encoding="utf-8")


def test_sources_that_nothing_rests_on_are_named(meadow, project):
    there = projects.find(meadow)
    assert unused_sources(there, load(there)) == ["minutes"]
    (meadow / "analysis").mkdir()
    (meadow / "analysis" / "__init__.py").write_text('SOURCE = "minutes"\n')
    assert unused_sources(there, load(there)) == []
    assert "de_qoto" in unused_sources(project, load(project))
    assert "NATURAL_EARTH_50M" not in unused_sources(project, load(project))  # a map's


def test_what_is_missing_is_said_as_a_remedy(meadow):
    project = projects.find(meadow)
    assert missing(project, load(project)) == [
        "data/findings.csv: add a finding on C02, C06, C07, C08 and 3 more",
        "data/findings.csv: give a verdict to F04",
        "data/findings.csv: say in checked_by and checked_on who checked C03, and when",
        "data/sources.csv: name in a finding, or take out, what nothing rests on: minutes",
        "data/sources/: lay there, as ID.txt, the text of what is quoted from letter, "
        "where its terms allow it",
    ]


@pytest.mark.parametrize("words", [["status"], ["status", "--all"]])
@pytest.mark.slow
def test_the_table_fits_a_terminal(meadow, project, words):
    for root in (meadow, project.root):
        done = forked(root, *words)
        assert done.returncode == 0, done.stderr
        assert all(len(line) <= 80 for line in done.stdout.splitlines()), done.stdout
        assert "\nNext" in done.stdout


@pytest.mark.slow
def test_the_check_says_what_is_missing(meadow):
    done = forked(meadow, "check")
    assert done.returncode == 0, done.stderr
    assert "  data/findings.csv: give a verdict to F04\n" in done.stdout
