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
BLOCKS = re.findall(r"```(sh|python|text)\n(.*?)```", TEXT, re.DOTALL)
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
    """The folder where all was done that the guide says, and what it shows beside what came.

    A cell goes to the end of the chapter that is named last before it; the lines of a block of
    text are those that the commands before it are said to print.
    """
    need("ssh-keygen")
    home = tmp_path_factory.mktemp("home")
    # a checkout whose set-up is there, so that nothing is installed anew under a running test
    checkout = copy_of_project(tmp_path_factory.mktemp("checkout"), [])
    shutil.copytree(OTHER, checkout / "tests" / "other_article")
    shown, printed = [], ""
    for language, block in BLOCKS:
        if language == "python":
            (chapter,) = re.findall(r"notebooks/\S+\.ipynb", TEXT[: TEXT.index(block)])[-1:]
            add_cell(home / "seagrass" / chapter, block.rstrip("\n"))
            continue
        if language == "text":
            shown.append((block, printed))
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
        printed = done.stdout
    return home / "seagrass", shown


@pytest.mark.build
@pytest.mark.slow(15)
def test_every_block_of_the_guide_does_what_it_says(told):
    root, shown = told
    assert len(shown) >= 10
    for block, printed in shown:
        for line in block.splitlines():
            begun = line.endswith("…") and f"\n{line[:-1]}" in printed
            assert begun or line in printed.splitlines(), f"{line}\nis not in\n{printed}"
    page = (root / "reports" / "seagrass.html").read_text(encoding="utf-8")
    assert "The article promises them a strip of" in page and "So far" in page
    early = (root / "reports" / "seagrass.as-of-2025-03-05.metric.html").read_text(encoding="utf-8")
    assert "“Fishermen”" in page and "“Anglers”" in page and "“Fishermen”" not in early
    assert "The survey lists" in page and "The survey lists" not in early


def test_every_file_that_the_documents_link_to_is_there():
    for page in (PROJECT.root / "docs").glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
