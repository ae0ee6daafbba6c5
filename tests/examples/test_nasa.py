"""The second dossier: built as it stands, each verdict reckoned once more by pandas alone.

Nothing of the engine or of the dossier's own code is imported but where a build is asked for: the
expected verdicts come from the tables and from the article's own words.
"""

import json
import shutil
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest
from conftest import forked

pytestmark = pytest.mark.build
HERE = Path(__file__).resolve().parents[2] / "examples" / "nasa-2024"
DATA = HERE / "data"

DAYS = {"article": "2025-01-10", "newest": "2026-08-21"}
YEAR, BEFORE = 2024, 2023
BASE, OLD_BASE = range(1951, 1981), range(1850, 1901)
FIRST_MONTH, LAST_MONTH = (2023, 6), (2024, 8)
ANOMALY_C, ANOMALY_F, WARMING_C, WARMING_F = 128, 230, 147, 265
"""The article's figures, in hundredths of a degree."""
OFFSET, LIMIT, UNCERTAINTY = WARMING_C - ANOMALY_C, 150, 5
STREAK = 15


def command(root, *words):
    done = forked(root, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _built(folder):
    """Build the dossier as it stands, and the edition of the article's day; return the folder."""
    ignored = shutil.ignore_patterns("reports", ".build", "__pycache__")
    root = shutil.copytree(HERE, folder / "nasa-2024", ignore=ignored)
    for words in ([], [f"as_of={DAYS['article']}", "formats=html", "units=metric"]):
        assert "run the gates" in command(root, "report", *words)
    command(root, "briefs", "dataset=ERA5", "formats=html")
    return root


@pytest.fixture(scope="module")
def root(once):
    return once("nasa", _built)


@pytest.fixture(params=DAYS)
def day(request):
    return request.param


@pytest.fixture
def claims(root, day):
    """What facts.json of an edition says."""
    name = {"article": "nasa-2024.as-of-2025-01-10.metric", "newest": "nasa-2024"}[day]
    return json.loads((root / "reports" / f"{name}.facts.json").read_text(encoding="utf-8"))


# ---- the tables as of a day, by pandas alone


def table(name):
    return pd.read_csv(DATA / f"{name}.csv")


def known(name, day):
    """Return the rows of a table with editions that a day knows: of the edition and its source."""
    frame, sources = table(name), table("sources").set_index("source_id")["known_from"]
    on = frame["source_id"].map(sources)
    if "edition" in frame:
        on = on.where(on > frame["edition"], frame["edition"])
    return frame[on <= DAYS[day]]


def last_edition(frame):
    return frame[frame["edition"] == frame["edition"].max()]


def hundredths(values):
    return (100 * values).round().astype(int)


def months(day):
    """Return NASA's months of the newest edition known, with hundredths and a running number."""
    frame = last_edition(known("gistemp", day)).sort_values(["year", "month"])
    number = 12 * frame["year"] + frame["month"]
    return frame.assign(value=hundredths(frame["anomaly_c"]), number=number)


def years(day, holding=None):
    """Return NASA's means of years by year, of the newest edition known (that holds a year)."""
    frame = known("gistemp_annual", day)
    if holding:
        frame = frame[frame["edition"].isin(frame[frame["year"] == holding]["edition"])]
    frame = last_edition(frame)
    return hundredths(frame.set_index("year")["annual_c"])


def runs(frame, value, ties=False):
    """Return (length, first, last) of the runs of record months from 1890 on."""
    wide = frame.pivot(index="year", columns="month", values=value)
    before = wide.cummax().shift()
    record = (wide >= before) if ties else (wide > before)
    record = record[record.index >= 1890]
    line = record.stack(future_stack=True)
    found, run = [], []
    for (year, month), is_record in line.items():
        if is_record and not pd.isna(is_record):
            run.append((int(year), int(month)))
            continue
        found += [run] if run else []
        run = []
    found += [run] if run else []
    return [(len(run), run[0], run[-1]) for run in found]


def streak(frame, value, ties=False):
    """Return the run that holds December of the year before, and the longest other one."""
    found = runs(frame, value, ties)
    own = next(r for r in found if r[1] <= (BEFORE, 12) <= r[2])
    return own, max((r for r in found if r is not own), key=lambda r: r[0])


# ---- the verdicts, each by the rule that data/README and rules say


def holds(condition):
    return "confirmed" if condition else "imprecise"


def has_year(day):
    return YEAR in set(known("gistemp_annual", day)["year"])


def expected_c01(day):
    if not has_year(day):
        return None
    means = years(day, YEAR)
    return holds(means.idxmax() == YEAR and (means >= means[YEAR]).sum() == 1)


def expected_c02(day):
    celsius = years(day, YEAR)[YEAR] if has_year(day) else ANOMALY_C
    return holds(round(1.8 * celsius) == ANOMALY_F)


def expected_c03(day):
    return holds(years(day, YEAR)[YEAR] == ANOMALY_C) if has_year(day) else None


def expected_c04(day):
    frame = months(day)
    mean = frame[frame["year"].isin(BASE)]["anomaly_c"].mean()
    return holds(abs(mean) < 0.005)


def expected_c05(day):
    means = years(day)
    return holds(means[means.index < YEAR].idxmax() == BEFORE)


def expected_c06(day):
    if known("gistemp_editions", day)["edition"].max() > months(day)["edition"].max():
        return None
    own, _ = streak(months(day), "value")
    return holds(own[0] == STREAK)


def expected_c07(day):
    (y1, m1), (y2, m2) = FIRST_MONTH, LAST_MONTH
    return holds(12 * (y2 - y1) + m2 - m1 + 1 == STREAK)


def expected_c08(day):
    own, other = streak(months(day), "value")
    shorter = [other[0] < own[0]]
    monthly = known("agencies_monthly", day)
    for _, frame in monthly.groupby("dataset"):
        begins = frame.groupby("edition")["year"].min()
        if begins.min() >= 2014:
            continue
        longest = frame[frame["edition"] == begins[begins == begins.min()].index.max()]
        own, other = streak(longest, "anomaly_c")
        shorter.append(other[0] < own[0])
    return holds(all(shorter))


def expected_c09(day):
    if not has_year(day):
        return None
    means = years(day, YEAR)
    earlier = means[means.index < BEFORE].max()
    return holds(means[BEFORE] > earlier and means[YEAR] > means[BEFORE])


def expected_c10(day):
    return holds(months(day)["year"].min() == 1880)


def expected_c12(day):
    return holds(round(1.8 * WARMING_C) == WARMING_F)


def expected_c13(day):
    return holds(years(day, YEAR)[YEAR] + OFFSET == WARMING_C) if has_year(day) else None


def expected_c14(day):
    held = set(months(day)["year"]) & set(OLD_BASE)
    return holds(len(held) == len(OLD_BASE))


def months_above(day):
    """Return how many months of the year are known, and how many lie above the threshold."""
    frame = months(day)
    own = frame[frame["year"] == YEAR]
    return len(own), int((own["value"] + OFFSET > LIMIT).sum())


def expected_c15(day):
    there, above = months_above(day)
    if above < 7 <= above + 12 - there:
        return None
    return holds(above >= 7)


def expected_c16(day):
    warming = years(day, YEAR)[YEAR] + OFFSET if has_year(day) else WARMING_C
    before = years(day)[BEFORE] + OFFSET
    return holds(warming + UNCERTAINTY >= LIMIT and before + UNCERTAINTY < LIMIT)


def expected_c21(day):
    warming = years(day, YEAR)[YEAR] + OFFSET if has_year(day) else WARMING_C
    return holds(abs(warming / 300 - 0.5) <= 0.05)


def expected_c22(day):
    return holds(abs((YEAR - 1875) - 150) <= 10)


def expected_c24(day):
    frame = known("fossil_co2", day)
    frame = frame[frame["budget"] == frame["budget"].max()].set_index("year")["mt_co2"]
    rise = frame.diff()
    largest = [rise[y] == rise[rise.index <= y].max() for y in (2022, 2023) if y in rise.index]
    if all(largest) and len(largest) < 2:
        return None
    return "confirmed" if all(largest) else "contradicted"


def expected_c27(day):
    frame = known("co2_preindustrial", day)
    if frame.empty:
        return None
    return holds(abs(frame.set_index("year")["co2_ppm"][1750] - 278) <= 2)


def expected_c28(day):
    frame = known("co2_annual", day)
    frame = last_edition(frame[frame["series"] == "global"]).set_index("year")["mean_ppm"]
    return holds(abs(frame[frame.index.max()] - 420) <= 2.5)


RULED = {
    name.removeprefix("expected_"): function
    for name, function in dict(globals()).items()
    if name.startswith("expected_")
}


def newest_finding(claim, day):
    """Return the verdict of the newest finding known, or open."""
    findings, sources = table("findings"), table("sources").set_index("source_id")["known_from"]
    first = findings["source_ids"].map(lambda ids: min(sources[s] for s in ids.split(";")))
    on = findings["known_from"].where(findings["known_from"] > first, first)
    part = findings[(findings["claim_id"] == claim.upper()) & (on <= DAYS[day])]
    if part.empty:
        return "open"
    return part.sort_values("known_from", kind="stable")["verdict"].iloc[-1]


@pytest.mark.parametrize("claim", [f"c{n:02}" for n in range(1, 29)])
def test_a_verdict_follows_from_the_tables(claims, day, claim):
    by_rule = RULED[claim](day) if claim in RULED else None
    assert claims["verdicts"][claim.upper()] == (by_rule or newest_finding(claim, day))


def test_every_rule_of_the_claims_is_reckoned_here(claims):
    ruled = table("claims").dropna(subset=["rule"])["claim_id"].str.lower()
    assert set(ruled) == set(RULED)
    assert len(claims["verdicts"]) == 28


# ---- figures that the chapters tell


def value(claims, id):
    return next((f["value"] for f in claims["facts"] if f["id"] == id), None)


def test_the_figures_of_the_streak_are_those_of_every_edition(root):
    newest = json.loads((root / "reports" / "nasa-2024.facts.json").read_text())
    lengths, tied = [], 0
    for _, frame in table("gistemp").groupby("edition"):
        frame = frame.assign(value=hundredths(frame["anomaly_c"]))
        number = 12 * frame["year"] + frame["month"]
        if number.max() < 12 * 2024 + 8:
            continue
        own, _ = streak(frame, "value")
        with_ties, _ = streak(frame, "value", ties=True)
        lengths.append(own[0])
        tied += own[0] < STREAK == with_ties[0]
    assert value(newest, "streak_editions") == len(lengths)
    assert value(newest, "streak_editions_same") == lengths.count(STREAK)
    assert value(newest, "streak_editions_tied") == tied
    assert value(newest, "streak_shortest") == min(lengths)


def test_the_year_by_edition(root):
    newest = json.loads((root / "reports" / "nasa-2024.facts.json").read_text())
    frame = table("gistemp_annual")
    means = hundredths(frame[frame["year"] == YEAR]["annual_c"])
    assert value(newest, "annual_editions") == len(means)
    assert value(newest, "annual_editions_same") == (means == 128).sum()
    assert value(newest, "annual_editions_other") == (means == 129).sum()


def test_months_above_the_threshold_by_dataset(root):
    newest = json.loads((root / "reports" / "nasa-2024.facts.json").read_text())
    monthly, bases = table("agencies_monthly"), table("agencies_baselines")
    for dataset, frame in monthly[monthly["year"] == YEAR].groupby("dataset"):
        base = bases[bases["dataset"] == dataset]
        frame = last_edition(frame[frame["edition"].isin(base["edition"])])
        mean = base.set_index("edition")["mean_1850_1900"][frame["edition"].iloc[0]]
        above = (frame["anomaly_c"] - mean > 1.5).sum()
        assert value(newest, f"months_above_in_{dataset.lower()}") == above, dataset
    assert value(newest, "months_above_newest") == months_above("newest")[1] == 3


def test_either_system_of_units_comes_first(root):
    texts = {}
    for name in ("nasa-2024", "nasa-2024.as-of-2025-01-10.metric"):
        facts = json.loads((root / "reports" / f"{name}.facts.json").read_text())["facts"]
        texts[name] = next(f["text"] for f in facts if f["id"] == "anomaly_celsius")
    assert list(texts.values()) == ["2.30 °F (1.28 °C)", "1.28 °C (2.30 °F)"]


def test_the_files_tell_their_own_subject_and_the_brief_its_dataset(root):
    assert len(pypdfium2.PdfDocument(root / "reports" / "nasa-2024.pdf")) > 20
    page = (root / "reports" / "briefs" / "ERA5.html").read_text(encoding="utf-8")
    assert "1.60 °C" in page.replace("\u202f", " ") and "GISTEMP" not in page
    body = (root / "reports" / "nasa-2024.html").read_text(encoding="utf-8")
    for word in ("NATO", "Ukraine", "Kiel", "seagrass"):
        assert word not in body.partition("</style>")[2], word
