"""A frame and a figure of pyplot's in a chapter: they work, and their numbers are the rows'."""

import json
import shutil

import nbformat
import pytest
from conftest import OTHER, forked

from dossier import Report
from dossier.facts.fact import FactError


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.chdir(shutil.copytree(OTHER, tmp_path / "seagrass"))
    return Report()


@pytest.fixture
def shown(monkeypatch):
    """What is shown, as exporters get it."""
    found = []
    monkeypatch.setattr(
        "dossier.show.report.display", lambda b, raw, metadata: found.append(metadata["dossier"])
    )
    return found


def test_a_frame_is_a_table_with_the_keys_of_its_rows(report, shown):
    report.facts.compute_all()
    frame = report.record.claims[["label", "start"]].iloc[:2]
    report.table(frame, caption="The first of {claims_total}", note="As they stand.")
    table = next(meta for meta in shown if meta["kind"] == "table")
    assert table["id"] == "the-first-of" and table["note"] == "As they stand."
    assert [c["label"] for c in table["columns"]] == ["Label", "Start"]
    assert [c["align"] for c in table["columns"]] == ["left", "right"]
    assert table["rows"] == (
        ("claims:C01", ("Area of the meadow", "83")),
        ("claims:C02", ("Day of the remarks", "160")),
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda f: f.assign(start=f["start"] + 1), "'84' is no cell of its row"),
        (lambda f: f.reset_index(drop=True), "row 0, column 'start': '83' is no cell"),
        (lambda f: f.assign(label="99 made up"), "'99 made up' is no cell of its row"),
    ],
    ids=["another number", "no keys", "a text"],
)
def test_a_number_of_a_frame_that_is_not_the_rows_is_refused(report, shown, change, words):
    frame = change(report.record.claims[["label", "start"]].iloc[:1])
    with pytest.raises(FactError) as caught:
        report.table(frame, caption="Some of them")
    assert words in str(caught.value) and not shown


def test_words_are_asked_for(report):
    import matplotlib.pyplot as plt

    with pytest.raises(FactError, match=r"report\.table\(frame, caption=…\)"):
        report.table(report.record.claims)
    with pytest.raises(FactError, match=r"report\.figure\(figure, title=…, alt=…\)"):
        report.figure(plt.figure())


def test_a_value_that_a_figure_draws_of_its_own_is_refused(report, shown):
    ax = report.record.claims["start"].iloc[:3].add(0.5).plot.bar()
    with pytest.raises(FactError, match=r"draws 83\.5, which no row and no fact has"):
        report.figure(ax, title="Where they stand", alt="Bars.")
    assert not shown


CELL = """\
import matplotlib.pyplot as plt

claims = report.record.claims.iloc[:3]
report.table(claims[["label", "start"]], caption="The first claims")
fig, ax = plt.subplots(figsize=(8, 3))
ax.barh(claims["label"], claims["start"])
ax.set_xlabel(f"of {facts.text('claims_total')}")
report.figure(fig, title="Where they stand in {claims_total}", alt="Bars of {claims_total}.")
"""


@pytest.mark.slow
def test_a_build_takes_both_and_its_gates_find_nothing(report):
    file = report.project.notebooks / "02-evidence.ipynb"
    made = nbformat.read(file, 4)
    made.cells.append(nbformat.v4.new_code_cell("facts = report.facts\n" + CELL))
    nbformat.write(made, file)
    done = forked(report.project.root, "report")
    assert done.returncode == 0, done.stderr
    page = (report.project.reports / "seagrass.html").read_text(encoding="utf-8")
    assert 'id="table-the-first-claims"' in page and 'id="figure-where-they-stand-in"' in page
    facts = json.loads((report.project.reports / "seagrass.facts.json").read_text())["facts"]
    assert "claims_total" in {fact["id"] for fact in facts}
