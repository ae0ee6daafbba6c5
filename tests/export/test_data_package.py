"""The data package holds what the tables print, as values, and is one to those who check them."""

import datetime
import io
import json
import urllib.parse

import frictionless
import pandas as pd
import pytest
from lxml import html as lxml_html

from dossier.document.model import Run, text_of
from dossier.export import data, values
from dossier.export.archives import unpacked
from dossier.export.claims import Claims


@pytest.fixture(scope="module")
def package(edition):
    """The files of the default edition's package."""
    return unpacked(_rendered(edition))


def _rendered(edition) -> bytes:
    return data.render(edition.document, Claims(edition.facts.read_text(encoding="utf-8")))


def _frame(package, path: str) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(package[path]))


def test_frictionless_finds_it_valid(package, tmp_path):
    for name, content in package.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    opened = frictionless.Package(str(tmp_path / "datapackage.json"))
    report = opened.validate()
    assert report.valid, report.flatten(["name", "type", "message"])
    assert {r.path for r in opened.resources} == set(package) - {"datapackage.json"}


def test_a_second_package_has_the_same_bytes(edition):
    assert _rendered(edition) == _rendered(edition)


def test_every_table_is_there_row_by_row(edition, package):
    for table in edition.document.tables():
        frame = _frame(package, f"tables/{table.id}.csv")
        assert list(frame["row"]) == table.keys
        assert "–" not in package[f"tables/{table.id}.csv"].decode().split(",")


def test_every_number_and_day_is_the_one_that_its_cell_prints(edition, package):
    """Read anew from the cell: the digits without their commas, the day by strptime."""
    resources = {r["path"]: r for r in json.loads(package["datapackage.json"])["resources"]}
    count = {"number": 0, "date": 0}
    for table in edition.document.tables():
        path = f"tables/{table.id}.csv"
        kinds = {f["name"]: f["type"] for f in resources[path]["schema"]["fields"]}
        frame = _frame(package, path)
        for n, column in enumerate(table.columns):
            names = [k for k in kinds if k == column.label or k.startswith(f"{column.label} (")]
            if kinds[names[0]] not in count:
                continue
            for value, row in zip(frame[names[0]], table.rows, strict=True):
                text = text_of(row[n]).replace("\u202f", " ").replace("−", "-")
                if text == "–":
                    assert pd.isna(value)
                elif kinds[names[0]] == "date":
                    day = datetime.datetime.strptime(" ".join(text.split()[:3]), "%d %B %Y")
                    assert value == day.date().isoformat()
                else:
                    printed = next(w for w in text.replace(",", "").split() if w[-1].isdigit())
                    assert value == float(printed)
                count[kinds[names[0]]] += 1
    assert count["number"] > 300 and count["date"] > 50


def test_shares_are_those_of_the_tables_of_the_data(edition, package):
    frame = _frame(package, "tables/allies.csv").set_index("row")
    rows = edition.report.record.nato_share_gdp
    for iso3 in ("POL", "GBR", "USA"):
        found = rows[(rows["iso3"] == iso3) & (rows["year"] == 2026)].sort_values("edition")
        newest = float(found["share_percent"].iloc[-1])
        assert frame.loc[f"nato_members:{iso3}", "2026, same edition"] == round(newest, 2)


def test_a_figure_gives_the_points_of_its_rows_and_two_pictures(edition, package):
    for figure in edition.document.figures():
        frame = _frame(package, f"figures/{figure.id}.csv")
        points = [list(p) for drawn in figure.shown.values() for p in drawn]
        if "day" in frame:  # a column for each series, a line for each day, in their order
            frame = frame.melt("day", var_name="series", value_name="y").dropna()
            frame = frame.rename(columns={"day": "x"})
            points = [sorted(list(p) for p in drawn) for drawn in figure.shown.values()]
            points = [p for drawn in points for p in drawn]
        for axis in figure.days:  # back to the count that is drawn
            frame[axis] = (pd.to_datetime(frame[axis]) - pd.Timestamp(0)) / pd.Timedelta(days=1)
        assert frame[["x", "y"]].to_numpy().tolist() == points
        assert package[f"figures/{figure.id}.svg"].startswith(b"<svg")
        assert package[f"figures/{figure.id}.png"].startswith(b"\x89PNG")


def test_the_ids_of_sources_and_facts_lead_to_their_entries(edition, package):
    sources = set(_frame(package, "sources.csv")["id"])
    facts = {fact["id"] for fact in json.loads(package["facts.json"])["facts"]}
    found: dict[str, set[str]] = {"Sources": set(), "facts": set()}
    for table in edition.document.tables():
        frame = _frame(package, f"tables/{table.id}.csv")
        for name in {"Sources", "facts"} & set(frame.columns):
            found[name] |= {id for cell in frame[name].dropna() for id in cell.split()}
    assert len(found["Sources"]) > 100 and found["Sources"] <= sources
    assert len(found["facts"]) > 10 and found["facts"] <= facts


def test_the_page_gives_the_same_values_beside_each_table_and_figure(edition, package):
    """Read from the links of the page by pandas, as a browser decodes them."""
    tree = lxml_html.document_fromstring(edition.html.read_text(encoding="utf-8"))
    links = tree.xpath("//figure//a[@download]")
    blocks = [*edition.document.tables(), *edition.document.figures()]
    assert len(links) == len(blocks)
    for block in blocks:
        (address,) = tree.xpath(f"//figure[@id='{block.type}-{block.id}']//a[@download]/@href")
        kind, _, content = address.partition(",")
        assert kind == "data:text/csv;charset=utf-8"
        found = pd.read_csv(io.StringIO(urllib.parse.unquote(content)))
        pd.testing.assert_frame_equal(found, _frame(package, f"{block.type}s/{block.id}.csv"))


@pytest.mark.parametrize(
    ("texts", "columns"),
    [
        (["622 miles (1,001 km)", "–"], {"L (miles)": ["622", ""], "L: remark": ["1,001 km", ""]}),
        (["at least 1,490 miles"], {"L (miles)": ["1490"], "L: remark": ["at least"]}),
        (["−3 days", "+1 month"], {"L": ["-3", "1"], "L: unit": ["days", "month"]}),
        (["4 April 1949"], {"L": ["1949-04-04"]}),
        (["4 April 1949", "August 2023"], {"L": ["1949-04-04", "2023-08"]}),
        (["30, 1 blank"], {"L": ["30"], "L: remark": ["1 blank"]}),
        (["3 (17 June 2024); 4"], {"L": ["3 (17 June 2024); 4"]}),
        (["2", "two"], {"L": ["2", "two"]}),
    ],
)
def test_a_column_is_read_as_it_prints(texts, columns):
    made = values.typed("L", [[Run(text)] for text in texts])
    assert {column.name: column.cells for column in made} == columns
