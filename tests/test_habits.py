"""The files that carry the project on: locks, hooks, workflows, templates, citation."""

import json
import re
import shutil
import subprocess
import sys
import tomllib

import nbformat
import pytest
from conftest import PROJECT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = PROJECT.root
TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads(TEXT)
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
LOCKS = {
    "requirements.txt": PYPROJECT["project"]["dependencies"],
    "tests/requirements.txt": [
        *PYPROJECT["project"]["dependencies"],
        *(line for lines in EXTRAS.values() for line in lines),
    ],
    "install.txt": PYPROJECT["dependency-groups"]["install"],
}
PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, list[str]]:
    """Return the versions that a lock pins, by name: several where they differ by platform."""
    found = {}
    for name, version in PIN.findall((ROOT / lock).read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_fits_pyproject(lock):
    pinned = pins(lock)
    for requirement in map(Requirement, LOCKS[lock]):
        versions = pinned.get(canonicalize_name(requirement.name))
        assert versions, f"{lock} has no {requirement.name}: run make lock"
        for version in versions:
            assert requirement.specifier.contains(version), f"{lock}: {requirement}: run make lock"


def test_the_lock_of_the_tests_pins_what_the_lock_of_the_report_does():
    report, tests = pins("requirements.txt"), pins("tests/requirements.txt")
    assert {name: tests.get(name) for name in report} == report


def test_every_dependency_has_its_reason():
    """A comment on its line, or above the list that it stands in."""
    for lines in LOCKS.values():
        for requirement in lines:
            line = [row for row in TEXT.splitlines() if f'"{requirement}"' in row][-1]
            above = TEXT[: TEXT.index(line)].splitlines()[-1:]
            assert "#" in line or above[0].startswith("#"), f"{requirement}: why?"


def tool(*words: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


SCHEMAS = {
    ".github/workflows/*.yml": "vendor.github-workflows",
    ".github/ISSUE_TEMPLATE/[!c]*.yml": "vendor.github-issue-forms",
    ".github/ISSUE_TEMPLATE/config.yml": "vendor.github-issue-config",
    "CITATION.cff": "vendor.citation-file-format",
}


@pytest.mark.slow
@pytest.mark.parametrize("pattern", SCHEMAS)
def test_a_file_fits_its_schema(pattern):
    files = [str(file) for file in ROOT.glob(pattern)]
    assert files
    done = tool("check_jsonschema", "--builtin-schema", SCHEMAS[pattern], *files)
    assert done.returncode == 0, done.stdout


def test_the_workflow_runs_what_make_quick_runs():
    workflow = (ROOT / ".github" / "workflows" / "quick.yml").read_text(encoding="utf-8")
    recipe = re.search(r"^quick:.*\n\t@\$\(BIN\)/pytest (.*)", makefile(), re.MULTILINE)
    assert f"python -m pytest {recipe[1]}\n" in workflow


def makefile() -> str:
    return (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_hooks_are_in_order():
    assert tool("pre_commit", "validate-config", ".pre-commit-config.yaml").returncode == 0


@pytest.mark.slow
def test_the_hook_of_notebooks_finds_an_output(project, tmp_path):
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    words = re.search(r"bin/(nbstripout .*)", hooks)[1].split()
    files = sorted(project.notebooks.glob("*.ipynb"))
    clean = tool(*words, *map(str, files))
    assert clean.returncode == 0, clean.stdout
    notebook = nbformat.read(files[0], 4)
    code = next(cell for cell in notebook.cells if cell.cell_type == "code")
    code.outputs = [nbformat.v4.new_output("stream", text="left")]
    nbformat.write(notebook, tmp_path / "left.ipynb")
    assert tool(*words, str(tmp_path / "left.ipynb")).returncode == 1


def test_the_citation_has_the_version():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {PYPROJECT['project']['version']}\n" in citation


def test_the_container_is_set_up_as_the_tests_are():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    assert container["updateContentCommand"] == "make .venv/test-ready"


@pytest.mark.slow
def test_a_release_passes_the_index_check(tmp_path):
    source = tmp_path / "source"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "dossier", source / "dossier", ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    done = tool("build", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(source))
    assert done.returncode == 0, done.stderr
    files = [str(file) for file in (tmp_path / "dist").iterdir()]
    assert len(files) == 2
    checked = tool("twine", "check", "--strict", *files)
    assert checked.returncode == 0, checked.stdout
