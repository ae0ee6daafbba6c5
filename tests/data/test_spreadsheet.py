"""Tables saved by LibreOffice, the real program: taken as the same data, or refused with how to."""

import os
import shutil
import subprocess

import pandas as pd
import pytest
from conftest import OTHER, copy_of_project, need

from dossier import project as projects
from dossier.data.checks import check_data
from dossier.data.saved import is_blurred
from dossier.data.schema import DataError
from dossier.data.tables import load

pytestmark = pytest.mark.slow

CSV = "Text - txt - csv (StarCalc)"
READ = "44,34,76,1"
"""How the tables are opened: commas, quotation marks, UTF-8, from the first line."""
WRITTEN = {
    # separator, quotation mark, character set, first line, columns, language, quote all, as shown
    "commas": "44,34,76,1,,0,false,true,false",
    "quoted": "44,34,76,1,,0,true,true,false",
    "semicolons": "59,34,76,1,,0,false,true,false",
    "Windows-1252": "44,34,1,1,,0,false,true,false",
    "UTF-16": "44,34,65535,1,,0,false,true,false",
}
FINDING = "F01,C01,2025-03-05,“About 12” is what the letter has.,imprecise,,paper,Ana,2025-03-07\n"


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Return a function of the name of a way of saving: the folder with the tables so saved."""
    folder = tmp_path_factory.mktemp("saved")
    tables = folder / "tables"
    shutil.copytree(OTHER / "data", tables)
    with (tables / "findings.csv").open("a", encoding="utf-8") as file:
        file.write(FINDING)
    for name in ("nato_share_gdp", "front_series"):
        shutil.copy(OTHER.parent.parent / "data" / f"{name}.csv", tables)
    soffice = need("soffice")

    def save(name):
        out = folder / name
        if not out.exists():
            command = [soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
            command += [f"--infilter={CSV}:{READ}", "--convert-to", f"csv:{CSV}:{WRITTEN[name]}"]
            files = sorted(map(str, tables.glob("*.csv")))
            subprocess.run(
                [*command, "--outdir", str(out), *files], capture_output=True, timeout=180
            )
            if not out.exists() or not any(out.iterdir()):
                message = "LibreOffice opens no table: its Calc is not installed (see .ci/run)"
                pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
        return out

    save.tables = tables
    return save


@pytest.fixture
def meadow(saved, tmp_path):
    """A copy of the small dossier with a finding; its data have passed the check."""
    root = shutil.copytree(OTHER, tmp_path / "meadow")
    shutil.copy(saved.tables / "findings.csv", root / "data")
    check_data(projects.find(root))
    return root


def frames(root):
    return {name: frame.copy() for name, frame in load(projects.find(root)).frames.items()}


def take(root, folder, *names):
    for name in names:
        shutil.copy(folder / f"{name}.csv", root / "data")


@pytest.mark.parametrize("way", ["commas", "quoted"])
def test_what_is_saved_with_commas_is_the_same_data(meadow, saved, way):
    before = frames(meadow)
    names = ("sources", "findings", "exclusions", "timeline", "disagreements")
    take(meadow, saved(way), *names)
    if way == "quoted":
        assert (meadow / "data" / "sources.csv").read_text().startswith('"source_id","title"')
    check_data(projects.find(meadow))
    for name, frame in frames(meadow).items():
        pd.testing.assert_frame_equal(frame, before[name])


@pytest.mark.parametrize("way", ["commas", "quoted"])
def test_a_figure_that_lost_its_zero_is_refused(meadow, saved, way):
    """£7.20 is saved as 7.2, whether or not the table has been checked before."""
    take(meadow, saved(way), "claims")
    assert ",7.2," in (meadow / "data" / "claims.csv").read_text().replace('"', "")
    with pytest.raises(
        DataError, match=r"claims\.csv, row 4, column value is '7\.2': it was '7\.20', which"
    ):
        check_data(projects.find(meadow))
    shutil.rmtree(meadow / ".build")
    with pytest.raises(
        DataError, match=r"the exact words have 7\.20; write it with all their digits"
    ):
        check_data(projects.find(meadow))


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("semicolons", "its columns are parted by semicolons; save it with commas between them"),
        ("Windows-1252", "not UTF-8"),
        ("UTF-16", "save it as UTF-8"),
    ],
)
def test_other_ways_of_saving_are_refused_with_the_remedy(meadow, saved, way, words):
    take(meadow, saved(way), "findings")
    with pytest.raises(DataError, match=rf"data/findings\.csv.*{words}"):
        check_data(projects.find(meadow))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw: b"\xef\xbb\xbf" + raw, "save it as UTF-8 without one"),
        (lambda raw: raw.replace(b"\n", b"\r\n"), "with Unix line ends"),
        (lambda raw: raw.replace(b"2025-03-07", b"03/07/25"), "write the day as 2024-07-07"),
    ],
    ids=["byte-order mark", "line ends of Windows", "days of America"],
)
def test_what_it_writes_elsewhere_is_refused_with_the_remedy(meadow, saved, change, words):
    """Other systems and versions write a mark or other line ends; other cells, other days."""
    take(meadow, saved("commas"), "findings")
    file = meadow / "data" / "findings.csv"
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(DataError, match=rf"data/findings\.csv, row .*{words}"):
        check_data(projects.find(meadow))


def test_rounded_digits_are_refused_and_zeros_after_the_point_are_taken(saved, tmp_path):
    """NATO's shares have seventeen digits, of which it keeps fifteen; 911.0 km are 911 km."""
    root = copy_of_project(tmp_path, [])
    check_data(projects.find(root))
    before = frames(root)["front_series"]
    out = saved("commas")
    take(root, out, "front_series", "nato_share_gdp")
    assert (root / "data" / "front_series.csv").read_text() != (
        saved.tables / "front_series.csv"
    ).read_text()
    with pytest.raises(DataError) as caught:
        check_data(projects.find(root))
    (problem,) = caught.value.problems
    assert problem.startswith(
        "data/nato_share_gdp.csv, row 2, column share_percent is '1.34651685703126': "
        "it was '1.346516857031259' (and 345 more like it), which a spreadsheet shortened"
    )
    assert problem.endswith("remove .build/checked/nato_share_gdp.csv")
    (root / ".build" / "checked" / "nato_share_gdp.csv").unlink()
    check_data(projects.find(root))
    pd.testing.assert_frame_equal(frames(root)["front_series"], before)


def test_other_values_are_no_loss():
    for old, new in (("1.25", "1.35"), ("1.3", "1.25"), ("12", "13"), ("", "1"), ("x", "y")):
        assert not is_blurred(old, new, "string"), (old, new)
    assert is_blurred("007", "7", "string") and is_blurred("1.2345", "1.23", "number")
