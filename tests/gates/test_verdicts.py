"""Where all is known, a rule and the newest finding on its claim agree."""

import dataclasses
from types import SimpleNamespace

import pytest

from dossier.gates import Finished, verdicts
from dossier.show.report import Report


@pytest.fixture
def problems(project):
    """Return a function that gives the problems of an edition with another verdict on C21."""

    def found(as_of, verdict):
        report = Report(as_of)
        findings = report.record.findings.copy()
        findings.loc[findings["claim_id"] == "C21", "verdict"] = verdict
        tables = {**report.record.tables, "findings": findings}
        record = dataclasses.replace(report.record, tables=tables)
        changed = SimpleNamespace(record=record, facts=report.facts, entity="")
        return verdicts.find(Finished(changed, None, []))

    return found


def test_a_rule_that_says_what_the_findings_say_passes(problems):
    assert problems("latest", "confirmed") == []


def test_a_finding_without_a_verdict_is_no_contradiction(problems):
    assert problems("latest", "") == []


def test_a_rule_that_says_something_else_is_found(problems):
    (problem,) = problems("latest", "imprecise")
    assert problem.startswith("claim C21: its rule says 'confirmed', its newest finding, F51,")


def test_in_an_earlier_edition_a_rule_may_know_more(problems):
    assert problems("2025-06-25", "imprecise") == []
