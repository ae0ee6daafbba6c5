"""Every rule of the data with a row that must be refused; each error names file, row, column
and remedy."""

import csv
import datetime
import io
import json
import shutil
from collections import Counter

import frictionless
import pandas as pd
import pytest
from conftest import OTHER, PROJECT, copy_of_project

from dossier import project as projects
from dossier.chapters.claims import verdicts_by_claim
from dossier.data import checks
from dossier.data.checks import SIZE_LIMIT, check_data
from dossier.data.known import known_on
from dossier.data.schema import DataError
from dossier.data.tables import _counts_from, load, remembered

REFUSED = [
    # table, row (2 is the first below the heading), column, cell, words of the error
    ("agreements", 3, "agreement_id", "A01", "the same as"),
    ("agreements", 3, "agreement_id", "X1", "pattern"),
    ("agreements", 3, "date_signed", "16 February 2024", "type"),
    ("agreements", 3, "date_signed", "2024-02-30", "type"),
    ("agreements", 3, "date_signed", "2034-02-16", "later than the newest source"),
    ("agreements", 3, "date_signed", "2021-02-16", "minimum"),
    ("agreements", 3, "nato_member", "maybe", "enum"),
    ("agreements", 3, "nato_member", "no", "does not agree with nato_members.csv"),
    ("agreements", 3, "term_years", "-10", "minimum"),
    ("agreements", 3, "term_years", "ten", "type"),
    ("agreements", 3, "source_id", "nobody", "nobody"),
    ("agreements", 3, "party", "", "required"),
    ("agreements", 3, "iso3", "de", "pattern"),
    ("agreements", 3, "party", "=HYPERLINK(1)", "formula"),
    ("agreements", 3, "party", "@SUM(1)", "formula"),
    ("agreements", 3, "party", "Germany ", "white space"),
    ("agreements", 3, "party", "Ger\u200bmany", "invisible"),
    ("claims", 4, "unit", "kilograms", "unknown unit"),
    ("claims", 3, "unit", "figures", "do not name it"),
    ("claims", 19, "unit", "countries", "do not name it"),  # member countries
    ("claims", 33, "unit", "percent", "do not name it"),  # % of GDP
    ("claims", 33, "unit", "countries", "do not name it"),  # some countries … 2%
    ("claims", 2, "rule", "perhaps", "no such rule"),
    ("claims", 4, "qualifier", "roughly", "enum"),
    ("claims", 19, "qualifier", "exact", "qualify the value"),
    ("claims", 19, "unit", "", "a value needs a unit"),
    ("claims", 4, "end", "9999", "span the exact words"),
    ("findings", 3, "claim_id", "C99", "C99"),
    ("findings", 3, "source_ids", "angelcity;nobody", "no source 'nobody'"),
    ("findings", 3, "verdict", "true", "enum"),
    ("findings", 3, "checked_by", "Ana", "but when"),
    ("findings", 3, "checked_on", "2026-07-01", "by whom"),
    ("findings", 3, "checked_on", "1 July", "type"),
    ("front_lengths", 3, "length_km", "-997.9", "minimum"),
    ("front_lengths", 3, "section", "sea", "enum"),
    ("front_series", 5, "main_km", "624", "do not add up"),
    ("front_series", 5, "date", "2024-07-08", "the same as"),
    ("front_series", 5, "main_1km_scale_km", "1700", "coarser scale"),
    ("kiel_support", 9, "military", "99", "do not add up"),
    ("kiel_support", 9, "half_year", "2024", "pattern"),
    ("nato_share_gdp", 9, "share_percent", "214", "maximum"),
    ("nato_share_gdp", 9, "year", "1914", "minimum"),
    ("nato_members", 9, "iso3", "BEL", "the same as"),
    ("timeline", 9, "precision", "hour", "enum"),
    ("timeline", 9, "date", "2029-01-01", "later than the newest source"),
    ("sources", 9, "url", "ftp://x", "pattern"),
    ("sources", 9, "published", "last week", "pattern"),
    ("sources", 3, "known_from", "2020-01-01", "before its day of publication"),
    ("pledges", 2, "date", "", "required"),
    ("agreements", 3, "party", "Ruritania", "timeline.csv has no event"),
    ("agreements", 3, "date_signed", "2024-02-17", "timeline.csv has no event"),
    ("timeline", 13, "event", "Ruritania signs its agreement with Ukraine", "no such agreement"),
    ("agreement_clauses", 2, "party", "Ruritania", "names another party"),
    ("agreement_clauses", 2, "term_words", "eleven years", "no part of term_quote"),
    ("agreement_clauses", 2, "hours_words", "", "no part of consultation_quote"),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A copy of the project, whose code is imported once."""
    return copy_of_project(tmp_path_factory.mktemp("project"), [])


@pytest.fixture
def copy(root, project):
    """The copy's data, as they were before each test."""
    shutil.rmtree(root / "data")
    return shutil.copytree(project.data, root / "data")


def _edit(folder, table, row, column, cell):
    file = folder / f"{table}.csv"
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    rows[row - 1][rows[0].index(column)] = cell
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    file.write_text(stream.getvalue(), encoding="utf-8")


def test_the_data_are_in_order(project):
    assert check_data(project) > 3000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "row", "column", "cell", "words"),
    REFUSED,
    ids=[f"{t}.{c}={v[:12]}" for t, _, c, v, _ in REFUSED],
)
def test_a_wrong_cell_is_refused(copy, table, row, column, cell, words):
    _edit(copy, table, row, column, cell)
    with pytest.raises(DataError) as caught:
        check_data(projects.find(copy))
    assert any(f"data/{table}.csv" in p and words in p for p in caught.value.problems), (
        caught.value.problems
    )
    assert any(f"row {row}" in p for p in caught.value.problems)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda f: f.unlink(), "missing"),
        (lambda f: f.write_bytes(b""), "empty"),
        (lambda f: f.write_bytes(b"\xef\xbb\xbf" + f.read_bytes()), "byte-order mark"),
        (lambda f: f.write_bytes(f.read_bytes().replace(b"\n", b"\r\n")), "carriage return"),
        (
            lambda f: f.write_bytes(f.read_bytes().replace(b"Germany", b"Germ\xe4ny", 1)),
            "not UTF-8",
        ),
        (lambda f: f.write_bytes(f.read_bytes().replace(b"Germany", b"Ger\0many", 1)), "NUL"),
        (
            lambda f: f.write_bytes(f.read_bytes().replace(b"agreement_id", b"agreement", 1)),
            "columns",
        ),
        (lambda f: f.write_bytes(f.read_bytes().replace(b"agreement_id,", b"", 1)), "columns"),
        (
            lambda f: f.write_bytes(f.read_bytes().replace(b"\nA02,", b"\nA02,more,", 1)),
            "cells for",
        ),
        (lambda f: f.open("r+b").truncate(SIZE_LIMIT + 1), "over the limit"),
    ],
    ids=["missing", "empty", "bom", "crlf", "latin1", "nul", "renamed", "dropped", "extra", "huge"],
)
def test_a_broken_file_is_refused(copy, change, words):
    change(copy / "agreements.csv")
    with pytest.raises(DataError, match=words) as caught:
        check_data(projects.find(copy))
    assert "data/agreements.csv" in str(caught.value)


@pytest.mark.parametrize(
    ("there", "bad", "row"),
    [(b"agreement_id", b"agreement_\xefd", 1), (b"A02,", b"A\xe92,", 3), (b"A02,", b"A\x002,", 3)],
)
def test_what_is_no_text_is_told_with_its_row(copy, there, bad, row):
    file = copy / "agreements.csv"
    file.write_bytes(file.read_bytes().replace(there, bad, 1))
    with pytest.raises(DataError, match=rf"^data/agreements\.csv, row {row}: "):
        check_data(projects.find(copy))


def test_a_month_or_a_year_counts_from_its_last_day():
    """Whichever of its days the row bears, the last one, too."""
    days = ["2024-05-01", "2024-05-31", "2024-01-01", "2024-12-31", "2024-12-30"]
    frame = pd.DataFrame({"on": pd.to_datetime(days), "how": ["month"] * 2 + ["year"] * 2 + [""]})
    found = _counts_from(frame, {"on": "on", "precision": "how"}, {}, pd.Timestamp("2025-01-01"))
    assert [f"{day:%Y-%m-%d}" for day in found] == ["2024-05-31"] * 2 + ["2024-12-31"] * 2 + days[
        4:
    ]


@pytest.mark.slow
def test_a_source_without_a_date_counts_from_the_day_of_its_edition(copy):
    """The newest source bears the newest day in the data, whichever of the two dates it."""
    _edit(copy, "sources", 3, "published", "")
    _edit(copy, "sources", 3, "known_from", "2034-02-16")
    _edit(copy, "timeline", 9, "date", "2034-02-16")
    with pytest.raises(DataError, match="later than the newest source"):
        check_data(projects.find(copy))
    _edit(copy, "sources", 3, "known_from_basis", "edition")
    assert check_data(projects.find(copy)) > 3000


def test_an_agreement_that_was_added_without_its_event_is_found(copy):
    """A signing of the next day: what else the row needs, it has from the last one."""
    file = copy / "agreements.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    last = max((r for r in rows if r["counted"] == "yes"), key=lambda r: r["date_signed"])
    rows.append(last | {"agreement_id": "A31", "party": "Ruritania"})
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(stream.getvalue(), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        check_data(projects.find(copy))
    where = f"data/agreements.csv, row {len(rows) + 1}, column party is Ruritania: timeline.csv"
    assert [p for p in caught.value.problems if p.startswith(where)] == caught.value.problems


@pytest.fixture
def meadow(tmp_path):
    """A copy of the small dossier, which has no findings."""
    return shutil.copytree(OTHER, tmp_path / "meadow")


def add_finding(root, verdict, by="", on=""):
    with (root / "data" / "findings.csv").open("a") as file:
        file.write(f"F01,C01,2025-03-05,It is so.,{verdict},,paper,{by},{on}\n")


def test_who_checked_a_finding_and_when_is_no_part_of_the_record(meadow):
    """The day may lie after the newest source, and no edition is dated by it."""
    add_finding(meadow, "confirmed", "Ana", "2031-01-02")
    project = projects.find(meadow)
    check_data(project)
    assert load(project).newest == datetime.date(2025, 3, 5)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("confirmed", "Ana", "2025-03-04"), "column checked_on is 2025-03-04: before"),
        (("", "Ana", "2025-03-06"), "column verdict is : checked, but without a verdict"),
    ],
)
def test_a_finding_is_checked_as_a_whole(meadow, given, words):
    add_finding(meadow, *given)
    with pytest.raises(DataError, match=words):
        check_data(projects.find(meadow))


def test_a_finding_without_a_verdict_leaves_its_claim_open(meadow):
    add_finding(meadow, "")
    project = projects.find(meadow)
    check_data(project)
    assert verdicts_by_claim(known_on(project), None)["C01"] == "open"


def test_a_table_without_the_columns_of_checking_is_accepted(meadow):
    package = meadow / "data" / "datapackage.json"
    content = json.loads(package.read_text())
    (findings,) = (r for r in content["resources"] if r["name"] == "findings")
    fields = findings["schema"]["fields"]
    findings["schema"]["fields"] = [f for f in fields if not f["name"].startswith("checked")]
    package.write_text(json.dumps(content))
    file = meadow / "data" / "findings.csv"
    heading = file.read_text().replace(",checked_by,checked_on", "")
    file.write_text(heading + "F01,C01,2025-03-05,It is so.,confirmed,,paper\n")
    check_data(projects.find(meadow))


def test_a_data_package_that_is_none_is_refused_with_a_reason(meadow):
    package = meadow / "data" / "datapackage.json"
    package.write_text(package.read_text().replace('"type": "string"', '"type": "words"', 1))
    with pytest.raises(DataError, match=r'^data/datapackage\.json: .* "words" is not .*; correct'):
        check_data(projects.find(meadow))


def test_what_was_known_on_the_article_day(project):
    record = known_on(project, datetime.date(2024, 7, 7))
    assert record.timeline["date"].max().date() == datetime.date(2024, 7, 7)
    assert set(record.nato_share_gdp["edition"].dt.strftime("%Y-%m-%d")) == {"2024-06-17"}
    assert record.front_series.empty and record.kiel_support.empty
    assert not record.knows("mod_28") and record.knows("nato_presummit")
    published = record.sources["published"]
    assert (published[published.str.len() == 10] <= "2024-07-07").all()


@pytest.fixture
def held(monkeypatch):
    """The tables that frictionless was asked to hold against their schema, in order."""
    names, validate = [], frictionless.Resource.validate

    def noted(resource):
        names.append(resource.name)
        return validate(resource)

    monkeypatch.setattr(frictionless.Resource, "validate", noted)
    monkeypatch.setattr(checks, "_PASSED", set())
    return names


@pytest.mark.slow
def test_a_table_is_held_against_its_schema_again_once_it_changed(copy, held):
    """What rests on it is, too: a source that is gone is missed by the tables that name it."""
    project = projects.find(copy)
    check_data(project)
    held.clear()
    check_data(project)
    assert held == []
    places = copy / "places.csv"
    places.write_text(places.read_text().replace("30.5238", "30.5239"))
    check_data(project)
    assert held == ["places"]
    sources = copy / "sources.csv"
    rows = sources.read_text().splitlines(keepends=True)
    sources.write_text("".join(row for row in rows if not row.startswith("GEONAMES")))
    with pytest.raises(DataError, match="GEONAMES"):
        check_data(project)
    assert {"places", "sources"} <= set(held)


@pytest.mark.slow
def test_what_a_build_noted_spares_no_table_that_changed(copy, held):
    """Whatever lies there, a digest that is not the table's own passes nothing."""
    noted = copy.parent / ".build" / "checked" / "passed"
    noted.parent.mkdir(parents=True, exist_ok=True)
    noted.write_bytes(b"\xff\n" + b"0" * 64)
    assert _edit(copy, "places", 3, "latitude", "north") is None
    with pytest.raises(DataError, match=r"places\.csv, row 3, column latitude"):
        check_data(projects.find(copy))


def test_no_page_is_two_sources():
    """Of a repository several files may be sources, of any other address one."""
    with (PROJECT.data / "sources.csv").open(encoding="utf-8") as file:
        pages = Counter(row["url"].removesuffix("/") for row in csv.DictReader(file))
    assert not [page for page, n in pages.items() if n > 1 and page and "github.com/" not in page]


def test_what_is_remembered_is_of_the_very_same_frames():
    """Frames of a record that was narrowed are others, though they may lie where one has lain."""
    asked = []

    @remembered
    def total(frame, column):
        asked.append(column)
        return int(frame[column].sum())

    frame = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
    assert [total(frame, "a"), total(frame, "b"), total(frame, "a")] == [3, 7, 3]
    assert asked == ["a", "b"]
    assert total(frame.copy(), "a") == 3 and asked == ["a", "b", "a"]
    assert [total(pd.DataFrame({"a": [n]}), "a") for n in range(200)] == list(range(200))
    assert total(frame, "a") == 3 and len(asked) == 204
