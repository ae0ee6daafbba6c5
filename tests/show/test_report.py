"""The report in a notebook: its main claims are those of dossier.toml, and are counted as shown."""

import dataclasses
from collections import Counter

import pytest
from conftest import PROJECT

from dossier import Report
from dossier.show.report import check_parameters


@pytest.mark.parametrize("day", ["2024-07-07", "2025-06-25", "2026-10-10"])
def test_the_main_claims_are_counted_as_their_table_shows_them(joined, day):
    document = joined(day)
    table = next(
        b for c in document.chapters for b in c.blocks if getattr(b, "id", "") == "matters"
    )
    shown = Counter(
        run.verdict for row in table.rows for cell in row for run in cell if run.verdict
    )
    facts = Report(day).facts
    assert facts.value("main_claims") == len(table.rows) == 9
    assert facts.value("main_confirmed") == shown["confirmed"]
    assert facts.value("main_imprecise") == shown["imprecise"]


def test_matters_that_dossier_toml_does_not_name_are_refused():
    report = Report("latest")
    settings = report.project.settings
    article = dataclasses.replace(settings.article, main=("C01", "C02"))
    settings = dataclasses.replace(settings, article=article)
    report.project = dataclasses.replace(report.project, settings=settings)
    with pytest.raises(ValueError, match=r"shows C02, and dossier.toml names .* C01, C02"):
        report.matters("Claims", ("C02", "Five.", [], []))


def test_what_is_known_is_reckoned_once_whatever_the_paper_and_the_formats():
    def facts(**given):
        return Report.for_edition(PROJECT, check_parameters(PROJECT, given)).facts

    known = facts()
    for given in ({"formats": "html"}, {"paper": "letter"}, {"standard": "a-2a"}):
        assert facts(**given) is known
    assert facts(units="metric") is not known
