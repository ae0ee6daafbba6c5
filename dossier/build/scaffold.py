"""What a new chapter begins with: a notebook, a module of the analysis, and its test.

They run as they are, on the table of sources, which every dossier has; nothing of them is needed
by any other part, so that removing the three files removes the chapter.
"""

import json
import keyword
import re
import unicodedata
from pathlib import Path

import nbformat

from dossier.build.errors import BuildError
from dossier.build.notebooks import chapters
from dossier.project import Project

PASSED_OVER = re.compile(
    "a|an|and|are|at|by|did|do|does|for|from|had|has|have|how|in|is|it|many|much|of|on|or|the|"
    "there|to|was|were|what|when|where|which|who|whose|why|will|with"
)
"""Words of a question that name no subject."""
MOST = 3
"""How many words of the question name the chapter's files."""

PARAMETERS = """as_of = "latest"  # last day whose knowledge may appear, as YYYY-MM-DD, or latest
units = "imperial"  # which units come first: imperial (miles) or metric (kilometres)"""

MODULE = '''"""{question}"""

from dossier.data.known import Record
from dossier.facts.trace import Traced, count
from dossier.registry import fact


@fact(unit="sources")
def {name}_sources(record: Record) -> Traced:
    """Sources that were known.

    Count the rows of sources.csv that were known by the day.
    """
    return count(record.sources)
'''

TEST = '''"""{question}"""

import csv
from pathlib import Path

from dossier import project as projects
from dossier.data.known import known_on
from dossier.facts.ledger import Ledger

PROJECT = projects.find(Path(__file__).parent)


def test_the_sources_are_the_rows_of_their_table():
    with (PROJECT.data / "sources.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert Ledger(known_on(PROJECT)).value("{name}_sources") == len(rows)
'''


def new_chapter(project: Project, question: str) -> list[Path]:
    """Write a chapter on a question, after the last one; return its files.

    Raises BuildError where the question names nothing, or one of the files is there already.
    """
    name = name_of(question)
    tests = project.root / "tests"
    folder = tests / "analysis" if (tests / "analysis").is_dir() else tests
    numbers = [int(file.name.split("-")[0]) for file in chapters(project)]
    file = f"{max(numbers, default=0) + 1:02d}-{name.replace('_', '-')}.ipynb"
    words = {"question": question, "name": name}
    contents = {
        project.notebooks / file: _notebook(project, question, name),
        project.analysis / f"{name}.py": MODULE.format(**words),
        folder / f"test_{name}.py": TEST.format(**words),
    }
    same = list(project.notebooks.glob(f"[0-9]*-{name.replace('_', '-')}.ipynb"))
    for there in (*same, *(path for path in contents if path.exists())):
        where = there.relative_to(project.root)
        raise BuildError(f"{where} is there already: put the question in other words")
    for path, text in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (project.analysis / "__init__.py").touch()
    return list(contents)


def name_of(question: str) -> str:
    """Return what a question is about, as a name for files and functions.

    >>> name_of("What does the meadow cost?")
    'meadow_cost'
    """
    plain = unicodedata.normalize("NFKD", question).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    told = [word for word in words if not PASSED_OVER.fullmatch(word)] or words
    name = "_".join(told[:MOST])
    if not name.isidentifier() or keyword.iskeyword(name) or not question.isprintable():
        raise BuildError(
            f"{question!r} names nothing: write a question in words, in quotation marks"
        )
    return name


def _notebook(project: Project, question: str, name: str) -> str:
    """Return a notebook with the parameters of the first chapter."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    finding = f'report.finding("{{{name}_sources:W}} were known by {{as_of_day}}.")'
    sources = [
        "from dossier import Report",
        _parameters(project),
        "report = Report(as_of, units)\nfacts = report.facts",
        finding,
    ]
    notebook.cells = [
        nbformat.v4.new_markdown_cell(f"# {question}"),
        *(nbformat.v4.new_code_cell(source) for source in sources),
    ]
    notebook.cells[2].metadata["tags"] = ["parameters"]
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"c{number:02d}"
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _parameters(project: Project) -> str:
    """Return the cell of parameters of the first chapter."""
    for file in chapters(project):
        for cell in nbformat.read(file, 4).cells:
            if "parameters" in cell.metadata.get("tags", ()):
                return str(cell.source)
    return PARAMETERS
