"""A new chapter runs at once; one that is renamed or removed leaves nothing to clean."""

import json
import subprocess
import sys

import pytest
from conftest import forked

from dossier import project as projects
from dossier.build.errors import BuildError
from dossier.build.scaffold import name_of, new_chapter

QUESTION = "What does the meadow “cost”?"


def printing(root):
    """Return the chapters that the report's facts are printed in."""
    facts = json.loads((root / "reports" / "seagrass.facts.json").read_text())["facts"]
    return {chapter for fact in facts for chapter in fact["where"]}


def test_a_new_chapter_runs_at_once_and_may_be_renamed_and_removed(seagrass):
    begun = forked(seagrass, "chapter", QUESTION)
    names = [
        "notebooks/03-meadow-cost.ipynb",
        "analysis/meadow_cost.py",
        "tests/test_meadow_cost.py",
    ]
    assert begun.stdout.split("\n")[1:-1] == [f"  {name}" for name in names], begun.stderr
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    tested = subprocess.run(words, cwd=seagrass, capture_output=True, text=True)
    assert tested.returncode == 0 and "1 passed" in tested.stdout, tested.stdout
    assert forked(seagrass, "report").returncode == 0
    assert "03-meadow-cost" in printing(seagrass)

    file = seagrass / names[0]
    file.rename(file.with_name("03-price.ipynb"))
    assert forked(seagrass, "report").returncode == 0
    assert "03-price" in printing(seagrass) and "03-meadow-cost" not in printing(seagrass)
    audited = forked(seagrass, "audit")
    assert audited.returncode == 0, audited.stderr

    for left in (file.with_name("03-price.ipynb"), seagrass / names[1], seagrass / names[2]):
        left.unlink()
    assert forked(seagrass, "report").returncode == 0
    audited = forked(seagrass, "audit")
    assert audited.returncode == 0, audited.stderr
    executed = sorted(f.name for f in (seagrass / "reports" / "notebooks" / "default").iterdir())
    assert executed == sorted(f.name for f in (seagrass / "notebooks").iterdir())


def test_no_file_is_written_over(seagrass):
    project = projects.find(seagrass)
    first = new_chapter(project, QUESTION)
    before = [file.read_bytes() for file in first]
    with pytest.raises(BuildError, match="in other words"):
        new_chapter(project, "How much did the meadow cost?")
    assert [file.read_bytes() for file in first] == before


@pytest.mark.parametrize("question", ["", "?!", "07 July", "import"])
def test_a_question_that_names_nothing_is_refused(question):
    with pytest.raises(BuildError, match="names nothing"):
        name_of(question)
