"""The house: what imports what, what names what, and habits that tools can hold."""

import ast
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import copy, deepcopy
from pathlib import Path

import pytest
from conftest import PROJECT

from dossier.data.known import known_on

ENGINE = PROJECT.root / "dossier"
EXAMPLES = PROJECT.root / "examples"
"""Other dossiers on the same engine, each with an analysis of its own."""
FLOORS = (
    ("errors", "project", "registry", "parameters"),
    ("text",),
    ("data",),
    ("facts",),
    ("show",),
    ("chapters",),
    ("document",),
    ("export",),
    ("gates",),
    ("curation",),
    ("build", "engine"),
    ("__main__",),
)
"""The rooms from the ground up: each imports its own and those below, and nothing above."""
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}


def imports(file: Path) -> Iterator[str]:
    """Yield the names of the modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def engine_files() -> list[Path]:
    return sorted(f for f in ENGINE.rglob("*.py"))


def analyses_of_examples() -> list[Path]:
    return sorted(EXAMPLES.glob("*/analysis/*.py"))


def room(file: Path) -> str:
    return file.relative_to(ENGINE).parts[0].removesuffix(".py")


def test_the_engine_imports_nothing_of_the_analysis():
    assert len(engine_files()) > 40
    for file in engine_files():
        for name in imports(file):
            assert name.partition(".")[0] not in ("analysis", "tests"), file


def test_no_room_imports_one_above_it():
    for file in (f for f in engine_files() if f.name != "__init__.py" or room(f) in LEVEL):
        here = room(file)
        for name in imports(file):
            parts = name.split(".")
            if parts[0] == "dossier" and len(parts) > 1 and parts[1] in LEVEL:
                assert LEVEL[parts[1]] <= LEVEL[here], f"{file.name}: {name}"


def test_the_architecture_names_what_there_is():
    """Its rooms in the order in which they lie, its gates, and every module that it points to."""
    text = (PROJECT.root / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.search(r"^\| room \|.*\n\|---.*\n((?:\|.*\n)+)", text, re.MULTILINE)[1].splitlines()
    rooms = {name: row for row in rows for name in re.findall(r"`(\w+)/?`", row.split("|")[1])}
    assert list(rooms) == list(LEVEL)
    gates = {f.stem for f in (ENGINE / "gates").glob("[a-z]*.py")}
    assert set(re.findall(r"\w+", rooms["gates"].split("|")[2])) == gates
    pointed = re.findall(r"`((?:dossier/)?\w+/\w+\.py)`", text)
    assert len(pointed) > 5
    for name in pointed:
        assert (ENGINE / name).is_file() or (PROJECT.root / name).is_file(), name


SUBJECT = re.compile(
    r"\bNATO\b|Ukrain|\bally\b|\ballies\b|Kiel|\bfront\b|summit|treaty|Stoltenberg|\bG7\b|"
    r"SIPRI|\bISW\b|(?<!dis)agreement|\b2024\b|\b1949\b|"
    # the second dossier's
    r"\bNASA\b|GISTEMP|HadCRUT|\bNOAA\b|Berkeley|ERA5|anomal|warmest|Pliocene|carbon dioxide",
    re.I,
)
ALLOWED = re.compile(
    r"the article’s week|front page|to the front|2024-07-07|2024-7|"
    r"NASA Administrator Bill Nelson|"
    r"key_text\(2024\)|date\(2024|Timestamp\(2024|[\"']2024|7 July 2024|July 8, 2024"
)
"""Words of the examples in docstrings: any day would do there."""


def test_the_engine_names_nothing_of_the_subject():
    kinds = (".py", ".j2", ".typ", ".css", ".js", ".json", ".html", ".xml")
    files = [f for f in ENGINE.rglob("*") if f.suffix in kinds]
    assert len(files) > 40
    found = [
        f"{file.relative_to(ENGINE)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if SUBJECT.search(ALLOWED.sub("", line))
    ]
    assert not found, "\n".join(found)


def test_evidence_is_captured_never_typed():
    """No fact is given its rows, inputs or sources by hand."""
    for file in sorted([*(PROJECT.root / "analysis").glob("*.py"), *analyses_of_examples()]):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword):
                assert node.arg not in ("rows", "inputs"), f"{file.name}:{node.value.lineno}"


def test_no_line_is_longer_than_a_hundred_characters():
    """Of a line without white space, such as a long pattern, ruff says nothing."""
    for file in PROJECT.root.glob("[!.]*/**/*.py"):
        lines = file.read_text(encoding="utf-8").splitlines()
        long = [n for n, line in enumerate(lines, start=1) if len(line) > 100]
        assert not long, f"{file.relative_to(PROJECT.root)}, lines {long}"


@pytest.mark.parametrize("tool", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]])
def test_a_linter_finds_nothing(tool):
    done = subprocess.run(
        [sys.executable, "-m", *tool], cwd=PROJECT.root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_finds_nothing_in_an_analysis_of_an_example():
    folders = sorted(EXAMPLES.glob("*/analysis"))
    assert folders
    options = ["--config-file", str(PROJECT.root / "pyproject.toml")]
    options += ["--cache-dir", str(PROJECT.root / ".mypy_cache")]  # the libraries are the same
    tool = [sys.executable, "-m", "mypy", *options]
    environment = os.environ | {"MYPYPATH": str(PROJECT.root)}
    for folder in folders:
        done = subprocess.run(
            [*tool, "analysis"], cwd=folder.parent, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_no_rule_of_complexity_is_waived():
    files = [*engine_files(), *analyses_of_examples()]
    text = "".join(f.read_text(encoding="utf-8") for f in files)
    assert not re.search(r"noqa: (?:C901|PLR)|fmt: (?:skip|off)", text)


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT.root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.slow
def test_the_engine_can_be_imported_alone():
    assert run("import dossier.engine; print(dossier.engine.Engine.__name__)") == "Engine"


@pytest.mark.slow
def test_the_examples_of_the_build_are_found_without_the_tests():
    """Papermill loads the engine at its own import: the engine alone was half imported then."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:xdist"]
    done = subprocess.run(
        [*command, "dossier/build"], cwd=PROJECT.root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_an_import_leaves_matplotlib_and_the_modules_as_they_were():
    """The kernel of an analyst who imports the package plots as before."""
    code = (
        "import sys, matplotlib; before = dict(matplotlib.rcParams), matplotlib.get_backend()\n"
        "path = list(sys.path)\n"
        "from dossier import Report\nimport dossier.build.editions, dossier.show.charts\n"
        "assert (dict(matplotlib.rcParams), matplotlib.get_backend()) == before\n"
        "assert not [n for n, m in sys.modules.items() if m is None and 'rfc3987' in n]\n"
        "assert sys.path == path\n"
        "report = Report(); report.facts.compute_all(); report.figure('agreements-count')\n"
        "assert dict(matplotlib.rcParams) == before[0]\nprint('as it was')"
    )
    assert run(code).endswith("as it was")


def test_a_record_can_be_copied_and_pickled():
    record = known_on(PROJECT)
    for twin in (copy(record), deepcopy(record), pickle.loads(pickle.dumps(record))):
        assert twin.as_of == record.as_of and len(twin.claims) == len(record.claims)
        assert twin.project.root == record.project.root
    with pytest.raises(AttributeError, match="no table 'nothing'"):
        _ = record.nothing


HELD_BY = {
    "analysis.checks": "data/test_data.py",
    "examples.nasa-2024.analysis": "examples/test_nasa.py",
    "dossier.build.kernel": "build/test_engine.py",
    "dossier.build.reasons": "build/test_comparison.py",
    "dossier.build.signatures": "build/test_verification.py",
    "dossier.build.typesetter": "build/test_incremental.py",
    "dossier.chapters.corrections": "curation/test_anchors.py",
    "dossier.chapters.open": "curation/test_new.py",
    "dossier.data.noted": "build/test_incremental.py",
    "dossier.export.docx_reader": "export/test_word.py",
    "dossier.export.html_parts": "build/test_comparison.py",
    "dossier.export.pdf_parts": "build/test_comparison.py",
    "dossier.export.wordml": "export/test_word.py",
    "dossier.text.clock": "text/test_detect.py",
    "dossier.text.context": "text/test_detect.py",
    "dossier.text.counts": "text/test_detect.py",
    "dossier.text.dates": "text/test_article.py",
    "dossier.text.expressions": "text/test_detect.py",
    "dossier.text.given": "text/test_speakers.py",
    "dossier.text.labels": "text/test_detect.py",
    "dossier.text.lexer": "text/test_detect.py",
    "dossier.text.measures": "text/test_detect.py",
    "dossier.text.mentions": "text/test_speakers.py",
    "dossier.text.moments": "text/test_detect.py",
    "dossier.text.names": "text/test_detect.py",
    "dossier.text.persons": "text/test_speakers.py",
    "dossier.text.qualifiers": "text/test_detect.py",
    "dossier.text.serials": "text/test_detect.py",
    "dossier.text.titles": "text/test_detect.py",
    "dossier.text.turns": "text/test_detect.py",
    "dossier.text.voices": "text/test_speakers.py",
}
"""Modules that no test imports: each is held by what a test sees of it."""


def test_every_module_is_imported_by_a_test_or_listed_with_the_test_that_holds_it():
    tests = PROJECT.root / "tests"
    imported = {name for file in tests.rglob("test_*.py") for name in imports(file)}
    own = {file.name for file in tests.rglob("test_*.py")}
    files = [*engine_files(), *(PROJECT.root / "analysis").glob("*.py")]
    modules = {
        ".".join(file.relative_to(PROJECT.root).with_suffix("").parts): f"test_{file.name}"
        for file in files
        if file.name != "__init__.py"
    }
    bare = {name for name, test in modules.items() if name not in imported and test not in own}
    examples = {f"examples.{f.parts[-3]}.analysis" for f in analyses_of_examples()}
    assert bare | examples == set(HELD_BY)
    assert all((tests / test).is_file() for test in HELD_BY.values())
