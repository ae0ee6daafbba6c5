"""The report for machines, each held against a reader that knows the format."""

import copy
import hashlib
import json

import jsonschema
import pypdf
import pytest
from frictionless import Package
from lxml import html as lxml_html

from dossier.data.known import article_of
from dossier.export import claims, claims_in, html, pdf


@pytest.fixture
def facts(edition):
    return json.loads(edition.facts.read_text(encoding="utf-8"))


def test_facts_json_fits_its_schema(facts):
    claims.check(facts)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda f: f["facts"][0].pop("text"),
        lambda f: f["facts"][0].update(kind="guessed"),
        lambda f: f["facts"][0].update(qualifier="roughly"),
        lambda f: f["facts"][0].update(colour="red"),
        lambda f: next(x for x in f["facts"] if x["kind"] == "stated").pop("quote"),
        lambda f: next(x for x in f["facts"] if x["kind"] == "computed").pop("rule"),
        lambda f: f["parameters"].update(as_of="today"),
        lambda f: f["parameters"].update(colour=None),
        lambda f: f.pop("data"),
    ],
)
def test_the_schema_refuses_what_is_amiss(facts, spoil):
    spoil(facts)
    with pytest.raises(jsonschema.ValidationError):
        claims.check(facts)


def test_a_brief_names_its_entity_as_the_project_does(facts):
    """By whatever the parameter and the key are called; there is one."""
    facts["parameters"]["dataset"] = "A1-b"
    claims.check(facts)
    facts["parameters"]["another"] = ["A1-b"]  # one of the project's own has one value
    with pytest.raises(jsonschema.ValidationError):
        claims.check(facts)


def test_every_fact_has_its_evidence(facts, project):
    ids, body = {f["id"] for f in facts["facts"]}, article_of(project).text
    for fact in facts["facts"]:
        if fact["kind"] == "stated":
            assert body[fact["start"] : fact["end"]] == fact["quote"]
        if fact["kind"] == "sourced":
            assert fact["rows"], fact["id"]
        if fact["kind"] == "computed":
            assert fact["rule"] and set(fact["inputs"]) <= ids, fact["id"]


def test_html_and_pdf_carry_the_same_claims(edition, facts):
    assert html.read(edition.html).claims == facts == pdf.read(edition.pdf).claims


def test_the_claims_alone_are_those_of_the_whole_file(edition, facts, monkeypatch):
    """And of a page and a PDF no more is read for them."""
    for format in (html, pdf):
        monkeypatch.setattr(format, "Reading", None)
    assert [claims_in(file) for file in (edition.html, edition.pdf, edition.facts)] == [facts] * 3


def test_the_pdfs_metadata_name_its_facts_json(edition):
    told = pypdf.PdfReader(edition.pdf)
    digest = hashlib.sha256(edition.facts.read_bytes()).hexdigest()
    assert told.metadata.subject == f"{edition.document.headline} (facts.json: SHA-256 {digest})"
    assert digest in str(told.xmp_metadata.dc_description)


def _linked(file):
    """Return the JSON-LD of a finished HTML file."""
    (found,) = lxml_html.parse(file).xpath('//script[@type="application/ld+json"]')
    return json.loads(found.text)


def test_a_review_stands_only_where_a_verdict_does(edition, facts):
    graph = _linked(edition.html)["@graph"]
    reviews = {
        n["itemReviewed"]["@id"].removeprefix("#quote-"): n["reviewRating"]["alternateName"]
        for n in graph
        if n["@type"] == "ClaimReview"
    }
    assert reviews == {
        c: v for c, v in facts["verdicts"].items() if v in ("confirmed", "imprecise")
    }
    assert len([n for n in graph if n["@type"] == "Claim"]) == len(facts["verdicts"])
    anchors = set(lxml_html.parse(edition.html).xpath("//@id"))
    assert {n["@id"][1:] for n in graph if n["@type"] == "Claim"} <= anchors


ANNOTATION = {
    "type": "object",
    "required": ["@context", "type", "total", "first"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "type": {"const": "AnnotationCollection"},
        "first": {
            "type": "object",
            "required": ["type", "items"],
            "properties": {
                "items": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["id", "type", "body", "target"],
                        "properties": {
                            "type": {"const": "Annotation"},
                            "target": {"type": "object", "required": ["source", "selector"]},
                        },
                    },
                }
            },
        },
    },
}
"""What the W3C Web Annotation Data Model (2017) requires of a collection, in short."""


def test_the_annotations_fit_the_model_and_select_their_words(edition, project):
    collection = json.loads(edition.annotations.read_text(encoding="utf-8"))
    jsonschema.validate(collection, ANNOTATION)
    body = article_of(project).text
    for item in collection["first"]["items"]:
        quote, position = item["target"]["selector"]
        assert body[position["start"] : position["end"]] == quote["exact"]
        assert body.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1
    assert collection["total"] == len(collection["first"]["items"])


ANNO = {
    "id": "@id",
    "type": "@type",
    "@vocab": "http://www.w3.org/ns/oa#",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "items": {"@id": "https://www.w3.org/ns/activitystreams#items", "@container": "@list"},
    "first": "https://www.w3.org/ns/activitystreams#first",
    "total": "https://www.w3.org/ns/activitystreams#totalItems",
    "startIndex": "https://www.w3.org/ns/activitystreams#startIndex",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "AnnotationCollection": "https://www.w3.org/ns/activitystreams#OrderedCollection",
    "AnnotationPage": "https://www.w3.org/ns/activitystreams#OrderedCollectionPage",
    "body": "hasBody",
    "target": {"@id": "hasTarget"},
    "selector": "hasSelector",
    "source": {"@id": "hasSource", "@type": "@id"},
    "motivation": {"@id": "motivatedBy", "@type": "@vocab"},
}
"""How the Web Annotation vocabulary reads the words of its JSON (W3C, 2017): those that are used.

The address of its own is not fetched.
"""


TERMS = {
    "Annotation",
    "TextualBody",
    "TextQuoteSelector",
    "TextPositionSelector",
    "hasBody",
    "hasTarget",
    "hasSource",
    "hasSelector",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
    "motivatedBy",
    "assessing",
}
"""Terms of the vocabulary that an annotation of words may use."""


def _graph(document, context):
    import rdflib

    return rdflib.Graph().parse(
        data=json.dumps(document | {"@context": context}), format="json-ld", publicID="urn:dossier:"
    )


def test_the_annotations_are_read_as_annotations_by_rdflib(edition):
    from rdflib import Namespace
    from rdflib.namespace import RDF

    OA = Namespace(ANNO["@vocab"])
    graph = _graph(json.loads(edition.annotations.read_text(encoding="utf-8")), ANNO)
    items = set(graph.subjects(RDF.type, OA.Annotation))
    assert len(items) == len(edition.report.record.claims)
    for term in {p for _, p, _ in graph} | {
        o for _, p, o in graph if p in (RDF.type, OA.motivatedBy)
    }:
        if str(term).startswith(str(OA)):
            assert term.removeprefix(str(OA)) in TERMS, term
    for item in items:
        (target,) = graph.objects(item, OA.hasTarget)
        kinds = {
            k for s in graph.objects(target, OA.hasSelector) for k in graph.objects(s, RDF.type)
        }
        assert kinds == {OA.TextQuoteSelector, OA.TextPositionSelector}


def test_the_claims_are_read_as_schema_org_by_rdflib(edition, facts):
    from rdflib.namespace import RDF, SDO

    graph = _graph(_linked(edition.html), {"@vocab": str(SDO)})
    assert len(set(graph.subjects(RDF.type, SDO.Claim))) == len(facts["verdicts"])
    for term in {p for _, p, _ in graph if p != RDF.type} | {
        o for _, p, o in graph if p == RDF.type
    }:
        assert term in SDO, term
    for review in graph.subjects(RDF.type, SDO.ClaimReview):
        (claim,) = graph.objects(review, SDO.itemReviewed)
        assert (claim, RDF.type, SDO.Claim) in graph


def test_the_difference_of_equal_builds_is_empty(facts):
    assert (
        claims.diff(facts, copy.deepcopy(facts)) == []
        and claims.diff_text([]) == claims.diff_markdown([]) == ""
    )


def test_a_difference_names_what_changed(facts):
    new = copy.deepcopy(facts)
    fact = next(f for f in new["facts"] if f["id"] == "article_agreements")
    fact |= {"value": 21, "unit": "countries", "qualifier": "exact", "quote": "21 countries"}
    new["facts"] = [f for f in new["facts"] if f["id"] != "headquarters_staff"] + [
        fact | {"id": "added"}
    ]
    new["verdicts"]["C18"] = "confirmed"
    changes = {(r["id"], r["what"]) for r in claims.diff(facts, new)}
    assert changes == {
        ("article_agreements", "value"),
        ("article_agreements", "unit"),
        ("article_agreements", "qualifier"),
        ("article_agreements", "quote"),
        ("headquarters_staff", "removed"),
        ("added", "added"),
        ("C18", "verdict"),
    }


@pytest.fixture
def package(project):
    return json.loads((project.data / "datapackage.json").read_text(encoding="utf-8"))


def test_the_data_package_is_valid(project, package):
    assert Package.validate_descriptor(package, basepath=str(project.data)).flatten(["note"]) == []


@pytest.mark.parametrize(("name", "value"), [("primaryKey", 3), ("fields", [{"type": "words"}])])
def test_a_data_package_that_is_amiss_is_found(project, package, name, value):
    package["resources"][0]["schema"][name] = value
    assert not Package.validate_descriptor(package, basepath=str(project.data)).valid
