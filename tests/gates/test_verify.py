"""What a file proves by itself, and beside a build: each check against the forgery it is for."""

import copy
import json

import pytest

from dossier.export import html, read
from dossier.export.reading import FileError
from dossier.gates import Finished, claims
from dossier.gates.derivation import underived
from dossier.gates.verify import alone, differences, unfitting


@pytest.fixture
def facts(edition):
    """Return the content of facts.json, to be changed."""
    return json.loads(edition.facts.read_text(encoding="utf-8"))


def fact(facts, id):
    return next(f for f in facts["facts"] if f["id"] == id)


def test_finished_files_contradict_nothing(edition, first_edition):
    for made in (edition, first_edition):
        for file in (made.html, made.pdf, made.facts):
            reading = read(file)
            assert unfitting(reading) == alone(reading) == differences(reading, reading) == []
            assert len(reading.claims["facts"]) == made.made.facts


@pytest.mark.parametrize(
    ("id", "change", "words"),
    [
        ("article_agreements", {"text": "approximately 21 member countries"}, "give 'approx"),
        ("article_agreements", {"value": 21}, "do not state it"),
        ("article_agreements", {"unit": "countries"}, "its unit is 'countries'"),
        ("article_agreements", {"qualifier": "exact"}, "its qualifier is 'exact'"),
        ("article_agreements", {"quote": "approximately 30 member countries"}, "state it"),
        ("article_agreements", {"printing": {"wording": "at least"}}, "its word 'at least'"),
        ("article_agreements", {"printing": {"wording": "around"}}, "is not in the exact words"),
        ("article_agreements", {"start": 0}, "not as long as its place"),
        ("article_agreements", {"forms": ["20 member countries"]}, "its forms are not"),
        ("article_day", {"value": "2024-07-08"}, "name another day"),
        ("agreements_signed", {"value": 30}, "says '29 agreements'"),
        ("agreements_signed", {"unit": "stars"}, "says '29 agreements'"),
        ("agreements_signed", {"unit": "smoots"}, "can't be printed"),
        ("agreements_signed", {"value": None}, "can't be printed"),
        ("agreements_signed", {"inputs": ["nobody"]}, "rests on 'nobody'"),
    ],
)
def test_a_claim_that_does_not_follow_from_itself_is_found(facts, id, change, words):
    assert underived(facts) == []
    fact(facts, id).update(change)
    problems = underived(facts)
    assert problems and all(p.startswith(f"fact {id}: ") for p in problems)
    assert any(words in p for p in problems), problems


def test_a_claim_that_stands_twice_is_found(facts):
    facts["facts"].append(copy.deepcopy(facts["facts"][0]))
    assert "stands there 2 times" in underived(facts)[0]


def test_a_build_does_not_believe_its_files_claims(edition):
    """The claims gate holds what a file carries against the ledger, not against the file."""
    reading = html.read(edition.html)
    reading.claims["verdicts"]["C18"] = "confirmed"
    problems = claims.find(Finished(edition.report, edition.document, [reading]))
    assert problems == ["verdicts, C18: is 'confirmed', its sources give 'imprecise'"]


def test_a_file_that_agrees_with_its_forged_claims_is_no_build(edition):
    """Claims and text changed alike: the numbers are held against the ledger's claims."""
    reading = html.read(edition.html)
    for item in (fact(reading.claims, "agreements_signed"),):
        item["forms"] = [form.replace("29", "30") for form in item["forms"]]
    problems = claims.find(Finished(edition.report, edition.document, [reading]))
    assert any(p.startswith("fact agreements_signed, forms: ") for p in problems)


def changed(file, folder, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    target = folder / file.name
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return read(target)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (">imprecise</", ">confirmed</", ": is 'confirmed', its sources give 'imprecise'"),
        ("</h2>", "</h2><p>It is so.</p>", "texts where its sources give"),
        ('role="img" aria-label="', 'role="img" aria-label="Not ', "alternative text, #figure-"),
        ('"reviewBody":"', '"reviewBody":"Not ', ", line "),
        ("<path d=", '<path  d="M0 0" d=', ", line "),
        ("\n</html>", "\n</html>\n", "ends otherwise"),
    ],
)
def test_any_difference_from_a_build_is_named(edition, tmp_path, old, new, where):
    problems = differences(changed(edition.html, tmp_path, old, new), read(edition.html))
    assert problems and any(where in p for p in problems), problems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 100_000, "nested over 40 deep"),
        ('{"a": ' * 100_000, "nested over 40 deep"),
        ('{"facts": [], "facts": []}', "'facts' stands twice"),
        ('{"value": NaN}', "NaN is no number"),
        ("{", "no JSON"),
        ("[]", "no object"),
    ],
)
def test_json_that_two_readers_read_in_two_ways_is_refused(tmp_path, text, words):
    (tmp_path / "x.facts.json").write_text(text)
    with pytest.raises(FileError, match=words):
        read(tmp_path / "x.facts.json")


def test_brackets_in_a_string_nest_nothing(tmp_path):
    (tmp_path / "x.json").write_text(json.dumps({"a": '\\"' + "[" * 100}))
    assert read(tmp_path / "x.json").claims["a"].count("[") == 100


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.html", "<html><body><p>1</p></body></html>"),
        ("x.html", "<script id=claims>{}</script><script id=claims>{}</script>"),
        ("x.pdf", "%PDF-1.7\n1"),
        ("x.txt", "1"),
    ],
)
def test_a_file_that_is_no_report_is_refused(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    with pytest.raises(FileError, match=f"^{name}: "):
        read(tmp_path / name)
