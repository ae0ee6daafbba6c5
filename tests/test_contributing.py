"""What CONTRIBUTING.md tells works: its examples are built, its commands are targets."""

import json
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from conftest import OTHER, PROJECT

TEXT = (PROJECT.root / "CONTRIBUTING.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"[Ii]n `([\w/.-]+)`(?:, and with [^\n]*)?:\n\n```python\n(.*?)```", re.DOTALL)


def notebook(cells: str) -> str:
    """Return the notebook that a text describes, its cells parted by ``# %%``."""
    made = nbformat.v4.new_notebook()
    made.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    for part in re.split(r"^# %%", cells, flags=re.MULTILINE)[1:]:
        kind, _, source = part.partition("\n")
        if "markdown" in kind:
            made.cells.append(nbformat.v4.new_markdown_cell(source.strip()))
        else:
            made.cells.append(nbformat.v4.new_code_cell(source.strip()))
        if "parameters" in kind:
            made.cells[-1].metadata["tags"] = ["parameters"]
    return nbformat.writes(made)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The small dossier and the engine, with every example of the text in its place."""
    root = tmp_path_factory.mktemp("contributing") / "seagrass"
    shutil.copytree(OTHER, root)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT.root / "dossier", root / "dossier", ignore=ignored)
    (root / "analysis").mkdir()
    (root / "analysis" / "__init__.py").touch()
    for name, code in EXAMPLE.findall(TEXT):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(notebook(code) if name.endswith(".ipynb") else code)
    claims = root / "data" / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    ruled = re.sub(r"^(C04(?:,[^,]*){7}),,", r"\1,whole_cost,", text, flags=re.MULTILINE)
    assert ruled != text
    claims.write_text(ruled, encoding="utf-8")
    return root


def test_each_kind_has_an_example():
    kinds = re.findall(r"^### An? (\w+)", TEXT, re.MULTILINE)
    assert kinds == ["fact", "table", "rule", "chapter", "gate", "format", "column", "test"]
    assert len(EXAMPLE.findall(TEXT)) == len(kinds) - 1  # the steps to a column are a list


@pytest.mark.build
def test_the_test_of_the_example_passes_and_finds_what_it_is_for(root):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/analysis"]
    env = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}  # of one second, and as long, as the next
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True)
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout
    rules = root / "analysis" / "rules.py"
    good = rules.read_text()
    rules.write_text(good.replace("<=", ">="))
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True)
    rules.write_text(good)
    assert done.returncode == 1 and "no_confirmation" in done.stdout, done.stdout


@pytest.mark.build
def test_the_examples_build_and_pass_the_gates(root):
    command = [sys.executable, "-m", "dossier", "report", "units=metric", "formats=html,pdf,txt"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "run 03-cost" in done.stdout and "set the TXT" in done.stdout
    written = root / "reports" / "seagrass.metric.facts.json"
    facts = {fact["id"]: fact for fact in json.loads(written.read_text())["facts"]}
    # by hand: 12.5 hectares are 125,000 square metres, at 7.20 each
    assert facts["cost_of_first_year"]["value"] == 0.9
    page = (root / "reports" / "seagrass.metric.html").read_text(encoding="utf-8")
    assert "What does the meadow cost?" in page and 'id="table-costs"' in page
    assert "The first year alone costs" in page


@pytest.mark.build
def test_the_gate_of_the_example_finds_what_it_is_for(root):
    gate = root / "dossier" / "gates" / "length.py"
    good = gate.read_text()
    gate.write_text(good.replace("PAGES = 60", "PAGES = 1"))
    command = [sys.executable, "-m", "dossier", "report", "units=metric", "paper=letter"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    gate.write_text(good)
    assert done.returncode == 1 and "leave something out" in done.stderr


def test_every_command_is_a_target():
    blocks = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert {"make quick", "make test", "make lock", "make release"} <= set(commands)
    for command in commands:
        done = subprocess.run(
            [*command.split(), "--dry-run"], cwd=PROJECT.root, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
