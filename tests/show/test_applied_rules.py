"""What a rule of a verdict may return, and how one that does not work is told."""

import dataclasses

import pytest
from conftest import shown

from dossier.chapters import claims
from dossier.data.known import NotKnown
from dossier.facts.fact import FactError
from dossier.facts.ledger import WatchedFacts
from dossier.registry import Definition, RegistryError, _add, registry_of
from dossier.show.report import Report


@pytest.fixture
def applied(project):
    """Return a function that applies a function as the rule of a claim."""
    report = Report()
    kept = registry_of(project).of("rule")["us_term"]
    claim = {"claim_id": "C21", "qualifier": "exact"}

    def result(function):
        rule = dataclasses.replace(kept, function=function)
        return claims._apply(rule, claim, WatchedFacts(report.facts))

    return result


def test_a_rule_gives_a_verdict_and_a_sentence(applied):
    found = applied(lambda us_agreement_term: ("confirmed", "It runs for {us_agreement_term}."))
    assert found == ("confirmed", "It runs for {us_agreement_term}.")


def test_a_rule_whose_fact_was_not_known_is_not_applied(applied):
    def rule():
        raise NotKnown("a map")

    assert applied(rule) is None


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            lambda: ("right", "It is."),
            "returned ('right', 'It is.'); return a verdict (confirmed, ",
        ),
        (lambda: ("open", "It is."), "returned ('open', 'It is.'); return a verdict (confirmed, "),
        (lambda: "confirmed", "returned 'confirmed'; return a verdict"),
        (lambda: None, "returned None; return a verdict"),
        (lambda claim: claim["qualifer"], "raised KeyError: 'qualifer'; mend the function"),
        (lambda: 1 / 0, "raised ZeroDivisionError: division by zero; mend the function"),
        (lambda us_term_agreed: ("confirmed", ""), "can't be applied: no fact 'us_term_agreed'"),
        (lambda: ("confirmed", "It is {us_therm}."), "can't be applied: no fact 'us_therm'"),
    ],
)
def test_a_rule_that_does_not_work_is_named_with_its_claim(applied, rule, words):
    with pytest.raises(FactError) as error:
        applied(rule)
    assert str(error.value).startswith(f"{__name__}.<lambda>, the rule of C21, {words}")


def test_a_rule_without_words_is_refused():
    """The report prints them: a verdict whose rule nobody can read is none to defend."""
    with pytest.raises(RegistryError, match="a rule needs a docstring; it is printed as the rule"):
        _add({}, Definition("rule", "us_term", lambda: None))


def test_the_rules_of_the_verdicts_that_are_computed_are_printed():
    """By the column rule of claims.csv, and the docstrings of analysis/rules.py."""
    table = shown(Report("latest"), "table", "rules")
    rows = {key.removeprefix("claims:"): cells for key, cells in table.rows}
    assert list(rows) == ["C01", "C06", "C18", "C19", "C21", "C22", "C32"]
    assert rows["C22"][1:] == (
        "Confirmed if the main line rounds to the article’s length, else imprecise. It is measured "
        "on the map nearest in date, at full detail, river included.",
        "confirmed",
    )
    assert rows["C18"][2] == "imprecise"
    early = shown(Report("2024-07-07"), "table", "rules")
    assert "claims:C06" not in dict(early.rows)  # the summit had not opened
