"""What a build depends on: nothing that changes is ever taken for built."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import PROJECT, forked, started

from dossier import project as projects
from dossier.build import cluster, editions, stamps
from dossier.data.known import digest, known_on
from dossier.show.briefs import brief_record
from dossier.text.article import Article

OTHER = Path(__file__).parent.parent / "other_article"


@pytest.fixture
def root(seagrass):
    """The small dossier of another field, its report built."""
    return seagrass


def run(root, *words):
    done = forked(root, *(words or ["report"]))
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.parametrize(
    "file",
    ["data/article.txt", "data/claims.csv", "notebooks/01-summary.ipynb", "dossier.toml"],
)
def test_a_changed_input_is_seen(root, file):
    project = projects.find(root)
    assert stamps.up_to_date(project, "report", {})
    with (root / file).open("a", encoding="utf-8") as handle:
        handle.write("\n")
    assert not stamps.up_to_date(project, "report", {})


@pytest.mark.parametrize(
    "file", ["seagrass.html", "seagrass.facts.json", "notebooks/default/01-summary.ipynb"]
)
def test_an_output_that_is_gone_is_made_again(root, file):
    assert "Nothing has changed" in run(root).stdout
    (root / "reports" / file).unlink()
    assert "Built in" in run(root).stdout
    assert (root / "reports" / file).is_file()


def test_the_executed_chapters_can_be_thrown_away(root):
    shutil.rmtree(root / "reports" / "notebooks")
    assert "Built in" in run(root).stdout
    run(root, "audit")


def test_an_edit_made_while_a_build_runs_is_said_and_built_the_next_time(root, monkeypatch):
    project = projects.find(root)
    (root / "notebooks" / "01-summary.ipynb").touch()
    shutil.rmtree(project.scratch)
    publish = editions.publish

    def edited(*given):
        with (root / "dossier.toml").open("a", encoding="utf-8") as file:
            file.write("# edited meanwhile\n")
        publish(*given)

    monkeypatch.setattr(editions, "publish", edited)
    built = editions.build_report(project, {})
    assert built.built and "build again" in built.notice
    monkeypatch.undo()
    assert "Built in" in run(root).stdout
    assert "Nothing has changed" in run(root).stdout


def test_a_brief_depends_on_the_article():
    record = brief_record(known_on(PROJECT), "POL")
    other = replace(record, article=Article(record.article.text + " "))
    assert digest(other) != digest(record)


def test_reproduce_works_beside_a_build(root, tmp_path):
    """It works in a folder of its own, which no build takes for one that was left behind."""
    (root / ".building-other").mkdir()
    log = tmp_path / "log"
    aside = started(root, log, "reproduce")
    with (root / "dossier.toml").open("a", encoding="utf-8") as file:
        file.write("# so that there is something to build\n")
    run(root)
    aside.join(300)
    assert aside.exitcode == 0 and "byte for byte" in log.read_text()


def test_what_travels_to_a_worker_has_the_digest_of_what_stays(tmp_path):
    """A worker refuses a project of another digest: a table beside the analysis travels, too."""
    here, there = tmp_path / "here", tmp_path / "there"
    shutil.copytree(OTHER, here)
    (here / "analysis").mkdir()
    (here / "analysis" / "__init__.py").write_text("")
    (here / "analysis" / "factors.json").write_text("{}")
    project = projects.find(here)
    cluster._unpack_inputs(cluster._pack(project), there)
    assert stamps.inputs(projects.find(there)) == stamps.inputs(project)
