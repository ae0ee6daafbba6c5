"""Chapters kept from build to build: after any change the files are those of a clean build.

A small dossier is built once; each change is made to a copy of it, what was kept with it, and the
copy is built twice: with what was kept, and anew. Every file is compared, byte for byte. A build
whose files no test compares sets the page alone.
"""

import dataclasses
import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import forked

import dossier
from dossier import project as projects
from dossier.build import imports, kept, stamps
from dossier.build.editions import kept_of, make_edition
from dossier.build.notebooks import preload_libraries
from dossier.build.processes import begin
from dossier.build.progress import Progress
from dossier.gates import GateError
from dossier.show.report import check_parameters

pytestmark = pytest.mark.build
OTHER = Path(__file__).parent.parent / "other_article"
HEAD = (
    "from dossier import Report",
    'as_of = "latest"  # last day whose knowledge may appear\nunits = "metric"  # which come first',
    "report = Report(as_of, units)",
)
ANALYSIS = '''
"""The plots of the meadow."""

from analysis.words import CAPTION
from dossier.facts.trace import count, total
from dossier.registry import fact, figure, table
from dossier.show import charts
from dossier.show.tables import Column, Table, cite


@fact(unit="places")
def plots_planted(record):
    """Plots that were planted.

    Count the plots of more than nothing.
    """
    return count(record.plots[record.plots["hectares"] > 0], of=record.plots)


@table("plots")
def plots_table(record, facts):
    rows = [
        (key, (row["name"], cite(record, row["source_id"])))
        for key, row in zip(record.plots.index, record.plots.to_dict("records"), strict=True)
    ]
    return Table(facts.join(CAPTION), (Column("Plot"), Column("Source")), tuple(rows))


@figure("sizes", narrow=True)
def sizes_figure(record, facts):
    canvas, ax = charts.canvas(2)
    sizes = list(enumerate(record.plots["hectares"]))
    ax.plot(*zip(*sizes), gid="data-plots")
    ax.plot(*sizes[0], "o", gid="data-first")
    shown = {"plots": sizes, "first": sizes[:1]}
    return charts.Drawing(canvas, facts.join(CAPTION), "hectares", "The plots.", shown)
'''
FIELDS = {"plot_id": "string", "name": "string", "hectares": "number", "source_id": "string"}
ROWS = "P1,North,2.5,paper\nP2,South,0,paper\nP3,West,4,paper"
SOURCE = "{id},A {id},Town,https://example.org/{id},{day},{day},published,in full,,,\n"
CHAPTERS = ["01-summary", "02-evidence", "03-plots", "04-cell"]


def chapter(root: Path, name: str, *cells: str) -> None:
    made = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell(f"# What of {name[3:]}?", id="title"),
            *(nbformat.v4.new_code_cell(s, id=f"c{n}") for n, s in enumerate((*HEAD, *cells))),
        ]
    )
    made.cells[2].metadata["tags"] = ["parameters"]
    made.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(made, root / "notebooks" / f"{name}.ipynb")


def append(root: Path, file: str, text: str) -> None:
    with (root / file).open("a", encoding="utf-8") as handle:
        handle.write(text)


def replace(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text, old
    (root / file).write_text(text.replace(old, new), encoding="utf-8")


def in_schema(root: Path, change) -> None:
    """Change the schema by a function of its tables by name."""
    file = root / "data" / "datapackage.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    change({resource["name"]: resource for resource in content["resources"]}, content["resources"])
    file.write_text(json.dumps(content, indent=1), encoding="utf-8")


def add_plots(tables, resources) -> None:
    fields = [{"name": n, "type": t, "description": n} for n, t in FIELDS.items()]
    reference = {"resource": "sources", "fields": ["source_id"]}
    schema = {"fields": fields, "primaryKey": "plot_id", "missingValues": [""]}
    schema |= {"foreignKeys": [{"fields": ["source_id"], "reference": reference}]}
    resources.append(
        tables["exclusions"]
        | {"name": "plots", "path": "plots.csv", "title": "A plot", "schema": schema}
        | {"known": {"sources": ["source_id"]}}
    )


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The small dossier with a table, an analysis and two chapters more; built once."""
    preload_libraries()  # once, before the forks
    root = tmp_path_factory.mktemp("kept") / "seagrass"
    shutil.copytree(OTHER, root)
    in_schema(root, add_plots)
    (root / "data" / "plots.csv").write_text(f"{','.join(FIELDS)}\n{ROWS}\n")
    append(root, "data/sources.csv", SOURCE.format(id="note", day="2025-03-07"))
    append(root, "data/findings.csv", "F01,C01,2025-03-05,It is so.,confirmed,,paper,,\n")
    append(
        root,
        "data/timeline.csv",
        "T01,2025-03-04,day,An event,,council,paper,,read,THE ARTICLE\n"
        "T02,2025-03-05,day,Another,,council,paper,,read,context\n",
    )
    append(root, "data/disagreements.csv", "D01,Size,one,paper,two,paper,both kept,2025-03-05\n")
    (root / "analysis").mkdir()
    (root / "analysis" / "__init__.py").write_text('"""The meadow."""\n')
    (root / "analysis" / "plots.py").write_text(ANALYSIS)
    (root / "analysis" / "words.py").write_text(
        'CAPTION = "The {plots_planted} and the bare ones"\n'
    )
    said = 'report.say("Of the plots {plots_planted} were planted.")'
    chapter(root, "03-plots", said, 'report.table("plots")', 'report.figure("sizes")')
    chapter(root, "04-cell", 'report.say("It happened on {timeline.T02.date}.")')
    _, names = build(root, root / "built")
    assert names == [f"run {name}" for name in CHAPTERS]
    shutil.rmtree(root / "built")
    return root


class Names(Progress):
    """Notes which chapters run, and which are kept."""

    def __init__(self):
        super().__init__(0, quiet=True)
        self.names = []

    def end(self, name, failed=False):
        super().end(name, failed)
        self.names += [name] * name.startswith(("run 0", "run 1", "keep "))


def build(root: Path, folder: Path, anew: bool = False, **given: str):
    """Build in a process of its own; return the files' bytes by name, and what ran."""
    return builds(root, folder, anew, **given)[0]


def builds(root: Path, folder: Path, *anew: bool, **given: str):
    """Build as often as is said in a process of its own, each time anew or with what was kept.

    Return for each the files' bytes by name, and what ran.
    """

    def work():
        os.chdir(root)
        project = projects.find()
        stamps.shared_code(project)
        return [once(project, folder / str(number), how) for number, how in enumerate(anew)]

    def once(project, folder, anew):
        names = Names()
        made = make_edition(project, check_parameters(project, given), folder, names, anew)
        return {name: file.read_bytes() for name, file in made.files.items()}, sorted(names.names)

    outcome, error = begin(work)()
    assert error is None, error
    return outcome


def reworded(root):
    replace(root, "notebooks/03-plots.ipynb", "were planted", "are planted by now")


def renamed(root):
    (root / "notebooks" / "04-cell.ipynb").rename(root / "notebooks" / "05-cell.ipynb")


def another_column(root):
    def change(tables, _):
        tables["plots"]["schema"]["fields"].append(
            {"name": "note", "type": "string", "description": "a note"}
        )

    in_schema(root, change)
    table = root / "data" / "plots.csv"
    head, *rows = table.read_text().splitlines()
    table.write_text("\n".join([f"{head},note", *(f"{row},dry" for row in rows)]) + "\n")


def longer_article(root):
    append(root, "data/article.txt", "\nThe council will meet again.\n")


def readme_added(root):
    (root / "data" / "README.md").write_text("What the tables mean.\n")


CHANGES = {
    "nothing": (lambda root: None, []),
    "a sentence": (reworded, ["03-plots"]),
    "a cell": (lambda r: replace(r, "data/plots.csv", "P1,North", "P1,Far north"), ["03-plots"]),
    "a cell that a fact counts": (
        lambda r: replace(r, "data/plots.csv", "P2,South,0", "P2,South,1"),
        ["03-plots"],
    ),
    "a row": (lambda r: append(r, "data/plots.csv", "P4,East,1,paper\n"), ["03-plots"]),
    "a row gone": (lambda r: replace(r, "data/plots.csv", "P3,West,4,paper\n", ""), ["03-plots"]),
    "rows in another order": (
        lambda r: replace(r, "data/plots.csv", ROWS, "\n".join(ROWS.split("\n")[::-1])),
        ["03-plots"],
    ),
    "a column": (another_column, CHAPTERS),
    "the title of a source": (
        lambda r: replace(r, "data/sources.csv", "Cool Its Bay", "Warm Its Bay"),
        ["02-evidence", "03-plots"],
    ),
    "a source": (
        lambda r: append(r, "data/sources.csv", SOURCE.format(id="map", day="2025-03-05")),
        ["02-evidence", "03-plots"],
    ),
    "an event whose cell a sentence names": (
        lambda r: replace(r, "data/timeline.csv", "T02,2025-03-05,", "T02,2025-03-04,"),
        ["02-evidence", "04-cell"],
    ),
    "an event whose cell no sentence names": (
        lambda r: replace(r, "data/timeline.csv", "An event", "An incident"),
        ["02-evidence"],
    ),
    "a verdict": (
        lambda r: replace(r, "data/findings.csv", "confirmed", "imprecise"),
        ["01-summary", "02-evidence"],
    ),
    "the article": (longer_article, CHAPTERS),
    "a file beside the tables": (readme_added, CHAPTERS),
    "a caption, in a module of the analysis": (
        lambda r: replace(r, "analysis/words.py", "the bare ones", "all the bare ones"),
        ["03-plots"],
    ),
    "a fact's rule": (
        lambda r: replace(r, "analysis/plots.py", "> 0]", ">= 0]"),
        ["03-plots"],
    ),
    "a module more": (lambda r: (r / "analysis" / "more.py").write_text("X = 1\n"), []),
    "a unit in dossier.toml": (
        lambda r: replace(r, "dossier.toml", 'singular = "place"', 'singular = "spot"'),
        CHAPTERS,
    ),
    "the title in dossier.toml": (
        lambda r: replace(r, "dossier.toml", "of the meadow", "of the bay"),
        CHAPTERS,
    ),
    "the lock": (lambda r: (r / "requirements.txt").write_text("numpy==2.0\n"), CHAPTERS),
    "a chapter more": (
        lambda r: chapter(r, "05-more", 'report.say("There are {events_total}.")'),
        ["05-more"],
    ),
    "a chapter gone": (lambda r: (r / "notebooks" / "03-plots.ipynb").unlink(), []),
    "a chapter renamed": (renamed, ["05-cell"]),
}


@pytest.mark.parametrize("what", CHANGES)
def test_after_a_change_the_files_are_those_of_a_clean_build(base, tmp_path, what):
    change, runs = CHANGES[what]
    root = shutil.copytree(base, tmp_path / "seagrass")
    change(root)
    # a PDF follows from the document, as the HTML does: it is compared where most can change
    formats = "html,pdf" if what in ("a sentence", "a column", "a verdict") else "html"
    ((clean, ran_all),) = builds(root, tmp_path / "clean", True, formats=formats)
    # in another process, which has no fact but those that are kept
    (files, ran), (again, ran_again) = builds(
        root, tmp_path / "made", False, False, formats=formats
    )
    assert not [name for name in ran_all if name.startswith("keep")]
    assert [name.removeprefix("run ") for name in ran if name.startswith("run")] == runs
    assert files == clean
    assert not [name for name in ran_again if name.startswith("run")] and again == clean


@pytest.mark.parametrize("anew", [True, False])
def test_a_build_fails_where_a_fact_names_too_few_rows(base, tmp_path, anew):
    root = shutil.copytree(base, tmp_path / "seagrass")
    replace(root, "analysis/plots.py", "import count, total", "import traced")
    replace(root, "analysis/plots.py", "return count(record.", "return traced(len(record.")
    replace(root, "analysis/plots.py", "> 0], of=record.plots)", "> 0]), record.plots.iloc[:1])")

    def work():
        os.chdir(root)
        project = projects.find()
        with pytest.raises(GateError, match="fact 'plots_planted': from the 1 rows"):
            given = check_parameters(project, {"formats": "html"})  # the proof reads no file
            make_edition(project, given, tmp_path / "made", anew=anew)

    assert begin(work)()[1] is None


def test_the_command_makes_the_same_from_what_the_last_build_set(base, tmp_path):
    root = shutil.copytree(base, tmp_path / "seagrass")

    def report(root):
        forked(root, "report").check_returncode()
        return {f.name: f.read_bytes() for f in (root / "reports").iterdir() if f.is_file()}

    first = report(root)
    (kept,) = (root / ".build" / "kept").glob("typeset-*")
    before = kept.read_bytes()
    reworded(root)
    clean = shutil.copytree(root, tmp_path / "clean")
    shutil.rmtree(clean / ".build")
    made = report(root)
    assert made == report(clean) and made.keys() == first.keys() and made != first
    assert kept.read_bytes() != before


@pytest.mark.parametrize(
    ("what", "drawn"),
    [
        ("a sentence", False),
        ("a cell", True),
        ("a cell that a fact counts", True),
        ("the title of a source", False),
        ("a caption, in a module of the analysis", True),
        ("a chapter more", False),
    ],
)
def test_a_figure_is_drawn_again_only_where_what_it_shows_has_changed(base, tmp_path, what, drawn):
    root = shutil.copytree(base, tmp_path / "seagrass")
    kept = {f: json.loads(f.read_text()) for f in (root / ".build" / "kept").glob("*.json")}
    (file,) = [f for f, noted in kept.items() if "sizes-" in noted["content"].get("svg", "")]
    file.write_text(file.read_text().replace("sizes-narrow-", "sizes-kept-"))
    CHANGES[what][0](root)
    build(root, tmp_path / "made", formats="html")
    assert ("sizes-kept-" not in file.read_text()) == drawn


@pytest.mark.parametrize(
    ("what", "computed"),
    [
        ("a sentence", False),
        ("a cell", True),
        ("an event whose cell no sentence names", False),
        ("the title of a source", True),
        ("a caption, in a module of the analysis", True),
        ("a module more", False),
        ("the title in dossier.toml", True),
        ("a file beside the tables", True),
    ],
)
def test_a_fact_is_computed_again_only_where_what_it_rests_on_has_changed(
    base, tmp_path, what, computed
):
    """What is kept of it is another value: it shows who was asked."""
    root = shutil.copytree(base, tmp_path / "seagrass")
    (file,) = (root / ".build" / "kept").glob("facts-*")
    facts = pickle.loads(file.read_bytes())
    fact, state = facts["plots_planted"]
    facts["plots_planted"] = dataclasses.replace(fact, value=77), state
    file.write_bytes(pickle.dumps(facts))
    CHANGES[what][0](root)

    def work():
        os.chdir(root)
        project = projects.find()
        return kept_of(project, check_parameters(project, {})).ledger.value("plots_planted")

    assert fact.value == 2
    assert begin(work)() == (2 if computed else 77, None)


@pytest.mark.parametrize(
    ("given", "runs"),
    [
        ({"units": "metric"}, CHAPTERS),
        ({"as_of": "2025-03-05"}, CHAPTERS),
        ({"paper": "letter"}, []),
        ({"standard": "a-2a"}, []),
    ],
)
def test_another_edition_is_that_of_a_clean_build(base, tmp_path, given, runs):
    root = shutil.copytree(base, tmp_path / "seagrass")
    (clean, _), (files, ran) = builds(root, tmp_path / "made", True, False, **given)
    assert [name.removeprefix("run ") for name in ran if name.startswith("run")] == runs
    assert files == clean


TWICE = """
import shutil, sys
sys.modules["rfc3987_syntax"] = None  # as a command does
from dossier.__main__ import main

assert main(["report"]) == 0
shutil.move("reports", "first")
if "keep" not in sys.argv:
    shutil.rmtree(".build")
    assert main(["report"]) == 0
"""
"""Builds a report with what was kept, and then anew."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """A copy of the engine, compiled as it is."""
    root = tmp_path_factory.mktemp("engine")
    shutil.copytree(Path(dossier.__file__).parent, root / "dossier")
    return root


def made_by(engine, root, *words):
    """Return the files of a report made by a copy of the engine, and what was printed."""
    done = subprocess.run(
        [sys.executable, "-c", TWICE, *words],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(engine)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    folders = [root / "first", root / "reports"]
    return [
        {f.relative_to(folder): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
        for folder in folders
    ], done.stdout


def test_a_copy_of_the_engine_keeps_what_another_kept(base, engine, tmp_path):
    root = shutil.copytree(base, tmp_path / "seagrass")
    _, printed = made_by(engine, root, "keep")
    assert all(f"keep {name}" in printed for name in CHAPTERS)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("export/templates/report.html.j2", "Download the values", "Take the values"),
        ("export/templates/report.css", "body{", "body{ letter-spacing:0;"),
        ("show/charts.py", '"font.size": ', '"font.size": 1 + '),
        ("text/dates.py", '"""', '"""Days. '),
    ],
)
def test_after_a_change_of_the_engine_every_chapter_runs(base, engine, tmp_path, file, old, new):
    """A template, its style, the figures' font, the grammar; in a copy of the engine."""
    root = shutil.copytree(base, tmp_path / "seagrass")
    good = (engine / "dossier" / file).read_text(encoding="utf-8")
    assert old in good
    try:
        (engine / "dossier" / file).write_text(good.replace(old, new, 1), encoding="utf-8")
        (files, clean), printed = made_by(engine, root)
    finally:
        (engine / "dossier" / file).write_text(good, encoding="utf-8")
    assert "keep 0" not in printed and "run 0" in printed
    assert files == clean


def test_a_table_that_a_chapter_opens_by_itself_is_seen(base, tmp_path):
    root = shutil.copytree(base, tmp_path / "seagrass")
    chapter(root, "05-own", 'print(open("data/plots.csv").read().split(",")[4])')
    chapter(
        root,
        "06-all",
        "from dossier.data.tables import load\n"
        "print(sorted(load(report.project).frames['plots']['name'])[0])",
    )
    build(root, tmp_path / "first", formats="html")
    replace(root, "data/plots.csv", "P1,North", "P1,Bare")
    files, ran = build(root, tmp_path / "kept")
    assert {"run 05-own", "run 06-all"} <= set(ran)
    assert files == build(root, tmp_path / "clean", anew=True)[0]


def test_what_is_kept_is_bounded_and_a_broken_file_is_no_harm(base, tmp_path, monkeypatch):
    root = shutil.copytree(base, tmp_path / "seagrass")
    folder = root / ".build" / "kept"
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[:200])
    files, ran = build(root, tmp_path / "kept")
    assert ran == [f"run {name}" for name in CHAPTERS]
    assert files == build(root, tmp_path / "clean", anew=True)[0]
    monkeypatch.setattr(kept, "MOST", 5)
    for number in range(2):
        replace(root, "notebooks/03-plots.ipynb", "were planted", "were planted now")
        build(root, tmp_path / f"more{number}", formats="html")
    assert len(list(folder.iterdir())) == 5


def test_code_that_changes_while_a_build_runs_is_not_kept_for_the_other(base, tmp_path):
    """The process has imported the code as it was; the files say otherwise."""
    root = shutil.copytree(base, tmp_path / "seagrass")
    shutil.rmtree(root / ".build")
    replace(root, "notebooks/03-plots.ipynb", "report.say", "open; report.say")
    good = (root / "analysis" / "words.py").read_text()

    def work():
        os.chdir(root)
        project = projects.find()
        stamps.shared_code(project)
        (root / "analysis" / "words.py").write_text(good.replace("The", "All"))
        given = check_parameters(project, {"formats": "html"})
        make_edition(project, given, tmp_path / "first", None, False)

    assert begin(work)()[1] is None
    (root / "analysis" / "words.py").write_text(good)
    files, ran = build(root, tmp_path / "kept")
    assert ran == [f"run {name}" for name in CHAPTERS]
    assert files == build(root, tmp_path / "clean", anew=True)[0]


def test_a_module_counts_with_all_that_it_imports_in_the_end(tmp_path):
    texts = {
        "a.py": "from analysis import b\n",
        "b.py": "def later():\n    from .c import X\n    return X\n",
        "c.py": "X = 1  # of the analysis\n",
        "d.py": "from analysis import *\n",
        "e.py": "import importlib\n",
        "f.py": "import pandas\n",
        "g/inner.py": "import analysis.f\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "__init__.py").write_text("")
    files = sorted(f for f in tmp_path.rglob("*") if f.is_file())
    found = imports.with_imports(imports.modules(files, tmp_path), "analysis")
    reached = {name: {f.stem for f in of} for name, of in found.items()}
    every = {"a", "b", "c", "d", "e", "f", "inner"}
    assert reached == {
        "a": {"a", "b", "c"},
        "b": {"b", "c"},
        "c": {"c"},
        "d": every,
        "e": every,
        "f": {"f"},
        "g": {"inner", "f"},
    }
