"""The guide keeps its word: its commands and cells are run in order, its files come to be."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from conftest import OTHER, PROJECT, copy_of_project, need

TEXT = (PROJECT.root / "docs" / "guide.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(sh|python)\n(.*?)```", TEXT, re.DOTALL)
RUN = """
cd "$(cat "$HOME/where" 2>/dev/null || pwd)"
. "$HOME/defined" 2>/dev/null
set -e
{block}
pwd > "$HOME/where"
(declare -p engine; declare -f dossier) > "$HOME/defined"
"""
"""A block of commands, in a shell that goes on where the one before ended."""


def add_cell(file: Path, source: str) -> None:
    """Add a cell at the end of a notebook, as somebody would in JupyterLab."""
    notebook = nbformat.read(file, 4)
    notebook.cells.append(nbformat.v4.new_code_cell(source))
    nbformat.write(notebook, file)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A home folder where all was done that the guide says, and what each block printed."""
    need("ssh-keygen")
    home = tmp_path_factory.mktemp("home")
    # a checkout whose set-up is there, so that nothing is installed anew under a running test
    checkout = copy_of_project(tmp_path_factory.mktemp("checkout"), [])
    shutil.copytree(OTHER, checkout / "tests" / "other_article")
    printed = []
    for language, block in BLOCKS:
        if language == "python":
            add_cell(home / "seagrass" / "notebooks" / "01-summary.ipynb", block)
            continue
        done = subprocess.run(
            ["bash", "-c", RUN.replace("{block}", block)],
            cwd=checkout,
            env=os.environ | {"HOME": str(home)},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{block}\n{done.stderr}"
        printed.append(done.stdout)
    return home / "seagrass", "\n".join(printed)


@pytest.mark.build
def test_every_block_of_the_guide_does_what_it_says(told):
    root, printed = told
    for words in (
        '"unit": "hectares"',
        "rows, all in order",
        "run the gates",
        "No number without its source",
        "C05: verdict: open -> confirmed",
        "reports/seagrass.pdf.sig",
        "(a) with the data: it is, byte for byte",
        "(c) signature: made by editor@example.org",
    ):
        assert words in printed, words
    page = (root / "reports" / "seagrass.html").read_text(encoding="utf-8")
    assert "The survey lists" in page and "So far" in page


def test_every_file_that_the_documents_link_to_is_there():
    for page in (PROJECT.root / "docs").glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
