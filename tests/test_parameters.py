"""Parameters are checked before a kernel starts."""

import datetime
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import forked

from dossier.parameters import ParameterError, check
from dossier.project import ParameterSettings, ProjectError

FIRST, NEWEST = datetime.date(2024, 7, 7), datetime.date(2026, 9, 20)


def test_defaults_are_the_newest_day_and_miles_first():
    effective = check({}, FIRST, NEWEST)
    assert (effective.as_of, effective.units, effective.suffix) == (NEWEST, "imperial", "")
    assert (effective.paper, effective.standard) == ("a4", "a-3a")


def test_the_newest_day_may_be_written_out():
    assert check({"as_of": NEWEST.isoformat()}, FIRST, NEWEST) == check({}, FIRST, NEWEST)


def test_another_edition_has_a_name_that_says_so():
    assert (
        check({"as_of": "2024-07-07", "units": "metric"}, FIRST, NEWEST).suffix
        == ".as-of-2024-07-07.metric"
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"asof": "2024-07-07"}, "did you mean 'as_of'?"),
        ({"unit": "metric"}, "did you mean 'units'?"),
        ({"colour": "red"}, "known are"),
        ({"units": "metrics"}, "did you mean 'metric'?"),
        ({"units": "furlongs"}, "choose imperial or metric"),
        ({"as_of": "2024-02-30"}, "not a day"),
        ({"as_of": "7 July 2024"}, "YYYY-MM-DD"),
        ({"as_of": "2024-7-8"}, "YYYY-MM-DD"),
        ({"as_of": "20240707"}, "YYYY-MM-DD"),
        ({"as_of": "2024-W27-7"}, "YYYY-MM-DD"),
        ({"as_of": datetime.datetime(2024, 7, 7)}, "a datetime"),
        ({"as_of": 20240707}, "a int"),
        ({"as_of": True}, "a bool"),
        ({"as_of": "2024-07-06"}, "before the article"),
        ({"as_of": "2030-01-01"}, "after the newest day"),
        ({"as_of": '2024-07-07"; import os'}, "not a day"),
        ({"as_of": ""}, "not a day"),
    ],
)
def test_a_wrong_parameter_is_refused_with_the_remedy(given, words):
    with pytest.raises(ParameterError, match=words.replace("?", r"\?")):
        check(given, FIRST, NEWEST)


OWN = {
    "currency": ParameterSettings("text", "EUR", "the currency that comes first", ("EUR", "USD")),
    "top": ParameterSettings("integer", 5, "how many rows are shown"),
    "since": ParameterSettings("day", datetime.date(2024, 1, 1), "the first day that counts"),
    "terse": ParameterSettings("boolean", False, "whether notes are left out"),
}


def test_a_project_has_parameters_of_its_own():
    effective = check({"currency": "USD", "terse": "true"}, FIRST, NEWEST, OWN)
    assert (effective["currency"], effective["top"], effective["terse"]) == ("USD", 5, True)
    assert effective.suffix == ".currency=USD.terse=true"
    told = effective.of_notebook()
    assert told["since"] == "2024-01-01" and told["terse"] is True
    again = check({name: told[name] for name in OWN}, FIRST, NEWEST, OWN)
    assert again == effective
    assert check({"currency": "EUR", "top": "5"}, FIRST, NEWEST, OWN).suffix == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"curency": "USD"}, "did you mean 'currency'"),
        ({"currency": "USDD"}, "did you mean 'USD'"),
        ({"currency": "gold"}, "choose EUR or USD"),
        ({"top": "2.5"}, "write a whole number; how many rows"),
        ({"top": True}, "write a whole number"),
        ({"since": "1 May"}, "write a day as YYYY-MM-DD; the first day"),
        ({"terse": "perhaps"}, "write true or false"),
    ],
)
def test_a_wrong_value_of_ones_own_is_refused_with_its_help(given, words):
    with pytest.raises(ParameterError, match=words):
        check(given, FIRST, NEWEST, OWN)


@pytest.mark.parametrize(
    ("name", "told", "words"),
    [
        ("units", ParameterSettings("text", "x", ""), "give it another"),
        ("Top", ParameterSettings("text", "x", ""), "give it another"),
        ("top", ParameterSettings("int", 5, ""), "did you mean 'integer'"),
        ("top", ParameterSettings("integer", "five", ""), "its default: top is 'five'"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named_with_its_key(name, told, words):
    with pytest.raises(ProjectError, match=rf"dossier.toml, \[parameters.{name}\]: .*{words}"):
        check({}, FIRST, NEWEST, {name: told})


ENTRY = 'depth = {type = "text", choices = ["high", "low"], default = "low", help = "of water"}'


def test_one_line_makes_a_parameter_that_a_chapter_sees(seagrass):
    """It is checked, given to the notebooks, and stands in the file's name and its head."""
    settings = seagrass / "dossier.toml"
    settings.write_text(f"{settings.read_text()}\n[parameters]\n{ENTRY}\n")
    file = seagrass / "notebooks" / "01-summary.ipynb"
    notebook = nbformat.read(file, 4)
    source = 'print("The water is", report.parameters["depth"], report.record.parameters, depth)'
    notebook.cells.append(nbformat.v4.new_code_cell(source))
    nbformat.write(notebook, file)

    def run(*words):
        return forked(seagrass, "report", *words)

    refused = run("depth=lo")
    assert refused.returncode == 1 and "did you mean 'low'?" in refused.stderr
    # what make passes: its own variables, then those of its command line
    done = run("make=AS_OF UNITS  -- DEPTH=high AS_OF=2024-01-01")
    assert done.returncode == 0, done.stderr
    facts = json.loads((seagrass / "reports" / "seagrass.depth=high.facts.json").read_text())
    assert facts["parameters"]["depth"] == "high"
    assert "Passed unknown parameter" not in done.stderr
    page = (seagrass / "reports" / "seagrass.depth=high.html").read_text()
    assert "The water is high {&#39;depth&#39;: &#39;high&#39;} high" in page


@pytest.mark.parametrize("tagged", [True, False], ids=["with its cell", "without"])
def test_papermill_is_told_of_a_misspelt_parameter_where_it_is_set(tmp_path, seagrass, tagged):
    """At its own cell; where that comes before all others, at the import, which sees it."""
    file, out = seagrass / "notebooks" / "01-summary.ipynb", tmp_path / "out.ipynb"
    made = nbformat.read(file, 4)
    if not tagged:
        made.cells = [c for c in made.cells if "parameters" not in c.metadata.get("tags", [])]
        nbformat.write(made, file)
    command = [str(Path(sys.prefix) / "bin" / "papermill"), str(file), str(out), "-k", "python3"]
    done = subprocess.run(
        [*command, "-p", "unit", "metric"], cwd=seagrass, capture_output=True, text=True
    )
    told = "unknown parameter 'unit': did you mean 'units'?"
    assert done.returncode != 0 and told in done.stderr
    ran = [c for c in nbformat.read(out, 4).cells if c.get("execution_count")]
    assert ran[-1].source == (
        '# Parameters\nunit = "metric"\n' if tagged else "from dossier import Report"
    )
    assert ran[-1].outputs[0].traceback == [f"ParameterError: {told}"]
