"""The working, in sight: what a chapter works out from the tables is held against its facts."""

import re
from dataclasses import replace

import nbformat
import pytest
from conftest import PROJECT

from dossier import Report
from dossier.facts.fact import FactError
from dossier.show.report import RecountError

CHAPTERS = sorted(PROJECT.notebooks.glob("0[2-7]*.ipynb"))


def working(file) -> list[str]:
    cells = nbformat.read(file, 4).cells
    return [c.source for c in cells if "report.recount(" in c.source]


@pytest.fixture(scope="module")
def report():
    return Report()


def test_what_a_cell_works_out_is_held_against_the_fact(report):
    signed = report.record.agreements[report.record.agreements["counted"] == "yes"]
    report.recount(
        agreements_signed=len(signed),
        first_agreement_day=signed["date_signed"].min(),
        kiel_military_pledge_year=44.5708,
    )
    words = "^agreements_signed is 28 by this cell and 29 by the fact: mend the cell, "
    with pytest.raises(RecountError, match=words) as caught:
        report.recount(agreements_signed=len(signed) - 1)
    assert len(caught.value._render_traceback_()) == 1
    with pytest.raises(RecountError):
        report.recount(kiel_military_pledge_year=44.57)
    with pytest.raises(FactError, match="did you mean 'agreements_signed'"):
        report.recount(agreement_signed=29)


def test_what_was_not_known_by_then_holds_nothing():
    Report("2024-07-07").recount(front_longest_length=0)


@pytest.mark.parametrize("file", CHAPTERS, ids=lambda file: file.stem)
def test_each_chapter_shows_its_working_from_the_tables_alone(file):
    cells = working(file)
    assert cells
    for cell in cells:
        lines = [line for line in cell.splitlines() if line]
        assert 3 <= len(lines) <= 10 and cell.rstrip().endswith(")")
        assert "report.record." in "".join(cells)
        assert not re.search(r"\bfacts\b|analysis|report\.(?!record\b|recount\b)", cell)


@pytest.mark.parametrize("file", CHAPTERS, ids=lambda file: file.stem)
def test_the_working_notices_rows_that_are_gone(file, monkeypatch):
    """On a half of a table it comes to something else than the facts did on the whole."""
    report = Report()
    report.facts.compute_all()
    whole = report.record.tables
    noticed = []
    for table in set(re.findall(r"report\.record\.(\w+)", "".join(working(file)))) & {*whole}:
        tables = dict(whole) | {table: whole[table].iloc[::2]}
        monkeypatch.setattr(report, "record", replace(report.record, tables=tables))
        names = {"report": report}
        try:
            for cell in working(file):
                exec(cell, names)
        except RecountError:
            noticed.append(table)
        except LookupError:  # a cell that names the row
            continue
    assert noticed
