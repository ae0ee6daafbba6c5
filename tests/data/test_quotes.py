"""A quotation stands, word for word, in the copy of its source."""

import csv
import json
import shutil
import textwrap

import pytest
from conftest import OTHER, copy_of_project

from dossier import project as projects
from dossier.build import editions, stamps
from dossier.build.editions import check_once
from dossier.data.checks import check_data
from dossier.data.quotes import without_copy
from dossier.data.schema import DataError
from dossier.data.tables import load
from dossier.text.passages import nearest

COPY = """The harbour master's letter

We shall plant the first 12 hectares
   before the summer, and the rest once they have taken.
"""


@pytest.fixture
def meadow(tmp_path):
    """A copy of the small dossier, with a copy of a letter that a finding may quote."""
    root = shutil.copytree(OTHER, tmp_path / "meadow")
    with (root / "data" / "sources.csv").open("a") as file:
        file.write("letter,A letter,Port Ellin,,2025-03-01,2025-03-01,published,in full,,,\n")
    (root / "data" / "sources").mkdir()
    (root / "data" / "sources" / "letter.txt").write_text(COPY)
    return root


def find(root, finding, reasoning="", sources="letter"):
    with (root / "data" / "findings.csv").open("a", newline="") as file:
        row = ["F01", "C01", "2025-03-05", finding, "imprecise", reasoning, sources, "", ""]
        csv.writer(file, lineterminator="\n").writerow(row)
    return projects.find(root)


@pytest.mark.parametrize(
    "finding",
    [
        "“plant the first 12 hectares before the summer,” it says.",  # across two lines
        "It has “the first 12 […] before the summer” alone.",
        "[They] “plant the first … once they have taken”.",
        "The article has “12.5 hectares”.",  # the article's words
        "Nothing is quoted.",
    ],
)
def test_words_that_stand_there_are_taken(meadow, finding):
    check_data(find(meadow, finding))


@pytest.mark.parametrize(
    ("finding", "quoted"),
    [
        ("“plant the first 12.5 hectares”, it says.", "plant the first 12.5 hectares"),
        ("“before the summer … the first”, it says.", "before the summer … the first"),
        ("It says “Before the summer”.", "Before the summer"),
        ('It says "after the summer".', "after the summer"),
    ],
)
def test_words_that_do_not_are_refused_with_the_nearest(meadow, finding, quoted):
    with pytest.raises(DataError) as caught:
        check_data(find(meadow, finding))
    (problem,) = caught.value.problems
    assert problem.startswith(
        f"data/findings.csv, row 2, column finding: “{quoted}” does not stand in "
        "data/sources/letter.txt; nearest: “"
    )


def test_the_nearest_passage_is_the_likest():
    assert nearest("plant the first 12.5 hectares", COPY) == "plant the first 12 hectares before"
    assert nearest("nothing of it", "") == ""


def test_a_quotation_may_be_of_the_source_that_has_no_copy(meadow):
    project = find(meadow, "“word for word”", sources="letter;paper")
    check_data(project)
    assert without_copy(load(project)) == {"paper": 1}


def test_the_schema_says_which_fields_quote(meadow):
    project = find(meadow, "“nowhere”")
    package = meadow / "data" / "datapackage.json"
    content = json.loads(package.read_text())
    for resource in content["resources"]:
        for field in resource.get("schema", {}).get("fields", ()):
            field.pop("quotes", None)
    package.write_text(json.dumps(content))
    check_data(project)


def test_a_copy_is_of_a_source(meadow):
    (meadow / "data" / "sources" / "lettre.txt").write_text("text")
    with pytest.raises(DataError, match=r"data/sources/lettre\.txt: no source of this id"):
        check_data(projects.find(meadow))


def test_a_build_sees_that_a_copy_has_changed(meadow):
    project = find(meadow, "“the first 12 hectares”")
    check_once(project)
    before = stamps.inputs(project)
    copy = meadow / "data" / "sources" / "letter.txt"
    copy.write_text(copy.read_text().replace("12", "13"))
    assert stamps.inputs(project) != before
    with pytest.raises(DataError, match="nearest: “the first 13 hectares”"):
        check_once(project)


@pytest.mark.parametrize(
    ("file", "again"),
    [("notebooks/01-summary.ipynb", False), ("dossier.toml", True), ("data/claims.csv", True)],
)
def test_data_are_checked_once_unless_what_a_check_reads_has_changed(
    meadow, monkeypatch, file, again
):
    project = find(meadow, "“the first 12 hectares”")
    check_once(project)
    with (meadow / file).open("a", encoding="utf-8") as handle:
        handle.write("\n")
    asked = []
    monkeypatch.setattr(editions, "check_data", asked.append)
    check_once(project)
    assert bool(asked) == again


def test_a_whole_cell_may_be_a_quotation(tmp_path):
    """The clauses of the agreements, against a copy of their texts, lines broken elsewhere."""
    data = copy_of_project(tmp_path, []) / "data"
    rows = list(csv.DictReader((data / "agreement_clauses.csv").open(encoding="utf-8")))
    clauses = [r[c] for r in rows for c in r if c.endswith("_quote")]
    findings = ["commits to support Ukraine’s development of a layered, integrated air and "]
    findings[0] += "missile defense system"
    findings += ["This Agreement shall remain in force 10 years from entry into force."]
    text = "\n\n".join(
        textwrap.fill(words, 60, break_on_hyphens=False) for words in (*clauses, *findings)
    )
    (data / "sources").mkdir()
    copy = data / "sources" / "AGR_TEXTS.txt"
    copy.write_text(text, encoding="utf-8")
    check_data(projects.find(data))
    copy.write_text(text.replace("signatory", "signature"), encoding="utf-8")
    with pytest.raises(DataError, match=r"agreement_clauses\.csv, row 5, column term_quote: “This"):
        check_data(projects.find(data))
